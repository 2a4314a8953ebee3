//! Campaigns written as text, for tests: a division and the files received.
//!
//! ```text
//! 2014-08 as of 2014-09-06                  window and day
//! 1-1 | 综合科、后勤中心 | 每周 | 8-9月 | 次数≥4/年   task, units, cycle, deadline, indicator
//! --- 综合科 2014-09-03T10:00 a.xlsx         a file: unit (or ?), received, name, then any of hash=… window=… docx prose locked
//! 1-1 | 已完成 | 2014-08-05 | 后勤中心 | 通知 | 人数=2   task (or ?), 完成情况, 日期, 责任单位, 佐证材料, further columns with their units (亮灯率(%)=99)
//! ```

use std::collections::BTreeMap;

use super::{Obligations, PriorReports, RunFile};
use crate::basis::calendar::{self, Cycle, Deadline, Window, written};
use crate::basis::place::{Area, Place, Source, SourceId, Traced};
use crate::basis::pool::Text;
use crate::basis::settings::Settings;
use crate::basis::text::{fold, list};
use crate::basis::{TaskId, UnitId};
use crate::division::{Context, Division, Task, Terms, Unit, Units, Waiver, WaiverKind, fields};
use crate::ledger::file_reading::WindowFrom;
use crate::ledger::{
    Attribution, Bound, Cell, FileReading, Ledger, Record, Status, UnitFrom, Value, amount, untouched,
};
use crate::read::{Format, Refusal};
use crate::table::{Column, FieldId, Lexicon};

/// A parsed drawing.
pub(crate) struct Drawn {
    pub(crate) settings: Settings,
    pub(crate) division: Division,
    pub(crate) window: Window,
    pub(crate) as_of: chrono::NaiveDateTime,
    pub(crate) files: Vec<super::Incoming>,
}

impl Drawn {
    pub(crate) fn context(&self) -> Context<'_> {
        Context { settings: &self.settings, division: &self.division, window: self.window, as_of: self.as_of }
    }

    /// The files and obligations with their states.
    pub(crate) fn settle(&self) -> (Vec<RunFile>, Obligations) {
        let mut files = self.files.clone();
        for (source, reading, _) in &mut files {
            untouched::set_aside(reading, source, false);
        }
        super::settle(&self.context(), files, PriorReports::default())
    }

    /// The obligations, one on each line: task, unit, period, state, number of records.
    pub(crate) fn obligations(&self) -> String {
        let (_, obligations) = self.settle();
        let line = |obligation: &super::Obligation| {
            let (task, unit) = (&self.division.task(obligation.task).code, &self.division.unit(obligation.unit).name);
            format!(
                "{task} {unit} {} {} {}",
                obligation.period.label(),
                obligation.state.name(),
                obligation.records.len()
            )
        };
        obligations.all.iter().map(line).collect::<Vec<_>>().join("\n")
    }

    /// The files, one on each line: name, state, numbers of the rows that count.
    pub(crate) fn file_states(&self) -> String {
        let (files, _) = self.settle();
        let line = |file: &RunFile| {
            let live = file.live.iter().flatten().enumerate().filter(|(_, live)| **live).map(|(at, _)| at.to_string());
            let live = live.collect::<Vec<_>>().join(",");
            format!("{} {} {live}", file.source.name, file.state.name()).trim_end().to_owned()
        };
        files.iter().map(line).collect::<Vec<_>>().join("\n")
    }
}

/// Fails unless a drawing gives these obligations: task, unit, period, state, number of records; one on each line.
#[track_caller]
pub(crate) fn check(drawing: &str, expected: &str) {
    let expected = expected.lines().map(str::trim).filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n");
    assert_eq!(drawn(drawing).obligations(), expected, "{drawing}");
}

/// Fails unless the files of a drawing have these states: name, state, numbers of the rows that count.
#[track_caller]
pub(crate) fn check_files(drawing: &str, expected: &[&str]) {
    assert_eq!(drawn(drawing).file_states().lines().collect::<Vec<_>>(), expected, "{drawing}");
}

/// A waiver for one unit; without tasks, for all of them.
pub(crate) fn waiver(tasks: &[u32], unit: u32, grant: WaiverKind) -> Waiver {
    Waiver {
        tasks: tasks.iter().map(|&task| TaskId(task)).collect(),
        units: vec![UnitId(unit)],
        grant,
        reason: String::new(),
        place: Place::file(SourceId::DIVISION),
    }
}

