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
        let mut made = 1;
        if let Some((columns, count)) = found {
            made = columns.len();
            table.columns.splice(at..at + count, columns);
        }
        at += made;
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

/// Two states or more side by side, under which nothing but marks stands, or one cell of each row is filled. What stands
/// there instead of a mark makes columns of its own: the day on which it was done, and the progress.
fn states(
    rest: &[Column],
    table: &Table,
    sheet: &Sheet,
    texts: &Texts,
    lexicon: &dyn Lexicon,
    is_state: &impl Fn(&str) -> bool,
) -> Option<(Vec<Column>, usize)> {
    let field = lexicon.field("完成情况")?;
    let rows = || table.rows.iter().filter(|row| row.1 == RowClass::Data).take(ROWS).map(|row| row.0);
    let cells = |of: usize, row: u32| {
        let cells = rest[..of].iter().map(move |c| (c, sheet.grid.get(row, c.col)));
        cells.filter(|cell| !is_blank(cell.1, texts))
    };
    let filled = |of: usize| rows().flat_map(move |row| cells(of, row));
    let holds_marks = |of: usize| filled(of).all(|(_, raw)| is_mark(raw, texts) != Mark::No);
    // told at the first cell of most columns, and much sooner than whether a heading is a state
    if rest.len() < 2 || !holds_marks(2) && !rest[..2].iter().all(names_state) {
        return None;
    }
    let others = |count: usize| {
        let other = |column: &Column| column.field == Some(field) && !rest[..count].contains(column);
        count < 2 || table.columns.iter().any(other) || filled(count).next().is_none()
    };
    let state = |count: usize| one(&rest[..count], field, Together::Marks(parts(&rest[..count])));
    let count = rest.iter().take_while(|column| is_state(&leaf(column))).count();
    if !others(count) && holds_marks(count) {
        return Some((vec![state(count)], count));
    }
    let count = rest[..count].iter().take_while(|column| names_state(column)).count();
    let says = |cell: &(&Column, Raw)| is_mark(cell.1, texts) != Mark::Unset;
    let apart = || rows().all(|row| cells(count, row).filter(says).count() <= 1);
    // 3 done, 2 open.
    let counts = || filled(count).any(|(_, raw)| is_mark(raw, texts) == Mark::No && is_count(raw, texts));
    if others(count) || !apart() || counts() {
        return None;
    }
    let of = &rest[..count];
    let beside = |name: &str, col: u32, together: Together| {
        let told = |row: u32| sheet.grid.row(row).is_some_and(|row| !together.text(row, texts).is_empty());
        let own = lexicon.field(name).filter(|own| !has(table, *own));
        rows().any(told).then(|| Column { col, field: own, ..one(of, field, together) })
    };
    let done: Vec<(u32, String)> = parts(of).into_iter().filter(|(_, state)| is_of_done(state)).collect();
    let day = done.first().and_then(|first| beside("完成日期", first.0, Together::DoneOn(done.clone())));
    let words = beside("进展", of[0].col, Together::Words(parts(of)));
    let extra = day.into_iter().chain(words);
    Some((std::iter::once(state(count)).chain(extra).collect(), count))
}

/// 年 月 日 and 起 止 side by side.
fn days(rest: &[Column], table: &Table, lexicon: &dyn Lexicon, day: FieldId) -> Option<(Vec<Column>, usize)> {
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
    Some((vec![one(&rest[..count], field, together)], count))
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
) -> Option<(Vec<Column>, usize)> {
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
    cells.all(|text| has_kind(&text).is_some()).then(|| (vec![one(of, field, Together::Kinds(parts(of)))], count))
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

/// Whether a heading that is no field reads as a state alone, so that words below it tell of a task in this state:
/// 未完成及原因, but not 完成率 or 推进措施.
fn names_state(column: &Column) -> bool {
    /// The most characters of such a heading.
    const LONGEST: usize = 8;
    const BEGINS: &[&str] = &[
        "已", "未", "正在", "尚未", "还未", "没有", "完成", "按时", "按期", "逾期", "超期", "部分", "基本", "办结",
        "落实", "推进中", "进行中", "整改中", "办理中", "实施中", "在办", "持续推进", "长期坚持",
    ];
    const OTHERS: &[&str] = &[
        "数", "率", "量", "比", "时间", "日期", "时限", "措施", "事项", "任务", "工作", "内容", "情况", "信息", "说明",
    ];
    let name = column.heading.rsplit('/').next().unwrap_or(&column.heading).trim();
    column.field.is_none()
        && column.unit.is_none()
        && BEGINS.iter().any(|begin| name.starts_with(begin))
        && !OTHERS.iter().any(|end| name.ends_with(end))
        && (!name.ends_with("原因") || name.contains(['及', '和', '、']))
        && name.chars().count() <= LONGEST
}

/// Whether a heading of states says that the work is done.
fn is_of_done(name: &str) -> bool {
    ["已", "完成", "按时", "按期", "办结"].iter().any(|begin| name.starts_with(begin))
}

fn is_count(raw: Raw, texts: &Texts) -> bool {
    shown(raw, texts).chars().all(|c| c.is_ascii_digit())
}

/// The day in a cell that holds nothing else, but for a tick: 8.20, √ 8月20日.
fn day_in(raw: Raw, texts: &Texts) -> Option<String> {
    let text = shown(raw, texts);
    let day = text.trim_matches(|c: char| c.is_whitespace() || "√✓✔".contains(c));
    let parts = day.split(|c: char| "年月日号.-/".contains(c)).filter(|part| !part.is_empty());
    let digits = |part: &str| part.chars().all(|c| c.is_ascii_digit());
    (parts.clone().count() >= 2 && parts.clone().all(digits)).then(|| day.to_owned())
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
                let says = |raw: Raw| !is_blank(raw, texts) && is_mark(raw, texts) != Mark::Unset;
                let marked = of.iter().filter(|(col, _)| says(row.get(*col)));
                // 60% below 已完成 is not done.
                let share = |col: &u32| Some(cell(col)).filter(|text| text.ends_with('%')).unwrap_or_default();
                marked.map(|(col, state)| state.clone() + &share(col)).collect::<Vec<_>>().join("、")
            }
            Together::DoneOn(of) => {
                let days = of.iter().filter_map(|(col, _)| day_in(row.get(*col), texts));
                days.collect::<Vec<_>>().join("、")
            }
            Together::Words(of) => {
                let words = |raw: Raw, state: &str| {
                    let other = !is_blank(raw, texts) && is_mark(raw, texts) == Mark::No;
                    other && !(is_of_done(state) && day_in(raw, texts).is_some())
                };
                let of = of.iter().filter(|(col, state)| words(row.get(*col), state));
                of.map(|(col, _)| cell(col)).collect::<Vec<_>>().join("、")
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
