//! Items with attributions → rows, in the order of the plan; and what became of every paragraph.

use std::collections::{BTreeMap, BTreeSet};

use super::attach;
use super::attribution::{Attribution, add};
use super::document::{Block, Document, Spot};
use super::inferred::BY_SENTENCE;
use super::marker::{Marker, Style};
use super::outline::Outline;
use super::parts::Part;
use super::rows::{Row, first_sentence};
use super::wording::{continues, is_closing, is_descriptor, is_heading, is_member};
use super::{Draft, inferred, numbering, roster, rules, sections, tables, units};

/// A row and where it stands among the blocks of the document.
struct Placed {
    order: (usize, u32),
    row: Row,
}

/// Drafts a division.
pub(super) fn draft(document: &Document) -> Draft {
    let mut paragraphs: Vec<(Spot, String)> = Vec::new();
    let mut blocks: BTreeMap<Spot, usize> = BTreeMap::new();
    let (mut placed, mut reader) = (Vec::new(), tables::Reader::default());
    for (at, block) in document.blocks.iter().enumerate() {
        match block {
            Block::Paragraph(text) => {
                let spot = Spot { table: 0, line: paragraphs.len() as u32 + 1 };
                blocks.insert(spot, at);
                paragraphs.push((spot, text.clone()));
            }
            Block::Table(table) => {
                let rows = reader.read(table);
                placed.extend(
                    rows.into_iter()
                        .map(|row| Placed { order: (at, row.spots.first().map_or(0, |spot| spot.line)), row }),
                );
            }
        }
    }
    let mut plan = Plan::new(&paragraphs, !placed.is_empty());
    plan.emit();
    let order = |row: &Row| (row.spots.first().and_then(|spot| blocks.get(spot)).copied().unwrap_or(0), 0);
    placed.extend(std::mem::take(&mut plan.rows).into_iter().map(|row| Placed { order: order(&row), row }));
    placed.sort_by_key(|placed| placed.order);
    let mut rows: Vec<Row> = placed.into_iter().map(|placed| placed.row).collect();
    numbering::number(&mut rows);

    let (in_text, headings) = plan.uses();
    let mut unused = plan.unused(&paragraphs, &in_text, &headings);
    unused.extend(reader.unused);
    unused.sort_by_key(|one| {
        let block = blocks.get(&one.spot).copied();
        (block.unwrap_or_else(|| reader_block(document, one.spot)), one.spot)
    });
    let of_tables = reader.lines;
    Draft {
        roster: roster::of(&rows),
        parameters: rules::of(&paragraphs),
        paragraphs: paragraphs.len() + of_tables,
        in_tasks: in_text.len() + reader.in_tasks,
        headings: headings.len() + reader.headings,
        unused,
        rows,
    }
}

/// The block of a table's row.
fn reader_block(document: &Document, spot: Spot) -> usize {
    let tables = document.blocks.iter().enumerate().filter(|(_, block)| matches!(block, Block::Table(_)));
    tables.map(|(at, _)| at).nth((spot.table as usize).saturating_sub(1)).unwrap_or(usize::MAX)
}

/// The paragraphs of a plan being turned into rows.
pub(super) struct Plan {
    pub(super) outline: Outline,
    /// For each item whether it or one below it has an attribution.
    found: Vec<bool>,
    /// Styles whose items go on after their attribution: 责任单位 first, then the measures.
    goes_on: BTreeSet<Style>,
    /// Items that became rows, so that what stands above them is a heading.
    pub(super) emitted: BTreeSet<usize>,
    rows: Vec<Row>,
    /// The paragraphs that stand in rows.
    used: BTreeSet<Spot>,
}

/// Text and attribution of one task.
#[derive(Debug, Default)]
struct Group {
    texts: Vec<(Spot, String)>,
    said: Attribution,
    spots: Vec<Spot>,
}

impl Plan {
    fn new(paragraphs: &[(Spot, String)], has_tables: bool) -> Plan {
        let mut outline = Outline::read(paragraphs);
        inferred::drop_chance_brackets(&mut outline);
        attach::lift(&mut outline);
        let explicit = has_tables || attach::attributed(&outline)[0];
        inferred::by_prose(&mut outline, explicit);
        let found = attach::attributed(&outline);
        let goes_on = goes_on(&outline);
        let mut plan =
            Plan { outline, found, goes_on, emitted: BTreeSet::new(), rows: Vec::new(), used: BTreeSet::new() };
        if !plan.found[0] && !has_tables && plan.outline.items.iter().all(|item| item.units.is_empty()) {
            plan.emit_leaves();
        }
        plan
    }

