//! A reported problem that is not yet closed.

use chrono::NaiveDate;

use crate::basis::calendar::{Window, written};
use crate::basis::finding::{Findings, Kind, Severity, Wording};
use crate::basis::place::Place;
use crate::basis::scope::Scope;
use crate::basis::text::{fold, likeness, skeleton};
use crate::basis::{Bilingual, TaskId, UnitId};
use crate::check::support::{earlier, heard_from, live, no_problem, says_nothing};
use crate::check::{Batch, Entry, Rule};
use crate::division::{Context, fields};

/// The kind.
pub static KIND: Kind = Kind {
    code: "D414",
    name: "problem-open",
    scope: Scope::Submission,
    severity: Severity::Warning,
    zh: Wording {
        title: "问题未销号",
        message: "问题“{problem}”[（{since} 台账报告，本期台账没有提到）]尚未整改到位[，整改情况：“{seen}”][，整改时限 {expected}]",
        why: "发现的问题要跟踪到整改完成、销号为止。",
        mend: "请写明整改结果并附材料；未整改完的，写明进展和完成时间。",
        example: "8 月发现“墙面破损”，整改情况写“正在整改”：继续跟踪。",
    },
    en: Wording {
        title: "Problem open",
        message: "The problem “{problem}”[ (reported in {since}, not mentioned now)] is not closed[; its state: “{seen}”][; due {expected}]",
        why: "A problem found is followed until it is closed.",
        mend: "Say what came of it and add the evidence; if it is not done, how far it is and by when.",
        example: "A damaged wall found in August, 正在整改: it stays on the list.",
    },
};

/// Words that close a problem.
const CLOSED: &[&str] = &[
    "已整改", "整改完", "完成", "已解决", "解决", "办结", "销号", "到位", "已处理", "处理完", "已修复", "修复",
    "已落实", "已清理", "已更换", "立行立改", "即知即改", "当场", "现场整改", "√", "是", "100%",
];
/// Words for a problem that is not closed, whatever else is said.
const OPEN: &[&str] =
    &["未", "正在", "整改中", "处理中", "推进", "待", "拟", "计划", "部分", "尚", "没有", "不", "否", "长期", "继续"];
/// Words for handing the problem on, which does not close it.
const HANDED_ON: &[&str] = &["上报", "移交", "转交", "反馈", "报修", "联系", "协调", "通知", "报告", "安排"];

/// Finds problems that are not closed.
#[derive(Debug)]
pub struct ProblemOpen;

impl Rule for ProblemOpen {
    fn kind(&self) -> &'static Kind {
        &KIND
    }

    fn batch(&self, cx: &Context<'_>, batch: &Batch<'_>, out: &mut Findings) {
        for entry in live(batch) {
            judge(cx, entry, out);
        }
        follow(cx, batch, out);
    }
}

/// Judges a row of this window: by the day of the run, so not when its file is taken in, which may be days before.
fn judge(cx: &Context<'_>, entry: Entry<'_>, out: &mut Findings) {
    let (ledger, text) = (entry.ledger, |field| entry.text(field));
    let (problem, remedy, state) = (text(fields::PROBLEM), text(fields::REMEDY), text(fields::REMEDY_STATE));
    let followed = ledger.column(fields::REMEDY_STATE).is_some() || ledger.column(fields::REMEDY_DUE).is_some();
    // Without any remedy it is R206; without a column for its state nobody is asked for one.
    if no_problem(problem) || (says_nothing(remedy) && says_nothing(state)) || !followed {
        return;
    }
    if is_closed(state) || (says_nothing(state) && is_closed(remedy)) {
        return;
    }
    let due = remedy_due(entry, &cx.window);
    // Until its day has come nobody is late with it.
    if due.is_some_and(|day| day >= cx.as_of.date()) {
        return;
    }
    let field = if ledger.column(fields::REMEDY_STATE).is_some() { fields::REMEDY_STATE } else { fields::REMEDY_DUE };
    let finding = out.note(&KIND, entry.place(field)).unit(entry.unit()).task(entry.record.task);
    finding.fact("problem", super::support::phrase::clip(problem, 40)).related(entry.place(fields::PROBLEM));
    if !says_nothing(state) {
        finding.seen(state);
    }
    let written = text(fields::REMEDY_DUE);
    if !says_nothing(written) {
        finding.expected(written.to_owned());
    }
}

