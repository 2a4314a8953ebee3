//! 统计: tables and native charts of states, units, categories and lead officials.

use anyhow::Result;

use super::plan::{Plan, SHEETS, place};
use crate::basis::{Lang, TaskId};
use crate::division::Task;
use crate::obligation::{Coverage, State};
use crate::outcome::labels::{self, STATES};
use crate::render::english;
use crate::render::workbook::chart::{Drawing, Strip, Style};
use crate::render::workbook::{Book, Cell, Page, Shape, Sheet, Size, Tone, fit, paper};

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
const MOST_BARS: usize = 24;
/// The height of charts below tables in pixels, without their bars.
const CHART: u32 = 100;
/// The height of a bar in pixels; so many fit on a page.
const BAR: u32 = 22;

pub(super) fn write(book: &mut Book, plan: &Plan<'_>) -> Result<()> {
    let outcome = plan.outcome;
    let font = outcome.settings.body_fonts.first().map_or("宋体", String::as_str);
    let states = labels::shown(outcome.trend.iter().map(|(_, counts)| counts).chain([&outcome.coverage]));
    // On an upright page more stands below each other; English headings and many states need the longer side.
    let tight = [8.0, 7.0, 6.0].map(|count| widths(&states, (5.0, 22.0, count, 8.0)));
    let fits = |widths: &Vec<f64>| outcome.settings.lang == Lang::Zh && paper::pages(widths, 0, Page::A4Upright) == 1;
    let (page, widths) = match (tight.into_iter().find(fits), states.len()) {
        (Some(widths), _) => (Page::A4Upright, widths),
        (None, 0..=6) => (Page::A4, widths(&states, (6.0, 30.0, 8.5, 10.0))),
        // all states are rare; their columns leave less to the others
        (None, _) => (Page::A4, widths(&states, (6.0, 24.0, 7.5, 10.0))),
    };
    let name = widths[1];
    let mut sheet = book.sheet(NAME, Size::Small, page)?;
    sheet.without_gridlines();
    sheet.widths(&widths)?;
    // a little less than the table, so that the frame stands on the page
    let chart_width = pixels(&widths) - 4;
    let ring = |col: usize| (col as u16, (chart_width - pixels(&widths[..col])).min(420));
    // beside the counts, with a column between where there is room for it
    let ring = if ring(5).1 < 300 { ring(4) } else { ring(5) };
    let room = sheet.scaled(&widths);
    let paging = Paging { room, used: 0.0, breaks: Vec::new() };
    let mut tables = Tables { sheet, plan, states, wide: widths.len() as u16, font, name, chart_width, ring, paging };
    tables.sheet.title(0, tables.wide, "报送情况统计")?;
    let period = plan.period();
    tables.sheet.lines(1, fit::lines(&period, widths.iter().sum()))?;
    tables.sheet.across(1, 0, tables.wide, &period, Shape::Line, Tone::Plain)?;
    let row = tables.overall(3)?;
    let figures = plan.figures;
    let units = figures.units.iter().map(|unit| {
        let name = outcome.division.unit(unit.key).name.as_str();
        let cell = plan.unit_sheet(unit.key).map_or(Cell::text(name), |to| Cell::link(name, to, 0, 0));
        (unit.rank, cell, unit.coverage)
    });
    let row = tables.ranking(row, "二、各责任单位", "责任单位", &units.collect::<Vec<_>>())?;
    let categories = figures.categories.iter().map(|group| {
        let shown =
            if group.key.is_empty() { english::word("（未分类）", outcome.settings.lang) } else { &group.key };
        (group.rank, to_task(plan, shown, |task| task.category == group.key), group.coverage)
    });
    let row = tables.ranking(row, "三、各任务类别", "任务类别", &categories.collect::<Vec<_>>())?;
    let leaders = figures.leaders.iter().map(|group| {
        (group.rank, to_task(plan, &group.key, |task| task.whole.leaders.contains(&group.key)), group.coverage)
    });
    let row = tables.ranking(row, "四、各牵头领导", "牵头领导", &leaders.collect::<Vec<_>>())?;
    if !outcome.trend.is_empty() {
        tables.trend(row)?;
    }
    tables.sheet.break_before(&tables.paging.breaks)?;
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
    /// The width of the column of names.
    name: f64,
    /// The width of the tables in pixels, which is that of the charts.
    chart_width: u32,
    /// The column of the ring chart and its width in pixels.
    ring: (u16, u32),
    paging: Paging,
}

