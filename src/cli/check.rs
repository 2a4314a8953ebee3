//! `taizhang check`: the findings for these files alone; writes nothing.

use std::path::{Path, PathBuf};

use super::findings::{self, Shown};
use super::progress::Bar;
use super::{CommandContext, Exit, FailOn};
use crate::basis::finding::Severity;
use crate::campaign::examine::examine;
use crate::campaign::{Folders, Stop};

/// Its arguments.
#[derive(clap::Args, Debug)]
pub(crate) struct Args {
    /// 要核对的台账文件
    #[arg(required = true, value_name = "文件")]
    files: Vec<PathBuf>,
    /// 任务分工表
    #[arg(long, value_name = "文件")]
    division: PathBuf,
}

pub(crate) fn run(args: &Args, context: &CommandContext<'_>) -> anyhow::Result<Exit> {
    let division = std::path::absolute(&args.division)?;
    // the settings next to the division apply
    let folders = Folders::open(division.parent().unwrap_or(Path::new(".")))?;
    let mut switches = context.options.switches();
    switches.division = Some(args.division.file_name().map_or_else(String::new, |name| name.to_string_lossy().into()));
    for file in &args.files {
        if !file.exists() {
            let shown = file.display();
            return Err(Stop::start(format!("找不到文件 {shown}"), format!("there is no file {shown}")).into());
        }
    }
    let outcome = examine(&folders, &switches, &args.files, context.readers, &Bar::new(context.options))?;
    let shown: Vec<Shown> = findings::of_files(&outcome);
    findings::print(&shown, context.options, outcome.settings.lang);
    let severities: Vec<Severity> = shown.iter().filter(|one| one.answer.is_none()).map(|one| one.severity).collect();
    Ok(context.options.fail_on.unwrap_or(FailOn::Error).exit(severities))
}
