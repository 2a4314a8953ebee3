//! Recovers tables that were copied as text: cells between tabs or bars, or one cell to a line.

use super::borderless::{MAX_COLUMNS, MAX_LINES, ends, is_heading, spaced, stacked};
use super::cards;
use super::document::{Block, Document, Table};
use super::labels::{self, Field};
use super::marker::marker;
use super::units;

/// Characters of the longest line that may be the beginning of a cell.
const MAX_BROKEN: usize = 300;
/// The separators of cells.
const BARS: [char; 3] = ['|', '｜', '│'];

impl Document {
    /// The same document with tables that were written as text (tabs, bars, one cell a line) made tables again.
    pub fn with_text_tables(self) -> Document {
        restore(self)
    }
}

/// Finds the tables among the paragraphs.
fn restore(document: Document) -> Document {
    let mut restored = Document::default();
    let blocks = document.blocks;
    let mut at = 0;
    while at < blocks.len() {
        let texts: Vec<&str> = blocks[at..]
            .iter()
            .map_while(|block| match block {
                Block::Paragraph(text) => Some(text.as_str()),
                Block::Table(_) => None,
            })
            .collect();
        if texts.is_empty() {
            restored.blocks.push(blocks[at].clone());
            at += 1;
            continue;
        }
        // Outside of tables a tab before the words only indents them.
        let plain: Vec<&str> = texts.iter().map(|text| text.trim_start()).collect();
        let mut line = 0;
        while line < texts.len() {
            let plain = &plain[line..];
            let found = carded(&texts[line..])
                .or_else(|| divided(&texts[line..]))
                .or_else(|| barred(plain))
                .or_else(|| stacked(plain))
                .or_else(|| spaced(plain));
            if let Some((table, used)) = found {
                restored.blocks.push(Block::Table(table));
                line += used;
            } else {
                restored.blocks.push(Block::Paragraph(plain[0].to_owned()));
                line += 1;
            }
        }
        at += texts.len();
    }
    restored
}

/// The cells of a line that is divided by tabs or bars.
fn cells(line: &str) -> Option<Vec<String>> {
    let line = line.trim_matches([' ', '\u{3000}']);
    let cells: Vec<&str> = if line.contains('\t') {
        line.split('\t').collect()
    } else if line.contains(BARS) {
        line.trim_matches(BARS).split(BARS).collect()
    } else {
        return None;
    };
    Some(cells.into_iter().map(|cell| cell.trim().to_owned()).collect())
}

/// Task cards between tabs or bars that begin at the first line: the table, and how many lines it takes.
fn carded(lines: &[&str]) -> Option<(Table, usize)> {
    let row = |line: &&str| cells(line).filter(|row| row.len() > 1);
    labels::heading(lines.first().and_then(row)?.first()?)?;
    let rows: Vec<Vec<String>> = lines.iter().take(MAX_LINES).map_while(row).collect();
    let (table, used) = (Table::of_texts(rows.clone()), rows.len());
    cards::read(&table).map(|_| (table, used))
}

/// A table between tabs or bars that begins at the first line: the table, and how many lines it takes.
fn divided(lines: &[&str]) -> Option<(Table, usize)> {
    let head = cells(lines.first()?)?;
    if !is_heading(&head) {
        return None;
    }
    let columns = head.len();
    let first = head.clone();
    let names: Vec<bool> = head.iter().map(|cell| labels::heading(cell).is_some_and(Field::names)).collect();
    let mut rows: Vec<Vec<String>> = vec![head];
    let mut at = 1;
    while at < lines.len() {
        let Some(mut row) = cells(lines[at]).filter(|row| !is_indented(lines[at], row, &names)) else {
            // A line without cells is a section of the table, or the rest of a broken cell, if the table goes on.
            let goes_on = lines[at + 1..].iter().take(2).any(|line| cells(line).is_some_and(|cells| cells.len() > 1));
            if !goes_on {
                break;
            }
            rows.push(vec![lines[at].to_owned()]);
            at += 1;
            continue;
        };
        if row.len() > columns && row[0].is_empty() {
            row.remove(0);
        }
        // Other headings begin another table.
        if is_heading(&row) && row != first {
            break;
        }
        // | --- | --- | only draws a line.
        if row.iter().all(|cell| !cell.is_empty() && cell.chars().all(|c| matches!(c, '-' | ':' | '—' | '='))) {
            at += 1;
            continue;
        }
        // A cell broken over lines: the next line brings the missing cells.
        while row.len() < columns
            && let Some(next) = lines.get(at + 1).and_then(|line| cells(line))
            && row.len() + next.len() - 1 <= columns
            && next.len() < columns
            && !next[0].is_empty()
            && !next[0].chars().all(|c| c.is_ascii_digit())
            && marker(&next[0]).is_none()
        {
            // A list of names goes on by line; words were only broken.
            let by_line = names.get(row.len() - 1).copied().unwrap_or_default();
            let mut next = next.into_iter();
            if let (Some(last), Some(first)) = (row.last_mut(), next.next()) {
                if by_line {
                    last.push('\n');
                }
                last.push_str(&first);
            }
            row.extend(next);
            at += 1;
        }
        rows.push(row);
        at += 1;
    }
    (rows.len() > 1).then(|| (Table::of_texts(rows), at))
}

