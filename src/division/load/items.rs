//! Splits a cell of units into items: mixed separators, roles given in the cell, placeholders.

use std::ops::RangeTo;
use std::slice::SliceIndex;

use super::exclusions::{bracketed, left_out, names_of};
use super::roles::Role;
use super::{marks, roles};
use crate::basis::text::{list, name_key, unmarked};

/// One item of a list of units.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Item {
    /// The name of a unit or a collective name.
    pub(super) name: String,
    /// The role given in the cell: 牵头单位：综合科, 工会（配合）.
    pub(super) role: Option<Role>,
    /// The excluded units: 各科室（除工会外）.
    pub(super) except: Vec<String>,
}

/// Endings of unit names.
const ENDS: &[&str] = &[
    "科", "室", "局", "办", "处", "站", "所", "队", "委", "中心", "街道", "镇", "乡", "社区", "公司", "工会", "组",
    "股",
];

/// The items of a cell, without placeholders, a final full stop and 等. `known` says whether a name is that of a unit or
/// group: such a name is never split at a space, 和, 与 or 及, and keeps its bracket and last word. A name with the sign
/// `leads` is that of a leading unit.
pub(super) fn items(text: &str, leads: Option<char>, known: &dyn Fn(&str) -> bool) -> Vec<Item> {
    let text = bracketed(&unnumbered(text), known);
    let mut rest = text.as_str();
    let mut reading = Reading { leads, known, items: Vec::new(), label: None, unsaid: 0, helpers: None, led: None };
    for clause in roles::clauses(&text) {
        reading.clause(clause);
        rest = &rest[clause.len()..];
        let mark = rest.chars().next();
        rest = &rest[mark.map_or(0, char::len_utf8)..];
        reading.led = reading.led.filter(|_| matches!(mark, Some('，' | ',')));
    }
    reading.end()
}

/// The items of a cell as far as its clauses are read.
struct Reading<'a> {
    /// The sign of a leading unit.
    leads: Option<char>,
    known: &'a dyn Fn(&str) -> bool,
    items: Vec<Item>,
    /// The role of the label before the names: 牵头单位：.
    label: Option<Role>,
    /// Where the names without a word for their role begin.
    unsaid: usize,
    /// The names of a first clause of which some only help.
    helpers: Option<RangeTo<usize>>,
    /// Where the names begin behind a clause that says who leads, as long as only commas part them.
    led: Option<usize>,
}

/// Where a clause stands.
struct Clause {
    /// The first of its items that waits for its role.
    first: usize,
    /// Whether what follows only helps: 会同 was read.
    is_helping: bool,
}

