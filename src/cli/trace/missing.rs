//! `trace` of what is missing: the line of the division that asks for it, the files of the unit that were looked at, and
//! why each did not count.

use std::fmt::Write as _;
use std::path::Path;

use serde_json::{Value, json};

use super::line::Line;
use super::shown::shown_text;
use crate::basis::Lang;
use crate::basis::text::{code_key, name_key};
use crate::campaign::readers::Readers;
use crate::campaign::rerun::division_of;
use crate::campaign::{Folders, Stop};
use crate::check::FileState;
use crate::check::support::refusal;
use crate::cli::screen::{self, Align, BOLD, styled};
use crate::division::Division;
use crate::outcome::labels;
use crate::render::english;

const BOOK: &str = "缺项报告.xlsx";
const SHEET: &str = "缺项清单";
/// So many files that nobody is known to have sent are shown.
const STRANGERS: usize = 20;

/// A missing item that is asked for.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Item {
    /// The task's code; none for every task of the unit.
    task: Option<String>,
    unit: String,
    period: Option<String>,
    /// The code of the finding that its row of 缺项清单 names.
    code: Option<String>,
}

/// The item that a reference names: `编号@单位[@报告期]`. None when it names none.
fn named(place: &str) -> Option<Item> {
    let mut parts = place.split('@').map(str::trim);
    let (task, unit) = (parts.next()?, parts.next()?);
    let period = parts.next().filter(|period| !period.is_empty()).map(str::to_owned);
    let item = || Item { task: Some(task.to_owned()), unit: unit.to_owned(), period, code: None };
    (!task.is_empty() && !unit.is_empty()).then(item)
}

/// The item that a reference means: `编号@单位[@报告期]`, or a row of 缺项清单 as the sheet numbers it (`缺项清单!12`). None
/// when it is no reference to a missing item.
pub(super) fn item(place: &str, outputs: &Path, readers: &dyn Readers) -> Result<Option<Item>, Stop> {
    let place = place.strip_prefix(&format!("{BOOK}!")).unwrap_or(place);
    let row = place.strip_prefix(SHEET).or_else(|| place.strip_prefix("Gaps")).and_then(|rest| rest.strip_prefix('!'));
    let Some(row) = row else { return Ok(named(place)) };
    let number = row.trim_start_matches(|c: char| c.is_ascii_alphabetic() || c == '$').parse::<u32>().ok();
    let lost = || {
        Stop::start(
            format!("{SHEET} 第 {row} 行不是缺项（行号是表格左边的行号，不是序号）"),
            format!("row {row} of {SHEET} is no missing item (rows as the sheet numbers them)"),
        )
    };
    let number = number.and_then(|number| number.checked_sub(1)).ok_or_else(lost)?;
    let path = outputs.join(BOOK);
    let book = readers
        .workbook(&path, BOOK)
        .map_err(|refusal| Stop::failed("读不了", "cannot read", path.display(), &refusal::words(&refusal)))?;
    let sheet = book.sheets.iter().find(|sheet| english::chinese(&sheet.name) == SHEET).ok_or_else(lost)?;
    let text = |row, col| shown_text(&book, sheet, row, col);
    let head = sheet
        .grid
        .rows
        .iter()
        .find(|row| row.cells.iter().any(|&(col, _)| english::chinese(&text(row.index, col)) == "责任单位"));
    let head = head.filter(|head| head.index < number).ok_or_else(lost)?;
    let column = |name: &str| {
        head.cells.iter().map(|&(col, _)| col).find(|&col| english::chinese(&text(head.index, col)) == name)
    };
    let at = |name: &str| column(name).map(|col| text(number, col)).filter(|text| !text.is_empty());
    let (unit, code) = (at("责任单位"), at("问题代码"));
    if unit.is_none() && code.is_none() {
        return Err(lost());
    }
    Ok(Some(Item { task: at("任务编号"), unit: unit.unwrap_or_default(), period: None, code }))
}

