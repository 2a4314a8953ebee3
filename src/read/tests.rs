//! Small whole files, read at the doors of this module.

use super::docx::fixture::zip;
use super::xls::fixture::{compound, xls};
use super::*;

/// An xlsx file: what stands in each sheet (台账1, 台账2 …), further relations of the workbook, and further parts.
pub(super) fn xlsx(sheets: &[&str], relations: &str, more: &[(&str, &str)]) -> Vec<u8> {
    let numbers = || 1..=sheets.len();
    let entry = |at| format!("<sheet name='台账{at}' sheetId='{at}' r:id='s{at}'/>");
    let list = numbers().map(entry).collect::<Vec<_>>().concat();
    let book = format!("<workbook><sheets>{list}</sheets></workbook>");
    let link = |at| {
        format!(
            "<Relationship Id='s{at}' Type='http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet' Target='worksheets/sheet{at}.xml'/>"
        )
    };
    let links = numbers().map(link).collect::<Vec<_>>().concat();
    let links = format!("<Relationships>{links}{relations}</Relationships>");
    let paths: Vec<String> = numbers().map(|at| format!("xl/worksheets/sheet{at}.xml")).collect();
    let inside: Vec<String> = sheets.iter().map(|inside| format!("<worksheet>{inside}</worksheet>")).collect();
    let root = "<Relationships><Relationship Id='o' Type='http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument' Target='xl/workbook.xml'/></Relationships>";
    let mut parts = vec![
        ("_rels/.rels", root.as_bytes()),
        ("xl/workbook.xml", book.as_bytes()),
        ("xl/_rels/workbook.xml.rels", links.as_bytes()),
    ];
    parts.extend(paths.iter().map(String::as_str).zip(inside.iter().map(String::as_bytes)));
    parts.extend(more.iter().map(|&(path, part)| (path, part.as_bytes())));
    zip(&parts)
}

/// The cells of the first sheet as `A1=value`, and the notices.
fn shown(book: &Workbook) -> Vec<String> {
    let value = |raw| match raw {
        Raw::Text(text) => book.texts.get(text).to_owned(),
        Raw::Fault(text) | Raw::DigitsLost(text) => format!("!{}", book.texts.get(text)),
        Raw::Number { value, percent } => format!("{value}{}", if percent { "%" } else { "" }),
        Raw::Date(moment) => moment.to_string(),
        Raw::Duration(span) => format!("{} min", span.num_minutes()),
        other => format!("{other:?}"),
    };
    let cells = book.sheets[0].grid.rows.iter().flat_map(|row| row.cells.iter().map(move |cell| (row.index, *cell)));
    let cells = cells.map(|(row, (col, raw))| format!("{}={}", crate::basis::place::Area::cell(row, col), value(raw)));
    let notices = book.notices.iter().map(|notice| match notice {
        Notice::BadCell { area, what, .. } => format!("{} {what}", area.map_or("?".into(), |area| area.to_string())),
        other => format!("{other:?}"),
    });
    cells.chain(notices).collect()
}

/// What an xlsx file with this row in its only sheet shows.
fn row(cells: &str) -> Vec<String> {
    let styles = "<styleSheet><cellXfs><xf/><xf numFmtId='9'/><xf numFmtId='14'/></cellXfs></styleSheet>";
    let texts = "<sst><si><t>甲</t></si><si><t>乙</t></si></sst>";
    let links = "<Relationship Id='a' Type='x/styles' Target='styles.xml'/>
        <Relationship Id='b' Type='x/sharedStrings' Target='texts.xml'/>";
    let sheet = format!("<sheetData><row r='1'>{cells}</row></sheetData>");
    let bytes = xlsx(&[&sheet], links, &[("xl/styles.xml", styles), ("xl/texts.xml", texts)]);
    shown(&read(&bytes, "a.xlsx").expect("read"))
}

