//! run.json, schema `taizhang/run/v1`: the whole run for programs. The wire has structs of its own, so that no change
//! inside the program changes it unseen; `src/render/schema/run-v1.schema.json` describes it and is made of them.

mod lines;
mod wire;

use anyhow::Result;
use chrono::Timelike as _;
pub use wire::{Run, SCHEMA};

use super::{Output, RenderInput, Shelf};
use crate::basis::finding::Severity;
use crate::basis::place::Place;
use crate::basis::{Lang, TaskId, UnitId};
use crate::ledger::WhyUnread;
use crate::obligation::{Graded, Obligation, RunFile, Scored};
use crate::outcome::rulings::{LineState, line_state, ruled};
use crate::outcome::{Inputs, Issue, Outcome, labels};
use crate::ruling::{Field, Line, Reach, RulingKind};

/// The output.
pub struct Json;

impl Output for Json {
    fn render(&self, from: RenderInput<'_>, to: &dyn Shelf) -> Result<()> {
        to.put("run.json", &mut |to| Ok(lines::write(to, &run(from.outcome))?))
    }
}

/// The run as it goes on the wire.
pub fn run(outcome: &Outcome) -> Run<'_> {
    let (tally, c) = (&outcome.tally, &outcome.coverage);
    Run {
        schema: SCHEMA,
        tool: wire::Tool { name: env!("CARGO_PKG_NAME"), version: env!("CARGO_PKG_VERSION") },
        title: &outcome.settings.title,
        as_of: outcome.as_of.date().to_string(),
        window: wire::Window {
            label: outcome.window.label(),
            start: outcome.window.start.to_string(),
            end: outcome.window.end.to_string(),
            due: moment(outcome.due),
        },
        division: wire::Division {
            path: &outcome.settings.division,
            hash: &outcome.division.hash,
            tasks: outcome.division.tasks.len(),
            units: outcome.division.roster.units.len(),
            obligations: outcome.obligations.all.len(),
        },
        tally: wire::Tally {
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
        coverage: wire::Coverage {
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
        obligations: wire::Items::of(&outcome.obligations.all, |one| obligation(outcome, one)),
        grades: outcome.obligations.evaluated.grades.iter().map(|graded| grade(outcome, graded)).collect(),
        scores: outcome.obligations.evaluated.scores.iter().map(|scored| score(outcome, scored)).collect(),
        findings: wire::Items::of(&outcome.issues, |issue| finding(outcome, issue)),
        rulings: ruled(&outcome.division.rulings.written).map(|line| ruling(outcome, line)).collect(),
        inputs: outcome.inputs.as_ref().map(inputs),
    }
}

fn inputs(inputs: &Inputs) -> wire::Inputs<'_> {
    wire::Inputs {
        as_of: inputs.as_of.format("%Y-%m-%dT%H:%M:%S").to_string(),
        division: &inputs.division,
        settings: &inputs.settings,
        rulings: inputs.rulings.as_deref(),
        form: inputs.form.as_deref(),
        register: inputs.register.as_deref(),
        inbox: &inputs.inbox,
        history: inputs.history.as_deref(),
    }
}

fn file_out<'a>(outcome: &'a Outcome, file: &'a RunFile) -> wire::File<'a> {
    let lang = outcome.settings.lang;
    let ledgers = file.reading.ledgers.iter().map(|ledger| wire::Sheet {
        name: file.reading.sheets.get(ledger.sheet as usize).map_or("", |sheet| &sheet.name),
        state: "ledger",
        why: ledger.why.clone(),
        heading: ledger.own_heading().map(|heading| heading.to_string()),
        columns: ledger
            .shown_columns()
            .into_iter()
            .map(|column| wire::LedgerColumn {
                column: crate::basis::place::column_letters(column.col),
                cell: ledger.form_cell(column).map(|cell| cell.to_string()),
                heading: &column.heading,
                field: column.field.map(|field| outcome.division.fields.spec(field).name.as_str()),
            })
            .collect(),
        records: ledger.records.len(),
    });
    let not_read = |name, why, heading: Option<String>| wire::Sheet {
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
        let regions: Vec<wire::Sheet<'_>> = regions.collect();
        let whole = sheet.skipped.as_ref().filter(|_| regions.is_empty());
        let whole = whole.map(|why| not_read(sheet.name.as_str(), labels::skipped(why, lang), None));
        whole.into_iter().chain(regions).collect::<Vec<_>>()
    });
    wire::File {
        path: &file.source.name,
        hash: Some(file.source.hash.as_str()).filter(|hash| !hash.is_empty()),
        format: file.reading.format.map(crate::read::Format::extension),
        unit: file.unit.map(|id| unit(outcome, id)),
        received: moment(file.source.received),
        state: file.state.name(),
        why: crate::check::support::refusal::reason(file).map(|reason| reason.in_lang(lang).to_owned()),
        sheets: ledgers.chain(skipped).collect(),
    }
}

