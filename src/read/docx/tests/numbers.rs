//! Automatic numbers: as Word shows them, in the document's paragraphs and in cells that hold nothing else.

use super::drawn;
use crate::read::docx::fixture::{Docx, docx};
use crate::read::docx::{Block, Cell, document};
use crate::read::read;

/// A document with these paragraphs (list, level, text) and a list as offices have it: 一、 （一） 1. (1), and one of
/// bullets.
fn listed(body: &str) -> Docx {
    let levels = [
        ("chineseCountingThousand", "%1、"),
        ("chineseCountingThousand", "（%2）"),
        ("decimal", "%3."),
        ("decimalZero", "%1.%3.%4"),
    ];
    let levels: Vec<String> = levels
        .iter()
        .enumerate()
        .map(|(at, (format, text))| {
            let legal = if at == 3 { "<w:isLgl/>" } else { "" };
            format!("<w:lvl w:ilvl='{at}'><w:start w:val='1'/><w:numFmt w:val='{format}'/>{legal}<w:lvlText w:val='{text}'/></w:lvl>")
        })
        .collect();
    let levels = levels.concat();
    let mut document = docx(body);
    document.numbering = format!(
        "<w:abstractNum w:abstractNumId='0'>{levels}</w:abstractNum>\
         <w:abstractNum w:abstractNumId='1'><w:lvl w:ilvl='0'><w:numFmt w:val='bullet'/><w:lvlText w:val='\u{f0b7}'/></w:lvl></w:abstractNum>\
         <w:abstractNum w:abstractNumId='2'><w:numStyleLink w:val='L'/></w:abstractNum>\
         <w:abstractNum w:abstractNumId='3'><w:lvl w:ilvl='0'><w:start w:val='1'/><w:numFmt w:val='decimalEnclosedCircleChinese'/><w:lvlText w:val='%1'/><w:pStyle w:val='H'/></w:lvl></w:abstractNum>\
         <w:num w:numId='1'><w:abstractNumId w:val='0'/></w:num>\
         <w:num w:numId='2'><w:abstractNumId w:val='0'/><w:lvlOverride w:ilvl='0'><w:startOverride w:val='5'/></w:lvlOverride></w:num>\
         <w:num w:numId='3'><w:abstractNumId w:val='1'/></w:num>\
         <w:num w:numId='4'><w:abstractNumId w:val='2'/></w:num>\
         <w:num w:numId='5'><w:abstractNumId w:val='3'/></w:num>"
    );
    document.styles = "<w:style w:type='paragraph' w:default='1' w:styleId='a'><w:name w:val='Normal'/></w:style>\
        <w:style w:type='numbering' w:styleId='L'><w:pPr><w:numPr><w:numId w:val='5'/></w:numPr></w:pPr></w:style>\
        <w:style w:type='paragraph' w:styleId='B'><w:name w:val='heading 2'/><w:basedOn w:val='a'/></w:style>\
        <w:style w:type='paragraph' w:styleId='H'><w:name w:val='条'/><w:basedOn w:val='B'/><w:pPr><w:numPr><w:numId w:val='5'/></w:numPr></w:pPr></w:style>"
        .into();
    document
}

fn item(list: u32, level: u8, text: &str) -> String {
    paragraph(&format!("<w:numPr><w:ilvl w:val='{level}'/><w:numId w:val='{list}'/></w:numPr>"), text)
}

fn paragraph(props: &str, text: &str) -> String {
    format!("<w:p><w:pPr>{props}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>")
}

/// The paragraphs of a body as they are shown.
fn shown(body: &[String]) -> Vec<String> {
    let document = document(&listed(&body.concat()).bytes()).expect("read");
    let lines = document.blocks.iter().map(|block| match block {
        Block::Paragraph(paragraph) => paragraph.shown(),
        Block::Table(table) => table.cells.iter().map(Cell::text).collect::<Vec<_>>().join("|"),
    });
    lines.collect()
}

#[test]
fn levels_count_and_begin_anew() {
    let seen = shown(&[
        item(1, 0, "甲"),
        item(1, 1, "乙"),
        item(1, 1, "丙"),
        item(1, 2, "丁"),
        item(1, 3, "戊"),
        item(1, 0, "己"),
        item(1, 1, "庚"),
    ]);
    assert_eq!(seen, ["一、甲", "（一）乙", "（二）丙", "1.丁", "1.1.01戊", "二、己", "（一）庚"]);
}

#[test]
fn lists_of_one_definition_count_on_unless_they_say_where_to_start() {
    assert_eq!(
        shown(&[item(1, 0, "甲"), item(2, 0, "乙"), item(2, 0, "丙"), item(1, 0, "丁")]),
        ["一、甲", "五、乙", "六、丙", "七、丁"]
    );
}

#[test]
fn numbers_come_from_styles_too() {
    let styled = paragraph("<w:pStyle w:val='H'/>", "甲");
    let without = paragraph("<w:pStyle w:val='H'/><w:numPr><w:numId w:val='0'/></w:numPr>", "乙");
    assert_eq!(
        shown(&[styled.clone(), without, styled, item(4, 0, "丙"), item(9, 0, "丁")]),
        ["①甲", "乙", "②甲", "③丙", "丁"]
    );
}

