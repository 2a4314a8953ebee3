//! Findings → issues: drops those that no longer apply, and sets the final severity, the id and the order.

use std::collections::{BTreeMap, BTreeSet};

use hashbrown::HashMap;

use super::answers;
use crate::basis::Lang;
use crate::basis::finding::{Finding, Findings};
use crate::basis::place::{Area, Place, SourceId};
use crate::basis::scope::GapKind;
use crate::basis::side_by_side;
use crate::check::c101_required_cell;
use crate::division::Context;
use crate::ledger::content::Content;
use crate::obligation::{FileState, Obligations, RecordRef, RunFile, State, entry};
use crate::outcome::Issue;

/// The findings about a file that still apply: none for duplicates, files left aside and files that a later one replaced
/// or made good, and none about superseded rows.
pub(crate) fn concerning(file: &RunFile, findings: Findings) -> Vec<Finding> {
    match file.state {
        FileState::Duplicate | FileState::Ignored | FileState::Superseded => Vec::new(),
        _ if file.made_good => Vec::new(),
        FileState::Refused => findings.0,
        FileState::Merged => {
            let rows = Rows::new(file);
            findings.0.into_iter().filter(|finding| !rows.replaced(finding.place)).collect()
        }
    }
}

/// The rows of a file's records by sheet, and whether they count; of cross-tabs the cells.
struct Rows(BTreeMap<(u16, u32, Option<u32>), bool>);

impl Rows {
    fn new(file: &RunFile) -> Rows {
        let mut rows = BTreeMap::new();
        if file.live.iter().flatten().all(|live| *live) {
            return Rows(rows);
        }
        for (ledger, live) in file.reading.ledgers.iter().zip(&file.live) {
            for (record, live) in ledger.records.iter().zip(live) {
                *rows.entry((ledger.sheet, record.row, record.col)).or_insert(false) |= live;
            }
        }
        Rows(rows)
    }

    /// Whether a place covers records that are all superseded.
    fn replaced(&self, place: Place) -> bool {
        let Some((sheet, area)) = place.sheet.zip(place.area) else { return false };
        let rows = self.0.range((sheet, area.top, None)..=(sheet, area.bottom, Some(u32::MAX)));
        let here = rows.filter(|((.., col), _)| col.is_none_or(|col| (area.left..=area.right).contains(&col)));
        let mut rows = here.map(|(_, live)| *live).peekable();
        rows.peek().is_some() && !rows.any(|live| live)
    }
}

/// Drops the findings about cells left blank (C101) in rows whose every answer is blank and which the duty already names
/// for that (D412).
pub(crate) fn drop_told_twice(files: &[RunFile], obligations: &Obligations, findings: &mut Vec<Finding>) {
    let unusable = obligations.all.iter().filter(|obligation| obligation.state == State::Unusable);
    let blank = |at: &RecordRef| {
        let entry = entry(files, *at).filter(|entry| Content::of(*entry) == Content::Blank)?;
        Some((entry.ledger.source, Some(entry.ledger.sheet), entry.record.row))
    };
    let rows: BTreeSet<_> = unusable.flat_map(|obligation| &obligation.records).filter_map(blank).collect();
    let told = |finding: &Finding| {
        let Place { source, sheet, area } = finding.place;
        let named = |area: Area| (area.top..=area.bottom).all(|row| rows.contains(&(source, sheet, row)));
        finding.kind.code == c101_required_cell::KIND.code && area.is_some_and(named)
    };
    findings.retain(|finding| rows.is_empty() || !told(finding));
}

/// Sets ids and sorts the findings: worst first, then by place.
pub(crate) fn finish(cx: &Context<'_>, files: &[RunFile], findings: Vec<Finding>) -> Vec<Issue> {
    let keys = side_by_side::map(&findings, |finding| identity(cx, files, finding));
    let mut repeats: HashMap<&str, u32> = HashMap::with_capacity(keys.len());
    let mut numbered: Vec<(&str, u32)> = Vec::with_capacity(keys.len());
    for key in &keys {
        let next = repeats.entry(key).or_insert(0);
        numbered.push((key, *next));
        *next += 1;
    }
    let ids = side_by_side::map(&numbered, |(key, nth)| {
        blake3::hash(format!("{key}|{nth}").as_bytes()).to_hex()[..16].to_owned()
    });
    let mut issues: Vec<Issue> = findings
        .into_iter()
        .zip(ids)
        .map(|(finding, id)| {
            let severity = cx.settings.severity.get(finding.kind.code).copied().unwrap_or(finding.severity);
            Issue { id, severity, finding, stands: None, answer: None }
        })
        .collect();
    answers::apply(files, &mut issues);
    sort(&mut issues);
    issues
}

