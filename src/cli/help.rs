//! The words of help and of wrong usage. What clap itself says is English; here it speaks the language of the user:
//! Chinese, unless `--lang en` asks otherwise.

use std::ffi::OsString;

use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Arg, ArgAction, Command, CommandFactory};

use crate::basis::Lang;

/// What commands and arguments are, in English: the names of the commands, a full stop, the argument. The Chinese stands
/// at each as its doc comment. Arguments without a command of their own are the same wherever they occur.
const ENGLISH: &[(&str, &str)] = &[
    ("", "taizhang: gathers, checks and merges the ledgers that units submit"),
    ("init", "make a new folder: settings, a division to fill in, an inbox"),
    ("draft", "draft a division from a plan, a division of work or a list (docx, txt, html)"),
    ("template", "check a division"),
    ("template check", "list every fault of a division"),
    ("inspect", "show what is seen in a file: sheets, headings, fields, units, dates, and why rows do not count"),
    ("forms", "make a blank ledger for each unit from the division"),
    ("check", "check these files alone; writes nothing"),
    ("run", "read, check, merge, and write the outputs"),
    ("rehearse", "show what a changed division or settings file would have found in earlier windows"),
    ("status", "the last run in one screen"),
    ("history", "the runs so far, and what changed between two of them"),
    ("rulings", "what a person settled: its state, and whether this window needed it"),
    ("trace", "from a row of the consolidated ledger to the cell it came from, or the other way round"),
    ("verify", "make the outputs again from the archive and say whether they are the same"),
    ("schedule", "show (or install) a scheduled job of this machine"),
    ("explain", "explain the code of a finding: why it is one and what to do (offline)"),
    ("completions", "completions for a shell"),
    ("man", "the manual page"),
    (".as_of", "the day the run is made for, instead of the clock: 2014-08-31, 2014-09-05T16:00"),
    (".window", "the window: 2014-08, 2019-Q3, or any day in it"),
    (".output", "write to this folder instead of 输出"),
    (".jobs", "read so many files at once (default: the number of processors)"),
    (".format", "the form of results (default: text)"),
    (".lang", "the language of outputs and messages"),
    (".color", "whether to use colours (default: auto)"),
    (".quiet", "only results, no progress"),
    (".verbose", "more details"),
    (".fail_on", "exit with 1 when there are findings of this severity or worse"),
    (".help", "print help"),
    (".version", "print the version"),
    (".dir", "the folder of the campaign (default: the current one, or the one above it with taizhang.toml)"),
    (".division", "the division"),
    ("init.dir", "the folder to make"),
    ("draft.plan", "a plan, a division of work or a list of duties: docx, txt or html"),
    ("draft.out", "write to this file (default: 任务分工.xlsx); no existing file is written over"),
    ("draft.update", "update a drafted division that was edited since: edits are kept, another file is written"),
    ("template check.file", "the division"),
    ("inspect.files", "the files to look at"),
    (
        "inspect.health",
        "only the health of a file: what is hidden, filtered, lost, an error, linked, struck out or told by colour alone, one line each; nothing of a sound file",
    ),
    ("inspect.division", "the division; by default it is looked for in the folder of the file and above"),
    ("check.files", "the ledgers to check"),
    ("run.dry_run", "name the files that would be read and written, and write none"),
    ("run.empty_ok", "the inbox has been emptied on purpose (else a run stops when it held files the last time)"),
    ("rehearse.file", "the changed division, or the changed settings file"),
    ("history.words", "two numbers compare two runs; forget and a number forgets one"),
    ("history.unit", "how one unit did in each window"),
    (
        "trace.dir_and_place",
        "the folder (may be left out) and the place: a row of 汇总台账.xlsx (12, 汇总台账!D12, 综合科!5), file!sheet!cell, \
         or a missing item: task@unit, task@unit@window, 缺项清单!12",
    ),
    ("verify.out", "the outputs of one window, such as 输出/2014-08"),
    ("verify.campaign", "the folder of the campaign (default: the one above the outputs with .taizhang)"),
    ("schedule.kind", "systemd (this user), system (the machine), cron or windows (default: that of this system)"),
    ("schedule.at", "at what time of the day (default: 08:00)"),
    ("schedule.daily", "on Saturdays and Sundays too"),
    ("schedule.install", "write the job; without this it is only shown"),
    ("schedule.remove", "take the job away"),
    ("explain.codes", "codes or names, such as D402 or task-not-reported; without one all are listed"),
    ("completions.shell", "bash, zsh, fish, powershell or elvish"),
];

