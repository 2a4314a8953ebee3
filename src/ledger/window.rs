//! Which window a file, or a sheet of it, says it belongs to; which sheets are therefore read.

use chrono::NaiveDate;

use super::about;
use super::file_reading::{Skipped, WhyUnread, WindowFrom};
use super::period::period;
use super::sheets::{self, Surveyed};
use crate::basis::calendar::{Cycle, Window, written};
use crate::basis::place::Source;
use crate::division::Context;
use crate::read::Sheet;

/// Decides which sheets with tables are read: hidden ones only when no visible one is a ledger, and of sheets that each
/// name another period (one a month) those of the run's window.
pub(super) fn choose(surveyed: &mut [Surveyed], sheets: &[Sheet], cx: &Context<'_>) {
    let skip = |surveyed: &mut Surveyed, why| {
        surveyed.skipped = Some(why);
        surveyed.tables.clear();
        surveyed.notes.clear();
        // What is left aside says nothing about the window of the rest.
        surveyed.titles.clear();
    };
    let visible = surveyed.iter().zip(sheets).any(|(s, sheet)| !s.tables.is_empty() && !sheets::is_hidden(sheet));
    for (surveyed, sheet) in surveyed.iter_mut().zip(sheets) {
        if visible && sheets::is_hidden(sheet) && !surveyed.tables.is_empty() {
            skip(surveyed, Skipped::Hidden);
        }
    }
    let any = surveyed.iter().any(|s| !s.tables.is_empty());
    for surveyed in surveyed.iter_mut() {
        for unread in &mut surveyed.unread {
            if let WhyUnread::Lacking { found, .. } = &unread.why
                && any
                && !sheets::meant_as_ledger(found, &cx.division.fields)
            {
                unread.why = WhyUnread::Other;
            }
        }
        // Beside a ledger a table that was never meant as one needs no complaint.
        if let Some(Skipped::HeadingMissing { found, .. }) = &surveyed.skipped
            && any
            && !sheets::meant_as_ledger(found, &cx.division.fields)
        {
            surveyed.skipped = Some(Skipped::NotLedger);
        }
    }
    let own: Vec<Option<Window>> = surveyed.iter().zip(sheets).map(|(s, sheet)| sheet_window(s, sheet, cx)).collect();
    let of_run =
        |window: &Option<Window>| window.is_some_and(|w| w.cycle <= cx.window.cycle && overlaps(&w, &cx.window));
    if own.iter().any(of_run) {
        for (surveyed, own) in surveyed.iter_mut().zip(own) {
            if let Some(window) = own
                && window.cycle <= cx.window.cycle
                && !overlaps(&window, &cx.window)
            {
                skip(surveyed, Skipped::OtherWindow(window.label()));
            }
        }
    }
}

fn overlaps(a: &Window, b: &Window) -> bool {
    a.start <= b.end && b.start <= a.end
}

/// The period that a sheet's name or its title names.
fn sheet_window(surveyed: &Surveyed, sheet: &Sheet, cx: &Context<'_>) -> Option<Window> {
    if surveyed.tables.is_empty() {
        return None;
    }
    let of_name = period(&sheet.name, cx.window.end);
    of_name.or_else(|| surveyed.titles.iter().find_map(|line| period(&line.2, cx.window.end)))
}

