//! A campaign as files: settings, division, register, inbox.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use chrono::NaiveDateTime;
use taizhang::basis::settings::Settings;
use taizhang::render::rulings::{NewLine, begin};
use taizhang::ruling::{FILE, Field};

use super::campaign::{Asks, Campaign, Deadline, File, Holds, Names, Often, Row, Says};
use crate::build::archive::zip;
use crate::build::workbook_of;

/// Writes a campaign into a folder.
pub(super) fn build(campaign: &Campaign, folder: &Path) {
    let write = |path: &str, bytes: &[u8]| {
        let path = folder.join(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("made");
        fs::write(path, bytes).expect("written");
    };
    write("taizhang.toml", settings(campaign).as_bytes());
    write("任务分工.xlsx", &workbook_of(&division(campaign)));
    let mut register = String::from("文件,收件时间,填报单位\n");
    let mut archives: BTreeMap<&str, Vec<(String, Vec<u8>)>> = BTreeMap::new();
    for (at, file) in campaign.files.iter().enumerate() {
        if let Some((archive, entry)) = file.path.split_once('!') {
            let entries: &mut Vec<_> = archives.entry(archive).or_default();
            entries.push((entry.to_owned(), bytes(campaign, at)));
            let _ = writeln!(register, "{},{},", file.path, file.received.format("%Y-%m-%d %H:%M"));
            continue;
        }
        let claim = if file.says == Says::Register { campaign.units[file.unit].name } else { "" };
        let _ = writeln!(register, "{},{},{claim}", file.path, file.received.format("%Y-%m-%d %H:%M"));
        write(&format!("收件/{}", file.path), &bytes(campaign, at));
    }
    for (archive, entries) in archives {
        write(&format!("收件/{archive}"), &zip(&entries));
    }
    write("收件/收件登记.csv", register.as_bytes());
    if !campaign.ruled_off.is_empty() {
        write(FILE, &begin(&Settings::default(), NaiveDateTime::default(), &rulings(campaign)).expect("written"));
    }
}

/// What a person has ruled: duties that are not the unit's.
fn rulings(campaign: &Campaign) -> Vec<NewLine> {
    let line = |&(task, unit): &(usize, usize)| {
        let (code, unit) = (campaign.tasks[task].code.clone(), campaign.units[unit].name.to_owned());
        let cells = [
            (Field::Kind, "职责".to_owned()),
            (Field::Unit, unit),
            (Field::Text, code),
            (Field::Choice, "①".to_owned()),
            (Field::By, "王某".to_owned()),
            (Field::Reason, "已与负责人当面核对".to_owned()),
        ];
        cells.into_iter().collect()
    };
    campaign.ruled_off.iter().map(line).collect()
}

fn settings(campaign: &Campaign) -> String {
    let holidays: Vec<String> = campaign.holidays.iter().map(|day| format!("\"{day}\"")).collect();
    format!(
        "full_marks = 0\ncycle = \"{}\"\ndue = \"{:+}d {:02}:00\"\nweekend = \"{}\"\nholidays = [{}]\nwindow = \"{}\"\nas_of = \"{}\"\n",
        campaign.turn.setting(),
        campaign.due_days,
        campaign.due_hour,
        campaign.weekend,
        holidays.join(", "),
        campaign.turn.label(campaign.window),
        campaign.as_of.date(),
    )
}

/// The division, in the notation of the builder.
fn division(campaign: &Campaign) -> String {
    let mut text = "sheet: 任务分工\nhead: 任务编号 | 工作任务 | 责任单位 | 配合单位 | 完成时限 | 报送周期 | 考核指标 | 佐证材料\n".to_owned();
    for task in &campaign.tasks {
        let supporting = task.supporting.map_or("", |unit| campaign.units[unit].name);
        let deadline = match task.deadline {
            Deadline::None => String::new(),
            Deadline::Standing => "长期".to_owned(),
            Deadline::By(day) => day.format("%Y年%-m月%-d日前").to_string(),
        };
        let often = match task.often {
            Often::Window => "",
            Often::Once => "一次性",
            Often::Each(turn) => turn.word(),
        };
        let asks = match task.asks {
            Asks::Nothing => String::new(),
            Asks::Records(count) => format!("次数≥{count}"),
            Asks::Amount(amount) => format!("数量≥{amount}"),
            Asks::Weekly(count) => format!("次数≥{count}/周"),
            Asks::Each(amount) => format!("数量≥{amount}/次"),
            Asks::On(day) => format!("每周{}", ["一", "二", "三", "四", "五"][day.num_days_from_monday() as usize]),
            Asks::Grade(count) => format!("符合：次数≥{count}；否则：不符合"),
            Asks::Kinds(count) => format!("形式≥{count}种"),
            Asks::Rate(rate) => format!("装灯率≥{rate}%"),
            Asks::Ratio(ratio) => format!("注册志愿者÷辖区人口≥{ratio}%"),
        };
        let evidence = task.evidence.join("、");
        let cells = [
            "'".to_owned() + &task.code,
            task.text.to_owned(),
            task.written.clone(),
            supporting.to_owned(),
            deadline,
            often.to_owned(),
            asks,
            evidence,
        ];
        let _ = writeln!(text, "{}", cells.join(" | "));
    }
    text.push_str("sheet: 单位名录\nhead: 单位名称 | 分组 | 起用日期 | 停用日期\n");
    let day =
        |day: Option<chrono::NaiveDate>| day.map_or(String::new(), |day| day.format("%Y年%-m月%-d日").to_string());
    for unit in &campaign.units {
        let _ = writeln!(text, "{} | {} | {} | {}", unit.name, unit.group, day(unit.from), day(unit.until));
    }
    if !campaign.waivers.is_empty() {
        text.push_str("sheet: 延期豁免\nhead: 任务编号 | 单位 | 类型 | 截止日期\n");
    }
    for waiver in &campaign.waivers {
        let task = waiver.task.map_or(String::new(), |task| format!("'{}", campaign.tasks[task].code));
        let unit = waiver.unit.map_or("", |unit| campaign.units[unit].name);
        let kind = if waiver.extends { "延期" } else { "豁免" };
        let _ = writeln!(text, "{task} | {unit} | {kind} | {}", day(waiver.until));
    }
    text
}

/// The bytes of a file.
pub(super) fn bytes(campaign: &Campaign, at: usize) -> Vec<u8> {
    let file = &campaign.files[at];
    let lines = lines(campaign, file);
    let sheet = |name: &str, lines: &[Vec<String>]| {
        let is_amount = |cell: &str| !cell.is_empty() && cell.bytes().all(|byte| byte.is_ascii_digit());
        let cell = |cell: &String| if cell.is_empty() || is_amount(cell) { cell.clone() } else { format!("'{cell}") };
        let row = |row: &Vec<String>| row.iter().map(cell).collect::<Vec<_>>().join(" | ");
        format!("sheet: {name}\n{}\n", lines.iter().map(row).collect::<Vec<_>>().join("\n"))
    };
    match (&file.holds, file.xlsx) {
        (Holds::Empty, _) => Vec::new(),
        (Holds::Sheets(sheets), _) => {
            let of_unit = |(unit, rows): &(usize, Vec<Row>)| {
                let holds = if rows.is_empty() { Holds::Nil } else { Holds::Rows(rows.clone()) };
                sheet(campaign.units[*unit].name, &self::lines(campaign, &File { holds, ..file.clone() }))
            };
            workbook_of(&sheets.iter().map(of_unit).collect::<String>())
        }
        (_, true) => workbook_of(&sheet("台账", &lines)),
        (_, false) => {
            let mut writer = csv::WriterBuilder::new().flexible(true).from_writer(Vec::new());
            for line in &lines {
                writer.write_record(line).expect("written to memory");
            }
            let text = String::from_utf8(writer.into_inner().expect("written to memory")).expect("text");
            // as Excel saves it, or another program
            if file.unit.is_multiple_of(2) {
                encoding_rs::GB18030.encode(&text).0.into_owned()
            } else {
                text.into_bytes()
            }
        }
    }
}

/// The headings of the ledgers: what the tasks ask for has its column.
fn headings(campaign: &Campaign) -> Vec<&'static str> {
    let mut all = vec!["任务编号", "工作任务", "责任单位", "完成情况", "日期", "数量", "佐证材料", "备注"];
    if campaign.asks(|asks| matches!(asks, Asks::Kinds(_))) {
        all.push("形式");
    }
    if campaign.asks(|asks| matches!(asks, Asks::Rate(_))) {
        all.push("装灯率");
    }
    if campaign.asks(|asks| matches!(asks, Asks::Ratio(_))) {
        all.extend(["注册志愿者", "辖区人口"]);
    }
    all
}

