//! `taizhang init`: creates a campaign folder with commented settings and a division to fill in.

use std::fmt::Write as _;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::{CommandContext, Exit, screen};
use crate::basis::settings::Settings;
use crate::campaign::settings::COMMENTED;
use crate::campaign::{Folders, Stop};

/// Its arguments.
#[derive(clap::Args, Debug)]
pub(crate) struct Args {
    /// 要建立的文件夹
    #[arg(value_name = "文件夹")]
    dir: PathBuf,
}

/// The empty division with its filling instructions.
const DIVISION: &[u8] = include_bytes!("../../templates/empty.xlsx");

pub(crate) fn run(args: &Args, context: &CommandContext<'_>) -> anyhow::Result<Exit> {
    let lang = context.options.lang();
    let made =
        |path: &Path, result: io::Result<()>| result.map_err(|error| Stop::io("不能建立", "cannot make", path, &error));
    made(&args.dir, fs::create_dir_all(&args.dir))?;
    let (folders, settings) = (Folders::open(&args.dir)?, Settings::default());
    let (inbox, division) = (folders.inbox(&settings), folders.division(&settings));
    let mut text = String::new();
    for (path, bytes) in [(folders.settings(), COMMENTED.as_bytes()), (division, DIVISION)] {
        // existing files are never overwritten
        let kept = match fs::File::create_new(&path) {
            Ok(mut file) => made(&path, io::Write::write_all(&mut file, bytes)).map(|()| false)?,
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => true,
            Err(error) => return Err(Stop::io("不能建立", "cannot make", &path, &error).into()),
        };
        let word = if kept { lang.pick("已有", "kept") } else { lang.pick("建立", "made") };
        let _ = writeln!(text, "{word}  {}", path.display());
    }
    for folder in [inbox, folders.output(&settings)] {
        made(&folder, fs::create_dir_all(&folder))?;
        let _ = writeln!(text, "{}  {}", lang.pick("建立", "made"), folder.display());
    }
    let dir = args.dir.display();
    text.push_str(&lang.pick(
        format!(
            "\n下一步：填写任务分工表，用 taizhang template check 核对；把收到的台账放入“{}”，再运行 taizhang run {dir}\n",
            settings.inbox
        ),
        format!(
            "\nnext: fill in the division and check it with `taizhang template check`; put submitted files into {}, then `taizhang run {dir}`\n",
            settings.inbox
        ),
    ));
    screen::out(&text);
    Ok(Exit::Done)
}
