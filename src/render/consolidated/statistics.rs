//! 统计: tables and native charts of states, units, categories and lead officials.

use anyhow::Result;

use super::plan::{Plan, SHEETS, place};
use crate::basis::Lang;
use crate::obligation::Coverage;
use crate::outcome::labels::{self, STATES};
use crate::render::workbook::chart::{Drawing, Strip, Style};
use crate::render::workbook::{Book, Cell, Page, Shape, Sheet, Size, Tone};

/// The name of the sheet.
const NAME: &str = SHEETS[1];
/// The colours of the states in the order of [`STATES`].
const COLOURS: [u32; 9] = [
    0x003B_7D4F, 0x00D9_9A2B, 0x007F_B08A, 0x008E_6BAE, 0x00C0_392B, 0x00E0_7B6C, 0x008C_2F39, 0x00A9_B1BB, 0x00D5_DAE0,
];
/// The most bars of a chart.
const MOST_BARS: usize = 30;
/// The number of columns of the tables.
const COLUMNS: u16 = 15;

pub(super) fn write(book: &mut Book, plan: &Plan<'_>) -> Result<()> {
    let outcome = plan.outcome;
    let font = outcome.settings.body_fonts.first().map_or("宋体", String::as_str);
    let mut sheet = book.sheet(NAME, Size::Small, Page::A4Upright)?;
    sheet.without_gridlines();
    let mut widths = vec![8.0, 26.0];
    widths.resize(13, 8.0);
    widths.extend([10.0, 10.0]);
    sheet.widths(&widths)?;
    sheet.title(0, COLUMNS, "报送情况统计")?;
    sheet.lines(1, 1)?;
    sheet.across(1, 0, COLUMNS, &plan.period(), Shape::Line, Tone::Plain)?;
    let row = states(&mut sheet, 3, &outcome.coverage, font)?;
    let units: Vec<Entry> = plan
        .figures
        .units
        .iter()
        .map(|unit| {
            let name = &outcome.division.unit(unit.key).name;
            let name =
                plan.unit_sheet(unit.key).map_or(Cell::text(name.as_str()), |to| Cell::link(name.as_str(), to, 0, 0));
            (unit.rank, name, unit.coverage)
        })
        .collect();
    let row = block(&mut sheet, row, "二、各责任单位", "责任单位", &units, font)?;
    let to_task = |name: &str, of: &dyn Fn(&crate::division::Task) -> bool| {
        let at = outcome.division.tasks.iter().position(of);
        let line = at.and_then(|at| plan.first_line.get(&crate::basis::TaskId(at as u32)));
        match line.map(|line| place(*line)) {
            Some((to, row)) => Cell::link(name.to_owned(), to, row, 0),
            None => Cell::text(name.to_owned()),
        }
    };
    let categories: Vec<Entry> = plan
        .figures
        .categories
        .iter()
        .map(|group| {
            let shown = if group.key.is_empty() { "（未分类）" } else { &group.key };
            (group.rank, to_task(shown, &|task| task.category == group.key), group.coverage)
        })
        .collect();
    let row = block(&mut sheet, row, "三、各任务类别", "任务类别", &categories, font)?;
    let leaders: Vec<Entry> = plan
        .figures
        .leaders
        .iter()
        .map(|group| (group.rank, to_task(&group.key, &|task| task.leaders.contains(&group.key)), group.coverage))
        .collect();
    let row = block(&mut sheet, row, "四、各牵头领导", "牵头领导", &leaders, font)?;
    if !outcome.trend.is_empty() {
        let now = (outcome.window, outcome.coverage);
        let windows: Vec<Entry> = outcome
            .trend
            .iter()
            .chain([&now])
            .map(|(window, counts)| (None, Cell::text(window.label()), *counts))
            .collect();
        block(&mut sheet, row, "五、各报告期（历次）", "报告期", &windows, font)?;
    }
    sheet.freeze(2, 0, None)
}

/// A line of a block: rank, name, counts.
type Entry<'a> = (Option<u32>, Cell<'a>, Coverage);

