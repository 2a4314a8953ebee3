//! Division → blank forms, one for each unit: its tasks prefilled and locked, drop-down lists, date validation, a filling
//! guide, and a stamp that identifies a returned form even if renamed.

use anyhow::Result;
use rust_xlsxwriter::{
    Color, DataValidation, DataValidationErrorStyle, DataValidationRule, DocProperties, ExcelDateTime, Format,
    FormatAlign, FormatBorder, ProtectionOptions, Workbook, Worksheet,
};

use crate::basis::calendar::Window;
use crate::basis::{Lang, TaskId, UnitId};
use crate::division::fields::{self, Role};
use crate::division::{Context, Division, FieldType, Task, Terms};
use crate::ledger::stamp;
use crate::obligation::{self, Obligation, PriorReports};
use crate::render::Rendered;
use crate::render::file_names::FileNames;
use crate::render::package::{Package, Unfit};
use crate::render::workbook::paper::{self, Fit, Page};
use crate::render::workbook::{fit, text::clean};
use crate::table::FieldId;

/// The number of empty rows below the tasks, for further records.
const FURTHER: u32 = 10;

/// The choices under 完成情况; each is a wording that is read without ambiguity.
const STATES: [&str; 7] = ["已完成", "正在推进", "未开始", "长期坚持", "零报告", "不涉及", "有异议"];

/// The longest list that fits into a drop-down itself, in UTF-16 units including commas.
const LONGEST_LIST: usize = 255;

/// The forms for the window of the context, one for each unit that owes something in it; paths are below the output folder
/// of forms.
///
/// # Errors
/// Errors of the writing library.
pub fn forms(cx: &Context<'_>) -> Result<Vec<Rendered>> {
    let (_, obligations) = obligation::settle(cx, Vec::new(), PriorReports::default());
    let mut names = FileNames::default();
    let mut forms = Vec::new();
    for unit in (0..cx.division.roster.units.len()).map(|at| UnitId(at as u32)) {
        let owed: Vec<&Obligation> = obligations.all.iter().filter(|obligation| obligation.unit == unit).collect();
        if !owed.is_empty() {
            let name = names.give(&cx.division.unit(unit).name);
            forms.push(Rendered::new(format!("{name}.xlsx"), form(cx, unit, &owed)?));
        }
    }
    Ok(forms)
}

/// A task and what it asks of the unit.
type Asked<'a> = (&'a Task, &'a Terms);

/// A column of a form, as wide as its texts need between two bounds, in characters of half width.
struct Column {
    field: FieldId,
    least: f64,
    most: f64,
}

impl Column {
    /// Whether it is prefilled and locked.
    fn is_given(&self) -> bool {
        fields::role(self.field) == Role::Given
    }
}

/// The columns of a form: what the division says of its tasks, what any ledger says, what their indicators ask for.
/// The unit has no column, since it is the same in each row.
fn columns(cx: &Context<'_>, tasks: &[Asked<'_>], dated: bool) -> Vec<Column> {
    let column = |field, least, most| Column { field, least, most };
    let mut columns = vec![column(fields::CODE, 6.0, 10.0)];
    if tasks.iter().any(|(task, _)| !task.category.is_empty()) {
        columns.push(column(fields::CATEGORY, 6.0, 14.0));
    }
    columns.push(column(fields::TASK, 16.0, 34.0));
    if tasks.iter().any(|(_, terms)| !terms.leaders.is_empty()) {
        columns.push(column(fields::LEADERS, 8.0, 10.0));
    }
    if dated || tasks.iter().any(|(_, terms)| !terms.deadline_text.is_empty()) {
        columns.push(column(fields::DEADLINE, 8.0, 14.0));
    }
    if dated {
        columns.push(column(fields::DATE, 11.5, 12.0));
    }
    columns.extend([
        column(fields::STATUS, 10.0, 12.0),
        column(fields::DONE_ON, 11.5, 12.0),
        column(fields::PROGRESS, 18.0, 34.0),
    ]);
    for field in cx.division.fields_asked(tasks.iter().map(|(_, terms)| *terms)) {
        if !columns.iter().any(|known| known.field == field) {
            columns.push(column(field, 7.0, 10.0));
        }
    }
    columns.extend([
        column(fields::PROBLEM, 12.0, 24.0),
        column(fields::REMEDY, 12.0, 24.0),
        column(fields::EVIDENCE, 14.0, 26.0),
    ]);
    if tasks.iter().any(|(_, terms)| terms.sign_off) {
        columns.push(column(fields::SIGNED, 8.0, 10.0));
    }
    columns.push(column(fields::REMARK, 8.0, 16.0));
    columns
}

