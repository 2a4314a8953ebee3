//! Scheduled runs: what is written into the machine's own tables, tried with stand-ins for `crontab` and `systemctl`.

#![cfg(unix)]

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::process::Output;

use crate::campaign::campaign;
use crate::cli::program;

/// A folder with stand-ins for the machine's programs; what they are given stands in files beside them.
fn machine(crontab: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, script) in [("crontab", crontab), ("systemctl", "echo \"$@\" >> \"$0.calls\"")] {
        let path = folder.path().join(name);
        fs::write(&path, format!("#!/bin/sh\n{script}\n")).expect("written");
        fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).expect("made to run");
    }
    folder
}

/// A table that is kept in a file.
const TABLE: &str = r#"if [ "$1" = -l ]; then [ -f "$0.table" ] && exec cat "$0.table"; echo "no crontab for clerk" >&2; exit 1; fi
exec cat > "$0.table""#;

fn schedule(machine: &Path, dir: &Path, switches: &[&str]) -> Output {
    let path = format!("{}:{}", machine.display(), std::env::var("PATH").unwrap_or_default());
    let mut command = program();
    command.env("PATH", path).env("XDG_CONFIG_HOME", machine).arg("schedule").arg(dir).args(switches);
    command.output().expect("started")
}

#[test]
fn cron_keeps_what_others_wrote_and_takes_its_own_lines_away() {
    let (machine, dir) = (machine(TABLE), campaign("bureau"));
    let table = machine.path().join("crontab.table");
    let others: &[u8] = b"# \xB1\xB8\xB7\xDD\n0 1 * * * backup\r\n";
    for had in [None, Some(others)] {
        if let Some(had) = had {
            fs::write(&table, had).expect("written");
        }
        for _ in 0..2 {
            assert!(schedule(machine.path(), dir.path(), &["--kind", "cron", "--install"]).status.success());
        }
        let now = fs::read(&table).expect("a table");
        assert!(now.starts_with(had.unwrap_or_default()));
        let own = String::from_utf8_lossy(&now[had.map_or(0, <[u8]>::len)..]).into_owned();
        assert_eq!(own.lines().count(), 2, "{own}");
        assert!(own.starts_with("0 8 * * 1-5 nice") && own.contains("\n@reboot "), "{own}");
        assert!(schedule(machine.path(), dir.path(), &["--kind", "cron", "--remove"]).status.success());
        assert_eq!(fs::read(&table).expect("a table"), had.unwrap_or_default());
    }
}

#[test]
fn a_cron_table_that_cannot_be_read_is_left_alone() {
    let (machine, dir) = (
        machine("if [ \"$1\" = -l ]; then echo 'you are not allowed' >&2; exit 1; fi\nexec cat > \"$0.table\""),
        campaign("bureau"),
    );
    for switch in ["--install", "--remove"] {
        let output = schedule(machine.path(), dir.path(), &["--kind", "cron", switch]);
        assert_eq!(output.status.code(), Some(2));
        assert!(String::from_utf8_lossy(&output.stderr).contains("you are not allowed"));
        assert!(!machine.path().join("crontab.table").exists());
    }
}

#[test]
fn a_timer_is_installed_and_removed() {
    let (machine, dir) = (machine(TABLE), campaign("bureau"));
    assert!(
        schedule(machine.path(), dir.path(), &["--kind", "systemd", "--install", "--at", "06:30"]).status.success()
    );
    let units = machine.path().join("systemd/user");
    let names = || fs::read_dir(&units).expect("a folder").count();
    assert_eq!(names(), 2);
    assert!(schedule(machine.path(), dir.path(), &["--kind", "systemd", "--remove"]).status.success());
    assert_eq!(names(), 0);
    let calls = fs::read_to_string(machine.path().join("systemctl.calls")).expect("called");
    let verbs: Vec<&str> = calls.lines().filter_map(|call| call.split(' ').nth(1)).collect();
    assert_eq!(verbs, ["daemon-reload", "enable", "disable", "daemon-reload"]);
}

#[test]
fn what_would_make_scheduled_runs_useless_is_said() {
    let (machine, dir) = (machine(TABLE), campaign("bureau"));
    // The sample pins its day.
    let said = |output: Output| String::from_utf8(output.stderr).expect("UTF-8");
    assert!(said(schedule(machine.path(), dir.path(), &["--kind", "cron"])).contains("as_of"));
    fs::write(dir.path().join("taizhang.toml"), "cycle = \"month\"\n").expect("written");
    assert_eq!(said(schedule(machine.path(), dir.path(), &["--kind", "cron"])), "");
    fs::remove_file(dir.path().join("任务分工.xlsx")).expect("removed");
    assert!(said(schedule(machine.path(), dir.path(), &["--kind", "cron"])).contains("找不到 任务分工.xlsx"));
}