#[test]
fn cells_of_all_types() {
    let none: [&str; 0] = [];
    for (cell, seen) in [
        ("<c><v>5</v></c>", "A1=5"),
        ("<c t='n'><v>5</v></c>", "A1=5"),
        ("<c s='1'><v>0.85</v></c>", "A1=0.85%"),
        ("<c s='2'><v>41866</v></c>", "A1=2014-08-15 00:00:00"),
        ("<c s='9'><v>41866</v></c>", "A1=41866"),
        ("<c><v>370101199001011234</v></c>", "A1=!370101199001011234"),
        ("<c><v>inf</v></c>", "A1=inf"),
        ("<c t='s'><v>1</v></c>", "A1=乙"),
        ("<c t='s'><v> 0 </v></c>", "A1=甲"),
        ("<c t='s'><v>2</v></c>", "A1 no such shared text: 2"),
        ("<c t='s'><v>x</v></c>", "A1 no such shared text: x"),
        ("<c t='b'><v>1</v></c>", "A1=Truth(true)"),
        ("<c t='b'><v>FALSE</v></c>", "A1=Truth(false)"),
        ("<c t='b'><v>2</v></c>", "A1 neither true nor false: 2"),
        ("<c t='e'><v>#N/A</v></c>", "A1=!#N/A"),
        ("<c t='d'><v>2014-08-15T00:00:00</v></c>", "A1=2014-08-15 00:00:00"),
        ("<c t='d'><v>PT1H30M</v></c>", "A1=90 min"),
        ("<c t='d'><v>8月</v></c>", "A1=8月"),
        ("<c t='str'><v>丙_x0041_</v></c>", "A1=丙A"),
        ("<c t='inlineStr'><is><t>丁</t></is></c>", "A1=丁"),
        ("<c><v>5</v><is><t>丁</t></is></c>", "A1=丁"),
        ("<c><is><t>丁</t></is><v>5</v></c>", "A1=丁"),
        ("<c><f>B1</f></c>", "A1=Uncalculated"),
        ("<c><f>B1</f><v></v></c>", "A1=Uncalculated"),
        ("<c><f>B1</f><v>5</v></c>", "A1=5"),
        ("<c r='B0'><v>5</v></c>", "? no such cell: B0"),
        ("<c r='12345678901234567890123'><v>5</v></c>", "? no such cell: 12345678901234567890"),
        ("<c r='ABCDEF1'><v>5</v></c>", "? no such cell: ABCDEF1"),
        ("<c r='xfd1'><v>5</v></c>", "XFD1=5"),
        ("<c r='XFE1'><v>5</v></c>", "Budget { sheet: Some(0), limit: OutsideSheet(1) }"),
    ] {
        assert_eq!(row(cell), [seen], "{cell}");
    }
    for cell in ["<c/>", "<c t='s'><v> </v></c>", "<c t='str'><f>B1</f><v></v></c>", "<c t='b'/>"] {
        assert_eq!(row(cell), none, "{cell}");
    }
    assert_eq!(row("<c r='C1'><v>1</v></c><c><v>2</v></c><c r='A1'><v>3</v></c>"), ["A1=3", "C1=1", "D1=2"]);
}

#[test]
fn pictures_in_cells() {
    let rich = "<Relationship Id='r' Type='x/richValueRel' Target='richData/r.xml'/>";
    let of = |cell: &str, links: &str| {
        let images =
            "<etc:cellImages><etc:cellImage><xdr:pic><xdr:nvPicPr><xdr:cNvPr id='1' name='ID_A'/></xdr:nvPicPr>
            <xdr:blipFill><a:blip r:embed='p'/></xdr:blipFill></xdr:pic></etc:cellImage></etc:cellImages>";
        let files = "<Relationships><Relationship Id='p' Type='x/image' Target='media/a.gif'/></Relationships>";
        let more =
            [("xl/cellimages.xml", images), ("xl/_rels/cellimages.xml.rels", files), ("xl/media/a.gif", "GIF89a")];
        let book = read(&xlsx(&[&format!("<sheetData><row>{cell}</row></sheetData>")], links, &more), "a.xlsx");
        let book = book.expect("read");
        (shown(&book), book.sheets[0].pictures.clone(), book.sheets[0].images.len())
    };
    let (none, here) = (Vec::<String>::new(), vec![(0, 0)]);
    let value = "<v>=DISPIMG(\"ID_A\",1)</v>";
    for cell in [
        format!("<c t='str'><f>_xlfn.DISPIMG(\"ID_A\",1)</f>{value}</c>"),
        format!("<c t='str'>{value}</c>"),
        "<c><f>DISPIMG(\"ID_A\",1)</f></c>".to_owned(),
    ] {
        assert_eq!(of(&cell, ""), (none.clone(), here.clone(), 1), "{cell}");
    }
    let strange = "<c><f>DISPIMG(\"ID_B\",1)</f></c>";
    assert_eq!(of(strange, ""), (none.clone(), here.clone(), 0), "a picture whose file is not listed");
    assert_eq!(of(&format!("<c t='s'>{value}</c>"), "").1, vec![]);
    let fault = |vm: &str, value: &str| format!("<c t='e'{vm}><v>{value}</v></c>");
    assert_eq!(of(&fault(" vm='1'", "#VALUE!"), rich), (none, here, 0));
    for (cell, links) in [
        (fault("", "#VALUE!"), rich),
        (fault(" vm='1'", "#VALUE!"), ""),
        (fault(" vm='1'", "#N/A"), rich),
        (fault(" vm='1'", "#VALUE!").replace("'e'", "'str'"), rich),
    ] {
        assert_eq!(of(&cell, links).1, vec![], "{cell}");
    }
}

