//! Collects what adapters read (cells, texts, notices) and keeps it within limits.

use std::collections::{BTreeMap, BTreeSet};

use super::grid::{Grid, Raw, Row, Sheet, Workbook};
use super::outcome::{Format, Limit, Notice};
use super::text::is_odd;
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
            let mut count = 2;
            while !names.insert(format!("{}~{count}", sheet.name).to_lowercase()) {
                count += 1;
            }
            sheet.name = format!("{}~{count}", sheet.name);
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
mod tests {
    use super::*;

    fn grid(cells: &[(u32, u32)]) -> Grid {
        let mut sink = Sink::default();
        let mut filling = Filling::new(0);
        for &(row, col) in cells {
            let raw = sink.text(&format!("{row},{col}"));
            sink.put(&mut filling, row, col, raw);
        }
        let mut sheet = Sheet::default();
        sink.end(filling, &mut sheet);
        sheet.grid
    }

    #[test]
    fn cells_in_any_order_come_out_as_one_reads() {
        let grid = grid(&[(5, 1), (2, 3), (2, 0), (5, 0)]);
        let places: Vec<_> =
            grid.rows.iter().flat_map(|row| row.cells.iter().map(|cell| (row.index, cell.0))).collect();
        assert_eq!(places, [(2, 0), (2, 3), (5, 0), (5, 1)]);
    }

    #[test]
    fn identifiers_that_lost_digits_are_told_apart() {
        let mut sink = Sink::default();
        for lost in ["3.70101E+17", "1.23457E+11", "1E+12"] {
            assert!(matches!(sink.typed(lost), Raw::DigitsLost(_)), "{lost}");
        }
        for kept in ["370101199001011234", "1.5E+2", "1-1", "E+17", "A1E+17", "1.5E-12"] {
            assert!(matches!(sink.typed(kept), Raw::Text(_)), "{kept}");
        }
        assert!(matches!(sink.number(370_101_199_001_011_234.0, false), Raw::DigitsLost(_)));
        assert!(matches!(sink.number(13_812_345_678.0, false), Raw::Number { .. }));
        assert!(matches!(sink.number(f64::INFINITY, false), Raw::Fault(_)));
    }

    #[test]
    fn texts_that_nobody_types_are_told_whatever_the_format() {
        let notices = |texts: &[&str]| {
            let mut sink = Sink::default();
            for text in texts {
                sink.text(text);
            }
            sink.finish(Format::Xlsx, Vec::new(), BTreeMap::new()).notices
        };
        let broken = ["\u{fffd}\u{fffd}", "a\u{fffd}", "\u{3}", "完成"];
        assert_eq!(notices(&broken), [Notice::Garbled { garbled: 3, all: 4 }]);
        assert_eq!(notices(&broken[1..]), [], "a slip or two in a file are no wrong encoding");
    }

    #[test]
    fn cells_outside_every_grid_are_counted_and_left() {
        let mut sink = Sink::default();
        let mut filling = Filling::new(0);
        let raw = sink.text("x");
        assert!(sink.put(&mut filling, MAX_ROWS, 0, raw));
        let mut sheet = Sheet::default();
        sink.end(filling, &mut sheet);
        assert!(sheet.grid.rows.is_empty());
        assert!(matches!(sink.notices[..], [Notice::Budget { limit: Limit::OutsideSheet(_), .. }]));
    }

