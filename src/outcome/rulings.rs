//! Where each ruling was applied in a run, and the state of each line of the workbook.

use std::collections::{BTreeMap, BTreeSet};

use super::doubt::Doubt;
use crate::basis::UnitId;
use crate::basis::finding::{Finding, Findings};
use crate::basis::place::Place;
use crate::check::{FileState, RunFile, p516_ruling_unneeded};
use crate::division::Context;
use crate::ledger::{Entry, ruled_headings};
use crate::obligation::{Obligations, entry};
use crate::ruling::{Field, Line, Reach, Ruling, RulingKind, Target, Written};

/// The places where each ruling was applied, by 编号, each place once.
pub type Applied = BTreeMap<u32, Vec<Place>>;

/// The state of a line of the workbook (the column 状态).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LineState {
    /// 待认定: not yet ruled.
    Open,
    /// 有效.
    Valid,
    /// 已失效: the text, its candidates or its task changed, or the ruling expired.
    Lapsed,
    /// 无效: the ruling is invalid or contradicts another (P514, P515).
    Invalid,
}

impl LineState {
    /// Its word in the workbook and in reports.
    pub fn word(self, lang: crate::basis::Lang) -> &'static str {
        match self {
            LineState::Open => lang.pick("待认定", "open"),
            LineState::Valid => lang.pick("有效", "valid"),
            LineState::Lapsed => lang.pick("已失效", "lapsed"),
            LineState::Invalid => lang.pick("无效", "invalid"),
        }
    }

    /// Its name in run.json.
    pub fn name(self) -> &'static str {
        self.word(crate::basis::Lang::En)
    }
}

/// Collects where rulings were applied: what they decided, and the findings they set aside.
pub(crate) fn applied(cx: &Context<'_>, files: &[RunFile], obligations: &Obligations, findings: &[Finding]) -> Applied {
    let mut places: BTreeMap<u32, BTreeSet<Place>> = BTreeMap::new();
    if cx.division.rulings.is_empty() {
        return Applied::new();
    }
    let mut add = |id: u32, place: Place| {
        places.entry(id).or_default().insert(place);
    };
    for file in files {
        if let Some(id) = file.reading.left_out {
            add(id, Place::file(file.source.id));
        }
        if !matches!(file.state, FileState::Merged | FileState::Superseded) {
            continue;
        }
        for (id, ledger, column) in ruled_headings(file.one(), cx) {
            add(id, Place::sheet(ledger.source, ledger.sheet).at(column.area));
        }
        for (at, entry) in file.entries() {
            // What a later report replaced needs no state, but it could be replaced only because its task and unit are
            // ruled.
            let needed = |id: u32| {
                let kind = cx.division.rulings.with_id(id).map(|ruling| ruling.kind);
                file.counts(at) || kind != Some(RulingKind::State)
            };
            for id in entry.rulings(cx).into_iter().filter(|id| needed(*id)) {
                add(id, entry.row_place());
            }
        }
    }
    for finding in findings {
        if let Some(id) = finding.ruling {
            add(id, finding.place);
        }
    }
    for obligation in &obligations.all {
        if let Some(id) = obligation.ruling {
            let record = obligation.records.first().and_then(|&at| entry(files, at));
            let place = record.map_or(cx.division.task(obligation.task).units_place, Entry::row_place);
            add(id, place);
        }
    }
    for handed in &cx.division.handed {
        add(handed.ruling, cx.division.task(handed.task).units_place);
    }
    places.into_iter().map(|(id, places)| (id, places.into_iter().collect())).collect()
}

/// Reports the rulings that nothing in this window needs (P516).
pub(crate) fn unneeded(cx: &Context<'_>, files: &[RunFile], applied: &Applied, doubts: &[Doubt]) -> Findings {
    let mut out = Findings::default();
    let came: BTreeSet<UnitId> =
        files.iter().filter(|file| file.window == Some(cx.window)).filter_map(|file| file.unit).collect();
    for ruling in cx.division.rulings.all.iter().filter(|ruling| !applied.contains_key(&ruling.id)) {
        if is_for_later(ruling, cx) {
            continue;
        }
        // Not for a unit that sent nothing yet, nor for a ruling whose doubt is asked again.
        let of_window = match ruling.reach {
            Reach::Here => ruling.window == cx.window,
            Reach::Unit | Reach::All => ruling.window <= cx.window,
        };
        let heard = ruling.unit.filter(|_| ruling.reach != Reach::All).is_none_or(|unit| came.contains(&unit));
        if of_window && heard && !asked_anew(ruling, cx, doubts) {
            p516_ruling_unneeded::note(ruling, &mut out);
        }
    }
    out
}

/// Whether a task passes to another unit only after this window.
fn is_for_later(ruling: &Ruling, cx: &Context<'_>) -> bool {
    matches!(ruling.target, Target::Unit(_, Some(since)) if since > cx.window.end)
}

/// Whether there is a new doubt at the place of a ruling because its text changed.
fn asked_anew(ruling: &Ruling, cx: &Context<'_>, doubts: &[Doubt]) -> bool {
    let lines = cx.division.rulings.written.iter().flat_map(|written| &written.lines);
    let line = lines.into_iter().find(|line| line.id == ruling.id);
    line.is_some_and(|line| {
        doubts.iter().any(|doubt| {
            doubt.kind == ruling.kind
                && !doubt.place.is_empty()
                && doubt.file == ruling.file
                && doubt.place == line.get(Field::Place)
        })
    })
}

/// The state of a line after this run; none if it concerns only another window and stays unchanged.
pub fn line_state(cx: &Context<'_>, applied: &Applied, line: &Line) -> Option<LineState> {
    if !line.is_ruled() {
        return Some(LineState::Open);
    }
    let rulings = &cx.division.rulings;
    if applied.contains_key(&line.id) {
        return Some(LineState::Valid);
    }
    if let Some(ruling) = rulings.with_id(line.id) {
        return match ruling.reach {
            _ if is_for_later(ruling, cx) => Some(LineState::Valid),
            Reach::Here if ruling.window == cx.window => Some(LineState::Lapsed),
            Reach::Here => None,
            Reach::Unit | Reach::All => Some(LineState::Valid),
        };
    }
    if rulings.lapsed.iter().any(|lapsed| lapsed.id == line.id) {
        return Some(LineState::Lapsed);
    }
    Some(LineState::Invalid)
}

/// The lines with a ruling, in the order of the workbooks.
pub fn ruled(written: &[Written]) -> impl Iterator<Item = &Line> {
    written.iter().flat_map(|one| &one.lines).filter(|line| line.is_ruled())
}

#[cfg(test)]
mod tests;
