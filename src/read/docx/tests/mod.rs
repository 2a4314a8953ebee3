//! What is seen in the cells of Word tables, and what is not.

mod documents;
mod numbers;

use super::fixture::{docx, p, table, tc};
use crate::basis::place::Area;
use crate::read::{Notice, Raw, Sheet, Workbook, read};

fn book(body: &str) -> Workbook {
    read(&docx(body).bytes(), "收件/综合科.docx").expect("read")
}

/// The cells of a sheet, its merges, and what else is known of it.
fn drawn(book: &Workbook, sheet: &Sheet) -> String {
    let mut out = Vec::new();
    for row in &sheet.grid.rows {
        for &(col, raw) in &row.cells {
            let Raw::Text(text) = raw else { panic!("{raw:?}") };
            out.push(format!("{}={}", Area::cell(row.index, col), book.texts.get(text).replace('\n', "/")));
        }
    }
    let mut merges: Vec<_> = sheet.merges.iter().map(|area| format!("[{area}]")).collect();
    merges.sort();
    out.extend(merges);
    out.extend(sheet.hidden_rows.iter().map(|row| format!("hidden {}", row + 1)));
    out.extend(sheet.hidden_cells.iter().map(|&(row, col)| format!("hides {}", Area::cell(row, col))));
    out.extend(sheet.pictures.iter().map(|&(row, col)| format!("picture {}", Area::cell(row, col))));
    out.join(" ")
}

/// What a row with these cells shows.
fn row(cells: &str) -> String {
    let book = book(&format!("<w:tbl><w:tr>{cells}</w:tr></w:tbl>"));
    drawn(&book, &book.sheets[0])
}

/// What a cell with these paragraphs shows.
fn cell(paragraphs: &str) -> String {
    row(&format!("<w:tc>{paragraphs}</w:tc>"))
}

/// What a paragraph with these runs shows in a cell.
fn runs(runs: &str) -> String {
    cell(&format!("<w:p>{runs}</w:p>"))
}

fn t(text: &str) -> String {
    format!("<w:r><w:t>{text}</w:t></w:r>")
}

#[test]
fn each_table_is_a_sheet_and_rows_count_as_they_stand() {
    let body = [
        &p("某市创建工作台账"),
        &table("序号 | 工作任务\n1 | 广告整治"),
        &p("填表人：甲"),
        &table("a\n\nb"),
        &p("附注"),
    ];
    let book = book(&body.map(String::as_str).concat());
    let names: Vec<_> = book.sheets.iter().map(|sheet| sheet.name.as_str()).collect();
    assert_eq!(names, ["表1", "表2"]);
    assert_eq!(drawn(&book, &book.sheets[0]), "A1=序号 B1=工作任务 A2=1 B2=广告整治");
    assert_eq!(drawn(&book, &book.sheets[1]), "A1=a A3=b");
    assert_eq!(book.sheets[0].before, ["某市创建工作台账"]);
    assert_eq!(
        (&book.sheets[1].before[..], &book.sheets[1].after[..]),
        (&["填表人：甲".to_owned()][..], &["附注".to_owned()][..])
    );
    assert!(book.notices.is_empty());
}

#[test]
fn cells_stand_in_the_columns_of_the_grid() {
    let wide = [tc("<w:gridSpan w:val='2'/><w:vMerge w:val='restart'/>", "甲"), tc("", "乙")].concat();
    let below = [tc("<w:gridSpan w:val='2'/><w:vMerge/>", ""), tc("", "丙")].concat();
    let late = "<w:trPr><w:gridBefore w:val='2'/></w:trPr>".to_owned() + &tc("", "丁");
    let old = [tc("<w:hMerge w:val='restart'/>", "戊"), tc("<w:hMerge/>", ""), tc("", "己")].concat();
    let rows = [wide, below, late, old].map(|row| format!("<w:tr>{row}</w:tr>")).concat();
    let book = book(&format!("<w:tbl>{rows}</w:tbl>"));
    assert_eq!(drawn(&book, &book.sheets[0]), "A1=甲 C1=乙 C2=丙 C3=丁 A4=戊 C4=己 [A1:B2] [A4:B4]");
}

