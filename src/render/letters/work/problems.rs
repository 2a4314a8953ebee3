//! What was not reported, and the problems that the units name.

use std::collections::{BTreeMap, BTreeSet};

use super::{LENGTH, NAMED, NO_RECORDS, Report};
use crate::basis::calendar::format::in_brackets;
use crate::basis::{Lang, UnitId};
use crate::check::support::phrase::clip;
use crate::obligation::{Obligation, Problem, State};
use crate::outcome::closure::{Standing, closure};
use crate::outcome::labels;
use crate::render::docx::{Letter, Line};
use crate::render::letters::{listed, numeral};

/// The most units that lack something in a sentence; more stand in a table.
const SENTENCE: usize = 8;

impl Report<'_> {
    /// Writes what was not reported, and the open problems of the units with their remedies.
    pub(super) fn problems(&self, letter: &mut Letter) {
        let lang = self.lang;
        let second = |letter: &mut Letter, number: usize, zh: &str, en: &str| {
            let number = numeral(number, lang);
            letter.line(Line::Second, &lang.pick(format!("（{number}）{zh}"), format!("({number}) {en}")));
        };
        second(letter, 1, "报送方面", "Reporting");
        self.missing(letter);
        second(letter, 2, "工作方面", "Work");
        self.open_problems(letter);
    }

    /// Writes the problems that are not closed, whichever window they are from, and how many this window closed.
    fn open_problems(&self, letter: &mut Letter) {
        let (outcome, lang) = (self.outcome, self.lang);
        let listed = closure(outcome);
        let (closed, mut open): (Vec<_>, Vec<_>) =
            listed.into_iter().partition(|(_, standing)| *standing == Standing::Closed);
        open.sort_by_key(|(problem, _)| (problem.task.is_none(), problem.task));
        let before = open.iter().filter(|(problem, _)| problem.since != outcome.window).count();
        let told = match (open.len(), closed.len(), lang) {
            (0, 0, _) if outcome.tally.rows_merged == 0 => lang.pick(NO_RECORDS.0, NO_RECORDS.1).to_owned(),
            (0, 0, Lang::Zh) => "各单位报送的台账未反映存在问题。".to_owned(),
            (0, 0, Lang::En) => "The ledgers name no problems.".to_owned(),
            (0, closed, Lang::Zh) => format!("各单位反映的问题均已整改，本期销号{closed}条。"),
            (0, closed, Lang::En) => format!("All problems are closed, {closed} of them in this period."),
            (open, closed, Lang::Zh) => {
                let before =
                    if before > 0 { format!("（其中以前各期反映{before}条）") } else { String::new() };
                format!("各单位反映的问题未销号{open}条{before}，本期销号{closed}条。未销号的问题如下：")
            }
            (open, closed, Lang::En) => {
                format!(
                    "Problems that are open: {open} ({before} of earlier periods); closed in this period: {closed}."
                )
            }
        };
        letter.line(Line::Body, &told);
        if open.is_empty() {
            return;
        }
        let due = open.iter().any(|(problem, _)| !problem.due_text.is_empty());
        let columns = if due { 5 } else { 4 };
        let row = |(problem, standing): &(&Problem, Standing)| {
            let mut said = clip(&problem.text, LENGTH).into_owned();
            if *standing != Standing::Open {
                said.push_str(&in_brackets(standing.word(lang), lang));
            }
            let code = problem.task.map_or("", |task| outcome.division.task(task).code.as_str());
            let (remedy, by) = (clip(&problem.remedy, LENGTH), clip(&problem.due_text, 20));
            let mut row = vec![
                code.to_owned(),
                outcome.division.unit(problem.unit).name.clone(),
                said,
                remedy.into_owned(),
                by.into_owned(),
            ];
            row.truncate(columns);
            row
        };
        let heads = lang.pick(
            ["任务编号", "单位", "存在问题", "整改措施", "整改时限"],
            ["task", "unit", "problem", "remedy", "by"],
        );
        self.table(letter, &[12, 18, 32, 24, 14][..columns], &heads[..columns], open.iter().map(row));
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
        let mut by_unit: BTreeMap<UnitId, Vec<&Obligation>> = BTreeMap::new();
        let mut unread = BTreeSet::new();
        for owed in outcome.obligations.all.iter().filter(|owed| owed.state.is_lacking()) {
            if owed.out_of_reach {
                unread.insert(outcome.division.unit(owed.unit).name.as_str());
            } else {
                by_unit.entry(owed.unit).or_default().push(owed);
            }
        }
        if c.out_of_reach > 0 {
            let (count, unread) = (c.out_of_reach, Vec::from_iter(unread));
            let names = listed(&unread, NAMED, ("个单位", "units"), lang);
            let told = lang.pick(
                format!("{count}项暂计不可用（{names}）：{}。", labels::out_of_reach(lang)),
                format!("{count} count as unusable ({names}): {}.", labels::out_of_reach(lang)),
            );
            letter.line(Line::Body, &told);
        }
        if c.lacking() == 0 {
            let all = match (c.expected(), c.base()) {
                (0, _) => lang.pick("本期尚无到期应报的事项。", "Nothing is due yet."),
                (_, 0) => lang.pick("应报事项均为“不涉及”。", "All that is due is exempt."),
                _ => lang.pick("应报事项均已按时报送。", "Everything was reported in time."),
            };
            let all = late.as_deref().or_else(|| (c.out_of_reach == 0).then_some(all));
            if let Some(told) = all {
                letter.line(Line::Body, told);
            }
            return;
        }
        let parts = [State::Missing, State::Blank].map(|state| (state, c.count(state)));
        let parts = [parts[0], parts[1], (State::Unusable, c.unusable - c.out_of_reach)];
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
