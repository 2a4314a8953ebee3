//! A hidden sheet.

use crate::basis::finding::{Findings, Kind, Severity, Wording};
use crate::basis::place::Place;
use crate::basis::scope::Scope;
use crate::check::{OneFile, Rule};
use crate::division::Context;
use crate::ledger::Skipped;

/// The kind.
pub static KIND: Kind = Kind {
    code: "S16",
    name: "hidden-sheet",
    scope: Scope::Submission,
    severity: Severity::Warning,
    zh: Wording {
        title: "有隐藏工作表",
        message: "工作表“{seen}”被隐藏，{read}",
        why: "隐藏的工作表打开时看不到，可能是旧稿，也可能漏报了内容。",
        mend: "请取消隐藏并核对：该报的移到可见工作表，不该报的删除，再重新报送。",
        example: "“8月台账”可见，“8月台账(旧)”被隐藏。",
    },
    en: Wording {
        title: "Hidden sheet",
        message: "Sheet “{seen}” is hidden; {read}",
        why: "A hidden sheet is not seen when the file is opened: an old draft, or something left out.",
        mend: "Show it and decide: move what belongs to a visible sheet, delete the rest, submit again.",
        example: "A visible sheet 8月台账 and a hidden 8月台账(旧).",
    },
};

/// Finds hidden sheets.
#[derive(Debug)]
pub struct HiddenSheet;

impl Rule for HiddenSheet {
    fn kind(&self) -> &'static Kind {
        &KIND
    }

    fn file(&self, _: &Context<'_>, file: &OneFile<'_>, out: &mut Findings) {
        for (at, sheet) in file.reading.sheets.iter().enumerate().filter(|(_, sheet)| sheet.hidden) {
            let read = sheet.skipped.is_none();
            // blank forms have a hidden sheet for their drop-down lists
            if sheet.skipped == Some(Skipped::Empty) || (!read && file.reading.stamp.is_some()) {
                continue;
            }
            let finding = out.note(&KIND, Place::sheet(file.source.id, at as u16));
            finding.unit(file.sender()).seen(&sheet.name);
            if read {
                finding.fact_in("read", "因没有可见的台账，已读取", "read, since no visible sheet is a ledger");
            } else {
                finding.fact_in("read", "没有读取", "not read");
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::fixture::check;

    #[test]
    fn a_hidden_sheet_is_told() {
        check(
            &HiddenSheet,
            "
            division | 1-1 广告整治 | 综合科
            --- 综合科.xlsx
            === 台账
            任务编号 | 工作任务 | 完成情况
            '1-1 | 广告整治 | 正在推进
            === hidden 旧稿                            <- S16 综合科
            任务编号 | 工作任务 | 完成情况
            '1-1 | 广告整治 | 未开始
            ",
        );
    }
}