impl Item {
    /// What a row of the consolidated workbook says is missing: of a task, by the unit that it or its sheet names.
    pub(super) fn of(line: &Line) -> Option<Item> {
        let task = line.under("任务编号").filter(|_| line.source.is_none())?.to_owned();
        let unit = line.under("责任单位").unwrap_or(&line.stands_in).to_owned();
        Some(Item { task: Some(task), unit, period: None, code: None })
    }

    /// Whether a run asked for it in the period that it names; never where it names none.
    pub(super) fn is_of(&self, run: &Value) -> bool {
        let owed = run["obligations"].as_array().into_iter().flatten();
        self.period.as_ref().is_some_and(|period| owed.into_iter().any(|owed| owed["period"] == **period))
    }
}

/// Says what became of an item. `run` is the run.json of the window.
///
/// # Errors
/// [`Stop::Start`] when nothing of the kind was owed.
pub(super) fn trace(
    item: &Item,
    run: &Value,
    folders: &Folders,
    readers: &dyn Readers,
    lang: Lang,
    as_json: bool,
) -> Result<(), Stop> {
    let division = division_of(folders, run, readers)?;
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let unit = division.roster.names.get(&name_key(&item.unit)).map(|&unit| division.unit(unit).name.clone());
    let unit = unit.unwrap_or_else(|| item.unit.clone());
    let mine = |owed: &&Value| {
        owed["unit"] == *unit
            && item.task.as_ref().is_none_or(|task| code_key(task) == code_key(&text(&owed["task"])))
            && item.period.as_ref().is_none_or(|period| owed["period"] == **period)
    };
    let owed: Vec<&Value> = run["obligations"].as_array().into_iter().flatten().filter(mine).collect();
    // A row may be about what a unit reported and does not owe.
    let found = |one: &&Value| {
        item.code.as_ref().is_some_and(|code| one["code"] == **code)
            && one["unit"].as_str().unwrap_or_default() == unit
            && code_key(&text(&one["task"])) == code_key(item.task.as_deref().unwrap_or_default())
    };
    let found: Vec<&Value> = run["findings"].as_array().into_iter().flatten().filter(found).collect();
    if owed.is_empty() && !found.is_empty() {
        if as_json {
            screen::out(&format!("{:#}\n", json!(found)));
        } else {
            for one in found {
                screen::out(&of_finding(one, lang));
            }
        }
        return Ok(());
    }
    if owed.is_empty() {
        let label = text(&run["window"]["label"]);
        let task = item.task.as_deref().unwrap_or("—");
        return Err(Stop::start(
            format!("{label} 中，“{unit}”没有应报的任务“{task}”"),
            format!("in {label} nothing is owed by “{unit}” on “{task}”"),
        ));
    }
    let all: Vec<Value> = owed.into_iter().map(|owed| answer(owed, run, &division, lang)).collect();
    if as_json {
        screen::out(&format!("{:#}\n", Value::Array(all)));
    } else {
        for one in &all {
            screen::out(&shown(one, lang));
        }
    }
    Ok(())
}

fn answer(owed: &Value, run: &Value, division: &Division, lang: Lang) -> Value {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let code = text(&owed["task"]);
    let task = division.tasks.iter().find(|task| task.code == code);
    let line = task.map(|task| {
        let place = task.terms(division.roster.find(&text(&owed["unit"]))).place;
        let sheet = place.sheet.and_then(|at| division.sheets.get(at as usize));
        let cell = place.area.map(|area| area.to_string());
        json!({"file": run["division"]["path"], "sheet": sheet, "cell": cell, "text": task.text.value})
    });
    let concerns = |file: &&Value| file["unit"] == owed["unit"] || file["unit"].is_null() && file["state"] != "ignored";
    let files = run["files"].as_array().into_iter().flatten().filter(concerns);
    let files: Vec<Value> = files
        .map(|file| {
            let why = why(file, owed, run, lang);
            json!({"path": file["path"], "unit": file["unit"], "state": file["state"], "why": why})
        })
        .collect();
    json!({
        "task": owed["task"], "unit": owed["unit"], "period": owed["period"], "due": owed["due"],
        "state": owed["state"], "records": owed["records"], "nil": owed["nil"], "division": line, "files": files,
        "away": owed["away"].as_array().cloned().unwrap_or_default(),
    })
}

