//! 概况: what was due, what was received, what is missing, and what needs attention first.

use std::cmp::Reverse;

use anyhow::Result;

use super::changes;
use super::sheets::{SHEETS, WIDE};
use crate::basis::Lang;
use crate::basis::calendar::format::{in_brackets, moment_words};
use crate::basis::finding::Severity;
use crate::obligation::Coverage;
use crate::outcome::figures::percent;
use crate::outcome::labels;
use crate::render::RenderInput;
use crate::render::consolidated::state_tone;
use crate::render::english;
use crate::render::workbook::{Book, Cell, Page, Shape, Sheet, Size, Tone};

pub(super) fn write(book: &mut Book, from: RenderInput<'_>, title: &str) -> Result<()> {
    let (outcome, figures) = (from.outcome, from.figures);
    let mut sheet = book.sheet(SHEETS[0], Size::Small, Page::A4Upright)?;
    sheet.without_gridlines();
    sheet.widths(&[16.0, 14.0, 16.0, 14.0, 16.0, 18.0])?;
    sheet.title(0, WIDE, title)?;
    sheet.height(0, 60.0)?;
    sheet.lines(1, 1)?;
    let lang = outcome.settings.lang;
    let period = in_brackets(&outcome.window.full_words(lang), lang);
    sheet.across(1, 0, WIDE, period.trim(), Shape::Caption, Tone::Plain)?;
    let [due, as_of] = [outcome.due, outcome.as_of].map(|at| moment_words(at, lang));
    let times = lang.pick(format!("报送截止：{due}    统计截至：{as_of}"), format!("due: {due}    as of: {as_of}"));
    sheet.lines(2, 1)?;
    sheet.across(2, 0, WIDE, &times, Shape::Caption, Tone::Plain)?;

    let c = &outcome.coverage;
    let mut row = section(&mut sheet, 4, "一、报送情况")?;
    let rate = |name, numerator, (zh, en): (&str, &str)| {
        let (rate, base) = (percent(numerator, c.base()), c.base());
        lang.pick(
            format!("{name} {rate}（{zh} {numerator} ÷ 应报减不涉及 {base}）"),
            format!("{} {rate} ({en} {numerator} ÷ expected less exempt {base})", english::word(name, Lang::En)),
        )
    };
    let rates = [rate("上报率", c.actual(), ("实报", "reported")), rate("及时率", c.timely(), ("按时送到", "in time"))];
    for line in rates {
        sheet.height(row, 24.0)?;
        sheet.across(row, 0, WIDE, &line, Shape::Line, Tone::Plain)?;
        row += 1;
    }
    let mut pairs: Vec<(&str, u32, Tone)> =
        vec![("应报", c.expected(), Tone::Plain), ("实报", c.actual(), Tone::Plain)];
    for state in labels::shown([c]) {
        let count = c.count(state);
        pairs.push((labels::state(state, lang), count, if count > 0 { state_tone(state) } else { Tone::Plain }));
    }
    for line in pairs.chunks(3) {
        sheet.height(row, 22.0)?;
        for (at, (name, count, tone)) in line.iter().enumerate() {
            sheet.put(row, at as u16 * 2, &Cell::text(*name), Shape::Head)?;
            sheet.put(row, at as u16 * 2 + 1, &Cell::count(*count).tone(*tone), Shape::Number)?;
        }
        row += 1;
    }

    row = section(&mut sheet, row + 1, "二、收件与核对")?;
    let tally = &outcome.tally;
    let severity =
        |wanted| outcome.issues.iter().filter(|issue| issue.severity == wanted && issue.counts()).count() as u32;
    let received = [
        ("收件文件", tally.files, Tone::Plain),
        ("已汇总", tally.files_merged, Tone::Plain),
        ("未能使用", tally.files_refused, bad(tally.files_refused, Tone::Bad)),
        ("已被替换", tally.files_superseded, Tone::Plain),
        ("重复文件", tally.files_duplicate, Tone::Plain),
        ("未计入", tally.files_ignored, Tone::Plain),
        ("数据行", tally.rows_seen, Tone::Plain),
        ("计入汇总", tally.rows_merged, Tone::Plain),
        ("未归类", tally.rows_unmatched, bad(tally.rows_unmatched, Tone::Warn)),
        ("强制性问题", severity(Severity::Error), bad(severity(Severity::Error), Tone::Bad)),
        ("核实性问题", severity(Severity::Warning), bad(severity(Severity::Warning), Tone::Warn)),
        ("提示", severity(Severity::Info), Tone::Plain),
    ];
    // what did not occur is not said
    let received: Vec<_> = received.into_iter().filter(|(_, count, _)| *count > 0).collect();
    for line in received.chunks(3) {
        sheet.height(row, 22.0)?;
        for (at, (name, count, tone)) in line.iter().enumerate() {
            sheet.put(row, at as u16 * 2, &Cell::text(*name), Shape::Head)?;
            sheet.put(row, at as u16 * 2 + 1, &Cell::count(*count).tone(*tone), Shape::Number)?;
        }
        row += 1;
    }

    if let Some(found) = &outcome.changes {
        row = changes::write(&mut sheet, row, outcome, found)?;
    }

    row = section(&mut sheet, row + 1, "三、缺项最多的单位")?;
    // Items that were owed and did not come; one item that falls short in three ways is not three of them.
    let lacking = Coverage::lacking;
    let mut worst: Vec<_> = figures.units.iter().filter(|ranked| lacking(&ranked.coverage) > 0).collect();
    worst.sort_by_key(|ranked| (Reverse(lacking(&ranked.coverage)), Reverse(ranked.rank), ranked.key));
    if worst.is_empty() {
        let none = if figures.gaps.is_empty() {
            "本期没有缺项。"
        } else if c.out_of_reach > 0 {
            "没有单位缺项；本机没有读到的文件见缺项清单。"
        } else {
            "应报事项均已报送，其余见缺项清单。"
        };
        sheet.lines(row, 1)?;
        sheet.across(row, 0, WIDE, none, Shape::Line, Tone::Good)?;
        row += 1;
    } else {
        sheet.height(row, 22.0)?;
        for (col, wide, heading) in [(0, 2, "责任单位"), (2, 1, "未报事项"), (3, 1, "上报率"), (4, 2, "联系人")]
        {
            sheet.across(row, col, wide, heading, Shape::Head, Tone::Plain)?;
        }
        row += 1;
    }
    for ranked in worst.into_iter().take(10) {
        let known = outcome.division.unit(ranked.key);
        sheet.height(row, 22.0)?;
        sheet.across(row, 0, 2, &known.name, Shape::Center, Tone::Plain)?;
        sheet.put(row, 2, &Cell::count(lacking(&ranked.coverage)).tone(Tone::Bad), Shape::Number)?;
        let rate = Cell::rate(ranked.coverage.actual(), ranked.coverage.base());
        sheet.put(row, 3, &rate, Shape::Rate)?;
        sheet.across(row, 4, 2, format!("{} {}", known.contact, known.phone).trim(), Shape::Center, Tone::Plain)?;
        row += 1;
    }

    row = section(&mut sheet, row + 1, "四、本报告的工作表")?;
    let contents = [
        (SHEETS[1], "每条缺项：单位、任务、缺什么、时限、怎么办"),
        (SHEETS[2], "各单位的应报、实报和比率，按上报率排名"),
        (SHEETS[3], "每项任务、每个单位的报送状态"),
        (SHEETS[4], "核对中发现的全部问题及其所在单元格"),
        (SHEETS[5], "台账报告的问题：何时发现、如何整改、何时销号"),
    ];
    for (name, what) in contents {
        sheet.height(row, 22.0)?;
        sheet.put(row, 0, &Cell::link(name, name, 0, 0), Shape::Center)?;
        sheet.across(row, 1, WIDE - 1, what, Shape::Text, Tone::Plain)?;
        row += 1;
    }
    let zh = "应报 = 全部事项减未到期；实报 = 按时 + 迟报 + 零报告 + 有异议；上报率 = 实报 ÷（应报 − 不涉及）；及时率 = 其中按时送到的 ÷（应报 − 不涉及）。";
    let en = "Expected = all items but those not yet due; reported = on time + late + nil + disputed; reporting rate = reported ÷ (expected − exempt); on-time rate = those of them that came in time ÷ (expected − exempt).";
    sheet.lines(row + 1, lang.pick(2, 3))?;
    sheet.across(row + 1, 0, WIDE, lang.pick(zh, en), Shape::Line, Tone::Plain)
}

/// Writes a heading; returns the row below it.
fn section(sheet: &mut Sheet<'_>, row: u32, text: &str) -> Result<u32> {
    sheet.height(row, 26.0)?;
    sheet.across(row, 0, WIDE, text, Shape::Section, Tone::Plain)?;
    Ok(row + 1)
}

fn bad(count: u32, tone: Tone) -> Tone {
    if count > 0 { tone } else { Tone::Plain }
}
