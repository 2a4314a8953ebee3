//! The overview of the page: filters, figures, bars and the matrix.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::tones::{Toned, severity_name, state_tone};
use crate::basis::finding::Severity;
use crate::basis::{Lang, TaskId, UnitId};
use crate::obligation::Coverage;
use crate::outcome::figures::{Ranked, percent};
use crate::outcome::{Outcome, labels};
use crate::render::RenderInput;

/// The most cells of the matrix.
const MOST_CELLS: usize = 30_000;

/// A drop-down list that filters the rows.
#[derive(Serialize)]
pub(super) struct Filter {
    name: &'static str,
    label: &'static str,
    options: Vec<Choice>,
}

/// A value of a filter.
#[derive(Serialize)]
pub(super) struct Choice {
    value: String,
    text: String,
}

/// A figure of the overview.
#[derive(Serialize)]
pub(super) struct Card {
    name: &'static str,
    value: String,
    note: String,
    tone: &'static str,
}

/// A part of the bar of states.
#[derive(Serialize)]
pub(super) struct Part {
    class: &'static str,
    name: &'static str,
    count: u32,
    x: String,
    width: String,
}

/// The rates of categories or of leaders.
#[derive(Serialize)]
pub(super) struct Group<'a> {
    pub(super) title: &'static str,
    pub(super) head: &'static str,
    pub(super) lines: Vec<Bar<'a>>,
}

/// A rate drawn as a bar.
#[derive(Serialize)]
pub(super) struct Bar<'a> {
    name: &'a str,
    rate: String,
    fraction: String,
    width: String,
    tone: &'static str,
}

/// A row of the matrix.
#[derive(Serialize)]
pub(super) struct MatrixRow<'a> {
    names: Vec<&'a str>,
    cells: Vec<Toned>,
}

/// The filters, with the values that occur.
pub(super) fn filters(from: RenderInput<'_>, t: &BTreeMap<&str, &'static str>, lang: Lang) -> Vec<Filter> {
    let (outcome, figures) = (from.outcome, from.figures);
    let same = |text: &String| Choice { value: text.clone(), text: text.clone() };
    let mut units: BTreeSet<UnitId> = BTreeSet::new();
    let mut tasks: BTreeSet<TaskId> = BTreeSet::new();
    let mut kinds: BTreeMap<&str, &str> = BTreeMap::new();
    for gap in &figures.gaps {
        units.extend(gap.unit);
        tasks.extend(gap.task);
        kinds.entry(gap.code).or_insert(&gap.title);
    }
    for issue in &outcome.issues {
        units.extend(issue.finding.unit);
        tasks.extend(issue.finding.task);
        kinds.insert(issue.finding.kind.code, issue.finding.kind.wording(lang).title);
    }
    let leaders: Vec<String> = {
        let mut seen = BTreeSet::new();
        let named =
            tasks.iter().flat_map(|task| outcome.division.task(*task).all_terms()).flat_map(|terms| &terms.leaders);
        named.filter(|leader| seen.insert(*leader)).cloned().collect()
    };
    let filter = |name, options| Filter { name, label: t[name], options };
    let severities = [Severity::Error, Severity::Warning, Severity::Info];
    vec![
        filter("unit", units.iter().map(|unit| same(&outcome.division.unit(*unit).name)).collect()),
        filter(
            "task",
            tasks
                .iter()
                .map(|task| {
                    let text = crate::check::support::phrase::task_name(&outcome.division, *task);
                    Choice { value: outcome.division.task(*task).code.clone(), text }
                })
                .collect(),
        ),
        filter("leader", leaders.iter().map(same).collect()),
        filter(
            "kind",
            kinds
                .iter()
                .map(|(code, title)| Choice { value: (*code).to_owned(), text: format!("{code} {title}") })
                .collect(),
        ),
        filter(
            "severity",
            severities
                .iter()
                .map(|severity| Choice {
                    value: severity_name(*severity).to_owned(),
                    text: severity.word(lang).to_owned(),
                })
                .collect(),
        ),
    ]
}

