//! The tasks that one item holds: its texts, each with the attribution that follows it.

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
    /// Its words, with their paragraphs.
    pub(super) texts: Vec<(Spot, String)>,
    /// Who has to do it.
    pub(super) said: Attribution,
    /// The paragraphs it was made of.
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

/// Of the text before the first number, only what stands directly before the attribution is the task. Gives back the
/// words with which the plan begins, when they stand in the same paragraph.
pub(super) fn keep_last(group: &mut Group) -> Vec<(Spot, String)> {
    let Some((last, _)) = group.texts.last().cloned() else { return Vec::new() };
    let before = group.texts.iter().rev().find(|(spot, _)| *spot != last).cloned();
    let by_sentence = group.said.doubts.iter().any(|doubt| doubt == BY_SENTENCE);
    let heading = before
        .filter(|(_, text)| !by_sentence && is_heading(text) && !is_annex(text) && text.chars().count() <= 30)
        .map(|(spot, _)| spot);
    let kept = |spot: &Spot| *spot >= last || Some(*spot) == heading;
    group.texts.retain(|(spot, _)| kept(spot));
    group.spots.retain(|spot| kept(spot));
    let mut openings = Vec::new();
    if by_sentence && group.texts.len() > 1 {
        let (opening, texts) = std::mem::take(&mut group.texts).into_iter().partition(|(_, text)| is_opening(text));
        (openings, group.texts) = (opening, texts);
    }
    if !by_sentence {
        group.said.doubts.push("没有编号的任务，请核对起止".into());
    }
    openings
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
