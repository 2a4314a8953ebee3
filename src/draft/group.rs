//! The tasks of one item: its texts, each with the attribution that follows it.

use std::collections::{BTreeMap, BTreeSet};

use super::attach;
use super::attribution::Attribution;
use super::document::Spot;
use super::inferred::BY_SENTENCE;
use super::marker::Style;
use super::outline::Outline;
use super::parts::Part;
use super::prose::is_opening;
use super::wording::{is_annex, is_heading};

/// Text and attribution of one task.
#[derive(Debug, Default)]
pub(super) struct Group {
    /// Its text, with the paragraphs it comes from.
    pub(super) texts: Vec<(Spot, String)>,
    /// Who has to do it.
    pub(super) said: Attribution,
    /// The paragraphs it was made from.
    pub(super) spots: Vec<Spot>,
}

/// The styles whose items mostly have paragraphs behind their attribution.
pub(super) fn goes_on(outline: &Outline) -> BTreeSet<Style> {
    let mut counts: BTreeMap<Style, (usize, usize)> = BTreeMap::new();
    for (at, item) in outline.items.iter().enumerate().filter(|(at, _)| *at != 0 && attach::has_own(outline, *at)) {
        let Some(style) = item.style else { continue };
        // Behind the last item of a list stands whatever follows the list.
        if outline.items[item.parent].children.last() == Some(&at) && outline.items[item.parent].children.len() > 1 {
            continue;
        }
        let said = item.entries.iter().rfind(|entry| matches!(entry.part, Part::Said(_))).map(|entry| entry.spot);
        let text = item.entries.iter().rfind(|entry| matches!(entry.part, Part::Text(_))).map(|entry| entry.spot);
        let counted = counts.entry(style).or_default();
        counted.1 += 1;
        counted.0 += usize::from(text > said);
    }
    counts.into_iter().filter(|(_, (on, all))| on * 2 > *all).map(|(style, _)| style).collect()
}

/// How many paragraphs of text most tasks without numbers have, when there are several: the first of them, which stands
/// behind the beginning of the plan, is left out.
pub(super) fn usual_lines(groups: &[Group]) -> Option<usize> {
    let mut counts: BTreeMap<usize, usize> = BTreeMap::new();
    for group in groups.iter().skip(1).filter(|group| !group.is_by_sentence()) {
        *counts.entry(group.lines().len()).or_default() += 1;
    }
    counts.into_iter().max_by_key(|(lines, count)| (*count, std::cmp::Reverse(*lines))).map(|(lines, _)| lines)
}

impl Group {
    /// Its paragraphs of text.
    fn lines(&self) -> Vec<Spot> {
        let mut lines: Vec<Spot> = self.texts.iter().map(|(spot, _)| *spot).collect();
        lines.dedup();
        lines
    }

    fn is_by_sentence(&self) -> bool {
        self.said.doubts.iter().any(|doubt| doubt == BY_SENTENCE)
    }

    /// Of the text before the first number, only what stands directly before the attribution is the task: as many
    /// paragraphs as usual, else the last and a heading over it. Gives back the words with which the plan begins, when
    /// they stand in the same paragraph.
    pub(super) fn keep_last(&mut self, usual: Option<usize>, turn: usize) -> Vec<(Spot, String)> {
        let lines = self.lines();
        let Some(last) = lines.last().copied() else { return Vec::new() };
        if self.is_by_sentence() {
            self.keep(last, None);
            if self.texts.len() < 2 {
                return Vec::new();
            }
            let (openings, texts) = std::mem::take(&mut self.texts).into_iter().partition(|(_, text)| is_opening(text));
            self.texts = texts;
            return openings;
        }
        if let Some(usual) = usual.filter(|usual| lines.len() >= *usual) {
            self.keep(lines[lines.len() - usual], None);
            if turn == 0 || lines.len() == usual {
                return Vec::new();
            }
        } else {
            let before = self.texts.iter().rev().find(|(spot, _)| *spot != last);
            let heading = before.filter(|(_, text)| is_heading(text) && !is_annex(text) && text.chars().count() <= 30);
            self.keep(last, heading.map(|(spot, _)| *spot));
        }
        self.said.doubts.push("没有编号的任务，请核对起止".into());
        Vec::new()
    }

    /// Keeps what stands from a paragraph on, and a heading.
    fn keep(&mut self, first: Spot, heading: Option<Spot>) {
        let kept = |spot: &Spot| *spot >= first || Some(*spot) == heading;
        self.texts.retain(|(spot, _)| kept(spot));
        self.spots.retain(|spot| kept(spot));
    }
}

/// Texts of one paragraph behind one another, paragraphs by line.
pub(super) fn joined(texts: &[(Spot, String)]) -> String {
    let mut joined = String::new();
    let mut last = None;
    for (spot, text) in texts {
        if last.is_some_and(|last| last != *spot) {
            joined.push('\n');
        }
        joined.push_str(text.trim());
        last = Some(*spot);
    }
    joined
}
