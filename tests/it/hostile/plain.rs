//! Text, pages and what is no table at all.

use encoding_rs::GB18030;

use super::seen;

#[test]
fn csv_as_offices_save_it() {
    let text = "任务编号,完成情况\r\n1-1,\"已完成，\n见附件\"\r\n\r\n1-2,\r\n";
    let expected = "A1=任务编号 B1=完成情况 A2=1-1 B2=已完成，\n见附件 A4=1-2";
    let gbk = GB18030.encode(text).0.into_owned();
    let utf16: Vec<u8> = [0xFEFF].into_iter().chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    let marked = [b"\xEF\xBB\xBF", text.as_bytes()].concat();
    for bytes in [text.as_bytes(), &gbk, &utf16, &marked] {
        assert_eq!(seen(bytes, "a.csv"), expected);
        assert_eq!(seen(bytes, "a.xls"), format!("{expected} !not xls"));
    }
    let tabs = text.replace(',', "\t");
    assert_eq!(seen(tabs.as_bytes(), "a.xls"), format!("{expected} !not xls"));
}

#[test]
fn pages_named_xls() {
    let page = "<html><head><meta charset=gb2312></head><body><table><tr><td>甲<td>1.5E+17</table></body></html>";
    let gbk = GB18030.encode(page).0;
    assert_eq!(seen(&gbk, "a.xls"), "A1=甲 B1=digits 1.5E+17 !not xls");
    let xml = "<?xml version='1.0'?><Workbook xmlns='urn:schemas-microsoft-com:office:spreadsheet' xmlns:ss='urn:schemas-microsoft-com:office:spreadsheet'>\
               <Worksheet ss:Name='a'><Table><Row><Cell><Data ss:Type='String'>甲</Data></Cell></Row></Table></Worksheet></Workbook>";
    assert_eq!(seen(xml.as_bytes(), "a.xls"), "A1=甲 !not xls");
}

#[test]
fn what_is_no_table_is_named_or_not() {
    let noise: Vec<u8> = (0..5000u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 24) as u8).collect();
    for (bytes, expected) in [
        (&b""[..], "empty"),
        (&noise, "not a table"),
        (&[0; 4096], "not a table"),
        (b"%PDF-1.4\n1 0 obj", "not a table: pdf"),
        (b"\x89PNG\r\n\x1A\n", "not a table: png"),
        (b"{\\rtf1 x}", "not a table: rtf"),
        (b"Rar!\x1A\x07\x00", "not a table: rar"),
        (b"MIME-Version: 1.0\nContent-Type: multipart/related", "not a table: mht"),
        ("通知\n请各科室按时报送台账。".as_bytes(), "not a table: txt"),
        (b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", "damaged"),
        (b"PK\x03\x04", "damaged"),
    ] {
        assert_eq!(seen(bytes, "a.xls"), expected);
    }
}

#[test]
fn no_prefix_of_anything_brings_the_reader_down() {
    let files = [
        super::build::xlsx("<row r='1'><c r='A1'><v>1</v></c></row>").bytes(),
        super::build::ods("<table:table/>", ""),
        super::build::xls(&[super::build::label97(0, 0, 0)]),
    ];
    for file in files {
        for end in (0..file.len()).step_by(13) {
            seen(&file[..end], "a.xlsx");
        }
    }
}
