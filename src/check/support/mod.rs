//! Functions shared by several rules.

pub(super) mod columns;
pub(super) mod dated;
pub(super) mod deadlines;
pub(super) mod evidence;
pub mod phrase;
pub mod refusal;

use std::collections::{BTreeMap, BTreeSet};

use crate::basis::calendar::Window;
use crate::basis::place::{Place, SourceId};
use crate::basis::text::fold;
use crate::basis::{Bilingual, TaskId, UnitId};
use crate::check::{Batch, FileState, RunFile};
use crate::division::Context;
use crate::ledger::{Entry, Gap, Ledger};
pub(super) use crate::obligation::content::{is_blank_form, is_nil_for_all, says_only_nil};
use crate::obligation::{Obligation, RecordRef};

/// Whether a text means nothing: empty, 无, 没有, /, — and the like.
pub(super) fn says_nothing(text: &str) -> bool {
    let bare = fold(text);
    let bare = bare.trim_matches(['。', '.', ',', ';', '(', ')']);
    matches!(bare, "无" | "没有" | "暂无" | "无。" | "未提供" | "n/a" | "na" | "none" | "nil" | "0" | "零" | "未发现")
        || bare.chars().all(|c| matches!(c, '/' | '\\' | '-' | '_' | '*' | '×' | '〇'))
}

/// Whether a text under 存在问题 means that there is no problem: 无, 未发现问题, 一切正常.
pub(super) fn no_problem(text: &str) -> bool {
    const NONE: &[&str] = &["无", "没有", "没", "未", "未见", "不", "暂无", "暂未", "尚未"];
    const WELL: &[&str] = &["正常", "一切正常", "运行正常", "良好", "情况良好", "完好", "合格", "已全部整改"];
    let folded = fold(text);
    let bare = folded.trim_matches(['。', '.', ',', ';']);
    let of_none =
        ["问题", "异常", "隐患", "不足", "情况", "现象"].iter().find_map(|end| bare.strip_suffix(end)).map(|rest| {
            rest.trim_end_matches(['明', '显', '任', '何', '重', '大', '存', '在', '发', '现', '安', '全', '的'])
        });
    says_nothing(text) || WELL.contains(&bare) || of_none.is_some_and(|rest| NONE.contains(&rest))
}

/// The records that count, in the order of the files.
pub(super) fn live<'a>(batch: &Batch<'a>) -> impl Iterator<Item = Entry<'a>> {
    batch.files.iter().flat_map(live_in)
}

/// The records of one file that count.
pub(super) fn live_in(file: &RunFile) -> impl Iterator<Item = Entry<'_>> {
    let merged = Some(file).filter(|file| file.state == FileState::Merged);
    merged.into_iter().flat_map(RunFile::counting).map(|(_, entry)| entry)
}

/// The pairs of unit and task reported in more than one file.
pub(super) fn in_two_files(batch: &Batch<'_>) -> BTreeSet<(UnitId, TaskId)> {
    let mut first: BTreeMap<(UnitId, TaskId), (SourceId, bool)> = BTreeMap::new();
    for entry in live(batch) {
        if let Some(key) = entry.unit().zip(entry.record.task) {
            let (file, in_two) = first.entry(key).or_insert((entry.source.id, false));
            *in_two |= *file != entry.source.id;
        }
    }
    first.into_iter().filter(|(_, (_, in_two))| *in_two).map(|(key, _)| key).collect()
}

/// The records of earlier windows whose files are still in the inbox, with their window, oldest first.
pub(super) fn earlier<'a>(cx: &Context<'_>, batch: &Batch<'a>) -> impl Iterator<Item = (Window, Entry<'a>)> {
    let start = cx.window.start;
    let before = |file: &'a RunFile| {
        let window = file.window.filter(|window| file.state == FileState::Ignored && window.start < start)?;
        Some((window, file))
    };
    let mut files: Vec<(Window, &RunFile)> = batch.files.iter().filter_map(before).collect();
    files.sort_by_key(|(window, file)| (window.start, file.source.received));
    files.into_iter().flat_map(|(window, file)| file.one().entries().map(move |entry| (window, entry)))
}

/// A record of the batch.
pub(super) fn record<'a>(batch: &Batch<'a>, at: RecordRef) -> Option<Entry<'a>> {
    crate::obligation::entry(batch.files, at)
}

