//! The cells of a row: displayed text and value.

use std::fmt::Write as _;

use super::amount::is_hours;
use super::builder::LedgerBuilder;
use super::interpret::{Under, interpret};
use super::record::{Cell, Ledger};
use super::returned::PICTURE;
use super::ruled;
use super::value::Value;
use crate::basis::place::Area;
use crate::basis::pool::Text;
use crate::basis::text::is_ditto;
use crate::division::{FieldType, fields};
use crate::read::{Raw, Row, Sheet};
use crate::table::{Column, Spans, shown};

/// Whether a text under 日期 repeats the day above it. Elsewhere the words say within how long something is done.
fn is_same_day(text: &str) -> bool {
    ["同日", "当日", "当天", "同天", "同一天", "同一日"].contains(&text)
}

impl LedgerBuilder<'_> {
    pub(super) fn cells(
        &mut self,
        row: &Row,
        ledger: &Ledger,
        kinds: &[Option<FieldType>],
        spans: &Spans,
        merged: &mut [Option<(Area, Cell)>],
        sheet: &Sheet,
    ) -> (Box<[Cell]>, u64) {
        let mut repeats = 0;
        let mut own = row.cells.iter().peekable();
        let mut cells = Vec::with_capacity(ledger.columns.len());
        for (at, column) in ledger.columns.iter().enumerate() {
            if column.crossed.is_some() {
                cells.push(Cell { text: Text::default(), value: Value::Blank });
                continue;
            }
            if let Some(together) = &column.together {
                let text = together.text(row, self.texts);
                let raw = if text.is_empty() { Raw::Empty } else { Raw::Text(self.texts.intern(&text)) };
                cells.push(self.cell(raw, at as u16, kinds[at], None));
                continue;
            }
            while own.next_if(|cell| cell.0 < column.col).is_some() {}
            let raw = own.next_if(|cell| cell.0 == column.col).map_or(Raw::Empty, |cell| cell.1);
            let over = spans.over(row.index, column.col).filter(|m| m.top < row.index && m.top >= ledger.first_row());
            // a region may begin in a row that is not a record; its first record counts
            if over.is_some_and(|area| ledger.records.last().is_some_and(|last| last.row >= area.top)) {
                repeats |= 1u64.checked_shl(at as u32).unwrap_or(0);
            }
            let cell = match over {
                Some(area) => match merged[at] {
                    Some((known, cell)) if known == area => cell,
                    _ => {
                        let raw = sheet.grid.get(area.top, area.left);
                        let cell = self.cell(raw, at as u16, kinds[at], self.measure(raw, column));
                        merged[at] = Some((area, cell));
                        cell
                    }
                },
                None => self.cell(raw, at as u16, kinds[at], self.measure(raw, column)),
            };
            // 同上 repeats the value of the record above.
            let again = matches!(raw, Raw::Text(text) if is_ditto(self.texts.get(text)));
            let again = again
                || column.field == Some(fields::DATE)
                    && matches!(cell.value, Value::Unfit)
                    && is_same_day(self.texts.get(cell.text));
            let cell = match ledger.records.last().filter(|_| again) {
                Some(above) => {
                    repeats |= 1u64.checked_shl(at as u32).unwrap_or(0);
                    above.cells[at]
                }
                None => cell,
            };
            cells.push(cell);
        }
        (cells.into_boxed_slice(), repeats)
    }

    /// The unit of measure of a column for a cell: that in its heading's brackets, else hours where its name says so.
    pub(super) fn measure<'c>(&self, raw: Raw, column: &'c Column) -> Option<&'c str> {
        // hours matter where somebody wrote minutes, and only there is the name looked at
        let in_minutes = matches!(raw, Raw::Text(text) if self.texts.get(text).contains("分钟"));
        if !in_minutes {
            return column.unit.as_deref();
        }
        let of_field = || column.field.is_some_and(|field| is_hours(&self.cx.division.fields.spec(field).name));
        let hours = || (is_hours(&column.heading) || of_field()).then_some("小时");
        column.unit.as_deref().or_else(hours)
    }

    pub(super) fn cell(&mut self, raw: Raw, column: u16, kind: Option<FieldType>, unit: Option<&str>) -> Cell {
        let mut cell = self.by_itself(raw, column, kind, unit);
        if matches!(cell.value, Value::Unfit)
            && kind == Some(FieldType::Status)
            && let Some(state) = ruled::state(self.cx, self.texts.get(cell.text), &self.asker)
        {
            cell.value = Value::Status(state);
        }
        cell
    }

    /// A cell without rulings on its wording.
    fn by_itself(&mut self, raw: Raw, column: u16, kind: Option<FieldType>, unit: Option<&str>) -> Cell {
        // Texts repeat, and their value depends only on the type and unit of the column, so it is cached; but a legend
        // applies to one table only.
        let key = match raw {
            Raw::Empty => return Cell { text: Text::default(), value: Value::Blank },
            Raw::Text(text) if self.legend.is_none() || kind != Some(FieldType::Status) => {
                Some((text, if unit.is_some() { column + 1 } else { 0 }, kind))
            }
            _ => None,
        };
        if let Some(&known) = key.and_then(|key| self.known.get(&key)) {
            return known;
        }
        let text = self.text(raw);
        let under = Under { kind, unit, window: &self.window, legend: self.legend.as_ref() };
        let cell = Cell { text, value: interpret(raw, self.texts.get(text), under) };
        if let Some(key) = key {
            self.known.insert(key, cell);
        }
        cell
    }

    /// The displayed text of a cell, in the pool.
    fn text(&mut self, raw: Raw) -> Text {
        match raw {
            Raw::Empty | Raw::Uncalculated => Text::default(),
            Raw::Text(text) | Raw::Fault(text) | Raw::DigitsLost(text) => self.trim(text),
            Raw::Number { value, percent } => {
                if let Some(&known) = self.numbers.get(&(value.to_bits(), percent)) {
                    return known;
                }
                self.buffer.clear();
                if !percent && value.fract() == 0.0 && value.abs() < 1e15 {
                    // Writing to a String cannot fail.
                    let _ = write!(self.buffer, "{}", value as i64);
                } else {
                    self.buffer.push_str(&shown(raw, self.texts));
                }
                let text = self.texts.intern(&self.buffer);
                self.numbers.insert((value.to_bits(), percent), text);
                text
            }
            raw => {
                let text = shown(raw, self.texts).into_owned();
                self.texts.intern(&text)
            }
        }
    }

    pub(super) fn intern(&mut self, text: &str) -> Text {
        self.texts.intern(text)
    }

    fn trim(&mut self, text: Text) -> Text {
        let whole = self.texts.get(text);
        let picture = whole.contains("DISPIMG(");
        let bare = whole.trim();
        if bare.len() == whole.len() && !picture {
            return text;
        }
        // WPS stores a picture in a cell as a formula; the user sees the picture
        let bare = if picture { PICTURE.to_owned() } else { bare.to_owned() };
        self.texts.intern(&bare)
    }
}
