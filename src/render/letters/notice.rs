//! 通知/<单位>.docx: what a unit has not submitted. A reminder before the due time, a demand (催报) after it, a
//! rectification notice (整改) when an item stays open for more than a window.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::Result;
use chrono::{Datelike, Days, NaiveDateTime, Timelike};

use super::to_do;
use crate::basis::scope::GapKind;
use crate::basis::{Lang, UnitId};
use crate::division::Task;
use crate::obligation::{Coverage, Obligation, State};
use crate::outcome::gaps::day_time;
use crate::outcome::{Gap, Outcome};
use crate::render::docx::{Letter, Line};
use crate::render::file_names::FileNames;
use crate::render::{Output, RenderInput, Rendered, each};

/// The most rows of a table in a notice; it refers to the report for the rest.
const MOST_ROWS: usize = 200;
/// The most tasks that one row of it names.
const MOST_TASKS: usize = 20;

/// The output.
pub struct Notices;

/// The step of a notice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Step {
    /// Before the due time.
    Remind,
    /// After it.
    Call,
    /// When an item stays open for more than a window.
    Rectify,
}

impl Step {
    /// The word used in titles and document marks.
    pub fn word(self) -> &'static str {
        match self {
            Step::Remind => "提醒",
            Step::Call => "催报",
            Step::Rectify => "整改",
        }
    }
}

impl Output for Notices {
    fn render(&self, from: RenderInput<'_>) -> Result<Vec<Rendered>> {
        let outcome = from.outcome;
        let mut names = FileNames::default();
        let mut owing: BTreeMap<UnitId, (Vec<&Gap>, Vec<&Obligation>)> = BTreeMap::new();
        // the unit cannot correct what this machine could not read (W903)
        for gap in from.figures.gaps.iter().filter(|gap| gap.kind != GapKind::OutOfReach) {
            if let Some(unit) = gap.unit {
                owing.entry(unit).or_default().0.push(gap);
            }
        }
        for obligation in outcome.obligations.all.iter().filter(|obligation| is_soon(outcome, obligation)) {
            owing.entry(obligation.unit).or_default().1.push(obligation);
        }
        let sent = |gaps: &[&Gap]| outcome.settings.remind || step(outcome, gaps) != Step::Remind;
        let numbered = owing.iter().filter(|(_, (gaps, _))| sent(gaps)).enumerate();
        let numbered: Vec<_> = numbered
            .map(|(at, (unit, (gaps, soon)))| {
                (at + 1, *unit, gaps, soon, names.give(&outcome.division.unit(*unit).name))
            })
            .collect();
        each(&numbered, |(number, unit, gaps, soon, name)| {
            let bytes = write(from, *unit, gaps, soon, *number)?;
            Ok(Rendered::new(format!("通知/{name}.docx"), bytes))
        })
    }
}

/// How many rows a table leaves out; none where it lists all.
fn beyond(rows: usize) -> Option<usize> {
    rows.checked_sub(MOST_ROWS).filter(|rest| *rest > 0)
}

/// Whether a report is due within `due_soon` days.
fn is_soon(outcome: &Outcome, obligation: &Obligation) -> bool {
    let days = (obligation.due.date() - outcome.as_of.date()).num_days();
    obligation.state == State::NotDue && obligation.records.is_empty() && days <= i64::from(outcome.settings.due_soon)
}

/// The step for a unit, by its worst item.
fn step(outcome: &Outcome, gaps: &[&Gap]) -> Step {
    let over = outcome.settings.rectify_windows;
    let stands = |gap: &&Gap| {
        let chain = gap.issue.and_then(|at| outcome.issues.get(at)).and_then(|issue| issue.stands);
        over > 0 && !gap.kind.is_reminder() && chain.is_some_and(|chain| chain.windows >= over)
    };
    if gaps.iter().any(stands) {
        Step::Rectify
    } else if gaps.iter().any(|gap| !gap.kind.is_reminder()) {
        Step::Call
    } else {
        Step::Remind
    }
}

