//! Units as headings: what stands below one is laid upon it, unless it says otherwise.

use super::attribution::{Attribution, add};
use super::group::Group;
use super::outline::Entry;
use super::parts::Part;
use super::plan::Plan;
use super::units;
use super::wording::{continues, is_closing, is_member};

impl Plan {
    /// The tasks under a heading that is a unit.
    pub(super) fn emit_unit(&mut self, at: usize, covered: &mut [bool]) {
        for below in std::iter::once(at).chain(self.outline.below(at)) {
            covered[below] = true;
        }
        let names = self.outline.items[at].units.clone();
        let heads = self.heads_of_unit(at);
        if heads.is_empty() {
            let (category, number) = (self.category(at), self.number(at));
            for mut group in self.duties(at) {
                under_unit(&mut group.said, &names);
                self.push(at, &category, number.clone(), group);
            }
            return;
        }
        let category = names.join("、");
        for head in heads {
            let number = self.number(head);
            for mut group in self.whole_groups(head) {
                under_unit(&mut group.said, &names);
                self.push(head, &category, number.clone(), group);
            }
        }
    }

    /// Under a heading without items every paragraph is a duty; an attribution among them adds to the heading's.
    fn duties(&self, at: usize) -> Vec<Group> {
        let mut groups: Vec<Group> = Vec::new();
        let inline = self.outline.items[at].inline;
        for Entry { spot, part, .. } in self.outline.items[at].entries.clone() {
            match part {
                Part::Text(text)
                    if !groups.is_empty()
                        && groups.iter().all(|group| group.spots[0] != spot)
                        && (inline || is_closing(&text)) =>
                {
                    if let Some(last) = groups.last_mut().filter(|_| continues(&text)) {
                        last.texts.push((spot, text));
                        last.spots.push(spot);
                    }
                }
                Part::Text(text) if is_member(&text) || units::is_list(text.trim_end_matches(['：', ':', '】'])) => {}
                Part::Text(text) => match groups.last_mut().filter(|last| last.spots.last() == Some(&spot)) {
                    Some(last) => last.texts.push((spot, text)),
                    None => groups.push(Group {
                        texts: vec![(spot, text)],
                        said: Attribution::default(),
                        spots: vec![spot],
                    }),
                },
                Part::Said(said) => {
                    if let Some(last) = groups.last_mut() {
                        last.said.merge(said);
                        last.spots.push(spot);
                    }
                }
            }
        }
        groups
    }

    /// The tasks of an item with everything that stands below it.
    fn whole_groups(&self, head: usize) -> Vec<Group> {
        let mut groups = self.groups(head);
        if groups.is_empty() {
            groups.push(Group::default());
            self.take_in(head, &mut groups[0]);
            self.outline.heading(head).clone_into(&mut groups[0].texts[0].1);
        }
        if let Some(last) = groups.last_mut() {
            for below in self.outline.below(head) {
                self.take_in(below, last);
                for entry in &self.outline.items[below].entries {
                    if let Part::Said(said) = &entry.part {
                        last.said.merge(said.clone());
                    }
                }
            }
        }
        groups
    }

    /// The items under a unit's heading that are tasks: those below a mere heading count one by one.
    fn heads_of_unit(&self, at: usize) -> Vec<usize> {
        let mut heads = Vec::new();
        for child in &self.outline.items[at].children {
            let item = &self.outline.items[*child];
            let text = self.outline.heading(*child);
            let mere = item.children.len() > 1
                && item.entries.len() == 1
                && text.chars().count() <= 12
                && !text.contains('。');
            if mere { heads.extend(self.heads_of_unit(*child)) } else { heads.push(*child) }
        }
        heads
    }
}

/// The units of a heading are responsible where an item does not say so itself.
fn under_unit(said: &mut Attribution, names: &[String]) {
    if said.lead.is_empty() && said.units.is_empty() {
        add(&mut said.units, names.to_vec());
    }
}
