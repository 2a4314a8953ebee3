//! The data of the page as plain text; the template escapes it.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::words::words;
use crate::basis::calendar::format::moment_words;
use crate::basis::finding::Severity;
use crate::basis::{Lang, TaskId, UnitId};
use crate::obligation::{Coverage, State};
use crate::outcome::figures::{Ranked, percent};
use crate::outcome::{Gap, Issue, Outcome, labels};
use crate::render::RenderInput;
use crate::render::workbook::Tone;

/// The most rows of a list, so that browsers stay fast.
const MOST_ROWS: usize = 2_000;
/// The most cells of the matrix.
const MOST_CELLS: usize = 30_000;

/// Everything the template uses.
#[derive(Serialize)]
pub(super) struct Context<'a> {
    t: BTreeMap<&'static str, &'static str>,
    title: String,
    title_fonts: String,
    body_fonts: String,
    period: String,
    due: String,
    as_of: String,
    filters: Vec<Filter>,
    cards: Vec<Card>,
    bar: Vec<Part>,
    bar_text: String,
    groups: Vec<Group<'a>>,
    matrix_heads: Vec<&'a str>,
    matrix_fixed: usize,
    matrix_rows: Vec<MatrixRow<'a>>,
    matrix_cut: bool,
    gap_heads: Vec<&'static str>,
    gaps: Vec<GapRow<'a>>,
    gaps_all: usize,
    gaps_cut: bool,
    paper_heads: Vec<&'static str>,
    paper: Vec<PaperRow<'a>>,
    unit_heads: Vec<&'static str>,
    units: Vec<UnitRow<'a>>,
    issue_heads: Vec<&'static str>,
    issues: Vec<IssueRow<'a>>,
    issues_all: usize,
    issues_cut: bool,
}

#[derive(Serialize)]
struct Filter {
    name: &'static str,
    label: &'static str,
    options: Vec<Choice>,
}

#[derive(Serialize)]
struct Choice {
    value: String,
    text: String,
}

#[derive(Serialize)]
struct Card {
    name: &'static str,
    value: String,
    note: String,
    tone: &'static str,
}

#[derive(Serialize)]
struct Part {
    class: &'static str,
    name: &'static str,
    count: u32,
    x: String,
    width: String,
}

#[derive(Serialize)]
struct Group<'a> {
    title: &'static str,
    head: &'static str,
    lines: Vec<Bar<'a>>,
}

#[derive(Serialize)]
struct Bar<'a> {
    name: &'a str,
    rate: String,
    fraction: String,
    width: String,
    tone: &'static str,
}

#[derive(Serialize)]
struct MatrixRow<'a> {
    names: Vec<&'a str>,
    cells: Vec<Toned>,
}

#[derive(Serialize)]
struct Toned {
    text: String,
    tone: &'static str,
}

#[derive(Serialize)]
struct GapRow<'a> {
    unit: &'a str,
    code: &'a str,
    task: &'a str,
    leaders: String,
    kind: String,
    finding: &'static str,
    severity: &'static str,
    message: &'a str,
    due: String,
    advice: &'a str,
    tone: &'static str,
}

/// A row of the list as it is printed: the tasks of a unit that lack the same.
#[derive(Serialize)]
struct PaperRow<'a> {
    unit: &'a str,
    kind: String,
    codes: String,
    message: &'a str,
    due: String,
    tone: &'static str,
}

#[derive(Serialize)]
struct UnitRow<'a> {
    rank: String,
    name: &'a str,
    counts: Vec<Toned>,
}

#[derive(Serialize)]
struct IssueRow<'a> {
    unit: &'a str,
    code: &'a str,
    leaders: String,
    finding: &'static str,
    title: &'static str,
    severity: &'static str,
    severity_word: &'static str,
    file: String,
    sheet: &'a str,
    cell: String,
    message: String,
    seen: &'a str,
    expected: &'a str,
    advice: String,
    answer: &'a str,
    ruled: String,
    tone: &'static str,
}