    #[test]
    fn a_number_has_lost_digits_from_sixteen_on() {
        let mut sink = Sink::default();
        for (value, percent, lost) in [
            (999_999_999_999_999.0, false, false),
            (1e15, false, true),
            (-999_999_999_999_999.0, false, false),
            (-1e15, false, true),
            (1e15, true, false),
            (9.9e21, false, true),
            // Nobody's number has so many digits: it is a result.
            (1e22, false, false),
        ] {
            assert_eq!(matches!(sink.number(value, percent), Raw::DigitsLost(_)), lost, "{value} {percent}");
        }
        for (digits, lost) in [
            ("999999999999999", false),
            ("1000000000000000", true),
            ("370101199001011234", true),
            ("-999999999999999", false),
            ("1234567890123456.5", true),
        ] {
            let raw = sink.written(digits, digits.parse().expect("a number"));
            assert_eq!(matches!(raw, Raw::DigitsLost(_)), lost, "{digits}");
        }
        // Digits as they stand are kept, whatever the number makes of them.
        for digits in ["9999999999999999", "370101199001011234"] {
            let Raw::DigitsLost(text) = sink.written(digits, digits.parse().expect("a number")) else {
                panic!("{digits}")
            };
            assert_eq!(sink.texts.get(text), digits);
        }
    }

    #[test]
    fn what_a_spreadsheet_shortens_begins_at_twelve_digits() {
        for (text, lost) in [
            ("1.23457E+11", true),
            ("1.23457E+10", false),
            ("1.2E+30", true),
            ("1.2E+31", false),
            ("1.23456789012E+11", false),
            ("1.2345678901E+11", true),
            ("12.3E+12", false),
        ] {
            assert_eq!(is_mangled(text), lost, "{text}");
        }
    }

    #[test]
    fn the_last_row_and_column_of_a_grid_are_inside_it() {
        for (row, col, inside) in
            [(MAX_ROWS - 1, 0, true), (MAX_ROWS, 0, false), (0, MAX_COLS - 1, true), (0, MAX_COLS, false)]
        {
            assert_eq!(grid(&[(row, col)]).rows.len(), usize::from(inside), "{row},{col}");
        }
    }

    #[test]
    fn of_two_cells_at_one_place_the_first_is_kept() {
        let mut sink = Sink::default();
        let mut filling = Filling::new(0);
        for (text, col) in [("first", 2), ("second", 2), ("before", 1)] {
            let raw = sink.text(text);
            sink.put(&mut filling, 4, col, raw);
        }
        let mut sheet = Sheet::default();
        sink.end(filling, &mut sheet);
        let cells: Vec<_> = sheet.grid.rows[0].cells.iter().map(|&(col, raw)| (col, raw)).collect();
        let text = |raw| if let Raw::Text(text) = raw { sink.texts.get(text).to_owned() } else { String::new() };
        assert_eq!(
            cells.iter().map(|&(col, raw)| (col, text(raw))).collect::<Vec<_>>(),
            [(1, "before".into()), (2, "first".into())]
        );
    }

    #[test]
    fn twenty_bad_cells_are_named_and_the_rest_counted() {
        for (bad, named, summed) in [(20, 20, 0), (21, 20, 1)] {
            let mut sink = Sink::default();
            let mut filling = Filling::new(0);
            for _ in 0..bad {
                sink.bad_cell(&mut filling, Some(Area::cell(0, 0)), "bad");
            }
            sink.end(filling, &mut Sheet::default());
            let of = |wanted: bool| {
                let is = |notice: &&Notice| matches!(notice, Notice::BadCell { area, .. } if area.is_some() == wanted);
                sink.notices.iter().filter(is).count()
            };
            assert_eq!((of(true), of(false)), (named, summed));
        }
    }

    #[test]
    fn more_than_one_text_in_a_hundred_and_than_two_are_garbled() {
        let odd = (0..=u32::from(char::MAX)).filter_map(char::from_u32).find(|c| is_odd(*c)).expect("such a character");
        for (garbled, plain, told) in [(2, 0, false), (3, 0, true), (3, 297, false), (3, 296, true), (0, 9, false)] {
            let mut sink = Sink::default();
            for at in 0..garbled {
                sink.text(&format!("{odd}{at}"));
            }
            for at in 0..plain {
                sink.text(&format!("甲{at}"));
            }
            // the pool holds the empty text too
            let all = sink.texts.iter().count() as u32;
            sink.guard();
            let told = told && garbled * 100 > all;
            assert_eq!(sink.notices.len(), usize::from(told), "{garbled} of {all}");
        }
    }
}
