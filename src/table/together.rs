//! Columns that say one thing together: a mark under one of several states, a day in parts, the first and the last day,
//! kinds of evidence.

use super::columns::by_group;
use super::shape::{Column, RowClass, Table, Together};
use super::shown::{is_blank, shown};
use super::{FieldId, Lexicon};
use crate::basis::place::Area;
use crate::basis::pool::Texts;
use crate::basis::text::{fold, heading_key};
use crate::read::{Raw, Row, Sheet};

/// So many rows are looked at.
const ROWS: usize = 200;

/// Headings of the first and of the last day.
const FIRST: &[&str] = &["起", "自", "始", "起始", "开始", "起止/起", "从"];
const LAST: &[&str] = &["止", "至", "终", "终止", "结束", "截止", "到"];

/// Makes one column of each such group of neighbours: `is_state` tells a state from other headings, `day` is the field
/// of days.
pub fn join(
    table: &mut Table,
    sheet: &Sheet,
    texts: &Texts,
    lexicon: &dyn Lexicon,
    is_state: impl Fn(&str) -> bool,
    day: FieldId,
) {
    let mut at = 0;
    while at < table.columns.len() {
        let rest = &table.columns[at..];
        let found = states(rest, table, sheet, texts, lexicon, &is_state);
        let found = found.or_else(|| days(rest, table, lexicon, day));
        let found = found.or_else(|| kinds(rest, table, sheet, texts, lexicon));
        if let Some((column, count)) = found {
            table.columns.splice(at..at + count, [column]);
        }
        at += 1;
    }
}

fn leaf(column: &Column) -> String {
    heading_key(column.heading.rsplit('/').next().unwrap_or(&column.heading))
}

/// The field of the heading over a group: 完成时间 over 年 月 日.
fn group(column: &Column, lexicon: &dyn Lexicon) -> Option<FieldId> {
    let (above, _) = column.heading.rsplit_once('/')?;
    above.rsplit('/').find_map(|part| lexicon.field(&heading_key(part)))
}

/// The column that these make up.
fn one(of: &[Column], field: FieldId, together: Together) -> Column {
    let (first, last) = (&of[0], &of[of.len() - 1]);
    let above = first.heading.rsplit_once('/').map_or("", |(above, _)| above);
    let leaves: Vec<&str> = of.iter().map(|c| c.heading.rsplit('/').next().unwrap_or(&c.heading)).collect();
    let heading = if above.is_empty() { leaves.join("、") } else { format!("{above}（{}）", leaves.join("、")) };
    let area = Area { top: first.area.top.min(last.area.top), right: last.area.right, ..first.area };
    Column { heading, field: Some(field), also: None, unit: None, area, together: Some(together), ..first.clone() }
}

fn parts(of: &[Column]) -> Vec<(u32, String)> {
    of.iter().map(|c| (c.col, c.heading.rsplit('/').next().unwrap_or(&c.heading).trim().to_owned())).collect()
}

/// Two states or more side by side, under which nothing but marks stands.
fn states(
    rest: &[Column],
    table: &Table,
    sheet: &Sheet,
    texts: &Texts,
    lexicon: &dyn Lexicon,
    is_state: &impl Fn(&str) -> bool,
) -> Option<(Column, usize)> {
    let field = lexicon.field("完成情况")?;
    let rows = || table.rows.iter().filter(|row| row.1 == RowClass::Data).take(ROWS);
    let filled = |of: usize| {
        let cells = rows().flat_map(move |row| rest[..of].iter().map(|c| sheet.grid.get(row.0, c.col)));
        cells.filter(|raw| !is_blank(*raw, texts))
    };
    let holds_marks = |of: usize| filled(of).all(|raw| is_mark(raw, texts) != Mark::No);
    // told at the first cell of most columns, and much sooner than whether a heading is a state
    if rest.len() < 2 || !holds_marks(2) {
        return None;
    }
    let count = rest.iter().take_while(|column| is_state(&leaf(column))).count();
    let others = |column: &Column| column.field == Some(field) && !rest[..count].contains(column);
    if count < 2 || table.columns.iter().any(others) {
        return None;
    }
    let marks = filled(count).next().is_some() && holds_marks(count);
    marks.then(|| (one(&rest[..count], field, Together::Marks(parts(&rest[..count]))), count))
}

/// 年 月 日 and 起 止 side by side.
fn days(rest: &[Column], table: &Table, lexicon: &dyn Lexicon, day: FieldId) -> Option<(Column, usize)> {
    let leaves: Vec<String> = rest.iter().take(3).map(leaf).collect();
    let names: Vec<&str> = leaves.iter().map(String::as_str).collect();
    let count = match names[..] {
        ["年", "月", "日"] => 3,
        ["月", "日", ..] | ["年", "月", ..] => 2,
        [first, last, ..] if FIRST.contains(&first) && LAST.contains(&last) => 2,
        _ => return None,
    };
    if by_group(&rest[count - 1].heading, lexicon).is_some() {
        return None;
    }
    let free = |field: &FieldId| rest[..count].iter().any(|c| c.field == Some(*field)) || !has(table, *field);
    let field = group(&rest[0], lexicon).or(Some(day)).filter(free)?;
    let parts = parts(&rest[..count]);
    let spans = FIRST.contains(&names[0]);
    let together = if spans { Together::Span(parts) } else { Together::Day(parts) };
    Some((one(&rest[..count], field, together), count))
}