/// Puts issues in order: worst first, then as one reads.
pub(crate) fn sort(issues: &mut [Issue]) {
    issues.sort_by(|a, b| {
        let rank = |issue: &Issue| (std::cmp::Reverse(issue.severity), issue.finding.place, issue.finding.kind.code);
        rank(a).cmp(&rank(b))
    });
}

/// What identifies a finding from run to run: names and no positions, because positions change with every new file.
fn identity(cx: &Context<'_>, files: &[RunFile], finding: &Finding) -> String {
    let place = finding.place;
    let file = place.source.0.checked_sub(1).and_then(|at| files.get(at as usize));
    let written = place.sheet.filter(|_| place.source == SourceId::RULINGS);
    let written = written.and_then(|at| cx.division.rulings.written.get(at as usize));
    let sheet = place.sheet.and_then(|at| match file {
        _ if written.is_some() => written.map(|written| written.sheet.as_str()),
        Some(file) => file.reading.sheets.get(at as usize).map(|sheet| sheet.name.as_str()),
        None => cx.division.sheets.get(at as usize).map(String::as_str),
    });
    let cell = place.area.map(|area| area.to_string());
    // Two indicators of one task are two faults, and one of them may be mended.
    let asked = finding.expected.as_ref().filter(|_| finding.kind.scope.gap() == Some(GapKind::Incomplete));
    [
        finding.kind.code,
        file.map_or("", |file| file.source.name.as_str()).max(written.map_or("", |written| &written.file)),
        sheet.unwrap_or_default(),
        cell.as_deref().unwrap_or_default(),
        finding.unit.map_or("", |unit| cx.division.unit(unit).name.as_str()),
        finding.task.map_or("", |task| cx.division.task(task).code.as_str()),
        finding.period.as_deref().unwrap_or_default(),
        asked.map_or("", |asked| asked.in_lang(Lang::Zh)),
    ]
    .join("|")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::basis::finding::{Kind, Severity};
    use crate::obligation::fixture::drawn;

    static KIND: Kind = Kind::wordless("C102", Severity::Error);
    static MILD: Kind = Kind::wordless("S11", Severity::Info);

    const TEXT: &str = "2014-08 as of 2014-09-06
                        1 | 甲科
                        2 | 甲科
                        --- 甲科 2014-09-01T10:00 a.xlsx
                        1 | 推进中
                        2 | 推进中
                        --- 甲科 2014-09-02T10:00 b.xlsx
                        1 | 推进中";

    #[test]
    fn findings_about_replaced_rows_are_dropped() {
        let campaign = drawn(TEXT);
        let (files, _) = campaign.settle();
        let source = files[0].source.id;
        let column = Place::sheet(source, 0).at(crate::basis::place::Area { top: 1, left: 1, bottom: 2, right: 1 });
        let mut found = Findings::default();
        for place in [Place::cell(source, 0, 1, 1), Place::cell(source, 0, 2, 1), column, Place::file(source)] {
            found.note(&KIND, place);
        }
        let kept: Vec<_> = concerning(&files[0], found).iter().map(|finding| finding.place).collect();
        assert_eq!(kept, [Place::cell(source, 0, 2, 1), column, Place::file(source)]);
    }

    #[test]
    fn numbers_stay_when_other_files_come_and_repeats_differ() {
        let ids = |text: &str, name: &str| {
            let mut campaign = drawn(text);
            campaign.settings.severity.insert("S11".into(), Severity::Warning);
            let (files, _) = campaign.settle();
            let file = files.iter().find(|file| file.source.name.ends_with(name)).expect("the file");
            let mut found = Findings::default();
            found.note(&MILD, Place::file(file.source.id));
            found.note(&KIND, Place::cell(file.source.id, 0, 1, 1));
            found.note(&KIND, Place::cell(file.source.id, 0, 1, 1));
            finish(&campaign.context(), &files, found.0)
        };
        let issues = ids(TEXT, "b.xlsx");
        let codes: Vec<_> = issues.iter().map(|issue| (issue.finding.kind.code, issue.severity)).collect();
        assert_eq!(codes, [("C102", Severity::Error), ("C102", Severity::Error), ("S11", Severity::Warning)]);
        assert!(issues[0].id != issues[1].id && issues[0].id.len() == 16);
        let alone = "2014-08 as of 2014-09-06
                     1 | 甲科
                     2 | 甲科
                     --- 甲科 2014-09-02T10:00 b.xlsx
                     1 | 推进中";
        assert_eq!(ids(alone, "b.xlsx")[0].id, issues[0].id);
    }
}
