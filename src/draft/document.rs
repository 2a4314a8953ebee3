//! A plan as paragraphs and tables in reading order, whatever the file format.

use serde::{Deserialize, Serialize};

use crate::basis::place::Area;

/// The most cells of a table (rows times columns); a larger one is cut. No plan written by people reaches this.
const MAX_CELLS: usize = 200_000;

/// A plan document.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Document {
    /// Its paragraphs and tables, in reading order. Paragraphs are trimmed, but for the tabs of a table written as text, and
    /// never empty.
    pub blocks: Vec<Block>,
}

/// A part of a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Block {
    /// A paragraph, with its number where it has one.
    Paragraph(String),
    /// A table.
    Table(Table),
}

/// A table as a full grid: every row has the same number of cells.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Table {
    /// Its rows from the top.
    pub rows: Vec<Vec<Cell>>,
    /// For each row whether its cells were placed by their content; may be shorter than the rows.
    pub guessed: Vec<bool>,
}

/// A cell of a table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cell {
    /// Its text; a merged cell has the same text everywhere it covers.
    pub text: String,
    /// Whether it belongs to a cell that begins above it.
    pub from_above: bool,
    /// Whether it belongs to a cell that begins left of it.
    pub from_left: bool,
}

/// A position in a document.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Spot {
    /// Number of the table from 1; 0 outside of tables.
    pub table: u32,
    /// Number of the paragraph outside of tables, or of the table's row, from 1.
    pub line: u32,
}

impl Spot {
    /// The position in words: 第12段, 表1第3行.
    pub fn shown(self) -> String {
        if self.table == 0 { format!("第{}段", self.line) } else { format!("表{}第{}行", self.table, self.line) }
    }
}

impl Document {
    /// Adds a paragraph. Each of its lines becomes a paragraph; blank lines are left out.
    pub fn paragraph(&mut self, text: &str) {
        for line in text.split(['\n', '\r', '\u{b}', '\u{c}', '\u{85}', '\u{2028}']).map(clean) {
            if !line.is_empty() {
                self.blocks.push(Block::Paragraph(line));
            }
        }
    }

    /// Adds a table of cells with the areas they cover. One without rows is left out.
    ///
    /// A single column is a frame around paragraphs, not a table.
    pub fn table(&mut self, cells: impl IntoIterator<Item = (Area, String)>) {
        let cells: Vec<(Area, String)> = cells.into_iter().collect();
        if cells.iter().all(|(area, _)| area.right == 0) {
            for (_, text) in cells {
                self.paragraph(&text);
            }
            return;
        }
        let table = Table::of(cells);
        if !table.rows.is_empty() {
            self.blocks.push(Block::Table(table));
        }
    }
}

/// A text without invisible characters and without space around it; wide spaces inside stay, because they separate labels.
fn clean(text: &str) -> String {
    let visible =
        |c: &char| !matches!(c, '\u{200b}'..='\u{200f}' | '\u{feff}' | '\u{ad}') && (*c == '\t' || !c.is_control());
    let mut text: String = text.chars().filter(visible).map(|c| if c == '\u{a0}' { ' ' } else { c }).collect();
    // One blank says what several say, and web pages keep only one.
    while text.contains("  ") {
        text = text.replace("  ", " ");
    }
    // A tab at an end is an empty cell.
    without_bullet(text.trim_start_matches([' ', '\u{3000}']).trim_end_matches([' ', '\u{3000}'])).to_owned()
}

/// A line without its bullet: Word keeps bullets out of the text, plain text and web pages have them in it.
fn without_bullet(text: &str) -> &str {
    const BULLETS: &[char] =
        &['—', '–', '-', '●', '■', '◆', '◇', '▲', '△', '★', '☆', '•', '·', '※', '➢', '◎', '▪', '►'];
    let bare = text.trim_start_matches(BULLETS);
    let rest = bare.trim_start_matches([' ', '\u{3000}', '\t']);
    // — before the first of several tabs is a cell.
    let cell = bare.starts_with('\t') && rest.contains('\t');
    if bare.len() == text.len() || cell {
        return text;
    }
    let words = rest.starts_with(|c| ('\u{4e00}'..='\u{9fff}').contains(&c) || matches!(c, '“' | '《' | '【' | '（'));
    if words { rest } else { text }
}

