//! The reference day for dates without a year.

use chrono::{Datelike, NaiveDate};

use super::columns;
use super::sheets::Sheets;
use crate::basis::calendar::Window;
use crate::basis::settings::Settings;
use crate::basis::text::fold;
use crate::read::Workbook;
use crate::table::locate;

/// The middle of the year the division is for, so that dates without a year fall into that year: the only year in its
/// title lines, else the year of the window of the run, else of the last window that ended before the run.
pub(super) fn near(book: &Workbook, sheets: &Sheets, settings: &Settings) -> NaiveDate {
    let year = titled(book, sheets)
        .or_else(|| {
            let label = settings.window.as_deref()?;
            Window::parse(label, settings.cycle).map(|window| window.start.year())
        })
        .or_else(|| {
            let window = Window::containing(settings.cycle, settings.as_of?.date());
            let before = window.start.pred_opt().map(|day| Window::containing(settings.cycle, day));
            before.map(|window| window.start.year())
        })
        .or_else(|| only_year(&settings.title));
    year.and_then(|year| NaiveDate::from_ymd_opt(year, 7, 1)).unwrap_or_default()
}

/// The only year in the lines above the tasks.
fn titled(book: &Workbook, sheets: &Sheets) -> Option<i32> {
    let sheet = &book.sheets[sheets.tasks? as usize];
    let tables = locate(sheet, &book.texts, &columns::task::columns());
    let title: String = tables.first()?.above.iter().map(|(_, _, text)| text.as_str()).collect();
    only_year(&title)
}

/// The year in a text (2014年, 2014年度); none when there are several, as in a plan over three years.
pub(super) fn only_year(text: &str) -> Option<i32> {
    let folded = fold(text);
    let mut years: Vec<i32> = Vec::new();
    for (at, _) in folded.match_indices('年') {
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
    }
}
