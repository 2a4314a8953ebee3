//! `taizhang rulings`: what a person has settled, what each line is worth now, and whether anything still needs it.

use std::fmt::Write as _;
use std::path::PathBuf;

use super::progress::Bar;
use super::screen::{self, Align, BAD, BOLD, DIM, GOOD, styled};
use super::{CommandContext, Exit};
use crate::basis::Lang;
use crate::campaign::disk::RealDisk;
use crate::campaign::{RunRequest, Stop, run as run_campaign};
use crate::outcome::Outcome;
use crate::outcome::rulings::{LineState, line_state, ruled};
use crate::ruling::{Field, Line, Reach, RulingKind, chosen};

/// Its arguments.
#[derive(clap::Args, Debug)]
pub(crate) struct Args {
    /// 创建工作所在的文件夹
    #[arg(default_value = ".", value_name = "文件夹")]
    dir: PathBuf,
}

pub(crate) fn run(args: &Args, context: &CommandContext<'_>) -> anyhow::Result<Exit> {
    let options = context.options;
    let request = RunRequest {
        root: args.dir.clone(),
        switches: options.switches(),
        dry_run: true,
        // Nothing is written, and rulings can be listed whatever the inbox holds.
        empty_ok: true,
        now: None,
    };
    let result = run_campaign(&request, context.readers, &Bar::new(options), &RealDisk)?;
    let outcome = result.outcome.ok_or_else(|| Stop::start("没有结果", "there is no result"))?;
    if options.json() {
        let lines: Vec<_> = ruled(&outcome.division.rulings.written).map(|line| json(&outcome, line)).collect();
        let value = serde_json::json!({
            "window": outcome.window.label(), "rulings": lines, "open": outcome.doubts.len(),
        });
        screen::out(&format!("{value:#}\n"));
    } else {
        screen::out(&listing(&outcome));
    }
    Ok(Exit::Done)
}

/// The rulings that a run needs, and what each of them changes; empty where there is none.
pub(super) fn needed(outcome: &Outcome) -> String {
    let lang = outcome.settings.lang;
    let lines: Vec<&Line> =
        ruled(&outcome.division.rulings.written).filter(|line| outcome.applied.contains(line.id)).collect();
    if lines.is_empty() {
        return String::new();
    }
    let heading = lang.pick("将采用的认定", "rulings that would apply");
    let mut text = format!("{}\n", styled(BOLD, &format!("{heading} ({})", lines.len())));
    for line in lines {
        let _ = writeln!(text, "  {} {}", line.id, sentence(line, lang));
        for place in outcome.applied.places(line.id) {
            let _ = writeln!(text, "    {}", styled(DIM, &outcome.name(*place).to_string()));
        }
    }
    text
}

/// The same for programs.
pub(super) fn needed_json(outcome: &Outcome) -> Vec<serde_json::Value> {
    let lines = ruled(&outcome.division.rulings.written).filter(|line| outcome.applied.contains(line.id));
    lines.map(|line| json(outcome, line)).collect()
}

/// `任务归属 综合科 “搞卫生” → 1-2 环境卫生整治`.
fn sentence(line: &Line, lang: Lang) -> String {
    let kind = RulingKind::parse(line.get(Field::Kind)).map_or(line.get(Field::Kind), |kind| kind.word(lang));
    let says = chosen(line).unwrap_or_else(|| line.get(Field::Choice).to_owned());
    let unit = Some(line.get(Field::Unit)).filter(|unit| !unit.is_empty()).unwrap_or(line.get(Field::File));
    format!("{kind} {unit} “{}” → {says}", line.get(Field::Text))
}

fn listing(outcome: &Outcome) -> String {
    let lang = outcome.settings.lang;
    let heading = lang.pick(
        ["编号", "状态", "用到", "范围", "认定人", "有效至", "认定"],
        ["no.", "state", "used", "reach", "by", "until", "ruling"],
    );
    let mut rows = screen::headed(heading);
    for line in ruled(&outcome.division.rulings.written) {
        let state = line_state(&outcome.context(), &outcome.applied, line).unwrap_or(LineState::Valid);
        let style = match state {
            LineState::Valid => GOOD,
            LineState::Invalid => BAD,
            LineState::Open | LineState::Lapsed => DIM,
        };
        let reach = Reach::parse(line.get(Field::Reach)).map_or(line.get(Field::Reach), |reach| reach.word(lang));
        rows.push(vec![
            line.id.to_string(),
            styled(style, state.word(lang)),
            outcome.applied.places(line.id).len().to_string(),
            reach.to_owned(),
            line.get(Field::By).to_owned(),
            line.get(Field::Until).to_owned(),
            match outcome.division.rulings.why_not(line.id) {
                Some(why) => format!("{}（{}）", sentence(line, lang), why.in_lang(lang)),
                None => sentence(line, lang),
            },
        ]);
    }
    let (count, open) = (rows.len() - 1, outcome.doubts.len());
    let label = outcome.window.label();
    let mut text = if count == 0 {
        String::new()
    } else {
        let left = Align::Left;
        screen::table(&[Align::Right, left, Align::Right, left, left, left, left], &rows)
    };
    let _ = writeln!(
        text,
        "{}",
        lang.pick(
            format!("{label}：认定 {count} 条，待认定 {open} 项"),
            format!("{label}: {count} rulings, {open} doubts to settle")
        )
    );
    text
}

fn json(outcome: &Outcome, line: &Line) -> serde_json::Value {
    let state = line_state(&outcome.context(), &outcome.applied, line).unwrap_or(LineState::Valid);
    let places: Vec<String> =
        outcome.applied.places(line.id).iter().map(|place| outcome.name(*place).to_string()).collect();
    serde_json::json!({
        "id": line.id, "kind": line.get(Field::Kind), "unit": line.get(Field::Unit), "file": line.get(Field::File),
        "text": line.get(Field::Text), "says": chosen(line), "scope": line.get(Field::Reach), "by": line.get(Field::By),
        "on": line.get(Field::On), "reason": line.get(Field::Reason), "until": line.get(Field::Until),
        "state": state.word(Lang::Zh), "needed": !places.is_empty(), "places": places,
        "why": outcome.division.rulings.why_not(line.id).map(|why| why.in_lang(outcome.settings.lang).to_owned()),
    })
}
