//! The municipal office's own form: the ledger under its headings, its look carried; a form that cannot be used stops
//! the run before anything is written.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use rust_xlsxwriter::{Color, DataValidation, Format, FormatAlign, FormatBorder, Workbook};
use taizhang::campaign::disk::RealDisk;
use taizhang::campaign::gather::Silent;
use taizhang::campaign::readers::InProcess;
use taizhang::campaign::{Folders, RunRequest, RunResult, Stop, rerun, run};
use taizhang::read::appearance::{Across, Line};
use taizhang::read::{self, Raw};
use tempfile::TempDir;

use crate::campaign::campaign;

/// A copy of a sample whose settings name a form.
pub(crate) fn campaign_with_form() -> TempDir {
    let to = campaign("bureau");
    let settings = to.path().join("taizhang.toml");
    let text = fs::read_to_string(&settings).expect("settings") + "\n[output]\nform = \"表样.xlsx\"\n";
    fs::write(settings, text).expect("written");
    to
}

fn start(folder: &Path) -> Result<RunResult, Stop> {
    run(&RunRequest { root: folder.to_path_buf(), ..RunRequest::default() }, &InProcess, &Silent, &RealDisk)
}

/// A form with a title, a heading of two rows, framed empty rows, signatures, and a sheet of instructions.
pub(crate) fn draw_form(path: &Path, remark: &str) {
    let framed = Format::new().set_border(FormatBorder::Thin).set_font_name("楷体");
    let head = Format::new()
        .set_bold()
        .set_align(FormatAlign::Center)
        .set_background_color(Color::RGB(0x00DC_E6F1))
        .set_border(FormatBorder::Medium);
    let mut book = Workbook::new();
    let sheet = book.add_worksheet().set_name("汇总").expect("a name");
    sheet.set_column_width(1, 42.0).expect("a width");
    sheet.merge_range(0, 0, 0, 6, "某市落实情况汇总表", &Format::new().set_font_size(20)).expect("a title");
    let mut over = |top, left, bottom, right, text: &str| {
        sheet.merge_range(top, left, bottom, right, text, &head).expect("merged");
    };
    over(1, 0, 2, 0, "序号");
    over(1, 1, 2, 1, "工作任务");
    over(1, 2, 1, 3, "责任落实");
    over(1, 4, 2, 5, "完成情况");
    over(1, 6, 2, 6, remark);
    sheet.write_with_format(2, 2, "牵头领导", &head).expect("written");
    sheet.write_with_format(2, 3, "责任单位", &head).expect("written");
    for row in 3..6 {
        for col in 0..7 {
            sheet.write_blank(row, col, &framed).expect("written");
        }
    }
    sheet.write(6, 0, "填表人：").expect("written").write(6, 4, "审核人：").expect("written");
    book.add_worksheet().set_name("填表说明").expect("a name").write(0, 0, "一式两份").expect("written");
    book.save(path).expect("saved");
}

