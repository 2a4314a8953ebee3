//! SpreadsheetML 2003: a workbook as a single XML document, often named .xls.

use std::collections::BTreeMap;
use std::io::{self, Read};

use super::grid::{Raw, Sheet, Visibility, Workbook};
use super::iso;
use super::numfmt::{self, Shown};
use super::outcome::Format;
use super::serial;
use super::sink::{Filling, MAX_ROWS, Sink};
use super::xml::{Tag, Token, Xml};
use crate::basis::place::Area;

/// The most sheets kept, and the most merged regions of one sheet.
const MAX_SHEETS: usize = 1_000;
const MAX_REGIONS: usize = 100_000;

/// Reads a workbook.
pub(super) fn read(bytes: &[u8]) -> io::Result<Workbook> {
    let mut xml = Xml::open(bytes)?;
    let mut sink = Sink::default();
    let (mut sheets, mut properties) = (Vec::new(), BTreeMap::new());
    let (mut styles, mut style) = (BTreeMap::new(), String::new());
    loop {
        match xml.next()? {
            Token::Start(tag) => match tag.name {
                b"Style" => style = tag.text("ID").unwrap_or_default(),
                b"NumberFormat" => {
                    styles.insert(style.clone(), shown(&tag.text("Format").unwrap_or_default()));
                }
                b"CustomDocumentProperties" => custom(&mut xml, &mut properties)?,
                b"Worksheet" if sheets.len() < MAX_SHEETS => {
                    let mut sheet = Sheet { name: tag.text("Name").unwrap_or_default(), ..Sheet::default() };
                    worksheet(&mut xml, sheets.len(), &styles, &mut sink, &mut sheet)?;
                    sheets.push(sheet);
                }
                _ => {}
            },
            Token::Eof => return Ok(sink.finish(Format::Xml, sheets, properties)),
            _ => {}
        }
    }
}

/// A number format by its code or by its name in SpreadsheetML.
fn shown(format: &str) -> Shown {
    match format {
        "Percent" => Shown::Percent,
        "General" | "General Number" | "Currency" | "Euro Currency" | "Fixed" | "Standard" | "Scientific" => {
            Shown::Plain
        }
        "Yes/No" | "True/False" | "On/Off" => Shown::Plain,
        name if name.ends_with(" Date") || name.ends_with(" Time") => Shown::Moment,
        code => numfmt::by_code(code),
    }
}

fn custom<R: Read>(xml: &mut Xml<R>, properties: &mut BTreeMap<String, String>) -> io::Result<()> {
    loop {
        match xml.next()? {
            Token::Start(tag) => {
                let (name, mut value) = (String::from_utf8_lossy(tag.name).into_owned(), String::new());
                xml.text_into(&mut value)?;
                properties.insert(name, value);
            }
            Token::End(b"CustomDocumentProperties") | Token::Eof => return Ok(()),
            _ => {}
        }
    }
}

fn worksheet<R: Read>(
    xml: &mut Xml<R>,
    number: usize,
    styles: &BTreeMap<String, Shown>,
    sink: &mut Sink,
    sheet: &mut Sheet,
) -> io::Result<()> {
    let mut filling = Filling::new(number);
    let (mut row, mut next_row, mut next_col) = (0u32, 0u32, 0u32);
    let index = |tag: Tag<'_>, name| tag.text(name).and_then(|n| n.trim().parse::<u32>().ok());
    loop {
        match xml.next()? {
            Token::Start(tag) => match tag.name {
                b"Row" => {
                    row = index(tag, "Index").map_or(next_row, |at| at.saturating_sub(1));
                    next_row = row.saturating_add(1).saturating_add(index(tag, "Span").unwrap_or(0));
                    next_col = 0;
                    if tag.is("Hidden") && row < MAX_ROWS {
                        sheet.hidden_rows.push(row);
                    }
                }
                b"Cell" => {
                    let col = index(tag, "Index").map_or(next_col, |at| at.saturating_sub(1));
                    let (across, down) = (index(tag, "MergeAcross").unwrap_or(0), index(tag, "MergeDown").unwrap_or(0));
                    next_col = col.saturating_add(across).saturating_add(1);
                    if (across > 0 || down > 0) && sheet.merges.len() < MAX_REGIONS {
                        let (bottom, right) = (row.saturating_add(down), col.saturating_add(across));
                        sheet.merges.push(Area { top: row, left: col, bottom, right });
                    }
                    let style = tag.text("StyleID").and_then(|id| styles.get(&id)).copied().unwrap_or_default();
                    let has_formula = tag.attribute("Formula").is_some();
                    let raw = cell(xml, style, has_formula, sink)?;
                    style.keep(raw, (row, col), sheet);
                    sink.put(&mut filling, row, col, raw);
                }
                b"Visible" => {
                    let mut state = String::new();
                    xml.text_into(&mut state)?;
                    if state.starts_with("SheetHidden") || state.starts_with("SheetVeryHidden") {
                        sheet.visibility = Visibility::Hidden;
                    }
                }
                _ => {}
            },
            Token::End(b"Worksheet") => break,
            Token::Eof => {
                sink.bad_cell(&mut filling, None, "the sheet ends in the middle");
                break;
            }
            _ => {}
        }
    }
    sink.end(filling, sheet);
    Ok(())
}

