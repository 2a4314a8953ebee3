use super::*;

#[test]
fn styles_are_told_from_their_lists() {
    let part = "<styleSheet><fonts><font><sz val='11'/><name val='宋体'/></font><font><b/><sz val='22'/><color rgb='FFC00000'/><name val='黑体'/></font></fonts>
        <fills><fill><patternFill patternType='none'/></fill><fill><patternFill patternType='solid'><fgColor rgb='FFDCE6F1'/><bgColor indexed='64'/></patternFill></fill></fills>
        <borders><border><left/><right/></border><border><left style='thin'><color auto='1'/></left><bottom style='double'/></border></borders>
        <cellStyleXfs><xf fontId='1'/></cellStyleXfs>
        <cellXfs><xf/><xf fontId='1' fillId='1' borderId='1'><alignment horizontal='center' vertical='center' wrapText='1'/></xf></cellXfs>
        <dxfs><dxf><font><b/></font></dxf></dxfs></styleSheet>";
    let (styles, lost) = cell_styles(Xml::open(part.as_bytes()).expect("opened")).expect("read");
    assert_eq!((styles.len(), lost), (2, false));
    assert_eq!((styles[0].font.as_deref(), styles[0].bold, styles[0].down), (Some("宋体"), false, Down::Bottom));
    let head = &styles[1];
    assert_eq!((head.font.as_deref(), head.size, head.bold), (Some("黑体"), Some(22.0), true));
    assert_eq!((head.colour, head.ground), (Some(0x00C0_0000), Some(0x00DC_E6F1)));
    assert_eq!(head.frame, [Some(Line::Thin), None, None, Some(Line::Double)]);
    assert_eq!((head.across, head.down, head.wraps), (Across::Center, Down::Center, true));
}

#[test]
fn widths_heights_and_styles_of_a_sheet() {
    let part = "<worksheet><cols><col min='1' max='2' width='14.7109375'/><col min='0' max='99999' width='3'/></cols><sheetData>
        <row r='2' ht='30'><c r='B2' s='3'/><c s='4'/></row><row><c s='5'/></row></sheetData><pageSetup paperSize='8' orientation='landscape'/></worksheet>";
    let appearance = sheet(Xml::open(part.as_bytes()).expect("opened")).expect("read");
    assert!(matches!(appearance.widths[..], [(0, 1, width)] if (width - 14.0).abs() < 0.01), "{:?}", appearance.widths);
    assert_eq!(appearance.heights.get(&1), Some(&30.0));
    assert_eq!(
        appearance.cells.iter().map(|(at, s)| (*at, *s)).collect::<Vec<_>>(),
        [((1, 1), 3), ((1, 2), 4), ((2, 0), 5)]
    );
    assert_eq!((appearance.landscape, appearance.paper), (true, Some(8)));
}

#[test]
fn lists_and_what_is_set_for_printing() {
    let part = "<worksheet><sheetPr><pageSetUpPr fitToPage='1'/></sheetPr><sheetData/>
        <dataValidations><dataValidation type='whole' sqref='A1'><formula1>1</formula1></dataValidation>
        <dataValidation type='list' sqref='E4:E20 G4' showErrorMessage='1'><formula1>\"完成,&lt;未完成&gt;\"</formula1></dataValidation>
        <dataValidation type='list' sqref='F4'><formula1>选项!$A$1:$A$3</formula1></dataValidation></dataValidations>
        <printOptions horizontalCentered='1'/><pageMargins left='0.5' right='0.5' top='1' bottom='1' header='0.3' footer='0.3'/>
        <pageSetup paperSize='9' fitToHeight='0'/><headerFooter><oddFooter>&amp;C第&amp;P页</oddFooter></headerFooter></worksheet>";
    let appearance = sheet(Xml::open(part.as_bytes()).expect("opened")).expect("read");
    let lists: Vec<_> = appearance
        .choices
        .iter()
        .map(|list| {
            let areas: Vec<String> = list.areas.iter().map(ToString::to_string).collect();
            (areas.join(" "), list.source.as_str(), list.strict)
        })
        .collect();
    assert_eq!(
        lists,
        [("E4:E20 G4".to_owned(), "\"完成,<未完成>\"", true), ("F4".to_owned(), "选项!$A$1:$A$3", false)]
    );
    let print = &appearance.print;
    assert_eq!((print.fit, print.scale, print.centred), (Some((1, 0)), None, (true, false)));
    assert_eq!((print.margins, print.footer.as_str()), (Some([0.5, 0.5, 1.0, 1.0, 0.3, 0.3]), "&C第&P页"));
}

/// The colour of a cell style's font, and whether a colour is not known.
fn of_font(colour: &str) -> (Option<u32>, bool) {
    let part = format!(
        "<styleSheet><fonts><font><color {colour}/></font></fonts><cellXfs><xf fontId='0'/></cellXfs></styleSheet>"
    );
    let (styles, lost) = cell_styles(Xml::open(part.as_bytes()).expect("opened")).expect("read");
    (styles[0].colour, lost)
}

