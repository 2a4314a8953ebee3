//! `taizhang verify`: derives an output folder again from the archived files and compares it.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use super::progress::Bar;
use super::screen::{self, BAD, GOOD, styled};
use super::{CommandContext, Exit};
use crate::basis::Lang;
use crate::campaign::{Folders, Stop, emit, folders, rerun};

/// Its arguments.
#[derive(clap::Args, Debug)]
pub(crate) struct Args {
    /// 一个报告期的输出文件夹，如 输出/2014-08
    #[arg(value_name = "输出文件夹")]
    out: PathBuf,
    /// 创建工作所在的文件夹（默认：输出文件夹的上级中有 .taizhang 的那个）
    #[arg(long, value_name = "文件夹")]
    campaign: Option<PathBuf>,
}

pub(crate) fn run(args: &Args, context: &CommandContext<'_>) -> anyhow::Result<Exit> {
    let lang = context.options.lang();
    let out = fs::canonicalize(&args.out)
        .map_err(|error| Stop::io("打不开输出文件夹", "cannot open the output folder", &args.out, &error))?;
    let root = args.campaign.clone().or_else(|| campaign_of(&out)).ok_or_else(|| {
        Stop::start(
            "找不到这些输出所属的创建工作文件夹，请用 --campaign 写明",
            "name the campaign's folder with --campaign",
        )
    })?;
    let stands = emit::standing(&out)
        .map_err(|error| Stop::io("列不出输出文件夹", "cannot list the output folder", &out, &error.into()))?;
    let run_json = stands.get("run.json").and_then(|path| fs::read(path).ok()).ok_or_else(|| {
        Stop::start(format!("{} 中没有 run.json", out.display()), format!("there is no run.json in {}", out.display()))
    })?;
    let about: serde_json::Value =
        serde_json::from_slice(&run_json).map_err(|_| Stop::start("run.json 已损坏", "run.json is damaged"))?;
    let again = rerun::rerun(&Folders::open(&root)?, &about, context.readers, &Bar::new(context.options))?;
    let again: BTreeMap<&str, &[u8]> = again.iter().map(|file| (&*file.path, &*file.bytes)).collect();
    let other_version = about["tool"]["version"] != env!("CARGO_PKG_VERSION") || about["inputs"].is_null();
    if other_version {
        screen::note(lang.pick(
            "这套输出由另一版本的程序生成，只核对收支、应报情况、问题（编号和代码）和 records.csv",
            "another version made this set; tally, coverage, obligations, findings (id, code) and records.csv are compared",
        ));
    }
    let differing = if other_version { essentials(&about, &stands, &again) } else { files_differing(&stands, &again) };

    if context.options.json() {
        let files: Vec<_> =
            differing.iter().map(|(name, what)| serde_json::json!({"path": name, "is": what.name()})).collect();
        screen::out(&format!(
            "{:#}\n",
            serde_json::json!({"same": files.is_empty(), "files": again.len(), "differences": files})
        ));
    } else if differing.is_empty() {
        let count = again.len();
        let words =
            lang.pick(format!("一致：{count} 个文件与重新生成的完全相同"), format!("the same: all {count} files"));
        screen::out(&format!("{}\n", styled(GOOD, &words)));
    } else {
        for (name, what) in &differing {
            screen::out(&format!("{} {name}\n", styled(BAD, what.words(lang))));
        }
    }
    Ok(if differing.is_empty() { Exit::Done } else { Exit::NotTheSame })
}

/// How a file of the set differs from what it should be.
#[derive(Clone, Copy, Debug)]
enum Difference {
    Changed,
    Missing,
    Extra,
}

impl Difference {
    fn name(self) -> &'static str {
        match self {
            Difference::Changed => "changed",
            Difference::Missing => "missing",
            Difference::Extra => "extra",
        }
    }

    fn words(self, lang: Lang) -> &'static str {
        match self {
            Difference::Changed => lang.pick("内容不同", "differs"),
            Difference::Missing => lang.pick("缺少", "is missing"),
            Difference::Extra => lang.pick("多出", "does not belong"),
        }
    }
}

fn files_differing(stands: &BTreeMap<String, PathBuf>, again: &BTreeMap<&str, &[u8]>) -> Vec<(String, Difference)> {
    let names: BTreeSet<&str> = again.keys().copied().chain(stands.keys().map(String::as_str)).collect();
    let differs = |name: &str| match (again.get(name), stands.get(name)) {
        (Some(bytes), Some(path)) if fs::read(path).is_ok_and(|found| found == *bytes) => None,
        (Some(_), Some(_)) => Some(Difference::Changed),
        (Some(_), None) => Some(Difference::Missing),
        (None, _) => Some(Difference::Extra),
    };
    names.into_iter().filter_map(|name| Some((name.to_owned(), differs(name)?))).collect()
}

/// What sets of two versions must have in common (contract 2); the parts of run.json that differ, by name.
fn essentials(
    then: &serde_json::Value,
    stands: &BTreeMap<String, PathBuf>,
    again: &BTreeMap<&str, &[u8]>,
) -> Vec<(String, Difference)> {
    let now: serde_json::Value =
        again.get("run.json").and_then(|bytes| serde_json::from_slice(bytes).ok()).unwrap_or_default();
    let ids = |run: &serde_json::Value| -> BTreeSet<String> {
        let findings = run["findings"].as_array().into_iter().flatten();
        findings.map(|one| format!("{}|{}", one["id"], one["code"])).collect()
    };
    let owed = |run: &serde_json::Value| -> Vec<String> {
        let obligations = run["obligations"].as_array().into_iter().flatten();
        let one =
            |o: &serde_json::Value| ["task", "unit", "period", "due", "state", "records"].map(|key| o[key].to_string());
        obligations.map(|o| one(o).join("|")).collect()
    };
    let mut differing: Vec<&str> = Vec::new();
    differing.extend(["tally", "coverage"].into_iter().filter(|part| then[part] != now[part]));
    differing.extend((owed(then) != owed(&now)).then_some("obligations"));
    differing.extend((ids(then) != ids(&now)).then_some("findings"));
    let mut all: Vec<_> = differing.iter().map(|part| (format!("run.json {part}"), Difference::Changed)).collect();
    let records = |name: &str| {
        files_differing(stands, again).into_iter().filter(move |(file, _)| file == name).collect::<Vec<_>>()
    };
    all.extend(records("records.csv"));
    all
}

/// The nearest folder above that holds a campaign's state.
fn campaign_of(out: &Path) -> Option<PathBuf> {
    out.ancestors().find(|folder| folder.join(folders::STATE).is_dir()).map(Path::to_owned)
}
