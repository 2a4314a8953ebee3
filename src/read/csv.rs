//! Delimited text. Row numbers must match what the user sees: a blank line is a blank row, a quoted line break is not a
//! new row. The csv crate skips blank lines and so is not used here.

use std::collections::BTreeMap;

use super::grid::{Sheet, Workbook};
use super::outcome::Format;
use super::sink::{Filling, Sink};

const SEPARATORS: [char; 4] = [',', '\t', ';', '|'];

/// Reads a decoded csv file as a workbook of one sheet.
pub(super) fn read(text: &str) -> Workbook {
    // `sep=;` is a hint for Excel, which does not show it as a row.
    let (separator, text) = match text.split_once('\n') {
        Some((first, rest)) if first.len() < 8 && first.trim_end().to_ascii_lowercase().starts_with("sep=") => {
            (first.chars().nth(4).unwrap_or(','), rest)
        }
        _ => (separator(text).unwrap_or(','), text),
    };
    let mut sink = Sink::default();
    let mut sheet = Sheet { name: "Sheet1".into(), ..Sheet::default() };
    let mut filling = Filling::new(0);
    let mut fields = Fields::new(text, separator);
    while let Some(field) = fields.next() {
        let raw = sink.typed(&field.text);
        if !sink.put(&mut filling, field.row, field.col, raw) {
            break;
        }
    }
    sink.end(filling, &mut sheet);
    sink.finish(Format::Csv, vec![sheet], BTreeMap::new())
}

/// Whether most lines of a text have the same number of fields, at least two.
pub(super) fn is_tabular(text: &str) -> bool {
    best(text).is_some_and(|(_, steady, lines)| steady >= 2 && steady * 2 >= lines)
}

/// The separator that occurs equally often in the most lines; none when the text contains no candidate.
fn separator(text: &str) -> Option<char> {
    best(text).map(|(separator, ..)| separator)
}

/// The best separator, the number of lines in which it occurs equally often, and the number of lines examined.
fn best(text: &str) -> Option<(char, usize, usize)> {
    let mut best = (0, None);
    for candidate in SEPARATORS {
        let lines = lines(text, candidate);
        let all = lines.values().sum();
        for (&columns, &count) in lines.iter().filter(|&(&columns, _)| columns > 0) {
            let score = columns as usize * count * count;
            if score > best.0 {
                best = (score, Some((candidate, count, all)));
            }
        }
    }
    best.1
}

/// For each number of separators, how many of the first lines have it; blank lines are ignored.
fn lines(text: &str, separator: char) -> BTreeMap<u32, usize> {
    let mut lines = BTreeMap::new();
    let mut fields = Fields::new(text, separator);
    let mut before: Option<(u32, u32, bool)> = None;
    while let Some(field) = fields.next() {
        if field.row > 200 {
            break;
        }
        let filled = !field.text.trim().is_empty();
        before = match before {
            Some((row, _, any)) if row == field.row => Some((row, field.col, any || filled)),
            done => {
                if let Some((_, columns, true)) = done {
                    *lines.entry(columns).or_default() += 1;
                }
                Some((field.row, field.col, filled))
            }
        };
    }
    if let Some((_, columns, true)) = before {
        *lines.entry(columns).or_default() += 1;
    }
    lines
}

struct Field<'a> {
    row: u32,
    col: u32,
    text: std::borrow::Cow<'a, str>,
}

/// Iterates over the fields of a text in one pass; a missing closing quote is searched for only once.
struct Fields<'a> {
    rest: &'a str,
    separator: char,
    row: u32,
    col: u32,
    over: bool,
    literal: bool,
}

impl<'a> Fields<'a> {
    fn new(text: &'a str, separator: char) -> Self {
        Fields { rest: text, separator, row: 0, col: 0, over: false, literal: false }
    }

