//! 工作报告.docx: the results of the window, made only of counts and quotations from records.

use std::collections::BTreeMap;

use anyhow::Result;

use crate::basis::{Lang, TaskId};
use crate::check::support::phrase::clip;
use crate::division::fields;
use crate::ledger::Status;
use crate::obligation::{Coverage, RecordRef};
use crate::outcome::figures::percent;
use crate::outcome::gaps::day_time;
use crate::outcome::merge::Line as Merged;
use crate::outcome::{Outcome, labels};
use crate::render::docx::{Letter, Line};
use crate::render::{Output, RenderInput, Rendered};

/// The most records of a task quoted; the others are only counted.
const QUOTED: usize = 8;
/// The most characters quoted of a record.
const LENGTH: usize = 120;

/// The output.
pub struct WorkReport;

impl Output for WorkReport {
    fn render(&self, from: RenderInput<'_>) -> Result<Vec<Rendered>> {
        Ok(vec![Rendered::new("工作报告.docx", write(from)?)])
    }
}

fn write(from: RenderInput<'_>) -> Result<Vec<u8>> {
    let (outcome, figures) = (from.outcome, from.figures);
    let window = &outcome.window;
    let mut letter = Letter::new(&outcome.settings, outcome.as_of);
    let base = outcome.settings.title.trim_end_matches("工作台账").trim_end_matches("台账");
    letter.line(Line::Title, &format!("{base}工作报告"));
    letter.line(Line::Centre, &format!("（{}，{} 至 {}）", window.label(), window.start, window.end));
    letter.gap();

    let c = &outcome.coverage;
    let tally = &outcome.tally;
    letter.line(Line::Heading, "一、总体情况");
    letter.line(
        Line::Body,
        &format!(
            "本期任务{}项，涉及责任单位{}个，应报{}项，实报{}项，上报率{}（{}÷{}），及时率{}（{}÷{}）。截至{}，收到文件{}个，汇总记录{}条，另有{}条未归入任务。",
            outcome.division.tasks.len(),
            figures.matrix.units.len(),
            c.expected(),
            c.actual(),
            percent(c.actual(), c.base()),
            c.actual(),
            c.base(),
            percent(c.timely(), c.base()),
            c.timely(),
            c.base(),
            day_time(outcome.as_of),
            tally.files,
            tally.rows_merged,
            tally.rows_unmatched,
        ),
    );
    let rows: Vec<Vec<String>> = figures
        .categories
        .iter()
        .map(|group| {
            let c = &group.coverage;
            let name = if group.key.is_empty() { "（未分类）".to_owned() } else { group.key.clone() };
            let gaps = c.missing + c.blank + c.unusable;
            [name]
                .into_iter()
                .chain([c.expected(), c.actual(), c.late, gaps].map(|n| n.to_string()))
                .chain([percent(c.actual(), c.base())])
                .collect()
        })
        .collect();
    letter.table(&[40, 12, 12, 12, 12, 12], &["任务类别", "应报", "实报", "迟报", "缺项", "上报率"], &rows);

    letter.line(Line::Heading, "二、工作开展情况");
    let mut by_task: BTreeMap<TaskId, Vec<RecordRef>> = BTreeMap::new();
    for line in &outcome.consolidated.lines {
        if let Merged::Record { task, record, .. } = line {
            by_task.entry(*task).or_default().push(*record);
        }
    }
    let mut numbered = 0;
    for group in &figures.categories {
        let tasks: Vec<(&TaskId, &Vec<RecordRef>)> =
            by_task.iter().filter(|(task, _)| outcome.division.task(**task).category == group.key).collect();
        if tasks.is_empty() {
            continue;
        }
        numbered += 1;
        let name = if group.key.is_empty() { "未分类任务" } else { &group.key };
        let records: Vec<RecordRef> = tasks.iter().flat_map(|(_, records)| records.iter().copied()).collect();
        // a category with a number of its own gets no other
        let has_number = name.starts_with(|c: char| c.is_numeric() || "（(一二三四五六七八九十ⅠⅡⅢⅣⅤ".contains(c));
        let number = if has_number { String::new() } else { format!("（{numbered}）") };
        letter.line(Line::Body, &format!("{number}{name}。{}", totals(outcome, &records)));
        for (id, records) in tasks {
            let task = outcome.division.task(*id);
            letter.line(
                Line::Body,
                &format!("{} {}：{}", task.code, clip(&task.text.value, 60), deeds(outcome, records)),
            );
        }
    }
    if numbered == 0 {
        letter.line(Line::Body, "本期没有汇总到记录。");
    }

    letter.line(Line::Heading, "三、存在的问题和缺项");
    problems(&mut letter, outcome, &by_task);
    missing(&mut letter, from, c);

    letter.line(Line::Heading, "四、后续事项");
    follow_up(&mut letter, outcome, &by_task);
    letter.gap();
    letter.line(Line::Right, &outcome.as_of.format("%Y年%-m月%-d日").to_string());
    letter.line(
        Line::Small,
        "本报告由汇总台账的记录和统计数自动生成，引用内容为各单位填报原文；明细见“汇总台账.xlsx”“缺项报告.xlsx”。",
    );
    letter.finish()
}

