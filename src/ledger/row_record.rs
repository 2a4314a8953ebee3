//! Makes the record of a row: finds its unit and task, and how they were found.

use std::rc::Rc;

use super::attribute::{Clues, Form, attribute};
use super::builder::{LedgerBuilder, Roles, Section, TableContext, is_same};
use super::record::{Attribution, Cell, Ledger, Record, TaskFrom, UnitFrom};
use super::returned::PICTURE;
use super::ruled;
use super::sender::{self, Named};
use super::status;
use super::value::{Status, Value};
use crate::basis::calendar::format::code_of_day;
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
        for at in [roles.code, roles.serial].into_iter().flatten() {
            self.turn_back(&mut cells[at]);
        }
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
                let told = self.task(code, serial, task, category, section.name, unit, context.form);
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
        let terms = found.filter(|_| context.form == Form::Current).map(|task| self.cx.division.task(task).terms(unit));
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

    /// Spreadsheets turn the code 1-3 into 3 January; where that names a task, it is turned back.
    fn turn_back(&mut self, cell: &mut Cell) {
        let Value::Day(day) = cell.value else { return };
        let code = code_of_day(day);
        if !self.cx.division.index().by_code(&code_key(&code)).is_empty() {
            *cell = Cell { text: self.texts.intern(&code), value: Value::Text };
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
        form: Form,
    ) -> (Option<TaskId>, Attribution) {
        // a column 编号 may contain row numbers or codes: 1-3 is a code, 3 is not
        let is_code = |text: &str| !text.bytes().all(|b| b.is_ascii_digit()) && code_key(text).contains('-');
        let code = if code.is_empty() && is_code(self.texts.get(serial)) { serial } else { code };
        let key = (code, task, category, section, unit, form);
        let clues = |texts: &'_ Texts| {
            let get = |text| texts.get(text).to_owned();
            [get(code), get(serial), get(task), get(category), get(section)]
        };
        let find = |serial: bool, texts: &Texts| {
            let [code, number, text, category, section] = &clues(texts);
            let serial = if serial { number } else { "" };
            let clues = Clues { code, serial, text, category, section, unit, form };
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

#[cfg(test)]
mod tests {
    use crate::ledger::OneFile;
    use crate::ledger::fixture::{file, file_with, records, sender};

    #[test]
    fn a_code_that_became_a_day_is_turned_back_where_it_names_a_task() {
        for heading in ["任务编号", "序号"] {
            let drawing =
                format!("{heading} | 工作任务 | 完成情况\n@2014-01-02 | 甲 | 已完成\n@2014-01-09 | 乙 | 已完成\n");
            let mut sent = None;
            let (division, reading) = file_with("综合科.xlsx", &drawing, |_, source| sent = Some(source.clone()));
            let source = sent.expect("a source");
            let told = OneFile { source: &source, reading: &reading }.entries().map(|entry| {
                let task = entry.record.task.map(|task| division.task(task).code.as_str());
                (task, entry.text_of(entry.record.cells[0]))
            });
            assert_eq!(told.collect::<Vec<_>>(), [(Some("1-2"), "1-2"), (None, "2014-01-09")], "{heading}");
        }
    }

    /// The rows of two tasks below these headings, the first with 综合科 and 后勤中心 in its second column.
    fn read(name: &str, heading: &str) -> Vec<String> {
        let drawing = format!(
            "
工作任务 | {heading} | 配合单位 | 完成情况
整治所辖楼宇和广场的广告牌，按比例投放公益广告 | 综合科、后勤中心 | 管理一科 | 已完成
开展道德讲堂，学习宣传道德模范和身边好人 | 管理一科 | 综合科 | 已完成
"
        );
        let (division, reading) = file(name, &drawing);
        records(&division, &reading)
    }

    #[test]
    fn a_leading_unit_reports_where_nobody_else_does() {
        let each = ["2 综合+后勤 1-1 text", "3 管理 2-2 text"];
        for heading in ["责任单位", "牵头单位", "牵头科室", "主办单位"] {
            assert_eq!(read("汇总.xlsx", heading), each, "{heading}");
        }
        let own = read("管理一科.xlsx", "牵头单位");
        assert_eq!(own, ["2 管理 1-1 text", "3 管理 2-2 text"], "a ledger of one unit");
    }

    #[test]
    fn whoever_is_responsible_or_submits_goes_before_a_leading_unit() {
        for (heading, seen) in [("责任单位", "2 管理 1-1 text"), ("填报单位", "2 管理 1-1 text")] {
            let drawing = format!("任务编号 | 牵头单位 | {heading} | 完成情况\n1-1 | 综合科 | 管理一科 | 已完成\n");
            let (division, reading) = file("汇总.xlsx", &drawing);
            assert_eq!(records(&division, &reading), [seen.replace("text", "code")], "{heading}");
        }
        let drawing = "填报单位：后勤中心\n任务编号 | 牵头单位 | 完成情况\n1-1 | 综合科 | 已完成\n";
        let (division, reading) = file("汇总.xlsx", drawing);
        assert_eq!(sender(&division, &reading.ledgers[0]), "后勤服务中心 sheet");
        assert_eq!(records(&division, &reading), ["3 后勤 1-1 code"]);
    }

    #[test]
    fn a_leading_unit_above_blank_cells_is_that_of_each() {
        let drawing = "
任务编号 | 牵头单位 | 完成情况
1-1 | 综合科 | 已完成
1-2 | | 已完成
2-1 | 管理一科 | 已完成
2-2 | | 已完成
";
        let (division, reading) = file("汇总.xlsx", drawing);
        let units = ["2 综合 1-1 code", "3 综合 1-2 code", "4 管理 2-1 code", "5 管理 2-2 code"];
        assert_eq!(records(&division, &reading), units);
    }
}
