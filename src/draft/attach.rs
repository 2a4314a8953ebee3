//! An attribution that stands after several items without one belongs to the item they stand under.

use std::collections::BTreeMap;

use super::marker::Style;
use super::outline::{Entry, Outline};
use super::parts::Part;
use super::wording::is_aside;

/// Whether an entry assigns the task to someone.
fn owns(entry: &Entry) -> bool {
    matches!(&entry.part, Part::Said(said) if said.owns())
}

/// Whether an item has an attribution of its own.
pub(super) fn has_own(outline: &Outline, item: usize) -> bool {
    outline.items[item].entries.iter().any(owns)
}

/// For each item whether it or one below it has an attribution.
pub(super) fn attributed(outline: &Outline) -> Vec<bool> {
    let mut found: Vec<bool> = (0..outline.items.len()).map(|at| has_own(outline, at)).collect();
    for at in (1..outline.items.len()).rev() {
        if found[at] {
            found[outline.items[at].parent] = true;
        }
    }
    found
}

/// Moves an attribution at the end of a list of items to the item above the list, from the deepest lists up.
pub(super) fn lift(outline: &mut Outline) {
    let deepest = outline.items.iter().map(|item| item.depth).max().unwrap_or(0);
    for depth in (1..=deepest).rev() {
        let found = attributed(outline);
        let usage = usage(outline, &found, depth);
        let parents: Vec<usize> = (1..outline.items.len()).filter(|at| outline.items[*at].depth + 1 == depth).collect();
        for parent in parents {
            let Some(last) = last_alone(outline, &found, parent) else { continue };
            let style = outline.items[last].style.unwrap_or(Style::Arabic);
            let (own, ends) = usage.get(&style).copied().unwrap_or_default();
            let moved = end_of_text(&outline.items[last].entries);
            let whole_line = outline.items[last].entries[moved..].first().is_some_and(|entry| entry.own_line);
            // Where items of this kind usually name their units themselves, so does this one.
            let shared = if whole_line { own < 2 * ends } else { own == 0 && (style >= Style::Bracket || ends > 1) };
            // A unit's heading already says whose the items are.
            let shared = shared && (whole_line || outline.items[parent].units.is_empty());
            if shared && !has_own(outline, parent) {
                let end = outline.items[last].entries.split_off(moved);
                let (mut said, asides): (Vec<Entry>, Vec<Entry>) =
                    end.into_iter().partition(|entry| matches!(entry.part, Part::Said(_)));
                if !outline.items[parent].units.is_empty()
                    && let Some(Entry { part: Part::Said(said), .. }) = said.first_mut()
                {
                    said.doubts.push("写在本单位最后一项之后，暂作各项共有，请核对".into());
                }
                outline.items[last].entries.extend(asides);
                outline.items[parent].entries.extend(said);
            }
        }
    }
}

/// The last of at least two items under another when it alone has an attribution, and has it at its end.
fn last_alone(outline: &Outline, found: &[bool], parent: usize) -> Option<usize> {
    let (last, others) = outline.items[parent].children.split_last()?;
    let alone = !others.is_empty() && others.iter().all(|other| !found[*other]);
    let same = others.iter().all(|other| outline.items[*other].style == outline.items[*last].style);
    let entries = &outline.items[*last].entries;
    let at_end = entries[end_of_text(entries)..].iter().any(owns);
    let below = outline.below(*last).iter().any(|below| has_own(outline, *below));
    (alone && same && at_end && !below).then_some(*last)
}

/// Where the attribution at the end of an item begins; lines like 督导单位：… may stand in it.
fn end_of_text(entries: &[Entry]) -> usize {
    let of_end = |entry: &Entry| match &entry.part {
        Part::Said(_) => true,
        Part::Text(text) => is_aside(text),
    };
    entries.iter().rposition(|entry| !of_end(entry)).map_or(0, |at| at + 1)
}

/// For each style of the items of one depth: how many have attributions of their own, how many lists end with one.
fn usage(outline: &Outline, found: &[bool], depth: usize) -> BTreeMap<Style, (usize, usize)> {
    let mut usage: BTreeMap<Style, (usize, usize)> = BTreeMap::new();
    for (at, item) in outline.items.iter().enumerate().filter(|(_, item)| item.depth == depth) {
        let Some(style) = item.style.filter(|_| has_own(outline, at)) else { continue };
        let counts = usage.entry(style).or_default();
        if last_alone(outline, found, item.parent) == Some(at) {
            counts.1 += 1;
        } else {
            counts.0 += 1;
        }
    }
    usage
}
