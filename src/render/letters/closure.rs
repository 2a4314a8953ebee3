//! 整改销号.docx: the problems that stand and those that were closed, to print and sign; only where there are any.

use anyhow::Result;

use super::{day, work_name};
use crate::basis::Lang;
use crate::basis::calendar::format::moment_words;
use crate::obligation::Problem;
use crate::outcome::Outcome;
use crate::outcome::closure::{Standing, closure};
use crate::render::docx::{Letter, Line};
use crate::render::{Output, RenderInput, Rendered};

/// The most problems listed; the others stand in the workbook.
const MOST: usize = 500;

/// The output.
pub struct Closure;

impl Output for Closure {
    fn render(&self, from: RenderInput<'_>) -> Result<Vec<Rendered>> {
        let problems = closure(from.outcome);
        if problems.is_empty() {
            return Ok(Vec::new());
        }
        Ok(vec![Rendered::new("整改销号.docx", write(from.outcome, &problems)?)])
    }
}

fn write(outcome: &Outcome, problems: &[(&Problem, Standing)]) -> Result<Vec<u8>> {
    let lang = outcome.settings.lang;
    let mut letter = Letter::across(&outcome.settings, outcome.as_of);
    let (work, period) = (work_name(outcome), outcome.window.full_words(lang));
    letter.line(Line::Title, &lang.pick(format!("{work}整改销号清单"), format!("Problems and their closure: {work}")));
    let closed = problems.iter().filter(|(_, standing)| *standing == Standing::Closed).count();
    let (open, as_of) = (problems.len() - closed, moment_words(outcome.as_of, lang));
    letter.line(
        Line::Small,
        &lang.pick(
            format!("{period}，统计截至{as_of}：已销号{closed}条，未销号{open}条。"),
            format!("{period}, as of {as_of}: {closed} closed, {open} open."),
        ),
    );
    let heading = lang.pick(
        ["序号", "责任单位", "存在问题", "发现日期", "整改措施及时限", "整改情况", "佐证材料", "销号情况", "确认签字"],
        ["No.", "unit", "problem", "found", "remedy, due", "state", "evidence", "closure", "signature"],
    );
    let rows: Vec<Vec<String>> =
        problems.iter().take(MOST).enumerate().map(|(at, one)| row(outcome, at, *one, lang)).collect();
    letter.table(&[5, 13, 20, 10, 16, 14, 11, 11, 10], &heading, &rows);
    if let Some(rest) = problems.len().checked_sub(MOST).filter(|rest| *rest > 0) {
        letter.line(
            Line::Small,
            &lang.pick(
                format!("其余{rest}条见缺项报告“整改销号”工作表。"),
                format!("{rest} more stand in the sheet Closure of 缺项报告.xlsx."),
            ),
        );
    }
    letter.finish()
}

fn row(outcome: &Outcome, number: usize, (problem, standing): (&Problem, Standing), lang: Lang) -> Vec<String> {
    let division = &outcome.division;
    let task = problem.task.map_or(String::new(), |task| format!("{} ", division.task(task).code));
    let due = if problem.due_text.is_empty() {
        String::new()
    } else {
        lang.pick(format!("（时限{}）", problem.due_text), format!(" (due {})", problem.due_text))
    };
    let closed = problem.closed.map_or(String::new(), |at| lang.pick(day(at, lang), format!(" {}", day(at, lang))));
    let days = problem
        .days()
        .map_or(String::new(), |days| lang.pick(format!("，历时{days}天"), format!(", after {days} days")));
    vec![
        (number + 1).to_string(),
        division.unit(problem.unit).name.clone(),
        format!("{task}{}", problem.text),
        day(problem.opened, lang),
        format!("{}{due}", problem.remedy),
        problem.state.clone(),
        problem.evidence.clone(),
        format!("{}{closed}{days}", standing.word(lang)),
        String::new(),
    ]
}
