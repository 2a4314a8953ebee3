//! The part of a file's window that rows without a day are about: 7月 in the ledger of a quarter, 上旬 in that of a month.

use chrono::{Datelike, Days};

use super::about::{self, Note};
use super::axes::{is_period, week, weekday};
use super::context::Surroundings;
use super::period_words::labels;
use super::section;
use super::sheets::{Surveyed, titles};
use super::window::file_names;
use crate::basis::calendar::{Cycle, Window, occasions, period};
use crate::basis::text::fold;
use crate::division::Division;
use crate::read::Sheet;
use crate::table::{Line, Table};

/// Parts of a month that are named without it.
const OF_MONTH: &[&str] = &["上旬", "中旬", "下旬", "上半月", "下半月"];

/// The part of a window that a text is about: a shorter period most of which lies inside, in a week a weekday. None when it
/// names the window itself, a date, or several periods.
pub(super) fn part(text: &str, of: &Window) -> Option<Window> {
    let folded = fold(text);
    let middle = |window: &Window| window.start.checked_add_days(Days::new(window.days().unsigned_abs() / 2));
    let days = || {
        let all = occasions(&folded, of).filter(|_| is_period(&folded))?;
        let [one] = all[..] else { return None };
        // from one week to another are several
        let is_one = one.exact || !folded.contains(['-', '~', '至', '到']);
        (is_one && one.first < one.last).then_some(Window { start: one.first, end: one.last, cycle: Cycle::Day })
    };
    let on = || weekday(&folded, of).map(|days| Window::containing(Cycle::Day, days[0].first));
    let named = |text: &str, cycle| period(text, None, middle(of)?, cycle);
    let by_name = || {
        let found = named(&folded, of.cycle);
        if found.is_some_and(|found| found.window != *of || !found.alone) {
            return found;
        }
        match part_of_month(&folded).filter(|_| of.cycle == Cycle::Month) {
            Some(at) => {
                let month = format!("{}年{}月", of.start.year(), of.start.month());
                named(&format!("{}{month}{}", &folded[..at], &folded[at..]), of.cycle)
            }
            // 第36周 needs no month.
            None => named(&folded, Cycle::Week),
        }
    };
    let by_name = || by_name().filter(|named| named.alone).map(|named| named.window);
    let found = days().or_else(on).or_else(by_name)?;
    (found.days() < of.days() && middle(&found).is_some_and(|day| of.contains(day))).then_some(found)
}

/// The day that a text names and nothing else, if it lies in a window.
pub(super) fn on_day(text: &str, of: &Window) -> Option<Window> {
    let folded = fold(text);
    let all = occasions(&folded, of).filter(|_| is_period(&folded))?;
    let [one] = all[..] else { return None };
    let day = one.exact && one.first == one.last && of.contains(one.first);
    day.then(|| Window::containing(Cycle::Day, one.first))
}

/// Where the only part of a month that a folded text names begins, of whichever month it is the part: 上旬, 第一周.
fn part_of_month(folded: &str) -> Option<usize> {
    let begins = |at: &usize| {
        let rest = &folded[*at..];
        let week_of = |end: usize| matches!(week(&rest[..end + '周'.len_utf8()]), Some(1..=5));
        let is_week = || rest.starts_with('第') && rest.find('周').is_some_and(week_of);
        OF_MONTH.iter().any(|part| rest.starts_with(part)) || is_week()
    };
    let mut all = folded.char_indices().map(|(at, _)| at).filter(begins);
    let at = all.next().filter(|_| all.next().is_none())?;
    let of_others = ["每月", "次月", "下月", "上月", "月后"].iter().any(|month| folded[..at].ends_with(month));
    (!of_others).then_some(at)
}

/// The part that a text names, where what stands around it already names `known`: a part of that (第一周 below 7月), else
/// another one.
pub(super) fn narrowed(text: &str, known: Option<Window>, of: &Window) -> Option<Window> {
    let inner = known.and_then(|known| part(text, &known));
    let found = inner.or_else(|| part(text, of));
    let holds = |found: &Window| known.is_some_and(|known| found.start <= known.start && known.end <= found.end);
    found.filter(|found| !holds(found)).or(known)
}

/// The part of the file's window that the surroundings of a table name: a title, a label line, the sheet's name, the
/// file's name.
pub(super) fn of_table(table: &Table, notes: &[Note], around: Surroundings<'_>, of: &Window) -> Option<Window> {
    let own: Vec<Line> = if table.above.is_empty() { around.titles.to_vec() } else { titles(table).collect() };
    // The last month with its year alone, beside another title, says when the table was printed.
    let is_last = |line: &Line| part(&line.2, of).is_some_and(|part| part.end >= of.end);
    let alone = |line: &Line| is_period(&fold(&line.2)) && line.2.contains('年');
    let printed = |line: &Line| own.len() > 1 && alone(line) && is_last(line);
    let titles = own.iter().filter(|line| !printed(line)).map(|line| line.2.as_str());
    let files: Vec<&str> = file_names(around.file).collect();
    let outside = files.into_iter().rev().chain([around.sheet]);
    outside.chain(labels(notes)).chain(titles).fold(None, |known, text| narrowed(text, known, of))
}

/// The day in the name of each sheet, where the sheets with tables have several such days: one alone may be that of
/// printing.
pub(super) fn of_sheets(sheets: &[Sheet], surveyed: &[Surveyed], of: &Window) -> Vec<Option<Window>> {
    let day = |(sheet, surveyed): (&Sheet, &Surveyed)| {
        if surveyed.tables.is_empty() { None } else { on_day(&sheet.name, of) }
    };
    let days: Vec<Option<Window>> = sheets.iter().zip(surveyed).map(day).collect();
    let mut all = days.iter().flatten();
    let first = all.next();
    if all.any(|day| Some(day) != first) { days } else { vec![None; days.len()] }
}

