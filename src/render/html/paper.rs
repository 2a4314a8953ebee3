//! The list of missing items as it is printed: what a unit lacks in several periods stands in one row, and so do its tasks that
//! lack the same.

use serde::Serialize;

use super::rows::{GapRow, gap_row};
use crate::basis::calendar::Window;
use crate::basis::calendar::format::periods;
use crate::outcome::{Gap, Outcome};

/// A row of the printed list.
#[derive(Serialize)]
pub(super) struct PaperRow<'a> {
    unit: &'a str,
    kind: String,
    codes: String,
    message: String,
    due: String,
    tone: &'static str,
}

/// The rows of these gaps, which are sorted by unit.
pub(super) fn paper<'a>(outcome: &'a Outcome, gaps: &'a [Gap]) -> Vec<PaperRow<'a>> {
    let lang = outcome.settings.lang;
    let mut rows: Vec<PaperRow<'a>> = Vec::new();
    for (gap, all) in by_period(gaps) {
        let GapRow { unit, code, mut kind, message, due, tone, .. } = gap_row(outcome, gap);
        let mut message = message.to_owned();
        if let count @ 2.. = all.len() {
            kind = lang.pick(format!("{}{count}期", gap.title), format!("{}, {count} periods", gap.title));
            let when = periods(&all, lang);
            message = lang.pick(format!("{when}：{message}"), format!("{when}: {message}"));
        }
        let of_unit = rows.iter_mut().rev().take_while(|known| known.unit == unit);
        let mut same = of_unit.filter(|known| (&known.kind, &known.message, &known.due) == (&kind, &message, &due));
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

/// The gaps, those that are the same but for their period as one with all its periods.
fn by_period(gaps: &[Gap]) -> Vec<(&Gap, Vec<Window>)> {
    let mut found: Vec<(&Gap, Vec<Window>)> = Vec::new();
    for gap in gaps {
        let alike = |known: &Gap| {
            known.is_item && gap.is_item && (known.task, known.kind, &known.due) == (gap.task, gap.kind, &gap.due)
        };
        let first = found.iter().rposition(|(known, _)| known.unit != gap.unit).map_or(0, |at| at + 1);
        let same = found[first..].iter_mut().find(|(known, _)| known.period.is_some() && alike(known));
        match (same, gap.period) {
            (Some((_, all)), Some(period)) => all.push(period),
            (None, _) | (_, None) => found.push((gap, gap.period.into_iter().collect())),
        }
    }
    found
}
