//! Workbooks of Excel 97 and 95, record by record.

use super::fixture::{biff, compound, label97, record, strings97, text97, xls};
use super::read;
use crate::basis::place::Area;
use crate::read::{Dayless, Notice, Raw, Refusal, Visibility, Workbook};

/// The bytes of numbers one after the other, each of two bytes.
fn words(numbers: &[u16]) -> Vec<u8> {
    numbers.iter().flat_map(|number| number.to_le_bytes()).collect()
}

fn cell(kind: u16, row: u16, col: u16, style: u16, value: &[u8]) -> Vec<u8> {
    record(kind, &[&words(&[row, col, style])[..], value].concat())
}

fn book(stream: &[u8]) -> Result<Workbook, Refusal> {
    read(&compound(&[("/Workbook", stream)]))
}

/// The cells of the first sheet, each as `A1=…`, and the number of notices.
fn seen(book: &Workbook) -> String {
    let text = |raw: Raw| match raw {
        Raw::Text(text) | Raw::Fault(text) | Raw::DigitsLost(text) => book.texts.get(text).to_owned(),
        Raw::Number { value, percent } => format!("{value}{}", if percent { "%" } else { "" }),
        Raw::Date(moment) => moment.format("%Y-%m-%d").to_string(),
        other => format!("{other:?}"),
    };
    let rows = book.sheets[0].grid.rows.iter();
    let cells = rows.flat_map(|row| {
        row.cells.iter().map(|&(col, raw)| format!("{}={}", Area::cell(row.index, col), text(raw))).collect::<Vec<_>>()
    });
    let notes = book.notices.iter().map(|notice| match notice {
        Notice::BadCell { area, .. } => format!("!{}", area.map_or("bad".to_owned(), |area| area.to_string())),
        other => format!("{other:?}"),
    });
    cells.chain(notes).collect::<Vec<_>>().join(" ")
}

/// The cells of a sheet with these records, with styles: plain, date, percent.
fn of(cells: &[Vec<u8>]) -> String {
    let style = |format: u16| record(0x00E0, &words(&[0, format]));
    let globals = [strings97(&["甲", "乙"]), style(0), style(14), style(9)];
    seen(&book(&biff(&globals, cells, 0)).expect("read"))
}

#[test]
fn numbers_in_each_kind_of_record() {
    let rk = |number: i32, hundredth: u32| (((number << 2).cast_unsigned()) | 2 | hundredth).to_le_bytes();
    assert_eq!(of(&[cell(0x0203, 0, 0, 0, &12.5f64.to_le_bytes())]), "A1=12.5");
    assert_eq!(of(&[cell(0x027E, 0, 1, 1, &rk(41_866, 0))]), "B1=2014-08-15");
    assert_eq!(of(&[cell(0x027E, 2, 0, 2, &rk(85, 1))]), "A3=0.85%");
    let many = [&words(&[1, 2])[..], &words(&[0]), &rk(7, 0), &words(&[2]), &rk(50, 1), &words(&[3])].concat();
    assert_eq!(of(&[record(0x00BD, &many)]), "C2=7 D2=0.5%");
    assert_eq!(of(&[record(0x00BD, &words(&[1]))]), "!bad");
}

#[test]
fn dates_shown_without_their_day_are_known() {
    let styles = [record(0x00E0, &words(&[0, 57])), record(0x00E0, &words(&[0, 14]))];
    let day = 41_866f64.to_le_bytes();
    let rk = ((41_866u32 << 2) | 2).to_le_bytes();
    let formula = cell(0x0006, 3, 0, 0, &[&day[..], &[0; 8]].concat());
    let many = [&words(&[2, 0])[..], &words(&[0]), &rk, &words(&[1]), &rk, &words(&[1])].concat();
    let cells = [
        cell(0x0203, 0, 0, 0, &day),
        cell(0x0203, 0, 1, 1, &day),
        cell(0x027E, 1, 0, 0, &rk),
        record(0x00BD, &many),
        formula,
    ];
    let book = book(&biff(&styles, &cells, 0)).expect("read");
    let rows = |dayless: &[(u32, u32, Dayless)]| dayless.iter().map(|(row, col, _)| (*row, *col)).collect::<Vec<_>>();
    assert_eq!(rows(&book.sheets[0].dayless), [(0, 0), (1, 0), (2, 0), (3, 0)]);
}

#[test]
fn texts_truths_and_faults() {
    assert_eq!(of(&[label97(0, 0, 1), label97(0, 1, 2)]), "A1=乙 !B1");
    assert_eq!(of(&[cell(0x0204, 1, 0, 0, &text97("丙"))]), "A2=丙");
    assert_eq!(of(&[cell(0x00D6, 1, 0, 0, &text97("丁"))]), "A2=丁");
    for (code, shown) in [
        (0x00, "#NULL!"),
        (0x07, "#DIV/0!"),
        (0x0F, "#VALUE!"),
        (0x17, "#REF!"),
        (0x1D, "#NAME?"),
        (0x24, "#NUM!"),
        (0x2A, "#N/A"),
    ] {
        assert_eq!(of(&[cell(0x0205, 0, 0, 0, &[code, 1])]), format!("A1={shown}"));
    }
    assert_eq!(of(&[cell(0x0205, 0, 0, 0, &[1, 0]), cell(0x0205, 0, 1, 0, &[0, 0])]), "A1=Truth(true) B1=Truth(false)");
}

