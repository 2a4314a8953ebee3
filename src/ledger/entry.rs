//! A record together with its ledger and file, as rules, obligations and outputs use it.

use chrono::NaiveDate;

use super::record::{Cell, Ledger, Record};
use super::value::{Status, Value};
use super::{FileReading, file_reading::Picture};
use crate::basis::UnitId;
use crate::basis::place::{Area, Place, Source};
use crate::division::fields;
use crate::table::{Column, FieldId};

/// A file: its source and what was read from it.
#[derive(Clone, Copy, Debug)]
pub struct OneFile<'a> {
    /// What is known about it without reading it.
    pub source: &'a Source,
    /// What was read from it.
    pub reading: &'a FileReading,
}

impl<'a> OneFile<'a> {
    /// A record of one of its ledgers.
    pub fn entry(self, ledger: &'a Ledger, record: &'a Record) -> Entry<'a> {
        Entry { source: self.source, reading: self.reading, ledger, record }
    }

    /// The records of one of its ledgers, by row.
    pub fn entries_of(self, ledger: &'a Ledger) -> impl DoubleEndedIterator<Item = Entry<'a>> + Clone {
        ledger.records.iter().map(move |record| self.entry(ledger, record))
    }

    /// All its records in reading order.
    pub fn entries(self) -> impl Iterator<Item = Entry<'a>> + Clone {
        self.reading.ledgers.iter().flat_map(move |ledger| self.entries_of(ledger))
    }

    /// The rows of blank forms that nobody touched, which are no records.
    pub fn untouched(self) -> impl Iterator<Item = Entry<'a>> {
        let of = move |ledger: &'a Ledger| ledger.untouched.iter().map(move |row| self.entry(ledger, row));
        self.reading.ledgers.iter().flat_map(of)
    }

    /// The unit that submits the file as a whole; none when unknown.
    pub fn sender(self) -> Option<UnitId> {
        self.reading.unit.map(|(unit, _)| unit)
    }
}

/// A record with its ledger and file: a view of four references, made where it is needed and not stored.
#[derive(Clone, Copy, Debug)]
pub struct Entry<'a> {
    /// What is known about its file without reading it.
    pub source: &'a Source,
    /// What was read from its file.
    pub reading: &'a FileReading,
    /// Its ledger.
    pub ledger: &'a Ledger,
    /// The record itself.
    pub record: &'a Record,
}

