//! Rulings: what a person settled in 人工认定.xlsx.
//!
//! A ruling is found by its kind, the text it is about, and the unit or file that is asking ([`Rulings::find`]), never by a
//! row number, so that an edited cell brings back one doubt.

mod explained;
mod key;
mod kind;
mod settle;
mod written;

pub use key::{FILE_NAME, codes, conflict, file_name, keys, task_text, words};
pub use kind::{Choice, Reach, RulingKind};
pub use settle::{Names, chosen, settle};
pub use written::{BESIDE, FILE, Field, Line, SHEET, Standing, Written};

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use crate::basis::calendar::Window;
use crate::basis::place::Place;
use crate::basis::{Bilingual, TaskId, UnitId};
use crate::table::FieldId;
use key::period;

/// The decision of a ruling, resolved in this campaign.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// 不计.
    Without,
    /// 不冲突, 视为按时, 已见原件, 不涉及.
    Agreed,
    /// A task.
    Task(TaskId),
    /// A unit, and from which day if it takes over a task.
    Unit(UnitId, Option<NaiveDate>),
    /// A field.
    Field(FieldId),
    /// A state in a known wording.
    State(String),
}

/// A valid ruling.
#[derive(Clone, Debug)]
pub struct Ruling {
    /// 编号.
    pub id: u32,
    /// The kind.
    pub kind: RulingKind,
    /// The keys by which it is found.
    pub keys: Vec<String>,
    /// The period that it is for, where it is for one alone; else empty.
    pub period: String,
    /// The unit concerned; none if unknown.
    pub unit: Option<UnitId>,
    /// The file concerned.
    pub file: String,
    /// The scope.
    pub reach: Reach,
    /// The window in which the doubt arose; 今后 begins with it.
    pub window: Window,
    /// The last day on which it is valid.
    pub until: Option<NaiveDate>,
    /// The decision.
    pub target: Target,
    /// The decision in words.
    pub says: String,
    /// 认定人.
    pub by: String,
    /// 日期, as written.
    pub on: String,
    /// Why.
    pub reason: String,
    /// The text in question, as written.
    pub text: String,
    /// Its row in the workbook.
    pub place: Place,
}

/// The ledger or file in which something is doubtful.
#[derive(Clone, Copy, Debug)]
pub struct Asker<'a> {
    /// The unit that submitted it; none if unknown.
    pub unit: Option<UnitId>,
    /// The file's path.
    pub file: &'a str,
    /// The window it belongs to.
    pub window: Window,
}

impl Ruling {
    /// Whether a ruling applies to a doubt in this ledger or file.
    fn reaches(&self, asker: &Asker<'_>) -> bool {
        let theirs = match self.unit {
            Some(unit) => asker.unit == Some(unit),
            None if self.reach == Reach::Here => self.file == asker.file,
            // The name that is written tells whose it is.
            None if self.kind == RulingKind::Sender => true,
            None => file_name(&self.file) == file_name(asker.file),
        };
        let in_time = self.until.is_none_or(|until| asker.window.start <= until);
        let since = asker.window.start >= self.window.start;
        in_time
            && match self.reach {
                Reach::Here => theirs && asker.window == self.window,
                Reach::Unit => since && theirs,
                Reach::All => since,
            }
    }

    /// Whether another ruling settles the same doubt in the same way.
    pub fn says_the_same(&self, other: &Ruling) -> bool {
        self.kind == other.kind
            && self.target == other.target
            && other.keys.iter().all(|key| self.keys.contains(key))
            && self.overlaps(other)
    }

    /// Whether the scopes of two rulings with the same key overlap.
    fn overlaps(&self, other: &Ruling) -> bool {
        let span = |one: &Ruling| {
            let last = if one.reach == Reach::Here { one.window.start } else { NaiveDate::MAX };
            (one.window.start, one.until.map_or(last, |until| until.min(last)))
        };
        let ((from, to), (other_from, other_to)) = (span(self), span(other));
        let anybodys = |one: &Ruling| {
            one.reach == Reach::All || one.reach == Reach::Unit && one.unit.is_none() && one.kind == RulingKind::Sender
        };
        let same_file = || {
            let onward = self.reach != Reach::Here || other.reach != Reach::Here;
            self.file == other.file || onward && file_name(&self.file) == file_name(&other.file)
        };
        let same = || self.unit == other.unit && (self.unit.is_some() || same_file());
        from <= other_to
            && other_from <= to
            && (self.period.is_empty() || other.period.is_empty() || self.period == other.period)
            && (anybodys(self) || anybodys(other) || same())
    }
}