/// The widths and the paper of a form on which its smallest type can be read.
fn fitted(cx: &Context<'_>, owed: &[&Obligation], columns: &[Column]) -> Fit {
    let heading = |column: &Column| fit::width(&cx.division.fields.spec(column.field).name) as f64;
    let widest = |column: &Column| {
        let texts = owed.iter().map(|one| given_text(cx, one, column.field));
        let wanted = texts.map(|text| fit::column(&text, column.least, column.most));
        wanted.fold(if column.is_given() { column.least } else { column.most }, f64::max)
    };
    let widths: Vec<f64> = columns.iter().map(|column| widest(column).max(heading(column).min(10.0))).collect();
    let least: Vec<f64> = columns.iter().map(|column| column.least.max((heading(column) / 2.0).min(10.0))).collect();
    paper::fit(&widths, &least, Page::A4)
}

struct Formats {
    title: Format,
    line: Format,
    heading: Format,
    given: Format,
    answer: Format,
    day: Format,
}

fn formats(cx: &Context<'_>) -> Formats {
    let font = |fonts: &[String]| fonts.first().cloned().unwrap_or_default();
    let body = Format::new().set_font_name(font(&cx.settings.body_fonts)).set_font_size(10.5);
    let cell = body.clone().set_border(FormatBorder::Thin).set_text_wrap().set_align(FormatAlign::VerticalCenter);
    let answer = cell.clone().set_unlocked();
    Formats {
        title: Format::new()
            .set_font_name(font(&cx.settings.title_fonts))
            .set_font_size(18)
            .set_align(FormatAlign::Center)
            .set_align(FormatAlign::VerticalCenter),
        line: body.clone().set_unlocked(),
        heading: cell.clone().set_bold().set_align(FormatAlign::Center).set_background_color(Color::RGB(0x00D9_E2F3)),
        given: cell.set_background_color(Color::RGB(0x00F2_F2F2)),
        day: answer.clone().set_num_format("yyyy-mm-dd"),
        // as text, so that long numbers and leading zeros are kept
        answer,
    }
}

fn form(cx: &Context<'_>, unit: UnitId, owed: &[&Obligation]) -> Result<Vec<u8>> {
    let (division, name) = (cx.division, &cx.division.unit(unit).name);
    let mut tasks: Vec<TaskId> = owed.iter().map(|obligation| obligation.task).collect();
    tasks.dedup();
    let asked = |task: TaskId| (division.task(task), division.task(task).terms(unit));
    let tasks: Vec<Asked<'_>> = tasks.into_iter().map(asked).collect();
    let counted = |obligation: &&Obligation| {
        obligation.period.days() < cx.window.days() || division.task(obligation.task).terms(unit).indicator.is_some()
    };
    let columns = columns(cx, &tasks, owed.iter().any(counted));

    let mut workbook = Workbook::new();
    workbook.set_properties(&stamped(cx, unit)?);
    let formats = formats(cx);
    let sheet = workbook.add_worksheet().set_name("台账")?;
    let fit = fitted(cx, owed, &columns);
    sheet.set_landscape().set_paper_size(if fit.page == Page::A3 { 8 } else { 9 });
    sheet.set_margins(0.35, 0.35, 0.5, 0.6, 0.3, 0.3).set_print_center_horizontally(true);
    sheet.set_print_fit_to_pages(paper::pages(&fit.widths, 3, fit.page), 0).set_repeat_rows(2, 2)?;
    sheet.set_footer("&C第 &P 页 共 &N 页").set_header_footer_scale_with_doc(false);
    let last = columns.len() as u16 - 1;
    sheet.set_row_height(0, 34)?;
    sheet.merge_range(0, 0, 0, last, &clean(&cx.settings.title), &formats.title)?;
    sheet.write_with_format(1, 0, clean(&format!("填报单位：{name}")).as_ref(), &formats.line)?;
    let (middle, right) = (last / 3, last * 2 / 3);
    sheet.write_with_format(1, middle, format!("报告期：{}", cx.window.full_words(Lang::Zh)), &formats.line)?;
    sheet.write_with_format(1, right, "填报日期：", &formats.line)?;
    for (at, column) in columns.iter().enumerate() {
        sheet.set_column_width(at as u16, fit.widths[at])?;
        let heading = &division.fields.spec(column.field).name;
        sheet.write_with_format(2, at as u16, clean(heading).as_ref(), &formats.heading)?;
    }
    sheet.set_freeze_panes(3, 3)?;

    let lines = |texts: &mut dyn Iterator<Item = (String, f64)>| {
        texts.map(|(text, width)| fit::lines(&text, width)).max().unwrap_or(1)
    };
    let headings = columns.iter().zip(&fit.widths);
    let mut headings = headings.map(|(column, width)| (division.fields.spec(column.field).name.clone(), *width));
    sheet.set_row_height(2, fit::height(lines(&mut headings)) + 4.0)?;
    let mut row = 3;
    for obligation in owed {
        task_row(sheet, row, cx, obligation, &columns, &formats)?;
        let given = columns.iter().zip(&fit.widths);
        let mut given = given.map(|(column, width)| (given_text(cx, obligation, column.field), *width));
        // room for two lines of an answer
        sheet.set_row_height(row, fit::height(lines(&mut given).max(2)))?;
        row += 1;
    }
    for further in row..row + FURTHER {
        sheet.set_row_height(further, fit::height(2))?;
        for (at, column) in columns.iter().enumerate() {
            sheet.write_blank(
                further,
                at as u16,
                if is_day(column, division) { &formats.day } else { &formats.answer },
            )?;
        }
    }
    validate(sheet, division, &tasks, &columns, (3, row + FURTHER - 1))?;
    let foot = row + FURTHER + 1;
    for (at, label) in [(0, "填表人："), (middle, "审核人："), (right, "单位负责人（公章）：")] {
        sheet.write_with_format(foot, at, label, &formats.line)?;
    }
    sheet.protect_with_options(&ProtectionOptions {
        format_columns: true,
        format_rows: true,
        use_autofilter: true,
        ..ProtectionOptions::default()
    });
    guide(workbook.add_worksheet().set_name(stamp::GUIDE)?, &tasks, cx)?;
    growing(&workbook.save_to_buffer()?)
}

