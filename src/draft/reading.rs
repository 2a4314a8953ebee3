//! Paragraphs → the items of an outline, one after the other.

use std::collections::BTreeSet;

use super::closing;
use super::document::Spot;
use super::labels;
use super::marker::{Marker, Style, counter, marker};
use super::outline::{Item, Outline};
use super::parts::{Part, parts};
use super::prose;
use super::split::{Numbers, pieces};
use super::under_units::part_of_unit;
use super::unit_headings::{UnitLine, label_line, label_lines, stranger, unit_headings, unit_line};
use super::wording::{is_annex, is_content};

impl Outline {
    /// Reads paragraphs with their places.
    pub(super) fn read(paragraphs: &[(Spot, String)]) -> Outline {
        let (paragraphs, continued) = joined(paragraphs);
        let outline = Outline { items: vec![Item::default()], continued };
        let mut reader = Reader { outline, numbers: Numbers::default(), current: 0 };
        let closing = closing::lines(&paragraphs);
        let (units, labels, counted) = (unit_headings(&paragraphs), label_lines(&paragraphs), counted(&paragraphs));
        for (at, (spot, text)) in paragraphs.iter().enumerate() {
            let next = paragraphs.get(at + 1).map_or("", |(_, next)| next.as_str());
            match () {
                () if closing.contains(&at) => reader.closing(*spot, text),
                () if units[at] => reader.unit(*spot, text, unit_line(text).unwrap_or_else(|| stranger(text))),
                () if labels[at] => reader.unit(*spot, text, label_line(text).unwrap_or_default()),
                () if counted.contains(&at) => reader.counted(*spot, text),
                () => reader.paragraph(*spot, text, next),
            }
        }
        reader.outline.name_units();
        reader.outline.name_sections();
        reader.outline
    }
}

/// An outline that is being read.
struct Reader {
    outline: Outline,
    numbers: Numbers,
    /// The item that is open.
    current: usize,
}

impl Reader {
    /// A heading that names units, with the text after their names.
    fn unit(&mut self, spot: Spot, text: &str, line: UnitLine<'_>) {
        let rest = line.rest;
        self.current = self.outline.open(self.current, None, Style::Unit);
        self.outline.head_of_unit(self.current, spot, text, line);
        self.numbers = Numbers::default();
        self.items(spot, rest);
    }

    /// A line that belongs to no item, and below which nothing goes on.
    fn closing(&mut self, spot: Spot, text: &str) {
        (self.current, self.numbers) = (0, Numbers::default());
        self.outline.add(0, spot, text);
    }

    /// 一是……
    fn counted(&mut self, spot: Spot, text: &str) {
        let Some((number, length)) = counter(text) else { return };
        let marker = Marker { style: Style::Counted, number, code: text[..length].to_owned(), length };
        self.current = self.outline.open(self.current, Some(marker), Style::Counted);
        self.outline.add(self.current, spot, &text[length..]);
    }

    fn paragraph(&mut self, spot: Spot, text: &str, next: &str) {
        let text = enclosed(text);
        if is_annex(text) {
            // 附件2 begins another document: nothing in it goes on with the items before.
            (self.current, self.numbers) = (0, Numbers::default());
        }
        let mut within = std::iter::once(self.current).chain(self.outline.above(self.current));
        let is_unit = |at| unit_line(self.outline.heading(at)).is_some_and(|line| line.rest.is_empty());
        let under_unit = within.any(|at| self.outline.items[at].style == Some(Style::Unit) || is_unit(at));
        if under_unit && part_of_unit(text).is_some() {
            self.current = self.outline.open(self.current, None, Style::Part);
            self.outline.add(self.current, spot, text);
        } else if keeps_whole(text, next) {
            self.outline.add(self.current, spot, text);
        } else {
            self.items(spot, text);
        }
    }

    /// The items that begin in a text, and what goes on with the one before.
    fn items(&mut self, spot: Spot, text: &str) {
        for piece in pieces(text, &mut self.numbers) {
            let found = marker(piece).or_else(|| bare_marker(piece)).or_else(|| serial(piece));
            let body = found.as_ref().map_or(piece, |found| &piece[found.length.min(piece.len())..]);
            if let Some(found) = found {
                let style = found.style;
                // 3.责任单位：… says of the item above who does it, though it has a number.
                let holder = self.outline.holder(self.current, style, found.number);
                if holder != 0 && is_label(body) {
                    self.current = holder;
                } else {
                    self.current = self.outline.open(self.current, Some(found), style);
                }
            }
            self.outline.add(self.current, spot, body);
        }
    }
}

/// Whether a text consists of labels and their values only.
fn is_label(text: &str) -> bool {
    labels::find(text).first().is_some_and(|label| label.start == 0)
        && parts(text).iter().all(|part| matches!(part, Part::Said(_)))
}

