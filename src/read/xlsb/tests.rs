use std::io::Write;

use super::*;
use zip::write::{SimpleFileOptions, ZipWriter};

fn record(kind: u16, body: &[u8]) -> Vec<u8> {
    let kind = if kind < 128 { vec![kind as u8] } else { vec![(kind & 0x7F) as u8 | 0x80, (kind >> 7) as u8] };
    [&kind[..], &[body.len() as u8], body].concat()
}

fn text(text: &str) -> Vec<u8> {
    let units: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    [&(units.len() as u32 / 2).to_le_bytes()[..], &units].concat()
}

fn cell(kind: u16, col: u32, style: u32, value: &[u8]) -> Vec<u8> {
    record(kind, &[&col.to_le_bytes()[..], &style.to_le_bytes(), value].concat())
}

fn row(row: u32, hidden: bool) -> Vec<u8> {
    record(0, &[&row.to_le_bytes()[..], &[0; 7], &[u8::from(hidden) * 0x10], &[0; 5]].concat())
}

#[test]
fn records_become_cells() {
    let sheet = [
        record(129, &[]),
        row(1, true),
        cell(7, 0, 0, &1u32.to_le_bytes()),
        cell(7, 1, 0, &9u32.to_le_bytes()),
        cell(5, 2, 1, &0.85f64.to_le_bytes()),
        cell(2, 3, 2, &((41866u32 << 2) | 2).to_le_bytes()),
        cell(3, 4, 0, &[0x2A]),
        cell(8, 5, 0, &text("公式")),
        record(176, &[1u32, 2, 0, 3].map(u32::to_le_bytes).concat()),
        record(550, &text("rId9")),
        record(130, &[]),
    ];
    let bundle = [&[1, 0, 0, 0, 1, 0, 0, 0][..], &text("rId1"), &text("台账")].concat();
    let parts = [
        ("xl/workbook.bin", record(156, &bundle)),
        ("xl/_rels/workbook.bin.rels", b"<Relationships><Relationship Id='rId1' Type='x/worksheet' Target='worksheets/sheet1.bin'/><Relationship Id='a' Type='x/sharedStrings' Target='s.bin'/><Relationship Id='b' Type='x/styles' Target='t.bin'/></Relationships>".to_vec()),
        ("xl/worksheets/sheet1.bin", sheet.concat()),
        ("xl/worksheets/_rels/sheet1.bin.rels", b"<Relationships><Relationship Id='rId9' Type='x/drawing' Target='../d.xml'/></Relationships>".to_vec()),
        ("xl/d.xml", b"<wsDr><twoCellAnchor><from><col>6</col><row>1</row></from><pic><blip r:embed='r'/></pic></twoCellAnchor></wsDr>".to_vec()),
        ("xl/s.bin", [record(19, &[&[0][..], &text("甲")].concat()), record(19, &[&[0][..], &text("乙")].concat())].concat()),
        ("xl/t.bin", [record(617, &[]), record(47, &[0, 0, 0, 0]), record(47, &[0, 0, 9, 0]), record(47, &[0, 0, 14, 0])].concat()),
    ];
    let mut zip = ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, part) in parts {
        zip.start_file(name, SimpleFileOptions::default()).expect("entry");
        zip.write_all(&part).expect("written");
    }
    let book = read(&zip.finish().expect("finished").into_inner()).expect("read");
    let sheet = &book.sheets[0];
    let shown: Vec<String> = sheet.grid.rows[0]
        .cells
        .iter()
        .map(|&(col, raw)| match raw {
            Raw::Text(text) | Raw::Fault(text) => format!("{col}={}", book.texts.get(text)),
            Raw::Date(moment) => format!("{col}={moment}"),
            Raw::Number { value, percent: true } => format!("{col}={value}%"),
            other => format!("{col}={other:?}"),
        })
        .collect();
    assert_eq!(shown, ["0=乙", "2=0.85%", "3=2014-08-15 00:00:00", "4=#N/A", "5=公式"]);
    assert_eq!((sheet.name.as_str(), sheet.visibility), ("台账", Visibility::Hidden));
    assert_eq!((sheet.grid.rows[0].index, &sheet.hidden_rows[..]), (1, &[1][..]));
    assert_eq!(sheet.pictures, [(1, 6)]);
    assert_eq!(sheet.merges, [Area { top: 1, left: 0, bottom: 2, right: 3 }]);
    assert_eq!(book.notices.len(), 1, "the text that is not there is told");
}

