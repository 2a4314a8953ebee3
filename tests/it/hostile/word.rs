//! Word documents that mislead, overrun or break off.

use super::build::zip;
use super::seen;
use crate::build::docx::{docx, table, tc};

fn body(body: &str) -> String {
    seen(&docx(body).bytes(), "a.docx")
}

#[test]
fn deep_nesting_is_refused_or_read_in_bounds() {
    let deep = |open: &str| open.repeat(100_000);
    assert_eq!(body(&deep("<w:tbl><w:tr><w:tc>")), "over budget");
    assert_eq!(body(&deep("<w:sdt><w:sdtContent>")), "over budget");
    assert_eq!(body(&deep("<w:p><w:r><w:txbxContent>")), "over budget");
    assert_eq!(body(&[table("a"), deep("<w:x>")].concat()), "A1=a", "what is not known nests freely");
    let fields = "<w:p><w:r><w:fldChar w:fldCharType='begin'/></w:r></w:p>".repeat(100_000);
    assert_eq!(body(&[&fields, table("a").as_str()].concat()), "A1=a");
}

#[test]
fn wild_spans_cost_nothing() {
    let wild = |props: &str| format!("<w:tbl><w:tr>{}{}</w:tr></w:tbl>", tc(props, "a"), tc("", "b"));
    assert_eq!(body(&wild("<w:gridSpan w:val='4294967295'/>")), "A1=a !budget");
    assert_eq!(body(&wild("<w:gridSpan w:val='99999999999999999999'/>")), "A1=a B1=b");
    assert_eq!(body(&wild("<w:gridSpan w:val='0'/>")), "A1=a B1=b");
    assert_eq!(body(&wild("<w:gridSpan w:val='-3'/>")), "A1=a B1=b");
    let before = "<w:tbl><w:tr><w:trPr><w:gridBefore w:val='4294967295'/></w:trPr><w:tc><w:p/></w:tc></w:tr></w:tbl>";
    assert_eq!(body(before), "");
    let tall = format!("<w:tbl>{}</w:tbl>", format!("<w:tr>{}</w:tr>", tc("<w:vMerge/>", "")).repeat(50_000));
    assert_eq!(body(&tall), "");
}

#[test]
fn tags_that_do_not_match_end_nothing_around_them() {
    let stray = "</w:p></w:r></w:tc></w:tr></w:tbl></w:sdt></w:txbxContent>";
    assert_eq!(body(&[stray, table("a | b").as_str(), stray].concat()), "A1=a B1=b");
    let crossed =
        "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>a</w:tc><w:tc><w:p><w:r><w:t>b</w:tr><w:tr><w:tc><w:p><w:r><w:t>c</w:tbl>";
    assert_eq!(body(crossed), "A1=a B1=b A2=c");
    assert_eq!(body("<w:tr><w:tc><w:p><w:r><w:t>a</w:t></w:r></w:p></w:tc></w:tr>"), "", "a row without a table");
    let bare = "<w:tbl><w:tc><w:p><w:r><w:t>a</w:t></w:r></w:p></w:tc></w:tbl>";
    assert_eq!(body(bare), "", "a cell without a row");
}

#[test]
fn entities_and_broken_ends_are_left_as_they_are() {
    let main = "<!DOCTYPE x [<!ENTITY a 'boom'><!ENTITY b '&a;&a;'><!ENTITY f SYSTEM 'file:///etc/passwd'>]>\
                <w:document><w:body><w:tbl><w:tr><w:tc><w:p><w:r><w:t>&b;&f;&amp;</w:t></w:r></w:p></w:tc></w:tr></w:tbl></w:body></w:document>";
    let file = |main: &str| zip(&[("word/document.xml", main.as_bytes())]);
    assert_eq!(seen(&file(main), "a.docx"), "A1=&b;&f;&");
    let whole = "<w:document><w:body><w:tbl><w:tr><w:tc><w:p><w:r><w:t>甲</w:t></w:r></w:p></w:tc></w:tr></w:tbl></w:body></w:document>";
    for end in (0..whole.len()).filter(|end| whole.is_char_boundary(*end)) {
        let got = seen(&file(&whole[..end]), "a.docx");
        assert!(got.is_empty() || got.ends_with("!bad") || got == "A1=甲", "{end}: {got}");
    }
    assert_eq!(seen(&file(&whole[..whole.len() - 40]), "a.docx"), "A1=甲 !bad");
}

#[test]
fn parts_may_be_missing_or_lie() {
    let main = b"<w:document><w:body><w:tbl><w:tr><w:tc><w:p><w:pPr><w:pStyle w:val='none'/><w:numPr><w:numId w:val='7'/></w:numPr></w:pPr><w:r><w:t>a</w:t><w:drawing><a:blip r:embed='gone'/></w:drawing></w:r></w:p></w:tc></w:tr></w:tbl><w:sectPr><w:headerReference r:id='gone'/></w:sectPr></w:body></w:document>";
    assert_eq!(seen(&zip(&[("word/document.xml", main)]), "a.docx"), "A1=a picture A1");
    assert_eq!(seen(&zip(&[("word/styles.xml", b"<x/>"), ("[Content_Types].xml", b"<x/>")]), "a.docx"), "damaged");
    let mut circle = docx(&table("a"));
    circle.styles = "<w:style w:styleId='A'><w:basedOn w:val='B'/></w:style><w:style w:styleId='B'><w:basedOn w:val='A'/></w:style>".into();
    circle.numbering = "<w:abstractNum w:abstractNumId='0'><w:numStyleLink w:val='A'/></w:abstractNum><w:num w:numId='1'><w:abstractNumId w:val='0'/></w:num>".into();
    assert_eq!(seen(&circle.bytes(), "a.docx"), "A1=a");
    let whole = docx(&table("a")).bytes();
    for end in [5, 100, whole.len() / 2, whole.len() - 30] {
        assert_eq!(seen(&whole[..end], "a.docx"), "damaged", "cut at {end}");
    }
}

#[test]
fn what_inflates_too_far_is_over_budget() {
    let long = format!(
        "<w:tbl><w:tr><w:tc><w:p><w:r>{}</w:r></w:p></w:tc></w:tr></w:tbl>",
        format!("<w:t>{}</w:t>", "a".repeat(1 << 20)).repeat(65)
    );
    assert_eq!(body(&long), "over budget", "one cell of 65 MB");
    let many = table("a").repeat(1_001);
    assert!(body(&many).ends_with("!budget"), "more than a thousand tables");
}

#[test]
fn other_documents_are_told_by_what_they_are() {
    let flat = "<?xml version='1.0'?><?mso-application progid='Word.Document'?><pkg:package xmlns:pkg='http://schemas.microsoft.com/office/2006/xmlPackage'>";
    let old = "<?xml version='1.0'?><w:wordDocument xmlns:w='http://schemas.microsoft.com/office/word/2003/wordml'>";
    for (bytes, kind) in [
        (flat.as_bytes(), "not a table: word xml"),
        (old.as_bytes(), "not a table: word xml"),
        (b"{\\rtf1\\ansi }", "not a table: rtf"),
        (b"MIME-Version: 1.0\r\nContent-Type: multipart/related\r\n", "not a table: mht"),
    ] {
        assert_eq!(seen(bytes, "台账.doc"), kind);
    }
    assert_eq!(seen(&super::build::compound(&[("/WordDocument", b"\xEC\xA5")]), "台账.wps"), "not a table: doc");
}
