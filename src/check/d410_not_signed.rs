//! A report that lacks the lead official's sign-off.

use crate::basis::finding::{Findings, Kind, Severity, Wording};
use crate::basis::place::Place;
use crate::basis::scope::{GapKind, Scope};
use crate::check::support::columns::note_cells;
use crate::check::support::{is_blank_form, listing, says_nothing};
use crate::check::{Entry, OneFile, Rule};
use crate::division::{Context, fields};
use crate::ledger::{Ledger, Status, content::Content};

/// The kind.
pub static KIND: Kind = Kind {
    code: "D410",
    name: "not-signed",
    scope: Scope::Owed(GapKind::Incomplete),
    severity: Severity::Error,
    zh: Wording {
        title: "未签审",
        message: "[“{heading}”空着，][{tasks}]要求牵头领导签审[（{leaders}）]，台账上没有签字[（共 {cells} 格）]",
        why: "任务分工规定，报送前由牵头领导审核签字。",
        mend: "请送牵头领导审核，在“审核签字”栏签名后重新报送。",
        example: "不合格：“审核签字”空着，表下也没有签名。合格：写明签审人姓名。",
    },
    en: Wording {
        title: "Not signed",
        message: "[{heading} is blank: ][{tasks}: ]the lead official[ ({leaders})] has to sign, and no signature stands on the ledger[ ({cells} cells)]",
        why: "The division wants the lead official's sign-off before the report is sent.",
        mend: "Have it signed under 审核签字 and submit it again.",
        example: "Bad: a blank 审核签字 and no name below the table. Good: the official's name.",
    },
};

/// Finds reports without the sign-off they need.
#[derive(Debug)]
pub struct NotSigned;

impl Rule for NotSigned {
    fn kind(&self) -> &'static Kind {
        &KIND
    }

    fn ledger(&self, cx: &Context<'_>, file: &OneFile<'_>, ledger: &Ledger, out: &mut Findings) {
        if ledger.signed || is_blank_form(*file) {
            return;
        }
        let wanted = |entry: Entry<'_>| {
            let owes = |task: &crate::division::Task| {
                entry.unit().is_some_and(|unit| task.units.contains(&unit) && task.terms(unit).sign_off)
            };
            let excused = matches!(entry.status(), Some(Status::Exempt));
            // what nothing was written into needs no signature yet
            let blank = Content::of(entry) == Content::Blank;
            !excused && !blank && entry.record.task.is_some_and(|task| owes(cx.division.task(task)))
        };
        let leaders = |entry: Entry<'_>| {
            let task = entry.record.task.map(|task| cx.division.task(task));
            task.map(|task| task.terms(entry.unit()).leaders.join("、"))
        };
        if ledger.column(fields::SIGNED).is_some() {
            note_cells(
                out,
                &KIND,
                (file, ledger),
                |column| column.field == Some(fields::SIGNED),
                |entry, cell| wanted(entry) && says_nothing(entry.text_of(cell)),
                |finding, _, entry| {
                    if let Some(task) = entry.record.task {
                        finding.related(cx.division.task(task).terms(entry.unit()).place);
                    }
                    if let Some(names) = leaders(entry).filter(|names| !names.is_empty()) {
                        finding.fact("leaders", names);
                    }
                },
            );
            return;
        }
        let unsigned: Vec<Entry<'_>> = file.entries_of(ledger).filter(|entry| wanted(*entry)).collect();
        let Some(first) = unsigned.first() else { return };
        let place = Place::sheet(ledger.source, ledger.sheet).at(ledger.heading);
        let mut tasks: Vec<_> = unsigned.iter().filter_map(|entry| entry.record.task).collect();
        tasks.sort_unstable();
        tasks.dedup();
        let codes: Vec<&str> = tasks.iter().map(|&task| cx.division.task(task).code.as_str()).collect();
        let finding = out.note(&KIND, place).unit(first.unit());
        if let [only] = tasks.as_slice() {
            finding.task(*only);
        }
        finding.fact("tasks", listing(&codes, 10));
        finding.related = tasks.iter().map(|&task| cx.division.task(task).terms(first.unit()).place).collect();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::fixture::check;

    #[test]
    fn a_sign_off_is_looked_for_in_its_column() {
        check(
            &NotSigned,
            "
            division | 1-1 广告整治 | 综合科 | 签审=是
            division | 1-2 环境整治 | 综合科
            --- 综合科.xlsx
            任务编号 | 工作任务 | 完成情况 | 审核签字
            '1-1 | 广告整治 | 正在推进 |                    <- D410 @D 1-1
            '1-1 | 广告整治 | 正在推进 | 林副局长
            '1-1 | 广告整治 | |
            '1-2 | 环境整治 | 正在推进 |
            ",
        );
    }

    #[test]
    fn a_ledger_without_any_signature_is_one_finding() {
        check(
            &NotSigned,
            "
            division | 1-1 广告整治 | 综合科、后勤中心 | 签审=是
            --- 综合科.xlsx
            任务编号 | 工作任务 | 完成情况                  <- D410 综合科
            '1-1 | 广告整治 | 正在推进
            --- 后勤中心.xlsx
            任务编号 | 工作任务 | 完成情况
            '1-1 | 广告整治 | 正在推进
            审核人：林副局长
            ",
        );
    }
}
