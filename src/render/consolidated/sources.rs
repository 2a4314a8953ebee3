//! 来源: every file received, sheet by sheet: what was read, which rows, and its state.

use anyhow::Result;

use super::plan::{Part, Plan, SOURCES, parts};
use crate::basis::calendar::format::label_words;
use crate::basis::place::{Area, row_ranges};
use crate::check::support::refusal::reason;
use crate::check::{FileState, RunFile};
use crate::ledger::{Ledger, Skipped};
use crate::outcome::{Outcome, labels};
use crate::render::english;
use crate::render::workbook::{Body, Book, Cell, Column, Page, Shape, Size, Table, Tone};

pub(super) fn write<'p>(book: &mut Book, plan: &'p Plan<'_>) -> Result<Body<'p>> {
    let outcome = plan.outcome;
    let columns = [
        Column::new("序号", Shape::Number, 6.0, 8.0),
        Column::new("文件", Shape::Text, 24.0, 44.0),
        Column::center("工作表", 18.0),
        Column::center("填报单位", 20.0),
        Column::center("收到时间", 18.0),
        Column::center("处理结果", 12.0),
        Column::text("说明", 36.0),
        Column::center("表头位置", 12.0),
        Column::text("数据行", 24.0),
        Column::number("记录数"),
        Column::number("计入"),
        Column::number("未归类"),
        Column::number("被替换"),
        Column::text("文件校验值（BLAKE3）", 34.0),
    ];
    let lines: usize = outcome.files.iter().map(|file| parts(file).len()).sum();
    let mut sheet = book.sheet(SOURCES, Size::of(lines), Page::A3)?;
    let (tally, lang) = (&outcome.tally, outcome.settings.lang);
    let told = |counts: &[(&str, u32, &str)]| -> String {
        let counted = counts.iter().filter(|(_, count, _)| *count > 0);
        let one = |(name, count, measure): &(&str, u32, &str)| {
            lang.pick(
                format!("{name}{count}{measure}"),
                format!("{count} {}", english::word(name, lang).to_lowercase()),
            )
        };
        counted.map(one).collect::<Vec<_>>().join(lang.pick("、", ", "))
    };
    let files = told(&[
        ("已汇总", tally.files_merged, "个"),
        ("未能使用", tally.files_refused, "个"),
        ("已被替换", tally.files_superseded, "个"),
        ("重复文件", tally.files_duplicate, "个"),
        ("未计入", tally.files_ignored, "个"),
    ]);
    let rows = told(&[
        ("计入", tally.rows_merged, "行"),
        ("未归类", tally.rows_unmatched, "行"),
        ("被替换", tally.rows_superseded, "行"),
        ("空行", tally.rows_blank, "行"),
        ("标题、合计等", tally.rows_furniture, "行"),
    ]);
    let note = match (tally.files, tally.rows_seen) {
        (0, _) => lang.pick("本期没有收到文件。", "Nothing came in this period.").to_owned(),
        (count, 0) => {
            lang.pick(format!("收件文件{count}个：{files}。"), format!("{count} files in the inbox: {files}."))
        }
        (count, seen) => lang.pick(
            format!("收件文件{count}个：{files}。表内数据{seen}行：{rows}。"),
            format!("{count} files in the inbox: {files}. {seen} rows: {rows}."),
        ),
    };
    let all = outcome
        .files
        .iter()
        .enumerate()
        .flat_map(|(at, file)| parts(file).into_iter().enumerate().map(move |(nth, part)| (at, file, nth, part)));
    let rows: Vec<Vec<Cell<'_>>> =
        all.enumerate().map(|(number, (_, file, nth, part))| cells(outcome, number, file, nth, &part)).collect();
    let table = Table::titled(&mut sheet, "来源文件清单", &[&note], &columns, rows.iter().take(400))?;
    Ok(table.later(rows.len(), 2, move |to| rows.iter().try_for_each(|row| to.row(row)))?.0)
}

