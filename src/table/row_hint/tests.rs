//! What rows look like by themselves, each beside a neighbour that looks otherwise.

use super::super::fixture::ask;
use super::*;

/// The hint for the last row of a drawing under the heading in its first: the letter of its class (R record, `.` blank,
/// S section, T total, I instruction, F footer, H heading, N numbers), behind `?` if it depends on the others, `E` for an
/// example and `1` for a single cell.
fn hint(heading: &str, row: &str, fresh: bool, wide: bool) -> String {
    ask(&format!("{heading}\n{row}"), |finder, rows| {
        let heading = finder.frame(0).expect("a heading");
        let (left, right) = (heading.area.left, heading.area.right);
        let serial = heading.columns.iter().find(|c| c.field.is_some_and(|field| finder.lexicon.is_serial(field)));
        let serial = serial.map(|c| c.col);
        let body = Body::new(heading, Vec::new(), finder.texts);
        let row = rows.last().expect("a row");
        let mut spans = Spans::new(&finder.sheet.merges, left, right);
        spans.go(row.index);
        let letter = |what: Furniture| match what {
            Furniture::Section => "S",
            Furniture::Subtotal => "T",
            Furniture::Instruction => "I",
            Furniture::Footer => "F",
            Furniture::Heading => "H",
            Furniture::Numbering => "N",
        };
        match body.hint(row, fresh, serial, &spans, wide) {
            RowHint::Is(RowClass::Data) => "R".into(),
            RowHint::Is(RowClass::Blank) => ".".into(),
            RowHint::Is(RowClass::Furniture(what)) => letter(what).into(),
            RowHint::Perhaps(what) => format!("?{}", letter(what)),
            RowHint::Example => "E".into(),
            RowHint::Lone => "1".into(),
        }
    })
}

/// Five columns, four, three and two.
const FIVE: &str = "序号 | 工作任务 | 完成情况 | 备注 | 数量";
const FOUR: &str = "序号 | 工作任务 | 完成情况 | 备注";
const THREE: &str = "序号 | 工作任务 | 完成情况";
const TWO: &str = "工作任务 | 完成情况";

fn check(heading: &str, fresh: bool, wide: bool, rows: &[(&str, &str)]) {
    let seen = |row: &str| hint(heading, row, fresh, wide);
    let wrong: Vec<String> = rows
        .iter()
        .filter(|(row, expected)| seen(row) != *expected)
        .map(|(row, expected)| format!("{row}: {} instead of {expected}", seen(row)))
        .collect();
    assert!(wrong.is_empty(), "{heading}\n{}", wrong.join("\n"));
}

#[test]
fn records_and_blank_rows() {
    check(
        FIVE,
        false,
        false,
        &[
            ("1 | 甲 | 已完成", "R"),
            ("1 | 2 | 3", "R"),
            ("1", "."),
            ("'一", "."),
            ("一二三四五六七八九十甲乙", "."),
            ("一二三四五六七八九十甲乙丙", "1"),
            ("一、组织", "S"),
            ("注：甲", "I"),
            (" | 3", "1"),
            (" | 甲", "1"),
            ("序号 | 工作任务 | 完成情况 | 备注 | 数量", "H"),
        ],
    );
    check(FIVE, false, true, &[("1", "1"), ("甲", "S"), ("联系电话", "F"), ("甲 | 乙", "R")]);
    check(THREE, false, false, &[(" | 甲", "1"), (" | 3", "1")]);
    check(TWO, false, false, &[("甲", "R"), ("3", "R"), (" | 甲", "R")]);
}

#[test]
fn totals() {
    check(
        FIVE,
        false,
        false,
        &[
            ("合计 | | | | 3", "T"),
            (" | 合计 | | | 3", "T"),
            ("1 | 合计 | | | 3", "T"),
            ("1 | 甲 | 合计 | | 3", "T"),
            ("1 | 甲 | 乙 | 合计 | 3", "R"),
            ("甲 | 乙 | 丙 | 合计 | 3", "R"),
            ("total | | | | 3", "T"),
            ("汇总 | | | | 3", "T"),
            ("汇总 | | 甲", "R"),
            ("1 | 汇总 | | | 3", "R"),
            ("本月累计 | | | | 3", "T"),
            ("累计完成 | | | | 3", "R"),
        ],
    );
}

