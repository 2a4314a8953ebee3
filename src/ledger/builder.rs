//! The builder of ledgers, and the context of tables and rows.

use std::rc::Rc;

use chrono::NaiveDate;
use hashbrown::HashMap;

use super::about;
use super::attribute::Form;
use super::context::TaskAround;
use super::record::{Attribution, Bound, Cell, Ledger, UnitFrom};
use super::sender::Named;
use super::status::Legend;
use crate::basis::calendar::Window;
use crate::basis::place::SourceId;
use crate::basis::pool::{Text, Texts};
use crate::basis::text::heading_key;
use crate::basis::{TaskId, UnitId};
use crate::division::{Context, FieldType, fields};
use crate::ruling::Asker;
use crate::table::{Column, Table};

/// Whether two lists without repetitions have the same units, in any order.
pub(super) fn is_same(a: &[UnitId], b: &[UnitId]) -> bool {
    a.len() == b.len() && a.iter().all(|unit| b.contains(unit))
}

/// The context of a table.
#[derive(Clone, Debug)]
pub(super) struct TableContext {
    /// The file.
    pub(super) source: SourceId,
    /// The sheet's position.
    pub(super) sheet: u16,
    /// The unit that submits, if known.
    pub(super) unit: Option<(UnitId, UnitFrom)>,
    /// Whether the file is a blank form.
    pub(super) form: Form,
    /// The task that the surroundings of the table name.
    pub(super) around: Option<TaskAround>,
    /// The unit of rows that name none, from the title of the block or the sheet name.
    pub(super) titled: Option<UnitId>,
    /// The part of the file's window that the surroundings of the table name.
    pub(super) part: Option<Window>,
    /// The day on which the file was received, after which nothing in it can have been done.
    pub(super) received: NaiveDate,
    /// Whether the format (csv) has no merged cells: a blank task is then that of the row above.
    pub(super) unmerged: bool,
}

impl Ledger {
    /// The ledger of a table, without records.
    pub(super) fn empty(table: &Table, context: &TableContext, notes: &[about::Note]) -> Ledger {
        Ledger {
            source: context.source,
            sheet: context.sheet,
            heading: table.heading,
            headless: table.headless,
            why: table.why.clone(),
            columns: table.columns.clone(),
            axes: table.axes.iter().map(|axis| axis.column.clone()).collect(),
            records: Vec::new(),
            untouched: Vec::new(),
            gaps: Vec::new(),
            rows_blank: 0,
            furniture: Vec::new(),
            totals: Vec::new(),
            rows_seen: 0,
            parts: Vec::new(),
            unit: context.unit,
            signed: about::signed(notes),
            bound: Bound::default(),
        }
    }
}

/// Makes ledgers. Kept for all sheets of a file, because texts repeat.
pub(super) struct LedgerBuilder<'a> {
    pub(super) cx: &'a Context<'a>,
    pub(super) texts: &'a mut Texts,
    /// The file and the unit of the current table, for finding rulings.
    pub(super) asker: Asker<'a>,
    pub(super) window: Window,
    /// The cells of texts as stored, by the column if its heading has a unit of measure, and by the type of its field.
    pub(super) known: HashMap<(Text, u16, Option<FieldType>), Cell>,
    pub(super) numbers: HashMap<(u64, bool), Text>,
    pub(super) units: HashMap<Text, Rc<Named>>,
    pub(super) tasks: HashMap<Key, (Option<TaskId>, Attribution)>,
    /// Whether a text names a first step of a work.
    pub(super) steps: HashMap<Text, bool>,
    /// The part of the window that the text of a cell names, inside that of its surroundings.
    pub(super) parts: HashMap<(Text, Option<Window>), Option<Window>>,
    /// The meaning of marks in the current table, if its sheet has a legend.
    pub(super) legend: Option<Legend>,
    pub(super) buffer: String,
}

/// What determines the task of a row: code, text, category, section, unit.
type Key = (Text, Text, Text, Text, Option<UnitId>, Form);

