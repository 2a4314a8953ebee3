//! `taizhang trace`: from a row of the consolidated workbook to the cells it came from, and back; and why something is
//! missing.

mod line;
mod missing;
mod shown;
mod source;

use std::fs;
use std::path::Path;

use super::screen::{self, Align, BOLD, styled};
use super::{CommandContext, Exit};
use crate::basis::Lang;
use crate::campaign::history::History;
use crate::campaign::{Folders, Stop, folders, open};
use crate::check::FileState;
use crate::check::support::refusal;
use crate::outcome::labels;
use line::{Line, find, lines};
use missing::Item;
use source::{Columns, Source, row_number, source_cell, source_columns};

/// Its arguments.
#[derive(clap::Args, Debug)]
pub(crate) struct Args {
    /// 创建工作所在的文件夹（可省略），以及要追溯的位置：汇总台账.xlsx 中的行（12、汇总台账!D12、综合科!5），或“文件!工作表!单元格”；缺项写“任务编号@单位”或“任务编号@单位@报告期”，或缺项清单的行号（缺项清单!12）
    #[arg(num_args = 1..=2, required = true, value_name = "[文件夹] 位置")]
    dir_and_place: Vec<String>,
}

const BOOK: &str = "汇总台账.xlsx";

pub(crate) fn run(args: &Args, context: &CommandContext<'_>) -> anyhow::Result<Exit> {
    let here = folders::campaign(None);
    let (dir, place) = match &args.dir_and_place[..] {
        [dir, place] => (Path::new(dir), place),
        [place, ..] => (&*here, place),
        [] => return Ok(Exit::CannotStart),
    };
    let folders = Folders::open(dir)?;
    let settings = open::settings(&folders, &context.options.switches())?;
    let lang = settings.lang;
    let window = match &context.options.window {
        Some(window) => window.clone(),
        None => latest(&folders)?,
    };
    let outputs = folders.output(&settings).join(&window);
    let missing = match missing::item(place, &outputs, context.readers)? {
        Some(item) => Some(item),
        None => trace_rows(place, &outputs, context, lang)?,
    };
    let Some(item) = missing else { return Ok(Exit::Done) };
    let last = run_of(&outputs);
    // An item of a period lies in the window that asked for it, which need not be the last.
    let elsewhere = context.options.window.is_none() && !last.as_ref().is_some_and(|run| item.is_of(run));
    let asked = elsewhere.then(|| sets(&folders.output(&settings)).find(|run| item.is_of(run))).flatten();
    let run = asked.or(last).ok_or_else(|| {
        Stop::start(format!("{} 中没有 run.json", outputs.display()), format!("no run.json in {}", outputs.display()))
    })?;
    missing::trace(&item, &run, &folders, context.readers, lang, context.options.json())?;
    Ok(Exit::Done)
}

/// Prints the rows at a place. A row that says what is missing gives the item instead.
fn trace_rows(place: &str, outputs: &Path, context: &CommandContext<'_>, lang: Lang) -> Result<Option<Item>, Stop> {
    let (name, in_book) = book_of(place, outputs);
    let window = outputs.file_name().unwrap_or_default().to_string_lossy();
    let path = outputs.join(name);
    let book = context
        .readers
        .workbook(&path, name)
        .map_err(|refusal| Stop::failed("读不了", "cannot read", path.display(), &refusal::words(&refusal)))?;
    let lines = lines(&book);
    let run = run_of(outputs).unwrap_or_default();
    let columns = source_columns(&run);
    let found = find(in_book, &lines, &columns);
    if found.is_empty() {
        let (zh, en) = became_of(place, &run).unwrap_or_default();
        return Err(Stop::start(
            format!("{window} 的 {name} 中没有与“{place}”对应的行{zh}"),
            format!("nothing in {name} of {window} belongs to “{place}”{en}"),
        ));
    }
    if let Some(item) = found.iter().find_map(|line| Item::of(line)) {
        return Ok(Some(item));
    }
    let traced = found.into_iter().filter_map(|line| Some((line, line.source.as_ref()?)));
    if context.options.json() {
        let all: Vec<_> = traced.map(|(line, source)| as_json(line, source, &columns)).collect();
        screen::out(&format!("{:#}\n", serde_json::Value::Array(all)));
    } else {
        for (line, source) in traced {
            screen::out(&shown(line, source, &columns, lang));
        }
    }
    Ok(None)
}

