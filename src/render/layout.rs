//! The columns of the consolidated ledger, the same in the workbook and the csv: fixed columns, every field that is filled
//! in some record, and every other column of the submitted tables under its own heading.

mod seen;

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use hashbrown::HashMap;
use seen::{OwnHeading, Seen, shown_heading};

use super::line_words::{understood, why_missing};
use crate::basis::calendar::format::in_brackets;
use crate::division::fields;
use crate::ledger::{Entry, Record, Value};
use crate::obligation::{Obligation, RecordRef};
use crate::outcome::Outcome;
use crate::outcome::labels;
use crate::outcome::merge::Line;
use crate::table::FieldId;

/// The most columns for unknown headings; further ones are joined in one column.
const OWN_COLUMNS: usize = 24;

/// A column of the consolidated ledger.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    /// 任务编号 of the division.
    Code,
    /// 任务类别 of the division.
    Category,
    /// 工作任务 of the division.
    Task,
    /// 牵头领导 of the division.
    Leaders,
    /// 责任单位.
    Unit,
    /// 完成时限 of the division.
    Deadline,
    /// 完成情况.
    Status,
    /// The values of a field.
    Field(FieldId),
    /// The values under an unknown heading, by position among such headings.
    Extra(usize),
    /// All further unknown headings.
    Others,
    /// Values of the unit that differ from the division.
    AsWritten,
    /// 备注.
    Remark,
    /// 来源文件.
    File,
    /// 来源工作表.
    Sheet,
    /// 来源行.
    Row,
    /// 认定.
    Ruling,
}

/// A column of a ledger without a field, and its position among the extras.
type Unmapped = (usize, Option<usize>);

/// The columns of the consolidated ledger.
#[derive(Clone, Debug)]
pub struct Layout {
    /// The columns in order.
    pub parts: Vec<Part>,
    /// The unknown headings.
    extras: Vec<String>,
    /// Those of them that several units use.
    shared: BTreeSet<usize>,
    /// What the units wrote in the fields that are printed otherwise, of the records that have such: several sheets print it.
    written: HashMap<RecordRef, Box<str>>,
    /// The fields that some merged record has printed otherwise than it was written.
    otherwise: BTreeSet<FieldId>,
    /// For each ledger the columns without a field, each with its position among the extras; none for those joined in the
    /// last column.
    unmapped: BTreeMap<(u32, u32), Vec<Unmapped>>,
}

impl Part {
    /// The column of a field; none for running numbers.
    pub fn of(field: FieldId) -> Option<Part> {
        Some(match field {
            fields::SERIAL => return None,
            fields::CODE => Part::Code,
            fields::CATEGORY => Part::Category,
            fields::TASK => Part::Task,
            fields::LEADERS => Part::Leaders,
            fields::UNITS => Part::Unit,
            fields::DEADLINE => Part::Deadline,
            fields::STATUS => Part::Status,
            fields::REMARK => Part::Remark,
            other => Part::Field(other),
        })
    }
}

impl Layout {
    /// Whether a column is kept off the paper: where a record came from, what was written otherwise, and what one unit
    /// alone has a column for.
    pub fn is_aside(&self, part: &Part) -> bool {
        match part {
            Part::AsWritten | Part::Others | Part::File | Part::Sheet | Part::Row | Part::Ruling => true,
            Part::Extra(at) => !self.shared.contains(at),
            _ => false,
        }
    }