/// The names of values in English, by their Chinese.
const VALUES: &[(&str, &str)] = &[
    ("文件夹", "DIR"),
    ("文件", "FILE"),
    ("日期", "DAY"),
    ("报告期", "WINDOW"),
    ("方案", "PLAN"),
    ("代码", "CODE"),
    ("单位", "UNIT"),
    ("时:分", "HH:MM"),
    ("输出文件夹", "OUT"),
    ("[文件夹] 位置", "[DIR] PLACE"),
    ("编号 编号 | forget 编号 [文件夹]", "N N | forget N [DIR]"),
];

/// The language that the arguments ask for, known before they are parsed.
pub(super) fn asked(args: &[OsString]) -> Lang {
    let texts: Vec<&str> = args.iter().filter_map(|arg| arg.to_str()).collect();
    let after = texts.windows(2).filter(|pair| pair[0] == "--lang").map(|pair| pair[1]);
    let joined = texts.iter().filter_map(|arg| arg.strip_prefix("--lang="));
    let english = |lang: &str| ["en", "english"].contains(&lang.to_ascii_lowercase().as_str());
    if after.chain(joined).any(english) { Lang::En } else { Lang::Zh }
}

/// The commands with all their words in one language.
pub(super) fn command<C: CommandFactory>(lang: Lang) -> Command {
    worded(C::command(), "", lang)
}

fn worded(command: Command, path: &str, lang: Lang) -> Command {
    let template = match lang {
        Lang::Zh => "{about-with-newline}\n用法：{usage}\n\n{all-args}",
        Lang::En => "{about-with-newline}\nUsage: {usage}\n\n{all-args}",
    };
    let help = Arg::new("help").short('h').long("help").action(ArgAction::Help).help("显示帮助");
    let mut command = command
        .disable_help_flag(true)
        .arg(help)
        .help_template(template)
        .subcommand_help_heading(lang.pick("命令", "Commands"))
        .subcommand_value_name(lang.pick("命令", "COMMAND"));
    if path.is_empty() {
        let version = Arg::new("version").short('V').long("version").action(ArgAction::Version).help("显示版本");
        command = command.disable_version_flag(true).arg(version);
    }
    if lang == Lang::En
        && let Some(about) = english(path)
    {
        command = command.about(about).long_about(about);
    }
    command = command.mut_args(|arg| argument(arg, path, lang));
    let names: Vec<String> = command.get_subcommands().map(|one| one.get_name().to_owned()).collect();
    for name in names {
        let below = format!("{path} {name}").trim_start().to_owned();
        command = command.mut_subcommand(name, |one| worded(one, &below, lang));
    }
    let usage = usage(&command, path, lang);
    command.override_usage(usage)
}

/// How a command is called: its name, its switches, its arguments.
fn usage(command: &Command, path: &str, lang: Lang) -> String {
    let mut words = vec!["taizhang".to_owned()];
    words.extend(path.split_whitespace().map(String::from));
    words.push(lang.pick("[开关]", "[OPTIONS]").to_owned());
    let required = command.get_arguments().filter(|arg| arg.is_required_set() && !arg.is_positional());
    for arg in required {
        words.push(format!("--{} <{}>", arg.get_long().unwrap_or_default(), value_name(arg)));
    }
    for arg in command.get_positionals() {
        let name = value_name(arg);
        let many = if arg.get_num_args().is_some_and(|range| range.max_values() > 1) { "..." } else { "" };
        words.push(match () {
            // a name that tells its own form
            () if name.contains(['[', '|', ' ']) => name,
            () if arg.is_required_set() => format!("<{name}>{many}"),
            () => format!("[{name}]{many}"),
        });
    }
    if command.has_subcommands() {
        words.push(lang.pick("<命令>", "<COMMAND>").to_owned());
    }
    words.join(" ")
}

fn value_name(arg: &Arg) -> String {
    arg.get_value_names().and_then(|names| names.first()).map_or_else(|| arg.get_id().to_string(), ToString::to_string)
}