#[test]
fn the_ledger_stands_under_the_headings_of_the_form() {
    let folder = campaign_with_form();
    draw_form(&folder.path().join("表样.xlsx"), "市级评价");
    let outcome = start(folder.path()).expect("a run");
    assert!(outcome.plan.read.contains(&"表样.xlsx".to_owned()));
    let said: Vec<&str> = outcome.complaints.iter().map(|said| &*said.zh).collect();
    assert!(said.iter().any(|said| said.contains("市级评价")), "{said:?}");
    let report = outcome.outcome.expect("judged");
    let lines = report.consolidated.lines.len() as u32;

    let bytes = fs::read(outcome.place.join("市级汇总表.xlsx")).expect("written");
    let book = read::read(&bytes, "市级汇总表.xlsx").expect("readable");
    assert_eq!(book.sheets.iter().map(|sheet| sheet.name.as_str()).collect::<Vec<_>>(), ["汇总", "填表说明"]);
    let sheet = &book.sheets[0];
    let text = |row, col| match sheet.grid.get(row, col) {
        Raw::Text(text) => book.texts.get(text).to_owned(),
        Raw::Number { value, .. } => value.to_string(),
        _ => String::new(),
    };
    assert_eq!([text(0, 0), text(2, 2), text(1, 4)], ["某市落实情况汇总表", "牵头领导", "完成情况"]);
    for number in 0..lines {
        assert_eq!(text(3 + number, 0), (number + 1).to_string());
        assert!(!text(3 + number, 1).is_empty() && !text(3 + number, 3).is_empty(), "line {number}");
        assert_eq!(text(3 + number, 6), "", "an unknown column stays empty");
    }
    let missing = (0..lines).filter(|number| text(3 + number, 4).starts_with("缺报")).count();
    assert_eq!(missing as u32, report.coverage.missing, "missing items have their lines");
    assert_eq!([text(3 + lines, 0), text(3 + lines, 4)], ["填表人：", "审核人："], "signatures follow the last line");

    let merged: Vec<String> = sheet.merges.iter().map(ToString::to_string).collect();
    for area in ["A1:G1", "A2:A3", "C2:D2", "E2:F3", "E4:F4"] {
        assert!(merged.contains(&area.to_owned()), "{area} in {merged:?}");
    }
    let look = read::appearance(&bytes, "a.xlsx").expect("readable").expect("looks");
    let head = look.of(0, 1, 0).expect("a look");
    assert_eq!((head.bold, head.ground, head.across), (true, Some(0x00DC_E6F1), Across::Center));
    assert_eq!(head.frame[0], Some(Line::Medium));
    let line = look.of(0, 20, 1).expect("a look");
    assert_eq!((line.font.as_deref(), line.frame[3], line.wraps), (Some("楷体"), Some(Line::Thin), true));
    assert!(look.sheets[0].widths.iter().any(|(first, _, width)| *first == 1 && (width - 42.0).abs() < 0.2));

    // Unchanged, nothing is done; another form is another run.
    assert!(start(folder.path()).expect("a run").outcome.is_none());
    draw_form(&folder.path().join("表样.xlsx"), "备注");
    let again = start(folder.path()).expect("a run");
    assert!(again.outcome.is_some(), "the form decides what is written");

    // What was written is derived again from the archive, even when the form has changed since.
    fs::remove_file(folder.path().join("表样.xlsx")).expect("removed");
    let folders = Folders::open(folder.path()).expect("a campaign");
    let written = crate::whole_run::run_json(&crate::whole_run::outputs(folder.path()));
    let derived = rerun::rerun(&folders, &written, &InProcess, &Silent).expect("derived");
    let of_city = derived.iter().find(|file| file.path == "市级汇总表.xlsx").expect("it is among them");
    assert_eq!(of_city.bytes, fs::read(again.place.join("市级汇总表.xlsx")).expect("written"));
}

#[test]
fn a_form_that_cannot_be_used_stops_the_run_before_anything_is_written() {
    let folder = campaign_with_form();
    let form = folder.path().join("表样.xlsx");
    let mut plain = Workbook::new();
    plain.add_worksheet().write(0, 0, "请各单位按时报送").expect("written");
    for (what, bytes) in [
        ("不存在", None),
        ("标题行", Some(plain.save_to_buffer().expect("saved"))),
        ("读不了", Some(b"PK\x03\x04 no workbook".to_vec())),
    ] {
        if let Some(bytes) = bytes {
            fs::write(&form, bytes).expect("written");
        }
        match start(folder.path()) {
            Err(Stop::Start(said)) => {
                assert!(said.iter().any(|said| said.zh.contains("表样.xlsx") && said.zh.contains(what)), "{said:?}");
            }
            other => panic!("{what}: {other:?}"),
        }
        assert!(!folder.path().join("输出").exists(), "nothing is written");
    }
}

/// A form with label lines, a list under 完成情况, rows merged for each task, a row of sums, and a page set up.
fn draw_own_words(path: &Path, sums: &[&str]) {
    let framed = Format::new().set_border(FormatBorder::Thin);
    let mut book = Workbook::new();
    let sheet = book.add_worksheet().set_name("汇总").expect("a name");
    sheet.merge_range(0, 0, 0, 5, "某市重点任务落实情况汇总表", &framed).expect("a title");
    sheet.write(1, 0, "填报单位（盖章）：            填报时间：    年   月   日").expect("written");
    sheet.write_row(2, 0, ["序号", "工作任务", "责任单位", "数量", "完成情况", "备注"]).expect("written");
    for col in 0..2 {
        sheet.merge_range(3, col, 4, col, "", &framed).expect("merged");
    }
    for row in 3..5 {
        for col in 2..6 {
            sheet.write_blank(row, col, &framed).expect("written");
        }
    }
    sheet.write_row_with_format(5, 0, sums.iter().copied(), &framed).expect("written");
    sheet.write(6, 0, "填表人：").expect("written");
    let list = DataValidation::new().allow_list_strings(&["完成", "推进中", "未完成"]).expect("a list");
    sheet.add_data_validation(3, 4, 4, 4, &list).expect("validated");
    sheet.set_paper_size(9).set_portrait().set_print_fit_to_pages(1, 0).set_footer("&C第&P页");
    sheet.set_margins(1.0, 1.0, 0.8, 0.8, 0.4, 0.4);
    book.save(path).expect("saved");
}

