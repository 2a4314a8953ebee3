//! A small run, drawn by hand, for the tests of the outputs: four units, five tasks, six files.

use std::collections::BTreeMap;

use chrono::{NaiveDate, NaiveDateTime};
use taizhang::basis::Bilingual;
use taizhang::basis::calendar::{Cycle, Deadline, Window};
use taizhang::basis::finding::{Finding, Kind, Severity, Wording};
use taizhang::basis::place::{Area, Place, Source, SourceId, Traced};
use taizhang::basis::pool::Texts;
use taizhang::basis::scope::{GapKind, Scope};
use taizhang::basis::settings::Settings;
use taizhang::basis::text::{code_key, skeleton};
use taizhang::basis::{TaskId, UnitId};
use taizhang::division::{Division, FieldSet, Roster, Task, Unit};
use taizhang::ledger::{
    Attribution, Cell, FileReading, Ledger, Record, SheetReading, Skipped, Status, UnitFrom, Value,
};
use taizhang::obligation::{Coverage, FileState, Obligation, Obligations, RecordRef, RunFile, State};
use taizhang::outcome::merge::{Consolidated, Line, Tally};
use taizhang::outcome::{Chain, Issue, Outcome};
use taizhang::read::{Format, Refusal};
use taizhang::render::Copies;
use taizhang::render::returned::CopyOrder;
use taizhang::table::{Column, Furniture, Lexicon};

/// The kinds the drawn findings are of.
macro_rules! kind {
    ($name:ident, $code:literal, $english:literal, $scope:expr, $severity:ident, $title:literal, $message:literal, $mend:literal) => {
        static $name: Kind = Kind {
            code: $code,
            name: $english,
            scope: $scope,
            severity: Severity::$severity,
            zh: Wording {
                title: $title, message: $message, why: "按任务分工应当报送", mend: $mend, example: ""
            },
            en: Wording { title: $english, message: $english, why: "", mend: "mend it", example: "" },
        };
    };
}

kind!(
    NOT_SUBMITTED,
    "D401",
    "not-submitted",
    Scope::Owed(GapKind::NotSubmitted),
    Error,
    "未报送",
    "{unit}本期没有报送任何材料",
    "请尽快报送本期工作台账"
);
kind!(
    NOT_REPORTED,
    "D402",
    "task-not-reported",
    Scope::Owed(GapKind::NotReported),
    Error,
    "漏报任务",
    "{unit}没有报送任务“{task}”",
    "请补报本项任务"
);
kind!(
    NO_EVIDENCE,
    "D404",
    "evidence-missing",
    Scope::Owed(GapKind::Incomplete),
    Error,
    "缺佐证材料",
    "已填完成，佐证材料栏是空的",
    "请补齐佐证材料后重新报送"
);
kind!(
    NOT_A_DATE,
    "C102",
    "not-a-date",
    Scope::Submission,
    Error,
    "日期写法有误",
    "“{seen}”不是日期",
    "请改成 2014-08-15 的写法"
);
kind!(NUMBER_TEXT, "C109", "number-as-text", Scope::Submission, Info, "数字存成了文本", "“{seen}”是文本", "可以不改");
kind!(
    UNMATCHED,
    "R201",
    "task-unmatched",
    Scope::Submission,
    Warning,
    "任务对不上",
    "“{seen}”在任务分工中没有对应的任务",
    "请填写任务编号"
);
kind!(UNREADABLE, "F01", "unreadable", Scope::Submission, Error, "文件读不出来", "文件已损坏", "请重新导出后再报送");

/// A moment written as `2014-09-05 17:00`.
pub(crate) fn moment(text: &str) -> NaiveDateTime {
    NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M").expect("a moment")
}

fn unit(name: &str) -> Unit {
    Unit {
        name: name.into(),
        aliases: Vec::new(),
        groups: vec!["机关科室".into()],
        parent: None,
        headcount: Some(12.0),
        contact: "联络员甲".into(),
        phone: "0800-123456".into(),
        from: None,
        until: None,
        place: Place::sheet(SourceId::DIVISION, 1),
    }
}

