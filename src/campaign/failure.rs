//! 上次运行失败.txt: why an unattended run failed. The next successful run deletes it.

use std::fs;
use std::path::Path;
use std::thread;

use super::folders::{SETTINGS, STATE};
use super::run::RunResult;
use super::stop::Stop;

/// The name of the file in the folder of the campaign.
pub const NAME: &str = "上次运行失败.txt";

/// Writes the file after a failed run, and deletes it after a successful one. A folder that is no campaign gets none. A run
/// that finds the folder locked by another run is not a failure.
pub fn note(root: &Path, ended: &thread::Result<Result<RunResult, Stop>>) {
    let path = root.join(NAME);
    let why: Vec<String> = match ended {
        Ok(Ok(_)) => {
            // Usually there is none.
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
    // If it cannot be written, only the exit code shows the failure; an empty one would say nothing.
    if fs::write(&path, text).is_err() {
        let _ = fs::remove_file(path);
    }
}
