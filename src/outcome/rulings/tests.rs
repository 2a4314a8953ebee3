//! What each kind of ruling changes: the same campaign without it and with it.

use crate::basis::finding::Severity;
use crate::check::fixture::outcome;
use crate::outcome::Outcome;

/// The findings that are no hints, each with the number of its ruling, and the states of what is owed.
fn told(drawing: &str) -> String {
    let outcome = outcome(drawing);
    let findings = outcome.issues.iter().map(|issue| &issue.finding).filter(|one| one.severity != Severity::Info);
    let mut told: Vec<String> = findings
        .map(|one| one.ruling.map_or(one.kind.code.to_owned(), |id| format!("{}（认定{id}）", one.kind.code)))
        .collect();
    told.sort();
    told.dedup();
    told.extend(states(&outcome));
    told.join(" ")
}

fn states(outcome: &Outcome) -> impl Iterator<Item = String> + '_ {
    let division = &outcome.division;
    outcome
        .obligations
        .all
        .iter()
        .map(|one| format!("{}/{}={}", division.unit(one.unit).name, division.task(one.task).code, one.state.name()))
}

/// Without and with the rulings.
fn compare(drawing: &str, rulings: &[&str], without: &str, with: &str) {
    let (division, files) = drawing.split_once("---").expect("files");
    assert_eq!(told(drawing), without, "without {rulings:?}");
    let lines: Vec<String> = rulings.iter().map(|ruling| format!("ruling | {ruling}")).collect();
    assert_eq!(told(&format!("{division}\n{}\n---{files}", lines.join("\n"))), with, "with {rulings:?}");
}

const ROWS: &str = "
    division | 1-1 广告整治 | 综合科
    division | 1-2 清理楼道 | 综合科
    --- 综合科.xlsx
    任务编号 | 工作任务 | 完成情况
    '1-1 | 广告整治 | 已完成
    | 搞卫生 | 已完成
    ";

#[test]
fn a_row_is_given_its_task_or_stays_without_one() {
    let without = "D402 R201 综合科/1-1=on-time 综合科/1-2=missing";
    compare(
        ROWS,
        &["任务归属 | 综合科 | 搞卫生 | 认定=其他 | 认定为=1-2"],
        without,
        "综合科/1-1=on-time 综合科/1-2=on-time",
    );
    let left = "D402 综合科/1-1=on-time 综合科/1-2=missing";
    compare(ROWS, &["任务归属 | 综合科 | 搞卫生 | 认定=不计"], without, left);
    // about other words, or of another unit, it is needed by nothing
    compare(ROWS, &["任务归属 | 综合科 | 扫地 | 认定=其他 | 认定为=1-2"], without, without);
    compare(ROWS, &["任务归属 | 另一科 | 搞卫生 | 认定=其他 | 认定为=1-2"], without, without);
}

#[test]
fn a_file_is_given_its_unit_and_a_column_its_field() {
    let stray = "
        division | 1-1 广告整治 | 综合科
        --- 上报材料.xlsx
        任务编号 | 工作任务 | 完成情况
        '1-1 | 广告整治 | 已完成
        ";
    compare(
        stray,
        &["报送单位 |  | 文件名：上报材料 | 文件=收件/上报材料.xlsx | 认定=其他 | 认定为=综合科"],
        "D401 F08 综合科/1-1=missing",
        "综合科/1-1=on-time",
    );
    let odd = "
        division | 1-1 广告整治 | 综合科 | 考核指标=投放点位数≥5
        --- 综合科.xlsx
        任务编号 | 工作任务 | 完成情况 | 布点成果
        '1-1 | 广告整治 | 已完成 | 6
        ";
    compare(
        odd,
        &["表头含义 | 综合科 | 布点成果 | 认定=其他 | 认定为=投放点位数"],
        "D406 综合科/1-1=on-time",
        "综合科/1-1=on-time",
    );
}

#[test]
fn a_name_in_a_row_is_given_its_unit() {
    let stranger = "
        division | 1-1 广告整治 | 综合科、后勤科
        --- 汇总.xlsx
        任务编号 | 工作任务 | 责任单位 | 完成情况
        '1-1 | 广告整治 | 综合科 | 已完成
        '1-1 | 广告整治 | 保障服务岗 | 已完成
        ";
    let ruling = "报送单位 |  | 保障服务岗 | 文件=收件/汇总.xlsx | 认定=其他 | 认定为=后勤科";
    let without = "D401 F08 R202 综合科/1-1=on-time 后勤科/1-1=missing";
    compare(stranger, &[ruling], without, "综合科/1-1=on-time 后勤科/1-1=on-time");
}

#[test]
fn a_wording_is_given_its_state() {
    let odd = "
        division | 1-1 广告整治 | 综合科 | 完成时限=2014年8月底
        --- 综合科.xlsx
        任务编号 | 工作任务 | 完成情况
        '1-1 | 广告整治 | 妥妥的
        ";
    let without = "C105 D408 综合科/1-1=on-time";
    compare(odd, &["状态用语 | 综合科 | 妥妥的 | 认定=其他 | 认定为=已完成"], without, "综合科/1-1=on-time");
    compare(odd, &["状态用语 | 综合科 | 妥妥的 | 认定=其他 | 认定为=未开始"], without, "D408 综合科/1-1=on-time");
}