fn task(row: u32, code: &str, category: &str, text: &str, leader: &str, units: &[u32], evidence: &[&str]) -> Task {
    let place = Place::cell(SourceId::DIVISION, 0, row, 0);
    Task {
        code: code.into(),
        code_key: code_key(code),
        category: category.into(),
        text: Traced { value: text.into(), place },
        standard: "按测评标准执行".into(),
        leaders: vec![leader.into()],
        lead_units: Vec::new(),
        units: units.iter().map(|unit| UnitId(*unit)).collect(),
        collective: Vec::new(),
        supporting: Vec::new(),
        deadline: Deadline::Standing,
        deadline_text: "长期".into(),
        cycle: None,
        indicator: None,
        indicators: Vec::new(),
        evidence: evidence.iter().map(ToString::to_string).collect(),
        sign_off: false,
        marks: Some(2.0),
        place,
        units_place: place,
    }
}

/// The division: two categories, five tasks, four units.
pub(crate) fn division() -> Division {
    let mut names = BTreeMap::new();
    let units: Vec<Unit> = ["综合科", "管理一科", "车辆管理所", "汇总台账"].map(unit).into();
    for (at, unit) in units.iter().enumerate() {
        names.insert(unit.name.clone(), UnitId(at as u32));
    }
    Division {
        hash: format!("blake3:{}", "0".repeat(64)),
        sheets: vec!["任务分工".into(), "单位名录".into()],
        tasks: vec![
            task(
                2,
                "1-1",
                "思想道德建设",
                "开展社会主义核心价值观宣传教育，在办公场所、服务窗口、公共区域设置公益广告",
                "分管副局长",
                &[0, 1],
                &["正式文件", "实景照片"],
            ),
            task(3, "1-2", "思想道德建设", "开展志愿服务活动", "分管副局长", &[0, 1, 2], &["活动计划", "工作小结"]),
            task(4, "2-1", "城市管理", "整治占道经营和违规停车", "总工程师", &[1, 2], &[]),
            task(5, "2-2", "城市管理", "背街小巷环境卫生巡查", "总工程师", &[2, 3], &["工作台账"]),
            task(6, "2-3", "城市管理", "窗口服务规范", "纪检组长", &[0, 3], &[]),
        ],
        roster: Roster { units, given: true, names, groups: BTreeMap::new() },
        fields: FieldSet::builtin(),
        ..Division::default()
    }
}

/// A submitted ledger drawn as lines of `|`-separated cells, the first of them the heading.
pub(crate) struct Sent {
    name: &'static str,
    sheet: &'static str,
    unit: Option<u32>,
    received: &'static str,
    state: FileState,
    drawn: &'static str,
}

fn value(field: Option<taizhang::table::FieldId>, text: &str) -> Value {
    use taizhang::division::fields as f;
    if text.is_empty() {
        return Value::Blank;
    }
    match field {
        Some(f::STATUS) => match text {
            "已完成" | "√" => Value::Status(Status::Done),
            "推进中" => Value::Status(Status::InProgress),
            "无" => Value::Status(Status::Nil),
            _ => Value::Text,
        },
        Some(f::DONE_ON | f::DATE) => NaiveDate::parse_from_str(text, "%Y-%m-%d").map_or(Value::Unfit, Value::Day),
        Some(f::TIMES | f::PEOPLE) => text.parse().map_or(Value::Unfit, Value::Number),
        _ => Value::Text,
    }
}

