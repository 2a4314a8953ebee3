//! The label lines of a form: 填报单位, 填报时间, 报告期, 联系人 and 联系电话 are filled where the form leaves room, in the cell of the
//! label or in the one beside it. Labels of which nothing is known stay as they are.

mod blanks;
mod fills;

use std::borrow::Cow;
use std::collections::BTreeMap;

use blanks::{Dated, agrees, dated, is_room};
use chrono::Datelike;
use fills::Fills;

use super::form::Form;
use crate::basis::Lang;
use crate::basis::calendar::format::{day_words, moment_words};
use crate::basis::calendar::window::end_of;
use crate::basis::place::Area;
use crate::basis::text::fold;
use crate::outcome::Outcome;
use crate::read::Raw;

/// The labels without spaces and notes.
const LABELS: &[(&str, Fills)] = &[
    ("填报单位", Fills::Office),
    ("填表单位", Fills::Office),
    ("报送单位", Fills::Office),
    ("上报单位", Fills::Office),
    ("编报单位", Fills::Office),
    ("单位名称", Fills::Office),
    ("单位(盖章)", Fills::Office),
    ("填报时间", Fills::Day),
    ("填报日期", Fills::Day),
    ("填表时间", Fills::Day),
    ("填表日期", Fills::Day),
    ("报送时间", Fills::Day),
    ("报送日期", Fills::Day),
    ("上报时间", Fills::Day),
    ("上报日期", Fills::Day),
    ("制表日期", Fills::Day),
    ("报告期", Fills::Period),
    ("报告期间", Fills::Period),
    ("报告时段", Fills::Period),
    ("填报周期", Fills::Period),
    ("报送周期", Fills::Period),
    ("统计周期", Fills::Period),
    ("统计时段", Fills::Period),
    ("统计期间", Fills::Period),
    ("统计月份", Fills::Period),
    ("填报月份", Fills::Period),
    ("报送月份", Fills::Period),
    ("所属时期", Fills::Period),
    ("所属月份", Fills::Period),
    ("联系人", Fills::Contact),
    ("联系电话", Fills::Phone),
];

/// Notes that stay beside what is filled in.
const NOTES: &[&str] =
    &["（盖章）", "(盖章)", "（公章）", "(公章)", "（章）", "(章)", "（签字）", "(签字)", "（签名）", "(签名)"];

/// Labels before a text of the form itself.
const TEXTS: &[&str] = &["注", "附", "附注", "说明", "备注", "填表说明", "填报说明", "注意事项"];

/// The most characters of a label.
const LONGEST: usize = 14;

/// The texts of the form that change, and the labels that stay open.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Filling {
    /// What stands in a cell of the form, by row and column.
    pub(super) texts: BTreeMap<(u32, u32), String>,
    /// The labels with room after them of which nothing is known, in order.
    pub(super) open: Vec<String>,
}

impl Filling {
    /// Fills the label lines of the sheet of a form, above its heading and below its lines.
    pub(super) fn of(form: &Form, outcome: &Outcome) -> Filling {
        let office = &outcome.settings.office;
        let window = outcome.window;
        let words = |day| moment_words(end_of(day), Lang::Zh);
        let value = |fills| match fills {
            Fills::Office => office.name.clone(),
            Fills::Day => words(outcome.as_of.date()),
            Fills::Period => window.full_words(Lang::Zh),
            Fills::Begin => words(window.start),
            Fills::End if window.start.year() == window.end.year() => day_words(window.end, Lang::Zh),
            Fills::End => words(window.end),
            Fills::Contact => office.contact.clone(),
            Fills::Phone => office.phone.clone(),
        };
        Cells { form }.filled(&value)
    }
}

/// The cells of the form's sheet outside its table.
struct Cells<'f> {
    form: &'f Form,
}

