//! run.json, schema `taizhang/run/v1`: the whole run for programs. The wire has structs of its own, so that no change
//! inside the program changes it unseen; `src/render/schema/run-v1.schema.json` describes it.

use anyhow::Result;
use serde::Serialize;

use super::{Output, RenderInput, Rendered};
use crate::basis::finding::Severity;
use crate::basis::place::Place;
use crate::basis::{TaskId, UnitId};
use crate::ledger::WhyUnread;
use crate::obligation::{Graded, RecordRef, RunFile, Scored};
use crate::outcome::{Inputs, Issue, Outcome, labels};

/// The name of the schema; a change that breaks readers gets a new one.
pub const SCHEMA: &str = "taizhang/run/v1";

/// The output.
pub struct Json;

impl Output for Json {
    fn render(&self, from: RenderInput<'_>) -> Result<Vec<Rendered>> {
        let mut bytes = serde_json::to_vec_pretty(&run(from.outcome))?;
        bytes.push(b'\n');
        Ok(vec![Rendered::new("run.json", bytes)])
    }
}

/// A whole run.
#[derive(Debug, Serialize)]
pub struct Run<'a> {
    schema: &'static str,
    tool: Tool,
    title: &'a str,
    as_of: String,
    window: WindowOut,
    division: DivisionOut<'a>,
    tally: TallyOut,
    coverage: CoverageOut,
    files: Vec<FileOut<'a>>,
    obligations: Vec<ObligationOut<'a>>,
    grades: Vec<GradeOut<'a>>,
    scores: Vec<ScoreOut<'a>>,
    findings: Vec<FindingOut<'a>>,
    inputs: Option<InputsOut<'a>>,
}

/// What the run was made of, by hash of the archived copy.
#[derive(Debug, Serialize)]
struct InputsOut<'a> {
    as_of: String,
    division: &'a str,
    settings: &'a str,
    form: Option<&'a str>,
    register: Option<&'a str>,
    inbox: &'a str,
    history: Option<&'a str>,
}

#[derive(Debug, Serialize)]
struct Tool {
    name: &'static str,
    version: &'static str,
}

#[derive(Debug, Serialize)]
struct WindowOut {
    label: String,
    start: String,
    end: String,
    due: String,
}

#[derive(Debug, Serialize)]
struct DivisionOut<'a> {
    path: &'a str,
    hash: &'a str,
    tasks: usize,
    units: usize,
    obligations: usize,
}

#[derive(Debug, Serialize)]
struct TallyOut {
    files: u32,
    files_merged: u32,
    files_refused: u32,
    files_superseded: u32,
    files_duplicate: u32,
    files_ignored: u32,
    rows_seen: u32,
    rows_merged: u32,
    rows_unmatched: u32,
    rows_superseded: u32,
    rows_blank: u32,
    rows_furniture: u32,
}

#[derive(Debug, Serialize)]
struct CoverageOut {
    expected: u32,
    on_time: u32,
    late: u32,
    nil: u32,
    missing: u32,
    blank: u32,
    unusable: u32,
    exempt: u32,
    disputed: u32,
    not_due: u32,
}

#[derive(Debug, Serialize)]
struct FileOut<'a> {
    path: &'a str,
    hash: Option<&'a str>,
    format: Option<&'static str>,
    unit: Option<&'a str>,
    received: String,
    state: &'static str,
    why: Option<String>,
    sheets: Vec<SheetOut<'a>>,
}

#[derive(Debug, Serialize)]
struct SheetOut<'a> {
    name: &'a str,
    state: &'static str,
    why: String,
    heading: Option<String>,
    columns: Vec<ColumnOut<'a>>,
    records: usize,
}

#[derive(Debug, Serialize)]
struct ColumnOut<'a> {
    column: String,
    heading: &'a str,
    field: Option<&'a str>,
}

#[derive(Debug, Serialize)]
struct ObligationOut<'a> {
    task: &'a str,
    unit: &'a str,
    period: String,
    due: String,
    state: &'static str,
    records: Vec<String>,
}

#[derive(Debug, Serialize)]
struct GradeOut<'a> {
    task: &'a str,
    unit: &'a str,
    grade: &'a str,
}