/// The window the file says it belongs to: its stamp, a period in a title, a sheet's name or the file's name, else the
/// day on which it was filled in. A period says more than that day, which is often one of the next month.
pub(super) fn file_window(
    source: &Source,
    surveyed: &[Surveyed],
    sheets: &[Sheet],
    stamped: Option<&str>,
    cx: &Context<'_>,
) -> Option<(Window, WindowFrom)> {
    let near = cx.window.end;
    if let Some(window) = stamped.and_then(|label| Window::parse(label, cx.window.cycle)) {
        return Some((window, WindowFrom::Stamp));
    }
    let titles = || surveyed.iter().flat_map(|s| &s.titles).map(|line| line.2.as_str());
    let names = surveyed.iter().zip(sheets).filter(|(s, _)| !s.tables.is_empty()).map(|(_, sheet)| sheet.name.as_str());
    let title = shortest(titles().chain(names).filter_map(|text| period(text, near)));
    let name = shortest(file_names(source).filter_map(|name| period(name, near)));
    let title = title.map(|window| (window, WindowFrom::Title));
    let name = name.map(|window| (window, WindowFrom::FileName));
    // A year in the title and a month in the name: the month.
    let said = match (title, name) {
        (Some(title), Some(name)) if name.0.cycle < title.0.cycle => Some(name),
        (title, name) => title.or(name),
    };
    if let Some(said) = said.filter(|said| said.0.cycle <= cx.window.cycle) {
        return Some(said);
    }
    let day = |day: NaiveDate| (Window::containing(Cycle::Day, day), WindowFrom::FilledOn);
    let notes = surveyed.iter().flat_map(|s| &s.notes);
    let filled = notes.flat_map(|notes| about::filled_on(notes)).find_map(|note| written::day(&note.3, near));
    let dated = || titles().find_map(|text| written::day(text.trim().trim_matches(['(', ')', '（', '）']), near));
    filled.or_else(dated).map(day).or(said)
}

/// Of several periods the most exact, the first of equals.
fn shortest(periods: impl Iterator<Item = Window>) -> Option<Window> {
    periods.min_by_key(|window| window.cycle)
}

/// The file's name without its extension, that of its archive after it.
fn file_names(source: &Source) -> impl Iterator<Item = &str> {
    source.name.rsplit('!').map(|path| {
        let file = path.rsplit('/').next().unwrap_or(path);
        file.rsplit_once('.').map_or(file, |(stem, _)| stem)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ledger::fixture::file;

    #[test]
    fn titles_of_the_other_months_sheets_say_nothing_about_the_file() {
        let (_, reading) = file(
            "综合科台账.xlsx",
            "
=== 7月
综合科2014年7月台账
任务编号 | 工作任务 | 完成情况
1-1 | | 已完成
=== 8月
综合科2014年8月台账
任务编号 | 工作任务 | 完成情况
1-2 | | 已完成
",
        );
        assert_eq!(reading.ledgers.len(), 1);
        assert_eq!(reading.window.map(|w| w.0.label()).as_deref(), Some("2014-08"));
    }

    #[test]
    fn of_one_sheet_a_month_the_runs_own_is_read() {
        let (_, reading) = file(
            "综合科2014年台账.xlsx",
            "
=== 7月
任务编号 | 完成情况
1-1 | 已完成
=== 8月
任务编号 | 完成情况
1-2 | 已完成
",
        );
        assert_eq!(reading.sheets[0].skipped, Some(Skipped::OtherWindow("2014-07".into())));
        assert_eq!(reading.ledgers.len(), 1);
        assert_eq!(reading.window.map(|w| w.0.label()).as_deref(), Some("2014-08"));
    }

    #[test]
    fn which_window_a_file_says() {
        let of = |name: &str, above: &str| {
            let (_, reading) = file(name, &format!("{above}\n任务编号 | 完成情况 | 备注\n1-1 | 已完成 |\n"));
            reading.window.map(|(window, from)| format!("{} {from:?}", window.label()))
        };
        assert_eq!(of("a.xlsx", "2014年7月台账").as_deref(), Some("2014-07 Title"));
        assert_eq!(of("a7月.xlsx", "创建台账").as_deref(), Some("2014-07 FileName"));
        assert_eq!(of("a7月.xlsx", "2014年创建台账").as_deref(), Some("2014-07 FileName"));
        assert_eq!(of("a.xlsx", "填报日期：2014年9月3日").as_deref(), Some("2014-09-03 FilledOn"));
        assert_eq!(of("a.xlsx", "2014年8月台账 | | 填报日期：2014年9月3日").as_deref(), Some("2014-08 Title"));
        assert_eq!(of("a.xlsx", "2013年创建台账").as_deref(), Some("2013 Title"));
        assert_eq!(of("a.xlsx", "创建台账"), None);
    }
}
