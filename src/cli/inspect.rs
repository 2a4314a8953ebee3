//! `taizhang inspect`: how a file is read, and why.

mod health;
mod json;

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use super::progress::Bar;
use super::screen::{self, Align, BOLD, DIM, GOOD, WARN, styled};
use super::{CommandContext, Exit};
use crate::basis::Lang;
use crate::basis::place::{Area, column_letters};
use crate::basis::settings::Settings;
use crate::campaign::Stop;
use crate::campaign::archive::temporary_archive;
use crate::campaign::examine::{examined, read_files};
use crate::campaign::folders::{Folders, SETTINGS};
use crate::campaign::open::{Opened, now, open_faulty, stand_alone};
use crate::check::support::refusal;
use crate::division::{Context, Division, fields};
use crate::ledger::file_reading::WindowFrom;
use crate::ledger::{Attribution, Entry, FileReading, Ledger, OneFile, SheetReading, TaskFrom, UnitFrom, line_cell};
use crate::outcome::labels;
use crate::pipeline::TakenIn;
use crate::read::SecondReading;

/// Its arguments.
#[derive(clap::Args, Debug)]
pub(crate) struct Args {
    /// 要查看的文件
    #[arg(required = true, value_name = "文件")]
    files: Vec<PathBuf>,
    /// 任务分工表；不写时在文件所在的文件夹及其上级中找，找不到则只看表格本身
    #[arg(long, value_name = "文件")]
    division: Option<PathBuf>,
    /// 只做体检：隐藏、筛选、丢位、错误值、外部引用、删除线、只用颜色表示等，每种一行；没有毛病的不输出
    #[arg(long)]
    health: bool,
}

pub(crate) fn run(args: &Args, context: &CommandContext<'_>) -> anyhow::Result<Exit> {
    for file in &args.files {
        if !file.exists() {
            let shown = file.display();
            return Err(Stop::start(format!("找不到文件 {shown}"), format!("there is no file {shown}")).into());
        }
    }
    let mut opened = opened(args, context)?;
    if args.health {
        let files = examined(&mut opened, &args.files, context.readers, &Bar::new(context.options))?;
        health::print(&files, context.options.json(), context.options.lang());
        return Ok(Exit::Done);
    }
    let taken = read_files(&mut opened, &args.files, context.readers, &Bar::new(context.options))?;
    if context.options.json() {
        screen::out(&format!("{:#}\n", json::files(&taken, &opened.context())));
        return Ok(Exit::Done);
    }
    let mut text = String::new();
    for file in &taken {
        report(&mut text, file, &opened.context(), context.options.lang());
    }
    if context.options.verbose > 0 {
        synonyms(&mut text, &opened.division, context.options.lang());
    }
    screen::out(&text);
    Ok(Exit::Done)
}

/// Opens the campaign with the division; without one, only the tables themselves are used.
fn opened(args: &Args, context: &CommandContext<'_>) -> Result<Opened, Stop> {
    let mut switches = context.options.switches();
    let root = match &args.division {
        Some(division) => {
            let path = std::path::absolute(division).unwrap_or_else(|_| division.clone());
            switches.division = path.file_name().map(|name| name.to_string_lossy().into_owned());
            path.parent().map(Path::to_owned)
        }
        None => args.files.first().and_then(|file| campaign_of(file)),
    };
    match root {
        Some(root) => open_faulty(&Folders::open(&root)?, &switches, context.readers, &temporary_archive()?, now()),
        None => stand_alone(&switches, now()),
    }
}

/// The nearest folder above a file with settings or a division.
fn campaign_of(file: &Path) -> Option<PathBuf> {
    let path = std::path::absolute(file).ok()?;
    let division = Settings::default().division;
    let is_campaign = |folder: &&Path| folder.join(&division).is_file() && folder.join(&division) != path;
    path.ancestors()
        .skip(1)
        .take(6)
        .find(|folder| folder.join(SETTINGS).is_file() && is_campaign(folder) || is_campaign(folder))
        .map(Path::to_owned)
}

