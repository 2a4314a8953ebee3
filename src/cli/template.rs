//! `taizhang template check`: reads a division and prints all its faults, each with its cell and what to do.

use std::path::{Path, PathBuf};

use clap::Subcommand;

use super::findings::{self, Shown};
use super::screen::{self, BOLD, styled};
use super::{CommandContext, Exit, FailOn};
use crate::basis::finding::Severity;
use crate::campaign::archive::temporary_archive;
use crate::campaign::open::{Opened, now, open_faulty};
use crate::campaign::{Folders, Stop};

/// Its arguments.
#[derive(clap::Args, Debug)]
pub(crate) struct Args {
    #[command(subcommand)]
    what: What,
}

#[derive(Subcommand, Debug)]
enum What {
    /// 核对任务分工表，列出其中的每一处问题
    Check(Check),
}

#[derive(clap::Args, Debug)]
struct Check {
    /// 任务分工表
    #[arg(value_name = "文件")]
    file: PathBuf,
}

pub(crate) fn run(args: &Args, context: &CommandContext<'_>) -> anyhow::Result<Exit> {
    let What::Check(Check { file }) = &args.what;
    let opened = open(file, context)?;
    let shown = findings::of_division(&opened.division, &opened.settings);
    if context.options.json() {
        screen::out(&format!("{:#}\n", json(&opened, file, &shown)));
    } else {
        let lang = opened.settings.lang;
        let Size { tasks, units, obligations } = size(&opened);
        let line = lang.pick(
            format!("{}：任务 {tasks} 项，单位 {units} 个，责任 {obligations} 条（任务×单位）", file.display()),
            format!("{}: {tasks} tasks, {units} units, {obligations} obligations (task × unit)", file.display()),
        );
        screen::out(&format!("{}\n", styled(BOLD, &line)));
        findings::print(&shown, context.options, lang);
    }
    let severities: Vec<Severity> = shown.iter().map(|one| one.severity).collect();
    Ok(context.options.fail_on.unwrap_or(FailOn::Error).exit(severities))
}

/// Opens a division with the settings next to it.
fn open(file: &Path, context: &CommandContext<'_>) -> anyhow::Result<Opened> {
    let path = std::path::absolute(file)?;
    if !path.is_file() {
        let shown = file.display();
        return Err(Stop::start(format!("找不到文件 {shown}"), format!("there is no file {shown}")).into());
    }
    let folders = Folders::open(path.parent().unwrap_or(Path::new(".")))?;
    let mut switches = context.options.switches();
    switches.division = path.file_name().map(|name| name.to_string_lossy().into_owned());
    Ok(open_faulty(&folders, &switches, context.readers, &temporary_archive()?, now())?)
}

/// The size of a division.
struct Size {
    tasks: usize,
    units: usize,
    obligations: usize,
}

fn size(opened: &Opened) -> Size {
    let division = &opened.division;
    Size {
        tasks: division.tasks.len(),
        units: division.roster.units.len(),
        obligations: division.tasks.iter().map(|task| task.units.len()).sum(),
    }
}

fn json(opened: &Opened, file: &Path, shown: &[Shown]) -> serde_json::Value {
    let Size { tasks, units, obligations } = size(opened);
    let findings: Vec<serde_json::Value> = shown.iter().map(findings::as_json).collect();
    serde_json::json!({
        "division": {
            "path": file.to_string_lossy(), "hash": opened.division.hash,
            "tasks": tasks, "units": units, "obligations": obligations,
        },
        "findings": findings,
    })
}
