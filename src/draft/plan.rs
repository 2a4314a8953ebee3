//! Turns the items of a plan into rows: which of them are tasks, and which headings they stand under.

use std::collections::BTreeSet;

use super::attach;
use super::document::Spot;
use super::group::{self, Group};
use super::inferred;
use super::marker::{Marker, Style};
use super::outline::Outline;
use super::parts::Part;
use super::rows::{Row, first_sentence};
use super::sections;
use super::wording::{continues, is_descriptor, is_heading};

/// The state while the items of a plan are turned into rows.
pub(super) struct Plan {
    /// Its items.
    pub(super) outline: Outline,
    /// For each item whether it or one below it has an attribution.
    pub(super) found: Vec<bool>,
    /// Styles whose items go on after their attribution: 责任单位 first, then the measures.
    pub(super) goes_on: BTreeSet<Style>,
    /// Items that became rows, so that what stands above them is a heading.
    pub(super) emitted: BTreeSet<usize>,
    /// The tasks so far.
    pub(super) rows: Vec<Row>,
    /// The paragraphs that stand in rows.
    used: BTreeSet<Spot>,
    /// Introductory words in paragraphs that also contain tasks.
    pub(super) openings: Vec<(Spot, String)>,
}

impl Plan {
    pub(super) fn new(paragraphs: &[(Spot, String)], has_tables: bool) -> Plan {
        let mut outline = Outline::read(paragraphs);
        inferred::drop_chance_brackets(&mut outline);
        attach::lift(&mut outline);
        let explicit = has_tables || attach::attributed(&outline)[0];
        inferred::by_prose(&mut outline, explicit);
        let found = attach::attributed(&outline);
        let goes_on = group::goes_on(&outline);
        let mut plan = Plan {
            outline,
            found,
            goes_on,
            emitted: BTreeSet::new(),
            rows: Vec::new(),
            used: BTreeSet::new(),
            openings: Vec::new(),
        };
        if !plan.found[0] && !has_tables && plan.outline.items.iter().all(|item| item.units.is_empty()) {
            plan.emit_leaves();
        }
        plan
    }

    /// Adds every task of a plan that names someone.
    pub(super) fn emit(&mut self) {
        let mut covered = vec![false; self.outline.items.len()];
        for at in 0..self.outline.items.len() {
            if covered[at] {
                continue;
            }
            if !self.outline.items[at].units.is_empty() {
                self.emit_unit(at, &mut covered);
            } else if attach::has_own(&self.outline, at) {
                self.emit_item(at, &mut covered);
            } else if self.is_left_out(at) {
                for below in self.outline.below(at) {
                    covered[below] = true;
                }
                self.emit_blank(at, "同级任务都写了责任单位，这一项没有写");
            }
        }
    }

    /// An item without attribution beside attributed ones under the same heading.
    fn is_left_out(&self, at: usize) -> bool {
        let item = &self.outline.items[at];
        if at == 0
            || self.found[at]
            || item.style.is_none()
            || sections::lays_down_none(self.outline.heading(at)).is_some()
            || self.outline.below(at).iter().any(|below| !self.outline.items[*below].units.is_empty())
        {
            return false;
        }
        let above = self.outline.above(at);
        if above
            .iter()
            .any(|above| attach::has_own(&self.outline, *above) || !self.outline.items[*above].units.is_empty())
        {
            return false;
        }
        let siblings = self.outline.items[item.parent]
            .children
            .iter()
            .filter(|other| self.outline.items[**other].style == item.style);
        let (own, all) = siblings
            .fold((0, 0), |(own, all), other| (own + usize::from(attach::has_own(&self.outline, *other)), all + 1));
        let enough = if item.style <= Some(Style::Han) { own * 2 > all } else { own > 0 };
        let text = self.outline.heading(at);
        enough && !is_descriptor(text) && text.chars().count() > 3
    }