#[test]
fn a_table_inside_a_cell_is_the_next_sheet() {
    let inner = table("内1 | 内2");
    let deepest = format!("<w:tbl><w:tr><w:tc>{}{}</w:tc></w:tr></w:tbl>", table("底"), p("中"));
    let outer = format!("<w:tbl><w:tr><w:tc>{}{inner}<w:p/></w:tc><w:tc>{deepest}</w:tc></w:tr></w:tbl>", p("外"));
    let book = book(&[p("标题"), outer, table("后")].concat());
    let all: Vec<_> = book.sheets.iter().map(|sheet| format!("{} {}", sheet.name, drawn(&book, sheet))).collect();
    assert_eq!(all, ["表1 A1=外", "表2 A1=内1 B1=内2", "表3 A1=中", "表4 A1=底", "表5 A1=后"]);
    assert_eq!(book.sheets[1].before, ["标题"], "what stands around the outer table");
}

#[test]
fn changes_are_read_as_accepted() {
    let ins = |text| format!("<w:ins>{}</w:ins>", t(text));
    let del = |text| format!("<w:del><w:r><w:delText>{text}</w:delText></w:r></w:del>");
    assert_eq!(runs(&[t("已"), del("未"), ins("完成")].concat()), "A1=已完成");
    assert_eq!(
        runs(
            &["<w:moveFrom><w:r><w:t>旧</w:t></w:r></w:moveFrom>", "<w:moveTo><w:r><w:t>新</w:t></w:r></w:moveTo>"]
                .concat()
        ),
        "A1=新"
    );
    let joined = format!("<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr>{}</w:p><w:p>{}</w:p>", t("上"), t("下"));
    assert_eq!(cell(&joined), "A1=上下", "the end of the first was deleted");
    let changed = format!(
        "<w:p><w:pPr><w:pPrChange><w:pPr><w:rPr><w:del/></w:rPr></w:pPr></w:pPrChange></w:pPr>{}</w:p>",
        t("甲")
    );
    assert_eq!(cell(&[&changed, p("乙").as_str()].concat()), "A1=甲/乙", "what a property was before says nothing");
    let rows =
        format!("<w:tbl><w:tr><w:trPr><w:del/></w:trPr>{}</w:tr><w:tr>{}</w:tr></w:tbl>", tc("", "删"), tc("", "留"));
    let book = book(&rows);
    assert_eq!(drawn(&book, &book.sheets[0]), "A2=留", "a deleted row keeps its place");
}

#[test]
fn a_field_is_its_stored_result() {
    let char = |kind| format!("<w:r><w:fldChar w:fldCharType='{kind}'/></w:r>");
    let code = "<w:r><w:instrText>SUM(ABOVE)</w:instrText></w:r>";
    let sum = [char("begin"), code.into(), char("separate"), t("12"), char("end"), t("件")].concat();
    assert_eq!(runs(&sum), "A1=12件");
    let nested = [
        char("begin"),
        t("码"),
        char("begin"),
        char("separate"),
        t("内"),
        char("end"),
        char("separate"),
        t("果"),
        char("end"),
    ];
    assert_eq!(runs(&nested.concat()), "A1=果", "what stands in an instruction is none of the text");
    assert_eq!(
        cell(&format!("<w:p>{}{}</w:p>{}", char("begin"), t("码"), p("后"))),
        "A1=后",
        "a field that never ends"
    );
    assert_eq!(runs(&format!("<w:fldSimple w:instr='PAGE'>{}</w:fldSimple>", t("3"))), "A1=3");
    assert_eq!(runs(&format!("<w:hyperlink>{}</w:hyperlink>", t("链接"))), "A1=链接");
}

