//! What is read of a file, drawn.

use chrono::NaiveDate;

use super::*;
use crate::basis::calendar::{Cycle, Window};
use crate::basis::settings::Settings;
use crate::ledger::file_reading::WindowFrom;
use crate::ledger::fixture::{empty, file, file_under, file_with, records};
use crate::ledger::{Status, Value, stamp as property};

#[test]
fn merged_cells_repeat_their_value_down_the_rows_they_span() {
    let (division, reading) = file(
        "综合科.xlsx",
        "
任务类别 | 工作任务 | 完成情况 | 佐证材料
宣传教育 | 整治所辖楼宇和广场的广告牌，按比例投放公益广告 | 已完成 | 照片
^ | ^ | 推进中 | 通知
^ | 清理楼宇内外附着广告，墙面不贴告示 | 已完成 |
",
    );
    assert_eq!(records(&division, &reading), ["2 综合 1-1 text", "3 综合 1-1 text", "4 综合 1-2 text"]);
    let ledger = &reading.ledgers[0];
    let text = |row: usize, col: usize| reading.texts.get(ledger.records[row].cells[col].text);
    assert_eq!((text(2, 0), text(2, 3)), ("宣传教育", ""));
}

#[test]
fn a_row_with_a_task_or_a_state_in_its_column_is_no_second_heading() {
    let (division, reading) = file(
        "综合科.xlsx",
        "
任务类别 | 工作任务 | 完成情况 | 工作进展 | 佐证材料
重点任务 | 整治所辖楼宇和广场的广告牌，按比例投放公益广告 | | 开展了工作 | 照片
重点工作 | 清理楼宇内外附着广告 | 正在推进 | 开展了工作 | 照片、台账
主要任务 | 清理楼宇内外附着广告，墙面不贴告示 | 已完成 | | 佐证材料
",
    );
    assert_eq!(records(&division, &reading).len(), 3, "{:?}", records(&division, &reading));
}

#[test]
fn a_csv_has_no_merged_cells() {
    let (division, reading) = file_with(
        "综合科.csv",
        "
工作任务 | 完成情况
整治所辖楼宇和广场的广告牌，按比例投放公益广告 | 已完成
 | 推进中
",
        |book, _| book.format = Format::Csv,
    );
    assert_eq!(records(&division, &reading), ["2 综合 1-1 text", "3 综合 1-1 text"]);
}

#[test]
fn a_unit_once_above_blank_cells_is_that_of_all_of_them() {
    let units = |name: &str, rows: &str| {
        let (division, reading) = file(name, &format!("任务编号 | 责任单位 | 完成情况\n{rows}\n"));
        let found = records(&division, &reading);
        found.iter().filter_map(|record| record.split(' ').nth(1)).collect::<Vec<_>>().join(" ")
    };
    let once = "1-1 | 综合科 | 已完成\n1-2 | | 已完成\n1-1 | 后勤中心 | 已完成\n1-2 | | 已完成";
    assert_eq!(units("8月.xlsx", once), "综合 综合 后勤 后勤");
    // One more unit than blank cells, a unit twice, or none in the first row.
    assert_eq!(units("8月.xlsx", &format!("{once}\n2-2 | 管理一科 | 已完成")), "综合 - 后勤 - 管理");
    assert_eq!(units("8月.xlsx", &format!("{once}\n2-2 | 综合科 | 已完成\n1-1")), "综合 - 后勤 - 综合 -");
    assert_eq!(units("8月.xlsx", &format!("2-2 | | 已完成\n{once}")), "- 综合 - 后勤 -");
    assert_eq!(units("管理一科.xlsx", once), "综合 管理 后勤 管理", "the file says whose the rows are");
}

#[test]
fn a_unit_or_a_task_in_the_column_of_numbers_names_the_rows_below() {
    let read = |heading: &str, above: &str, second: &str| {
        let (division, reading) = file(
            "8月.xlsx",
            &format!("{heading}\n{above}\n1 | 1-1 | 已完成\n2 | 1-2 | 已完成\n{second}\n1 | 1-1 | 已完成\n"),
        );
        records(&division, &reading)
    };
    assert_eq!(
        read("序号 | 任务编号 | 完成情况", "综合科", "后勤中心"),
        ["3 综合 1-1 code", "4 综合 1-2 code", "6 后勤 1-1 code"]
    );
    assert_eq!(read("序号 | 任务编号 | 完成情况", "某某科", "后勤中心")[0], "3 - 1-1 code");
}

