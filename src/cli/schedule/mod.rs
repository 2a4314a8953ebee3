//! `taizhang schedule`: a systemd timer, cron lines or a Windows task that runs this folder every working day.

mod cron;
mod job;
mod systemd;
mod windows;

use std::path::{Path, PathBuf};

use clap::ValueEnum;

use super::{CommandContext, Exit, screen};
use crate::basis::{Bilingual, Lang};
use crate::campaign::open::settings;
use crate::campaign::{Folders, Stop};
use job::{Job, Scheduler};

/// Its arguments.
#[derive(clap::Args, Debug)]
pub(crate) struct Args {
    /// 创建工作所在的文件夹
    #[arg(default_value = ".", value_name = "文件夹")]
    dir: PathBuf,
    /// systemd（本用户）、system（整机，需管理员）、cron 或 windows（默认：按本机系统）
    #[arg(long, value_enum, hide_possible_values = true, value_name = "systemd|system|cron|windows")]
    kind: Option<Kind>,
    /// 每天几点运行
    #[arg(long, default_value = "08:00", value_name = "时:分", value_parser = clock)]
    at: (u8, u8),
    /// 周六、周日也运行
    #[arg(long)]
    daily: bool,
    /// 写入本机的定时任务（不写这个开关则只显示）
    #[arg(long, conflicts_with = "remove")]
    install: bool,
    /// 从本机的定时任务中取消
    #[arg(long)]
    remove: bool,
}

#[derive(ValueEnum, Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Systemd,
    System,
    Cron,
    Windows,
}

fn clock(text: &str) -> Result<(u8, u8), String> {
    let wrong = || "应如 08:00".to_owned();
    let (hour, minute) = text.split_once(':').ok_or_else(wrong)?;
    let (hour, minute) = (hour.parse().map_err(|_| wrong())?, minute.parse().map_err(|_| wrong())?);
    if hour < 24 && minute < 60 { Ok((hour, minute)) } else { Err(wrong()) }
}

pub(crate) fn run(args: &Args, context: &CommandContext<'_>) -> anyhow::Result<Exit> {
    let lang = context.options.lang();
    let folders = Folders::open(&args.dir)?;
    let job = Job::of(&folders, args.at, args.daily)?;
    let kind = args.kind.unwrap_or_else(here);
    let scheduler: &dyn Scheduler = match kind {
        Kind::Systemd => &systemd::Systemd { of_user: true },
        Kind::System => &systemd::Systemd { of_user: false },
        Kind::Cron => &cron::Cron,
        Kind::Windows => &windows::Windows,
    };
    if args.remove {
        let removed = scheduler.remove(&job).map_err(|error| {
            Stop::start(
                format!("未能取消定时任务 {}：{error:#}", job.name),
                format!("could not remove the job {}: {error:#}", job.name),
            )
        })?;
        screen::note(if removed {
            lang.pick("已取消本机的定时任务", "removed")
        } else {
            lang.pick("本机没有这个文件夹的定时任务", "there was no job for this folder")
        });
        if context.options.json() {
            screen::out(&format!("{:#}\n", serde_json::json!({"name": job.name, "removed": removed})));
        }
        return Ok(Exit::Done);
    }
    if !context.options.json() {
        screen::out(&scheduler.shown(&job));
    }
    for said in warnings(context, &folders).into_iter().chain(scheduler.advice()) {
        note(&said, lang);
    }
    if args.install {
        scheduler.install(&job).map_err(|error| {
            Stop::start(
                format!("未能写入定时任务：{error:#}。可照上面所示手工设置"),
                format!("could not install: {error:#}. Set it up by hand as shown above"),
            )
        })?;
        screen::note(lang.pick("已写入本机的定时任务", "installed"));
    }
    if context.options.json() {
        screen::out(&format!("{:#}\n", as_json(&job, kind, scheduler, args.install)));
    }
    Ok(Exit::Done)
}

/// A job and what `--install` writes, as JSON.
fn as_json(job: &Job, kind: Kind, scheduler: &dyn Scheduler, installed: bool) -> serde_json::Value {
    let kind = kind.to_possible_value().map(|kind| kind.get_name().to_owned());
    serde_json::json!({
        "kind": kind, "name": job.name, "program": job.program.display().to_string(), "folder": job.folder.display().to_string(),
        "at": format!("{:02}:{:02}", job.at.0, job.at.1), "daily": job.daily, "installed": installed,
        "text": scheduler.shown(job),
    })
}

fn note(said: &Bilingual, lang: Lang) {
    screen::note(&format!("{} {}", screen::styled(screen::WARN, lang.pick("注意", "note")), said.in_lang(lang)));
}

/// Warnings about what would make scheduled runs useless: a pinned day, a missing division.
fn warnings(context: &CommandContext<'_>, folders: &Folders) -> Vec<Bilingual> {
    let settings = match settings(folders, &context.options.switches()) {
        Ok(settings) => settings,
        Err(refused) => return refused.said().to_vec(),
    };
    let mut all = Vec::new();
    if settings.as_of.is_some() || settings.window.is_some() {
        all.push(Bilingual::new(
            "taizhang.toml 中固定了 as_of 或 window，每次运行都会停在那一天或那一期；按期运行前请删去",
            "as_of or window is pinned in taizhang.toml: each run would stay at that day or window; take it out first",
        ));
    }
    if !folders.division(&settings).is_file() {
        all.push(Bilingual::new(
            format!("找不到 {}，放好以前定时运行都会停在开头", settings.division),
            format!("{} is not there; until it is, no scheduled run can start", settings.division),
        ));
    }
    all
}

/// The scheduler of this machine.
fn here() -> Kind {
    if cfg!(windows) {
        Kind::Windows
    } else if Path::new("/run/systemd/system").is_dir() {
        Kind::Systemd
    } else {
        Kind::Cron
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clock_times() {
        assert_eq!(clock("17:30"), Ok((17, 30)));
        assert!(clock("24:00").is_err() && clock("17").is_err() && clock("7:60").is_err());
    }

    #[test]
    fn a_job_is_told_to_programs_with_all_that_it_writes() {
        let job = job::job(false);
        let told = as_json(&job, Kind::Cron, &cron::Cron, false);
        assert_eq!((&told["kind"], &told["at"], &told["daily"]), (&"cron".into(), &"07:05".into(), &false.into()));
        assert_eq!(told["text"], cron::Cron.shown(&job));
    }
}
