//! The data of the page as plain text; the template escapes it.

use std::collections::BTreeMap;

use serde::Serialize;

use super::overview::{Card, Filter, Group, MatrixRow, Part, bar, bars, cards, filters, matrix};
use super::paper::{PaperRow, paper};
use super::rest::Rest;
use super::rows::{GapRow, IssueRow, MOST_ROWS, UnitRow, gap_row, issue_row, unit_row};
use super::words::words;
use crate::basis::calendar::format::moment_words;
use crate::outcome::labels;
use crate::render::RenderInput;

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
    gap_heads: Vec<&'static str>,
    gaps: Vec<GapRow<'a>>,
    gaps_all: usize,
    paper_heads: Vec<&'static str>,
    paper: Vec<PaperRow<'a>>,
    unit_heads: Vec<&'static str>,
    units: Vec<UnitRow<'a>>,
    issue_heads: Vec<&'static str>,
    issues: Vec<IssueRow<'a>>,
    issues_all: usize,
    /// The lists of which only the first rows stand in the page.
    cut: Vec<&'static str>,
    /// The rows that are cut, for the script.
    rest: Option<String>,
}

pub(super) fn context(from: RenderInput<'_>) -> Context<'_> {
    let (outcome, figures) = (from.outcome, from.figures);
    let lang = outcome.settings.lang;
    let t = words(lang);
    let (matrix_heads, matrix_fixed, matrix_rows, matrix_cut) = matrix(from, lang);
    let (bar, bar_text) = bar(&outcome.coverage, lang);
    let heads = |zh: &[&'static str], en: &[&'static str]| lang.pick(zh, en).to_vec();
    let states = labels::shown(figures.units.iter().map(|unit| &unit.coverage));
    let mut unit_heads = heads(&["排名", "责任单位", "应报", "实报"], &["rank", "unit", "expected", "reported"]);
    unit_heads.extend(states.iter().map(|state| labels::state(*state, lang)));
    unit_heads.extend(heads(
        &["上报率", "实报÷基数", "及时率", "按时÷基数", "强制", "核实"],
        &["rate", "reported ÷ base", "on-time rate", "in time ÷ base", "errors", "warnings"],
    ));
    let mut rest = Rest::default();
    figures.gaps.iter().skip(MOST_ROWS).for_each(|gap| rest.gap(&gap_row(outcome, gap)));
    figures.units.iter().skip(MOST_ROWS).for_each(|unit| rest.unit(&unit_row(outcome, unit, &states)));
    outcome.issues.iter().skip(MOST_ROWS).for_each(|issue| rest.issue(&issue_row(outcome, issue), t["answered"]));
    let beyond = |rows: usize| rows > MOST_ROWS;
    let cut = [
        ("matrix", matrix_cut),
        ("gaps", beyond(figures.gaps.len())),
        ("units", beyond(figures.units.len())),
        ("issues", beyond(outcome.issues.len())),
    ]
    .into_iter();
    Context {
        title: super::super::missing::title(outcome),
        title_fonts: fonts(&outcome.settings.title_fonts),
        body_fonts: fonts(&outcome.settings.body_fonts),
        period: outcome.window.full_words(lang),
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
        gap_heads: heads(
            &["序号", "责任单位", "任务编号", "工作任务", "牵头领导", "缺项类型", "问题代码", "说明", "时限", "建议"],
            &["no.", "unit", "task", "text", "lead official", "kind", "code", "what is missing", "due", "what to do"],
        ),
        gaps: figures.gaps.iter().take(MOST_ROWS).map(|gap| gap_row(outcome, gap)).collect(),
        gaps_all: figures.gaps.len(),
        paper_heads: heads(
            &["责任单位", "缺项类型", "任务编号", "说明", "时限"],
            &["unit", "kind", "tasks", "what is missing", "due"],
        ),
        paper: paper(outcome, figures.gaps.get(..MOST_ROWS).unwrap_or(&figures.gaps)),
        unit_heads,
        units: figures.units.iter().take(MOST_ROWS).map(|unit| unit_row(outcome, unit, &states)).collect(),
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
        cut: cut.filter(|(_, is_cut)| *is_cut).map(|(list, _)| list).collect(),
        rest: rest.json(),
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
