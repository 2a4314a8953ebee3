//! What a run of a campaign must come to, told from the contract and from nothing that the program computes.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike, Days, NaiveDate, NaiveDateTime, NaiveTime, Weekday};

use super::campaign::{Campaign, File, Holds, Row, Says, State};
use super::turn::{Span, Turn};

/// A fault of a duty: code, unit, task, period; the last two where the finding is about one.
pub(super) type Duty = (&'static str, String, String, String);
/// A fault of a row: code, file, row as the user counts.
pub(super) type AtRow = (&'static str, String, u32);

/// What must come out.
#[derive(Debug, Default)]
pub(super) struct Expected {
    /// Task, unit and period → due time and state.
    pub(super) obligations: BTreeMap<(String, String, String), (String, &'static str)>,
    /// Path below the inbox → state.
    pub(super) files: BTreeMap<String, &'static str>,
    /// Rows merged, unmatched, superseded.
    pub(super) rows: [usize; 3],
    pub(super) duties: BTreeMap<Duty, usize>,
    pub(super) at_rows: BTreeSet<AtRow>,
}

/// A row that came, with its file.
#[derive(Clone, Copy)]
pub(super) struct Came<'a> {
    pub(super) file: usize,
    /// Its sheet, and the unit whose report that is.
    pub(super) sheet: usize,
    pub(super) sender: usize,
    pub(super) nth: usize,
    pub(super) row: &'a Row,
    pub(super) unit: usize,
    pub(super) live: bool,
}

/// An obligation before it has its state.
pub(super) struct Owed {
    pub(super) task: usize,
    pub(super) unit: usize,
    pub(super) turn: Turn,
    pub(super) span: Span,
    pub(super) due: NaiveDateTime,
    pub(super) exempt: bool,
    /// By a waiver, not by a ruling.
    pub(super) waived: bool,
}

/// The rows that one obligation got.
#[derive(Default)]
pub(super) struct Got {
    pub(super) first: Option<NaiveDateTime>,
    pub(super) states: Vec<State>,
}

pub(super) struct Model<'a> {
    pub(super) campaign: &'a Campaign,
    /// Of each file.
    pub(super) states: Vec<&'static str>,
    /// Of each file those that replaced rows of it.
    pub(super) replaced_by: Vec<BTreeSet<usize>>,
    pub(super) rows: Vec<Came<'a>>,
    /// Rows of files of the window before.
    pub(super) earlier: Vec<Came<'a>>,
    pub(super) out: Expected,
}

/// What a run of the campaign must come to.
pub(super) fn of(campaign: &Campaign) -> Expected {
    let mut model = Model {
        campaign,
        states: Vec::new(),
        replaced_by: vec![BTreeSet::new(); campaign.files.len()],
        rows: Vec::new(),
        earlier: Vec::new(),
        out: Expected::default(),
    };
    model.judge_files();
    model.replace_rows();
    model.look_back();
    let owed = model.owed();
    let states = model.settle(&owed);
    model.replace_nil(&owed, &states);
    model.duties(&owed, &states);
    model.evidence(&owed);
    model.indicators(&owed, &states);
    model.cells(&owed);
    model.out
}

impl Model<'_> {
    pub(super) fn unit(&self, unit: usize) -> String {
        self.campaign.units[unit].name.to_owned()
    }

    pub(super) fn due(&self, last: NaiveDate) -> NaiveDateTime {
        let campaign = self.campaign;
        let mut day = last + chrono::TimeDelta::days(campaign.due_days);
        let off =
            |day: NaiveDate| campaign.holidays.contains(&day) || matches!(day.weekday(), Weekday::Sat | Weekday::Sun);
        while campaign.weekend != "none" && off(day) {
            day = if campaign.weekend == "earlier" { day - Days::new(1) } else { day + Days::new(1) };
        }
        day.and_hms_opt(campaign.due_hour, 0, 0).expect("a time")
    }

    /// Who is known to have sent a file: of an empty one only what its path or the register says.
    pub(super) fn sender(file: &File) -> Option<usize> {
        (!matches!(file.holds, Holds::Empty) || file.says != Says::Line).then_some(file.unit)
    }

    /// Whose a file is as a whole: a book with sheets of several units is of none of them.
    pub(super) fn owner(file: &File) -> Option<usize> {
        match &file.holds {
            Holds::Sheets(sheets) if sheets.iter().filter(|sheet| !sheet.1.is_empty()).count() > 1 => None,
            _ => Self::sender(file),
        }
    }

    pub(super) fn add(&mut self, code: &'static str, unit: Option<usize>, task: Option<usize>, period: &str) {
        let unit = unit.map_or(String::new(), |unit| self.unit(unit));
        let task = task.map_or(String::new(), |task| self.campaign.tasks[task].code.clone());
        *self.out.duties.entry((code, unit, task, period.to_owned())).or_default() += 1;
    }
}

pub(super) fn end(day: NaiveDate) -> NaiveDateTime {
    day.and_time(NaiveTime::from_hms_opt(23, 59, 59).expect("a time"))
}