/// The units that submitted something: a file, usable or not, or rows in the ledger of another unit.
pub(super) fn heard_from(batch: &Batch<'_>) -> BTreeSet<UnitId> {
    let mut units: BTreeSet<UnitId> = batch
        .obligations
        .all
        .iter()
        .filter(|obligation| {
            !matches!(obligation.state, crate::obligation::State::Missing | crate::obligation::State::NotDue)
        })
        // an exemption granted beforehand is not a submission
        .filter(|obligation| obligation.state != crate::obligation::State::Exempt || !obligation.records.is_empty())
        .map(|obligation| obligation.unit)
        .collect();
    for file in batch.files.iter().filter(|file| file.state != FileState::Ignored) {
        units.extend(file.unit);
        units.extend(file.reading.ledgers.iter().filter_map(Ledger::sender));
    }
    units.extend(gaps(batch).into_keys().map(|(unit, _)| unit));
    let mut last = None;
    for entry in live(batch) {
        let unit = entry.unit();
        // adjacent rows mostly have the same unit
        if unit != last {
            units.extend(unit);
            last = unit;
        }
        units.extend(entry.record.also.iter().copied());
    }
    units
}

/// The empty cells of cross-tabs, by whose report on what is missing there.
pub(super) fn gaps(batch: &Batch<'_>) -> BTreeMap<(UnitId, TaskId), Place> {
    let ledgers = batch.files.iter().filter(|file| file.state == FileState::Merged).flat_map(|f| &f.reading.ledgers);
    let gap =
        |ledger: &Ledger, gap: &Gap| ((gap.unit, gap.task), Place::cell(ledger.source, ledger.sheet, gap.row, gap.col));
    ledgers.flat_map(|ledger| ledger.gaps.iter().map(move |one| gap(ledger, one))).collect()
}

/// The last usable file of a unit, else one with rows of the unit.
pub(super) fn file_of<'a>(batch: &Batch<'a>, unit: UnitId) -> Option<&'a RunFile> {
    let of_unit = |ledger: &Ledger| ledger.sender() == Some(unit);
    let own = |file: &&RunFile| file.unit == Some(unit) || file.reading.ledgers.iter().any(of_unit);
    let usable = batch.files.iter().filter(|file| matches!(file.state, FileState::Merged | FileState::Superseded));
    usable
        .filter(own)
        .max_by_key(|file| (file.source.received, &file.source.name))
        .or_else(|| batch.files.iter().find(|file| live_in(file).any(|entry| entry.unit() == Some(unit))))
}

/// The cell of the division that names the units of an obligation.
pub(super) fn demand(cx: &Context<'_>, obligation: &Obligation) -> Place {
    cx.division.task(obligation.task).units_place
}

/// A list in a sentence: the first `most` items, and the total number if there are more.
pub(super) fn listing<T: AsRef<str>>(items: &[T], most: usize) -> Bilingual {
    let shown = |mark: &str| items.iter().take(most).map(AsRef::as_ref).collect::<Vec<_>>().join(mark);
    if items.len() <= most {
        return Bilingual::new(shown("、"), shown(", "));
    }
    Bilingual::new(
        format!("{}等 {} 项", shown("、"), items.len()),
        format!("{} and others, {} in all", shown(", "), items.len()),
    )
}

/// The task codes of some obligations, each once, in the order of the division.
pub(super) fn task_codes(cx: &Context<'_>, obligations: &[&Obligation]) -> Vec<String> {
    let tasks: BTreeSet<_> = obligations.iter().map(|obligation| obligation.task).collect();
    tasks.into_iter().map(|task| cx.division.task(task).code.clone()).collect()
}

/// The wanted obligations grouped by unit and period, in the order of the roster, then of time.
pub(super) fn by_unit_and_period<'a>(
    batch: &Batch<'a>,
    wanted: impl Fn(&Obligation) -> bool,
) -> Vec<Vec<&'a Obligation>> {
    let mut groups = BTreeMap::new();
    for obligation in batch.obligations.all.iter().filter(|obligation| wanted(obligation)) {
        groups
            .entry((obligation.unit, obligation.period.start, obligation.period.end))
            .or_insert_with(Vec::new)
            .push(obligation);
    }
    groups.into_values().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn many_ways_to_say_nothing() {
        for text in ["", " 无 ", "无。", "/", "——", "－", "N/A", "暂无"] {
            assert!(says_nothing(text), "{text:?}");
        }
        for text in ["无锡街照片", "照片1张", "1/2"] {
            assert!(!says_nothing(text), "{text:?}");
        }
    }

    #[test]
    fn many_ways_to_say_that_all_is_well() {
        for text in ["无", "无问题", "未发现问题", "暂未发现明显问题。", "没有发现安全隐患", "不存在问题", "一切正常"]
        {
            assert!(no_problem(text), "{text:?}");
        }
        for text in ["无障碍通道被占", "路灯不亮", "存在问题", "发现问题", "卫生情况", "未按规定停放"]
        {
            assert!(!no_problem(text), "{text:?}");
        }
    }

    #[test]
    fn long_lists_say_how_many() {
        let expected = Bilingual::fixed("1-1、1-2等 3 项", "1-1, 1-2 and others, 3 in all");
        assert_eq!(listing(&["1-1", "1-2", "1-3"], 2), expected);
    }
}