#[test]
fn choices_behind_a_note_are_no_record() {
    let rows = |end: &str| {
        let (_, reading) =
            file("综合科.xlsx", &format!("任务编号 | 工作任务 | 完成情况\n1-1 | | 已完成\n1-2 | | 推进中\n{end}\n"));
        reading.ledgers[0].records.len()
    };
    assert_eq!(rows("注：按实际填写\n未开始 | 推进中 | 已完成"), 2);
    assert_eq!(rows("\n未开始 | 推进中 | 已完成"), 2);
    assert_eq!(rows("注：按实际填写\n2-2 | | 已完成"), 3);
}

#[test]
fn values_under_their_fields() {
    let (_, reading) = file(
        "综合科.xlsx",
        "
任务编号 | 完成情况 | 日期 | 人数（人） | 宣传投入
1-1 | √ | 8月15日 | 约50人 | 2.50
1-1 | 差不多 | 近期 | 若干 |
1-1 | #N/A | = | ３５ | @2014-08-01
",
    );
    let cells = |row: usize| {
        let cells = &reading.ledgers[0].records[row].cells;
        cells.iter().map(|c| (reading.texts.get(c.text).to_owned(), c.value)).collect::<Vec<_>>()
    };
    let day = NaiveDate::from_ymd_opt(2014, 8, 15).expect("a day");
    assert_eq!(
        cells(0)[1..],
        [
            ("√".into(), Value::Status(Status::Done)),
            ("8月15日".into(), Value::Day(day)),
            ("约50人".into(), Value::Number(50.0)),
            ("2.5".into(), Value::Number(2.5)),
        ]
    );
    assert_eq!(
        cells(1)[1..].iter().map(|c| c.1).collect::<Vec<_>>(),
        [Value::Unfit, Value::Unfit, Value::Unfit, Value::Blank,]
    );
    assert_eq!(cells(2)[1], ("#N/A".into(), Value::Fault));
    assert_eq!(cells(2)[2], (String::new(), Value::Uncalculated));
    assert_eq!(cells(2)[3], ("３５".into(), Value::NumberAsText(35.0)));
}

#[test]
fn a_time_of_completion_is_a_deadline_when_its_cells_say_so() {
    let field = |cell: &str| {
        let (division, reading) =
            file("综合科.xlsx", &format!("任务编号 | 完成时间 | 完成情况\n1-1 | {cell} | 已完成\n"));
        division.fields.spec(reading.ledgers[0].columns[1].field.expect("bound")).name.clone()
    };
    assert_eq!(field("8月15日"), "完成日期");
    assert_eq!(field("12月底前"), "完成时限");
    assert_eq!(field("长期坚持"), "完成时限");
    assert_eq!(field("@2014-12-31"), "完成时限");
}

#[test]
fn a_progress_that_names_states_is_the_state() {
    let field = |cells: &str| {
        let (division, reading) = file("综合科.xlsx", &format!("任务编号 | 进度\n{cells}"));
        division.fields.spec(reading.ledgers[0].columns[1].field.expect("bound")).name.clone()
    };
    assert_eq!(field("1-1 | 100%\n1-2 | 差不多了\n"), "完成情况");
    assert_eq!(field("1-1 | 已完成\n"), "完成情况");
    assert_eq!(field("1-1 | 组织人员清理楼宇内外广告，已完成三处\n"), "进展");
    assert_eq!(field("1-1 | \n"), "进展");
}

#[test]
fn why_a_sheet_is_not_read() {
    let (_, reading) = file_with(
        "综合科.xlsx",
        "
=== 台账
任务编号 | 完成情况
1-1 | 已完成
=== 空
=== 填报说明
请每月28日前报送
=== 缺任务
序号 | 责任单位 | 完成情况 | 备注
1 | 综合科 | 已完成 |
=== 通讯录
姓名 | 责任单位 | 联系电话 | 备注
王某 | 综合科 | 1 |
=== 登记表
工作任务 | 广告整治
责任单位 | 综合科
完成情况 | 已完成
=== 隐藏
任务编号 | 完成情况
1-1 | 已完成
=== 图表
=== 坏
",
        |book, _| {
            book.sheets[6].visibility = crate::read::Visibility::Hidden;
            book.sheets[7].other = Some("chartsheet".into());
            book.sheets[8].unreadable = Some("its part is missing".into());
        },
    );
    let why: Vec<String> = reading
        .sheets
        .iter()
        .map(|sheet| match &sheet.skipped {
            Some(Skipped::HeadingMissing { heading, .. }) => format!("{}: HeadingMissing {heading}", sheet.name),
            Some(why) => format!("{}: {why:?}", sheet.name),
            None => format!("{}: ledger", sheet.name),
        })
        .collect();
    assert_eq!(
        why,
        [
            "台账: ledger",
            "空: Empty",
            "填报说明: NotLedger",
            "缺任务: HeadingMissing A1:D1",
            "通讯录: NotLedger",
            "登记表: ledger",
            "隐藏: Hidden",
            "图表: NotLedger",
            "坏: Unreadable(\"its part is missing\")",
        ]
    );
}

