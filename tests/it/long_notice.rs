//! A notice to a unit that has much to do: it stays short, and says where the rest is.

use std::fmt::Write as _;
use std::fs;

use crate::build::workbook_of;
use crate::render::returned::words;
use crate::whole_run::{outputs, run_in_process};

/// The notice to a unit that owes so many tasks and sent these files.
fn notice(tasks: usize, files: impl IntoIterator<Item = Vec<u8>>) -> String {
    let folder = tempfile::tempdir().expect("a folder");
    let write = |path: &str, bytes: &[u8]| fs::write(folder.path().join(path), bytes).expect("written");
    fs::create_dir(folder.path().join("收件")).expect("made");
    write("taizhang.toml", b"as_of = '2014-09-06'\nwindow = '2014-08'\nfull_marks = 0\nsecond_reader = 'never'\n");
    let mut division = "sheet: 任务分工\nhead: 任务编号 | 工作任务 | 责任单位\n".to_owned();
    for task in 1..=tasks {
        writeln!(division, "'1-{task} | 第{task}号楼整治 | 综合科").expect("written");
    }
    write("任务分工.xlsx", &workbook_of(&division));
    let mut register = "文件,收件时间\n".to_owned();
    for (at, bytes) in files.into_iter().enumerate() {
        write(&format!("收件/综合科{at}.xlsx"), &bytes);
        writeln!(register, "综合科{at}.xlsx,2014-09-03 10:00").expect("written");
    }
    write("收件/收件登记.csv", register.as_bytes());
    run_in_process(folder.path(), 2);
    words(&outputs(folder.path())["通知/综合科.docx"])
}

#[test]
fn the_tasks_of_a_file_that_cannot_be_used_are_named_up_to_a_limit() {
    let damaged = || [b"PK\x03\x04 damaged".to_vec()];
    let (whole, cut) = (notice(20, damaged()), notice(21, damaged()));
    assert!(whole.contains("1-19、1-20") && !whole.contains("1-20等"), "{whole}");
    assert!(cut.contains("1-20等21项") && !cut.contains("1-21"), "{cut}");
}

#[test]
fn files_to_correct_are_listed_up_to_a_limit() {
    let faulty = |count: usize| {
        (1..=count).map(|task| {
            workbook_of(&format!(
                "sheet: 台账\nhead: 任务编号 | 工作任务 | 完成情况 | 数量\n'1-{task} | 第{task}号楼整治 | 已完成 | 很多\n"
            ))
        })
    };
    // a notice is written because a task is missing
    let (whole, cut) = (notice(21, faulty(20)), notice(24, faulty(23)));
    let line = |at: usize| format!("改正退回的“综合科{at}.xlsx”后重新报送：1处必须改正");
    let place = |notice: &str, at: usize| notice.find(&line(at)).expect("a line");
    assert!(place(&whole, 2) < place(&whole, 10) && place(&whole, 10) < place(&whole, 19), "{whole}");
    assert!(!whole.contains("其余"), "{whole}");
    assert!(place(&cut, 0) < place(&cut, 19) && !cut.contains(&line(20)), "{cut}");
    assert!(cut.contains("改正退回的其余3个文件后重新报送：3处必须改正"), "{cut}");
}

#[test]
fn a_row_that_says_nothing_is_the_fault_of_the_row_and_not_of_its_file() {
    let rows =
        "sheet: 台账\nhead: 任务编号 | 工作任务 | 完成情况\n'1-1 | 第1号楼整治 | 已完成\n'1-2 | 第2号楼整治 | \n";
    let notice = notice(2, [workbook_of(rows)]);
    let told = "填写、改正后重新报送（1-2）：“综合科0.xlsx”第3行没有填写完成情况等内容";
    assert!(notice.contains(told), "{notice}");
    assert!(!notice.contains("不能使用") && !notice.contains("没有找到台账"), "{notice}");
}
