//! Attributions without a label or a clear bracket: sentences, and brackets of bare names.

use super::attribution::Attribution;
use super::marker::Style;
use super::outline::{Entry, Outline};
use super::parts::Part;
use super::{attach, prose, sections};

/// From so many brackets of bare names on, they are a habit of the plan and not chance.
const HABIT: usize = 3;

/// The doubt noted for such an attribution.
pub(super) const BY_SENTENCE: &str = "责任单位据句中文字推断";

/// A single bracket of names without a role word is not an attribution in a plan that states roles in other ways.
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
        } else if said.bare && said.units.len() < 2 {
            said.doubts.push("括号里只有单位名称，暂作责任单位".into());
        }
    }
}

/// Attributions from sentences, where there is neither label nor bracket.
pub(super) fn by_prose(outline: &mut Outline, explicit: bool) {
    read(outline, explicit, false);
    // 各街道要…… counts in an item only where other items say who does them, or most items say so.
    let owned = (1..outline.items.len()).filter(|at| attach::has_own(outline, *at)).count();
    if !explicit && (owned > 1 || mostly_told(outline)) {
        read(outline, explicit, true);
    }
}

/// Whether most of the innermost items of a plan begin a sentence with the unit that does something.
fn mostly_told(outline: &Outline) -> bool {
    let innermost = (1..outline.items.len()).filter(|at| {
        let mut way = outline.above(*at);
        way.push(*at);
        outline.items[*at].children.is_empty()
            && way.iter().all(|above| sections::lays_down_none(outline.heading(*above)).is_none())
    });
    let told = |at: usize| {
        outline.items[at].entries.iter().any(|entry| {
            let Part::Text(text) = &entry.part else { return false };
            prose::sentences(text).into_iter().any(|sentence| prose::subject(sentence).is_some())
        })
    };
    let (told, all) = innermost.fold((0, 0), |(found, all), at| (found + usize::from(told(at)), all + 1));
    told > 1 && told * 3 >= all * 2
}

fn read(outline: &mut Outline, explicit: bool, subjects: bool) {
    let found = attach::attributed(outline);
    for (at, attributed) in found.iter().enumerate() {
        let mut way = outline.above(at);
        if *attributed && (at != 0 || subjects)
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
        let place = match (at, inside) {
            (_, true) => Place::Inside,
            (0, false) => Place::Loose,
            _ => Place::Item,
        };
        let counted = outline.items[at].style == Some(Style::Counted);
        let subjects = !explicit && (place == Place::Loose || place == Place::Item && (subjects || counted));
        let entries = std::mem::take(&mut outline.items[at].entries);
        outline.items[at].entries = entries.into_iter().flat_map(|entry| spoken(entry, place, subjects)).collect();
    }
}

/// The position of a text whose sentences are examined.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    /// Outside of all numbered items.
    Loose,
    /// In an item of its own.
    Item,
    /// Inside an item that says who has to do it: only 由…负责 is clear enough.
    Inside,
}

/// How many sentences are searched for the words that introduce the tasks.
const OPENING: usize = 4;

/// A text split into sentences, each followed by the attribution it contains.
fn spoken(entry: Entry, place: Place, subjects: bool) -> Vec<Entry> {
    let Part::Text(text) = &entry.part else { return vec![entry] };
    let mut found: Vec<(String, Attribution)> = Vec::new();
    // Sentences that say nothing of it, since the last that did.
    let mut silent = String::new();
    let mut clear = place == Place::Item;
    for sentence in prose::sentences(text) {
        let said = prose::attribution(sentence).filter(|_| place != Place::Inside || sentence.contains('由'));
        let said = said.or_else(|| prose::subject(sentence).filter(|_| subjects));
        if let Some(said) = said {
            // 整治A。由甲负责。 looks back; 甲负责整治A。 does not, and what stands before goes on with the last.
            let back = prose::looks_back(sentence);
            clear &= found.is_empty() && (silent.is_empty() || back) && prose::is_plain(sentence, &said);
            if let Some((words, _)) = found.last_mut().filter(|_| !back) {
                words.push_str(&std::mem::take(&mut silent));
            }
            found.push((std::mem::take(&mut silent) + sentence, said));
        } else if let Some(more) = prose::helpers(sentence)
            && let Some((words, said)) = found.last_mut()
        {
            words.push_str(&std::mem::take(&mut silent));
            words.push_str(sentence);
            said.merge(more);
        } else {
            silent.push_str(sentence);
        }
    }
    let Some((words, _)) = found.last_mut() else { return vec![entry] };
    words.push_str(&silent);
    let opening = found.first_mut().filter(|_| place == Place::Loose).and_then(|(words, _)| {
        // Whatever stands before the words that announce the tasks belongs to them.
        let all = prose::sentences(words);
        let announces = all.iter().take(OPENING).position(|sentence| prose::is_opening(sentence))?;
        let end: usize = all[..=announces].iter().map(|sentence| sentence.len()).sum();
        let rest = words.split_off(end);
        Some(Part::Text(std::mem::replace(words, rest)))
    });
    let piece = |(at, part)| Entry { spot: entry.spot, part, first: entry.first && at == 0, own_line: false };
    let parts = found.into_iter().flat_map(|(words, mut said)| {
        if !clear {
            said.doubts.push(BY_SENTENCE.into());
        }
        [Part::Text(words), Part::Said(said)]
    });
    opening.into_iter().chain(parts).enumerate().map(piece).collect()
}
