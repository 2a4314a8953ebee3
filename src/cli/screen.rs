//! Printing to the screen: aligned tables with wide characters, and colours where wanted.

use std::io::{self, Write as _};

use anstyle::{AnsiColor, Style};
use chrono::NaiveDateTime;
use unicode_width::UnicodeWidthStr;

use super::options::Color;
use crate::basis::calendar::window::end_of;
use crate::basis::finding::Severity;

/// Bold, for headings.
pub const BOLD: Style = Style::new().bold();
/// Dimmed, for less important text.
pub const DIM: Style = Style::new().dimmed();
/// For good results.
pub const GOOD: Style = AnsiColor::Green.on_default();
/// For what must be corrected.
pub const BAD: Style = AnsiColor::Red.on_default();
/// For what must be checked.
pub const WARN: Style = AnsiColor::Yellow.on_default();

/// The colour of a severity.
pub fn of(severity: Severity) -> Style {
    match severity {
        Severity::Error => BAD,
        Severity::Warning => WARN,
        Severity::Info => DIM,
    }
}

/// A text in a style.
pub fn styled(style: Style, text: &str) -> String {
    format!("{style}{text}{style:#}")
}

/// Sets whether styles are printed. `NO_COLOR` applies under `auto`.
pub fn choose(color: Color) {
    match color {
        Color::Auto => anstream::ColorChoice::Auto,
        Color::Always => anstream::ColorChoice::Always,
        Color::Never => anstream::ColorChoice::Never,
    }
    .write_global();
}

/// Prints a result to stdout. A closed pipe (`| head`) is not an error.
pub fn out(text: &str) {
    let mut stdout = anstream::stdout().lock();
    let _ = stdout.write_all(text.as_bytes()).and_then(|()| stdout.flush());
}

/// Prints bytes to stdout.
pub fn raw(bytes: &[u8]) {
    let mut stdout = io::stdout().lock();
    let _ = stdout.write_all(bytes).and_then(|()| stdout.flush());
}

/// Prints a remark to stderr.
pub fn note(text: &str) {
    let _ = writeln!(anstream::stderr(), "{text}");
}

/// A moment; the last second of a day is printed as the day.
pub fn moment(at: NaiveDateTime) -> String {
    let form = if at == end_of(at.date()) { "%Y-%m-%d" } else { "%Y-%m-%d %H:%M" };
    at.format(form).to_string()
}

/// The alignment of a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Align {
    /// Left, for texts.
    Left,
    /// Right, for numbers.
    Right,
}

/// The rows of a table, so far its heading alone.
pub fn headed<const N: usize>(heading: [&str; N]) -> Vec<Vec<String>> {
    vec![heading.map(str::to_owned).to_vec()]
}

/// A table with aligned columns separated by two spaces, indented by two. The first row is the heading.
pub fn table(aligns: &[Align], rows: &[Vec<String>]) -> String {
    let width = |text: &str| UnicodeWidthStr::width(anstream::adapter::strip_str(text).to_string().as_str());
    let widths: Vec<usize> = (0..aligns.len())
        .map(|at| rows.iter().filter_map(|row| row.get(at)).map(|text| width(text)).max().unwrap_or(0))
        .collect();
    let mut table = String::new();
    for (number, row) in rows.iter().enumerate() {
        let mut line = String::from(" ");
        for ((text, align), wide) in row.iter().zip(aligns).zip(&widths) {
            let pad = " ".repeat(wide - width(text));
            let (before, after) = if *align == Align::Right { (pad.as_str(), "") } else { ("", pad.as_str()) };
            line.push(' ');
            line.push_str(before);
            line.push_str(&if number == 0 { styled(DIM, text) } else { text.clone() });
            line.push_str(after);
            line.push(' ');
        }
        table.push_str(line.trim_end());
        table.push('\n');
    }
    table
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wide_characters_and_colours_keep_columns_aligned() {
        let rows = [["单位", "应报"], ["后勤中心", "3"], ["A", "12"]].map(|row| row.map(String::from).to_vec());
        let mut rows = rows.to_vec();
        rows[2][0] = styled(BAD, "A");
        let plain = anstream::adapter::strip_str(&table(&[Align::Left, Align::Right], &rows)).to_string();
        assert_eq!(plain, "  单位      应报\n  后勤中心     3\n  A           12\n");
    }
}
