//! Units as headings: the tasks below one are its own, unless they say otherwise.

use super::attribution::{Attribution, add};
use super::group::Group;
use super::labels::Field;
use super::outline::Entry;
use super::parts::Part;
use super::plan::Plan;
use super::prose;
use super::unit_headings::{label_line, unit_line};
use super::units::without_bracket;
use super::wording::{continues, is_closing, is_member};

impl Plan {
    /// The tasks under a heading that is a unit.
    pub(super) fn emit_unit(&mut self, at: usize, covered: &mut [bool]) {
        for below in std::iter::once(at).chain(self.own_below(at)) {
            covered[below] = true;
        }
        let mut heading = self.heading_of_unit(at);
        if let Some(above) =
            self.outline.above(at).into_iter().find(|above| !self.outline.items[*above].units.is_empty())
        {
            let above = self.outline.items[above].units.join("、");
            heading.doubts.push(format!("列在“{above}”名下，又另写了责任单位，请核对由谁负责"));
        }
        let heads = self.heads_of_unit(at);
        if heads.is_empty() {
            let (category, number) = (self.category(at), self.number(at));
            for mut group in self.duties(at) {
                with_helpers(&mut group);
                under_unit(&mut group.said, &heading, None);
                self.push(at, &category, number.clone(), group);
            }
            return;
        }
        let category = self.outline.items[at].units.join("、");
        for (head, role) in heads {
            let number = self.number(head);
            for mut group in self.whole_groups(head) {
                with_helpers(&mut group);
                under_unit(&mut group.said, &heading, role);
                self.push(head, &category, number.clone(), group);
            }
        }
    }

    /// The items below one that are not those of another unit below it.
    fn own_below(&self, at: usize) -> Vec<usize> {
        let unit = |item: &usize| !self.outline.items[*item].units.is_empty();
        let of_other = |below: &usize| {
            unit(below) || self.outline.above(*below).iter().take_while(|above| **above != at).any(unit)
        };
        self.outline.below(at).into_iter().filter(|below| !of_other(below)).collect()
    }

    /// The attribution that a unit's heading gives to every task below it: the unit, and those named besides in its
    /// bracket or on its own line.
    fn heading_of_unit(&self, at: usize) -> Attribution {
        let item = &self.outline.items[at];
        let mut heading = Attribution::default();
        let mut entries = item.entries.iter();
        // Behind the words of a first task stands what belongs to that task.
        for entry in entries.by_ref() {
            match &entry.part {
                Part::Said(said) => heading.merge(said.clone()),
                Part::Text(text) if is_name(text) || item.units == [text.trim_end_matches(['：', ':'])] => {}
                Part::Text(_) => break,
            }
        }
        if !item.children.is_empty() {
            for entry in entries {
                if let Part::Said(said) = &entry.part {
                    heading.merge(said.clone());
                }
            }
        }
        let others = item.units.iter().filter(|unit| !heading.lead.contains(unit)).cloned().collect();
        add(&mut heading.units, others);
        heading
    }

    /// Under a heading without items every paragraph is a task; an attribution among them adds to the heading's.
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
                Part::Text(text)
                    if is_member(&text)
                        || is_name(&text)
                        || self.outline.items[at].units == [text.trim_end_matches(['：', ':'])] => {}
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
            for below in self.own_below(head) {
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

    /// The items under a unit's heading that are tasks, with the part that the unit has in them: those below a mere
    /// heading count one by one.
    fn heads_of_unit(&self, at: usize) -> Vec<(usize, Option<Field>)> {
        let mut heads = Vec::new();
        for child in &self.outline.items[at].children {
            let item = &self.outline.items[*child];
            if !item.units.is_empty() {
                continue;
            }
            let text = self.outline.heading(*child);
            let role = part_of_unit(text);
            let mere = (item.children.len() > 1 || role.is_some() && !item.children.is_empty())
                && item.entries.len() == 1
                && text.chars().count() <= 12
                && !text.contains('。');
            if mere {
                heads.extend(self.heads_of_unit(*child).into_iter().map(|(head, own)| (head, own.or(role))));
            } else {
                heads.push((*child, None));
            }
        }
        heads
    }
}

/// 牵头任务, 配合任务: the part that a unit has in the tasks below such a heading.
pub(super) fn part_of_unit(heading: &str) -> Option<Field> {
    const WHAT: &[&str] =
        &["任务", "事项", "工作", "职责", "项目", "指标", "内容", "工作任务", "重点任务", "的任务", ""];
    let bare = without_bracket(heading.trim().trim_end_matches(['：', ':', '。'])).trim();
    let is = |role: &str| bare.strip_prefix(role).is_some_and(|what| WHAT.contains(&what));
    match () {
        () if ["牵头", "主办", "主责", "牵头负责"].into_iter().any(is) => Some(Field::Lead),
        () if ["配合", "协办", "参与", "协助", "协同", "配合协助"].into_iter().any(is) => {
            Some(Field::Support)
        }
        () => None,
    }
}

/// Adds who helps according to the sentences of a task that names nobody else: 会同公安局开展整治.
fn with_helpers(group: &mut Group) {
    if group.said.names_units() {
        return;
    }
    let clauses = group.texts.iter().flat_map(|(_, text)| text.split(['。', '，', '；', ',', ';', '\n']));
    for said in clauses.filter_map(|clause| prose::helpers(clause.trim())) {
        group.said.merge(said);
    }
}

/// The attribution of a task from its heading: the unit is responsible, leads or helps, where the task does not say more.
fn under_unit(said: &mut Attribution, heading: &Attribution, role: Option<Field>) {
    let names_others = !(said.lead.is_empty() && said.units.is_empty());
    let units = &heading.units;
    match role {
        Some(Field::Lead) => add(&mut said.lead, units.clone()),
        Some(Field::Support) => add(&mut said.support, units.clone()),
        _ if names_others && units.iter().all(|unit| !said.lead.contains(unit) && !said.units.contains(unit)) => {
            said.doubts.push(format!("列在“{}”名下，又另写了责任单位，请核对由谁负责", units.join("、")));
        }
        _ => {}
    }
    let without_units = Attribution { units: Vec::new(), ..heading.clone() };
    said.inherit(if role.is_some() { &without_units } else { heading });
}

/// The name of the unit as the heading writes it.
fn is_name(text: &str) -> bool {
    unit_line(text).or_else(|| label_line(text)).is_some_and(|line| line.rest.is_empty())
}
