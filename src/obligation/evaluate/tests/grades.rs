//! Grades and scores.

use super::check;
use crate::obligation::fixture::{Drawn, drawn};

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
            "乙科 基本符合 1/3 8月处数应不少于3，已2，缺1",
            "丙科 不符合 2/3 8月宣传形式应不少于2种，已1种，缺1种；8月处数应不少于3，已0，缺3",
        ],
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
    let scores: Vec<_> = obligations.evaluated.scores.iter().map(|score| (score.score, score.record.record)).collect();
    assert_eq!(scores, [(1.5, 1)]);
}

#[test]
fn the_latest_score_is_that_of_the_latest_day_in_the_last_window_of_the_period() {
    for (cycle, rows, expected) in [
        ("", "1 | 已完成 | 8月15日 | | | 得分=2\n1 | 已完成 | 8月5日 | | | 得分=1", Some((2.0, 0))),
        ("", "1 | 已完成 | 8月15日 | | | 得分=2\n1 | 已完成 | 8月15日 | | | 得分=1", Some((1.0, 1))),
        ("", "1 | 已完成 | 8月15日 | | | 得分=2\n1 | 已完成 | | | | 得分=1", Some((1.0, 1))),
        ("每季", "1 | 已完成 | 9月15日 | | | 得分=2", Some((2.0, 0))),
        ("每季", "2 | 已完成", Some((4.0, 0))),
        ("", "2 | 已完成", None),
    ] {
        let window = if cycle.is_empty() { "2014-08" } else { "2014-09" };
        let campaign = drawn(&format!(
            "{window} as of 2014-10-06
             1 | 甲科 | {cycle}
             2 | 甲科
             --- 甲科 2014-08-03T10:00 a.xlsx window=2014-07
             1 | 已完成 | 7月28日 | | | 得分=4
             --- 甲科 2014-10-03T10:00 b.xlsx
             {rows}"
        ));
        let (_, obligations) = campaign.settle();
        let scores = obligations.evaluated.scores.iter();
        let seen: Vec<_> = scores.map(|score| (score.score, score.record.record)).collect();
        assert_eq!(seen, Vec::from_iter(expected), "{cycle} {rows}");
    }
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
        campaign.settle().1.evaluated.scores.iter().map(|score| (score.score, score.by_grade)).collect()
    };
    assert_eq!(scores(&campaign), [(1.9, false)], "a task without marks gives none");
    campaign.division.tasks[0].whole.marks = Some(2.0);
    assert_eq!(scores(&campaign), [(1.2, true), (1.9, false)], "较差 is worth nothing known");
    campaign.settings.grades.insert("基本符合".into(), 0.5);
    assert_eq!(scores(&campaign), [(1.0, true), (1.9, false)]);
}

#[test]
fn a_grade_and_a_field_keep_the_case_they_are_written_in() {
    let mut campaign = drawn(
        "2014-08 as of 2014-09-06
         1 | 甲科、乙科 | | | A：LED屏数≥3；Ｂ：led屏数≥1；否则：C
         --- 甲科 2014-09-03T10:00 a.xlsx
         1 | 已完成 | | | | LED屏数=3
         --- 乙科 2014-09-03T10:00 b.xlsx
         1 | 已完成 | | | | LED屏数=1",
    );
    campaign.division.tasks[0].whole.marks = Some(2.0);
    campaign.settings.grades = [("A".to_owned(), 1.0), ("b".to_owned(), 0.8)].into();
    let (_, obligations) = campaign.settle();
    let graded: Vec<_> = obligations.evaluated.grades.iter().map(|graded| graded.grade.as_str()).collect();
    let scored: Vec<_> = obligations.evaluated.scores.iter().map(|scored| scored.score).collect();
    assert_eq!((graded, scored), (vec!["A", "B"], vec![2.0, 1.6]));
    check(
        "2014-08 as of 2014-09-06
         1 | 甲科 | | | LED屏数≥3
         --- 甲科 2014-09-03T10:00 a.xlsx
         1 | 已完成 | | | | LED屏数=2",
        &["甲科 2014-08 8月LED屏数应不少于3，已2，缺1"],
    );
}