    fn next(&mut self) -> Option<Field<'a>> {
        if self.over {
            return None;
        }
        let (row, col) = (self.row, self.col);
        let (mut text, mut after) = self.quoted().unwrap_or((std::borrow::Cow::Borrowed(""), self.rest));
        let separator = self.separator;
        let end = after.find([separator, '\n', '\r']).unwrap_or(after.len());
        let tail = &after[..end];
        if text.is_empty() {
            text = std::borrow::Cow::Borrowed(tail);
        } else if !tail.trim().is_empty() {
            text.to_mut().push_str(tail);
        }
        after = &after[end..];
        if let Some(next) = after.strip_prefix(separator) {
            (self.rest, self.col) = (next, col + 1);
        } else {
            let next = after.strip_prefix("\r\n").or_else(|| after.strip_prefix(['\n', '\r'])).unwrap_or("");
            (self.rest, self.row, self.col) = (next, row + 1, 0);
            self.over = next.is_empty();
        }
        Some(Field { row, col, text })
    }

    /// A quoted field and the text after it. A quote that is not closed, or is closed in the middle of a later line, counts
    /// as an ordinary character.
    fn quoted(&mut self) -> Option<(std::borrow::Cow<'a, str>, &'a str)> {
        let inside = self.rest.strip_prefix('"').filter(|_| !self.literal)?;
        let mut from = 0;
        let end = loop {
            let Some(at) = inside[from..].find('"').map(|at| from + at) else {
                self.literal = true;
                return None;
            };
            if !inside[at + 1..].starts_with('"') {
                break at;
            }
            from = at + 2;
        };
        let (text, after) = (&inside[..end], &inside[end + 1..]);
        let ends_well = after.is_empty() || after.starts_with([self.separator, '\n', '\r']);
        if !ends_well && text.contains('\n') {
            return None;
        }
        Some((if text.contains('"') { text.replace("\"\"", "\"").into() } else { text.into() }, after))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::grid::Raw;

    fn drawn(text: &str) -> Vec<String> {
        let book = read(text);
        let cell = |raw: &Raw| match *raw {
            Raw::Text(text) => book.texts.get(text).to_string(),
            other => format!("{other:?}"),
        };
        let row = |row: &super::super::grid::Row| {
            let cells: Vec<_> = row.cells.iter().map(|(col, raw)| format!("{col}={}", cell(raw))).collect();
            format!("{}: {}", row.index + 1, cells.join(" "))
        };
        book.sheets[0].grid.rows.iter().map(row).collect()
    }

    #[test]
    fn blank_lines_are_rows_and_quoted_breaks_are_not() {
        let seen = drawn("序号,任务\r\n\r\n1,\"广告\n整治\"\r\n2,\"他说\"\"好\"\"\"\r\n");
        assert_eq!(seen, ["1: 0=序号 1=任务", "3: 0=1 1=广告\n整治", "4: 0=2 1=他说\"好\""]);
    }

    #[test]
    fn a_quote_without_end_costs_nothing_but_itself() {
        assert_eq!(drawn("a,\"b\nc,d\n"), ["1: 0=a 1=\"b", "2: 0=c 1=d"]);
        assert_eq!(drawn("\"a,b\n\"c\",d\n"), ["1: 0=\"a 1=b", "2: 0=c 1=d"]);
        assert_eq!(drawn("5\" pipe,d"), ["1: 0=5\" pipe 1=d"]);
        let many = "\"a,".repeat(200_000);
        assert_eq!(read(&many).sheets[0].grid.rows.len(), 1);
    }

    #[test]
    fn the_separator_is_the_steady_one() {
        for (text, separator) in [
            ("a,b\nc,d\n", Some(',')),
            ("a\tb,c\nd\te\n", Some('\t')),
            ("a;b;1,5\nc;d;2\n", Some(';')),
            ("a|b\nc|d", Some('|')),
            ("one\ntwo", None),
        ] {
            assert_eq!(super::separator(text), separator, "{text}");
        }
        for (text, rows) in [
            ("sep=;\na;b", vec!["1: 0=a 1=b"]),
            ("SEP=;\r\na;b,c", vec!["1: 0=a 1=b,c"]),
            ("sep=\na,b", vec!["1: 0=a 1=b"]),
            ("sep=,,,,\na,b,c,d,e", vec!["1: 0=sep=", "2: 0=a 1=b 2=c 3=d 4=e"]),
            ("sex=;\na;b", vec!["1: 0=sex= ", "2: 0=a 1=b"]),
            ("sep=;", vec!["1: 0=sep="]),
        ] {
            let rows: Vec<&str> = rows.iter().map(|row| row.trim_end()).collect();
            assert_eq!(drawn(text), rows, "{text}");
        }
    }

    #[test]
    fn a_table_has_steady_lines() {
        for (text, tabular) in [
            ("a,b\nc,d", true),
            ("a,b", false),
            ("a,b\nc,d\ne\nf", true),
            ("a,b\nc,d\ne\nf\ng", false),
            ("a\nb", false),
            ("a,b\n,\n\nc,d\ne\nf", true),
            ("a,b,c\nd;e\nf;g\nh;i", true),
        ] {
            assert_eq!(is_tabular(text), tabular, "{text}");
        }
        // The more separators the better, unless another is steadier.
        for (text, separator) in
            [("a,b;c;d\ne,f;g;h", ';'), ("a,b;c;d\ne,f\ng,h\ni,j", ','), ("\"a,b\";c\n\"d,e\";f", ';')]
        {
            assert_eq!(super::separator(text), Some(separator), "{text}");
        }
        let late = |row: usize| "x\n".repeat(row) + "a;b";
        assert_eq!((super::separator(&late(200)), super::separator(&late(201))), (Some(';'), None));
    }

    #[test]
    fn what_stands_around_quotes() {
        for (text, rows) in [
            ("\"a\" ,b", vec!["1: 0=a 1=b"]),
            ("\"a\"x,b", vec!["1: 0=ax 1=b"]),
            ("\"a\"\r\n\"b\"", vec!["1: 0=a", "2: 0=b"]),
            ("\"\",b", vec!["1: 1=b"]),
            ("\"a\"\rb", vec!["1: 0=a", "2: 0=b"]),
            ("\"a\nb\"x,c", vec!["1: 0=\"a", "2: 0=b\"x 1=c"]),
            ("\"a\nb\",c", vec!["1: 0=a\nb 1=c"]),
        ] {
            assert_eq!(drawn(text), rows, "{text:?}");
        }
    }

    #[test]
    fn old_line_ends_and_mangled_identifiers() {
        let seen = drawn("证件号\r3.70101E+17\r370101199001011234\r");
        assert_eq!(seen[0], "1: 0=证件号");
        assert!(seen[1].contains("DigitsLost"), "{seen:?}");
        assert_eq!(seen[2], "3: 0=370101199001011234");
    }
}
