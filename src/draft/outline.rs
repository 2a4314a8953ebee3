//! Paragraphs → the tree of a plan's items, each with its text and attributions.

use std::collections::{BTreeMap, BTreeSet};

use super::attribution::Attribution;
use super::document::Spot;
use super::marker::{Marker, Style};
use super::parts::{Part, parts};
use super::unit_headings::{UnitLine, unit_line};
use super::units::{is_collective, is_organ};

/// An item of a plan. The first of an outline is the plan itself.
#[derive(Clone, Debug, Default)]
pub(super) struct Item {
    /// Its number; none for the plan itself and for units as headings.
    pub(super) marker: Option<Marker>,
    /// How its number is written.
    pub(super) style: Option<Style>,
    /// The item it stands under.
    pub(super) parent: usize,
    /// The items under it.
    pub(super) children: Vec<usize>,
    /// How deep it stands; the plan itself has 0.
    pub(super) depth: usize,
    /// Its text and attributions, in order.
    pub(super) entries: Vec<Entry>,
    /// The units its heading names, when it is nothing else.
    pub(super) units: Vec<String>,
    /// Whether its first task stands on the line of the heading: 市教育局：负责….
    pub(super) inline: bool,
}

/// A text or an attribution of an item.
#[derive(Clone, Debug)]
pub(super) struct Entry {
    /// Where it stands.
    pub(super) spot: Spot,
    /// What it is.
    pub(super) part: Part,
    /// Whether its paragraph begins with it, behind the number.
    pub(super) first: bool,
    /// Whether its paragraph contains nothing but the attribution.
    pub(super) own_line: bool,
}

/// The items of a plan.
#[derive(Clone, Debug, Default)]
pub(super) struct Outline {
    /// The plan itself, then its items in order.
    pub(super) items: Vec<Item>,
    /// Paragraphs that continue an earlier one, with that one.
    pub(super) continued: Vec<(Spot, Spot)>,
}

impl Outline {
    /// Opens an item of a style below the deepest open item that may hold it.
    pub(super) fn open(&mut self, current: usize, marker: Option<Marker>, style: Style) -> usize {
        let mut parent = self.holder(current, style, marker.as_ref().map_or(0, |marker| marker.number));
        // Units as headings stand beside one another, whatever numbers stand between them.
        if style == Style::Unit
            && let Some(unit) =
                std::iter::once(parent).chain(self.above(parent)).find(|at| self.items[*at].style == Some(Style::Unit))
        {
            parent = self.items[unit].parent;
        }
        let item = Item { marker, style: Some(style), parent, depth: self.items[parent].depth + 1, ..Item::default() };
        self.items.push(item);
        let new = self.items.len() - 1;
        self.items[parent].children.push(new);
        new
    }

    /// The deepest open item that may hold one of a style.
    pub(super) fn holder(&self, current: usize, style: Style, number: u32) -> usize {
        let mut holder = current;
        while holder != 0 && self.closes(holder, style, number) {
            holder = self.items[holder].parent;
        }
        holder
    }

    /// Whether an item of a style closes an open one: it stands as deep or less deep. A unit as a heading holds whatever
    /// numbers its first item has, and deeper ones.
    fn closes(&self, open: usize, style: Style, number: u32) -> bool {
        let item = &self.items[open];
        let begins = number == 1 && item.children.is_empty() && item.entries.len() < 2;
        match item.style {
            // 一、 right below a unit is its first task, unless the unit itself stands in such a list.
            Some(Style::Unit) if style == Style::Han && begins => {
                self.above(open).iter().any(|above| self.items[*above].style == Some(Style::Han))
            }
            Some(Style::Unit) if style != Style::Unit => {
                let first = item.children.first().and_then(|child| self.items[*child].style);
                style <= Style::Han && first != Some(style) || first.is_some_and(|first| style < first)
            }
            // Ⅱ-1 stands under Ⅰ-1 where that is a heading, and beside it where it is a task.
            Some(Style::Index(parts, level)) if matches!(style, Style::Index(more, below) if more == parts && below > level) => {
                item.entries.iter().any(|entry| matches!(entry.part, Part::Said(_)))
            }
            own => own.is_some_and(|own| own >= style),
        }
    }

    /// Adds a paragraph or a piece of one to an item.
    pub(super) fn add(&mut self, item: usize, spot: Spot, body: &str) {
        let found = parts(body);
        let own_line = !found.is_empty() && found.iter().all(|part| matches!(part, Part::Said(_)));
        for (at, part) in found.into_iter().enumerate() {
            self.items[item].entries.push(Entry { spot, part, first: at == 0, own_line });
        }
    }

    /// Reads a heading that names units, with or without their first task after it.
    pub(super) fn head_of_unit(&mut self, item: usize, spot: Spot, text: &str, line: UnitLine<'_>) {
        let UnitLine { names, said, rest, .. } = line;
        self.items[item].units = names;
        self.items[item].inline = !rest.is_empty();
        if rest.is_empty() {
            let part = Part::Text(text.to_owned());
            self.items[item].entries.push(Entry { spot, part, first: true, own_line: false });
        }
        if !said.is_empty() {
            self.items[item].entries.push(Entry { spot, part: Part::Said(said), first: false, own_line: false });
        }
    }

