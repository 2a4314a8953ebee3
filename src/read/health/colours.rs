//! Colours that say what no word says: blank cells that are filled one by one, or rows told apart by several colours.

use std::collections::{BTreeMap, BTreeSet};

use crate::basis::place::Area;
use crate::basis::pool::Texts;
use crate::read::grid::{Raw, Row, Sheet};

/// The least filled cells of a row that may be a heading.
const LEAST: usize = 3;

/// The areas in which only colour tells something, one for each column.
pub(super) fn as_states(sheet: &Sheet, texts: &Texts, fills: &BTreeMap<(u32, u32), u32>) -> Vec<Area> {
    let mut rows = sheet.grid.rows.iter().skip_while(|row| row.cells.len() < LEAST);
    let Some(heading) = rows.next() else { return Vec::new() };
    // Section rows, totals and notes have few cells or colours of their own.
    let is_data = |row: &&Row| row.cells.len() * 2 > heading.cells.len() && !is_total(row, texts);
    let rows: Vec<&Row> = rows.filter(is_data).collect();
    let mut found = Vec::new();
    for &(col, _) in &heading.cells {
        let fill = |row: &Row| fills.get(&(row.index, col)).copied();
        let is_blank = |row: &Row| row.get(col) == Raw::Empty;
        let all: BTreeSet<Option<u32>> = rows.iter().map(|row| fill(row)).collect();
        if all.len() < 2 {
            continue;
        }
        // The colour of a whole row says nothing of one blank cell.
        let of_row =
            |row: &Row| row.cells.iter().filter(|(col, _)| fills.get(&(row.index, *col)).copied() == fill(row)).count();
        let alone = |row: &&&Row| is_blank(row) && fill(row).is_some() && of_row(row) * 2 <= row.cells.len();
        let mut told: Vec<u32> = rows.iter().filter(alone).map(|row| row.index).collect();
        if told.is_empty()
            && all.iter().flatten().count() >= 2
            && !alternates(&rows, fill)
            && !is_said(&rows, texts, fill)
        {
            told = rows.iter().filter(|row| fill(row).is_some()).map(|row| row.index).collect();
        }
        if let (Some(first), Some(last)) = (told.first(), told.last()) {
            found.push(Area { top: *first, left: col, bottom: *last, right: col });
        }
    }
    found
}

/// Whether a row is a 合计 or 小计.
fn is_total(row: &Row, texts: &Texts) -> bool {
    row.cells.iter().take(LEAST).any(|(_, raw)| match raw {
        Raw::Text(text) => {
            let bare: String = texts.get(*text).split_whitespace().collect();
            ["合计", "小计", "总计", "共计"].iter().any(|word| bare.ends_with(word))
        }
        _ => false,
    })
}

/// Whether the rows take turns in two colours, as stripes do.
fn alternates(rows: &[&Row], fill: impl Fn(&Row) -> Option<u32>) -> bool {
    rows.windows(3).all(|three| fill(three[0]) == fill(three[2]))
}

/// Whether the words of some column say the same as the colours.
fn is_said(rows: &[&Row], texts: &Texts, fill: impl Fn(&Row) -> Option<u32>) -> bool {
    let cols: BTreeSet<u32> = rows.iter().flat_map(|row| row.cells.iter().map(|(col, _)| *col)).collect();
    cols.into_iter().any(|col| {
        let mut said: BTreeMap<&str, Option<u32>> = BTreeMap::new();
        let mut words = 0;
        let agrees = rows.iter().all(|row| match row.get(col) {
            Raw::Text(text) => {
                words += 1;
                *said.entry(texts.get(text)).or_insert_with(|| fill(row)) == fill(row)
            }
            // What has no word has no colour.
            _ => fill(row).is_none(),
        });
        // A column of words that are all different says nothing about colours.
        agrees && said.len() < words
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::Grid;

    /// One row a line, cells apart by `|`; `#r`, `#g`, `#y` behind a cell is its fill.
    fn seen(drawing: &str) -> Vec<String> {
        let (mut texts, mut fills) = (Texts::default(), BTreeMap::new());
        let rows = drawing.trim().lines().enumerate().map(|(index, line)| {
            let cells = line.split('|').enumerate().filter_map(|(col, cell)| {
                let (text, fill) = cell.trim().split_once('#').unwrap_or((cell.trim(), ""));
                if let Some(fill) = fill.chars().next() {
                    fills.insert((index as u32, col as u32), u32::from(fill));
                }
                (!text.is_empty()).then(|| (col as u32, Raw::Text(texts.intern(text.trim()))))
            });
            Row { index: index as u32, cells: cells.collect() }
        });
        let sheet = Sheet { grid: Grid { rows: rows.collect() }, ..Sheet::default() };
        as_states(&sheet, &texts, &fills).iter().map(ToString::to_string).collect()
    }

    #[test]
    fn a_blank_cell_with_a_colour_of_its_own_is_a_state() {
        assert_eq!(seen("编号#b|任务#b|情况#b\n1|甲|#g\n2|乙|#r\n3|丙|"), ["C2:C3"]);
        assert!(seen("编号#b|任务#b|情况#b\n1|甲|#y\n2|乙|#y\n3|丙|#y").is_empty(), "a column to be filled in");
        assert!(seen("编号#b|任务#b|情况#b\n1#y|甲#y|#y\n2|乙|\n3#y|丙#y|#y").is_empty(), "stripes");
    }

    #[test]
    fn colours_of_rows_count_where_no_word_says_the_same() {
        assert_eq!(seen("编号|任务|备注\n1|甲#g|无\n2|乙#r|无\n3|丙#g|无\n4|丁#g|无"), ["B2:B5"]);
        assert!(seen("编号|任务|情况\n1|甲|完成#g\n2|乙|没有#r\n3|丙|完成#g\n4|丁|完成#g").is_empty(), "said");
        assert!(seen("编号|任务|情况\n1|甲#g|完成\n2|乙#r|没有\n3|丙#g|完成\n4|丁#g|完成").is_empty(), "said beside");
        assert!(seen("编号|任务|备注\n1|甲#g|无\n2|乙#r|无\n3|丙#g|无\n4|丁#r|无").is_empty(), "stripes");
        assert!(seen("编号|任务|数\n一、甲类#g||\n1|甲|2\n2|乙|3\n合计#r||5#r").is_empty(), "sections and totals");
        assert!(seen("编号|任务|备注\n1|甲#y|无\n2|乙|无\n3|丙|无").is_empty(), "a highlighted cell");
        let narrow = "编号|任务|情况|备注\n1|甲#g\n2|乙#r\n3|丙#g\n4|丁#g";
        assert!(seen(narrow).is_empty(), "half of the heading's cells");
        assert_eq!(seen(&narrow.replace("#g", "#g|无").replace("#r", "#r|无")), ["B2:B5"]);
        assert_eq!(seen("题#r\n编号|任务|备注\n1|甲|#g\n2|乙|#r"), ["C3:C4"], "a title of one cell");
        assert_eq!(seen("编号|任务|备注\n1|甲|#g\n2|小 计|#r\n3|乙|#r"), ["C2:C4"]);
        assert_eq!(
            seen("编号|任务|备注\n1|甲#g|无\n2|乙#r|无\n3|丙#g|无\n4|丁#g|无\n合计|#y|9"),
            ["B2:B5"],
            "but a total"
        );
        assert_eq!(seen("编号|任务|备注\n1#g|甲|#g\n2|乙|#r"), ["C2:C3"], "half of the row has the colour");
    }
}