#[test]
fn what_stands_beside_the_cells_of_a_sheet() {
    let sheet = "<sheetData><row r='1' hidden='1'/><row r='3' hidden='1'><c><v>1</v></c></row><row><c><v>2</v></c></row></sheetData>
        <mergeCells><mergeCell ref='A1:C2'/><mergeCell ref='C9:B8'/><mergeCell ref='A1:A1048577'/><mergeCell ref='A1:XFE1'/>
        <mergeCell ref='D4'/><mergeCell ref='x'/></mergeCells>
        <extLst><ext><row r='9'><c><v>9</v></c></row></ext></extLst><drawing r:id='d'/>";
    let link = "<Relationships><Relationship Id='d' Type='x/drawing' Target='../d.xml'/></Relationships>";
    let drawing = "<wsDr><oneCellAnchor><from><col>6</col><row>1</row></from><pic><blip r:embed='r'/></pic></oneCellAnchor></wsDr>";
    let bytes = xlsx(&[sheet], "", &[("xl/worksheets/_rels/sheet1.xml.rels", link), ("xl/d.xml", drawing)]);
    let book = read(&bytes, "a.xlsx").expect("read");
    let sheet = &book.sheets[0];
    assert_eq!(shown(&book), ["A3=1", "A4=2"]);
    assert_eq!((&sheet.hidden_rows[..], &sheet.pictures[..]), (&[0, 2][..], &[(1, 6)][..]));
    let merges: Vec<String> = sheet.merges.iter().map(ToString::to_string).collect();
    assert_eq!(merges, ["A1:C2", "B8:C9", "D4"]);
}

#[test]
fn dates_shown_without_their_day_are_known() {
    let styles = "<styleSheet><numFmts><numFmt numFmtId='176' formatCode='yyyy'/></numFmts>
        <cellXfs><xf/><xf numFmtId='57'/><xf numFmtId='176'/><xf numFmtId='14'/></cellXfs></styleSheet>";
    let link = "<Relationship Id='a' Type='x/styles' Target='styles.xml'/>";
    let sheet = "<sheetData><row r='2'><c s='2'><v>41866</v></c><c s='3'><v>41866</v></c><c s='1'><v>0.5</v></c>\
        <c s='1' t='str'><v>x</v></c></row><row r='1'><c s='1'><v>41866</v></c><c s='1' t='d'><v>2014-08-15</v></c></row></sheetData>";
    let book = read(&xlsx(&[sheet], link, &[("xl/styles.xml", styles)]), "a.xlsx").expect("read");
    assert_eq!(book.sheets[0].dayless, [(0, 0, Dayless::Month), (0, 1, Dayless::Month), (1, 0, Dayless::Year)]);
    let day = chrono::NaiveDate::from_ymd_opt(2014, 8, 15).expect("a day");
    let shown = |row, col| book.sheets[0].dayless(row, col).map(|dayless| dayless.shown(day));
    assert_eq!(
        (shown(0, 1).as_deref(), shown(1, 0).as_deref(), shown(1, 1)),
        (Some("2014年8月"), Some("2014年"), None)
    );
}

