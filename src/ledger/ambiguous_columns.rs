//! Columns with an ambiguous heading, whose field is decided by their cells.

use super::interpret::{Under, interpret};
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
        if self.cx.division.fields.is_of_office(fields::DONE_ON, &ledger.columns[at].heading) {
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
        if self.cx.division.fields.is_of_office(fields::PROGRESS, &ledger.columns[at].heading) {
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
    use crate::basis::settings::Settings;
    use crate::division::FieldSet;
    use crate::ledger::fixture::{division, file_of};
    use crate::table::FieldId;

    /// The field of the last column, where the office has named it for one or not.
    fn last_field(drawing: &str, named: Option<(FieldId, &str)>) -> String {
        let mut division = division();
        if let Some((field, heading)) = named {
            let mut specs = division.fields.fields.clone();
            specs[usize::from(field.0)].synonyms.push(heading.into());
            division.fields = FieldSet::new(specs);
        }
        let reading = file_of(&division, &Settings::default(), "综合科.xlsx", drawing, |_, _| {});
        let field = reading.ledgers[0].columns.last().and_then(|column| column.field);
        field.map_or("-".into(), |field| division.fields.spec(field).name.clone())
    }

    #[test]
    fn a_heading_that_the_office_has_named_is_that_field_whatever_stands_below() {
        let rates = "任务编号 | 责任人 | 进度\n1-1 | 甲某 | 100%\n1-2 | 乙某 | 50%\n";
        assert_eq!(last_field(rates, None), "完成情况");
        assert_eq!(last_field(rates, Some((fields::PROGRESS, "进度"))), "进展");
        let plans = "任务编号 | 责任人 | 完成时间\n1-1 | 甲某 | 12月底前\n1-2 | 乙某 | 长期\n";
        assert_eq!(last_field(plans, None), "完成时限");
        assert_eq!(last_field(plans, Some((fields::DONE_ON, "完成时间"))), "完成日期");
    }
}
