//! Splits text whose line breaks were lost before the numbers of its items.

use std::collections::BTreeMap;

use super::marker::{Marker, Style, marker};

/// The last number of each style, to recognise the next one.
#[derive(Debug, Default)]
pub(super) struct Numbers {
    /// Of the items that are open.
    open: BTreeMap<Style, u32>,
    /// Of all before: some plans number through all their sections.
    all: BTreeMap<Style, u32>,
}

impl Numbers {
    /// Whether a number goes on where the last of its style stopped, or begins.
    fn expects(&self, marker: &Marker) -> bool {
        let follows =
            |last: &BTreeMap<Style, u32>| last.get(&marker.style).is_some_and(|last| marker.number == last + 1);
        marker.number == 1 || follows(&self.open) || follows(&self.all)
    }

    /// Records a number; deeper ones start again.
    pub(super) fn take(&mut self, marker: &Marker) {
        self.open.retain(|style, _| *style <= marker.style);
        self.open.insert(marker.style, marker.number);
        self.all.insert(marker.style, marker.number);
    }
}

/// The pieces of a paragraph: one for each item that begins in it.
pub(super) fn pieces<'a>(paragraph: &'a str, numbers: &mut Numbers) -> Vec<&'a str> {
    let (mut pieces, mut start, mut from) = (Vec::new(), 0, 0);
    if let Some(first) = marker(paragraph) {
        numbers.take(&first);
        from = first.length;
        // （一）1. opens two items at once.
        if let Some(next) = marker(&paragraph[from..]).filter(|next| next.number == 1 && next.style > first.style) {
            numbers.take(&next);
            pieces.push(&paragraph[..from]);
            (start, from) = (from, from + next.length);
        }
    }
    let mut depth = 0usize;
    let mut before = None;
    // In a text whose lines were put behind one another an item may begin at once behind a name.
    let joined = paragraph.chars().nth(JOINED).is_some();
    for (at, c) in paragraph.char_indices() {
        if at >= from && depth == 0 && before.is_some() {
            let rest = &paragraph[at..];
            let glued = |found: &Marker| joined && is_glued(found, &paragraph[start..at], rest, numbers);
            if let Some(found) = marker(rest).filter(|found| begins(found, before, rest, numbers) || glued(found)) {
                numbers.take(&found);
                pieces.push(paragraph[start..at].trim());
                (start, from) = (at, at + found.length);
            }
        }
        match c {
            '（' | '(' | '《' | '“' | '【' => depth += 1,
            '）' | ')' | '》' | '”' | '】' => depth = depth.saturating_sub(1),
            _ => {}
        }
        before = Some(c);
    }
    pieces.push(paragraph[start..].trim());
    pieces.retain(|piece| !piece.is_empty());
    pieces
}

/// From so many characters on a paragraph may be several whose breaks were lost.
const JOINED: usize = 200;

/// Whether an item begins at a number right behind a word: the next of its kind, or the first below a short heading.
fn is_glued(found: &Marker, before: &str, rest: &str, numbers: &Numbers) -> bool {
    /// Characters of the longest heading that a first item may follow without punctuation.
    const HEADING: usize = 30;
    let word = |c: char| ('\u{4e00}'..='\u{9fff}').contains(&c);
    let Some(last) = before.chars().next_back().filter(|c| word(*c)) else { return false };
    let behind = &rest[found.length..];
    // 第2、 附件1. 其二、 and （二）项 refer to an item.
    let refers = rest.starts_with('第')
        || "第其之十百件表图至和".contains(last)
        || behind.starts_with(['项', '款', '条', '、', '）', ')']);
    let next =
        behind.chars().next().is_some_and(|c| word(c) || matches!(c, '“' | '《' | '（' | '(') || c.is_ascii_digit());
    let digits =
        matches!(found.style, Style::Arabic | Style::Paren) && behind.starts_with(|c: char| c.is_ascii_digit());
    let styled = !matches!(found.style, Style::Chapter | Style::Unit | Style::Paren | Style::Circled);
    let first = found.number == 1 && before.chars().count() <= HEADING && has_second(found.style, rest);
    styled && next && !refers && !digits && numbers.expects(found) && (found.number > 1 || first)
}

