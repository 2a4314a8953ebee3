//! What to mark in the copy of a file: texts and places, without the file itself. The copy is made in a worker process.

use chrono::NaiveDateTime;
use serde::{Deserialize, Serialize};

use super::proposal::{Placed, Proposal};
use crate::basis::Lang;
use crate::basis::calendar::Cycle;
use crate::basis::finding::Severity;
use crate::basis::place::{self, Area};
use crate::basis::settings::Settings;
use crate::ledger::returned::{ANSWER, COPY_OF, GENERATIONS, in_english};
use crate::ledger::stamp;
use crate::obligation::RunFile;
use crate::outcome::{Issue, Outcome};

/// The order for a marked copy.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct CopyOrder {
    /// The settings, for the fonts.
    pub(super) settings: Settings,
    /// The title in the document properties.
    pub(super) title: String,
    /// The date of the copy.
    pub(super) made: NaiveDateTime,
    /// The properties by which it is recognised when returned.
    pub(super) properties: Vec<(String, String)>,
    /// The caption of the list: file, unit, period.
    pub(super) about: String,
    /// The line below: what to do.
    pub(super) request: String,
    /// The findings, in the order of the list.
    pub(super) faults: Vec<Fault>,
    /// Whether the file is a marked copy itself.
    pub(super) is_copy: bool,
    /// Positions of the lists of an earlier round, which are replaced.
    pub(super) old_lists: Vec<u16>,
    /// What is amiss in the file whatever stands in it (体检); known when the copy is made.
    pub(super) health: Vec<String>,
    /// The areas of the ledgers.
    pub(super) ledgers: Vec<LedgerArea>,
    /// Headings that are missing.
    pub(super) proposals: Vec<Proposal>,
    /// Those of them that stand in the copy.
    pub(super) placed: Vec<Placed>,
}

/// A finding in words.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Fault {
    pub(super) severity: Severity,
    /// The word for its severity.
    pub(super) word: String,
    pub(super) code: String,
    pub(super) sheet: Option<u16>,
    pub(super) sheet_name: String,
    pub(super) area: Option<Area>,
    pub(super) message: String,
    pub(super) seen: String,
    pub(super) expected: String,
    pub(super) advice: String,
    pub(super) answer: String,
    pub(super) id: String,
}

/// The area of a ledger.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct LedgerArea {
    pub(super) sheet: u16,
    pub(super) heading: Area,
    /// Whether it has no heading of its own.
    pub(super) headless: bool,
    /// The rows of its records.
    pub(super) rows: Vec<u32>,
}

impl Fault {
    fn of(outcome: &Outcome, issue: &Issue) -> Fault {
        let (finding, lang) = (&issue.finding, outcome.settings.lang);
        Fault {
            severity: issue.severity,
            word: issue.severity.word(lang).to_owned(),
            code: finding.kind.code.to_owned(),
            sheet: finding.place.sheet,
            sheet_name: outcome.name(finding.place).sheet.unwrap_or_default().to_owned(),
            area: finding.place.area,
            message: outcome.message(issue),
            seen: finding.seen.clone().unwrap_or_default(),
            expected: finding.expected.as_ref().map_or("", |fact| fact.in_lang(lang)).to_owned(),
            advice: outcome.advice_to_unit(issue),
            answer: issue.answer.clone().unwrap_or_default(),
            id: issue.id.clone(),
        }
    }

    /// The note for its cell.
    pub(super) fn note(&self) -> String {
        ["【", &self.word, " ", &self.code, "】", &self.message, "\n", &self.advice].concat()
    }
}

