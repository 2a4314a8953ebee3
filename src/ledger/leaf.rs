//! What the lowest heading of an axis column says of its cells: a target, a result, the value of another span of time.

use crate::basis::calendar::Cycle;
use crate::basis::text::{fold, heading_key};
use crate::division::indicator::is_rate;
use crate::division::{FieldSet, fields};
use crate::table::{AxisColumn, Column};

/// How the span of time that a lower heading names lies to the window of the run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Span {
    /// The window, a part of it, or a heading that names no span.
    Within,
    /// It holds more than the window, or the sum of its neighbours: 累计, 本年, 合计.
    Around,
    /// It lies beside the window, or compares with what does: 上月, 去年同期, 同比.
    Beside,
}

/// Which axis columns hold no answer and are kept beside the one of their unit, task and period: a target, last month's
/// value, the sum since the year began where the window's own stands beside it, and the share that an amount is.
pub(super) fn kept(axes: &[AxisColumn], fields: &FieldSet, cycle: Cycle) -> Vec<bool> {
    let spans: Vec<Span> = axes.iter().map(|axis| span(axis, cycle)).collect();
    let shares: Vec<bool> = axes.iter().map(is_share).collect();
    let answers = |at: usize| spans[at] == Span::Within && !is_asked(&axes[at].column) && !shares[at];
    let beside = |at: usize| (0..axes.len()).any(|other| answers(other) && axes[other].is_of_same(&axes[at]));
    let beside_answer = |at: usize| {
        let field = axes[at].column.field;
        let counts = field.is_none_or(|field| fields.spec(field).kind.is_number());
        let own = |other: usize| counts || axes[other].column.field == field;
        (0..axes.len()).any(|other| answers(other) && axes[other].is_of_same(&axes[at]) && own(other))
    };
    let kept = |at: usize| match spans[at] {
        Span::Within => is_asked(&axes[at].column) || shares[at] && beside(at),
        Span::Around => beside_answer(at),
        Span::Beside => true,
    };
    (0..axes.len()).map(kept).collect()
}

/// Binds the share of the work that is done, beside an amount of the same, to 完成情况: 次数 | 完成率.
pub(super) fn tell_shares_done(axes: &mut [AxisColumn]) {
    let done = |axis: &AxisColumn| is_share(axis) && leaf(&axis.column).contains("完成");
    let alone = |at: usize| {
        let of_same = |other: &&AxisColumn| other.is_of_same(&axes[at]);
        let counts = |other: &AxisColumn| other.column.field.is_some();
        let states = |other: &AxisColumn| other.column.field == Some(fields::STATUS);
        axes.iter().filter(of_same).any(counts) && !axes.iter().filter(of_same).any(states)
    };
    let found: Vec<usize> = (0..axes.len()).filter(|&at| done(&axes[at]) && alone(at)).collect();
    for at in found {
        axes[at].column.field = Some(fields::STATUS);
    }
}

/// The lowest row of a heading.
pub(super) fn leaf(column: &Column) -> &str {
    column.heading.rsplit('/').next().unwrap_or(&column.heading)
}

/// The folded lowest row of a heading, where it stands below the unit, task or period of its axis.
fn below(axis: &AxisColumn) -> Option<String> {
    let leaf = leaf(&axis.column);
    let is_of = |name: &Option<String>| name.as_deref() == Some(leaf);
    let names = is_of(&axis.unit) || is_of(&axis.task);
    let dates = || axis.period.as_ref().is_some_and(|period| period.contains(&fold(leaf)));
    (axis.column.heading.contains('/') && !names && !dates()).then(|| heading_key(leaf))
}

/// Whether a lower heading that is no field means a share of a whole: 占比, 覆盖率.
fn is_share(axis: &AxisColumn) -> bool {
    axis.column.field.is_none()
        && below(axis)
            .is_some_and(|leaf| is_rate(&leaf) || ["比例", "比重", "百分比"].iter().any(|end| leaf.ends_with(end)))
}

/// Whether the heading of a column that is no field says that its cells hold numbers of something: 排查户数, 资料（份）.
pub(super) fn is_of_numbers(column: &Column) -> bool {
    const ENDS: &[&str] = &["数", "数量", "总量", "场次", "人次", "频次", "时长", "金额", "率"];
    let leaf = heading_key(leaf(column));
    let asked = || ["应", "计划", "目标", "拟"].iter().any(|word| leaf.starts_with(word)) || is_asked(column);
    column.field.is_none() && (column.unit.is_some() || ENDS.iter().any(|end| leaf.ends_with(end))) && !asked()
}

