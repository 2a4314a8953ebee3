//! Tests of rules written as text: a division, the files received, and the expected findings on the lines they are about.
//! No other findings are allowed.
//!
//! ```text
//! as-of 2014-09-06 18:00                                   the default; a day alone is its end
//! division | 1-1 广告整治 | 综合科、后勤中心 | 佐证材料=照片 | 签审=是      a task, its units, further columns
//! division | 1-2 环境整治 | 综合科                           <- D407 综合科
//! field | 检查次数 | 类型=整数 | 必填=是                      a line of 台账字段
//! ruling | 职责 | 综合科 | 1-1 | 认定=不涉及                  a line of 人工认定: kind, unit, text, further columns
//! waiver | 1-1 | 综合科 | 类型=延期 | 截止日期=2014-09-10    a line of 延期豁免: task, unit, further columns
//! --- 综合科.xlsx 2014-09-03 10:00                         <- D402 1-2
//! 任务编号 | 工作任务 | 完成情况
//! '1-1   | 广告整治 | 已完成                               <- R203 @B
//! === 第二页                                              a further sheet; `=== hidden 第二页` a hidden one
//! ```
//!
//! A row that begins with `hidden:` is hidden, with `picture:` has a picture in it.
//!
//! Marks: `<- CODE`, then in any order the cell or area (`@C4`, or `@C` for the column on this line), `error` `warning`
//! `info`, the code of a task, the name of a unit, and words of the message (`~3天`, blanks left out); several are
//! separated by `;`. Only findings of the rule under test count.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use chrono::NaiveDateTime;

use super::Rule;
use super::support::phrase;
use crate::basis::Lang;
use crate::basis::calendar::Window;
use crate::basis::calendar::window::end_of;
use crate::basis::finding::{Finding, Severity};
use crate::basis::place::{Area, Place, Source, SourceId, column_letters};
use crate::basis::pool::Texts;
use crate::basis::settings::Settings;
use crate::check::{OneFile, check_file};
use crate::division::{Context, Division, load};
use crate::ledger::{self, understand};
use crate::outcome::Outcome;
use crate::pipeline::{TakenIn, conclude};
use crate::read::{Format, Limit, Notice, Refusal, Sheet, Visibility, Workbook};
use crate::ruling::{Field, Line as RulingLine, Written};
use crate::table::fixture;

/// A line of the drawing without its marks, and the marks.
struct Line<'a> {
    number: usize,
    text: &'a str,
    marks: Vec<Mark>,
}

/// An expected finding, as far as the drawing states it.
#[derive(Debug, Default)]
struct Mark {
    code: String,
    at: Option<String>,
    severity: Option<Severity>,
    /// Codes of tasks and names of units.
    names: Vec<String>,
    /// What the message says.
    says: Vec<String>,
}

/// A drawn file.
struct File<'a> {
    name: String,
    received: NaiveDateTime,
    line: usize,
    refusal: Option<Refusal>,
    /// The unit that the register names.
    claim: Option<String>,
    /// So many cells of column A, from the second row on, are damaged.
    bad: u32,
    /// Name, whether hidden, its lines.
    sheets: Vec<(String, bool, Vec<&'a Line<'a>>)>,
}

/// The line of the drawing for each row.
type Lines = BTreeMap<(SourceId, Option<u16>, Option<u32>), usize>;

/// What a drawing comes to.
pub(crate) fn outcome(drawing: &str) -> Outcome {
    concluded(drawing).2
}