#[test]
fn deleted_paragraphs_do_not_count_and_bullets_are_dots() {
    let deleted = "<w:p><w:pPr><w:numPr><w:ilvl w:val='0'/><w:numId w:val='1'/></w:numPr><w:rPr><w:del/></w:rPr></w:pPr><w:del><w:r><w:delText>删</w:delText></w:r></w:del></w:p>";
    assert_eq!(
        shown(&[item(1, 0, "甲"), deleted.into(), item(1, 0, "乙"), item(3, 0, "丙")]),
        ["一、甲", "二、乙", "•丙"]
    );
}

#[test]
fn a_cell_with_nothing_but_its_number_has_that() {
    let tc = |inside: String| format!("<w:tc>{inside}</w:tc>");
    let row = |text| format!("<w:tr>{}{}{}</w:tr>", tc(item(1, 2, "")), tc(item(1, 2, text)), tc(item(3, 0, "")));
    let bytes = listed(&format!("<w:tbl>{}{}</w:tbl>", row("甲"), row("乙"))).bytes();
    let book = read(&bytes, "a.docx").expect("read");
    assert_eq!(drawn(&book, &book.sheets[0]), "A1=1. B1=甲 A2=3. B2=乙");
    let Some(Block::Table(table)) = document(&bytes).expect("read").blocks.into_iter().next() else {
        panic!("a table")
    };
    assert_eq!(table.cells[1].paragraphs[0].shown(), "2.甲", "the document keeps the number beside the text");
}

#[test]
fn outline_levels_come_from_the_paragraph_or_its_style() {
    let body =
        [paragraph("<w:pStyle w:val='B'/>", "甲"), paragraph("<w:outlineLvl w:val='0'/>", "乙"), paragraph("", "丙")];
    let document = document(&listed(&body.concat()).bytes()).expect("read");
    let seen: Vec<_> = document
        .blocks
        .iter()
        .map(|block| match block {
            Block::Paragraph(paragraph) => (paragraph.outline, paragraph.style.as_deref()),
            Block::Table(_) => panic!("no table"),
        })
        .collect();
    assert_eq!(seen, [(Some(1), Some("heading 2")), (Some(0), None), (None, None)]);
}

/// A document of one list whose levels these are, and its numbers at the levels given.
fn counted(levels: &str, over: &str, at: &[u8]) -> Vec<String> {
    let body: String = at.iter().map(|level| item(1, *level, "甲")).collect();
    let mut document = docx(&body);
    document.numbering = format!(
        "<w:abstractNum w:abstractNumId='0'>{levels}</w:abstractNum>\
         <w:num w:numId='1'><w:abstractNumId w:val='0'/>{over}</w:num>"
    );
    let document = crate::read::docx::document(&document.bytes()).expect("read");
    let shown = document.blocks.iter().map(|block| match block {
        Block::Paragraph(paragraph) => paragraph.shown().trim_end_matches('甲').to_owned(),
        Block::Table(_) => panic!("no table"),
    });
    shown.collect()
}

#[test]
fn levels_restart_after_the_level_they_name() {
    let levels = |restart: &str| {
        let level = |at: u8, more: &str| {
            format!("<w:lvl w:ilvl='{at}'><w:start w:val='1'/>{more}<w:lvlText w:val='%{}.'/></w:lvl>", at + 1)
        };
        level(0, "") + &level(1, "") + &level(2, restart)
    };
    let at = [0, 1, 2, 2, 1, 2, 0, 2];
    let last = |restart: &str| counted(&levels(restart), "", &at).into_iter().skip(5).step_by(2).collect::<Vec<_>>();
    assert_eq!(last(""), ["1.", "1."]);
    assert_eq!(last("<w:lvlRestart w:val='0'/>"), ["3.", "4."], "never");
    assert_eq!(last("<w:lvlRestart w:val='1'/>"), ["3.", "1."], "after the first level only");
    assert_eq!(last("<w:lvlRestart w:val='2'/>"), ["1.", "1."]);
}

#[test]
fn a_list_overrides_levels_and_starts() {
    let levels = "<w:lvl w:ilvl='0'><w:start w:val='1'/><w:lvlText w:val='%1.'/></w:lvl>\
        <w:lvl w:ilvl='1'><w:start w:val='3'/><w:lvlText w:val='%1.%2 100% %9'/></w:lvl>";
    assert_eq!(counted(levels, "", &[0, 1, 1, 0, 1]), ["1.", "1.3 100% 0", "1.4 100% 0", "2.", "2.3 100% 0"]);
    let started = "<w:lvlOverride w:ilvl='1'><w:startOverride w:val='7'/></w:lvlOverride>";
    assert_eq!(counted(levels, started, &[0, 1, 1]), ["1.", "1.7 100% 0", "1.8 100% 0"]);
    let other = "<w:lvlOverride w:ilvl='0'><w:lvl w:ilvl='0'><w:start w:val='4'/><w:numFmt w:val='decimalZero'/><w:lvlText w:val='第%1'/></w:lvl></w:lvlOverride>";
    assert_eq!(counted(levels, other, &[0, 0]), ["第04", "第05"]);
    let legal =
        "<w:lvl w:ilvl='0'><w:start w:val='1'/><w:numFmt w:val='upperRoman'/>{}<w:lvlText w:val='%1.'/></w:lvl>";
    for (mark, shown) in
        [("", "I."), ("<w:isLgl/>", "1."), ("<w:isLgl w:val='0'/>", "I."), ("<w:isLgl w:val='1'/>", "1.")]
    {
        assert_eq!(counted(&legal.replace("{}", mark), "", &[0]), [shown], "{mark}");
    }
}
