//! A ledger whose submitting unit is unknown.

use crate::basis::Bilingual;
use crate::basis::finding::{Findings, Kind, Severity, Wording};
use crate::basis::place::Place;
use crate::basis::scope::Scope;
use crate::check::{OneFile, Rule};
use crate::division::Context;
use crate::ledger::content::nil_in_words;

/// The kind.
pub static KIND: Kind = Kind {
    code: "F08",
    name: "sender-unknown",
    scope: Scope::Submission,
    severity: Severity::Error,
    zh: Wording {
        title: "填报单位不明",
        message: "看不出是哪个单位报的[：写的是“{seen}”，不在单位名录内]",
        why: "不知道是谁报的，就不能算哪个单位完成了报送；内容暂列“未归类”，没有丢失。",
        mend: "请在表头“填报单位”写名录中的单位名称，或在收件登记中登记该文件的填报单位。",
        example: "不合格：文件名“台账.xlsx”，表内没有填报单位。合格：表头写“填报单位：综合科”。",
    },
    en: Wording {
        title: "Sender unknown",
        message: "Nothing tells which unit sent this[: it says “{seen}”, which is not in the roster]",
        why: "A report without a sender fulfils nobody's obligation; its rows are kept under 未归类.",
        mend: "Write the unit's name beside 填报单位 above the table, or enter the file with its unit in the register.",
        example: "Bad: 台账.xlsx with no unit in it. Good: “填报单位：综合科” above the heading.",
    },
};

/// Finds ledgers without a submitting unit.
#[derive(Debug)]
pub struct SenderUnknown;

impl Rule for SenderUnknown {
    fn kind(&self) -> &'static Kind {
        &KIND
    }

    fn file(&self, _: &Context<'_>, file: &OneFile<'_>, out: &mut Findings) {
        let orphaned = file.reading.ledgers.iter().find(|ledger| {
            ledger.unit.is_none() && (ledger.records.is_empty() || ledger.records.iter().any(|r| r.unit.is_none()))
        });
        let Some(ledger) = orphaned else {
            // a nil report in words without a unit
            if let Some(nil) = nil_in_words(*file).find(|nil| nil.unit.is_none()) {
                out.note(&KIND, nil.place);
            }
            return;
        };
        let mut place = Place::file(file.source.id);
        let written = file.reading.sheets.get(ledger.sheet as usize).and_then(|sheet| {
            sheet.notes.iter().find(|(_, _, label, value)| label.contains("单位") && !value.trim().is_empty())
        });
        if let Some((row, col, _, _)) = written {
            place = crate::ledger::line_place(file.source.id, ledger.sheet, *row, *col);
        }
        let finding = out.note(&KIND, place).expected(Bilingual::new("名录中的单位名称", "a unit of the roster"));
        if let Some(name) = written.map(|(_, _, _, value)| value).or(file.source.claim.as_ref()) {
            finding.seen(name);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::fixture::check;

    #[test]
    fn a_ledger_without_a_sender_is_told() {
        check(
            &SenderUnknown,
            "
            division | 1-1 广告整治 | 综合科、后勤中心
            --- 台账.xlsx                             <- F08
            任务编号 | 工作任务 | 完成情况
            '1-1 | 广告整治 | 正在推进
            --- 8月台账.xlsx
            填报单位：后勤中心
            任务编号 | 工作任务 | 完成情况
            '1-1 | 广告整治 | 正在推进
            ",
        );
    }

    #[test]
    fn a_name_that_no_unit_has_is_told_where_it_is_written() {
        check(
            &SenderUnknown,
            "
            division | 1-1 广告整治 | 综合科、后勤中心
            --- 台账1.xlsx
            填报单位：火星科                          <- F08 @A1 ~写的是“火星科”
            任务编号 | 工作任务 | 完成情况
            '1-1 | 广告整治 | 正在推进
            --- 台账2.xlsx                            <- F08 ~看不出是哪个单位报的
            填报单位：
            任务编号 | 工作任务 | 完成情况
            '1-1 | 广告整治 | 正在推进
            --- 台账3.xlsx                            <- F08
            填表人：王某
            任务编号 | 工作任务 | 完成情况
            '1-1 | 广告整治 | 正在推进
            ",
        );
    }
}
