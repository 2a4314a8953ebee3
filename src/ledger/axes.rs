//! Finds the axis of a cross-tab: the columns whose headings are units, tasks or periods of the campaign.

use super::attribute::{Clues, attribute};
use super::sender;
use super::status::status;
use crate::basis::TaskId;
use crate::basis::calendar::parse::period::{Named, period};
use crate::basis::calendar::{Cycle, Occasion, Window, occasions};
use crate::basis::pool::Texts;
use crate::basis::text::{chinese_number, fold, heading_key, skeleton};
use crate::division::{Context, Division, fields};
use crate::read::{Raw, Sheet};
use crate::table::{Axis, AxisColumn, Column, FieldId, RowClass, Table, Told, numbered, shown};
use chrono::{Datelike, Days};

/// Fields that make a table a list: with one of them every row is a report, whatever the other columns are.
const REPORTS: &[FieldId] = &[fields::STATUS, fields::DONE_ON, fields::REMEDY_STATE];

/// The meaning of a heading as a unit, task or period; none if it may be an ordinary column name.
pub(super) fn axis(text: &str, division: &Division) -> Option<Axis> {
    /// The most bytes of a name of a unit, task or period.
    const LONGEST: usize = 600;
    if text.is_empty() || text.len() > LONGEST || known(text, division).is_some() {
        return None;
    }
    if is_period(text) {
        return Some(Axis::Period);
    }
    if is_unit(text, division) {
        return Some(Axis::Unit);
    }
    let task = task(text, division).map(|_| Axis::Task);
    task.or_else(|| written_otherwise(text).map(|_| Axis::Period))
}

/// A folded period with its days in brackets, 第1周(8.4-8.8), as its days; w31 and week31 as 第31周.
fn written_otherwise(text: &str) -> Option<String> {
    if let Some((period, days)) = text.strip_suffix(')').and_then(|text| text.split_once('(')) {
        return (is_period(period) && is_period(days)).then(|| days.to_owned());
    }
    let number = text.strip_prefix("week").or_else(|| text.strip_prefix('w'))?.trim_start_matches('.');
    matches!(number.parse(), Ok(1..=53)).then(|| format!("第{number}周"))
}

/// The task with the text of a heading.
fn task(text: &str, division: &Division) -> Option<TaskId> {
    let long_enough = text.chars().count() >= 2;
    long_enough.then(|| attribute(Clues { text, ..Clues::default() }, division).0).flatten()
}

fn known(text: &str, division: &Division) -> Option<FieldId> {
    use crate::table::Lexicon;
    division.fields.field(&heading_key(text))
}

/// Whether a text names exactly one unit.
fn is_unit(text: &str, division: &Division) -> bool {
    let roster = &division.roster;
    let count = text.chars().count();
    (2..=40).contains(&count)
        && (roster.find(text).is_some()
            || sender::in_cell(text, roster).units.len() == 1 && sender::strangers(text, roster).is_empty())
}

/// Whether a folded text is only a period: 8月, 2014年8月份, 第一周, 8月4日, 三季度, 2014-08-04, 8.4-8.10.
pub(super) fn is_period(text: &str) -> bool {
    const LONGEST: usize = 18;
    let numeral = |c: char| c.is_ascii_digit() || "一二三四五六七八九十〇".contains(c);
    let of = |c: char| numeral(c) || "年月日周旬季度第上中下半份号.-/~至到—–".contains(c);
    let text = text.strip_prefix("星期").map_or_else(|| text.to_owned(), |day| format!("周{day}"));
    let text = text.as_str();
    if text.chars().count() > LONGEST || !text.chars().all(of) {
        return false;
    }
    let named = text.contains(['月', '日', '周', '旬', '季', '号']) || text.contains("半年") || text.ends_with('年');
    if named {
        let half = text.contains("上半") || text.contains("下半") || text.ends_with('旬');
        return text.contains(numeral) || half || text == "周日";
    }
    // 201408, 2014-08, 2014-08-04, 8.4-8.10: but 1-1 is the code of a task.
    let year = |text: &str| text.starts_with("20") || text.starts_with("19");
    let digits: Vec<&str> = text.split(|c: char| !c.is_ascii_digit()).collect();
    match digits[..] {
        [one] => one.len() == 6 && year(one) && matches!(one[4..].parse(), Ok(1..=12)),
        [y, m] => y.len() == 4 && year(y) && matches!(m.parse(), Ok(1..=12)),
        [y, m, d] => y.len() == 4 && year(y) && matches!(m.parse(), Ok(1..=12)) && matches!(d.parse(), Ok(1..=31)),
        [m, d, n, e] => [m, n].iter().all(|m| matches!(m.parse(), Ok(1..=12))) && !d.is_empty() && !e.is_empty(),
        _ => false,
    }
}

