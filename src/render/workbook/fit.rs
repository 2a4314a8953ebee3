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
    text.lines().map(UnicodeWidthStr::width_cjk).max().unwrap_or(0)
}

/// How many lines a text takes in a column of this width.
pub fn lines(text: &str, column: f64) -> usize {
    // lines are rarely full: a full-width character may not fit the last half, and a comma does not begin a line
    let room = (column - 2.0).max(2.0);
    let of = |line: &str| ((line.width_cjk() as f64 / room).ceil() as usize).max(1);
    text.split('\n').map(of).sum()
}

/// The height of a row for a number of lines.
pub fn height(lines: usize) -> f64 {
    (lines.max(1) as f64 * LINE + AIR).min(HIGHEST)
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
}
