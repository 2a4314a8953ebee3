//! The commands, one in each file. Results go to stdout, progress and remarks to stderr; exit codes are in [`Exit`].

mod context;
pub mod exit;
pub mod options;
pub mod progress;
pub mod screen;

mod check;
mod draft;
mod explain;
mod findings;
mod forms;
mod help;
mod history;
mod init;
mod inspect;
mod rehearse;
mod rulings;
mod run;
mod schedule;
mod shell;
mod status;
mod template;
mod trace;
mod verify;

use std::ffi::OsString;
use std::panic;

use clap::{FromArgMatches as _, Parser, Subcommand};

pub(crate) use context::CommandContext;
pub use exit::Exit;
pub use options::{FailOn, Options};

use crate::basis::Lang;
use crate::campaign::{Stop, worker};

/// The arguments.
#[derive(Parser, Debug)]
#[command(
    name = "taizhang",
    version,
    about = "台账：收齐、核对、汇总各单位报送的创建工作台账",
    long_about = "台账：读取各单位报送的 Excel 台账，按任务分工核对，输出汇总台账和缺项报告。\n\
                  不联网，不改动收到的文件；每一条记录都能追溯到原表的单元格。",
    arg_required_else_help = true,
    disable_help_subcommand = true
)]
pub struct Cli {
    #[command(subcommand)]
    command: Command,
    #[command(flatten)]
    options: Options,
}

#[derive(Subcommand, Debug)]
enum Command {
    /// 建立一个新的文件夹：设置、待填的任务分工表、收件文件夹
    Init(init::Args),
    /// 由方案、分工或清单文件（docx、txt、html）起草任务分工表
    Draft(draft::Args),
    /// 核对任务分工表
    Template(template::Args),
    /// 查看文件里认出了什么：工作表、表头、字段、单位、日期，以及各行为何未计
    Inspect(inspect::Args),
    /// 按任务分工给每个单位生成空白表
    Forms(forms::Args),
    /// 只核对这几个文件，不写任何文件
    Check(check::Args),
    /// 读取、核对、汇总，写出各项输出
    Run(run::Args),
    /// 预演：改过的任务分工表或设置，放到过去各期会得出什么
    Rehearse(rehearse::Args),
    /// 最近一次运行的概况
    Status(status::Args),
    /// 历次运行，以及两次之间的变化
    History(history::Args),
    /// 人工认定：各条认定的状态，以及本期是否用到
    Rulings(rulings::Args),
    /// 从汇总台账的一行追溯到原表的单元格，或反过来
    Trace(trace::Args),
    /// 用存档重新生成一遍，看输出是否一致
    Verify(verify::Args),
    /// 显示（或写入）本机的定时任务
    Schedule(schedule::Args),
    /// 解释问题代码：为什么算问题、怎么办（不联网）
    Explain(explain::Args),
    /// 命令行补全脚本
    Completions(shell::Args),
    /// 使用手册（man 格式）
    Man,
}

/// Runs the program with these arguments; the first is its own name.
pub fn main(args: impl IntoIterator<Item = OsString>) -> Exit {
    let args: Vec<OsString> = args.into_iter().collect();
    // not a command for users: this process was started as a worker
    if let [_, command, memory] = &args[..]
        && command == worker::COMMAND
        && let Some(memory) = memory.to_str().and_then(|memory| memory.parse().ok())
    {
        worker::serve(memory);
        return Exit::Done;
    }
    let asked = help::asked(&args);
    let parsed = help::command::<Cli>(asked).try_get_matches_from(args).and_then(|found| Cli::from_arg_matches(&found));
    let cli = match parsed {
        Ok(cli) => cli,
        Err(usage) => {
            // help and version are results; anything else is wrong usage
            help::print(&usage, asked);
            return if usage.use_stderr() { Exit::CannotStart } else { Exit::Done };
        }
    };
    screen::choose(cli.options.color);
    let loud = cli.options.verbose > 0;
    panic::set_hook(Box::new(move |fault| {
        if loud {
            screen::note(&fault.to_string());
        }
    }));
    private();
    told_of_large_files();
    let lang = cli.options.lang();
    let ended = panic::catch_unwind(panic::AssertUnwindSafe(|| in_pool(&cli)));
    match ended {
        Ok(Ok(exit)) => exit,
        Ok(Err(error)) => explained(&error, lang),
        Err(_) => {
            screen::note(lang.pick(
                "程序自身出错，未写任何输出。请加 -v 重新运行，把所示内容反馈给维护人员",
                "a fault of the program itself; nothing was written. Run again with -v and report what it says",
            ));
            Exit::Fault
        }
    }
}

/// What the program writes is for the owner and the group alone: ledgers hold names and telephone numbers.
fn private() {
    #[cfg(unix)]
    {
        use rustix::fs::Mode;
        use rustix::process::umask;
        let usual = umask(Mode::RWXO);
        umask(usual | Mode::RWXO | Mode::WGRP);
    }
}

/// A file that grows past the limit of this session is an error of writing like a full disk, which ends a run in order,
/// and not a signal that ends the program where it stands.
fn told_of_large_files() {
    #[cfg(unix)]
    {
        // With a handler the write itself fails; what the handler notes is not needed.
        let noted = std::sync::Arc::default();
        // Without one the system does as it always did.
        let _ = signal_hook::flag::register(signal_hook::consts::SIGXFSZ, noted);
    }
}

/// Says why a command stopped.
fn explained(error: &anyhow::Error, lang: Lang) -> Exit {
    let mark = screen::styled(screen::BAD, lang.pick("错误", "error"));
    let Some(stop) = error.downcast_ref::<Stop>() else {
        screen::note(&format!("{mark} {error:#}"));
        return Exit::CannotStart;
    };
    for said in stop.said() {
        screen::note(&format!("{mark} {}", said.in_lang(lang)));
    }
    stop.into()
}

/// Runs the command with the number of threads given by `--jobs`, on this one where none can be started.
fn in_pool(cli: &Cli) -> anyhow::Result<Exit> {
    let threads = usize::from(cli.options.jobs.unwrap_or(0));
    let here = || rayon::ThreadPoolBuilder::new().num_threads(1).use_current_thread().build();
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().or_else(|_| here())?;
    pool.install(|| dispatch(cli))
}

fn dispatch(cli: &Cli) -> anyhow::Result<Exit> {
    let workers = worker::Workers::of_this_program()?;
    let context = CommandContext { options: &cli.options, readers: &workers };
    match &cli.command {
        Command::Init(args) => init::run(args, &context),
        Command::Draft(args) => draft::run(args, &context),
        Command::Template(args) => template::run(args, &context),
        Command::Inspect(args) => inspect::run(args, &context),
        Command::Forms(args) => forms::run(args, &context),
        Command::Check(args) => check::run(args, &context),
        Command::Run(args) => run::run(args, &context),
        Command::Rehearse(args) => rehearse::run(args, &context),
        Command::Status(args) => status::run(args, &context),
        Command::History(args) => history::run(args, &context),
        Command::Rulings(args) => rulings::run(args, &context),
        Command::Trace(args) => trace::run(args, &context),
        Command::Verify(args) => verify::run(args, &context),
        Command::Schedule(args) => schedule::run(args, &context),
        Command::Explain(args) => explain::run(args, &context),
        Command::Completions(args) => Ok(shell::completions(args, &mut help::command::<Cli>(Lang::Zh))),
        Command::Man => shell::man(help::command::<Cli>(cli.options.lang())),
    }
}
