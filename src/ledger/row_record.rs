//! Makes the record of a row: finds its unit and task, and how they were found.

use std::rc::Rc;

use super::attribute::{Clues, attribute};
use super::builder::{LedgerBuilder, Roles, Section, TableContext, is_same};
use super::record::{Attribution, Cell, Ledger, Record, TaskFrom, UnitFrom};
use super::returned::PICTURE;
use super::ruled;
use super::sender::{self, Named};
use super::status;
use super::value::{Status, Value};
use crate::basis::place::Place;
use crate::basis::pool::{Text, Texts};
use crate::basis::text::code_key;
use crate::basis::{TaskId, UnitId};
use crate::read::Sheet;
use crate::ruling::{RulingKind, Target};

impl LedgerBuilder<'_> {
    #[expect(clippy::too_many_arguments, reason = "what a row is made of; a struct would only rename them")]
    pub(super) fn record(
        &mut self,
        row: u32,
        mut cells: Box<[Cell]>,
        roles: Roles,
        context: &TableContext,
        section: &Section,
        ledger: &mut Ledger,
        images: usize,
        sheet: &Sheet,
    ) -> Record {
        let text = |at: Option<usize>| at.map_or(Text::default(), |at| cells[at].text);
        let roster = &self.cx.division.roster;
        let mut submitter = section.unit.or(context.titled).or(ledger.unit.map(|unit| unit.0));
        if let Some(named) = Some(text(roles.submitter)).filter(|t| !t.is_empty()) {
            let stated = self.named(named).units.first().copied();
            if let (Some(unit), None, Some(at)) = (stated, ledger.unit, roles.submitter) {
                let place = Place::cell(context.source, context.sheet, row, ledger.columns[at].col);
                ledger.unit = Some((unit, UnitFrom::Sheet(place)));
            }
            submitter = stated.or(submitter);
        }
        let named =
            Some(text(roles.units)).filter(|t| !t.is_empty()).map(|named| self.named(named)).unwrap_or_default();
        let is_among = submitter.is_some_and(|s| named.units.contains(&s) || named.members.contains(&s));
        let above = || {
            let above = ledger.records.last().filter(|above| above.row + 1 == row)?;
            above.unit.filter(|_| roles.grouped && text(roles.units).is_empty())
        };
        let unit = if is_among { submitter } else { named.units.first().copied().or(submitter).or_else(above) };
        debug_assert!(unit.is_none_or(|unit| (unit.0 as usize) < roster.units.len()));

        let (code, task, category) = (text(roles.code), text(roles.task), text(roles.category));
        let serial = text(roles.serial);
        let blank = code.is_empty() && task.is_empty() && serial.is_empty();
        let (found, by) = match ledger.records.last() {
            Some(above) if context.unmerged && blank && above.row + 1 == row => (above.task, above.by),
            _ => {
                let told = self.task(code, serial, task, category, section.name, unit, context.stamped);
                self.ruled(told, code, serial, task, roles.code.is_some())
            }
        };
        let (found, by) = match found {
            None if code.is_empty() && task.is_empty() => self.around(section, context, unit).unwrap_or((found, by)),
            _ => (found, by),
        };
        let also = match found.map(|task| self.cx.division.task(task)) {
            // units copied from the division are those that owe the task, not those that report in this row
            Some(task) if is_among && is_same(&task.units, &named.units) => Vec::new(),
            None if is_among => Vec::new(),
            _ => named.units.iter().copied().filter(|&other| Some(other) != unit).collect(),
        };
        if let (Some(task), Some(at)) = (found, roles.status)
            && let text = cells[at].text
            && matches!(cells[at].value, Value::Status(Status::InProgress))
            && *self.steps.entry(text).or_insert_with(|| status::names_step(self.texts.get(text)))
            && status::is_done_about(self.texts.get(text), &self.cx.division.task(task).text.value, self.cx.window.end)
        {
            cells[at].value = Value::Status(Status::Done);
        }
        self.no_later(&mut cells, roles, context.received);
        let terms = found.filter(|_| context.stamped).map(|task| self.cx.division.task(task).terms(unit));
        let printed = terms.and_then(|terms| self.printed(terms, &cells, ledger));
        let part = match printed {
            Some(period) => ledger.part(period),
            None => self.part(&mut cells, roles, section.part.or(context.part), row, ledger),
        };
        let shown = cells.iter().filter(|cell| self.texts.get(cell.text) == PICTURE).count();
        Record {
            row,
            col: None,
            unit,
            also: also.into_boxed_slice(),
            repeats: 0,
            goes_on: false,
            task: found,
            by,
            pictures: (images + shown).min(usize::from(u16::MAX)) as u16,
            hidden: sheet.hidden_rows.binary_search(&row).is_ok(),
            part,
            cells,
        }
    }

    /// The task of a row that names none: from its section, else from the surroundings of the table.
    fn around(
        &self,
        section: &Section,
        context: &TableContext,
        unit: Option<UnitId>,
    ) -> Option<(Option<TaskId>, Attribution)> {
        let (tasks, from) = match &context.around {
            _ if !section.tasks.is_empty() => (&section.tasks, TaskFrom::Section),
            Some(around) => (&around.tasks, around.from),
            None => return None,
        };
        let division = self.cx.division;
        let owed = || tasks.iter().find(|task| unit.is_some_and(|unit| division.task(**task).units.contains(&unit)));
        let task = if let [one] = tasks[..] { Some(one) } else { owed().copied() };
        task.map(|task| (Some(task), Attribution::Around(from)))
    }

    /// The units that a cell names, looked up once for each text.
    fn named(&mut self, text: Text) -> Rc<Named> {
        if let Some(known) = self.units.get(&text) {
            return Rc::clone(known);
        }
        let mut named = sender::in_cell(self.texts.get(text), &self.cx.division.roster);
        let rulings = &self.cx.division.rulings;
        if rulings.any(RulingKind::Sender) {
            for name in sender::strangers(self.texts.get(text), &self.cx.division.roster) {
                let ruling = rulings.find(RulingKind::Sender, name, &self.asker);
                if let Some(Target::Unit(unit, _)) = ruling.map(|ruling| &ruling.target) {
                    named.units.push(*unit);
                }
            }
        }
        let named = Rc::new(named);
        self.units.insert(text, Rc::clone(&named));
        named
    }

    /// The task by a ruling, for a row whose task is not certain.
    fn ruled(
        &self,
        told: (Option<TaskId>, Attribution),
        code: Text,
        serial: Text,
        task: Text,
        has_codes: bool,
    ) -> (Option<TaskId>, Attribution) {
        let rulings = &self.cx.division.rulings;
        let code = match told.1 {
            Attribution::CodeAgainstText(_) if !has_codes => serial,
            Attribution::CodeAgainstText(_) | Attribution::Likeness(_) | Attribution::None { .. } => code,
            Attribution::Code
            | Attribution::Text
            | Attribution::Stamp
            | Attribution::Around(_)
            | Attribution::Ruling(_) => return told,
        };
        if rulings.is_empty() {
            return told;
        }
        let words = ruled::task_words(self.texts.get(code), self.texts.get(task));
        match rulings.find(RulingKind::Task, &words, &self.asker).map(|ruling| (ruling.id, &ruling.target)) {
            Some((id, Target::Task(task))) => (Some(*task), Attribution::Ruling(id)),
            Some((id, Target::Without)) => (None, Attribution::Ruling(id)),
            _ => told,
        }
    }

    #[expect(clippy::too_many_arguments, reason = "the clues of a row, still as numbers of texts")]
    fn task(
        &mut self,
        code: Text,
        serial: Text,
        task: Text,
        category: Text,
        section: Text,
        unit: Option<UnitId>,
        stamped: bool,
    ) -> (Option<TaskId>, Attribution) {
        // a column 编号 may contain row numbers or codes: 1-3 is a code, 3 is not
        let is_code = |text: &str| !text.bytes().all(|b| b.is_ascii_digit()) && code_key(text).contains('-');
        let code = if code.is_empty() && is_code(self.texts.get(serial)) { serial } else { code };
        let key = (code, task, category, section, unit, stamped);
        let clues = |texts: &'_ Texts| {
            let get = |text| texts.get(text).to_owned();
            [get(code), get(serial), get(task), get(category), get(section)]
        };
        let find = |serial: bool, texts: &Texts| {
            let [code, number, text, category, section] = &clues(texts);
            let serial = if serial { number } else { "" };
            let clues = Clues { code, serial, text, category, section, unit, stamped };
            attribute(clues, self.cx.division)
        };
        // running numbers differ in every row, so they are used only if the rest does not decide
        let known = if let Some(&known) = self.tasks.get(&key) {
            known
        } else {
            let found = find(false, self.texts);
            self.tasks.insert(key, found);
            found
        };
        if known.0.is_none() && !serial.is_empty() { find(true, self.texts) } else { known }
    }
}
