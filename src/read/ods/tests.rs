use super::*;

#[test]
fn zeros_before_a_number() {
    for (shown, value, padded) in [
        ("007", 7.0, true),
        (" 007 ", 7.0, true),
        ("00", 0.0, true),
        ("0", 0.0, false),
        ("7", 7.0, false),
        ("007", 8.0, false),
        ("0.7", 0.7, false),
        ("-07", -7.0, false),
    ] {
        assert_eq!(is_padded(shown, Some(value)), padded, "{shown}");
    }
    assert!(!is_padded("007", None));
}

fn drawn(tables: &str) -> (Vec<String>, Workbook) {
    let xml = format!("<office:document-content><office:body><office:spreadsheet>{tables}");
    let book = flat(xml.as_bytes()).expect("read");
    let mut out = Vec::new();
    for row in &book.sheets[0].grid.rows {
        for &(col, raw) in &row.cells {
            let value = match raw {
                Raw::Text(text) | Raw::Fault(text) | Raw::DigitsLost(text) => book.texts.get(text).to_string(),
                Raw::Number { value, percent } => format!("{value}{}", if percent { "%" } else { "" }),
                Raw::Date(moment) => moment.to_string(),
                other => format!("{other:?}"),
            };
            out.push(format!("{}={value}", Area::cell(row.index, col)));
        }
    }
    (out, book)
}

#[test]
fn cells_of_all_types_pretty_printed() {
    let (cells, book) = drawn(
        "<table:table table:name='台账'>
           <table:table-column/>
           <table:table-row>
             <table:table-cell office:value-type='string' table:number-columns-spanned='3'>
               <text:p>广告<text:s text:c='2'/>整治
                  一</text:p>
               <office:annotation><text:p>批注</text:p></office:annotation>
               <text:p>二</text:p>
             </table:table-cell>
             <table:covered-table-cell table:number-columns-repeated='2'/>
           </table:table-row>
           <table:table-row table:number-rows-repeated='3'><table:table-cell table:number-columns-repeated='16384'/></table:table-row>
           <table:table-row table:visibility='collapse'>
             <table:table-cell/>
             <table:table-cell office:value-type='percentage' office:value='0.85'><text:p>85%</text:p></table:table-cell>
             <table:table-cell office:value-type='date' office:date-value='2014-08-15'/>
             <table:table-cell office:value-type='float' office:value='370101199001011234'/>
             <table:table-cell table:formula='of:=A1'/>
             <table:table-cell office:value-type='string' calcext:value-type='error'><text:p>#N/A</text:p></table:table-cell>
             <table:table-cell office:value-type='float' office:value='5' table:number-columns-repeated='2'/>
           </table:table-row>
         </table:table>",
    );
    let expected = [
        "A1=广告  整治 一\n二", "B5=0.85%", "C5=2014-08-15 00:00:00", "D5=370101199001011234", "E5=Uncalculated",
        "F5=#N/A", "G5=5", "H5=5",
    ];
    assert_eq!(cells, expected);
    assert_eq!(book.sheets[0].merges, [Area { top: 0, left: 0, bottom: 0, right: 2 }]);
    assert_eq!(book.sheets[0].hidden_rows, [4]);
    assert!(book.notices.is_empty());
}

#[test]
fn dates_shown_without_their_day_are_known() {
    let cell = |shown: &str| {
        format!(
            "<table:table-cell office:value-type='date' office:date-value='2014-08-15'><text:p>{shown}</text:p></table:table-cell>"
        )
    };
    let shown = ["2014年8月", "2014-08", "2014年", "2014-08-15", "8月15日", "15.08.14", ""];
    let cells = shown.map(cell).concat();
    let (_, book) = drawn(&format!(
        "<table:table table:name='a'><table:table-row table:number-rows-repeated='2'>{cells}</table:table-row></table:table>"
    ));
    let row = |row| [(row, 0, Dayless::Month), (row, 1, Dayless::Month), (row, 2, Dayless::Year)];
    assert_eq!(book.sheets[0].dayless, [row(0), row(1)].concat());
}

#[test]
fn a_million_empty_repeats_cost_nothing_and_full_ones_a_notice() {
    let row = |content: &str| {
        format!(
            "<table:table table:name='a'><table:table-row table:number-rows-repeated='1048576'>\
             <table:table-cell table:number-columns-repeated='16384'>{content}</table:table-cell></table:table-row></table:table>"
        )
    };
    assert!(drawn(&row("")).0.is_empty());
    let book = flat(row("<text:p>x</text:p>").as_bytes()).expect("read");
    assert!(matches!(book.notices[..], [super::super::Notice::Budget { .. }]));
}