#[test]
fn lines_in_the_place_of_records() {
    check(
        FIVE,
        false,
        false,
        &[
            ("填表人：王某 | | 审核人：李某", "F"),
            ("联系电话 | 1", "?F"),
            ("联系电话 | 1 | 2 | 3", "R"),
            ("第1页共3页", "F"),
            ("第1页共3页 | 甲", "R"),
            ("例 | 甲 | 乙", "E"),
            ("（示例）甲 | 乙", "E"),
            ("1 | （示例）甲", "E"),
            ("注：甲 | 乙 | 丙", "I"),
            ("注：甲 | 乙 | 丙 | 丁 | 戊", "R"),
        ],
    );
    check(
        FOUR,
        false,
        false,
        &[("联系电话 | 1", "R"), ("填表人：王某 | 1", "F"), ("注：甲 | 乙 | 丙", "I"), ("注：甲 | 乙 | 丙 | 丁", "R")],
    );
}

#[test]
fn sections() {
    check(
        FOUR,
        false,
        false,
        &[
            (" | 一、组织", "S"),
            (" | 一、组织 | 甲", "R"),
            ("一 | 甲", "?S"),
            ("一 | 甲 | 乙", "?S"),
            ("一 | 甲 | 乙 | 丙", "R"),
            ("第二阶段 | 优化核心流程，逐步扩大试点范围 | 根据运行情况逐步放开各个品类", "R"),
            ("第二阶段 | 优化核心流程，逐步扩大试点范围 | 逐步放开", "?S"),
            ("1 | 甲", "R"),
        ],
    );
    check(THREE, false, false, &[("一 | 甲", "R"), (" | 一、组织", "S")]);
    // What stands beside a cell merged down from above is a record.
    check(
        FOUR,
        false,
        false,
        &[("1 | 甲 | 乙 | 丙\n | 一、组织 | | ^", "1"), ("1 | 甲 | 乙 | 丙\n一 | 甲 | | ^", "R")],
    );
}

#[test]
fn directly_under_the_heading() {
    let rows = [
        ("1 | 2 | 3 | 4 | 5", "N"),
        ("'1 | '2 | '3", "N"),
        ("(1) | (2) | (3)", "N"),
        ("第1栏 | 第2栏 | 第3栏", "N"),
        ("甲 | 乙 | 1 | 2 | 3=1+2", "N"),
        ("1 | 2", "R"),
        ("1 | 2 | 4", "R"),
        ("1 | 甲 | 2 | 3", "N"),
        ("甲 | 乙 | 丙", "R"),
        ("甲 | 乙 | 丙 | 丁 | 戊", "N"),
        ("A | B | C | D | E", "N"),
        ("一 | 二 | 三 | 四 | 五", "N"),
        ("甲 | 乙 | 丙 | 丁 | 甲", "R"),
        ("甲 | 乙 | 1 | 2 | 3", "N"),
        ("甲 | 乙 | 1", "R"),
        ("(填写) | (填写)", "E"),
        ("(填写)", "."),
        ("(填写) | 甲", "R"),
    ];
    check(FIVE, true, false, &rows);
    let later: Vec<(&str, &str)> = vec![("1 | 2 | 3 | 4 | 5", "R"), ("(填写) | (填写)", "R")];
    check(FIVE, false, false, &later);
}

#[test]
fn ways_to_fill_in_a_row_begin_with_few_words() {
    for (row, seen) in [
        ("手填 | 手填 | 手填 | 某子 | 某丑", "E"),
        ("手填 | 手填 | 某寅 | 某子 | 某丑", "R"),
        ("由系统自动生成 | 自动生成 | 自动生成 | 自动生成 | 自动生成", "R"),
        ("系统自动生成 | 自动生成 | 自动生成 | 自动生成 | 自动生成", "E"),
    ] {
        assert_eq!(hint(FIVE, row, false, false), seen, "{row}");
    }
}
