//! HTML pages with tables, which web systems export as .xls. Read as one sheet, laid out as spreadsheet programs do: text
//! outside tables gets rows of its own, tables follow one another.

use std::collections::BTreeMap;

use ego_tree::iter::Edge;
use scraper::node::Element;
use scraper::{Html, Node};

use super::grid::{Sheet, Workbook};
use super::outcome::{Format, Limit, Refusal};
use super::sink::{Filling, MAX_COLS, MAX_ROWS, Sink};
use crate::basis::place::Area;

/// The most bytes of a page; its tree takes about ten times as much memory.
const MAX_PAGE: usize = 32 << 20;
/// The deepest nesting of elements; the time to build the tree grows with its square.
const MAX_DEPTH: usize = 1_000;
/// The most rows or columns one cell may span.
const MAX_SPAN: u32 = 1_000;

/// Checks that a page is not too large and not nested too deep to be parsed.
pub(super) fn within_bounds(text: &str) -> Result<(), Refusal> {
    if text.len() > MAX_PAGE {
        return Err(Refusal::OverBudget(Limit::Page(Limit::mb(MAX_PAGE as u64))));
    }
    if depth(text) > MAX_DEPTH {
        return Err(Refusal::OverBudget(Limit::NestedElements));
    }
    Ok(())
}

/// Reads a decoded page.
pub(super) fn read(text: &str) -> Result<Workbook, Refusal> {
    within_bounds(text)?;
    let page = Html::parse_document(text);
    let mut sink = Sink::default();
    let mut filling = Filling::new(0);
    let mut sheet = Sheet { name: "Sheet1".into(), ..Sheet::default() };
    let mut layout = Layout { row: 0, tables: Vec::new(), text: String::new(), pictures: 0 };
    for edge in page.root_element().traverse() {
        match edge {
            Edge::Open(node) => match node.value() {
                Node::Text(text) => {
                    let skipped = node.parent().and_then(|parent| parent.value().as_element().map(Element::name));
                    if !matches!(skipped, Some("script" | "style" | "title" | "noscript" | "template")) {
                        collapse(text, &mut layout.text);
                    }
                }
                Node::Element(element) => match element.name() {
                    "table" => {
                        layout.flush(&mut sink, &mut filling, &mut sheet);
                        layout.end_row();
                        layout.tables.push(Table::default());
                    }
                    "tr" => {
                        layout.flush(&mut sink, &mut filling, &mut sheet);
                        layout.end_row();
                        let style = element.attr("style").unwrap_or_default().replace(' ', "").to_ascii_lowercase();
                        if style.contains("display:none") || element.attr("hidden").is_some() {
                            sheet.hidden_rows.push(layout.row);
                        }
                        layout.begin_row();
                    }
                    "td" | "th" => {
                        layout.flush(&mut sink, &mut filling, &mut sheet);
                        let span = |name| element.attr(name).and_then(|n| n.trim().parse().ok()).unwrap_or(1);
                        layout.begin_cell(span("rowspan"), span("colspan"), &mut sheet);
                    }
                    "img" => layout.pictures += 1,
                    "br" => layout.text.push('\n'),
                    name if is_block(name) => layout.block(&mut sink, &mut filling, &mut sheet),
                    _ => {}
                },
                _ => {}
            },
            Edge::Close(node) => match node.value().as_element().map(Element::name) {
                Some("td" | "th") => {
                    layout.flush(&mut sink, &mut filling, &mut sheet);
                    layout.end_cell();
                }
                Some("tr") => layout.end_row(),
                Some("table") => {
                    layout.flush(&mut sink, &mut filling, &mut sheet);
                    layout.end_row();
                    layout.tables.pop();
                }
                Some(name) if is_block(name) => layout.block(&mut sink, &mut filling, &mut sheet),
                _ => {}
            },
        }
    }
    layout.flush(&mut sink, &mut filling, &mut sheet);
    sink.end(filling, &mut sheet);
    Ok(sink.finish(Format::Html, vec![sheet], BTreeMap::new()))
}

fn is_block(name: &str) -> bool {
    matches!(name, "p" | "div" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "li" | "center" | "caption" | "body")
}

/// The position of the next cell.
struct Layout {
    row: u32,
    /// The open tables, innermost last.
    tables: Vec<Table>,
    text: String,
    pictures: usize,
}

#[derive(Default)]
struct Table {
    col: u32,
    in_row: bool,
    /// The column span of the open cell, if one is open.
    cell: Option<u32>,
    /// Columns occupied by cells of rows above: column → first free row.
    taken: BTreeMap<u32, u32>,
}

impl Layout {
    fn begin_row(&mut self) {
        if let Some(table) = self.tables.last_mut() {
            (table.col, table.in_row, table.cell) = (0, true, None);
        }
    }

    fn end_row(&mut self) {
        if let Some(table) = self.tables.last_mut().filter(|table| table.in_row) {
            (table.in_row, table.cell) = (false, None);
            self.row += 1;
        }
    }

    fn begin_cell(&mut self, height: u32, width: u32, sheet: &mut Sheet) {
        let row = self.row;
        let Some(table) = self.tables.last_mut() else { return };
        table.in_row = true;
        if let Some(width) = table.cell.take() {
            table.col = table.col.saturating_add(width);
        }
        while table.taken.get(&table.col).is_some_and(|&free| free > row) {
            table.col += 1;
        }
        let (height, width) = (height.clamp(1, MAX_SPAN), width.clamp(1, MAX_SPAN));
        table.cell = Some(width);
        if height > 1 {
            table.taken.extend((table.col..table.col.saturating_add(width)).map(|col| (col, row + height)));
        }
        let area = Area { top: row, left: table.col, bottom: row + height - 1, right: table.col + width - 1 };
        if (height > 1 || width > 1) && area.bottom < MAX_ROWS && area.right < MAX_COLS {
            sheet.merges.push(area);
        }
    }

