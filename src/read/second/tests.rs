//! Whole small files, read by both readers.

use super::*;
use crate::basis::place::Area;
use crate::read::docx::fixture::zip;
use crate::read::tests::xlsx;
use crate::read::xls::fixture::{compound, label97, record, xls};
use crate::read::{Sheet, read};

/// A file and its first reading.
fn first(bytes: &[u8]) -> Workbook {
    read(bytes, "a.xlsx").expect("read")
}

fn region(rows: &[u32], cols: (u32, u32)) -> Region {
    Region { sheet: 0, rows: rows.to_vec(), cols }
}

/// The differing cells, and how many agree.
fn counted(again: &SecondReading) -> (u32, Vec<String>) {
    assert_eq!(again.silent, None);
    (again.agreed, again.differing.iter().map(|one| Area::cell(one.row, one.col).to_string()).collect())
}

#[test]
fn the_cells_of_the_regions_are_compared() {
    let row = |row: u32| {
        let cells = ["A", "B", "C", "D"].map(|col| format!("<c r='{col}{row}'><v>{row}</v></c>")).concat();
        format!("<row r='{row}'>{cells}</row>")
    };
    let rows = [1, 2, 3, 4].map(row).concat();
    let bytes = xlsx(&[&format!("<sheetData>{rows}</sheetData>")], "", &[]);
    let mut book = first(&bytes);
    assert_eq!(counted(&read_again(&bytes, &book, &[region(&[1, 2], (1, 2))])), (4, vec![]));
    for row in &mut book.sheets[0].grid.rows {
        row.cells[1].1 = Raw::Number { value: 77.0, percent: false };
    }
    assert_eq!(counted(&read_again(&bytes, &book, &[region(&[1, 2], (1, 2))])), (2, vec!["B2".into(), "B3".into()]));
    let two = [region(&[0], (0, 0)), region(&[3], (1, 1))];
    assert_eq!(counted(&read_again(&bytes, &book, &two)), (1, vec!["B4".into()]));
    assert_eq!(counted(&read_again(&bytes, &book, &[Region { sheet: 7, ..region(&[0], (0, 0)) }])), (0, vec![]));
}

#[test]
fn a_merged_region_is_compared_at_its_first_cell() {
    let bytes = xlsx(&["<sheetData><row r='1'><c r='A1'><v>1</v></c></row></sheetData>"], "", &[]);
    let compared = |merge: Area, rows: &[u32], cols: (u32, u32)| {
        let mut book = first(&bytes);
        book.sheets[0].merges = vec![merge];
        counted(&read_again(&bytes, &book, &[region(rows, cols)])).0
    };
    let merge = Area { top: 0, left: 0, bottom: 2, right: 2 };
    for (rows, cols, seen) in
        [(&[2, 5][..], (2, 5), 1), (&[2], (1, 1), 1), (&[3, 5], (2, 5), 0), (&[2, 5], (3, 5), 0), (&[1], (1, 2), 1)]
    {
        assert_eq!(compared(merge, rows, cols), seen, "{rows:?} {cols:?}");
    }
    // Its first cell begins just where the region ends, below it, or right of it.
    for (top, left, rows, cols) in [(0, 0, (0, 0), (0, 0)), (1, 0, (0, 0), (0, 0)), (0, 1, (0, 0), (0, 0))] {
        let merge = Area { top, left, bottom: top + 1, right: left + 1 };
        let sheet =
            format!("<sheetData><row r='{}'><c r='{}'><v>1</v></c></row></sheetData>", top + 1, Area::cell(top, left));
        let bytes = xlsx(&[&sheet], "", &[]);
        let book = first(&bytes);
        let book = Workbook { sheets: vec![Sheet { merges: vec![merge], ..book.sheets[0].clone() }], ..book };
        let again = read_again(&bytes, &book, &[region(&[rows.0], cols)]);
        assert_eq!(counted(&again).0, u32::from((top, left) == (0, 0)), "{merge}");
    }
}