/// How one file is read, as text.
pub(crate) fn report(text: &mut String, file: &TakenIn, cx: &Context<'_>, lang: Lang) {
    let reading = &file.reading;
    let format = reading.format.map_or("?", crate::read::Format::extension);
    let _ = writeln!(text, "{}  {}", styled(BOLD, &file.source.name), styled(DIM, format));
    let mut facts: Vec<(String, String)> = Vec::new();
    if let Some(why) = &file.ignored {
        facts.push((lang.pick("未计入", "left aside").into(), why.in_lang(lang).into()));
    }
    if let Some(why) = &reading.refusal {
        facts.push((lang.pick("未读取", "not read").into(), refusal::words(why).in_lang(lang).into()));
    }
    if reading.refusal.is_none() && file.ignored.is_none() {
        let unit = reading.unit.map_or_else(
            || lang.pick("未能识别", "unknown").to_owned(),
            |(unit, from)| known(&cx.division.unit(unit).name, &unit_from(from, lang), lang),
        );
        facts.push((lang.pick("报送单位", "unit").into(), unit));
        let window = reading.window.map_or_else(
            || lang.pick("表内未写明", "not said").to_owned(),
            |(window, from)| known(&window.label(), window_from(from, lang), lang),
        );
        facts.push((lang.pick("报告期", "window").into(), window));
    }
    if let Some(stamp) = &reading.stamp {
        let fits = stamp.fits(cx.division);
        let word = if fits {
            lang.pick("下发表，与现行分工一致", "our form, as the division stands")
        } else {
            lang.pick("下发表，分工已变更", "our form, and its unit's tasks or fields have changed")
        };
        facts.push((lang.pick("表单标识", "stamp").into(), word.into()));
    }
    if let Some(second) = &reading.second {
        facts.push((lang.pick("复核读取", "second reader").into(), second_reading(second, reading, lang)));
    }
    for (name, value) in facts {
        let _ = writeln!(text, "  {}  {value}", styled(DIM, &name));
    }
    for (at, sheet) in reading.sheets.iter().enumerate() {
        sheet_report(text, file.one(), sheet, at as u16, cx, lang);
    }
    text.push('\n');
}

/// What the second reader saw, in a line, and the cells in which it saw something else.
fn second_reading(second: &SecondReading, reading: &FileReading, lang: Lang) -> String {
    if let Some(why) = &second.silent {
        return lang.pick(format!("没有读出（{why}）"), format!("says nothing ({why})"));
    }
    let excused: u32 = second.excused.values().sum();
    let mut text = lang.pick(
        format!("{} 格一致，{} 格不同", second.agreed, second.differing.len()),
        format!("{} cells agree, {} differ", second.agreed, second.differing.len()),
    );
    if excused > 0 {
        text += &lang.pick(format!("，{excused} 格是它已知的缺陷"), format!(", {excused} are known faults of it"));
    }
    for cell in &second.differing {
        let sheet = reading.sheets.get(cell.sheet as usize).map_or("", |sheet| sheet.name.as_str());
        let place = Area::cell(cell.row, cell.col);
        let _ = write!(text, "\n    {sheet}!{place}  {}  |  {}", cell.ours, cell.theirs);
    }
    text
}

fn sheet_report(text: &mut String, file: OneFile<'_>, sheet: &SheetReading, at: u16, cx: &Context<'_>, lang: Lang) {
    let hidden = if sheet.hidden { lang.pick("（隐藏）", " (hidden)") } else { "" };
    let name = format!("{} {}{hidden}", lang.pick("工作表", "sheet"), sheet.name);
    let state = match &sheet.skipped {
        Some(why) => styled(
            WARN,
            &format!("{}：{}", lang.pick("未作台账读取", "not read as a ledger"), labels::skipped(why, lang)),
        ),
        None => styled(GOOD, lang.pick("台账", "ledger")),
    };
    let _ = writeln!(text, "\n  {}  {state}", styled(BOLD, &name));
    for unread in sheet.unread.iter().filter(|unread| unread.why.is_told()) {
        let _ = writeln!(text, "    {}", styled(WARN, &labels::unread(unread, lang)));
    }
    for (row, col, label, value) in &sheet.notes {
        let cell =
            line_cell(*row, *col).map_or_else(|| lang.pick("表外", "outside").to_owned(), |cell| cell.to_string());
        let _ = writeln!(text, "    {} {label}：{value}", styled(DIM, &cell));
    }
    for ledger in file.reading.ledgers.iter().filter(|ledger| ledger.sheet == at) {
        ledger_report(text, file, ledger, cx, lang);
    }
}

