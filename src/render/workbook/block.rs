//! Rows of a table that belong together: their heights, and cells merged over several of them.

use std::collections::BTreeMap;

use anyhow::Result;

use super::cell::Cell;
use super::fit;
use super::palette::{Shape, Tone};
use super::paper::Page;
use super::size::Size;
use crate::basis::Lang;
use crate::basis::place::Area;

/// Long text in at least so many merged rows is aligned to the top, since in the middle it would be out of view.
const MANY_ROWS: usize = 12;

/// Rows of a block whose cells in one column are merged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    /// The column.
    pub col: usize,
    /// The first of the rows, within the block.
    pub first: usize,
    /// How many.
    pub rows: usize,
}

impl Span {
    /// The spans of a block in some columns: runs of rows with equal keys.
    pub fn runs<K: PartialEq>(keys: &[K], columns: &[usize]) -> Vec<Span> {
        let mut spans = Vec::new();
        let mut first = 0;
        for run in keys.chunk_by(|a, b| a == b) {
            spans.extend(columns.iter().map(|&col| Span { col, first, rows: run.len() }));
            first += run.len();
        }
        spans
    }
}

/// Where rows go: into a sheet of the library, or among the rows that are written when the workbook is finished.
pub(super) trait Sink {
    /// The size of the sheet.
    fn size(&self) -> Size;

    /// Begins a row; its height in points, unless it keeps the usual one.
    fn begin(&mut self, row: u32, height: Option<f64>) -> Result<()>;

    /// Merges cells; they are written afterwards.
    fn merge(&mut self, area: Area, shape: Shape, tone: Tone) -> Result<()>;

