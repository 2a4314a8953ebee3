//! Evaluates the indicators of tasks against the records: met or not, by how much; grades and scores.

mod columns;
mod events;
mod judge;
mod measure;
mod span;
mod words;

pub use span::Span;

use chrono::NaiveDate;

use super::model::{Obligations, RecordRef};
use super::prior_reports::PriorReports;
use super::run_file::RunFile;
use crate::basis::{Bilingual, TaskId, UnitId};
use crate::division::Context;

/// The result of evaluating an indicator.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verdict {
    /// Evaluated, as far as it is due.
    Evaluated,
    /// Not met by what can be read; unreadable cells might make up for it (C103, C106, C107).
    Untold,
    /// Not met, or more than allowed.
    Short,
    /// Cannot be evaluated: the ledger has no such column, or the roster has no headcount.
    Unknown,
}

/// A comparison or a set of fixed days of an indicator, evaluated for one unit over one span.
#[derive(Clone, Debug, PartialEq)]
pub struct Tested {
    /// The task.
    pub task: TaskId,
    /// The unit.
    pub unit: UnitId,
    /// The indicator, by position in [`crate::division::Task::indicators`].
    pub indicator: usize,
    /// What was asked, as written: `次数≥4/年`.
    pub asked: String,
    /// The span it was evaluated over.
    pub span: Span,
    /// The result.
    pub verdict: Verdict,
    /// The bound as far as it is due: in a running cycle, in proportion to the days that have passed.
    pub required: f64,
    /// The value reached; none if it is unknown or each record counts by itself.
    pub reached: Option<f64>,
    /// What is missing, in numbers (`8月应≥4次，已3次，缺1次`); empty when met.
    pub sentence: Bilingual,
    /// The sentence without its span, where that is over and the same may be said of others; else empty.
    pub lacking: Bilingual,
    /// Whether it cannot be told because the roster has no headcount of the unit.
    pub no_headcount: bool,
    /// Fixed days without a record.
    pub days: Vec<NaiveDate>,
    /// The records that fail it by themselves, else those that were counted.
    pub records: Vec<RecordRef>,
}

/// The grade of a unit on a task.
#[derive(Clone, Debug, PartialEq)]
pub struct Graded {
    /// The task.
    pub task: TaskId,
    /// The unit.
    pub unit: UnitId,
    /// The name of the grade: 基本符合.
    pub grade: String,
    /// Its rank, 0 for the best.
    pub rank: usize,
    /// How many grades there are.
    pub of: usize,
    /// What is missing for the best grade; empty when it was given.
    pub sentence: Bilingual,
    /// The records it was judged by.
    pub records: Vec<RecordRef>,
}

/// The score of a unit on a task: 得分 of its latest record, else the share of the marks that its grade earns.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Scored {
    /// The task.
    pub task: TaskId,
    /// The unit.
    pub unit: UnitId,
    /// 得分.
    pub score: f64,
    /// Whether it comes from the grade.
    pub by_grade: bool,
    /// 分值 of the task.
    pub of: Option<f64>,
    /// The record.
    pub record: RecordRef,
}

/// All results, in the order of the division, then of its units.
#[derive(Clone, Debug, Default)]
pub struct Evaluated {
    /// The indicators, comparison by comparison.
    pub tests: Vec<Tested>,
    /// The grades.
    pub grades: Vec<Graded>,
    /// The scores.
    pub scores: Vec<Scored>,
}

/// Evaluates the indicators of every task for the units that reported on it in the window. A unit that reported nothing
/// owes a report (D401, D402) and gets no further findings for indicators.
pub(super) fn measure(
    cx: &Context<'_>,
    files: &[RunFile],
    prior: &PriorReports,
    obligations: &Obligations,
) -> Evaluated {
    let mut reached = Evaluated::default();
    let events = events::gather(cx, files, prior, obligations);
    let columns = columns::Columns::new(cx, files);
    for (at, task) in cx.division.tasks.iter().enumerate() {
        let id = TaskId(at as u32);
        for &unit in &task.units {
            let Some(events) = events.get(&(id, unit)) else { continue };
            let subject = judge::Subject { cx, files, columns: &columns, task, id, unit, events };
            let judged = reached.grades.len();
            subject.judge(&mut reached);
            let score = subject.score().or_else(|| subject.score_of(&reached.grades[judged..]));
            reached.scores.extend(score);
        }
    }
    reached
}

