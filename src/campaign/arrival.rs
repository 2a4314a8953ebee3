//! When contents arrived. One that is there under several names came when it first came, as far as the same unit sent it
//! for the same window: another unit, or another window, is another report.

use std::collections::HashMap;

use super::archive::Archive;
use super::cache::Cache;
use super::gather::{Progress, Silent, take_in};
use super::intake::Incoming;
use super::open::Opened;
use super::quarantine::Quarantine;
use super::readers::Readers;
use crate::basis::UnitId;
use crate::basis::calendar::Window;
use crate::division::Context;
use crate::obligation::window_of;
use crate::pipeline::TakenIn;

/// As [`take_in`], once more where what was read tells that a file is not the one that came before with its content.
pub(super) fn take_in_as_arrived(
    incoming: &mut [Incoming],
    opened: &Opened,
    archive: &Archive,
    quarantine: &Quarantine,
    cache: &Cache,
    readers: &dyn Readers,
    progress: &dyn Progress,
) -> Vec<TakenIn> {
    let taken = take_in(incoming, opened, archive, quarantine, cache, readers, progress);
    let anew = came_anew(incoming, &taken, &opened.context());
    if anew.is_empty() {
        return taken;
    }
    for (at, arrived) in anew {
        let file = &mut incoming[at];
        // A line of the register stands, whenever the file came.
        if file.received == file.first {
            file.received = arrived;
        }
        file.first = arrived;
    }
    take_in(incoming, opened, archive, quarantine, cache, readers, &Silent)
}

/// The files whose content came first from another unit or for another window, with the moment they came themselves.
/// Where what came first is no longer there under its name, it was moved.
fn came_anew(incoming: &[Incoming], taken: &[TakenIn], cx: &Context<'_>) -> Vec<(usize, chrono::NaiveDateTime)> {
    let mut same: HashMap<&str, Vec<usize>> = HashMap::new();
    for (at, file) in incoming.iter().enumerate().filter(|(_, file)| file.admission.is_read()) {
        same.entry(&file.hash).or_default().push(at);
    }
    let is_there = |at: usize| {
        let file = &incoming[at];
        same.get(&*file.hash).is_some_and(|same| same.iter().any(|&other| incoming[other].own == file.first))
    };
    let sent_as = |at: usize| -> (Option<UnitId>, Window) {
        let TakenIn { source, reading, .. } = &taken[at];
        (taken[at].one().sender(), window_of(cx, source, reading))
    };
    let anew = |at: usize| {
        let (unit, window) = sent_as(at);
        let alike = |&&other: &&usize| {
            let (sender, of) = sent_as(other);
            of == window && (sender == unit || sender.is_none() || unit.is_none())
        };
        let arrived = same.get(&*incoming[at].hash)?.iter().filter(alike).map(|&other| incoming[other].own).min()?;
        (arrived > incoming[at].first).then_some((at, arrived))
    };
    let inherits = |at: &usize| incoming[*at].own > incoming[*at].first && taken[*at].ignored.is_none();
    (0..incoming.len()).filter(inherits).filter(|at| is_there(*at)).filter_map(anew).collect()
}