    /// Writes one cell. What strangers wrote never becomes a formula, not even when someone edits the cell.
    fn put(&mut self, row: u32, col: u16, cell: &Cell<'_>, shape: Shape) -> Result<()>;
}

/// The columns of a table: the shape of their cells and their widths in characters of half width.
#[derive(Clone, Debug)]
pub(super) struct Form {
    pub(super) shapes: Vec<Shape>,
    pub(super) widths: Vec<f64>,
    /// The paper it is printed on.
    pub(super) page: Page,
    /// The language of fixed words.
    pub(super) lang: Lang,
}

impl Form {
    /// Writes a row by itself.
    pub(super) fn row(&self, sink: &mut impl Sink, number: u32, cells: &[Cell<'_>]) -> Result<()> {
        sink.begin(number, Form::height(sink, self.lines(cells, |_| true)))?;
        cells
            .iter()
            .zip(&self.shapes)
            .enumerate()
            .try_for_each(|(col, (cell, shape))| sink.put(number, col as u16, cell, *shape))
    }

    /// The height of a row with so many lines. Rows of one line in a large sheet keep the usual height, which costs nothing.
    fn height(sink: &impl Sink, lines: usize) -> Option<f64> {
        (sink.size() == Size::Small || lines > 1).then(|| fit::height(lines))
    }

    /// Writes rows that belong together, from `first` on, with the cells of each span merged into one. The merged cells
    /// keep their text in every row, so that a filter still finds each.
    pub(super) fn block<'c>(
        &self,
        sink: &mut impl Sink,
        first: u32,
        rows: &[impl AsRef<[Cell<'c>]>],
        spans: &[Span],
    ) -> Result<()> {
        let spans = if sink.size() == Size::Small { spans } else { &[] };
        // the lines of what stands in no span, which each row has by itself
        let in_spans = |col: usize| spans.iter().any(|span| span.col == col);
        let own = |row: &[Cell<'c>]| self.lines(row, |col| !in_spans(col));
        let mut lines: Vec<usize> = rows.iter().map(|row| own(row.as_ref())).collect();
        let spans = self.parted(&lines, spans);
        let spans: Vec<&Span> = spans.iter().filter(|span| span.rows > 1).collect();
        // For each column with spans, the span of each row.
        let mut owners: BTreeMap<usize, Vec<Option<&Span>>> = BTreeMap::new();
        for span in &spans {
            let of_column = owners.entry(span.col).or_insert_with(|| vec![None; rows.len()]);
            of_column[span.first..span.first + span.rows].fill(Some(span));
        }
        let span_of = |row: usize, col: usize| owners.get(&col).and_then(|of_column| of_column[row]);
        for (at, (row, lines)) in rows.iter().zip(&mut lines).enumerate() {
            let alone = |col| in_spans(col) && span_of(at, col).is_none();
            *lines = self.lines(row.as_ref(), alone).max(*lines);
        }
        // Narrow spans first: what they add also serves the wide ones.
        let mut by_rows = spans.clone();
        by_rows.sort_by_key(|span| span.rows);
        for span in by_rows {
            let own = &mut lines[span.first..span.first + span.rows];
            let wanted = rows[span.first].as_ref().get(span.col).map_or(1, |cell| cell.lines(self.widths[span.col]));
            let lacking = wanted.saturating_sub(own.iter().sum());
            let more = lacking.div_ceil(span.rows);
            for count in own {
                *count += more;
            }
        }
        for (at, row) in rows.iter().enumerate() {
            let number = first + at as u32;
            sink.begin(number, Form::height(sink, lines[at]))?;
            for (col, cell) in row.as_ref().iter().enumerate() {
                let mut shape = self.shapes[col];
                if let Some(span) = span_of(at, col) {
                    if span.rows > MANY_ROWS && shape == Shape::Text {
                        shape = Shape::Tall;
                    }
                    if at == span.first {
                        let (left, bottom) = (col as u32, number + span.rows as u32 - 1);
                        sink.merge(Area { top: number, left, bottom, right: left }, shape, cell.tone)?;
                    }
                }
                sink.put(number, col as u16, cell, shape)?;
            }
        }
        Ok(())
    }

    /// The most lines of the cells of a row in some columns; at least one.
    fn lines(&self, row: &[Cell<'_>], wanted: impl Fn(usize) -> bool) -> usize {
        let cells = row.iter().zip(&self.widths).enumerate().filter(|(col, _)| wanted(*col));
        cells.map(|(_, (cell, width))| cell.lines(*width)).max().unwrap_or(1)
    }

    /// The spans, those that are long parted, so that every page shows what its rows belong to; `lines` are those of each
    /// row.
    fn parted(&self, lines: &[usize], spans: &[Span]) -> Vec<Span> {
        if spans.iter().all(|span| span.rows < 4) {
            return spans.to_vec();
        }
        let high: Vec<f64> = lines.iter().map(|lines| fit::height(*lines)).collect();
        let sum = |first: usize, end: usize| high[first..end].iter().sum::<f64>();
        // The rows of a short span stay together: a category ends with one of its tasks. Of each row the rows of the
        // shortest span that it goes on.
        let mut within = vec![usize::MAX; lines.len()];
        for span in spans.iter().filter(|span| sum(span.first, span.first + span.rows) <= self.page.half()) {
            for row in &mut within[span.first + 1..span.first + span.rows] {
                *row = span.rows.min(*row);
            }
        }
        let mut parted = Vec::with_capacity(spans.len());
        for span in spans {
            let end = span.first + span.rows;
            let parts = (sum(span.first, end) / self.page.half()).ceil().max(1.0);
            let share = sum(span.first, end) / parts;
            let begins = |row: &usize| within[*row] >= span.rows;
            let (mut first, mut used) = (span.first, 0.0);
            let mut row = span.first;
            while row < end {
                let next = (row + 1..end).find(begins).unwrap_or(end);
                let height = sum(row, next);
                if row > first && used + height / 2.0 > share {
                    parted.push(Span { col: span.col, first, rows: row - first });
                    (first, used) = (row, 0.0);
                }
                used += height;
                row = next;
            }
            parted.push(Span { col: span.col, first, rows: end - first });
        }
        parted
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_spans_end_where_short_ones_do() {
        let form = Form { shapes: vec![Shape::Text; 3], widths: vec![10.0; 3], page: Page::A4, lang: Lang::Zh };
        let tasks = |lengths: &[usize]| {
            let keys: Vec<usize> = lengths.iter().enumerate().flat_map(|(at, rows)| vec![at; *rows]).collect();
            let mut spans = Span::runs(&keys, &[1]);
            spans.push(Span { col: 0, first: 0, rows: 40 });
            form.parted(&[1; 40], &spans).iter().filter(|span| span.col == 0).map(|span| span.rows).collect::<Vec<_>>()
        };
        let alone = tasks(&[1; 40]);
        assert!(alone.len() > 2 && alone.iter().sum::<usize>() == 40, "{alone:?}");
        // a task of seven rows is not parted for its category
        for part in tasks(&[7, 7, 7, 7, 7, 5]).iter().scan(0, |row, part| {
            *row += part;
            Some(*row)
        }) {
            assert!([7, 14, 21, 28, 35, 40].contains(&part), "{part}");
        }
        // one that is longer than half a page is parted itself, and so may its category be within it
        assert_eq!(tasks(&[40]), alone);
    }
}