/// Runs a drawing through the whole pipeline.
fn concluded(drawing: &str) -> (Vec<Line<'_>>, Lines, Outcome) {
    let lines: Vec<Line<'_>> = drawing.lines().enumerate().map(|(at, line)| line_of(at + 1, line)).collect();
    let mut settings = Settings { full_marks: 0.0, window: Some("2014-08".into()), ..Settings::default() };
    let mut as_of = "2014-09-06 18:00".to_owned();
    let mut places = Lines::new();
    let mut files: Vec<File<'_>> = Vec::new();
    let (mut tasks, mut fields, mut waivers) = (Vec::new(), Vec::new(), Vec::new());
    let mut rulings = Written { columns: Field::ALL.into_iter().zip(0..).collect(), ..Written::default() };
    for line in &lines {
        let text = line.text;
        if let Some(file) = text.strip_prefix("--- ") {
            files.push(file_of(line.number, file));
        } else if let Some(name) = text.strip_prefix("=== ") {
            let (hidden, name) = name.strip_prefix("hidden ").map_or((false, name), |name| (true, name));
            let sheets = &mut files.last_mut().expect("a sheet belongs to a file").sheets;
            if sheets.len() == 1 && sheets[0].2.is_empty() {
                sheets.clear();
            }
            sheets.push((name.trim().to_owned(), hidden, Vec::new()));
        } else if let Some(file) = files.last_mut() {
            file.sheets.last_mut().expect("every file has a sheet").2.push(line);
        } else if let Some(moment) = text.strip_prefix("as-of ") {
            as_of = moment.trim().to_owned();
        } else if let Some(label) = text.strip_prefix("window ") {
            settings.window = Some(label.trim().to_owned());
        } else if let Some(days) = text.strip_prefix("due-soon ") {
            settings.due_soon = days.trim().parse().expect("days");
        } else if let Some(months) = text.strip_prefix("evidence-months ") {
            settings.evidence_months = Some(months.trim().parse().expect("months"));
        } else if let Some(from) = text.strip_prefix("evidence-from ") {
            settings.evidence_from = Some(from.trim().parse().expect("a day"));
        } else if let Some(until) = text.strip_prefix("evidence-until ") {
            settings.evidence_until = Some(until.trim().parse().expect("a day"));
        } else if let Some(task) = text.strip_prefix("division | ") {
            places.insert((SourceId::DIVISION, Some(0), Some(tasks.len() as u32 + 1)), line.number);
            tasks.push(task);
        } else if let Some(field) = text.strip_prefix("field | ") {
            fields.push(field);
        } else if let Some(waiver) = text.strip_prefix("waiver | ") {
            waivers.push(waiver);
        } else if let Some(ruling) = text.strip_prefix("ruling | ") {
            rulings.lines.push(ruling_of(rulings.lines.len() as u32 + 1, ruling));
        } else {
            assert!(text.trim().is_empty(), "line {}: what is {text:?}?", line.number);
        }
    }
    let mut division = division(&tasks, &fields, &waivers, &settings);
    let label = settings.window.clone().unwrap_or_default();
    let window = Window::parse(&label, settings.cycle).expect("a label");
    if !rulings.lines.is_empty() {
        ledger::settle(&mut division, vec![rulings], window);
    }
    let as_of = moment(&as_of);
    let cx = Context { settings: &settings, division: &division, window, as_of };
    files.sort_by(|a, b| a.name.cmp(&b.name));
    let taken: Vec<TakenIn> =
        files.into_iter().enumerate().map(|(at, file)| take_in(&cx, at, file, &mut places)).collect();
    let report = conclude(&cx, taken);
    (lines, places, report)
}

/// Runs the drawing through the whole pipeline and compares the findings of the rule with the marks.
pub(crate) fn check(rule: &dyn Rule, drawing: &str) {
    let (lines, places, report) = concluded(drawing);
    let division = &report.division;
    let code = rule.kind().code;
    let mut unmet: Vec<String> = Vec::new();
    let mut marks: Vec<(usize, &Mark)> =
        lines.iter().flat_map(|line| line.marks.iter().map(|mark| (line.number, mark))).collect();
    assert!(marks.iter().all(|(_, mark)| mark.code == code), "only {code} is under test");
    for issue in &report.issues {
        worded(&issue.finding, division);
        if issue.finding.kind.code != code {
            continue;
        }
        let line = line_at(&places, issue.finding.place);
        let fits = |(at, mark): &(usize, &Mark)| Some(*at) == line && mark.fits(&issue.finding, division);
        match marks.iter().position(fits) {
            Some(met) => drop(marks.remove(met)),
            None => unmet.push(format!("found, not drawn: line {line:?}, {}", shown(&issue.finding, division))),
        }
    }
    unmet.extend(marks.iter().map(|(line, mark)| format!("drawn, not found: line {line}, {mark:?}")));
    if !unmet.is_empty() {
        let mut all = String::new();
        for issue in &report.issues {
            let line = line_at(&places, issue.finding.place);
            let _ = writeln!(all, "  line {line:?}: {}", shown(&issue.finding, division));
        }
        panic!("{}\nall that was found:\n{all}", unmet.join("\n"));
    }
}