    /// Emits every task of a plan that names someone.
    fn emit(&mut self) {
        let mut covered = vec![false; self.outline.items.len()];
        for at in 0..self.outline.items.len() {
            if covered[at] || !self.outline.items[at].units.is_empty() && self.emit_unit(at, &mut covered) {
                continue;
            }
            if attach::has_own(&self.outline, at) {
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
        for (turn, mut group) in groups.into_iter().enumerate() {
            if over && !several && at != 0 {
                group.said.doubts.push("标题写了责任单位，下面各项也各有责任单位，请核对是否另列".into());
            }
            if at == 0 {
                keep_last(&mut group);
            }
            let number = if turn == 0 || several { self.number(at) } else { String::new() };
            self.push(at, &category, number, group);
        }
    }

    /// Emits an item without units.
    fn emit_blank(&mut self, at: usize, doubt: &str) {
        let mut group = Group::default();
        self.take_in(at, &mut group);
        // Its own number stands in its own column.
        for below in self.outline.below(at) {
            self.take_in(below, &mut group);
        }
        self.outline.heading(at).clone_into(&mut group.texts[0].1);
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
            if item.children.is_empty() && !outside && !is_descriptor(text) && text.chars().count() > 3 {
                self.emit_blank(at, "全文没有写明责任单位");
            }
        }
    }

    /// The tasks under a heading that is a unit. False when they say themselves who has to do them.
    fn emit_unit(&mut self, at: usize, covered: &mut [bool]) -> bool {
        let names = self.outline.items[at].units.clone();
        let heads: Vec<usize> = self.heads_of_unit(at);
        for head in std::iter::once(at).chain(self.outline.below(at)) {
            covered[head] = true;
        }
        if heads.is_empty() {
            // No items: every paragraph is a duty; an attribution among them adds to the heading's.
            let mut groups: Vec<Group> = Vec::new();
            let inline = self.outline.items[at].inline;
            for entry in self.outline.items[at].entries.clone() {
                match entry.part {
                    Part::Text(text)
                        if !groups.is_empty()
                            && groups.iter().all(|group| group.spots[0] != entry.spot)
                            && (inline || is_closing(&text)) =>
                    {
                        if continues(&text)
                            && let Some(last) = groups.last_mut()
                        {
                            last.texts.push((entry.spot, text));
                            last.spots.push(entry.spot);
                        }
                    }
                    Part::Text(text)
                        if is_member(&text) || units::is_list(text.trim_end_matches(['：', ':', '】'])) => {}
                    Part::Text(text) => match groups.last_mut().filter(|last| last.spots.last() == Some(&entry.spot)) {
                        Some(last) => last.texts.push((entry.spot, text)),
                        None => groups.push(Group {
                            texts: vec![(entry.spot, text)],
                            said: Attribution::default(),
                            spots: vec![entry.spot],
                        }),
                    },
                    Part::Said(said) => {
                        if let Some(last) = groups.last_mut() {
                            last.said.merge(said);
                            last.spots.push(entry.spot);
                        }
                    }
                }
            }
            let (category, number) = (self.category(at), self.number(at));
            for mut group in groups {
                under_unit(&mut group.said, &names);
                self.push(at, &category, number.clone(), group);
            }
            return true;
        }
        let category = names.join("、");
        for head in heads {
            let mut groups = self.groups(head);
            if groups.is_empty() {
                groups.push(Group::default());
                self.take_in(head, &mut groups[0]);
                self.outline.heading(head).clone_into(&mut groups[0].texts[0].1);
            }
            let below = self.outline.below(head);
            if let Some(last) = groups.last_mut() {
                for below in below {
                    self.take_in(below, last);
                    for entry in self.outline.items[below].entries.clone() {
                        if let Part::Said(said) = entry.part {
                            last.said.merge(said);
                        }
                    }
                }
            }
            let number = self.number(head);
            for mut group in groups {
                under_unit(&mut group.said, &names);
                self.push(head, &category, number.clone(), group);
            }
        }
        true
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

    /// What stands inside an attributed item: items below it without an attribution of their own or below them.
    fn inside(&self, at: usize) -> Vec<usize> {
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
    fn take_in(&self, at: usize, group: &mut Group) {
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
    fn groups(&self, at: usize) -> Vec<Group> {
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

    fn category(&self, at: usize) -> String {
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

    fn number(&self, at: usize) -> String {
        self.outline.items[at].marker.as_ref().map(|marker| marker.code.clone()).unwrap_or_default()
    }

    fn push(&mut self, at: usize, category: &str, number: String, group: Group) {
        let text = join_texts(&group.texts);
        if text.trim().is_empty() {
            return;
        }
        self.used.extend(group.spots.iter().copied());
        let row = Row::new(&text, group.said, group.spots);
        self.emitted.insert(at);
        self.rows.push(Row { category: category.to_owned(), number, ..row });
    }

    /// The paragraphs that stand in tasks, and those that are headings over them.
    fn uses(&self) -> (BTreeSet<Spot>, BTreeSet<Spot>) {
        let mut tasks = self.used.clone();
        let mut headings = BTreeSet::new();
        for at in &self.emitted {
            for above in self.outline.above(*at) {
                headings.extend(self.outline.items[above].entries.first().map(|entry| entry.spot));
            }
            if !self.outline.items[*at].units.is_empty() {
                headings.extend(self.outline.items[*at].entries.first().map(|entry| entry.spot));
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

/// The styles whose items mostly have paragraphs behind their attribution.
fn goes_on(outline: &Outline) -> BTreeSet<Style> {
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

/// The units of a heading are responsible where an item does not say so itself.
fn under_unit(said: &mut Attribution, names: &[String]) {
    if said.lead.is_empty() && said.units.is_empty() {
        add(&mut said.units, names.to_vec());
    }
}

/// Of the text before the first number, only what stands directly before the attribution is the task.
fn keep_last(group: &mut Group) {
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

fn join_texts(texts: &[(Spot, String)]) -> String {
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
