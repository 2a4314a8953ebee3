//! A form that was not filled in.

use crate::basis::finding::{Findings, Kind, Severity, Wording};
use crate::basis::place::Place;
use crate::basis::scope::{GapKind, Scope};
use crate::check::support::is_blank_form;
use crate::check::{OneFile, Rule};
use crate::division::Context;

/// The kind.
pub static KIND: Kind = Kind {
    code: "S18",
    name: "blank-form",
    scope: Scope::Owed(GapKind::Blank),
    severity: Severity::Error,
    zh: Wording {
        title: "空表",
        message: "报来的是空表，没有填写任何内容",
        why: "空表不等于零报告：确实没有工作要写明“零报告”，否则按未报处理。",
        mend: "请填写完成情况后重新报送；本期确无工作的，在“完成情况”栏写“零报告”。",
        example: "不合格：只有表头。合格：“完成情况”写“零报告”。",
    },
    en: Wording {
        title: "Blank form",
        message: "The form came back with nothing filled in",
        why: "A blank form is no nil report: a unit with nothing to report says so.",
        mend: "Fill it in and submit it again; if there was nothing to do, write 零报告 under 完成情况.",
        example: "Bad: a heading alone. Good: 零报告 under 完成情况.",
    },
};

/// Finds forms that were not filled in.
#[derive(Debug)]
pub struct BlankForm;

impl Rule for BlankForm {
    fn kind(&self) -> &'static Kind {
        &KIND
    }

    fn file(&self, _: &Context<'_>, file: &OneFile<'_>, out: &mut Findings) {
        if !is_blank_form(*file) {
            return;
        }
        let place = match file.reading.ledgers.as_slice() {
            [one] => Place::sheet(one.source, one.sheet),
            _ => Place::file(file.source.id),
        };
        out.note(&KIND, place).unit(file.sender());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::fixture::check;

    #[test]
    fn a_form_without_answers_is_blank_and_a_nil_report_is_not() {
        check(
            &BlankForm,
            "
            division | 1-1 广告整治 | 综合科、后勤中心、车管科、宣传科、财务科
            --- 综合科.xlsx                           <- S18 综合科
            任务编号 | 工作任务 | 完成情况 | 备注
            '1-1 | 广告整治 | |
            --- 后勤中心.xlsx
            任务编号 | 工作任务 | 完成情况 | 备注
            '1-1 | 广告整治 | 零报告 |
            --- 车管科.xlsx                           <- S18 车管科
            任务编号 | 工作任务 | 完成情况 | 备注
            --- 宣传科.xlsx
            任务编号 | 工作任务 | 完成情况 | 备注
             | 本月无工作 | |
            --- 财务科.xlsx
            任务编号 | 工作任务 | 发现问题（个） | 备注
            '1-1 | 广告整治 | 3 |
            ",
        );
    }

    #[test]
    fn a_form_that_says_that_nothing_was_found_is_not_blank() {
        check(
            &BlankForm,
            "
            division | 1-1 广告整治 | 综合科、后勤中心、车管科、宣传科、财务科
            --- 综合科.xlsx
            广告整治台账
            序号 | 日期 | 巡查所见情况 | 整改情况 | 备注
            1 | | 本月未发现隐患 | |
            --- 后勤中心.xlsx
            广告整治台账
            序号 | 日期 | 巡查所见情况 | 整改情况 | 备注
            无 | | | |
            --- 车管科.xlsx                           <- S18 车管科
            广告整治台账
            序号 | 日期 | 巡查所见情况 | 整改情况 | 备注
            1 | | | |
            --- 宣传科.xlsx
            序号 | 工作任务 | 巡查所见情况 | 整改情况 | 备注
            1 | 广告整治 | 无 | |
            --- 财务科.xlsx                           <- S18 财务科
            序号 | 工作任务 | 巡查项目 | 整改情况 | 备注
            1 | 广告整治 | 无 | |
            ",
        );
    }
}