#[test]
fn a_document_that_is_cut_keeps_what_it_has_and_says_so() {
    let (cells, book) = drawn(
        "<table:table table:name='a'><table:table-row><table:table-cell office:value-type='string'><text:p>x</text:p></table:table-cell></table:table-row><table:table-row>",
    );
    assert_eq!(cells, ["A1=x"]);
    assert!(matches!(book.notices[..], [super::super::Notice::BadCell { .. }]));
}

#[test]
fn a_thousand_sheets_are_read() {
    let table = "<table:table><table:table-row><table:table-cell/></table:table-row></table:table>";
    for (count, read) in [(1_000, 1_000), (1_001, 1_000)] {
        assert_eq!(drawn(&table.repeat(count)).1.sheets.len(), read);
    }
}

/// What a row of these cells shows.
fn row(cells: &str) -> Vec<String> {
    drawn(&format!("<table:table table:name='a'><table:table-row>{cells}</table:table-row></table:table>")).0
}

#[test]
fn what_a_cell_holds_or_shows() {
    for (cell, seen) in [
        ("office:value-type='float' office:value='1.5'", "", "1.5"),
        ("office:value-type='float' office:value='7'", "<text:p>007</text:p>", "007"),
        ("office:value-type='float' office:value='x'", "<text:p>若干</text:p>", "若干"),
        ("office:value-type='currency' office:value='2'", "<text:p>￥2</text:p>", "2"),
        ("office:value-type='time' office:time-value='PT1H30M0S'", "", "Duration(TimeDelta { secs: 5400, nanos: 0 })"),
        ("office:value-type='boolean' office:boolean-value='true'", "<text:p>是</text:p>", "Truth(true)"),
        ("office:value-type='boolean' office:boolean-value='1'", "<text:p>是</text:p>", "是"),
        ("office:value-type='date' office:date-value='8月'", "<text:p>8月</text:p>", "8月"),
        ("office:value-type='string' office:string-value='甲'", "", "甲"),
        ("office:value-type='string' office:string-value='甲'", "<text:p>乙</text:p>", "乙"),
        ("calcext:value-type='error'", "", "#VALUE!"),
        ("table:formula='of:=A1'", "<text:p>甲</text:p>", "甲"),
        ("", "<text:h>甲</text:h><text:p>乙</text:p>", "甲\n乙"),
        ("", "<text:p>甲<text:tab/>乙<text:line-break/>丙</text:p>", "甲\t乙\n丙"),
        ("", "<text:p>甲<text:s/>乙<text:s text:c='2'/>丙</text:p>", "甲 乙  丙"),
        ("", "<text:p><![CDATA[甲]]>乙</text:p><![CDATA[丙]]>", "甲乙"),
        ("", "丙<text:p>甲</text:p>丙", "甲"),
        ("", "<draw:frame><draw:text-box><text:p>框</text:p></draw:text-box></draw:frame><text:p>甲</text:p>", "甲"),
        ("", "<text:p>甲<office:annotation><text:p><![CDATA[注]]>注</text:p></office:annotation>乙</text:p>", "甲乙"),
        ("", "<draw:custom-shape><text:p>形</text:p></draw:custom-shape><text:p>甲</text:p>", "甲"),
    ]
    .map(|(attributes, inside, seen)| {
        (format!("<table:table-cell {attributes}>{inside}</table:table-cell>"), format!("A1={seen}"))
    }) {
        assert_eq!(row(&cell), [seen], "{cell}");
    }
    assert_eq!(row("<table:table-cell table:formula='of:=A1'/><table:table-cell/>"), ["A1=Uncalculated"]);
}

#[test]
fn the_most_blanks_of_one_element_are_a_thousand() {
    for (count, length) in [(999, 999), (1_000, 1_000), (1_001, 1_000)] {
        let seen =
            row(&format!("<table:table-cell><text:p>甲<text:s text:c='{count}'/>乙</text:p></table:table-cell>"));
        assert_eq!(seen[0].chars().filter(|c| *c == ' ').count(), length);
    }
}