/// The widths of the columns: rank, name, each count, each rate.
fn widths(states: &[State], (rank, name, count, rate): (f64, f64, f64, f64)) -> Vec<f64> {
    let mut widths = vec![rank, name];
    widths.resize(4 + states.len(), count);
    widths.extend([rate, rate]);
    widths
}

/// The width of columns in pixels: seven for a character, and five beside it.
fn pixels(widths: &[f64]) -> u32 {
    widths.iter().map(|width| (width * 7.0 + 5.0) as u32).sum()
}

/// Where pages end: no chart is parted, and a table only where it is longer than a page.
struct Paging {
    /// How many points of rows stand on a page.
    room: f64,
    /// How many of them are used on this one.
    used: f64,
    /// The rows that begin a page.
    breaks: Vec<u32>,
}

impl Paging {
    /// Places a block of this height, in points, that begins with a row, on a page with the `next` one where both take no
    /// more than half of it: more would leave too much of the page before empty.
    fn place(&mut self, row: u32, high: f64, next: f64) {
        let together = if high + next <= self.room / 2.0 { high + next } else { high };
        if self.used > 0.0 && self.used + together > self.room {
            self.breaks.push(row);
            self.used = 0.0;
        }
        self.used = (self.used + high) % self.room;
    }
}

/// The height of a row of a table, of a row with nothing in it and of a heading, in points.
const ROW: f64 = 20.0;
const EMPTY: f64 = 15.0;
const SECTION: f64 = 24.0;

impl Tables<'_, '_> {
    fn lang(&self) -> Lang {
        self.plan.outcome.settings.lang
    }

    fn section(&mut self, row: u32, title: &str) -> Result<()> {
        self.sheet.height(row, 24.0)?;
        self.sheet.across(row, 0, self.wide, title, Shape::Section, Tone::Plain)
    }

