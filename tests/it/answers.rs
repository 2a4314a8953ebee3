//! Marked copies that units fill in and send back under other names.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;

use serde_json::Value;
use taizhang::render::package::{Content, Package, Patch};

use crate::campaign::campaign;
use crate::render::workbooks::seen;
use crate::whole_run::{essence, list, outputs, run_in_process, run_json, text};

const REASON: &str = "该项工作由后勤中心统一组织，见其台账";

/// Writes answers into the list of a marked copy: for each line of it what `answer` says for (code, cell).
fn fill_in(copy: &[u8], answer: impl Fn(&str, &str) -> &'static str) -> Vec<u8> {
    let book = seen(copy);
    let rows = &book.sheets["退回说明"];
    let head = rows.iter().position(|row| row.iter().any(|cell| cell == "问题编号")).expect("a heading");
    let column = |heading: &str| rows[head].iter().position(|cell| cell == heading).expect("a column");
    let (code, cell, own) = (column("问题代码"), column("单元格"), column("说明"));
    let mut answers = BTreeMap::new();
    for (at, row) in rows.iter().enumerate().skip(head + 1) {
        let text = answer(&row[code], &row[cell]).to_owned();
        answers.insert((at as u32, own as u32), Patch { content: Content::Text(text), style: None });
    }
    let mut package = Package::open(copy).expect("a package");
    let list = package.book().expect("a workbook").sheets[0].part.clone();
    package.patch(&list, &answers).expect("a list");
    package.finish().expect("written")
}

/// The lines of a run without its files and what stands in them.
fn obligations(run: &Value) -> Vec<String> {
    let states = list(run, "obligations").iter();
    states.map(|obligation| ["state", "unit", "task", "period"].map(|key| text(obligation, key)).join(" ")).collect()
}

/// Findings as (code, sheet, cell, answer) of the files whose name holds this.
fn findings<'a>(run: &'a Value, file: &str) -> BTreeSet<[&'a str; 4]> {
    let here = list(run, "findings").iter().filter(|finding| text(&finding["place"], "file").contains(file));
    here.map(|one| [text(one, "code"), text(&one["place"], "sheet"), text(&one["place"], "cell"), text(one, "answer")])
        .collect()
}

#[test]
fn a_copy_that_came_back_explains_warnings_and_counts_once() {
    let folder = campaign("bureau");
    run_in_process(folder.path(), 2);
    let before = outputs(folder.path());
    let first = run_json(&before);

    let register = folder.path().join("收件/收件登记.csv");
    let mut lines = fs::read_to_string(&register).expect("a register");
    let mut sent = 0;
    for (name, bytes) in before.iter().filter(|(name, _)| name.starts_with("退回/")) {
        if !["人事教育科", "管理一科", "后勤服务中心"].iter().any(|unit| name.contains(unit)) {
            continue;
        }
        sent += 1;
        let answer = |code: &str, _: &str| match code {
            "D405" => "核实无误",
            _ => REASON,
        };
        // Names that tell neither unit nor month.
        fs::write(folder.path().join(format!("收件/回复{sent}.xlsx")), fill_in(bytes, answer)).expect("written");
        write!(lines, "\n回复{sent}.xlsx,2014-09-05 16:30,").expect("written to memory");
    }
    assert_eq!(sent, 3);
    fs::write(&register, lines).expect("written");
    run_in_process(folder.path(), 2);
    let after = outputs(folder.path());
    let second = run_json(&after);

    assert_eq!(obligations(&first), obligations(&second), "{}", essence(&second));
    for key in ["rows_merged", "rows_unmatched"] {
        assert_eq!(first["tally"][key], second["tally"][key], "{key}: {}", essence(&second));
    }
    let came = findings(&second, "收件/回复");
    let answers = |code: &str| came.iter().filter(|one| one[0] == code).map(|one| one[3]).collect::<Vec<_>>();
    assert_eq!(answers("R201"), [REASON]);
    assert_eq!(answers("C104"), [REASON]);
    assert_eq!(answers("D405"), ["-"], "a stock answer explains nothing");
    assert_eq!(answers("C102"), ["-"], "an error stays");
    // Nothing is found that was not found in the files as they were sent first.
    let place = |found: BTreeSet<[&str; 4]>| {
        found.into_iter().map(|one| format!("{} {} {}", one[0], one[1], one[2])).collect::<BTreeSet<_>>()
    };
    let known = place(findings(&first, "收件/"));
    let new: Vec<_> = place(came).into_iter().filter(|one| !known.contains(one)).collect();
    assert!(new.is_empty(), "{new:?}");

    let problems = seen(&after["缺项报告.xlsx"]);
    let rows = problems.table("问题清单", &["问题代码", "单位说明"]);
    let explained: Vec<_> = rows.iter().filter(|row| row["单位说明"] == format!("已说明：{REASON}")).collect();
    let in_json = list(&second, "findings").iter().filter(|one| one["answer"].is_string()).count();
    assert!(explained.len() == in_json && in_json >= 2, "{in_json}");
    let page = String::from_utf8(after["缺项报告.html"].clone()).expect("text");
    assert!(page.contains("已说明") && page.contains(REASON));
}