#[cfg(test)]
mod tests {
    use super::Verdict;
    use crate::obligation::fixture::{Drawn, drawn};

    /// Each comparison in short: unit, span, what is missing.
    fn told(campaign: &Drawn) -> Vec<String> {
        let (_, obligations) = campaign.settle();
        let tests = obligations.reached.tests.iter().map(|test| {
            let verdict = match test.verdict {
                Verdict::Evaluated => "✓".to_owned(),
                Verdict::Short => test.sentence.zh.to_string(),
                Verdict::Unknown => format!("? {}", test.sentence.zh),
                Verdict::Untold => "told at its cell".to_owned(),
            };
            format!("{} {} {verdict}", campaign.division.unit(test.unit).name, test.span.label())
        });
        let grades = obligations.reached.grades.iter().map(|graded| {
            let name = &campaign.division.unit(graded.unit).name;
            format!("{name} {} {}/{} {}", graded.grade, graded.rank, graded.of, graded.sentence.zh)
                .trim_end()
                .to_owned()
        });
        tests.chain(grades).collect()
    }

    #[track_caller]
    fn check(drawing: &str, expected: &[&str]) {
        assert_eq!(told(&drawn(drawing)), expected, "{drawing}");
    }

    #[test]
    fn several_days_in_a_cell_count_each_and_a_range_once() {
        check(
            "2014-08 as of 2014-09-06
             1 | 甲科、乙科、丙科 | | | 次数≥3/月；每周五；人数≥10
             --- 甲科 2014-09-03T10:00 a.xlsx
             1 | 已完成 | 8月1日、8日、15日、22日、29日 | | | 人数=10
             --- 乙科 2014-09-03T10:00 b.xlsx
             1 | 已完成 | 8月1日-29日 | | | 人数=10
             --- 丙科 2014-09-03T10:00 c.xlsx
             1 | 已完成 | 8月上旬 | | | 人数=10
             1 | 已完成 | 8月8日、9日 | | | 人数=0",
            &[
                "甲科 2014-08 ✓",
                "甲科 2014-08 ✓",
                "甲科 2014-08 ✓",
                "乙科 2014-08 8月应≥3次，已1次，缺2次",
                "乙科 2014-08 ✓",
                "乙科 2014-08 ✓",
                "丙科 2014-08 ✓",
                "丙科 2014-08 8月1日、8月15日、8月22日、8月29日没有记录，缺4次",
                "丙科 2014-08 ✓",
            ],
        );
    }

    #[test]
    fn what_cannot_be_read_is_told_at_its_cell_alone() {
        check(
            "2014-08 as of 2014-09-06
             1 | 甲科、乙科 | | | 人数≥10；人数≤3
             --- 甲科 2014-09-03T10:00 a.xlsx
             1 | 已完成 | | | | 人数=4
             1 | 已完成 | | | | 人数=若干
             --- 乙科 2014-09-03T10:00 b.xlsx
             1 | 已完成 | | | | 人数=4",
            &[
                "甲科 2014-08 told at its cell",
                "甲科 2014-08 8月人数应≤3，已4，超1",
                "乙科 2014-08 8月人数应≥10，已4，缺6",
                "乙科 2014-08 8月人数应≤3，已4，超1",
            ],
        );
    }

    #[test]
    fn counts_in_full_when_the_cycle_ends() {
        check(
            "2014-08 as of 2014-09-06
             1 | 甲科、乙科、丙科 | | | 次数≥4/月
             --- 甲科 2014-09-03T10:00 a.xlsx
             1 | 已完成 | 2014-08-01
             1 | 已完成 | 2014-08-02
             1 | 推进中
             1 | 零报告
             --- 乙科 2014-09-03T10:00 b.xlsx
             1 | 已完成 | | | | 次数=4",
            &["甲科 2014-08 8月应≥4次，已3次，缺1次", "乙科 2014-08 ✓"],
        );
    }

    #[test]
    fn counts_to_date_against_the_share_that_has_passed() {
        let text = "2014-08 as of 2014-09-06
             1 | 甲科、乙科 | | | 次数≥4/年
             --- 甲科 2014-03-03T10:00 old.xlsx window=2014-02
             1 | 已完成
             1 | 已完成 | 2014-02-11
             --- 甲科 2014-09-03T10:00 a.xlsx
             1 | 已完成
             --- 乙科 2014-09-03T10:00 b.xlsx
             1 | 已完成 | 2014-03-01
             1 | 已完成 | 2014-08-01
             1 | 已完成 | 2013-08-01";
        check(text, &["甲科 2014 ✓", "乙科 2014 截至8月31日应≥2.66次（2014年共≥4次），已2次，缺1次"]);
    }

