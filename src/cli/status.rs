//! `taizhang status`: a summary of the last run.

use std::fmt::Write as _;
use std::path::PathBuf;

use super::screen::{self, BAD, BOLD, DIM, GOOD, WARN, styled};
use super::{CommandContext, Exit};
use crate::campaign::history::{History, PastRun};
use crate::campaign::{Folders, Stop, open};

/// Its arguments.
#[derive(clap::Args, Debug)]
pub(crate) struct Args {
    /// 创建工作所在的文件夹
    #[arg(default_value = ".", value_name = "文件夹")]
    dir: PathBuf,
}

pub(crate) fn run(args: &Args, shop: &CommandContext<'_>) -> anyhow::Result<Exit> {
    let folders = Folders::open(&args.dir)?;
    let settings = open::settings(&folders, &shop.options.switches())?;
    let lang = settings.lang;
    let history = History::read_only(&folders.database())?;
    let runs = history.runs()?;
    let asked = |run: &&PastRun| shop.options.window.as_ref().is_none_or(|label| run.window == *label);
    let Some(last) = runs.iter().rev().find(asked) else {
        return Err(
            Stop::start("还没有运行过，请先运行 taizhang run", "nothing has been run yet; use `taizhang run`").into()
        );
    };
    let before = runs.iter().rev().find(|run| run.window == last.window && run.as_of < last.as_of);
    let changes = before.map(|before| history.between(before.id, last.id)).transpose()?;
    let place = folders.output(&settings).join(&last.window);

    if shop.options.json() {
        let mut value = super::history::as_json(last);
        value["outputs"] = place.display().to_string().into();
        if let (Some(before), Some(changes)) = (before, &changes) {
            value["since"] = serde_json::json!({"as_of": before.as_of, "new": changes.new, "gone": changes.gone});
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
    text += &lang.pick(
        format!(
            "  文件 {}：汇总 {}，不能使用 {}\n  应报 {}：缺报 {}，迟报 {}，上报率 {rate}\n  问题：强制 {}，核实 {}，提示 {infos}\n",
            files("files"),
            number(GOOD, files("files_merged")),
            number(BAD, files("files_refused")),
            obligations("expected"),
            number(BAD, obligations("missing")),
            number(WARN, obligations("late")),
            number(BAD, errors),
            number(WARN, warnings),
        ),
        format!(
            "  files {}: {} merged, {} refused\n  expected {}: {} missing, {} late, reporting rate {rate}\n  findings: {} errors, {} warnings, {infos} infos\n",
            files("files"),
            number(GOOD, files("files_merged")),
            number(BAD, files("files_refused")),
            obligations("expected"),
            number(BAD, obligations("missing")),
            number(WARN, obligations("late")),
            number(BAD, errors),
            number(WARN, warnings),
        ),
    );
    if let (Some(before), Some(changes)) = (before, changes) {
        let (day, new, gone) = (before.as_of.get(..10).unwrap_or_default(), changes.new.len(), changes.gone.len());
        let _ = writeln!(
            text,
            "  {}",
            lang.pick(
                format!("比 {day}：新增问题 {new}，消除 {gone}"),
                format!("since {day}: {new} new findings, {gone} gone")
            )
        );
    }
    let _ = writeln!(text, "\n{} {}", styled(BOLD, lang.pick("输出在", "outputs in")), place.display());
    screen::out(&text);
    Ok(Exit::Done)
}
