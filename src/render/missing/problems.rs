//! 问题清单: every finding with its file, sheet and cell.

use std::sync::Arc;

use anyhow::Result;

use super::changes;
use super::sheets::{MOST_ROWS, SHEETS};
use crate::basis::Lang;
use crate::basis::finding::Severity;
use crate::outcome::{Issue, Outcome};
use crate::render::RenderInput;
use crate::render::workbook::{Body, Book, Cell, Column, Page, Rows, Shape, Size, Table, Tone, continued};

pub(super) fn write<'a>(book: &mut Book, from: RenderInput<'a>) -> Result<Vec<Body<'a>>> {
    let outcome = from.outcome;
    let issues = &outcome.issues;
    let mut columns = vec![
        Column::new("序号", Shape::Number, 6.0, 8.0),
        Column::center("级别", 8.0),
        Column::center("问题代码", 10.0),
        Column::center("责任单位", 20.0),
        Column::center("任务编号", 14.0),
        Column::new("文件", Shape::Text, 20.0, 32.0),
        Column::center("工作表", 16.0),
        Column::center("单元格", 12.0),
        Column::new("说明", Shape::Text, 24.0, 44.0),
        Column::new("现值", Shape::Text, 10.0, 24.0),
        Column::new("应为", Shape::Text, 10.0, 24.0),
        Column::new("建议", Shape::Text, 20.0, 36.0),
        Column::new("单位说明", Shape::Text, 10.0, 30.0),
    ];
    let since = Arc::new(changes::words(outcome));
    let set_aside = issues.iter().filter(|issue| !issue.counts()).count();
    if set_aside > 0 {
        columns.push(Column::new("认定", Shape::Text, 16.0, 30.0));
    }
    if !since.is_empty() {
        columns.push(Column::center("变化", 14.0));
    }
    let mut tables = Vec::new();
    for number in 0..issues.len().div_ceil(MOST_ROWS).max(1) {
        let first = number * MOST_ROWS;
        let part = &issues[first..issues.len().min(first + MOST_ROWS)];
        let mut sheet = book.sheet(&continued(SHEETS[4], number), Size::of(part.len()), Page::A3)?;
        let count = |severity| issues.iter().filter(|issue| issue.severity == severity && issue.counts()).count();
        let answered = issues.iter().filter(|issue| issue.answer.is_some()).count();
        let lang = outcome.settings.lang;
        let told = [
            (Severity::Error, "强制性问题", "必须改正", "errors to correct"),
            (Severity::Warning, "核实性问题", "改正或说明理由", "warnings to correct or explain"),
            (Severity::Info, "提示", "供参考", "hints"),
        ];
        let told = told.iter().map(|(severity, zh, asks, en)| (severity, count(*severity), zh, asks, en));
        let one = |(severity, count, zh, asks, en): (&Severity, usize, &&str, &&str, &&str)| {
            let explained = *severity == Severity::Warning && answered > 0;
            match (explained, lang) {
                (true, Lang::Zh) => format!("{zh}{count}条（{asks}，已说明{answered}条）"),
                (true, Lang::En) => format!("{count} {en} ({answered} explained)"),
                (false, Lang::Zh) => format!("{zh}{count}条（{asks}）"),
                (false, Lang::En) => format!("{count} {en}"),
            }
        };
        let told = told.filter(|(_, count, ..)| *count > 0).map(one);
        let aside = || lang.pick(format!("经人工认定不再计{set_aside}条"), format!("{set_aside} set aside by rulings"));
        let told: Vec<String> = told.chain((set_aside > 0).then(aside)).collect();
        let note = match issues.len() {
            0 => lang.pick("没有发现问题。", "Nothing was found.").to_owned(),
            all => lang
                .pick(format!("共{all}条，其中{}。", told.join("，")), format!("{all} findings: {}.", told.join(", "))),
        };
        let since = Arc::clone(&since);
        let row = move |(at, issue): (usize, &'_ Issue)| {
            let mut cells = cells(outcome, first + at, issue);
            if set_aside > 0 {
                cells.push(Cell::text(outcome.ruled(issue)));
            }
            cells.extend(since.get(first + at).map(|words| Cell::text(words.clone())));
            cells
        };
        let sample = part.iter().take(400).enumerate().map(&row);
        let table = Table::titled(&mut sheet, "问题清单", &[&note], &columns, sample)?;
        let write = move |rows: &mut Rows<'_>| part.iter().enumerate().try_for_each(|issue| rows.row(&row(issue)));
        tables.push(table.later(part.len(), 3, write)?.0);
    }
    Ok(tables)
}

fn cells(outcome: &Outcome, number: usize, issue: &Issue) -> Vec<Cell<'static>> {
    let (finding, lang) = (&issue.finding, outcome.settings.lang);
    let tone = match issue.severity {
        _ if issue.answer.is_some() || !issue.counts() => Tone::Mute,
        Severity::Error => Tone::Bad,
        Severity::Warning => Tone::Warn,
        Severity::Info => Tone::Mute,
    };
    let name = outcome.name(finding.place);
    vec![
        Cell::number(number as f64 + 1.0),
        Cell::text(issue.severity.word(lang)).tone(tone),
        Cell::text(finding.kind.code),
        Cell::text(finding.unit.map_or(String::new(), |unit| outcome.division.unit(unit).name.clone())),
        Cell::text(finding.task.map_or(String::new(), |task| outcome.division.task(task).code.clone())),
        Cell::text(name.file.into_owned()),
        Cell::text(name.sheet.unwrap_or_default().to_owned()),
        Cell::text(name.cell.unwrap_or_default()),
        Cell::text(outcome.message(issue)),
        Cell::text(finding.seen.clone().unwrap_or_default()),
        Cell::text(finding.expected.as_ref().map_or("", |fact| fact.in_lang(lang)).to_owned()),
        Cell::text(outcome.advice(issue)),
        Cell::text(issue.explained(lang).unwrap_or_default()),
    ]
}