fn write(from: RenderInput<'_>, unit: UnitId, gaps: &[&Gap], soon: &[&Obligation], number: usize) -> Result<Vec<u8>> {
    let outcome = from.outcome;
    let division = &outcome.division;
    let (known, window) = (division.unit(unit), &outcome.window);
    let step = step(outcome, gaps);
    let (year, label) = (window.start.year(), window.label());
    let turn = label.strip_prefix(&format!("{year}-")).map_or(String::new(), |turn| format!("{turn}-"));
    let number = format!("{}〔{year}〕{turn}{number:02}号", step.word());
    let matter = outcome.settings.title.as_str();
    let mut letter = Letter::new(&outcome.settings, outcome.as_of);
    letter.line(Line::Right, &format!("编号：{number}"));
    let title = match step {
        Step::Remind => format!("关于按时报送{}工作台账的提醒", window.words(Lang::Zh)),
        Step::Call if !gaps.iter().any(|gap| gap.kind.is_missing()) => {
            format!("关于补正{}工作台账的通知", window.words(Lang::Zh))
        }
        Step::Call => format!("关于补报{}工作台账的催报通知", window.words(Lang::Zh)),
        Step::Rectify => format!("关于{}工作台账缺项的整改通知", window.words(Lang::Zh)),
    };
    letter.line(Line::Title, &title);
    letter.line(Line::Left, &format!("{}：", known.name));
    let mine: Vec<&Obligation> = outcome.obligations.all.iter().filter(|obligation| obligation.unit == unit).collect();
    let c = Coverage::of(mine.iter().copied());
    let to_do = to_do::of(outcome, unit, gaps, soon, answer_by(outcome));
    letter.line(
        Line::Body,
        &format!(
            "根据《{matter}》任务分工，{}（{}至{}）工作台账应于{}前报送。截至{}，你单位应报{}项，实报{}项{}。现将有关事项通知如下。",
            window.words(Lang::Zh),
            day(window.start),
            day(window.end),
            day_time(outcome.due),
            day_time(outcome.as_of),
            c.expected(),
            c.actual(),
            match to_do.len() {
                0 => String::new(),
                count => format!("，有{count}件事需要办理"),
            },
        ),
    );
    let mut headings = ["一", "二", "三", "四"].into_iter();
    let mut heading = |words: &str| format!("{}、{words}", headings.next().unwrap_or_default());
    if !to_do.is_empty() {
        letter.line(Line::Heading, &heading("请办理以下事项"));
        for line in to_do::lines(&to_do) {
            letter.line(Line::Body, &line);
        }
    }
    if !gaps.is_empty() {
        letter.line(Line::Heading, &heading("缺什么，为什么算缺"));
        let causes = to_do::rows(outcome, gaps);
        let rows: Vec<Vec<String>> =
            causes.iter().take(MOST_ROWS).enumerate().map(|(at, row)| gap_row(outcome, at, row)).collect();
        letter.table(&[7, 20, 12, 32, 13, 16], &["序号", "任务", "缺项类型", "情况和依据", "牵头领导", "时限"], &rows);
        if let Some(rest) = beyond(causes.len()) {
            letter.line(
                Line::Small,
                &format!("其余{rest}条未逐条列出，见《缺项报告》“缺项清单”（筛选责任单位），可向发文单位索取。"),
            );
        }
    }
    if !soon.is_empty() {
        letter.line(Line::Heading, &heading("即将到期"));
        let rows: Vec<Vec<String>> = soon
            .iter()
            .take(MOST_ROWS)
            .enumerate()
            .map(|(at, obligation)| {
                let task = division.task(obligation.task);
                vec![
                    (at + 1).to_string(),
                    format!("{} {}", task.code, task.text.value),
                    obligation.period.words(Lang::Zh),
                    task.evidence.join("、"),
                    day_time(obligation.due),
                ]
            })
            .collect();
        letter.table(&[6, 38, 14, 24, 18], &["序号", "任务", "报告期", "应附材料", "截止时间"], &rows);
        if let Some(rest) = beyond(soon.len()) {
            letter.line(Line::Small, &format!("其余{rest}项未逐项列出，见《缺项报告》“任务×单位”，可向发文单位索取。"));
        }
    }
    letter.line(Line::Heading, &heading("办理要求"));
    let requirements = requirements(outcome, step, gaps);
    for (at, text) in requirements.iter().enumerate() {
        letter.line(Line::Body, &format!("{}. {text}", at + 1));
    }
    // keep the signature with the text, and the receipt on one page
    letter.keep();
    letter.line(Line::Body, "联系人：＿＿＿＿＿＿　　联系电话：＿＿＿＿＿＿＿＿");
    letter.gap();
    letter.line(Line::Right, "（发文单位盖章）");
    letter.line(Line::Right, &day(outcome.as_of.date()));
    letter.cut_line();
    letter.line(Line::Centre, "回　执");
    let contact = |text: &str| if text.is_empty() { "＿＿＿＿".to_owned() } else { text.to_owned() };
    let rows = vec![
        vec!["承办单位".to_owned(), known.name.clone(), "通知编号".to_owned(), number],
        vec!["责任人".to_owned(), contact(&known.contact), "联系电话".to_owned(), contact(&known.phone)],
        vec!["收到时间".to_owned(), String::new(), "办结时间".to_owned(), String::new()],
        vec!["办理情况".to_owned(), "\n\n".to_owned(), "需要说明的事项".to_owned(), String::new()],
        vec!["负责人签字".to_owned(), "\n".to_owned(), "单位盖章".to_owned(), String::new()],
    ];
    letter.table(&[16, 34, 16, 34], &[], &rows);
    letter.finish()
}