/// The number of records, their states, and the sums of their numbers.
fn totals(outcome: &Outcome, records: &[RecordRef]) -> String {
    let mut states: BTreeMap<Status, usize> = BTreeMap::new();
    let mut sums: BTreeMap<u16, (f64, usize)> = BTreeMap::new();
    for at in records {
        let entry = outcome.entry(*at);
        if let Some(status) = entry.status() {
            *states.entry(status).or_default() += 1;
        }
        for field in [fields::TIMES, fields::PEOPLE, fields::HOURS] {
            if let Some(number) = entry.value(field).number() {
                let sum = sums.entry(field.0).or_default();
                *sum = (sum.0 + number, sum.1 + 1);
            }
        }
    }
    let mut told = vec![format!("共{}条记录", records.len())];
    if !states.is_empty() {
        let parts: Vec<String> =
            states.iter().map(|(status, count)| format!("{}{count}条", labels::status(*status, Lang::Zh))).collect();
        told.push(format!("其中{}", parts.join("、")));
    }
    for (field, (sum, count)) in sums {
        let name = &outcome.division.fields.spec(crate::table::FieldId(field)).name;
        let sum = (sum * 100.0).round() / 100.0;
        told.push(format!("{name}合计{sum}（{count}条填写）"));
    }
    format!("{}。", told.join("，"))
}

/// Quotations of what the units did.
fn deeds(outcome: &Outcome, records: &[RecordRef]) -> String {
    let quote = |at: &RecordRef| {
        let entry = outcome.entry(*at);
        let unit = entry.record.unit.map_or("单位不明", |unit| outcome.division.unit(unit).name.as_str());
        let state = match entry.status() {
            Some(known) => labels::status(known, Lang::Zh).to_owned(),
            None => clip(entry.text(fields::STATUS), 20).into_owned(),
        };
        let done = clip(entry.text(fields::PROGRESS), LENGTH).into_owned();
        let told: Vec<String> = [state, done].into_iter().filter(|text| !text.is_empty()).collect();
        if told.is_empty() { format!("{unit}已报送") } else { format!("{unit}{}", told.join("，")) }
    };
    let mut told: Vec<String> = records.iter().take(QUOTED).map(quote).collect();
    // quote the same text of a unit once
    told.dedup();
    let rest = records.len().saturating_sub(QUOTED);
    let mut text = told.join("；");
    if rest > 0 {
        text = format!("{text}；另有{rest}条，见汇总台账");
    }
    format!("{text}。")
}