/// The workbook of the set that a place names, and the place in it: the sheet of a unit may be one by itself.
fn book_of<'a>(place: &'a str, outputs: &Path) -> (&'a str, &'a str) {
    const END: &str = ".xlsx!";
    let named = place.find(END).map(|at| (&place[..at + END.len() - 1], &place[at + END.len()..]));
    named.filter(|(name, _)| outputs.join(name).is_file()).unwrap_or((BOOK, place))
}

/// What became of a submitted file of which nothing stands in the ledger at a place.
fn became_of(place: &str, run: &serde_json::Value) -> Option<(String, String)> {
    let text = |value: &serde_json::Value| value.as_str().unwrap_or_default().to_owned();
    let files = run["files"].as_array().into_iter().flatten();
    let named = |file: &&serde_json::Value| place.replace('\\', "/").starts_with(&text(&file["path"]));
    let file = files.filter(named).max_by_key(|file| text(&file["path"]).len())?;
    let state = FileState::ALL.into_iter().find(|state| state.name() == text(&file["state"]))?;
    // of a sheet that is named, or of a part of it, the file says why it was left out
    let sheet = place.replace('\\', "/")[text(&file["path"]).len()..].split('!').nth(1).map(str::to_owned);
    let sheets = file["sheets"].as_array().into_iter().flatten();
    let sheets = sheets.filter(|one| sheet.as_ref().is_some_and(|name| one["name"] == **name));
    let left_out: Vec<String> = sheets.filter(|one| one["state"] == "skipped").map(|one| text(&one["why"])).collect();
    let told = |lang: Lang| {
        let state = labels::file_state(state, lang);
        let why = file["why"].as_str().map(|why| lang.pick(format!("，{why}"), format!(", {why}")));
        let mut why = why.unwrap_or_default();
        if !left_out.is_empty() {
            let left_out = left_out.join(lang.pick("；", "; "));
            why += &lang.pick(format!("；未读入的部分：{left_out}"), format!("; left out: {left_out}"));
        }
        lang.pick(format!("；这个文件：{state}{why}"), format!("; this file: {state}{why}"))
    };
    Some((told(Lang::Zh), told(Lang::En)))
}

/// The `run.json` of a set of outputs, if it can be read.
fn run_of(outputs: &Path) -> Option<serde_json::Value> {
    serde_json::from_slice(&fs::read(outputs.join("run.json")).ok()?).ok()
}

/// The `run.json` of every set, the latest window first.
fn sets(output: &Path) -> impl Iterator<Item = serde_json::Value> {
    let folders = fs::read_dir(output).into_iter().flatten().filter_map(Result::ok);
    let mut places: Vec<_> = folders.map(|folder| folder.path()).collect();
    places.sort();
    places.into_iter().rev().filter_map(|place| run_of(&place))
}

fn latest(folders: &Folders) -> Result<String, Stop> {
    let runs = History::read_only(&folders.database())?.runs()?;
    let last = runs.into_iter().next_back();
    last.map(|run| run.window).ok_or_else(|| {
        Stop::start("还没有运行过，请先运行 taizhang run", "nothing has been run yet; use `taizhang run`")
    })
}

fn shown(line: &Line, source: &Source, columns: &Columns, lang: Lang) -> String {
    let mut rows = screen::headed(lang.pick(["栏目", "内容", "原单元格"], ["field", "value", "source cell"]));
    for (heading, text) in &line.cells {
        let cell = source_cell(source, heading, columns).unwrap_or_default();
        rows.push(vec![heading.clone(), text.replace('\n', " "), cell]);
    }
    let Source { file, sheet, at } = source;
    let head = format!("{}!{} ← {file}!{sheet}!{at}", line.stands_in, line.row);
    format!("{}\n{}", styled(BOLD, &head), screen::table(&[Align::Left; 3], &rows))
}

fn as_json(line: &Line, source: &Source, columns: &Columns) -> serde_json::Value {
    let cells: Vec<_> = line
        .cells
        .iter()
        .map(|(heading, text)| {
            serde_json::json!({"field": heading, "value": text, "cell": source_cell(source, heading, columns)})
        })
        .collect();
    serde_json::json!({
        "stands_in": line.stands_in,
        "row": line.row,
        "file": source.file,
        "sheet": source.sheet,
        "source_row": row_number(&source.at),
        "source_cell": source.is_cell().then_some(&source.at),
        "cells": cells,
    })
}
