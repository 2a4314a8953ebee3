//! The switches common to all commands.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::exit::Exit;
use crate::basis::Lang;
use crate::basis::finding::Severity;
use crate::campaign::open::Switches;

/// The switches of every command.
#[derive(Args, Clone, Debug, Default)]
#[command(next_help_heading = "通用开关")]
pub struct Options {
    /// 统计到哪一天（代替系统时钟），如 2014-08-31、2014-09-05T16:00
    #[arg(long, global = true, value_name = "日期")]
    pub as_of: Option<String>,
    /// 报告期，如 2014-08、2019-Q3，或其中任一日期
    #[arg(long, global = true, value_name = "报告期")]
    pub window: Option<String>,
    /// 输出到这个文件夹，代替“输出”
    #[arg(long, global = true, value_name = "文件夹")]
    pub output: Option<PathBuf>,
    /// 同时读取几个文件（默认：处理器个数）
    #[arg(long, short, global = true, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub jobs: Option<u16>,
    /// 结果的形式
    #[arg(long, global = true, value_enum, default_value_t, hide_possible_values = true, value_name = "text|json")]
    pub format: Format,
    /// 报告和提示的语言
    #[arg(long, global = true, value_name = "zh-CN|en")]
    pub lang: Option<String>,
    /// 是否用颜色
    #[arg(
        long,
        global = true,
        value_enum,
        default_value_t,
        hide_possible_values = true,
        value_name = "auto|always|never"
    )]
    pub color: Color,
    /// 只说结果，不说进度
    #[arg(long, short, global = true)]
    pub quiet: bool,
    /// 多说细节
    #[arg(long, short, global = true, action = clap::ArgAction::Count)]
    pub verbose: u8,
    /// 有这一级及以上的问题时，退出码为 1
    #[arg(long, global = true, value_enum, hide_possible_values = true, value_name = "never|info|warning|error")]
    pub fail_on: Option<FailOn>,
}

/// The format of results.
#[derive(ValueEnum, Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Format {
    /// For people.
    #[default]
    Text,
    /// For programs.
    Json,
}

/// Whether to use colours.
#[derive(ValueEnum, Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Color {
    /// On a terminal, unless `NO_COLOR` is set.
    #[default]
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

/// The least severity at which a command exits with 1.
#[derive(ValueEnum, Clone, Copy, Debug, PartialEq, Eq)]
pub enum FailOn {
    /// Never.
    Never,
    /// Info.
    Info,
    /// Warning.
    Warning,
    /// Error.
    Error,
}

impl FailOn {
    /// The exit code for findings of these severities.
    pub fn exit(self, found: impl IntoIterator<Item = Severity>) -> Exit {
        let from = match self {
            FailOn::Never => return Exit::Done,
            FailOn::Info => Severity::Info,
            FailOn::Warning => Severity::Warning,
            FailOn::Error => Severity::Error,
        };
        if found.into_iter().any(|severity| severity >= from) { Exit::Findings } else { Exit::Done }
    }
}

impl Options {
    /// The language given by `--lang`, else Chinese.
    pub fn lang(&self) -> Lang {
        match self.lang.as_deref().map(str::to_ascii_lowercase).as_deref() {
            Some("en" | "english") => Lang::En,
            _ => Lang::Zh,
        }
    }

    /// The switches that override settings.
    pub fn switches(&self) -> Switches {
        // paths on the command line are relative to the current folder, not to the campaign folder
        let output = self.output.as_ref().map(|folder| std::path::absolute(folder).unwrap_or_else(|_| folder.clone()));
        Switches {
            as_of: self.as_of.clone(),
            window: self.window.clone(),
            output: output.map(|folder| folder.to_string_lossy().into_owned()),
            lang: self.lang.clone(),
            division: None,
        }
    }

    /// Whether results are printed as JSON.
    pub fn json(&self) -> bool {
        self.format == Format::Json
    }
}
