//! 整改销号 from month to month: what was found, remedied, closed and came back, though the files have left the inbox.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::half_year::{begun, run, verified};
use crate::render::returned::words;
use crate::whole_run::{list, text};

/// Replaces the inbox by the ledger of a month: problem, remedy, limit, state, evidence in each row.
fn report(dir: &Path, month: u32, problems: &[&str]) {
    let inbox = dir.join("收件");
    fs::remove_dir_all(&inbox).expect("emptied");
    fs::create_dir(&inbox).expect("made");
    let mut rows =
        "填报单位：综合科,,,,,,,\n任务编号,完成情况,日期,存在问题,整改措施,整改时限,整改情况,佐证材料\n".to_owned();
    for problem in problems {
        let cells = problem.replace(" | ", ",");
        writeln!(rows, "1,正在推进,2014年{month}月12日,{cells}").expect("written to memory");
    }
    fs::write(inbox.join("综合科.csv"), rows).expect("written");
    let line = format!("文件,收件时间\n综合科.csv,2014-{:02}-02 10:00\n", month + 1);
    fs::write(inbox.join("收件登记.csv"), line).expect("written");
}

/// The rows of the sheet 整改销号: problem, found, closed, days, how it stands.
fn listed(dir: &Path, month: u32) -> Vec<String> {
    let bytes = fs::read(dir.join(format!("输出/2014-{month:02}/缺项报告.xlsx"))).expect("written");
    let book = taizhang::read::read(&bytes, "缺项报告.xlsx").expect("a workbook");
    let sheet = book.sheets.iter().find(|sheet| sheet.name == "整改销号").expect("the sheet");
    let cell = |row: u32, col: u32| taizhang::table::shown(sheet.grid.get(row, col), &book.texts).into_owned();
    let last = sheet.grid.rows.last().map_or(0, |row| row.index);
    (3..=last).map(|row| [3, 4, 11, 12, 10].map(|col| cell(row, col)).join(" ").trim().to_owned()).collect()
}

/// The problems of D414.
fn open(run: &Value) -> Vec<String> {
    let open = list(run, "findings").iter().filter(|one| text(one, "code") == "D414");
    open.map(|one| text(one, "message").split(['“', '”']).nth(1).unwrap_or_default().to_owned()).collect()
}

#[test]
fn a_problem_is_followed_though_its_file_has_left_the_inbox() {
    let dir = begun("");
    report(
        dir.path(),
        1,
        &["东门广告牌破损 | 更换 | 2月10日 | 正在整改 | ", "路灯不亮 | 报修 |  | 1月20日已修复 | 照片1张"],
    );
    run(dir.path(), 1, 8);
    assert_eq!(
        listed(dir.path(), 1),
        ["东门广告牌破损 2014-01-12   未销号", "路灯不亮 2014-01-12 2014-01-20 8 已销号",]
    );
    // February says nothing of the sign; its limit passes on the tenth of February.
    report(dir.path(), 2, &["无 |  |  |  | "]);
    let february = run(dir.path(), 2, 8);
    assert_eq!(listed(dir.path(), 2), ["东门广告牌破损 2014-01-12   未销号，本期未提及"]);
    assert_eq!(open(&february), ["东门广告牌破损"]);
    let letter = words(&fs::read(dir.path().join("输出/2014-02/整改销号.docx")).expect("written"));
    assert!(letter.contains("东门广告牌破损") && letter.contains("时限2月10日"), "{letter}");
    let told =
        |month: u32| words(&fs::read(dir.path().join(format!("输出/2014-{month:02}/工作报告.docx"))).expect("written"));
    for wanted in
        ["未销号1条（其中以前各期反映1条），本期销号0条", "东门广告牌破损（未销号，本期未提及）", "对未销号的1条问题"]
    {
        assert!(told(2).contains(wanted), "{}", told(2));
    }
    // March closes it, with what shows it; a run later in the month says the same.
    report(dir.path(), 3, &["东门广告牌破损 | 更换 |  | 已整改 | 验收照片2张"]);
    for day in [8, 20] {
        let march = run(dir.path(), 3, day);
        assert_eq!(listed(dir.path(), 3), ["东门广告牌破损 2014-01-12 2014-04-02 80 已销号"]);
        assert_eq!(open(&march), Vec::<String>::new());
        assert!(told(3).contains("均已整改，本期销号1条") && !told(3).contains("东门广告牌破损"), "{}", told(3));
        assert!(!told(3).contains("对未销号的"), "{}", told(3));
    }
    // April has nothing to list; in May it is back, without its history in the inbox.
    report(dir.path(), 4, &["无 |  |  |  | "]);
    run(dir.path(), 4, 8);
    assert_eq!(listed(dir.path(), 4), Vec::<String>::new());
    assert!(!dir.path().join("输出/2014-04/整改销号.docx").exists());
    report(dir.path(), 5, &["东门广告牌破损 | 更换 | 2014-07-10 | 正在整改 | "]);
    run(dir.path(), 5, 8);
    assert_eq!(listed(dir.path(), 5), ["东门广告牌破损 2014-01-12   再次出现"]);
    let letter =
        |month: u32| words(&fs::read(dir.path().join(format!("输出/2014-{month:02}/整改销号.docx"))).expect("written"));
    let may = letter(5);
    assert!(
        may.contains("再次出现（2014年5月12日）")
            && may.contains("时限2014年7月10日")
            && !may.contains("验收照片")
            && !may.contains("2月10日"),
        "{may}"
    );
    // The days are counted from then on.
    report(dir.path(), 6, &["东门广告牌破损 | 更换 |  | 6月20日已整改 | 照片1张"]);
    run(dir.path(), 6, 8);
    assert_eq!(listed(dir.path(), 6), ["东门广告牌破损 2014-01-12 2014-06-20 39 已销号"]);
    assert!(letter(6).contains("已销号（2014年6月20日，历时39天，曾于2014年5月12日再次出现）"), "{}", letter(6));
    for month in 1..=6 {
        verified(dir.path(), &format!("2014-{month:02}"));
    }
}
