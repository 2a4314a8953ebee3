//! What is still open, and goes on.

use std::collections::BTreeMap;

use super::Report;
use super::standing::Stands;
use crate::basis::Lang;
use crate::check::support::phrase::clip;
use crate::ledger::Status;
use crate::outcome::closure::{Standing, closure};
use crate::outcome::{Due, labels};
use crate::render::docx::{Letter, Line};
use crate::render::letters::listed;
use crate::render::letters::prose::gist;

/// The most units named in a row of a table.
const ROW_UNITS: usize = 10;
/// The most characters of what a unit wrote for a state.
const WROTE: usize = 20;

impl Report<'_> {
    /// Writes what is still open: what did not come, problems, and tasks in progress, not started or in a state that is not
    /// understood, with their deadlines.
    pub(super) fn follow_up(&self, letter: &mut Letter) {
        let (outcome, lang) = (self.outcome, self.lang);
        let mut rows: Vec<Vec<String>> = Vec::new();
        let (mut items, mut unknown) = (0, 0);
        for (task, standing) in &self.standing {
            let (id, task) = (*task, outcome.division.task(*task));
            let mut open: BTreeMap<(Stands<'_>, String), Vec<&str>> = BTreeMap::new();
            for (unit, stands) in standing {
                if let Stands::Is(Status::InProgress | Status::NotStarted | Status::Disputed) | Stands::Wrote(_) =
                    stands
                {
                    let until = Due::deadline(outcome, id, *unit).map(|due| due.in_words(lang));
                    let until = until.unwrap_or_else(|| task.terms(*unit).deadline_text.clone());
                    open.entry((*stands, until)).or_default().push(&outcome.division.unit(*unit).name);
                }
            }
            for ((stands, until), units) in open {
                items += units.len();
                let state = match stands {
                    Stands::Is(status) => labels::status(status, lang).to_owned(),
                    Stands::Wrote(text) => {
                        unknown += units.len();
                        let text = clip(text, WROTE);
                        lang.pick(format!("待核实：{text}"), format!("not understood: {text}"))
                    }
                    Stands::Unsaid => String::new(),
                };
                rows.push(vec![
                    task.code.clone(),
                    gist(&task.text.value, 40),
                    listed(&units, ROW_UNITS, ("个单位", "units"), lang),
                    state,
                    until,
                ]);
            }
        }
        if outcome.coverage.lacking() > 0 {
            let text = lang.pick(
                "对未按要求报送的事项，督促有关单位按通知要求限期补报。",
                "The units that did not report are to do so by the day of their notice.",
            );
            letter.line(Line::Body, text);
        }
        let open = closure(outcome).iter().filter(|(_, standing)| *standing != Standing::Closed).count();
        if open > 0 {
            let text = lang.pick(
                format!("对未销号的{open}条问题，督促有关单位落实整改措施，整改完成后予以销号。"),
                format!("The problems that are open, {open} in all, are to be solved and closed."),
            );
            letter.line(Line::Body, &text);
        }
        if rows.is_empty() {
            let is_done = |stands: &Stands<'_>| matches!(stands, Stands::Is(Status::Done | Status::Continuous));
            let said: Vec<Stands<'_>> = self.standing.values().flatten().map(|(_, stands)| *stands).collect();
            if said.iter().any(is_done) && !said.contains(&Stands::Unsaid) {
                let none = lang.pick(
                    "各单位报送的事项均已完成或属长期坚持，继续做好日常工作。",
                    "Everything reported is done or continuous.",
                );
                letter.line(Line::Body, none);
            } else if open == 0 && outcome.coverage.lacking() == 0 {
                let none = lang.pick("按任务分工继续做好各项工作。", "The work goes on as the division says.");
                letter.line(Line::Body, none);
            }
            return;
        }
        let dated = rows.iter().any(|row| !row[4].is_empty());
        let which = match unknown {
            0 => "尚未完成",
            count if count == items => "完成情况待核实",
            _ => "尚未完成和完成情况待核实",
        };
        let told = match (dated, lang) {
            (true, Lang::Zh) => format!("对以下{items}项{which}的事项，按任务分工明确的时限继续推进："),
            (false, Lang::Zh) => format!("对以下{items}项{which}的事项，继续督促推进："),
            (_, Lang::En) => format!("{items} items are still open:"),
        };
        letter.line(Line::Body, &told);
        let columns = if dated { 5 } else { 4 };
        for row in &mut rows {
            row.truncate(columns);
        }
        let heads = lang
            .pick(["任务编号", "工作任务", "单位", "状态", "完成时限"], ["code", "task", "units", "state", "deadline"]);
        self.table(letter, &[12, 36, 24, 14, 14][..columns], &heads[..columns], rows.into_iter());
    }
}
