//! Excel 97–2003 files that mislead, overrun or break off.

use super::build::{biff, compound, label97, record, strings97, text97, xls};
use super::seen;

fn number97(row: u16, col: u16, style: u16, value: f64) -> Vec<u8> {
    record(0x0203, &[&row.to_le_bytes()[..], &col.to_le_bytes(), &style.to_le_bytes(), &value.to_le_bytes()].concat())
}

#[test]
fn ordinary_cells_are_read() {
    let cells = [label97(0, 0, 1), number97(2, 1, 0, 12.5), record(0x0205, &[3, 0, 0, 0, 0, 0, 0x2A, 1])];
    assert_eq!(seen(&xls(&cells), "a.xls"), "A1=乙 B3=12.5 A4=fault #N/A");
    assert_eq!(seen(&xls(&cells), "a.et"), "A1=乙 B3=12.5 A4=fault #N/A");
    assert_eq!(seen(&xls(&cells), "a.xlsx"), "A1=乙 B3=12.5 A4=fault #N/A !not xlsx");
}

#[test]
fn a_foreign_code_page_does_not_spoil_unicode_texts() {
    let page = record(0x0042, &936u16.to_le_bytes());
    let stream = biff(&[page, strings97(&["市容科"])], &[label97(0, 0, 0)], 0);
    assert_eq!(seen(&compound(&[("/Workbook", &stream)]), "a.xls"), "A1=市容科");
}

#[test]
fn days_percentages_hidden_rows_and_merges_come_out() {
    let xf = |format: u8| record(0x00E0, &[0, 0, format, 0]);
    let row = |row: u16, hidden: u16| {
        record(0x0208, &[&row.to_le_bytes()[..], &[0; 10], &(hidden * 0x20).to_le_bytes()].concat())
    };
    let stream = biff(
        &[xf(0), xf(14), xf(9), xf(57)],
        &[row(0, 0), row(1, 1), number97(0, 0, 1, 41866.0), number97(1, 0, 2, 0.85), number97(2, 0, 3, 41866.5)],
        0,
    );
    let file = compound(&[("/Workbook", &stream)]);
    assert_eq!(seen(&file, "a.xls"), "A1=2014-08-15 00:00:00 A2=0.85% A3=2014-08-15 12:00:00 hidden 2");
}

#[test]
fn a_cell_with_a_bad_text_number_is_told() {
    assert_eq!(seen(&xls(&[label97(0, 0, 0), label97(1, 0, 99)]), "a.xls"), "A1=甲 !bad A2");
}

#[test]
fn formulas_keep_their_texts() {
    let formula = record(0x0006, &[&[0; 6][..], &[0, 0, 0, 0, 0, 0, 0xFF, 0xFF], &[0; 8]].concat());
    assert_eq!(seen(&xls(&[formula, record(0x0207, &text97("完成"))]), "a.xls"), "A1=完成");
}

#[test]
fn declared_sizes_are_not_believed() {
    let reversed = record(0x0200, &[0xFF, 0xFF, 0xFF, 0xFF, 0, 0, 0, 0, 0xFF, 0xFF, 0, 0, 0, 0]);
    assert_eq!(seen(&xls(&[reversed, label97(0, 0, 0)]), "a.xls"), "A1=甲");
    let count = record(0x00FC, &[0xFF, 0xFF, 0xFF, 0x7F, 0xFF, 0xFF, 0xFF, 0x7F, 0xFF, 0xFF, 1]);
    let stream = biff(&[count], &[number97(0, 0, 0, 1.0)], 0);
    assert_eq!(seen(&compound(&[("/Workbook", &stream)]), "a.xls"), "A1=1");
}

#[test]
fn a_sheet_that_is_not_where_it_should_be_is_unreadable() {
    for off in [4, 1_000_000, 0x7FFF_0000] {
        let stream = biff(&[], &[number97(0, 0, 0, 1.0)], off);
        assert_eq!(seen(&compound(&[("/Workbook", &stream)]), "a.xls"), "unreadable", "off by {off}");
    }
}