/// A file of the run as understood.
pub(crate) fn file(id: u32, sent: &Sent, division: &Division) -> RunFile {
    let source = SourceId(id);
    let mut texts = Texts::default();
    let mut lines = sent.drawn.lines().map(|line| line.split('|').map(str::trim).collect::<Vec<_>>());
    let columns: Vec<Column> = lines
        .next()
        .expect("a heading")
        .into_iter()
        .enumerate()
        .map(|(col, heading)| Column {
            col: col as u32,
            heading: heading.into(),
            field: division.fields.field(heading),
            unit: None,
            also: None,
            told_by: None,
            area: Area::cell(2, col as u32),
        })
        .collect();
    let column = |field| columns.iter().position(|column| column.field == Some(field));
    let records: Vec<Record> = lines
        .enumerate()
        .map(|(at, cells)| {
            let code = column(taizhang::division::fields::CODE).map_or("", |at| cells[at]);
            let text = column(taizhang::division::fields::TASK).map_or("", |at| cells[at]);
            let found = division
                .tasks
                .iter()
                .position(|task| task.code_key == code_key(code) || skeleton(&task.text.value) == skeleton(text));
            Record {
                row: at as u32 + 3,
                unit: sent.unit.map(UnitId),
                also: Box::default(),
                repeats: 0,
                task: found.map(|at| TaskId(at as u32)),
                by: match found {
                    Some(_) => Attribution::Code,
                    None => Attribution::None { best: Some(TaskId(4)), likeness: 41 },
                },
                pictures: u16::from(at == 0),
                hidden: false,
                cells: cells
                    .iter()
                    .enumerate()
                    .map(|(at, text)| Cell { text: texts.intern(text), value: value(columns[at].field, text) })
                    .collect(),
            }
        })
        .collect();
    let rows = records.len() as u32;
    let unit = sent.unit.map(|unit| (UnitId(unit), UnitFrom::FileName));
    let ledger = Ledger {
        source,
        sheet: 0,
        heading: Area { top: 2, left: 0, bottom: 2, right: columns.len() as u32 - 1 },
        headless: false,
        why: "第3行有工作任务等标题".into(),
        columns,
        records,
        rows_blank: 0,
        furniture: vec![(rows + 3, Furniture::Subtotal)],
        totals: Vec::new(),
        rows_seen: rows + 1,
        unit,
        signed: false,
    };
    let sheet = SheetReading {
        name: sent.sheet.into(),
        hidden: false,
        hidden_rows: Vec::new(),
        hidden_cells: Vec::new(),
        skipped: None,
        unread: Vec::new(),
        notes: Vec::new(),
    };
    let extra = SheetReading { name: "填表说明".into(), skipped: Some(Skipped::NotLedger), ..sheet.clone() };
    RunFile {
        source: Source {
            id: source,
            name: sent.name.into(),
            hash: format!("blake3:{id:064x}"),
            received: moment(sent.received),
            claim: None,
            size: 2048,
        },
        aside_counts: true,
        live: vec![vec![sent.state == FileState::Merged; ledger.records.len()]],
        reading: FileReading {
            format: Some(Format::Xlsx),
            sheets: vec![sheet, extra],
            ledgers: vec![ledger],
            texts,
            unit,
            ..FileReading::default()
        },
        unit: sent.unit.map(UnitId),
        window: None,
        state: sent.state,
        why: None,
        replaced_by: Vec::new(),
    }
}

/// A file without a ledger.
fn bare(id: u32, name: &str, state: FileState, refusal: Option<Refusal>) -> RunFile {
    RunFile {
        source: Source {
            id: SourceId(id),
            name: name.into(),
            hash: format!("blake3:{id:064x}"),
            received: moment("2014-09-04 09:00"),
            claim: None,
            size: 10,
        },
        reading: FileReading { refusal, ..FileReading::default() },
        unit: None,
        window: None,
        state,
        why: (state == FileState::Ignored).then(|| Bilingual::fixed("佐证材料", "evidence")),
        replaced_by: Vec::new(),
        aside_counts: true,
        live: Vec::new(),
    }
}

fn issue(
    at: usize,
    kind: &'static Kind,
    place: Place,
    unit: Option<u32>,
    task: Option<u32>,
    seen: Option<&str>,
) -> Issue {
    Issue {
        id: format!("{at:016x}"),
        severity: kind.severity,
        finding: Finding {
            kind,
            severity: kind.severity,
            place,
            unit: unit.map(UnitId),
            task: task.map(TaskId),
            period: Some("2014-08".into()),
            seen: seen.map(ToString::to_string),
            expected: None,
            facts: Vec::new(),
            related: vec![Place::cell(SourceId::DIVISION, 0, 2, 6)],
        },
        stands: NaiveDate::from_ymd_opt(2014, 8, 10).map(|since| Chain { since, windows: 0 }),
        answer: None,
    }
}

/// What strangers may write.
pub(crate) const HOSTILE: &str = "=HYPERLINK(\"http://evil.example\",\"点我\") <script>alert(1)</script> & \u{1}\u{1b}";

