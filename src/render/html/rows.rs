//! The rows of the lists of the page: missing items, units, findings.

use std::borrow::Cow;

use serde::Serialize;

use super::tones::{Toned, severity_name, severity_tone, state_tone};
use crate::basis::UnitId;
use crate::basis::finding::Severity;
use crate::obligation::State;
use crate::outcome::figures::{Ranked, percent};
use crate::outcome::{Gap, Issue, Outcome};

/// The most rows of a list that stand in the page itself, so that browsers stay fast.
pub(super) const MOST_ROWS: usize = 2_000;

/// A missing item.
#[derive(Serialize)]
pub(super) struct GapRow<'a> {
    pub(super) unit: &'a str,
    pub(super) code: &'a str,
    pub(super) task: &'a str,
    pub(super) leaders: String,
    pub(super) kind: String,
    pub(super) finding: &'static str,
    pub(super) severity: &'static str,
    pub(super) message: &'a str,
    pub(super) due: String,
    pub(super) advice: &'a str,
    pub(super) tone: &'static str,
}

/// A unit with its counts and rates.
#[derive(Serialize)]
pub(super) struct UnitRow<'a> {
    pub(super) rank: String,
    pub(super) name: &'a str,
    pub(super) counts: Vec<Toned>,
}

/// A finding.
#[derive(Serialize)]
pub(super) struct IssueRow<'a> {
    pub(super) unit: &'a str,
    pub(super) code: &'a str,
    pub(super) leaders: String,
    pub(super) finding: &'static str,
    pub(super) title: Cow<'static, str>,
    pub(super) severity: &'static str,
    pub(super) severity_word: &'static str,
    pub(super) file: String,
    pub(super) sheet: &'a str,
    pub(super) cell: String,
    pub(super) message: String,
    pub(super) seen: &'a str,
    pub(super) expected: &'a str,
    pub(super) advice: String,
    pub(super) answer: &'a str,
    pub(super) ruled: String,
    pub(super) tone: &'static str,
}

/// The row of a missing item.
pub(super) fn gap_row<'a>(outcome: &'a Outcome, gap: &'a Gap) -> GapRow<'a> {
    let task = gap.task.map(|task| outcome.division.task(task));
    let severity = gap.issue.and_then(|at| outcome.issues.get(at)).map_or(Severity::Error, |issue| issue.severity);
    GapRow {
        unit: gap.unit.map_or("", |unit| &outcome.division.unit(unit).name),
        code: task.map_or("", |task| &task.code),
        task: task.map_or("", |task| &task.text.value),
        leaders: task.map_or(String::new(), |task| task.terms(gap.unit).leaders.join("、")),
        kind: gap.kind_words(outcome.settings.lang),
        finding: gap.code,
        severity: severity_name(severity),
        message: &gap.message,
        due: gap.due.in_words(outcome.settings.lang),
        advice: &gap.advice,
        tone: if gap.is_explained { "mute" } else { severity_tone(severity) },
    }
}

/// The row of a unit, with a count for each of these states.
pub(super) fn unit_row<'a>(outcome: &'a Outcome, ranked: &Ranked<UnitId>, states: &[State]) -> UnitRow<'a> {
    let c = &ranked.coverage;
    let plain = |text: String| Toned { text, tone: "" };
    let mut counts = vec![plain(c.expected().to_string()), plain(c.actual().to_string())];
    for &state in states {
        let count = c.count(state);
        let marked = count > 0 && !matches!(state, State::OnTime | State::Nil | State::Exempt | State::NotDue);
        counts.push(Toned { text: count.to_string(), tone: if marked { state_tone(state) } else { "" } });
    }
    counts.extend([
        plain(percent(c.actual(), c.base())),
        plain(format!("{}÷{}", c.actual(), c.base())),
        plain(percent(c.timely(), c.base())),
        plain(format!("{}÷{}", c.timely(), c.base())),
        Toned { text: ranked.errors.to_string(), tone: if ranked.errors > 0 { "bad" } else { "" } },
        Toned { text: ranked.warnings.to_string(), tone: if ranked.warnings > 0 { "warn" } else { "" } },
    ]);
    UnitRow {
        rank: ranked.rank.map_or_else(String::new, |rank| rank.to_string()),
        name: &outcome.division.unit(ranked.key).name,
        counts,
    }
}

/// The row of a finding.
pub(super) fn issue_row<'a>(outcome: &'a Outcome, issue: &'a Issue) -> IssueRow<'a> {
    let (finding, lang) = (&issue.finding, outcome.settings.lang);
    let name = outcome.name(finding.place);
    let task = finding.task.map(|task| outcome.division.task(task));
    IssueRow {
        unit: finding.unit.map_or("", |unit| &outcome.division.unit(unit).name),
        code: task.map_or("", |task| &task.code),
        leaders: task.map_or(String::new(), |task| task.terms(finding.unit).leaders.join("、")),
        finding: finding.kind.code,
        title: finding.title(lang),
        severity: severity_name(issue.severity),
        severity_word: issue.severity.word(lang),
        sheet: name.sheet.unwrap_or_default(),
        cell: name.cell.unwrap_or_default(),
        file: name.file.into_owned(),
        message: outcome.message(issue),
        seen: finding.seen.as_deref().unwrap_or_default(),
        expected: finding.expected.as_ref().map_or("", |fact| fact.in_lang(lang)),
        advice: outcome.advice(issue),
        answer: issue.answer.as_deref().unwrap_or_default(),
        ruled: outcome.ruled(issue),
        tone: if issue.answer.is_some() || !issue.counts() { "mute" } else { severity_tone(issue.severity) },
    }
}
