use super::*;

#[test]
fn styles_tell_strikes_and_colours() {
    let part = "<styleSheet><fonts><font/><font><strike/></font><font><strike val='0'/></font></fonts>
        <fills><fill><patternFill patternType='none'/></fill><fill><patternFill patternType='solid'><fgColor rgb='FFFF0000'/></patternFill></fill>
        <fill><patternFill patternType='solid'><fgColor rgb='FFD9D9D9'/></patternFill></fill><fill><patternFill patternType='solid'><fgColor theme='4' tint='0.5'/></patternFill></fill>
        <fill><patternFill patternType='solid'><fgColor theme='0'/></patternFill></fill><fill><patternFill patternType='solid'><fgColor indexed='13'/></patternFill></fill></fills>
        <cellXfs><xf/><xf fontId='1' fillId='1'/><xf fontId='2' fillId='2'/><xf fillId='3'/><xf fillId='4'/><xf fillId='5'/></cellXfs>
        <dxfs><dxf><font><strike/></font></dxf></dxfs></styleSheet>";
    let styles = styles(Xml::open(part.as_bytes()).expect("opened")).expect("read");
    let told: Vec<(bool, bool)> = styles.iter().map(|style| (style.struck, style.fill.is_some())).collect();
    assert_eq!(told, [(false, false), (true, true), (false, false), (false, true), (false, false), (false, true)]);
}

#[test]
fn a_sheet_tells_filters_strikes_and_links() {
    let texts = "<sst><si><t>甲</t></si><si><r><t>乙</t></r><r><rPr><strike/></rPr><t>丙</t></r></si></sst>";
    let texts = struck_texts(Xml::open(texts.as_bytes()).expect("opened")).expect("read");
    assert_eq!(texts, [false, true]);
    let part = "<worksheet><sheetData><row r='2'><c r='A2' t='s'><v>0</v></c><c t='s'><v>1</v></c><c s='1'><v>3</v></c><c s='1'/>
        <c t='inlineStr'><is><r><rPr><strike/></rPr><t>丁</t></r></is></c></row>
        <row><c><f>[1]台账!A1</f></c><c><f>SUM(表1[数量])</f><v>1</v></c></row></sheetData>
        <autoFilter ref='$A$1:C9'><filterColumn colId='0'/></autoFilter></worksheet>";
    let styles = [Style::default(), Style { struck: true, fill: Some(7) }];
    let mut found = SheetHealth::default();
    cells(Xml::open(part.as_bytes()).expect("opened"), &styles, &texts, &mut found).expect("read");
    assert_eq!(found.struck, [(1, 1), (1, 2), (1, 4)]);
    assert_eq!(found.linked, [(2, 0)]);
    assert_eq!(found.fills.keys().copied().collect::<Vec<_>>(), [(1, 2), (1, 3)]);
    assert_eq!(found.filters.iter().map(ToString::to_string).collect::<Vec<_>>(), ["A1:C9"]);
    let mut none = SheetHealth::default();
    let idle = "<worksheet><autoFilter ref='A1:C9'/></worksheet>";
    cells(Xml::open(idle.as_bytes()).expect("opened"), &styles, &texts, &mut none).expect("read");
    assert!(none.filters.is_empty(), "a filter that hides nothing");
}

#[test]
fn a_formula_is_linked_by_a_file_and_a_sheet() {
    for linked in ["[1]台账!A1", "SUM('C:\\数据\\[汇总.xlsx]8月 台账'!B2:B9)", "'[a.xlsx]S'!A1"] {
        assert!(is_linked(linked), "{linked}");
    }
    for own in
        ["SUM(表1[数量])", "表1[[#This Row],[数量]]*2", "台账!A1", "SUM(A1:B2)", "", "a]b!A1", "[1]!A1", "[1]台账+A1"]
    {
        assert!(!is_linked(own), "{own}");
    }
}

