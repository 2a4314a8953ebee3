//! Obligations (task × unit × period), their states, and their totals.

pub mod coverage;
#[cfg(test)]
pub(crate) mod fixture;
mod disposition;
pub mod evaluate;
pub mod model;
pub mod named;
mod numbered;
mod out_of_reach;
mod overruled;
mod owed;
mod report;
pub mod prior_reports;
pub mod problems;
pub mod run_file;
mod state;
pub mod sub_periods;
mod supersede;
mod terms;

pub use coverage::Coverage;
pub use disposition::window_of;
pub use evaluate::{Evaluated, Graded, Scored, Tested, Verdict};
pub use model::{Obligation, Obligations, State};
pub use named::{Naming, named_only};
pub use numbered::NumberedOtherwise;
pub use prior_reports::PriorReports;
pub use problems::Problem;
pub use report::PriorReport;
pub use run_file::{FileState, RecordRef, RunFile, entry};
pub use sub_periods::SubPeriods;
pub use terms::counts_for;

use crate::basis::Bilingual;
use crate::basis::place::Source;
use crate::division::Context;
use crate::ledger::FileReading;

/// A file that was read, and why it is left aside, if that was decided before reading.
pub type Incoming = (Source, FileReading, Option<Bilingual>);

/// Determines the state of every file and every obligation. `files` are those of the inbox in the order of their names,
/// `prior` is what the history knows about earlier windows.
pub fn settle(cx: &Context<'_>, files: Vec<Incoming>, prior: PriorReports) -> (Vec<RunFile>, Obligations) {
    let mut files: Vec<RunFile> =
        files.into_iter().map(|(source, reading, ignored)| disposition::alone(cx, source, reading, ignored)).collect();
    numbered::read_as_then(cx, &prior.numbered, &mut files);
    let sub_periods = SubPeriods::new(cx);
    // evidence first, so that the same photo twice is not reported as a duplicate file
    disposition::set_evidence_aside(&mut files, &cx.settings.inbox);
    supersede::mark_duplicates(&mut files);
    supersede::supersede(cx, &sub_periods, &mut files);
    overruled::mark(cx, &mut files);
    let mut prior = prior.with_files(cx, &files);
    let problems = problems::follow(cx, &files, std::mem::take(&mut prior.problems));
    let mut all = owed::owed(cx, &sub_periods, &prior);
    state::settle(cx, &sub_periods, &prior, &files, &mut all);
    supersede::replace_nil(cx, &mut files, &all);
    supersede::close(cx, &mut files, &all);
    out_of_reach::mark(&files, &mut all);
    let before = prior.of_longer_periods(cx);
    let mut obligations = Obligations { all, problems, before, ..Obligations::default() };
    obligations.evaluated = evaluate::measure(cx, &files, &prior, &obligations);
    (files, obligations)
}

#[cfg(test)]
mod tests {
    use super::fixture::{check, drawn};

    #[test]
    fn nothing_is_missing_before_it_is_due() {
        let early = "2014-08 as of 2014-09-05T17:00
                     1-1 | 综合科";
        check(early, "1-1 综合科 2014-08 not-due 0");
        check(&early.replace("17:00", "17:01"), "1-1 综合科 2014-08 missing 0");
    }

    #[test]
    fn nil_exempt_and_disputed_only_when_all_rows_say_so() {
        check(
            "2014-08 as of 2014-09-06
             1 | 甲科
             2 | 甲科
             3 | 甲科
             4 | 甲科
             --- 甲科 2014-09-06T10:00 a.xlsx
             1 | 零报告
             2 | 不涉及
             3 | 有异议
             3 | 有异议
             4 | 零报告
             4 | 已完成",
            "1 甲科 2014-08 nil 1
             2 甲科 2014-08 exempt 1
             3 甲科 2014-08 disputed 2
             4 甲科 2014-08 late 2",
        );
    }

