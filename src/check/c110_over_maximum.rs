//! A number above its maximum: a rate above 100 %, a score above the marks, a value above the limit in 取值.

use crate::basis::finding::{Findings, Kind, Severity, Wording};
use crate::basis::scope::Scope;
use crate::basis::text::fold;
use crate::check::support::columns::note_column;
use crate::check::{Entry, OneFile, Rule};
use crate::division::{Context, FieldType, fields};
use crate::ledger::{Cell, Ledger, Value};
use crate::table::Column;

/// The kind.
pub static KIND: Kind = Kind {
    code: "C110",
    name: "over-maximum",
    scope: Scope::Submission,
    severity: Severity::Warning,
    zh: Wording {
        title: "超过上限",
        message: "“{heading}”为 {seen}，超过上限 {expected}[（共 {cells} 格）]",
        why: "比率不会超过 100%，得分不会超过分值；超过的多是单位、小数点或分母写错。",
        mend: "请核对后更正；确实无误的，在备注栏说明原因。",
        example: "不合格：分值 2 分，得分 20；亮灯率 985%。合格：得分 2；亮灯率 98.5%。",
    },
    en: Wording {
        title: "Above the maximum",
        message: "{heading} is {seen}, above the maximum of {expected}[ ({cells} cells)]",
        why: "No rate exceeds 100 %, no score its marks; mostly a unit, a decimal point or a denominator is wrong.",
        mend: "Check and correct it; if it is right, say why in the remark.",
        example: "Bad: a score of 20 of 2 marks, a rate of 985%. Good: 2, and 98.5%.",
    },
};

/// Finds numbers above their maximum.
#[derive(Debug)]
pub struct OverMaximum;

impl Rule for OverMaximum {
    fn kind(&self) -> &'static Kind {
        &KIND
    }

    fn ledger(&self, cx: &Context<'_>, file: &OneFile<'_>, ledger: &Ledger, out: &mut Findings) {
        // The cells of a cross-tab have no figure of the same row beside them.
        for (at, column) in ledger.columns.iter().enumerate().filter(|(_, column)| column.crossed.is_none()) {
            let Some(limit) = Limit::of(cx, column) else { continue };
            let most = |entry: Entry<'_>, cell: Cell| {
                limit.for_row(cx, entry).filter(|most| match cell.value {
                    Value::Unfit => most.percent && percent_over(entry.text_of(cell)),
                    value => value.number().is_some_and(|n| n > most.value * (1.0 + 1e-9)),
                })
            };
            let at_fault = |entry: Entry<'_>, cell: Cell| most(entry, cell).is_some();
            note_column(out, &KIND, (file, ledger), at, at_fault, |finding, _, entry| {
                if let Some(most) = most(entry, entry.record.cells[at]) {
                    let shown = if most.percent { "100%".to_owned() } else { most.value.to_string() };
                    finding.expected(format!("≤{shown}"));
                }
            });
        }
    }
}

/// The maximum of a number.
#[derive(Clone, Copy)]
struct Most {
    value: f64,
    /// Whether it is shown as a percentage.
    percent: bool,
}

/// What limits the numbers of a column.
enum Limit {
    /// The marks of the task of each row.
    Marks,
    /// The same for every row.
    Fixed(Most),
}

impl Limit {
    /// The limit of a column; none where there is none.
    fn of(cx: &Context<'_>, column: &Column) -> Option<Limit> {
        let field = column.field?;
        if field == fields::SCORE {
            return Some(Limit::Marks);
        }
        let spec = cx.division.fields.spec(field);
        if let Some(value) = spec.choices.iter().find_map(|choice| limit(choice)) {
            return Some(Limit::Fixed(Most { value, percent: false }));
        }
        // growth rates may exceed 100 %
        let grows = ["增长", "增幅", "同比", "环比", "提高"].iter().any(|word| column.heading.contains(word));
        let rate = matches!(spec.kind, FieldType::Percent | FieldType::Status);
        (rate && !grows).then_some(Limit::Fixed(Most { value: 1.0, percent: true }))
    }

    /// The maximum for the cell of a record; none where its task has none.
    fn for_row(&self, cx: &Context<'_>, entry: Entry<'_>) -> Option<Most> {
        match self {
            Limit::Fixed(most) => Some(*most),
            Limit::Marks => {
                let marks = cx.division.task(entry.record.task?).terms(entry.unit()).marks?;
                Some(Most { value: marks, percent: false })
            }
        }
    }
}

/// The upper limit in a value of 取值: `≤100`, `不超过100`, `0-100`, `0～100`.
fn limit(choice: &str) -> Option<f64> {
    let folded = fold(choice).replace('～', "~");
    let marks = ["<=", "≤", "不超过", "至多", "不大于", "不高于"];
    let upper = marks.iter().find_map(|mark| folded.strip_prefix(mark)).or_else(|| {
        let (low, high) = folded.split_once(['~', '-', '至'])?;
        low.parse::<f64>().ok().map(|_| high)
    })?;
    upper.parse().ok()
}

/// Whether a text is a percentage above 100 %.
pub(super) fn percent_over(text: &str) -> bool {
    fold(text).strip_suffix('%').and_then(|number| number.parse::<f64>().ok()).is_some_and(|n| n > 100.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::fixture::check;

    #[test]
    fn limits_are_read_as_they_are_written() {
        for (written, most) in
            [("≤100", Some(100.0)), ("不超过20", Some(20.0)), ("0～5", Some(5.0)), ("1-3", Some(3.0)), ("横幅", None)]
        {
            assert_eq!(limit(written), most, "{written}");
        }
        assert!(percent_over("１２０％") && !percent_over("100%") && !percent_over("120"));
    }

    #[test]
    fn rates_scores_and_limits_have_their_maximum() {
        check(
            &OverMaximum,
            "
            division | 1-1 广告整治 | 综合科 | 分值=2
            field | 装灯率 | 类型=百分比
            field | 星级 | 类型=整数 | 取值=≤5
            --- 综合科.xlsx
            任务编号 | 工作任务 | 完成情况 | 装灯率 | 得分 | 星级
            '1-1 | 广告整治 | 正在推进 | 985% | 2 | 5       <- C110 @D
            '1-1 | 广告整治 | 正在推进 | 100% | 20 | 5      <- C110 @E
            '1-1 | 广告整治 | 正在推进 | 98.5% | 1.5 | 6    <- C110 @F
            ",
        );
    }

    #[test]
    fn the_most_itself_is_allowed() {
        check(
            &OverMaximum,
            "
            division | 1-1 广告整治 | 综合科 | 分值=2.5
            division | 1-2 环境整治 | 综合科
            field | 装灯率 | 类型=百分比
            field | 同比增长率 | 类型=百分比
            field | 星级 | 类型=整数 | 取值=1-5
            --- 综合科.xlsx
            任务编号 | 工作任务 | 装灯率 | 同比增长率 | 得分 | 星级
            '1-1 | 广告整治 | 100% | 250% | 2.5 | 5
            '1-1 | 广告整治 | 100.1% | 250% | 2.51 | 6     <- C110 @C; C110 @E; C110 @F
            '1-1 | 广告整治 | '100.1% | 250% | 0 | 0        <- C110 @C
            '1-2 | 环境整治 | 0% | 250% | 99 | 5
            ",
        );
    }
}