/// Moves the axis columns of a cross-tab out of its columns; a list is not changed.
pub(super) fn take(table: &mut Table, cx: &Context<'_>) {
    let numbers = numbered(&table.columns);
    let read = |column: &Column| read(column, &numbers, cx.division);
    let mut found: Vec<Option<AxisColumn>> = table.columns.iter().map(read).collect();
    // A single unit or period may be an ordinary column name; two or more tasks may not, nor may the very text of one
    // beside a column of units.
    let distinct = |pick: &dyn Fn(&AxisColumn) -> Option<&String>| {
        let mut names: Vec<&String> = found.iter().flatten().filter_map(pick).collect();
        names.sort_unstable();
        names.dedup();
        names.len()
    };
    let units = distinct(&|axis| axis.unit.as_ref()) >= 2;
    // Different headings that are similar to the same task are not that task.
    let mut tasks: Vec<(TaskId, &String)> = Vec::new();
    for (id, name) in found.iter().flatten().filter_map(|axis| {
        let name = axis.task.as_ref()?;
        Some((task(name, cx.division)?, name))
    }) {
        if !tasks.contains(&(id, name)) {
            tasks.push((id, name));
        }
    }
    let same = |a: usize| tasks[..a].iter().any(|b| b.0 == tasks[a].0);
    let has = |wanted: &[FieldId]| table.columns.iter().filter_map(|c| c.field).any(|field| wanted.contains(&field));
    let exact = |name: &str| !cx.division.index().by_text(&skeleton(name)).is_empty();
    let alone =
        matches!(tasks[..], [(_, name)] if exact(name)) && has(&[fields::UNITS]) && !has(&[fields::TASK, fields::CODE]);
    if table.columns.len() < 3 && !alone {
        return;
    }
    let tasks = alone || tasks.len() >= 2 && !(0..tasks.len()).any(same);
    let periods = distinct(&|axis| axis.period.as_ref()) >= 2;
    for axis in &mut found {
        if let Some(one) = axis {
            one.unit = one.unit.take().filter(|_| units);
            one.task = one.task.take().filter(|_| tasks);
            one.period = one.period.take().filter(|_| periods);
            if one.unit.is_none() && one.task.is_none() && one.period.is_none() {
                *axis = None;
            }
        }
    }
    let dated = |field| field == fields::DATE && !units && !tasks;
    let reports = |(column, axis): (&Column, &Option<AxisColumn>)| {
        let by_itself = |field| REPORTS.contains(&field) || dated(field) || is_account(field, &column.heading);
        axis.is_none() && column.told_by.is_none() && column.field.is_some_and(by_itself)
    };
    if !found.iter().any(Option::is_some) {
        return;
    }
    if table.columns.iter().zip(&found).any(reports) {
        tell_current(table, &found, cx);
        return;
    }
    let columns = std::mem::take(&mut table.columns);
    for (column, axis) in columns.into_iter().zip(found) {
        match axis {
            Some(axis) => table.axes.push(axis),
            // The sum over the axis is no record of its own.
            None if is_sum(&column.heading) => {}
            None => table.columns.push(column),
        }
    }
    // The corner names both (单位\\任务); the cells below decide which of them the column has.
    let given = [(tasks, fields::TASK), (units, fields::UNITS)];
    for column in &mut table.columns {
        if given.iter().any(|(given, field)| *given && column.field == Some(*field)) {
            column.also = column.field.take();
        }
    }
}

