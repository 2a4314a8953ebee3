//! What the parsers of indicators read, and what they expected where they stopped.

use winnow::Result;
use winnow::error::{ContextError, ErrMode};
use winnow::stream::LocatingSlice;

use crate::basis::Bilingual;

/// The folded text of one indicator, with offsets.
pub(super) type Input<'i> = LocatingSlice<&'i str>;
/// The result of a parser: a value, or what it expected where it stopped.
pub(super) type Read<T> = Result<T, ErrMode<ContextError<Expected>>>;

/// What was expected where parsing stopped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Expected {
    /// The name of a field.
    Name,
    /// A comparison: ≥, 不少于.
    Relation,
    /// A number.
    Number,
    /// A cycle, 人 or 次.
    Share,
    /// A cycle rather than one stretch of time: 每季, not 三季度.
    Cycle,
    /// A number of something rather than a time limit or a rank: not 24小时内办结, 前三名.
    Amount,
    /// A percent sign: ≤0.5 may be 50 % or 0.5 %.
    Percent,
    /// A condition.
    Condition,
    /// A closing bracket.
    Bracket,
    /// A fixed day rather than a deadline: 每月15日, not 每月15日前.
    FixedDay,
    /// The end, or 且, 或, `；`.
    End,
    /// The name of a percentage column, because there is none or more than one.
    Rate,
}

impl Expected {
    /// The wording for P506.
    pub fn words(self) -> Bilingual {
        let (zh, en) = match self {
            Expected::Name => ("应写考核哪个字段", "the name of a field belongs here"),
            Expected::Relation => ("应写≥、≤、不少于、不超过等比较", "a comparison such as ≥ or 不少于 belongs here"),
            Expected::Number => ("应写数字", "a number belongs here"),
            Expected::Share => {
                ("应写次、日、周、旬、半月、月、季、半年、年或人", "次 日 周 旬 半月 月 季 半年 年 or 人 belongs here")
            }
            Expected::Cycle => (
                "只能按每月、每季、每年等周期考核，不能按某一段时间或平均考核",
                "a cycle such as 每月 or 每年 belongs here, not one stretch of time or an average",
            ),
            Expected::Amount => (
                "办理时限和名次不能按数量核对；要核对每次用时的，应写字段和≤，如“办结时长≤24小时/次”",
                "a time limit or a rank is no amount; for the time that each takes, a field and ≤ belong here, as in 办结时长≤24小时/次",
            ),
            Expected::Percent => ("应写百分号，如95%", "a percent sign belongs here, as in 95%"),
            Expected::Condition => ("应写条件", "a condition belongs here"),
            Expected::Bracket => ("括号没有配对", "a closing bracket is missing"),
            Expected::FixedDay => ("这是时限，应写到“完成时限”一栏", "this is a deadline and belongs under 完成时限"),
            Expected::Rate => (
                "百分比字段不是只有一个，应写明是哪一个",
                "there is not exactly one percentage field; its name belongs here",
            ),
            Expected::End => ("应到此结束，或接且、或、；", "it should end here, or go on with 且, 或 or ；"),
        };
        Bilingual::fixed(zh, en)
    }
}

/// Fails without backtracking, giving what was expected here.
pub(super) fn stop<T>(expected: Expected) -> Read<T> {
    let mut error = ContextError::new();
    error.push(expected);
    Err(ErrMode::Cut(error))
}
