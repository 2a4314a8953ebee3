//! Writes rows of the form with their original appearance.

use std::collections::BTreeMap;
use std::ops::Range;

use anyhow::Result;

use super::form::Form;
use crate::basis::place::Area;
use crate::read::Raw;
use crate::read::appearance::CellAppearance;
use crate::render::returned::copy::{cell, merges};
use crate::render::workbook::{Cell, Shape, Sheet as Written, Style, fit};

/// The style of cells of lines where the form has none.
const HOUSE: Shape = Shape::Text;
/// The most columns of a form that are copied.
const MOST_COLUMNS: u32 = 400;
/// The default column width.
const USUAL: f64 = 8.43;

/// Writes the rows of one sheet of the form.
pub(super) struct Painter<'a> {
    form: &'a Form,
    at: usize,
    styles: Vec<Style>,
    /// The styles of lines by column: those of the first empty row of the form, with wrapped text.
    lines: BTreeMap<u32, Style>,
    merges: Vec<Area>,
    widths: BTreeMap<u32, f64>,
}

impl<'a> Painter<'a> {
    pub(super) fn new(form: &'a Form, at: usize) -> Painter<'a> {
        let styles = form.appearance.as_ref().map_or(&[][..], |appearance| &appearance.styles);
        let sheet = &form.book.sheets[at];
        let mut lines = BTreeMap::new();
        if let Some(appearance) = form.appearance.as_ref().filter(|_| at == form.sheet && form.tail > form.first) {
            for column in &form.columns {
                for col in column.cols.0..=column.cols.1 {
                    if let Some(own) = appearance.of(at, form.first, col) {
                        lines.insert(col, Style::of(&CellAppearance { wraps: true, ..own.clone() }));
                    }
                }
            }
        }
        let mut widths = BTreeMap::new();
        if let Some(appearance) = form.appearance.as_ref().and_then(|appearance| appearance.sheets.get(at)) {
            for (first, last, width) in &appearance.widths {
                widths.extend((*first..=(*last).min(MOST_COLUMNS)).map(|col| (col, *width)));
            }
        } else {
            for row in &sheet.grid.rows {
                for (col, raw) in row.cells.iter().filter(|(col, _)| *col <= MOST_COLUMNS) {
                    if !sheet.merges.iter().any(|area| area.contains(row.index, *col) && area.left < area.right) {
                        let wanted = fit::column(&cell(&form.book, *raw).shown(), 8.0, 30.0);
                        let width: &mut f64 = widths.entry(*col).or_insert(wanted);
                        *width = width.max(wanted);
                    }
                }
            }
        }
        Painter { form, at, styles: styles.iter().map(Style::of).collect(), lines, merges: merges(sheet), widths }
    }

    /// Sets column widths, what is set for printing, and the drop-downs; of the filled sheet there are `lines` lines.
    pub(super) fn setup(&self, page: &mut Written<'_>, lines: u32) -> Result<()> {
        for (col, width) in &self.widths {
            page.width(*col as u16, *col as u16, *width)?;
        }
        let appearance = self.form.appearance.as_ref().and_then(|appearance| appearance.sheets.get(self.at));
        if let Some((appearance, paper)) = appearance.and_then(|appearance| Some((appearance, appearance.paper?))) {
            page.paper(paper, appearance.landscape);
        }
        let Some(appearance) = self.form.appearance.as_ref().and_then(|appearance| appearance.sheets.get(self.at))
        else {
            return Ok(());
        };
        page.print_as(&appearance.print)?;
        for list in &appearance.choices {
            for area in list.areas.iter().filter(|area| area.right <= MOST_COLUMNS) {
                page.choices(self.moved(*area, lines), &list.source, list.strict)?;
            }
        }
        Ok(())
    }

    /// An area of the form as it stands among the lines: what covers rows of lines covers all of them, what stands below
    /// moves down.
    fn moved(&self, area: Area, lines: u32) -> Area {
        if self.at != self.form.sheet {
            return area;
        }
        let (first, tail) = (self.form.first, self.form.tail);
        let down = |row: u32| (i64::from(row) + i64::from(lines) - i64::from(tail - first)).max(0) as u32;
        let top = if area.top >= tail { down(area.top) } else { area.top };
        let bottom = match area.bottom {
            bottom if bottom >= tail.max(first + 1) => down(bottom),
            bottom if bottom >= first => (first + lines).max(1) - 1,
            bottom => bottom,
        };
        Area { top, bottom: bottom.max(top), ..area }
    }

    /// The total width of some columns.
    pub(super) fn width(&self, cols: (u32, u32)) -> f64 {
        (cols.0..=cols.1).map(|col| self.widths.get(&col).copied().unwrap_or(USUAL)).sum()
    }

    fn style(&self, row: u32, col: u32) -> Option<&Style> {
        let appearance = self.form.appearance.as_ref()?.sheets.get(self.at)?;
        // a cell without a style has the first one, the default of the workbook
        let number = appearance.cells.get(&(row, col)).copied().unwrap_or(0);
        self.styles.get(number as usize)
    }

    /// Writes some rows of the form, moved down by `down` rows; `told` says what stands in a cell with this text.
    pub(super) fn rows(
        &self,
        page: &mut Written<'_>,
        rows: Range<u32>,
        down: i64,
        told: &dyn Fn(u32, u32, &str) -> Cell<'static>,
    ) -> Result<()> {
        let sheet = &self.form.book.sheets[self.at];
        let heading = self.form.heading;
        let moved = |row: u32| u32::try_from(i64::from(row) + down).ok().filter(|row| *row < 1_048_576);
        let shape = |row: u32, col: u32| {
            if self.at == self.form.sheet && heading.contains(row, col) { Shape::Head } else { Shape::Line }
        };
        for area in &self.merges {
            if !rows.contains(&area.top) || !rows.contains(&area.bottom) || area.right > MOST_COLUMNS {
                continue;
            }
            let (Some(top), Some(bottom)) = (moved(area.top), moved(area.bottom)) else { continue };
            // large sheets are written row by row, without merging
            if page.is_large() && top != bottom {
                continue;
            }
            let to = Area { top, bottom, ..*area };
            match self.style(area.top, area.left) {
                Some(style) => page.merge_styled(to, style)?,
                None => page.merge(to, shape(area.top, area.left))?,
            }
        }
        // cells with a style, empty or not, and cells without
        let mut cells: BTreeMap<(u32, u32), Raw> = BTreeMap::new();
        if let Some(appearance) = self.form.appearance.as_ref().and_then(|appearance| appearance.sheets.get(self.at)) {
            let framed = appearance.cells.range((rows.start, 0)..(rows.end, 0)).map(|(at, _)| *at);
            cells.extend(framed.filter(|(row, col)| !self.is_inside(*row, *col)).map(|at| (at, Raw::Empty)));
            for (row, height) in appearance.heights.range(rows.clone()) {
                if let Some(to) = moved(*row) {
                    page.height(to, *height)?;
                }
            }
        }
        for row in sheet.grid.rows.iter().filter(|row| rows.contains(&row.index)) {
            cells.extend(row.cells.iter().map(|(col, raw)| ((row.index, *col), *raw)));
        }
        // the cells of a row of sums, also those that the form's file does not hold
        if let Some(row) = self.form.total.filter(|row| self.at == self.form.sheet && rows.contains(row)) {
            for column in &self.form.columns {
                let at = (row, column.cols.0);
                if !self.is_inside(at.0, at.1) && !told(at.0, at.1, "").shown().is_empty() {
                    cells.entry(at).or_insert(Raw::Empty);
                }
            }
        }
        for ((row, col), raw) in cells.into_iter().filter(|((_, col), _)| *col <= MOST_COLUMNS) {
            let Some(to) = moved(row) else { continue };
            // a formula saved without its result shows nothing
            let cell = match raw {
                Raw::Empty | Raw::Uncalculated => told(row, col, ""),
                Raw::Text(text) => told(row, col, self.form.book.texts.get(text)),
                Raw::Number { .. } if self.at == self.form.sheet && self.form.total == Some(row) => {
                    match told(row, col, "") {
                        nothing if nothing.shown().is_empty() => cell(&self.form.book, raw),
                        sum => sum,
                    }
                }
                _ => cell(&self.form.book, raw),
            };
            match self.style(row, col) {
                Some(style) => page.styled(to, col as u16, &cell, style)?,
                None => page.put(to, col as u16, &cell, shape(row, col))?,
            }
        }
        Ok(())
    }

    /// Whether a cell lies inside a merged region but is not its first cell; the region is already formatted.
    fn is_inside(&self, row: u32, col: u32) -> bool {
        self.merges.iter().any(|area| area.contains(row, col) && (area.top, area.left) != (row, col))
    }

    /// Writes one cell of a line, or of the lines of a task, over its columns.
    pub(super) fn line(
        &self,
        page: &mut Written<'_>,
        rows: Range<u32>,
        cols: (u32, u32),
        cell: &Cell<'_>,
    ) -> Result<()> {
        let (row, bottom) = (rows.start, rows.end.max(rows.start + 1) - 1);
        let area = Area { top: row, left: cols.0, bottom, right: cols.1 };
        let style = self.lines.get(&cols.0);
        if cols.1 > cols.0 || bottom > row {
            match style {
                Some(style) => page.merge_styled(area, style)?,
                None => page.merge(area, HOUSE)?,
            }
        }
        match style {
            Some(style) => page.styled(row, cols.0 as u16, cell, style),
            None => page.put(row, cols.0 as u16, cell, HOUSE),
        }
    }
}