/// Writes the problems of the units with their remedies.
fn problems(letter: &mut Letter, outcome: &Outcome, by_task: &BTreeMap<TaskId, Vec<RecordRef>>) {
    let nothing = |text: &str| text.is_empty() || matches!(text, "无" | "/" | "—" | "-" | "没有" | "暂无");
    let mut rows = Vec::new();
    for (task, records) in by_task {
        for at in records {
            let entry = outcome.entry(*at);
            let problem = entry.text(fields::PROBLEM);
            if nothing(problem) {
                continue;
            }
            rows.push(vec![
                outcome.division.task(*task).code.clone(),
                entry.record.unit.map_or(String::new(), |unit| outcome.division.unit(unit).name.clone()),
                clip(problem, LENGTH).into_owned(),
                clip(entry.text(fields::REMEDY), LENGTH).into_owned(),
                clip(entry.text(fields::REMEDY_DUE), 20).into_owned(),
            ]);
        }
    }
    if rows.is_empty() {
        letter.line(Line::Body, "各单位填报的记录中没有写明存在问题。");
        return;
    }
    letter.line(Line::Body, &format!("各单位填报存在问题{}条：", rows.len()));
    let rest = rows.len().saturating_sub(40);
    rows.truncate(40);
    letter.table(&[12, 18, 32, 24, 14], &["任务编号", "单位", "存在问题", "整改措施", "整改时限"], &rows);
    if rest > 0 {
        letter.line(Line::Small, &format!("另有{rest}条，见汇总台账。"));
    }
}

/// Writes what is missing, unit by unit.
fn missing(letter: &mut Letter, from: RenderInput<'_>, c: &Coverage) {
    let outcome = from.outcome;
    let gaps = c.missing + c.blank + c.unusable;
    if gaps == 0 {
        letter.line(Line::Body, "应报事项没有缺报。");
        return;
    }
    let mut by_unit: BTreeMap<_, Vec<&str>> = BTreeMap::new();
    for gap in from.figures.gaps.iter().filter(|gap| gap.kind.is_told_by_item()) {
        if let (Some(unit), Some(task)) = (gap.unit, gap.task) {
            by_unit.entry(unit).or_default().push(&outcome.division.task(task).code);
        }
    }
    let told: Vec<String> = by_unit
        .iter()
        .take(40)
        .map(|(unit, codes)| format!("{}{}项（{}）", outcome.division.unit(*unit).name, codes.len(), codes.join("、")))
        .collect();
    let parts = format!("缺报{}项、空表{}项、不可用{}项", c.missing, c.blank, c.unusable);
    let list = if told.is_empty() { String::new() } else { format!("其中：{}。", told.join("；")) };
    letter.line(Line::Body, &format!("未收到有效材料的应报事项{gaps}项（{parts}）。{list}"));
}

/// Writes what is still open: tasks in progress or not started, with their deadlines.
fn follow_up(letter: &mut Letter, outcome: &Outcome, by_task: &BTreeMap<TaskId, Vec<RecordRef>>) {
    let mut rows = Vec::new();
    for (task, records) in by_task {
        for at in records {
            let entry = outcome.entry(*at);
            let Some(status @ (Status::InProgress | Status::NotStarted | Status::Disputed)) = entry.status() else {
                continue;
            };
            let task = outcome.division.task(*task);
            rows.push(vec![
                task.code.clone(),
                clip(&task.text.value, 40).into_owned(),
                entry.record.unit.map_or(String::new(), |unit| outcome.division.unit(unit).name.clone()),
                labels::status(status, Lang::Zh).to_owned(),
                task.deadline_text.clone(),
            ]);
        }
    }
    if rows.is_empty() {
        letter.line(Line::Body, "填报的记录中没有推进中、未开始或有异议的事项。");
        return;
    }
    letter.line(Line::Body, &format!("以下{}条记录尚未完成，按任务分工的时限继续办理：", rows.len()));
    let rest = rows.len().saturating_sub(60);
    rows.truncate(60);
    letter.table(&[12, 44, 18, 12, 14], &["任务编号", "工作任务", "单位", "状态", "完成时限"], &rows);
    if rest > 0 {
        letter.line(Line::Small, &format!("另有{rest}条，见汇总台账。"));
    }
}
