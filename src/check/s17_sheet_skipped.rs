//! A sheet beside the ledger that is none itself.

use crate::basis::finding::{Findings, Kind, Severity, Wording};
use crate::basis::place::Place;
use crate::basis::scope::Scope;
use crate::check::{OneFile, Rule};
use crate::division::Context;
use crate::ledger::Skipped;
use crate::ledger::stamp::GUIDE;

/// The kind.
pub static KIND: Kind = Kind {
    code: "S17",
    name: "sheet-skipped",
    scope: Scope::Submission,
    severity: Severity::Info,
    zh: Wording {
        title: "跳过的工作表",
        message: "工作表“{seen}”{why}，没有读取",
        why: "只读取台账；说明、图表等工作表不汇总。",
        mend: "如这一页也是台账，请补上“任务编号”或“工作任务”表头后重新报送；否则不用处理。",
        example: "“填表说明”页跳过，“台账”页读取。",
    },
    en: Wording {
        title: "Sheet skipped",
        message: "Sheet “{seen}” {why}; it was not read",
        why: "Only ledgers are read; instructions, charts and the like are not merged.",
        mend: "If it is a ledger too, add a heading with 任务编号 or 工作任务 and submit again; else nothing to do.",
        example: "A page of instructions is skipped, the ledger beside it is read.",
    },
};

/// Finds sheets that were skipped although the file holds a ledger.
#[derive(Debug)]
pub struct SheetSkipped;

impl Rule for SheetSkipped {
    fn kind(&self) -> &'static Kind {
        &KIND
    }

    fn file(&self, _: &Context<'_>, file: &OneFile<'_>, out: &mut Findings) {
        if file.reading.ledgers.is_empty() {
            return;
        }
        for (at, sheet) in file.reading.sheets.iter().enumerate().filter(|(_, sheet)| !sheet.hidden) {
            // The office's own form brings its guide along, a marked copy its list; nobody need be told.
            let returned = file.reading.returned.as_ref();
            let own_guide = file.reading.stamp.is_some() && sheet.name == GUIDE
                || returned.is_some_and(|returned| returned.index.contains(&(at as u16)));
            let (zh, en) = match sheet.skipped {
                _ if own_guide => continue,
                Some(Skipped::NoHeading) => ("没有台账表头", "has no heading of a ledger"),
                Some(Skipped::NotLedger) => ("不是台账", "is no ledger"),
                _ => continue,
            };
            out.note(&KIND, Place::sheet(file.source.id, at as u16))
                .unit(file.sender())
                .seen(&sheet.name)
                .fact_in("why", zh, en);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::fixture::check;

    #[test]
    fn instructions_beside_a_ledger_are_told() {
        check(
            &SheetSkipped,
            "
            division | 1-1 广告整治 | 综合科
            --- 综合科.xlsx
            === 台账
            任务编号 | 工作任务 | 完成情况
            '1-1 | 广告整治 | 正在推进
            === 填表说明                               <- S17 info
            请各单位如实填写，每月五日前报送。
            ",
        );
    }
}
