//! A nil report for everything that a unit owes stands wherever one for a single task does, however it is written.

use std::collections::BTreeMap;
use std::fs;

use crate::build::workbook_of;
use crate::cli::program;
use crate::render::returned::words;
use crate::render::workbooks::seen;
use crate::whole_run::{run_in_process, run_json, windows_outputs};

#[test]
fn each_item_that_a_nil_report_answers_for_has_its_line() {
    let folder = tempfile::tempdir().expect("a folder");
    let write = |path: &str, bytes: &[u8]| {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("made");
        fs::write(path, bytes).expect("written");
    };
    let division = "sheet: 任务分工\nhead: 任务编号 | 工作任务 | 责任单位\n\
        '1-1 | 公益广告投放整治 | 甲科、乙科、丙科\n'1-2 | 环境卫生整治 | 甲科、乙科\n";
    write("任务分工.xlsx", &workbook_of(division));
    write("taizhang.toml", b"as_of = \"2014-09-05\"\nwindow = \"2014-08\"\nfull_marks = 0\n");
    write("收件/甲科8月台账.xlsx", &workbook_of("sheet: 台账\nline: 8月工作台账\nline: 本月无工作，零报告\n"));
    let head = "head: 任务编号 | 工作任务 | 完成情况 | 备注\n";
    write(
        "收件/乙科8月台账.xlsx",
        &workbook_of(&format!("sheet: 台账\n{head} | 本月无工作 | 零报告 | 人员外出培训\n")),
    );
    let july = format!("sheet: 7月\n{head}'1-1 | 公益广告投放整治 | 已完成 |\n");
    let third = format!("sheet: 台账\n{head}'1-1 | 公益广告投放整治 | 零报告 |\n{july}");
    write("收件/丙科8月台账.xlsx", &workbook_of(&third));
    let register = ["甲科", "乙科", "丙科"].map(|unit| format!("{unit}8月台账.xlsx,2014-09-03 10:00\n")).concat();
    write("收件/收件登记.csv", format!("文件,收件时间\n{register}").as_bytes());
    run_in_process(folder.path(), 0);
    let outputs = windows_outputs(folder.path(), "2014-08");

    let run = run_json(&outputs);
    let counts = ["rows_merged", "rows_unmatched"].map(|key| run["tally"][key].as_u64());
    assert_eq!((run["coverage"]["nil"].as_u64(), counts), (Some(5), [Some(2), Some(0)]));
    let book = seen(&outputs["汇总台账.xlsx"]);
    let columns = ["任务编号", "责任单位", "完成情况", "备注", "来源文件", "来源工作表", "来源行"];
    let lines = |rows: Vec<BTreeMap<String, String>>| {
        let line = |row: &BTreeMap<String, String>| columns.map(|column| row[column].clone()).join(" ");
        rows.iter().map(line).collect::<Vec<_>>()
    };
    let all = lines(book.table("汇总台账", &columns));
    let expected = [
        "1-1 丙科 零报告  收件/丙科8月台账.xlsx 台账 2",
        "1-1 甲科 零报告 本期应报事项一并零报告 收件/甲科8月台账.xlsx 台账 2",
        "1-1 乙科 零报告 人员外出培训 收件/乙科8月台账.xlsx 台账 2",
        "1-2 甲科 零报告 本期应报事项一并零报告 收件/甲科8月台账.xlsx 台账 2",
        "1-2 乙科 零报告 人员外出培训 收件/乙科8月台账.xlsx 台账 2",
    ];
    let mut sorted = (all, expected.map(String::from).to_vec());
    sorted.0.sort();
    sorted.1.sort();
    assert_eq!(sorted.0, sorted.1);
    for unit in ["甲科", "乙科"] {
        assert_eq!(book.table(unit, &["任务编号", "完成情况", "来源行"]).len(), 2, "{unit}");
    }
    let csv = String::from_utf8(outputs["records.csv"].clone()).expect("text");
    let states: Vec<&str> =
        csv.lines().skip(1).filter_map(|line| line.split(',').find(|cell| cell.contains("零报告"))).collect();
    assert_eq!(states, ["零报告", "零报告"], "the records, each once: {csv}");
    let sources = book.table("来源", &["文件", "填报单位", "说明", "计入", "未归类"]);
    let first = sources.iter().find(|row| row["文件"].contains("甲科")).expect("a row");
    assert_eq!([&*first["填报单位"], &*first["说明"]], ["甲科", "没有表格，写明零报告"]);
    let counts: Vec<String> = sources.iter().map(|row| format!("{}+{}", row["计入"], row["未归类"])).collect();
    assert!(counts.iter().all(|counts| !counts.ends_with("+1")), "{counts:?}");
    let trace = |place: &str| {
        let done = program().arg("trace").arg(folder.path()).arg(place).output().expect("started");
        String::from_utf8([done.stdout, done.stderr].concat()).expect("text")
    };
    for (place, told) in [
        ("1-2@甲科", "其中写明本期应报事项一并零报告：台账!A2"),
        ("1-2@乙科", "其中写明本期应报事项一并零报告：台账!"),
        ("1-1@丙科", "有这项任务的行：台账!2"),
        ("收件/丙科8月台账.xlsx!7月!2", "未读入的部分：属于 2014-07"),
    ] {
        assert!(trace(place).contains(told), "{place}: {}", trace(place));
    }
    let report = words(&outputs["工作报告.docx"]);
    assert_eq!(report.matches("报送零报告").count(), 2, "{report}");
    for unit in ["甲科", "乙科", "丙科"] {
        assert!(report.contains(unit), "{unit}: {report}");
    }
}
