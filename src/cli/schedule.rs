//! `taizhang schedule`: a systemd timer, a cron line or a Windows task that runs this folder every working day.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use clap::ValueEnum;

use super::{CommandContext, Exit, screen};
use crate::campaign::{Folders, Stop};

/// Its arguments.
#[derive(clap::Args, Debug)]
pub(crate) struct Args {
    /// 创建工作所在的文件夹
    #[arg(default_value = ".", value_name = "文件夹")]
    dir: PathBuf,
    /// systemd、cron 或 windows（默认：按本机系统）
    #[arg(long, value_enum, hide_possible_values = true, value_name = "systemd|cron|windows")]
    kind: Option<Kind>,
    /// 每天几点运行
    #[arg(long, default_value = "08:00", value_name = "时:分", value_parser = clock)]
    at: (u8, u8),
    /// 周六、周日也运行
    #[arg(long)]
    daily: bool,
    /// 写入本机的定时任务（不写这个开关则只显示）
    #[arg(long)]
    install: bool,
}

#[derive(ValueEnum, Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Systemd,
    Cron,
    Windows,
}

fn clock(text: &str) -> Result<(u8, u8), String> {
    let wrong = || "应如 08:00".to_owned();
    let (hour, minute) = text.split_once(':').ok_or_else(wrong)?;
    let (hour, minute) = (hour.parse().map_err(|_| wrong())?, minute.parse().map_err(|_| wrong())?);
    if hour < 24 && minute < 60 { Ok((hour, minute)) } else { Err(wrong()) }
}

/// A job: which program, which folder, when.
struct Job {
    program: PathBuf,
    folder: PathBuf,
    at: (u8, u8),
    daily: bool,
    /// Tells the jobs of several folders apart.
    name: String,
}

pub(crate) fn run(args: &Args, shop: &CommandContext<'_>) -> anyhow::Result<Exit> {
    let lang = shop.options.lang();
    let folders = Folders::open(&args.dir)?;
    let folder = fs::canonicalize(&folders.root)?;
    let digest = blake3::hash(folder.to_string_lossy().as_bytes()).to_hex();
    let name = format!("taizhang-{}", &digest.as_str()[..8]);
    let job = Job { program: std::env::current_exe()?, folder, at: args.at, daily: args.daily, name };
    let kind = args.kind.unwrap_or_else(here);
    let installed = match kind {
        Kind::Systemd => {
            let (service, timer) = (job.service(), job.timer());
            screen::out(&format!("# {0}.service\n{service}\n# {0}.timer\n{timer}", job.name));
            args.install.then(|| job.install_systemd())
        }
        Kind::Cron => {
            screen::out(&format!("{}\n", job.cron_line()));
            args.install.then(|| job.install_cron())
        }
        Kind::Windows => {
            screen::out(&format!("schtasks {}\n", job.windows_arguments().map(|a| quoted_for_windows(&a)).join(" ")));
            args.install.then(|| finished(Command::new("schtasks").args(job.windows_arguments())))
        }
    };
    match installed.transpose() {
        Ok(Some(())) => screen::note(lang.pick("已写入本机的定时任务", "installed")),
        Ok(None) => {}
        Err(error) => {
            return Err(Stop::start(
                format!("未能写入定时任务：{error:#}。可照上面所示手工设置"),
                format!("could not install: {error:#}. Set it up by hand as shown above"),
            )
            .into());
        }
    }
    Ok(Exit::Done)
}

/// What this machine uses.
fn here() -> Kind {
    if cfg!(windows) {
        Kind::Windows
    } else if Path::new("/run/systemd/system").is_dir() {
        Kind::Systemd
    } else {
        Kind::Cron
    }
}

impl Job {
    fn service(&self) -> String {
        let quote = |path: &Path| {
            let shown = path.display().to_string();
            format!("\"{}\"", shown.replace('\\', "\\\\").replace('"', "\\\"").replace('%', "%%").replace('$', "$$"))
        };
        format!(
            "[Unit]\nDescription=taizhang run\n\n[Service]\nType=oneshot\nExecStart={} run --quiet {}\n",
            quote(&self.program),
            quote(&self.folder)
        )
    }

