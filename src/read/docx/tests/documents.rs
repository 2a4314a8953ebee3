//! Word documents as blocks, and properties that are read in passing.

use super::{cell, row, runs, t};
use crate::read::docx::document::{Block, Paragraph, Table};
use crate::read::docx::fixture::{docx, p, table, tc};
use crate::read::docx::{Document, document};

fn read(body: &str) -> Document {
    document(&docx(body).bytes()).expect("read")
}

/// The tables of a document: number, size, the table that holds it, and its cells as `A1=text`.
fn tables(document: &Document) -> Vec<String> {
    let shown = |table: &Table| {
        let cells: Vec<String> = table
            .cells
            .iter()
            .map(|cell| {
                let lines: Vec<String> = cell.paragraphs.iter().map(Paragraph::shown).collect();
                format!("{}={}{}", cell.area, lines.join("/"), if cell.hidden { "?" } else { "" })
            })
            .collect();
        let holder = table.holder.map_or(String::new(), |(at, row, col)| format!(" in {at} {row} {col}"));
        format!("{} {}x{}{holder}: {}", table.number, table.rows, table.columns, cells.join(" "))
    };
    let table = |block: &Block| match block {
        Block::Table(table) => Some(shown(table)),
        Block::Paragraph(_) => None,
    };
    document.blocks.iter().filter_map(table).collect()
}

#[test]
fn a_document_is_its_paragraphs_and_tables() {
    let inner = table("内");
    let hidden = "<w:tc><w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>密</w:t></w:r></w:p></w:tc>";
    let wide = [tc("<w:vMerge w:val='restart'/>", "甲\n乙"), tc("<w:gridSpan w:val='2'/>", "丙")].concat();
    let below = [tc("<w:vMerge/>", ""), tc("", ""), format!("<w:tc>{inner}<w:p/></w:tc>")].concat();
    let outer = format!("<w:tbl><w:tr>{wide}</w:tr><w:tr>{below}</w:tr><w:tr>{hidden}</w:tr></w:tbl>");
    let document = read(&[p("标题"), outer, p("其间"), table("丁 | \n | 戊")].concat());
    let lines: Vec<usize> =
        (0..document.blocks.len()).filter(|&at| matches!(document.blocks[at], Block::Paragraph(_))).collect();
    assert_eq!((document.blocks.len(), lines), (5, vec![0, 3]));
    assert_eq!(
        tables(&document),
        ["0 3x3: A1:A2=甲/乙 B1:C1=丙 A3=?", "1 1x1 in 0 1 2: A1=内", "2 2x2: A1=丁 B2=戊"],
        "what a merge covers is none of its cells"
    );
}

#[test]
fn page_headers_are_read_with_their_tables() {
    let mut drawn = docx(&(p("标题") + "<w:sectPr><w:headerReference w:type='default' r:id='h'/></w:sectPr>"));
    drawn.relations = vec![("h", "header", "header1.xml")];
    drawn.more = vec![("word/header1.xml", format!("<w:hdr>{}{}</w:hdr>", p("页眉"), table("单位 | 甲")).into_bytes())];
    let headers: Vec<String> = document(&drawn.bytes()).expect("read").headers.iter().map(Paragraph::shown).collect();
    assert_eq!(headers, ["页眉", "单位", "甲"]);
}

#[test]
fn what_was_deleted_is_none_of_the_text() {
    assert_eq!(row(&[tc("<w:cellDel/>", "删"), tc("", "留")].concat()), "B1=留", "a deleted cell keeps its place");
    let moved = |props: &str| format!("<w:p><w:pPr><w:rPr>{props}</w:rPr></w:pPr>{}</w:p>", t("上"));
    for (props, seen) in [("<w:moveFrom/>", "A1=上下"), ("<w:b/>", "A1=上/下")] {
        assert_eq!(cell(&(moved(props) + &p("下"))), seen, "{props}");
    }
    let last = format!("<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr>{}</w:p>", t("末"));
    assert_eq!(cell(&last), "A1=末", "no paragraph follows");
    assert_eq!(cell("<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t> </w:t></w:r></w:p>"), "");
}

#[test]
fn only_text_elements_hold_text() {
    assert_eq!(runs("散<w:r>散<w:t>甲</w:t>散<w:t><![CDATA[乙]]></w:t><![CDATA[散]]></w:r>"), "A1=甲乙");
    assert_eq!(runs("<w:r><w:t>甲</w:t><w:tab/><w:t>乙</w:t><w:noBreakHyphen/><w:t>丙</w:t></w:r>"), "A1=甲\t乙-丙");
}