/// Whether an item begins at a number in the middle of a text.
fn begins(found: &Marker, before: Option<char>, rest: &str, numbers: &Numbers) -> bool {
    let Some(before) = before else { return false };
    let ends = "。；;：:！!？?）)】".contains(before);
    let gap = before.is_whitespace();
    let next = rest[found.length..].chars().next().unwrap_or(' ');
    match found.style {
        // 2．3．2020年底前 is no item: a figure must not follow.
        Style::Arabic | Style::Paren if next.is_ascii_digit() => false,
        // The full stop before the first is sometimes lost as well; the second says that there is a first.
        Style::Arabic | Style::Paren | Style::Han | Style::Circled | Style::Bracket => {
            (ends || gap && (found.number > 1 || has_second(found.style, rest))) && numbers.expects(found)
        }
        Style::HanBracket => {
            let first = found.number == 1 && has_second(found.style, rest) && before != '第';
            numbers.expects(found) && (ends || gap || first)
        }
        Style::Code(parts) | Style::Index(parts, _) => parts > 2 && (ends || gap),
        Style::Named => "。；;".contains(before) && numbers.expects(found),
        Style::Chapter => ends && numbers.expects(found),
        Style::Unit | Style::Part | Style::Counted => false,
    }
}

/// Whether the second item of a style stands somewhere in a text.
fn has_second(style: Style, text: &str) -> bool {
    let marks: &[&str] = match style {
        Style::Han => &["二、"],
        Style::HanBracket => &["（二）", "(二)"],
        Style::Arabic => &["2.", "2．", "2、"],
        Style::Bracket => &["（2）", "(2)"],
        Style::Circled => &["②"],
        Style::Code(_) | Style::Index(..) => return true,
        _ => &[],
    };
    marks.iter().any(|mark| text.contains(mark))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn broken(paragraph: &str) -> String {
        pieces(paragraph, &mut Numbers::default()).join(" / ")
    }

    #[test]
    fn items_on_one_line_are_parted() {
        for (paragraph, parts) in [
            (
                "做好以下工作：1.清扫街巷。2.清理广告；3.整治市场。",
                "做好以下工作： / 1.清扫街巷。 / 2.清理广告； / 3.整治市场。",
            ),
            ("二、任务（一）宣传。（二）整治。", "二、任务 / （一）宣传。 / （二）整治。"),
            ("（一）1.清扫。2.清理。", "（一） / 1.清扫。 / 2.清理。"),
            ("实行：①登记；②整改；③销号。", "实行： / ①登记； / ②整改； / ③销号。"),
            (
                "某县意见 一、要求 坚持导向。 二、任务 清理街巷。",
                "某县意见 / 一、要求 坚持导向。 / 二、任务 清理街巷。",
            ),
        ] {
            assert_eq!(broken(paragraph), parts);
        }
    }

    #[test]
    fn items_glued_to_names_are_parted_in_long_text() {
        let long = "对主次干道、背街小巷、农贸市场、老旧小区开展集中整治，清理卫生死角和乱堆乱放。".repeat(5);
        let text = format!("一、环境整治1.{long}责任单位：城管局、各街道2.改造第2、第3标段。责任单位：住建局二、宣传");
        let shown: Vec<String> = broken(&text).split(" / ").map(|piece| piece.chars().take(6).collect()).collect();
        assert_eq!(shown, ["一、环境整治", "1.对主次干", "2.改造第2", "二、宣传"]);
        assert_eq!(broken("一、环境整治1.清扫。责任单位：城管局2.整治"), "一、环境整治1.清扫。责任单位：城管局2.整治");
    }

    #[test]
    fn figures_and_quotations_break_nothing() {
        for paragraph in [
            "1.亮灯率达到99%；装灯率达到3.5以上。",
            "落实《办法》（1.总则 2.分则）的要求。",
            "1.分年完成。2．3．2020年底前全部完成。",
            "按照第（三）项的要求做好工作。",
            "1.清扫街巷。5.另有安排。",
        ] {
            assert_eq!(broken(paragraph), paragraph);
        }
    }
}
