//! Reads 人工认定.xlsx: the lines of the sheet 待认定, whatever the order of its columns.

use serde::{Deserialize, Serialize};

use crate::basis::Renumbered;
use crate::basis::place::{Area, Place, SourceId};
use crate::basis::text::heading_key;
use crate::read::{Raw, Workbook};
use crate::table::shown;

/// The workbook's name.
pub const FILE: &str = "人工认定.xlsx";
/// The file for new doubts while the workbook is open elsewhere or cannot be rewritten.
pub const BESIDE: &str = "待认定.xlsx";
/// The name of the sheet.
pub const SHEET: &str = "待认定";
/// The most rows searched for the heading.
const ABOVE: usize = 20;

/// The columns, in the order in which the program writes them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Field {
    /// 编号.
    Id,
    /// 类别.
    Kind,
    /// 单位.
    Unit,
    /// 文件.
    File,
    /// 位置.
    Place,
    /// 原文.
    Text,
    /// 候选.
    Candidates,
    /// 认定.
    Choice,
    /// 认定为.
    Target,
    /// 范围.
    Reach,
    /// 认定人.
    By,
    /// 日期.
    On,
    /// 理由.
    Reason,
    /// 有效至.
    Until,
    /// 状态.
    State,
    /// 报告期: the window in which the doubt arose.
    Window,
}

impl Field {
    /// All of them.
    pub const ALL: [Field; 16] = [
        Field::Id,
        Field::Kind,
        Field::Unit,
        Field::File,
        Field::Place,
        Field::Text,
        Field::Candidates,
        Field::Choice,
        Field::Target,
        Field::Reach,
        Field::By,
        Field::On,
        Field::Reason,
        Field::Until,
        Field::State,
        Field::Window,
    ];

    /// Its heading, in Chinese and in English.
    pub fn headings(self) -> (&'static str, &'static str) {
        match self {
            Field::Id => ("编号", "number"),
            Field::Kind => ("类别", "kind"),
            Field::Unit => ("单位", "unit"),
            Field::File => ("文件", "file"),
            Field::Place => ("位置", "place"),
            Field::Text => ("原文", "as written"),
            Field::Candidates => ("候选", "candidates"),
            Field::Choice => ("认定", "ruling"),
            Field::Target => ("认定为", "ruled as"),
            Field::Reach => ("范围", "reach"),
            Field::By => ("认定人", "ruled by"),
            Field::On => ("日期", "date"),
            Field::Reason => ("理由", "reason"),
            Field::Until => ("有效至", "valid until"),
            Field::State => ("状态", "state"),
            Field::Window => ("报告期", "window"),
        }
    }

    /// Whether a person fills it in.
    fn is_a_persons(self) -> bool {
        (Field::Choice..=Field::Until).contains(&self)
    }

    fn of(heading: &str) -> Option<Field> {
        let key = heading_key(heading);
        let is = |field: &Field| {
            let (zh, en) = field.headings();
            heading_key(zh) == key || heading_key(en) == key
        };
        Field::ALL.into_iter().find(is)
    }
}

/// The sheet 待认定 of a workbook.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Written {
    /// The file: [`FILE`] or [`BESIDE`].
    pub file: String,
    /// The sheet's name.
    pub sheet: String,
    /// Its position in the workbook.
    pub position: u16,
    /// The row of the heading, 0-based.
    pub heading: u32,
    /// The position of each column, 0-based.
    pub columns: Vec<(Field, u32)>,
    /// The lines, from top to bottom.
    pub lines: Vec<Line>,
    /// The last non-empty row, 0-based.
    #[serde(skip)]
    pub last: u32,
    /// The hash of the workbook as read; no input of a run.
    #[serde(skip)]
    pub hash: String,
}

/// A line with its cells as displayed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// 0-based row.
    pub row: u32,
    /// 编号; 0 if it has none yet.
    pub id: u32,
    /// The other cells.
    pub cells: Vec<(Field, String)>,
    /// What became of the codes of tasks since the line was first obeyed.
    #[serde(default)]
    pub renumbered: Renumbered,
    /// The cells that the program wrote; no input of a run.
    #[serde(skip)]
    pub standing: Standing,
}

/// The cells of a line that the program writes, as they are in the workbook.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Standing {
    /// 编号; 0 if there is none.
    pub id: u32,
    /// 状态.
    pub state: String,
    /// Whether the line names its window.
    pub window: bool,
}

impl Line {
    /// The text in a column; empty if there is none.
    pub fn get(&self, field: Field) -> &str {
        self.cells.iter().find(|(known, _)| *known == field).map_or("", |(_, text)| text)
    }

    /// Puts a text into a column.
    pub fn set(&mut self, field: Field, text: impl Into<String>) {
        let text = text.into();
        match self.cells.iter_mut().find(|(known, _)| *known == field) {
            Some((_, known)) => *known = text,
            None => self.cells.push((field, text)),
        }
    }

    /// What is ruled on what, in the words of the line.
    pub fn words(&self) -> String {
        [Field::Text, Field::Choice, Field::Target].map(|field| self.get(field)).join("|")
    }

    /// Whether the line has a ruling. A line without one is no input of a run.
    pub fn is_ruled(&self) -> bool {
        !self.get(Field::Choice).is_empty()
    }
}