#[test]
fn only_xlsx_has_an_appearance() {
    let sheet = "<sheetData><row><c s='1'><v>1</v></c></row></sheetData>";
    let styles =
        "<styleSheet><fonts><font/><font><b/></font></fonts><cellXfs><xf/><xf fontId='1'/></cellXfs></styleSheet>";
    let links = "<Relationship Id='t' Type='x/theme' Target='theme.xml'/><Relationship Id='y' Type='x/styles' Target='styles.xml'/>";
    let theme = "<styleSheet><cellXfs><xf/></cellXfs></styleSheet>";
    let bytes = xlsx(&[sheet, sheet], links, &[("xl/styles.xml", styles), ("xl/theme.xml", theme)]);
    let book = appearance(&bytes, "a.xlsx").expect("read").expect("an appearance");
    assert_eq!((book.styles.len(), book.sheets.len()), (2, 2));
    assert!(book.of(1, 0, 0).is_some_and(|style| style.bold));
    assert!(matches!(appearance(b"a,b\nc,d", "a.csv"), Ok(None)));
    assert!(matches!(appearance(&xls(&[]), "a.xls"), Ok(None)));
}

#[test]
fn the_health_of_a_whole_file() {
    let sheet = |colour: &str| {
        format!(
            "<sheetData><row><c t='str'><v>事项</v></c><c t='str'><v>数</v></c></row>{}<row><c><f>[1]a!A1</f><v>1</v></c></row></sheetData>{colour}",
            "<row><c><v>1</v></c></row>".repeat(2)
        )
    };
    let links = "<Relationship Id='e' Type='x/externalLink' Target='externalLinks/e1.xml'/>";
    let outer = "<Relationships><Relationship Id='o' Type='x/externalLinkPath' Target='/别处.xlsx'/></Relationships>";
    let to_table = "<Relationships><Relationship Id='t' Type='x/table' Target='../tables/t.xml'/>
        <Relationship Id='q' Type='x/queryTable' Target='../tables/q.xml'/></Relationships>";
    let table =
        "<table><autoFilter ref='$A$1:$B$3'><filterColumn colId='0'/></autoFilter><autoFilter ref='A9:B9'/></table>";
    let query = "<table><autoFilter ref='A5:B9'><filterColumn colId='0'/></autoFilter></table>";
    let core = "<cp:coreProperties><cp:lastModifiedBy>张某</cp:lastModifiedBy><dcterms:modified>2014-08-15T09:00:00Z</dcterms:modified></cp:coreProperties>";
    let more = [
        ("xl/externalLinks/_rels/e1.xml.rels", outer),
        ("xl/worksheets/_rels/sheet1.xml.rels", to_table),
        ("xl/tables/t.xml", table),
        ("xl/tables/q.xml", query),
        ("docProps/core.xml", core),
    ];
    let of = |sheet: &str| health(&xlsx(&[sheet], links, &more), "a.xlsx").expect("read");
    let linked = of(&sheet(""));
    assert_eq!((linked.saved.by.as_str(), linked.saved.at.as_str()), ("张某", "2014-08-15T09:00:00Z"));
    assert_eq!(linked.ailments.get(&Ailment::ExternalLink), Some(&vec!["台账1!A4".to_owned()]));
    let unlinked = of(
        "<sheetData><row r='2' hidden='1'><c><v>1</v></c></row><row r='5' hidden='1'><c><v>1</v></c></row></sheetData>",
    );
    assert_eq!(unlinked.ailments.get(&Ailment::ExternalLink), Some(&vec!["别处.xlsx".to_owned()]));
    let rows = |ailment| unlinked.ailments.get(&ailment).cloned().unwrap_or_default();
    assert_eq!(
        (rows(Ailment::FilteredRows), rows(Ailment::HiddenRows)),
        (vec!["台账1!2".into()], vec!["台账1!5".into()])
    );
    assert!(health(b"a,b\nc,d", "a.csv").expect("read").ailments.is_empty());
}

#[test]
fn strikes_are_told_by_text_and_not_by_how_it_is_pronounced() {
    let texts = "<sst><si><t>甲</t><rPh sb='0' eb='1'><r><rPr><strike/></rPr><t>jia</t></r></rPh></si></sst>";
    let links = "<Relationship Id='b' Type='x/sharedStrings' Target='texts.xml'/>";
    let sheet = "<sheetData><row><c t='s'><v>0</v></c></row></sheetData>
        <extLst><ext><row r='9'><c t='inlineStr'><is><r><rPr><strike/></rPr><t>乙</t></r></is></c></row></ext></extLst>";
    let found = health(&xlsx(&[sheet], links, &[("xl/texts.xml", texts)]), "a.xlsx").expect("read");
    assert!(!found.ailments.contains_key(&Ailment::StruckThrough));
}