/// Endings of headings for kinds of evidence.
const KINDS: &[&str] = &[
    "通知", "文件", "方案", "计划", "照片", "图片", "影像", "视频", "截图", "总结", "小结", "报告", "信息", "简报",
    "记录", "台账", "签到", "签到表", "名单", "纪要", "制度", "合同", "发票",
];

/// Two kinds of evidence or more side by side under 佐证材料, where each cell says whether it is there, or how many.
fn kinds(
    rest: &[Column],
    table: &Table,
    sheet: &Sheet,
    texts: &Texts,
    lexicon: &dyn Lexicon,
) -> Option<(Column, usize)> {
    let (first, _) = rest.first()?.heading.rsplit_once('/')?;
    let same = |column: &Column| column.heading.rsplit_once('/').is_some_and(|(above, _)| above == first);
    let is_kind = |column: &Column| KINDS.iter().any(|kind| leaf(column).ends_with(kind));
    let count = rest.iter().take_while(|column| same(column) && is_kind(column)).count();
    let of = &rest[..count];
    let field = lexicon.field("佐证材料").filter(|field| count >= 2 && group(&rest[0], lexicon) == Some(*field))?;
    let others = |column: &&Column| column.field == Some(field) && !of.contains(column);
    if rest.get(count).is_some_and(same) || table.columns.iter().any(|column| others(&column)) {
        return None;
    }
    let rows = table.rows.iter().filter(|row| row.1 == RowClass::Data).take(ROWS);
    let mut cells = rows.flat_map(|row| of.iter().map(|c| shown(sheet.grid.get(row.0, c.col), texts)));
    cells.all(|text| has_kind(&text).is_some()).then(|| (one(of, field, Together::Kinds(parts(of))), count))
}

/// Whether a cell below a kind of evidence says that it is there, by a mark or an amount (√, 有, 5张); none of other words.
fn has_kind(text: &str) -> Option<bool> {
    let folded = fold(text);
    let amount = folded.trim_start_matches(|c: char| c.is_ascii_digit() || "一二两三四五六七八九十".contains(c));
    match mark(&folded) {
        _ if folded.is_empty() => Some(false),
        Mark::Set => Some(true),
        Mark::Unset => Some(false),
        Mark::No if ["有", "已有", "已附", "附", "已提供", "齐全"].contains(&&*folded) => Some(true),
        Mark::No if ["没有", "未提供", "缺"].contains(&&*folded) => Some(false),
        Mark::No => (amount.len() < folded.len() && amount.chars().count() <= 1).then_some(true),
    }
}

fn has(table: &Table, field: FieldId) -> bool {
    table.columns.iter().any(|column| column.field == Some(field))
}

/// Whether a cell is marked.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Mark {
    Set,
    /// A sign that says no: ×, 否, a dash.
    Unset,
    /// Anything else.
    No,
}

fn is_mark(raw: Raw, texts: &Texts) -> Mark {
    mark(&fold(&shown(raw, texts)))
}

fn mark(folded: &str) -> Mark {
    match folded {
        "√" | "✓" | "✔" | "☑" | "■" | "●" | "▲" | "★" | "1" | "是" | "v" | "y" | "*" | "〇" | "○" | "对" => {
            Mark::Set
        }
        "×" | "否" | "0" | "/" | "-" | "—" | "□" | "无" | "x" | "n" => Mark::Unset,
        _ => Mark::No,
    }
}

impl Together {
    /// What the cells of a row say together; empty where they say nothing.
    pub fn text(&self, row: &Row, texts: &Texts) -> String {
        let cell = |col: &u32| shown(row.get(*col), texts).into_owned();
        match self {
            Together::Marks(of) => {
                let marked = of.iter().filter(|(col, _)| is_mark(row.get(*col), texts) == Mark::Set);
                marked.map(|(_, state)| state.as_str()).collect::<Vec<_>>().join("、")
            }
            Together::Day(of) => {
                let filled = of.iter().map(|(col, name)| (cell(col), name)).filter(|(text, _)| !text.is_empty());
                filled.map(|(text, name)| if text.ends_with(name.as_str()) { text } else { text + name }).collect()
            }
            Together::Span(of) => {
                let mut days: Vec<String> =
                    of.iter().map(|(col, _)| cell(col)).filter(|text| !text.is_empty()).collect();
                days.dedup();
                days.join("至")
            }
            Together::Kinds(of) => {
                let there = of.iter().map(|(col, kind)| (cell(col), kind));
                let there = there.filter(|(text, _)| has_kind(text) == Some(true));
                // 5张 below 照片 is 照片5张
                let amount = |text: &str| mark(&fold(text)) == Mark::No && text.contains(|c: char| c.is_ascii_digit());
                let told = there.map(|(text, kind)| if amount(&text) { format!("{kind}{text}") } else { kind.clone() });
                told.collect::<Vec<_>>().join("、")
            }
        }
    }
}

#[cfg(test)]
mod tests;
