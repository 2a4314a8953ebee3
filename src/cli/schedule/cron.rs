//! Lines of the user's cron table: one for the time of day, and one for the start of the machine, to make up for a missed
//! run.

use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};

use super::job::{Job, Scheduler};
use crate::basis::Bilingual;

/// The user's cron table.
pub(super) struct Cron;

impl Scheduler for Cron {
    fn shown(&self, job: &Job) -> String {
        own_lines(job)
    }

    fn install(&self, job: &Job) -> anyhow::Result<()> {
        let (mut table, _) = without(&table()?, job);
        if table.last().is_some_and(|last| *last != b'\n') {
            table.push(b'\n');
        }
        table.extend(own_lines(job).bytes());
        replace(&table)
    }

    fn remove(&self, job: &Job) -> anyhow::Result<bool> {
        let (rest, found) = without(&table()?, job);
        if found {
            replace(&rest)?;
        }
        Ok(found)
    }

    fn advice(&self) -> Option<Bilingual> {
        None
    }
}

/// The lines for a job. The second one runs five minutes after the machine starts; if nothing has changed since the last
/// run, it does nothing.
fn own_lines(job: &Job) -> String {
    let quote = |path: &Path| format!("'{}'", path.display().to_string().replace('\'', r"'\''").replace('%', r"\%"));
    let days = if job.daily { "*" } else { "1-5" };
    let (hour, minute) = job.at;
    let command = format!("nice -n 10 {} run --quiet {}", quote(&job.program), quote(&job.folder));
    format!("{minute} {hour} * * {days} {command} # {name}\n@reboot sleep 300; {command} # {name}\n", name = job.name)
}

/// The current table of the user; empty when there is none.
///
/// # Errors
/// When it cannot be read, because writing a new one would then destroy it.
fn table() -> anyhow::Result<Vec<u8>> {
    let read = Command::new("crontab").arg("-l").output().map_err(|error| anyhow::anyhow!("crontab: {error}"))?;
    let complaint = String::from_utf8_lossy(&read.stderr);
    if read.status.success() {
        Ok(read.stdout)
    } else if complaint.contains("no crontab for") || complaint.contains("没有 crontab") {
        Ok(Vec::new())
    } else {
        anyhow::bail!("crontab -l {}: {}", read.status, complaint.trim())
    }
}

/// Removes the lines of a job and leaves every other byte unchanged; also returns whether there were any.
fn without(table: &[u8], job: &Job) -> (Vec<u8>, bool) {
    let mark = format!("# {}", job.name);
    let is_own = |line: &&[u8]| line.trim_ascii_end().ends_with(mark.as_bytes());
    let (own, others): (Vec<&[u8]>, Vec<&[u8]>) = table.split_inclusive(|byte| *byte == b'\n').partition(is_own);
    (others.concat(), !own.is_empty())
}

fn replace(table: &[u8]) -> anyhow::Result<()> {
    let mut child = Command::new("crontab").arg("-").stdin(Stdio::piped()).spawn()?;
    if let Some(mut stdin) = child.stdin.take() {
        stdin.write_all(table)?;
    }
    let ended = child.wait()?;
    anyhow::ensure!(ended.success(), "crontab {ended}");
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::schedule::job::job;

    #[test]
    fn folders_with_blanks_and_signs_stay_one_argument() {
        assert_eq!(
            own_lines(&job(false)),
            r"5 7 * * 1-5 nice -n 10 '/opt/tai zhang/taizhang' run --quiet '/data/创建'\''100\%' # taizhang-0a1b2c3d
@reboot sleep 300; nice -n 10 '/opt/tai zhang/taizhang' run --quiet '/data/创建'\''100\%' # taizhang-0a1b2c3d
"
        );
        assert!(own_lines(&job(true)).starts_with("5 7 * * * nice"));
    }

    #[test]
    fn other_lines_keep_their_bytes() {
        let others: &[u8] = b"# \xB1\xB8\xB7\xDD\t\r\n\n0 1 * * * backup  ";
        let mut table = others.to_vec();
        assert_eq!(without(&table, &job(true)), (others.to_vec(), false));
        table.splice(0..0, own_lines(&job(true)).bytes());
        assert_eq!(without(&table, &job(true)), (others.to_vec(), true));
        let other = Job { name: "taizhang-ffffffff".into(), ..job(true) };
        assert!(!without(&table, &other).1);
    }
}