/// Reads a cell up to its end, without its comment.
fn cell<R: Read>(xml: &mut Xml<R>, style: Shown, has_formula: bool, sink: &mut Sink) -> io::Result<Raw> {
    let (mut kind, mut value, mut in_comment) = (None, String::new(), false);
    loop {
        match xml.next()? {
            Token::Start(tag) => match tag.name {
                b"Comment" => in_comment = true,
                b"Data" if !in_comment => {
                    kind = tag.text("Type");
                    xml.text_into(&mut value)?;
                }
                _ => {}
            },
            Token::End(b"Comment") => in_comment = false,
            Token::End(b"Cell" | b"Row") | Token::Eof => break,
            _ => {}
        }
    }
    let Some(kind) = kind else { return Ok(if has_formula { Raw::Uncalculated } else { Raw::Empty }) };
    let written = value.trim();
    let number = || written.parse::<f64>().ok().filter(|value| value.is_finite());
    let read = match kind.as_str() {
        "Number" => number().map(|value| match style {
            Shown::Plain => sink.written(written, value),
            shown => shown.cell(value, false, sink),
        }),
        "DateTime" => iso::moment(written).map(serial::dated),
        "Boolean" => Some(Raw::Truth(written == "1")),
        "Error" => Some(sink.fault(written)),
        _ => None,
    };
    Ok(read.unwrap_or_else(|| sink.text(&value)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_rows_and_merges_stand_where_the_document_says() {
        let document = r#"<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>
          <Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">
          <CustomDocumentProperties><stamp dt:dt="string">x</stamp></CustomDocumentProperties>
          <Styles><Style ss:ID="p"><NumberFormat ss:Format="0%"/></Style></Styles>
          <Worksheet ss:Name="台账"><Table>
            <Row><Cell ss:MergeAcross="2"><Data ss:Type="String">工作&amp;台账</Data><Comment><ss:Data>批注</ss:Data></Comment></Cell><Cell><Data ss:Type="String">右</Data></Cell></Row>
            <Row ss:Index="4" ss:Hidden="1"><Cell ss:Index="2" ss:StyleID="p"><Data ss:Type="Number">0.85</Data></Cell>
              <Cell><Data ss:Type="DateTime">2014-08-15T00:00:00.000</Data></Cell><Cell ss:Formula="=1"/></Row>
          </Table><WorksheetOptions><Visible>SheetHidden</Visible></WorksheetOptions></Worksheet></Workbook>"#;
        let book = read(document.as_bytes()).expect("read");
        let sheet = &book.sheets[0];
        let text = |row, col| match sheet.grid.get(row, col) {
            Raw::Text(text) => book.texts.get(text).to_string(),
            other => format!("{other:?}"),
        };
        assert_eq!((text(0, 0).as_str(), text(0, 3).as_str()), ("工作&台账", "右"));
        assert_eq!(sheet.grid.get(3, 1), Raw::Number { value: 0.85, percent: true });
        assert!(text(3, 2).starts_with("Date(2014-08-15"));
        assert_eq!(sheet.grid.get(3, 3), Raw::Uncalculated);
        assert_eq!((sheet.visibility, &sheet.hidden_rows[..]), (Visibility::Hidden, &[3][..]));
        assert_eq!(sheet.merges, [Area { top: 0, left: 0, bottom: 0, right: 2 }]);
        assert_eq!(book.properties.get("stamp").map(String::as_str), Some("x"));
    }

    #[test]
    fn dates_shown_without_their_day_are_known() {
        let document = "<Workbook><Styles><Style ss:ID='m'><NumberFormat ss:Format='yyyy&quot;年&quot;m&quot;月&quot;'/></Style></Styles>
            <Worksheet ss:Name='a'><Table><Row><Cell ss:StyleID='m'><Data ss:Type='DateTime'>2014-08-15T00:00:00.000</Data></Cell>
            <Cell><Data ss:Type='DateTime'>2014-08-15T00:00:00.000</Data></Cell></Row></Table></Worksheet></Workbook>";
        let book = read(document.as_bytes()).expect("read");
        assert_eq!(book.sheets[0].dayless, [(0, 0, crate::read::Dayless::Month)]);
    }

    #[test]
    fn a_thousand_sheets_are_read() {
        let sheet = "<Worksheet ss:Name='a'><Table/></Worksheet>";
        for (count, seen) in [(1_000, 1_000), (1_001, 1_000)] {
            let book = read(format!("<Workbook>{}</Workbook>", sheet.repeat(count)).as_bytes()).expect("read");
            assert_eq!(book.sheets.len(), seen);
        }
    }
}