/// A row of the table, with the rows of the division that demand its items.
fn gap_row(outcome: &Outcome, at: usize, row: &to_do::Row<'_>) -> Vec<String> {
    let Some(&first) = row.gaps.first() else { return Vec::new() };
    let tasks: Vec<&Task> = row.gaps.iter().filter_map(|gap| gap.task).map(|id| outcome.division.task(id)).collect();
    let told = row.file.clone().unwrap_or_else(|| {
        let owed = if first.kind.is_missing() { evidence_owed(&tasks) } else { String::new() };
        let told = [first.message.clone(), owed, demanded(outcome, &tasks)];
        told.into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>().join("\n")
    });
    let period = first.period.as_ref().map(|label| format!("（{label}）")).unwrap_or_default();
    let mut named: Vec<String> =
        tasks.iter().take(MOST_TASKS).map(|task| format!("{} {}", task.code, task.text.value)).collect();
    if tasks.len() > MOST_TASKS {
        named.push(format!("等{}项", tasks.len()));
    }
    let mut leaders: Vec<&str> = Vec::new();
    for leader in tasks.iter().flat_map(|task| &task.leaders) {
        if !leaders.contains(&leader.as_str()) {
            leaders.push(leader);
        }
    }
    vec![
        (at + 1).to_string(),
        named.join("\n"),
        format!("{}{period}", first.title),
        told,
        leaders.join("、"),
        first.due.clone(),
    ]
}

/// The evidence that goes with reports on these tasks: once where it is the same for all.
fn evidence_owed(tasks: &[&Task]) -> String {
    let owing: Vec<&&Task> = tasks.iter().filter(|task| !task.evidence.is_empty()).collect();
    match owing.as_slice() {
        [] => String::new(),
        [first, rest @ ..] if owing.len() == tasks.len() && rest.iter().all(|task| task.evidence == first.evidence) => {
            format!("应附：{}", first.evidence.join("、"))
        }
        _ => {
            let each = owing.iter().take(MOST_TASKS).map(|task| format!("{} {}", task.code, task.evidence.join("、")));
            format!("应附：{}", each.collect::<Vec<_>>().join("；"))
        }
    }
}

/// Where the division demands these tasks: 依据：任务分工“任务分工”第2至11行.
fn demanded(outcome: &Outcome, tasks: &[&Task]) -> String {
    let mut sheets: BTreeMap<&str, BTreeSet<u32>> = BTreeMap::new();
    for task in tasks {
        let row = task.place.area.map(|area| area.top + 1);
        sheets.entry(outcome.name(task.place).sheet.unwrap_or_default()).or_default().extend(row);
    }
    let told = sheets.into_iter().map(|(sheet, rows)| {
        let rows: Vec<u32> = rows.into_iter().collect();
        let runs = rows.chunk_by(|a, b| a + 1 == *b).map(|run| match run {
            [first, .., last] => format!("{first}至{last}"),
            _ => run.iter().map(u32::to_string).collect(),
        });
        format!("依据：任务分工“{sheet}”第{}行", runs.collect::<Vec<_>>().join("、"))
    });
    told.collect::<Vec<_>>().join("\n")
}

/// What the unit is asked to do, and by when.
fn requirements(outcome: &Outcome, step: Step, gaps: &[&Gap]) -> Vec<String> {
    let by = day_time(answer_by(outcome));
    let mut told = match step {
        Step::Remind => vec!["请在截止时间前报送工作台账及佐证材料；本期没有工作的，报送零报告。".to_owned()],
        Step::Call if !gaps.iter().any(|gap| gap.kind.is_missing()) => {
            vec![format!("请于{by}前补正并重新报送；情况不实或有异议的，写明理由。")]
        }
        Step::Call => vec![format!("请于{by}前补报。确实没有工作的，报送零报告；不属于本单位职责的，写明理由。")],
        Step::Rectify => vec![
            format!("以上事项已跨报告期未办结，请于{by}前完成整改并书面说明原因和责任人。"),
            "不能按时完成的，应在到期前说明理由和新的完成时间。".to_owned(),
        ],
    };
    told.push("沿用原表格式，任务编号照任务分工填写，办结后将回执一并送回。".to_owned());
    told
}

/// When a notice must be answered: after `due_soon` days, at the clock time of reports.
fn answer_by(outcome: &Outcome) -> NaiveDateTime {
    let days = Days::new(u64::from(outcome.settings.due_soon.max(1)));
    let date = outcome.as_of.date();
    date.checked_add_days(days)
        .unwrap_or(date)
        .and_time(outcome.due.time().with_second(0).unwrap_or(outcome.due.time()))
}

/// A day in a letter: 2014年9月5日.
fn day(date: chrono::NaiveDate) -> String {
    date.format("%Y年%-m月%-d日").to_string()
}
