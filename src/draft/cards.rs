//! Task cards: tables of labels with their values beside them, 任务名称 | 修路 | 责任单位 | 住建局.

use super::attribution::Attribution;
use super::cell_text;
use super::document::{Cell, Table};
use super::labels::{self, Field};
use super::wording::is_note;

/// What a table holds when it is no list but one card, or several below each other.
pub(super) struct Cards {
    /// The cards from the top.
    pub(super) cards: Vec<Card>,
    /// The rows that belong to no card: the title above, the notes below. From 0.
    pub(super) outside: Vec<usize>,
}

/// One task of a table of cards.
#[derive(Default)]
pub(super) struct Card {
    /// The number that it gives.
    pub(super) number: String,
    /// The category that it gives.
    pub(super) category: String,
    /// The task, then what is said of it, a line each.
    pub(super) text: String,
    /// Who has to do it.
    pub(super) said: Attribution,
    /// Its rows, from 0.
    pub(super) rows: Vec<usize>,
}

/// A label and the value beside it.
struct Pair<'a> {
    label: &'a str,
    field: Option<Field>,
    value: &'a str,
}

impl Pair<'_> {
    /// Whether the label is known and has a value that is no label itself, as in a row of headings.
    fn says(&self) -> bool {
        self.field.is_some() && !self.value.is_empty() && labels::exact(self.value).is_none()
    }
}

