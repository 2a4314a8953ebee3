//! The files that a run writes, so that none comes in or goes unnoticed.

use std::collections::BTreeSet;

use crate::city_form::{campaign_with_form, draw_form};
use crate::whole_run::{outputs, run_in_process};

#[test]
fn a_run_writes_these_files_and_no_others() {
    let folder = campaign_with_form();
    draw_form(&folder.path().join("表样.xlsx"), "备注");
    let settings = folder.path().join("taizhang.toml");
    let text = std::fs::read_to_string(&settings).expect("settings");
    std::fs::write(&settings, "unit_sheets = 2\n".to_owned() + &text).expect("written");
    run_in_process(folder.path(), 2);
    let one_of_many = |path: String| match path.split_once('/') {
        Some((folder, name)) => format!("{folder}/*.{}", name.rsplit('.').next().unwrap_or_default()),
        None => path,
    };
    let written: BTreeSet<String> = outputs(folder.path()).into_keys().map(one_of_many).collect();
    let known = [
        "records.csv", "run.json", "分单位/*.xlsx", "工作报告.docx", "市级汇总表.xlsx", "整改销号.docx",
        "汇总台账.xlsx", "缺项报告.html", "缺项报告.xlsx", "退回/*.xlsx", "通知/*.docx", "通知/*.txt",
    ];
    assert_eq!(written, known.map(String::from).into());
    // Most files are one output's; letters of each unit and copies of each file are one output each.
    assert_eq!(taizhang::render::OUTPUTS.len(), known.len());
}