#[derive(Debug, Serialize)]
struct ScoreOut<'a> {
    task: &'a str,
    unit: &'a str,
    score: f64,
    of: Option<f64>,
}

#[derive(Debug, Serialize)]
struct FindingOut<'a> {
    id: &'a str,
    code: &'static str,
    name: &'static str,
    severity: &'static str,
    unit: Option<&'a str>,
    task: Option<&'a str>,
    period: Option<&'a str>,
    place: PlaceOut<'a>,
    seen: Option<&'a str>,
    expected: Option<&'a str>,
    message: String,
    advice: String,
    related: Vec<PlaceOut<'a>>,
    since: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    answer: Option<&'a str>,
}

#[derive(Debug, Serialize)]
struct PlaceOut<'a> {
    file: String,
    sheet: Option<&'a str>,
    cell: Option<String>,
}

/// The run as it goes on the wire.
pub fn run(outcome: &Outcome) -> Run<'_> {
    let (tally, c) = (&outcome.tally, &outcome.coverage);
    Run {
        schema: SCHEMA,
        tool: Tool { name: env!("CARGO_PKG_NAME"), version: env!("CARGO_PKG_VERSION") },
        title: &outcome.settings.title,
        as_of: outcome.as_of.date().to_string(),
        window: WindowOut {
            label: outcome.window.label(),
            start: outcome.window.start.to_string(),
            end: outcome.window.end.to_string(),
            due: moment(outcome.due),
        },
        division: DivisionOut {
            path: &outcome.settings.division,
            hash: &outcome.division.hash,
            tasks: outcome.division.tasks.len(),
            units: outcome.division.roster.units.len(),
            obligations: outcome.obligations.all.len(),
        },
        tally: TallyOut {
            files: tally.files,
            files_merged: tally.files_merged,
            files_refused: tally.files_refused,
            files_superseded: tally.files_superseded,
            files_duplicate: tally.files_duplicate,
            files_ignored: tally.files_ignored,
            rows_seen: tally.rows_seen,
            rows_merged: tally.rows_merged,
            rows_unmatched: tally.rows_unmatched,
            rows_superseded: tally.rows_superseded,
            rows_blank: tally.rows_blank,
            rows_furniture: tally.rows_furniture,
        },
        coverage: CoverageOut {
            expected: c.expected(),
            on_time: c.on_time,
            late: c.late,
            nil: c.nil,
            missing: c.missing,
            blank: c.blank,
            unusable: c.unusable,
            exempt: c.exempt,
            disputed: c.disputed,
            not_due: c.not_due,
        },
        files: outcome.files.iter().map(|file| file_out(outcome, file)).collect(),
        obligations: outcome
            .obligations
            .all
            .iter()
            .map(|obligation| ObligationOut {
                task: code(outcome, obligation.task),
                unit: unit(outcome, obligation.unit),
                period: obligation.period.label(),
                due: moment(obligation.due),
                state: obligation.state.name(),
                records: obligation.records.iter().map(|at| record(outcome, *at)).collect(),
            })
            .collect(),
        grades: outcome.obligations.reached.grades.iter().map(|graded| grade(outcome, graded)).collect(),
        scores: outcome.obligations.reached.scores.iter().map(|scored| score(outcome, scored)).collect(),
        findings: outcome.issues.iter().map(|issue| finding(outcome, issue)).collect(),
        inputs: outcome.inputs.as_ref().map(inputs),
    }
}

fn inputs(inputs: &Inputs) -> InputsOut<'_> {
    InputsOut {
        as_of: inputs.as_of.format("%Y-%m-%dT%H:%M:%S").to_string(),
        division: &inputs.division,
        settings: &inputs.settings,
        form: inputs.form.as_deref(),
        register: inputs.register.as_deref(),
        inbox: &inputs.inbox,
        history: inputs.history.as_deref(),
    }
}

