//! records.csv: the merged records for programs and Excel, in UTF-8 with a byte order mark and without anything a
//! spreadsheet would take for a formula.

use std::borrow::Cow;
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
    /// So many bytes are handed on at once.
    const PORTION: usize = 1 << 16;
    let RenderInput { outcome, layout, .. } = from;
    // beside a column stands what was written, where it is printed otherwise
    let lang = outcome.settings.lang;
    let columns: Vec<(&Part, Option<FieldId>)> =
        layout.parts.iter().map(|part| (part, layout.otherwise(part))).collect();
    let mut lines = Lines { text: "\u{feff}".to_owned(), ..Lines::default() };
    for (part, beside) in &columns {
        let heading = layout.heading(outcome, part);
        let heading = english::word(&heading, lang);
        lines.field(heading);
        if beside.is_some() {
            lines.field(&lang.pick(format!("{heading}（原文）"), format!("{heading} (as written)")));
        }
    }
    lines.end();
    for at in outcome.consolidated.lines.iter().filter_map(Line::record) {
        for (part, beside) in &columns {
            lines.field(&layout.text(outcome, at, part));
            if let Some(field) = beside {
                lines.field(outcome.entry(at).text(*field));
            }
        }
        lines.end();
        if lines.text.len() > PORTION {
            to.write_all(lines.text.as_bytes())?;
            lines.text.clear();
        }
    }
    Ok(to.write_all(lines.text.as_bytes())?)
}

/// Lines of comma-separated values.
#[derive(Default)]
struct Lines {
    text: String,
    /// The column that comes next.
    column: usize,
    /// For each column the last text and how it stands in the file: most texts stand in line after line.
    last: Vec<(String, String)>,
}

impl Lines {
    /// Writes the next field of a line; in quotes where the text could be taken for several fields or lines.
    fn field(&mut self, raw: &str) {
        if self.column > 0 {
            self.text.push(',');
        }
        if self.column == self.last.len() {
            self.last.push(<(String, String)>::default());
        }
        let (last, written) = &mut self.last[self.column];
        self.column += 1;
        if last != raw {
            raw.clone_into(last);
            let safe = harmless(raw.into());
            written.clear();
            if safe.bytes().any(|byte| matches!(byte, b',' | b'"' | b'\r' | b'\n')) {
                written.push('"');
                written.push_str(&safe.replace('"', "\"\""));
                written.push('"');
            } else {
                written.push_str(&safe);
            }
        }
        self.text.push_str(written);
    }

    /// Ends the line.
    fn end(&mut self) {
        self.text.push_str("\r\n");
        self.column = 0;
    }
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
    fn what_is_written_is_read_again() {
        let rows = [["甲,乙", "说“好”\"", ""], ["甲,乙", "一\n二", "三\r"], ["", "", " 空 "], ["甲", "一\n二", " 空 "]];
        let mut lines = Lines::default();
        for row in rows {
            for field in row {
                lines.field(field);
            }
            lines.end();
        }
        assert!(lines.text.starts_with("\"甲,乙\",\"说“好”\"\"\",\r\n"), "{}", lines.text);
        let mut read = csv::ReaderBuilder::new().has_headers(false).from_reader(lines.text.as_bytes());
        let read: Vec<Vec<String>> =
            read.records().map(|record| record.expect("read").iter().map(str::to_owned).collect()).collect();
        assert_eq!(read, rows);
    }

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