/// What is known of a file, and from where.
fn known(what: &str, from: &str, lang: Lang) -> String {
    lang.pick(format!("{what}（{from}）"), format!("{what} ({from})"))
}

/// Why a heading was taken for one.
fn why(ledger: &Ledger, lang: Lang) -> String {
    let (all, known) = (ledger.columns.len(), ledger.columns.iter().filter(|column| column.field.is_some()).count());
    lang.pick(ledger.why.clone(), format!("{known} of its {all} columns are known fields"))
}

fn ledger_report(text: &mut String, file: OneFile<'_>, ledger: &Ledger, cx: &Context<'_>, lang: Lang) {
    let heading = ledger.own_heading().map_or_else(
        || lang.pick("没有表头", "no heading").to_owned(),
        |heading| format!("{} {heading}", lang.pick("表头", "heading")),
    );
    let _ = writeln!(text, "    {heading}  {}", styled(DIM, &why(ledger, lang)));
    if let Some((unit, from)) = ledger.unit {
        let unit = &cx.division.unit(unit).name;
        let unit = known(unit, &unit_from(from, lang), lang);
        let _ = writeln!(text, "    {} {unit}", lang.pick("填报单位", "submitted by"));
    }
    let mut rows = screen::headed(lang.pick(["列", "表头", "字段"], ["column", "heading", "field"]));
    for column in ledger.shown_columns() {
        let name = |field| cx.division.fields.spec(field).name.clone();
        let field = match (column.field, column.also) {
            (Some(field), _) => name(field),
            (None, Some(also)) if ledger.column(also).is_some() => lang.pick(
                format!("保留原样（“{}”已由另一列读取）", name(also)),
                format!("kept as it is ({} is read from another column)", name(also)),
            ),
            (None, _) if ledger.axes.contains(column) => lang
                .pick("表头即单位、任务或时间，每格一条", "its heading is a value: a record for each cell")
                .to_owned(),
            (None, _) => lang.pick("保留原样", "kept as it is").to_owned(),
        };
        let at = ledger.form_cell(column).map_or_else(|| column_letters(column.col), |cell| cell.to_string());
        rows.push(vec![at, column.heading.clone(), field]);
    }
    indent(text, &screen::table(&[Align::Left; 3], &rows));
    let (seen, blank) = (ledger.rows_seen, ledger.rows_blank);
    let (records, furniture) = (ledger.records.len(), ledger.furniture.len());
    let signed = if ledger.signed { ("有审核签字", "signed") } else { ("无审核签字", "not signed") };
    let counts = lang.pick(
        format!("表头以下 {seen} 行：记录 {records}，空行 {blank}，表式行 {furniture}；{}", signed.0),
        format!(
            "{seen} rows below the heading: {records} records, {blank} blank, {furniture} of the form; {}",
            signed.1
        ),
    );
    let _ = writeln!(text, "    {counts}");
    let heading = ["行", "任务", "认定依据", "单位", "日期", "完成情况"];
    let english = ["row", "task", "found by", "unit", "date", "state"];
    let mut rows = screen::headed(lang.pick(heading, english));
    let mut furniture = ledger.furniture.iter().peekable();
    for entry in file.entries_of(ledger) {
        while let Some((row, what)) = furniture.next_if(|part| part.0 < entry.record.row) {
            rows.push(vec![(row + 1).to_string(), styled(DIM, labels::furniture(*what, lang))]);
        }
        rows.push(record_row(entry, cx, lang));
    }
    rows.extend(furniture.map(|(row, what)| vec![(row + 1).to_string(), styled(DIM, labels::furniture(*what, lang))]));
    indent(
        text,
        &screen::table(&[Align::Right, Align::Left, Align::Left, Align::Left, Align::Left, Align::Left], &rows),
    );
}

