//! What a row looks like by itself, before the rest of the table is known.

use super::body::Body;
use super::merges::Spans;
use super::shape::{Furniture, RowClass};
use super::shown::is_blank;
use super::{shown, words};
use crate::basis::text::{chinese_number, fold};
use crate::read::{Raw, Row};

/// What a row looks like by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum RowHint {
    Is(RowClass),
    /// A Chinese number and little else: a section, if the records are numbered differently. A word that also labels
    /// signatures (联系电话): a footer, unless records follow.
    Perhaps(Furniture),
    /// An example row, or a row of hints under the heading.
    Example,
    /// A single cell: part of a note if it follows one.
    Lone,
}

const fn form(what: Furniture) -> RowHint {
    RowHint::Is(RowClass::Furniture(what))
}

impl Body<'_> {
    /// Judges a row by itself.
    pub(super) fn hint(&self, row: &Row, fresh: bool, serial: Option<u32>, spans: &Spans, wide: bool) -> RowHint {
        let mut seen = row.cells.iter().filter(|cell| !is_blank(cell.1, self.texts));
        let Some(&(col, raw)) = seen.next() else { return RowHint::Is(RowClass::Blank) };
        if self.heading.is_repeated_by(row) {
            return form(Furniture::Heading);
        }
        if fresh && let Some(hint) = self.under_heading(row) {
            return hint;
        }
        let rest = seen.clone().count();
        if rest == 0 && Some(col) == serial && !wide {
            let lone_text = matches!(raw, Raw::Text(text) if self.texts.get(text).trim().chars().count() > 12);
            let folded = fold(&shown(raw, self.texts));
            if !lone_text && !words::is_section(&folded) && self.furniture(&folded, 0, false).is_none() {
                return RowHint::Is(RowClass::Blank);
            }
        }
        if rest == 0 && matches!(raw, Raw::Number { .. }) && self.heading.columns.len() >= 3 {
            return RowHint::Lone;
        }
        let Some(first_text) = std::iter::once(&(col, raw)).chain(seen.clone()).take(3).find_map(|cell| match cell.1 {
            Raw::Text(text) => Some(self.texts.get(text)),
            _ => None,
        }) else {
            return RowHint::Is(RowClass::Data);
        };
        let leading = matches!(raw, Raw::Text(_));
        let first_cells = || row.cells.iter().filter(|cell| !is_blank(cell.1, self.texts)).take(3);
        let is_total = |cell: &(u32, Raw)| match cell.1 {
            Raw::Text(text) => {
                let text = self.texts.get(text);
                text.len() <= 36 && text.contains(['计', '均', '页', 't', 'T', 'Ｔ']) && words::is_total(&fold(text))
            }
            _ => false,
        };
        if words::begins_as_example(first_text) || rest >= 2 && self.says_how_to_fill(row, first_text) {
            return RowHint::Example;
        }
        // A row of several cells that begins with a number is data unless it is a total.
        if !leading {
            return if first_cells().any(is_total) { form(Furniture::Subtotal) } else { RowHint::Is(RowClass::Data) };
        }
        let folded = if first_text.len() > 600 {
            fold(&first_text.chars().take(100).collect::<String>())
        } else {
            fold(first_text)
        };
        if leading && let Some(what) = self.furniture(&folded, rest, wide) {
            let bare = what == Furniture::Footer && !wide && words::is_label(&folded);
            return match what {
                _ if words::is_example(&folded) => RowHint::Example,
                what if bare => RowHint::Perhaps(what),
                what => form(what),
            };
        }
        // 汇总 may be work to do, but not with a sum beside it.
        let summed =
            || leading && folded == "汇总" && row.cells.iter().any(|cell| matches!(cell.1, Raw::Number { .. }));
        // 完成率 | 66.7%
        let rated = || {
            let words = |cell: &&(u32, Raw)| match cell.1 {
                Raw::Text(text) => self.texts.get(text).contains(char::is_alphabetic),
                _ => false,
            };
            let wide = rest > 0 && self.heading.columns.len() >= 4;
            leading && wide && words::is_share(&folded) && row.cells.iter().filter(words).count() == 1
        };
        if first_cells().any(is_total) || summed() || rated() {
            return form(Furniture::Subtotal);
        }
        let covered = self
            .heading
            .columns
            .iter()
            .any(|c| c.col != col && spans.over(row.index, c.col).is_some_and(|m| m.top < row.index));
        if !covered && words::is_section(&folded) && rest == 0 {
            return form(Furniture::Section);
        }
        if !covered
            && leading
            && words::is_section_number(&folded)
            && rest <= 2
            && !self.tells_twice(row)
            && rest > 0
            && self.heading.columns.len() >= 4
        {
            return RowHint::Perhaps(Furniture::Section);
        }
        // 另有下列材料的加分： between pairs.
        if rest == 0 && self.heading.columns.len() == 2 && leading && folded.ends_with(':') {
            return form(Furniture::Section);
        }
        if rest == 0 && self.heading.columns.len() >= 3 {
            return if wide { form(Furniture::Section) } else { RowHint::Lone };
        }
        RowHint::Is(RowClass::Data)
    }

    /// Whether two cells of a row tell more than the name of a section does: a record behind the number of its stage.
    fn tells_twice(&self, row: &Row) -> bool {
        /// The name of a section has no more characters than this.
        const NAME: usize = 12;
        let long = |cell: &&(u32, Raw)| match cell.1 {
            Raw::Text(text) => self.texts.get(text).trim().chars().count() > NAME,
            _ => false,
        };
        row.cells.iter().filter(long).count() >= 2
    }

    /// Whether a row says how its columns are to be filled in: more than half of its cells, the first text among them,
    /// name a way to fill them (手填), or more than two thirds at least give a hint.
    fn says_how_to_fill(&self, row: &Row, first: &str) -> bool {
        const BEGINS: &[char] = &[
            '(', '（', '如', '例', '格', '填', '请', '必', '选', '可', '自', '下', '限', '手', '筛', '非', '系', '根',
        ];
        let says = |folded: &str| (words::is_way_to_fill(folded), words::is_hint(folded));
        // Few texts begin so; only these are looked at more closely.
        let may = first.trim_start().starts_with(BEGINS) && first.len() <= 40;
        if !may || says(&fold(first)) == (false, false) {
            return false;
        }
        let (mut all, mut ways, mut hints) = (0usize, 0usize, 0usize);
        for cell in row.cells.iter().filter(|cell| !is_blank(cell.1, self.texts)) {
            all += 1;
            if let Raw::Text(text) = cell.1 {
                let (way, hint) = says(&fold(self.texts.get(text)));
                ways += usize::from(way);
                hints += usize::from(way || hint);
            }
        }
        ways * 2 > all || hints * 3 > all * 2
    }

    /// Judges a row by its first text; `rest` is the number of further cells.
    fn furniture(&self, folded: &str, rest: usize, wide: bool) -> Option<Furniture> {
        let few = rest * 2 <= self.heading.columns.len().max(4);
        let explains = || few && words::is_instruction(folded) || rest == 0 && words::is_legend(folded);
        if words::is_example(folded) || explains() {
            return Some(Furniture::Instruction);
        }
        let about = words::is_about(folded)
            && (words::label(folded).is_some() || wide || rest <= 3 && self.heading.columns.len() >= 5);
        if rest == 0 && words::is_continued(folded) {
            return Some(Furniture::Heading);
        }
        let foot = || rest == 0 && (words::is_page_mark(folded) || words::is_end_of_page(folded));
        (few && about || foot()).then_some(Furniture::Footer)
    }

    /// Judges a row directly under the heading: column numbers, or hints for filling in.
    fn under_heading(&self, row: &Row) -> Option<RowHint> {
        let (mut count, mut numbers, mut hints) = (0usize, 0usize, 0usize);
        let (mut counted, mut run) = (false, false);
        let mut last: Vec<Ordinal> = Vec::new();
        for &(_, raw) in row.cells.iter().filter(|cell| !is_blank(cell.1, self.texts)) {
            count += 1;
            let number = match raw {
                Raw::Number { value, percent: false } => Some(Ordinal { series: Series::Digits, value }),
                Raw::Text(text) if self.texts.get(text).len() <= 90 => {
                    let folded = fold(self.texts.get(text));
                    hints += usize::from(words::is_hint(&folded));
                    Ordinal::read(folded.trim_matches(['(', ')', '栏', '列', '第']))
                }
                _ => None,
            };
            let Some(number) = number else { continue };
            // Letters may stand over what the numbers do not count: 甲 | 1 | 2.
            let before = last.iter().rev().find(|last| last.series == number.series);
            if before.map_or(number.is_first(), |before| number.follows(*before)) {
                numbers += 1;
                counted |= before.is_some() && number.series == Series::Digits;
                run |= before.is_some();
                last.push(number);
            }
        }
        if count >= 3 && numbers == count && (counted || run && count == self.heading.columns.len()) {
            Some(form(Furniture::Numbering))
        } else if count >= 2 && hints == count {
            Some(RowHint::Example)
        } else {
            None
        }
    }
}

