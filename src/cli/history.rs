//! `taizhang history`: the recorded runs, and what changed between two of them.

use std::fmt::Write as _;
use std::path::PathBuf;

use super::screen::{self, Align, BAD, BOLD, DIM, GOOD, WARN, styled};
use super::{CommandContext, Exit};
use crate::basis::Lang;
use crate::campaign::history::{History, PastRun};
use crate::campaign::{Folders, Stop, open};

/// Its arguments.
#[derive(clap::Args, Debug)]
pub(crate) struct Args {
    /// 创建工作所在的文件夹
    #[arg(default_value = ".", value_name = "文件夹")]
    dir: PathBuf,
    /// 比较两次运行：写两个编号
    #[arg(num_args = 2, value_name = "编号")]
    runs: Vec<i64>,
}

pub(crate) fn run(args: &Args, shop: &CommandContext<'_>) -> anyhow::Result<Exit> {
    let folders = Folders::open(&args.dir)?;
    let settings = open::settings(&folders, &shop.options.switches())?;
    let history = History::read_only(&folders.database())?;
    let mut runs = history.runs()?;
    if let Some(label) = &shop.options.window {
        runs.retain(|run| run.window == *label);
    }
    if let [earlier, later] = args.runs[..] {
        return compare(&history, &runs, (earlier, later), shop, settings.lang);
    }
    list(&runs, shop, settings.lang);
    Ok(Exit::Done)
}

fn list(runs: &[PastRun], shop: &CommandContext<'_>, lang: Lang) {
    if shop.options.json() {
        let all: Vec<_> = runs.iter().map(as_json).collect();
        screen::out(&format!("{:#}\n", serde_json::Value::Array(all)));
        return;
    }
    let mut rows = vec![
        lang.pick(
            ["编号", "报告期", "统计到", "文件", "应报", "缺报", "强制", "核实", "提示", "上报率"],
            ["run", "window", "as of", "files", "expected", "missing", "errors", "warnings", "infos", "reporting rate"],
        )
        .map(str::to_owned)
        .to_vec(),
    ];
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
        ]);
    }
    let mut aligns = [Align::Right; 10];
    (aligns[1], aligns[2]) = (Align::Left, Align::Left);
    screen::out(&screen::table(&aligns, &rows));
}

fn compare(
    history: &History,
    runs: &[PastRun],
    (earlier, later): (i64, i64),
    shop: &CommandContext<'_>,
    lang: Lang,
) -> anyhow::Result<Exit> {
    let find = |id: i64| {
        runs.iter().find(|run| run.id == id).ok_or_else(|| {
            Stop::start(format!("没有编号为 {id} 的运行；taizhang history 列出全部"), format!("there is no run {id}"))
        })
    };
    let (from, to) = (find(earlier)?, find(later)?);
    let changes = history.between(earlier, later)?;
    let mut text = String::new();
    let mut json = serde_json::json!({"from": as_json(from), "to": as_json(to)});
    for (name, words, style, ids, window) in [
        ("gone", lang.pick("已消除", "gone"), GOOD, &changes.gone, &from.window),
        ("new", lang.pick("新增", "new"), BAD, &changes.new, &to.window),
    ] {
        let _ = writeln!(text, "{}", styled(BOLD, &format!("{words} ({})", ids.len())));
        let mut found = Vec::new();
        for id in ids {
            let Some(one) = history.finding(window, id)? else { continue };
            let came_back =
                one.back.as_ref().map(|day| lang.pick(format!("（{day} 再次出现）"), format!(" (back on {day})")));
            let _ = writeln!(
                text,
                "  {} {}  {}{}",
                styled(style, &one.code),
                one.message,
                styled(DIM, &one.place),
                styled(WARN, &came_back.unwrap_or_default())
            );
            found.push(serde_json::json!({
                "id": id, "code": one.code, "unit": one.unit, "task": one.task, "place": one.place,
                "message": one.message, "since": one.first, "back": one.back,
            }));
        }
        json[name] = found.into();
    }
    screen::out(&if shop.options.json() { format!("{json:#}\n") } else { text });
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