    #[test]
    fn weeks_days_and_each_record_of_a_patrol_log() {
        check(
            "2014-08 as of 2014-08-24
             1 | 甲科 | 每日 | | 巡查次数≥2/周；每周巡查二天；巡查人数≥2/次
             --- 甲科 2014-08-24T10:00 a.xlsx
             1 | 已完成 | 2014-08-04 | | | 巡查人数=2
             1 | 已完成 | 2014-08-04 | | | 巡查人数=3
             1 | 已完成 | 2014-08-12 | | | 巡查人数=1
             1 | 已完成 | 2014-08-13 | | | 巡查人数=2
             1 | 已完成 | 2014-08-18
             1 | 已完成 | 2014-08-19 | | | 巡查人数=2",
            &[
                "甲科 2014-W32 ✓",
                "甲科 2014-W33 ✓",
                "甲科 2014-W34 ✓",
                "甲科 2014-W32 第32周（8.4—8.10）巡查应≥2天，已1天，缺1天",
                "甲科 2014-W33 ✓",
                "甲科 2014-W34 ✓",
                "甲科 2014-08 2条记录的巡查人数不符合≥2（如1），其中1条未填",
            ],
        );
    }

    #[test]
    fn sums_per_person_ratios_kinds_and_rates() {
        let mut campaign = drawn(
            "2014-08 as of 2014-09-06
             1 | 甲科 | | | 志愿服务时长≥2/人/月
             2 | 甲科 | | | 注册志愿者÷辖区人口≥10%
             3 | 甲科 | | | 宣传形式≥3种；公益广告处数≥5
             4 | 甲科 | | | 亮灯率≥99%；投诉件数≤2/月；参加人数≥50
             --- 甲科 2014-09-03T10:00 a.xlsx
             1 | 已完成 | | | | 时长=10
             1 | 已完成 | | | | 时长=5
             2 | 已完成 | | | | 注册志愿者=80 辖区人口=1000
             3 | 已完成 | | | | 宣传形式=横幅、展板 公益广告处数=2
             3 | 已完成 | | | | 宣传形式=展板 公益广告处数=2处
             4 | 已完成 | | | | 亮灯率=98% 投诉件数=3
             4 | 已完成 | | | | 亮灯率=99.5 投诉件数=1",
        );
        assert_eq!(told(&campaign)[0], "甲科 2014-08 ? 单位名录没有本单位人数，无法按人均核对");
        campaign.division.roster.units[0].headcount = Some(10.0);
        assert_eq!(
            told(&campaign),
            [
                "甲科 2014-08 8月人均志愿服务时长应≥2，已1.5，缺0.5",
                "甲科 2014-08 应≥10%，实为8%（80÷1000）",
                "甲科 2014-08 8月宣传形式应≥3种，已2种，缺1种",
                "甲科 2014-08 8月公益广告处数应≥5，已4，缺1",
                "甲科 2014-08 1条记录的亮灯率不符合≥99%（如98%）",
                "甲科 2014-08 8月投诉件数应≤2，已4，超2",
                "甲科 2014-08 ? 台账没有“参加人数”一列，无法核对",
            ]
        );
    }

    #[test]
    fn what_no_ledger_has_a_column_for_is_never_nought() {
        check(
            "2014-08 as of 2014-09-06
             1 | 甲科 | | | 处数≥2/周；参加人数≥5/周
             --- 甲科 2014-09-03T10:00 a.xlsx
             1 | 已完成 | 2014-08-05 | | | 处数=2",
            &[
                "甲科 2014-W32 ✓",
                "甲科 2014-W33 第33周（8.11—8.17）处数应≥2，已0，缺2",
                "甲科 2014-W34 第34周（8.18—8.24）处数应≥2，已0，缺2",
                "甲科 2014-W35 第35周（8.25—8.31）处数应≥2，已0，缺2",
                "甲科 2014-W32 ? 台账没有“参加人数”一列，无法核对",
                "甲科 2014-W33 ? 台账没有“参加人数”一列，无法核对",
                "甲科 2014-W34 ? 台账没有“参加人数”一列，无法核对",
                "甲科 2014-W35 ? 台账没有“参加人数”一列，无法核对",
            ],
        );
    }