#[test]
fn a_block_without_tasks_beside_a_ledger_is_kept() {
    let (division, reading) = file(
        "综合科.xlsx",
        "
任务编号 | 工作任务 | 完成情况
1-1 | | 已完成

序号 | 责任单位 | 完成情况 | 备注
1 | 综合科 | 已完成 | 另行开展
",
    );
    assert_eq!(records(&division, &reading), ["2 综合 1-1 code", "5 综合 - none"]);
}

#[test]
fn hidden_sheets_are_read_when_nothing_else_is_a_ledger() {
    let (_, reading) = file_with("综合科.xlsx", "任务编号 | 完成情况\n1-1 | 已完成\n", |book, _| {
        book.sheets[0].visibility = crate::read::Visibility::Hidden;
    });
    assert_eq!((reading.ledgers.len(), reading.sheets[0].hidden), (1, true));
}

#[test]
fn hidden_rows_that_are_left_out_are_no_rows_of_the_table() {
    let drawing = "任务编号 | 完成情况\n1-1 | 已完成\n1-2 | 已完成\n1-1 | 推进中\n\n\n说明：一式两份\n";
    let rows = |hidden_rows: bool, hidden: &[u32]| {
        let settings = Settings { hidden_rows, ..Settings::default() };
        let (_, reading) = file_under(&settings, "综合科.xlsx", drawing, |book, _| {
            book.sheets[0].hidden_rows = hidden.to_vec();
        });
        let ledger = &reading.ledgers[0];
        (ledger.rows_seen as usize - ledger.furniture.len() - ledger.rows_blank as usize, ledger.records.len())
    };
    assert_eq!(rows(true, &[2]), (3, 3));
    assert_eq!(rows(false, &[1]), (2, 2), "the first row of the table");
    assert_eq!(rows(false, &[3]), (2, 2), "the last one");
    assert_eq!(rows(false, &[0, 5, 40]), (3, 3), "the heading, and what lies below the table");
}

#[test]
fn a_form_of_ours_binds_without_guessing() {
    let (division, reading) = file_with(
        "新建表格.xlsx",
        "任务编号 | 工作任务 | 完成情况\n1-1 | 整治所辖楼宇和广场的广告牌，按比例投放公益广告 | 已完成\n",
        |book, _| {
            book.properties.insert(property::DIVISION.into(), "blake3:00".into());
            book.properties.insert(property::UNIT.into(), "综合管理科".into());
            book.properties.insert(property::WINDOW.into(), "2014-08".into());
        },
    );
    assert_eq!(records(&division, &reading), ["2 综合 1-1 stamp"]);
    assert_eq!(reading.window.map(|w| w.1), Some(WindowFrom::Stamp));
}

#[test]
fn a_sign_off_is_a_name_below_the_table() {
    let signed = |line: &str| {
        let drawing = format!("任务编号 | 工作任务 | 完成情况 | 备注\n1-1 | | 已完成 |\n{line}\n");
        file("综合科.xlsx", &drawing).1.ledgers[0].signed
    };
    assert!(signed("填表人：王某 | | 牵头领导签字：张某 |"));
    assert!(!signed("填表人：王某 | | 牵头领导签字： |"));
    assert!(signed("带班领导审核签字：分管副主任"));
}

#[test]
fn pictures_belong_to_their_row() {
    let (_, reading) = file_with(
        "综合科.xlsx",
        "任务编号 | 完成情况 | 佐证材料\n1-1 | 已完成 | DISPIMG(\"ID_1\",1)\n1-2 | 已完成 |\n",
        |book, _| {
            book.sheets[0].pictures = vec![(2, 2), (2, 2)];
        },
    );
    let records = &reading.ledgers[0].records;
    assert_eq!((records[0].pictures, records[1].pictures), (1, 2));
    assert_eq!(reading.texts.get(records[0].cells[2].text), "[图片]");
}

