//! Tells rows that only name the part to which the rows below them belong, by their code: A | 环境整治 over; A-1 |
//! 环境整治 over 1, 2.

use super::in_view::{MANY, View};
use super::shape::Axis;
use super::shown::{is_blank, only_cell, shown};
use crate::basis::text::{chinese_number, fold};
use crate::read::{Raw, Row};

/// A code has no more characters than this.
const CODE: usize = 12;

impl View<'_, '_> {
    /// Whether the only cell of a row, though it stands where the others have their numbers, is a unit or a task over rows
    /// with more.
    pub(super) fn names_those_below(&self, at: usize) -> bool {
        let Some((_, Raw::Text(text))) = only_cell(self.body.rows[at], self.body.texts) else { return false };
        let text = self.body.texts.get(text);
        let lexicon = self.finder.lexicon;
        let named = |folded: &str| lexicon.is_unit(folded) || lexicon.is_task(folded);
        text.contains(|c: char| c.is_alphabetic()) && named(&fold(text)) && self.stands_over_others(at)
    }

    /// Whether the only cell of a row is a period over records that have something else in its place: 第一周 over the tasks
    /// of the week. A day may be all that is known of a record.
    pub(super) fn names_their_period(&self, at: usize) -> bool {
        let (row, texts) = (self.body.rows[at], self.body.texts);
        let Some((col, Raw::Text(text))) = only_cell(row, texts) else { return false };
        let Some(next) = self.body.rows.get(at + 1).filter(|next| next.index == row.index + 1) else { return false };
        let folded = fold(texts.get(text));
        let is_period = |folded: &str| self.finder.lexicon.axis(folded) == Some(Axis::Period);
        let other = match next.get(col) {
            Raw::Text(text) => !is_period(&fold(texts.get(text))),
            raw => !is_blank(raw, texts) && !matches!(raw, Raw::Date(_)),
        };
        let is_several = next.cells.iter().filter(|cell| !is_blank(cell.1, texts)).count() > 1;
        let is_day = folded.contains(['日', '号']) && !folded.starts_with(['周', '星']);
        !self.covered[at] && other && is_several && !is_day && is_period(&folded)
    }

    /// Whether a row of two cells is the code and the name of a part: the code of the row below, which has more cells,
    /// carries it on, or is a number as in most records while it is none.
    pub(super) fn is_parent(&self, at: usize) -> bool {
        let (row, texts) = (self.body.rows[at], self.body.texts);
        let Some(next) = self.body.rows.get(at + 1).filter(|next| next.index == row.index + 1) else { return false };
        let filled = |row: &Row| row.cells.iter().filter(|cell| !is_blank(cell.1, texts)).count();
        let mut cells = row.cells.iter().filter(|cell| !is_blank(cell.1, texts));
        let (Some(&(col, code)), Some(&(_, Raw::Text(name))), None) = (cells.next(), cells.next(), cells.next()) else {
            return false;
        };
        let name = fold(texts.get(name));
        let heads = Some(col) == self.serial || col == self.body.heading.area.left;
        // Whoever reports a task leaves its other cells empty at first.
        if !heads || self.covered[at] || filled(next) < MANY || self.finder.lexicon.is_value(&name) {
            return false;
        }
        let (own, below) = (shown(code, texts), shown(next.get(col), texts));
        carries_on(own.trim(), below.trim()) || self.is_coded_otherwise(col, code, next.get(col))
    }

    /// Whether a code has letters while the cell below it, as most in its column, is a number.
    fn is_coded_otherwise(&self, col: u32, code: Raw, below: Raw) -> bool {
        let letters = matches!(code, Raw::Text(text) if is_code(self.body.texts.get(text).trim()));
        letters && matches!(below, Raw::Number { .. }) && Some(col) == self.serial && self.profile.numbered()
    }
}

/// Whether a text is a code with letters: A-1, Ⅱ, 甲-2.
fn is_code(text: &str) -> bool {
    let of = |c: char| c.is_alphanumeric() || "-－—–.．_".contains(c);
    text.chars().count() <= CODE
        && text.chars().all(of)
        && text.chars().any(|c| c.is_ascii_alphabetic() || ('Ⅰ'..='ⅻ').contains(&c) || "甲乙丙丁戊己".contains(c))
}

/// Whether a code is the one above with something behind it: A-1 and A-1-2, 1 and 1.1, but not 1 and 10.
fn carries_on(above: &str, below: &str) -> bool {
    let short = |text: &str| (1..=CODE).contains(&text.chars().count());
    let part = |rest: &str| {
        rest.strip_prefix(['-', '－', '—', '–', '.', '．', '_'])
            .is_some_and(|number| !number.is_empty() && number.chars().all(is_of_number))
    };
    short(above) && above.chars().all(is_of_number) && below.strip_prefix(above).is_some_and(part)
}

/// Whether a character may stand in a code.
fn is_of_number(c: char) -> bool {
    c.is_ascii_alphanumeric()
        || "-－—–.．_".contains(c)
        || ('Ⅰ'..='ⅻ').contains(&c)
        || chinese_number(&c.to_string()).is_some()
}

#[cfg(test)]
mod tests {
    use super::super::layouts::see;
    use super::*;

    #[test]
    fn a_code_and_a_name_over_what_belongs_to_it_are_a_section() {
        let rows = |drawing: &str| {
            let seen = see(&format!("编号 | 工作任务 | 责任单位 | 完成情况\n{drawing}"));
            seen.iter()
                .map(|table| table.rsplit(' ').next().unwrap_or_default().to_owned())
                .collect::<Vec<_>>()
                .join(" ")
        };
        let (a, b) = ("甲处 | 综合科 | 已完成", "乙处 | 后勤科 | 已完成");
        for (drawing, expected) in [
            (format!("A | 环境整治\nA-1 | {a}\nA-2 | {b}\nB | 宣传教育\nB-1 | {a}"), "SRRSR"),
            (format!("'1-1 | 环境整治\n'1-1-1 | {a}\n'1-1-2 | {b}"), "SRR"),
            (format!("'1 | 环境整治\n'1.1 | {a}\n'1.2 | {b}"), "SRR"),
            (format!("'1 | 环境整治\n'2 | {a}\n'3 | {b}"), "RRR"),
            (format!("'1 | 环境整治\n'10 | {a}\n'11 | {b}"), "RRR"),
            (format!("A | 环境整治 | 综合科\nA-1 | {a}\nA-2 | {b}"), "RRR"),
            (format!("A | 环境整治\n\nA-1 | {a}\nA-2 | {b}"), "R.RR"),
        ] {
            assert_eq!(rows(&drawing), expected, "{drawing}");
        }
        let numbered = see(&format!(
            "序号 | 工作任务 | 责任单位 | 完成情况\nA-1 | 环境整治\n1 | {a}\n2 | {b}\nA-2 | 宣传教育\n3 | {a}\n"
        ));
        assert_eq!(numbered, ["A1:D1 序号 工作任务 责任单位 完成情况 SRRSR"]);
    }

    #[test]
    fn codes_that_carry_on() {
        for (above, below, on) in [
            ("A", "A-1", true),
            ("A", "A1", false),
            ("1", "1.1", true),
            ("1", "1.", false),
            ("1", "10", false),
            ("一", "一-1", true),
            ("甲处", "甲处-1", false),
            ("A", "A-甲处", false),
            ("", "-1", false),
        ] {
            assert_eq!(carries_on(above, below), on, "{above} {below}");
        }
        assert!(is_code("A-1") && is_code("Ⅱ") && !is_code("3") && !is_code("环境") && !is_code("A-1234567890b"));
    }
}
