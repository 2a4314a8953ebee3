//! 统计: tables and native charts of states, units, categories and lead officials.

use anyhow::Result;

use super::plan::{Plan, SHEETS, place};
use crate::basis::{Lang, TaskId};
use crate::division::Task;
use crate::obligation::{Coverage, State};
use crate::outcome::labels::{self, STATES};
use crate::render::workbook::chart::{Drawing, Strip, Style};
use crate::render::workbook::{Book, Cell, Page, Shape, Sheet, Size, Tone};

/// The name of the sheet.
const NAME: &str = SHEETS[1];
/// The colours of the states in the order of [`STATES`].
const COLOURS: [u32; 9] = [
    0x003B_7D4F, 0x00D9_9A2B, 0x007F_B08A, 0x008E_6BAE, 0x00C0_392B, 0x00E0_7B6C, 0x008C_2F39, 0x00A9_B1BB, 0x00D5_DAE0,
];
/// The states of an obligation that is expected, the parts of a bar.
const EXPECTED: [State; 7] =
    [State::OnTime, State::Late, State::Nil, State::Disputed, State::Missing, State::Blank, State::Unusable];
/// The most bars of a chart.
const MOST_BARS: usize = 30;
/// The size of charts below tables in pixels, without their bars.
const CHART: (u32, u32) = (960, 120);

pub(super) fn write(book: &mut Book, plan: &Plan<'_>) -> Result<()> {
    let outcome = plan.outcome;
    let font = outcome.settings.body_fonts.first().map_or("宋体", String::as_str);
    let states = labels::shown(outcome.trend.iter().map(|(_, counts)| counts).chain([&outcome.coverage]));
    let mut sheet = book.sheet(NAME, Size::Small, Page::A4)?;
    sheet.without_gridlines();
    let mut widths = vec![6.0, 30.0];
    widths.resize(4 + states.len(), 8.5);
    widths.extend([10.0, 10.0]);
    sheet.widths(&widths)?;
    let mut tables = Tables { sheet, plan, states, wide: widths.len() as u16, font };
    tables.sheet.title(0, tables.wide, "报送情况统计")?;
    tables.sheet.lines(1, 1)?;
    tables.sheet.across(1, 0, tables.wide, &plan.period(), Shape::Line, Tone::Plain)?;
    let row = tables.overall(3)?;
    let figures = plan.figures;
    let units = figures.units.iter().map(|unit| {
        let name = outcome.division.unit(unit.key).name.as_str();
        let cell = plan.unit_sheet(unit.key).map_or(Cell::text(name), |to| Cell::link(name, to, 0, 0));
        (unit.rank, cell, unit.coverage)
    });
    let row = tables.ranking(row, "二、各责任单位", "责任单位", &units.collect::<Vec<_>>())?;
    let categories = figures.categories.iter().map(|group| {
        let shown = if group.key.is_empty() { "（未分类）" } else { &group.key };
        (group.rank, to_task(plan, shown, |task| task.category == group.key), group.coverage)
    });
    let row = tables.ranking(row, "三、各任务类别", "任务类别", &categories.collect::<Vec<_>>())?;
    let leaders = figures
        .leaders
        .iter()
        .map(|group| (group.rank, to_task(plan, &group.key, |task| task.leaders.contains(&group.key)), group.coverage));
    let row = tables.ranking(row, "四、各牵头领导", "牵头领导", &leaders.collect::<Vec<_>>())?;
    if !outcome.trend.is_empty() {
        tables.trend(row)?;
    }
    tables.sheet.freeze(2, 0, None)
}

/// A cell that leads to the first line of the ledger whose task is of this kind.
fn to_task<'a>(plan: &Plan<'_>, name: &str, of: impl Fn(&Task) -> bool) -> Cell<'a> {
    let tasks = plan.outcome.division.tasks.iter().enumerate().filter(|(_, task)| of(task));
    let line = tasks.filter_map(|(at, _)| plan.first_line.get(&TaskId(at as u32))).min();
    match line.map(|line| place(*line)) {
        Some((to, row)) => Cell::link(name.to_owned(), to, row, 0),
        None => Cell::text(name.to_owned()),
    }
}