#[test]
fn a_form_is_filled_in_its_own_words() {
    let folder = campaign_with_form();
    let settings = folder.path().join("taizhang.toml");
    let text = fs::read_to_string(&settings).expect("settings");
    let mut lines = Vec::new();
    // A row of sums is filled in, whether the form's file holds its cells or not.
    for (missing, sums) in [(true, &["合计", "", "", "0"][..]), (false, &["合计"])] {
        draw_own_words(&folder.path().join("表样.xlsx"), sums);
        let office = "[office]\nname = \"云州市创建办\"\n";
        fs::write(&settings, format!("form_missing = {missing}\n{text}\n{office}")).expect("written");
        let run = start(folder.path()).expect("a run");
        let said: Vec<&str> = run.complaints.iter().map(|said| &*said.zh).collect();
        assert!(said.iter().any(|said| said.contains("“完成情况”栏的下拉选项中没有“有异议”")), "{said:?}");
        let bytes = fs::read(run.place.join("市级汇总表.xlsx")).expect("written");
        let book = read::read(&bytes, "市级汇总表.xlsx").expect("readable");
        let sheet = &book.sheets[0];
        let text = |row, col| match sheet.grid.get(row, col) {
            Raw::Text(text) => book.texts.get(text).to_owned(),
            Raw::Number { value, .. } => value.to_string(),
            _ => String::new(),
        };
        assert_eq!(text(1, 0), "填报单位（盖章）：云州市创建办    填报时间：2014年9月6日");
        let end = (3..200).find(|row| text(*row, 0) == "合计").expect("the row of sums");
        lines.push(end - 3);
        let states: BTreeSet<String> = (3..end).map(|row| text(row, 4)).collect();
        let known = ["", "完成", "推进中", "未完成"].map(String::from).into();
        assert!(states.is_subset(&known), "{states:?}");
        assert!(states.contains("完成") && states.contains("推进中") && states.contains("未完成") == missing);
        let amounts = (3..end).filter_map(|row| text(row, 3).parse::<f64>().ok()).sum::<f64>();
        assert!(amounts > 0.0 && (text(end, 3).parse::<f64>().expect("a sum") - amounts).abs() < 1e-6);
        assert_eq!(text(end + 1, 0), "填表人：");
        // tasks are merged over their lines and counted, each once
        let tasks = sheet.merges.iter().filter(|area| area.left == 1 && area.right == 1 && area.top >= 3);
        assert!(tasks.clone().count() > 3 && tasks.clone().all(|area| area.bottom < end));
        assert_eq!((text(3, 0), text(3, 1).is_empty()), ("1".to_owned(), false));
        let second = tasks.map(|area| area.top).min().expect("one");
        assert!(text(second + 1, 1).is_empty());
        let look = read::appearance(&bytes, "a.xlsx").expect("readable").expect("looks");
        let page = &look.sheets[0];
        assert_eq!((page.paper, page.landscape, page.print.fit), (Some(9), false, Some((1, 0))));
        assert_eq!(page.print.footer, "&C第&P页");
        assert!(page.print.margins.is_some_and(|margins| (margins[0] - 1.0).abs() < 1e-9));
        let lists: Vec<_> = page.choices.iter().map(|list| (list.areas[0].to_string(), list.source.clone())).collect();
        assert_eq!(lists, [(format!("E4:E{end}"), "\"完成,推进中,未完成\"".to_owned())]);
    }
    assert!(lines[0] > lines[1], "missing items have lines only where they are wanted: {lines:?}");
}
