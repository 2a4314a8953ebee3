//! `taizhang trace`: from a row of the consolidated workbook to the cells it came from, and back; and why something is
//! missing.

mod missing;
mod shown;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use super::screen::{self, Align, BOLD, styled};
use super::{CommandContext, Exit};
use crate::basis::Lang;
use crate::basis::place::Area;
use crate::basis::text::fold;
use crate::campaign::history::History;
use crate::campaign::{Folders, Stop, folders, open};
use crate::check::support::refusal;
use crate::read::Workbook;
use crate::render::english;
use shown::shown_text;

/// Its arguments.
#[derive(clap::Args, Debug)]
pub(crate) struct Args {
    /// 创建工作所在的文件夹（可省略），以及要追溯的位置：汇总台账的行号（12、汇总台账!D12），或“文件!工作表!单元格”；缺项写“任务编号@单位”或“任务编号@单位@报告期”，或缺项清单的行号（缺项清单!12）
    #[arg(num_args = 1..=2, required = true, value_name = "[文件夹] 位置")]
    dir_and_place: Vec<String>,
}

const BOOK: &str = "汇总台账.xlsx";
/// The sheets whose rows are records: those that belong to a task and a unit, and those that do not.
const SHEETS: [&str; 2] = ["汇总台账", "未归类"];

/// A row of the consolidated workbook.
struct Line {
    /// The sheet in which it stands.
    stands_in: &'static str,
    /// Its 1-based row there.
    row: u32,
    file: String,
    sheet: String,
    /// Its row in the source, 1-based; in a cross-tab its cell (D5).
    source: String,
    /// (heading, text), merged cells repeated.
    cells: Vec<(String, String)>,
}

impl Line {
    /// Whether it comes from a single cell, as in a cross-tab.
    fn is_cell(&self) -> bool {
        self.source.starts_with(|c: char| c.is_ascii_alphabetic())
    }
}

/// What the cell of a cross-tab says.
const CELL: &[&str] = &["完成情况", "日期", "进展", "数量"];

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
    if let Some(item) = missing::item(place, &outputs, context.readers)? {
        let last = run_of(&outputs);
        // An item of a period lies in the window that asked for it, which need not be the last.
        let elsewhere = context.options.window.is_none() && !last.as_ref().is_some_and(|run| item.is_of(run));
        let asked = elsewhere.then(|| sets(&folders.output(&settings)).find(|run| item.is_of(run))).flatten();
        let run = asked.or(last).ok_or_else(|| {
            Stop::start(
                format!("{} 中没有 run.json", outputs.display()),
                format!("no run.json in {}", outputs.display()),
            )
        })?;
        missing::trace(&item, &run, &folders, context.readers, lang, context.options.json())?;
        return Ok(Exit::Done);
    }
    let book_path = outputs.join(BOOK);
    let book = context
        .readers
        .workbook(&book_path, BOOK)
        .map_err(|refusal| Stop::failed("读不了", "cannot read", book_path.display(), &refusal::words(&refusal)))?;
    let lines = lines(&book).ok_or_else(|| {
        Stop::start(format!("{BOOK} 中没有来源列"), format!("{BOOK} has no columns that name the source"))
    })?;
    let columns = source_columns(&outputs);
    let found = find(place, &lines, &columns);
    if found.is_empty() {
        return Err(Stop::start(
            format!("{window} 的汇总台账中没有与“{place}”对应的行"),
            format!("nothing in the consolidated ledger of {window} belongs to “{place}”"),
        )
        .into());
    }
    if context.options.json() {
        let all: Vec<_> = found.iter().map(|line| as_json(line, &columns)).collect();
        screen::out(&format!("{:#}\n", serde_json::Value::Array(all)));
    } else {
        for line in found {
            screen::out(&shown(line, &columns, lang));
        }
    }
    Ok(Exit::Done)
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

/// The records of the consolidated workbook; none when it has no sheet with source columns.
fn lines(book: &Workbook) -> Option<Vec<Line>> {
    let found: Vec<Vec<Line>> = SHEETS.into_iter().filter_map(|name| lines_of(book, name)).collect();
    (!found.is_empty()).then(|| found.into_iter().flatten().collect())
}