    /// The tasks of an item with an attribution, sub-items without one inside the last of them.
    fn emit_item(&mut self, at: usize, covered: &mut [bool]) {
        let mut groups = self.groups(at);
        let mut category = self.category(at);
        if groups.len() > 1
            && let Some((spot, heading)) = groups[0].texts.first().cloned()
            && groups[0].texts.len() > 1
            && groups[0].texts[1].0 != spot
            && is_heading(&heading)
            && at != 0
        {
            groups[0].texts.remove(0);
            category = first_sentence(&heading).0;
        }
        let inner: Vec<usize> = if at == 0 { Vec::new() } else { self.inside(at) };
        if let Some(last) = groups.last_mut() {
            for below in &inner {
                covered[*below] = true;
                self.take_in(*below, last);
            }
        }
        // 牵头 in a heading over items that name their own units leads them all, or none: a person knows.
        let over = self.outline.below(at).iter().any(|below| !inner.contains(below) && self.found[*below]);
        let several = groups.len() > 1;
        let usual = group::usual_lines(&groups).filter(|_| at == 0);
        for (turn, mut group) in groups.into_iter().enumerate() {
            if over && !several && at != 0 {
                group.said.doubts.push("标题写了责任单位，下面各项也各有责任单位，请核对是否另列".into());
            }
            // Under 保障措施 only the paragraph that names someone is a task, as before the first number.
            if at == 0 || self.is_bare_section(at) {
                self.openings.extend(group.keep_last(usual, turn));
            }
            let number = if turn == 0 || several { self.number(at) } else { String::new() };
            self.push(at, &category, number, group);
        }
    }

    /// Whether an item is a heading under which plans have no tasks.
    fn is_bare_section(&self, at: usize) -> bool {
        let heading = self.outline.heading(at);
        is_heading(heading) && heading.chars().count() <= 12 && sections::lays_down_none(heading).is_some()
    }

    /// Adds a task without units.
    fn emit_blank(&mut self, at: usize, doubt: &str) {
        let mut group = Group::default();
        self.take_in(at, &mut group);
        // Its own number stands in its own column.
        for below in self.outline.below(at) {
            self.take_in(below, &mut group);
        }
        self.outline.heading(at).clone_into(&mut group.texts[0].1);
        for entry in &self.outline.items[at].entries {
            if let Part::Said(said) = &entry.part {
                group.said.merge(said.clone());
            }
        }
        group.said.doubts.push(doubt.to_owned());
        let (category, number) = (self.category(at), self.number(at));
        self.push(at, &category, number, group);
    }

    /// A plan that attributes nothing gives one task for each innermost item of its duties.
    fn emit_leaves(&mut self) {
        for at in 1..self.outline.items.len() {
            let item = &self.outline.items[at];
            let mut way = self.outline.above(at);
            way.push(at);
            let outside = way.iter().any(|above| sections::lays_down_none(self.outline.heading(*above)).is_some());
            let text = self.outline.heading(at);
            let outside = outside || sections::is_aim(text);
            if item.children.is_empty() && !outside && !is_descriptor(text) && text.chars().count() > 3 {
                self.emit_blank(at, "全文没有写明责任单位");
            }
        }
    }

    /// The items below an attributed item that have no attribution, neither of their own nor further below.
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

    /// The heading that an item stands under.
    pub(super) fn category(&self, at: usize) -> String {
        let parent = self.outline.items[at].parent;
        if at == 0 || parent == 0 {
            return String::new();
        }
        let item = &self.outline.items[parent];
        if !item.units.is_empty() {
            return item.units.join("、");
        }
        first_sentence(self.outline.heading(parent)).0
    }

    /// The number that the plan gives an item.
    pub(super) fn number(&self, at: usize) -> String {
        let Some(marker) = &self.outline.items[at].marker else { return String::new() };
        if marker.style == Style::Counted { marker.number.to_string() } else { marker.code.clone() }
    }

    /// Makes a task of a group; a group without text makes none.
    pub(super) fn push(&mut self, at: usize, category: &str, number: String, group: Group) {
        let text = group::joined(&group.texts);
        if text.trim().is_empty() {
            return;
        }
        self.used.extend(group.spots.iter().copied());
        let row = Row::new(&text, group.said, group.spots);
        self.emitted.insert(at);
        self.rows.push(Row { category: category.to_owned(), number, ..row });
    }

    /// The paragraphs that stand in tasks, and those that are headings over them.
    pub(super) fn uses(&self) -> (BTreeSet<Spot>, BTreeSet<Spot>) {
        let mut tasks = self.used.clone();
        let mut headings = BTreeSet::new();
        for at in &self.emitted {
            let own = Some(*at).filter(|at| !self.outline.items[*at].units.is_empty());
            for above in self.outline.above(*at).into_iter().chain(own) {
                let item = &self.outline.items[above];
                headings.extend(item.entries.first().map(|entry| entry.spot));
                // 配合单位：… below the name of a unit is part of its heading.
                let said = item.entries.iter().filter(|entry| matches!(entry.part, Part::Said(_)));
                if !item.units.is_empty() {
                    headings.extend(said.map(|entry| entry.spot));
                }
            }
        }
        for (spot, first) in &self.outline.continued {
            if tasks.contains(first) {
                tasks.insert(*spot);
            }
        }
        headings.retain(|spot| !tasks.contains(spot));
        (tasks, headings)
    }
}