/// Gives the field of several columns that name their period, in a list, to the one of the window: 7月进展 | 8月进展.
fn tell_current(table: &mut Table, found: &[Option<AxisColumn>], cx: &Context<'_>) {
    let Window { start, end, cycle } = cx.window;
    let is_current = |axis: &AxisColumn| {
        let named = axis.period.as_ref().and_then(|text| period(text, None, end, cycle));
        named.is_some_and(|named| named.window.start <= end && start <= named.window.end)
    };
    let of_period = |at: usize| Some((at, found[at].as_ref()?)).filter(|(_, axis)| axis.period.is_some());
    let (current, others): (Vec<_>, Vec<_>) =
        (0..found.len()).filter_map(of_period).partition(|(_, axis)| is_current(axis));
    for (other, axis) in others {
        let field = axis.column.field;
        if let Some((own, _)) = current.iter().find(|(_, own)| own.column.field == field)
            && table.columns[other].field.is_some()
        {
            (table.columns[*own].field, table.columns[*own].also) = (field, None);
            (table.columns[other].field, table.columns[other].also) = (None, None);
        }
    }
}

/// Whether a column describes the progress of its row, other than 内容.
fn is_account(field: FieldId, heading: &str) -> bool {
    let leaf = heading_key(heading.rsplit('/').next().unwrap_or(heading));
    field == fields::PROGRESS && !leaf.ends_with("内容")
}

fn is_sum(heading: &str) -> bool {
    let key = heading_key(heading.rsplit('/').next().unwrap_or(heading));
    ["合计", "小计", "总计", "共计", "累计"].contains(&key.as_str())
}

/// Moves the axis back among the columns if the rows lack the other dimension: a cross-tab has one of task and unit
/// over its columns and the other in its rows. `context`: whether something around the table names its task.
pub(super) fn settle(table: &mut Table, sheet: &Sheet, texts: &Texts, cx: &Context<'_>, context: bool) {
    if table.axes.is_empty() {
        return;
    }
    let bound = |field| table.columns.iter().any(|c| c.field == Some(field));
    let by_axis = table.axes.iter().any(|axis| axis.task.is_some());
    let named = bound(fields::TASK) || bound(fields::CODE);
    let tasks =
        by_axis || context || named && (names_task(table, sheet, texts, cx) || is_answered(table, sheet, texts));
    if tasks && !answers_beside(table, sheet, texts) {
        table.readable = true;
        return;
    }
    let axes = std::mem::take(&mut table.axes);
    table.columns.extend(axes.into_iter().map(|axis| axis.column));
    table.columns.sort_by_key(|column| column.col);
}

/// Whether the column of tasks was recognised by its cells, or has a task of the division.
fn names_task(table: &Table, sheet: &Sheet, texts: &Texts, cx: &Context<'_>) -> bool {
    /// The most rows examined.
    const ROWS: usize = 60;
    let told = table.columns.iter().any(|c| c.told_by == Some(Told::Tasks));
    told || table.rows.iter().filter(|row| row.1 == RowClass::Data).take(ROWS).any(|row| {
        let text = |field| {
            let column = table.columns.iter().find(|c| c.field == Some(field));
            column.map_or_else(String::new, |c| shown(sheet.grid.get(row.0, c.col), texts).into_owned())
        };
        let (code, task) = (text(fields::CODE), text(fields::TASK));
        attribute(Clues { code: &code, text: &task, ..Clues::default() }, cx.division).0.is_some()
    })
}