#[test]
fn what_is_not_the_text_is_not_read() {
    let notes = "<w:r><w:footnoteReference w:id='2'/><w:commentReference w:id='1'/><w:annotationRef/></w:r>";
    assert_eq!(runs(&[&t("甲"), notes].concat()), "A1=甲");
    let drawing = "<w:r><w:drawing><wp:docPr descr='图中文字'/><a:blip r:embed='rId9'/></w:drawing></w:r>";
    assert_eq!(runs(drawing), "picture A1");
    let ruby = "<w:r><w:ruby><w:rt><w:r><w:t>zong</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>综</w:t></w:r></w:rubyBase></w:ruby></w:r>";
    assert_eq!(runs(ruby), "A1=综");
    assert_eq!(
        runs("<w:r><w:t>上</w:t><w:br/><w:t>下</w:t><w:tab/><w:noBreakHyphen/><w:softHyphen/><w:t>尾</w:t></w:r>"),
        "A1=上/下\t-尾"
    );
    assert_eq!(cell(&[p("一"), "<w:p/>".into(), p("二"), "<w:p/>".into()].concat()), "A1=一/二");
}

#[test]
fn hidden_text_is_told_and_not_read() {
    let hidden = |val: &str| format!("<w:r><w:rPr><w:vanish{val}/></w:rPr><w:t>密</w:t></w:r>");
    assert_eq!(runs(&[t("明"), hidden("")].concat()), "A1=明 hides A1");
    assert_eq!(runs(&[t("明"), hidden(" w:val='0'")].concat()), "A1=明密");
    assert_eq!(runs("<w:r><w:rPr><w:vanish/></w:rPr><w:t> </w:t></w:r>"), "", "nothing is hidden");
    let mut styled = docx(
        "<w:tbl><w:tr><w:tc><w:p><w:r><w:rPr><w:rStyle w:val='H'/></w:rPr><w:t>密</w:t></w:r></w:p></w:tc></w:tr></w:tbl>",
    );
    styled.styles = "<w:style w:styleId='B'><w:rPr><w:vanish/></w:rPr></w:style><w:style w:styleId='H'><w:basedOn w:val='B'/></w:style>".into();
    let book = read(&styled.bytes(), "a.docx").expect("read");
    assert_eq!(drawn(&book, &book.sheets[0]), "hides A1");
    let rows = format!("<w:tr><w:trPr><w:hidden/></w:trPr>{}</w:tr><w:tr>{}</w:tr>", tc("", "藏"), tc("", "现"));
    let book = self::book(&format!("<w:tbl>{rows}</w:tbl>"));
    assert_eq!(drawn(&book, &book.sheets[0]), "A1=藏 A2=现 hidden 1", "as hidden rows in a workbook");
}

#[test]
fn content_controls_are_transparent_at_every_level() {
    let sdt = |inside: &str| {
        format!("<w:sdt><w:sdtPr><w:alias w:val='名'/></w:sdtPr><w:sdtContent>{inside}</w:sdtContent></w:sdt>")
    };
    let run = sdt(&t("行内"));
    let block = sdt(&format!("<w:p>{run}</w:p>"));
    let in_row = sdt(&format!("<w:tc>{block}</w:tc>"));
    let whole = sdt(&format!(
        "<w:tbl>{}{}</w:tbl>",
        sdt(&format!("<w:tr>{in_row}{}</w:tr>", tc("", "乙"))),
        sdt(&format!("<w:tr>{}</w:tr>", tc("", "丙")))
    ));
    let book = book(&whole);
    assert_eq!(drawn(&book, &book.sheets[0]), "A1=行内 B1=乙 A2=丙");
}

#[test]
fn the_placeholder_of_an_unfilled_control_is_no_text() {
    let unfilled = |inside: &str| {
        format!("<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{inside}</w:sdtContent></w:sdt>")
    };
    assert_eq!(runs(&[t("日期："), unfilled(&t("单击此处输入日期"))].concat()), "A1=日期：");
    let cells = [unfilled(&tc("", "选择一项")), tc("", "后")].concat();
    assert_eq!(row(&cells), "B1=后", "the cell keeps its place");
}

