//! Faults from outside: killed at any moment, workers without room, parents that vanish.

use std::path::Path;
use std::thread::sleep;
use std::time::Duration;

use taizhang::campaign::readers::{InProcess, Readers};
use taizhang::campaign::worker::Workers;
use taizhang::read::Refusal;

use crate::build::root;
use crate::campaign::campaign;
use crate::cli::{program, tree};

/// How often the kill test kills; the full figure is asked for with `TAIZHANG_KILLS=200`.
fn kills() -> u64 {
    std::env::var("TAIZHANG_KILLS").ok().and_then(|kills| kills.parse().ok()).unwrap_or(12)
}

#[test]
fn killed_at_any_moment_the_set_is_whole_and_the_next_run_gives_the_same_bytes() {
    let dir = campaign("bureau");
    let outputs = dir.path().join("输出");
    let command = |day: &str| {
        let mut command = program();
        command.arg("run").arg(dir.path()).args(["--quiet", "--as-of", day]);
        command
    };
    // Two days have two sets: a run for the one always has the other to put out of its place.
    let days = ["2014-09-06", "2014-09-08"];
    let run = |day: &str| {
        assert!(command(day).output().expect("started").status.success());
        tree(&outputs)
    };
    run(days[0]);
    let begun = std::time::Instant::now();
    let sets = [days[1], days[0]].map(run);
    let takes = begun.elapsed().as_micros() as u64 / 2;
    assert_ne!(sets[0], sets[1]);
    for kill in 0..kills() {
        // Moments spread over the length of a run, not in its order.
        let moment = takes * (kill * 7_919 % 200) / 200;
        let mut child = command(days[kill as usize % 2]).stdout(std::process::Stdio::null()).spawn().expect("started");
        sleep(Duration::from_micros(moment));
        child.kill().expect("killed");
        child.wait().expect("ended");
        let stands = tree(&outputs.join("2014-08"));
        assert!(sets.contains(&stands), "killed after {moment} µs: {:?}", stands.keys());
    }
    assert_eq!(run(days[1]), sets[0]);
    assert_eq!(run(days[0]), sets[1], "nothing is left beside the set");
}

#[cfg(target_os = "linux")]
#[test]
fn workers_do_not_outlive_their_parent() {
    let dir = campaign("bureau");
    let mark = format!("TAIZHANG_FAMILY={}", dir.path().display());
    let (name, value) = mark.split_once('=').expect("a variable");
    let mut seen = 0;
    for delay in [20, 40, 60, 80, 120] {
        let mut child = program().arg("run").arg(dir.path()).env(name, value).spawn().expect("started");
        sleep(Duration::from_millis(delay));
        seen += family(&mark).len();
        child.kill().expect("killed");
        child.wait().expect("ended");
        let mut left = family(&mark);
        for _ in 0..50 {
            if left.is_empty() {
                break;
            }
            sleep(Duration::from_millis(100));
            left = family(&mark);
        }
        assert!(left.is_empty(), "still alive: {left:?}");
    }
    assert!(seen > 0, "the test saw no process at all");
}

/// The processes whose environment holds a mark.
#[cfg(target_os = "linux")]
fn family(mark: &str) -> Vec<String> {
    let processes = std::fs::read_dir("/proc").expect("readable").filter_map(Result::ok);
    processes
        .filter(|process| {
            let holds = |environment: Vec<u8>| environment.split(|byte| *byte == 0).any(|line| line == mark.as_bytes());
            std::fs::read(process.path().join("environ")).is_ok_and(holds)
        })
        .map(|process| process.file_name().to_string_lossy().into_owned())
        .collect()
}

fn workers() -> Workers {
    Workers::of(env!("CARGO_BIN_EXE_taizhang").into())
}

#[test]
fn a_worker_reads_what_this_process_reads() {
    let division = root().join("samples/bureau/任务分工.xlsx");
    let here = InProcess.workbook(&division, "任务分工.xlsx").expect("readable");
    let there = workers().workbook(&division, "任务分工.xlsx").expect("readable");
    assert_eq!(format!("{:?}", here.sheets), format!("{:?}", there.sheets));
    assert_eq!(
        workers().workbook(Path::new("no such file"), "a.xlsx").expect_err("no file"),
        InProcess.workbook(Path::new("no such file"), "a.xlsx").expect_err("no file")
    );
}

#[test]
fn a_worker_without_room_tries_alone_and_then_says_so() {
    let division = root().join("samples/bureau/任务分工.xlsx");
    let read = |every, alone| workers().holding(every, alone).workbook(&division, "任务分工.xlsx");
    let refused = read(100_000, 110_000).expect_err("no room at all");
    assert!(matches!(refused, Refusal::OverBudget(_)), "{refused:?}");
    assert!(read(100_000, 512 << 20).is_ok(), "the lone worker has room");
}
