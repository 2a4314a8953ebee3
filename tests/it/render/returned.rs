//! 退回, 通知 and 工作报告 as a second reader sees them.

use std::io::{Cursor, Read};

use taizhang::obligation::State;
use taizhang::render::package::Package;

use super::fixture::{outcome, rendered};
use super::workbooks::seen;

/// A part of a zipped file, as text.
fn part(bytes: &[u8], name: &str) -> String {
    let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).expect("a zip");
    let mut text = String::new();
    zip.by_name(name).expect(name).read_to_string(&mut text).expect("text");
    text
}

/// The words of a docx.
pub(crate) fn words(bytes: &[u8]) -> String {
    let xml = part(bytes, "word/document.xml");
    let runs = xml.split("<w:t ").skip(1).filter_map(|run| run.split_once('>')?.1.split_once("</w:t>"));
    runs.map(|(text, _)| text).collect()
}

#[test]
fn a_returned_file_lists_its_faults_and_marks_them() {
    let files = rendered(&outcome());
    let returned: Vec<_> = files.keys().filter(|name| name.starts_with("退回/")).collect();
    // The second file has a hint only; nothing is to be mended in it.
    assert_eq!(returned, ["退回/综合科台账（最终版）(1).xlsx"]);
    let bytes = &files[returned[0]];
    let book = seen(bytes);
    assert_eq!(book.names, ["退回说明", "8月台账", "填表说明"]);
    let faults = book.table("退回说明", &["工作表", "单元格", "怎么改", "说明", "问题编号"]);
    let cells: Vec<_> = faults.iter().map(|row| format!("{} {}", row["问题代码"], row["单元格"])).collect();
    assert_eq!(cells, ["C102 D6", "D404 G6", "R201 B7"]);
    assert_eq!(faults[0]["说明"], "");
    assert!(part(bytes, "xl/comments1.xml").contains("应填日期"));
    let list = Package::open(bytes).and_then(|mut package| Ok(package.book()?.sheets[0].part.clone())).expect("a list");
    assert!(part(bytes, &list).contains("location=\"'8月台账'!D6\""));
    assert!(book.formulas.is_empty());
}

#[test]
fn each_unit_with_gaps_gets_a_notice_that_names_them() {
    let files = rendered(&outcome());
    let notices: Vec<_> = files.keys().filter(|name| name.starts_with("通知/")).collect();
    assert_eq!(
        notices,
        [
            "通知/汇总台账.docx", "通知/汇总台账.txt", "通知/综合科.docx", "通知/综合科.txt", "通知/车辆管理所.docx",
            "通知/车辆管理所.txt"
        ]
    );
    let text = words(&files["通知/车辆管理所.docx"]);
    for wanted in ["关于催报2014年8月工作台账的通知", "1-2", "2-1", "2-2", "2014年9月11日17时前", "回　执", "联络员甲"]
    {
        assert!(text.contains(wanted), "{wanted} is not in {text}");
    }
    // no label of a window, no day as programs write it, nobody called 该单位, no number without a mark
    for unwanted in ["1-1", "2014-0", "该单位", "今天", "〔"] {
        assert!(!text.contains(unwanted), "{unwanted} is in {text}");
    }
    let message = String::from_utf8(files["通知/车辆管理所.txt"].clone()).expect("text");
    for wanted in
        ["车辆管理所：2014年8月工作台账应于2014年9月5日17时前报送", "3项未报（1-2、2-1、2-2）", "2014年9月11日17时前"]
    {
        assert!(message.contains(wanted), "{wanted} is not in {message}");
    }
}

#[test]
fn the_office_signs_and_numbers_its_letters() {
    let mut outcome = outcome();
    outcome.settings.office = taizhang::basis::settings::Office {
        name: "市创建全国文明城市办公室".into(),
        document_mark: "市创建办".into(),
        contact: "联络员丁".into(),
        phone: "0000-7777".into(),
        seal_name: String::new(),
    };
    let files = rendered(&outcome);
    let letter = words(&files["通知/车辆管理所.docx"]);
    // the third of the roster, in August
    for wanted in ["市创建办催报〔2014〕8-3号", "市创建全国文明城市办公室", "（联系人：联络员丁；联系电话：0000-7777）"]
    {
        assert!(letter.contains(wanted), "{wanted} is not in {letter}");
    }
    let message = String::from_utf8(files["通知/车辆管理所.txt"].clone()).expect("text");
    assert!(message.contains("【市创建全国文明城市办公室】") && message.contains("联系电话：0000-7777"), "{message}");
    assert!(words(&files["工作报告.docx"]).ends_with("市创建全国文明城市办公室2014年9月8日"));
}

#[test]
fn a_long_notice_says_how_much_it_leaves_out() {
    let text = |missing: i64, soon: usize| {
        let mut outcome = outcome();
        let mut owed = outcome.obligations.all.iter().find(|owed| owed.state == State::Missing).expect("one").clone();
        outcome.obligations.all.retain(|other| other.unit != owed.unit);
        outcome.issues.retain(|issue| issue.finding.unit != Some(owed.unit));
        // Of one due time they would be one row.
        let due = owed.due;
        outcome.obligations.all.extend((0..missing).map(|minutes| {
            let mut owed = owed.clone();
            owed.due = due + chrono::TimeDelta::minutes(minutes);
            owed
        }));
        (owed.state, owed.due) = (State::NotDue, outcome.as_of + chrono::TimeDelta::days(1));
        let (name, soon) = (outcome.division.unit(owed.unit).name.clone(), std::iter::repeat_n(owed, soon));
        outcome.obligations.all.extend(soon);
        words(&rendered(&outcome)[&format!("通知/{name}.docx")])
    };
    let whole = text(200, 200);
    assert!(whole.contains("200") && !whole.contains("其余"), "{whole}");
    let cut = text(201, 203);
    assert!(cut.contains("其余1项") && cut.contains("其余3项"), "{cut}");
}

#[test]
fn the_work_report_counts_and_quotes() {
    let text = words(&rendered(&outcome())["工作报告.docx"]);
    for wanted in ["应报11项", "实报5项", "上报率45.5%", "设置公益广告12处", "参加166人次", "车辆管理所3项"]
    {
        assert!(text.contains(wanted), "{wanted} is not in {text}");
    }
}