#[test]
fn a_check_box_shows_its_state_whatever_its_glyph() {
    let control = |checked: &str, inside: &str| {
        format!(
            "<w:sdt><w:sdtPr><w14:checkbox>{checked}<w14:checkedState w14:val='2612'/></w14:checkbox></w:sdtPr><w:sdtContent>{inside}</w:sdtContent></w:sdt>"
        )
    };
    let on = "<w14:checked w14:val='1'/>";
    assert_eq!(
        runs(
            &[control(on, &t("☒")), t("已完成"), control("<w14:checked w14:val='0'/>", &t("☐")), t("进行中")].concat()
        ),
        "A1=☑已完成□进行中"
    );
    assert_eq!(row(&control(on, &tc("", "☒"))), "A1=☑", "around a whole cell");
    assert_eq!(cell(&control("", &p("☐"))), "A1=□", "without a state it is empty");
    let form = |state: &str| {
        format!(
            "<w:r><w:fldChar w:fldCharType='begin'><w:ffData><w:checkBox>{state}</w:checkBox></w:ffData></w:fldChar></w:r><w:r><w:instrText>FORMCHECKBOX</w:instrText></w:r><w:r><w:fldChar w:fldCharType='end'/></w:r>"
        )
    };
    assert_eq!(
        runs(&[form("<w:default w:val='0'/><w:checked/>"), t("是"), form("<w:default w:val='0'/>"), t("否")].concat()),
        "A1=☑是□否"
    );
    assert_eq!(runs(&form("<w:default w:val='1'/><w:checked w:val='0'/>")), "A1=□");
    let sym = |font, code| format!("<w:r><w:sym w:font='{font}' w:char='{code}'/></w:r>");
    assert_eq!(
        runs(
            &[
                sym("Wingdings", "F0FE"),
                sym("Wingdings 2", "0052"),
                sym("Wingdings", "F0A8"),
                sym("Wingdings 2", "F0A3")
            ]
            .concat()
        ),
        "A1=☑☑□□"
    );
    let letter = "<w:r><w:rPr><w:rFonts w:ascii='Wingdings 2' w:hAnsi='Wingdings 2'/></w:rPr><w:t>R</w:t></w:r>";
    assert_eq!(runs(&[letter, &t("R")].concat()), "A1=☑R");
    let list = "<w:r><w:fldChar w:fldCharType='begin'><w:ffData><w:ddList><w:result w:val='1'/><w:listEntry w:val='未开始'/><w:listEntry w:val='已完成'/></w:ddList></w:ffData></w:fldChar></w:r><w:r><w:fldChar w:fldCharType='end'/></w:r>";
    assert_eq!(runs(list), "A1=已完成");
}

#[test]
fn of_two_ways_to_show_one_thing_one_is_read() {
    let box_of = |text: &str| format!("<w:txbxContent>{}</w:txbxContent>", p(text));
    let both = format!(
        "<w:r><mc:AlternateContent><mc:Choice Requires='wps'><wps:txbx>{}</wps:txbx></mc:Choice><mc:Fallback><w:pict><v:textbox>{}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>",
        box_of("填报单位：综合科"),
        box_of("填报单位：综合科")
    );
    let book = book(&[format!("<w:p>{both}{}</w:p>", t("标题")), table("a")].concat());
    assert_eq!(book.sheets[0].before, ["填报单位：综合科", "标题"]);
    let fallback = format!("<mc:AlternateContent><mc:Fallback>{}</mc:Fallback></mc:AlternateContent>", t("只有它"));
    assert_eq!(runs(&fallback), "A1=只有它");
    assert_eq!(runs(&[t("格内"), both].concat()), "A1=格内", "a text box is outside of the cell it hangs on");
}