/// Writes the count of each state with a ring chart. Returns the row after it.
fn states(sheet: &mut Sheet<'_>, top: u32, coverage: &Coverage, font: &str) -> Result<u32> {
    sheet.height(top, 24.0)?;
    sheet.across(top, 0, COLUMNS, "一、总体情况", Shape::Section, Tone::Plain)?;
    let head = top + 1;
    sheet.lines(head, 1)?;
    sheet.put(head, 0, &Cell::text("序号"), Shape::Head)?;
    sheet.put(head, 1, &Cell::text("状态"), Shape::Head)?;
    sheet.across(head, 2, 2, "数量", Shape::Head, Tone::Plain)?;
    let mut row = head + 1;
    for (number, state) in STATES.into_iter().enumerate() {
        sheet.lines(row, 1)?;
        sheet.put(row, 0, &Cell::number(number as f64 + 1.0), Shape::Number)?;
        sheet.put(
            row,
            1,
            &Cell::text(labels::state(state, Lang::Zh)).tone(super::lines::state_tone(state)),
            Shape::Center,
        )?;
        sheet.across(row, 2, 2, "", Shape::Number, Tone::Plain)?;
        sheet.put(row, 2, &Cell::count(coverage.count(state)), Shape::Number)?;
        row += 1;
    }
    let totals = [
        ("应报（不含未到期）", Cell::count(coverage.expected()), Shape::Number),
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
    let strip = |col| Strip { sheet: NAME, col, first: head + 1, last: head + 9 };
    sheet.chart(head, 5, &Drawing::ring("应报事项的状态", strip(1), strip(2), &COLOURS, font))?;
    Ok(row + 2)
}

/// Writes a table of counts and rates with a chart below. Returns the row after them.
fn block(sheet: &mut Sheet<'_>, top: u32, title: &str, what: &str, entries: &[Entry<'_>], font: &str) -> Result<u32> {
    if entries.is_empty() {
        return Ok(top);
    }
    sheet.height(top, 24.0)?;
    sheet.across(top, 0, COLUMNS, title, Shape::Section, Tone::Plain)?;
    let head = top + 1;
    sheet.lines(head, 2)?;
    let heads = [
        "应报", "实报", "按时", "迟报", "零报告", "有异议", "缺报", "空表", "不可用", "不涉及", "未到期", "上报率",
        "及时率",
    ];
    for (col, heading) in ["排名", what].into_iter().chain(heads).enumerate() {
        sheet.put(head, col as u16, &Cell::text(heading), Shape::Head)?;
    }
    let mut row = head + 1;
    for (rank, name, c) in entries {
        sheet.lines(row, 1)?;
        sheet.put(row, 0, &rank.map_or(Cell::text("—"), Cell::count), Shape::Center)?;
        sheet.put(row, 1, name, Shape::Text)?;
        let bad = |count: u32, tone| Cell::count(count).tone(if count > 0 { tone } else { Tone::Plain });
        let counts = [
            Cell::count(c.expected()),
            Cell::count(c.actual()),
            Cell::count(c.on_time),
            bad(c.late, Tone::Warn),
            Cell::count(c.nil),
            bad(c.disputed, Tone::Warn),
            bad(c.missing, Tone::Bad),
            bad(c.blank, Tone::Bad),
            bad(c.unusable, Tone::Bad),
            Cell::count(c.exempt),
            Cell::count(c.not_due),
        ];
        for (col, cell) in counts.iter().enumerate() {
            sheet.put(row, col as u16 + 2, cell, Shape::Number)?;
        }
        sheet.put(row, 13, &Cell::rate(c.actual(), c.base()), Shape::Rate)?;
        sheet.put(row, 14, &Cell::rate(c.timely(), c.base()), Shape::Rate)?;
        row += 1;
    }
    // best first; if there are too many for a chart, it shows the worst
    let bars = entries.len().min(MOST_BARS) as u32;
    let strip = |col: u16| Strip { sheet: NAME, col, first: row - bars, last: row - 1 };
    let series = [(4, 0), (5, 1), (6, 2), (7, 3), (8, 4), (9, 5), (10, 6)]
        .map(|(col, state)| (labels::state(STATES[state], Lang::Zh), strip(col), COLOURS[state]));
    let height = 120 + bars * 26;
    let chart = Drawing::new(Style::Stacked, &format!("{what}报送情况"), strip(1), &series, (960, height), font);
    sheet.chart(row + 1, 0, &chart)?;
    // default rows are 20 pixels high
    Ok(row + 1 + height / 20 + 3)
}
