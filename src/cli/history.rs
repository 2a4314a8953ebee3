//! `taizhang history`: the recorded runs, and what changed between two of them.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::PathBuf;

use super::screen::{self, Align, BAD, BOLD, DIM, GOOD, WARN, styled};
use super::{CommandContext, Exit};
use crate::basis::Lang;
use crate::basis::settings::Settings;
use crate::campaign::archive::temporary_archive;
use crate::campaign::history::{History, PastRun};
use crate::campaign::{Folders, Stop, folders, open};

/// Its arguments.
#[derive(clap::Args, Debug)]
pub(crate) struct Args {
    /// 创建工作所在的文件夹（默认：当前文件夹，或其上级中有 taizhang.toml 的那个）
    #[arg(value_name = "文件夹")]
    dir: Option<PathBuf>,
    /// 比较两次运行：写两个编号；忘掉一次运行：forget 编号
    #[arg(num_args = 0..=3, value_name = "编号 编号 | forget 编号 [文件夹]")]
    words: Vec<String>,
    /// 一个单位各期的情况
    #[arg(long, value_name = "单位")]
    unit: Option<String>,
}

/// What is asked.
enum Asked {
    List,
    Compare(i64, i64),
    Forget(i64),
}

/// The folder and what is asked of it: `history`, `history DIR`, `history DIR 1 2`, `history forget 3 [DIR]`.
fn asked(args: &Args) -> Result<(PathBuf, Asked), Stop> {
    let usage = || {
        Stop::start(
            "用法：history [文件夹] [编号 编号]，或 history forget 编号 [文件夹]",
            "usage: history [DIR] [RUN RUN], or history forget RUN [DIR]",
        )
    };
    let number = |text: &String| text.parse::<i64>().map_err(|_| usage());
    let dir = folders::campaign(args.dir.as_deref());
    if args.dir.as_ref().is_some_and(|dir| dir.as_os_str() == "forget") {
        return match &args.words[..] {
            [run] => Ok((folders::campaign(None), Asked::Forget(number(run)?))),
            [run, dir] => Ok((PathBuf::from(dir), Asked::Forget(number(run)?))),
            _ => Err(usage()),
        };
    }
    match &args.words[..] {
        [] => Ok((dir, Asked::List)),
        [earlier, later] => Ok((dir, Asked::Compare(number(earlier)?, number(later)?))),
        _ => Err(usage()),
    }
}

pub(crate) fn run(args: &Args, context: &CommandContext<'_>) -> anyhow::Result<Exit> {
    let (dir, asked) = asked(args)?;
    let folders = Folders::open(&dir)?;
    let settings = open::settings(&folders, &context.options.switches())?;
    if let Asked::Forget(run) = asked {
        return forget(&folders, &settings, run);
    }
    let history = History::read_only(&folders.database())?;
    let mut runs = history.runs()?;
    if let Some(label) = &context.options.window {
        runs.retain(|run| run.window == *label);
    }
    if let Asked::Compare(earlier, later) = asked {
        return compare(&history, &runs, (earlier, later), context, settings.lang);
    }
    if let Some(unit) = &args.unit {
        let names = names_of(unit, &folders, context);
        return of_unit(&history, &runs, (unit, &names), context, settings.lang);
    }
    list(&runs, context, settings.lang);
    Ok(Exit::Done)
}

fn list(runs: &[PastRun], context: &CommandContext<'_>, lang: Lang) {
    if context.options.json() {
        let all: Vec<_> = runs.iter().map(as_json).collect();
        screen::out(&format!("{:#}\n", serde_json::Value::Array(all)));
        return;
    }
    let mut rows = screen::headed(lang.pick(
        ["编号", "报告期", "统计到", "文件", "应报", "缺报", "强制", "核实", "提示", "上报率", "及时率"],
        [
            "run", "window", "as of", "files", "expected", "missing", "errors", "warnings", "infos", "reporting rate",
            "on-time rate",
        ],
    ));
    for run in runs {
        let of = |name: &str| run.coverage.get(name).copied().unwrap_or(0);
        rows.push(vec![
            run.id.to_string(),
            run.window.clone(),
            shown(&run.as_of),
            run.tally.get("files").copied().unwrap_or(0).to_string(),
            of("expected").to_string(),
            of("missing").to_string(),
            run.counts[0].to_string(),
            run.counts[1].to_string(),
            run.counts[2].to_string(),
            super::run::rate(of("actual"), of("base")),
            super::run::rate(of("timely"), of("base")),
        ]);
    }
    let mut aligns = [Align::Right; 11];
    (aligns[1], aligns[2]) = (Align::Left, Align::Left);
    screen::out(&screen::table(&aligns, &rows));
}

/// Forgets a run.
fn forget(folders: &Folders, settings: &Settings, run: i64) -> anyhow::Result<Exit> {
    let _lock = folders.lock()?;
    let window = History::open(&folders.database())?.forget(run)?.ok_or_else(|| no_run(run))?;
    let place = folders.output(settings).join(&window);
    let place = place.display();
    screen::out(&settings.lang.pick(
        format!(
            "已忘掉第 {run} 次运行（{window}）。它的输出 {place} 没有动；不要的话请自行删去，以免重建历史时又被算入\n"
        ),
        format!("run {run} ({window}) is forgotten. Its outputs in {place} stand; remove them if they are wrong too\n"),
    ));
    Ok(Exit::Done)
}

fn no_run(id: i64) -> Stop {
    Stop::start(format!("没有编号为 {id} 的运行；taizhang history 列出全部"), format!("there is no run {id}"))
}

