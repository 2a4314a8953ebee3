//! A task of the Windows task scheduler, as XML for `schtasks`.

use std::fs;
use std::process::Command;

use super::job::{Job, Scheduler, finished};
use crate::basis::Bilingual;
use crate::campaign::folders::STATE;

/// The task scheduler.
pub(super) struct Windows;

impl Scheduler for Windows {
    fn shown(&self, job: &Job) -> String {
        format!("{}\n", xml(job))
    }

    fn install(&self, job: &Job) -> anyhow::Result<()> {
        // the task writes its log there and would not start without the folder
        fs::create_dir_all(job.folder.join(STATE))?;
        let file = tempfile::Builder::new().suffix(".xml").tempfile()?;
        // the file must be UTF-16, as its XML declaration says
        let units = std::iter::once(0xFEFF).chain(xml(job).encode_utf16().collect::<Vec<_>>());
        fs::write(file.path(), units.flat_map(u16::to_le_bytes).collect::<Vec<u8>>())?;
        finished(Command::new("schtasks").args(["/Create", "/F", "/TN", &job.name, "/XML"]).arg(file.path()))
    }

    fn remove(&self, job: &Job) -> anyhow::Result<bool> {
        if finished(Command::new("schtasks").args(["/Query", "/TN", &job.name])).is_err() {
            return Ok(false);
        }
        finished(Command::new("schtasks").args(["/Delete", "/F", "/TN", &job.name]))?;
        Ok(true)
    }

    fn advice(&self) -> Option<Bilingual> {
        Some(Bilingual::new(
            "将以上内容存为 UTF-16 编码的 任务.xml 后执行：schtasks /Create /TN taizhang /XML 任务.xml；或直接加 --install",
            "save this as task.xml in UTF-16 and enter: schtasks /Create /TN taizhang /XML task.xml; or add --install",
        ))
    }
}

/// The task: low priority (7 of 10), started later if the machine was off, never two at once, with a log.
fn xml(job: &Job) -> String {
    const WEEK: &str = "<Monday /><Tuesday /><Wednesday /><Thursday /><Friday />";
    const WEEKEND: &str = "<Saturday /><Sunday />";
    let (hour, minute) = job.at;
    let weekend = if job.daily { WEEKEND } else { "" };
    let log = job.folder.join(STATE).join("schedule.log");
    // cmd removes the outermost quotes and keeps the others
    let command = format!(
        "/d /c \"\"{}\" run --quiet \"{}\" >> \"{}\" 2>&1\"",
        job.program.display(),
        job.folder.display(),
        log.display()
    );
    format!(
        r#"<?xml version="1.0" encoding="UTF-16"?>
<Task version="1.2" xmlns="http://schemas.microsoft.com/windows/2004/02/mit/task">
  <RegistrationInfo><Description>taizhang run</Description></RegistrationInfo>
  <Triggers>
    <CalendarTrigger>
      <StartBoundary>2014-01-01T{hour:02}:{minute:02}:00</StartBoundary>
      <Enabled>true</Enabled>
      <ScheduleByWeek><WeeksInterval>1</WeeksInterval><DaysOfWeek>{WEEK}{weekend}</DaysOfWeek></ScheduleByWeek>
    </CalendarTrigger>
  </Triggers>
  <Settings>
    <MultipleInstancesPolicy>IgnoreNew</MultipleInstancesPolicy>
    <DisallowStartIfOnBatteries>false</DisallowStartIfOnBatteries>
    <StopIfGoingOnBatteries>false</StopIfGoingOnBatteries>
    <StartWhenAvailable>true</StartWhenAvailable>
    <ExecutionTimeLimit>PT4H</ExecutionTimeLimit>
    <Priority>7</Priority>
  </Settings>
  <Actions Context="Author">
    <Exec>
      <Command>cmd.exe</Command>
      <Arguments>{}</Arguments>
      <WorkingDirectory>{}</WorkingDirectory>
    </Exec>
  </Actions>
</Task>"#,
        escaped(&command),
        escaped(&job.folder.display().to_string())
    )
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::schedule::job::job;

    #[test]
    fn a_task_is_made_up_for_and_keeps_odd_names_whole() {
        let shown = xml(&Job { folder: "D:\\创建 R&D".into(), ..job(false) });
        assert!(shown.contains("<StartWhenAvailable>true</StartWhenAvailable>") && shown.contains("<Priority>7<"));
        assert!(shown.contains("run --quiet \"D:\\创建 R&amp;D\" &gt;&gt; \""), "{shown}");
        assert!(shown.contains("<Friday />") && !shown.contains("<Saturday />"));
        assert!(xml(&job(true)).contains("<Sunday />"));
    }
}