/// The run.
pub(crate) fn report() -> Outcome {
    let division = division();
    let window = Window::containing(Cycle::Month, NaiveDate::from_ymd_opt(2014, 8, 15).expect("a day"));
    let sent = [
        Sent {
            name: "收件/综合科台账（最终版）(1).xlsx",
            sheet: "8月台账",
            unit: Some(0),
            received: "2014-09-03 10:00",
            state: FileState::Merged,
            drawn: "任务编号|工作任务|完成情况|完成日期|进展|参加人数|佐证材料|满意度|备注
1-1|开展社会主义核心价值观宣传教育，在办公场所、服务窗口、公共区域设置公益广告|已完成|2014-08-12|设置公益广告12处，更新宣传栏6块，覆盖3个服务窗口，并组织全体干部职工学习两次，形成学习记录|46|通知2份、照片5张|96%|
1-1|核心价值观主题宣讲|已完成|2014-08-20|宣讲1场|120|照片3张|98%|请重点展示
1-2|志愿服务|√|8月下旬|志愿服务2次|35||95%|=1+1
|机关食堂节约检查|已完成|2014-08-21|检查3次|5|记录1份||",
        },
        Sent {
            name: "收件/管理一科/管理一科8月.xlsx",
            sheet: "Sheet1",
            unit: Some(1),
            received: "2014-09-07 08:30",
            state: FileState::Merged,
            drawn: "任务编号|工作任务|完成情况|佐证材料|备注|来源行|备注
1-1|开展社会主义核心价值观宣传教育，在办公场所、服务窗口、公共区域设置公益广告|推进中|方案1份||第7行|后补
1-2|开展志愿服务活动|无||本月未安排||
2-1|整治占道经营和违规停车|已完成|台账1份|HOSTILE||",
        },
    ];
    let mut files: Vec<RunFile> =
        sent.iter().enumerate().map(|(at, sent)| file(at as u32 + 1, sent, &division)).collect();
    let hostile = {
        let seen = &mut files[1].reading;
        let text = seen.texts.intern(HOSTILE);
        seen.ledgers[0].records[2].cells[4].text = text;
        text
    };
    assert!(!hostile.is_empty());
    files.push(bare(3, "收件/汇总台账.xls", FileState::Refused, Some(Refusal::Damaged("cut short".into()))));
    files.push(bare(4, "收件/佐证/现场照片.jpg", FileState::Ignored, None));
    let at = |file, record| RecordRef { file, ledger: 0, record };
    let due = moment("2014-09-05 17:00");
    let obligation = |task: u32, unit: u32, state, records: &[RecordRef]| Obligation {
        task: TaskId(task),
        unit: UnitId(unit),
        period: window,
        due,
        state,
        in_time: state == State::OnTime,
        records: records.to_vec(),
    };
    let all = vec![
        obligation(0, 0, State::OnTime, &[at(0, 0), at(0, 1)]),
        obligation(0, 1, State::Late, &[at(1, 0)]),
        obligation(1, 0, State::OnTime, &[at(0, 2)]),
        obligation(1, 1, State::Nil, &[at(1, 1)]),
        obligation(1, 2, State::Missing, &[]),
        obligation(2, 1, State::Late, &[at(1, 2)]),
        obligation(2, 2, State::Missing, &[]),
        obligation(3, 2, State::Missing, &[]),
        obligation(3, 3, State::Unusable, &[]),
        obligation(4, 0, State::Missing, &[]),
        obligation(4, 3, State::Unusable, &[]),
    ];
    let coverage = Coverage::of(&all);
    let mut lines = Vec::new();
    for (number, obligation) in all.iter().enumerate() {
        if obligation.records.is_empty() {
            lines.push(Line::Missing(number as u32));
        }
        for record in &obligation.records {
            lines.push(Line::Record { task: obligation.task, unit: Some(obligation.unit), record: *record });
        }
    }
    let cell = |file: u32, row, col| Place::cell(SourceId(file), 0, row, col);
    let issues = vec![
        issue(1, &UNREADABLE, Place::file(SourceId(3)), Some(3), None, None),
        issue(2, &NOT_SUBMITTED, Place::cell(SourceId::DIVISION, 0, 3, 6), Some(2), None, None),
        issue(3, &NOT_REPORTED, Place::cell(SourceId::DIVISION, 0, 6, 6), Some(0), Some(4), None),
        issue(4, &NOT_A_DATE, cell(1, 5, 3), Some(0), Some(1), Some("8月下旬")),
        issue(5, &NO_EVIDENCE, cell(1, 5, 6), Some(0), Some(1), None),
        issue(6, &UNMATCHED, cell(1, 6, 1), Some(0), None, Some("机关食堂节约检查")),
        issue(7, &NUMBER_TEXT, cell(2, 5, 4), Some(1), Some(2), Some(HOSTILE)),
    ];
    let tally = Tally {
        files: 4,
        files_merged: 2,
        files_refused: 1,
        files_ignored: 1,
        rows_seen: 9,
        rows_merged: 6,
        rows_unmatched: 1,
        rows_furniture: 2,
        ..Tally::default()
    };
    assert!(tally.balances());
    Outcome {
        settings: Settings {
            title: "某市市政管理局全国文明城市创建工作台账".into(), ..Settings::default()
        },
        division,
        window,
        due,
        as_of: moment("2014-09-08 23:59"),
        files,
        obligations: Obligations { all, ..Obligations::default() },
        coverage,
        changes: None,
        inputs: None,
        trend: vec![(
            Window::parse("2014-07", Cycle::Month).expect("a window"),
            Coverage { on_time: 9, missing: 3, ..Coverage::default() },
        )],
        consolidated: Consolidated { lines, unmatched: vec![at(0, 3)] },
        tally,
        issues,
    }
}