#[test]
fn colours_are_known_or_said_to_be_lost() {
    for (colour, seen) in [
        ("rgb='FF123456'", (Some(0x12_3456), false)),
        ("rgb='123456'", (Some(0x12_3456), false)),
        ("rgb='zz'", (None, false)),
        ("theme='0'", (Some(0xFF_FFFF), false)),
        ("theme='0' tint='0.5'", (None, true)),
        ("theme='1'", (None, false)),
        ("theme='1' tint='0.5'", (None, true)),
        ("theme='2'", (None, true)),
        ("auto='1'", (None, false)),
        ("indexed='8'", (None, false)),
        ("indexed='9'", (Some(0xFF_FFFF), false)),
        ("indexed='64'", (None, false)),
        ("indexed='10'", (None, true)),
    ] {
        assert_eq!(of_font(colour), seen, "{colour}");
    }
}

#[test]
fn lines_sizes_and_places_of_cell_styles() {
    let frames = [
        ("thin", Some(Line::Thin)),
        ("medium", Some(Line::Medium)),
        ("thick", Some(Line::Thick)),
        ("double", Some(Line::Double)),
        ("dashed", Some(Line::Dashed)),
        ("dotted", Some(Line::Dotted)),
        ("hair", Some(Line::Hair)),
        ("none", None),
        ("wavy", Some(Line::Thin)),
    ];
    for (style, seen) in frames {
        assert_eq!(line(style.as_bytes()), seen, "{style}");
    }
    let style = |font: &str, border: &str, alignment: &str| {
        let part = format!(
            "<styleSheet><fonts><font>{font}</font></fonts><borders><border>{border}</border></borders>
            <cellXfs><xf fontId='0' borderId='0'>{alignment}</xf></cellXfs></styleSheet>"
        );
        let (styles, _) = cell_styles(Xml::open(part.as_bytes()).expect("opened")).expect("read");
        styles.into_iter().next().expect("one style")
    };
    for (size, seen) in
        [("0.5", None), ("1", Some(1.0)), ("409", Some(409.0)), ("410", None), ("-1", None), ("inf", None)]
    {
        assert_eq!(style(&format!("<sz val='{size}'/>"), "", "").size, seen, "{size}");
    }
    let name = |bytes: usize| style(&format!("<name val='{}'/>", "x".repeat(bytes)), "", "").font;
    assert!(name(0).is_none() && name(89).is_some() && name(90).is_none());
    for (font, (bold, italic)) in [
        ("<b/>", (true, false)),
        ("<b val='0'/>", (false, false)),
        ("<i/>", (false, true)),
        ("<i val='1'/>", (false, true)),
    ] {
        let style = style(font, "", "");
        assert_eq!((style.bold, style.italic), (bold, italic), "{font}");
    }
    let sides = "<start style='thin'/><end style='thick'/><top style='hair'/><diagonal style='double'/>";
    assert_eq!(style("", sides, "").frame, [Some(Line::Thin), Some(Line::Thick), Some(Line::Hair), None]);
    for (horizontal, across) in [
        ("left", Across::Left),
        ("center", Across::Center),
        ("distributed", Across::Center),
        ("right", Across::Right),
        ("fill", Across::General),
    ] {
        assert_eq!(style("", "", &format!("<alignment horizontal='{horizontal}'/>")).across, across, "{horizontal}");
    }
    for (vertical, down) in
        [("top", Down::Top), ("center", Down::Center), ("justify", Down::Center), ("bottom", Down::Bottom)]
    {
        assert_eq!(style("", "", &format!("<alignment vertical='{vertical}'/>")).down, down, "{vertical}");
    }
}