#[test]
fn colours_that_are_no_shade_of_grey() {
    let fill = |colour: &str| {
        let part = format!(
            "<styleSheet><fills><fill><patternFill patternType='solid'><fgColor {colour}/></patternFill></fill></fills>
            <cellXfs><xf fillId='0'/></cellXfs></styleSheet>"
        );
        styles(Xml::open(part.as_bytes()).expect("opened")).expect("read")[0].fill
    };
    let grey = format!("rgb='FF0000{:02X}'", CHROMA - 1);
    let blue = format!("rgb='FF0000{CHROMA:02X}'");
    assert_eq!((fill(&grey), fill(&blue)), (None, Some(u32::from(CHROMA))));
    assert_eq!((fill("rgb='12'"), fill("rgb='FFZZ0000'"), fill("rgb='00FF00'")), (None, None, Some(0x00_FF00)));
    assert_eq!((fill("theme='3'"), fill("theme='4'")), (None, Some((2 << 24) + (4 << 8) + 100)));
    assert_eq!(fill("theme='5' tint='-0.5'"), Some((2 << 24) + (5 << 8) + 50));
    assert_eq!(fill("theme='5' tint='9'"), Some((2 << 24) + (5 << 8) + 200));
    assert_eq!((fill("indexed='63'").is_some(), fill("indexed='64'")), (!PLAIN.contains(&63), None));
    assert_eq!((fill("indexed='13'"), fill(&format!("indexed='{}'", PLAIN[0]))), (Some((1 << 24) + 13), None));
    let idle = "<styleSheet><fills><fill><patternFill patternType='darkGrid'><fgColor rgb='FFFF0000'/></patternFill></fill></fills>
        <cellXfs><xf fillId='0'/><xf fillId='7' fontId='7'/></cellXfs></styleSheet>";
    let seen = styles(Xml::open(idle.as_bytes()).expect("opened")).expect("read");
    assert!(seen.len() == 2 && seen.iter().all(|style| style.fill.is_none() && !style.struck));
}

#[test]
fn strikes_of_runs_and_cells() {
    let found = |rows: &str, styles: &[Style]| {
        let part = format!("<worksheet><sheetData>{rows}</sheetData></worksheet>");
        let mut found = SheetHealth::default();
        cells(Xml::open(part.as_bytes()).expect("opened"), styles, &[true, false], &mut found).expect("read");
        found
    };
    let struck =
        |cells: &str| found(&format!("<row r='1'>{cells}</row>"), &[Style { struck: true, fill: None }]).struck;
    let plain = |cells: &str| found(&format!("<row r='1'>{cells}</row>"), &[Style::default()]).struck;
    assert_eq!(struck("<c s='0'><v>3</v></c><c s='0'/><c s='0'><v> </v></c>"), [(0, 0)]);
    assert_eq!(plain("<c t='s'><v>0</v></c><c t='s'><v>1</v></c><c t='s'><v>2</v></c><c><v>0</v></c>"), [(0, 0)]);
    assert_eq!(plain("<c><is><r><rPr><strike/></rPr><t> </t></r></is></c>"), []);
    assert_eq!(plain("<c><is><r><rPr><strike/></rPr><t>甲</t></r></is></c><c><is><t>乙</t></is></c>"), [(0, 0)]);
    assert_eq!(plain("<c><is><r><rPr><strike/></rPr></r><r><t>甲</t></r></is></c>"), []);
    assert_eq!(plain("<c r='D9'><is><r><rPr><strike/></rPr><t>甲</t></r></is></c>"), [(8, 3)]);
    let linked = found("<row r='3'><c/><c><f>[1]台账!A1</f></c></row><row><c><f>[2]台账!A1</f></c></row>", &[]).linked;
    assert_eq!(linked, [(2, 1), (3, 0)]);
}

#[test]
fn styles_beyond_the_limit_are_left_out() {
    let of = |part: String| styles(Xml::open(part.as_bytes()).expect("opened")).expect("read");
    let fonts = format!("<fonts>{}<font><strike val='0'/><strike/></font></fonts>", "<font/>".repeat(MOST));
    let fills = format!(
        "<fills>{}<fill><patternFill patternType='solid'><fgColor rgb='FFFF0000'/></patternFill></fill></fills>",
        "<fill/>".repeat(MOST)
    );
    let seen =
        of(format!("<styleSheet>{fonts}{fills}<cellXfs><xf fontId='{MOST}' fillId='{MOST}'/></cellXfs></styleSheet>"));
    assert_eq!(seen, [Style::default()]);
    assert_eq!(of(format!("<styleSheet><cellXfs>{}</cellXfs></styleSheet>", "<xf/>".repeat(MOST + 1))).len(), MOST);
}