    /// Numbered headings that name units and nothing else: 一、市教育局, 1.市教育局：负责….
    pub(super) fn name_units(&mut self) {
        let mut lines: BTreeMap<usize, (Spot, UnitLine<'_>)> = BTreeMap::new();
        for (at, item) in self.items.iter().enumerate().filter(|(_, item)| item.marker.is_some()) {
            let Some(Entry { part: Part::Text(text), spot, .. }) = item.entries.first() else { continue };
            // 宣传组。责任单位：… names a group of the plan, not who has to do it.
            let says = |said: &Attribution| !said.lead.is_empty() || !said.units.is_empty();
            if item.entries.iter().any(|entry| matches!(&entry.part, Part::Said(said) if says(said))) {
                continue;
            }
            if let Some(line) = unit_line(text) {
                let has_more = !item.children.is_empty() || item.entries.len() > 1 || !line.rest.is_empty();
                if has_more {
                    lines.insert(at, (*spot, line));
                }
            }
        }
        // One heading that happens to end like a unit's name is none.
        if lines.len() < 2 {
            return;
        }
        let names = |at: usize| lines.get(&at).map_or(&self.items[at].units, |(_, line)| &line.names);
        let heads = |at: &usize| {
            let Some(above) = self.above(*at).into_iter().map(names).find(|names| !names.is_empty()) else {
                return true;
            };
            let siblings = &self.items[self.items[*at].parent].children;
            // Below a unit most words that end as units do are tasks, 健康教育进社区; below 各科室 stand the offices.
            if above.iter().all(|name| is_collective(name)) {
                siblings.iter().filter(|sibling| !names(**sibling).is_empty()).count() * 2 > siblings.len()
            } else {
                !self.items[*at].children.is_empty()
                    && names(*at).iter().all(|name| is_collective(name) || is_organ(name))
            }
        };
        let kept: BTreeSet<usize> = lines.keys().copied().filter(heads).collect();
        let lines: Vec<(usize, Spot, Vec<String>, Attribution, String)> = lines
            .into_iter()
            .filter(|(at, _)| kept.contains(at))
            .map(|(at, (spot, line))| (at, spot, line.names, line.said, line.rest.to_owned()))
            .collect();
        for (at, spot, names, said, rest) in lines {
            let item = &mut self.items[at];
            item.units = names;
            item.inline = !rest.is_empty();
            let heading = item.entries.remove(0).part;
            let own = if rest.is_empty() { vec![heading] } else { Vec::new() };
            let said = Some(said).filter(|said| !said.is_empty()).map(Part::Said);
            let more = own.into_iter().chain(said).chain(parts(&rest));
            let more: Vec<Entry> =
                more.enumerate().map(|(at, part)| Entry { spot, part, first: at == 0, own_line: false }).collect();
            item.entries.splice(0..0, more);
        }
    }

    /// 各科室职责 over headings that are units themselves names whose they are together, and is a section.
    pub(super) fn name_sections(&mut self) {
        for at in 1..self.items.len() {
            let item = &self.items[at];
            let units = item.children.iter().filter(|child| !self.items[**child].units.is_empty()).count();
            let general = item.units.iter().all(|name| is_collective(name));
            let says = item.inline || item.entries.iter().any(|entry| matches!(entry.part, Part::Said(_)));
            if general && units * 2 > item.children.len() && !says {
                self.items[at].units.clear();
            }
        }
    }

    /// Every item below this one, in order.
    pub(super) fn below(&self, item: usize) -> Vec<usize> {
        // Items are numbered in order, so what is below an item follows it without a gap.
        let depth = self.items[item].depth;
        (item + 1..self.items.len()).take_while(|at| self.items[*at].depth > depth).collect()
    }

    /// The items this one stands in, the nearest first, without the plan itself.
    pub(super) fn above(&self, item: usize) -> Vec<usize> {
        let mut above = Vec::new();
        let mut at = self.items[item].parent;
        while at != 0 {
            above.push(at);
            at = self.items[at].parent;
        }
        above
    }

    /// The first words of an item.
    pub(super) fn heading(&self, item: usize) -> &str {
        self.items[item]
            .entries
            .iter()
            .find_map(|entry| match &entry.part {
                Part::Text(text) => Some(text.as_str()),
                Part::Said(_) => None,
            })
            .unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    pub(crate) fn read(text: &str) -> Outline {
        let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
        let spots = lines.enumerate().map(|(at, line)| (Spot { table: 0, line: at as u32 + 1 }, line.to_owned()));
        Outline::read(&spots.collect::<Vec<_>>())
    }

    fn tree(text: &str) -> String {
        let outline = read(text);
        let one = |at: usize| {
            let item = &outline.items[at];
            let units = if item.units.is_empty() { String::new() } else { format!("[{}]", item.units.join("、")) };
            format!("{}{}{units}", "·".repeat(item.depth), outline.heading(at))
        };
        (1..outline.items.len()).map(one).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn items_stand_under_one_another() {
        let plan = "某市方案\n一、总则\n二、任务\n（一）宣传\n1.广告\n2.标语\n（二）整治\n3.市场\n三、要求";
        assert_eq!(tree(plan), "·总则 ·任务 ··宣传 ···广告 ···标语 ··整治 ···市场 ·要求");
    }

    #[test]
    fn units_may_be_headings() {
        let plan = "各单位：\n现印发如下。\n市教育局\n1.校园整治\n2.文明校园\n市城管局\n1.市容整治";
        assert_eq!(tree(plan), "·市教育局[市教育局] ··校园整治 ··文明校园 ·市城管局[市城管局] ··市容整治");
        let plan =
            "市教育局（市语委）\n1.校园\n市城管局\n1.市容\n各街道办事处\n1.门前三包\n市妇联、市残联\n按职责做好工作。";
        assert_eq!(
            tree(plan),
            "·市教育局（市语委）[市教育局（市语委）] ··校园 ·市城管局[市城管局] ··市容 ·各街道办事处[各街道办事处] \
             ··门前三包 ·市妇联、市残联[市妇联、市残联]"
        );
        let plan = "一、市教育局：负责校园。\n二、市城管局：负责市容。";
        assert_eq!(tree(plan), "·负责校园。[市教育局] ·负责市容。[市城管局]");
    }
}
