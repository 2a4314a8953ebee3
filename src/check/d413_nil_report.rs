//! A unit that submitted a nil report.

use crate::basis::finding::{Findings, Kind, Severity, Wording};
use crate::basis::place::Place;
use crate::basis::scope::Scope;
use crate::check::support::{by_unit_and_period, demand, listing, record, said_nil, task_codes};
use crate::check::{Batch, Entry, Rule};
use crate::division::{Context, fields};
use crate::ledger::{Cell, Status, nil};
use crate::obligation::State;
use crate::table::Column;

/// The kind.
pub static KIND: Kind = Kind {
    code: "D413",
    name: "nil-report",
    scope: Scope::Submission,
    severity: Severity::Info,
    zh: Wording {
        title: "零报告",
        message: "{unit}{period}零报告（{tasks}）",
        why: "零报告算已报，单列出来供办公室掌握。",
        mend: "不用处理；如本期其实有工作，请补报。",
        example: "“完成情况”写“零报告”或“无”。",
    },
    en: Wording {
        title: "Nil report",
        message: "{unit} reports nothing for {period} ({tasks})",
        why: "A nil report is a report; it is listed for the office to know.",
        mend: "Nothing to do, unless there was something to report after all.",
        example: "零报告 or 无 under 完成情况.",
    },
};

/// Finds nil reports; one finding for each unit and period.
#[derive(Debug)]
pub struct NilReport;

impl Rule for NilReport {
    fn kind(&self) -> &'static Kind {
        &KIND
    }

    fn batch(&self, cx: &Context<'_>, batch: &Batch<'_>, out: &mut Findings) {
        let nil = said_nil(batch);
        for obligations in by_unit_and_period(batch, |obligation| obligation.state == State::Nil) {
            let Some(&first) = obligations.first() else { continue };
            // a nil report in a sentence has no row, or an empty one
            let in_row = first.records.iter().filter_map(|&at| record(batch, at)).find_map(says);
            let in_words = || nil.get(&first.unit).map(|(_, place)| *place);
            let place = in_row.or_else(in_words).unwrap_or_else(|| demand(cx, first));
            let finding = out.note(&KIND, place).unit(first.unit).period(first.period.label());
            if let [only] = obligations.as_slice() {
                finding.task(only.task);
            }
            finding.fact("tasks", listing(&task_codes(cx, &obligations), 10));
            finding.related = obligations.iter().map(|obligation| demand(cx, obligation)).collect();
        }
    }
}

/// The cell of a row that says that there is nothing, if one does.
fn says(entry: Entry<'_>) -> Option<Place> {
    if entry.status() == Some(Status::Nil) {
        return Some(entry.place(fields::STATUS));
    }
    let says = |cell: &(&Column, Cell)| {
        let text = entry.text_of(cell.1);
        nil::is_said(text) || nil::is_none_found(text)
    };
    entry.cells().find(says).map(|(column, _)| entry.place_in(column))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::fixture::check;

    #[test]
    fn a_nil_report_is_told_once_for_its_unit() {
        check(
            &NilReport,
            "
            division | 1-1 广告整治 | 综合科、后勤中心
            division | 1-2 环境整治 | 综合科
            --- 综合科.xlsx
            任务编号 | 工作任务 | 完成情况
            '1-1 | 广告整治 | 零报告                         <- D413 info 综合科 ~1-1、1-2
            '1-2 | 环境整治 | 无
            --- 后勤中心.xlsx
            任务编号 | 工作任务 | 完成情况
            '1-1 | 广告整治 | 正在推进
            ",
        );
    }

    #[test]
    fn a_row_that_names_no_task_is_told_at_its_words() {
        check(
            &NilReport,
            "
            division | 1-1 广告整治 | 综合科
            --- 综合科.xlsx
            任务编号 | 工作任务 | 完成情况
             | 本月无工作 |                            <- D413 @B2 综合科
            ",
        );
        check(
            &NilReport,
            "
            division | 1-1 广告整治 | 综合科
            --- 综合科.xlsx
            任务编号 | 工作任务 | 巡查所见情况 | 完成情况
             | | 本月未发现隐患 |                       <- D413 @C2 综合科
            ",
        );
    }

    #[test]
    fn a_sentence_without_a_table_is_a_nil_report_on_everything() {
        check(
            &NilReport,
            "
            division | 1-1 广告整治 | 综合科
            division | 1-2 环境整治 | 综合科
            --- 综合科.xlsx
            8月工作台账
            本月零报告                         <- D413 info 综合科
            ",
        );
    }

    #[test]
    fn a_sheet_that_says_so_speaks_for_its_own_unit() {
        let sheets = |first: &str, second: &str, marks: [&str; 2]| {
            format!(
                "
                division | 1-1 广告整治 | 综合科、后勤中心
                division | 1-2 环境整治 | 综合科
                --- 汇总.xlsx
                === {first}
                8月工作台账
                本月零报告                                 {}
                === {second}
                任务编号 | 责任单位 | 完成情况
                '1-1 | 后勤中心 | 已完成
                '1-1 | 综合科 | {}
                ",
                marks[0], marks[1]
            )
        };
        // by the sheet's name, by a line in the sheet
        check(&NilReport, &sheets("综合科", "后勤中心", ["<- D413 综合科 ~1-1、1-2", ""]));
        let lined = sheets("表1", "表2", ["<- D413 综合科", ""]);
        let lined =
            lined.replace("8月工作台账", "填报单位：综合科").replace("任务编号 |", "填报单位：后勤中心\n任务编号 |");
        check(&NilReport, &lined);
        // the unit reports something on another sheet
        check(&NilReport, &sheets("综合科", "后勤中心", ["", "已完成"]));
        // the sheet of an earlier month says nothing of this one, and the sheet of this month counts beside it
        check(&NilReport, &sheets("综合科7月", "后勤中心8月", ["", ""]).replace("8月工作台账", "7月工作台账"));
        let months = "
            division | 1-1 广告整治 | 综合科
            --- 综合科.xlsx
            === 7月
            任务编号 | 完成情况
            '1-1 | 已完成
            === 8月
            零报告                                         <- D413 综合科";
        check(&NilReport, months);
    }
}