/// The paragraphs that 一是, 二是 count and that are each somebody's: at least two of a list say who does them.
fn counted(paragraphs: &[Placed]) -> BTreeSet<usize> {
    let owned = |text: &str| {
        prose::sentences(text)
            .into_iter()
            .any(|sentence| prose::attribution(sentence).or_else(|| prose::subject(sentence)).is_some())
            || parts(text).iter().any(|part| matches!(part, Part::Said(said) if said.owns()))
    };
    let mut found = BTreeSet::new();
    let (mut list, mut number_before): (Vec<usize>, u32) = (Vec::new(), 0);
    let mut close = |list: &mut Vec<usize>| {
        let own = list.iter().filter(|at| owned(&paragraphs[**at].1)).count();
        // 一要 exhorts everybody unless nearly each says whom.
        let urges = list.first().is_some_and(|at| paragraphs[*at].1.starts_with("一要"));
        if own > 1 && (!urges || own * 4 >= list.len() * 3) {
            found.extend(list.iter().copied());
        }
        list.clear();
    };
    for (at, (_, text)) in paragraphs.iter().enumerate() {
        let Some((number, _)) = counter(text) else { continue };
        if number != number_before + 1 {
            close(&mut list);
        }
        list.push(at);
        number_before = number;
    }
    close(&mut list);
    found
}

/// A heading without its 【】: 【Ⅰ-1 理想信念教育】.
fn enclosed(text: &str) -> &str {
    let inner = text.strip_prefix('【').and_then(|rest| rest.strip_suffix('】'));
    let heading = |inner: &&str| !inner.contains(['【', '】']) && marker(inner).is_some();
    inner.filter(heading).unwrap_or(text)
}

/// Whether the numbers in a paragraph count what its label announces, 【测评标准】（1）…（2）…, and open no items: it says
/// nobody who does them, and the list does not go on below it.
fn keeps_whole(text: &str, next: &str) -> bool {
    if !is_content(text) {
        return false;
    }
    let mut numbers = Numbers::default();
    let within = pieces(text, &mut numbers);
    let Some(last) = within.last().filter(|_| within.len() > 1).and_then(|last| marker(last)) else { return false };
    let goes_on = marker(next).is_some_and(|next| next.style == last.style && next.number == last.number + 1);
    !goes_on && parts(text).iter().all(|part| matches!(part, Part::Text(_)))
}

/// （一） alone on its line, before an item that begins at once.
fn bare_marker(piece: &str) -> Option<Marker> {
    let mut longer = piece.to_owned();
    longer.push('项');
    marker(&longer).filter(|found| found.length == piece.len())
}

/// 序号：1 alone on its line, before what it numbers.
fn serial(piece: &str) -> Option<Marker> {
    let rest = ["序号", "编号"].iter().find_map(|word| piece.strip_prefix(word))?;
    let code = rest.trim_start_matches(['：', ':', ' ']).trim_end();
    let number = code.parse().ok().filter(|number| (1..1000).contains(number))?;
    Some(Marker { style: Style::Named, number, code: code.to_owned(), length: piece.len() })
}

/// A paragraph with its place in the plan.
type Placed = (Spot, String);

/// Paragraphs that were broken inside a bracket are put together again.
fn joined(paragraphs: &[Placed]) -> (Vec<Placed>, Vec<(Spot, Spot)>) {
    /// After so many characters an open bracket is taken as never closed.
    const LONGEST: usize = 600;
    let open = |text: &str| {
        let depth = text.chars().fold(0i32, |depth, c| match c {
            '（' | '(' | '【' => depth + 1,
            '）' | ')' | '】' => (depth - 1).max(0),
            _ => depth,
        });
        depth > 0
    };
    let (mut joined, mut continued): (Vec<(Spot, String)>, _) = (Vec::with_capacity(paragraphs.len()), Vec::new());
    for (spot, text) in paragraphs {
        if let Some((first, last)) = joined.last_mut()
            && open(last)
            && text.chars().count() < LONGEST
            && last.chars().count() < 4 * LONGEST
            && text.contains(['）', ')', '】'])
            && marker(text).is_none()
        {
            last.push_str(text);
            continued.push((*spot, *first));
        } else {
            joined.push((*spot, text.clone()));
        }
    }
    (joined, continued)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bracket_broken_over_lines_is_whole_again() {
        let outline = Outline::read(&[
            (Spot { table: 0, line: 1 }, "1.清扫街巷。（责任单位：城管局、".to_owned()),
            (Spot { table: 0, line: 2 }, "住建局、各街道）".to_owned()),
        ]);
        let said = outline.items[1]
            .entries
            .iter()
            .any(|entry| matches!(&entry.part, Part::Said(said) if said.units.len() == 3));
        assert!(said, "{:?}", outline.items[1]);
    }
}