#[test]
fn results_of_formulas() {
    let formula = |kind: u16, result: [u8; 8]| cell(kind, 0, 0, 0, &[&result[..], &[0; 8]].concat());
    let marked = |kind: u8, value: u8| [kind, 0, value, 0, 0, 0, 0xFF, 0xFF];
    let text = record(0x0207, &text97("完成"));
    for kind in [0x0006, 0x0206, 0x0406] {
        assert_eq!(of(&[formula(kind, 2.5f64.to_le_bytes())]), "A1=2.5", "{kind:#x}");
    }
    assert_eq!(of(&[formula(6, marked(0, 0)), text.clone()]), "A1=完成");
    assert_eq!(of(&[formula(6, marked(1, 1))]), "A1=Truth(true)");
    assert_eq!(of(&[formula(6, marked(2, 0x07))]), "A1=#DIV/0!");
    assert_eq!(of(&[formula(6, marked(3, 0)), text.clone()]), "", "an empty text");
    assert_eq!(of(std::slice::from_ref(&text)), "", "a text of no formula");
    assert_eq!(of(&[formula(6, marked(0, 0)), formula(6, 1.0f64.to_le_bytes()), text]), "A1=1");
}

#[test]
fn merges_hidden_rows_and_pictures() {
    let sheet = |cells: &[Vec<u8>]| book(&biff(&[], cells, 0)).expect("read").sheets.remove(0);
    let merge = sheet(&[record(0x00E5, &words(&[4, 1, 2, 0, 3, 5, 4, 0, 0, 5, 5, 2, 1, 7, 7, 1, 1]))]).merges;
    let area = |top, left, bottom, right| Area { top, left, bottom, right };
    assert_eq!(merge, [area(1, 0, 2, 3), area(7, 1, 7, 1)], "none that ends before it begins");
    let row = |row: u16, flags: u16| record(0x0208, &[&words(&[row])[..], &[0; 10], &words(&[flags])].concat());
    assert_eq!(sheet(&[row(3, 0x20), row(1, 0x20), row(2, 0x40), row(3, 0x20)]).hidden_rows, [1, 3]);
    let atom = |version: u16, kind: u16, body: &[u8]| {
        [&words(&[version, kind])[..], &(body.len() as u32).to_le_bytes(), body].concat()
    };
    let anchor = atom(0, 0xF010, &words(&[0, 4, 0, 2]));
    let shape = |frame: u16| atom(0xF, 0xF004, &[atom(frame << 4, 0xF00A, &[0; 8]), anchor.clone()].concat());
    let drawing = record(0x00EC, &[shape(75), shape(1), atom(0, 0xF00B, &[9; 6]), shape(75)].concat());
    assert_eq!(sheet(&[drawing]).pictures, [(2, 4), (2, 4)]);
}

#[test]
fn a_chart_within_a_sheet_has_cells_of_its_own() {
    let chart = record(0x0809, &words(&[0x0600, 0x0020, 0, 0]));
    let end = record(0x000A, &[]);
    assert_eq!(of(&[chart, label97(0, 0, 0), end, label97(1, 1, 1)]), "B2=乙");
}

/// A stream with this list of sheets (name, state, kind), all at its only sheet.
fn listed(version: u16, globals: &[Vec<u8>], sheets: &[(&[u8], u8, u8)], cells: &[Vec<u8>]) -> Vec<u8> {
    let bof = |kind: u16| record(0x0809, &words(&[version, kind, 0, 0]));
    let list = |offset: usize| -> Vec<u8> {
        let one = |(name, state, kind): &(&[u8], u8, u8)| {
            record(0x0085, &[&(offset as u32).to_le_bytes()[..], &[*state, *kind], name].concat())
        };
        sheets.iter().flat_map(one).collect()
    };
    let end = record(0x000A, &[]);
    let offset = bof(5).len() + globals.concat().len() + list(0).len() + end.len();
    [bof(5), globals.concat(), list(offset), end.clone(), bof(16), cells.concat(), end].concat()
}

#[test]
fn sheets_are_hidden_and_of_several_kinds() {
    let name: &[u8] = &[1, 0, b'a'];
    let stream =
        listed(0x0600, &[], &[(name, 0, 0), (&[1, 0, b'b'], 1, 0), (&[1, 0, b'c'], 2, 2), (&[1, 0, b'd'], 0, 1)], &[]);
    let book = book(&stream).expect("read");
    let told: Vec<_> = book
        .sheets
        .iter()
        .map(|sheet| (&*sheet.name, sheet.visibility == Visibility::Hidden, sheet.other.as_deref()))
        .collect();
    let expected =
        [("a", false, None), ("b", true, None), ("c", true, Some("chartsheet")), ("d", false, Some("macrosheet"))];
    assert_eq!(told, expected);
}