pub(super) fn context(from: RenderInput<'_>) -> Context<'_> {
    let (outcome, figures) = (from.outcome, from.figures);
    let lang = outcome.settings.lang;
    let t = words(lang);
    let window = &outcome.window;
    let (matrix_heads, matrix_fixed, matrix_rows, matrix_cut) = matrix(from, lang);
    let (bar, bar_text) = bar(&outcome.coverage, lang);
    let heads = |zh: &[&'static str], en: &[&'static str]| lang.pick(zh, en).to_vec();
    Context {
        title: super::super::missing::title(outcome),
        title_fonts: fonts(&outcome.settings.title_fonts),
        body_fonts: fonts(&outcome.settings.body_fonts),
        period: window.full_words(lang),
        due: moment_words(outcome.due, lang),
        as_of: moment_words(outcome.as_of, lang),
        filters: filters(from, &t, lang),
        cards: cards(outcome, lang),
        bar,
        bar_text,
        groups: vec![
            Group { title: t["by_category"], head: t["category"], lines: bars(&figures.categories) },
            Group { title: t["by_leader"], head: t["leader"], lines: bars(&figures.leaders) },
        ]
        .into_iter()
        .filter(|group| !group.lines.is_empty())
        .collect(),
        matrix_heads,
        matrix_fixed,
        matrix_rows,
        matrix_cut,
        gap_heads: heads(
            &["序号", "责任单位", "任务编号", "工作任务", "牵头领导", "缺项类型", "问题代码", "说明", "时限", "建议"],
            &["no.", "unit", "task", "text", "lead official", "kind", "code", "what is missing", "due", "what to do"],
        ),
        gaps: figures.gaps.iter().take(MOST_ROWS).map(|gap| gap_row(outcome, gap)).collect(),
        gaps_all: figures.gaps.len(),
        gaps_cut: figures.gaps.len() > MOST_ROWS,
        paper_heads: heads(
            &["责任单位", "缺项类型", "任务编号", "说明", "时限"],
            &["unit", "kind", "tasks", "what is missing", "due"],
        ),
        paper: paper(outcome, figures.gaps.get(..MOST_ROWS).unwrap_or(&figures.gaps)),
        unit_heads: heads(
            &[
                "排名", "责任单位", "应报", "实报", "按时", "迟报", "零报告", "有异议", "缺报", "空表", "不可用",
                "不涉及", "未到期", "上报率", "实报÷基数", "及时率", "按时÷基数", "强制", "核实",
            ],
            &[
                "rank", "unit", "expected", "reported", "on time", "late", "nil", "disputed", "missing", "blank",
                "unusable", "exempt", "not due", "rate", "reported ÷ base", "on-time rate", "in time ÷ base", "errors",
                "warnings",
            ],
        ),
        units: figures.units.iter().take(MOST_ROWS).map(|unit| unit_row(outcome, unit)).collect(),
        issue_heads: heads(
            &[
                "序号", "级别", "问题代码", "责任单位", "任务编号", "文件", "工作表", "单元格", "说明", "现值", "应为",
                "建议", "单位说明",
            ],
            &[
                "no.", "severity", "code", "unit", "task", "file", "sheet", "cell", "what is wrong", "seen",
                "expected", "what to do", "answer",
            ],
        ),
        issues: outcome.issues.iter().take(MOST_ROWS).map(|issue| issue_row(outcome, issue)).collect(),
        issues_all: outcome.issues.len(),
        issues_cut: outcome.issues.len() > MOST_ROWS,
        t,
    }
}

/// A list of fonts for CSS: quoted, without characters that could end the quotes.
fn fonts(names: &[String]) -> String {
    let clean = |name: &String| name.chars().filter(|c| c.is_alphanumeric() || " _-.".contains(*c)).collect::<String>();
    let mut list: Vec<String> = names.iter().map(clean).filter(|name| !name.is_empty()).collect();
    list.extend(["Songti SC", "SimSun", "Noto Serif CJK SC"].map(String::from));
    list.join(", ")
}

fn tone(tone: Tone) -> &'static str {
    match tone {
        Tone::Good => "good",
        Tone::Warn => "warn",
        Tone::Bad => "bad",
        Tone::Mute => "mute",
        Tone::Plain | Tone::Link | Tone::Fill => "",
    }
}

fn state_tone(state: State) -> &'static str {
    tone(crate::render::consolidated::state_tone(state))
}

