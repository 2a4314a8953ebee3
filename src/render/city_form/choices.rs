//! The form's own words: where a column offers a list, nothing else is written in it.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::form::Form;
use crate::basis::Lang;
use crate::basis::place::Area;
use crate::basis::text::fold;
use crate::ledger::{Status, status};
use crate::obligation::State;
use crate::outcome::labels;
use crate::read::appearance::Choices;
use crate::read::{Raw, Workbook, reference};

/// The most words of a list.
const MOST: usize = 200;

/// The words that each column of the form's lines offers; columns without a list, or with one that is not understood,
/// are not in it.
pub(super) fn of_columns(form: &Form) -> BTreeMap<u32, Vec<String>> {
    let appearance = form.appearance.as_ref().and_then(|appearance| appearance.sheets.get(form.sheet));
    let rows = (form.first, form.tail.max(form.first + 1) - 1);
    let mut columns = BTreeMap::new();
    for list in appearance.iter().flat_map(|appearance| &appearance.choices) {
        let Some(words) = words(list, form).filter(|words| !words.is_empty()) else { continue };
        for area in list.areas.iter().filter(|area| area.top <= rows.1 && area.bottom >= rows.0) {
            for col in area.left..=area.right.min(area.left + 100) {
                columns.entry(col).or_insert_with(|| words.clone());
            }
        }
    }
    columns
}

/// The words of a list: written in it, or in cells of the workbook.
fn words(list: &Choices, form: &Form) -> Option<Vec<String>> {
    let source = list.source.trim();
    if let Some(words) = source.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')) {
        return Some(
            words.split([',', '，']).map(|word| word.trim().to_owned()).filter(|word| !word.is_empty()).collect(),
        );
    }
    let (sheet, cells) = match source.rsplit_once('!') {
        Some((name, cells)) => {
            let name = name.trim_matches('\'').replace("''", "'");
            (form.book.sheets.iter().position(|sheet| sheet.name == name)?, cells)
        }
        None => (form.sheet, source),
    };
    let cells = cells.replace('$', "");
    let (from, to) = cells.split_once(':').unwrap_or((&cells, &cells));
    let ((top, left), (bottom, right)) = (reference(from.as_bytes())?, reference(to.as_bytes())?);
    Some(texts(&form.book, sheet, Area { top, left, bottom, right }))
}

fn texts(book: &Workbook, sheet: usize, area: Area) -> Vec<String> {
    let cells = (area.top..=area.bottom).flat_map(|row| (area.left..=area.right).map(move |col| (row, col)));
    let text = |(row, col)| match book.sheets[sheet].grid.get(row, col) {
        Raw::Text(text) => Some(book.texts.get(text).trim().to_owned()),
        Raw::Number { value, .. } => Some(value.to_string()),
        _ => None,
    };
    cells.take(MOST).filter_map(text).filter(|text| !text.is_empty()).collect()
}

/// The word of a list for a text: the same word, else for a state the word that means it. None where the list has none.
pub(super) fn chosen<'l>(text: &str, words: &'l [String]) -> Option<&'l str> {
    let of = |wanted: Status| words.iter().find(|word| status(word) == Some(wanted));
    let same = words.iter().find(|word| fold(word) == fold(text));
    let meant = || match status(text) {
        // what goes on for long is in progress where a form knows no other word
        Some(Status::Continuous) => of(Status::Continuous).or_else(|| of(Status::InProgress)),
        Some(wanted) => of(wanted),
        // of a report that did not come nothing is known to be begun
        None if is_missing(text) => of(Status::NotStarted).or_else(|| words.iter().find(|word| word.contains('未'))),
        None => None,
    };
    same.or_else(meant).map(String::as_str)
}

/// Whether a text is the state of a report that did not come.
fn is_missing(text: &str) -> bool {
    let base = text.split(['（', '(']).next().unwrap_or(text);
    [State::Missing, State::Blank, State::Unusable, State::NotDue]
        .iter()
        .any(|state| labels::state(*state, Lang::Zh) == base)
}

/// A text as it may stand in a column with these words; empty where the form has no word for it.
pub(super) fn fitting<'t>(text: Cow<'t, str>, words: Option<&'t Vec<String>>) -> Cow<'t, str> {
    match words {
        Some(words) if !text.is_empty() => chosen(&text, words).unwrap_or_default().into(),
        _ => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_state_takes_the_forms_word_or_none() {
        let list = |words: &str| words.split('、').map(String::from).collect::<Vec<_>>();
        let (few, more) = (list("完成、推进中、未完成"), list("已完成、正在推进、长期坚持、零报告、未启动"));
        for (text, of_few, of_more) in [
            ("已完成", Some("完成"), Some("已完成")),
            ("正在推进", Some("推进中"), Some("正在推进")),
            ("长期坚持", Some("推进中"), Some("长期坚持")),
            ("零报告", None, Some("零报告")),
            ("有异议", None, None),
            ("缺报", Some("未完成"), Some("未启动")),
            ("不可用（8月上半月）", Some("未完成"), Some("未启动")),
            ("推进中", Some("推进中"), Some("正在推进")),
        ] {
            assert_eq!((chosen(text, &few), chosen(text, &more)), (of_few, of_more), "{text}");
        }
        assert_eq!(chosen("甲", &list("甲、乙")), Some("甲"), "any word that is the same");
    }
}