fn argument(arg: Arg, path: &str, lang: Lang) -> Arg {
    let id = arg.get_id().to_string();
    let heading = match (arg.is_positional(), arg.get_help_heading()) {
        (true, _) => lang.pick("参数", "Arguments"),
        (false, Some(_)) => lang.pick("通用开关", "Options of every command"),
        (false, None) => lang.pick("开关", "Options"),
    };
    let default = arg.get_default_values().first().and_then(|value| value.to_str()).map(String::from);
    let valued = arg.get_action().takes_values();
    let mut arg = arg.help_heading(heading).hide_default_value(valued);
    match lang {
        Lang::Zh => {
            let default = default.filter(|_| valued && !arg.is_hide_possible_values_set());
            if let Some((default, help)) = default.zip(arg.get_help().map(ToString::to_string)) {
                arg = arg.help(format!("{help}（默认：{default}）"));
            }
        }
        Lang::En => {
            let own = english(&format!("{path}.{id}")).or_else(|| english(&format!(".{id}")));
            if let Some(help) = own {
                arg = arg.help(help).long_help(help);
            }
            let name = value_name(&arg);
            if let Some((_, name)) = VALUES.iter().find(|(zh, _)| *zh == name) {
                arg = arg.value_name(name);
            }
        }
    }
    arg
}

fn english(key: &str) -> Option<&'static str> {
    ENGLISH.iter().find(|(known, _)| *known == key).map(|(_, text)| *text)
}

/// Says what is wrong with the arguments; help and version, which clap also calls errors, are printed as they are.
pub(super) fn print(error: &clap::Error, lang: Lang) {
    use ErrorKind::{DisplayHelp, DisplayHelpOnMissingArgumentOrSubcommand, DisplayVersion};
    let is_help = matches!(error.kind(), DisplayHelp | DisplayHelpOnMissingArgumentOrSubcommand | DisplayVersion);
    if lang == Lang::En || is_help {
        let _ = error.print();
        return;
    }
    let mark = super::screen::styled(super::screen::BAD, "错误");
    super::screen::note(&format!(
        "{mark} {}\n\n用法见 taizhang --help，各命令的用法见 taizhang 命令 --help",
        fault(error)
    ));
}