/// Why a file did not count for an obligation, or that it did.
fn why(file: &Value, owed: &Value, run: &Value, lang: Lang) -> String {
    let path = file["path"].as_str().unwrap_or_default();
    let records = owed["records"].as_array().into_iter().flatten().filter_map(Value::as_str);
    let rows: Vec<&str> = records.filter_map(|record| record.strip_prefix(path)?.strip_prefix('!')).collect();
    let mut why = if file["unit"].is_null() && file["state"] != "refused" {
        lang.pick("没有认出是哪个单位报的", "nobody can tell which unit sent it").to_owned()
    } else if owed["nil"]["file"] == *path {
        let place = [&owed["nil"]["sheet"], &owed["nil"]["cell"]].into_iter().filter_map(Value::as_str);
        let place = place.collect::<Vec<_>>().join("!");
        lang.pick(
            format!("其中写明本期应报事项一并零报告：{place}"),
            format!("a nil report for all that is owed: {place}"),
        )
    } else if let Some(why) = file["why"].as_str().filter(|_| rows.is_empty()) {
        why.to_owned()
    } else if !rows.is_empty() {
        let rows = rows.join(lang.pick("、", ", "));
        match owed["state"].as_str() {
            Some("unusable" | "blank") => lang
                .pick(format!("有这项任务的行（{rows}），但不能使用"), format!("rows on the task ({rows}), of no use")),
            _ => lang.pick(format!("有这项任务的行：{rows}"), format!("rows on the task: {rows}")),
        }
    } else {
        lang.pick("其中没有这项任务的行", "no row on the task").to_owned()
    };
    let found = run["findings"].as_array().into_iter().flatten();
    let mut codes: Vec<&str> = found
        .filter(|one| one["place"]["file"] == file["path"] && one["severity"] == "error")
        .filter_map(|one| one["code"].as_str())
        .collect();
    codes.sort_unstable();
    codes.dedup();
    if !codes.is_empty() {
        let _ = write!(
            why,
            "{}",
            lang.pick(format!("；问题 {}", codes.join("、")), format!("; findings {}", codes.join(", ")))
        );
    }
    why
}

/// A row that only a finding stands behind: what it says, where, and by which lines of the division.
fn of_finding(one: &Value, lang: Lang) -> String {
    let text = |value: &Value| value.as_str().unwrap_or("—").to_owned();
    let place = |place: &Value| {
        let parts = ["file", "sheet", "cell"].iter().filter_map(|part| place[part].as_str());
        parts.collect::<Vec<_>>().join("!")
    };
    let by: Vec<String> = one["related"].as_array().into_iter().flatten().map(place).collect();
    let head = [&one["code"], &one["task"], &one["unit"]].map(text);
    let mut told = format!("{}\n", styled(BOLD, &format!("{} {}@{}", head[0], head[1], head[2])));
    for (zh, en, said) in [
        ("位置", "place", place(&one["place"])),
        ("说明", "says", text(&one["message"])),
        ("依据", "demanded by", by.join(lang.pick("、", ", "))),
        ("建议", "advice", text(&one["advice"])),
    ] {
        if !said.is_empty() {
            let _ = writeln!(told, "  {} {said}", lang.pick(zh, en));
        }
    }
    told
}