/// The figures of the overview.
pub(super) fn cards(outcome: &Outcome, lang: Lang) -> Vec<Card> {
    let c = &outcome.coverage;
    let rate = |numerator: u32| (percent(numerator, c.base()), format!("{numerator} ÷ {}", c.base()));
    let rate_tone = |numerator: u32| match c.base() {
        0 => "",
        base if numerator == base => "good",
        base if numerator * 10 < base * 8 => "bad",
        _ => "warn",
    };
    let plain = |name, count: u32| Card { name, value: count.to_string(), note: String::new(), tone: "" };
    let ((actual, actual_of), (timely, timely_of)) = (rate(c.actual()), rate(c.timely()));
    let mut cards = vec![
        Card {
            name: lang.pick("上报率", "reporting rate"),
            value: actual,
            note: actual_of,
            tone: rate_tone(c.actual()),
        },
        Card {
            name: lang.pick("及时率", "on-time rate"), value: timely, note: timely_of, tone: rate_tone(c.timely())
        },
        plain(lang.pick("应报", "expected"), c.expected()),
        plain(lang.pick("实报", "reported"), c.actual()),
    ];
    for state in labels::STATES {
        let count = c.count(state);
        if count > 0 {
            cards.push(Card { tone: state_tone(state), ..plain(labels::state(state, lang), count) });
        }
    }
    cards.push(plain(lang.pick("收到文件", "files"), outcome.received()));
    cards.push(plain(lang.pick("汇总记录", "records"), outcome.tally.rows_merged));
    let unmatched = outcome.tally.rows_unmatched;
    cards.push(Card {
        tone: if unmatched > 0 { "warn" } else { "" },
        ..plain(lang.pick("未归类", "unmatched"), unmatched)
    });
    cards
}

/// The bar of states, and what it shows in words.
pub(super) fn bar(coverage: &Coverage, lang: Lang) -> (Vec<Part>, String) {
    let all: u32 = labels::STATES.iter().map(|state| coverage.count(*state)).sum();
    let mut parts = Vec::new();
    let mut before = 0;
    for state in labels::STATES {
        let count = coverage.count(state);
        if count > 0 {
            let share = |count: u32| format!("{:.2}", f64::from(count) * 1000.0 / f64::from(all));
            parts.push(Part {
                class: state.name(),
                name: labels::state(state, lang),
                count,
                x: share(before),
                width: share(count),
            });
            before += count;
        }
    }
    let told: Vec<String> = parts.iter().map(|part| format!("{} {}", part.name, part.count)).collect();
    (parts, told.join(lang.pick("，", ", ")))
}

/// The rates of groups.
pub(super) fn bars(groups: &[Ranked<String>]) -> Vec<Bar<'_>> {
    groups
        .iter()
        .map(|group| {
            let c = &group.coverage;
            let share = if c.base() == 0 { 0.0 } else { f64::from(c.actual()) * 100.0 / f64::from(c.base()) };
            Bar {
                name: if group.key.is_empty() { "—" } else { &group.key },
                rate: percent(c.actual(), c.base()),
                fraction: format!("{} ÷ {}", c.actual(), c.base()),
                width: format!("{share:.1}"),
                tone: if share >= 99.95 {
                    "good"
                } else if share >= 80.0 {
                    "warn"
                } else {
                    "bad"
                },
            }
        })
        .collect()
}

/// The matrix: headings, how many of them are for row names, rows, and whether rows were left out. The longer side is
/// vertical.
pub(super) fn matrix(from: RenderInput<'_>, lang: Lang) -> (Vec<&str>, usize, Vec<MatrixRow<'_>>, bool) {
    let (division, matrix) = (&from.outcome.division, &from.figures.matrix);
    let cell = |task: TaskId, unit: UnitId| {
        let tone = matrix.cell(task, unit).map_or("", |(state, ..)| state_tone(state));
        Toned { text: matrix.words(task, unit, lang), tone }
    };
    let upright = matrix.units.len() > matrix.tasks.len().max(24);
    let (down, across) =
        if upright { (&matrix.units.len(), &matrix.tasks.len()) } else { (&matrix.tasks.len(), &matrix.units.len()) };
    let across_shown = (*across).min(200);
    let down_shown = (*down).min(MOST_CELLS / across_shown.max(1));
    let cut = across_shown < *across || down_shown < *down;
    if upright {
        let mut heads = vec![lang.pick("责任单位", "unit")];
        heads.extend(matrix.tasks.iter().take(across_shown).map(|task| division.task(*task).code.as_str()));
        let rows = matrix.units.iter().take(down_shown).map(|unit| MatrixRow {
            names: vec![division.unit(*unit).name.as_str()],
            cells: matrix.tasks.iter().take(across_shown).map(|task| cell(*task, *unit)).collect(),
        });
        (heads, 1, rows.collect(), cut)
    } else {
        let mut heads = vec![lang.pick("任务编号", "task"), lang.pick("工作任务", "text")];
        heads.extend(matrix.units.iter().take(across_shown).map(|unit| division.unit(*unit).name.as_str()));
        let rows = matrix.tasks.iter().take(down_shown).map(|id| {
            let task = division.task(*id);
            MatrixRow {
                names: vec![task.code.as_str(), task.text.value.as_str()],
                cells: matrix.units.iter().take(across_shown).map(|unit| cell(*id, *unit)).collect(),
            }
        });
        (heads, 2, rows.collect(), cut)
    }
}
