//! Rows that nobody could read as reports on tasks are told (S12, S19), and stand in 未归类 with their words and their place.

use std::fs;

use crate::build::workbook_of;
use crate::render::workbooks::seen;
use crate::whole_run::{list, run_in_process, run_json, text, windows_outputs};

/// A sheet whose heading names no task, one whose rows have no heading, and a ledger that nothing is wrong with.
const SHEETS: &str = "sheet: 台账
line: 填报单位：甲科
head: 任务编号 | 工作任务 | 完成情况
'1-1 | 公益广告投放整治 | 正在推进
sheet: 事由
head: 事由说明 | 完成情况 | 备注
补种行道树三十棵 | 正在推进 | 南门
清洗护栏两公里 | 已完成 | 北门
sheet: 续
修补路面四十平方米 | 东门 | 12
更换井盖六个 | 西门 | 6
粉刷墙面一百平方米 | 南门 | 9
";

#[test]
fn what_is_told_and_not_read_stands_in_the_consolidated_ledger() {
    let folder = tempfile::tempdir().expect("a folder");
    let write = |path: &str, bytes: &[u8]| {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("made");
        fs::write(path, bytes).expect("written");
    };
    let division = "sheet: 任务分工\nhead: 任务编号 | 工作任务 | 责任单位\n'1-1 | 公益广告投放整治 | 甲科\n";
    write("任务分工.xlsx", &workbook_of(division));
    write("taizhang.toml", b"as_of = \"2014-09-05\"\nwindow = \"2014-08\"\nfull_marks = 0\n");
    write("收件/甲科8月台账.xlsx", &workbook_of(SHEETS));
    write("收件/收件登记.csv", "文件,收件时间\n甲科8月台账.xlsx,2014-09-03 10:00\n".as_bytes());
    run_in_process(folder.path(), 1);
    let outputs = windows_outputs(folder.path(), "2014-08");

    let run = run_json(&outputs);
    let told = |code: &str| -> Vec<String> {
        let of = list(&run, "findings").iter().filter(|one| text(one, "code") == code);
        of.map(|one| format!("{}!{}", text(&one["place"], "sheet"), text(&one["place"], "cell"))).collect()
    };
    assert_eq!((told("S12"), told("S19")), (vec!["事由!A1:C1".to_owned()], vec!["续!A1:C3".to_owned()]));
    assert_eq!(run["tally"]["rows_unmatched"], 5);
    assert_eq!(run["tally"]["rows_merged"], 1);

    let book = seen(&outputs["汇总台账.xlsx"]);
    let rows = book.table("未归类", &["未归类原因", "来源工作表", "来源行"]);
    let places: Vec<String> = rows.iter().map(|row| format!("{}!{}", row["来源工作表"], row["来源行"])).collect();
    assert_eq!(places, ["事由!2", "事由!3", "续!1", "续!2", "续!3"]);
    let all: Vec<String> = rows.iter().map(|row| row.values().cloned().collect::<Vec<_>>().join("|")).collect();
    for (row, words) in [
        (0, ["补种行道树三十棵", "正在推进", "南门"]),
        (1, ["清洗护栏两公里", "已完成", "北门"]),
        (2, ["修补路面四十平方米", "东门", "12"]),
        (4, ["粉刷墙面一百平方米", "南门", "9"]),
    ] {
        for word in words {
            assert!(all[row].contains(word), "{word} is not in {}", all[row]);
        }
    }
    let reasons: Vec<&str> = rows.iter().map(|row| row["未归类原因"].as_str()).collect();
    assert!(reasons[..2].iter().all(|why| why.contains("工作任务")), "{reasons:?}");
    assert!(reasons[2..].iter().all(|why| why.contains("表头")), "{reasons:?}");
    // 1-1 is reported; nothing of what could not be read is put to another task.
    assert_eq!(text(&list(&run, "obligations")[0], "state"), "on-time");
}