/// A workbook of one sheet: records before its list of sheets, of its sheet, and of its styles.
fn book(globals: &[Vec<u8>], sheet: &[Vec<u8>], styles: &[Vec<u8>]) -> Workbook {
    let bundle = [&[0; 8][..], &text("rId1"), &text("台账")].concat();
    let relations = b"<Relationships><Relationship Id='rId1' Type='x/worksheet' Target='worksheets/sheet1.bin'/><Relationship Id='b' Type='x/styles' Target='t.bin'/></Relationships>";
    let bytes = crate::read::docx::fixture::zip(&[
        ("xl/workbook.bin", &[globals.concat(), record(156, &bundle)].concat()),
        ("xl/_rels/workbook.bin.rels", relations),
        ("xl/worksheets/sheet1.bin", &sheet.concat()),
        ("xl/t.bin", &styles.concat()),
    ]);
    read(&bytes).expect("read")
}

/// The first row of a sheet of these cells, under the styles general, `0.00%` (its own) and a date.
fn cells(globals: &[Vec<u8>], cells: &[Vec<u8>]) -> Vec<String> {
    let own = record(44, &[&[176, 0][..], &text("0.00%")].concat());
    let style = |id: u8| record(47, &[0, 0, id, 0]);
    let styles = [own, style(9), record(617, &[]), style(0), style(176), style(14), record(618, &[]), style(9)];
    let sheet = [&[row(0, false)], cells, &[record(130, &[])]].concat();
    let book = book(globals, &sheet, &styles);
    assert_eq!((book.notices.len(), book.sheets[0].visibility), (0, Visibility::Visible));
    let value = |&(col, raw): &(u32, Raw)| match raw {
        Raw::Text(text) => format!("{col}={}", book.texts.get(text)),
        Raw::Date(moment) => format!("{col}={}", moment.date()),
        Raw::Number { value, percent } => format!("{col}={value}{}", if percent { "%" } else { "" }),
        other => format!("{col}={other:?}"),
    };
    book.sheets[0].grid.rows.iter().flat_map(|row| row.cells.iter().map(value)).collect()
}

#[test]
fn dates_shown_without_their_day_are_known() {
    let style = |id: u8| record(47, &[0, 0, id, 0]);
    let day = |col, style| cell(5, col, style, &41_866f64.to_le_bytes());
    let sheet = [row(0, false), day(0, 0), day(1, 1), record(130, &[])];
    let book = book(&[], &sheet, &[record(617, &[]), style(57), style(14), record(618, &[])]);
    assert_eq!(book.sheets[0].dayless, [(0, 0, crate::read::Dayless::Month)]);
}

#[test]
fn styles_of_cells_and_the_year_from_which_days_count() {
    let day = |col| cell(5, col, 2, &100.0f64.to_le_bytes());
    let from = |flags: u32| cells(&[record(153, &flags.to_le_bytes())], &[day(0)]);
    assert_eq!(from(1), ["0=1904-04-10"]);
    assert_eq!(from(3), ["0=1904-04-10"]);
    assert_eq!((from(0), from(2)), (vec!["0=1900-04-09".to_owned()], vec!["0=1900-04-09".to_owned()]));
    let number = |col, style| cell(5, col, style, &0.5f64.to_le_bytes());
    assert_eq!(
        cells(&[], &[number(0, 0), number(1, 1), number(2, 3), number(3, 0x0100_0001)]),
        ["0=0.5", "1=0.5%", "2=0.5", "3=0.5%"],
        "the last byte is none of its number, and styles end with their list"
    );
}

