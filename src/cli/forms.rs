//! `taizhang forms`: one blank ledger for each unit, made from the division.

use std::fmt::Write as _;
use std::path::PathBuf;

use super::screen::{self, BOLD, styled};
use super::{CommandContext, Exit};
use crate::campaign::hand_out::hand_out;
use crate::campaign::{Folders, folders};

/// Its arguments.
#[derive(clap::Args, Debug)]
pub(crate) struct Args {
    /// 创建工作所在的文件夹（默认：当前文件夹，或其上级中有 taizhang.toml 的那个）
    #[arg(value_name = "文件夹")]
    dir: Option<PathBuf>,
}

pub(crate) fn run(args: &Args, context: &CommandContext<'_>) -> anyhow::Result<Exit> {
    let folders = Folders::open(&folders::campaign(args.dir.as_deref()))?;
    let out = hand_out(&folders, &context.options.switches(), context.options.output.as_deref(), context.readers)?;
    let (window, folder) = (out.window.label(), out.folder.display().to_string());
    if context.options.json() {
        let value = serde_json::json!({"window": window, "folder": folder, "files": out.files});
        screen::out(&format!("{value:#}\n"));
        return Ok(Exit::Done);
    }
    let count = out.files.len();
    let heading = out.settings.lang.pick(
        format!("{window} 的空白表 {count} 份，在 {folder}"),
        format!("{count} blank forms for {window} in {folder}"),
    );
    let mut text = format!("{}\n", styled(BOLD, &heading));
    for file in &out.files {
        let _ = writeln!(text, "  {file}");
    }
    screen::out(&text);
    Ok(Exit::Done)
}
