//! Prints findings on the screen in the order of reports, each with its place and the cells around it.

use std::fmt::Write as _;

use super::Options;
use super::screen::{self, Align, BOLD, DIM, GOOD, of, styled};
use crate::basis::Lang;
use crate::basis::finding::{Finding, Severity};
use crate::basis::place::column_letters;
use crate::basis::settings::Settings;
use crate::check::support::phrase;
use crate::division::Division;
use crate::outcome::{Issue, Outcome, SourceName};

/// A finding ready to print.
#[derive(Clone, Debug)]
pub(crate) struct Shown {
    pub(crate) severity: Severity,
    code: &'static str,
    name: &'static str,
    file: String,
    sheet: Option<String>,
    cell: Option<String>,
    unit: Option<String>,
    task: Option<String>,
    message: String,
    advice: String,
    seen: Option<String>,
    /// The explanation of the unit.
    pub(crate) answer: Option<String>,
    /// Rows of cells around the place; the first row has the column letters.
    around: Vec<Vec<String>>,
}

/// The findings in submitted files. What is missing or late is only known in a run.
pub(crate) fn of_files(outcome: &Outcome) -> Vec<Shown> {
    outcome
        .issues
        .iter()
        .filter(|issue| issue.finding.place.source.0 > 0 && !issue.finding.kind.scope.needs_whole_run())
        .map(|issue| shown(outcome, issue))
        .collect()
}

/// The faults of a division, worst first, then by place.
pub(crate) fn of_division(division: &Division, settings: &Settings) -> Vec<Shown> {
    let mut all: Vec<Shown> = division.findings.0.iter().map(|finding| of_cell(division, settings, finding)).collect();
    all.sort_by_key(|one| std::cmp::Reverse(one.severity));
    all
}

fn of_cell(division: &Division, settings: &Settings, finding: &Finding) -> Shown {
    Shown {
        severity: settings.severity.get(finding.kind.code).copied().unwrap_or(finding.severity),
        code: finding.kind.code,
        name: finding.kind.name,
        file: settings.division.clone(),
        sheet: finding.place.sheet.map(|at| division.sheets[at as usize].clone()),
        cell: finding.place.area.map(|area| area.to_string()),
        unit: finding.unit.map(|unit| division.unit(unit).name.clone()),
        task: finding.task.map(|task| division.task(task).code.clone()),
        message: phrase::message(finding, settings.lang, division),
        advice: phrase::advice(finding, settings.lang, division),
        seen: finding.seen.clone(),
        answer: None,
        around: Vec::new(),
    }
}

fn shown(outcome: &Outcome, issue: &Issue) -> Shown {
    let finding = &issue.finding;
    let SourceName { file, sheet, cell } = outcome.name(finding.place);
    Shown {
        severity: issue.severity,
        code: finding.kind.code,
        name: finding.kind.name,
        file: file.into_owned(),
        sheet: sheet.map(str::to_owned),
        cell,
        unit: finding.unit.map(|unit| outcome.division.unit(unit).name.clone()),
        task: finding.task.map(|task| outcome.division.task(task).code.clone()),
        message: outcome.message(issue),
        advice: outcome.advice(issue),
        seen: finding.seen.clone(),
        answer: issue.answer.clone(),
        around: around(outcome, issue).unwrap_or_default(),
    }
}

/// The number of columns shown on each side of a faulty cell.
const SIDE: usize = 2;

/// The headings above a faulty cell and the cells beside it; the cell itself is in brackets.
fn around(outcome: &Outcome, issue: &Issue) -> Option<Vec<Vec<String>>> {
    let place = issue.finding.place;
    let area = place.area?;
    let file = outcome.files.get(place.source.0.checked_sub(1)? as usize)?.one();
    let of_sheet = file.reading.ledgers.iter().filter(|ledger| Some(ledger.sheet) == place.sheet);
    let entry = of_sheet
        .flat_map(|ledger| file.entries_of(ledger))
        .find(|entry| entry.record.row == area.top && entry.record.col.is_none_or(|col| col == area.left))?;
    let ledger = entry.ledger;
    let shown = ledger.shown_columns();
    let at = shown.iter().position(|column| column.col == area.left)?;
    if area.left != area.right {
        return None;
    }
    let columns = at.saturating_sub(SIDE)..(at + SIDE + 1).min(shown.len());
    let clip = |text: &str| crate::check::support::phrase::clip(text, 12).into_owned();
    let mut letters = vec![String::new()];
    let mut headings = vec![(ledger.heading.bottom + 1).to_string()];
    let mut cells = vec![entry.row_number().to_string()];
    for number in columns {
        let column = shown[number];
        letters.push(column_letters(column.col));
        headings.push(clip(&column.heading));
        let text = clip(entry.reading.texts.get(entry.record.shown(column, ledger)));
        cells.push(if number == at { styled(of(issue.severity), &format!("[{text}]")) } else { text });
    }
    Some(vec![letters, headings, cells])
}

/// Prints findings as text or JSON.
pub(crate) fn print(all: &[Shown], options: &Options, lang: Lang) {
    if options.json() {
        let all: Vec<_> = all.iter().map(as_json).collect();
        screen::out(&format!("{:#}\n", serde_json::json!({"findings": all})));
        return;
    }
    let mut text = String::new();
    for one in all {
        let place = [Some(&one.file), one.sheet.as_ref(), one.cell.as_ref()];
        let place = place.into_iter().flatten().map(String::as_str).collect::<Vec<_>>().join("!");
        let severity = styled(of(one.severity), &format!("{} {}", one.severity.word(lang), one.code));
        let _ = writeln!(text, "{severity} {}  {}", styled(BOLD, &place), one.message);
        if !one.around.is_empty() {
            text.push_str(&screen::table(&[Align::Left; 2 * SIDE + 2], &one.around));
        }
        if !one.advice.is_empty() {
            let _ = writeln!(text, "  {}", styled(DIM, &one.advice));
        }
        if let Some(answer) = &one.answer {
            let _ = writeln!(text, "  {} {answer}", styled(GOOD, lang.pick("已说明：", "answered:")));
        }
    }
    let count = |severity| all.iter().filter(|one| one.severity == severity).count();
    let (errors, warnings, infos) = (count(Severity::Error), count(Severity::Warning), count(Severity::Info));
    let total = lang.pick(
        format!("问题 {}：强制 {errors}，核实 {warnings}，提示 {infos}", all.len()),
        format!("{} findings: {errors} errors, {warnings} warnings, {infos} infos", all.len()),
    );
    let _ = writeln!(text, "{}", styled(BOLD, &total));
    screen::out(&text);
}

pub(crate) fn as_json(one: &Shown) -> serde_json::Value {
    let severity = match one.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "info",
    };
    let mut json = serde_json::json!({
        "code": one.code, "name": one.name, "severity": severity, "unit": one.unit, "task": one.task,
        "place": {"file": one.file, "sheet": one.sheet, "cell": one.cell},
        "seen": one.seen, "message": one.message, "advice": one.advice,
    });
    if let Some(answer) = &one.answer {
        json["answer"] = answer.as_str().into();
    }
    json
}
