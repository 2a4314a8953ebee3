//! What changed since the run before: the counts for 概况, and the words for each finding.

use anyhow::Result;

use super::sheets::WIDE;
use crate::basis::Lang;
use crate::basis::calendar::format::label_words;
use crate::outcome::{Changes, Outcome};
use crate::render::workbook::{Shape, Sheet, Tone};

/// Of what is gone so many are named.
const NAMED: usize = 30;

/// Writes what changed; returns the row below it.
pub(super) fn write(sheet: &mut Sheet<'_>, mut row: u32, outcome: &Outcome, changes: &Changes) -> Result<u32> {
    let day = changes.day.format("%Y年%-m月%-d日");
    let than = if changes.window == outcome.window.label() {
        day.to_string()
    } else {
        format!("{}（{day}统计）", label_words(&changes.window, Lang::Zh))
    };
    let counted = [
        ("新增问题", changes.new.len()),
        ("仍未消除", changes.standing.len()),
        ("已消除", changes.gone.len()),
        ("再次出现", changes.back.len()),
    ];
    let counted: Vec<String> =
        counted.iter().filter(|(_, count)| *count > 0).map(|(name, count)| format!("{name}{count}条")).collect();
    let words = if counted.is_empty() { "没有变化".to_owned() } else { counted.join("，") };
    let mut lines = vec![format!("与{than}相比：{words}。")];
    let gone = changes.gone.iter().take(NAMED);
    lines.extend(gone.map(|one| format!("已消除：{} {}", one.code, one.message)));
    if let Some(rest) = changes.gone.len().checked_sub(NAMED).filter(|rest| *rest > 0) {
        lines.push(format!("已消除的另有{rest}条，见运行记录.log。"));
    }
    for line in lines {
        sheet.lines(row, line.chars().count().div_ceil(44).max(1))?;
        sheet.across(row, 0, WIDE, &line, Shape::Line, Tone::Plain)?;
        row += 1;
    }
    Ok(row)
}

/// For each finding since when it stands: 新增, 再次出现, or the day. Nothing where no run was before.
pub(super) fn words(outcome: &Outcome) -> Vec<String> {
    let Some(changes) = &outcome.changes else { return Vec::new() };
    let since = |at: usize| {
        let stands = outcome.issues[at].stands.map(|chain| chain.since);
        stands.map_or("仍未消除".to_owned(), |day| format!("{day} 起"))
    };
    let mut words: Vec<String> = vec![String::new(); outcome.issues.len()];
    let named = changes.new.iter().map(|at| (*at, "新增".to_owned()));
    let named = named.chain(changes.back.iter().map(|at| (*at, "再次出现".to_owned())));
    for (at, word) in named.chain(changes.standing.iter().map(|at| (*at, since(*at)))) {
        words[at] = word;
    }
    words
}