#[test]
fn a_stream_that_breaks_off_keeps_what_came_before_and_says_so() {
    let stream = biff(&[], &[number97(0, 0, 0, 1.0), number97(1, 0, 0, 2.0)], 0);
    let cut = &stream[..stream.len() - 12];
    assert_eq!(seen(&compound(&[("/Workbook", cut)]), "a.xls"), "A1=1 !bad");
    assert_eq!(seen(&compound(&[("/Workbook", &stream[..30])]), "a.xls"), "damaged");
    let short = [record(0x0203, &[1, 0]), number97(1, 0, 0, 2.0)];
    assert_eq!(seen(&xls(&short), "a.xls"), "A2=2 !bad");
}

#[test]
fn passwords_are_told_in_every_kind_of_container() {
    let stream = biff(&[record(0x002F, &[1, 0, 1, 0, 1, 0])], &[], 0);
    assert_eq!(seen(&compound(&[("/Workbook", &stream)]), "a.xls"), "encrypted");
    assert_eq!(seen(&compound(&[("/Workbook", &stream)]), "a.et"), "encrypted");
    let package = compound(&[("/EncryptionInfo", b"x"), ("/EncryptedPackage", b"x")]);
    assert_eq!(seen(&package, "a.xlsx"), "encrypted");
}

#[test]
fn an_embedded_workbook_is_not_read_for_the_real_one() {
    let (inner, outer) = (biff(&[], &[number97(0, 0, 0, 1.0)], 0), biff(&[], &[number97(0, 0, 0, 2.0)], 0));
    let file = compound(&[("/MBD001/Workbook", &inner), ("/Workbook", &outer)]);
    assert_eq!(seen(&file, "a.xls"), "A1=2");
    let document = compound(&[("/ObjectPool/_1/Workbook", &inner), ("/WordDocument", b"x")]);
    assert_eq!(seen(&document, "a.xls"), "not a table: doc");
}

#[test]
fn sector_chains_that_bite_their_tail_end() {
    let whole = xls(&[label97(0, 0, 0)]);
    // every number of the table of sectors in turn points to the one before it
    for at in (512..whole.len().min(8192)).step_by(4) {
        let mut file = whole.clone();
        let back = ((at - 512) / 4).saturating_sub(1) as u32;
        file[at..at + 4].copy_from_slice(&back.to_le_bytes());
        seen(&file, "a.xls");
    }
}

#[test]
fn any_byte_may_be_wrong() {
    let whole = xls(&[label97(0, 0, 0), number97(1, 1, 0, 2.0)]);
    for at in (0..whole.len()).step_by(23) {
        for value in [0x00, 0x7F, 0xFF] {
            let mut file = whole.clone();
            file[at] = value;
            seen(&file, "a.xls");
        }
    }
}

#[test]
fn garbled_texts_are_told() {
    let texts: Vec<String> = (0..50).map(|n| format!("\u{92}\u{81}{n}")).collect();
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    let stream = biff(&[strings97(&texts)], &[label97(0, 0, 0)], 0);
    assert!(seen(&compound(&[("/Workbook", &stream)]), "a.xls").ends_with("!garbled 50 of 50"));
}

#[test]
fn an_excel_95_file_that_names_no_code_page_says_so() {
    // A text cell of Excel 95: its bytes in the code page of the workbook.
    let label = |bytes: &[u8]| record(0x0204, &[&[0; 6][..], &(bytes.len() as u16).to_le_bytes(), bytes].concat());
    let of = |globals: &[Vec<u8>], text: &[u8]| {
        let mut stream = biff(globals, &[label(text)], 0);
        // The version in each BOF record, and the sheet's name without the byte that says how wide its characters are.
        for at in 0..stream.len() - 6 {
            if stream[at..at + 6] == [9, 8, 16, 0, 0, 6] {
                stream[at + 5] = 5;
            }
        }
        let name = stream.windows(8).position(|eight| eight == [0, 0, 2, 1, 0xF0, 0x53, 0x26, 0x8D]).expect("a sheet");
        stream[name..name + 8].copy_from_slice(&[0, 0, 5, b'S', b'h', b'e', b'e', b't']);
        seen(&compound(&[("/Book", &stream)]), "a.xls")
    };
    let gbk = encoding_rs::GBK.encode("完成").0.into_owned();
    let page = |page: u16| record(0x0042, &page.to_le_bytes());
    assert_eq!(of(&[page(936)], &gbk), "A1=完成");
    assert_eq!(of(&[], &gbk), "A1=完成 !encoding GBK?");
    assert_eq!(of(&[page(9)], &gbk), "A1=完成 !encoding GBK?");
    assert_eq!(of(&[], b"done"), "A1=done");
}
