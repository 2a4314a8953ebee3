//! `taizhang explain CODE`: what a finding means and what to do about it. Without a code: the list of all codes.

use std::fmt::Write as _;

use super::screen::{self, Align, BOLD, DIM, of, styled};
use super::{CommandContext, Exit};
use crate::basis::Lang;
use crate::basis::finding::Kind;
use crate::campaign::Stop;
use crate::check::{KINDS, kind};
use crate::ruling::RulingKind;

/// Its arguments.
#[derive(clap::Args, Debug)]
pub(crate) struct Args {
    /// 问题代码或名称，如 D402、task-not-reported；不写则列出全部
    #[arg(value_name = "代码")]
    codes: Vec<String>,
}

pub(crate) fn run(args: &Args, context: &CommandContext<'_>) -> anyhow::Result<Exit> {
    let lang = context.options.lang();
    // 任务归属 and the other kinds of ruling are explained as codes are.
    let (rulings, codes): (Vec<_>, Vec<_>) = args.codes.iter().partition(|code| RulingKind::parse(code).is_some());
    let rulings: Vec<RulingKind> = rulings.into_iter().filter_map(|code| RulingKind::parse(code)).collect();
    if codes.is_empty() && !rulings.is_empty() {
        screen::out(&if context.options.json() {
            let kinds: Vec<_> = rulings.iter().map(|kind| ruling_json(*kind, lang)).collect();
            format!("{:#}\n", serde_json::Value::from(kinds))
        } else {
            rulings.iter().map(|kind| ruling_page(*kind, lang)).collect::<Vec<_>>().join("\n")
        });
        return Ok(Exit::Done);
    }
    let asked: Vec<&Kind> = codes.iter().map(|code| known(code)).collect::<Result<_, Stop>>()?;
    let shown = if asked.is_empty() { KINDS.to_vec() } else { asked.clone() };
    if context.options.json() {
        let kinds: Vec<_> = shown.iter().map(|kind| json(kind, lang)).collect();
        screen::out(&format!("{:#}\n", serde_json::Value::from(kinds)));
    } else if asked.is_empty() {
        screen::out(&listing(lang));
    } else {
        screen::out(&asked.iter().map(|kind| page(kind, lang)).collect::<Vec<_>>().join("\n"));
    }
    Ok(Exit::Done)
}

/// The kind with this code or name; the error suggests a similar one.
fn known(code: &str) -> Result<&'static Kind, Stop> {
    kind(code.trim()).ok_or_else(|| {
        let upper = code.trim().to_ascii_uppercase();
        let likeness = |kind: &&&Kind| {
            let by_code = strsim::normalized_damerau_levenshtein(&upper, kind.code);
            let by_name = strsim::normalized_damerau_levenshtein(&code.to_ascii_lowercase(), kind.name);
            (by_code.max(by_name) * 1000.0) as u32
        };
        // on a tie the first in the list
        let nearest = KINDS.iter().rev().max_by_key(likeness).map_or("", |kind| kind.code);
        Stop::start(
            format!("没有问题代码“{code}”，是不是 {nearest}？不写代码可列出全部"),
            format!("there is no code “{code}”; did you mean {nearest}? Without a code all are listed"),
        )
    })
}

/// All codes, one on each line.
fn listing(lang: Lang) -> String {
    let heading = lang.pick(["代码", "级别", "问题", "名称"], ["code", "severity", "finding", "name"]);
    let mut rows = screen::headed(heading);
    rows.extend(KINDS.iter().map(|kind| {
        let severity = styled(of(kind.severity), kind.severity.word(lang));
        vec![styled(BOLD, kind.code), severity, kind.wording(lang).title.to_owned(), styled(DIM, kind.name)]
    }));
    screen::table(&[Align::Left; 4], &rows)
}

/// One code in full.
fn page(kind: &Kind, lang: Lang) -> String {
    let wording = kind.wording(lang);
    let severity = styled(of(kind.severity), kind.severity.word(lang));
    let mut page = format!("{}  {}  {severity}\n", styled(BOLD, kind.code), styled(BOLD, wording.title));
    let _ = writeln!(page, "{}\n", styled(DIM, kind.name));
    for (heading, text) in [
        (lang.pick("为什么", "why"), wording.why),
        (lang.pick("怎么办", "what to do"), wording.mend),
        (lang.pick("举例", "example"), wording.example),
    ] {
        let plain = crate::check::support::phrase::fill(text, |_| Some("…".into())).text;
        let _ = writeln!(page, "{}\n  {plain}", styled(DIM, heading));
    }
    page
}

/// One kind of ruling in full.
fn ruling_page(kind: RulingKind, lang: Lang) -> String {
    let explained = kind.explained(lang);
    let mut page = format!("{}  {}\n", styled(BOLD, kind.word(lang)), styled(DIM, lang.pick("人工认定", "ruling")));
    for (heading, text) in [
        (lang.pick("何时要认定", "when it is asked"), explained.asked),
        (lang.pick("认定之后", "what it settles"), explained.settles),
        (lang.pick("凭什么认出", "what it is known by"), explained.known_by),
        (lang.pick("举例", "example"), explained.example),
    ] {
        let _ = writeln!(page, "{}\n  {text}", styled(DIM, heading));
    }
    page
}

fn ruling_json(kind: RulingKind, lang: Lang) -> serde_json::Value {
    let explained = kind.explained(lang);
    serde_json::json!({
        "ruling": kind.word(lang), "asked": explained.asked, "settles": explained.settles,
        "known_by": explained.known_by, "example": explained.example,
    })
}

fn json(kind: &Kind, lang: Lang) -> serde_json::Value {
    let wording = kind.wording(lang);
    let severity = match kind.severity {
        crate::basis::finding::Severity::Info => "info",
        crate::basis::finding::Severity::Warning => "warning",
        crate::basis::finding::Severity::Error => "error",
    };
    serde_json::json!({
        "code": kind.code, "name": kind.name, "severity": severity,
        "title": wording.title, "message": wording.message, "why": wording.why, "mend": wording.mend, "example": wording.example,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_or_its_name_is_explained_in_both_languages() {
        let kind = known("d402").expect("known");
        assert_eq!(known("task-not-reported").expect("known").code, kind.code);
        assert!(page(kind, Lang::Zh).contains("漏报任务") && page(kind, Lang::En).contains("Task not reported"));
        assert!(KINDS.iter().all(|kind| listing(Lang::Zh).contains(kind.code)));
    }

    #[test]
    fn a_slip_is_answered_with_the_nearest_code() {
        let Err(stop) = known("D4O2") else { panic!("there is no such code") };
        assert!(stop.said()[0].in_lang(Lang::Zh).contains("D402"));
    }
}