/// Those of a sheet; none when it has no source columns.
fn lines_of(book: &Workbook, name: &'static str) -> Option<Vec<Line>> {
    let sheet = book.sheets.iter().find(|sheet| english::chinese(&sheet.name) == name)?;
    let text = |row, col| shown_text(book, sheet, row, col);
    let heading = sheet.grid.rows.iter().find_map(|row| {
        let named: BTreeMap<String, u32> =
            row.cells.iter().map(|&(col, _)| (english::chinese(&text(row.index, col)).to_owned(), col)).collect();
        ["来源文件", "来源工作表", "来源行"].iter().all(|name| named.contains_key(*name)).then_some((row.index, named))
    });
    let (heading_row, named) = heading?;
    let column = |name: &str| named.get(name).copied().unwrap_or(u32::MAX);
    let (file, sheet_of, row_of) = (column("来源文件"), column("来源工作表"), column("来源行"));
    let mut headings: Vec<(&String, u32)> = named.iter().map(|(name, &col)| (name, col)).collect();
    headings.sort_by_key(|(_, col)| *col);
    let lines = sheet.grid.rows.iter().filter(|row| row.index > heading_row).filter_map(|row| {
        let at = |col| text(row.index, col);
        Some(Line {
            stands_in: name,
            row: row.index + 1,
            file: Some(at(file)).filter(|file| !file.is_empty())?,
            sheet: at(sheet_of),
            source: Some(at(row_of)).filter(|at| row_number(at).is_some())?,
            cells: headings
                .iter()
                .filter(|(_, col)| ![file, sheet_of, row_of].contains(col))
                .map(|(name, col)| ((*name).clone(), at(*col)))
                .filter(|(_, text)| !text.is_empty())
                .collect(),
        })
    });
    Some(lines.collect())
}

/// The lines at a place: a row of the consolidated ledger, or `file!sheet!cell`, `file!sheet!row`, `file!row`.
fn find<'a>(place: &str, lines: &'a [Line], columns: &Columns) -> Vec<&'a Line> {
    let place = place.replace('\\', "/");
    let (rest, last) = place.rsplit_once('!').unwrap_or(("", &place));
    let last = last.replace('$', "").to_ascii_uppercase();
    let Some(row) = row_number(&last) else {
        // A file or sheet as a whole.
        return lines.iter().filter(|line| means(&place, line)).collect();
    };
    let (book, sheet) = rest.rsplit_once('!').unwrap_or(("", rest));
    let sheet = if matches!(rest, "" | BOOK) { SHEETS[0] } else { english::chinese(sheet) };
    if SHEETS.contains(&sheet) && (book.is_empty() || book.ends_with(BOOK)) {
        return lines.iter().filter(|line| line.stands_in == sheet && line.row == row).collect();
    }
    // A record of a cross-tab is a cell, of a form all its cells; a row means all of them.
    let cell = Area::parse(&last).filter(|_| last != row.to_string());
    let here = |line: &&Line| match (form_of(line, columns), cell) {
        (Some(form), Some(cell)) => form.contains(cell.top, cell.left),
        (Some(form), None) => (form.top + 1..=form.bottom + 1).contains(&row),
        (None, Some(_)) if line.is_cell() => line.source == last,
        _ => row_number(&line.source) == Some(row),
    };
    lines.iter().filter(|line| here(line) && means(rest, line)).collect()
}

/// The row in what names a row or a cell: 5, D5.
fn row_number(name: &str) -> Option<u32> {
    name.trim_start_matches(|c: char| c.is_ascii_alphabetic()).parse().ok()
}

/// Whether a text is the file, or file and sheet, of a line; folders before the file name may be left out.
fn means(named: &str, line: &Line) -> bool {
    let named = fold(named);
    [fold(&line.file), fold(&format!("{}!{}", line.file, line.sheet))]
        .iter()
        .any(|full| *full == named || full.ends_with(&format!("/{named}")) || full.ends_with(&format!("!{named}")))
}

/// Columns in the source by (file, sheet, field or heading), from `run.json`; a sheet may hold several.
type Columns = BTreeMap<(String, String, String), Vec<Column>>;

/// A column of a source.
struct Column {
    letters: String,
    /// In a form: the form's area and the row of the value.
    form: Option<(Area, u32)>,
}

fn source_columns(outputs: &Path) -> Columns {
    let run = run_of(outputs).unwrap_or_default();
    let mut columns = Columns::new();
    let list = |value: &serde_json::Value| value.as_array().cloned().unwrap_or_default();
    let word = |value: &serde_json::Value| value.as_str().unwrap_or_default().to_owned();
    for file in list(&run["files"]) {
        for sheet in list(&file["sheets"]) {
            for column in list(&sheet["columns"]) {
                let form = Area::parse(&word(&sheet["heading"])).zip(Area::parse(&word(&column["cell"])));
                for name in [&column["heading"], &column["field"]] {
                    let key = (word(&file["path"]), word(&sheet["name"]), word(name));
                    let form = form.map(|(area, cell)| (area, cell.top));
                    columns.entry(key).or_default().push(Column { letters: word(&column["column"]), form });
                }
            }
        }
    }
    columns
}