#[test]
fn formats_days_and_what_ends_the_reading() {
    let style = |format: u16| record(0x00E0, &words(&[0, format]));
    let code = |id: u16, code: &str| record(0x041E, &[&words(&[id])[..], &text97(code)].concat());
    let day = cell(0x0203, 0, 0, 0, &41_866.0f64.to_le_bytes());
    let one = |globals: &[Vec<u8>]| book(&biff(globals, std::slice::from_ref(&day), 0)).map(|book| seen(&book));
    assert_eq!(one(&[code(164, "yyyy/m/d"), style(164)]).as_deref(), Ok("A1=2014-08-15"));
    assert_eq!(one(&[code(14, "0"), style(14)]).as_deref(), Ok("A1=41866"), "a file may define it anew");
    assert_eq!(one(&[style(165)]).as_deref(), Ok("A1=41866"));
    let from_1904 = record(0x0022, &words(&[1]));
    assert_eq!(one(&[from_1904, style(14)]).as_deref(), Ok("A1=2018-08-16"));
    assert_eq!(one(&[record(0x0022, &words(&[0])), style(14)]).as_deref(), Ok("A1=2014-08-15"));
    assert!(matches!(one(&[record(0x002F, &[0; 6])]), Err(Refusal::Encrypted)));
    let name: &[u8] = &[1, 0, b'a'];
    for (version, kind) in [(0x0400, "xls4"), (0x0200, "xls4")] {
        let read = book(&listed(version, &[], &[(name, 0, 0)], &[]));
        assert!(matches!(read, Err(Refusal::NotATable(Some(other))) if other == kind), "{version:#x}");
    }
    assert!(matches!(book(&listed(0x0600, &[], &[], &[])), Err(Refusal::Damaged(_))), "no sheets");
    assert!(matches!(book(&label97(0, 0, 0)), Err(Refusal::Damaged(_))), "no begin");
    assert!(matches!(read(b"x"), Err(Refusal::Damaged(_))), "no compound file");
}

#[test]
fn texts_of_excel_95_are_in_the_code_page_that_is_named() {
    let label = |text: &[u8]| cell(0x0204, 0, 0, 0, &[&words(&[text.len() as u16])[..], text].concat());
    let of = |page: Option<u16>, text: &[u8]| {
        let globals: Vec<Vec<u8>> = page.map(|page| record(0x0042, &words(&[page]))).into_iter().collect();
        let name = [&[text.len() as u8][..], text].concat();
        let book = book(&listed(0x0500, &globals, &[(&name, 0, 0)], &[label(text)])).expect("read");
        format!("{}: {}", book.sheets[0].name, seen(&book))
    };
    for (page, bytes, text) in [
        (936, &b"\xCA\xD0"[..], "市"),
        (54_936, b"\xCA\xD0", "市"),
        (950, b"\xA5\xAB", "市"),
        (932, b"\x8E\x73", "市"),
        (949, b"\xC0\xCC", "이"),
        (65_001, "市".as_bytes(), "市"),
        (1250, b"\xE8", "č"),
        (1251, b"\xE8", "и"),
        (1252, b"\xE8", "è"),
        (367, b"\xE8", "è"),
        (0x8001, b"\xE8", "è"),
        (10_000, b"\x8E", "é"),
        (0x8000, b"\x8E", "é"),
        (874, b"\xA1", "ก"),
    ] {
        assert_eq!(of(Some(page), bytes), format!("{text}: A1={text}"), "{page}");
    }
    assert_eq!(of(None, b"\xCA\xD0"), "市: A1=市 EncodingGuessed(\"GBK\")");
    assert_eq!(of(Some(1), b"\xCA\xD0"), "市: A1=市 EncodingGuessed(\"GBK\")", "no page of that number");
    assert_eq!(of(None, b"a"), "a: A1=a", "letters are the same in all");
}

#[test]
fn the_stream_may_be_called_book() {
    let file = xls(&[label97(0, 0, 0)]);
    assert_eq!(seen(&read(&file).expect("read")), "A1=甲");
    let stream = biff(&[strings97(&["甲"])], &[label97(0, 0, 0)], 0);
    assert_eq!(seen(&read(&compound(&[("/Book", &stream)])).expect("read")), "A1=甲");
    assert!(matches!(read(&compound(&[("/Other", &stream)])), Err(Refusal::Damaged(_))));
}

#[test]
fn a_hundred_thousand_merges_are_kept() {
    let regions =
        |count: usize| record(0x00E5, &[&words(&[count as u16])[..], &words(&[0, 1, 0, 0]).repeat(count)].concat());
    let mut cells = vec![regions(8_000); 12];
    cells.push(regions(4_000));
    let merges = |cells: &[Vec<u8>]| book(&biff(&[], cells, 0)).expect("read").sheets[0].merges.len();
    assert_eq!(merges(&cells), 100_000);
    cells.push(regions(1));
    assert_eq!(merges(&cells), 100_000);
}