    #[test]
    fn fixed_days_are_owed_when_they_are_over_and_worked() {
        let mut campaign = drawn(
            "2014-08 as of 2014-08-29T12:00
             1 | 甲科 | | | 每月15日；每周五
             --- 甲科 2014-08-28T10:00 a.xlsx
             1 | 已完成 | 2014-08-08
             1 | 已完成 | 2014-08-15",
        );
        assert_eq!(told(&campaign), ["甲科 2014-08 ✓", "甲科 2014-08 8月1日、8月22日没有记录，缺2次"]);
        campaign.settings.due.holidays = vec!["2014-08-01".parse().expect("a day")];
        assert_eq!(told(&campaign)[1], "甲科 2014-08 8月22日没有记录，缺1次");
    }

    #[test]
    fn grades_go_to_the_first_line_that_holds() {
        check(
            "2014-08 as of 2014-09-06
             1 | 甲科、乙科、丙科、丁科 | | | 符合：宣传形式≥2种 且 处数≥3；基本符合：处数≥1；否则：不符合
             --- 甲科 2014-09-03T10:00 a.xlsx
             1 | 已完成 | | | | 宣传形式=横幅、展板 处数=3
             --- 乙科 2014-09-03T10:00 b.xlsx
             1 | 已完成 | | | | 宣传形式=横幅、展板 处数=2
             --- 丙科 2014-09-03T10:00 c.xlsx
             1 | 已完成 | | | | 宣传形式=横幅 处数=0",
            &[
                "甲科 符合 0/3",
                "乙科 基本符合 1/3 8月处数应≥3，已2，缺1",
                "丙科 不符合 2/3 8月宣传形式应≥2种，已1种，缺1种；8月处数应≥3，已0，缺3",
            ],
        );
    }

    #[test]
    fn one_of_several_suffices() {
        check(
            "2014-08 as of 2014-09-06
             1 | 甲科、乙科 | | | 处数≥3或形式≥2种
             --- 甲科 2014-09-03T10:00 a.xlsx
             1 | 已完成 | | | | 处数=1 形式=横幅、展板
             --- 乙科 2014-09-03T10:00 b.xlsx
             1 | 已完成 | | | | 处数=1 形式=横幅",
            &["甲科 2014-08 ✓", "乙科 2014-08 8月处数应≥3，已1，缺2；或者8月形式应≥2种，已1种，缺1种"],
        );
    }

    #[test]
    fn the_score_is_that_of_the_latest_record() {
        let campaign = drawn(
            "2014-08 as of 2014-09-06
             1 | 甲科
             --- 甲科 2014-09-03T10:00 a.xlsx
             1 | 已完成 | | | | 得分=1
             1 | 已完成 | | | | 得分=1.5
             1 | 已完成",
        );
        let (_, obligations) = campaign.settle();
        let scores: Vec<_> =
            obligations.reached.scores.iter().map(|score| (score.score, score.record.record)).collect();
        assert_eq!(scores, [(1.5, 1)]);
    }

    #[test]
    fn a_grade_is_worth_its_share_of_the_marks() {
        let mut campaign = drawn(
            "2014-08 as of 2014-09-06
             1 | 甲科、乙科、丙科 | | | 符合：处数≥3；基本符合：处数≥1；否则：较差
             --- 甲科 2014-09-03T10:00 a.xlsx
             1 | 已完成 | | | | 处数=2
             --- 乙科 2014-09-03T10:00 b.xlsx
             1 | 已完成 | | | | 处数=2 得分=1.9
             --- 丙科 2014-09-03T10:00 c.xlsx
             1 | 已完成 | | | | 处数=0",
        );
        let scores = |campaign: &Drawn| -> Vec<_> {
            campaign.settle().1.reached.scores.iter().map(|score| (score.score, score.by_grade)).collect()
        };
        assert_eq!(scores(&campaign), [(1.9, false)], "a task without marks gives none");
        campaign.division.tasks[0].marks = Some(2.0);
        assert_eq!(scores(&campaign), [(1.2, true), (1.9, false)], "较差 is worth nothing known");
        campaign.settings.grades.insert("基本符合".into(), 0.5);
        assert_eq!(scores(&campaign), [(1.0, true), (1.9, false)]);
    }

