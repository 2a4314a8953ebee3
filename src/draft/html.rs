//! A web page as a document: blocks as paragraphs, tables with their merged cells.

use std::collections::BTreeSet;

use scraper::{ElementRef, Html, Node};

use super::document::Document;
use crate::basis::place::Area;

/// The most cells that one cell may span in a direction.
const MAX_SPAN: u32 = 200;
/// The most cells of one table that are kept.
const MAX_CELLS: usize = 100_000;

/// Reads a page. The caller has checked that it is neither too large nor nested too deeply.
pub(super) fn document(page: &str) -> Document {
    let page = Html::parse_document(page);
    let mut document = Document::default();
    let mut text = String::new();
    walk(page.root_element(), &mut document, &mut text);
    flush(&mut document, &mut text);
    document
}

fn flush(document: &mut Document, text: &mut String) {
    document.paragraph(&std::mem::take(text));
}

/// Walks the tree with a stack instead of recursion.
fn walk(root: ElementRef<'_>, document: &mut Document, text: &mut String) {
    enum Step<'a> {
        Enter(ego_tree::NodeRef<'a, Node>),
        Leave,
    }
    let mut steps = vec![Step::Enter(*root)];
    while let Some(step) = steps.pop() {
        let Step::Enter(node) = step else {
            flush(document, text);
            continue;
        };
        match node.value() {
            Node::Text(words) => collapse(words, text),
            Node::Element(element) => match element.name() {
                "script" | "style" | "title" | "noscript" | "template" | "head" => {}
                "br" => text.push('\n'),
                "table" => {
                    flush(document, text);
                    if let Some(table) = ElementRef::wrap(node) {
                        document.table(cells(table));
                    }
                }
                name => {
                    let block = is_block(name);
                    if block {
                        flush(document, text);
                        steps.push(Step::Leave);
                    }
                    let children: Vec<_> = node.children().collect();
                    steps.extend(children.into_iter().rev().map(Step::Enter));
                }
            },
            _ => {}
        }
    }
}

fn is_block(name: &str) -> bool {
    matches!(
        name,
        "p" | "div"
            | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "li"
            | "ul"
            | "ol"
            | "center"
            | "body"
            | "section"
            | "article"
            | "blockquote"
            | "dd"
            | "dt"
            | "pre"
    )
}

/// The cells of a table with the areas they cover, counted from 0.
fn cells(table: ElementRef<'_>) -> Vec<(Area, String)> {
    let mut cells = Vec::new();
    let mut taken: BTreeSet<(u32, u32)> = BTreeSet::new();
    let own = |element: &ElementRef<'_>| {
        element
            .ancestors()
            .find_map(|above| above.value().as_element().filter(|above| above.name() == "table").map(|_| above.id()))
            == Some(table.id())
    };
    let rows =
        table.descendants().filter_map(ElementRef::wrap).filter(|element| element.value().name() == "tr").filter(own);
    for (row, line) in rows.enumerate() {
        let (row, mut col) = (row as u32, 0u32);
        let own_cells = line
            .children()
            .filter_map(ElementRef::wrap)
            .filter(|element| matches!(element.value().name(), "td" | "th"));
        for cell in own_cells {
            while taken.contains(&(row, col)) {
                col += 1;
            }
            let span = |name| {
                cell.value().attr(name).and_then(|n| n.trim().parse::<u32>().ok()).unwrap_or(1).clamp(1, MAX_SPAN)
            };
            let area =
                Area { top: row, left: col, bottom: row + span("rowspan") - 1, right: col + span("colspan") - 1 };
            if taken.len() > MAX_CELLS {
                return cells;
            }
            taken.extend((area.top..=area.bottom).flat_map(|row| (area.left..=area.right).map(move |col| (row, col))));
            cells.push((area, cell_text(cell)));
            col = area.right + 1;
        }
    }
    // A cell that says to reach beyond the last row does not.
    let last = cells.iter().map(|(area, _)| area.top).max().unwrap_or(0);
    for (area, _) in &mut cells {
        area.bottom = area.bottom.min(last);
    }
    cells
}

/// The text of a cell, its blocks by line.
fn cell_text(cell: ElementRef<'_>) -> String {
    let mut text = String::new();
    for edge in cell.traverse() {
        match edge {
            ego_tree::iter::Edge::Open(node) => match node.value() {
                Node::Text(words) => collapse(words, &mut text),
                Node::Element(element) if element.name() == "br" => text.push('\n'),
                Node::Element(element)
                    if is_block(element.name()) && !text.trim().is_empty() && !text.ends_with('\n') =>
                {
                    text.push('\n');
                }
                _ => {}
            },
            ego_tree::iter::Edge::Close(_) => {}
        }
    }
    text.lines().map(str::trim).filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n")
}

/// Adds text in which white space is only layout; wide spaces are letters.
fn collapse(words: &str, out: &mut String) {
    for c in words.chars() {
        if !c.is_ascii_whitespace() {
            out.push(c);
        } else if !out.is_empty() && !out.ends_with([' ', '\n']) {
            out.push(' ');
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_and_tables_keep_their_order() {
        let page = "<html><head><title>x</title></head><body><p>一、任务<br>（一）宣传</p><table><tr><th rowspan=2>类别</th><th>任务</th></tr>\
                    <tr><td><p>广告</p><p>标语</p></td></tr></table><div>二、要求</div></body></html>";
        let document = document(page);
        assert_eq!(document.lines(), ["一、任务", "（一）宣传", "类别|任务", "类别|广告/标语", "二、要求"]);
    }
}