impl<'a> Entry<'a> {
    /// Its file.
    pub fn file(self) -> OneFile<'a> {
        OneFile { source: self.source, reading: self.reading }
    }

    /// The unit it reports for: its 责任单位, else the unit that submits the ledger.
    pub fn unit(self) -> Option<UnitId> {
        self.record.unit.or(self.ledger.sender())
    }

    /// Every unit it reports for: [`Self::unit`], then any further units in the row.
    pub fn units(self) -> impl Iterator<Item = UnitId> + Clone + 'a {
        self.unit().into_iter().chain(self.record.also.iter().copied())
    }

    /// The cell of a field; none when the ledger has no such column.
    pub fn cell(self, field: FieldId) -> Option<Cell> {
        self.ledger.column(field).map(|at| self.record.cells[at])
    }

    /// The text of a field; empty when the ledger has no such column.
    pub fn text(self, field: FieldId) -> &'a str {
        self.cell(field).map_or("", |cell| self.text_of(cell))
    }

    /// The text of one of its cells.
    pub fn text_of(self, cell: Cell) -> &'a str {
        self.reading.texts.get(cell.text)
    }

    /// The value of a field; blank when the ledger has no such column.
    pub fn value(self, field: FieldId) -> Value {
        self.cell(field).map_or(Value::Blank, |cell| cell.value)
    }

    /// The state under 完成情况; none when it is blank or its wording is unknown.
    pub fn status(self) -> Option<Status> {
        self.value(fields::STATUS).status()
    }

    /// Its date: 日期, else 完成日期, else the day that its own column or its surroundings name.
    pub fn day(self) -> Option<NaiveDate> {
        let around = || self.part().filter(|(first, last)| first == last).map(|day| day.0);
        self.value(fields::DATE).day().or_else(|| self.value(fields::DONE_ON).day()).or_else(around)
    }

    /// The first and the last day of what it is about, if it does not say the whole day but its own column or its
    /// surroundings name a part of its file's window: 7月, 上旬.
    pub fn part(self) -> Option<(NaiveDate, NaiveDate)> {
        self.ledger.parts.get(usize::from(self.record.part?)).copied()
    }

    /// The days in all its cells under 日期 and 完成日期: what is said of a day may change when it comes.
    pub fn days(self) -> impl Iterator<Item = NaiveDate> + 'a {
        let dated = |field: &Option<FieldId>| [Some(fields::DATE), Some(fields::DONE_ON)].contains(field);
        let cells = self.ledger.fields().zip(self.record.cells.iter().copied());
        cells.filter(move |(field, _)| dated(field)).filter_map(|(_, cell)| cell.value.day())
    }

    /// Whether it reports its task as done: by 完成情况, or by 完成日期 in a ledger without that column.
    pub fn is_done(self) -> bool {
        match self.cell(fields::STATUS) {
            Some(cell) => cell.value.status() == Some(Status::Done),
            None => self.value(fields::DONE_ON).day().is_some(),
        }
    }

    /// Its cells with their columns, in the order of the columns.
    pub fn cells(self) -> impl Iterator<Item = (&'a Column, Cell)> {
        self.ledger.columns.iter().zip(self.record.cells.iter().copied())
    }

    /// The place of the cell of a field, or of the row when there is no such column.
    pub fn place(self, field: FieldId) -> Place {
        let Ledger { columns, heading, source, sheet, .. } = self.ledger;
        let column = self.ledger.column(field).map(|at| &columns[at]);
        let otherwise = || Place::cell(*source, *sheet, self.record.row, self.record.col.unwrap_or(heading.left));
        column.map_or_else(otherwise, |column| self.place_in(column))
    }

    /// The place of its cell in a column.
    pub fn place_in(self, column: &Column) -> Place {
        let own = self.record.col.filter(|_| column.crossed.is_some());
        let row = self.record.row + column.below.unwrap_or(0);
        Place::cell(self.ledger.source, self.ledger.sheet, row, own.unwrap_or(column.col))
    }

    /// The place of its row, in a cross-tab of its cell.
    pub fn row_place(self) -> Place {
        if let Some(col) = self.record.col {
            return Place::cell(self.ledger.source, self.ledger.sheet, self.record.row, col);
        }
        let (row, heading) = (self.record.row, self.ledger.heading);
        let area = Area { top: row, left: heading.left, bottom: row, right: heading.right };
        Place::sheet(self.ledger.source, self.ledger.sheet).at(area)
    }

    /// The name of its sheet.
    pub fn sheet(self) -> &'a str {
        self.reading.sheets.get(self.ledger.sheet as usize).map_or("", |sheet| sheet.name.as_str())
    }

    /// The number of its row as the user sees it.
    pub fn row_number(self) -> u32 {
        self.record.row + 1
    }

    /// What tells it from the others of its sheet: the number of its row, in a cross-tab the name of its cell (D5).
    pub fn reference(self) -> String {
        match self.record.col {
            Some(col) => Area::cell(self.record.row, col).to_string(),
            None => self.row_number().to_string(),
        }
    }

    /// The pictures anchored to its row.
    pub fn pictures(self) -> impl Iterator<Item = &'a Picture> {
        let here = (self.ledger.sheet, self.record.row);
        self.reading.pictures.iter().filter(move |picture| (picture.sheet, picture.row) == here)
    }

    /// Whether its task is repeated from the row above through merged cells, so that findings about the task belong there.
    pub fn repeats_task(self) -> bool {
        let Entry { ledger, record, .. } = self;
        let repeats = |field| ledger.column(field).map(|at| record.repeats(at) || record.cells[at].text.is_empty());
        let merged = |field| ledger.column(field).is_some_and(|at| record.repeats(at));
        let tasks = [fields::TASK, fields::CODE];
        tasks.iter().any(|&field| merged(field))
            && tasks.iter().all(|&field| repeats(field) != Some(false))
            && repeats(fields::UNITS) != Some(false)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ledger::fixture::file;

    /// The rows of a drawn file, one line each: number, units, date, whether done, whether the task is repeated.
    fn rows(drawing: &str) -> Vec<String> {
        let (division, reading) = file("综合科.xlsx", drawing);
        let source = Source {
            id: crate::basis::place::SourceId(1),
            name: "收件/综合科.xlsx".into(),
            hash: String::new(),
            received: chrono::NaiveDateTime::default(),
            claim: None,
            size: 1,
        };
        let row = |entry: Entry<'_>| {
            let units: Vec<&str> = entry.units().map(|unit| division.unit(unit).name.as_str()).collect();
            let (number, units, day) = (entry.row_number(), units.join("+"), entry.day().map(|day| day.to_string()));
            let (day, done) = (day.unwrap_or_default(), if entry.is_done() { "done" } else { "open" });
            format!("{number} {units} {day} {done} {}", if entry.repeats_task() { "again" } else { "own" })
        };
        OneFile { source: &source, reading: &reading }.entries().map(row).collect()
    }

    #[test]
    fn a_row_is_of_its_own_unit_else_of_the_sender() {
        let drawn =
            "工作任务 | 责任单位 | 完成情况\n清理楼宇内外附着广告 | 管理一科 | 已完成\n清理楼宇内外附着广告 | | 推进中";
        assert_eq!(rows(drawn), ["2 管理一科  done own", "3 综合管理科  open own"]);
    }

    #[test]
    fn its_day_and_whether_it_is_done_come_from_two_columns() {
        let drawn = "工作任务 | 日期 | 完成日期\n组织志愿服务 | 2014-08-02 | 2014-08-05\n组织志愿服务 | | 2014-08-05\n组织志愿服务 | 2014-08-02 |";
        let lines = rows(drawn);
        assert_eq!(
            lines.iter().map(|line| &line[line.len() - 19..]).collect::<Vec<_>>(),
            ["2014-08-02 done own", "2014-08-05 done own", "2014-08-02 open own",]
        );
        let drawn = "工作任务 | 完成情况 | 完成日期\n组织志愿服务 | 推进中 | 2014-08-05";
        assert!(rows(drawn)[0].contains("open"), "完成情况 decides where there is one");
    }

    #[test]
    fn a_row_below_in_a_merged_task_repeats_it() {
        let drawn = "任务编号 | 工作任务 | 完成情况\n'1-2 | 清理楼宇内外附着广告，墙面不贴告示 | 已完成\n^ | ^ | 已完成\n'1-2 | ^ | 已完成";
        let own: Vec<bool> = rows(drawn).iter().map(|line| line.ends_with("own")).collect();
        assert_eq!(own, [true, false, true]);
    }
}
