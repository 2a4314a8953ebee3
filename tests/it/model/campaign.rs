//! A campaign as its author means it.

use chrono::{NaiveDate, NaiveDateTime, Weekday};

use super::turn::{Span, Turn};

/// A unit of the roster.
#[derive(Debug)]
pub(super) struct Unit {
    pub(super) name: &'static str,
    pub(super) group: &'static str,
    pub(super) from: Option<NaiveDate>,
    pub(super) until: Option<NaiveDate>,
}

/// When a task is to be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Deadline {
    None,
    Standing,
    By(NaiveDate),
}

/// How often a task is to be reported.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Often {
    Window,
    Once,
    Each(Turn),
}

/// What must be reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Asks {
    Nothing,
    /// 次数≥n: so many records in the window.
    Records(usize),
    /// 数量≥n: so much in the window.
    Amount(usize),
    /// 次数≥n/周: so many records in each full week.
    Weekly(usize),
    /// 数量≥n/次: so much in each record.
    Each(usize),
    /// 每周五: a record of each such day.
    On(Weekday),
    /// 符合：次数≥n；否则：不符合.
    Grade(usize),
    /// 形式≥n种: so many kinds.
    Kinds(usize),
    /// 装灯率≥n%: that rate in each record.
    Rate(usize),
    /// 注册志愿者÷辖区人口≥n%: that ratio of the sums.
    Ratio(usize),
}

/// A task of the division.
#[derive(Debug)]
pub(super) struct Task {
    pub(super) code: String,
    pub(super) text: &'static str,
    /// Units that owe it, and how the cell says so.
    pub(super) units: Vec<usize>,
    pub(super) written: String,
    pub(super) supporting: Option<usize>,
    pub(super) often: Often,
    pub(super) deadline: Deadline,
    pub(super) evidence: &'static [&'static str],
    pub(super) asks: Asks,
}

/// A line of 延期豁免.
#[derive(Debug)]
pub(super) struct Waiver {
    pub(super) task: Option<usize>,
    pub(super) unit: Option<usize>,
    /// An extension, not an exemption.
    pub(super) extends: bool,
    pub(super) until: Option<NaiveDate>,
}

/// What a word of 完成情况 means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum State {
    Done,
    Open,
    NotStarted,
    Standing,
    Nil,
    Exempt,
    Disputed,
    Unknown,
    Blank,
}

/// What a row says its task is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Names {
    Task(usize),
    /// A text that is no task.
    Other(&'static str),
    /// Nothing: the row says 零报告 and no more.
    Nothing,
}

/// A row of a ledger.
#[derive(Clone, Debug)]
pub(super) struct Row {
    pub(super) names: Names,
    /// The unit in its own cell, else the sender.
    pub(super) unit: Option<usize>,
    pub(super) word: &'static str,
    pub(super) state: State,
    pub(super) day: Option<NaiveDate>,
    /// How the day is written; a text that is no day where there is none.
    pub(super) date: String,
    pub(super) amount: Option<usize>,
    pub(super) form: &'static str,
    /// 装灯率, in hundredths.
    pub(super) rate: Option<usize>,
    /// 注册志愿者 and 辖区人口.
    pub(super) people: (usize, usize),
    pub(super) evidence: &'static str,
    pub(super) remark: String,
}

/// What a file holds.
#[derive(Clone, Debug)]
pub(super) enum Holds {
    Rows(Vec<Row>),
    /// The words for nothing below a title.
    Nil,
    /// A sheet for each unit, named after it; one without rows says that there is nothing.
    Sheets(Vec<(usize, Vec<Row>)>),
    /// A form with the tasks and nothing else.
    BlankForm(Vec<usize>),
    /// No byte at all.
    Empty,
}

/// How a file says who sent it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Says {
    FileName,
    Folder,
    Line,
    Register,
    Sheets,
}

/// A file of the inbox.
#[derive(Clone, Debug)]
pub(super) struct File {
    pub(super) path: String,
    pub(super) unit: usize,
    pub(super) says: Says,
    pub(super) received: NaiveDateTime,
    /// The period in its title.
    pub(super) title: Option<Span>,
    pub(super) holds: Holds,
    pub(super) xlsx: bool,
}

/// A campaign.
#[derive(Debug)]
pub(super) struct Campaign {
    pub(super) turn: Turn,
    pub(super) window: Span,
    pub(super) as_of: NaiveDateTime,
    pub(super) due_days: i64,
    pub(super) due_hour: u32,
    /// none, earlier or later.
    pub(super) weekend: &'static str,
    pub(super) holidays: Vec<NaiveDate>,
    pub(super) units: Vec<Unit>,
    pub(super) tasks: Vec<Task>,
    pub(super) waivers: Vec<Waiver>,
    /// Duties (task, unit) that a person has ruled not to be the unit's.
    pub(super) ruled_off: Vec<(usize, usize)>,
    pub(super) files: Vec<File>,
}

impl Campaign {
    /// Whether a task asks for something.
    pub(super) fn asks(&self, what: impl Fn(Asks) -> bool) -> bool {
        self.tasks.iter().any(|task| what(task.asks))
    }
}

impl File {
    /// Its rows: number of the sheet, unit whose report the sheet is, number in the sheet, row.
    pub(super) fn rows(&self) -> Vec<(usize, usize, usize, &Row)> {
        match &self.holds {
            Holds::Rows(rows) => rows.iter().enumerate().map(|(nth, row)| (0, self.unit, nth, row)).collect(),
            Holds::Sheets(sheets) => {
                let sheets = sheets.iter().enumerate();
                let row = |sheet, unit| move |(nth, row)| (sheet, unit, nth, row);
                sheets.flat_map(|(at, (unit, rows))| rows.iter().enumerate().map(row(at, *unit))).collect()
            }
            Holds::Nil | Holds::BlankForm(_) | Holds::Empty => Vec::new(),
        }
    }

    /// The units that say, in a sheet of their own, that there is nothing.
    pub(super) fn nil_sheets(&self) -> impl Iterator<Item = usize> {
        let sheets: &[(usize, Vec<Row>)] = if let Holds::Sheets(sheets) = &self.holds { sheets } else { &[] };
        sheets.iter().filter(|(_, rows)| rows.is_empty()).map(|(unit, _)| *unit)
    }
}
