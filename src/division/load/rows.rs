//! What rows of 任务分工 say, cell by cell.

use std::collections::BTreeMap;

use super::lines::Cell;
use crate::basis::place::Place;
use crate::table::FieldId;

/// What one or more rows of a task say.
#[derive(Clone, Debug)]
pub(crate) struct Rows {
    /// The place of the first row.
    pub(crate) place: Place,
    /// The place of its units, blank or not.
    pub(crate) units_place: Place,
    /// The sign that marks leading units in it.
    pub(crate) leads: Option<char>,
    /// Whether its columns of units name persons too.
    pub(crate) people: bool,
    /// The non-empty cells by column; several where a column occurs twice or there are several rows.
    pub(crate) cells: BTreeMap<FieldId, Vec<Cell>>,
}

impl Rows {
    /// The non-empty cells of a column.
    pub(crate) fn cells(&self, id: FieldId) -> &[Cell] {
        self.cells.get(&id).map(Vec::as_slice).unwrap_or_default()
    }

    /// The first non-empty cell of a column.
    pub(crate) fn cell(&self, id: FieldId) -> Option<&Cell> {
        self.cells(id).first()
    }

    /// That cell and those that stand above or below it: the sheet may have another column of the same meaning.
    pub(crate) fn column(&self, id: FieldId) -> impl Iterator<Item = &Cell> {
        let left = |cell: &Cell| cell.place.area.map(|area| area.left);
        let first = self.cell(id).map(left);
        self.cells(id).iter().filter(move |cell| Some(left(cell)) == first)
    }

    /// The distinct texts of a column, joined by line breaks.
    pub(crate) fn text(&self, id: FieldId) -> String {
        let mut texts: Vec<&str> = Vec::new();
        for cell in self.cells(id) {
            if !texts.contains(&cell.text.as_str()) {
                texts.push(&cell.text);
            }
        }
        texts.join("\n")
    }

    /// Whether a cell is there.
    pub(super) fn holds(&self, id: FieldId, cell: &Cell) -> bool {
        self.cells(id).iter().any(|known| known.place == cell.place)
    }

    /// Adds a cell that is not there yet.
    pub(super) fn take(&mut self, id: FieldId, cell: &Cell) {
        if !self.holds(id, cell) {
            self.cells.entry(id).or_default().push(cell.clone());
        }
    }

    /// Adds the cells of other rows that are not there yet.
    pub(super) fn add(&mut self, rows: &Rows) {
        for (id, cells) in &rows.cells {
            for cell in cells {
                self.take(*id, cell);
            }
        }
    }
}