/// A form whose rows keep their height until someone writes in them and grow with what is written. The writing library
/// can only set heights that stay.
fn growing(form: &[u8]) -> Result<Vec<u8>> {
    /// The part of the sheet that is filled in.
    const LEDGER: &str = "xl/worksheets/sheet1.xml";
    let unfit = |unfit: Unfit| anyhow::anyhow!("{unfit:?}");
    let mut package = Package::open(form).map_err(unfit)?;
    let sheet = String::from_utf8(package.document(LEDGER).map_err(unfit)?)?;
    package.set(LEDGER, sheet.replace(" customHeight=\"1\"", "").into_bytes());
    package.finish().map_err(unfit)
}

fn stamped(cx: &Context<'_>, unit: UnitId) -> Result<DocProperties> {
    let made = ExcelDateTime::parse_from_str(&cx.window.start.format("%Y-%m-%d").to_string())?;
    Ok(DocProperties::new()
        .set_title(clean(&cx.settings.title))
        .set_author("taizhang")
        .set_creation_datetime(&made)
        .set_custom_property(stamp::OWED, cx.division.owed_by(unit).as_str())
        .set_custom_property(stamp::UNIT, clean(&cx.division.unit(unit).name).as_ref())
        .set_custom_property(stamp::WINDOW, cx.window.label().as_str()))
}

fn is_day(column: &Column, division: &Division) -> bool {
    division.fields.spec(column.field).kind == FieldType::Date
}

fn task_row(
    sheet: &mut Worksheet,
    row: u32,
    cx: &Context<'_>,
    obligation: &Obligation,
    columns: &[Column],
    formats: &Formats,
) -> Result<()> {
    for (at, column) in columns.iter().enumerate() {
        let at = at as u16;
        if column.is_given() {
            let text = given_text(cx, obligation, column.field);
            sheet.write_string_with_format(row, at, clean(&text), &formats.given)?;
        } else {
            sheet.write_blank(row, at, if is_day(column, cx.division) { &formats.day } else { &formats.answer })?;
        }
    }
    Ok(())
}

/// What stands beforehand in a column of a form; nothing in those that the unit fills.
fn given_text(cx: &Context<'_>, obligation: &Obligation, field: FieldId) -> String {
    let task = cx.division.task(obligation.task);
    let terms = task.terms(obligation.unit);
    match field {
        fields::CODE => task.code.clone(),
        fields::CATEGORY => task.category.clone(),
        fields::TASK => task.text.value.clone(),
        fields::LEADERS => terms.leaders.join("、"),
        fields::DEADLINE => until(&obligation.period, cx, terms),
        _ => String::new(),
    }
}

/// The deadline; for a shorter cycle, the days of the row.
fn until(period: &Window, cx: &Context<'_>, terms: &Terms) -> String {
    if period.days() < cx.window.days() {
        return period.words(Lang::Zh);
    }
    terms.deadline_text.clone()
}