#[test]
fn sheets_of_one_name_are_read_once() {
    let sheet = |value: u32| {
        format!("<sheetData><row r='1'><c r='A1'><v>{value}</v></c><c r='B1'><v>2</v></c></row></sheetData>")
    };
    let bytes = xlsx(&[&sheet(1), &sheet(2)], "", &[]);
    let mut book = first(&bytes);
    book.sheets[1].name = "另一个".into();
    let both = [region(&[0], (0, 1)), Region { sheet: 1, ..region(&[0], (0, 1)) }];
    let again = read_again(&bytes, &book, &both);
    assert_eq!((again.agreed, again.excused.get(&Excuse::SheetNameRepeated)), (2, Some(&2)));
}

#[test]
fn known_errors_of_the_library_are_counted() {
    let values =
        "<sheetData><row r='1'><c r='A1'><v><![CDATA[5]]></v></c><c r='B1'><v><![CDATA[6]]></v></c></row></sheetData>";
    let bytes = xlsx(&[values], "", &[]);
    let again = read_again(&bytes, &first(&bytes), &[region(&[0], (0, 1))]);
    assert_eq!((again.agreed, again.excused.get(&Excuse::PiecedValue)), (0, Some(&2)), "{again:?}");
}

#[test]
fn values_in_pieces_are_looked_for_in_sheets() {
    for (path, part, seen) in [
        ("xl/worksheets/sheet1.xml", "<v><![CDATA[5]]></v>", true),
        ("xl/worksheets/Sheet1.xml", "<v>5<!-- 五 --></v>", true),
        ("xl/worksheets/sheet1.xml", "<v>5</v>", false),
        ("xl/styles.xml", "<!-- 五 -->", false),
    ] {
        assert_eq!(library::has_pieced_values(&zip(&[(path, part.as_bytes())])), seen, "{path} {part}");
    }
    assert!(!library::has_pieced_values(b"<![CDATA[5]]>"));
}

#[test]
fn excel_97_is_told_by_the_beginning_of_its_stream() {
    let stream = |version: [u8; 2]| record(0x0809, &[&version[..], &[5, 0]].concat());
    for (path, bytes, seen) in [
        ("/Workbook", stream([0, 6]), true),
        ("/Workbook", stream([0, 5]), false),
        ("/Book", stream([0, 6]), false),
        ("/Workbook", stream([0, 6])[..5].to_vec(), false),
    ] {
        assert_eq!(library::is_excel_97(&compound(&[(path, &bytes)])), seen, "{path} {bytes:?}");
    }
    assert!(!library::is_excel_97(b"PK"));
}

#[test]
fn xls_and_ods_are_compared_too() {
    let bytes = xls(&[label97(0, 0, 0), label97(0, 1, 1)]);
    let book = read(&bytes, "a.xls").expect("read");
    assert_eq!(counted(&read_again(&bytes, &book, &[region(&[0], (0, 2))])), (2, vec![]));
    let content = "<office:document-content xmlns:office='urn:oasis:names:tc:opendocument:xmlns:office:1.0' xmlns:table='urn:oasis:names:tc:opendocument:xmlns:table:1.0' xmlns:text='urn:oasis:names:tc:opendocument:xmlns:text:1.0'><office:body><office:spreadsheet><table:table table:name='甲'><table:table-row><table:table-cell office:value-type='string'><text:p>乙</text:p></table:table-cell></table:table-row></table:table></office:spreadsheet></office:body></office:document-content>";
    let manifest = "<manifest:manifest xmlns:manifest='urn:oasis:names:tc:opendocument:xmlns:manifest:1.0'/>";
    let bytes = zip(&[
        ("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"),
        ("META-INF/manifest.xml", manifest.as_bytes()),
        ("content.xml", content.as_bytes()),
    ]);
    let book = read(&bytes, "a.ods").expect("read");
    assert_eq!(counted(&read_again(&bytes, &book, &[region(&[0], (0, 0))])), (1, vec![]));
    let csv = read(b"a,b\nc,d", "a.csv").expect("read");
    assert!(!knows(csv.format) && knows(Format::Xls));
}

#[test]
fn a_file_that_the_library_refuses_has_no_result() {
    let good = xlsx(&["<sheetData><row r='1'><c r='A1'><v>1</v></c></row></sheetData>"], "", &[]);
    let again = read_again(b"PK", &first(&good), &[region(&[0], (0, 0))]);
    assert!(again.silent.is_some() && again.agreed == 0);
}