    /// The columns needed for the records of a run.
    pub fn of(outcome: &Outcome) -> Layout {
        let Seen { used, headings, unmapped, written, otherwise } = Seen::of(outcome);
        let mut own: Vec<(String, OwnHeading)> = headings.into_iter().collect();
        own.sort_by_key(|(_, heading)| heading.first);
        let rest = own.len() > OWN_COLUMNS;
        own.truncate(OWN_COLUMNS);
        let home: BTreeMap<&str, usize> = own.iter().enumerate().map(|(at, (key, _))| (key.as_str(), at)).collect();
        let unmapped = unmapped
            .into_iter()
            .map(|(ledger, columns)| {
                (ledger, columns.iter().map(|(col, key)| (*col, home.get(key.as_str()).copied())).collect())
            })
            .collect();
        let mut parts =
            vec![Part::Code, Part::Category, Part::Task, Part::Leaders, Part::Unit, Part::Deadline, Part::Status];
        let evidence = Part::Field(fields::EVIDENCE);
        let used = used.into_iter().filter_map(Part::of);
        parts.extend(used.filter(|part| matches!(part, Part::Field(_)) && *part != evidence));
        parts.push(evidence);
        let (shared, odd): (Vec<usize>, Vec<usize>) = (0..own.len()).partition(|at| own[*at].1.units.len() > 1);
        parts.extend(shared.iter().copied().map(Part::Extra));
        parts.push(Part::Remark);
        if !written.is_empty() {
            parts.push(Part::AsWritten);
        }
        parts.extend(odd.into_iter().map(Part::Extra));
        if rest {
            parts.push(Part::Others);
        }
        parts.extend([Part::File, Part::Sheet, Part::Row]);
        let mut records = outcome.consolidated.lines.iter().filter_map(Line::record);
        let ruled = |at: RecordRef| !outcome.rulings_of(at).is_empty();
        if records.any(ruled) || outcome.consolidated.unmatched.iter().copied().any(ruled) {
            parts.push(Part::Ruling);
        }
        let mut layout =
            Layout { parts, extras: Vec::new(), shared: shared.into_iter().collect(), written, otherwise, unmapped };
        // an unknown heading equal to one of ours is changed, so that every heading is unique
        let ours: Vec<String> = layout
            .parts
            .iter()
            .filter(|part| !matches!(part, Part::Extra(_)))
            .map(|part| layout.heading(outcome, part))
            .collect();
        let mut taken: BTreeSet<String> =
            ours.into_iter().chain(["序号".to_owned(), "未归类原因".to_owned()]).collect();
        for (_, OwnHeading { shown, .. }) in own {
            let mut heading = shown.clone();
            for count in 1u32.. {
                if taken.insert(heading.clone()) {
                    break;
                }
                heading =
                    if count == 1 { format!("{shown}（原表）") } else { format!("{shown}（原表{count}）") };
            }
            layout.extras.push(heading);
        }
        layout
    }

    /// The heading of a column.
    pub fn heading(&self, outcome: &Outcome, part: &Part) -> String {
        let fixed = match part {
            Part::Code => "任务编号",
            Part::Category => "任务类别",
            Part::Task => "工作任务",
            Part::Leaders => "牵头领导",
            Part::Unit => "责任单位",
            Part::Deadline => "完成时限",
            Part::Status => "完成情况",
            Part::Field(field) => return outcome.division.fields.spec(*field).name.clone(),
            Part::Extra(at) => return self.extras[*at].clone(),
            Part::Others => "其他栏目",
            Part::AsWritten => "填报原文",
            Part::Remark => "备注",
            Part::File => "来源文件",
            Part::Sheet => "来源工作表",
            Part::Row => "来源行",
            Part::Ruling => "认定",
        };
        fixed.to_owned()
    }

