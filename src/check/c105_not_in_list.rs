//! A cell whose value is not in the list of allowed values.

use crate::basis::finding::{Findings, Kind, Severity, Wording};
use crate::basis::scope::Scope;
use crate::basis::text::{fold, list};
use crate::check::support::columns::note_column;
use crate::check::support::says_nothing;
use crate::check::{Entry, OneFile, Rule};
use crate::division::{Context, FieldType};
use crate::ledger::{Cell, Ledger, Value};
use crate::ruling::RulingKind;

/// The values of 完成情况 in the drop-down list of blank forms.
const STATES: &str = "已完成、正在推进、未开始、长期坚持、零报告、不涉及、有异议";

/// The kind.
pub static KIND: Kind = Kind {
    code: "C105",
    name: "not-in-list",
    scope: Scope::Submission,
    severity: Severity::Warning,
    zh: Wording {
        title: "不在可选值内",
        message: "“{heading}”写的是“{seen}”，不在可选值内[（共 {cells} 格）]",
        why: "各单位写法不一就无法统计；原文已保留，没有改动。",
        mend: "请从可选值中选填：{expected}；需要说明的写在备注栏。",
        example: "不合格：“差不多了”。合格：“正在推进”，备注“计划下月完成”。",
    },
    en: Wording {
        title: "Not in the list",
        message: "{heading} says “{seen}”, which is none of the values offered[ ({cells} cells)]",
        why: "What everybody words differently cannot be counted; the text is kept as it is.",
        mend: "Choose one of: {expected}; put explanations into the remark.",
        example: "Bad: 差不多了. Good: 正在推进, with the rest as a remark.",
    },
};

/// Finds cells whose value is not allowed.
#[derive(Debug)]
pub struct NotInList;

impl Rule for NotInList {
    fn kind(&self) -> &'static Kind {
        &KIND
    }

    fn ledger(&self, cx: &Context<'_>, file: &OneFile<'_>, ledger: &Ledger, out: &mut Findings) {
        let asker = file.asker(cx, ledger.sender());
        for (at, column) in ledger.columns.iter().enumerate() {
            let Some(spec) = column.field.map(|field| cx.division.fields.spec(field)) else { continue };
            let choices: Vec<String> = spec.choices.iter().map(|choice| fold(choice)).collect();
            let foreign = |text: &str| {
                let is_choice = |item: &str| choices.contains(&fold(item));
                !says_nothing(text) && !is_choice(text) && !list(text).into_iter().all(is_choice)
            };
            let is_ruled = |text: &str| cx.division.rulings.find(RulingKind::State, text, &asker).is_some();
            let at_fault = |entry: Entry<'_>, cell: Cell| {
                let text = entry.text_of(cell);
                match (spec.kind, cell.value) {
                    (_, Value::Blank | Value::Fault | Value::Uncalculated) => false,
                    (FieldType::Choice | FieldType::Text, _) if !choices.is_empty() => foreign(text),
                    _ if spec.closed && !choices.is_empty() => foreign(text) && !is_ruled(text),
                    // more than 100 % is C110, not an unknown word
                    (FieldType::Status, Value::Unfit) => {
                        !super::c110_over_maximum::percent_over(text) && !is_ruled(text)
                    }
                    _ => false,
                }
            };
            let offered = if choices.is_empty() { STATES.to_owned() } else { spec.choices.join("、") };
            note_column(out, &KIND, (file, ledger), at, at_fault, |finding, _, _| {
                finding.expected(offered.clone());
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::fixture::check;

    #[test]
    fn unknown_wording_of_the_state_is_told() {
        check(
            &NotInList,
            "
            division | 1-1 广告整治 | 综合科
            field | 类别甲 | 类型=选项 | 取值=横幅、展板
            --- 综合科.xlsx
            任务编号 | 工作任务 | 完成情况 | 类别甲
            '1-1 | 广告整治 | 差不多了 | 横幅            <- C105 @C
            '1-1 | 广告整治 | 已完成 | 气球             <- C105 @D
            '1-1 | 广告整治 | √ | 展板
            ",
        );
    }

    #[test]
    fn a_state_chosen_from_a_list_of_the_office_is_still_a_state() {
        check(
            &NotInList,
            "
            division | 1-1 广告整治 | 综合科
            field | 完成情况 | 类型=选项 | 取值=完成、推进中、零报告
            --- 综合科.xlsx
            任务编号 | 工作任务 | 完成情况
            '1-1 | 广告整治 | 完成
            '1-1 | 广告整治 | 推进中
            '1-1 | 广告整治 | 已完成             <- C105 @C
            '1-1 | 广告整治 | 差不多了             <- C105 @C
            ",
        );
        check(
            &NotInList,
            "
            division | 1-1 广告整治 | 综合科
            field | 完成情况 | 取值=完成、推进中
            --- 综合科.xlsx
            任务编号 | 工作任务 | 完成情况
            '1-1 | 广告整治 | 已完成
            '1-1 | 广告整治 | 差不多了             <- C105 @C
            ",
        );
    }

    #[test]
    fn a_merged_cell_is_one_cell() {
        check(
            &NotInList,
            "
            division | 1-1 广告整治 | 综合科
            division | 1-2 环境整治 | 综合科
            --- 综合科.xlsx
            任务编号 | 工作任务 | 完成情况 | 日期
            '1-1 | 广告整治 | 差不多了 | 8月1日            <- C105 @C2
            '1-2 | 环境整治 | ^ | 8月2日
            ",
        );
    }

    #[test]
    fn lists_of_choices_and_words_for_nothing_are_no_unknown_choices() {
        check(
            &NotInList,
            "
            division | 1-1 广告整治 | 综合科
            field | 类别甲 | 类型=选项 | 取值=横幅、展板
            --- 综合科.xlsx
            任务编号 | 工作任务 | 完成情况 | 类别甲
            '1-1 | 广告整治 | 已完成 | 横幅、展板
            '1-1 | 广告整治 | 已完成 | 无
            '1-1 | 广告整治 | 已完成 | 横幅、气球        <- C105 @D
            ",
        );
    }
}
