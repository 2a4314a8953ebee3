//! Text that was copied from another unit's report, or from the report of an earlier window.
//!
//! Texts are compared by their shingles (runs of [`SHINGLE`] characters without punctuation). Texts that share one of
//! their smallest hashes are candidates, and the full sets give the share, so that a million rows take little time. Short
//! phrases and the wording of the division do not count as copied. Each text is cut into shingles once for its smallest
//! hashes and, if it is a candidate, once more for its set; sets of all texts would not fit into memory.

use std::collections::BTreeSet;
use std::hash::BuildHasher as _;

use hashbrown::{DefaultHashBuilder, HashSet, HashTable};
use rayon::prelude::*;

use crate::basis::calendar::Window;
use crate::basis::finding::{Findings, Kind, Severity, Wording};
use crate::basis::place::{Place, Source, SourceId};
use crate::basis::scope::Scope;
use crate::basis::side_by_side;
use crate::basis::text::is_letter_or_digit;
use crate::basis::{Lang, TaskId, UnitId};
use crate::check::support::{earlier, live_in};
use crate::check::{Batch, Entry, Rule, RunFile};
use crate::division::fields::{self, Role};
use crate::division::{Context, FieldType, Task};
use crate::table::Column;

/// The least number of letters and digits of a text that is compared; shorter ones are stock phrases.
const WORTH: usize = 30;
/// The length of a shingle in characters.
const SHINGLE: usize = 8;
/// The number of smallest hashes of a text used to find candidates.
const MARKS: usize = 4;
/// The most earlier texts with the same hash that are examined.
const LOOKED_AT: usize = 4;
/// The least share of a text, in percent, that counts as copied.
const COPIED: usize = 80;

/// The kind.
pub static KIND: Kind = Kind {
    code: "X302",
    name: "copied-text",
    scope: Scope::Submission,
    severity: Severity::Warning,
    zh: Wording {
        title: "文字雷同",
        message: "“{heading}”有 {share}% 与{whose}相同（“{file}”{cell}）：“{seen}”",
        why: "各单位、各期的工作不会一字不差；照抄的内容不能说明本期做了什么。",
        mend: "请按本单位本期实际情况重写；确属共同开展的，注明由哪个单位牵头、本单位做了什么。",
        example: "两个科室的“进展情况”一百多字只差单位名称。",
    },
    en: Wording {
        title: "Text copied",
        message: "{share} % of {heading} is the text of {whose} (“{file}” {cell}): “{seen}”",
        why: "No two units, and no two periods, do the same word for word.",
        mend: "Write what this unit did in this period; for joint work say who led it and what this unit did.",
        example: "Two sections with a hundred words of progress that differ only in the section's name.",
    },
};

/// Finds copied texts.
#[derive(Debug)]
pub struct CopiedText;

/// A text of a report.
struct Told<'a> {
    unit: UnitId,
    /// Its window, if earlier than that of the run.
    earlier: Option<Window>,
    source: &'a Source,
    place: Place,
    heading: &'a str,
    text: &'a str,
    task: Option<TaskId>,
}

/// What makes a text one: a text that a unit repeats counts once in a window.
type Key<'a> = (UnitId, Option<Window>, &'a str);

impl<'a> Told<'a> {
    fn key(&self) -> Key<'a> {
        (self.unit, self.earlier, self.text)
    }
}

/// The texts to compare, in the order of receipt.
struct Texts<'a> {
    /// Shingles of the division; shared wording is not copying.
    given: HashSet<u64>,
    told: Vec<Told<'a>>,
}

impl Rule for CopiedText {
    fn kind(&self) -> &'static Kind {
        &KIND
    }

    fn batch(&self, cx: &Context<'_>, batch: &Batch<'_>, out: &mut Findings) {
        let standards = cx.division.tasks.iter().flat_map(Task::all_terms).map(|terms| terms.standard.as_str());
        let lines = cx.division.tasks.iter().map(|task| task.text.value.as_str()).chain(standards);
        let given = lines.flat_map(shingles).collect();
        let mut told: Vec<Told<'_>> =
            earlier(cx, batch).flat_map(|(window, entry)| told(cx, entry, Some(window))).collect();
        // the first file received is taken for the original
        let mut order: Vec<&RunFile> = batch.files.iter().collect();
        order.sort_by_key(|file| file.source.received);
        told.extend(side_by_side::map(&order, |file| in_file(cx, file)).into_iter().flatten());
        let texts = Texts { given, told: once(told) };
        let mut noted: BTreeSet<(SourceId, usize)> = BTreeSet::new();
        for (at, source, share) in texts.copies() {
            let this = &texts.told[at];
            if noted.insert((this.source.id, source)) {
                note(cx, this, &texts.told[source], share, out);
            }
        }
    }
}