/// The columns that determine the unit and task of a row.
#[derive(Clone, Copy, Debug)]
pub(super) struct Roles {
    pub(super) code: Option<usize>,
    pub(super) serial: Option<usize>,
    pub(super) task: Option<usize>,
    pub(super) category: Option<usize>,
    /// 责任单位, else 牵头单位 where neither the ledger nor its rows tell who sent them.
    pub(super) units: Option<usize>,
    pub(super) submitter: Option<usize>,
    pub(super) status: Option<usize>,
    /// 日期 and 完成日期.
    pub(super) dates: [Option<usize>; 2],
    /// The column of the part of the window: 月份, 周次.
    pub(super) part: Option<usize>,
    /// Whether each unit stands once, above blank cells: a blank one is then that of the row above.
    pub(super) grouped: bool,
}

/// Headings of columns that say which part of the window a row is about.
const HEADINGS: &[&str] = &[
    "月份", "月", "月度", "所属月份", "周次", "周", "周别", "周数", "旬", "旬次", "旬别", "半月", "季度", "期间",
    "期次", "时段", "报告期", "统计期", "统计期间", "统计时段", "所属期", "星期",
];

/// Whether a heading names the part of the window that a row is about.
pub(super) fn names_part(heading: &str) -> bool {
    HEADINGS.contains(&heading)
}

/// The column that says which part of the window a row is about.
pub(super) fn part_column(columns: &[Column]) -> Option<usize> {
    let says = |column: &Column| {
        let leaf = column.heading.rsplit('/').next().unwrap_or_default();
        names_part(&heading_key(leaf))
    };
    columns.iter().position(says)
}

impl Roles {
    pub(super) fn of(ledger: &Ledger) -> Roles {
        let submitter = ledger.column(fields::SUBMITTER);
        let leads = || ledger.column(fields::LEAD_UNITS).filter(|_| ledger.unit.is_none() && submitter.is_none());
        Roles {
            code: ledger.column(fields::CODE),
            serial: ledger.column(fields::SERIAL),
            task: ledger.column(fields::TASK),
            category: ledger.column(fields::CATEGORY),
            units: ledger.column(fields::UNITS).or_else(leads),
            submitter,
            status: ledger.column(fields::STATUS),
            dates: [fields::DATE, fields::DONE_ON].map(|field| ledger.column(field)),
            part: part_column(&ledger.columns),
            grouped: false,
        }
    }

    /// Whether rows name their tasks.
    pub(super) fn names_tasks(self) -> bool {
        self.task.is_some() || self.code.is_some()
    }
}

/// The section that a row stands in.
#[derive(Clone, Debug, Default)]
pub(super) struct Section {
    pub(super) name: Text,
    /// The tasks it names.
    pub(super) tasks: Vec<TaskId>,
    /// The unit it is.
    pub(super) unit: Option<UnitId>,
    /// The part of the window it is about.
    pub(super) part: Option<Window>,
    /// The sections it stands in, and itself: how each is told from others, and what it names.
    pub(super) path: Vec<Level>,
}

/// A section among those that stand in one another.
#[derive(Clone, Debug)]
pub(super) struct Level {
    pub(super) style: Option<String>,
    pub(super) tasks: Vec<TaskId>,
    pub(super) unit: Option<UnitId>,
}

impl<'a> LedgerBuilder<'a> {
    pub(super) fn new(cx: &'a Context<'a>, texts: &'a mut Texts, asker: Asker<'a>) -> LedgerBuilder<'a> {
        LedgerBuilder {
            asker,
            window: cx.window,
            cx,
            texts,
            known: HashMap::new(),
            numbers: HashMap::new(),
            units: HashMap::new(),
            tasks: HashMap::new(),
            steps: HashMap::new(),
            parts: HashMap::new(),
            legend: None,
            buffer: String::new(),
        }
    }

    /// Begins a table: sets its legend and its unit.
    pub(super) fn begin(&mut self, table: &Table, context: &TableContext) {
        self.legend = Legend::of(table.above.iter().chain(&table.below).map(|line| line.2.as_str()));
        let unit = context.unit.map(|unit| unit.0);
        if self.asker.unit != unit {
            // Rulings on names depend on the unit.
            self.asker.unit = unit;
            self.units.clear();
        }
    }

    /// The type of each column's values.
    pub(super) fn kinds(&self, ledger: &Ledger) -> Vec<Option<FieldType>> {
        ledger.columns.iter().map(|c| c.field.map(|f| self.cx.division.fields.spec(f).kind)).collect()
    }
}