fn shown(one: &Value, lang: Lang) -> String {
    let text = |value: &Value| value.as_str().unwrap_or("—").to_owned();
    let [task, unit, period, due] = ["task", "unit", "period", "due"].map(|key| text(&one[key]));
    let line = &one["division"];
    let place = [&line["file"], &line["sheet"], &line["cell"]].map(text).join("!");
    let mut told = format!("{}\n", styled(BOLD, &format!("{task}@{unit}@{period}")));
    let state = one["state"].as_str().unwrap_or_default();
    let state = labels::STATES.into_iter().find(|known| known.name() == state);
    let state = state.map_or("—", |state| labels::state(state, lang));
    let due = due.replace('T', " ");
    let _ = writeln!(
        told,
        "{}",
        lang.pick(
            format!("  状态 {state}，时限 {due}\n  依据 {place}：{}", text(&line["text"])),
            format!("  state {state}, due {due}\n  demanded by {place}: {}", text(&line["text"])),
        )
    );
    for file in one["away"].as_array().into_iter().flatten().map(text) {
        let words = lang.pick(
            format!("  此前各期已在 {file} 中报送，文件已移出收件文件夹"),
            format!("  reported before in {file}, which was moved out of the inbox"),
        );
        let _ = writeln!(told, "{words}");
    }
    let files = one["files"].as_array().cloned().unwrap_or_default();
    if files.is_empty() {
        let words = lang.pick("  收件中没有这个单位的文件", "  no file of this unit is in the inbox");
        let _ = writeln!(told, "{words}");
        return told;
    }
    let mut rows = screen::headed(lang.pick(["文件", "结果", "原因"], ["file", "state", "why"]));
    let state_of = |file: &Value| {
        let name = file["state"].as_str().unwrap_or_default();
        let state = FileState::ALL.into_iter().find(|known| known.name() == name);
        state.map_or("—", |state| labels::file_state(state, lang)).to_owned()
    };
    let mut strangers = 0;
    let is_shown = |file: &&Value| {
        strangers += usize::from(file["unit"].is_null());
        !file["unit"].is_null() || strangers <= STRANGERS
    };
    let files = files.iter().filter(is_shown);
    rows.extend(files.map(|file| vec![text(&file["path"]), state_of(file), text(&file["why"])]));
    told += &screen::table(&[Align::Left; 3], &rows);
    if strangers > STRANGERS {
        let more = strangers - STRANGERS;
        let words = lang.pick(
            format!("  另有 {more} 个文件没有认出是哪个单位报的"),
            format!("  {more} more files of which nobody can tell which unit sent them"),
        );
        let _ = writeln!(told, "{words}");
    }
    told
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_files_of_the_unit_are_shown_and_some_that_nobody_is_known_to_have_sent() {
        let told = |strangers: usize| {
            let file = |unit: Option<&str>, name: String| json!({"path": name, "unit": unit, "state": "refused"});
            let files = (0..strangers).map(|at| file(None, format!("收件/照片{at}.tmp")));
            let files: Vec<Value> = files.chain([file(Some("综合科"), "收件/综合科.xlsx".into())]).collect();
            let told = shown(&json!({"task": "1", "unit": "综合科", "files": files}), Lang::Zh);
            assert!(told.contains("收件/综合科.xlsx"), "{told}");
            (told.matches("照片").count(), told.contains("另有 10 个文件"))
        };
        assert_eq!((told(20), told(30)), ((20, false), (20, true)));
    }

    #[test]
    fn a_missing_item_is_named_by_task_and_unit() {
        let item = |task: &str, unit: &str, period: Option<&str>| {
            Some(Item { task: Some(task.into()), unit: unit.into(), period: period.map(Into::into), code: None })
        };
        assert_eq!(named("1-2@综合科"), item("1-2", "综合科", None));
        assert_eq!(named("1-2 @ 综合科 @2014-W32"), item("1-2", "综合科", Some("2014-W32")));
        for other in ["12", "汇总台账!D12", "收件/a.xlsx!台账!D5", "@综合科", "1-2@"] {
            assert_eq!(named(other), None, "{other}");
        }
    }
}