fn filters(from: RenderInput<'_>, t: &BTreeMap<&str, &'static str>, lang: Lang) -> Vec<Filter> {
    let (outcome, figures) = (from.outcome, from.figures);
    let same = |text: &String| Choice { value: text.clone(), text: text.clone() };
    let mut units: BTreeSet<UnitId> = BTreeSet::new();
    let mut tasks: BTreeSet<TaskId> = BTreeSet::new();
    let mut kinds: BTreeMap<&str, &str> = BTreeMap::new();
    for gap in figures.gaps.iter().take(MOST_ROWS) {
        units.extend(gap.unit);
        tasks.extend(gap.task);
        kinds.entry(gap.code).or_insert(&gap.title);
    }
    for issue in outcome.issues.iter().take(MOST_ROWS) {
        units.extend(issue.finding.unit);
        tasks.extend(issue.finding.task);
        kinds.insert(issue.finding.kind.code, issue.finding.kind.wording(lang).title);
    }
    let leaders: Vec<String> = {
        let mut seen = BTreeSet::new();
        let named = tasks.iter().flat_map(|task| &outcome.division.task(*task).leaders);
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

fn severity_name(severity: Severity) -> &'static str {
    severity.word(Lang::En)
}

fn cards(outcome: &Outcome, lang: Lang) -> Vec<Card> {
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
    cards.push(plain(lang.pick("收到文件", "files"), outcome.tally.files));
    cards.push(plain(lang.pick("汇总记录", "records"), outcome.tally.rows_merged));
    let unmatched = outcome.tally.rows_unmatched;
    cards.push(Card {
        tone: if unmatched > 0 { "warn" } else { "" },
        ..plain(lang.pick("未归类", "unmatched"), unmatched)
    });
    cards
}

fn bar(coverage: &Coverage, lang: Lang) -> (Vec<Part>, String) {
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

fn bars(groups: &[Ranked<String>]) -> Vec<Bar<'_>> {
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
fn matrix(from: RenderInput<'_>, lang: Lang) -> (Vec<&str>, usize, Vec<MatrixRow<'_>>, bool) {
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

fn gap_row<'a>(outcome: &'a Outcome, gap: &'a Gap) -> GapRow<'a> {
    let task = gap.task.map(|task| outcome.division.task(task));
    let severity = gap.issue.and_then(|at| outcome.issues.get(at)).map_or(Severity::Error, |issue| issue.severity);
    GapRow {
        unit: gap.unit.map_or("", |unit| &outcome.division.unit(unit).name),
        code: task.map_or("", |task| &task.code),
        task: task.map_or("", |task| &task.text.value),
        leaders: task.map_or(String::new(), |task| task.leaders.join("、")),
        kind: gap.period.as_ref().map_or(gap.title.clone(), |period| format!("{}（{period}）", gap.title)),
        finding: gap.code,
        severity: severity_name(severity),
        message: &gap.message,
        due: gap.due.in_words(outcome.settings.lang),
        advice: &gap.advice,
        tone: severity_tone(severity),
    }
}

/// The list as it is printed: the gaps of a unit that say the same of several tasks stand in one row.
fn paper<'a>(outcome: &'a Outcome, gaps: &'a [Gap]) -> Vec<PaperRow<'a>> {
    let mut rows: Vec<PaperRow<'a>> = Vec::new();
    for row in gaps.iter().map(|gap| gap_row(outcome, gap)) {
        let same = rows
            .iter_mut()
            .rev()
            .take_while(|known| known.unit == row.unit)
            .find(|known| (&known.kind, known.message, &known.due) == (&row.kind, row.message, &row.due));
        match same {
            Some(known) if known.codes.split('、').next_back() != Some(row.code) => {
                known.codes = format!("{}、{}", known.codes, row.code);
            }
            Some(_) => {}
            None => rows.push(PaperRow {
                unit: row.unit,
                kind: row.kind,
                codes: row.code.to_owned(),
                message: row.message,
                due: row.due,
                tone: row.tone,
            }),
        }
    }
    rows
}

fn severity_tone(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "bad",
        Severity::Warning => "warn",
        Severity::Info => "mute",
    }
}

fn unit_row<'a>(outcome: &'a Outcome, ranked: &Ranked<UnitId>) -> UnitRow<'a> {
    let c = &ranked.coverage;
    let plain = |text: String| Toned { text, tone: "" };
    let mut counts = vec![plain(c.expected().to_string()), plain(c.actual().to_string())];
    for state in labels::STATES {
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
        rank: ranked.rank.map_or("—".to_owned(), |rank| rank.to_string()),
        name: &outcome.division.unit(ranked.key).name,
        counts,
    }
}

fn issue_row<'a>(outcome: &'a Outcome, issue: &'a Issue) -> IssueRow<'a> {
    let (finding, lang) = (&issue.finding, outcome.settings.lang);
    let name = outcome.name(finding.place);
    let task = finding.task.map(|task| outcome.division.task(task));
    IssueRow {
        unit: finding.unit.map_or("", |unit| &outcome.division.unit(unit).name),
        code: task.map_or("", |task| &task.code),
        leaders: task.map_or(String::new(), |task| task.leaders.join("、")),
        finding: finding.kind.code,
        title: finding.kind.wording(lang).title,
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