fn file_out<'a>(outcome: &'a Outcome, file: &'a RunFile) -> FileOut<'a> {
    let lang = outcome.settings.lang;
    let ledgers = file.reading.ledgers.iter().map(|ledger| SheetOut {
        name: file.reading.sheets.get(ledger.sheet as usize).map_or("", |sheet| &sheet.name),
        state: "ledger",
        why: ledger.why.clone(),
        heading: ledger.own_heading().map(|heading| heading.to_string()),
        columns: ledger
            .columns
            .iter()
            .map(|column| ColumnOut {
                column: crate::basis::place::column_letters(column.col),
                heading: &column.heading,
                field: column.field.map(|field| outcome.division.fields.spec(field).name.as_str()),
            })
            .collect(),
        records: ledger.records.len(),
    });
    let not_read = |name, why, heading: Option<String>| SheetOut {
        name,
        state: "skipped",
        why,
        heading,
        columns: Vec::new(),
        records: 0,
    };
    let skipped = file.reading.sheets.iter().flat_map(|sheet| {
        let regions = sheet.unread.iter().filter(|unread| unread.why.is_told()).map(|unread| {
            let heading = matches!(unread.why, WhyUnread::Lacking { .. }).then(|| unread.area.to_string());
            not_read(sheet.name.as_str(), labels::unread(unread, lang), heading)
        });
        let regions: Vec<SheetOut<'_>> = regions.collect();
        let whole = sheet.skipped.as_ref().filter(|_| regions.is_empty());
        let whole = whole.map(|why| not_read(sheet.name.as_str(), labels::skipped(why, lang), None));
        whole.into_iter().chain(regions).collect::<Vec<_>>()
    });
    let refusal = file.reading.refusal.as_ref().map(|refusal| crate::outcome::labels::refusal(refusal, lang));
    FileOut {
        path: &file.source.name,
        hash: Some(&*file.source.hash).filter(|hash| !hash.is_empty()),
        format: file.reading.format.map(crate::read::Format::extension),
        unit: file.unit.map(|id| unit(outcome, id)),
        received: moment(file.source.received),
        state: file.state.name(),
        why: file.why.as_ref().map(|why| why.in_lang(lang).to_owned()).or(refusal),
        sheets: ledgers.chain(skipped).collect(),
    }
}

fn grade<'a>(outcome: &'a Outcome, graded: &'a Graded) -> GradeOut<'a> {
    GradeOut { task: code(outcome, graded.task), unit: unit(outcome, graded.unit), grade: &graded.grade }
}

fn score<'a>(outcome: &'a Outcome, scored: &Scored) -> ScoreOut<'a> {
    ScoreOut { task: code(outcome, scored.task), unit: unit(outcome, scored.unit), score: scored.score, of: scored.of }
}

fn finding<'a>(outcome: &'a Outcome, issue: &'a Issue) -> FindingOut<'a> {
    let (finding, lang) = (&issue.finding, outcome.settings.lang);
    FindingOut {
        id: &issue.id,
        code: finding.kind.code,
        name: finding.kind.name,
        severity: match issue.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Info => "info",
        },
        unit: finding.unit.map(|id| unit(outcome, id)),
        task: finding.task.map(|task| code(outcome, task)),
        period: finding.period.as_deref(),
        place: place(outcome, finding.place),
        seen: finding.seen.as_deref(),
        expected: finding.expected.as_ref().map(|fact| fact.in_lang(lang)),
        message: outcome.message(issue),
        advice: outcome.advice(issue),
        related: finding.related.iter().map(|at| place(outcome, *at)).collect(),
        since: issue.stands.map(|chain| chain.since.to_string()),
        answer: issue.answer.as_deref(),
    }
}

fn place(outcome: &Outcome, place: Place) -> PlaceOut<'_> {
    let name = outcome.name(place);
    PlaceOut { file: name.file.into_owned(), sheet: name.sheet, cell: name.cell }
}

/// `收件/a.xlsx!台账!5`: file, sheet and row of a record.
fn record(outcome: &Outcome, at: RecordRef) -> String {
    let entry = outcome.entry(at);
    format!("{}!{}!{}", entry.source.name, entry.sheet(), entry.row_number())
}

fn unit(outcome: &Outcome, unit: UnitId) -> &str {
    &outcome.division.unit(unit).name
}

fn code(outcome: &Outcome, task: TaskId) -> &str {
    &outcome.division.task(task).code
}

/// A moment to the minute: `2014-09-05T17:00`.
fn moment(at: chrono::NaiveDateTime) -> String {
    at.format("%Y-%m-%dT%H:%M").to_string()
}