/// What the lines above a block say of its day.
#[derive(Clone, Copy, PartialEq, Eq)]
enum BlockDay {
    /// Something was done on it: 巡查日期：8月4日.
    DoneOn(Window),
    /// It may be that, or the day on which the block was written: 日期：8月4日, 8月4日.
    Bare(Window),
    /// The block was filled in on it.
    FilledOn(Window),
}

/// The part of the file's window that each of a sheet's tables is about by the day that its lines name. A bare day, and
/// the day on which a table was filled in, tell nothing but in a sheet of several blocks with days of their own: then the
/// former is the day of the rows, and the latter ends the time that began with the block before.
pub(super) fn of_blocks(
    tables: &[Table],
    notes: &[Vec<Note>],
    of: &Window,
    division: &Division,
) -> Vec<Option<Window>> {
    let days: Vec<Option<BlockDay>> =
        tables.iter().zip(notes).map(|(table, notes)| block_day(table, notes, of, division)).collect();
    let mut filled: Vec<_> = days
        .iter()
        .filter_map(|day| match day {
            Some(BlockDay::FilledOn(on) | BlockDay::Bare(on)) => Some(on.start),
            _ => None,
        })
        .collect();
    filled.sort_unstable();
    filled.dedup();
    let several = filled.len() > 1;
    let before = |on: &Window| filled.iter().rfind(|day| **day < on.start).copied().unwrap_or(of.start);
    let part = |day: BlockDay| match day {
        BlockDay::DoneOn(on) => Some(on),
        BlockDay::Bare(on) => Some(on).filter(|_| several),
        BlockDay::FilledOn(on) => Some(Window { start: before(&on), ..on }).filter(|_| several),
    };
    days.into_iter().map(|day| day.and_then(part)).collect()
}

fn block_day(table: &Table, notes: &[Note], of: &Window, division: &Division) -> Option<BlockDay> {
    let above = about::notes(&table.above);
    let of_line = |line: Line| {
        let on = on_day(&section::period(&line.2, division)?, of)?;
        Some(if is_period(&fold(&line.2)) { BlockDay::Bare(on) } else { BlockDay::DoneOn(on) })
    };
    let of_label = |note: &Note| {
        let alone = above.iter().filter(|other| other.0 == note.0).count() == 1;
        let on = on_day(&note.3, of).filter(|_| section::names_day(&note.2))?;
        if about::names_filled_on(&note.2) { alone.then_some(BlockDay::Bare(on)) } else { Some(BlockDay::DoneOn(on)) }
    };
    let by_words = titles(table).find_map(of_line).or_else(|| above.iter().find_map(of_label));
    by_words.or_else(|| about::filled_on(notes).find_map(|note| on_day(&note.3, of)).map(BlockDay::FilledOn))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_of_a_window() {
        for (text, window, expected) in [
            ("7月", "2021-Q3", Some("07-01 07-31")),
            ("九月份", "2021-Q3", Some("09-01 09-30")),
            ("2021-07", "2021-Q3", Some("07-01 07-31")),
            ("7月份台账", "2021-Q3", Some("07-01 07-31")),
            ("丁街道8月", "2021-Q3", Some("08-01 08-31")),
            ("7月总结及8月计划", "2021-Q3", Some("07-01 07-31")),
            ("8月上旬", "2021-Q3", Some("08-01 08-10")),
            ("7月1日-7月31日", "2021-Q3", Some("07-01 07-31")),
            ("第36周", "2021-Q3", Some("09-06 09-12")),
            ("上半年", "2021", Some("01-01 06-30")),
            ("上旬", "2021-09", Some("09-01 09-10")),
            ("9月份台账（中旬）", "2021-09", Some("09-11 09-20")),
            ("交通劝导下半月", "2021-09", Some("09-16 09-30")),
            ("第二周", "2021-09", Some("09-06 09-12")),
            ("第二周工作台账", "2021-09", Some("09-06 09-12")),
            ("第37周", "2021-09", Some("09-13 09-19")),
            ("9月6日-12日", "2021-09", Some("09-06 09-12")),
            ("周三", "2021-W36", Some("09-08 09-08")),
            // the window itself, a day, several periods, another window, a month that may be that of printing
            ("三季度", "2021-Q3", None),
            ("2021年9月", "2021-09", None),
            ("2021年9月30日", "2021-Q3", None),
            ("7-9月台账", "2021-Q3", None),
            ("7月、8月", "2021-Q3", None),
            ("三季度台账（9月）", "2021-Q3", None),
            ("三季度总结及四季度计划", "2021-Q3", None),
            ("10月", "2021-Q3", None),
            ("2020年7月", "2021-Q3", None),
            ("8月下旬", "2021-09", None),
            ("上旬", "2021-Q3", None),
            ("上旬、中旬", "2021-09", None),
            ("第一周至第四周", "2021-09", None),
            ("每月上旬报送", "2021-09", None),
            ("中旬前报送", "2021-09", None),
            ("第六周", "2021-09", None),
            ("一周情况", "2021-09", None),
            ("卫生大扫除", "2021-Q3", None),
            ("1-2", "2021-Q3", None),
            ("Sheet1", "2021-Q3", None),
        ] {
            let of = Window::parse(window, Cycle::Month).expect(window);
            let short = |window: Window| format!("{} {}", window.start.format("%m-%d"), window.end.format("%m-%d"));
            assert_eq!(part(text, &of).map(short).as_deref(), expected, "{text} {window}");
        }
    }
}
