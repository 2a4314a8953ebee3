//! records.csv: the merged records for programs and Excel, in UTF-8 with a byte order mark and without anything a
//! spreadsheet would take for a formula.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::io::Write;

use anyhow::Result;

use super::english;
use super::layout::Part;
use super::workbook::text::is_risky;
use super::{Output, RenderInput, Shelf};
use crate::outcome::merge::Line;
use crate::table::FieldId;

/// The output.
pub struct Records;

impl Output for Records {
    fn render(&self, from: RenderInput<'_>, to: &dyn Shelf) -> Result<()> {
        to.put("records.csv", &mut |to| write(from, to))
    }
}

fn write(from: RenderInput<'_>, to: &mut dyn Write) -> Result<()> {
    let RenderInput { outcome, layout, .. } = from;
    to.write_all(&[0xEF, 0xBB, 0xBF])?;
    let mut out = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(to);
    // beside a column stands what was written, where it is printed otherwise
    let lang = outcome.settings.lang;
    let columns: Vec<(&Part, Option<FieldId>)> =
        layout.parts.iter().map(|part| (part, layout.otherwise(part))).collect();
    for (part, beside) in &columns {
        let heading = layout.heading(outcome, part);
        let heading = english::word(&heading, lang).to_owned();
        out.write_field(&*harmless(heading.as_str().into()))?;
        if beside.is_some() {
            let written = lang.pick(format!("{heading}（原文）"), format!("{heading} (as written)"));
            out.write_field(&*harmless(written.into()))?;
        }
    }
    out.write_record(None::<&[u8]>)?;
    // a nil report for everything stands once, though it answers for several items
    let mut told = BTreeSet::new();
    let is_record = |line: &&Line| match line {
        Line::Record { .. } => true,
        Line::Nil { record, .. } => record.is_some_and(|record| told.insert(record)),
        Line::Missing(_) | Line::Before(_) => false,
    };
    for line in outcome.consolidated.lines.iter().filter(is_record) {
        let entry = line.record().map(|at| outcome.entry(at));
        for (part, beside) in &columns {
            let text = match (line, entry) {
                (Line::Record { record, .. }, Some(entry)) => layout.text(outcome, *record, entry, part),
                // the state in its standard word, without the period that the line of the item names
                (Line::Nil { record: Some(record), .. }, Some(entry)) if matches!(part, Part::Status) => {
                    layout.text(outcome, *record, entry, part)
                }
                _ => layout.line_text(outcome, line, part),
            };
            out.write_field(&*harmless(text))?;
            if let Some(field) = beside {
                out.write_field(&*harmless(entry.map_or("", |entry| entry.text(*field)).into()))?;
            }
        }
        out.write_record(None::<&[u8]>)?;
    }
    Ok(out.flush()?)
}

/// Prefixes an apostrophe to texts a spreadsheet would take for a formula. Plain numbers such as `-5` stay unchanged.
fn harmless(text: Cow<'_, str>) -> Cow<'_, str> {
    let begins = is_risky(&text) || is_risky(text.trim_start());
    if begins && text.parse::<f64>().is_err() { Cow::Owned(format!("'{text}")) } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_become_text_and_numbers_stay() {
        let after: Vec<String> =
            ["=1+1", "+86 10", "-5", "-5e3", "@SUM(A1)", "\t=1", " =1", "＝1", "-inf", "已完成", ""]
                .map(|text| harmless(text.into()).into_owned())
                .into();
        assert_eq!(
            after,
            ["'=1+1", "'+86 10", "-5", "-5e3", "'@SUM(A1)", "'\t=1", "' =1", "'＝1", "-inf", "已完成", ""]
        );
    }
}