/// Parses a drawing; lines and columns may be indented freely.
pub(crate) fn drawn(text: &str) -> Drawn {
    let mut lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    let (window, as_of) = lines.next().and_then(|line| line.split_once(" as of ")).expect("window as of day");
    let window = Window::parse(window, Cycle::Month).expect("a window");
    let mut drawn = Drawn {
        settings: Settings { cycle: window.cycle, ..Settings::default() },
        division: Division { fields: crate::division::FieldSet::builtin(), ..Division::default() },
        window,
        as_of: written::instant(as_of).expect("a day"),
        files: Vec::new(),
    };
    for line in lines {
        let cells: Vec<&str> = line.split('|').map(str::trim).collect();
        let cell = |at: usize| cells.get(at).copied().unwrap_or_default();
        if let Some(file) = line.strip_prefix("---") {
            add_file(&mut drawn, file);
        } else if drawn.files.is_empty() {
            add_task(&mut drawn, cell);
        } else {
            add_row(&mut drawn, cell);
        }
    }
    drawn
}

fn unit(division: &mut Division, name: &str) -> UnitId {
    let roster = &mut division.roster;
    let at = roster.units.iter().position(|unit| unit.name == name).unwrap_or_else(|| {
        roster.units.push(Unit::named(name, Place::file(SourceId::DIVISION)));
        roster.units.len() - 1
    });
    UnitId(at as u32)
}

fn add_task<'a>(drawn: &mut Drawn, cell: impl Fn(usize) -> &'a str) {
    let place = Place::cell(SourceId::DIVISION, 0, drawn.division.tasks.len() as u32, 0);
    let units: Vec<UnitId> = list(cell(1)).into_iter().map(|name| unit(&mut drawn.division, name)).collect();
    drawn.division.tasks.push(Task {
        code: cell(0).into(),
        code_key: fold(cell(0)),
        category: String::new(),
        text: Traced { value: format!("任务{}", cell(0)), place },
        lead_units: Units::default(),
        units: units.into(),
        collective: Units::default(),
        supporting: Units::default(),
        whole: Terms {
            deadline: Deadline::parse(cell(3), drawn.window.start).expect("a deadline"),
            deadline_text: cell(3).into(),
            cycle: Cycle::parse(cell(2)),
            indicators: crate::division::indicator::parse(cell(4), None).0,
            ..Terms::none(place)
        },
        own: BTreeMap::new(),
    });
}

fn add_file(drawn: &mut Drawn, line: &str) {
    let words: Vec<&str> = line.split_whitespace().collect();
    let [sender, received, name, rest @ ..] = &words[..] else { panic!("unit, received, name: {line}") };
    let value = |key: &str| rest.iter().find_map(|word| word.strip_prefix(key));
    let id = SourceId(drawn.files.len() as u32 + 1);
    let source = Source {
        id,
        name: format!("收件/{name}"),
        hash: value("hash=").map_or_else(|| format!("blake3:{name}"), ToOwned::to_owned),
        received: received.parse().or_else(|_| format!("{received}:00").parse()).expect("a moment"),
        claim: None,
        size: 1,
    };
    let sender = (*sender != "?").then(|| (unit(&mut drawn.division, sender), UnitFrom::FileName));
    let mut reading = FileReading { unit: sender, ..FileReading::default() };
    reading.window = value("window=").map(|label| {
        let from = if label.len() == 10 { WindowFrom::FilledOn } else { WindowFrom::Title };
        let cycle = if label.len() == 10 { Cycle::Day } else { drawn.window.cycle };
        (Window::parse(label, cycle).expect("a window"), from)
    });
    if rest.contains(&"docx") {
        reading.refusal = Some(Refusal::NotATable(Some("docx".into())));
    } else if rest.contains(&"prose") {
        reading.format = Some(Format::Docx);
    } else if rest.contains(&"locked") {
        reading.refusal = Some(Refusal::Encrypted);
    } else {
        let heading = |col: u32, field: FieldId| column(&drawn.division, col, &drawn.division.fields.spec(field).name);
        reading.ledgers.push(Ledger {
            source: id,
            sheet: 0,
            heading: Area { top: 0, left: 0, bottom: 0, right: 3 },
            headless: false,
            why: String::new(),
            columns: vec![
                heading(0, fields::CODE),
                heading(1, fields::STATUS),
                heading(2, fields::DATE),
                heading(3, fields::EVIDENCE),
            ],
            axes: Vec::new(),
            records: Vec::new(),
            untouched: Vec::new(),
            gaps: Vec::new(),
            rows_blank: 0,
            furniture: Vec::new(),
            totals: Vec::new(),
            rows_seen: 0,
            parts: Vec::new(),
            unit: sender,
            signed: false,
            bound: Bound::default(),
        });
    }
    drawn.files.push((source, reading, None));
}