fn validate(
    sheet: &mut Worksheet,
    division: &Division,
    tasks: &[Asked<'_>],
    columns: &[Column],
    (first, last): (u32, u32),
) -> Result<()> {
    let codes: Vec<&str> = tasks.iter().map(|(task, _)| task.code.as_str()).collect();
    let mut kinds: Vec<&str> = tasks.iter().flat_map(|(_, terms)| terms.evidence.iter().map(String::as_str)).collect();
    let mut seen = Vec::new();
    kinds.retain(|kind| {
        !seen.contains(kind) && {
            seen.push(*kind);
            true
        }
    });
    for (at, column) in columns.iter().enumerate() {
        let at = at as u16;
        let spec = division.fields.spec(column.field);
        let choices: Vec<&str> = spec.choices.iter().map(String::as_str).collect();
        let rule = match column.field {
            fields::STATUS => list(&STATES, Some("请从列表中选择完成情况"))?,
            // a cell may list several kinds with numbers, so other text is allowed
            fields::EVIDENCE => list(&kinds, None)?,
            fields::CODE => list(&codes, Some("请从列表中选择本单位的任务编号"))?,
            _ if is_day(column, division) => Some(a_day()?),
            _ if !choices.is_empty() => list(&choices, Some("请从列表中选择"))?,
            _ => None,
        };
        // the codes of tasks are locked; further rows need a code
        let from = if column.field == fields::CODE { last + 1 - FURTHER } else { first };
        if let Some(rule) = rule {
            sheet.add_data_validation(from, at, last, at, &rule)?;
        }
    }
    Ok(())
}

/// A drop-down list; with `reproach` as error message, other values are rejected. None when the list is empty or too long.
fn list(choices: &[&str], reproach: Option<&str>) -> Result<Option<DataValidation>> {
    let length: usize = choices.iter().map(|choice| choice.encode_utf16().count() + 1).sum();
    if choices.is_empty() || length > LONGEST_LIST || choices.iter().any(|choice| choice.contains(',')) {
        return Ok(None);
    }
    let rule = DataValidation::new().allow_list_strings(choices)?;
    Ok(Some(match reproach {
        Some(reproach) => rule.set_error_title("填写有误")?.set_error_message(reproach)?,
        None => rule.show_error_message(false),
    }))
}

fn a_day() -> Result<DataValidation> {
    let day = |text: &str| ExcelDateTime::parse_from_str(text);
    Ok(DataValidation::new()
        .allow_date(DataValidationRule::Between(day("2000-01-01")?, day("2199-12-31")?))
        .set_error_style(DataValidationErrorStyle::Stop)
        .set_error_title("日期有误")?
        .set_error_message("请填写日期，如 2014-08-15")?)
}

/// Writes the filling guide: what to enter in each column, and the requirements of each task.
fn guide(sheet: &mut Worksheet, tasks: &[Asked<'_>], cx: &Context<'_>) -> Result<()> {
    let wrap = Format::new()
        .set_text_wrap()
        .set_align(FormatAlign::Top)
        .set_font_name(cx.settings.body_fonts.first().cloned().unwrap_or_default());
    sheet.set_column_width(0, 96)?.set_paper_size(9).set_print_fit_to_pages(1, 0);
    let mut lines: Vec<String> = [
        stamp::GUIDE,
        stamp::RULE,
        "2. 完成情况从下拉列表中选择；没有开展的写“零报告”，不属于本单位的写“不涉及”，认为分工不当的写“有异议”并在备注中说明。",
        &format!("3. 日期写成{}的样式；一项任务有多条记录的，在下方空行中选择任务编号后逐条填写。", cx.window.start),
        "4. 佐证材料写明种类和份数，如“通知2份、照片5张”；附件与本表一并报送。",
        "5. 存在问题的，同时填写整改措施。填好后直接报送本文件，可以改文件名，不要另建表格。",
        "各项任务的要求：",
    ]
    .map(String::from)
    .to_vec();
    for (task, terms) in tasks {
        let mut parts = vec![format!("{} {}", task.code, task.text.value)];
        let indicator = terms.indicator.as_ref().map_or("", |indicator| &indicator.value);
        for (label, text) in
            [("工作标准", terms.standard.as_str()), ("考核指标", indicator), ("佐证材料", &terms.evidence.join("、"))]
        {
            if !text.is_empty() {
                parts.push(format!("{label}：{text}"));
            }
        }
        lines.push(parts.join("；"));
    }
    for (row, line) in lines.iter().enumerate() {
        sheet.write_string_with_format(row as u32, 0, clean(line), &wrap)?;
    }
    sheet.protect();
    Ok(())
}