#[test]
fn what_a_zip_holds_tells_its_format() {
    let oasis = |kind: &str| format!("application/vnd.oasis.opendocument.{kind}\n");
    let not = |kind: &str| Err(Refusal::NotATable(Some(kind.into())));
    for (kind, seen) in [
        ("spreadsheet", Ok(Format::Ods)),
        ("spreadsheet-template", Ok(Format::Ods)),
        ("text", not("odt")),
        ("text-web", Ok(Format::Zip)),
        ("presentation", not("odp")),
        ("graphics", Ok(Format::Zip)),
    ] {
        assert_eq!(sniff::sniff(&zip(&[("mimetype", oasis(kind).as_bytes())]), "a.ods"), seen, "{kind}");
    }
    for (parts, seen) in [
        (&["mimetype"][..], Ok(Format::Zip)),
        (&["content.xml", "META-INF/manifest.xml"], Ok(Format::Ods)),
        (&["content.xml"], Ok(Format::Zip)),
        (&["META-INF/manifest.xml"], Ok(Format::Zip)),
        (&["OFD.xml"], not("ofd")),
        (&["xl/workbook.bin"], Ok(Format::Xlsb)),
        (&["xl/workbook.xml"], Ok(Format::Xlsx)),
        (&["xl/other.xml"], Ok(Format::Zip)),
        (&["[Content_Types].xml", "xl/other.xml"], Ok(Format::Xlsx)),
        (&["word\\document.xml"], Ok(Format::Docx)),
        (&["[Content_Types].xml", "word/a.xml"], Ok(Format::Docx)),
        (&["ppt/presentation.xml"], not("pptx")),
        (&["a.xlsx"], Ok(Format::Zip)),
    ] {
        let parts: Vec<(&str, &[u8])> = parts.iter().map(|part| (*part, &b"x"[..])).collect();
        assert_eq!(sniff::sniff(&zip(&parts), "a.zip"), seen, "{parts:?}");
    }
}

#[test]
fn what_a_compound_file_holds_tells_its_format() {
    let not = |kind: &str| Err(Refusal::NotATable(Some(kind.into())));
    for (stream, seen) in [
        ("/Workbook", Ok(Format::Xls)),
        ("/WORKBOOK", Ok(Format::Xls)),
        ("/Book", Ok(Format::Xls)),
        ("/BOOK", Ok(Format::Xls)),
        ("/EncryptedPackage", Err(Refusal::Encrypted)),
        ("/EncryptionInfo", Err(Refusal::Encrypted)),
        ("/WordDocument", not("doc")),
        ("/PowerPoint Document", not("ppt")),
        ("/__properties_version1.0", not("msg")),
        ("/Other", Err(Refusal::NotATable(None))),
    ] {
        assert_eq!(sniff::sniff(&compound(&[(stream, b"x")]), "a.xls"), seen, "{stream}");
    }
}

#[test]
fn open_documents_are_zipped_or_flat() {
    let content = "<office:document xmlns:office='urn:oasis:names:tc:opendocument:xmlns:office:1.0' office:mimetype='application/vnd.oasis.opendocument.spreadsheet'>
        <office:body><office:spreadsheet><table:table table:name='a'><table:table-row><table:table-cell><text:p>甲</text:p></table:table-cell></table:table-row></table:table></office:spreadsheet></office:body></office:document>";
    let kind = b"application/vnd.oasis.opendocument.spreadsheet";
    let zipped = |more: &[(&str, &str)]| {
        let mut parts = vec![("mimetype", &kind[..]), ("content.xml", content.as_bytes())];
        parts.extend(more.iter().map(|&(path, part)| (path, part.as_bytes())));
        read(&zip(&parts), "a.ods")
    };
    let seen = |book: Result<Workbook, Refusal>| book.map(|book| shown(&book));
    assert_eq!(seen(read(content.as_bytes(), "a.fods")), Ok(vec!["A1=甲".into()]));
    assert_eq!(seen(zipped(&[])), Ok(vec!["A1=甲".into()]));
    let manifest = |entry: &str| {
        format!("<manifest:manifest><manifest:file-entry>{entry}</manifest:file-entry></manifest:manifest>")
    };
    assert_eq!(
        seen(zipped(&[("META-INF/manifest.xml", &manifest("<manifest:algorithm/>"))])),
        Ok(vec!["A1=甲".into()])
    );
    let locked = manifest("<manifest:encryption-data/>");
    assert_eq!(seen(zipped(&[("META-INF/manifest.xml", &locked)])), Err(Refusal::Encrypted));
    assert_eq!(seen(zipped(&[("encrypted-package", "x")])), Err(Refusal::Encrypted));
}

