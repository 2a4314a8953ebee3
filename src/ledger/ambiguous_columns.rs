//! Columns with an ambiguous heading, whose field is decided by their cells.

use super::interpret::{Under, interpret};
use super::lexicon::Words;
use super::record::Ledger;
use crate::basis::pool::Texts;
use crate::division::{Context, FieldType, fields};
use crate::read::Sheet;
use crate::table::{RowClass, shown};

/// The number of rows examined.
const TELLING_ROWS: usize = 60;
/// The most characters of a state; a longer text describes the work.
const STATE_WORDS: usize = 12;

/// A table whose ambiguous columns are to be decided.
pub(super) struct AmbiguousColumns<'a> {
    /// The day of judgement and the window.
    pub(super) cx: &'a Context<'a>,
    /// What a person has said of its headings.
    pub(super) words: Words<'a>,
    /// The texts of the cells.
    pub(super) texts: &'a Texts,
    /// The sheet.
    pub(super) sheet: &'a Sheet,
    /// The table's rows.
    pub(super) rows: &'a [(u32, RowClass)],
}

impl AmbiguousColumns<'_> {
    fn under(&self, kind: FieldType) -> Under<'_> {
        Under { kind: Some(kind), unit: None, window: &self.cx.window, legend: None }
    }

    /// Binds 完成时间 to the deadline if its cells say so: 12月底前, 长期, days after the day of the run.
    pub(super) fn tell_deadlines(&self, ledger: &mut Ledger) {
        if ledger.column(fields::DEADLINE).is_some() {
            return;
        }
        let key = |heading: &str| crate::basis::text::heading_key(heading.rsplit('/').next().unwrap_or(heading));
        let Some(at) = ledger.column(fields::DONE_ON).filter(|&at| key(&ledger.columns[at].heading) == "完成时间")
        else {
            return;
        };
        if self.words.is_settled(fields::DONE_ON, &ledger.columns[at].heading) {
            return;
        }
        let (mut plans, mut all) = (0usize, 0usize);
        for &(row, _) in self.rows.iter().filter(|row| row.1 == RowClass::Data).take(TELLING_ROWS) {
            let raw = self.sheet.grid.get(row, ledger.columns[at].col);
            let text = shown(raw, self.texts);
            if text.is_empty() {
                continue;
            }
            all += 1;
            let plan = match interpret(raw, &text, self.under(FieldType::Date)).day() {
                Some(day) => day > self.cx.as_of.date() || text.contains('前'),
                None => {
                    text.contains(['前', '底', '末', '每'])
                        || text.contains("长期")
                        || text.contains("常年")
                        || text.contains("年内")
                }
            };
            plans += usize::from(plan);
        }
        if plans * 2 > all {
            ledger.columns[at].field = Some(fields::DEADLINE);
        }
    }

    /// Binds 进度 or 进展情况 to 完成情况 if there is no such column and at least half of the cells are a state.
    pub(super) fn tell_states(&self, ledger: &mut Ledger) {
        let Some(at) = ledger.column(fields::PROGRESS).filter(|_| ledger.column(fields::STATUS).is_none()) else {
            return;
        };
        if self.words.is_settled(fields::PROGRESS, &ledger.columns[at].heading) {
            return;
        }
        let (mut states, mut all) = (0usize, 0usize);
        for &(row, _) in self.rows.iter().filter(|row| row.1 == RowClass::Data).take(TELLING_ROWS) {
            let raw = self.sheet.grid.get(row, ledger.columns[at].col);
            let text = shown(raw, self.texts);
            if !text.is_empty() {
                all += 1;
                let short = text.chars().count() <= STATE_WORDS;
                let state = interpret(raw, &text, self.under(FieldType::Status)).status();
                states += usize::from(short && state.is_some());
            }
        }
        if all > 0 && states * 2 >= all {
            ledger.columns[at].field = Some(fields::STATUS);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::basis::calendar::{Cycle, Window};
    use crate::basis::settings::Settings;
    use crate::division::FieldSet;
    use crate::ledger::fixture::{division, file_of};
    use crate::ledger::settle;
    use crate::ruling::{Field, Line, Written};
    use crate::table::FieldId;

    /// Who says what the last heading means.
    #[derive(Clone, Copy)]
    enum Said {
        Nobody,
        /// The office, in 台账字段.
        Office,
        /// A person, in 人工认定.
        Ruling,
    }

    /// The field of the last column, where somebody says that its heading is `field` or nobody does.
    fn last_field(drawing: &str, (field, heading): (FieldId, &str), said: Said) -> String {
        let mut division = division();
        match said {
            Said::Nobody => {}
            Said::Office => {
                let mut specs = division.fields.fields.clone();
                specs[usize::from(field.0)].synonyms.push(heading.into());
                division.fields = FieldSet::new(specs);
            }
            Said::Ruling => {
                let mut line = Line { row: 1, id: 1, ..Line::default() };
                for (of, text) in [
                    (Field::Kind, "表头含义"),
                    (Field::Text, heading),
                    (Field::Choice, "其他"),
                    (Field::Target, &division.fields.spec(field).name),
                    (Field::Reach, "全部今后"),
                    (Field::Window, "2014-08"),
                    (Field::By, "张某"),
                    (Field::Reason, "该列由经办人逐项填写"),
                ] {
                    line.set(of, text);
                }
                let columns = Field::ALL.into_iter().zip(0..).collect();
                let book = Written { lines: vec![line], columns, ..Written::default() };
                let window = Window::parse("2014-08", Cycle::Month).expect("a window");
                settle(&mut division, vec![book], window);
                assert_eq!(division.rulings.all.len(), 1, "the ruling is obeyed");
            }
        }
        let reading = file_of(&division, &Settings::default(), "综合科.xlsx", drawing, |_, _| {});
        let field = reading.ledgers[0].columns.last().and_then(|column| column.field);
        field.map_or("-".into(), |field| division.fields.spec(field).name.clone())
    }

    #[test]
    fn a_heading_that_a_person_has_named_is_that_field_whatever_stands_below() {
        let rates = "任务编号 | 责任人 | 进度\n1-1 | 甲某 | 100%\n1-2 | 乙某 | 50%\n";
        let plans = "任务编号 | 责任人 | 完成时间\n1-1 | 甲某 | 12月底前\n1-2 | 乙某 | 长期\n";
        let shares = "任务编号 | 责任人 | 任务\n1-1 | 甲某 | 30\n1-2 | 乙某 | 20\n2-1 | 丙某 | 40\n";
        let measures = "任务编号 | 责任人 | 单位\n1-1 | 甲某 | 个\n1-2 | 乙某 | 米\n";
        for (drawing, heading, cells, field, named) in [
            (rates, "进度", "完成情况", fields::PROGRESS, "进展"),
            (plans, "完成时间", "完成时限", fields::DONE_ON, "完成日期"),
            (shares, "任务", "-", fields::TASK, "工作任务"),
            (measures, "单位", "-", fields::UNITS, "责任单位"),
        ] {
            let read = |said| last_field(drawing, (field, heading), said);
            assert_eq!(
                [read(Said::Nobody), read(Said::Office), read(Said::Ruling)],
                [cells, named, named],
                "{heading}"
            );
        }
    }
}
