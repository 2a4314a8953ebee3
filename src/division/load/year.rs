//! The year of dates without one.

use chrono::{Datelike, NaiveDate};

use super::columns;
use super::sheets::Sheets;
use crate::basis::calendar::{Deadline, Window};
use crate::basis::settings::Settings;
use crate::basis::text::fold;
use crate::read::Workbook;
use crate::table::locate;

/// The year that a division is for.
#[derive(Clone, Copy, Debug)]
pub(super) struct Year {
    /// Its middle, so that dates without a year fall into it.
    pub(super) near: NaiveDate,
    /// Whether a title names it; else it is that of the window.
    pub(super) is_titled: bool,
    /// The window of the run.
    pub(super) window: Option<Window>,
}

impl Year {
    /// The only year in the title lines of the division, else in the title of the campaign if the window lies in it or in
    /// the year after it (the title may name the year of a standard, or one to come), else that of the window.
    pub(super) fn of(book: &Workbook, sheets: &Sheets, settings: &Settings) -> Year {
        let window = window(settings);
        let is_near = |year: &i32| window.is_some_and(|window| (0..=1).contains(&(window.start.year() - year)));
        let titled = titled(book, sheets).or_else(|| only_year(&settings.title).filter(is_near));
        let year = titled.or_else(|| window.map(|window| window.start.year()));
        let near = year.and_then(|year| NaiveDate::from_ymd_opt(year, 7, 1)).unwrap_or_default();
        Year { near, is_titled: titled.is_some(), window }
    }

    /// Reads a deadline. Of a phase that crosses the turn of the year (11月—次年3月) the window tells which one is meant.
    pub(super) fn deadline(&self, text: &str) -> Option<Deadline> {
        let read = Deadline::parse(text, self.near)?;
        let holds = |one: &Deadline, window: Window| match one {
            Deadline::Phase(first, last) => *last < NaiveDate::MAX && *first <= window.end && window.start <= *last,
            _ => false,
        };
        let before = self.window.filter(|window| !self.is_titled && !holds(&read, *window)).and_then(|window| {
            let near = self.near.with_year(self.near.year() - 1)?;
            Deadline::parse(text, near).filter(|one| holds(one, window))
        });
        Some(before.unwrap_or(read))
    }
}

/// The window of the run, else the last one that ended before it.
fn window(settings: &Settings) -> Option<Window> {
    let named = settings.window.as_deref().and_then(|label| Window::parse(label, settings.cycle));
    named.or_else(|| {
        let window = Window::containing(settings.cycle, settings.as_of?.date());
        window.start.pred_opt().map(|day| Window::containing(settings.cycle, day))
    })
}

/// The only year in the lines above the tasks.
fn titled(book: &Workbook, sheets: &Sheets) -> Option<i32> {
    let sheet = &book.sheets[sheets.tasks? as usize];
    let tables = locate(sheet, &book.texts, &columns::task::columns());
    let title: String = tables.first()?.above.iter().map(|(_, _, text)| text.as_str()).collect();
    only_year(&title)
}

/// The year in a text (2014年, 2014年度), that of an edition (2011年版) aside; none when there are several, as in a plan
/// over three years.
pub(super) fn only_year(text: &str) -> Option<i32> {
    let folded = fold(text);
    let mut years: Vec<i32> = Vec::new();
    for (at, _) in folded.match_indices('年') {
        if ["年版", "年修订"].iter().any(|edition| folded[at..].starts_with(edition)) {
            continue;
        }
        let digits: String = folded[..at].chars().rev().take_while(char::is_ascii_digit).collect();
        let year: String = digits.chars().rev().collect();
        if let Some(year) = year.parse().ok().filter(|year| (1990..2100).contains(year)) {
            years.push(year);
        }
    }
    years.dedup();
    let range = ["-2", "~2", "至2"].iter().any(|range| folded.contains(range));
    (years.len() == 1 && !range).then(|| years[0])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_names_one_year_or_none() {
        assert_eq!(only_year("２０１４年创建任务分工"), Some(2014));
        assert_eq!(only_year("三年行动（2021—2023年）"), None);
        assert_eq!(only_year("2021年至2023年行动"), None);
        assert_eq!(only_year("创建任务分工"), None);
        assert_eq!(only_year("按2011年版测评体系的2014年任务分工"), Some(2014));
    }
}
