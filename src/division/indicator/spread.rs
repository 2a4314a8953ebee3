//! Folded indicator text that remembers where each byte came from, so that spaces and width do not matter and errors
//! still point at the right character.

use std::ops::Range;

use unicode_normalization::UnicodeNormalization;

/// A folded text and the origin of each of its bytes.
pub(super) struct Spread<'a> {
    written: &'a str,
    /// Folded: width, no white space; names keep their case; line breaks between indicators and full stops are `;`.
    pub(super) text: String,
    /// For each byte of `text`, and its end, the offset in what was written.
    origin: Vec<usize>,
}

/// Characters after which an indicator continues on a new line.
const GOES_ON: &str = "且或和及,、≥≤=<>:÷/(";
/// Characters at the start of a line that continue an indicator.
const CONTINUES: &str = "且或≥≤=<>÷/)";

impl<'a> Spread<'a> {
    pub(super) fn new(written: &'a str) -> Spread<'a> {
        let (mut text, mut origin) = (String::with_capacity(written.len()), Vec::with_capacity(written.len()));
        let mut push = |text: &mut String, c: char, at: usize| {
            text.push(c);
            origin.resize(text.len(), at);
        };
        for (at, c) in written.char_indices() {
            if matches!(c, '\n' | '\r') {
                let next = written[at..].chars().find(|c| !c.is_whitespace()).unwrap_or(';');
                let open = text.chars().last().is_some_and(|last| GOES_ON.contains(last));
                if !open && !CONTINUES.contains(next) && !text.ends_with(';') {
                    push(&mut text, ';', at);
                }
                continue;
            }
            if c == '。' {
                push(&mut text, ';', at);
                continue;
            }
            for c in std::iter::once(c).nfkc() {
                let c = match c {
                    c if c.is_whitespace() || c.is_control() || matches!(c, '\u{200b}'..='\u{200f}' | '\u{feff}') => {
                        continue;
                    }
                    '【' | '〔' | '［' => '(',
                    '】' | '〕' | '］' => ')',
                    '≧' | '⩾' | '≮' => '≥',
                    '≦' | '⩽' | '≯' => '≤',
                    '﹪' => '%',
                    c => c,
                };
                push(&mut text, c, at);
            }
        }
        origin.push(written.len());
        Spread { written, text, origin }
    }

    /// The offset in the original text of a byte of the folded text.
    pub(super) fn origin(&self, at: usize) -> usize {
        self.origin.get(at).copied().unwrap_or(self.written.len())
    }

    /// The original text of a part of the folded text, trimmed.
    pub(super) fn written(&self, part: Range<usize>) -> &'a str {
        self.written[self.origin(part.start)..self.origin(part.end)].trim()
    }

    /// The parts between `;`, those without content left out.
    pub(super) fn pieces(&self) -> Vec<Range<usize>> {
        let (mut pieces, mut start) = (Vec::new(), 0);
        for (at, _) in self.text.match_indices(';').chain([(self.text.len(), ";")]) {
            if start < at {
                pieces.push(start..at);
            }
            start = at + 1;
        }
        pieces
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folding_keeps_the_way_back() {
        let spread = Spread::new("次 数＞＝ ４／年；\n每周五。");
        assert_eq!(spread.text, "次数>=4/年;每周五;");
        let pieces = spread.pieces();
        assert_eq!(pieces.len(), 2);
        assert_eq!(spread.written(pieces[0].clone()), "次 数＞＝ ４／年");
        assert_eq!(spread.written(pieces[1].clone()), "每周五");
        assert_eq!(spread.origin(6), "次 数".len());
    }

    #[test]
    fn a_new_line_ends_an_indicator_unless_it_goes_on() {
        assert_eq!(Spread::new("处数≥3 且\n形式≥2种").text, "处数≥3且形式≥2种");
        assert_eq!(Spread::new("处数≥3\n形式≥2种").text, "处数≥3;形式≥2种");
    }
}
