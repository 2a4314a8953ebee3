//! The readable source of a sample file: one line a row, cells between `|`, a few marks for what text cannot show.
//!
//! ```text
//! # a comment
//! sheet: 台账                     a sheet (`hidden sheet:` for a hidden one)
//! title: 综合科工作台账             a title over all columns
//! line: 填报单位：综合科            a line over all columns, without borders
//! plain: 填报人：甲 | < | 日期      cells without borders
//! head: 序号 | 工作任务 | 完成情况    a heading row
//! 1 | 公益广告 | 已完成             a row; `blank:` an empty one; `hidden: …` a hidden one
//! list: C4:C60 = 已完成、进行中      a drop-down
//! note: B3 = 填到日                a cell note
//! widths: 6 30 12                 column widths (else from the content)
//! form: 30                        so many empty rows with borders, to be filled in
//! freeze: 3                       rows that stay when scrolling
//! copy: 收件/甲.xlsx.txt           the whole file is that of another source
//! encoding: utf-8                 of a csv (else GBK, as Excel saves it)
//! ```
//!
//! Cells: `<` and `^` belong to the merged cell left or above; `12`, `1.5` and `85%` are numbers; `'12` is text;
//! `@2014-08-15` is a day, `@2014-08-15 [$-804]yyyy"年"m"月"` with a format, `@2014-08-15 #31` with a built-in one;
//! `=B4+B5 -> 7` a formula and its stored result (none: `=B4+B5 ->`); `\n` a line break, `\|` a bar.

use chrono::NaiveDate;

/// A file to build.
#[derive(Debug, Default)]
pub(crate) struct Source {
    pub(crate) sheets: Vec<Sheet>,
    /// Path of the source whose file this one repeats.
    pub(crate) copy: Option<String>,
    pub(crate) utf8: bool,
    /// Whether rows grow with what is written in them later.
    pub(crate) grows: bool,
}

/// A sheet of it.
#[derive(Debug, Default)]
pub(crate) struct Sheet {
    pub(crate) name: String,
    pub(crate) hidden: bool,
    pub(crate) rows: Vec<Row>,
    /// (A1 range, values)
    pub(crate) lists: Vec<(String, Vec<String>)>,
    /// (A1 cell, text)
    pub(crate) notes: Vec<(String, String)>,
    pub(crate) widths: Vec<f64>,
    pub(crate) freeze: u32,
}

/// How a row looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Look {
    Title,
    Line,
    Plain,
    Head,
    Body,
}

#[derive(Debug)]
pub(crate) struct Row {
    pub(crate) look: Look,
    pub(crate) hidden: bool,
    pub(crate) cells: Vec<Cell>,
}

/// What a cell holds.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Cell {
    Empty,
    Text(String),
    Number(f64),
    Percent(f64),
    Day(NaiveDate, Format),
    Formula(String, String),
    MergedLeft,
    MergedUp,
}

/// How a day is shown.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Format {
    Text(String),
    BuiltIn(u8),
}

impl Sheet {
    /// Columns of its widest row.
    pub(crate) fn columns(&self) -> usize {
        self.rows.iter().map(|row| row.cells.len()).max().unwrap_or(0)
    }
}

impl Source {
    /// Reads a source; panics with the line on a mistake, since sources are ours.
    pub(crate) fn parse(text: &str) -> Source {
        let mut source = Source::default();
        for (number, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
            if !line.starts_with('#') {
                source.line(line.trim()).unwrap_or_else(|| panic!("line {}: {line}", number + 1));
            }
        }
        source
    }

    fn line(&mut self, line: &str) -> Option<()> {
        let (key, rest) = line.split_once(':').map_or(("", line), |(key, rest)| (key, rest.trim()));
        match key {
            "copy" => self.copy = Some(rest.into()),
            "encoding" => self.utf8 = rest == "utf-8",
            "sheet" | "hidden sheet" => {
                self.sheets.push(Sheet { name: rest.into(), hidden: key == "hidden sheet", ..Sheet::default() });
            }
            _ => self.sheets.last_mut()?.line(key, rest, line)?,
        }
        Some(())
    }
}

impl Sheet {
    fn line(&mut self, key: &str, rest: &str, line: &str) -> Option<()> {
        let look = match key {
            "title" => Look::Title,
            "line" => Look::Line,
            "plain" => Look::Plain,
            "head" => Look::Head,
            "list" => {
                let (range, values) = rest.split_once('=')?;
                self.lists.push((range.trim().into(), values.split('、').map(|v| v.trim().into()).collect()));
                return Some(());
            }
            "note" => {
                let (cell, text) = rest.split_once('=')?;
                self.notes.push((cell.trim().into(), text.trim().into()));
                return Some(());
            }
            "widths" => {
                self.widths = rest.split_whitespace().map(|w| w.parse().ok()).collect::<Option<_>>()?;
                return Some(());
            }
            "form" => {
                let columns = self.columns();
                let row = || Row { look: Look::Body, hidden: false, cells: vec![Cell::Empty; columns] };
                self.rows.extend((0..rest.parse().ok()?).map(|_| row()));
                return Some(());
            }
            "freeze" => {
                self.freeze = rest.parse().ok()?;
                return Some(());
            }
            _ => Look::Body,
        };
        let text = match (look, key) {
            (Look::Body, "blank") => "",
            (Look::Body, "hidden") => rest,
            (Look::Body, _) => line,
            _ => rest,
        };
        let cells = split(text).iter().map(|cell| Cell::parse(cell)).collect::<Option<_>>()?;
        self.rows.push(Row { look, hidden: key == "hidden", cells });
        Some(())
    }
}

/// Cells of a line: between bars that are not escaped.
fn split(line: &str) -> Vec<String> {
    let kept = line.replace("\\|", "\u{0}").replace("\\n", "\n");
    kept.split('|').map(|cell| cell.trim_matches(' ').replace('\u{0}', "|")).collect()
}

impl Cell {
    fn parse(text: &str) -> Option<Cell> {
        Some(match text {
            "" => Cell::Empty,
            "<" => Cell::MergedLeft,
            "^" => Cell::MergedUp,
            _ if text.starts_with('\'') => Cell::Text(text[1..].into()),
            _ if text.starts_with('@') => {
                let (day, format) = text[1..].split_once(' ').unwrap_or((&text[1..], "yyyy-mm-dd"));
                let format = match format.strip_prefix('#') {
                    Some(number) => Format::BuiltIn(number.parse().ok()?),
                    None => Format::Text(format.into()),
                };
                Cell::Day(day.parse().ok()?, format)
            }
            _ if text.starts_with('=') => {
                let (formula, result) = text.split_once(" ->")?;
                Cell::Formula(formula.into(), result.trim().into())
            }
            _ => match (text.parse(), text.strip_suffix('%').map(str::parse::<f64>)) {
                (Ok(number), _) => Cell::Number(number),
                (_, Some(Ok(percent))) => Cell::Percent(percent / 100.0),
                _ => Cell::Text(text.into()),
            },
        })
    }

    /// The text that a csv carries.
    pub(crate) fn text(&self) -> String {
        match self {
            Cell::Empty | Cell::MergedLeft | Cell::MergedUp => String::new(),
            Cell::Text(text) => text.clone(),
            Cell::Number(number) => number.to_string(),
            Cell::Percent(rate) => format!("{}%", (rate * 1e6).round() / 1e4),
            Cell::Day(day, _) => day.format("%Y/%-m/%-d").to_string(),
            Cell::Formula(_, result) => result.clone(),
        }
    }
}
