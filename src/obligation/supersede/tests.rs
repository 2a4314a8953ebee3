//! Files that later ones replace, drawn.

use crate::obligation::fixture::{check_files, drawn};

#[test]
fn a_marked_copy_that_came_back_replaces_rows_without_a_task_too() {
    let drawing = "2014-08 as of 2014-09-06
         1 | 甲科
         --- 甲科 2014-09-01T10:00 a.xlsx hash=one
         1 | 推进中
         ? | 推进中
         --- 甲科 2014-09-02T10:00 b.xlsx
         1 | 已完成";
    check_files(drawing, &["收件/a.xlsx merged 1", "收件/b.xlsx merged 0"]);
    let mut campaign = drawn(drawing);
    let of = vec![campaign.files[0].0.hash.clone()];
    campaign.files[1].1.returned = Some(crate::ledger::Returned { of, ..Default::default() });
    assert_eq!(campaign.file_states(), "收件/a.xlsx superseded\n收件/b.xlsx merged 0");
}

#[test]
fn rows_that_report_nothing_replace_nothing() {
    for later in ["1 |\n             2 |", "1 |\n             2 | 已完成"] {
        let drawing = format!(
            "2014-08 as of 2014-09-06
         1 | 甲科
         2 | 甲科
         --- 甲科 2014-09-01T10:00 a.xlsx
         1 | 推进中
         2 | 推进中
         --- 甲科 2014-09-02T10:00 b.xlsx
         {later}"
        );
        let campaign = drawn(&drawing);
        let (_, obligations) = campaign.settle();
        let states: Vec<&str> = obligations.all.iter().map(|owed| owed.state.name()).collect();
        assert_eq!(states, ["on-time", "on-time"], "{drawing}");
    }
}

#[test]
fn the_later_file_wins_row_by_row() {
    check_files(
        "2014-08 as of 2014-09-06
         1 | 甲科
         2 | 甲科
         --- 甲科 2014-09-01T10:00 a.xlsx
         1 | 推进中
         2 | 推进中
         ? | 推进中
         --- 甲科 2014-09-02T10:00 b.xlsx
         2 | 已完成
         2 | 已完成
         --- 甲科 2014-09-03T10:00 c.xlsx
         2 | 已完成
         --- 乙科 2014-09-04T10:00 d.xlsx
         1 | 已完成 | | 甲科",
        &["收件/a.xlsx merged 0,2", "收件/b.xlsx superseded", "收件/c.xlsx merged 0", "收件/d.xlsx merged 0"],
    );
}

#[test]
fn of_two_received_at_once_the_name_that_sorts_later_wins() {
    check_files(
        "2014-08 as of 2014-09-06
         1 | 甲科
         --- 甲科 2014-09-01T10:00 最终版(1).xlsx
         1 | 推进中
         --- 甲科 2014-09-01T10:00 最终版.xlsx
         1 | 推进中",
        &["收件/最终版(1).xlsx superseded", "收件/最终版.xlsx merged 0"],
    );
}

#[test]
fn reports_of_different_turns_stand_beside_each_other() {
    check_files(
        "2014-08 as of 2014-09-06
         1 | 甲科 | 每周
         2 | 甲科
         --- 甲科 2014-08-06T10:00 a.xlsx
         1 | 推进中 | 2014-08-05
         2 | 推进中 | 2014-08-05
         --- 甲科 2014-08-13T10:00 b.xlsx
         1 | 推进中 | 2014-08-12
         2 | 推进中 | 2014-08-12
         --- 甲科 2014-08-14T10:00 c.xlsx
         1 | 推进中 | 2014-08-05
         --- 乙科 2014-08-20T10:00 d.xlsx window=2014-W33
         2 | 推进中
         --- 乙科 2014-08-27T10:00 e.xlsx window=2014-W34
         2 | 推进中",
        &[
            "收件/a.xlsx superseded", "收件/b.xlsx merged 0,1", "收件/c.xlsx merged 0", "收件/d.xlsx merged 0",
            "收件/e.xlsx merged 0",
        ],
    );
}

#[test]
fn logs_that_are_counted_week_by_week_stand_beside_each_other() {
    check_files(
        "2014-08 as of 2014-09-06
         1 | 甲科 | | | 巡查次数≥1/周
         2 | 甲科 | | | 次数≥1/月
         --- 甲科 2014-08-11T10:00 a.xlsx
         1 | 已完成 | 2014-08-05
         2 | 已完成 | 2014-08-05
         --- 甲科 2014-08-18T10:00 b.xlsx
         1 | 已完成 | 2014-08-12
         2 | 已完成 | 2014-08-12",
        &["收件/a.xlsx merged 0", "收件/b.xlsx merged 0,1"],
    );
}

#[test]
fn a_row_without_a_day_is_for_the_turn_that_is_due_next() {
    // The first full week of the ten days is due after both came.
    check_files(
        "2015-06-T3 as of 2015-07-08
         1 | 甲科 | 每周
         --- 甲科 2015-06-25T18:00 a.xlsx
         1 | 推进中
         --- 甲科 2015-06-27T11:00 b.xlsx
         1 | 推进中",
        &["收件/a.xlsx superseded", "收件/b.xlsx merged 0"],
    );
}

#[test]
fn a_row_without_a_day_is_replaced_by_any_later_report_of_its_task() {
    check_files(
        "2014-08 as of 2014-09-06
         1 | 甲科 | | | 巡查次数≥1/周
         --- 甲科 2014-08-28T10:00 draft.xlsx
         1 | 推进中
         --- 甲科 2014-09-01T10:00 final.xlsx
         1 | 已完成 | 2014-08-12
         1 | 已完成 | 2014-08-19",
        &["收件/draft.xlsx superseded", "收件/final.xlsx merged 0,1"],
    );
}

