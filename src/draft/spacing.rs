//! Removes the blanks that a scanner put between characters; blanks that separate labels or items stay.

use super::document::{Block, Document};
use super::labels;
use super::marker::marker;

impl Document {
    /// The same document without the blanks of a scanner, when it has them.
    pub(super) fn without_scanned_blanks(mut self) -> Document {
        let paragraphs = || {
            self.blocks.iter().filter_map(|block| match block {
                Block::Paragraph(text) => Some(text.as_str()),
                Block::Table(_) => None,
            })
        };
        if !is_scanned(paragraphs()) {
            return self;
        }
        for block in &mut self.blocks {
            match block {
                Block::Paragraph(text) => *text = closed_up(text),
                Block::Table(table) => {
                    for cell in table.rows.iter_mut().flatten() {
                        cell.text = cell.text.lines().map(closed_up).collect::<Vec<_>>().join("\n");
                    }
                }
            }
        }
        self
    }
}

/// Whether blanks stand before punctuation, where nobody types them.
fn is_scanned<'a>(paragraphs: impl Iterator<Item = &'a str>) -> bool {
    /// With at least one such blank in so many characters it is not a typing slip.
    const SLIP: usize = 60;
    let (mut blanks, mut letters) = (0, 0);
    for text in paragraphs {
        let chars: Vec<char> = text.chars().collect();
        letters += chars.len();
        blanks += chars.windows(2).filter(|pair| pair[0] == ' ' && "，。、；：）".contains(pair[1])).count();
    }
    blanks > 2 && blanks * SLIP > letters
}

/// A text without blanks beside Chinese letters and signs, unless a label or an item begins behind one.
fn closed_up(text: &str) -> String {
    /// How many characters show whether an item begins.
    const ITEM: usize = 12;
    let wide = |c: char| !c.is_ascii() && !c.is_whitespace();
    let mut closed = String::new();
    for (at, c) in text.char_indices() {
        if c != ' ' {
            closed.push(c);
            continue;
        }
        let (before, rest) = (closed.chars().next_back().unwrap_or(' '), &text[at + 1..]);
        let after = rest.chars().next().unwrap_or(' ');
        let label = labels::find(rest).first().is_some_and(|label| label.start == 0);
        let next: String = rest.chars().filter(|c| *c != ' ').take(ITEM).collect();
        let item = marker(&next).is_some() && wide(before) && !"年月第（".contains(before);
        let beside = wide(before) || wide(after);
        if !beside || (label || item) && !"（(【".contains(before) {
            closed.push(' ');
        }
    }
    closed
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blanks_of_a_scanner_go_and_those_that_part_stay() {
        for (text, closed) in [
            (
                "3月15 日前 完成 摸底 。 （ 责任 单位 ： 区住建局 、 各街道 ）",
                "3月15日前完成摸底。（责任单位：区住建局、各街道）",
            ),
            (
                "责任单位 ：区水务局 ， 供电公司 2 ．道路 硬化 。 责任单位 ：区城管局",
                "责任单位：区水务局，供电公司 2．道路硬化。 责任单位：区城管局",
            ),
        ] {
            assert_eq!(closed_up(text), closed);
        }
        assert!(is_scanned(["完成 摸底 。 （ 责任 单位 ： 区住建局 、 各街道 ）"].into_iter()));
        assert!(!is_scanned(["1 完善信号灯 公安局 住建局 6月底前"].into_iter()));
    }
}