/// The cell of a line's source that holds what stands under a heading.
fn source_cell(line: &Line, heading: &str, columns: &Columns) -> Option<String> {
    // 序号 of the consolidated ledger is its own
    if heading == "序号" {
        return None;
    }
    let key = (line.file.clone(), line.sheet.clone(), heading.to_owned());
    let known = columns.get(&key).map(Vec::as_slice).unwrap_or_default();
    // Of the forms of a sheet the last that begins at or above the record is its own, or like its own.
    let own_form = Area::parse(&line.source).filter(|_| line.is_cell()).and_then(|at| {
        let forms = known.iter().filter_map(|column| Some((column, column.form?)));
        let above = forms.filter(|(_, (area, _))| area.left == at.left && area.top <= at.top);
        let (column, (area, row)) = above.max_by_key(|(_, (area, _))| area.top)?;
        Some(format!("{}{}", column.letters, at.top + row - area.top + 1))
    });
    let in_row = || {
        let column = known.iter().rev().find(|column| column.form.is_none())?;
        Some(format!("{}{}", column.letters, row_number(&line.source)?))
    };
    let own = || (line.is_cell() && CELL.contains(&heading)).then(|| line.source.clone());
    own_form.or_else(in_row).or_else(own)
}

/// The rows that the form of a record covers, if it is one.
fn form_of(line: &Line, columns: &Columns) -> Option<Area> {
    let at = Area::parse(&line.source).filter(|_| line.is_cell())?;
    let own = columns.iter().filter(|(key, _)| key.0 == line.file && key.1 == line.sheet);
    let forms = own.flat_map(|(_, columns)| columns).filter_map(|column| Some(column.form?.0));
    let area = forms.filter(|area| area.left == at.left && area.top <= at.top).max_by_key(|area| area.top)?;
    Some(Area { top: at.top, bottom: at.top + area.bottom - area.top, ..area })
}

fn shown(line: &Line, columns: &Columns, lang: Lang) -> String {
    let source = format!("{}!{}!{}", line.file, line.sheet, line.source);
    let mut rows = screen::headed(lang.pick(["栏目", "内容", "原单元格"], ["field", "value", "source cell"]));
    for (heading, text) in &line.cells {
        let cell = source_cell(line, heading, columns).unwrap_or_default();
        rows.push(vec![heading.clone(), text.replace('\n', " "), cell]);
    }
    let head = format!("{}!{} ← {source}", line.stands_in, line.row);
    format!("{}\n{}", styled(BOLD, &head), screen::table(&[Align::Left; 3], &rows))
}

fn as_json(line: &Line, columns: &Columns) -> serde_json::Value {
    let cells: Vec<_> = line
        .cells
        .iter()
        .map(|(heading, text)| {
            serde_json::json!({"field": heading, "value": text, "cell": source_cell(line, heading, columns)})
        })
        .collect();
    serde_json::json!({
        "stands_in": line.stands_in,
        "row": line.row,
        "file": line.file,
        "sheet": line.sheet,
        "source_row": row_number(&line.source),
        "source_cell": line.is_cell().then_some(&line.source),
        "cells": cells,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(row: u32, file: &str, sheet: &str, source: &str) -> Line {
        let stands_in = SHEETS[usize::from(row > 90)];
        Line { stands_in, row, file: file.into(), sheet: sheet.into(), source: source.into(), cells: Vec::new() }
    }

    #[test]
    fn rows_and_cells_are_found_either_way() {
        let apart = line(91, "收件/c.xlsx", "汇总台账", "91");
        let lines = [line(3, "收件/a.xlsx", "台账", "5"), line(4, "收件/b.zip!x/a.xlsx", "台账", "5"), apart];
        let rows = |place: &str| find(place, &lines, &Columns::new()).iter().map(|line| line.row).collect::<Vec<_>>();
        for place in ["3", "汇总台账!3", "Ledger!3", "汇总台账!D3", "汇总台账.xlsx!汇总台账!D$3"] {
            assert_eq!(rows(place), [3], "{place}");
        }
        for (place, found) in [("未归类!91", 1), ("汇总台账!91", 0), ("收件/c.xlsx!汇总台账!B91", 1)] {
            assert_eq!(rows(place).len(), found, "{place}");
        }
        assert_eq!(rows("收件/a.xlsx!台账!D5"), [3]);
        assert_eq!(rows(r"收件\a.xlsx!台账!5"), [3]);
        assert_eq!(rows("收件/b.zip!x/a.xlsx!台账!D5"), [4]);
        assert_eq!(rows("a.xlsx!台账!D5"), [3, 4], "a bare name may mean both");
        assert_eq!(rows("收件/a.xlsx!台账!D6"), Vec::<u32>::new());
        assert_eq!(rows("收件/a.xlsx"), [3]);
        let lines = [line(3, "a.xlsx", "台账", "C5"), line(4, "a.xlsx", "台账", "D5")];
        let rows = |place: &str| find(place, &lines, &Columns::new()).iter().map(|line| line.row).collect::<Vec<_>>();
        assert_eq!(
            (rows("a.xlsx!台账!D5"), rows("a.xlsx!台账!$d$5"), rows("a.xlsx!台账!E5")),
            (vec![4], vec![4], vec![])
        );
        assert_eq!(rows("a.xlsx!台账!5"), [3, 4], "a row means all its cells");
    }
}