impl Reading<'_> {
    fn clause(&mut self, text: &str) {
        let mut clause = Clause { first: self.items.len(), is_helping: false };
        for part in list(text).into_iter().flat_map(roles::parts) {
            let (part, is_marked) = self.without_label(part);
            // 各科室，综合科除外: the exclusion belongs to the item before.
            if let Some(out) = left_out(part, self.known)
                && let Some(before) = self.items.last_mut()
            {
                before.except.extend(out);
                continue;
            }
            let (part, said) = self.role_behind(part);
            let here = self.items.len();
            self.names(part, is_marked, &mut clause);
            if let Some(said) = said {
                self.say(said, here, &mut clause);
            }
        }
    }

    /// The part behind its label, without the sign of a leading unit, and whether it had that sign. 牵头单位：综合科 gives
    /// the role of what follows, up to the next such label; 综合科：财务科 are two units.
    fn without_label<'t>(&mut self, part: &'t str) -> (&'t str, bool) {
        let (label, part) = labelled(part).unwrap_or(("", part));
        let role = roles::within(label);
        self.label = role.or(self.label);
        if role.is_none() && is_name(label, self.known) {
            self.push(label.trim().to_owned(), self.label);
        }
        let is_marked = self.leads.is_some_and(|sign| part.contains(sign));
        (unmarked(part).trim_matches(|c| Some(c) == self.leads).trim(), is_marked)
    }

    /// A name, and the role that a word behind it gives.
    fn role_behind<'t>(&self, part: &'t str) -> (&'t str, Option<Role>) {
        if (self.known)(part) { (part, None) } else { roles::behind(part) }
    }

    /// Takes in the names of a part: one, or those before and behind 会同, of which the latter help.
    fn names(&mut self, part: &str, is_marked: bool, clause: &mut Clause) {
        let part = part.strip_prefix('由').filter(|_| !(self.known)(part)).unwrap_or(part);
        // 教育局牵头会同文旅局
        let joined = part.split_once("会同").filter(|_| !(self.known)(part)).and_then(|(before, with)| {
            let (name, own) = self.role_behind(before);
            let is_unit = own.is_some() || name.is_empty() || (self.known)(name) || is_unit_like(name);
            is_unit.then_some((name, own, with))
        });
        let (before, own, with) = joined.map_or((part, None, None), |(name, own, with)| (name, own, Some(with)));
        for (names, helps, own) in [(Some(before), clause.is_helping, own), (with, true, None)] {
            let Some((name, open)) = names.and_then(|names| endless(names.trim())) else { continue };
            let role = if is_marked { Some(Role::Lead) } else { Some(Role::Support).filter(|_| helps).or(self.label) };
            self.push(name, role);
            self.items.extend(open.map(|name| Item { name, role, except: Vec::new() }));
            if let Some(own) = own {
                self.give(clause.first.., own);
            }
        }
        clause.is_helping |= with.is_some();
    }

    /// Gives the names before a word the role that it says. `here`: where those of its own part begin.
    fn say(&mut self, said: Role, here: usize, clause: &mut Clause) {
        // 教育局、文旅局，按职责分工负责: the word stands by itself
        let mut first = if clause.first == self.items.len() { self.unsaid } else { clause.first };
        // 综合科、工会配合 in a cell of its own leaves 综合科 to owe the report
        if (said, first) == (Role::Support, 0) {
            self.helpers = Some(..self.items.len());
            first = here;
        }
        // 教育局牵头，文旅局，团委配合
        if said == Role::Support {
            first = self.led.map_or(first, |led| led.min(first));
        }
        let leading = said == Role::Lead || said == Role::Support && self.led.is_some();
        self.give(first.., said);
        let end = self.items.len();
        self.led = leading.then_some(end);
        self.unsaid = end;
        *clause = Clause { first: end, is_helping: false };
    }

    fn end(mut self) -> Vec<Item> {
        // 工会、妇联配合，综合科牵头
        if let Some(helpers) = self.helpers.filter(|helpers| helpers.end < self.items.len()) {
            self.label = None;
            self.give(helpers, Role::Support);
        }
        self.items
    }

    fn push(&mut self, name: String, role: Option<Role>) {
        self.items.extend(resolve(Item { name, role, except: Vec::new() }, self.known));
    }

    /// Gives a role to the items of a range that have none but that of the label.
    fn give(&mut self, range: impl SliceIndex<[Item], Output = [Item]>, said: Role) {
        for item in self.items[range].iter_mut().filter(|item| item.role == self.label) {
            item.role = Some(said);
        }
    }
}

/// The text before and after the last colon outside of brackets.
fn labelled(part: &str) -> Option<(&str, &str)> {
    let mut depth = 0i32;
    let mut found = None;
    for (at, c) in part.char_indices() {
        match c {
            '（' | '(' => depth += 1,
            '）' | ')' => depth -= 1,
            '：' | ':' if depth <= 0 => found = Some((&part[..at], &part[at + c.len_utf8()..])),
            _ => {}
        }
    }
    found
}

/// The last item of a list without 等: 工会等单位 is 工会. 等相关单位 means further unnamed units and is an item of its own.
fn endless(part: &str) -> Option<(String, Option<String>)> {
    let part = part.trim_end_matches(['.', '。', ' ']);
    let (name, open) = match part.find('等').map(|at| (&part[..at], &part[at + '等'.len_utf8()..])) {
        Some((name, "" | "单位" | "部门" | "科室" | "各单位" | "多部门")) => (name, None),
        // 综合科等3个科室
        Some((name, rest)) if is_count(rest) => (name, None),
        Some((name, rest)) if rest.contains("有关") || rest.contains("相关") => (name, Some(rest.to_owned())),
        _ => (part, None),
    };
    (!part.is_empty()).then(|| (name.trim().to_owned(), open))
}

/// Whether a text is a number of units: 3个科室, 两家单位.
fn is_count(text: &str) -> bool {
    let rest = text.trim_start_matches(|c: char| c.is_ascii_digit() || "一二两三四五六七八九十".contains(c));
    rest.len() < text.len() && rest.starts_with(['个', '家'])
}

