//! Ordinary workbooks come out of the reader as they went in.

use chrono::NaiveDate;
use rust_xlsxwriter::{DocProperties, Format, Workbook};
use taizhang::basis::place::Area;
use taizhang::read::{self, Notice, Raw, Visibility};

#[test]
fn an_xlsx_keeps_its_cells_where_they_stand() {
    let mut book = Workbook::new();
    book.set_properties(&DocProperties::new().set_custom_property("taizhang", "综合科|2014-08"));
    let sheet = book.add_worksheet();
    let (date, percent) = (Format::new().set_num_format("yyyy/m/d"), Format::new().set_num_format("0%"));
    sheet.set_name("台账").expect("name");
    sheet.merge_range(0, 0, 0, 3, "工作台账", &Format::new()).expect("merge");
    sheet.write(3, 1, "广告整治 ").expect("text");
    sheet.write(3, 2, 12.5).expect("number");
    sheet.write_with_format(4, 1, 41_866, &date).expect("date");
    sheet.write_with_format(4, 2, 0.85, &percent).expect("percent");
    sheet.write(4, 3, true).expect("truth");
    book.add_worksheet().set_name("字典").expect("name").set_hidden(true);
    let book = read::read(&book.save_to_buffer().expect("saved"), "a.xlsx").expect("read");

    let grid = &book.sheets[0].grid;
    let text = |raw: Raw| match raw {
        Raw::Text(text) => book.texts.get(text).to_string(),
        other => format!("{other:?}"),
    };
    assert_eq!(text(grid.get(0, 0)), "工作台账");
    assert_eq!(text(grid.get(3, 1)), "广告整治 ", "raw, not trimmed");
    assert_eq!(grid.get(3, 2), Raw::Number { value: 12.5, percent: false });
    assert_eq!(grid.get(4, 2), Raw::Number { value: 0.85, percent: true });
    assert_eq!(grid.get(4, 3), Raw::Truth(true));
    let day = NaiveDate::from_ymd_opt(2014, 8, 15).and_then(|day| day.and_hms_opt(0, 0, 0)).expect("day");
    assert_eq!(grid.get(4, 1), Raw::Date(day));
    assert_eq!(book.sheets[0].merges, [Area { top: 0, left: 0, bottom: 0, right: 3 }]);
    assert_eq!(book.sheets[1].visibility, Visibility::Hidden);
    assert_eq!(book.properties.get("taizhang").map(String::as_str), Some("综合科|2014-08"));
    assert!(book.notices.is_empty());
}

#[test]
fn the_content_decides_and_says_so() {
    let mut book = Workbook::new();
    book.add_worksheet().write(0, 0, "x").expect("text");
    let book = read::read(&book.save_to_buffer().expect("saved"), "收件/a.xls").expect("read");
    assert_eq!(book.notices, [Notice::ContentNotExtension("xls".into())]);
}