/// The files as they were sent: title, 填报单位, then the table.
pub(crate) struct AsSent<'a>(pub(crate) &'a Outcome);

impl Copies for AsSent<'_> {
    fn marked(&self, source: SourceId, order: &CopyOrder) -> anyhow::Result<Option<Vec<u8>>> {
        let copy = taizhang::render::returned::marked(&self.bytes(source)?, "a.xlsx", order);
        copy.map_err(|refusal| anyhow::anyhow!("{refusal:?}"))
    }
}

impl AsSent<'_> {
    fn bytes(&self, source: SourceId) -> anyhow::Result<Vec<u8>> {
        let file = &self.0.files[source.0 as usize - 1];
        let mut book = rust_xlsxwriter::Workbook::new();
        for (ledger, seen) in file.reading.ledgers.iter().zip(&file.reading.sheets) {
            let sheet = book.add_worksheet().set_name(&seen.name)?;
            let (last, plain) = (ledger.heading.right as u16, rust_xlsxwriter::Format::new());
            sheet.merge_range(0, 0, 0, last, "工作台账", &plain)?;
            for column in &ledger.columns {
                sheet.write_string(2, column.col as u16, &column.heading)?;
            }
            for record in &ledger.records {
                for (column, cell) in ledger.columns.iter().zip(&record.cells) {
                    let text = file.reading.texts.get(cell.text);
                    match cell.value {
                        Value::Number(number) => sheet.write_number(record.row, column.col as u16, number)?,
                        _ => sheet.write_string(record.row, column.col as u16, text)?,
                    };
                }
            }
        }
        book.add_worksheet().set_name("填表说明")?.write_string(0, 0, "照此填写")?;
        Ok(book.save_to_buffer()?)
    }
}

/// Every output of a report, by path. With `TAIZHANG_SHOW=DIR` they are also written there, to be looked at.
pub(crate) fn rendered(report: &Outcome) -> BTreeMap<String, Vec<u8>> {
    let files = taizhang::render::render(report, None, &AsSent(report)).expect("outputs render");
    if let Some(dir) = std::env::var_os("TAIZHANG_SHOW") {
        for file in &files {
            let path = std::path::Path::new(&dir).join(&file.path);
            std::fs::create_dir_all(path.parent().expect("a folder")).expect("writable");
            std::fs::write(path, &file.bytes).expect("writable");
        }
    }
    files.into_iter().map(|file| (file.path, file.bytes)).collect()
}