/// A row of a table of cards.
enum Line<'a> {
    Pairs(Vec<Pair<'a>>),
    Words(&'a str),
    Empty,
}

/// Reads a table as cards; none when it is a list. A form that is still to be filled in has no card.
pub(super) fn read(table: &Table) -> Option<Cards> {
    let lines: Vec<Line<'_>> = table.rows.iter().map(|row| line(row)).collect::<Option<_>>()?;
    let pairs = || lines.iter().flat_map(|line| if let Line::Pairs(pairs) = line { &pairs[..] } else { &[] });
    let count = |of: &dyn Fn(&Pair<'_>) -> bool| pairs().filter(|pair| of(pair)).count();
    let (all, known, filled) = (pairs().count(), count(&|pair| pair.says()), count(&|pair| !pair.value.is_empty()));
    let of_pairs = lines.iter().filter(|line| matches!(line, Line::Pairs(_))).count();
    let of_words = lines.iter().filter(|line| matches!(line, Line::Words(_))).count();
    if of_pairs >= 3 && filled * 3 <= all && count(&|pair| pair.field.is_some()) * 3 >= all * 2 {
        return Some(Cards { cards: Vec::new(), outside: (0..lines.len()).collect() });
    }
    if known < 3 || known * 3 < filled * 2 || of_words > of_pairs {
        return None;
    }
    // A card begins where its first label stands again.
    let first = pairs().next()?.label;
    let mut found = Cards { cards: Vec::new(), outside: Vec::new() };
    let mut open: Vec<(usize, &Line<'_>)> = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        let begins = matches!(line, Line::Pairs(pairs) if pairs.iter().any(|pair| same(pair.label, first)));
        let note = matches!(line, Line::Words(words) if is_note(words));
        match line {
            Line::Empty => {}
            Line::Words(_) if open.is_empty() || note => found.outside.push(at),
            _ => {
                if begins && !open.is_empty() {
                    found.cards.push(card(&std::mem::take(&mut open))?);
                }
                open.push((at, line));
            }
        }
    }
    found.cards.push(card(&open)?);
    Some(found)
}

/// Characters of the longest label that is known by a part of it, where nothing stands beside it.
const LABEL: usize = 6;

/// The pairs of a row, or its only words; none when it is a row of a list.
fn line(row: &[Cell]) -> Option<Line<'_>> {
    let mut cells: Vec<&str> = row.iter().filter(|cell| !cell.from_left).map(|cell| cell.text.as_str()).collect();
    let filled = cells.iter().filter(|text| !text.is_empty()).count();
    // 责任分工 before 牵头单位 | 住建局 only groups them.
    if filled % 2 == 1
        && filled > 1
        && cells.iter().filter(|text| !text.is_empty()).take(2).all(|text| labels::exact(text).is_some())
    {
        cells.remove(0);
    }
    let mut pairs: Vec<Pair<'_>> = Vec::new();
    let mut at = 0;
    while at < cells.len() {
        let label = cells[at];
        at += 1;
        if label.is_empty() {
            continue;
        }
        let field = labels::heading(label);
        // 东路改造项目任务书 over the whole width contains the words of a label and is none.
        if filled == 1 && labels::exact(label).is_none() && (field.is_none() || label.chars().count() > LABEL) {
            return Some(Line::Words(label));
        }
        if field.is_none() && !is_plain(label.trim_end_matches(['：', ':'])) {
            return None;
        }
        // Empty cells before the value belong to the label, unless another label follows them.
        let next = cells[at..].iter().position(|text| !text.is_empty());
        let is_label = |text: &str| labels::heading(text).is_some() || text.ends_with(['：', ':']);
        let own = next.filter(|skipped| *skipped == 0 || !is_label(cells[at + skipped]));
        let value = own.map_or("", |skipped| cells[at + skipped]);
        at += own.map_or(0, |skipped| skipped + 1);
        pairs.push(Pair { label, field, value });
    }
    Some(if pairs.is_empty() { Line::Empty } else { Line::Pairs(pairs) })
}

/// Whether a text may be a label that is not known.
fn is_plain(text: &str) -> bool {
    /// Characters of the longest.
    const LONGEST: usize = 10;
    text.chars().count() <= LONGEST
        && text.chars().all(|c| c.is_alphabetic() || c.is_whitespace() || "（）()、/".contains(c))
}

fn same(label: &str, other: &str) -> bool {
    crate::basis::text::heading_key(label) == crate::basis::text::heading_key(other)
}

/// The task of a card; none when it names no task or no unit, or says the same twice.
fn card(lines: &[(usize, &Line<'_>)]) -> Option<Card> {
    let mut card = Card { rows: lines.iter().map(|(at, _)| *at).collect(), ..Card::default() };
    // The task and whether its label is known as it stands: 任务名称 names it before 项目内容 does.
    let mut task: Option<(&str, bool)> = None;
    let (mut more, mut standard, mut seen): (Vec<String>, bool, Vec<&str>) = (Vec::new(), false, Vec::new());
    for (_, line) in lines {
        let pairs = match line {
            Line::Pairs(pairs) => pairs,
            Line::Words(words) => {
                more.push((*words).to_owned());
                continue;
            }
            Line::Empty => continue,
        };
        for pair in pairs.iter().filter(|pair| !pair.value.is_empty()) {
            if seen.iter().any(|label| same(label, pair.label)) {
                return None;
            }
            seen.push(pair.label);
            match pair.field {
                Some(field) if field.attributes() => cell_text::attribute(&mut card.said, field, pair.value),
                Some(Field::Number) => pair.value.clone_into(&mut card.number),
                Some(Field::Category) => pair.value.clone_into(&mut card.category),
                Some(Field::Task) => {
                    let exact = labels::exact(pair.label).is_some();
                    match task {
                        Some((before, false)) if exact => {
                            more.insert(0, before.to_owned());
                            task = Some((pair.value, true));
                        }
                        Some(_) => more.push(pair.value.to_owned()),
                        None => task = Some((pair.value, exact)),
                    }
                }
                Some(Field::Standard) => {
                    standard = true;
                    more.push(pair.value.to_owned());
                }
                _ => more.push(format!("{}：{}", pair.label.replace('\n', ""), pair.value)),
            }
        }
    }
    let named = task.is_some() || standard;
    card.text = task.map(|(words, _)| words.to_owned()).into_iter().chain(more).collect::<Vec<_>>().join("\n");
    (card.said.names_units() && named).then_some(card)
}