    #[test]
    fn a_ledger_kept_on_counts_its_earlier_rows_once() {
        check(
            "2014-08 as of 2014-09-06
             1 | 甲科、乙科 | | | 次数=3/季
             --- 甲科 2014-08-03T10:00 July.xlsx window=2014-07
             1 | 已完成 | 2014-07-20
             1 | 已完成 | 2014-07-21
             --- 甲科 2014-09-03T10:00 August.xlsx window=2014-08
             1 | 已完成 | 2014-07-20
             1 | 已完成 | 2014-07-21
             1 | 已完成 | 2014-08-20
             --- 乙科 2014-09-03T10:00 b.xlsx
             1 | 已完成 | 2014-07-20
             1 | 已完成 | 2014-07-21
             1 | 已完成 | 2014-07-22
             1 | 已完成 | 2014-08-20",
            &["甲科 2014-Q3 ✓", "乙科 2014-Q3 截至8月31日应=3次，已4次，超1次"],
        );
    }

    #[test]
    fn a_bare_rate_is_in_hundredths_above_1_and_under_a_heading_in_percent() {
        let reached = |column: &str| {
            let drawing = format!(
                "2014-08 as of 2014-09-06
                 1 | 甲科 | | | 亮灯率≥50%
                 --- 甲科 2014-09-03T10:00 a.xlsx
                 1 | 已完成 | | | | {column}"
            );
            told(&drawn(&drawing)) == ["甲科 2014-08 ✓"]
        };
        for (column, expected) in [
            ("亮灯率=0.49", false),
            ("亮灯率=0.5", true),
            ("亮灯率=1", true),
            ("亮灯率=1.5", false),
            ("亮灯率=50", true),
            ("亮灯率=49", false),
            ("亮灯率(%)=0.99", false),
            ("亮灯率(%)=1", false),
            ("亮灯率(%)=50", true),
            ("亮灯率(%)=0.99%", false),
            ("亮灯率(%)=150%", true),
        ] {
            assert_eq!(reached(column), expected, "{column}");
        }
    }

    #[test]
    fn the_bound_itself_is_reached() {
        for (asked, counted, expected) in [
            ("人数≥10", 10, true),
            ("人数≥10", 9, false),
            ("人数>10", 10, false),
            ("人数>10", 11, true),
            ("人数≤10", 10, true),
            ("人数≤10", 11, false),
            ("人数<10", 10, false),
            ("人数<10", 9, true),
        ] {
            let drawing = format!(
                "2014-08 as of 2014-09-06
                 1 | 甲科 | | | {asked}
                 --- 甲科 2014-09-03T10:00 a.xlsx
                 1 | 已完成 | | | | 人数={counted}"
            );
            assert_eq!(told(&drawn(&drawing)) == ["甲科 2014-08 ✓"], expected, "{asked} {counted}");
        }
    }

    #[test]
    fn what_is_to_be_met_exactly_is_open_while_its_cycle_runs() {
        for (window, times, expected) in [
            ("2014-08", 1, "✓"),
            ("2014-08", 2, "✓"),
            ("2014-08", 3, "截至8月31日应=2次，已3次，超1次"),
            ("2014-09", 1, "第三季度应=2次，已1次，缺1次"),
            ("2014-09", 2, "✓"),
        ] {
            let drawing = format!(
                "{window} as of 2014-12-06
                 1 | 甲科 | | | 次数=2/季
                 --- 甲科 2014-10-03T10:00 a.xlsx window={window}
                 1 | 已完成 | | | | 次数={times}"
            );
            check(&drawing, &[&format!("甲科 2014-Q3 {expected}")]);
        }
    }

    #[test]
    fn of_a_running_cycle_a_least_is_due_by_its_share_and_a_most_in_full() {
        // 62 of 92 days: 2.02 of 3.
        for (asked, times, reached) in
            [("次数≥3/季", 3, true), ("次数≥3/季", 2, false), ("次数≤3/季", 3, true), ("次数≤3/季", 4, false)]
        {
            let drawing = format!(
                "2014-08 as of 2014-12-06
                 1 | 甲科 | | | {asked}
                 --- 甲科 2014-09-03T10:00 a.xlsx
                 1 | 已完成 | | | | 次数={times}"
            );
            assert_eq!(told(&drawn(&drawing)) == ["甲科 2014-Q3 ✓"], reached, "{asked} {times}");
        }
    }

