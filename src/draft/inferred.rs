//! Attributions that neither label nor clear bracket says: sentences, and brackets of bare names.

use super::outline::{Entry, Outline};
use super::parts::Part;
use super::{attach, prose, sections};

/// Attributed brackets of bare names from which on they are a habit of the plan rather than a chance.
const HABIT: usize = 3;

/// The doubt of an attribution that neither label nor bracket says.
pub(super) const BY_SENTENCE: &str = "责任单位据句中文字推断";

/// A single bracket of names without a role word in a plan that says roles otherwise is no attribution.
pub(super) fn drop_chance_brackets(outline: &mut Outline) {
    let said = |outline: &Outline, bare: bool| {
        let entries = outline.items.iter().flat_map(|item| &item.entries);
        entries.filter(|entry| matches!(&entry.part, Part::Said(said) if said.owns() && said.bare == bare)).count()
    };
    let (bare, others) = (said(outline, true), said(outline, false));
    if bare == 0 || bare >= HABIT {
        return;
    }
    let numbered = outline
        .items
        .iter_mut()
        .enumerate()
        .flat_map(|(at, item)| item.entries.iter_mut().map(move |entry| (at, entry)));
    for (at, entry) in numbered {
        let Part::Said(said) = &mut entry.part else { continue };
        if said.bare && others > 0 && at == 0 {
            let names = said.units.join("、");
            entry.part = Part::Text(format!("（{names}）"));
        } else if said.bare {
            said.doubts.push("括号里只有单位名称，暂作责任单位".into());
        }
    }
}

/// Sentences that say who does something, where neither label nor bracket does.
pub(super) fn by_prose(outline: &mut Outline, explicit: bool) {
    let found = attach::attributed(outline);
    for (at, attributed) in found.iter().enumerate() {
        let mut way = outline.above(at);
        if *attributed && at != 0
            || explicit && at == 0
            || way.iter().any(|above| !outline.items[*above].units.is_empty())
        {
            continue;
        }
        // Inside an attributed item only 由…负责 is clear enough.
        let inside = way.iter().any(|above| attach::has_own(outline, *above));
        way.push(at);
        if !outline.items[at].units.is_empty()
            || at != 0 && way.iter().any(|above| sections::lays_down_none(outline.heading(*above)).is_some())
        {
            continue;
        }
        let entries = std::mem::take(&mut outline.items[at].entries);
        outline.items[at].entries = entries.into_iter().flat_map(|entry| spoken(entry, inside)).collect();
    }
}

/// A text with the attributions that its sentences hold behind each of them.
fn spoken(entry: Entry, clear: bool) -> Vec<Entry> {
    let Part::Text(text) = &entry.part else { return vec![entry] };
    let (mut found, mut words) = (Vec::new(), String::new());
    for sentence in prose::sentences(text) {
        words.push_str(sentence);
        if let Some(mut said) = prose::attribution(sentence).filter(|_| !clear || sentence.contains('由')) {
            said.doubts.push(BY_SENTENCE.into());
            found.push(Part::Text(std::mem::take(&mut words)));
            found.push(Part::Said(said));
        }
    }
    if found.is_empty() {
        return vec![entry];
    }
    if !words.trim().is_empty() {
        found.push(Part::Text(words));
    }
    let piece = |(at, part)| Entry { spot: entry.spot, part, first: entry.first && at == 0, own_line: false };
    found.into_iter().enumerate().map(piece).collect()
}