/// An invalid line and the reason.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused {
    /// 编号.
    pub id: u32,
    /// The cell.
    pub place: Place,
    /// The text in that cell.
    pub seen: String,
    /// Why.
    pub why: Bilingual,
}

/// All rulings of a campaign.
#[derive(Clone, Debug, Default)]
pub struct Rulings {
    /// The workbooks they came from.
    pub written: Vec<Written>,
    /// Valid rulings, by 编号.
    pub all: Vec<Ruling>,
    /// Rulings without reason or person, or with an unknown target (P514).
    pub invalid: Vec<Refused>,
    /// Rulings whose task, candidates or unit changed, or that expired.
    pub lapsed: Vec<Refused>,
    /// Pairs of contradictory rulings (P515), with their places and numbers. Neither is in `all`.
    pub clashes: Vec<[(u32, Place); 2]>,
    index: BTreeMap<(RulingKind, String), Vec<u32>>,
}

impl Rulings {
    /// Whether there are no rulings.
    pub fn is_empty(&self) -> bool {
        self.all.is_empty()
    }

    /// Whether a ruling of this kind can be found by a text.
    pub fn any(&self, kind: RulingKind) -> bool {
        self.index.range((kind, String::new())..).next().is_some_and(|((first, _), _)| *first == kind)
    }

    /// The ruling on a text that applies to this ledger or file.
    pub fn find(&self, kind: RulingKind, text: &str, asker: &Asker<'_>) -> Option<&Ruling> {
        if self.all.is_empty() {
            return None;
        }
        let known = keys(kind, text).into_iter().filter_map(|key| self.index.get(&(kind, key)));
        let mut found = known.flatten().map(|&at| &self.all[at as usize]).filter(|ruling| ruling.reaches(asker));
        let wanted = || period(kind, text);
        found.find(|ruling| ruling.period.is_empty() || ruling.period == wanted())
    }

    /// The ruling with this number.
    pub fn with_id(&self, id: u32) -> Option<&Ruling> {
        let at = self.all.partition_point(|ruling| ruling.id < id);
        self.all.get(at).filter(|ruling| ruling.id == id)
    }

    /// Why a line is not obeyed; none where it is, or where nobody ruled.
    pub fn why_not(&self, id: u32) -> Option<Bilingual> {
        let refused = self.invalid.iter().chain(&self.lapsed).find(|refused| refused.id == id);
        let clash = || {
            let [one, other] = self.clashes.iter().find(|clash| clash.iter().any(|(of, _)| *of == id))?;
            let other = if one.0 == id { other.0 } else { one.0 };
            Some(Bilingual::new(format!("与第 {other} 号矛盾"), format!("it contradicts {other}")))
        };
        refused.map(|refused| refused.why.clone()).or_else(clash)
    }

    fn put(&mut self, mut all: Vec<Ruling>) {
        all.sort_by_key(|ruling| ruling.id);
        let mut index = index(&all);
        let mut clashing: BTreeSet<(u32, u32)> = BTreeSet::new();
        for alike in index.values() {
            for (nth, &one) in alike.iter().enumerate() {
                for &other in &alike[nth + 1..] {
                    let (a, b) = (&all[one as usize], &all[other as usize]);
                    if a.target != b.target && a.overlaps(b) {
                        clashing.insert((one, other));
                    }
                }
            }
        }
        if !clashing.is_empty() {
            let both = |at: u32| (all[at as usize].id, all[at as usize].place);
            self.clashes = clashing.iter().map(|&(one, other)| [both(one), both(other)]).collect();
            let out: BTreeSet<u32> = clashing.into_iter().flat_map(|(one, other)| [one, other]).collect();
            all = all.into_iter().zip(0u32..).filter(|(_, at)| !out.contains(at)).map(|(ruling, _)| ruling).collect();
            index = self::index(&all);
        }
        (self.all, self.index) = (all, index);
    }
}

/// The rulings by their keys.
fn index(all: &[Ruling]) -> BTreeMap<(RulingKind, String), Vec<u32>> {
    let mut index: BTreeMap<(RulingKind, String), Vec<u32>> = BTreeMap::new();
    for (ruling, at) in all.iter().zip(0u32..) {
        for key in &ruling.keys {
            index.entry((ruling.kind, key.clone())).or_default().push(at);
        }
    }
    index
}
