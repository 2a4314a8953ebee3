//! Column widths and row heights for Chinese text. Office programs do not adjust the height of merged cells and differ in
//! how they adjust others, so every height is set explicitly.

use unicode_width::UnicodeWidthStr;

/// The height of a line of 10.5-point text in points, for the tallest of the usual fonts.
pub const LINE: f64 = 15.6;
/// Space above and below the text of a row, in points.
const AIR: f64 = 4.4;
/// The greatest row height in Excel, in points.
const HIGHEST: f64 = 409.0;

/// The width of the longest line of a text, in characters of half width.
pub fn width(text: &str) -> usize {
    text.lines().map(of_line).max().unwrap_or(0)
}

/// The widths of the lines of a text, in characters of half width.
pub fn line_widths(text: &str) -> Vec<usize> {
    text.split('\n').map(of_line).collect()
}

/// The width of a line, by the tables of Unicode only where it holds more than what nearly all text consists of.
fn of_line(line: &str) -> usize {
    let usual = |c| match c {
        ' '..='~' => Some(1),
        '\u{3000}'..='\u{3020}'
        | '\u{4e00}'..='\u{9fff}'
        | '\u{ff01}'..='\u{ff5e}'
        | '“'
        | '”'
        | '‘'
        | '’'
        | '—'
        | '…'
        | '·'
        | '×' => Some(2),
        _ => None,
    };
    let (mut width, mut at) = (0, 0);
    while let Some(lead) = line.as_bytes().get(at) {
        let (wide, length) = match lead {
            b' '..=b'~' => (1, 1),
            // Ideographs, by the first of their three bytes: each line of every table is measured.
            0xe5..=0xe9 => (2, 3),
            _ => {
                let Some(c) = line[at..].chars().next() else { break };
                let Some(wide) = usual(c) else { return line.width_cjk() };
                (wide, c.len_utf8())
            }
        };
        (width, at) = (width + wide, at + length);
    }
    width
}

/// How many lines a text with lines of these widths takes in a column of this width.
pub fn lines_of(widths: &[usize], column: f64) -> usize {
    // lines are rarely full: a full-width character may not fit the last half, and a comma does not begin a line
    let room = (column - 2.0).max(2.0);
    widths.iter().map(|width| ((*width as f64 / room).ceil() as usize).max(1)).sum()
}

/// How many lines a text takes in a column of this width.
pub fn lines(text: &str, column: f64) -> usize {
    // no character is wider than its bytes are many, and none than two narrow ones
    let fits = |width: usize| width as f64 <= column - 2.0;
    if (fits(text.len()) || fits(2 * text.chars().count())) && !text.contains('\n') {
        return 1;
    }
    let of = |line: &str| lines_of(&[of_line(line)], column);
    text.split('\n').map(of).sum()
}

/// The height of a row for a number of lines.
pub fn height(lines: usize) -> f64 {
    (lines.max(1) as f64 * LINE + AIR).min(HIGHEST)
}

/// What a column is at most widened to; a longer text is read on the screen.
const WIDEST: f64 = 90.0;

/// The most lines of the highest row.
fn most_lines() -> f64 {
    ((HIGHEST - AIR) / LINE).floor()
}

/// What [`least`] is at most for a text, told by its length: no character is wider than its bytes are many.
pub fn at_most(text: &str) -> f64 {
    // One line is widened once at most, one that is broken as often as it takes.
    if text.contains('\n') { WIDEST } else { (text.len() as f64 / most_lines()).floor() + 6.0 }
}

/// The least width of a column in which a text fits into the highest row.
pub fn least(text: &str) -> f64 {
    let most = most_lines();
    let mut column = (width(text) as f64 / most).floor() + 2.0;
    while column < WIDEST && lines(text, column) as f64 > most {
        column += 4.0;
    }
    column.min(WIDEST)
}

/// The width of a column for a text, between two bounds: for one line if it fits, else for about four.
pub fn column(text: &str, least: f64, most: f64) -> f64 {
    let full = width(text) as f64 + 2.0;
    if full <= most { full.max(least) } else { (full / 4.0).clamp(most * 0.75, most) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chinese_text_is_twice_as_wide() {
        assert_eq!((width("台账abc"), width("一\n二二")), (7, 4));
        assert_eq!((lines("一二三四五六七八九十", 12.0), lines("a\nb", 12.0), lines("", 12.0)), (2, 2, 1));
    }

    #[test]
    fn the_usual_characters_are_as_wide_as_unicode_says() {
        let all: Vec<char> = (' '..='\u{ffff}').filter(|c| !c.is_control()).collect();
        for c in all {
            let line = format!("办{c}a");
            assert_eq!(of_line(&line), line.width_cjk(), "{c:?}");
            // all but one sign of the Khmer
            assert!(c == '\u{17d8}' || c.to_string().width_cjk() <= 2.min(c.len_utf8()), "{c:?}");
        }
    }

    #[test]
    fn a_column_is_wide_enough_for_the_highest_row() {
        assert!(least("一二三") < 6.0);
        for text in ["字".repeat(600), "一行\n".repeat(20), "字字字字字字字字字字字\n".repeat(20)] {
            let column = least(&text);
            assert!(height(lines(&text, column)) <= HIGHEST && lines(&text, column) <= 25, "{column}");
        }
        assert_eq!(least(&"字".repeat(9_000)).to_string(), "90");
        let texts = (0..3_000).map(|long| "字".repeat(long) + "a");
        for text in texts.chain(["a\nb".into(), "字\n".repeat(400)]) {
            assert!(least(&text) <= at_most(&text), "{} > {}", least(&text), at_most(&text));
        }
    }
}