#[test]
fn characters_written_as_entities() {
    for (written, seen) in [
        ("&apos;甲&quot;", "'甲\""),
        ("&lt;甲&gt;&amp;", "<甲>&"),
        ("&#20057;&#x4E19;", "乙丙"),
        ("&own;甲&", "&own;甲&"),
        ("甲\r\n乙\r丙", "甲\n乙\n丙"),
    ] {
        assert_eq!(row(&format!("<c t='str'><v>{written}</v></c>")), [format!("A1={seen}")], "{written}");
    }
}

#[test]
fn parts_that_are_cut() {
    let texts = "<sst><si><t>甲</t></si><si><t>乙";
    let links = "<Relationship Id='b' Type='x/sharedStrings' Target='texts.xml'/>";
    let sheet = "<sheetData><row r='1'><c t='s'><v>0</v></c><c t='s'><v>1</v></c></row></sheetData>";
    let book = read(&xlsx(&[sheet], links, &[("xl/texts.xml", texts)]), "a.xlsx").expect("read");
    assert_eq!(shown(&book), ["A1=甲", "B1=乙"]);
    let cut = zip(&[(
        "word/document.xml",
        b"<w:document><w:body><w:tbl><w:tr><w:tc><w:p><w:r><w:t>a</w:t></w:r></w:p><w:p><w:pPr><w:b/>",
    )]);
    let book = read(&cut, "a.docx").expect("read");
    assert_eq!(shown(&book), ["A1=a", "? the document ends in the middle"]);
    let old = "<?xml version='1.0'?><Workbook xmlns='urn:schemas-microsoft-com:office:spreadsheet'><Worksheet ss:Name='a'><Table>
        <Row><Cell><Data ss:Type='Boolean'>1</Data></Cell><Cell><Data ss:Type='Boolean'>0</Data></Cell><Cell><Data ss:Type='Error'>#N/A</Data></Cell>
        <Cell><Data ss:Type='Number'>inf</Data></Cell><Cell><Data ss:Type='DateTime'>8月</Data></Cell></Row>";
    let book = read(old.as_bytes(), "a.xml").expect("read");
    assert_eq!(
        shown(&book),
        ["A1=Truth(true)", "B1=Truth(false)", "C1=!#N/A", "D1=inf", "E1=8月", "? the sheet ends in the middle"]
    );
}

#[test]
fn what_follows_the_last_tag_is_text() {
    let tokens = |bytes: &[u8]| {
        let mut xml = xml::Xml::open(bytes).expect("opened");
        let mut seen = String::new();
        loop {
            seen.push(match xml.next().expect("read") {
                xml::Token::Start(_) => '<',
                xml::Token::End(_) => '>',
                xml::Token::Text(_) => 't',
                xml::Token::CData(_) => 'c',
                xml::Token::Eof => return seen,
            });
        }
    };
    for (document, seen) in [
        ("<a>b", "<t"),
        ("<a>b</a>c", "<t>t"),
        ("<a/>", "<>"),
        ("<a><![CDATA[b]]>", "<c"),
        ("<a", ""),
        ("<!-- b --><?c?><a>", "<"),
    ] {
        assert_eq!(tokens(document.as_bytes()), seen, "{document}");
    }
}

#[test]
fn a_thousand_sheets_of_a_workbook_are_read() {
    for (count, read_of, told) in [(1_000, 1_000, 0), (1_001, 1_000, 1)] {
        let book = read(&xlsx(&vec![""; count], "", &[]), "a.xlsx").expect("read");
        let limits = book.notices.iter().filter(|notice| matches!(notice, Notice::Budget { .. })).count();
        assert_eq!((book.sheets.len(), limits), (read_of, told));
    }
}