/// Whether the heading of a column that is no field says that its cells hold what came of something: 巡查结果.
pub(super) fn is_of_results(column: &Column) -> bool {
    const ENDS: &[&str] = &["结果", "异常", "异常情况"];
    let leaf = heading_key(leaf(column));
    column.field.is_none() && ENDS.iter().any(|end| leaf.ends_with(end))
}

/// Whether a lower heading means a target: 应, 计划, 目标数.
fn is_asked(column: &Column) -> bool {
    const ASKED: &[&str] = &["应", "计划", "目标", "指标", "任务数", "应报", "应完成", "应到", "应检", "应查"];
    let leaf = heading_key(leaf(column));
    column.field.is_none() && (ASKED.contains(&&*leaf) || ASKED.contains(&leaf.trim_end_matches('数')))
}

/// Whether a lower heading means a result: 实, 完成, 实报数, 本月.
pub(super) fn is_done(column: &Column) -> bool {
    const DONE: &[&str] = &["实", "实际", "完成", "实报", "实完成", "实到", "实检", "实查", "实际完成", "已完成"];
    let leaf = heading_key(leaf(column));
    let own = cycle(&leaf, &['本', '当']).map(|(_, rest)| rest);
    let bare = own.unwrap_or(&leaf);
    own.is_some_and(str::is_empty) || DONE.contains(&bare) || DONE.contains(&bare.trim_end_matches('数'))
}

/// The span of time of an axis column's lower heading.
fn span(axis: &AxisColumn, of_window: Cycle) -> Span {
    const BESIDE: &[&str] = &["同期", "同比", "环比", "增减", "增幅", "增长", "去年", "上年", "上期", "下期", "明年"];
    const AROUND: &[&str] = &["累计", "历年", "年初", "以来", "至今", "截至", "合计", "小计", "总计", "共计"];
    let Some(leaf) = below(axis) else { return Span::Within };
    let has = |words: &[&str]| words.iter().any(|word| leaf.contains(word));
    if has(BESIDE) || cycle(&leaf, &['上', '下']).is_some() {
        Span::Beside
    } else if has(AROUND) || cycle(&leaf, &['本', '当', '今', '全']).is_some_and(|(cycle, _)| cycle > of_window) {
        Span::Around
    } else {
        Span::Within
    }
}

