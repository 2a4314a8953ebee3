//! Files written as text, and what is read from them, for tests.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::understand;
use super::{Attribution, FileReading, Ledger, Record, UnitFrom};
use crate::basis::calendar::Window;
use crate::basis::place::{Source, SourceId};
use crate::basis::settings::Settings;
use crate::division::{self, Context, Division};
use crate::read::{Format, Workbook};

/// A division with the usual difficulties: numbers that restart, an alias, a group, similar tasks, a repeated task.
const DIVISION: &str = "
任务编号 | 任务类别 | 工作任务 | 责任单位
1 | 一、宣传教育 | 整治所辖楼宇和广场的广告牌，按比例投放公益广告 | 综合管理科、后勤服务中心
2 | ^ | 清理楼宇内外附着广告，墙面不贴告示 | 综合管理科
1 | 二、责任目标 | 开展俭以养德全民节约行动，宣传节粮、节水、节电 | 管理一科
2 | ^ | 开展道德讲堂，学习宣传道德模范和身边好人 | 管理一科
3 | ^ | 组织志愿服务 | 综合管理科
1 | 三、驻村 | 组织志愿服务 | 后勤服务中心
=== 单位名录
单位名称 | 别名 | 分组
综合管理科 | 综合科 | 科室
后勤服务中心 | 后勤中心 | 中心
管理一科 | | 科室
";

pub(super) fn division() -> Division {
    division::fixture::division(DIVISION)
}

/// Reads a file with this name (below the inbox) and these drawn sheets (`=== name` before each), in August 2014.
pub(super) fn file(name: &str, drawing: &str) -> (Division, FileReading) {
    file_with(name, drawing, |_, _| {})
}

/// Like [`file`], but the workbook is changed first.
pub(super) fn file_with(
    name: &str,
    drawing: &str,
    change: impl FnOnce(&mut Workbook, &mut Source),
) -> (Division, FileReading) {
    file_under(&Settings::default(), name, drawing, change)
}

/// As [`file_with`], under these settings.
pub(super) fn file_under(
    settings: &Settings,
    name: &str,
    drawing: &str,
    change: impl FnOnce(&mut Workbook, &mut Source),
) -> (Division, FileReading) {
    let division = division();
    let reading = file_of(&division, settings, name, drawing, change);
    (division, reading)
}

/// As [`file_under`], for this division.
pub(super) fn file_of(
    division: &Division,
    settings: &Settings,
    name: &str,
    drawing: &str,
    change: impl FnOnce(&mut Workbook, &mut Source),
) -> FileReading {
    let mut book = division::fixture::workbook(drawing);
    let day = |d| NaiveDate::from_ymd_opt(2014, 8, d).expect("a day");
    let mut source = Source {
        id: SourceId(1),
        name: format!("收件/{name}"),
        hash: String::new(),
        received: day(31).and_hms_opt(10, 0, 0).expect("a time"),
        claim: None,
        size: 1,
    };
    change(&mut book, &mut source);
    let window = Window::containing(settings.cycle, day(31));
    let as_of = day(31).and_hms_opt(23, 59, 59).expect("a time");
    let cx = Context { settings, division, window, as_of };
    let reading = understand(Ok(book), &source, &cx);
    for ledger in &reading.ledgers {
        let counted = ledger.records.len() + ledger.rows_blank as usize + ledger.furniture.len();
        assert_eq!(ledger.rows_seen as usize, counted, "every row is counted once");
        assert!(ledger.records.iter().all(|record| record.cells.len() == ledger.columns.len()));
    }
    reading
}

/// An empty workbook.
pub(super) fn empty() -> Workbook {
    Workbook {
        format: Format::Xlsx,
        texts: crate::basis::pool::Texts::default(),
        sheets: Vec::new(),
        notices: Vec::new(),
        properties: BTreeMap::new(),
    }
}

/// Each record as `row unit[+also] task how`.
pub(super) fn records(division: &Division, reading: &FileReading) -> Vec<String> {
    reading.ledgers.iter().flat_map(|ledger| ledger.records.iter().map(|record| one(division, record))).collect()
}

fn one(division: &Division, record: &Record) -> String {
    let name = |unit| division.unit(unit).name.chars().take(2).collect::<String>();
    let mut units = record.unit.map_or("-".to_owned(), name);
    for &also in &record.also {
        units = format!("{units}+{}", name(also));
    }
    let task = record.task.map_or("-", |task| division.task(task).code.as_str());
    let by = match record.by {
        Attribution::Code => "code".to_owned(),
        Attribution::CodeAgainstText(other) => format!("code!{}", division.task(other).code),
        Attribution::Text => "text".to_owned(),
        Attribution::Likeness(_) => "like".to_owned(),
        Attribution::Around(from) => format!("{from:?}").to_lowercase(),
        Attribution::Stamp => "stamp".to_owned(),
        Attribution::Ruling(id) => format!("ruling{id}"),
        Attribution::None { .. } => "none".to_owned(),
    };
    format!("{} {units} {task} {by}", record.row + 1)
}

/// The unit that submits a ledger, and how it was found.
pub(super) fn sender(division: &Division, ledger: &Ledger) -> String {
    ledger.unit.map_or("-".to_owned(), |(unit, from)| {
        let from = match from {
            UnitFrom::Ruling(_) => "ruling",
            UnitFrom::Register => "register",
            UnitFrom::Sheet(_) => "sheet",
            UnitFrom::Stamp => "stamp",
            UnitFrom::FileName => "name",
            UnitFrom::Folder => "folder",
        };
        format!("{} {from}", division.unit(unit).name)
    })
}