impl Table {
    /// Lays cells out over the areas they cover; rows and columns count from 0.
    fn of(cells: impl IntoIterator<Item = (Area, String)>) -> Table {
        let cells: Vec<(Area, String)> = cells.into_iter().collect();
        let columns = cells.iter().map(|(area, _)| area.right as usize + 1).max().unwrap_or(0);
        let rows = cells.iter().map(|(area, _)| area.bottom as usize + 1).max().unwrap_or(0);
        let rows = rows.min(MAX_CELLS / columns.max(1));
        let mut grid = vec![vec![Cell::default(); columns]; rows];
        for (area, text) in cells {
            for row in area.top..=area.bottom.min((rows as u32).saturating_sub(1)) {
                for col in area.left..=area.right {
                    if let Some(cell) = grid.get_mut(row as usize).and_then(|row| row.get_mut(col as usize)) {
                        *cell = Cell {
                            text: text.trim().to_owned(),
                            from_above: row > area.top,
                            from_left: col > area.left,
                        };
                    }
                }
            }
        }
        Table { rows: grid, guessed: Vec::new() }
    }

    /// A table of plain texts; short rows are padded.
    pub(super) fn of_texts(rows: Vec<Vec<String>>) -> Table {
        let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
        let cell = |text: String| Cell { text: text.trim().to_owned(), ..Cell::default() };
        let full = |row: Vec<String>| {
            let mut row: Vec<Cell> = row.into_iter().map(cell).collect();
            row.resize(columns, Cell::default());
            row
        };
        Table { rows: rows.into_iter().map(full).collect(), guessed: Vec::new() }
    }
}

#[cfg(test)]
impl Document {
    /// The document as tests show it: a line for each paragraph and each row, `|` between cells, `/` for a line break.
    pub(super) fn lines(&self) -> Vec<String> {
        let row = |row: &Vec<Cell>| row.iter().map(|cell| cell.text.replace('\n', "/")).collect::<Vec<_>>().join("|");
        let lines = |block: &Block| match block {
            Block::Paragraph(text) => vec![text.clone()],
            Block::Table(table) => table.rows.iter().map(row).collect(),
        };
        self.blocks.iter().flat_map(lines).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn merged_cells_say_the_same_wherever_they_reach() {
        let area = |top, left, bottom, right| Area { top, left, bottom, right };
        let mut document = Document::default();
        document.table([(area(0, 0, 1, 0), "类别".to_owned()), (area(0, 1, 0, 2), " 任务 ".to_owned())]);
        let Block::Table(table) = &document.blocks[0] else { panic!("a table") };
        assert_eq!(document.lines(), ["类别|任务|任务", "类别||"]);
        assert!(table.rows[1][0].from_above && table.rows[0][2].from_left && !table.rows[0][1].from_left);
    }

    #[test]
    fn absurd_spans_are_cut() {
        let mut document = Document::default();
        document.table([(Area { top: 0, left: 0, bottom: 4_000_000, right: 50_000 }, "大".to_owned())]);
        let Block::Table(table) = &document.blocks[0] else { panic!("a table") };
        assert!(table.rows.len() * table.rows[0].len() <= MAX_CELLS);
    }

    #[test]
    fn paragraphs_lose_what_nobody_sees() {
        let mut document = Document::default();
        document.paragraph("\u{3000}\u{3000}一、总体要求 \n\n\u{200b}（一）目标");
        let expected = ["一、总体要求", "（一）目标"].map(|text| Block::Paragraph(text.to_owned()));
        assert_eq!(document.blocks, expected);
    }
}