#[test]
fn what_a_sheet_may_set() {
    let of = |inside: &str| {
        let part = format!("<worksheet>{inside}</worksheet>");
        sheet(Xml::open(part.as_bytes()).expect("opened")).expect("read")
    };
    let width = |columns: &str, width: &str| {
        let (min, max) = columns.split_once('-').expect("two columns");
        let widths = of(&format!("<cols><col min='{min}' max='{max}' width='{width}'/></cols>")).widths;
        widths.first().map(|&(first, last, width)| (first, last, (width * 10.0).round()))
    };
    assert_eq!(width("1-16384", "255"), Some((0, 16_383, 2_543.0)));
    assert_eq!(width("1-1", "0.2"), Some((0, 0, 0.0)), "not below nothing");
    for (columns, wide) in [("1-1", "256"), ("0-1", "9"), ("1-16385", "9"), ("1-1", "-1"), ("1-1", "x")] {
        assert_eq!(width(columns, wide), None, "{columns} {wide}");
    }
    for (height, set) in [("0.5", false), ("1", true), ("409", true), ("409.5", false)] {
        let heights = of(&format!("<sheetData><row r='3' ht='{height}'/></sheetData>")).heights;
        assert_eq!(heights.contains_key(&2), set, "{height}");
    }
    let cells = |cells: &str| of(&format!("<sheetData>{cells}</sheetData>")).cells.keys().copied().collect::<Vec<_>>();
    assert_eq!(
        cells("<row r='2'><c r='C2' s='1'/><c s='1'/><c/></row><row><c s='1'/></row>"),
        [(1, 2), (1, 3), (2, 0)]
    );
    assert_eq!(cells("<row r='1048576'><c r='XFD1048576' s='1'/></row>"), [(1_048_575, 16_383)]);
    assert_eq!(cells("<row r='1048577'><c r='A1' s='1'/></row><row r='1'><c r='XFE1' s='1'/></row>"), []);
    let print =
        of("<sheetPr><pageSetUpPr fitToPage='1'/></sheetPr><pageSetup scale='80' fitToWidth='2' paperSize='0'/>");
    assert_eq!(
        (print.print.fit, print.print.scale, print.paper, print.landscape),
        (Some((2, 1)), Some(80), None, false)
    );
    assert_eq!(of("<pageSetup fitToWidth='2'/>").print.fit, None);
    assert_eq!(of("<pageSetUpPr fitToPage='0'/><pageSetup fitToWidth='2'/>").print.fit, None);
    assert_eq!(of("<pageMargins left='0.5'/>").print.margins, None);
    let headed = of(
        "<headerFooter><oddHeader>台账</oddHeader></headerFooter><extLst><ext><cols><col min='1' max='1' width='9'/></cols></ext></extLst>",
    );
    assert_eq!((headed.print.header.as_str(), headed.widths.len()), ("台账", 0));
}

#[test]
fn references_give_areas_and_columns() {
    let shown = |text: &str| areas(text).iter().map(ToString::to_string).collect::<Vec<_>>().join(" ");
    assert_eq!((shown("E4:E20 G4"), shown("E4 x"), shown("")), ("E4:E20 G4".into(), "E4".into(), String::new()));
    for (reference, seen) in [("A1", Some(0)), ("c7", Some(2)), ("AA1", Some(26)), ("XFD1", Some(16_383)), ("7", None)]
    {
        assert_eq!(column(reference.as_bytes()), seen, "{reference}");
    }
}

#[test]
fn the_style_of_a_cell_is_found_by_its_place() {
    let styled = |font: &str| CellAppearance { font: Some(font.into()), ..CellAppearance::default() };
    let sheet = SheetAppearance { cells: [((1, 2), 1), ((1, 3), 9)].into(), ..SheetAppearance::default() };
    let book =
        BookAppearance { styles: vec![styled("甲"), styled("乙")], sheets: vec![sheet], ..BookAppearance::default() };
    assert_eq!(book.of(0, 1, 2).and_then(|style| style.font.as_deref()), Some("乙"));
    for (sheet, row, col) in [(0, 2, 1), (0, 1, 3), (1, 1, 2)] {
        assert!(book.of(sheet, row, col).is_none(), "{sheet} {row} {col}");
    }
}

#[test]
fn styles_and_cells_beyond_the_limit_are_left_out() {
    let (most, styles) =
        (MOST_STYLES, |part: &str| cell_styles(Xml::open(part.as_bytes()).expect("opened")).expect("read").0);
    let list = |name: &str, plain: &str, last: &str| format!("<{name}>{}{last}</{name}>", plain.repeat(most));
    let fonts = list("fonts", "<font/>", "<font><i/></font>");
    let fills =
        list("fills", "<fill/>", "<fill><patternFill patternType='solid'><fgColor rgb='FF0000'/></patternFill></fill>");
    let borders = list("borders", "<border/>", "<border><left style='thin'/></border>");
    let all = format!(
        "<styleSheet>{fonts}{fills}{borders}<cellXfs><xf fontId='{most}' fillId='{most}' borderId='{most}'/></cellXfs></styleSheet>"
    );
    let style = &styles(&all)[0];
    assert_eq!((style.italic, style.ground, style.frame), (false, None, Frame::default()));
    let xfs = format!("<styleSheet><cellXfs>{}</cellXfs></styleSheet>", "<xf/>".repeat(most + 1));
    assert_eq!(styles(&xfs).len(), most);
    let sheet = |inside: String| {
        sheet(Xml::open(format!("<worksheet>{inside}</worksheet>").as_bytes()).expect("opened")).expect("read")
    };
    let lists = "<dataValidation type='list' sqref='A1'><formula1>x</formula1></dataValidation>".repeat(MOST_LISTS + 1);
    assert_eq!(sheet(lists).choices.len(), MOST_LISTS);
    let widths = "<col min='1' max='1' width='9'/>".repeat(most + 1);
    assert_eq!(sheet(widths).widths.len(), most);
    let row = format!("<row>{}</row>", "<c s='1'/>".repeat(1_000));
    assert_eq!(sheet(format!("{}<row><c s='1'/></row>", row.repeat(MOST_CELLS / 1_000))).cells.len(), MOST_CELLS);
}
