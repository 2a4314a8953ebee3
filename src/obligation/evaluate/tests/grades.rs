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
