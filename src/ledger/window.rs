//! Which window a file, or a sheet of it, says it belongs to; which sheets are therefore read.

use chrono::{Datelike, Days, NaiveDate, NaiveTime};

use super::about;
use super::axes;
use super::elsewhere;
use super::file_reading::{Skipped, Unread, WhyUnread, WindowFrom};
use super::period_words::{beside, is_of_open_matters, is_plan, labels, overlaps};
use super::sheets::{self, Surveyed};
use crate::basis::calendar::parse::period::{Named, period};
use crate::basis::calendar::{Cycle, Window, written};
use crate::basis::place::{Area, Source};
use crate::basis::pool::Texts;
use crate::division::Context;
use crate::read::{Raw, Sheet};
use crate::table::{AxisColumn, Line, RowClass, Table};

/// Decides which sheets with tables are read: hidden ones only when no visible one is a ledger, and of sheets that each
/// name another period (one a month) those of the run's window.
pub(super) fn choose(source: &Source, surveyed: &mut [Surveyed], sheets: &[Sheet], texts: &Texts, cx: &Context<'_>) {
    let skip = |surveyed: &mut Surveyed, why| {
        surveyed.skipped = Some(why);
        surveyed.tables.clear();
        surveyed.notes.clear();
        // What is left aside says nothing about the window of the rest.
        surveyed.titles.clear();
        surveyed.aside.clear();
    };
    let has_rows = |surveyed: &Surveyed| !surveyed.tables.is_empty() || !surveyed.aside.is_empty();
    let visible = surveyed.iter().zip(sheets).any(|(s, sheet)| has_rows(s) && !sheet.is_hidden());
    for (surveyed, sheet) in surveyed.iter_mut().zip(sheets) {
        if visible && sheet.is_hidden() && has_rows(surveyed) {
            skip(surveyed, Skipped::Hidden);
        }
    }
    let any = surveyed.iter().any(|s| !s.tables.is_empty());
    for surveyed in surveyed.iter_mut() {
        let narrow: Vec<Area> =
            surveyed.aside.iter().filter(|kept| kept.table.columns.len() <= 2).map(|kept| kept.unread.area).collect();
        let needless = |unread: &Unread| match &unread.why {
            WhyUnread::Lacking { found, .. } => any && !sheets::meant_as_ledger(found, &cx.division.fields),
            // A tally without a heading.
            WhyUnread::Headless(_) => any && narrow.contains(&unread.area),
            _ => false,
        };
        surveyed.aside.retain(|kept| !needless(&kept.unread));
        for unread in &mut surveyed.unread {
            if needless(unread) {
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
    // 2014年台账 with sheets 1月 to 12月.
    let year =
        file_names(&source.name).find_map(|name| near_of(source, cx, None).named(name)).filter(|named| named.with_year);
    let near = near_of(source, cx, year.map(|named| named.window.start.year()));
    let named = |text: &str| near.named(text).map(|named| named.window);
    let said: Vec<Said> = surveyed
        .iter_mut()
        .zip(sheets)
        .map(|(surveyed, sheet)| {
            let own = elsewhere::leave_out(surveyed, sheet, texts, cx, &named);
            Said::of(surveyed, sheet, &own, &near, cx)
        })
        .collect();
    let days = said.iter().flat_map(|said| &said.tables).filter_map(|table| table.filled);
    let each = is_one_a_window(days.collect(), cx);
    let filled = |day: Option<NaiveDate>| day.and_then(|day| due_next(day, each, cx));
    let is_other = |window: &Window| !overlaps(window, &cx.window);
    // What names another window is left out only beside what does not: a file all about another belongs there whole. A
    // title speaks for the tables after it that name no period; a sheet's name speaks for its sheet alone.
    let mut words = None;
    let unread = |said: &Said, words: Option<Window>, table: &OfTable| {
        let window = said.name.or(words).or(filled(table.filled)).filter(is_other);
        if table.planned { Some(WhyUnread::Plan) } else { window.map(|window| WhyUnread::OtherWindow(window.label())) }
    };
    let left = said.iter().any(|said| {
        said.tables.iter().any(|table| {
            words = table.words.or(words);
            unread(said, words, table).is_none()
        })
    });
    for (surveyed, said) in surveyed.iter_mut().zip(said).filter(|_| left) {
        let mut words = None;
        let others: Vec<Option<WhyUnread>> = said
            .tables
            .iter()
            .map(|table| {
                words = table.words.or(words);
                unread(&said, words, table)
            })
            .collect();
        match others.first() {
            Some(Some(WhyUnread::OtherWindow(label))) if others.iter().all(Option::is_some) => {
                skip(surveyed, Skipped::OtherWindow(label.clone()));
            }
            Some(Some(_)) if others.iter().all(Option::is_some) => {
                leave_out(surveyed, others);
                skip(surveyed, Skipped::NotLedger);
            }
            _ => leave_out(surveyed, others),
        }
    }
    for (surveyed, sheet) in surveyed.iter_mut().zip(sheets) {
        axis_windows(surveyed, sheet, &near, cx);
    }
}

/// Gives the columns of cross-tabs that are periods their days, leaves out those of other windows and says so. Where
/// nothing of the run's window is left, the last period with something in it is the file's.
fn axis_windows(surveyed: &mut Surveyed, sheet: &Sheet, near: &Near, cx: &Context<'_>) {
    let year =
        || titles(surveyed).chain([sheet.name.as_str()]).find_map(|text| near.named(text).filter(|n| n.with_year));
    let year = near.year.or_else(|| year().map(|named| named.window.start.year()));
    let near = Near { year, ..*near };
    let Surveyed { tables, unread, titles, .. } = surveyed;
    for table in tables.iter_mut().filter(|table| table.axes.iter().any(|axis| axis.period.is_some())) {
        let periods =
            axes::periods(&table.axes, |text, year| Near { year: near.year.or(year), ..near }.named(text), cx);
        let named = |axis: &AxisColumn| {
            let found = axis.period.as_ref().and_then(|text| periods.iter().find(|(known, _)| known == text));
            found.map(|found| found.1)
        };
        let of = |axis: &AxisColumn| named(axis).map(|named| named.window);
        let is_filled = |axis: &AxisColumn| {
            let data = table.rows.iter().filter(|row| row.1 == RowClass::Data);
            data.into_iter().any(|row| !matches!(sheet.grid.get(row.0, axis.column.col), Raw::Empty))
        };
        let any = table.axes.iter().any(|axis| of(axis).is_none_or(|window| overlaps(&window, &cx.window)));
        let filled = || table.axes.iter().rev().filter(|axis| is_filled(axis)).find_map(of);
        let kept = if any { Some(cx.window) } else { filled().or_else(|| table.axes.iter().rev().find_map(of)) };
        let Some(kept) = kept else { continue };
        let holds = |outer: &Window, inner: &Window| outer.start <= inner.start && inner.end <= outer.end;
        let own = |axis: &AxisColumn| {
            let named = named(axis).filter(|named| named.alone && holds(&kept, &named.window))?;
            Some((axis.unit.clone(), axis.task.clone(), named.window))
        };
        let inside: Vec<_> = table.axes.iter().filter_map(own).collect();
        // 1-8月 beside 8月 says again what 8月 says.
        let is_sum = |axis: &AxisColumn| {
            named(axis).filter(|named| !named.alone || !holds(&kept, &named.window)).is_some_and(|sum| {
                let same = |(unit, task, _): &&_| (unit, task) == (&axis.unit, &axis.task);
                inside.iter().filter(same).any(|(.., window)| holds(&sum.window, window))
            })
        };
        titles.insert(0, (table.heading.top, table.heading.left, kept.label()));
        let axes = std::mem::take(&mut table.axes);
        for mut axis in axes {
            match of(&axis) {
                _ if is_sum(&axis) => {
                    let why = WhyUnread::OtherWindow(axis.period.unwrap_or_default());
                    unread.push(Unread { area: axis.column.area, why });
                }
                Some(window) if !overlaps(&window, &kept) => {
                    let why = WhyUnread::OtherWindow(window.label());
                    unread.push(Unread { area: axis.column.area, why });
                }
                window => {
                    // A month in the run of a month says no more than the run.
                    let inside = window.filter(|window| window.start > kept.start || window.end < kept.end);
                    axis.days =
                        inside.filter(|window| window.cycle < kept.cycle).map(|window| (window.start, window.end));
                    table.axes.push(axis);
                }
            }
        }
    }
}

/// Leaves out the tables of a sheet that are about another window or planned.
fn leave_out(surveyed: &mut Surveyed, others: Vec<Option<WhyUnread>>) {
    if others.iter().all(Option::is_none) {
        return;
    }
    let tables = std::mem::take(&mut surveyed.tables).into_iter().zip(std::mem::take(&mut surveyed.notes));
    let first = others.first().is_some_and(Option::is_some);
    if first {
        surveyed.titles.clear();
    }
    for ((table, notes), other) in tables.zip(others) {
        if let Some(why) = other {
            surveyed.unread.push(Unread { area: table.extent(), why });
            continue;
        }
        if first {
            surveyed.titles.extend(sheets::titles(&table));
        }
        surveyed.tables.push(table);
        surveyed.notes.push(notes);
    }
    surveyed.unread.sort_by_key(|unread| (unread.area.top, unread.area.left));
}

/// How periods of a file are read: in its year, else near the day on which it was received.
#[derive(Clone, Copy)]
struct Near {
    year: Option<i32>,
    day: NaiveDate,
    run: Window,
}

impl Near {
    /// The period that a text names. In a file about a whole year that is received in January, 1月 and 3月 are those of the
    /// year.
    fn named(&self, text: &str) -> Option<Named> {
        let found = period(text, self.year, self.day, self.run.cycle)?;
        let is_long = self.run.cycle >= Cycle::HalfYear;
        let is_ahead = is_long && self.year.is_none() && !found.with_year && found.window.end >= self.day;
        let before = || in_year(found.window, found.window.start.year() - 1).filter(|last| overlaps(last, &self.run));
        let window = if is_ahead && !overlaps(&found.window, &self.run) { before() } else { None };
        Some(Named { window: window.unwrap_or(found.window), ..found })
    }
}

/// A file that is looked at before it was received, as samples and reissues are, is read near the day of judgement.
fn near_of(source: &Source, cx: &Context<'_>, year: Option<i32>) -> Near {
    Near { year, day: source.received.date().min(cx.as_of.date()), run: cx.window }
}

/// The periods that a sheet with tables, or with a nil report in words, names; its name counts before its words.
#[derive(Default)]
struct Said {
    /// By its name.
    name: Option<Window>,
    /// What is said of each of its tables; for a nil report of that.
    tables: Vec<OfTable>,
}

/// What is said of a table.
struct OfTable {
    /// The period by its rows or a label or a title of its own.
    words: Option<Window>,
    /// The day on which it was filled in.
    filled: Option<NaiveDate>,
    /// Whether it is a plan by a title of its own or the name of its sheet.
    planned: bool,
}

impl Said {
    /// `by_rows` are the windows that the rows of its tables name.
    fn of(surveyed: &Surveyed, sheet: &Sheet, by_rows: &[Option<Window>], near: &Near, cx: &Context<'_>) -> Said {
        let window = |text: &str| near.named(text).map(|named| named.window).or_else(|| beside(text, &cx.window));
        if surveyed.skipped == Some(Skipped::NilReport) {
            let words = labelled(surveyed).chain(titles(surveyed)).find_map(window);
            return Said { name: window(&sheet.name), tables: vec![OfTable { words, filled: None, planned: false }] };
        }
        if surveyed.tables.is_empty() {
            return Said::default();
        }
        let words = |(nth, (table, notes)): (usize, (&Table, &Vec<about::Note>))| {
            // The titles of the first table are those of the sheet, lines outside of all cells included.
            let own: Vec<Line> = if nth == 0 { surveyed.titles.clone() } else { sheets::titles(table).collect() };
            let titles = || own.iter().map(|line| line.2.as_str());
            let filled = about::filled_on(notes).find_map(|note| written::day(&note.3, near.day));
            // The title of the whole is that of a report; a block in it may take up what was left open before.
            let of_this = titles().filter(|title| nth == 0 || !is_of_open_matters(title));
            let planned = titles().chain([sheet.name.as_str()]).any(|title| is_plan(title, &cx.window));
            OfTable { words: by_rows[nth].or_else(|| labels(notes).chain(of_this).find_map(window)), filled, planned }
        };
        let tables = surveyed.tables.iter().zip(&surveyed.notes).enumerate().map(words).collect();
        Said { name: window(&sheet.name), tables }
    }
}

/// Whether tables were filled in one a window, that of the run after its end: what was filled in on 2 August beside what was
/// filled in on 2 September is July's, but not beside what was filled in a week later.
fn is_one_a_window(mut days: Vec<NaiveDate>, cx: &Context<'_>) -> bool {
    days.sort_unstable();
    days.dedup();
    let next = |day: &NaiveDate| cx.settings.due.next(cx.window.cycle, day.and_time(NaiveTime::MIN));
    let after = days.iter().any(|day| *day > cx.window.end && next(day) == cx.window);
    after && days.windows(2).all(|pair| next(&pair[0]) != next(&pair[1]))
}

/// The window whose due time comes next after a day, unless it is the run's all the same. `each`: whether a day in the
/// run's window may be that of the report on the one before.
fn due_next(day: NaiveDate, each: bool, cx: &Context<'_>) -> Option<Window> {
    let next = cx.settings.due.next(cx.window.cycle, day.and_time(NaiveTime::MIN));
    let early = next > cx.window && cx.settings.due.due(&next) > cx.as_of;
    ((each || !cx.window.contains(day) && next != cx.window) && !early).then_some(next)
}

fn labelled(surveyed: &Surveyed) -> impl Iterator<Item = &str> {
    surveyed.notes.iter().flat_map(|notes| labels(notes))
}

fn titles(surveyed: &Surveyed) -> impl Iterator<Item = &str> {
    surveyed.titles.iter().map(|line| line.2.as_str())
}

/// The window the file says it belongs to: its stamp, a period in a title, a label, a sheet's name or the file's name,
/// else the day on which it was filled in. A period says more than that day, which is often one of the next month.
pub(super) fn file_window(
    source: &Source,
    surveyed: &[Surveyed],
    sheets: &[Sheet],
    stamped: Option<&str>,
    cx: &Context<'_>,
) -> Option<(Window, WindowFrom)> {
    if let Some(window) = stamped.and_then(|label| Window::parse(label, cx.window.cycle)) {
        return Some((window, WindowFrom::Stamp));
    }
    let near = near_of(source, cx, None);
    let reports = |s: &Surveyed| !s.tables.is_empty() || s.skipped == Some(Skipped::NilReport);
    let names = surveyed.iter().zip(sheets).filter(|(s, _)| reports(s)).map(|(_, sheet)| sheet.name.as_str());
    let said = surveyed.iter().flat_map(|s| labelled(s).chain(titles(s))).chain(names);
    let title = shortest(said.filter_map(|text| near.named(text)));
    let name = shortest(file_names(&source.name).filter_map(|name| near.named(name)));
    // The year of one is that of the other: 2013年台账 in the file 8月.xlsx.
    let year = [title, name].into_iter().flatten().find(|named| named.with_year).map(|named| named.window.start.year());
    let dated = |named: Option<Named>| match (named, year) {
        (Some(Named { window, with_year: false, .. }), Some(year)) => in_year(window, year),
        (found, _) => found.map(|found| found.window),
    };
    let title = dated(title).map(|window| (window, WindowFrom::Title));
    let name = dated(name).map(|window| (window, WindowFrom::FileName));
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
    let days = |notes: &Vec<about::Note>| about::filled_on(notes).find_map(|note| written::day(&note.3, near.day));
    let filled: Vec<NaiveDate> = notes.filter_map(days).collect();
    // Of blocks filled in one after another the last, as far as the file can have been.
    let last = filled.iter().filter(|day| **day <= near.day).max();
    let filled = last.or(filled.first()).copied();
    let titles = || surveyed.iter().flat_map(titles);
    let dated = || titles().find_map(|text| written::day(text.trim().trim_matches(['(', ')', '（', '）']), near.day));
    filled.or_else(dated).map(day).or(said)
}

/// The same period in another year.
fn in_year(window: Window, year: i32) -> Option<Window> {
    // A period is known by its middle: weeks begin and end in other years.
    let middle = window.start.checked_add_days(Days::new(window.days().unsigned_abs() / 2))?;
    Some(Window::containing(window.cycle, middle.with_year(year)?))
}

/// Of several periods the most exact, the first of equals.
fn shortest(periods: impl Iterator<Item = Named>) -> Option<Named> {
    periods.min_by_key(|named| named.window.cycle)
}

/// The file's name without its extension, that of its archive after it.
pub(super) fn file_names(path: &str) -> impl Iterator<Item = &str> {
    path.rsplit('!').map(|path| {
        let file = path.rsplit('/').next().unwrap_or(path);
        file.rsplit_once('.').map_or(file, |(stem, _)| stem)
    })
}

#[cfg(test)]
mod tests;