/// What a row holds under a heading that stands only where it is asked for.
fn asked_for(row: &Row, heading: &str) -> String {
    match heading {
        "形式" => row.form.to_owned(),
        "装灯率" => row.rate.map_or(String::new(), |rate| format!("{rate}%")),
        "注册志愿者" if row.people.1 > 0 => row.people.0.to_string(),
        "辖区人口" if row.people.1 > 0 => row.people.1.to_string(),
        _ => String::new(),
    }
}

fn lines(campaign: &Campaign, file: &File) -> Vec<Vec<String>> {
    let headings = headings(campaign);
    let pad = |first: String| std::iter::once(first).chain((1..headings.len()).map(|_| String::new())).collect();
    let title = file.title.map_or(String::new(), |span| campaign.turn.title(span));
    let mut lines: Vec<Vec<String>> = vec![pad(format!("{title}创建工作台账"))];
    if file.says == Says::Line {
        lines.push(pad(format!("填报单位：{}", campaign.units[file.unit].name)));
    }
    let task = |task: usize, nth: usize| {
        let task = &campaign.tasks[task];
        // by code and text, by code alone, by text alone
        let (code, text) = (task.code.clone(), task.text.to_owned());
        match nth % 3 {
            0 => [code, text],
            1 => [code, String::new()],
            _ => [String::new(), text],
        }
    };
    let heading = || headings.iter().map(|heading| (*heading).to_owned()).collect::<Vec<_>>();
    match &file.holds {
        Holds::Empty | Holds::Sheets(_) => {}
        Holds::Nil => lines.push(pad("零报告".to_owned())),
        Holds::BlankForm(tasks) => {
            lines.push(heading());
            for &at in tasks {
                let mut row = task(at, 0).to_vec();
                row.resize(headings.len(), String::new());
                lines.push(row);
            }
        }
        Holds::Rows(rows) => {
            lines.push(heading());
            for (nth, row) in rows.iter().enumerate() {
                let [code, text] = match row.names {
                    Names::Task(at) => task(at, nth),
                    Names::Other(text) => [String::new(), text.to_owned()],
                    Names::Nothing => [String::new(), String::new()],
                };
                let unit = row.unit.map_or("", |unit| campaign.units[unit].name).to_owned();
                let amount = row.amount.map_or(String::new(), |amount| amount.to_string());
                let (word, evidence) = (row.word.to_owned(), row.evidence.to_owned());
                let mut line = vec![code, text, unit, word, row.date.clone(), amount, evidence, row.remark.clone()];
                line.extend(headings[line.len()..].iter().map(|heading| asked_for(row, heading)));
                lines.push(line);
            }
        }
    }
    lines
}
