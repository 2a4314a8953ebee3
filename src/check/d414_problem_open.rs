//! A reported problem that is not yet closed.

use crate::basis::Bilingual;
use crate::basis::finding::{Findings, Kind, Severity, Wording};
use crate::basis::place::{Place, SourceId};
use crate::basis::scope::Scope;
use crate::check::support::{Sent, live, no_problem, read_of, says_nothing};
use crate::check::{Batch, Entry, Rule};
use crate::division::{Context, fields};
use crate::obligation::Problem;
use crate::obligation::problems::{remedy_due, says_closed};

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
    if says_closed(entry, &cx.window) {
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

/// Follows up problems of earlier windows. A problem that was open and is not mentioned in this window's reports is noted
/// where it was reported, or where its task is demanded if that file has left the inbox; one that is mentioned is judged
/// in its row.
fn follow(cx: &Context<'_>, batch: &Batch<'_>, out: &mut Findings) {
    let is_due = |one: &&Problem| one.due.is_none_or(|day| day < cx.as_of.date());
    let mut open = batch.obligations.problems.iter().filter(|one| one.closed.is_none() && one.told != cx.window);
    let mut open = open.by_ref().filter(is_due).peekable();
    if open.peek().is_none() {
        return;
    }
    // Of what nobody read nobody knows whether it mentions the problem.
    let (read, files) = (read_of(batch.files), Sent::of(batch));
    for one in open.filter(|one| read.contains(&one.unit)) {
        let demanded = || one.task.map(|task| cx.division.task(task).terms(one.unit).units_place);
        let sent = || files.file(one.unit).map(|file| Place::file(file.source.id));
        let place = one.place(batch.files).or_else(demanded).or_else(sent);
        let finding = out.note(&KIND, place.unwrap_or(Place::file(SourceId::DIVISION)));
        finding.unit(one.unit).task(one.task).period(cx.window.label());
        let problem = super::support::phrase::clip(&one.text, 40).into_owned();
        finding.fact("problem", problem).fact("since", Bilingual::each(|lang| one.since.full_words(lang)));
        if !says_nothing(&one.state) {
            finding.seen(one.state.clone());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::fixture::check;

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
    fn one_column_about_the_remedy_is_enough_and_none_is_asked_for() {
        for (column, cell, mark) in [
            ("整改情况", "正在整改", "<- D414 @F 1-1"),
            ("整改时限", "8月20日", "<- D414 @F 1-1"),
            ("备注", "正在整改", ""),
        ] {
            let drawing = format!(
                "division | 1-1 广告整治 | 综合科
                 --- 综合科.xlsx
                 任务编号 | 工作任务 | 完成情况 | 存在问题 | 整改措施 | {column}
                 '1-1 | 广告整治 | 正在推进 | 路灯不亮 | 报修 | {cell}    {mark}"
            );
            check(&ProblemOpen, &drawing);
        }
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
            '1-1 | 广告整治 | 正在推进 | 地砖松动 | 修补 |  | 已报修，预计9月6日前修复
            '1-1 | 广告整治 | 正在推进 | 花坛开裂 | 修补 |  | 已报修，预计9月5日前修复   <- D414 @G 1-1
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
    fn only_a_report_that_was_read_leaves_a_problem_out() {
        for (august, mark) in [("no-permission", ""), ("damaged", ""), ("\n零报告", "        <- D414 @D 综合科 1-1")]
        {
            let drawing = format!(
                "division | 1-1 广告整治 | 综合科
                 --- 综合科7月台账.xlsx 2014-08-02 10:00
                 任务编号 | 工作任务 | 完成情况 | 存在问题 | 整改措施 | 整改情况
                 '1-1 | 广告整治 | 正在推进 | 东门广告牌破损 | 更换 | 正在整改{mark}
                 --- 综合科8月台账.xlsx {august}"
            );
            check(&ProblemOpen, &drawing);
        }
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

    #[test]
    fn a_problem_is_judged_where_its_state_or_its_day_is_asked_for() {
        check(
            &ProblemOpen,
            "
            as-of 2014-09-06 18:00
            division | 1-1 广告整治 | 综合科、后勤科、车管科、财务科
            --- 后勤科.xlsx
            任务编号 | 工作任务 | 完成情况 | 存在问题 | 整改措施
            '1-1 | 广告整治 | 正在推进 | 东门广告牌破损 | 更换
            --- 综合科.xlsx
            任务编号 | 工作任务 | 完成情况 | 存在问题 | 整改措施 | 整改时限
            '1-1 | 广告整治 | 正在推进 | 东门广告牌破损 | 更换 | 9月5日       <- D414 @F
            '1-1 | 广告整治 | 正在推进 | 西门广告牌破损 | 更换 | 9月6日
            '1-1 | 广告整治 | 正在推进 | 南门广告牌破损 | 更换 |              <- D414 @F
            '1-1 | 广告整治 | 正在推进 | 北门广告牌破损 |  | 9月5日
            --- 财务科.xlsx
            任务编号 | 工作任务 | 完成情况 | 存在问题 | 整改措施 | 整改情况
            '1-1 | 广告整治 | 正在推进 | 东门广告牌破损 | 更换 | 正在整改       <- D414 @F
            '1-1 | 广告整治 | 正在推进 | 西门广告牌破损 | 更换 |              <- D414 @F
            '1-1 | 广告整治 | 正在推进 | 南门广告牌破损 |  | 正在整改          <- D414 @F
            '1-1 | 广告整治 | 正在推进 | 北门广告牌破损 |  |
            '1-1 | 广告整治 | 正在推进 | 墙面破损 | 更换 | 已整改
            '1-1 | 广告整治 | 正在推进 | 无 | 更换 | 正在整改
            ",
        );
    }
}