impl Cells<'_> {
    fn filled(&self, value: &dyn Fn(Fills) -> String) -> Filling {
        let form = self.form;
        let sheet = &form.book.sheets[form.sheet];
        let mut filling = Filling::default();
        let outside = |row: u32| row < form.heading.top || row >= form.tail && form.total != Some(row);
        for row in sheet.grid.rows.iter().filter(|row| outside(row.index)) {
            for (col, raw) in &row.cells {
                let Raw::Text(text) = raw else { continue };
                let (at, text) = ((row.index, *col), form.book.texts.get(*text));
                if filling.texts.contains_key(&at) {
                    continue;
                }
                if let Some(label) = Label::alone(text) {
                    match self.beside(at, label.colon) {
                        Some((place, notes)) => match label.fills.map(value).filter(|known| self.takes(place, known)) {
                            Some(known) => _ = filling.texts.insert(place, known + &notes),
                            None => filling.leave(label.name),
                        },
                        None if label.colon => filling.line(at, text, value),
                        // a label without a place for its value is a text like any other
                        None => {}
                    }
                    continue;
                }
                let told = filling.open.len();
                filling.line(at, text, value);
                if row.index < form.heading.top && !filling.texts.contains_key(&at) {
                    match dated(text, value) {
                        Dated::Filled(dated) => _ = filling.texts.insert(at, dated),
                        Dated::Open if filling.open.len() == told => filling.leave(text.trim().to_owned()),
                        Dated::Open | Dated::No => {}
                    }
                }
            }
        }
        filling
    }

    /// The cell that holds the value of a label in a cell of its own, and the notes in it that stay: the next one to the
    /// right, where it is empty and framed or merged or has nothing but room in it; else such a one to the left.
    fn beside(&self, at: (u32, u32), colon: bool) -> Option<((u32, u32), String)> {
        let own = self.area(at);
        let right = (own.top, own.right + 1);
        if let Some(notes) = self.room(right, colon) {
            return Some((right, notes));
        }
        let left = own.left.checked_sub(1).map(|col| self.area((own.top, col))).map(|area| (area.top, area.left))?;
        let written = self.text(left).is_some_and(|text| text.contains(['_', '＿']) && is_room(text));
        (written && !colon).then(|| (left, String::new()))
    }

    /// Whether a cell is made for a value that is not there yet, and which notes stand in it.
    fn room(&self, at: (u32, u32), colon: bool) -> Option<String> {
        if let Some(text) = self.text(at) {
            let (bare, notes) = without_notes(text);
            return (is_room(&bare) && (!bare.trim().is_empty() || !notes.is_empty())).then_some(notes);
        }
        let area = self.area(at);
        let appearance =
            self.form.appearance.as_ref().and_then(|appearance| appearance.of(self.form.sheet, at.0, at.1))?;
        // without a frame the value of “填报单位：” stands in the same cell
        let made = !colon || area.left < area.right || appearance.frame.iter().any(Option::is_some);
        made.then(String::new)
    }

    /// Whether a cell made for a value takes this one: it is known, and what is printed in the cell is part of it.
    fn takes(&self, place: (u32, u32), known: &str) -> bool {
        !known.is_empty() && self.text(place).is_none_or(|text| agrees(&without_notes(text).0, known))
    }

    fn text(&self, at: (u32, u32)) -> Option<&str> {
        let sheet = &self.form.book.sheets[self.form.sheet];
        match sheet.grid.get(at.0, at.1) {
            Raw::Text(text) => Some(self.form.book.texts.get(text)),
            Raw::Empty => None,
            _ => Some("0"),
        }
    }

    /// The merged region of a cell, else the cell.
    fn area(&self, at: (u32, u32)) -> Area {
        let sheet = &self.form.book.sheets[self.form.sheet];
        let merged = sheet.merges.iter().find(|area| area.contains(at.0, at.1));
        merged.copied().unwrap_or(Area { top: at.0, left: at.1, bottom: at.0, right: at.1 })
    }
}

impl Filling {
    fn leave(&mut self, label: String) {
        if !TEXTS.contains(&label.as_str()) && !self.open.contains(&label) {
            self.open.push(label);
        }
    }

    /// Fills the labels of a line.
    fn line(&mut self, at: (u32, u32), text: &str, value: &dyn Fn(Fills) -> String) {
        let (filled, open) = with_values(text, value);
        for label in open {
            self.leave(label);
        }
        if let Cow::Owned(filled) = filled {
            self.texts.insert(at, filled);
        }
    }
}

/// A label that stands alone in its cell.
struct Label {
    name: String,
    fills: Option<Fills>,
    colon: bool,
}

impl Label {
    fn alone(text: &str) -> Option<Label> {
        let text = text.trim();
        let bare = text.trim_end_matches(['：', ':']).trim_end();
        let name = bare.trim_start_matches(['（', '(']).trim_end_matches(['）', ')']);
        let name = if bare.starts_with(['（', '(']) { name } else { bare };
        let colon = bare.len() < text.len();
        let fills = known(name);
        let is_label = fills.is_some() || colon && name.chars().count() <= LONGEST && !name.contains(['：', ':']);
        is_label.then(|| Label { name: name.to_owned(), fills, colon })
    }
}