/// The name of a unit that was asked for, and what else the division calls it, under which earlier runs may know it.
fn names_of(unit: &str, folders: &Folders, context: &CommandContext<'_>) -> Vec<String> {
    let mut names = vec![unit.to_owned()];
    let Ok(archive) = temporary_archive() else { return names };
    if let Ok(opened) = open::open_faulty(folders, &context.options.switches(), context.readers, &archive, open::now())
    {
        let roster = &opened.division.roster;
        let known = roster.find(unit).map(|unit| &roster.units[unit.0 as usize]);
        names.extend(known.into_iter().flat_map(|unit| std::iter::once(&unit.name).chain(&unit.aliases)).cloned());
    }
    names
}

/// A unit's record, the last run of each window.
fn of_unit(
    history: &History,
    runs: &[PastRun],
    (unit, names): (&str, &[String]),
    context: &CommandContext<'_>,
    lang: Lang,
) -> anyhow::Result<Exit> {
    let mut last: BTreeMap<&str, (&PastRun, BTreeMap<String, u32>)> = BTreeMap::new();
    for run in runs {
        let known = names.iter().map(|name| history.unit(run.id, name));
        let Some(counts) = known.collect::<Result<Vec<_>, _>>()?.into_iter().flatten().next() else { continue };
        let known = last.entry(&run.window).or_insert((run, counts.clone()));
        if run.as_of >= known.0.as_of {
            *known = (run, counts);
        }
    }
    if last.is_empty() {
        return Err(Stop::start(
            format!("历史中没有单位“{unit}”；单位名称要写全称"),
            format!("the history knows no unit “{unit}”; write its full name"),
        )
        .into());
    }
    let mut windows: Vec<_> = last.into_values().collect();
    windows.sort_by(|a, b| a.0.as_of.cmp(&b.0.as_of));
    if context.options.json() {
        let one = |(run, counts): &(&PastRun, BTreeMap<String, u32>)| serde_json::json!({"window": run.window, "as_of": run.as_of, "run": run.id, "unit": unit, "coverage": counts});
        screen::out(&format!("{:#}\n", serde_json::Value::Array(windows.iter().map(one).collect())));
        return Ok(Exit::Done);
    }
    let mut rows = screen::headed(lang.pick(
        ["报告期", "统计到", "应报", "按时", "迟报", "零报告", "缺报", "空表", "不可用", "上报率", "及时率"],
        [
            "window", "as of", "expected", "on time", "late", "nil", "missing", "blank", "unusable", "reporting rate",
            "on-time rate",
        ],
    ));
    for (run, counts) in &windows {
        let of = |name: &str| counts.get(name).copied().unwrap_or(0);
        let mut row = vec![run.window.clone(), shown(&run.as_of)];
        row.extend(
            ["expected", "on_time", "late", "nil", "missing", "blank", "unusable"].map(|name| of(name).to_string()),
        );
        row.push(super::run::rate(of("actual"), of("base")));
        row.push(super::run::rate(of("timely"), of("base")));
        rows.push(row);
    }
    let mut aligns = [Align::Right; 11];
    (aligns[0], aligns[1]) = (Align::Left, Align::Left);
    screen::out(&format!("{}\n{}", styled(BOLD, unit), screen::table(&aligns, &rows)));
    Ok(Exit::Done)
}

fn compare(
    history: &History,
    runs: &[PastRun],
    (earlier, later): (i64, i64),
    context: &CommandContext<'_>,
    lang: Lang,
) -> anyhow::Result<Exit> {
    let find = |id: i64| runs.iter().find(|run| run.id == id).ok_or_else(|| no_run(id));
    let (from, to) = (find(earlier)?, find(later)?);
    let changes = history.between(earlier, later)?;
    let mut text = String::new();
    let mut json = serde_json::json!({"from": as_json(from), "to": as_json(to)});
    for (name, words, style, ids, window) in [
        ("gone", lang.pick("已消除", "gone"), GOOD, &changes.gone, &from.window),
        ("new", lang.pick("新增", "new"), BAD, &changes.new, &to.window),
        ("back", lang.pick("再次出现", "come back"), BAD, &changes.back, &to.window),
    ] {
        let _ = writeln!(text, "{}", styled(BOLD, &format!("{words} ({})", ids.len())));
        let mut found = Vec::new();
        for id in ids {
            let Some(one) = history.finding(window, id)? else { continue };
            let message = lang.pick(&one.message, one.english.as_ref().unwrap_or(&one.message));
            let came_back =
                one.back.as_ref().map(|day| lang.pick(format!("（{day} 再次出现）"), format!(" (back on {day})")));
            let _ = writeln!(
                text,
                "  {} {}  {}{}",
                styled(style, &one.code),
                message,
                styled(DIM, &one.place),
                styled(WARN, &came_back.unwrap_or_default())
            );
            found.push(serde_json::json!({
                "id": id, "code": one.code, "unit": one.unit, "task": one.task, "place": one.place,
                "message": message, "since": one.first, "back": one.back,
            }));
        }
        json[name] = found.into();
    }
    screen::out(&if context.options.json() { format!("{json:#}\n") } else { text });
    Ok(Exit::Done)
}

/// A moment of the history, for the screen.
pub(crate) fn shown(as_of: &str) -> String {
    as_of.parse().map_or_else(|_| as_of.to_owned(), screen::moment)
}

/// A run as JSON.
pub(crate) fn as_json(run: &PastRun) -> serde_json::Value {
    let [errors, warnings, infos] = run.counts;
    serde_json::json!({
        "run": run.id, "window": run.window, "as_of": run.as_of, "division": run.division,
        "tally": run.tally, "coverage": run.coverage,
        "findings": {"error": errors, "warning": warnings, "info": infos},
    })
}