    /// Writes the count of each state with a ring chart. Returns the row after it.
    fn overall(&mut self, top: u32) -> Result<u32> {
        let lang = self.lang();
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
            sheet.across(row, 0, 2, labels::state(*state, lang), Shape::Center, tone)?;
            sheet.across(row, 2, 2, "", Shape::Number, Tone::Plain)?;
            sheet.put(row, 2, &Cell::count(coverage.count(*state)), Shape::Number)?;
            row += 1;
        }
        let last = row - 1;
        let expected = if coverage.not_due > 0 {
            lang.pick("应报（不含未到期）", "Expected (but not yet due)")
        } else {
            "应报"
        };
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
        let name: &str = &english::sheet(NAME, lang);
        let strip = |col| Strip { sheet: name, col, first: head + 1, last };
        let colours: Vec<u32> = self.states.iter().map(|state| colour(*state)).collect();
        let (at, wide) = self.ring;
        let title = lang.pick("应报事项的状态", "States of what is expected");
        sheet.chart(head, at, &Drawing::ring(title, (strip(0), strip(2)), &colours, wide, self.font))?;
        // the ring is as high as fifteen rows
        let next = (row + 1).max(head + 16);
        let high = 56.0 + EMPTY + SECTION + f64::from(row - head) * ROW + f64::from(next - row) * EMPTY;
        self.paging.place(0, high, 0.0);
        Ok(next)
    }

    /// Writes a table of counts and rates in order of rank, with a chart below. Returns the row after them.
    fn ranking(&mut self, top: u32, title: &str, what: &str, entries: &[Entry<'_>]) -> Result<u32> {
        if entries.is_empty() {
            return Ok(top);
        }
        let lang = self.lang();
        // best first; if there are too many for a chart, it shows the worst
        let bars = entries.len().min(MOST_BARS) as u32;
        let size = (self.chart_width, CHART + bars * BAR);
        // default rows are 20 pixels high
        let rows = size.1.div_ceil(20) + 2;
        // with the row above it, so that its frame does not stand on the page before
        let chart_high = f64::from(rows + 1) * EMPTY;
        self.paging.place(top, SECTION + ROW + self.high(entries), chart_high);
        let row = self.table(top, title, &["排名", what], entries)?;
        let name: &str = &english::sheet(NAME, lang);
        let strip = |col: u16| Strip { sheet: name, col, first: row - bars, last: row - 1 };
        let shown = self.states.iter().enumerate().filter(|(_, state)| EXPECTED.contains(state));
        let series: Vec<_> =
            shown.map(|(at, state)| (labels::state(*state, lang), strip(at as u16 + 4), colour(*state))).collect();
        self.paging.place(row, chart_high, 0.0);
        let chart = Drawing::new(
            Style::Stacked,
            &lang.pick(format!("{what}报送情况"), format!("{}: reports", english::word(what, Lang::En))),
            strip(1),
            &series,
            size,
            self.font,
        );
        self.sheet.chart(row + 1, 0, &chart)?;
        Ok(row + 1 + rows)
    }

    /// Writes the earlier windows and this one, with both rates as lines below.
    fn trend(&mut self, top: u32) -> Result<()> {
        let (outcome, lang) = (self.plan.outcome, self.lang());
        let now = (outcome.window, outcome.coverage);
        let windows: Vec<Entry<'_>> = outcome
            .trend
            .iter()
            .chain([&now])
            .map(|(window, counts)| (None, Cell::text(window.full_words(outcome.settings.lang)), *counts))
            .collect();
        let chart_high = 17.0 * EMPTY;
        self.paging.place(top, SECTION + ROW + self.high(&windows), chart_high);
        let row = self.table(top, "五、历次报送情况", &["报告期"], &windows)?;
        let name: &str = &english::sheet(NAME, lang);
        let strip = |col: u16| Strip { sheet: name, col, first: row - windows.len() as u32, last: row - 1 };
        let rates = self.wide - 2;
        let names = ["上报率", "及时率"].map(|name| english::word(name, lang));
        let series = [(names[0], strip(rates), COLOURS[0]), (names[1], strip(rates + 1), COLOURS[1])];
        let size = (self.chart_width, 300);
        self.paging.place(row, chart_high, 0.0);
        let chart = Drawing::new(
            Style::Trend,
            lang.pick("上报率和及时率", "Reporting and on-time rate"),
            strip(0),
            &series,
            size,
            self.font,
        );
        self.sheet.chart(row + 1, 0, &chart)
    }

    /// The height of the lines of a table, in points.
    fn high(&self, entries: &[Entry<'_>]) -> f64 {
        entries.iter().map(|(_, name, _)| fit::height(fit::lines(&name.shown(), self.name))).sum()
    }

    /// Writes heading and lines of a table; `names` are the headings of its first two columns, or of both together.
    /// Returns the row after it.
    fn table(&mut self, top: u32, title: &str, names: &[&str], entries: &[Entry<'_>]) -> Result<u32> {
        let lang = self.lang();
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
        let counts = self.states.iter().map(|state| labels::state(*state, lang));
        let heads = ["应报", "实报"].into_iter().chain(counts).chain(["上报率", "及时率"]);
        for (at, heading) in heads.enumerate() {
            sheet.put(head, at as u16 + 2, &Cell::text(heading), Shape::Head)?;
        }
        let mut row = head + 1;
        for (rank, name, c) in entries {
            let lines = fit::lines(&name.shown(), self.name);
            // LibreOffice does not break the lines of a link
            let unlinked = (lines > 1).then(|| Cell::text(name.shown()));
            let name = unlinked.as_ref().unwrap_or(name);
            sheet.lines(row, lines)?;
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_small_table_stands_with_its_chart_and_no_block_is_parted() {
        for (blocks, breaks) in [
            // the table goes with its chart
            (&[(600.0, 0.0), (100.0, 150.0), (150.0, 0.0)][..], &[1][..]),
            // both have room
            (&[(500.0, 0.0), (100.0, 150.0), (150.0, 0.0)], &[]),
            // they are more than half a page: the table fills the page before
            (&[(400.0, 0.0), (300.0, 200.0), (200.0, 0.0)], &[2]),
            // a table longer than a page goes on
            (&[(100.0, 0.0), (900.0, 200.0), (200.0, 0.0)], &[1]),
        ] {
            let mut paging = Paging { room: 800.0, used: 0.0, breaks: Vec::new() };
            for (row, (high, next)) in (0..).zip(blocks) {
                paging.place(row, *high, *next);
            }
            assert_eq!(paging.breaks, breaks, "{blocks:?}");
        }
    }
}