    #[test]
    fn what_came_may_be_of_no_use() {
        check(
            "2014-08 as of 2014-09-06
             1 | 甲科、乙科、丙科、丁科、戊科
             2 | 甲科、乙科、丙科、丁科、戊科
             --- 甲科 2014-09-03T10:00 a.xlsx
             1 |
             --- 乙科 2014-09-03T10:00 b.docx docx
             --- 丙科 2014-09-03T10:00 c.xlsx
             1 |
             2 | 已完成
             --- 丁科 2014-09-02T10:00 d.xlsx
             1 | 已完成
             --- 丁科 2014-09-03T10:00 e.docx docx
             --- 戊科 2014-09-02T10:00 f.xlsx
             1 | 已完成
             --- 戊科 2014-09-03T10:00 g.xlsx locked",
            "1 甲科 2014-08 blank 0
             1 乙科 2014-08 unusable 0
             1 丙科 2014-08 unusable 1
             1 丁科 2014-08 on-time 1
             1 戊科 2014-08 on-time 1
             2 甲科 2014-08 blank 0
             2 乙科 2014-08 unusable 0
             2 丙科 2014-08 on-time 1
             2 丁科 2014-08 missing 0
             2 戊科 2014-08 unusable 0",
        );
    }

    #[test]
    fn a_nil_report_without_a_task_answers_for_all() {
        check(
            "2014-08 as of 2014-09-06
             1 | 甲科、乙科
             2 | 甲科、乙科
             --- 甲科 2014-09-03T10:00 a.xlsx
              | 零报告
             --- 乙科 2014-09-03T10:00 b.xlsx
             1 | 已完成
              | 零报告",
            "1 甲科 2014-08 nil 1
             1 乙科 2014-08 on-time 1
             2 甲科 2014-08 nil 1
             2 乙科 2014-08 missing 0",
        );
    }

    #[test]
    fn rows_count_for_the_unit_they_name_and_foreign_tasks_for_nobody() {
        check(
            "2014-08 as of 2014-09-06
             1 | 甲科、乙科
             2 | 乙科
             --- 甲科 2014-09-03T10:00 a.xlsx
             1 | 已完成 | | 乙科
             2 | 已完成",
            "1 甲科 2014-08 missing 0
             1 乙科 2014-08 on-time 1
             2 乙科 2014-08 missing 0",
        );
    }

    #[test]
    fn lateness_counts_the_first_usable_report() {
        check(
            "2014-08 as of 2014-09-08
             1 | 甲科
             2 | 甲科
             --- 甲科 2014-09-03T10:00 a.xlsx
             1 | 推进中
             2 | #N/A
             --- 甲科 2014-09-07T10:00 b.xlsx
             1 | 已完成
             2 | 已完成",
            "1 甲科 2014-08 on-time 1
             2 甲科 2014-08 late 1",
        );
    }

    #[test]
    fn a_report_is_in_time_until_the_minute_it_is_due() {
        let at = |moment: &str| {
            format!(
                "2014-08 as of 2014-09-08
                 1 | 甲科
                 2 | 甲科
                 3 | 甲科
                 --- 甲科 {moment} a.xlsx
                 1 | 推进中
                 2 | 零报告
                 3 | 有异议"
            )
        };
        let timely = |moment| {
            let (_, obligations) = drawn(&at(moment)).settle();
            obligations.all.iter().map(|one| one.in_time).collect::<Vec<_>>()
        };
        check(&at("2014-09-05T17:00"), "1 甲科 2014-08 on-time 1\n2 甲科 2014-08 nil 1\n3 甲科 2014-08 disputed 1");
        check(&at("2014-09-05T17:01"), "1 甲科 2014-08 late 1\n2 甲科 2014-08 nil 1\n3 甲科 2014-08 disputed 1");
        assert_eq!((timely("2014-09-05T17:00"), timely("2014-09-05T17:01")), (vec![true; 3], vec![false; 3]));
    }

    #[test]
    fn what_arrived_by_the_moment_of_the_run_has_arrived() {
        for (moment, expected) in [("2014-09-06T10:00", "late 1"), ("2014-09-06T10:01", "missing 0")] {
            let drawing = format!(
                "2014-08 as of 2014-09-06T10:00
                 1 | 甲科
                 --- 甲科 {moment} a.xlsx
                 1 | 推进中"
            );
            check(&drawing, &format!("1 甲科 2014-08 {expected}"));
        }
    }

    #[test]
    fn a_locked_file_counts_when_it_came_after_what_was_good() {
        for (moment, expected) in
            [("2014-09-03T09:59", "missing"), ("2014-09-03T10:00", "missing"), ("2014-09-03T10:01", "unusable")]
        {
            let drawing = format!(
                "2014-08 as of 2014-09-06
                 1 | 甲科
                 2 | 甲科
                 --- 甲科 2014-09-03T10:00 a.xlsx
                 1 | 推进中
                 --- 甲科 {moment} b.xlsx locked"
            );
            check(&drawing, &format!("1 甲科 2014-08 on-time 1\n2 甲科 2014-08 {expected} 0"));
        }
    }
}