/// Whether at least half of the filled cells of the axis are states or, below days, weeks and months, marks: any sign, or
/// the number 1.
fn is_answered(table: &Table, sheet: &Sheet, texts: &Texts) -> bool {
    let data = table.rows.iter().filter(|row| row.1 == RowClass::Data);
    let cells = data.flat_map(|row| table.axes.iter().map(move |axis| (axis, sheet.grid.get(row.0, axis.column.col))));
    let (mut answers, mut filled) = (0usize, 0usize);
    for (axis, raw) in cells {
        let text = shown(raw, texts);
        filled += usize::from(!text.is_empty());
        let short = matches!(raw, Raw::Text(_)) && text.chars().count() <= 12;
        let mark = || axis.period.is_some() && (is_mark(&text) || text == "1");
        answers += usize::from(short && status(&text).is_some() || mark());
    }
    answers > 0 && answers * 2 >= filled
}

/// Whether a text is a sign that marks a cell of a plan: ●, ■, ★, √; a dash marks an empty one.
pub(super) fn is_mark(text: &str) -> bool {
    let mut chars = text.trim().chars();
    let (first, second) = (chars.next(), chars.next());
    second.is_none() && first.is_some_and(|c| !c.is_alphanumeric() && !"-－—–―_/／\\＼.。、，,?？".contains(c))
}

/// Whether the cells of the axis are empty while other columns are filled, as in a chart of coloured bars.
fn answers_beside(table: &Table, sheet: &Sheet, texts: &Texts) -> bool {
    let rows = || table.rows.iter().filter(|row| row.1 == RowClass::Data);
    let filled = |column: &Column| rows().any(|row| !shown(sheet.grid.get(row.0, column.col), texts).is_empty());
    let answer = |column: &&Column| column.field.is_some_and(|field| !fields::role(field).is_prefilled());
    !table.axes.iter().any(|axis| filled(&axis.column)) && table.columns.iter().filter(answer).any(filled)
}

/// What the heading of a column contributes to its records.
fn read(column: &Column, numbers: &[(u32, String)], division: &Division) -> Option<AxisColumn> {
    let mut found = AxisColumn {
        column: Column { field: column.field.or(column.also), also: None, ..column.clone() },
        unit: None,
        task: None,
        period: None,
        days: None,
    };
    let meant = |part| {
        let folded = fold(part);
        let axis = axis(&folded, division);
        (part, folded, axis)
    };
    let mut parts: Vec<(&str, String, Option<Axis>)> = column.heading.split('/').map(meant).collect();
    if parts.len() > 1 && parts.iter().all(|part| part.2.is_none()) {
        parts = vec![meant(&column.heading)];
    }
    // 8月计划 beside 8月完成情况 is about the future.
    let planned = parts.last().is_some_and(|leaf| leaf.0.contains(['计', '拟']));
    let mut below = None;
    for (part, folded, axis) in parts {
        below = None;
        match axis {
            Some(Axis::Unit) => found.unit = Some(part.to_owned()),
            Some(Axis::Task) => found.task = Some(part.to_owned()),
            Some(Axis::Period) => {
                let folded = written_otherwise(&folded).unwrap_or(folded);
                let joined = found.period.iter().map(|above| format!("{above}{folded}")).find(|both| is_period(both));
                found.period = Some(joined.unwrap_or(folded));
            }
            None => match part_of_heading(&folded, division) {
                Some(period) => found.period = Some(period),
                None => below = Some(folded),
            },
        }
    }
    if let Some((_, number)) = numbers.iter().find(|(col, _)| *col == column.col) {
        // 4日 below 8月, but a day with its year says it all.
        let above = found.period.iter().filter(|_| !number.contains('-'));
        let joined = above.map(|above| format!("{above}{number}")).find(|both| is_period(both));
        found.period = Some(joined.unwrap_or_else(|| number.clone()));
        below = None;
    }
    let any = found.unit.is_some() || found.task.is_some() || found.period.is_some();
    (any && !(planned && below.is_none())).then_some(found)
}

/// The period at the beginning of a heading: 8月 in 8月完成情况.
fn part_of_heading(folded: &str, division: &Division) -> Option<String> {
    let field = known(folded, division)?;
    if !REPORTS.contains(&field) && field != fields::PROGRESS && field != fields::AMOUNT {
        return None;
    }
    let end = folded.rfind(['月', '周', '旬', '度'])? + '月'.len_utf8();
    let period = folded.get(..end)?;
    let period = if folded[end..].starts_with('份') { &folded[..end + '份'.len_utf8()] } else { period };
    (period.len() < folded.len() && is_period(period)).then(|| period.to_owned())
}

