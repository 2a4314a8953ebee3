//! The list of missing items as it is printed: the tasks of a unit that lack the same stand in one row.

use serde::Serialize;

use super::rows::{GapRow, gap_row};
use crate::outcome::{Gap, Outcome};

/// A row of the printed list.
#[derive(Serialize)]
pub(super) struct PaperRow<'a> {
    unit: &'a str,
    kind: String,
    codes: String,
    message: &'a str,
    due: String,
    tone: &'static str,
}

/// The rows of these gaps, which are sorted by unit.
pub(super) fn paper<'a>(outcome: &'a Outcome, gaps: &'a [Gap]) -> Vec<PaperRow<'a>> {
    let mut rows: Vec<PaperRow<'a>> = Vec::new();
    for gap in gaps {
        let GapRow { unit, code, kind, message, due, tone, .. } = gap_row(outcome, gap);
        let of_unit = rows.iter_mut().rev().take_while(|known| known.unit == unit);
        let mut same = of_unit.filter(|known| (&known.kind, known.message, &known.due) == (&kind, message, &due));
        match same.next() {
            Some(known) if known.codes.split('、').next_back() != Some(code) => {
                known.codes = format!("{}、{code}", known.codes);
            }
            Some(_) => {}
            None => rows.push(PaperRow { unit, kind, codes: code.to_owned(), message, due, tone }),
        }
    }
    rows
}
