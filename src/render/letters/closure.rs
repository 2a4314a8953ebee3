//! 整改销号.docx: the problems that stand and those that were closed, to print and sign; only where there are any.

use anyhow::Result;
use chrono::NaiveDate;

use super::work_name;
use crate::basis::Lang;
use crate::basis::calendar::format::moment_words;
use crate::obligation::Problem;
use crate::outcome::Outcome;
use crate::outcome::closure::{Standing, closure};
use crate::render::docx::{Letter, Line};
use crate::render::{Output, RenderInput, Shelf};

/// The most problems listed; the others stand in the workbook.
const MOST: usize = 500;

/// The line below the list for those who answer for it.
const SIGNED: (&str, &str) =
    ("填表人：　　　　　　　审核人：　　　　　　　日期：", "Prepared by:            Checked by:            Date:");

/// The output.
pub struct Closure;

impl Output for Closure {
    fn render(&self, from: RenderInput<'_>, to: &dyn Shelf) -> Result<()> {
        let problems = closure(from.outcome);
        if problems.is_empty() {
            return Ok(());
        }
        to.put_bytes("整改销号.docx", &write(from.outcome, &problems)?)
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
    letter.table(&[6, 12, 19, 11, 16, 12, 11, 13, 10], &heading, &rows);
    if let Some(rest) = problems.len().checked_sub(MOST).filter(|rest| *rest > 0) {
        letter.line(
            Line::Small,
            &lang.pick(
                format!("其余{rest}条见缺项报告“整改销号”工作表。"),
                format!("{rest} more stand in the sheet Closure of 缺项报告.xlsx."),
            ),
        );
    }
    letter.line(Line::Small, lang.pick(SIGNED.0, SIGNED.1));
    letter.finish()
}

/// A day with its year: problems stand for long.
fn in_words(day: NaiveDate, lang: Lang) -> String {
    lang.pick(day.format("%Y年%-m月%-d日"), day.format("%Y-%m-%d")).to_string()
}

fn row(outcome: &Outcome, number: usize, (problem, standing): (&Problem, Standing), lang: Lang) -> Vec<String> {
    let division = &outcome.division;
    let task = problem.task.map_or(String::new(), |task| format!("{} ", division.task(task).code));
    // a cell that holds a day says it in digits; words such as 9月底前 stay as they are
    let due = problem.due_text.parse().map_or_else(|_| problem.due_text.clone(), |day| in_words(day, lang));
    let due = if due.is_empty() { due } else { lang.pick(format!("（时限{due}）"), format!(" (due {due})")) };
    let said = [
        problem.closed.map(|day| in_words(day, lang)),
        problem.days().map(|days| lang.pick(format!("历时{days}天"), format!("after {days} days"))),
        problem.back.map(|day| match (standing, in_words(day, lang)) {
            (Standing::Back, day) => day,
            (_, day) => lang.pick(format!("曾于{day}再次出现"), format!("came back on {day}")),
        }),
    ];
    let said: Vec<String> = said.into_iter().flatten().collect();
    let closed = match (standing.word(lang), said.join(lang.pick("，", ", "))) {
        (word, said) if said.is_empty() => word.to_owned(),
        (word, said) => lang.pick(format!("{word}（{said}）"), format!("{word} ({said})")),
    };
    vec![
        (number + 1).to_string(),
        division.unit(problem.unit).name.clone(),
        format!("{task}{}", problem.text),
        in_words(problem.opened, lang),
        format!("{}{due}", problem.remedy),
        problem.state.clone(),
        problem.evidence.clone(),
        closed,
        String::new(),
    ]
}
