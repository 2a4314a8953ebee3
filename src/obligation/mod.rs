//! Obligations (task × unit × period), their states, and their totals.

pub mod content;
pub mod coverage;
#[cfg(test)]
pub(crate) mod fixture;
mod disposition;
pub mod evaluate;
pub mod model;
pub mod named;
pub mod out_of_reach;
mod owed;
pub mod prior_reports;
pub mod run_file;
mod state;
pub mod sub_periods;
mod supersede;

pub use coverage::Coverage;
pub use evaluate::{Evaluated, Graded, Scored, Tested, Verdict};
pub use model::{Obligation, Obligations, RecordRef, State};
pub use named::{Naming, named_only};
pub use out_of_reach::OutOfReach;
pub use prior_reports::{PriorReport, PriorReports};
pub use run_file::{FileState, RunFile, entry};
pub use sub_periods::SubPeriods;

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
    let sub_periods = SubPeriods::new(cx);
    // evidence first, so that the same photo twice is not reported as a duplicate file
    disposition::set_evidence_aside(&mut files, &cx.settings.inbox);
    supersede::mark_duplicates(&mut files);
    supersede::supersede(cx, &sub_periods, &mut files);
    let prior = prior.with_files(cx, &files);
    let mut all = owed::owed(cx, &sub_periods, &prior);
    state::settle(cx, &sub_periods, &prior, &files, &mut all);
    let mut obligations = Obligations { all, ..Obligations::default() };
    obligations.reached = evaluate::measure(cx, &files, &prior, &obligations);
    (files, obligations)
}

#[cfg(test)]
mod tests {
    use super::fixture::drawn;
    use crate::division::WaiverKind;

    fn obligations(drawing: &str, expected: &str) {
        let expected = expected.lines().map(str::trim).filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n");
        assert_eq!(drawn(drawing).obligations(), expected, "{drawing}");
    }

    #[test]
    fn each_task_is_owed_by_each_of_its_units() {
        obligations(
            "2014-08 as of 2014-09-06
             1-1 | 综合科、后勤中心 | 每月
             1-2 | 后勤中心
             1-3 |
             --- 综合科 2014-09-05T17:00 a.xlsx
             1-1 | 已完成
             --- 后勤中心 2014-09-05T18:00 b.xlsx
             1-1 | 推进中
             1-1 | 已完成",
            "1-1 综合科 2014-08 on-time 1
             1-1 后勤中心 2014-08 late 2
             1-2 后勤中心 2014-08 missing 0",
        );
    }

    #[test]
    fn nothing_is_missing_before_it_is_due() {
        let early = "2014-08 as of 2014-09-05T17:00
                     1-1 | 综合科";
        obligations(early, "1-1 综合科 2014-08 not-due 0");
        obligations(&early.replace("17:00", "17:01"), "1-1 综合科 2014-08 missing 0");
    }