/// A line of a table: rank, name, counts.
type Entry<'a> = (Option<u32>, Cell<'a>, Coverage);

/// The tables of the sheet, from top to bottom.
struct Tables<'s, 'p> {
    sheet: Sheet<'s>,
    plan: &'p Plan<'p>,
    /// The states that have a column.
    states: Vec<State>,
    /// The number of columns.
    wide: u16,
    font: &'p str,
}

impl Tables<'_, '_> {
    fn section(&mut self, row: u32, title: &str) -> Result<()> {
        self.sheet.height(row, 24.0)?;
        self.sheet.across(row, 0, self.wide, title, Shape::Section, Tone::Plain)
    }

    /// Writes the count of each state with a ring chart. Returns the row after it.
    fn overall(&mut self, top: u32) -> Result<u32> {
        self.section(top, "一、总体情况")?;
        let (sheet, coverage) = (&mut self.sheet, &self.plan.outcome.coverage);
        let head = top + 1;
        sheet.lines(head, 1)?;
        sheet.across(head, 0, 2, "报送状态", Shape::Head, Tone::Plain)?;
        sheet.across(head, 2, 2, "事项数", Shape::Head, Tone::Plain)?;
        let mut row = head + 1;
        for state in &self.states {
            let tone = super::lines::state_tone(*state);
            sheet.lines(row, 1)?;
            sheet.across(row, 0, 2, labels::state(*state, Lang::Zh), Shape::Center, tone)?;
            sheet.across(row, 2, 2, "", Shape::Number, Tone::Plain)?;
            sheet.put(row, 2, &Cell::count(coverage.count(*state)), Shape::Number)?;
            row += 1;
        }
        let last = row - 1;
        let expected = if coverage.not_due > 0 { "应报（不含未到期）" } else { "应报" };
        let totals = [
            (expected, Cell::count(coverage.expected()), Shape::Number),
            ("实报", Cell::count(coverage.actual()), Shape::Number),
            ("上报率", Cell::rate(coverage.actual(), coverage.base()), Shape::Rate),
            ("及时率", Cell::rate(coverage.timely(), coverage.base()), Shape::Rate),
        ];
        for (name, cell, shape) in totals {
            sheet.lines(row, 1)?;
            sheet.across(row, 0, 2, name, Shape::Head, Tone::Plain)?;
            sheet.across(row, 2, 2, "", shape, Tone::Plain)?;
            sheet.put(row, 2, &cell, shape)?;
            row += 1;
        }
        let strip = |col| Strip { sheet: NAME, col, first: head + 1, last };
        let colours: Vec<u32> = self.states.iter().map(|state| colour(*state)).collect();
        sheet.chart(head, 5, &Drawing::ring("应报事项的状态", strip(0), strip(2), &colours, self.font))?;
        // the ring is as high as fifteen rows
        Ok((row + 1).max(head + 16))
    }