    fn timer(&self) -> String {
        let days = if self.daily { "" } else { "Mon..Fri " };
        let (hour, minute) = self.at;
        format!(
            "[Unit]\nDescription=taizhang run\n\n[Timer]\nOnCalendar={days}*-*-* {hour:02}:{minute:02}:00\nPersistent=true\n\n[Install]\nWantedBy=timers.target\n"
        )
    }

    fn cron_line(&self) -> String {
        let quote =
            |path: &Path| format!("'{}'", path.display().to_string().replace('\'', r"'\''").replace('%', r"\%"));
        let days = if self.daily { "*" } else { "1-5" };
        let (hour, minute) = self.at;
        format!(
            "{minute} {hour} * * {days} {} run --quiet {} # {}",
            quote(&self.program),
            quote(&self.folder),
            self.name
        )
    }

    fn windows_arguments(&self) -> [String; 12] {
        let (hour, minute) = self.at;
        let days = if self.daily { "*" } else { "MON,TUE,WED,THU,FRI" };
        let command = format!("\"{}\" run --quiet \"{}\"", self.program.display(), self.folder.display());
        let at = format!("{hour:02}:{minute:02}");
        ["/Create", "/TN", &self.name, "/SC", "WEEKLY", "/D", days, "/ST", &at, "/TR", &command, "/F"]
            .map(str::to_owned)
    }

    fn install_systemd(&self) -> anyhow::Result<()> {
        let home = std::env::var_os("XDG_CONFIG_HOME")
            .map(PathBuf::from)
            .or_else(|| Some(std::env::home_dir()?.join(".config")))
            .ok_or_else(|| anyhow::anyhow!("no home folder"))?;
        let units = home.join("systemd/user");
        fs::create_dir_all(&units)?;
        fs::write(units.join(format!("{}.service", self.name)), self.service())?;
        fs::write(units.join(format!("{}.timer", self.name)), self.timer())?;
        finished(Command::new("systemctl").args(["--user", "daemon-reload"]))?;
        finished(Command::new("systemctl").args(["--user", "enable", "--now", &format!("{}.timer", self.name)]))
    }

    /// Adds the line to the user's table, in place of an earlier one for the same folder.
    fn install_cron(&self) -> anyhow::Result<()> {
        let table = Command::new("crontab").arg("-l").output()?;
        let mark = format!("# {}", self.name);
        let table = String::from_utf8_lossy(&table.stdout).into_owned();
        let mut lines: Vec<&str> = table.lines().filter(|line| !line.ends_with(&mark)).collect();
        let own = self.cron_line();
        lines.push(&own);
        let mut child = Command::new("crontab").arg("-").stdin(Stdio::piped()).spawn()?;
        if let Some(mut stdin) = child.stdin.take() {
            stdin.write_all((lines.join("\n") + "\n").as_bytes())?;
        }
        anyhow::ensure!(child.wait()?.success(), "crontab");
        Ok(())
    }
}

fn quoted_for_windows(argument: &str) -> String {
    if argument.contains([' ', '"']) { format!("\"{}\"", argument.replace('"', "\\\"")) } else { argument.to_owned() }
}

fn finished(command: &mut Command) -> anyhow::Result<()> {
    let ended = command.stdout(Stdio::null()).status()?;
    anyhow::ensure!(ended.success(), "{} {ended}", command.get_program().to_string_lossy());
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn job(daily: bool) -> Job {
        Job {
            program: "/opt/tai zhang/taizhang".into(),
            folder: "/data/创建'100%".into(),
            at: (7, 5),
            daily,
            name: "taizhang-0a1b2c3d".into(),
        }
    }

    #[test]
    fn folders_with_blanks_and_signs_stay_one_argument() {
        let line = job(false).cron_line();
        assert_eq!(
            line,
            r"5 7 * * 1-5 '/opt/tai zhang/taizhang' run --quiet '/data/创建'\''100\%' # taizhang-0a1b2c3d"
        );
        assert!(job(false).service().contains("\"/data/创建'100%%\""));
        assert!(job(true).timer().contains("OnCalendar=*-*-* 07:05:00"));
    }

    #[test]
    fn clock_times() {
        assert_eq!(clock("17:30"), Ok((17, 30)));
        assert!(clock("24:00").is_err() && clock("17").is_err());
    }
}