impl Texts<'_> {
    /// The shingles of a text that do not occur in the division, ascending; empty when most of them do or few are left.
    fn own(&self, text: &str) -> Vec<u64> {
        let mut own = shingles(text);
        let all = own.len();
        own.retain(|shingle| !self.given.contains(shingle));
        if own.len() * 2 < all || own.len() < WORTH - SHINGLE { Vec::new() } else { own }
    }

    /// The texts of this window, each with the earlier ones that share one of its smallest hashes and are not seen at once
    /// to be unlike it, in order.
    fn candidates(&self) -> Vec<(usize, usize)> {
        let (of_each, sketches): (Vec<Vec<u64>>, Vec<Sketch>) =
            self.told.par_iter().map(|told| sketched(told, &self.given)).unzip();
        let all = (0u32..).zip(&of_each);
        let mut marks: Vec<(u64, u32)> = all.flat_map(|(at, of)| of.iter().map(move |&mark| (mark, at))).collect();
        drop(of_each);
        marks.par_sort_unstable();
        let in_group = |group: &[(u64, u32)]| {
            let mut found = Vec::new();
            for (nth, &(_, at)) in group.iter().enumerate().skip(1) {
                let (at, this) = (at as usize, &sketches[at as usize]);
                if this.earlier {
                    continue;
                }
                let others = group[..nth].iter().map(|&(_, other)| (other as usize, &sketches[other as usize]));
                // a unit may repeat itself within a window, as in a log of patrols
                let others = others.filter(|(_, other)| other.unit != this.unit || other.earlier).take(LOOKED_AT);
                found.extend(others.filter(|(_, other)| !this.is_unlike(other)).map(|(other, _)| (at, other)));
            }
            found
        };
        let mut found: Vec<(usize, usize)> = marks.par_chunk_by(|a, b| a.0 == b.0).flat_map_iter(in_group).collect();
        found.par_sort_unstable();
        found.dedup();
        found
    }

    /// The texts that were copied, each with the text it was copied from and the share in percent, in order.
    fn copies(&self) -> Vec<(usize, usize, usize)> {
        let candidates = self.candidates();
        let mut looked_at = vec![false; self.told.len()];
        for &(_, other) in &candidates {
            looked_at[other] = true;
        }
        let set = |(told, looked_at): (&Told<'_>, bool)| looked_at.then(|| self.own(told.text));
        let sets: Vec<Option<Vec<u64>>> = self.told.par_iter().zip(looked_at).map(set).collect();
        let copied = |of_one: &[(usize, usize)]| {
            let at = of_one.first()?.0;
            let own = if sets[at].is_none() { self.own(self.told[at].text) } else { Vec::new() };
            let this = sets[at].as_ref().unwrap_or(&own);
            let enough = (this.len() * COPIED).div_ceil(100).max(1);
            let common = |&(_, other): &(usize, usize)| Some((other, shared(this, sets[other].as_ref()?, enough)?));
            let shares =
                of_one.iter().filter_map(common).map(|(other, common)| (other, common * 100 / this.len().max(1)));
            let (source, share) = shares.max_by_key(|&(other, share)| (share, std::cmp::Reverse(other)))?;
            Some((at, source, share))
        };
        candidates.par_chunk_by(|a, b| a.0 == b.0).filter_map(copied).collect()
    }
}