#[test]
fn pictures_of_cells_and_shapes_of_sheets() {
    let frame = |inside: &str| format!("<draw:frame>{inside}</draw:frame>");
    let image = frame("<draw:image/>");
    let (cells, book) = drawn(&format!(
        "<table:table table:name='a'>
           <table:shapes>{}</table:shapes>
           <table:table-row><table:table-cell/><table:table-cell><text:p>甲</text:p>{image}{image}</table:table-cell>
             <table:table-cell>{}</table:table-cell></table:table-row>
         </table:table>",
        frame("<table:table-row><table:table-cell><text:p>在图表中</text:p></table:table-cell></table:table-row>"),
        frame("<draw:text-box/>")
    ));
    assert_eq!((cells, &book.sheets[0].pictures[..]), (vec!["B1=甲".to_owned()], &[(0, 1)][..]));
}

#[test]
fn a_sheet_is_hidden_by_its_style() {
    let style = |name: &str, display: &str| {
        format!("<style:style style:name='{name}'><style:table-properties table:display='{display}'/></style:style>")
    };
    let table = |style: &str| {
        format!("<table:table {style}><table:table-row><table:table-cell/></table:table-row></table:table>")
    };
    let tables = [
        style("一", "true"),
        style("二", "false"),
        table("table:style-name='一'"),
        table("table:style-name='二'"),
        table("table:style-name='三'"),
        table(""),
    ];
    let seen: Vec<bool> = drawn(&tables.concat()).1.sheets.iter().map(Sheet::is_hidden).collect();
    assert_eq!(seen, [false, true, false, false]);
}

#[test]
fn rows_and_columns_that_repeat() {
    let (cells, book) = drawn(
        "<table:table table:name='a'>
           <table:table-row table:number-rows-repeated='2' table:visibility='filter'>
             <table:table-cell table:number-columns-repeated='2'><text:p>甲</text:p></table:table-cell>
             <table:table-cell table:number-columns-spanned='2' table:number-rows-spanned='2'><text:p>乙</text:p></table:table-cell>
           </table:table-row>
           <table:table-row table:visibility='visible'><table:table-cell table:number-columns-spanned='1'><text:p>丙</text:p></table:table-cell></table:table-row>
         </table:table>",
    );
    assert_eq!(cells, ["A1=甲", "B1=甲", "C1=乙", "A2=甲", "B2=甲", "C2=乙", "A3=丙"]);
    assert_eq!((&book.sheets[0].hidden_rows[..], book.sheets[0].merges.len()), (&[0, 1][..], 1));
    assert_eq!(book.sheets[0].merges[0].to_string(), "C1:D2");
    let last = |col: u32| {
        let skip = format!("<table:table-cell table:number-columns-repeated='{col}'/>");
        drawn(&format!(
            "<table:table table:name='a'><table:table-row>{skip}<table:table-cell><text:p>甲</text:p></table:table-cell></table:table-row></table:table>"
        ))
    };
    assert_eq!((last(16_383).0.len(), last(16_383).1.notices.len()), (1, 0));
    assert_eq!((last(16_384).0.len(), last(16_384).1.notices.len()), (0, 1), "told");
}

#[test]
fn a_document_may_end_within_a_cell() {
    for end in ["<text:p>甲", "<text:p>甲</text:p>", "<text:p>甲<office:annotation>"] {
        let (cells, book) = drawn(&format!("<table:table><table:table-row><table:table-cell>{end}"));
        assert!(cells.is_empty() && book.notices.len() == 1, "{end}: {cells:?}");
    }
}

#[test]
fn regions_and_pictures_beyond_the_limit_are_left_out() {
    let cell = "<c:table-cell c:x='' table:number-columns-spanned='2'><draw:image/></c:table-cell>";
    for (count, kept) in [(3, 3), (MAX_REGIONS + 1, MAX_REGIONS)] {
        let (_, book) = drawn(&format!("<table:table><table:table-row>{}", cell.repeat(count)));
        assert_eq!((book.sheets[0].merges.len(), book.sheets[0].pictures.len()), (kept, kept));
    }
}

#[test]
fn properties_of_a_document() {
    let xml = "<office:document><office:meta><meta:user-defined meta:name='甲'>乙</meta:user-defined></office:meta>
        <office:body><meta:user-defined meta:name='丙'>丁</meta:user-defined></office:body></office:document>";
    let properties: Vec<_> = flat(xml.as_bytes()).expect("read").properties.into_iter().collect();
    assert_eq!(properties, [("甲".to_owned(), "乙".to_owned())]);
}
