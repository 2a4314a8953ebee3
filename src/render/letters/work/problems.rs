//! What was not reported, and the problems that the units name.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::{LENGTH, NAMED, Report};
use crate::basis::{Lang, UnitId};
use crate::check::support::phrase::clip;
use crate::division::fields;
use crate::obligation::{Obligation, State};
use crate::outcome::labels;
use crate::render::docx::{Letter, Line};
use crate::render::letters::{listed, numeral};

/// The most units that lack something in a sentence; more stand in a table.
const SENTENCE: usize = 8;

/// A problem of a task that a unit names, and how often: what it says of it last.
struct Problem<'a> {
    code: &'a str,
    unit: &'a str,
    said: Cow<'a, str>,
    remedy: &'a str,
    due: &'a str,
    times: usize,
}

impl Report<'_> {
    /// Writes what was not reported, and the problems of the units with their remedies.
    pub(super) fn problems(&self, letter: &mut Letter) {
        let (outcome, lang) = (self.outcome, self.lang);
        let second = |letter: &mut Letter, number: usize, zh: &str, en: &str| {
            let number = numeral(number, lang);
            letter.line(Line::Second, &lang.pick(format!("（{number}）{zh}"), format!("({number}) {en}")));
        };
        second(letter, 1, "报送方面", "Reporting");
        self.missing(letter);
        second(letter, 2, "工作方面", "Work");
        let nothing = |text: &str| text.is_empty() || matches!(text, "无" | "/" | "—" | "-" | "没有" | "暂无");
        // what a unit says again of a task is one row
        let mut rows: Vec<Problem<'_>> = Vec::new();
        let mut known: HashMap<(&str, &str, Cow<'_, str>), usize> = HashMap::new();
        for (task, records) in &self.by_task {
            let code = outcome.division.task(*task).code.as_str();
            for at in records {
                let entry = outcome.entry(*at);
                let problem = entry.text(fields::PROBLEM);
                if nothing(problem) {
                    continue;
                }
                let unit = entry.record.unit.map_or("", |unit| outcome.division.unit(unit).name.as_str());
                let [remedy, due] = [fields::REMEDY, fields::REMEDY_DUE].map(|field| entry.text(field).trim());
                let problem = clip(problem, LENGTH);
                let at = *known.entry((code, unit, problem.clone())).or_insert(rows.len());
                let Some(before) = rows.get_mut(at) else {
                    rows.push(Problem { code, unit, said: problem, remedy, due, times: 1 });
                    continue;
                };
                before.times += 1;
                // the last remedy that was named
                for (before, now) in [(&mut before.remedy, remedy), (&mut before.due, due)] {
                    if !now.is_empty() {
                        *before = now;
                    }
                }
            }
        }
        if rows.is_empty() {
            let none = lang.pick("各单位报送的台账未反映存在问题。", "The ledgers name no problems.");
            letter.line(Line::Body, none);
            return;
        }
        let count: usize = rows.iter().map(|row| row.times).sum();
        letter.line(
            Line::Body,
            &lang.pick(
                format!("各单位反映存在问题{count}条，具体如下："),
                format!("Problems that the units name: {count}."),
            ),
        );
        let due = rows.iter().any(|row| !row.due.is_empty());
        let row = |of: &Problem<'_>| {
            let mut problem = of.said.clone().into_owned();
            if of.times > 1 {
                let times = of.times;
                problem.push_str(&lang.pick(format!("（反映{times}次）"), format!(" ({times} times)")));
            }
            let (remedy, by) = (clip(of.remedy, LENGTH).into_owned(), clip(of.due, 20).into_owned());
            let mut row = vec![of.code.to_owned(), of.unit.to_owned(), problem, remedy, by];
            row.truncate(if due { 5 } else { 4 });
            row
        };
        let heads = lang.pick(
            ["任务编号", "单位", "存在问题", "整改措施", "整改时限"],
            ["task", "unit", "problem", "remedy", "by"],
        );
        let columns = if due { 5 } else { 4 };
        self.table(letter, &[12, 18, 32, 24, 14][..columns], &heads[..columns], rows.iter().map(row));
    }

    /// Writes what was not reported or came late, unit by unit.
    fn missing(&self, letter: &mut Letter) {
        let (outcome, lang) = (self.outcome, self.lang);
        let c = &outcome.coverage;
        let late = outcome.obligations.all.iter().filter(|owed| owed.state == State::Late).map(|owed| owed.unit);
        let late: BTreeSet<UnitId> = late.collect();
        let late: Vec<&str> = late.iter().map(|unit| outcome.division.unit(*unit).name.as_str()).collect();
        let late = (c.late > 0).then(|| {
            let names = listed(&late, NAMED, ("个单位", "units"), lang);
            lang.pick(format!("迟报{}项：{names}。", c.late), format!("{} came late: {names}.", c.late))
        });
        if c.lacking() == 0 {
            let all = lang.pick("应报事项均已按时报送。", "Everything was reported in time.");
            letter.line(Line::Body, late.as_deref().unwrap_or(all));
            return;
        }
        let parts = [State::Missing, State::Blank, State::Unusable].map(|state| (state, c.count(state)));
        let parts = parts.iter().filter(|(_, count)| *count > 0).map(|(state, count)| {
            let word = labels::state(*state, lang);
            lang.pick(format!("{word}{count}项"), format!("{count} {word}"))
        });
        let parts: Vec<String> = parts.collect();
        let parts = match (parts.len(), lang) {
            (0 | 1, _) => String::new(),
            (_, Lang::Zh) => format!("（{}）", parts.join("、")),
            (_, Lang::En) => format!(" ({})", parts.join(", ")),
        };
        let mut by_unit: BTreeMap<UnitId, Vec<&Obligation>> = BTreeMap::new();
        for owed in outcome.obligations.all.iter().filter(|owed| lacks(owed.state)) {
            by_unit.entry(owed.unit).or_default().push(owed);
        }
        let codes = |owed: &[&Obligation]| {
            let mut seen = BTreeSet::new();
            let codes = owed.iter().map(|owed| outcome.division.task(owed.task).code.as_str());
            let codes: Vec<&str> = codes.filter(|code| seen.insert(*code)).collect();
            listed(&codes, 10, ("项", "tasks"), lang)
        };
        let (count, units) = (c.lacking(), by_unit.len());
        if units > SENTENCE {
            let told = lang.pick(
                format!("未按要求报送的事项{count}项{parts}，涉及{units}个单位，具体如下："),
                format!("{count} items of {units} units did not come{parts}:"),
            );
            letter.line(Line::Body, &told);
            let heads = lang.pick(["单位", "未报事项", "涉及任务"], ["unit", "items", "tasks"]);
            let row = |(unit, owed): (&UnitId, &Vec<&Obligation>)| {
                vec![outcome.division.unit(*unit).name.clone(), owed.len().to_string(), codes(owed)]
            };
            self.table(letter, &[40, 14, 46], &heads, by_unit.iter().map(row));
            if let Some(late) = late {
                letter.line(Line::Body, &late);
            }
            return;
        }
        let told = by_unit.iter().map(|(unit, owed)| {
            let (name, count, codes) = (&outcome.division.unit(*unit).name, owed.len(), codes(owed));
            lang.pick(format!("{name}{count}项（{codes}）"), format!("{name} {count} ({codes})"))
        });
        let told = told.collect::<Vec<_>>().join(lang.pick("，", ", "));
        let mut told = lang.pick(
            format!("未按要求报送的事项{count}项{parts}：{told}。"),
            format!("{count} items did not come{parts}: {told}. "),
        );
        told.extend(late);
        letter.line(Line::Body, &told);
    }
}

/// Whether a report in this state was expected and is of no use.
fn lacks(state: State) -> bool {
    matches!(state, State::Missing | State::Blank | State::Unusable)
}