/// A finding on one line.
fn shown(finding: &Finding, division: &Division) -> String {
    let area = finding.place.area.map_or(String::new(), |area| format!(" @{area}"));
    let message = phrase::message(finding, Lang::Zh, division);
    format!("{}{area} {:?}: {message}", finding.kind.code, finding.severity)
}

/// Checks that every name in the wording has a value, in both languages.
fn worded(finding: &Finding, division: &Division) {
    for lang in [Lang::Zh, Lang::En] {
        let missing = phrase::missing(finding, lang, division);
        assert!(missing.is_empty(), "{} gives no {missing:?} ({lang:?})", finding.kind.code);
        let message = phrase::message(finding, lang, division);
        assert!(!message.trim().is_empty(), "{} says nothing ({lang:?})", finding.kind.code);
        let none_over = ["过 0 天", "超 0 天", " 0 days ago"].iter().any(|words| message.contains(words));
        assert!(!none_over, "{} is over by nothing: {message}", finding.kind.code);
    }
}

impl Mark {
    fn fits(&self, finding: &Finding, division: &Division) -> bool {
        let at = self.at.as_ref().is_none_or(|at| {
            finding.place.area.is_some_and(|area| {
                let column = column_letters(area.left);
                area.to_string() == *at || column == *at
            })
        });
        let severity = self.severity.is_none_or(|severity| severity == finding.severity);
        let task = finding.task.map(|task| division.task(task).code.as_str());
        let unit = finding.unit.map(|unit| division.unit(unit).name.as_str());
        let message = phrase::message(finding, Lang::Zh, division).replace(' ', "");
        let says = self.says.iter().all(|words| message.contains(words.as_str()));
        at && severity
            && says
            && self.names.iter().all(|name| Some(name.as_str()) == task || Some(name.as_str()) == unit)
    }
}

fn line_of(number: usize, line: &str) -> Line<'_> {
    let (text, marks) = line.split_once("<- ").unwrap_or((line, ""));
    let marks = marks.split(';').map(str::trim).filter(|mark| !mark.is_empty()).map(|mark| {
        let mut words = mark.split_whitespace();
        let mut mark = Mark { code: words.next().unwrap_or_default().to_owned(), ..Mark::default() };
        for word in words {
            match word {
                "error" => mark.severity = Some(Severity::Error),
                "warning" => mark.severity = Some(Severity::Warning),
                "info" => mark.severity = Some(Severity::Info),
                word if word.starts_with('~') => mark.says.push(word[1..].to_owned()),
                word if word.starts_with('@') => mark.at = Some(word[1..].to_owned()),
                word => mark.names.push(word.to_owned()),
            }
        }
        mark
    });
    Line { number, text: text.trim(), marks: marks.collect() }
}

fn moment(text: &str) -> NaiveDateTime {
    if let Ok(day) = text.parse() {
        return end_of(day);
    }
    NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M").unwrap_or_else(|_| panic!("{text:?} is no moment"))
}