impl Written {
    /// Reads the sheet; none if no sheet has the headings 类别, 原文 and 认定.
    pub fn read(book: &Workbook, file: &str) -> Option<Written> {
        let named = |sheet: &&(usize, &crate::read::Sheet)| sheet.1.name.trim() == SHEET;
        let sheets: Vec<_> = book.sheets.iter().enumerate().collect();
        let (first, rest): (Vec<_>, Vec<_>) = sheets.iter().partition(named);
        first.into_iter().chain(rest).find_map(|(at, sheet)| {
            let text = |raw: Raw| shown(raw, &book.texts).trim().to_owned();
            let rows = &sheet.grid.rows;
            let (nth, columns) = rows.iter().take(ABOVE).enumerate().find_map(|(nth, row)| {
                let mut columns: Vec<(Field, u32)> = Vec::new();
                for &(col, raw) in &row.cells {
                    if let Some(field) = Field::of(&text(raw)).filter(|field| columns.iter().all(|one| one.0 != *field))
                    {
                        columns.push((field, col));
                    }
                }
                let has = |wanted: Field| columns.iter().any(|(field, _)| *field == wanted);
                [Field::Kind, Field::Text, Field::Choice].into_iter().all(has).then_some((nth, columns))
            })?;
            // One cell over several lines, as for the same person and reason, stands for each of them.
            let merged = |row: u32, col: u32| {
                let area = sheet.merges.iter().find(|area| area.contains(row, col))?;
                rows.iter().find(|above| above.index == area.top).map(|above| above.get(area.left))
            };
            let lines = rows[nth + 1..].iter().filter_map(|row| {
                let mut line = Line { row: row.index, ..Line::default() };
                for &(field, col) in &columns {
                    let own = row.get(col);
                    let above = Some(own).filter(|raw| *raw == Raw::Empty && field.is_a_persons());
                    let text = text(above.and_then(|_| merged(row.index, col)).unwrap_or(own));
                    match field {
                        Field::Id => {
                            line.id = text.parse().unwrap_or(0);
                            line.standing.id = line.id;
                        }
                        // The program itself changes it.
                        Field::State => line.standing.state = text,
                        _ if text.is_empty() => {}
                        _ => line.cells.push((field, text)),
                    }
                }
                line.standing.window = !line.get(Field::Window).is_empty();
                line.cells.sort_by_key(|cell| cell.0);
                (line.id > 0 || !line.cells.is_empty()).then_some(line)
            });
            Some(Written {
                file: file.to_owned(),
                sheet: sheet.name.clone(),
                position: at as u16,
                heading: rows[nth].index,
                lines: lines.collect(),
                columns,
                last: rows.last().map_or(0, |row| row.index),
                hash: String::new(),
            })
        })
    }

    /// Where a line's cell stands; the heading's first column where there is no such column. `nth` tells which workbook
    /// of rulings this is.
    pub fn place(&self, nth: u16, row: u32, field: Field) -> Place {
        let col = self.columns.iter().find(|(known, _)| *known == field).or(self.columns.first());
        Place { source: SourceId::RULINGS, sheet: Some(nth), area: Some(Area::cell(row, col.map_or(0, |col| col.1))) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::basis::pool::Texts;
    use crate::read::{Format, Grid, Row, Sheet};

    fn book(drawing: &str) -> Workbook {
        let mut texts = Texts::default();
        let rows = drawing.trim().lines().enumerate().map(|(at, line)| {
            let cells =
                line.split('|').enumerate().map(|(col, cell)| (col as u32, Raw::Text(texts.intern(cell.trim()))));
            Row { index: at as u32, cells: cells.collect() }
        });
        let grid = Grid { rows: rows.collect() };
        Workbook {
            format: Format::Xlsx,
            sheets: vec![
                Sheet { name: "说明".into(), ..Sheet::default() },
                Sheet { name: "认定表".into(), grid, ..Sheet::default() },
            ],
            notices: Vec::new(),
            properties: std::collections::BTreeMap::new(),
            texts,
        }
    }

    #[test]
    fn a_merged_cell_stands_for_each_of_its_lines() {
        let mut book = book(
            "编号 | 类别 | 原文 | 认定 | 认定人 | 理由
             1 | 状态用语 | 尚可 | ① | 张某 | 电话问过
             2 | 状态用语 | 差不多 | ① | |
             3 | 状态用语 | 还行 | | |",
        );
        let area = |at: &str| crate::basis::place::Area::parse(at).expect("an area");
        book.sheets[1].merges = ["E2:E3", "F2:F3", "A2:A3"].map(area).to_vec();
        for row in &mut book.sheets[1].grid.rows {
            row.cells.retain(|(_, raw)| !shown(*raw, &book.texts).is_empty());
        }
        let lines = Written::read(&book, FILE).expect("a sheet").lines;
        let told: Vec<_> = lines.iter().map(|line| (line.id, line.get(Field::By), line.get(Field::Reason))).collect();
        assert_eq!(told, [(1, "张某", "电话问过"), (2, "张某", "电话问过"), (3, "", "")]);
    }

    #[test]
    fn columns_in_any_order_among_the_clerks_own() {
        let written = Written::read(
            &book(
                "本表由办公室填写
                 我的备注 | 认定 | 原文 | kind | 编号 | 理由 | 状态
                 问过了 | ① | 搞卫生 | 任务归属 | 3 | 与负责人核对 | 待认定
                  |  | 另一个 | 状态用语 | 4 | |
                 只是备注 | | | | | |
                  | 其他 | 自己加的 | 状态用语 | | |",
            ),
            FILE,
        )
        .expect("a sheet");
        let lines: Vec<_> =
            written.lines.iter().map(|line| (line.row, line.id, line.get(Field::Text), line.is_ruled())).collect();
        assert_eq!(lines, [(2, 3, "搞卫生", true), (3, 4, "另一个", false), (5, 0, "自己加的", true)]);
        assert_eq!(written.lines[0].get(Field::State), "", "the program's own");
        assert_eq!((written.position, written.heading), (1, 1));
        let place = written.place(0, 2, Field::Reason);
        assert_eq!(place.area.map(|area| area.to_string()).as_deref(), Some("F3"));
        assert!(Written::read(&book("编号 | 单位"), FILE).is_none());
    }
}
