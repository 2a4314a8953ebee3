//! xlsx and ods that mislead, overrun or break off.

use super::build::{ods, xlsx, zip};
use super::seen;

#[test]
fn right_looking_wrong_data_comes_out_right() {
    for (cell, expected) in [
        // white space around a shared index, CDATA and comments inside a value
        ("<c r='A1' t='s'><v>1 </v></c>", "A1=乙"),
        ("<c r='A1' t='s'><v>\n 1\n</v></c>", "A1=乙"),
        ("<c r='A1'><v><![CDATA[12]]></v></c>", "A1=12"),
        ("<c r='A1'><v>1<!-- x -->2</v></c>", "A1=12"),
        // what no spreadsheet takes for a number
        ("<c r='A1'><v>INF</v></c>", "A1=INF"),
        ("<c r='A1'><v>nan</v></c>", "A1=nan"),
        ("<c r='A1'><v>1e999</v></c>", "A1=1e999"),
        // formulas
        ("<c r='A1'><f>B1</f></c>", "A1=uncalculated"),
        ("<c r='A1'><f>B1</f><v/></c>", "A1=uncalculated"),
        ("<c r='A1' t='str'><f>B1</f><v></v></c>", ""),
        ("<c r='A1'><f t='shared' si='4000000000'/><v>3</v></c>", "A1=3"),
        ("<c r='A1' t='e'><f>B1</f><v>#SPILL!</v></c>", "A1=fault #SPILL!"),
        ("<c r='A1' t='str'><v>=cmd|' /C calc'!A0</v></c>", "A1==cmd|' /C calc'!A0"),
        // pictures in cells as WPS writes them
        ("<c r='B2' t='str'><f>_xlfn.DISPIMG(\"ID_1\",1)</f><v>=DISPIMG(\"ID_1\",1)</v></c>", "picture B2"),
        // identifiers and days
        ("<c r='A1'><v>370101199001011234</v></c>", "A1=digits 370101199001011234"),
        ("<c r='A1'><v>3.7010119900101E+17</v></c>", "A1=digits 370101199001010000"),
        ("<c r='A1' s='1'><v>41866</v></c>", "A1=2014-08-15 00:00:00"),
        ("<c r='A1' s='3'><v>41866</v></c>", "A1=2014-08-15 00:00:00"),
        ("<c r='A1' s='1'><v>60</v></c>", "A1=60"),
        ("<c r='A1' s='1'><v>20140815</v></c>", "A1=20140815"),
        ("<c r='A1' s='2'><v>0.85</v></c>", "A1=0.85%"),
        // days and times as strict workbooks write them
        ("<c r='A1' s='1' t='d'><v>2014-08-15</v></c>", "A1=2014-08-15 00:00:00"),
        ("<c r='A1' s='1' t='d'><v>2014-08-15T17:30:00Z</v></c>", "A1=2014-08-15 17:30:00"),
        ("<c r='A1' t='d'><v>09:30:00</v></c>", "A1=34200s"),
        ("<c r='A1' t='d'><v>1899-12-30T09:30:00</v></c>", "A1=34200s"),
        ("<c r='A1' t='d'><v>PT9H30M</v></c>", "A1=34200s"),
        ("<c r='A1' t='d'><v>P1DT2H</v></c>", "A1=93600s"),
        ("<c r='A1' t='d'><v>近期</v></c>", "A1=近期"),
        // places
        ("<c><v>1</v></c><c r='C1'><v>2</v></c><c><v>3</v></c>", "A1=1 C1=2 D1=3"),
        ("<c r='B1'><v>2</v></c><c r='A1'><v>1</v></c><c r='B1'><v>3</v></c>", "A1=1 B1=2"),
    ] {
        assert_eq!(seen(&xlsx(&format!("<row r='1'>{cell}</row>")).bytes(), "a.xlsx"), expected, "{cell}");
    }
}

