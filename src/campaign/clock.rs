//! Signs that the clock of the machine is wrong.

use chrono::{NaiveDateTime, TimeDelta};

use super::history::PastRun;
use super::intake::Incoming;
use super::open::Opened;
use crate::basis::Bilingual;
use crate::basis::calendar::Window;

/// A gap of up to so many windows since the last run is normal: offices pause.
const PAUSE: usize = 3;

/// Warnings about the moment of a run; `last` is the previous run, `now` the clock.
pub(super) fn doubts(
    opened: &Opened,
    incoming: &[Incoming],
    last: Option<&PastRun>,
    now: NaiveDateTime,
) -> Vec<Bilingual> {
    let mut said = Vec::new();
    if opened.settings.as_of.is_some() {
        return said;
    }
    let ran = last.and_then(|last| Some((last.id, last.ran.parse::<NaiveDateTime>().ok()?)));
    let back = ran.filter(|(_, ran)| *ran > now + TimeDelta::minutes(5));
    if let Some((id, ran)) = back {
        said.push(Bilingual::new(
            format!("系统时钟（{now}）早于上次运行（{ran}），请核对系统时间；若上次的时间有误，可用 taizhang history forget {id} 忘掉那次运行"),
            format!("the clock ({now}) is before the last run ({ran}); look at the clock. If that run's was wrong: `taizhang history forget {id}`"),
        ));
    }
    let label = opened.window.label();
    let cycle = opened.window.cycle;
    let window_of = |last: &PastRun| Some((last.id, Window::parse(&last.window, cycle)?));
    if let Some((id, other)) = last.and_then(window_of).filter(|(_, other)| other.cycle == cycle)
        && back.is_none()
        && opened.settings.window.is_none()
        && distance(opened.window, other) > PAUSE
    {
        let other = other.label();
        said.push(Bilingual::new(
            format!("报告期 {label} 与上次运行的 {other} 相差较远，请核对系统时间；若上次的时间有误，可用 taizhang history forget {id} 忘掉那次运行"),
            format!("the window {label} lies far from the last run's, {other}; look at the clock. If that run's was wrong: `taizhang history forget {id}`"),
        ));
    }
    let newest = incoming.iter().filter(|file| file.is_sent()).map(|file| file.received).max();
    if let Some(newest) = newest.filter(|newest| (opened.as_of - *newest).num_days() > 366)
        && opened.settings.window.is_none()
    {
        said.push(Bilingual::new(
            format!("报告期 {label}，而最晚的文件是 {} 收到的，请核对系统时间", newest.date()),
            format!("the window is {label}, and the newest file came on {}; look at the clock", newest.date()),
        ));
    }
    said
}

/// So many files are named in a warning.
const NAMED: usize = 5;

/// On the clock every file that is there has been received, including one saved after the clock was read or by a machine
/// whose clock is ahead. A time in the register that is still to come cannot be right: the file counts from when it was
/// found, which unlike the moment of the run stays the same from run to run. Says of which files that is so.
pub(super) fn all_received(incoming: &mut [Incoming], now: NaiveDateTime) -> Option<Bilingual> {
    let mut ahead = Vec::new();
    for file in incoming.iter_mut() {
        let registered = file.received != file.first;
        (file.first, file.own) = (file.first.min(now), file.own.min(now));
        if file.received > now {
            if registered {
                ahead.push(format!("{} {}", file.name, file.received.format("%Y-%m-%d %H:%M")));
            }
            file.received = file.first;
        }
    }
    let named = &ahead[..ahead.len().min(NAMED)];
    let rest = ahead.len() - named.len();
    let (zh_rest, en_rest) = match rest {
        0 => (String::new(), String::new()),
        rest => (format!("，另有 {rest} 个"), format!(" and {rest} more")),
    };
    (!named.is_empty()).then(|| {
        Bilingual::new(
            format!("收件登记上的收件时间晚于现在，没有采用，按找到文件的时间计：{}{zh_rest}", named.join("、")),
            format!(
                "times in the register that are still to come do not count, the files count from when they were found: {}{en_rest}",
                named.join(", ")
            ),
        )
    })
}

/// The number of windows between two windows, up to the number that matters.
fn distance(a: Window, b: Window) -> usize {
    let (mut later, earlier) = if a.start > b.start { (a, b) } else { (b, a) };
    let mut steps = 0;
    while later.start > earlier.start && steps <= PAUSE {
        later = later.previous();
        steps += 1;
    }
    steps
}
