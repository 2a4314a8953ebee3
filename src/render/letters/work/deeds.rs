//! What the units did: states, sums and quotations of each task.

use std::collections::{BTreeMap, BTreeSet};

use super::standing::Stands;
use super::{LENGTH, NAMED, NO_RECORDS, Report, TASK};
use crate::basis::calendar::Window;
use crate::basis::{Lang, TaskId, UnitId};
use crate::check::support::phrase::clip;
use crate::division::fields;
use crate::ledger::Status;
use crate::obligation::RecordRef;
use crate::outcome::labels;
use crate::render::docx::{Letter, Line};
use crate::render::letters::prose::gist;
use crate::render::letters::{listed, numeral};
use crate::table::FieldId;

/// The most records of a task quoted; the others are only counted.
const QUOTED: usize = 8;

impl Report<'_> {
    /// Writes what the units did, by category and task.
    pub(super) fn deeds(&self, letter: &mut Letter) {
        let (outcome, lang) = (self.outcome, self.lang);
        let mut numbered = 0;
        for group in &self.from.figures.categories {
            let of = |task: &TaskId| outcome.division.task(*task).category == group.key;
            let tasks: Vec<(&TaskId, &Vec<RecordRef>)> = self.by_task.iter().filter(|(task, _)| of(task)).collect();
            if tasks.is_empty() {
                continue;
            }
            numbered += 1;
            let (number, name) = (numeral(numbered, lang), self.category(&group.key));
            letter.line(Line::Second, &lang.pick(format!("（{number}）{name}"), format!("({number}) {name}")));
            for (at, (id, records)) in tasks.into_iter().enumerate() {
                let task = outcome.division.task(*id);
                let text = gist(&task.text.value, TASK);
                let mut told =
                    [self.states(*id), self.before(*id), self.sums(records), self.quotations(records)].concat();
                if told.is_empty() {
                    told = self.counted(records);
                }
                let line = match lang {
                    Lang::Zh => format!("{}.{text}（{}）。{told}", at + 1, task.code),
                    Lang::En => format!("{}. {text} ({}). {told}", at + 1, task.code),
                };
                letter.line(Line::Body, &line);
            }
        }
        if numbered == 0 {
            letter.line(Line::Body, lang.pick(NO_RECORDS.0, NO_RECORDS.1));
        }
    }

    /// How far the units of a task are: each state once, with the units that reported it.
    fn states(&self, task: TaskId) -> String {
        let (outcome, lang) = (self.outcome, self.lang);
        let mut groups: BTreeMap<Option<Status>, Vec<UnitId>> = BTreeMap::new();
        for (unit, stands) in self.standing.get(&task).into_iter().flatten() {
            let status = match stands {
                Stands::Is(status) => Some(*status),
                Stands::Wrote(_) => None,
                Stands::Unsaid => continue,
            };
            groups.entry(status).or_default().push(*unit);
        }
        // what is not understood is told last
        let unknown = groups.remove_entry(&None);
        let told = groups.into_iter().chain(unknown).map(|(status, units)| {
            let names: Vec<&str> = units.iter().map(|unit| outcome.division.unit(*unit).name.as_str()).collect();
            let names = listed(&names, NAMED, ("个单位", "units"), lang);
            match (status, lang) {
                (Some(Status::Nil), Lang::Zh) => format!("{names}报送零报告"),
                (Some(Status::Disputed), Lang::Zh) => format!("{names}提出异议"),
                (Some(status), Lang::Zh) => format!("{names}{}", labels::status(status, lang)),
                (Some(status), Lang::En) => format!("{names}: {}", labels::status(status, lang)),
                (None, Lang::Zh) => format!("{names}填报的完成情况待核实"),
                (None, Lang::En) => format!("{names}: a state that is not understood"),
            }
        });
        let told: Vec<String> = told.collect();
        if told.is_empty() { String::new() } else { format!("{}{}", told.join(lang.pick("，", "; ")), self.stop()) }
    }

    /// Which units reported a task in windows before this one alone, and in which.
    fn before(&self, task: TaskId) -> String {
        let (outcome, lang) = (self.outcome, self.lang);
        let mut windows: BTreeMap<Window, BTreeSet<UnitId>> = BTreeMap::new();
        for owed in self.before.get(&task).into_iter().flatten() {
            if let Some(report) = owed.last_of_windows().last() {
                let window = Window::containing(outcome.window.cycle, report.window_end);
                windows.entry(window).or_default().insert(owed.unit);
            }
        }
        let told = windows.iter().map(|(window, units)| {
            let names: Vec<&str> = units.iter().map(|unit| outcome.division.unit(*unit).name.as_str()).collect();
            let (names, window) = (listed(&names, NAMED, ("个单位", "units"), lang), window.full_words(lang));
            lang.pick(format!("{names}已于{window}报送"), format!("{names} reported in {window}"))
        });
        let told: Vec<String> = told.collect();
        if told.is_empty() { String::new() } else { format!("{}{}", told.join(lang.pick("，", "; ")), self.stop()) }
    }

    /// How many records came on a task of which nothing else is to be told, and from whom.
    fn counted(&self, records: &[RecordRef]) -> String {
        let (outcome, lang, count) = (self.outcome, self.lang, records.len());
        let mut units: Vec<&str> = Vec::new();
        let mut known: BTreeSet<UnitId> = BTreeSet::new();
        for unit in records.iter().filter_map(|at| outcome.entry(*at).record.unit) {
            if known.insert(unit) {
                units.push(outcome.division.unit(unit).name.as_str());
            }
        }
        let units = listed(&units, NAMED, ("个单位", "units"), lang);
        lang.pick(format!("{units}报送工作记录{count}条。"), format!("{units}: {count} records. "))
    }

    /// The sums of times, people and hours of a task.
    fn sums(&self, records: &[RecordRef]) -> String {
        const SUMMED: [(FieldId, &str, &str, &str); 3] = [
            (fields::TIMES, "开展活动", "次", "activities"),
            (fields::PEOPLE, "参加", "人次", "people"),
            (fields::HOURS, "累计", "小时", "hours"),
        ];
        let lang = self.lang;
        // In one go: to fetch the records from memory takes longer than to add.
        let mut sums = [0.0; SUMMED.len()];
        for at in records {
            let entry = self.outcome.entry(*at);
            for (sum, (field, ..)) in sums.iter_mut().zip(SUMMED) {
                *sum += entry.value(field).number().unwrap_or_default();
            }
        }
        let told = SUMMED.into_iter().zip(sums).filter_map(|((_, does, measure, en), sum)| {
            let sum = (sum * 100.0_f64).round() / 100.0;
            (sum > 0.0).then(|| lang.pick(format!("{does}{sum}{measure}"), format!("{sum} {en}")))
        });
        let told: Vec<String> = told.collect();
        match (told.is_empty(), lang) {
            (true, _) => String::new(),
            (false, Lang::Zh) => format!("据各单位填报，{}。", told.join("，")),
            (false, Lang::En) => format!("As reported: {}. ", told.join(", ")),
        }
    }

    /// What the units wrote about their progress, unit by unit.
    fn quotations(&self, records: &[RecordRef]) -> String {
        let (outcome, lang) = (self.outcome, self.lang);
        let mut told: Vec<(&str, Vec<String>)> = Vec::new();
        let (mut quoted, mut rest) = (0, 0);
        for at in records {
            let entry = outcome.entry(*at);
            let unit = entry.record.unit.map_or("", |unit| outcome.division.unit(unit).name.as_str());
            let done = clip(entry.text(fields::PROGRESS), LENGTH);
            let done = done.trim_end_matches(['。', '；', ';', '.', '，']);
            let done = done.strip_prefix(unit).unwrap_or(done);
            let at = told.iter().position(|(known, _)| *known == unit);
            if done.is_empty() || at.is_some_and(|at| told[at].1.iter().any(|known| known == done)) {
                continue;
            }
            if quoted == QUOTED {
                rest += 1;
                continue;
            }
            quoted += 1;
            match at {
                Some(at) => told[at].1.push(done.to_owned()),
                None => told.push((unit, vec![done.to_owned()])),
            }
        }
        let (colon, mark) = (lang.pick("：", ": "), lang.pick("；", "; "));
        let mut lines: Vec<String> =
            told.iter().map(|(unit, done)| format!("{unit}{colon}{}{}", done.join(mark), self.stop())).collect();
        if rest > 0 {
            lines.push(lang.pick(format!("其余{rest}条见汇总台账。"), format!("{rest} more in 汇总台账.xlsx. ")));
        }
        lines.concat()
    }
}