/// `综合科.xlsx 2014-09-03 10:00`, or with a refusal instead of content: `综合科.xlsx encrypted`. `register=综合科` is what
/// the register says, `bad=2` is the number of damaged cells.
fn file_of<'a>(line: usize, text: &str) -> File<'a> {
    let mut words = text.split_whitespace();
    let name = words.next().expect("a name").to_owned();
    let (told, rest): (Vec<&str>, Vec<&str>) = words.partition(|word| word.contains('='));
    let said = |key: &str| told.iter().find_map(|word| word.strip_prefix(key));
    let claim = said("register=").map(str::to_owned);
    let bad = said("bad=").map_or(0, |bad| bad.parse().expect("a number"));
    let (mut refusal, mut received) = (None, "2014-09-03 10:00".to_owned());
    match rest.as_slice() {
        [] => {}
        ["encrypted"] => refusal = Some(Refusal::Encrypted),
        ["empty"] => refusal = Some(Refusal::Empty),
        ["no-permission"] => refusal = Some(Refusal::NotAccessible(crate::read::Trouble::Permission)),
        ["damaged"] => refusal = Some(Refusal::Damaged("cut off".into())),
        ["stopped"] => refusal = Some(Refusal::Stopped("panicked".into())),
        ["escape"] => refusal = Some(Refusal::PathEscape),
        ["bomb"] => refusal = Some(Refusal::OverBudget(Limit::Inflated(768))),
        ["pdf"] => refusal = Some(Refusal::NotATable(Some("pdf".into()))),
        [day, clock] => received = format!("{day} {clock}"),
        other => panic!("line {line}: what is {other:?}?"),
    }
    let name = if name.contains('.') { name } else { format!("{name}.xlsx") };
    File {
        name,
        received: moment(&received),
        line,
        refusal,
        claim,
        bad,
        sheets: vec![("台账".into(), false, Vec::new())],
    }
}

/// `职责 | 综合科 | 1-1 | 认定=不涉及`: a line of the rulings, given by a person with a reason.
fn ruling_of(number: u32, text: &str) -> RulingLine {
    let mut line = RulingLine { row: number, id: number, ..RulingLine::default() };
    line.set(Field::By, "张某");
    line.set(Field::Reason, "已与负责人当面核对");
    let mut parts = text.split(" | ").map(str::trim);
    for field in [Field::Kind, Field::Unit, Field::Text] {
        line.set(field, parts.next().expect("kind, unit and text"));
    }
    for (heading, cell) in parts.map(|part| part.split_once('=').expect("column=value")) {
        let field = Field::ALL.into_iter().find(|field| field.headings().0 == heading).expect("a column");
        line.set(field, cell);
    }
    line
}

/// The division: a column for each heading that a line of it uses.
fn division(tasks: &[&str], fields: &[&str], waivers: &[&str], settings: &Settings) -> Division {
    let further = |part: &str| {
        let (heading, value) = part.split_once('=').expect("column=value");
        (heading.trim().to_owned(), format!("'{}", value.trim()))
    };
    let task = |line: &&str| {
        let mut parts = line.split(" | ");
        let (code, text) = parts.next().and_then(|task| task.trim().split_once(' ')).expect("code and text");
        let units = parts.next().expect("units");
        let fixed = [("任务编号", format!("'{code}")), ("工作任务", text.to_owned()), ("责任单位", units.to_owned())];
        fixed.into_iter().map(|(heading, cell)| (heading.to_owned(), cell)).chain(parts.map(further)).collect()
    };
    let field = |line: &&str| {
        let mut parts = line.split(" | ");
        let name = ("字段".to_owned(), parts.next().unwrap_or_default().to_owned());
        std::iter::once(name).chain(parts.map(further)).collect()
    };
    let waiver = |line: &&str| {
        let mut parts = line.split(" | ");
        let mut named = |heading: &str| (heading.to_owned(), format!("'{}", parts.next().unwrap_or_default().trim()));
        let who = [named("任务编号"), named("单位")];
        who.into_iter().chain(parts.map(further)).collect()
    };
    let mut texts = Texts::default();
    let mut sheet = |name: &str, rows: &[Vec<(String, String)>]| {
        let drawn = fixture::sheet(&table(rows), &mut texts);
        Sheet { name: name.into(), ..drawn }
    };
    let mut sheets = vec![sheet("任务分工", &tasks.iter().map(task).collect::<Vec<_>>())];
    if !fields.is_empty() {
        sheets.push(sheet("台账字段", &fields.iter().map(field).collect::<Vec<_>>()));
    }
    if !waivers.is_empty() {
        sheets.push(sheet("延期豁免", &waivers.iter().map(waiver).collect::<Vec<_>>()));
    }
    let book = Workbook { format: Format::Xlsx, texts, sheets, notices: Vec::new(), properties: BTreeMap::new() };
    load(&book, "blake3:00", settings)
}