    /// The text of a record in a column; `entry` is the record, looked up once for all its columns.
    pub fn text<'r>(&'r self, outcome: &'r Outcome, at: RecordRef, entry: Entry<'r>, part: &Part) -> Cow<'r, str> {
        let task = entry.record.task.map(|task| outcome.division.task(task));
        let terms = task.map(|task| task.terms(entry.unit()));
        match part {
            Part::Code => task.map_or(entry.text(fields::CODE), |task| &task.code).into(),
            Part::Category => task.map_or(entry.text(fields::CATEGORY), |task| &task.category).into(),
            Part::Task => task.map_or(entry.text(fields::TASK), |task| &task.text.value).into(),
            Part::Leaders => match terms {
                Some(terms) if !terms.leaders.is_empty() => terms.leaders.join("、").into(),
                _ => entry.text(fields::LEADERS).into(),
            },
            Part::Unit => unit_names(outcome, entry.record).unwrap_or(entry.text(fields::UNITS).into()),
            Part::Deadline => match terms {
                Some(terms) if !terms.deadline_text.is_empty() => terms.deadline_text.as_str().into(),
                _ => entry.text(fields::DEADLINE).into(),
            },
            Part::Status => understood(entry, fields::STATUS, outcome.settings.lang),
            Part::Field(field) => understood(entry, *field, outcome.settings.lang),
            Part::Extra(wanted) => {
                let cells = self.extra_cells(outcome, at).filter(|(_, home, _)| *home == Some(*wanted));
                let found: Vec<&str> = cells.map(|(.., text)| text).collect();
                match found.as_slice() {
                    [] => "".into(),
                    [one] => (*one).into(),
                    many => many.join("；").into(),
                }
            }
            Part::Others => {
                let rest = self.extra_cells(outcome, at).filter(|(_, home, _)| home.is_none());
                let told = rest.map(|(heading, _, text)| format!("{}：{text}", shown_heading(heading)));
                told.collect::<Vec<_>>().join("；").into()
            }
            Part::AsWritten => self.written.get(&at).map_or("", |written| written).into(),
            Part::Remark => entry.text(fields::REMARK).into(),
            Part::File => entry.source.name.as_str().into(),
            Part::Sheet => entry.sheet().into(),
            Part::Row => entry.reference().into(),
            Part::Ruling => match outcome.rulings_of(at).as_slice() {
                [] => "".into(),
                ids => {
                    let ids: Vec<String> = ids.iter().map(ToString::to_string).collect();
                    outcome
                        .settings
                        .lang
                        .pick(format!("人工认定 {}", ids.join("、")), format!("ruling {}", ids.join(", ")))
                        .into()
                }
            },
        }
    }

    /// The text of a line in a column. What a nil report for everything does not say of the item, its row may.
    pub fn line_text<'r>(&'r self, outcome: &'r Outcome, line: &Line, part: &Part) -> Cow<'r, str> {
        let own = |at: RecordRef| self.text(outcome, at, outcome.entry(at), part);
        let item = |at: u32| missing_text(outcome, &outcome.obligations.all[at as usize], part);
        match *line {
            Line::Record { record, .. } => own(record),
            Line::Missing(at) | Line::Before(at) => item(at),
            Line::Nil { obligation, record } => {
                let said = record.filter(|_| !matches!(part, Part::Code | Part::Task | Part::Unit | Part::Status));
                let said = said.map(own).filter(|text| !text.is_empty());
                said.unwrap_or_else(|| item(obligation))
            }
        }
    }

    /// The field of a column that some merged record has printed otherwise than the unit wrote it.
    pub fn otherwise(&self, part: &Part) -> Option<FieldId> {
        let field = match part {
            Part::Status => fields::STATUS,
            Part::Field(field) => *field,
            _ => return None,
        };
        self.otherwise.contains(&field).then_some(field)
    }

    /// The value of the only filled cell of a record under an unknown heading; none if there are several.
    pub fn extra_value(&self, outcome: &Outcome, at: RecordRef, wanted: usize) -> Option<Value> {
        let record = outcome.entry(at).record;
        let columns = self.unmapped.get(&(at.file, at.ledger))?;
        let filled = |col: &usize| !matches!(record.cells[*col].value, Value::Blank);
        let mut cells = columns.iter().filter(|(_, home)| *home == Some(wanted)).map(|(col, _)| *col).filter(filled);
        cells.next().filter(|_| cells.next().is_none()).map(|col| record.cells[col].value)
    }

    /// Heading, position and text of the filled cells of a record without a field.
    fn extra_cells<'r>(
        &self,
        outcome: &'r Outcome,
        at: RecordRef,
    ) -> impl Iterator<Item = (&'r str, Option<usize>, &'r str)> {
        let entry = outcome.entry(at);
        let columns = self.unmapped.get(&(at.file, at.ledger)).map(Vec::as_slice).unwrap_or_default();
        columns
            .iter()
            .map(move |(col, home)| {
                (entry.ledger.columns[*col].heading.as_str(), *home, entry.text_of(entry.record.cells[*col]))
            })
            .filter(|(.., text)| !text.is_empty())
    }
}

/// The names of a record's units; none when it has none.
fn unit_names<'r>(outcome: &'r Outcome, record: &Record) -> Option<Cow<'r, str>> {
    let unit = outcome.division.unit(record.unit?);
    if record.also.is_empty() {
        return Some(unit.name.as_str().into());
    }
    let others = record.also.iter().map(|unit| outcome.division.unit(*unit).name.as_str());
    Some([unit.name.as_str()].into_iter().chain(others).collect::<Vec<_>>().join("、").into())
}

/// The text of an item without a row of its own in a column: it is missing, or its unit says that it has nothing to report.
pub fn missing_text<'r>(outcome: &'r Outcome, obligation: &Obligation, part: &Part) -> Cow<'r, str> {
    let (task, lang) = (outcome.division.task(obligation.task), outcome.settings.lang);
    let terms = task.terms(obligation.unit);
    match part {
        Part::Code => task.code.as_str().into(),
        Part::Category => task.category.as_str().into(),
        Part::Task => task.text.value.as_str().into(),
        Part::Leaders => terms.leaders.join("、").into(),
        Part::Deadline => terms.deadline_text.as_str().into(),
        Part::Unit => outcome.division.unit(obligation.unit).name.as_str().into(),
        Part::Status => match (obligation.status_before(), labels::state(obligation.state, lang)) {
            (Some(status), _) => labels::status(status, lang).into(),
            (None, word) if obligation.period == outcome.window => word.into(),
            (None, word) => format!("{word}{}", in_brackets(&obligation.period.words(lang), lang)).into(),
        },
        Part::Remark => why_missing(outcome, obligation, lang).into(),
        Part::File | Part::Sheet | Part::Row => {
            let Some(place) = obligation.nil else { return "".into() };
            let name = outcome.name(place);
            match part {
                Part::File => name.file,
                Part::Sheet => name.sheet.unwrap_or_default().into(),
                _ => place.area.map_or("".into(), |area| (area.top + 1).to_string().into()),
            }
        }
        _ => "".into(),
    }
}
