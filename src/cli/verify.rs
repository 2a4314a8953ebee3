//! `taizhang verify`: derives an output folder again from the archived files and compares it.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use super::progress::Bar;
use super::screen::{self, BAD, GOOD, styled};
use super::{CommandContext, Exit};
use crate::campaign::intake::relative;
use crate::campaign::{Folders, Stop, folders, rerun};

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

pub(crate) fn run(args: &Args, shop: &CommandContext<'_>) -> anyhow::Result<Exit> {
    let lang = shop.options.lang();
    let out = fs::canonicalize(&args.out)
        .map_err(|error| Stop::io("打不开输出文件夹", "cannot open the output folder", &args.out, &error))?;
    let root = args.campaign.clone().or_else(|| campaign_of(&out)).ok_or_else(|| {
        Stop::start(
            "找不到这些输出所属的创建工作文件夹，请用 --campaign 写明",
            "name the campaign's folder with --campaign",
        )
    })?;
    let stands = files(&out);
    let run_json = stands.get("run.json").and_then(|path| fs::read(path).ok()).ok_or_else(|| {
        Stop::start(format!("{} 中没有 run.json", out.display()), format!("there is no run.json in {}", out.display()))
    })?;
    let about: serde_json::Value =
        serde_json::from_slice(&run_json).map_err(|_| Stop::start("run.json 已损坏", "run.json is damaged"))?;
    let (window, as_of) = (about["window"]["label"].as_str(), about["as_of"].as_str());
    let (Some(window), Some(as_of)) = (window, as_of) else {
        return Err(Stop::start("run.json 中没有报告期", "run.json does not name its window").into());
    };
    let again = rerun::rerun(&Folders::open(&root)?, window, as_of, shop.readers, &Bar::new(shop.options))?;

    let again: BTreeMap<&str, &[u8]> = again.iter().map(|file| (&*file.path, &*file.bytes)).collect();
    let names: BTreeSet<&str> = again.keys().copied().chain(stands.keys().map(String::as_str)).collect();
    let mut differing = Vec::new();
    for name in names {
        let what = match (again.get(name), stands.get(name)) {
            (Some(bytes), Some(path)) if fs::read(path).is_ok_and(|found| found == *bytes) => continue,
            (Some(_), Some(_)) => ("changed", lang.pick("内容不同", "differs")),
            (Some(_), None) => ("missing", lang.pick("缺少", "is missing")),
            (None, _) => ("extra", lang.pick("多出", "does not belong")),
        };
        differing.push((name, what));
    }
    if shop.options.json() {
        let files: Vec<_> =
            differing.iter().map(|(name, (what, _))| serde_json::json!({"path": name, "is": what})).collect();
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
        for (name, (_, words)) in &differing {
            screen::out(&format!("{} {name}\n", styled(BAD, words)));
        }
    }
    Ok(if differing.is_empty() { Exit::Done } else { Exit::NotTheSame })
}

/// The nearest folder above with the state of a campaign.
fn campaign_of(out: &Path) -> Option<PathBuf> {
    out.ancestors().find(|folder| folder.join(folders::STATE).is_dir()).map(Path::to_owned)
}

fn files(out: &Path) -> BTreeMap<String, PathBuf> {
    let mut found = BTreeMap::new();
    let mut folders = vec![out.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).into_iter().flatten().filter_map(Result::ok) {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else {
                found.insert(relative(&path, out), path);
            }
        }
    }
    found
}