/// Rows of headings with their cells, as one table.
fn table(rows: &[Vec<(String, String)>]) -> String {
    let mut headings: Vec<&str> = Vec::new();
    for (heading, _) in rows.iter().flatten() {
        if !headings.contains(&heading.as_str()) {
            headings.push(heading);
        }
    }
    let mut table = headings.join(" | ");
    for row in rows {
        let cell = |heading: &&str| row.iter().find(|(of, _)| of == heading).map_or("", |(_, cell)| cell.as_str());
        table.push('\n');
        table.push_str(&headings.iter().map(cell).collect::<Vec<_>>().join(" | "));
    }
    table
}

/// Reads a drawn file, and records the line of the drawing of each row.
fn take_in(cx: &Context<'_>, at: usize, file: File<'_>, places: &mut Lines) -> TakenIn {
    let id = SourceId(at as u32 + 1);
    places.insert((id, None, None), file.line);
    let mut texts = Texts::default();
    let mut sheets = Vec::new();
    for (number, (name, hidden, lines)) in file.sheets.iter().enumerate() {
        // The blank line before the next file is none of the sheet's.
        let mut rows: Vec<&str> = lines.iter().map(|line| line.text).collect();
        while rows.last().is_some_and(|row| row.is_empty()) {
            rows.pop();
        }
        let marked = |mark: &str| -> Vec<u32> {
            rows.iter().enumerate().filter(|(_, row)| row.starts_with(mark)).map(|(at, _)| at as u32).collect()
        };
        let hidden_rows = marked("hidden:");
        let pictures = marked("picture:").into_iter().map(|row| (row, 0)).collect();
        let plain = |row: &&str| row.trim_start_matches("hidden:").trim_start_matches("picture:").to_owned();
        let plain: Vec<String> = rows.iter().map(plain).collect();
        let drawn = fixture::sheet(&plain.join("\n"), &mut texts);
        let visibility = if *hidden { Visibility::Hidden } else { Visibility::Visible };
        for (row, line) in lines.iter().enumerate() {
            places.insert((id, Some(number as u16), Some(row as u32)), line.number);
        }
        let first = lines.first().map_or(file.line, |line| line.number);
        places.insert((id, Some(number as u16), None), if file.sheets.len() == 1 { file.line } else { first - 1 });
        sheets.push(Sheet { name: name.clone(), hidden_rows, pictures, visibility, ..drawn });
    }
    let name = format!("收件/{}", file.name);
    let source = Source { id, hash: format!("blake3:{at}"), received: file.received, claim: file.claim, size: 1, name };
    let damaged = |row| Notice::BadCell { sheet: 0, area: Some(Area::cell(row, 0)), what: String::new() };
    let notices = (1..=file.bad).map(damaged).collect();
    let book = Workbook { format: Format::Xlsx, texts, sheets, notices, properties: BTreeMap::new() };
    let reading = understand(file.refusal.map_or(Ok(book), Err), &source, cx);
    let findings = check_file(cx, &OneFile { source: &source, reading: &reading });
    TakenIn { source, reading, findings, ignored: None }
}

/// The line of the drawing for a place.
fn line_at(places: &Lines, place: Place) -> Option<usize> {
    let row = place.area.map(|area| area.top);
    places.get(&(place.source, place.sheet, row)).copied()
}
