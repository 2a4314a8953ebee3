//! Collects what adapters read (cells, texts, notices) and keeps it within limits.

use std::collections::{BTreeMap, BTreeSet};

use super::grid::{Grid, Raw, Row, Sheet, Workbook};
use super::outcome::{Format, Limit, Notice};
use super::text::is_odd;
use crate::basis::numbered::apart;
use crate::basis::place::Area;
use crate::basis::pool::{Text, Texts};

/// The most non-empty cells of one file.
pub(super) const MAX_USED: usize = 5_000_000;
/// The most cells of one sheet that are read, including empty ones.
pub(super) const MAX_VISITED: usize = 40_000_000;
/// The most bytes of distinct text in one file.
pub(super) const MAX_TEXT: usize = 512 << 20;
/// The rows of the largest grid of any format.
pub(super) const MAX_ROWS: u32 = 1_048_576;
/// The columns of the largest grid of any format.
pub(super) const MAX_COLS: u32 = 16_384;
/// The most unreadable cells of one sheet noted one by one; beyond that they are counted.
const MAX_BAD_CELLS: u32 = 20;

/// State shared by all sheets of a file while it is read.
#[derive(Debug, Default)]
pub(super) struct Sink {
    /// The texts so far.
    pub(super) texts: Texts,
    /// The notices so far.
    pub(super) notices: Vec<Notice>,
    /// Pictures that cells refer to by name (`DISPIMG`) and whose files are still to be found: row, column, name.
    pub(super) named_pictures: Vec<(u32, u32, String)>,
    /// Bytes of picture files kept so far.
    pub(super) image_bytes: usize,
    used: usize,
    text_full: bool,
}

/// State of the sheet being read.
#[derive(Debug)]
pub(super) struct Filling {
    sheet: u16,
    rows: Vec<Row>,
    disorder: bool,
    full: bool,
    outside: u32,
    bad: u32,
}

impl Filling {
    /// Begins a sheet, by its position in the file.
    pub(super) fn new(sheet: usize) -> Filling {
        Filling { sheet: sheet as u16, rows: Vec::new(), disorder: false, full: false, outside: 0, bad: 0 }
    }
}

impl Sink {
    /// Adds a text to the pool; the empty text when the pool is full, which is noted.
    pub(super) fn intern(&mut self, text: &str) -> Text {
        if self.texts.size() + text.len() > MAX_TEXT {
            self.text_full = true;
            return Text::default();
        }
        self.texts.intern(text)
    }

    /// A text cell.
    pub(super) fn text(&mut self, text: &str) -> Raw {
        Raw::Text(self.intern(text))
    }

    /// A number written in an untyped format: long identifiers keep their digits.
    pub(super) fn written(&mut self, digits: &str, value: f64) -> Raw {
        if value.abs() >= 1e15 && digits.bytes().all(|b| b.is_ascii_digit()) {
            return Raw::DigitsLost(self.texts.intern(digits));
        }
        self.number(value, false)
    }

    /// A text from an untyped format, where `1.23457E+17` is a damaged identifier.
    pub(super) fn typed(&mut self, text: &str) -> Raw {
        if is_mangled(text.trim()) { Raw::DigitsLost(self.texts.intern(text.trim())) } else { self.text(text) }
    }

    /// A number cell; an identifier with too many digits for a number becomes `DigitsLost`.
    pub(super) fn number(&mut self, value: f64, percent: bool) -> Raw {
        if !value.is_finite() {
            return Raw::Fault(self.texts.intern("#NUM!"));
        }
        if value.abs() >= 1e15 && value.abs() < 1e22 && !percent {
            return Raw::DigitsLost(self.texts.intern(&value.to_string()));
        }
        Raw::Number { value, percent }
    }

    /// An error value, as shown.
    pub(super) fn fault(&mut self, shown: &str) -> Raw {
        Raw::Fault(self.texts.intern(shown))
    }