/// The windows of the periods of an axis, with their texts. `named` reads a text, in a given year if it has none. A
/// series of months without years is dated by the one that contains the window of the run, else by the last.
pub(super) fn periods(
    axes: &[AxisColumn],
    named: impl Fn(&str, Option<i32>) -> Option<Named>,
    cx: &Context<'_>,
) -> Vec<(String, Named)> {
    let mut texts: Vec<&String> = axes.iter().filter_map(|axis| axis.period.as_ref()).collect();
    let mut known = std::collections::BTreeSet::new();
    texts.retain(|text| known.insert(*text));
    let month = |window: &Window| (window.start.month(), window.start.day());
    let run = cx.window;
    let first: Vec<Option<Named>> = texts.iter().map(|text| read_period(text, &named, None, cx)).collect();
    let here = |named: &Option<Named>| named.is_some_and(|n| n.window.start <= run.end && run.start <= n.window.end);
    let pivot = first.iter().position(here).or_else(|| first.iter().rposition(Option::is_some));
    let Some(pivot) = pivot else { return Vec::new() };
    let mut years: Vec<Option<i32>> = vec![None; texts.len()];
    years[pivot] = first[pivot].map(|named| named.window.start.year());
    let turns = |a: &Option<Named>, b: &Option<Named>| {
        a.zip(*b).is_some_and(|(a, b)| month(&a.window) > month(&b.window) && a.window.cycle == b.window.cycle)
    };
    for at in (0..pivot).rev() {
        years[at] = years[at + 1].map(|year| year - i32::from(turns(&first[at], &first[at + 1])));
    }
    for at in pivot + 1..texts.len() {
        years[at] = years[at - 1].map(|year| year + i32::from(turns(&first[at - 1], &first[at])));
    }
    let read = |(text, year): (&&String, &Option<i32>)| Some(((*text).clone(), read_period(text, &named, *year, cx)?));
    texts.iter().zip(&years).filter_map(read).collect()
}

/// The window of one period: a week or 旬 without month lies in the month of the run, a date is that day.
fn read_period(
    text: &str,
    named: &impl Fn(&str, Option<i32>) -> Option<Named>,
    year: Option<i32>,
    cx: &Context<'_>,
) -> Option<Named> {
    let run = cx.window;
    let within = || {
        let of_month = run.cycle == Cycle::Month && (week(text).is_some() || text.ends_with('旬'));
        let month = format!("{}年{}月{text}", run.start.year(), run.start.month());
        of_month.then(|| named(&month, None)).flatten()
    };
    let days = || {
        let days = occasions(text, &run).or_else(|| weekday(text, &run))?;
        let (first, last) = (days.first()?.first, days.last()?.last);
        let window = if first == last {
            Window::containing(Cycle::Day, first)
        } else {
            Window { start: first, end: last, cycle: Cycle::Day }
        };
        Some(Named { window, with_year: false, alone: true })
    };
    named(text, year).or_else(within).or_else(days)
}

/// 周一, 星期三 in a weekly window.
pub(super) fn weekday(text: &str, run: &Window) -> Option<Vec<Occasion>> {
    let name = text.strip_prefix("星期").or_else(|| text.strip_prefix('周'))?;
    let day = ["一", "二", "三", "四", "五", "六", "日"].iter().position(|day| *day == name)?;
    let day = (run.cycle == Cycle::Week).then(|| run.start.checked_add_days(Days::new(day as u64))).flatten()?;
    Some(vec![Occasion { first: day, last: day, clock: None, exact: true }])
}

/// The number of a week that a text names without its month: 第2周, 第二周.
pub(super) fn week(text: &str) -> Option<u32> {
    let number = text.trim_start_matches('第').strip_suffix('周')?;
    number.parse().ok().or_else(|| chinese_number(number))
}

#[cfg(test)]
mod tests;