    #[test]
    fn a_fixed_day_is_owed_when_it_is_over() {
        for (as_of, expected) in [
            ("2014-08-15T12:00", "甲科 2014-08 ✓"),
            ("2014-08-15T23:59", "甲科 2014-08 ✓"),
            ("2014-08-16T00:00", "甲科 2014-08 8月15日没有记录，缺1次"),
        ] {
            let drawing = format!(
                "2014-08 as of {as_of}
                 1 | 甲科 | | | 每月15日
                 --- 甲科 2014-08-03T10:00 a.xlsx
                 1 | 已完成 | 2014-08-01"
            );
            check(&drawing, &[expected]);
        }
    }

    #[test]
    fn in_a_short_month_its_last_day_is_asked() {
        check(
            "2014-09 as of 2014-12-06
             1 | 甲科、乙科 | | | 每月31日
             --- 甲科 2014-10-03T10:00 a.xlsx
             1 | 已完成 | 2014-09-30
             --- 乙科 2014-10-03T10:00 b.xlsx
             1 | 已完成 | 2014-09-29",
            &["甲科 2014-09 ✓", "乙科 2014-09 9月30日没有记录，缺1次"],
        );
    }

    #[test]
    fn nothing_is_divided_by_nothing() {
        let mut campaign = drawn(
            "2014-08 as of 2014-09-06
             1 | 甲科 | | | 志愿服务时长≥2/人/月；注册志愿者÷辖区人口≥10%
             --- 甲科 2014-09-03T10:00 a.xlsx
             1 | 已完成 | | | | 时长=10 注册志愿者=80 辖区人口=0",
        );
        campaign.division.roster.units[0].headcount = Some(0.0);
        assert_eq!(
            told(&campaign),
            ["甲科 2014-08 ? 单位名录没有本单位人数，无法按人均核对", "甲科 2014-08 ? 分母为0或未填，无法核对"]
        );
    }

    #[test]
    fn a_row_without_a_day_counts_for_the_window_and_for_no_week_of_it() {
        check(
            "2014-08 as of 2014-09-06
             1 | 甲科 | | | 次数≥1/周；次数≥1/月
             --- 甲科 2014-09-03T10:00 a.xlsx
             1 | 已完成
             1 | 已完成 | 2014-08-04",
            &[
                "甲科 2014-W32 ✓",
                "甲科 2014-W33 第33周（8.11—8.17）应≥1次，已0次，缺1次",
                "甲科 2014-W34 第34周（8.18—8.24）应≥1次，已0次，缺1次",
                "甲科 2014-W35 第35周（8.25—8.31）应≥1次，已0次，缺1次",
                "甲科 2014-08 ✓",
            ],
        );
    }

    #[test]
    fn a_ledger_that_begins_on_the_first_day_of_its_window_is_not_kept_on() {
        let with = |day: &str| {
            format!(
                "2014-08 as of 2014-09-06
                 1 | 甲科 | | | 次数=2/季
                 --- 甲科 2014-08-03T10:00 July.xlsx window=2014-07
                 1 | 已完成 | 2014-07-20
                 1 | 已完成 | 2014-07-21
                 --- 甲科 2014-09-03T10:00 August.xlsx window=2014-08
                 1 | 已完成 | {day}"
            )
        };
        check(&with("2014-08-01"), &["甲科 2014-Q3 截至8月31日应=2次，已3次，超1次"]);
        check(&with("2014-07-31"), &["甲科 2014-Q3 ✓"]);
    }

    #[test]
    fn rates_and_ratios_are_due_in_full_while_the_window_runs() {
        check(
            "2014-08 as of 2014-08-13T12:00
             1 | 甲科 | | | 亮灯率≥99%；注册志愿者÷辖区人口≥10%
             --- 甲科 2014-08-12T10:00 a.xlsx
             1 | 已完成 | | | | 亮灯率=98% 注册志愿者=90 辖区人口=1000",
            &["甲科 2014-08 1条记录的亮灯率不符合≥99%（如98%）", "甲科 2014-08 应≥10%，实为9%（90÷1000）"],
        );
    }

    #[test]
    fn what_is_missing_is_whole_where_it_is_counted() {
        check(
            "2014-08 as of 2014-09-06
             1 | 甲科 | | | 时长≥10；人数≥10；人数>10；人数<9
             --- 甲科 2014-09-03T10:00 a.xlsx
             1 | 已完成 | | | | 时长=9.5 人数=9",
            &[
                "甲科 2014-08 8月时长应≥10，已9.5，缺0.5",
                "甲科 2014-08 8月人数应≥10，已9，缺1",
                "甲科 2014-08 8月人数应>10，已9，缺2",
                "甲科 2014-08 8月人数应<9，已9，超1",
            ],
        );
    }
}
