//! A systemd timer of the user or of the machine.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::job::{Job, Scheduler, finished};
use crate::basis::Bilingual;

/// Timers of the user (`of_user`) or of the machine.
pub(super) struct Systemd {
    pub(super) of_user: bool,
}

impl Scheduler for Systemd {
    fn shown(&self, job: &Job) -> String {
        let (service, timer) = (self.service(job), timer(job));
        format!("# {0}.service\n{service}\n# {0}.timer\n{timer}", job.name)
    }

    fn install(&self, job: &Job) -> anyhow::Result<()> {
        let folder = self.folder()?;
        fs::create_dir_all(&folder)?;
        fs::write(folder.join(format!("{}.service", job.name)), self.service(job))?;
        fs::write(folder.join(format!("{}.timer", job.name)), timer(job))?;
        finished(self.systemctl().arg("daemon-reload"))?;
        finished(self.systemctl().args(["enable", "--now", &format!("{}.timer", job.name)]))
    }

    fn remove(&self, job: &Job) -> anyhow::Result<bool> {
        let folder = self.folder()?;
        let files = ["timer", "service"].map(|kind| folder.join(format!("{}.{kind}", job.name)));
        if !files.iter().any(|file| file.exists()) {
            return Ok(false);
        }
        finished(self.systemctl().args(["disable", "--now", &format!("{}.timer", job.name)]))?;
        for file in files.iter().filter(|file| file.exists()) {
            fs::remove_file(file)?;
        }
        finished(self.systemctl().arg("daemon-reload"))?;
        Ok(true)
    }

    fn advice(&self) -> Option<Bilingual> {
        self.of_user.then(|| {
            Bilingual::new(
                "本用户的定时任务只在登录期间运行；要在无人登录时也运行，请执行一次 loginctl enable-linger（关机错过的，开机后补运行）",
                "a user's timer runs while the user is logged in; for runs without a login enter `loginctl enable-linger` once (runs missed while the machine was off are made up for)",
            )
        })
    }
}

impl Systemd {
    fn systemctl(&self) -> Command {
        let mut command = Command::new("systemctl");
        if self.of_user {
            command.arg("--user");
        }
        command
    }

    /// The folder of the unit files.
    fn folder(&self) -> anyhow::Result<PathBuf> {
        if !self.of_user {
            return Ok(PathBuf::from("/etc/systemd/system"));
        }
        let home = std::env::var_os("XDG_CONFIG_HOME")
            .map(PathBuf::from)
            .or_else(|| Some(std::env::home_dir()?.join(".config")))
            .ok_or_else(|| anyhow::anyhow!("no home folder"))?;
        Ok(home.join("systemd/user"))
    }

    /// The service file. A service of the machine runs as the user who installs it, so that this user owns the files.
    fn service(&self, job: &Job) -> String {
        let quote = |path: &Path| {
            let shown = path.display().to_string();
            format!("\"{}\"", shown.replace('\\', "\\\\").replace('"', "\\\"").replace('%', "%%").replace('$', "$$"))
        };
        let person = ["SUDO_USER", "USER"].iter().find_map(|name| std::env::var(name).ok());
        let user = person.filter(|_| !self.of_user).map_or(String::new(), |name| format!("User={name}\n"));
        format!(
            "[Unit]\nDescription=taizhang run\n\n[Service]\nType=oneshot\n{user}Nice=10\nIOSchedulingClass=idle\nExecStart={} run --quiet {}\n",
            quote(&job.program),
            quote(&job.folder)
        )
    }
}

fn timer(job: &Job) -> String {
    let days = if job.daily { "" } else { "Mon..Fri " };
    let (hour, minute) = job.at;
    format!(
        "[Unit]\nDescription=taizhang run\n\n[Timer]\nOnCalendar={days}*-*-* {hour:02}:{minute:02}:00\nPersistent=true\n\n[Install]\nWantedBy=timers.target\n"
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::schedule::job::job;

    #[test]
    fn folders_with_blanks_and_signs_stay_one_argument() {
        let shown = Systemd { of_user: true }.shown(&job(true));
        assert!(shown.contains("ExecStart=\"/opt/tai zhang/taizhang\" run --quiet \"/data/创建'100%%\""), "{shown}");
        assert!(shown.contains("OnCalendar=*-*-* 07:05:00\nPersistent=true"));
        assert!(shown.contains("Nice=10\nIOSchedulingClass=idle"));
        assert!(!shown.contains("User="));
        assert!(timer(&job(false)).contains("OnCalendar=Mon..Fri *-*-* 07:05:00"));
    }

    #[test]
    fn only_a_timer_of_the_user_needs_a_login() {
        assert!(Systemd { of_user: true }.advice().is_some());
        assert!(Systemd { of_user: false }.advice().is_none());
    }
}