fn column(division: &Division, col: u32, heading: &str) -> Column {
    let field = division.fields.field(heading);
    let unit = heading.strip_suffix(')').and_then(|heading| heading.rsplit_once('(')).map(|(_, unit)| unit.to_owned());
    Column {
        col,
        heading: heading.into(),
        field,
        also: None,
        unit,
        area: Area::cell(0, col),
        told_by: None,
        crossed: None,
        together: None,
        below: None,
    }
}

fn add_row<'a>(drawn: &mut Drawn, cell: impl Fn(usize) -> &'a str) {
    let task = drawn.division.tasks.iter().position(|task| task.code == cell(0)).map(|at| TaskId(at as u32));
    let own = (!cell(3).is_empty()).then(|| unit(&mut drawn.division, cell(3)));
    let (_, reading, _) = drawn.files.last_mut().expect("a file");
    let status = match cell(1) {
        "" => Value::Blank,
        "#N/A" => Value::Fault,
        "已完成" => Value::Status(Status::Done),
        "推进中" => Value::Status(Status::InProgress),
        "未开始" => Value::Status(Status::NotStarted),
        "长期坚持" => Value::Status(Status::Continuous),
        "零报告" => Value::Status(Status::Nil),
        "不涉及" => Value::Status(Status::Exempt),
        "有异议" => Value::Status(Status::Disputed),
        other => panic!("no state: {other}"),
    };
    let window = drawn.window;
    let day = match calendar::occasions(cell(2), &window).as_deref() {
        None => Value::Blank,
        Some([one]) if one.exact && one.first == one.last => Value::Day(one.first),
        Some(all) => Value::Days {
            first: all.iter().map(|one| one.first).min().expect("an occasion"),
            last: all.iter().map(|one| one.last).max().expect("an occasion"),
        },
    };
    let texts = [0, 1, 2, 4].map(|at| reading.texts.intern(cell(at)));
    let evidence = if cell(4).is_empty() { Value::Blank } else { Value::Text };
    let values = [Value::Text, status, day, evidence];
    let ledger = reading.ledgers.last_mut().expect("a ledger");
    let mut cells: Vec<Cell> = texts.into_iter().zip(values).map(|(text, value)| Cell { text, value }).collect();
    cells.resize(ledger.columns.len(), Cell { text: Text::default(), value: Value::Blank });
    for pair in cell(5).split_whitespace() {
        let (heading, written) = pair.split_once('=').expect("heading=value");
        let at = ledger.columns.iter().position(|column| column.heading == heading).unwrap_or_else(|| {
            let col = ledger.columns.len() as u32;
            ledger.columns.push(column(&drawn.division, col, heading));
            let blank = Cell { text: Text::default(), value: Value::Blank };
            for record in &mut ledger.records {
                record.cells = record.cells.iter().copied().chain([blank]).collect();
            }
            cells.push(blank);
            col as usize
        });
        let value = match (written.parse(), written.strip_suffix('%').map(str::parse::<f64>)) {
            (Ok(number), _) => Value::Number(number),
            (_, Some(Ok(hundredths))) => Value::Rate(hundredths / 100.0),
            _ if ledger.columns[at].field.is_some_and(|field| drawn.division.fields.spec(field).kind.is_number()) => {
                amount(written, ledger.columns[at].unit.as_deref()).map_or(Value::Unfit, |n| Value::Number(n.number()))
            }
            _ => Value::Text,
        };
        cells[at] = Cell { text: reading.texts.intern(written), value };
    }
    ledger.rows_seen += 1;
    ledger.records.push(Record {
        col: None,
        row: ledger.rows_seen,
        unit: own.or(ledger.unit.map(|(unit, _)| unit)),
        also: Box::default(),
        repeats: 0,
        goes_on: false,
        task,
        by: if task.is_some() { Attribution::Code } else { Attribution::None { best: None, likeness: 0 } },
        pictures: 0,
        hidden: false,
        part: None,
        cells: cells.into(),
    });
}
