//! The trend: what earlier windows came to stands beside this one in the statistics, once there is a history.

use std::fs;

use taizhang::read::{Raw, read};

use crate::campaign::campaign;
use crate::cli::program;

/// The texts of the first two columns of the statistics that a run wrote.
fn statistics(dir: &std::path::Path, args: &[&str], window: &str) -> Vec<String> {
    let run = program().arg("run").arg(dir).args(args).output().expect("it starts");
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
    let bytes = fs::read(dir.join(format!("输出/{window}/汇总台账.xlsx"))).expect("written");
    let book = read(&bytes, "汇总台账.xlsx").expect("it reads");
    let sheet = book.sheets.iter().find(|sheet| sheet.name == "统计").expect("the sheet");
    let cells = sheet.grid.rows.iter().flat_map(|row| [row.get(0), row.get(1)]);
    let text = |raw| if let Raw::Text(text) = raw { Some(book.texts.get(text).to_owned()) } else { None };
    cells.filter_map(text).collect()
}

#[test]
fn earlier_windows_stand_beside_this_one() {
    let dir = campaign("bureau");
    let first = statistics(dir.path(), &["--window", "2014-07", "--as-of", "2014-08-06"], "2014-07");
    assert!(!first.iter().any(|text| text.contains("历次")), "nothing went before");
    let second = statistics(dir.path(), &[], "2014-08");
    let at = second.iter().position(|text| text.contains("历次")).expect("the block");
    assert_eq!(second[at + 1..][..3], ["报告期", "2014年7月", "2014年8月"], "oldest first, without ranks");
    let verify = program().arg("verify").arg(dir.path().join("输出/2014-08")).output().expect("it starts");
    assert!(verify.status.success(), "{}", String::from_utf8_lossy(&verify.stdout));
}