#[test]
fn corrections_of_earlier_windows_count_once() {
    let campaign = drawn(
        "2014-08 as of 2014-09-06
         1 | 甲科 | | | 次数≥4/季
         --- 甲科 2014-08-01T10:00 a.xlsx window=2014-07
         1 | 已完成
         --- 甲科 2014-08-02T10:00 b.xlsx window=2014-07
         1 | 已完成
         --- 甲科 2014-09-02T10:00 c.xlsx
         1 | 已完成",
    );
    let (_, obligations) = campaign.settle();
    assert_eq!(obligations.evaluated.tests[0].reached, Some(2.0));
}

#[test]
fn the_same_bytes_count_once_for_each_sender() {
    check_files(
        "2014-08 as of 2014-09-06
         1 | 甲科、乙科
         --- 甲科 2014-09-03T10:00 b.xlsx hash=x
         1 | 推进中
         --- 甲科 2014-09-02T10:00 c.xlsx hash=x
         1 | 推进中
         --- ? 2014-09-02T10:00 d.xlsx hash=x
         1 | 推进中
         --- 乙科 2014-09-03T10:00 e.xlsx hash=x
         1 | 推进中
         --- 甲科 2014-09-07T10:00 f.xlsx hash=x
         1 | 推进中",
        &[
            "收件/b.xlsx duplicate 0", "收件/c.xlsx merged 0", "收件/d.xlsx duplicate 0", "收件/e.xlsx merged 0",
            "收件/f.xlsx ignored 0",
        ],
    );
}

/// For each file whether a later one made it good, and which one.
fn made_good(day: &str, tasks: &str, files: &str) -> Vec<(bool, Vec<u32>)> {
    let (files, _) = drawn(&format!("2014-08 as of {day}\n{tasks}\n{files}")).settle();
    files.iter().map(|file| (file.made_good, file.replaced_by.clone())).collect()
}

#[test]
fn a_file_of_no_use_is_made_good_by_the_last_that_brings_all() {
    let two = "1 | 甲科\n2 | 甲科";
    let (none, day) = ((false, vec![]), "2014-09-06");
    let locked = "--- 甲科 2014-09-01T10:00 a.xlsx locked";
    let both = "--- 甲科 2014-09-02T10:00 b.xlsx\n1 | 已完成\n--- 甲科 2014-09-03T10:00 c.xlsx\n2 | 已完成";
    assert_eq!(made_good(day, two, &format!("{locked}\n{both}")), [(true, vec![2]), none.clone(), none.clone()]);
    let turned = both.replace("09-02", "09-04");
    assert_eq!(made_good(day, two, &format!("{locked}\n{turned}"))[0], (true, vec![1]), "the later of the two");
    let one = "--- 甲科 2014-09-02T10:00 b.xlsx\n1 | 已完成";
    assert_eq!(made_good(day, two, &format!("{locked}\n{one}"))[0], none, "something is still owed");
    assert_eq!(made_good(day, "1 | 甲科", &format!("{locked}\n{one}"))[0], (true, vec![1]));
    let late = "--- 甲科 2014-09-03T10:00 a.xlsx locked";
    assert_eq!(made_good(day, "1 | 甲科", &format!("{late}\n{one}"))[0], none, "it came afterwards");
    let blank = "--- 甲科 2014-09-01T10:00 a.xlsx\n1 |";
    let of_blank = made_good(day, "1 | 甲科", &format!("{blank}\n{one}"));
    assert!(of_blank[0].0 || !of_blank[0].1.is_empty(), "{of_blank:?}");
    let other = "--- 乙科 2014-09-02T10:00 b.xlsx\n1 | 已完成";
    assert_eq!(made_good(day, "1 | 甲科、乙科", &format!("{locked}\n{other}"))[0], none, "of another unit");
}

#[test]
fn a_nil_report_is_replaced_once_all_is_reported_and_is_the_first_report() {
    let two = "2014-08 as of 2014-09-08\n1 | 甲科\n2 | 甲科";
    let nil = "--- 甲科 2014-09-03T10:00 nil.xlsx\n | 零报告";
    let of = |files: &str| {
        let (files, obligations) = drawn(&format!("{two}\n{files}")).settle();
        let files: Vec<_> = files.iter().map(|file| (file.state.name(), file.replaced_by.clone())).collect();
        let owed: Vec<_> = obligations.all.iter().map(|owed| (owed.state.name(), owed.in_time)).collect();
        (files, owed)
    };
    let both = "--- 甲科 2014-09-07T10:00 real.xlsx\n1 | 已完成\n2 | 推进中";
    let (files, owed) = of(&format!("{nil}\n{both}"));
    assert_eq!(files, [("superseded", vec![1]), ("merged", vec![])]);
    assert_eq!(owed, [("on-time", true), ("on-time", true)], "the nil report came in time");
    let (files, owed) = of(&format!("{}\n{both}", nil.replace("09-03", "09-06")));
    assert_eq!((files[0].0, owed), ("superseded", vec![("late", false), ("late", false)]));
    let (files, owed) = of(&format!("{nil}\n{}", both.replace("\n2 | 推进中", "")));
    assert_eq!(files, [("merged", vec![]), ("merged", vec![])], "it still answers for the other task");
    assert_eq!(owed, [("on-time", true), ("nil", true)]);
    let (files, owed) = of(&format!("{}\n{both}", nil.replace("09-03", "09-08")));
    assert_eq!(files[0].0, "merged", "nothing came after it");
    assert_eq!(owed[0], ("late", false));
    let other = both.replace("甲科", "乙科");
    assert_eq!(of(&format!("{nil}\n{other}")).1[0], ("nil", true), "of another unit");
}
