//! Faults from outside: killed at any moment, workers without room, parents that vanish.

use std::path::Path;
use std::thread::sleep;
use std::time::Duration;

use taizhang::campaign::readers::{InProcess, Readers};
use taizhang::campaign::worker::Workers;
use taizhang::read::Refusal;

use crate::build::root;
use crate::cli::{campaign, program, tree};

/// How often the kill test kills; the full figure is asked for with `TAIZHANG_KILLS=200`.
fn kills() -> u64 {
    std::env::var("TAIZHANG_KILLS").ok().and_then(|kills| kills.parse().ok()).unwrap_or(12)
}

#[test]
fn killed_at_any_moment_the_set_is_whole_and_the_next_run_gives_the_same_bytes() {
    let dir = campaign("bureau");
    let outputs = dir.path().join("输出");
    let run = || program().arg("run").arg(dir.path()).output().expect("started");
    assert!(run().status.success());
    let whole = tree(&outputs);
    let begun = std::time::Instant::now();
    assert!(run().status.success());
    let takes = begun.elapsed().as_micros() as u64;
    let mut moment = 7;
    for _ in 0..kills() {
        // A fixed sequence of moments spread over the length of a run.
        moment = (moment * 6_364_136_223_846_793_005_u64.wrapping_rem(takes + 1) + 104_729) % (takes + 1);
        let mut child = program().arg("run").arg(dir.path()).arg("--quiet").spawn().expect("started");
        sleep(Duration::from_micros(moment));
        child.kill().expect("killed");
        child.wait().expect("ended");
        let place = outputs.join("2014-08");
        let stands: Vec<_> = tree(&place).into_iter().collect();
        let expected: Vec<_> = whole.clone().into_iter().collect();
        assert_eq!(stands, expected, "killed after {moment} µs");
    }
    assert!(run().status.success());
    assert_eq!(tree(&outputs), whole, "nothing is left beside the set");
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
    let refused = read(100_000, 150_000).expect_err("no room at all");
    assert!(matches!(refused, Refusal::OverBudget(_)), "{refused:?}");
    assert!(read(100_000, 512 << 20).is_ok(), "the lone worker has room");
}