fn obligation<'a>(outcome: &'a Outcome, obligation: &'a Obligation) -> wire::Obligation<'a> {
    wire::Obligation {
        task: code(outcome, obligation.task),
        unit: unit(outcome, obligation.unit),
        period: obligation.period.label(),
        due: moment(obligation.due),
        state: obligation.state.name(),
        reported: obligation.reported.map(moment),
        records: obligation.records.iter().map(|at| outcome.reference(*at)).collect(),
        nil: obligation.nil.map(|at| place(outcome, at)),
        away: obligation.earlier.iter().filter(|report| report.record.is_none()).map(|report| &*report.file).collect(),
    }
}

fn grade<'a>(outcome: &'a Outcome, graded: &'a Graded) -> wire::Graded<'a> {
    wire::Graded { task: code(outcome, graded.task), unit: unit(outcome, graded.unit), grade: &graded.grade }
}

fn score<'a>(outcome: &'a Outcome, scored: &Scored) -> wire::Scored<'a> {
    wire::Scored {
        task: code(outcome, scored.task),
        unit: unit(outcome, scored.unit),
        score: scored.score,
        of: scored.of,
    }
}

fn finding<'a>(outcome: &'a Outcome, issue: &'a Issue) -> wire::Finding<'a> {
    let (finding, lang) = (&issue.finding, outcome.settings.lang);
    wire::Finding {
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
        ruling: finding.ruling.and_then(|id| outcome.division.rulings.with_id(id)).map(|ruling| wire::RuledBy {
            id: ruling.id,
            by: &ruling.by,
            on: &ruling.on,
            reason: &ruling.reason,
        }),
    }
}

fn ruling<'a>(outcome: &'a Outcome, line: &'a Line) -> wire::Ruling<'a> {
    let text = |field| Some(line.get(field)).filter(|text| !text.is_empty());
    let state = line_state(&outcome.context(), &outcome.applied, line).unwrap_or(LineState::Valid);
    let places = outcome.applied.places(line.id).iter();
    wire::Ruling {
        id: line.id,
        kind: RulingKind::parse(line.get(Field::Kind)).map_or(line.get(Field::Kind), |kind| kind.word(Lang::Zh)),
        unit: text(Field::Unit),
        scope: Reach::parse(line.get(Field::Reach)).map_or(line.get(Field::Reach), |reach| reach.word(Lang::Zh)),
        by: line.get(Field::By),
        on: line.get(Field::On),
        reason: line.get(Field::Reason),
        until: text(Field::Until),
        state: state.word(Lang::Zh),
        places: places.map(|at| place(outcome, *at)).collect(),
    }
}

fn place(outcome: &Outcome, place: Place) -> wire::Place<'_> {
    let name = outcome.name(place);
    wire::Place { file: name.file.into_owned(), sheet: name.sheet, cell: name.cell }
}

/// `收件/a.xlsx!台账!5`: file, sheet and row of a record, in a cross-tab its cell (D5).
fn unit(outcome: &Outcome, unit: UnitId) -> &str {
    &outcome.division.unit(unit).name
}

fn code(outcome: &Outcome, task: TaskId) -> &str {
    &outcome.division.task(task).code
}

/// A moment to the minute: `2014-09-05T17:00`.
fn moment(at: chrono::NaiveDateTime) -> String {
    format!("{}T{:02}:{:02}", at.date(), at.hour(), at.minute())
}
