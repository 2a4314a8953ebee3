//! `taizhang init`: creates a campaign folder with commented settings, a division to fill in and the guide.

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

/// The guide for the office, in Markdown.
const GUIDE: &str = include_str!("../../README.zh-CN.md");

/// The guide as a page of its own.
fn guide() -> String {
    let mut body = String::new();
    pulldown_cmark::html::push_html(
        &mut body,
        pulldown_cmark::Parser::new_ext(GUIDE, pulldown_cmark::Options::ENABLE_TABLES),
    );
    format!(
        "<!DOCTYPE html>\n<html lang=\"zh-CN\">\n<head>\n<meta charset=\"utf-8\">\n<title>台账使用说明</title>\n<style>\n\
         body {{ max-width: 52em; margin: 2em auto; padding: 0 1em; line-height: 1.7; font-family: sans-serif }}\n\
         table {{ border-collapse: collapse }} th, td {{ border: 1px solid #999; padding: .3em .6em; text-align: left }}\n\
         pre, code {{ background: #f3f3f3 }} pre {{ padding: .6em; white-space: pre-wrap }}\n\
         </style>\n</head>\n<body>\n{body}</body>\n</html>\n"
    )
}

pub(crate) fn run(args: &Args, context: &CommandContext<'_>) -> anyhow::Result<Exit> {
    let lang = context.options.lang();
    let made =
        |path: &Path, result: io::Result<()>| result.map_err(|error| Stop::io("不能建立", "cannot make", path, &error));
    made(&args.dir, fs::create_dir_all(&args.dir))?;
    let (folders, settings) = (Folders::open(&args.dir)?, Settings::default());
    let (inbox, division) = (folders.inbox(&settings), folders.division(&settings));
    let mut text = String::new();
    let mut told = |path: &Path, kept: bool| {
        let word = if kept { lang.pick("已有", "kept") } else { lang.pick("建立", "made") };
        let _ = writeln!(text, "{word}  {}", path.display());
    };
    let guide = (args.dir.join("使用说明.html"), guide());
    for (path, bytes) in
        [(folders.settings(), COMMENTED.as_bytes()), (division, DIVISION), (guide.0, guide.1.as_bytes())]
    {
        // existing files are never overwritten
        let kept = match fs::File::create_new(&path) {
            Ok(mut file) => made(&path, io::Write::write_all(&mut file, bytes)).map(|()| false)?,
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => true,
            Err(error) => return Err(Stop::io("不能建立", "cannot make", &path, &error).into()),
        };
        told(&path, kept);
    }
    for folder in [inbox, folders.output(&settings)] {
        let kept = folder.is_dir();
        made(&folder, fs::create_dir_all(&folder))?;
        told(&folder, kept);
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
