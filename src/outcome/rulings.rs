//! Where each ruling was applied in a run, and the state of each line of the workbook.

use std::collections::{BTreeMap, BTreeSet};

use super::doubt::Doubt;
use crate::basis::UnitId;
use crate::basis::finding::{Finding, Findings};
use crate::basis::place::{Area, Place, SourceId};
use crate::check::{FileState, RunFile, p516_ruling_unneeded};
use crate::division::Context;
use crate::ledger::{Entry, ruled_headings};
use crate::obligation::{Obligations, entry};
use crate::ruling::{Field, Line, Reach, Ruling, RulingKind, Target, Written};

/// The places where each ruling was applied, by 编号, each place once.
#[derive(Clone, Debug, Default)]
pub struct Applied {
    places: BTreeMap<u32, Vec<Place>>,
    /// The areas of each sheet with their rulings, from top to bottom: every printed row asks for its own.
    sheets: BTreeMap<(SourceId, u16), Areas>,
}

/// Areas of a sheet with the rulings applied there, by their first row.
#[derive(Clone, Debug, Default)]
struct Areas {
    sorted: Vec<(Area, u32)>,
    /// The most rows that an area has beyond its first.
    tallest: u32,
}

impl Areas {
    /// Those that begin in these rows.
    fn beginning(&self, first: u32, last: u32) -> impl Iterator<Item = (Area, u32)> {
        let from = self.sorted.partition_point(|(area, _)| area.top < first);
        self.sorted[from..].iter().copied().take_while(move |(area, _)| area.top <= last)
    }
}

impl Applied {
    fn new(places: BTreeMap<u32, BTreeSet<Place>>) -> Applied {
        let mut sheets: BTreeMap<(SourceId, u16), Areas> = BTreeMap::new();
        for (id, place) in places.iter().flat_map(|(id, places)| places.iter().map(move |place| (*id, place))) {
            if let (Some(sheet), Some(area)) = (place.sheet, place.area) {
                let areas = sheets.entry((place.source, sheet)).or_default();
                areas.sorted.push((area, id));
                areas.tallest = areas.tallest.max(area.bottom - area.top);
            }
        }
        for areas in sheets.values_mut() {
            areas.sorted.sort_unstable();
        }
        let places = places.into_iter().map(|(id, places)| (id, places.into_iter().collect())).collect();
        Applied { places, sheets }
    }

    /// Whether a ruling was applied.
    pub fn contains(&self, id: u32) -> bool {
        self.places.contains_key(&id)
    }

    /// The places where a ruling was applied.
    pub fn places(&self, id: u32) -> &[Place] {
        self.places.get(&id).map_or(&[], Vec::as_slice)
    }

    /// The rulings applied to an area of a sheet that shares a cell with this one.
    pub fn over(&self, source: SourceId, sheet: u16, area: Area) -> impl Iterator<Item = u32> {
        let areas = self.sheets.get(&(source, sheet));
        let near = areas.map(|areas| areas.beginning(area.top.saturating_sub(areas.tallest), area.bottom));
        near.into_iter().flatten().filter(move |(own, _)| own.overlaps(area)).map(|(_, id)| id)
    }

    /// The rulings applied to exactly this area of a sheet.
    pub fn at(&self, source: SourceId, sheet: u16, area: Area) -> impl Iterator<Item = u32> {
        let areas = self.sheets.get(&(source, sheet));
        let near = areas.map(|areas| areas.beginning(area.top, area.top));
        near.into_iter().flatten().filter(move |(own, _)| *own == area).map(|(_, id)| id)
    }
}

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
        return Applied::default();
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
            let place =
                record.map_or(cx.division.task(obligation.task).terms(obligation.unit).units_place, Entry::row_place);
            add(id, place);
        }
    }
    for handed in &cx.division.handed {
        add(handed.ruling, cx.division.task(handed.task).terms(handed.to).units_place);
    }
    Applied::new(places)
}

/// Reports the rulings that nothing in this window needs (P516).
pub(crate) fn unneeded(cx: &Context<'_>, files: &[RunFile], applied: &Applied, doubts: &[Doubt]) -> Findings {
    let mut out = Findings::default();
    let came: BTreeSet<UnitId> =
        files.iter().filter(|file| file.window == Some(cx.window)).filter_map(|file| file.unit).collect();
    // A new doubt stands at the place of a ruling if its text changed.
    let with_place = doubts.iter().filter(|doubt| !doubt.place.is_empty());
    let asked: BTreeSet<(RulingKind, &str, &str)> =
        with_place.map(|doubt| (doubt.kind, doubt.file.as_str(), doubt.place.as_str())).collect();
    let lines = cx.division.rulings.written.iter().flat_map(|written| &written.lines);
    let mut places: BTreeMap<u32, &str> = BTreeMap::new();
    for line in lines {
        places.entry(line.id).or_insert_with(|| line.get(Field::Place));
    }
    let at = |ruling: &Ruling| places.get(&ruling.id).copied().unwrap_or_default();
    for ruling in cx.division.rulings.all.iter().filter(|ruling| !applied.contains(ruling.id)) {
        if is_for_later(ruling, cx) {
            continue;
        }
        // Not for a unit that sent nothing yet, nor for a ruling whose doubt is asked again.
        let of_window = match ruling.reach {
            Reach::Here => ruling.window == cx.window,
            Reach::Unit | Reach::All => ruling.window <= cx.window,
        };
        // Of two that say the same of one doubt one alone is asked.
        let said = |other: &Ruling| applied.contains(other.id) && other.says_the_same(ruling);
        let heard = ruling.unit.filter(|_| ruling.reach != Reach::All).is_none_or(|unit| came.contains(&unit));
        if of_window
            && heard
            && !cx.division.rulings.all.iter().any(said)
            && !asked.contains(&(ruling.kind, &ruling.file, at(ruling)))
        {
            p516_ruling_unneeded::note(ruling, &mut out);
        }
    }
    out
}

/// Whether a task passes to another unit only after this window.
fn is_for_later(ruling: &Ruling, cx: &Context<'_>) -> bool {
    matches!(ruling.target, Target::Unit(_, Some(since)) if since > cx.window.end)
}

/// The state of a line after this run; none if it concerns only another window and stays unchanged.
pub fn line_state(cx: &Context<'_>, applied: &Applied, line: &Line) -> Option<LineState> {
    if !line.is_ruled() {
        return Some(LineState::Open);
    }
    let rulings = &cx.division.rulings;
    if applied.contains(line.id) {
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