#[test]
fn an_end_without_a_begin_ends_nothing_around_it() {
    for (stray, seen) in [
        ("</w:tr>", "A1=甲/乙 B1=丙"),
        ("</w:tc></w:tr></w:tbl>", "A1=甲"),
        ("</w:txbxContent>", "A1=甲/乙 B1=丙"),
        ("</w:sdt></w:r></w:p>", "A1=甲/乙 B1=丙"),
    ] {
        let first = format!("<w:tc>{}<w:unknown>{stray}{}</w:tc>", p("甲"), p("乙"));
        let book = super::book(&format!("<w:tbl><w:tr>{first}{}</w:tr></w:tbl>", tc("", "丙")));
        let seen = if stray == "</w:tr>" { "A1=甲" } else { seen };
        assert!(
            super::drawn(&book, &book.sheets[0]).starts_with(seen),
            "{stray}: {}",
            super::drawn(&book, &book.sheets[0])
        );
    }
}

#[test]
fn old_pictures_and_lists_of_forms() {
    let old = "<w:r><w:pict><v:shape><v:imagedata r:id='p'/></v:shape></w:pict></w:r>";
    assert_eq!(runs(old), "picture A1");
    let list = |inside: &str| {
        let entries = "<w:listEntry w:val='甲'/><w:listEntry w:val='乙'/><w:listEntry w:val='丙'/>";
        runs(&format!(
            "<w:r><w:fldChar w:fldCharType='begin'><w:ffData><w:ddList>{inside}{entries}</w:ddList></w:ffData></w:fldChar></w:r><w:r><w:fldChar w:fldCharType='end'/></w:r>"
        ))
    };
    for (inside, seen) in [
        ("", "A1=甲"),
        ("<w:default w:val='1'/>", "A1=乙"),
        ("<w:result w:val='2'/><w:default w:val='1'/>", "A1=丙"),
        ("<w:result w:val='3'/>", ""),
    ] {
        assert_eq!(list(inside), seen, "{inside}");
    }
}

#[test]
fn styles_of_tables_say_nothing_of_their_text() {
    let styled = |inside: &str| {
        let mut drawn = docx(
            "<w:tbl><w:tr><w:tc><w:p><w:pPr><w:pStyle w:val='S'/></w:pPr><w:r><w:t>甲</w:t></w:r></w:p></w:tc></w:tr></w:tbl>",
        );
        drawn.styles = format!("<w:style w:styleId='S'>{inside}</w:style>");
        let book = crate::read::read(&drawn.bytes(), "a.docx").expect("read");
        super::drawn(&book, &book.sheets[0])
    };
    let hidden = "<w:rPr><w:vanish/></w:rPr>";
    assert_eq!(styled(hidden), "hides A1");
    for of in ["tblStylePr", "tblPr", "trPr", "tcPr"] {
        assert_eq!(styled(&format!("<w:{of}>{hidden}</w:{of}>")), "A1=甲", "{of}");
    }
}

#[test]
fn a_number_is_not_counted_where_its_paragraph_is_hidden() {
    let mut drawn = docx("");
    let line = |props: &str, text: &str| {
        format!("<w:p><w:pPr><w:numPr><w:numId w:val='1'/></w:numPr>{props}</w:pPr>{}</w:p>", t(text))
    };
    drawn.body =
        [line("", "甲"), line("<w:rPr><w:vanish/></w:rPr>", "乙"), line("<w:rPr><w:vanish w:val='0'/></w:rPr>", "丙")]
            .concat();
    drawn.numbering = "<w:abstractNum w:abstractNumId='0'><w:lvl w:ilvl='0'><w:start w:val='1'/><w:numFmt w:val='decimal'/><w:lvlText w:val='%1.'/><w:pPr><w:start w:val='7'/></w:pPr><w:rPr><w:start w:val='8'/></w:rPr></w:lvl></w:abstractNum>
        <w:num w:numId='1'><w:abstractNumId w:val='0'/></w:num>".into();
    let document = document(&drawn.bytes()).expect("read");
    let lines: Vec<String> = document
        .blocks
        .iter()
        .map(|block| match block {
            Block::Paragraph(line) => line.shown(),
            Block::Table(_) => "table".into(),
        })
        .collect();
    assert_eq!(lines, ["1.甲", "乙", "2.丙"]);
}

#[test]
fn the_default_style_may_hide_and_deleted_pictures_are_none() {
    let mut drawn = docx(&table("甲"));
    drawn.styles =
        "<w:style w:type='paragraph' w:default='1' w:styleId='N'><w:rPr><w:vanish/></w:rPr></w:style>".into();
    let book = crate::read::read(&drawn.bytes(), "a.docx").expect("read");
    assert_eq!(super::drawn(&book, &book.sheets[0]), "hides A1");
    let picture = |props: &str| {
        let cell = "<w:tc><w:p><w:r><w:drawing><a:blip r:embed='p'/></w:drawing></w:r></w:p></w:tc>";
        let book = super::book(&format!("<w:tbl><w:tr>{props}{cell}</w:tr></w:tbl>"));
        book.sheets[0].pictures.len()
    };
    assert_eq!((picture(""), picture("<w:trPr><w:del/></w:trPr>")), (1, 0));
}