#[test]
fn what_later_versions_add_is_not_taken_for_the_old() {
    let day = |before: &str, behind: &str| {
        let mut book = xlsx("<row r='1'><c r='A1' s='1'><v>41866</v></c></row>");
        book.workbook = book.workbook.replace("<sheets>", &format!("{before}<sheets>"));
        book.workbook =
            book.workbook.replace("</workbook>", &format!("<extLst><ext>{behind}</ext></extLst></workbook>"));
        seen(&book.bytes(), "a.xlsx")
    };
    let (of_1900, of_1904) = ("A1=2014-08-15 00:00:00", "A1=2018-08-16 00:00:00");
    assert_eq!(day("", "<x15:workbookPr date1904='1'/>"), of_1900);
    assert_eq!(day("<workbookPr date1904='1'/>", "<x15:workbookPr chartTrackingRefBase='1'/>"), of_1904);
    assert_eq!(day("<workbookPr date1904='0'/>", "<x15:sheet name='x'/>"), of_1900);
    // In a sheet: formulas and lists of later kinds hold elements by the names of rows and cells.
    let part = "<worksheet><sheetData><row r='1'><c r='A1'><v>1</v></c></row></sheetData><extLst><ext><x14:row r='9'/><x14:c r='A9'><x14:v>2</x14:v></x14:c><x14:mergeCell ref='A1:B2'/></ext></extLst></worksheet>";
    assert_eq!(seen(&xlsx("").sheet(part).bytes(), "a.xlsx"), "A1=1");
}

#[test]
fn texts_in_another_encoding_than_the_part_says_are_told() {
    let mut book = xlsx("<row r='1'><c r='A1' t='s'><v>0</v></c></row>");
    let words = ["任务编号", "工作任务", "完成情况", "已完成"].map(|word| encoding_rs::GBK.encode(word).0.into_owned());
    let texts: Vec<u8> = words.iter().flat_map(|word| [b"<si><t>", &word[..], b"</t></si>"].concat()).collect();
    book.strings = "<sst/>".into();
    let at = book.bytes();
    assert_eq!(seen(&at, "a.xlsx"), "!bad A1");
    book.more.push(("xl/texts.xml".into(), [&b"<sst>"[..], &texts, b"</sst>"].concat()));
    let bytes = replaced(&book.bytes(), "xl/_rels/workbook.xml.rels", "sharedStrings.xml", "texts.xml");
    assert!(seen(&bytes, "a.xlsx").ends_with("!garbled 3 of 3"), "{}", seen(&bytes, "a.xlsx"));
}

/// A package with words of a part replaced.
fn replaced(package: &[u8], part: &str, from: &str, to: &str) -> Vec<u8> {
    let mut archive = ::zip::ZipArchive::new(std::io::Cursor::new(package)).expect("a package");
    let mut parts = Vec::new();
    for at in 0..archive.len() {
        let mut entry = archive.by_index(at).expect("a part");
        let (name, mut bytes) = (entry.name().expect("a name").into_owned(), Vec::new());
        std::io::Read::read_to_end(&mut entry, &mut bytes).expect("read");
        if name == part {
            bytes = String::from_utf8(bytes).expect("text").replace(from, to).into_bytes();
        }
        parts.push((name, bytes));
    }
    let parts: Vec<(&str, &[u8])> = parts.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())).collect();
    zip(&parts)
}

#[test]
fn a_package_is_what_the_types_of_its_parts_say() {
    let kind = |main: &str, more: &[(&str, &[u8])]| {
        let types = format!("<Types><Override PartName='/a/b.xml' ContentType='application/{main}+xml'/></Types>");
        let relations =
            "<Relationships><Relationship Id='1' Type='x/officeDocument' Target='a/b.xml'/></Relationships>";
        let workbook = "<workbook><sheets><sheet name='台账' sheetId='1' r:id='r'/></sheets></workbook>";
        let sheet = "<worksheet><sheetData><row><c><v>7</v></c></row></sheetData></worksheet>";
        let mut parts: Vec<(&str, &[u8])> = vec![
            ("[Content_Types].xml", types.as_bytes()),
            ("_rels/.rels", relations.as_bytes()),
            ("a/b.xml", workbook.as_bytes()),
            (
                "a/_rels/b.xml.rels",
                b"<Relationships><Relationship Id='r' Type='x/worksheet' Target='c.xml'/></Relationships>",
            ),
            ("a/c.xml", sheet.as_bytes()),
        ];
        parts.extend(more);
        seen(&zip(&parts), "a.xlsx")
    };
    assert_eq!(kind("vnd.openxmlformats-officedocument.spreadsheetml.sheet.main", &[]), "A1=7");
    assert_eq!(kind("vnd.ms-excel.sheet.macroEnabled.main", &[("word/x", b"")]), "A1=7");
    assert_eq!(
        kind("vnd.openxmlformats-officedocument.presentationml.presentation.main", &[("xl/x", b"")]),
        "not a table: pptx"
    );
    assert_ne!(kind("vnd.openxmlformats-officedocument.wordprocessingml.document.main", &[("xl/x", b"")]), "A1=7");
    // A folder xl in somebody's archive makes no workbook of it.
    assert_eq!(seen(&zip(&[("xl/台账.csv", "任务编号,工作任务\n1-1,甲".as_bytes())]), "a.zip"), "not a table: zip");
    // A package that lost the list of its types is still told by its parts.
    assert_eq!(seen(&zip(&[("xl/workbook.xml", b"<workbook/>")]), "a.xlsx"), "");
}