fn resolve(item: Item, known: &dyn Fn(&str) -> bool) -> Vec<Item> {
    let Item { name, role, .. } = &item;
    if marks::is_nothing(name) || marks::is_open(name) || name_key(name).is_empty() {
        return Vec::new();
    }
    // Groups are found without their brackets too, so what a bracket takes away or adds is read first.
    let within = bracket(name);
    if let Some((before, inside)) = &within {
        if let Some(except) = left_out(inside, known) {
            return vec![Item { name: before.clone(), except, ..item }];
        }
        if let Some((names, own)) = units_with_role(inside, known) {
            let others = names.into_iter().map(|name| Item { name, role: Some(own), except: Vec::new() });
            let whole = resolve(Item { name: before.clone(), ..item }, known);
            return whole.into_iter().chain(others).collect();
        }
        // 各科室（综合科、财务科）: who of them is meant
        let named = names_of(inside, known);
        if named.len() > 1 && named.iter().all(|name| known(name)) {
            return named.into_iter().map(|name| Item { name, role: *role, except: Vec::new() }).collect();
        }
        if let Some(own) = roles::within(inside).filter(|_| roles::is_alone(inside)) {
            return resolve(Item { name: before.clone(), role: Some(own), except: Vec::new() }, known);
        }
    }
    if known(name) {
        return vec![item];
    }
    if let Some((before, inside)) = within {
        if let Some(own) = roles::within(&inside) {
            return resolve(Item { name: before, role: Some(own), except: Vec::new() }, known);
        }
        // 综合科（张某）: the bracket names a person if the name before it is known and the whole is not.
        if known(&before) {
            return vec![Item { name: before, ..item }];
        }
    }
    // 综合科以外的各科室
    if let Some((out, rest)) = name.split_once("以外的").or_else(|| name.split_once("之外的"))
        && known(rest)
    {
        let except = names_of(out.trim_start_matches(['除', '了']), known);
        return vec![Item { name: rest.to_owned(), except, ..item }];
    }
    let parts: Vec<&str> =
        name.split(|c: char| c.is_whitespace() || "和与及暨".contains(c)).filter(|part| !part.is_empty()).collect();
    // 人事科和教育科 are two units, 文化和旅游局 is one: each part must be known or end like the name of a unit.
    let whole = |part: &&str| known(part) || is_unit_like(part);
    if parts.len() > 1 && parts.iter().all(whole) {
        return parts.into_iter().map(|part| Item { name: part.to_owned(), role: *role, except: Vec::new() }).collect();
    }
    vec![item]
}

/// The other units that a bracket names with their role: 财务科配合, 配合单位：财务科、宣传科.
fn units_with_role(inside: &str, known: &dyn Fn(&str) -> bool) -> Option<(Vec<String>, Role)> {
    let role = roles::within(inside)?;
    let bare = match inside.split_once(['：', ':']) {
        Some((label, names)) if roles::within(label).is_some() => names,
        _ => {
            let word =
                roles::words().find_map(|word| inside.strip_suffix(word).or_else(|| inside.strip_prefix(word)))?;
            word.trim_start_matches("单位")
        }
    };
    let names: Vec<String> = list(bare).into_iter().map(str::trim).map(ToOwned::to_owned).collect();
    let is_known = |name: &String| is_name(name, known);
    (!names.is_empty() && names.iter().all(is_known)).then_some((names, role))
}

/// A list without the numbers of its items: 1.综合科 2.财务科, ①综合科②财务科.
fn unnumbered(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let digits = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        let begins = out.chars().next_back().is_none_or(|c| c.is_whitespace() || "、，,；;。".contains(c));
        let (number, after) = rest.split_at(digits);
        let mark = after.chars().next().filter(|c| ".．、)）".contains(*c));
        let named = |mark: char| after[mark.len_utf8()..].trim_start().starts_with(|c: char| !c.is_ascii_digit());
        if let Some(mark) = mark.filter(|mark| begins && (1..=2).contains(&number.len()) && named(*mark)) {
            out.push('、');
            rest = &after[mark.len_utf8()..];
            continue;
        }
        out.push(if ('①'..='⑳').contains(&c) { '、' } else { c });
        rest = &rest[c.len_utf8()..];
    }
    out
}

/// Whether the text before a colon is the name of a unit, not a label.
fn is_name(label: &str, known: &dyn Fn(&str) -> bool) -> bool {
    let label = label.trim();
    let words = ["单位", "部门", "科室", "股室", "处室", "中心", "街道", "社区", "公司"];
    known(label) || !words.iter().any(|word| label.ends_with(word)) && is_unit_like(label)
}

/// Whether a name ends like that of a unit.
pub(super) fn is_unit_like(name: &str) -> bool {
    ENDS.iter().any(|end| name.ends_with(end) && name.len() > end.len())
}

/// Splits a name that ends in a bracket: the text before and inside it.
fn bracket(name: &str) -> Option<(String, String)> {
    let inner = name.strip_suffix(['）', ')'])?;
    let at = inner.rfind(['（', '('])?;
    let before = inner[..at].trim();
    let inside = inner[at..].trim_start_matches(['（', '(']).trim();
    (!before.is_empty()).then(|| (before.to_owned(), inside.to_owned()))
}

#[cfg(test)]
mod tests;
