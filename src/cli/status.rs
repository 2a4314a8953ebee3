//! `taizhang status`: a summary of the last run.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::PathBuf;

use chrono::NaiveDateTime;

use super::screen::{self, Align, BAD, BOLD, DIM, GOOD, WARN, styled};
use super::{CommandContext, Exit};
use crate::basis::Lang;
use crate::basis::calendar::Window;
use crate::campaign::history::{Comparison, History, PastRun};
use crate::campaign::summary::ChangeCounts;
use crate::campaign::{Folders, Stop, folders, open};

/// Its arguments.
#[derive(clap::Args, Debug)]
pub(crate) struct Args {
    /// 创建工作所在的文件夹（默认：当前文件夹，或其上级中有 taizhang.toml 的那个）
    #[arg(value_name = "文件夹")]
    dir: Option<PathBuf>,
}

pub(crate) fn run(args: &Args, context: &CommandContext<'_>) -> anyhow::Result<Exit> {
    let folders = Folders::open(&folders::campaign(args.dir.as_deref()))?;
    let settings = open::settings(&folders, &context.options.switches())?;
    let lang = settings.lang;
    let history = History::read_only(&folders.database())?;
    let runs = history.runs()?;
    let asked = |run: &&PastRun| context.options.window.as_ref().is_none_or(|label| run.window == *label);
    let Some(last) = runs.iter().rev().find(asked) else {
        return Err(
            Stop::start("还没有运行过，请先运行 taizhang run", "nothing has been run yet; use `taizhang run`").into()
        );
    };
    // held against the run that the last one was held against itself
    let day = |run: &PastRun| run.as_of.get(..10).map(str::to_owned);
    let earlier = |window: &str| {
        let runs = runs.iter().filter(|run| run.window == window && day(run) < day(last));
        runs.max_by_key(|run| &run.as_of)
    };
    let window = Window::parse(&last.window, settings.cycle);
    let before = earlier(&last.window).or_else(|| earlier(&window?.previous().label()));
    let changes = before.map(|before| history.between(before.id, last.id)).transpose()?;
    let place = folders.output(&settings).join(&last.window);

    if context.options.json() {
        let mut value = super::history::as_json(last);
        value["outputs"] = place.display().to_string().into();
        if let (Some(before), Some(changes)) = (before, &changes) {
            value["since"] = serde_json::json!({"window": before.window, "as_of": before.as_of, "new": changes.new, "standing": changes.standing, "back": changes.back, "gone": changes.gone});
        }
        screen::out(&format!("{value:#}\n"));
        return Ok(Exit::Done);
    }
    let count = |counts: &std::collections::BTreeMap<String, u32>, name: &str| counts.get(name).copied().unwrap_or(0);
    let (files, obligations) = (|name| count(&last.tally, name), |name| count(&last.coverage, name));
    let [errors, warnings, infos] = last.counts;
    let number = |style, n: u32| styled(style, &n.to_string());
    let mut text = format!(
        "{}  {}  {}\n\n",
        styled(BOLD, &settings.title),
        styled(BOLD, &last.window),
        styled(DIM, &super::history::shown(&last.as_of))
    );
    let rate = super::run::rate(obligations("actual"), obligations("base"));
    let timely = super::run::rate(obligations("timely"), obligations("base"));
    let (all, expected) = (files("files"), obligations("expected"));
    let (merged, refused) = (number(GOOD, files("files_merged")), number(BAD, files("files_refused")));
    let (missing, late) = (number(BAD, obligations("missing")), number(WARN, obligations("late")));
    let (errors, warnings) = (number(BAD, errors), number(WARN, warnings));
    text += &lang.pick(
        format!(
            "  文件 {all}：汇总 {merged}，不能使用 {refused}\n  应报 {expected}：缺报 {missing}，迟报 {late}，上报率 {rate}，及时率 {timely}\n  问题：强制 {errors}，核实 {warnings}，提示 {infos}\n"
        ),
        format!(
            "  files {all}: {merged} merged, {refused} refused\n  expected {expected}: {missing} missing, {late} late, reporting rate {rate}, on-time rate {timely}\n  findings: {errors} errors, {warnings} warnings, {infos} infos\n"
        ),
    );
    if let (Some(before), Some(changes)) = (before, changes) {
        let _ = writeln!(text, "  {}", counted(before, &changes).said(&last.window, lang));
    }
    text += &trend(&runs, last, lang);
    let _ = writeln!(text, "\n{} {}", styled(BOLD, lang.pick("输出在", "outputs in")), place.display());
    screen::out(&text);
    Ok(Exit::Done)
}

/// What changed since a run, in numbers.
fn counted(before: &PastRun, changes: &Comparison) -> ChangeCounts {
    let Comparison { new, standing, back, gone } = changes;
    ChangeCounts {
        window: before.window.clone(),
        day: before.as_of.parse().map(|at: NaiveDateTime| at.date()).unwrap_or_default(),
        new: new.len(),
        standing: standing.len(),
        gone: gone.len(),
        back: back.len(),
    }
}

/// The windows up to the last run's, the last run of each, oldest first.
fn trend(runs: &[PastRun], last: &PastRun, lang: Lang) -> String {
    /// As many as fit beside the rest of the screen.
    const MOST: usize = 6;
    let mut windows: BTreeMap<&str, &PastRun> = BTreeMap::new();
    for run in runs.iter().filter(|run| run.as_of <= last.as_of) {
        let known = windows.entry(&run.window).or_insert(run);
        if run.as_of >= known.as_of {
            *known = run;
        }
    }
    let mut windows: Vec<&PastRun> = windows.into_values().collect();
    windows.sort_by(|a, b| a.as_of.cmp(&b.as_of));
    if windows.len() < 2 {
        return String::new();
    }
    let mut rows = screen::headed(lang.pick(
        ["报告期", "应报", "缺报", "上报率", "及时率"],
        ["window", "expected", "missing", "reporting rate", "on-time rate"],
    ));
    for run in &windows[windows.len().saturating_sub(MOST)..] {
        let of = |name: &str| run.coverage.get(name).copied().unwrap_or(0);
        rows.push(vec![
            run.window.clone(),
            of("expected").to_string(),
            of("missing").to_string(),
            super::run::rate(of("actual"), of("base")),
            super::run::rate(of("timely"), of("base")),
        ]);
    }
    let aligns = [Align::Left, Align::Right, Align::Right, Align::Right, Align::Right];
    format!("\n{}\n{}", styled(BOLD, lang.pick("历次", "trend")), screen::table(&aligns, &rows))
}