/// What a label asks for; spaces inside it and notes behind it do not count.
fn known(label: &str) -> Option<Fills> {
    let key = |text: &str| -> String { fold(text).chars().filter(|c| !c.is_whitespace()).collect() };
    let find = |wanted: String| LABELS.iter().find(|(name, _)| key(name) == wanted).map(|(_, fills)| *fills);
    find(key(label)).or_else(|| find(key(&without_notes(label).0)))
}

/// A text without its notes, and those.
fn without_notes(text: &str) -> (String, String) {
    let (mut bare, mut notes) = (text.to_owned(), String::new());
    for note in NOTES {
        if bare.contains(note) {
            bare = bare.replace(note, "");
            notes.push_str(note);
        }
    }
    (bare, notes)
}

/// A text with its labels filled, unchanged where each has a value or none is known; and the labels with room that stay
/// open.
fn with_values<'t>(text: &'t str, value: &dyn Fn(Fills) -> String) -> (Cow<'t, str>, Vec<String>) {
    let labels = labels(text);
    let (mut out, mut open, mut done) = (String::new(), Vec::new(), 0);
    for (nth, (start, colon)) in labels.iter().enumerate() {
        let name = text[*start..*colon].trim();
        let from = colon + text[*colon..].chars().next().map_or(0, char::len_utf8);
        let end = labels.get(nth + 1).map_or(text.len(), |(start, _)| *start);
        let behind = &text[from..end];
        let (bare, notes) = without_notes(behind);
        if !is_room(&bare) {
            continue;
        }
        let Some(known) = known(name).map(value).filter(|known| !known.is_empty() && agrees(&bare, known)) else {
            open.push(name.to_owned());
            continue;
        };
        out.push_str(&text[done..from]);
        out.push_str(&known);
        out.push_str(&notes);
        if end < text.len() {
            let blanks = behind.trim_end_matches(|c: char| !c.is_whitespace());
            let kept = &blanks[blanks.trim_end().len()..];
            // a line of blanks alone was the room itself
            out.push_str(if bare.trim().is_empty() || kept.is_empty() { "    " } else { kept });
        }
        done = end;
    }
    if done == 0 {
        return (Cow::Borrowed(text), open);
    }
    out.push_str(&text[done..]);
    (Cow::Owned(out), open)
}

/// The labels of a line: where each begins, and where its colon stands.
fn labels(text: &str) -> Vec<(usize, usize)> {
    let mut found: Vec<(usize, usize)> = Vec::new();
    let mut from = 0;
    for (colon, mark) in text.char_indices().filter(|(_, c)| matches!(c, '：' | ':')) {
        let before = &text[from..colon];
        // a known label is one wherever it begins; another one begins behind a blank
        let start = before
            .char_indices()
            .map(|(at, _)| at)
            .find(|at| !before[*at..].starts_with(char::is_whitespace) && known(&before[*at..]).is_some())
            .or_else(|| {
                let word = before.trim_end();
                let begin = word_begin(word);
                let length = word[begin..].chars().count();
                (length > 0 && length <= LONGEST && !word[begin..].chars().all(|c| c.is_ascii_digit())).then_some(begin)
            });
        if let Some(start) = start {
            found.push((from + start, colon));
        }
        from = colon + mark.len_utf8();
    }
    found
}

/// Where the last word of a text begins; characters with single blanks between them are one word (表 号).
fn word_begin(text: &str) -> usize {
    let ends = |c: char| c.is_whitespace() || matches!(c, '_' | '＿' | '；' | ';' | '，' | '。');
    let mut begin = text.char_indices().rev().find(|(_, c)| ends(*c)).map_or(0, |(at, c)| at + c.len_utf8());
    while text[begin..].split(char::is_whitespace).next().is_some_and(|word| word.chars().count() == 1) {
        let mut before = text[..begin].char_indices().rev();
        let (blank, letter, edge) = (before.next(), before.next(), before.next());
        match (blank, letter) {
            (Some((_, blank)), Some((at, letter)))
                if blank.is_whitespace() && !ends(letter) && edge.is_none_or(|(_, c)| ends(c)) =>
            {
                begin = at;
            }
            _ => break,
        }
    }
    begin
}

#[cfg(test)]
mod tests;