#[test]
fn of_two_reports_the_one_counts_that_is_ruled() {
    let two = "
        division | 1-1 广告整治 | 综合科、宣传科 | 完成时限=2014年8月底 | 考核指标=投放点位数≥5
        --- 综合科.xlsx
        任务编号 | 工作任务 | 责任单位 | 完成情况 | 投放点位数
        '1-1 | 广告整治 | 综合科 | 已完成 | 6
        --- 宣传科.xlsx
        任务编号 | 工作任务 | 责任单位 | 完成情况 | 投放点位数
        '1-1 | 广告整治 | 综合科 | 正在推进 | 3
        '1-1 | 广告整治 | 宣传科 | 已完成 | 7
        ";
    let ruling =
        |counts: &str| format!("两报不冲突 | 综合科 | 1-1 完成情况：“已完成”“正在推进” | 认定=其他 | 认定为={counts}");
    let states = "综合科/1-1=on-time 宣传科/1-1=on-time";
    compare(two, &[&ruling("宣传科")], &format!("X301 {states}"), &format!("D406 D408 X301（认定1） {states}"));
    compare(two, &[&ruling("综合科")], &format!("X301 {states}"), &format!("X301（认定1） {states}"));
}

#[test]
fn what_is_late_or_on_paper_counts_once_it_is_ruled() {
    let late = "
        as-of 2014-09-20 18:00
        division | 1-1 广告整治 | 综合科 | 佐证材料=照片
        --- 综合科.xlsx 2014-09-18 10:00
        任务编号 | 工作任务 | 完成情况
        '1-1 | 广告整治 | 已完成
        ";
    let without = "D403 D404 综合科/1-1=late";
    compare(late, &["视为按时 | 综合科 | 1-1 | 认定=视为按时"], without, "D403（认定1） D404 综合科/1-1=on-time");
    compare(late, &["纸质佐证 | 综合科 | 1-1 | 认定=已见原件"], without, "D403 D404（认定1） 综合科/1-1=late");
    let both = ["视为按时 | 综合科 | 1-1 | 认定=视为按时", "纸质佐证 | 综合科 | 1-1 | 认定=已见原件"];
    compare(late, &both, without, "D403（认定1） D404（认定2） 综合科/1-1=on-time");
}

#[test]
fn a_responsibility_is_ruled_off_or_taken_over() {
    let disputed = "
        division | 1-1 广告整治 | 综合科
        division | 1-2 清理楼道 | 综合科、后勤科
        --- 综合科.xlsx
        任务编号 | 工作任务 | 完成情况
        '1-1 | 广告整治 | 已完成
        --- 后勤科.xlsx
        任务编号 | 工作任务 | 完成情况
        '1-2 | 清理楼道 | 已完成
        ";
    let without = "D402 综合科/1-1=on-time 综合科/1-2=missing 后勤科/1-2=on-time";
    let off = "综合科/1-1=on-time 综合科/1-2=exempt 后勤科/1-2=on-time";
    compare(disputed, &["职责 | 综合科 | 1-2 | 认定=不涉及"], without, off);
    // what was reported stays reported
    compare(disputed, &["职责 | 综合科 | 1-1 | 认定=不涉及"], without, without);
    compare(
        disputed,
        &["职责 | 综合科 | 1-2 | 认定=其他 | 认定为=后勤科"],
        without,
        "综合科/1-1=on-time 后勤科/1-2=on-time",
    );
}

#[test]
fn a_duty_that_is_taken_over_within_the_window_changes_hands_on_its_day() {
    let weekly = "
        division | 1-1 广告整治 | 综合科 | 报送周期=每周
        division | 1-2 清理楼道 | 后勤科
        --- 综合科.xlsx
        任务编号 | 工作任务 | 完成情况 | 日期
        '1-1 | 广告整治 | 已完成 | 8月5日
        '1-1 | 广告整治 | 已完成 | 8月12日
        --- 后勤科.xlsx
        任务编号 | 工作任务 | 完成情况 | 日期
        '1-1 | 广告整治 | 已完成 | 8月20日
        '1-1 | 广告整治 | 已完成 | 8月27日
        '1-2 | 清理楼道 | 已完成 | 8月27日
        ";
    let without =
        "D402 D407 R205 综合科/1-1=on-time 综合科/1-1=on-time 综合科/1-1=missing 综合科/1-1=missing 后勤科/1-2=on-time";
    let since = |day: &str| format!("职责 | 综合科 | 1-1 | 认定=其他 | 认定为=后勤科，自2014年8月{day}日起");
    let with = "综合科/1-1=on-time 综合科/1-1=on-time 后勤科/1-1=on-time 后勤科/1-1=on-time 后勤科/1-2=on-time";
    compare(weekly, &[&since("18")], without, with);
    // what ends on the day or later is the new unit's
    compare(weekly, &[&since("24")], without, with);
}