    #[test]
    fn nil_exempt_and_disputed_only_when_all_rows_say_so() {
        obligations(
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
    fn short_cycles_are_owed_turn_by_turn() {
        // Week 31 began in July; 1 September lies in no week of August. A row without a date belongs to the week that was due
        // next when it was received. A blank form is blank for every week.
        obligations(
            "2014-08 as of 2014-09-06
             1 | 甲科、乙科 | 每周
             --- 乙科 2014-08-20T10:00 blank.xlsx
             1 |
             --- 甲科 2014-08-20T10:00 a.xlsx
             1 | 已完成 | 2014-08-01
             1 | 已完成 | 2014-08-05
             1 | 已完成 | 2014-09-01
             1 | 已完成 |
             --- 甲科 2014-09-06T10:00 b.xlsx
             1 | 已完成 | 2014-08-27",
            "1 甲科 2014-W32 on-time 1
             1 甲科 2014-W33 on-time 1
             1 甲科 2014-W34 missing 0
             1 甲科 2014-W35 late 1
             1 乙科 2014-W32 blank 0
             1 乙科 2014-W33 blank 1
             1 乙科 2014-W34 blank 0
             1 乙科 2014-W35 blank 0",
        );
    }

    #[test]
    fn several_days_in_a_row_report_each_of_their_weeks() {
        obligations(
            "2014-08 as of 2014-09-06
             1 | 甲科、乙科 | 每周
             --- 甲科 2014-08-10T10:00 a.xlsx
             1 | 已完成 | 8月5日、8月20日
             --- 乙科 2014-08-10T10:00 b.xlsx
             1 | 已完成 | 8月5日-20日",
            "1 甲科 2014-W32 on-time 1
             1 甲科 2014-W33 missing 0
             1 甲科 2014-W34 on-time 1
             1 甲科 2014-W35 missing 0
             1 乙科 2014-W32 on-time 1
             1 乙科 2014-W33 on-time 1
             1 乙科 2014-W34 on-time 1
             1 乙科 2014-W35 missing 0",
        );
    }

    #[test]
    fn long_cycles_are_owed_where_they_end_and_earlier_reports_count() {
        let quarter = "2014-08 as of 2014-10-09
                       1 | 甲科、乙科 | 每季
                       2 | 甲科 | 每半年
                       --- 甲科 2014-08-03T10:00 July.xlsx window=2014-07
                       1 | 已完成";
        obligations(quarter, "");
        obligations(
            &quarter.replace("2014-08 as", "2014-09 as"),
            "1 甲科 2014-Q3 on-time 1
             1 乙科 2014-Q3 missing 0",
        );
    }

    #[test]
    fn deadlines_and_phases_are_owed_until_done() {
        let text = "2014-08 as of 2014-09-06
                    1 | 甲科 |        | 6月底前
                    2 | 甲科 |        | 6月底前
                    3 | 甲科 |        | 9-10月
                    4 | 甲科 |        | 8-9月
                    5 | 甲科 | 一次性 | 9月10日前
                    6 | 甲科 | 每半月 | 8月1日至8月20日
                    7 | 甲科 | 每半月 | 7月1日至7月20日
                    --- 甲科 2014-07-03T10:00 June.xlsx window=2014-06
                    1 | 已完成
                    2 | 推进中";
        obligations(
            text,
            "2 甲科 2014-08 missing 0
             4 甲科 2014-08 missing 0
             6 甲科 2014-08-H1 missing 0
             6 甲科 2014-08-H2 missing 0",
        );
    }

    #[test]
    fn what_came_may_be_of_no_use() {
        obligations(
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
            "1 甲科 2014-08 blank 1
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
        obligations(
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
        obligations(
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
        obligations(
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
    fn extensions_and_exemptions_are_granted() {
        let mut campaign = drawn(
            "2014-08 as of 2014-09-08
             1 | 甲科、乙科
             2 | 甲科、乙科 | 每半月
             --- 乙科 2014-09-07T10:00 a.xlsx
             1 | 推进中",
        );
        let waiver = |tasks: &[u32], unit, grant| crate::division::Waiver {
            tasks: tasks.iter().map(|&task| crate::basis::TaskId(task)).collect(),
            units: vec![crate::basis::UnitId(unit)],
            grant,
            reason: String::new(),
            place: crate::basis::place::Place::file(crate::basis::place::SourceId::DIVISION),
        };
        let day = |text: &str| text.parse().expect("a day");
        campaign.division.waivers = vec![
            waiver(&[0], 0, WaiverKind::Exemption(None)),
            waiver(&[1], 0, WaiverKind::Exemption(Some(day("2014-08-20")))),
            waiver(&[], 1, WaiverKind::Extension(day("2014-09-08"))),
        ];
        assert_eq!(
            campaign.obligations().lines().collect::<Vec<_>>(),
            [
                "1 甲科 2014-08 exempt 0",
                "1 乙科 2014-08 on-time 1",
                "2 甲科 2014-08-H1 exempt 0",
                "2 甲科 2014-08-H2 missing 0",
                "2 乙科 2014-08-H1 not-due 0",
                "2 乙科 2014-08-H2 not-due 0",
            ]
        );
    }

    #[test]
    fn units_owe_while_they_are_in_use() {
        let mut campaign = drawn(
            "2014-08 as of 2014-09-06
             1 | 甲科、乙科、丙科
             2 | 乙科 | 每半月",
        );
        let day = |text: &str| text.parse().ok();
        campaign.division.roster.units[0].until = day("2014-08-30");
        campaign.division.roster.units[1].from = day("2014-08-20");
        campaign.division.roster.units[2].from = day("2014-09-01");
        assert_eq!(campaign.obligations(), "1 乙科 2014-08 missing 0\n2 乙科 2014-08-H2 missing 0");
    }

    #[test]
    fn a_phase_is_owed_from_its_begin_until_it_is_reported_done() {
        for (window, expected) in [
            ("2014-06", ""),
            ("2014-07", "1 甲科 2014-07 missing 0"),
            ("2014-08", "1 甲科 2014-08 missing 0"),
            ("2014-09", "1 甲科 2014-09 missing 0"),
        ] {
            obligations(&format!("{window} as of 2014-12-06\n1 | 甲科 | | 2014年7-8月"), expected);
        }
    }

    #[test]
    fn a_phase_that_begins_within_the_window_is_owed_in_it() {
        let begins = |day: &str| format!("2014-08 as of 2014-12-06\n1 | 甲科 | | 2014年{day}-2014年10月31日");
        obligations(&begins("8月31日"), "1 甲科 2014-08 missing 0");
        obligations(&begins("9月1日"), "");
    }

    #[test]
    fn what_recurs_is_owed_while_its_phase_lasts() {
        let halves = |month: &str| ["H1", "H2"].map(|half| format!("1 甲科 {month}-{half} missing 0")).join("\n");
        for (window, expected) in [
            ("2014-06", String::new()),
            ("2014-07", halves("2014-07")),
            ("2014-08", halves("2014-08")),
            ("2014-09", String::new()),
        ] {
            obligations(&format!("{window} as of 2014-12-06\n1 | 甲科 | 每半月 | 2014年7-8月"), &expected);
        }
        let until = |deadline: &str| format!("2014-08 as of 2014-12-06\n1 | 甲科 | 每半月 | {deadline}");
        obligations(&until("2014年8月16日"), &halves("2014-08"));
        obligations(&until("2014年8月15日"), "1 甲科 2014-08-H1 missing 0");
    }

    #[test]
    fn what_is_owed_once_is_owed_when_its_end_has_come() {
        for (window, expected) in [("2014-07", ""), ("2014-08", "1 甲科 2014-08 missing 0")] {
            obligations(&format!("{window} as of 2014-12-06\n1 | 甲科 | 一次性 | 2014年8月31日"), expected);
        }
        obligations("2014-08 as of 2014-12-06\n1 | 甲科 | 一次性 | 2014年9月1日", "");
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
        obligations(
            &at("2014-09-05T17:00"),
            "1 甲科 2014-08 on-time 1\n2 甲科 2014-08 nil 1\n3 甲科 2014-08 disputed 1",
        );
        obligations(&at("2014-09-05T17:01"), "1 甲科 2014-08 late 1\n2 甲科 2014-08 nil 1\n3 甲科 2014-08 disputed 1");
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
            obligations(&drawing, &format!("1 甲科 2014-08 {expected}"));
        }
    }

    #[test]
    fn an_exemption_excuses_what_ends_by_its_day_and_an_extension_never_shortens() {
        let mut campaign = drawn("2014-08 as of 2014-09-08\n1 | 甲科、乙科、丙科、丁科");
        let waiver = |unit, grant| crate::division::Waiver {
            tasks: Vec::new(),
            units: vec![crate::basis::UnitId(unit)],
            grant,
            reason: String::new(),
            place: crate::basis::place::Place::file(crate::basis::place::SourceId::DIVISION),
        };
        let day = |text: &str| text.parse().expect("a day");
        campaign.division.waivers = vec![
            waiver(0, WaiverKind::Exemption(Some(day("2014-08-31")))),
            waiver(1, WaiverKind::Exemption(Some(day("2014-08-30")))),
            waiver(2, WaiverKind::Extension(day("2014-09-07"))),
            waiver(3, WaiverKind::Extension(day("2014-09-08"))),
        ];
        let states =
            ["甲科 2014-08 exempt 0", "乙科 2014-08 missing 0", "丙科 2014-08 missing 0", "丁科 2014-08 not-due 0"];
        assert_eq!(campaign.obligations(), states.map(|state| format!("1 {state}")).join("\n"));
        campaign.division.waivers = vec![waiver(0, WaiverKind::Extension(day("2014-09-01")))];
        campaign.as_of = "2014-09-05T17:00:00".parse().expect("a moment");
        assert!(
            campaign.obligations().starts_with("1 甲科 2014-08 not-due 0"),
            "a day before the due time changes nothing"
        );
    }

    #[test]
    fn a_unit_is_in_use_on_its_first_and_its_last_day() {
        let mut campaign = drawn("2014-08 as of 2014-09-06\n1 | 甲科、乙科");
        campaign.division.roster.units[0].until = "2014-08-31".parse().ok();
        campaign.division.roster.units[1].from = "2014-08-31".parse().ok();
        assert_eq!(campaign.obligations(), "1 甲科 2014-08 missing 0\n1 乙科 2014-08 missing 0");
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
            obligations(&drawing, &format!("1 甲科 2014-08 on-time 1\n2 甲科 2014-08 {expected} 0"));
        }
    }

    #[test]
    fn a_row_without_a_day_is_about_the_sub_period_that_is_due_next() {
        // The report on the first half of August by itself would be due on the 20th at 17:00.
        for (moment, half) in [("2014-08-20T17:00", "H1"), ("2014-08-20T17:01", "H2"), ("2014-09-06T09:00", "H2")] {
            let drawing = format!(
                "2014-08 as of 2014-09-07
                 1 | 甲科 | 每半月
                 --- 甲科 {moment} a.xlsx window=2014-08
                 1 | 推进中"
            );
            let (_, settled) = drawn(&drawing).settle();
            let reported = settled.all.iter().filter(|one| !one.records.is_empty()).map(|one| one.period.label());
            assert_eq!(reported.collect::<Vec<_>>(), [format!("2014-08-{half}")], "{moment}");
        }
    }
}