/// Whether the only tabs of a line indent it: it has too few cells for a row, the last of them no name under a column of
/// names, or is a sentence. `names` says so of each column.
fn is_indented(line: &str, row: &[String], names: &[bool]) -> bool {
    let Some((last, before)) = row.split_last() else { return false };
    let of_list = names.get(before.len()) == Some(&true) && units::is_list(last);
    let short = row.len() < names.len() && !of_list;
    let only = before.iter().all(String::is_empty) && !last.is_empty();
    only && (short || line.ends_with('。') || ends(line.trim_start()))
}

/// The text before the only bar of a line, at its end.
fn closed(line: &str) -> Option<&str> {
    line.trim_end().strip_suffix(BARS).filter(|rest| !rest.contains(BARS)).map(str::trim)
}

/// A table with one cell to a line, each closed by a bar, the empty ones too.
fn barred(lines: &[&str]) -> Option<(Table, usize)> {
    let heads: Vec<String> = lines.iter().take(MAX_COLUMNS).map_while(|line| closed(line)).map(Into::into).collect();
    let count = heads.iter().take_while(|head| labels::heading(head).is_some()).count();
    if count < 3 || !is_heading(&heads[..count]) {
        return None;
    }
    let (mut cells, mut used, mut broken): (Vec<String>, usize, String) = (Vec::new(), 0, String::new());
    for (at, line) in lines.iter().enumerate() {
        if let Some(end) = closed(line) {
            broken.push_str(end);
            cells.push(std::mem::take(&mut broken));
            used = at + 1;
        } else if line.contains(BARS) || ends(line) || line.chars().count() > MAX_BROKEN {
            break;
        } else {
            // The beginning of a cell whose end, with its bar, stands on the next line.
            broken.push_str(line);
        }
    }
    let whole = cells.len() % count == 0;
    if cells.len() <= count {
        return None;
    }
    if whole {
        return Some((Table::of_texts(cells.chunks(count).map(<[String]>::to_vec).collect()), used));
    }
    let left: Vec<&str> = cells.iter().map(String::as_str).filter(|cell| !cell.is_empty()).collect();
    stacked(&left).map(|(table, _)| (table, used))
}

#[cfg(test)]
mod tests {
    fn shown(text: &str) -> Vec<String> {
        super::super::text::document(text).with_text_tables().lines()
    }

    #[test]
    fn tabs_and_bars_are_cells() {
        let text = "附件\n序号\t任务\t责任单位\n一、宣传\n1\t公益广告\t宣传部\n2\t标语\n说明文字";
        assert_eq!(
            shown(text),
            ["附件", "序号|任务|责任单位", "一、宣传||", "1|公益广告|宣传部", "2|标语|", "说明文字"]
        );
        let text = "| 序号 | 任务 | 责任单位 |\n|---|---|---|\n| 1 | 公益广告 | 宣传部 |";
        assert_eq!(shown(text), ["序号|任务|责任单位", "1|公益广告|宣传部"]);
        let text = "索引号: | 123 | 公开方式: | 主动公开 |";
        assert_eq!(shown(text), [text]);
    }

    #[test]
    fn an_empty_first_cell_is_kept() {
        let text = "类别\t任务\t责任单位\n环境\t清扫\t城管局\n\t清理\t各社区\n—\t整治\t公安局\n\t\t交警队\n\t以上任务按月报送。";
        assert_eq!(
            shown(text),
            [
                "类别|任务|责任单位", "环境|清扫|城管局", "|清理|各社区", "—|整治|公安局", "||交警队",
                "以上任务按月报送。"
            ]
        );
        let text = "任务\t责任单位\n清扫\t城管局\n\t各社区\n\t以上任务按月报送。";
        assert_eq!(shown(text), ["任务|责任单位", "清扫|城管局", "|各社区", "以上任务按月报送。"]);
        let text = "序号\t任务\t责任单位\t时限\n1\t清扫\t城管局\t6月\n\t\t园林局\n\t\t另行通知\n2\t修路\t住建局\t8月";
        assert_eq!(
            shown(text),
            ["序号|任务|责任单位|时限", "1|清扫|城管局|6月", "||园林局|", "另行通知|||", "2|修路|住建局|8月"]
        );
        let indented = "\t一、任务\n任务\t责任单位\n\t清扫\t城管局\n●\t说明文字";
        assert_eq!(shown(indented), ["一、任务", "任务|责任单位", "清扫|城管局", "说明文字"]);
    }

    #[test]
    fn cells_closed_by_a_bar_are_a_table() {
        let text = "清单\n序号 |\n任务 |\n责任单位 |\n1 |\n优化办事机\n制 |\n改革办 |\n2 |\n盘活厂房 |\n|\n以上共2项。";
        assert_eq!(shown(text), ["清单", "序号|任务|责任单位", "1|优化办事机制|改革办", "2|盘活厂房|", "以上共2项。"]);
    }

    #[test]
    fn a_list_of_names_broken_over_lines_stays_a_list() {
        let text = "序号\t任务\t责任单位\t时限\n1\t清理\t幸福社区\n幸福物业\t5月";
        assert_eq!(shown(text), ["序号|任务|责任单位|时限", "1|清理|幸福社区/幸福物业|5月"]);
    }
}