    /// Adds a cell to its sheet. False when the limit of the file is reached and reading should stop.
    pub(super) fn put(&mut self, filling: &mut Filling, row: u32, col: u32, raw: Raw) -> bool {
        if matches!(raw, Raw::Empty) || matches!(raw, Raw::Text(text) if text.is_empty()) {
            return true;
        }
        if row >= MAX_ROWS || col >= MAX_COLS {
            filling.outside += 1;
            return true;
        }
        if self.used >= MAX_USED {
            filling.full = true;
            return false;
        }
        self.used += 1;
        match filling.rows.last_mut() {
            Some(last) if last.index == row => {
                filling.disorder |= last.cells.last().is_some_and(|&(before, _)| before >= col);
                last.cells.push((col, raw));
            }
            last => {
                filling.disorder |= last.as_ref().is_some_and(|last| last.index > row);
                // rows of a table are about as long as the row above
                let mut cells = Vec::with_capacity(last.map_or(4, |last| last.cells.len()));
                cells.push((col, raw));
                filling.rows.push(Row { index: row, cells });
            }
        }
        true
    }

    /// Notes a cell that could not be read.
    pub(super) fn bad_cell(&mut self, filling: &mut Filling, area: Option<Area>, what: impl Into<String>) {
        filling.bad += 1;
        if filling.bad <= MAX_BAD_CELLS {
            self.notices.push(Notice::BadCell { sheet: filling.sheet, area, what: what.into() });
        }
    }

    /// Finishes a sheet: rows and cells are sorted, and of two cells at one address the first is kept.
    pub(super) fn end(&mut self, filling: Filling, sheet: &mut Sheet) {
        let Filling { sheet: number, mut rows, disorder, full, outside, bad } = filling;
        if disorder {
            rows = in_order(rows);
        }
        let budget = |limit| Notice::Budget { sheet: Some(number), limit };
        if full {
            self.notices.push(budget(Limit::Cells(MAX_USED as u64)));
        }
        if self.text_full {
            self.notices.push(budget(Limit::Texts(Limit::mb(MAX_TEXT as u64))));
        }
        if outside > 0 {
            self.notices.push(budget(Limit::OutsideSheet(outside.into())));
        }
        if bad > MAX_BAD_CELLS {
            let what = format!("{} more cells like these", bad - MAX_BAD_CELLS);
            self.notices.push(Notice::BadCell { sheet: number, area: None, what });
        }
        sheet.pictures.sort_unstable();
        sheet.dayless.sort_unstable();
        sheet.grid = Grid { rows };
    }

    /// More than one text in a hundred with characters nobody types, and the file names a wrong encoding.
    fn guard(&mut self) {
        let (mut garbled, mut all) = (0u32, 0u32);
        for text in self.texts.iter() {
            garbled += u32::from(text.chars().any(is_odd));
            all += 1;
        }
        if garbled > 2 && garbled * 100 > all {
            self.notices.push(Notice::Garbled { garbled, all });
        }
    }

    /// Ends the file.
    pub(super) fn finish(
        mut self,
        format: Format,
        mut sheets: Vec<Sheet>,
        properties: BTreeMap<String, String>,
    ) -> Workbook {
        self.guard();
        let mut names = BTreeSet::new();
        for (number, sheet) in sheets.iter_mut().enumerate() {
            if names.insert(sheet.name.to_lowercase()) {
                continue;
            }
            self.notices.push(Notice::SheetNameRepeated(number as u16));
            sheet.name = apart(|end| format!("{}{end}", sheet.name), |name| names.insert(name.to_lowercase()));
        }
        Workbook { format, texts: self.texts, sheets, notices: self.notices, properties }
    }
}

fn in_order(mut rows: Vec<Row>) -> Vec<Row> {
    rows.sort_by_key(|row| row.index);
    let mut out: Vec<Row> = Vec::with_capacity(rows.len());
    for row in rows {
        match out.last_mut() {
            Some(last) if last.index == row.index => last.cells.extend(row.cells),
            _ => out.push(row),
        }
    }
    for row in &mut out {
        row.cells.sort_by_key(|cell| cell.0);
        row.cells.dedup_by_key(|cell| cell.0);
    }
    out
}

/// Whether a text is a whole number that a spreadsheet has cut to a few digits: `1.23457E+17`. From 12 digits on the
/// general format shows numbers so.
pub(crate) fn is_mangled(text: &str) -> bool {
    let Some((mantissa, exponent)) = text.split_once(['E', 'e']) else { return false };
    let Some(Ok(exponent)) = exponent.strip_prefix('+').map(str::parse::<usize>) else { return false };
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    whole.len() == 1
        && whole.bytes().chain(fraction.bytes()).all(|b| b.is_ascii_digit())
        && (11..=30).contains(&exponent)
        && fraction.len() < exponent
}

#[cfg(test)]
mod tests;