/// What is asked of the unit; of what there is none nothing is said.
fn request(count: impl Fn(Severity) -> usize, lang: Lang) -> String {
    let parts = [
        (Severity::Error, "强制", "必须改正", "errors must be corrected"),
        (Severity::Warning, "核实", "", "warnings are to be corrected, or explained under"),
        (Severity::Info, "提示", "", "hints"),
    ];
    let parts = parts.iter().map(|(severity, zh, asks, en)| (*severity, count(*severity), *zh, *asks, *en));
    let one = |(severity, count, zh, asks, en): (Severity, usize, &str, &str, &str)| match (severity, lang) {
        (Severity::Warning, Lang::Zh) => {
            format!("{zh}{count}条，改正或在“{ANSWER}”栏写明原因（只写“核实无误”不算）")
        }
        (Severity::Warning, Lang::En) => format!("{count} {en} “{}”", in_english(ANSWER)),
        (_, Lang::Zh) => format!("{zh}{count}条{asks}"),
        (_, Lang::En) => format!("{count} {en}"),
    };
    let told: Vec<String> = parts.filter(|(_, count, ..)| *count > 0).map(one).collect();
    match lang {
        Lang::Zh => format!("{}。点击单元格可跳到原处，改好后把本文件送回。", told.join("；")),
        Lang::En => format!("{}. A click on a cell leads to it; send this file back when it is done.", told.join("; ")),
    }
}

impl CopyOrder {
    /// What is to be marked in a file.
    pub(super) fn of(outcome: &Outcome, file: &RunFile, issues: &[&Issue]) -> CopyOrder {
        let count = |severity| issues.iter().filter(|issue| issue.severity == severity).count();
        let name = place::base(&file.source.name);
        let unit = file.unit.map_or("", |unit| outcome.division.unit(unit).name.as_str());
        let returned = file.reading.returned.as_ref();
        let lang = outcome.settings.lang;
        let period = outcome.window.full_words(lang);
        CopyOrder {
            // The copy says nothing of the day of the run, and is the same on every day.
            settings: Settings { as_of: None, window: None, ..outcome.settings.clone() },
            title: lang.pick(format!("{name} 退回修改"), format!("{name}: corrections")),
            made: file.source.received,
            properties: properties(outcome, file),
            about: lang.pick(
                format!("文件：{}    填报单位：{unit}    报告期：{period}", file.source.name),
                format!("file: {}    unit: {unit}    period: {period}", file.source.name),
            ),
            request: request(count, lang),
            faults: issues.iter().map(|issue| Fault::of(outcome, issue)).collect(),
            is_copy: returned.is_some(),
            old_lists: returned.map(|returned| returned.index.clone()).unwrap_or_default(),
            ledgers: file
                .reading
                .ledgers
                .iter()
                .map(|ledger| {
                    let mut rows: Vec<u32> = ledger.records.iter().map(|record| record.row).collect();
                    rows.dedup();
                    LedgerArea { sheet: ledger.sheet, heading: ledger.heading, headless: ledger.headless, rows }
                })
                .collect(),
            health: Vec::new(),
            proposals: Proposal::all(outcome, file, issues),
            placed: Vec::new(),
        }
    }

    /// Whether a sheet is the list of an earlier round.
    pub(super) fn is_old_list(&self, at: usize) -> bool {
        self.old_lists.contains(&(at as u16))
    }
}

/// The properties that identify a returned copy even if renamed: the file it is a copy of, the unit, the window, and the
/// stamp if the file was a blank form.
fn properties(outcome: &Outcome, file: &RunFile) -> Vec<(String, String)> {
    let earlier = file.reading.returned.iter().flat_map(|returned| &returned.of);
    let hashes: Vec<&str> =
        std::iter::once(&file.source.hash).chain(earlier).take(GENERATIONS).map(String::as_str).collect();
    let mut properties = vec![(COPY_OF, hashes.join(" "))];
    if let Some(form) = &file.reading.stamp {
        properties.extend(form.owed.clone().map(|owed| (stamp::OWED, owed)));
        properties.extend(form.division.clone().map(|hash| (stamp::DIVISION, hash)));
    }
    properties.extend(file.unit.map(|unit| (stamp::UNIT, outcome.division.unit(unit).name.clone())));
    // a file for a week of the month stays one for that week
    let stretch = file.reading.window.map(|(said, _)| said);
    let stretch = stretch.filter(|said| said.cycle < outcome.window.cycle && said.cycle != Cycle::Day);
    properties.extend(stretch.or(file.window).map(|window| (stamp::WINDOW, window.label())));
    properties.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
}