    /// Writes a table of counts and rates in order of rank, with a chart below. Returns the row after them.
    fn ranking(&mut self, top: u32, title: &str, what: &str, entries: &[Entry<'_>]) -> Result<u32> {
        if entries.is_empty() {
            return Ok(top);
        }
        let row = self.table(top, title, &["排名", what], entries)?;
        // best first; if there are too many for a chart, it shows the worst
        let bars = entries.len().min(MOST_BARS) as u32;
        let strip = |col: u16| Strip { sheet: NAME, col, first: row - bars, last: row - 1 };
        let shown = self.states.iter().enumerate().filter(|(_, state)| EXPECTED.contains(state));
        let series: Vec<_> =
            shown.map(|(at, state)| (labels::state(*state, Lang::Zh), strip(at as u16 + 4), colour(*state))).collect();
        let size = (CHART.0, CHART.1 + bars * 26);
        let chart = Drawing::new(Style::Stacked, &format!("{what}报送情况"), strip(1), &series, size, self.font);
        self.sheet.chart(row + 1, 0, &chart)?;
        // default rows are 20 pixels high
        Ok(row + 1 + size.1 / 20 + 3)
    }

    /// Writes the earlier windows and this one, with both rates as lines below.
    fn trend(&mut self, top: u32) -> Result<()> {
        let outcome = self.plan.outcome;
        let now = (outcome.window, outcome.coverage);
        let windows: Vec<Entry<'_>> = outcome
            .trend
            .iter()
            .chain([&now])
            .map(|(window, counts)| (None, Cell::text(window.full_words(Lang::Zh)), *counts))
            .collect();
        let row = self.table(top, "五、历次报送情况", &["报告期"], &windows)?;
        let strip = |col: u16| Strip { sheet: NAME, col, first: row - windows.len() as u32, last: row - 1 };
        let rates = self.wide - 2;
        let series = [("上报率", strip(rates), COLOURS[0]), ("及时率", strip(rates + 1), COLOURS[1])];
        let size = (CHART.0, 300);
        let chart = Drawing::new(Style::Trend, "上报率和及时率", strip(0), &series, size, self.font);
        self.sheet.chart(row + 1, 0, &chart)
    }

    /// Writes heading and lines of a table; `names` are the headings of its first two columns, or of both together.
    /// Returns the row after it.
    fn table(&mut self, top: u32, title: &str, names: &[&str], entries: &[Entry<'_>]) -> Result<u32> {
        self.section(top, title)?;
        let sheet = &mut self.sheet;
        let head = top + 1;
        sheet.lines(head, 1)?;
        let ranked = names.len() > 1;
        if ranked {
            sheet.put(head, 0, &Cell::text(names[0]), Shape::Head)?;
            sheet.put(head, 1, &Cell::text(names[1]), Shape::Head)?;
        } else {
            sheet.across(head, 0, 2, names[0], Shape::Head, Tone::Plain)?;
        }
        let counts = self.states.iter().map(|state| labels::state(*state, Lang::Zh));
        let heads = ["应报", "实报"].into_iter().chain(counts).chain(["上报率", "及时率"]);
        for (at, heading) in heads.enumerate() {
            sheet.put(head, at as u16 + 2, &Cell::text(heading), Shape::Head)?;
        }
        let mut row = head + 1;
        for (rank, name, c) in entries {
            sheet.lines(row, 1)?;
            if ranked {
                sheet.put(row, 0, &rank.map_or(Cell::empty(), Cell::count), Shape::Center)?;
                sheet.put(row, 1, name, Shape::Text)?;
            } else {
                sheet.across(row, 0, 2, "", Shape::Center, Tone::Plain)?;
                sheet.put(row, 0, name, Shape::Center)?;
            }
            let marked = |state: &State| {
                let count = c.count(*state);
                let tone = if count > 0 { super::lines::state_tone(*state) } else { Tone::Plain };
                Cell::count(count).tone(if matches!(tone, Tone::Warn | Tone::Bad) { tone } else { Tone::Plain })
            };
            let counts = [Cell::count(c.expected()), Cell::count(c.actual())].into_iter();
            for (at, cell) in counts.chain(self.states.iter().map(marked)).enumerate() {
                sheet.put(row, at as u16 + 2, &cell, Shape::Number)?;
            }
            sheet.put(row, self.wide - 2, &Cell::rate(c.actual(), c.base()), Shape::Rate)?;
            sheet.put(row, self.wide - 1, &Cell::rate(c.timely(), c.base()), Shape::Rate)?;
            row += 1;
        }
        Ok(row)
    }
}

/// The colour of a state in charts.
fn colour(state: State) -> u32 {
    STATES.iter().position(|known| *known == state).map_or(0, |at| COLOURS[at])
}