fn cells<'a>(outcome: &'a Outcome, number: usize, file: &'a RunFile, nth: usize, part: &Part<'a>) -> Vec<Cell<'a>> {
    let lang = outcome.settings.lang;
    let tone = match file.state {
        FileState::Merged => Tone::Plain,
        FileState::Refused => Tone::Bad,
        FileState::Superseded | FileState::Duplicate | FileState::Ignored => Tone::Mute,
    };
    let unit = match part {
        Part::Ledger(ledger) => ledger.sender(),
        _ => file.unit,
    };
    let (sheet, why, heading, rows, records) = match part {
        Part::Ledger(ledger) => {
            let data: Vec<u32> = ledger.records.iter().map(|record| record.row + 1).collect();
            let name = file.reading.sheets.get(ledger.sheet as usize).map_or("", |sheet| sheet.name.as_str());
            (
                name,
                file_why(outcome, file),
                ledger.own_heading().map(|heading| heading.to_string()).unwrap_or_default(),
                if ledger.axes.is_empty() { row_ranges(&data) } else { cells_of(ledger) },
                Some(ledger.records.len()),
            )
        }
        Part::Skipped(name, why) => (
            *name,
            match why {
                Skipped::OtherWindow(label) => {
                    let window = label_words(label, lang);
                    lang.pick(format!("未读取：属于{window}"), format!("not read: belongs to {window}"))
                }
                Skipped::NilReport => labels::skipped(why, lang),
                _ => format!("{}{}", lang.pick("未读取：", "not read: "), labels::skipped(why, lang)),
            },
            String::new(),
            String::new(),
            None,
        ),
        Part::Whole => ("", file_why(outcome, file), String::new(), String::new(), None),
    };
    let live = file.counting().filter(|(at, _)| at.ledger as usize == nth);
    let unmatched = &outcome.consolidated.unmatched;
    let (unmatched, merged): (Vec<_>, Vec<_>) = live.partition(|(at, _)| unmatched.binary_search(at).is_ok());
    let (merged, unmatched) = (merged.len(), unmatched.len());
    let counts = matches!(file.state, FileState::Merged | FileState::Superseded);
    let number_of = |count: usize| Cell::number(count as f64);
    vec![
        Cell::number(number as f64 + 1.0),
        Cell::text(file.source.name.as_str()).tone(tone),
        Cell::text(sheet).tone(tone),
        Cell::text(unit.map_or("", |unit| outcome.division.unit(unit).name.as_str())).tone(tone),
        Cell::text(crate::outcome::gaps::moment(file.source.received)).tone(tone),
        Cell::text(labels::file_state(file.state, lang)).tone(tone),
        Cell::text(why).tone(tone),
        Cell::text(heading).tone(tone),
        Cell::text(rows).tone(tone),
        records.map_or(Cell::empty(), number_of).tone(tone),
        records.filter(|_| counts).map_or(Cell::empty(), |_| number_of(merged)).tone(tone),
        records.filter(|_| counts).map_or(Cell::empty(), |_| number_of(unmatched)).tone(tone),
        records.filter(|_| counts).map_or(Cell::empty(), |all| number_of(all - merged - unmatched)).tone(tone),
        Cell::text(file.source.hash.trim_start_matches("blake3:")).tone(tone),
    ]
}

/// The reasons for the state of a file: refusal, reason, files that superseded it.
fn file_why(outcome: &Outcome, file: &RunFile) -> String {
    let lang = outcome.settings.lang;
    let mut told: Vec<String> = reason(file).map(|reason| reason.in_lang(lang).to_owned()).into_iter().collect();
    let others: Vec<&str> = file
        .replaced_by
        .iter()
        .filter_map(|at| outcome.files.get(*at as usize))
        .map(|other| other.source.name.as_str())
        .collect();
    if !others.is_empty() {
        let word = if file.state == FileState::Duplicate {
            lang.pick("与之相同：", "the same as ")
        } else {
            lang.pick("替换它的文件：", "superseded by ")
        };
        told.push(format!("{word}{}", others.join(lang.pick("、", ", "))));
    }
    told.join(lang.pick("；", "; "))
}

/// The area of a cross-tab that holds its records: `C3:H20`.
fn cells_of(ledger: &Ledger) -> String {
    let cells = || ledger.records.iter().filter_map(|record| Some((record.row, record.col?)));
    let left = cells().map(|cell| cell.1).min();
    let area = cells().next().zip(cells().next_back()).zip(left).map(|((first, last), left)| Area {
        top: first.0,
        left,
        bottom: last.0,
        right: cells().map(|cell| cell.1).max().unwrap_or(left),
    });
    area.map_or_else(String::new, |area| area.to_string())
}