/// What is wrong with the arguments, in Chinese.
fn fault(error: &clap::Error) -> String {
    let context = |kind| match error.get(kind) {
        Some(ContextValue::String(text)) => Some(text.clone()),
        Some(ContextValue::Strings(texts)) => Some(texts.join("、")),
        Some(ContextValue::StyledStr(text)) => Some(text.to_string()),
        Some(ContextValue::StyledStrs(texts)) => {
            Some(texts.iter().map(ToString::to_string).collect::<Vec<_>>().join("、"))
        }
        Some(ContextValue::Number(number)) => Some(number.to_string()),
        _ => None,
    };
    let arg = || context(ContextKind::InvalidArg).unwrap_or_default();
    let value = || context(ContextKind::InvalidValue).unwrap_or_default();
    let nearest = |kind| context(kind).map_or_else(String::new, |name| format!("，是否应为“{name}”？"));
    match error.kind() {
        ErrorKind::UnknownArgument => format!("没有“{}”这个开关或参数{}", arg(), nearest(ContextKind::SuggestedArg)),
        ErrorKind::InvalidSubcommand => {
            let name = context(ContextKind::InvalidSubcommand).unwrap_or_default();
            format!("没有“{name}”这个命令{}", nearest(ContextKind::SuggestedSubcommand))
        }
        ErrorKind::MissingSubcommand => "没有写命令".to_owned(),
        ErrorKind::MissingRequiredArgument => format!("缺少 {}", arg()),
        ErrorKind::InvalidValue if value().is_empty() => format!("“{}”没有写值", arg()),
        ErrorKind::InvalidValue => {
            let valid = context(ContextKind::ValidValue).map_or_else(String::new, |valid| format!("，可用：{valid}"));
            format!("“{}”不能是“{}”{valid}", arg(), value())
        }
        ErrorKind::ValueValidation => {
            let why = std::error::Error::source(error).map(ToString::to_string).filter(|why| !why.is_ascii());
            format!("“{}”不能是“{}”{}", arg(), value(), why.map_or_else(String::new, |why| format!("：{why}")))
        }
        ErrorKind::ArgumentConflict => {
            let prior = context(ContextKind::PriorArg).unwrap_or_default();
            if prior == arg() {
                format!("“{prior}”写了不止一次")
            } else {
                format!("“{}”和“{prior}”不能同时用", arg())
            }
        }
        ErrorKind::TooManyValues | ErrorKind::TooFewValues | ErrorKind::WrongNumberOfValues => {
            format!("“{}”的值的个数不对", arg())
        }
        ErrorKind::NoEquals => format!("“{}”与值之间要写等号", arg()),
        ErrorKind::InvalidUtf8 => "参数不是 UTF-8 文字".to_owned(),
        _ => error.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::Cli;

    fn all<'c>(command: &'c Command, path: &str, found: &mut Vec<(String, &'c Command)>) {
        found.push((path.to_owned(), command));
        for below in command.get_subcommands() {
            all(below, format!("{path} {}", below.get_name()).trim_start(), found);
        }
    }

    #[test]
    fn every_command_and_argument_is_told_in_both_languages() {
        let command = Cli::command();
        let mut found = Vec::new();
        all(&command, "", &mut found);
        let mut used: Vec<String> = vec![".help".into(), ".version".into()];
        for (path, command) in found {
            assert!(english(&path).is_some() && command.get_about().is_some(), "{path}");
            used.push(path.clone());
            for arg in command.get_arguments() {
                let keys = [format!("{path}.{}", arg.get_id()), format!(".{}", arg.get_id())];
                let key = keys.iter().find(|key| english(key).is_some());
                assert!(key.is_some() && arg.get_help().is_some(), "{path}.{}", arg.get_id());
                used.extend(key.cloned());
                let name = value_name(arg);
                assert!(name.is_ascii() || VALUES.iter().any(|(zh, _)| *zh == name), "{name}");
            }
        }
        let stale: Vec<_> =
            ENGLISH.iter().map(|(key, _)| *key).filter(|key| !used.iter().any(|one| one == key)).collect();
        assert!(stale.is_empty(), "{stale:?}");
    }

    /// The help of a command.
    fn help(args: &[&str], lang: Lang) -> String {
        command::<Cli>(lang).try_get_matches_from(args).expect_err("help").to_string()
    }

    #[test]
    fn help_speaks_one_language() {
        for name in ["run", "draft", "schedule", "trace", "history", "explain", "completions"] {
            let zh = help(&["taizhang", name, "--help"], Lang::Zh);
            assert!(zh.contains("用法：taizhang ") && zh.contains("显示帮助"), "{zh}");
            for word in ["Usage", "Options", "Arguments", "Print", "default", "possible", "OPTIONS"] {
                assert!(!zh.contains(word), "{word}: {zh}");
            }
            let en = help(&["taizhang", name, "--help"], Lang::En);
            assert!(en.contains("Usage: taizhang ") && en.contains("print help"), "{en}");
            let chinese: String = en.chars().filter(|c| ('\u{4e00}'..'\u{a000}').contains(c)).collect();
            // names of files, sheets and units stay
            let names = ["任务分工", "输出", "汇总台账", "缺项清单", "综合科"];
            assert!(names.iter().fold(chinese, |left, name| left.replace(name, "")).is_empty(), "{en}");
        }
        let all = help(&["taizhang", "--help"], Lang::Zh);
        assert!(all.contains("命令") && !all.contains("Commands") && all.contains("显示版本"), "{all}");
    }

    #[test]
    fn wrong_usage_is_told_in_chinese() {
        let told = |args: &[&str]| {
            let args = ["taizhang"].iter().chain(args);
            fault(&command::<Cli>(Lang::Zh).try_get_matches_from(args).expect_err("wrong usage"))
        };
        for (args, wanted) in [
            (&["rum"][..], "没有“rum”这个命令，是否应为“run”？"),
            (&["run", "--formt", "json"], "没有“--formt”这个开关或参数，是否应为“--format”？"),
            (&["run", "--format", "xml"], "“--format <text|json>”不能是“xml”，可用：text、json"),
            (&["check", "a.xlsx"], "缺少 --division <文件>"),
            (&["run", "--jobs", "0"], "“--jobs <N>”不能是“0”"),
            (&["schedule", "--at", "25:00"], "“--at <时:分>”不能是“25:00”：应如 08:00"),
            (&["schedule", "--install", "--remove"], "“--install”和“--remove”不能同时用"),
            (&["run", "--window"], "“--window <报告期>”没有写值"),
        ] {
            assert_eq!(told(args), wanted);
        }
    }

    #[test]
    fn the_language_is_known_before_parsing() {
        let of = |args: &[&str]| asked(&args.iter().map(OsString::from).collect::<Vec<_>>());
        assert_eq!(of(&["taizhang", "--lang", "en", "run"]), Lang::En);
        assert_eq!(of(&["taizhang", "run", "--lang=EN", "--hlep"]), Lang::En);
        assert_eq!(of(&["taizhang", "run", "--lang", "zh-CN"]), Lang::Zh);
        assert_eq!(of(&["taizhang", "explain", "en"]), Lang::Zh);
    }
}
