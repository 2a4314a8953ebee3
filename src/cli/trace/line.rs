//! The rows of the consolidated workbook that name their source, or say what is missing.

use std::collections::BTreeMap;

use super::shown::shown_text;
use super::source::{Columns, Source, form_of, row_number};
use crate::basis::place::Area;
use crate::read::{Sheet, Workbook};
use crate::render::english;

/// The sheets that hold every record once: those that belong to a task and a unit, and those that do not.
const RECORDS: [&str; 2] = ["汇总台账", "未归类"];

/// The columns that name the source of a row: in the sheets of records, and in the index of the evidence.
const SOURCES: [[&str; 3]; 2] = [["来源文件", "来源工作表", "来源行"], ["所在文件", "工作表", "行"]];

/// A row of the consolidated workbook.
pub(super) struct Line {
    /// The sheet in which it stands.
    pub(super) stands_in: String,
    /// Its 1-based row there.
    pub(super) row: u32,
    /// None where it says what is missing.
    pub(super) source: Option<Source>,
    /// (heading, text), merged cells repeated.
    pub(super) cells: Vec<(String, String)>,
}

impl Line {
    /// Its source, if it stands in a sheet that holds every record once.
    fn source_of_record(&self) -> Option<&Source> {
        let sheet = self.stands_in.split_once("（续").map_or(&*self.stands_in, |(base, _)| base);
        self.source.as_ref().filter(|_| RECORDS.contains(&sheet))
    }

    /// What stands under a heading.
    pub(super) fn under(&self, heading: &str) -> Option<&str> {
        self.cells.iter().find(|(name, _)| name == heading).map(|(_, text)| &**text)
    }
}

/// The rows of all sheets that name the sources of their rows.
pub(super) fn lines(book: &Workbook) -> Vec<Line> {
    book.sheets.iter().flat_map(|sheet| lines_of(book, sheet)).collect()
}

/// The rows of a sheet; none when it names no sources.
fn lines_of(book: &Workbook, sheet: &Sheet) -> Vec<Line> {
    let text = |row, col| shown_text(book, sheet, row, col);
    let heading = sheet.grid.rows.iter().find_map(|row| {
        let named: BTreeMap<String, u32> =
            row.cells.iter().map(|&(col, _)| (english::chinese(&text(row.index, col)).to_owned(), col)).collect();
        let sources = SOURCES.into_iter().find(|names| names.iter().all(|name| named.contains_key(*name)))?;
        Some((row.index, sources.map(|name| named[name]), named))
    });
    let Some((heading_row, sources, named)) = heading else { return Vec::new() };
    let mut headings: Vec<(&String, u32)> = named.iter().map(|(name, &col)| (name, col)).collect();
    headings.retain(|(_, col)| !sources.contains(col));
    headings.sort_by_key(|(_, col)| *col);
    let rows = sheet.grid.rows.iter().filter(|row| row.index > heading_row);
    let line = |index: u32| {
        let [file, sheet_of, at] = sources.map(|col| text(index, col));
        let source = (!file.is_empty() && row_number(&at).is_some()).then_some(Source { file, sheet: sheet_of, at });
        let cells = headings.iter().map(|(name, col)| ((*name).clone(), text(index, *col)));
        Line {
            stands_in: english::chinese_sheet(&sheet.name),
            row: index + 1,
            source,
            cells: cells.filter(|(_, text)| !text.is_empty()).collect(),
        }
    };
    rows.map(|row| line(row.index)).collect()
}

