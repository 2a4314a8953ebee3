//! Rows that hold data and have no heading.

use crate::basis::finding::{Findings, Kind, Severity, Wording};
use crate::basis::place::Place;
use crate::basis::scope::Scope;
use crate::check::{OneFile, Rule};
use crate::division::Context;
use crate::ledger::WhyUnread;

/// The kind.
pub static KIND: Kind = Kind {
    code: "S19",
    name: "region-unread",
    scope: Scope::Submission,
    severity: Severity::Error,
    zh: Wording {
        title: "有内容没有表头",
        message: "{seen}有{count}行内容没有表头，也接不上前面的表，没有作为记录读取，已列入未归类",
        why: "没有表头就不知道各列报的是什么，这些内容没有计入任何任务。",
        mend: "请在这些行上方补上与前表相同的表头（任务编号、工作任务、完成情况等）后重新报送；不是台账内容的请删去。",
        example: "不合格：第二页只有数据、没有表头，列也与前页不同。合格：每页都有表头，或接着前页的列填写。",
    },
    en: Wording {
        title: "Rows without a heading",
        message: "{seen} holds {count} rows without a heading that carry on no table before them; they were not read as records and stand among the unmatched",
        why: "Without a heading nobody knows what the columns report, so these rows count for no task.",
        mend: "Put the heading of the table before (任务编号, 工作任务, 完成情况 …) above these rows and submit again; delete what is no ledger.",
        example: "Bad: a second page of rows without heading and with other columns. Good: a heading on each page, or the same columns.",
    },
};

/// Finds rows without a heading that carry on nothing.
#[derive(Debug)]
pub struct RegionUnread;

impl Rule for RegionUnread {
    fn kind(&self) -> &'static Kind {
        &KIND
    }

    fn file(&self, _: &Context<'_>, file: &OneFile<'_>, out: &mut Findings) {
        for aside in &file.reading.aside {
            if matches!(aside.unread.why, WhyUnread::Headless(_)) {
                let (area, ledger) = (aside.unread.area, &aside.ledger);
                out.note(&KIND, Place::sheet(ledger.source, ledger.sheet).at(area))
                    .unit(ledger.sender().or(file.sender()))
                    .seen(area.to_string())
                    .fact("count", ledger.records.len());
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::fixture::check;

    #[test]
    fn rows_that_carry_on_nothing_are_told_once_a_region() {
        check(
            &RegionUnread,
            "
            division | 1-1 广告整治 | 综合科、后勤中心
            --- 综合科.xlsx
            === 台账
            任务编号 | 工作任务 | 完成情况
            '1-1 | 广告整治 | 正在推进
            === 另页
            东湖路 | 12 | 3 | 王某               <- S19 @A1:D3 综合科 error
            西湖路 | 10 | 2 | 李某
            南湖路 | 8 | 1 | 张某
            --- 后勤中心.xlsx
            任务编号 | 工作任务 | 完成情况
            '1-1 | 广告整治 | 正在推进

            填表人：王某 | | 审核人：李某
            ",
        );
    }

    #[test]
    fn a_tally_beside_a_ledger_and_lists_for_choices_are_none() {
        check(
            &RegionUnread,
            "
            division | 1-1 广告整治 | 综合科
            --- 综合科.xlsx
            === 台账
            任务编号 | 工作任务 | 完成情况 | 地点
            '1-1 | 广告整治 | 正在推进 | 东街
            '1-1 | 广告整治 | 已完成 | 西街
            '1-1 | 广告整治 | 已完成 | 南街


            横幅 | 12
            海报 | 7
            === 选项
            已完成 | 是 | 1 | 甲
            推进中 | 否 | 2 | 乙
            ",
        );
    }
}