#[test]
fn a_bad_cell_costs_only_itself() {
    for (cell, notice) in [
        ("<c r='A1' t='s'><v>2</v></c>", "!bad A1"),
        ("<c r='A1' t='s'><v>-1</v></c>", "!bad A1"),
        ("<c r='A1' t='b'><v>maybe</v></c>", "!bad A1"),
        ("<c r='1A'><v>1</v></c>", "!bad"),
        ("<c r='A0'><v>1</v></c>", "!bad"),
        ("<c r='XFE1'><v>1</v></c>", "!budget"),
        ("<c r='A1048577'><v>1</v></c>", "!budget"),
    ] {
        let rows = format!("<row r='1'>{cell}</row><row r='2'><c r='A2'><v>7</v></c></row>");
        assert_eq!(seen(&xlsx(&rows).bytes(), "a.xlsx"), format!("A2=7 {notice}"), "{cell}");
    }
}

#[test]
fn far_cells_and_empty_millions_cost_nothing() {
    let far = "<row r='1048576'><c r='XFD1048576'><v>1</v></c></row>";
    assert_eq!(seen(&xlsx(far).bytes(), "a.xlsx"), "XFD1048576=1");
    assert_eq!(seen(&xlsx("<row r='1048576'><c r='M1048576' s='1'/></row>").bytes(), "a.xlsx"), "");
    let styled = "<row s='1' customFormat='1'/>".repeat(300_000);
    assert_eq!(seen(&xlsx(&styled).bytes(), "a.xlsx"), "");
}

#[test]
fn declared_sizes_are_not_believed() {
    let mut book = xlsx("<row r='171'><c r='A171' t='s'><v>0</v></c></row>");
    book.strings = book.strings.replace("<sst>", "<sst count='4000000000' uniqueCount='4000000000'>");
    for dimension in ["1:171", "A:XFD", "A1:XFD1048576", "", "ZZZZ99999999999"] {
        let rows = "<sheetData><row r='171'><c r='A171' t='s'><v>0</v></c></row></sheetData>";
        let part = format!("<worksheet><dimension ref='{dimension}'/>{rows}</worksheet>");
        book.sheets = vec![part.into_bytes()];
        assert_eq!(seen(&book.bytes(), "a.xlsx"), "A171=甲", "{dimension}");
    }
}