/// The day by which a problem is to be remedied: the last day of what 整改时限 names (9月底前 is over when September is).
pub(crate) fn remedy_due(entry: Entry<'_>, window: &Window) -> Option<NaiveDate> {
    let written = entry.text(fields::REMEDY_DUE);
    let named = || written::stretch(written, window.end).map(|(_, last)| last);
    entry.value(fields::REMEDY_DUE).day().or_else(named)
}

/// A problem that an earlier report left open.
struct Open {
    unit: UnitId,
    task: Option<TaskId>,
    skeleton: String,
    problem: String,
    state: String,
    place: Place,
    since: Bilingual,
    due: Option<NaiveDate>,
}

/// Follows up problems of earlier windows. A problem that was open and is not mentioned in this window's reports is noted
/// where it was reported; one that is mentioned is judged in its row.
fn follow(cx: &Context<'_>, batch: &Batch<'_>, out: &mut Findings) {
    let mut open: Vec<Open> = Vec::new();
    for (window, entry) in earlier(cx, batch) {
        let Some((unit, problem)) = problem_of(entry) else { continue };
        let (remedy, state) = (entry.text(fields::REMEDY), entry.text(fields::REMEDY_STATE));
        let skeleton = skeleton(problem);
        let known = open.iter().position(|one| one.unit == unit && is_same(&one.skeleton, &skeleton));
        let closed = is_closed(state) || (says_nothing(state) && is_closed(remedy)) || is_closed(problem);
        match (known, closed) {
            (Some(at), true) => drop(open.remove(at)),
            (Some(at), false) => {
                state.clone_into(&mut open[at].state);
                open[at].due = remedy_due(entry, &cx.window).or(open[at].due);
            }
            (None, true) => {}
            (None, false) => open.push(Open {
                unit,
                task: entry.record.task,
                skeleton,
                problem: super::support::phrase::clip(problem, 40).into_owned(),
                state: state.to_owned(),
                place: entry.place(fields::PROBLEM),
                since: Bilingual::each(|lang| window.full_words(lang)),
                due: remedy_due(entry, &cx.window),
            }),
        }
    }
    if open.is_empty() {
        return;
    }
    let heard = heard_from(batch);
    let spoken: Vec<(UnitId, String)> = live(batch)
        .filter_map(|entry| {
            let (unit, problem) = problem_of(entry)?;
            Some((unit, skeleton(problem)))
        })
        .collect();
    let is_due = |one: &Open| one.due.is_none_or(|day| day < cx.as_of.date());
    for one in open.into_iter().filter(|one| heard.contains(&one.unit) && is_due(one)) {
        if spoken.iter().any(|(unit, problem)| *unit == one.unit && is_same(&one.skeleton, problem)) {
            continue;
        }
        let finding = out.note(&KIND, one.place).unit(one.unit).task(one.task).period(cx.window.label());
        finding.fact("problem", one.problem).fact("since", one.since);
        if !says_nothing(&one.state) {
            finding.seen(one.state);
        }
    }
}

/// The unit and problem of a row.
fn problem_of(entry: Entry<'_>) -> Option<(UnitId, &str)> {
    let problem = entry.text(fields::PROBLEM);
    entry.unit().filter(|_| !no_problem(problem)).map(|unit| (unit, problem))
}

/// Whether two texts describe the same problem.
fn is_same(a: &str, b: &str) -> bool {
    const ALIKE: f64 = 0.6;
    a.contains(b) || b.contains(a) || likeness(a, b) >= ALIKE
}