#[test]
fn two_reports_that_differ_are_none_once_it_is_ruled() {
    let apart = "
        division | 1-1 广告整治 | 综合科、后勤科
        --- 后勤科.xlsx
        任务编号 | 工作任务 | 责任单位 | 完成情况
        '1-1 | 广告整治 | 综合科 | 未开始
        --- 综合科.xlsx
        任务编号 | 工作任务 | 责任单位 | 完成情况
        '1-1 | 广告整治 | 综合科 | 已完成
        ";
    let states = "D402 X301 综合科/1-1=on-time 后勤科/1-1=missing";
    let ruled = states.replace("X301", "X301（认定1）");
    compare(apart, &["两报不冲突 | 综合科 | 1-1 完成情况：“已完成”“未开始” | 认定=不冲突"], states, &ruled);
}

#[test]
fn each_record_knows_the_rulings_that_decided_it() {
    let of = |rulings: &[&str], files: &str| -> Vec<String> {
        let lines: Vec<String> = rulings.iter().map(|ruling| format!("ruling | {ruling}")).collect();
        let outcome = outcome(&format!("division | 1-1 广告整治 | 综合科、后勤科\n{}\n{files}", lines.join("\n")));
        let records = outcome.files[0].reading.ledgers[0].records.len() as u32;
        (0..records)
            .map(|record| {
                let entry = outcome.entry(crate::obligation::RecordRef { file: 0, ledger: 0, record });
                format!("{} {:?}", entry.task_words(), entry.rulings(&outcome.context()))
            })
            .collect()
    };
    let rows = "--- 综合科.xlsx
        任务编号 | 工作任务 | 责任单位 | 完成情况
        '1-1 | 广告整治 | 综合科 | 已完成
        | 搞卫生 | 综合科 | 妥妥的
        '1-1 | | 保障服务岗 | 已完成";
    let task = "任务归属 | 综合科 | 搞卫生 | 认定=其他 | 认定为=1-1";
    let state = "状态用语 | 综合科 | 妥妥的 | 认定=其他 | 认定为=已完成";
    let unit = "报送单位 |  | 保障服务岗 | 文件=收件/综合科.xlsx | 认定=其他 | 认定为=后勤科";
    assert_eq!(of(&[task, state, unit], rows), ["1-1 广告整治 []", "搞卫生 [1, 2]", "1-1 [3]"]);
    assert_eq!(of(&[state], rows), ["1-1 广告整治 []", "搞卫生 [1]", "1-1 []"]);
    assert_eq!(of(&[], rows), ["1-1 广告整治 []", "搞卫生 []", "1-1 []"]);
    let sender = "报送单位 |  | 文件名：上报材料 | 文件=收件/上报材料.xlsx | 认定=其他 | 认定为=综合科";
    let stray = "--- 上报材料.xlsx
        任务编号 | 工作任务 | 完成情况
        '1-1 | 广告整治 | 已完成";
    assert_eq!(of(&[state, sender], stray), ["1-1 广告整治 [2]"]);
    let known = "状态用语 | 综合科 | 已完成 | 认定=其他 | 认定为=推进中";
    assert_eq!(of(&[known], rows)[0], "1-1 广告整治 []", "a wording that is understood needs no ruling");
}

#[test]
fn rulings_are_found_by_the_place_of_a_row() {
    use super::{Applied, Area, Place, SourceId};
    use std::collections::{BTreeMap, BTreeSet};

    let area = |top, left, bottom, right| Area { top, left, bottom, right };
    let mut places: BTreeMap<u32, BTreeSet<Place>> = BTreeMap::new();
    for (id, source, sheet, area) in [
        (1, 1, 0, area(5, 0, 5, 9)),
        (2, 1, 0, area(2, 3, 2, 3)),
        (3, 1, 0, area(1, 0, 6, 9)), // over several rows
        (4, 1, 1, area(5, 0, 5, 9)),
        (5, 2, 0, area(5, 0, 5, 9)),
        (6, 1, 0, area(8, 0, 8, 9)),
        (1, 1, 0, area(7, 0, 7, 9)),
    ] {
        places.entry(id).or_default().insert(Place::sheet(SourceId(source), sheet).at(area));
    }
    places.entry(7).or_default().insert(Place::file(SourceId(1)));
    let applied = Applied::new(places);
    let over = |row| {
        let mut ids: Vec<u32> = applied.over(SourceId(1), 0, area(row, 0, row, 9)).collect();
        ids.sort_unstable();
        ids
    };
    assert_eq!([over(0), over(1), over(2), over(5)], [vec![], vec![3], vec![2, 3], vec![1, 3]]);
    assert_eq!([over(6), over(7), over(8), over(9)], [vec![3], vec![1], vec![6], vec![]]);
    let at = |area| applied.at(SourceId(1), 0, area).collect::<Vec<_>>();
    assert_eq!([at(area(2, 3, 2, 3)), at(area(2, 3, 2, 4)), at(area(3, 3, 3, 3))], [vec![2], vec![], vec![]]);
    assert_eq!((applied.places(1).len(), applied.places(9).len()), (2, 0));
    assert!(applied.contains(7) && !applied.contains(8));
}