#[test]
fn page_headers_come_last_and_only_those_that_are_shown() {
    let section = |first: &str| {
        format!(
            "<w:sectPr><w:headerReference w:type='default' r:id='h1'/><w:headerReference w:type='first' r:id='h2'/><w:headerReference w:type='even' r:id='h3'/>{first}</w:sectPr>"
        )
    };
    let before = |first: &str| {
        let mut document = docx(&[p("标题"), table("a"), section(first)].concat());
        let header = |text: &str| format!("<w:hdr>{}</w:hdr>", p(text)).into_bytes();
        document.relations =
            vec![("h1", "header", "header1.xml"), ("h2", "header", "header2.xml"), ("h3", "header", "header3.xml")];
        document.more = vec![
            ("word/header1.xml", header("页眉")),
            ("word/header2.xml", header("首页")),
            ("word/header3.xml", header("偶页")),
        ];
        read(&document.bytes(), "a.docx").expect("read").sheets[0].before.join(" ")
    };
    assert_eq!(before(""), "标题 页眉");
    assert_eq!(before("<w:titlePg/>"), "标题 首页 页眉");
}

#[test]
fn the_strict_namespace_and_other_extensions_are_read() {
    let document = docx(&table("甲 | 乙"));
    for (bytes, name, notices) in [
        (document.with("http://purl.oclc.org/ooxml/wordprocessingml/main"), "a.docx", vec![]),
        (document.bytes(), "a.docm", vec![]),
        (document.bytes(), "a.dotx", vec![]),
        (document.bytes(), "a.doc", vec![Notice::ContentNotExtension("doc".into())]),
    ] {
        let book = read(&bytes, name).expect("read");
        assert_eq!(drawn(&book, &book.sheets[0]), "A1=甲 B1=乙");
        assert_eq!(book.notices, notices, "{name}");
    }
    let html = "<html><body><table><tr><td>甲</td></tr></table></body></html>";
    assert_eq!(read(html.as_bytes(), "a.doc").expect("read").notices, [Notice::ContentNotExtension("doc".into())]);
}

#[test]
fn small_pictures_in_cells_are_carried_on() {
    let picture = b"\x89PNG\r\n\x1a\nrest".to_vec();
    let mut document = docx(
        "<w:tbl><w:tr><w:tc><w:p/></w:tc></w:tr><w:tr><w:tc><w:p><w:r><w:drawing><a:blip r:embed='p1'/></w:drawing></w:r></w:p></w:tc></w:tr></w:tbl>",
    );
    document.relations = vec![("p1", "image", "media/image1.png")];
    document.more = vec![("word/media/image1.png", picture.clone())];
    let book = read(&document.bytes(), "a.docx").expect("read");
    let images: Vec<_> =
        book.sheets[0].images.iter().map(|image| (image.row, image.col, image.bytes.clone())).collect();
    assert_eq!(images, [(1, 0, picture)]);
}

#[test]
fn what_is_kept_of_a_document_has_limits() {
    let blips = |count: usize| "<w:r><w:drawing><a:blip r:embed='p'/></w:drawing></w:r>".repeat(count);
    let pictured = |count: usize| {
        let cell = format!("<w:tbl><w:tr><w:tc><w:p>{}</w:p></w:tc></w:tr></w:tbl>", blips(count));
        read(&docx(&cell).bytes(), "a.docx").expect("read").sheets[0].pictures.len()
    };
    assert_eq!((pictured(3), pictured(10_001)), (3, 10_000));
    let lines = |count: usize| (0..count).map(|at| p(&format!("行{at}"))).collect::<String>();
    let around = |count: usize| {
        let body = format!("{}{}{}", lines(count), table("甲 | 乙"), lines(count));
        let book = read(&docx(&body).bytes(), "a.docx").expect("read");
        let (before, after) = (&book.sheets[0].before, &book.sheets[0].after);
        (
            before.len(),
            before.first().cloned().unwrap_or_default(),
            after.len(),
            after.last().cloned().unwrap_or_default(),
        )
    };
    assert_eq!(around(40), (40, "行0".into(), 40, "行39".into()));
    assert_eq!(around(41), (40, "行1".into(), 40, "行39".into()), "the nearest lines");
    let long = |count: usize| {
        let body = p(&"甲".repeat(count)) + &table("甲 | 乙");
        read(&docx(&body).bytes(), "a.docx").expect("read").sheets[0].before.len()
    };
    assert_eq!((long(200), long(201)), (1, 0));
}