#[test]
fn a_file_that_was_refused_still_has_a_sender() {
    let division = crate::ledger::fixture::division();
    let settings = crate::basis::settings::Settings::default();
    let day = NaiveDate::from_ymd_opt(2014, 8, 31).expect("a day");
    let cx = Context {
        settings: &settings,
        division: &division,
        window: Window::containing(Cycle::Month, day),
        as_of: day.and_hms_opt(23, 0, 0).expect("a time"),
    };
    let source = Source {
        id: crate::basis::place::SourceId(1),
        name: "收件/综合科8月.xlsx".into(),
        hash: String::new(),
        received: cx.as_of,
        claim: None,
        size: 0,
    };
    let reading = understand(Err(Refusal::Encrypted), &source, &cx);
    assert_eq!(reading.unit.map(|u| division.unit(u.0).name.as_str()), Some("综合管理科"));
    assert_eq!(reading.window.map(|w| w.0.label()).as_deref(), Some("2014-08"));
    assert_eq!(understand(Ok(empty()), &source, &cx).ledgers.len(), 0);
}

#[test]
fn who_states_a_unit() {
    let place = |sheet: u16| UnitFrom::Sheet(Place::cell(crate::basis::place::SourceId(1), sheet, 0, 0));
    let unit = |from| Some((UnitId(0), from));
    assert!(super::is_stated(unit(place(2)), 2) && !super::is_stated(unit(place(1)), 2));
    assert!(super::is_stated(unit(UnitFrom::Register), 2) && super::is_stated(unit(UnitFrom::Ruling(3)), 2));
    for from in [UnitFrom::Stamp, UnitFrom::FileName, UnitFrom::Folder] {
        assert!(!super::is_stated(unit(from), 2), "{from:?}");
    }
    assert!(!super::is_stated(None, 2));
}

/// The values of the third column of a ledger and which of its cells repeat.
fn third(drawing: &str) -> Vec<String> {
    let (_, reading) = file("综合科.xlsx", drawing);
    let ledger = &reading.ledgers[0];
    let cell = |record: &crate::ledger::Record| {
        format!("{}{}", reading.texts.get(record.cells[2].text), if record.repeats(2) { "*" } else { "" })
    };
    ledger.records.iter().map(cell).collect()
}

#[test]
fn merged_cells_and_the_same_as_above() {
    const A: &str = "组织志愿服务 | 综合科";
    for (rows, seen) in [
        (format!("{A} | 甲\n{A} | ^\n{A} | 乙"), &["甲", "甲*", "乙"][..]),
        (format!("{A} | 甲\n{A} | 同上\n{A} | 同上"), &["甲", "甲*", "甲*"]),
        (format!("{A} | 同上\n{A} | 甲"), &["同上", "甲"]),
        (format!("{A} | 甲\n{A} | -〃-\n{A} | — 〃 —"), &["甲", "甲*", "甲*"]),
        (format!("{A} | 甲\n{A} | —\n{A} | 当天"), &["甲", "—", "当天"]),
        (format!("{A} | 甲\n{A} | ^\n{A} | 丙\n{A} | ^"), &["甲", "甲*", "丙", "丙*"]),
    ] {
        assert_eq!(
            third(&format!(
                "工作任务 | 责任单位 | 备注 | 完成情况\n{}",
                rows.replace('\n', " | 已完成\n") + " | 已完成"
            )),
            seen,
            "{rows}"
        );
    }
}

#[test]
fn the_same_day_as_above() {
    let of = |heading: &str, word: &str| {
        third(&format!(
            "任务编号 | 工作任务 | {heading} | 完成情况\n1-1 | | 8月5日 | 已完成\n1-2 | | {word} | 已完成\n"
        ))
    };
    for word in ["同日", "当日", "当天", "同一天"] {
        assert_eq!(of("日期", word), ["8月5日", "8月5日*"], "{word}");
        assert_eq!(of("完成时限", word), ["8月5日", word], "{word}");
    }
    assert_eq!(of("日期", "同月"), ["8月5日", "同月"]);
}