/// Each text once.
fn once(mut told: Vec<Told<'_>>) -> Vec<Told<'_>> {
    let build = DefaultHashBuilder::default();
    let mut hashes = side_by_side::map(&told, |told| build.hash_one(told.key())).into_iter();
    let mut known: HashTable<(u64, Key<'_>)> = HashTable::with_capacity(told.len());
    told.retain(|told| {
        let (hash, key) = (hashes.next().unwrap_or_default(), told.key());
        let entry = known.entry(hash, |one| one.1 == key, |one| one.0);
        let new = matches!(entry, hashbrown::hash_table::Entry::Vacant(_));
        entry.or_insert((hash, key));
        new
    });
    told
}

/// The texts of the records of a file that count.
fn in_file<'a>(cx: &Context<'_>, file: &'a RunFile) -> Vec<Told<'a>> {
    live_in(file).flat_map(|entry| told(cx, entry, None)).collect()
}

/// The texts of a record that are long enough.
fn told<'a>(cx: &Context<'_>, entry: Entry<'a>, earlier: Option<Window>) -> impl Iterator<Item = Told<'a>> {
    let cells = entry.unit().into_iter().flat_map(move |unit| entry.cells().map(move |cell| (unit, cell)));
    cells.filter_map(move |(unit, (column, cell))| {
        let text = entry.text_of(cell);
        // the cheap test first, since most cells are short
        let worth = text.len() >= WORTH && text.chars().count() >= WORTH && is_prose(cx, column);
        let (source, task) = (entry.source, entry.record.task);
        let told =
            || Told { unit, earlier, source, place: entry.place_in(column), heading: &column.heading, text, task };
        worth.then(told)
    })
}

/// How many numbers two ascending lists have in common; none when it is seen that they are not `enough`.
fn shared(a: &[u64], b: &[u64], enough: usize) -> Option<usize> {
    if b.len() < enough {
        return None;
    }
    let (mut left, mut right, mut common) = (0, 0, 0);
    while let (Some(one), Some(other)) = (a.get(left), b.get(right)) {
        if common + a.len() - left < enough {
            return None;
        }
        common += usize::from(one == other);
        left += usize::from(one <= other);
        right += usize::from(other <= one);
    }
    (common >= enough).then_some(common)
}

/// Whether a column is for free text.
fn is_prose(cx: &Context<'_>, column: &Column) -> bool {
    let standard = ["标准", "要求", "依据", "指标"];
    match column.field {
        None => !standard.iter().any(|word| column.heading.contains(word)),
        Some(field) => {
            let kind = cx.division.fields.spec(field).kind;
            fields::role(field) == Role::Answer && matches!(kind, FieldType::Text | FieldType::Status)
        }
    }
}

/// Passes on a hash of each run of [`SHINGLE`] letters and digits of a text; it is the same in every process.
fn each_shingle(text: &str, mut take: impl FnMut(u64)) {
    const BASE: u64 = 0x0100_0000_01b3;
    const SPREAD: u64 = 0x9e37_79b9_7f4a_7c15;
    let leaving = BASE.wrapping_pow(SHINGLE as u32);
    let (mut run, mut hash) = ([0u64; SHINGLE], 0u64);
    for (nth, c) in text.chars().filter(|c| is_letter_or_digit(*c)).enumerate() {
        let c = u64::from(u32::from(c));
        // rolling hash: the new character is added, the one eight before is removed
        hash = hash.wrapping_mul(BASE).wrapping_add(c).wrapping_sub(run[nth % SHINGLE].wrapping_mul(leaving));
        run[nth % SHINGLE] = c;
        if nth + 1 >= SHINGLE {
            let mixed = (hash ^ hash >> 29).wrapping_mul(SPREAD);
            take(mixed ^ mixed >> 32);
        }
    }
}

/// The shingles of a text, ascending, each once.
fn shingles(text: &str) -> Vec<u64> {
    // a Chinese character has three bytes
    let mut shingles = Vec::with_capacity(text.len() / 3);
    each_shingle(text, |shingle| shingles.push(shingle));
    shingles.sort_unstable();
    shingles.dedup();
    shingles
}

/// What is asked of a text when it is held against many others.
struct Sketch {
    unit: UnitId,
    /// Whether it is of an earlier window.
    earlier: bool,
    /// Its shingles, those that it repeats too.
    length: u32,
    /// A bit for each of its shingles that does not occur in the division; several may share one.
    bits: [u64; 4],
}

impl Sketch {
    /// Whether it lacks too many bits in the other to be copied from it: at least as many of its shingles do not occur there.
    fn is_unlike(&self, other: &Sketch) -> bool {
        let lacking: u32 = self.bits.iter().zip(other.bits).map(|(own, other)| (own & !other).count_ones()).sum();
        lacking as usize * 100 > self.length as usize * (100 - COPIED)
    }
}

/// The smallest shingles of a text that do not occur in the division, of which copies have most in common, and its sketch.
fn sketched(told: &Told<'_>, given: &HashSet<u64>) -> (Vec<u64>, Sketch) {
    let mut marks: Vec<u64> = Vec::with_capacity(MARKS + 1);
    let mut sketch = Sketch { unit: told.unit, earlier: told.earlier.is_some(), length: 0, bits: [0; 4] };
    each_shingle(told.text, |shingle| {
        sketch.length += 1;
        let (word, bit) = ((shingle >> 6) as usize % sketch.bits.len(), 1 << (shingle % 64));
        let small = marks.len() < MARKS || marks.last().is_some_and(|largest| shingle < *largest);
        let new = sketch.bits[word] & bit == 0;
        if (!small && !new) || given.contains(&shingle) {
            return;
        }
        sketch.bits[word] |= bit;
        if small && let Err(at) = marks.binary_search(&shingle) {
            marks.insert(at, shingle);
            marks.truncate(MARKS);
        }
    });
    (marks, sketch)
}

fn note(cx: &Context<'_>, this: &Told<'_>, other: &Told<'_>, share: usize, out: &mut Findings) {
    let finding = out.note(&KIND, this.place).unit(this.unit).task(this.task).period(cx.window.label());
    finding.seen(this.text).related(other.place);
    let name = &cx.division.unit(other.unit).name;
    let (zh, en) = match other.earlier.map(|window| (window.full_words(Lang::Zh), window.label())) {
        Some((words, label)) if other.unit == this.unit => {
            (format!("本单位{words}台账"), format!("this unit's report of {label}"))
        }
        Some((words, label)) => (format!("{name}{words}台账"), format!("{name}'s report of {label}")),
        None => (name.clone(), name.clone()),
    };
    finding.fact_in("whose", zh, en).fact("heading", this.heading).fact("share", share);
    finding.fact("file", &other.source.name);
    finding.fact("cell", other.place.area.map_or(String::new(), |area| area.to_string()));
}

#[cfg(test)]
mod tests;