    fn end_cell(&mut self) {
        if let Some(table) = self.tables.last_mut()
            && let Some(width) = table.cell.take()
        {
            table.col = table.col.saturating_add(width);
        }
    }

    /// A block element inside a cell breaks the line; outside of tables it ends the row.
    fn block(&mut self, sink: &mut Sink, filling: &mut Filling, sheet: &mut Sheet) {
        if self.tables.last().is_some_and(|table| table.cell.is_some()) {
            if !self.text.trim().is_empty() && !self.text.ends_with('\n') {
                self.text.push('\n');
            }
        } else {
            self.flush(sink, filling, sheet);
        }
    }

    /// Writes the collected text into its cell, or into a row of its own.
    fn flush(&mut self, sink: &mut Sink, filling: &mut Filling, sheet: &mut Sheet) {
        let text = std::mem::take(&mut self.text);
        let text = text.trim();
        let col = self.tables.last().and_then(|table| table.cell.map(|_| table.col));
        if self.pictures > 0 {
            sheet.pictures.extend(col.map(|col| (self.row, col)));
            self.pictures = 0;
        }
        if text.is_empty() {
            return;
        }
        let raw = sink.typed(text);
        sink.put(filling, self.row, col.unwrap_or(0), raw);
        if col.is_none() {
            self.row += 1;
        }
    }
}

/// Adds text with runs of white space reduced to one space.
fn collapse(text: &str, out: &mut String) {
    for c in text.chars() {
        if !c.is_ascii_whitespace() {
            out.push(c);
        } else if !out.ends_with([' ', '\n']) {
            out.push(' ');
        }
    }
}

/// The deepest nesting of elements that need an end tag.
fn depth(text: &str) -> usize {
    let (mut now, mut most) = (0usize, 0);
    for tag in text.split('<').skip(1) {
        let closes = tag.starts_with('/');
        let name: String =
            tag.trim_start_matches('/').chars().take_while(char::is_ascii_alphanumeric).take(12).collect();
        let name = name.to_ascii_lowercase();
        if !matches!(
            name.as_str(),
            "" | "p"
                | "li"
                | "td"
                | "th"
                | "tr"
                | "br"
                | "img"
                | "col"
                | "meta"
                | "link"
                | "input"
                | "hr"
                | "tbody"
                | "thead"
                | "option"
        ) {
            now = if closes { now.saturating_sub(1) } else { now + 1 };
            most = most.max(now);
        }
    }
    most
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::grid::Raw;

    fn drawn(page: &str) -> (Vec<String>, Workbook) {
        let book = read(page).expect("read");
        let mut out = Vec::new();
        for row in &book.sheets[0].grid.rows {
            for &(col, raw) in &row.cells {
                let Raw::Text(text) = raw else { panic!("text") };
                out.push(format!("{}={}", Area::cell(row.index, col), book.texts.get(text)));
            }
        }
        (out, book)
    }

    #[test]
    fn tables_keep_their_shape_and_titles_their_rows() {
        let (cells, book) = drawn(
            "<html><head><style>td{}</style><title>x</title></head><body><h1>工作台账</h1><p>填报单位：综合科</p>
             <table border=1><tr><th rowspan=2>序号<th colspan='2'>任务</tr>
             <tr><td>名称<br>全称<td>情况&nbsp;</tr>
             <tr style='display: none'><td>1<td>a &lt; b<td>&nbsp;</td></tr></table>
             <table><tr><td>二<td><img src=x></table></body></html>",
        );
        let expected = [
            "A1=工作台账", "A2=填报单位：综合科", "A3=序号", "B3=任务", "B4=名称\n全称", "C4=情况", "A5=1", "B5=a < b",
            "A6=二",
        ];
        assert_eq!(cells, expected);
        let areas: Vec<_> = book.sheets[0].merges.iter().map(ToString::to_string).collect();
        assert_eq!(areas, ["A3:A4", "B3:C3"]);
        assert_eq!((&book.sheets[0].hidden_rows[..], &book.sheets[0].pictures[..]), (&[4][..], &[(5, 1)][..]));
    }

    #[test]
    fn a_table_for_layout_gives_way_to_the_one_inside() {
        let (cells, _) =
            drawn("<table><tr><td>标题<table><tr><td>a<td>b</tr><tr><td>c<td>d</tr></table></td></tr></table>");
        assert_eq!(cells, ["A1=标题", "A2=a", "B2=b", "A3=c", "B3=d"]);
    }

    #[test]
    fn deep_nesting_and_wide_spans_are_bounded() {
        let deep = "<div>".repeat(200_000);
        assert!(matches!(read(&deep), Err(Refusal::OverBudget(_))));
        let wide = "<table><tr><td rowspan=4000000000 colspan=4000000000>x</table>";
        assert_eq!(read(wide).expect("read").sheets[0].merges.len(), 1);
    }

    #[test]
    fn blocks_inside_a_cell_are_its_lines() {
        for (cell, seen) in [
            ("<p>甲</p><p>乙</p>", "甲\n乙"),
            ("甲<div>乙</div>丙", "甲\n乙\n丙"),
            ("<div> </div>甲", "甲"),
            ("甲<br><p>乙</p>", "甲\n乙"),
            ("<p></p><p>甲</p><div><div></div></div>", "甲"),
        ] {
            assert_eq!(drawn(&format!("<table><tr><td>{cell}</td></tr></table>")).0, [format!("A1={seen}")], "{cell}");
        }
    }
}
