//! 运行记录.log: what each run read, and what changed since the previous run.

use std::fmt::Write as _;

use chrono::NaiveDateTime;

use super::summary::Summary;
use crate::basis::{Bilingual, Lang};
use crate::outcome::{Outcome, labels};

/// The most files, and the most faults of a kind, that are named; further ones are only counted.
const MOST: usize = 200;

/// The entry of a run in which nothing had changed, with what the run said of the history.
pub(super) fn checked(at: NaiveDateTime, summary: &Summary, said: &[Bilingual], lang: Lang) -> String {
    let as_of = summary.as_of;
    let mut text = lang.pick(
        format!("{at} 核对：没有变化，输出保持不变（统计到 {as_of}）"),
        format!("{at} checked: nothing has changed, the outputs stand (as of {as_of})"),
    );
    for remark in said {
        let _ = write!(text, "\r\n  {}", remark.in_lang(lang));
    }
    text
}

/// The lines of a run that wrote a set, with all that it said on the screen: on a schedule nobody sees that.
pub(super) fn entry(at: NaiveDateTime, outcome: &Outcome, summary: &Summary, said: &[Bilingual]) -> String {
    let lang = outcome.settings.lang;
    let (t, c, version) = (&outcome.tally, &outcome.coverage, env!("CARGO_PKG_VERSION"));
    let mut text = String::new();
    let mut line = |line: String| {
        let _ = write!(text, "{line}\r\n");
    };
    line(lang.pick(
        format!("{at} 运行：统计到 {}，程序 {version}", outcome.as_of),
        format!("{at} run: as of {}, program {version}", outcome.as_of),
    ));
    for remark in said {
        line(format!("  {}", remark.in_lang(lang)));
    }
    line(lang.pick(
        format!(
            "  文件 {}：汇总 {}，不能使用 {}，被替代 {}，重复 {}，未计入 {}",
            t.files, t.files_merged, t.files_refused, t.files_superseded, t.files_duplicate, t.files_ignored
        ),
        format!(
            "  files {}: {} merged, {} refused, {} superseded, {} duplicate, {} ignored",
            t.files, t.files_merged, t.files_refused, t.files_superseded, t.files_duplicate, t.files_ignored
        ),
    ));
    for file in outcome.files.iter().take(MOST) {
        let unit = file.unit.map_or("—", |unit| &*outcome.division.unit(unit).name);
        let why = file.why.as_ref().map(|why| format!("（{}）", why.in_lang(lang))).unwrap_or_default();
        line(format!("    {}  {unit}  {}{why}", file.source.name, labels::file_state(file.state, lang)));
    }
    if outcome.files.len() > MOST {
        let rest = outcome.files.len() - MOST;
        line(lang.pick(format!("    ……另有 {rest} 个"), format!("    … and {rest} more")));
    }
    line(lang.pick(
        format!("  应报 {}，实报 {}，缺报 {}，迟报 {}", c.expected(), c.actual(), c.missing, c.late),
        format!("  expected {}, came {}, missing {}, late {}", c.expected(), c.actual(), c.missing, c.late),
    ));
    if let (Some(changes), Some(counts)) = (&outcome.changes, &summary.changes) {
        line(format!("  {}", counts.said(&outcome.window.label(), lang)));
        let named = |at: &usize| {
            let issue = &outcome.issues[*at];
            format!("{} {}  {}", issue.finding.kind.code, outcome.message(issue), outcome.name(issue.finding.place))
        };
        let standing = |at: &usize| {
            let since = outcome.issues[*at].stands.map_or(outcome.as_of.date(), |chain| chain.since);
            format!("{} {}", lang.pick(format!("（{since} 起）"), format!("(since {since})")), named(at))
        };
        let gone: Vec<String> =
            changes.gone.iter().map(|one| format!("{} {}  {}", one.code, one.message(lang), one.place)).collect();
        let of = |list: &[usize]| list.iter().map(named).collect::<Vec<_>>();
        for (word, all) in [
            (lang.pick("新增", "new"), of(&changes.new)),
            (lang.pick("再次出现", "come back"), of(&changes.back)),
            (lang.pick("已消除", "gone"), gone),
            (lang.pick("仍未消除", "still open"), changes.standing.iter().map(standing).collect()),
        ] {
            for one in all.iter().take(MOST) {
                line(format!("    {word} {one}"));
            }
            if let Some(rest) = all.len().checked_sub(MOST).filter(|rest| *rest > 0) {
                line(lang.pick(format!("    {word} ……另有 {rest} 条"), format!("    {word} … and {rest} more")));
            }
        }
    }
    text
}