#[test]
fn parts_in_other_encodings_are_read() {
    let part = "<?xml version='1.0' encoding='UTF-16'?><worksheet><sheetData><row r='1'><c r='A1' t='inlineStr'><is><t>综合科</t></is></c></row></sheetData></worksheet>";
    let utf16: Vec<u8> = [0xFEFF].into_iter().chain(part.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    assert_eq!(seen(&xlsx("").sheet(utf16).bytes(), "a.xlsx"), "A1=综合科");
}

#[test]
fn entities_of_the_file_itself_are_left_alone() {
    let part = "<!DOCTYPE x [<!ENTITY a 'boom'><!ENTITY b '&a;&a;&a;&a;'><!ENTITY f SYSTEM 'file:///etc/passwd'>]>\
                <worksheet><sheetData><row r='1'><c r='A1' t='str'><v>&b;&f;&amp;</v></c></row></sheetData></worksheet>";
    assert_eq!(seen(&xlsx("").sheet(part).bytes(), "a.xlsx"), "A1=&b;&f;&");
}

#[test]
fn deep_nesting_ends() {
    let deep = format!("<row r='1'><c r='A1'>{}<v>1</v></c></row>", "<x>".repeat(300_000));
    assert_eq!(seen(&xlsx(&deep).bytes(), "a.xlsx"), "A1=1");
}

#[test]
fn a_sheet_that_breaks_off_keeps_what_came_before_and_says_so() {
    let part = "<worksheet><sheetData><row r='1'><c r='A1'><v>1</v></c></row><row r='2'><c r='A2'><v>2";
    assert_eq!(seen(&xlsx("").sheet(part).bytes(), "a.xlsx"), "A1=1 A2=2 !bad");
}

#[test]
fn hidden_rows_sheets_and_repeated_names_are_told() {
    let mut book = xlsx("<row r='1'><c r='A1'><v>1</v></c></row><row r='2' hidden='1'><c r='A2'><v>2</v></c></row>");
    assert_eq!(seen(&book.bytes(), "a.xlsx"), "A1=1 A2=2 hidden 2");
    book.sheets.push(b"<worksheet><sheetData><row r='1'><c r='A1'><v>3</v></c></row></sheetData></worksheet>".to_vec());
    book.workbook = "<workbook><sheets><sheet name='台账' sheetId='1' r:id='rId1'/><sheet name='台账' sheetId='2' r:id='rId2'/></sheets></workbook>".into();
    assert_eq!(seen(&book.bytes(), "a.xlsx"), "[台账] A1=1 A2=2 hidden 2 [台账~2] A1=3 !repeated 1");
    book.workbook = book.workbook.replacen("台账", "a&apos;b[1]&lt;", 1);
    assert!(seen(&book.bytes(), "a.xlsx").starts_with("[a'b[1]<] "));
}

#[test]
fn a_thousand_sheets_are_enough() {
    let mut book = xlsx("<row r='1'><c r='A1'><v>1</v></c></row>");
    let sheet = "<sheet name='x' sheetId='1' r:id='rId9'/>".repeat(70_000);
    book.workbook = format!("<workbook><sheets>{sheet}</sheets></workbook>");
    assert!(seen(&book.bytes(), "a.xlsx").contains("!budget"));
}

#[test]
fn the_1904_system_is_followed() {
    let mut book = xlsx("<row r='1'><c r='A1' s='1'><v>40404</v></c></row>");
    book.workbook = book.workbook.replace("<workbook>", "<workbook><workbookPr date1904='1'/>");
    assert_eq!(seen(&book.bytes(), "a.xlsx"), "A1=2014-08-15 00:00:00");
}

#[test]
fn texts_keep_all_their_characters() {
    let long = "长".repeat(40_000);
    let rows = format!("<row r='1'><c r='A1' t='str'><v>{long}</v></c><c r='B1' t='str'><v>a_x0007_b</v></c></row>");
    assert_eq!(seen(&xlsx(&rows).bytes(), "a.xlsx"), format!("A1={long} B1=a\u{7}b"));
}

#[test]
fn pictures_over_cells_are_found_by_their_anchor() {
    let mut book = xlsx("").sheet("<worksheet><sheetData/><drawing r:id='rId1'/></worksheet>");
    let anchor = |inside: &str| {
        format!(
            "<xdr:twoCellAnchor><xdr:from><xdr:col>2</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>4</xdr:row></xdr:from><xdr:to><xdr:col>9</xdr:col><xdr:row>9</xdr:row></xdr:to>{inside}</xdr:twoCellAnchor>"
        )
    };
    let drawing = format!(
        "<xdr:wsDr>{}{}</xdr:wsDr>",
        anchor("<xdr:pic><a:blip r:embed='rId1'/></xdr:pic>"),
        anchor("<xdr:graphicFrame/>")
    );
    book.more = vec![
        ("xl/worksheets/_rels/sheet1.xml.rels".into(), b"<Relationships><Relationship Id='rId1' Type='x/drawing' Target='../drawings/drawing1.xml'/></Relationships>".to_vec()),
        ("xl/drawings/drawing1.xml".into(), drawing.into_bytes()),
    ];
    assert_eq!(seen(&book.bytes(), "a.xlsx"), "picture C5");
}

#[test]
fn damaged_containers_are_damaged() {
    let whole = xlsx("<row r='1'><c r='A1'><v>1</v></c></row>").bytes();
    assert_eq!(seen(&whole, "a.xlsx"), "A1=1");
    for end in [5, 100, whole.len() / 2, whole.len() - 30] {
        assert_eq!(seen(&whole[..end], "a.xlsx"), "damaged", "cut at {end}");
    }
    // the sum of the sheet, in the directory and in front of it
    let part = b"<worksheet><sheetData><row r='1'><c r='A1'><v>1</v></c></row></sheetData></worksheet>";
    let sum = crc(part).to_le_bytes();
    let mut flipped = xlsx("").sheet(part.as_slice()).bytes();
    let places: Vec<usize> = (0..flipped.len() - 4).filter(|&at| flipped[at..at + 4] == sum).collect();
    assert!(!places.is_empty(), "the fixture holds the sum");
    for at in places {
        flipped[at] ^= 1;
    }
    assert_eq!(seen(&flipped, "a.xlsx"), "damaged");
    let no_book = zip(&[("xl/styles.xml", b"<x/>"), ("[Content_Types].xml", b"<x/>")]);
    assert_eq!(seen(&no_book, "a.xlsx"), "damaged");
    let twice = zip(&[("xl/workbook.xml", b"<workbook/>"), ("XL/Workbook.xml", b"<workbook/>")]);
    assert_eq!(seen(&twice, "a.xlsx"), "damaged");
}

/// The checksum of zip entries, bit by bit.
fn crc(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(u32::MAX, |mut crc, &byte| {
        crc ^= u32::from(byte);
        for _ in 0..8 {
            crc = (crc >> 1) ^ (0xEDB8_8320 & (0u32.wrapping_sub(crc & 1)));
        }
        crc
    })
}

#[test]
fn what_inflates_too_far_is_over_budget() {
    let mut book = xlsx("<row r='1'><c r='A1'><v>1</v></c></row>");
    let bomb = vec![b' '; 70 << 20];
    book.strings = format!("<sst><si><t>{}</t></si></sst>", String::from_utf8(bomb).expect("blanks"));
    assert_eq!(seen(&book.bytes(), "a.xlsx"), "over budget", "one text of 70 MB");
    let many: Vec<String> = (0..5_001).map(|n| format!("xl/{n}")).collect();
    let mut parts: Vec<(&str, &[u8])> = many.iter().map(|name| (name.as_str(), &b""[..])).collect();
    parts.push(("[Content_Types].xml", b"<Types/>"));
    assert_eq!(seen(&zip(&parts), "a.xlsx"), "over budget", "too many parts");
}

#[test]
fn ods_of_every_kind() {
    let cell = "<table:table-cell office:value-type='string'><text:p>甲</text:p></table:table-cell>";
    let table =
        format!("<table:table table:name='a'>\n <table:table-row>\n {cell}\n </table:table-row>\n</table:table>");
    assert_eq!(seen(&ods(&table, ""), "a.ods"), "A1=甲", "pretty printed");
    let locked = "<manifest:file-entry><manifest:encryption-data/></manifest:file-entry>";
    assert_eq!(seen(&ods(&table, locked), "a.ods"), "encrypted");
    let twice = format!("{table}{table}");
    assert_eq!(seen(&ods(&twice, ""), "a.ods"), "[a] A1=甲 [a~2] A1=甲 !repeated 1");
    let cut = format!("<table:table table:name='a'><table:table-row>{cell}</table:table-row><table:table-row");
    assert_eq!(seen(&ods(&cut, ""), "a.ods"), "A1=甲 !bad");
    let full = "<table:table table:name='a'><table:table-row table:number-rows-repeated='1048576'><table:table-cell table:number-columns-repeated='16384' office:value-type='float' office:value='1'/></table:table-row></table:table>";
    assert!(seen(&ods(full, ""), "a.ods").ends_with("!budget"));
}

#[test]
fn the_content_decides() {
    let xlsx = xlsx("<row r='1'><c r='A1'><v>1</v></c></row>").bytes();
    for extension in ["xls", "ods", "csv", "xlsb", "docx"] {
        assert_eq!(seen(&xlsx, &format!("a.{extension}")), format!("A1=1 !not {extension}"));
    }
    assert_eq!(seen(&xlsx, "a.et"), "A1=1");
    assert_eq!(seen(&zip(&[("ppt/presentation.xml", b"<w/>")]), "a.xlsx"), "not a table: pptx");
    assert_eq!(seen(&zip(&[("a.csv", b"a,b")]), "a.xlsx"), "not a table: zip");
}