/// The cycle that a heading names behind one of these characters, and the text after it: 本月完成, 上季度.
fn cycle<'t>(heading: &'t str, before: &[char]) -> Option<(Cycle, &'t str)> {
    const CYCLES: &[(&str, Cycle)] = &[
        ("日", Cycle::Day),
        ("周", Cycle::Week),
        ("旬", Cycle::TenDays),
        ("半月", Cycle::HalfMonth),
        ("月份", Cycle::Month),
        ("月", Cycle::Month),
        ("季度", Cycle::Quarter),
        ("季", Cycle::Quarter),
        ("半年", Cycle::HalfYear),
        ("年度", Cycle::Year),
        ("年", Cycle::Year),
    ];
    let rest = heading.strip_prefix(before)?;
    CYCLES.iter().find_map(|(name, cycle)| Some((*cycle, rest.strip_prefix(name)?)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table::FieldId;
    use crate::table::fixture::column;

    fn axis(heading: &str, field: Option<FieldId>) -> AxisColumn {
        let task = heading.split('/').next().map(str::to_owned);
        AxisColumn { column: column(1, heading, field), unit: None, task, period: None, days: None }
    }

    /// Which of these lower headings of one task are kept, in a cycle.
    fn of(headings: &[&str], cycle: Cycle) -> Vec<bool> {
        let axes: Vec<AxisColumn> = headings.iter().map(|heading| axis(&format!("甲/{heading}"), None)).collect();
        kept(&axes, &FieldSet::builtin(), cycle)
    }

    #[test]
    fn another_span_of_time_than_the_windows_is_kept() {
        for (headings, expected) in [
            (["本月", "累计"], [false, true]),
            (["累计完成数", "本月完成数"], [true, false]),
            (["本月", "本年"], [false, true]),
            (["完成数", "年初至今"], [false, true]),
            (["本月", "上月"], [false, true]),
            (["当月", "去年同期"], [false, true]),
            (["本月", "同比增减"], [false, true]),
            (["上月", "累计"], [true, false]),
            (["计划", "累计"], [true, false]),
            (["电子屏", "合计"], [false, true]),
            (["城区", "乡镇"], [false, false]),
            (["上级检查", "下步打算"], [false, false]),
        ] {
            assert_eq!(of(&headings, Cycle::Month), expected, "{headings:?}");
        }
        assert_eq!(of(&["本月", "本季度"], Cycle::Quarter), [false, false]);
        assert_eq!(of(&["本周", "本月"], Cycle::Week), [false, true]);
    }

    #[test]
    fn a_field_of_words_is_kept_beside_its_like_alone() {
        let (status, amount) = (Some(fields::STATUS), Some(fields::AMOUNT));
        let of = |axes: &[AxisColumn]| kept(axes, &FieldSet::builtin(), Cycle::Month);
        assert_eq!(of(&[axis("甲/本月数量", amount), axis("甲/累计完成情况", status)]), [false, false]);
        assert_eq!(of(&[axis("甲/本月完成情况", status), axis("甲/累计完成情况", status)]), [false, true]);
        assert_eq!(of(&[axis("甲/本月", None), axis("乙/累计", None)]), [false, false], "of another task");
    }

    #[test]
    fn a_share_is_kept_beside_the_amount_it_is_of() {
        for (headings, expected) in [
            (["数量", "占比"], [false, true]),
            (["百分比", "数量"], [true, false]),
            (["个数", "所占比例（%）"], [false, true]),
            (["检查数", "覆盖率"], [false, true]),
            (["次数", "频率"], [false, false]),
            (["占比", "覆盖率"], [false, false]),
            (["计划", "占比"], [true, false]),
        ] {
            assert_eq!(of(&headings, Cycle::Month), expected, "{headings:?}");
        }
        let mut field = axis("甲/占比", Some(fields::SCORE));
        field.task = Some("甲".into());
        assert_eq!(kept(&[axis("甲/数量", None), field], &FieldSet::builtin(), Cycle::Month), [false, false]);
    }

    #[test]
    fn the_share_that_is_done_beside_an_amount_is_the_state() {
        let (amount, status) = (Some(fields::AMOUNT), Some(fields::STATUS));
        let of = |first: (&str, Option<FieldId>), second: &str| {
            let mut axes = [axis(&format!("甲/{}", first.0), first.1), axis(&format!("甲/{second}"), None)];
            tell_shares_done(&mut axes);
            axes[1].column.field
        };
        assert_eq!(of(("数量", amount), "完成率"), status);
        assert_eq!(of(("数量", amount), "完成比例"), status);
        assert_eq!(of(("数量", amount), "占比"), None);
        assert_eq!(of(("完成情况", status), "完成率"), None);
        assert_eq!(of(("城区", None), "完成率"), None);
    }

    #[test]
    fn the_words_of_the_axis_itself_say_nothing() {
        let mut month = axis("8月/上半月", None);
        (month.task, month.period) = (None, Some("8月上半月".into()));
        let of = |axis: AxisColumn| kept(&[axis], &FieldSet::builtin(), Cycle::Month);
        assert_eq!(of(month), [false]);
        assert_eq!(of(AxisColumn { task: Some("上月".into()), ..axis("甲/上月", None) }), [false]);
    }

    #[test]
    fn targets_and_results() {
        for (heading, asked, done) in [
            ("综合科/应", true, false),
            ("综合科/应报数", true, false),
            ("计划数", true, false),
            ("任务数", true, false),
            ("综合科/实", false, true),
            ("实报数", false, true),
            ("完成数", false, true),
            ("综合科/本月", false, true),
            ("本月完成数", false, true),
            ("本月电子屏", false, false),
            ("综合科", false, false),
        ] {
            let column = column(1, heading, None);
            assert_eq!((is_asked(&column), is_done(&column)), (asked, done), "{heading}");
        }
        assert!(!is_asked(&column(1, "计划", Some(fields::REMARK))), "a field of its own");
    }
}
