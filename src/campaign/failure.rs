//! 上次运行失败.txt: what a run that nobody watched could not do, left where the office looks; gone with the next that can.

use std::fs;
use std::io;
use std::path::Path;
use std::thread;

use super::folders::{SETTINGS, STATE};
use super::run::RunResult;
use super::stop::Stop;

/// Its name in the campaign's folder.
pub const NAME: &str = "上次运行失败.txt";

/// Leaves the note of a run that failed, or takes away that of an earlier one. A folder that is no campaign gets none, and
/// a run that found the folder held is no failure.
pub fn note(root: &Path, ended: &thread::Result<Result<RunResult, Stop>>) {
    let path = root.join(NAME);
    let why: Vec<String> = match ended {
        Ok(Ok(_)) => {
            // That there is none is as it should be.
            let _ = fs::remove_file(path);
            return;
        }
        Ok(Err(Stop::Held(_))) => return,
        Ok(Err(stop)) => stop.said().iter().map(|said| said.zh.to_string()).collect(),
        Err(_) => vec!["程序自身出错，未写任何输出。请加 -v 重新运行，把所示内容反馈给维护人员".to_owned()],
    };
    if !root.join(SETTINGS).is_file() && !root.join(STATE).is_dir() {
        return;
    }
    let text = format!(
        "\u{feff}时间：{}\r\n原因：\r\n  {}\r\n处理：按上面所说处理后，再运行一次 taizhang run；运行成功后本文件自动删除。\r\n\
         原有输出保持不变。\r\n",
        super::now::now(),
        why.join("\r\n  ")
    );
    let write = || -> io::Result<()> { fs::write(&path, text) };
    // Where nothing can be written the exit code alone has to tell.
    let _ = write();
}