/// Whether a text says that a problem is closed.
fn is_closed(state: &str) -> bool {
    let state = fold(state);
    let says = |words: &[&str]| words.iter().any(|word| state.contains(word));
    !says(OPEN) && (says(CLOSED) || state.contains('已') && !says(HANDED_ON))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::fixture::check;

    #[test]
    fn closed_and_open_are_told_apart() {
        for closed in
            ["已整改", "整改完成", "√", "已办结销号", "当场整改", "８月20日已修复", "垃圾已清运", "已反馈，物业已更换"]
        {
            assert!(is_closed(closed), "{closed}");
        }
        for open in ["", "正在整改", "未整改", "已整改部分", "待更换", "整改中", "已移交社区", "已报修"]
        {
            assert!(!is_closed(open), "{open}");
        }
    }

    #[test]
    fn a_problem_is_followed_until_it_is_closed() {
        check(
            &ProblemOpen,
            "
            division | 1-1 广告整治 | 综合科
            --- 综合科.xlsx
            任务编号 | 工作任务 | 完成情况 | 存在问题 | 整改措施 | 整改时限 | 整改情况
            '1-1 | 广告整治 | 正在推进 | 路灯不亮 | 报修 | 8月20日 | 正在整改    <- D414 @G 1-1
            '1-1 | 广告整治 | 正在推进 | 墙面破损 | 粉刷 | 8月20日 | 已整改
            '1-1 | 广告整治 | 正在推进 | 井盖缺失 | 更换 | 8月20日 |           <- D414 @G
            '1-1 | 广告整治 | 正在推进 | 无 | | |
            ",
        );
    }

    #[test]
    fn nobody_is_late_before_the_day_set_for_the_remedy() {
        check(
            &ProblemOpen,
            "
            as-of 2014-09-06 18:00
            division | 1-1 广告整治 | 综合科
            --- 综合科7月台账.xlsx 2014-08-02 10:00
            任务编号 | 工作任务 | 完成情况 | 存在问题 | 整改措施 | 整改时限 | 整改情况
            '1-1 | 广告整治 | 正在推进 | 东门广告牌破损 | 更换 | 9月6日 | 正在整改
            '1-1 | 广告整治 | 正在推进 | 北门花坛开裂 | 修补 | 9月5日 | 正在整改    <- D414 @D 综合科 1-1
            --- 综合科8月台账.xlsx 2014-09-03 10:00
            任务编号 | 工作任务 | 完成情况 | 存在问题 | 整改措施 | 整改时限 | 整改情况
            '1-1 | 广告整治 | 正在推进 | 路灯不亮 | 报修 | 2014-09-06 | 正在整改
            '1-1 | 广告整治 | 正在推进 | 墙面破损 | 粉刷 | 2014-09-05 | 正在整改    <- D414 @G 1-1
            '1-1 | 广告整治 | 正在推进 | 井盖缺失 | 更换 | 9月底前 | 正在整改
            '1-1 | 广告整治 | 正在推进 | 护栏松动 | 加固 | 长期 | 正在整改         <- D414 @G 1-1
            ",
        );
    }

    #[test]
    fn a_problem_of_the_month_before_is_followed() {
        check(
            &ProblemOpen,
            "
            division | 1-1 广告整治 | 综合科
            --- 综合科7月台账.xlsx 2014-08-02 10:00
            任务编号 | 工作任务 | 完成情况 | 存在问题 | 整改措施 | 整改情况
            '1-1 | 广告整治 | 正在推进 | 东门广告牌破损 | 更换 | 正在整改        <- D414 @D 综合科 1-1
            '1-1 | 广告整治 | 正在推进 | 西门路灯不亮 | 报修 | 正在整改
            '1-1 | 广告整治 | 正在推进 | 南门井盖缺失 | 更换 | 已整改
            --- 综合科8月台账.xlsx 2014-09-03 10:00
            任务编号 | 工作任务 | 完成情况 | 存在问题 | 整改措施 | 整改情况
            '1-1 | 广告整治 | 正在推进 | 西门路灯不亮 | 报修 | 已修复
            ",
        );
    }

    #[test]
    fn a_problem_is_open_from_the_day_after_the_limit() {
        for (as_of, mark) in [("2014-08-20", ""), ("2014-08-21", "<- D414 ~整改时限8月20日"), ("2014-09-06", "<- D414")]
        {
            let drawing = format!(
                "as-of {as_of}
                 division | 1-1 广告整治 | 综合科
                 --- 综合科.xlsx 2014-08-15 10:00
                 任务编号 | 工作任务 | 完成情况 | 存在问题 | 整改措施 | 整改时限 | 整改情况
                 '1-1 | 广告整治 | 正在推进 | 路灯不亮 | 报修 | 8月20日 | 正在整改    {mark}"
            );
            check(&ProblemOpen, &drawing);
        }
    }
}
