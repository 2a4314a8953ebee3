//! The tasks that one item holds: its texts, each with the attribution that follows it.

use std::collections::{BTreeMap, BTreeSet};

use super::attach;
use super::attribution::Attribution;
use super::document::Spot;
use super::inferred::BY_SENTENCE;
use super::marker::{Marker, Style};
use super::outline::Outline;
use super::parts::Part;
use super::plan::Plan;
use super::wording::{continues, is_heading};

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

impl Plan {
    /// What stands inside an attributed item: items below it without an attribution of their own or below them.
    pub(super) fn inside(&self, at: usize) -> Vec<usize> {
        self.outline
            .below(at)
            .into_iter()
            .filter(|below| {
                !self.found[*below] && {
                    let above = self.outline.above(*below);
                    above.iter().take_while(|above| **above != at).all(|above| !self.found[*above])
                }
            })
            .collect()
    }

    /// Adds an item's text, with its number, to a task.
    pub(super) fn take_in(&self, at: usize, group: &mut Group) {
        let number = self.outline.items[at].marker.as_ref().map(Marker::shown).unwrap_or_default();
        let mut first = true;
        for entry in &self.outline.items[at].entries {
            group.spots.push(entry.spot);
            if let Part::Text(text) = &entry.part {
                let text = if first { format!("{number}{text}") } else { text.clone() };
                first = false;
                group.texts.push((entry.spot, text));
            }
        }
        if first {
            let spot = group.spots.last().copied().unwrap_or_default();
            group.texts.push((spot, number));
        }
    }

    /// The tasks that an item's own entries hold.
    pub(super) fn groups(&self, at: usize) -> Vec<Group> {
        let entries = &self.outline.items[at].entries;
        let Some(last_said) = entries.iter().rposition(|entry| matches!(entry.part, Part::Said(_))) else {
            return Vec::new();
        };
        let goes_on = self.outline.items[at].style.is_some_and(|style| self.goes_on.contains(&style));
        let mut groups: Vec<Group> = Vec::new();
        // Text that waits for its attribution; a list that begins with one is read the other way round.
        let mut waiting: Vec<(Spot, String)> = Vec::new();
        let leads = matches!(entries.first().map(|entry| &entry.part), Some(Part::Said(_)));
        for (number, entry) in entries.iter().enumerate() {
            match &entry.part {
                Part::Text(text) if number > last_said => {
                    let same = groups.last().is_some_and(|group| group.spots.contains(&entry.spot));
                    if let Some(last) = groups.last_mut().filter(|_| same || goes_on || leads || continues(text)) {
                        last.texts.push((entry.spot, text.clone()));
                        last.spots.push(entry.spot);
                    }
                }
                Part::Text(text) => waiting.push((entry.spot, text.clone())),
                Part::Said(said) => {
                    let new = groups.last().is_none_or(|last| {
                        !waiting.is_empty()
                            && (last.said.names_units() || last.said.blank)
                            && (said.names_units() || said.blank)
                            && (!said.units.is_empty() || !said.lead.is_empty() || said.blank)
                    });
                    if new {
                        groups.push(Group::default());
                    }
                    let Some(group) = groups.last_mut() else { continue };
                    let texts = std::mem::take(&mut waiting);
                    group.spots.extend(texts.iter().map(|(spot, _)| *spot));
                    group.texts.extend(texts);
                    group.said.merge(said.clone());
                    group.spots.push(entry.spot);
                }
            }
        }
        groups
    }
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

/// Of the text before the first number, only what stands directly before the attribution is the task.
pub(super) fn keep_last(group: &mut Group) {
    let Some((last, _)) = group.texts.last().cloned() else { return };
    let before = group.texts.iter().rev().find(|(spot, _)| *spot != last).cloned();
    let by_sentence = group.said.doubts.iter().any(|doubt| doubt == BY_SENTENCE);
    let heading =
        before.filter(|(_, text)| !by_sentence && is_heading(text) && text.chars().count() <= 30).map(|(spot, _)| spot);
    let kept = |spot: &Spot| *spot >= last || Some(*spot) == heading;
    group.texts.retain(|(spot, _)| kept(spot));
    group.spots.retain(|spot| kept(spot));
    if !by_sentence {
        group.said.doubts.push("没有编号的任务，请核对起止".into());
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