fn record_row(entry: Entry<'_>, cx: &Context<'_>, lang: Lang) -> Vec<String> {
    let clip = |text: &str| crate::check::support::phrase::clip(text, 24).into_owned();
    let task = entry.record.task.map_or_else(
        || styled(WARN, lang.pick("未归类", "none")),
        |task| format!("{} {}", cx.division.task(task).code, clip(&cx.division.task(task).text.value)),
    );
    let unit = |unit| cx.division.unit(unit).name.clone();
    let units: Vec<String> = entry.units().map(unit).collect();
    let status = entry
        .status()
        .map_or_else(|| clip(entry.text(fields::STATUS)), |status| labels::status(status, lang).to_owned());
    let date = entry.day().map_or_else(|| clip(entry.text(fields::DATE)), |day| day.to_string());
    vec![entry.reference(), task, found_by(entry.record.by, cx, lang), units.join("、"), date, status]
}

fn indent(text: &mut String, table: &str) {
    for line in table.lines() {
        let _ = writeln!(text, "    {line}");
    }
}

/// How the task of a record was found, in words.
fn found_by(by: Attribution, cx: &Context<'_>, lang: Lang) -> String {
    match by {
        Attribution::Code => lang.pick("编号", "code").into(),
        Attribution::CodeAgainstText(other) => {
            let code = &cx.division.task(other).code;
            lang.pick(format!("编号（文字与 {code} 相同）"), format!("code (text is that of {code})"))
        }
        Attribution::Text => lang.pick("文字相同", "equal text").into(),
        Attribution::Likeness(percent) => lang.pick(format!("文字相似 {percent}%"), format!("like text {percent}%")),
        Attribution::Around(from) => match from {
            TaskFrom::Section => lang.pick("分节行", "section row"),
            TaskFrom::Title => lang.pick("标题", "title"),
            TaskFrom::Label => lang.pick("表上的标注", "label line"),
            TaskFrom::Sheet => lang.pick("工作表名", "sheet's name"),
            TaskFrom::File => lang.pick("文件名", "file name"),
        }
        .into(),
        Attribution::Stamp => lang.pick("下发表", "our form").into(),
        Attribution::Ruling(id) => lang.pick(format!("人工认定 {id}"), format!("ruling {id}")),
        Attribution::None { best: Some(best), likeness } => {
            let code = &cx.division.task(best).code;
            lang.pick(format!("最相似 {code} {likeness}%"), format!("most like {code} {likeness}%"))
        }
        Attribution::None { best: None, .. } => String::new(),
    }
}

fn unit_from(from: UnitFrom, lang: Lang) -> String {
    match from {
        UnitFrom::Ruling(id) => lang.pick(format!("人工认定 {id}"), format!("ruling {id}")),
        UnitFrom::Register => lang.pick("收件登记", "register").into(),
        UnitFrom::Sheet(place) => {
            let cell = place.area.map(|area| area.to_string()).unwrap_or_default();
            lang.pick(format!("表内 {cell}"), format!("sheet {cell}")).trim_end().into()
        }
        UnitFrom::Stamp => lang.pick("下发表", "our form").into(),
        UnitFrom::FileName => lang.pick("文件名", "file name").into(),
        UnitFrom::Folder => lang.pick("文件夹", "folder").into(),
    }
}

fn window_from(from: WindowFrom, lang: Lang) -> &'static str {
    match from {
        WindowFrom::Stamp => lang.pick("下发表", "our form"),
        WindowFrom::FilledOn => lang.pick("填报日期", "day of filling in"),
        WindowFrom::Title => lang.pick("标题", "title"),
        WindowFrom::FileName => lang.pick("文件名", "file name"),
    }
}

/// The fields and the headings by which each is known.
fn synonyms(text: &mut String, division: &Division, lang: Lang) {
    let _ =
        writeln!(text, "{}", styled(BOLD, lang.pick("字段与可识别的表头", "fields and the headings that mean them")));
    for spec in &division.fields.fields {
        let _ = writeln!(text, "  {}  {}", spec.name, styled(DIM, &spec.synonyms.join(" ")));
    }
}