#[test]
fn small_pictures_of_records_are_kept() {
    let image = |row: u32| crate::read::Image { row, col: 2, bytes: vec![row as u8] };
    let of = |pictures: bool| {
        let settings = Settings { pictures, ..Settings::default() };
        let drawing = "\n=== 一\n任务编号 | 工作任务 | 完成情况\n1-1 | | 已完成\n1-2 | | 已完成\n=== 二\n任务编号 | 工作任务 | 完成情况\n2-1 | | 已完成\n";
        let (_, reading) = file_under(&settings, "综合科.xlsx", drawing, |book, _| {
            book.sheets[0].images = vec![image(0), image(2), image(9)];
            book.sheets[1].images = vec![image(1), image(2)];
        });
        reading.pictures.iter().map(|picture| (picture.sheet, picture.row)).collect::<Vec<_>>()
    };
    assert_eq!((of(true), of(false)), (vec![(0, 2), (1, 1)], vec![]));
}

#[test]
fn the_displayed_text_of_numbers() {
    let (_, reading) = file(
        "综合科.xlsx",
        "工作任务 | 完成情况 | 备注\n组织志愿服务 | 100% | 3\n组织志愿服务 | 85% | 3.5\n组织志愿服务 | 200% | -4\n组织志愿服务 | 已完成 | ' 甲 \n",
    );
    let texts: Vec<&str> = reading.ledgers[0]
        .records
        .iter()
        .flat_map(|record| record.cells[1..3].iter().map(|cell| reading.texts.get(cell.text)))
        .collect();
    assert_eq!(texts, ["100%", "3", "85%", "3.5", "200%", "-4", "已完成", "甲"]);
}

#[test]
fn the_same_text_under_columns_of_other_measures() {
    let (_, reading) = file(
        "综合科.xlsx",
        "工作任务 | 完成情况 | 亮灯率 | 亮灯率(%) | 投资(万元) | 投资(元)\n组织志愿服务 | 已完成 | '5 | '5 | '5 | '5\n组织志愿服务 | 已完成 | '5 | '5 | '5 | '5\n",
    );
    let values = |record: &crate::ledger::Record| {
        let value = |cell: &crate::ledger::Cell| {
            let value = cell.value;
            format!("{value:?}")
        };
        record.cells[2..].iter().map(value).collect::<Vec<_>>().join(" ")
    };
    let values: Vec<String> = reading.ledgers[0].records.iter().map(values).collect();
    assert_eq!(values[0], values[1]);
}

#[test]
fn minutes_are_hours_only_where_hours_are_wanted() {
    let number = |heading: &str, cell: &str| {
        let drawing = format!("工作任务 | 完成情况 | {heading}\n组织志愿服务 | 已完成 | {cell}\n");
        file("综合科.xlsx", &drawing).1.ledgers[0].records[0].cells[2].value.number()
    };
    for (heading, cell, seen) in [
        ("时长", "30分钟", 0.5),
        ("时长（小时）", "30分钟", 0.5),
        ("时长（分钟）", "30分钟", 30.0),
        ("时长", "3小时", 3.0),
        ("数量", "30分钟", 30.0),
        ("数量（学时）", "30分钟", 0.5),
    ] {
        assert_eq!(number(heading, cell), Some(seen), "{heading}: {cell}");
    }
}

#[test]
fn why_nothing_is_read_from_a_sheet() {
    let skipped = |name: &str, drawing: &str| {
        let (_, reading) = file("综合科.xlsx", &format!("\n=== {name}\n{drawing}"));
        let why = reading.sheets[0].skipped.as_ref().map_or("read".to_owned(), |why| format!("{why:?}"));
        why.split([' ', '(']).next().unwrap_or_default().to_owned()
    };
    let telling = "序号 | 完成情况 | 某某\n1 | 已完成 | 甲某\n2 | 已完成 | 乙某";
    let list = "姓名 | 联系电话 | 数量\n甲某 | 123 | 4\n乙某 | 456 | 5";
    for (name, drawing, why) in [
        ("台账", "工作任务 | 完成情况\n组织志愿服务 | 已完成", "read"),
        ("台账", telling, "HeadingMissing"),
        ("填表说明", telling, "HeadingMissing"),
        ("台账", list, "HeadingMissing"),
        ("填表说明", list, "NotLedger"),
        ("台账", "姓名 | 联系电话\n甲某 | 123\n乙某 | 456", "NotLedger"),
        ("台账", "本月零报告", "NilReport"),
        ("填表说明", "本月零报告", "NotLedger"),
        ("台账", "随便一句话", "NoHeading"),
        ("填表说明", "随便一句话", "NotLedger"),
        ("台账", "", "Empty"),
    ] {
        assert_eq!(skipped(name, drawing), why, "{name}: {drawing}");
    }
}