/// The lines at a place: a row of a sheet of the workbook, or `file!sheet!cell`, `file!sheet!row`, `file!row`.
pub(super) fn find<'a>(place: &str, lines: &'a [Line], columns: &Columns) -> Vec<&'a Line> {
    let place = place.replace('\\', "/");
    let (rest, last) = place.rsplit_once('!').unwrap_or(("", &place));
    let last = last.replace('$', "").to_ascii_uppercase();
    let records = || lines.iter().filter_map(|line| Some((line, line.source_of_record()?)));
    let Some(row) = row_number(&last) else {
        // A file or sheet as a whole.
        return records().filter(|(_, source)| source.is_meant(&place)).map(|(line, _)| line).collect();
    };
    let sheet = if rest.is_empty() { RECORDS[0].to_owned() } else { english::chinese_sheet(rest) };
    let own: Vec<_> = lines.iter().filter(|line| line.stands_in == sheet && line.row == row).collect();
    if !own.is_empty() || RECORDS.contains(&&*sheet) {
        return own;
    }
    // A record of a cross-tab is a cell, of a form all its cells; a row means all of them.
    let cell = Area::parse(&last).filter(|_| last != row.to_string());
    let here = |source: &Source| match (form_of(source, columns), cell) {
        (Some(form), Some(cell)) => form.contains(cell.top, cell.left),
        (Some(form), None) => (form.top + 1..=form.bottom + 1).contains(&row),
        (None, Some(_)) if source.is_cell() => source.at == last,
        _ => row_number(&source.at) == Some(row),
    };
    records().filter(|(_, source)| here(source) && source.is_meant(rest)).map(|(line, _)| line).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(stands_in: &str, row: u32, file: &str, sheet: &str, at: &str) -> Line {
        let source = Source { file: file.into(), sheet: sheet.into(), at: at.into() };
        Line { stands_in: stands_in.into(), row, source: Some(source), cells: Vec::new() }
    }

    fn rows(place: &str, lines: &[Line]) -> Vec<u32> {
        find(place, lines, &Columns::new()).iter().map(|line| line.row).collect()
    }

    #[test]
    fn rows_and_cells_are_found_either_way() {
        let lines = [
            line("汇总台账", 3, "收件/a.xlsx", "台账", "5"),
            line("汇总台账", 4, "收件/b.zip!x/a.xlsx", "台账", "5"),
            line("汇总台账（续1）", 8, "收件/d.xlsx", "台账", "9"),
            line("未归类", 91, "收件/c.xlsx", "汇总台账", "91"),
            line("办公室", 6, "收件/a.xlsx", "台账", "5"),
            line("资料目录", 7, "收件/a.xlsx", "台账", "5"),
        ];
        for (place, found) in [
            ("3", &[3][..]),
            ("汇总台账!3", &[3]),
            ("Ledger!3", &[3]),
            ("汇总台账!D3", &[3]),
            ("汇总台账!D$3", &[3]),
            ("汇总台账（续1）!8", &[8]),
            ("Ledger (1)!8", &[8]),
            ("未归类!91", &[91]),
            ("汇总台账!91", &[]),
            ("办公室!6", &[6]),
            ("办公室!C6", &[6]),
            ("资料目录!7", &[7]),
            ("收件/c.xlsx!汇总台账!B91", &[91]),
            ("收件/a.xlsx!台账!D5", &[3]),
            (r"收件\a.xlsx!台账!5", &[3]),
            ("收件/b.zip!x/a.xlsx!台账!D5", &[4]),
            ("收件/d.xlsx!台账!9", &[8]),
            // a bare name may mean both
            ("a.xlsx!台账!D5", &[3, 4]),
            ("收件/a.xlsx!台账!D6", &[]),
            ("收件/a.xlsx", &[3]),
        ] {
            assert_eq!(rows(place, &lines), found, "{place}");
        }
    }

    #[test]
    fn cells_of_a_cross_tab_are_told_apart() {
        let lines = [line("汇总台账", 3, "a.xlsx", "台账", "C5"), line("汇总台账", 4, "a.xlsx", "台账", "D5")];
        for (place, found) in [
            ("a.xlsx!台账!D5", &[4][..]),
            ("a.xlsx!台账!$d$5", &[4]),
            ("a.xlsx!台账!E5", &[]),
            // a row means all its cells
            ("a.xlsx!台账!5", &[3, 4]),
        ] {
            assert_eq!(rows(place, &lines), found, "{place}");
        }
    }
}
