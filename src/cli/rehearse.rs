//! `taizhang rehearse`: what a changed division or settings file would have found on the archived windows.

use std::path::PathBuf;

use super::progress::Bar;
use super::screen::{self, Align, BAD, DIM, GOOD, WARN, styled};
use super::{CommandContext, Exit};
use crate::campaign::rehearse::{Rehearsed, Turn, rehearse};
use crate::campaign::{Folders, folders, open};

/// Its arguments.
#[derive(clap::Args, Debug)]
pub(crate) struct Args {
    /// 改过的任务分工表，或改过的设置文件
    #[arg(value_name = "文件")]
    file: PathBuf,
    /// 创建工作所在的文件夹（默认：当前文件夹，或其上级中有 taizhang.toml 的那个）
    #[arg(value_name = "文件夹")]
    dir: Option<PathBuf>,
}

pub(crate) fn run(args: &Args, context: &CommandContext<'_>) -> anyhow::Result<Exit> {
    let folders = Folders::open(&folders::campaign(args.dir.as_deref()))?;
    let lang = open::settings(&folders, &context.options.switches())?.lang;
    let mut complaints = Vec::new();
    let windows = rehearse(&folders, &args.file, context.readers, &Bar::new(context.options), &mut complaints)?;
    for said in &complaints {
        screen::note(&format!("{} {}", styled(WARN, lang.pick("注意", "note")), said.in_lang(lang)));
    }
    if context.options.json() {
        let all: Vec<_> = windows.iter().map(as_json).collect();
        screen::out(&format!("{:#}\n", serde_json::json!({"windows": all})));
        return Ok(Exit::Done);
    }
    let mut rows =
        screen::headed(lang.pick(["报告期", "单位", "任务", "原", "现"], ["window", "unit", "task", "then", "now"]));
    for window in &windows {
        for (turns, style) in [(&window.failing, BAD), (&window.passing, GOOD)] {
            rows.extend(turns.iter().map(|turn| row(window, turn, style)));
        }
    }
    if windows.is_empty() {
        let words = lang.pick("还没有运行过，没有可以预演的报告期", "nothing has been run yet: no window to rehearse");
        screen::out(&format!("{words}\n"));
    } else if rows.len() == 1 {
        let words = lang.pick(
            format!("{} 期预演，结果都不变", windows.len()),
            format!("{} windows: nothing would come out otherwise", windows.len()),
        );
        screen::out(&format!("{words}\n"));
    } else {
        screen::out(&screen::table(&[Align::Left; 5], &rows));
    }
    Ok(Exit::Done)
}

fn row(window: &Rehearsed, turn: &Turn, style: anstyle::Style) -> Vec<String> {
    let period = if turn.period == window.window { String::new() } else { format!(" {}", turn.period) };
    let words = |one: &Option<String>| one.clone().unwrap_or_else(|| "—".to_owned());
    vec![
        format!("{}{}", window.window, styled(DIM, &period)),
        turn.unit.clone(),
        turn.task.clone(),
        words(&turn.then),
        styled(style, &words(&turn.now)),
    ]
}

fn as_json(window: &Rehearsed) -> serde_json::Value {
    let list = |turns: &[Turn]| -> Vec<serde_json::Value> {
        let one = |turn: &Turn| {
            serde_json::json!({
                "unit": turn.unit, "task": turn.task, "period": turn.period, "then": turn.then, "now": turn.now,
            })
        };
        turns.iter().map(one).collect()
    };
    serde_json::json!({"window": window.window, "failing": list(&window.failing), "passing": list(&window.passing)})
}