/// How the columns of a form are numbered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Series {
    Digits,
    Letters,
    Stems,
    Chinese,
    /// A word over the numbers of the columns: 栏次, 序号.
    Word,
}

/// The place of a column in its series.
#[derive(Clone, Copy, Debug)]
struct Ordinal {
    series: Series,
    value: f64,
}

impl Ordinal {
    /// Reads the number of a column: 3, 3=1+2, 丙, C, 三.
    fn read(bare: &str) -> Option<Ordinal> {
        let mut chars = bare.chars();
        let one = chars.next().filter(|_| chars.next().is_none());
        let stem = one.and_then(|one| "甲乙丙丁戊己庚辛壬癸".chars().position(|stem| stem == one));
        let letter = one.filter(char::is_ascii_lowercase).map(|one| u32::from(one) - u32::from('a') + 1);
        let (series, value) = if let Some(at) = stem {
            (Series::Stems, at as f64 + 1.0)
        } else if let Some(letter) = letter {
            (Series::Letters, f64::from(letter))
        } else if matches!(bare, "次" | "序号") {
            (Series::Word, 1.0)
        } else if let Some(number) = chinese_number(bare) {
            (Series::Chinese, f64::from(number))
        } else {
            (Series::Digits, bare.split(['=', '+']).next()?.parse().ok()?)
        };
        Some(Ordinal { series, value })
    }

    fn is_first(self) -> bool {
        (self.value - 1.0).abs() < 1e-9
    }

    fn follows(self, last: Ordinal) -> bool {
        self.series == last.series && (self.value - last.value - 1.0).abs() < 1e-9
    }
}

#[cfg(test)]
mod tests;