#[test]
fn truth_text_and_results_of_formulas() {
    assert_eq!(
        cells(
            &[],
            &[
                cell(4, 0, 0, &[1]),
                cell(10, 1, 0, &[0]),
                cell(6, 2, 0, &text("甲")),
                cell(62, 3, 0, &[&[0][..], &text("乙")].concat()),
                cell(9, 4, 0, &2.0f64.to_le_bytes()),
                cell(1, 5, 0, &[]),
                cell(6, 6, 0, &u32::MAX.to_le_bytes()),
            ]
        ),
        ["0=Truth(true)", "1=Truth(false)", "2=甲", "3=乙", "4=2"]
    );
}

#[test]
fn what_is_wrong_with_a_sheet_is_told() {
    let told = |sheet: &[Vec<u8>]| {
        let book = book(&[], sheet, &[]);
        let what = |notice: &crate::read::Notice| match notice {
            crate::read::Notice::BadCell { what, .. } => what.clone(),
            other => format!("{other:?}"),
        };
        (book.notices.iter().map(what).collect::<Vec<_>>(), book.sheets[0].merges.len())
    };
    let (end, short) = (record(130, &[]), cell(5, 0, 0, &[1, 2, 3]));
    assert_eq!(told(std::slice::from_ref(&end)), (vec![], 0));
    assert_eq!(told(&[short.clone(), end.clone()]).0, ["1 records are too short"]);
    assert_eq!(told(&[short.clone(), short, end.clone()]).0, ["2 records are too short"]);
    assert_eq!(told(&[row(0, false)]).0, ["the sheet ends in the middle"]);
    assert_eq!(told(&[end.clone(), vec![5, 20, 0]]).0.len(), 0, "a record that is cut ends the part");
    let merge = |corners: [u32; 4]| record(176, &corners.map(u32::to_le_bytes).concat());
    for (corners, count) in [([1, 1, 2, 2], 1), ([2, 1, 2, 2], 0), ([1, 2, 3, 2], 0), ([1, 2, 2, 3], 1)] {
        assert_eq!(told(&[merge(corners), end.clone()]), (vec![], count), "{corners:?}");
    }
}

#[test]
fn hidden_rows_within_the_grid() {
    let hidden = |rows: &[Vec<u8>]| book(&[], &[rows, &[record(130, &[])]].concat(), &[]).sheets[0].hidden_rows.clone();
    assert_eq!(hidden(&[row(MAX_ROWS - 1, true), row(3, true), row(4, false), row(3, true)]), [3, MAX_ROWS - 1]);
    assert!(hidden(&[row(MAX_ROWS, true)]).is_empty());
}

#[test]
fn numbers_of_records_take_one_byte_or_more() {
    for (bytes, two, four) in [
        (&[0x7F, 9][..], 0x7F, 0x7F),
        (&[0x80, 0x01], 0x80, 0x80),
        (&[0xFF, 0x7F], 0x3FFF, 0x3FFF),
        (&[0x81, 0x82, 0x01], 0x101, 0x4101),
        (&[0x81, 0x80, 0x80, 0x82], 1, 1 + (2 << 21)),
    ] {
        let mut part = bytes;
        assert_eq!(variable::<2>(&mut part).ok(), Some(two), "{bytes:?}");
        let mut part = bytes;
        assert_eq!(variable::<4>(&mut part).ok(), Some(four), "{bytes:?}");
    }
    assert!(variable::<2>(&mut &b"\x80"[..]).is_err());
}

#[test]
fn texts_are_as_long_as_they_say() {
    let of = |bytes: &[u8]| Body(bytes).text();
    assert_eq!(of(&text("甲乙")), Some("甲乙".into()));
    assert_eq!((of(&u32::MAX.to_le_bytes()), of(&[2, 0, 0, 0, 0x32, 0x75])), (Some(String::new()), None));
    assert_eq!((of(&[0, 0, 0, 0]), of(&[0, 0, 0])), (Some(String::new()), None));
}
