//! What changed since the run before: the counts for 概况, and the words for each finding.

use anyhow::Result;

use super::sheets::WIDE;
use crate::basis::calendar::format::{label_words, moment_words};
use crate::basis::calendar::window::end_of;
use crate::outcome::{Changes, Outcome};
use crate::render::workbook::{Shape, Sheet, Tone};

/// Of what is gone so many are named.
const NAMED: usize = 30;

/// Writes what changed; returns the row below it.
pub(super) fn write(sheet: &mut Sheet<'_>, mut row: u32, outcome: &Outcome, changes: &Changes) -> Result<u32> {
    let lang = outcome.settings.lang;
    let day = moment_words(end_of(changes.day), lang);
    let than = if changes.window == outcome.window.label() {
        day.clone()
    } else {
        let window = label_words(&changes.window, lang);
        lang.pick(format!("{window}（{day}统计）"), format!("{window} (as of {day})"))
    };
    let counted = [
        ("新增问题", "new", changes.new.len()),
        ("仍未消除", "still open", changes.standing.len()),
        ("已消除", "gone", changes.gone.len()),
        ("再次出现", "come back", changes.back.len()),
    ];
    let one = |(zh, en, count): &(&str, &str, usize)| lang.pick(format!("{zh}{count}条"), format!("{count} {en}"));
    let counted: Vec<String> = counted.iter().filter(|(.., count)| *count > 0).map(one).collect();
    let words = if counted.is_empty() {
        lang.pick("没有变化", "nothing changed").to_owned()
    } else {
        counted.join(lang.pick("，", ", "))
    };
    let mut lines = vec![lang.pick(format!("与{than}相比：{words}。"), format!("Compared with {than}: {words}."))];
    let gone = changes.gone.iter().take(NAMED);
    lines.extend(gone.map(|one| format!("{}{} {}", lang.pick("已消除：", "gone: "), one.code, one.message(lang))));
    if let Some(rest) = changes.gone.len().checked_sub(NAMED).filter(|rest| *rest > 0) {
        lines.push(lang.pick(
            format!("已消除的另有{rest}条，见运行记录.log。"),
            format!("{rest} more are gone; see 运行记录.log."),
        ));
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
    let lang = outcome.settings.lang;
    let since = |at: usize| {
        let stands = outcome.issues[at].stands.map(|chain| chain.since);
        stands.map_or_else(
            || lang.pick("仍未消除", "still open").to_owned(),
            |day| lang.pick(format!("{day} 起"), format!("since {day}")),
        )
    };
    let mut words: Vec<String> = vec![String::new(); outcome.issues.len()];
    let named = changes.new.iter().map(|at| (*at, lang.pick("新增", "new").to_owned()));
    let named = named.chain(changes.back.iter().map(|at| (*at, lang.pick("再次出现", "come back").to_owned())));
    for (at, word) in named.chain(changes.standing.iter().map(|at| (*at, since(*at)))) {
        words[at] = word;
    }
    words
}
