//! Tables that were copied as text are made tables again: cells between tabs or bars, or one cell a line.

use super::document::{Block, Cell, Document, Table};
use super::labels::{self, Field};
use super::marker::{Style, marker};
use super::{phrase, units};

/// Lines of one table whose cells are placed by what they say.
const MAX_LINES: usize = 5_000;
/// Letters of the longest line that may be the beginning of a cell.
const MAX_BROKEN: usize = 300;
/// What cells are divided by.
const BARS: [char; 3] = ['|', '｜', '│'];
/// Columns of such a table.
const MAX_COLUMNS: usize = 14;

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
        let mut line = 0;
        while line < texts.len() {
            let found = divided(&texts[line..]).or_else(|| barred(&texts[line..])).or_else(|| stacked(&texts[line..]));
            if let Some((table, used)) = found {
                restored.blocks.push(Block::Table(table));
                line += used;
            } else {
                restored.blocks.push(Block::Paragraph(texts[line].to_owned()));
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

/// Whether these are the headings of a table of tasks.
fn is_heading(cells: &[String]) -> bool {
    let fields: Vec<Field> = cells.iter().filter_map(|cell| labels::heading(cell)).collect();
    let has = |wanted: &[Field]| fields.iter().any(|field| wanted.contains(field));
    let short = cells.iter().all(|cell| cell.chars().count() <= 16);
    let owner = has(&[Field::Lead, Field::Units, Field::Support, Field::Leaders, Field::Persons]);
    short
        && fields.len() >= 2
        && fields.len() * 2 >= cells.len()
        && owner
        && has(&[Field::Task, Field::Standard, Field::Category])
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
        let Some(mut row) = cells(lines[at]) else {
            // A line without cells is a section of the table, or the rest of a broken cell, if the table goes on.
            let goes_on = lines[at + 1..].iter().take(2).any(|line| cells(line).is_some_and(|cells| cells.len() > 1));
            if !goes_on {
                break;
            }
            rows.push(vec![lines[at].to_owned()]);
            at += 1;
            continue;
        };
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

/// What stands before the only bar of a line, at its end.
fn closed(line: &str) -> Option<&str> {
    line.trim_end().strip_suffix(BARS).filter(|rest| !rest.contains(BARS)).map(str::trim)
}

/// A table whose cells stand one a line, each closed by a bar, the empty ones too.
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

/// A table whose cells stand one a line, from its headings on. Cells that were empty have left no line.
fn stacked(lines: &[&str]) -> Option<(Table, usize)> {
    let heads: Vec<String> = lines
        .iter()
        .take(MAX_COLUMNS)
        .take_while(|line| {
            line.chars().count() <= 12 && !line.contains(['：', ':', '。', '，']) && marker(line).is_none()
        })
        .map(ToString::to_string)
        .collect();
    // The longest run of headings that are known; the first must be one.
    let known = |line: &String| labels::heading(line).is_some();
    if !heads.first().is_some_and(known) {
        return None;
    }
    let count = heads.iter().take_while(|line| known(line)).count();
    let heads = &heads[..count];
    if count < 3 || !is_heading(heads) {
        return None;
    }
    let fields: Vec<Field> = heads.iter().filter_map(|head| labels::heading(head)).collect();
    let end = lines[count..]
        .iter()
        .take(MAX_LINES)
        .position(|line| ends(line))
        .unwrap_or_else(|| lines[count..].len().min(MAX_LINES));
    let body = &lines[count..count + end];
    if body.len() < 2 {
        return None;
    }
    let mut rows = vec![heads.iter().map(|head| Cell { text: head.clone(), ..Cell::default() }).collect::<Vec<Cell>>()];
    let mut guessed = vec![false];
    let mut from = 0;
    for at in 0..=body.len() {
        let section = body.get(at).is_some_and(|line| is_section(line));
        if at < body.len() && !section {
            continue;
        }
        for (row, doubtful) in place(&body[from..at], &fields) {
            rows.push(row);
            guessed.push(doubtful);
        }
        if let Some(line) = body.get(at) {
            let mut row = vec![Cell::default(); fields.len()];
            (*line).clone_into(&mut row[0].text);
            rows.push(row);
            guessed.push(false);
        }
        from = at + 1;
    }
    Some((Table { rows, guessed }, count + body.len()))
}

/// A line that stands below a table.
fn ends(line: &str) -> bool {
    ["注：", "注:", "备注：", "备注:", "附件", "说明：", "联系人", "抄送"].iter().any(|word| line.starts_with(word))
}

/// A heading inside such a table.
fn is_section(line: &str) -> bool {
    let numbered =
        marker(line).is_some_and(|found| matches!(found.style, Style::Han | Style::HanBracket | Style::Chapter));
    numbered && line.chars().count() <= 22 && !line.contains(['。', '；']) && !line.contains("单位")
}

/// How well a cell fits a column.
fn fit(line: &str, field: Field) -> i32 {
    let length = line.chars().count();
    let number = line.chars().all(|c| c.is_ascii_digit() || "().（）、．-".contains(c))
        && line.chars().any(|c| c.is_ascii_digit());
    let is_units = units::is_list(line);
    let moment = phrase::is_moment(line)
        || length <= 12 && line.ends_with(['前', '底']) && line.chars().any(|c| c.is_ascii_digit());
    let persons = crate::basis::text::list(line).iter().all(|name| {
        let letters = name.chars().filter(|c| !c.is_whitespace()).count();
        (2..=3).contains(&letters) && !units::is_unit(name)
    });
    match field {
        Field::Number => {
            if number {
                8
            } else {
                -12
            }
        }
        _ if number => {
            if field == Field::Marks {
                6
            } else {
                -8
            }
        }
        Field::Task | Field::Standard | Field::Indicator => {
            if moment || is_units {
                -4
            } else if length >= 8 {
                4
            } else {
                i32::from(!persons)
            }
        }
        Field::Category => {
            if is_units || moment {
                -3
            } else if length <= 12 {
                2
            } else {
                -4
            }
        }
        Field::Lead | Field::Units | Field::Support => {
            if is_units {
                5
            } else if moment || persons {
                -5
            } else if length > 20 {
                -6
            } else {
                -2
            }
        }
        Field::Leaders | Field::Persons => {
            if persons {
                5
            } else {
                -5
            }
        }
        Field::Deadline | Field::Cycle => {
            if moment {
                6
            } else {
                -5
            }
        }
        Field::Marks => -5,
        Field::Evidence | Field::Other => {
            if moment || is_units {
                -3
            } else {
                0
            }
        }
    }
}

/// Places lines in the columns they fit best, in order; a row is doubtful where a cell of a kind that stands there twice
/// was lost, or a line was added to the cell before it.
fn place(lines: &[&str], fields: &[Field]) -> Vec<(Vec<Cell>, bool)> {
    const LOST: i32 = -3;
    const JOINED: i32 = -3;
    let lost = |field: Field| {
        if matches!(field, Field::Category | Field::Support | Field::Other | Field::Evidence) { -1 } else { LOST }
    };
    let columns = fields.len();
    let before: Vec<i32> = (0..=columns).map(|to| fields[..to].iter().map(|field| lost(*field)).sum()).collect();
    // best[line][column] = (score, column of the line before); a smaller or equal one begins a new row.
    let mut best: Vec<Vec<(i32, usize, bool)>> = Vec::with_capacity(lines.len());
    for (at, line) in lines.iter().enumerate() {
        let row = (0..columns).map(|col| {
            let own = fit(line, fields[col]);
            if at == 0 {
                return (own + before[col], 0, true);
            }
            let from = (0..columns).flat_map(|last| {
                let score = best[at - 1][last].0;
                let new = score + (before[columns] - before[last + 1]) + before[col];
                let same = (last < col).then(|| score + before[col] - before[last + 1]);
                let text = matches!(fields[col], Field::Task | Field::Standard | Field::Evidence | Field::Other);
                let joined = (last == col).then(|| score + if text { JOINED + 1 } else { JOINED });
                let last_of = move |score: i32, new: bool| (score, last, new);
                [
                    Some(last_of(new, true)),
                    same.map(|score| last_of(score, false)),
                    joined.map(|score| last_of(score, false)),
                ]
                .into_iter()
                .flatten()
            });
            let (score, came_from, new) =
                from.max_by_key(|(score, _, new)| (*score, !*new)).unwrap_or((i32::MIN / 2, 0, true));
            (own + score, came_from, new)
        });
        let row: Vec<(i32, usize, bool)> = row.collect();
        best.push(row);
    }
    let Some(bottom) = best.last() else { return Vec::new() };
    let end = |(col, (score, ..)): &(usize, &(i32, usize, bool))| score + before[columns] - before[col + 1];
    let mut col = bottom.iter().enumerate().max_by_key(end).map_or(0, |(col, _)| col);
    let mut way = vec![(0, true); lines.len()];
    for at in (0..lines.len()).rev() {
        let (_, from, new) = best[at][col];
        way[at] = (col, new || at == 0);
        col = from;
    }
    let mut rows: Vec<(Vec<Cell>, bool)> = Vec::new();
    for (line, (col, new)) in lines.iter().zip(way) {
        if new || rows.is_empty() {
            rows.push((vec![Cell::default(); columns], false));
        }
        let Some((row, doubtful)) = rows.last_mut() else { continue };
        if !row[col].text.is_empty() {
            row[col].text.push('\n');
            *doubtful |= fields[col].is_units();
        }
        row[col].text.push_str(line);
    }
    let of_units = fields.iter().filter(|field| field.is_units()).count();
    for (row, doubtful) in &mut rows {
        let filled = row.iter().zip(fields).filter(|(cell, field)| field.is_units() && !cell.text.is_empty()).count();
        *doubtful |= filled < of_units;
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> Vec<String> {
        let document = super::super::text::document(text).with_text_tables();
        let mut lines = Vec::new();
        for block in document.blocks {
            match block {
                Block::Paragraph(text) => lines.push(text),
                Block::Table(table) => lines.extend(
                    table
                        .rows
                        .iter()
                        .map(|row| row.iter().map(|cell| cell.text.as_str()).collect::<Vec<_>>().join("|")),
                ),
            }
        }
        lines
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
    fn cells_closed_by_a_bar_are_a_table() {
        let text = "清单\n序号 |\n任务 |\n责任单位 |\n1 |\n优化办事机\n制 |\n改革办 |\n2 |\n盘活厂房 |\n|\n以上共2项。";
        assert_eq!(shown(text), ["清单", "序号|任务|责任单位", "1|优化办事机制|改革办", "2|盘活厂房|", "以上共2项。"]);
    }

    #[test]
    fn a_list_of_names_broken_over_lines_stays_a_list() {
        let text = "序号\t任务\t责任单位\t时限\n1\t清理\t幸福社区\n幸福物业\t5月";
        assert_eq!(shown(text), ["序号|任务|责任单位|时限", "1|清理|幸福社区\n幸福物业|5月"]);
    }

    #[test]
    fn one_cell_a_line_is_a_table_even_with_lost_cells() {
        let text = "序号\n工作任务\n牵头单位\n配合单位\n完成时限\n1\n整治背街小巷四十条\n城管局\n各街道\n6月底前\n2\n改造农贸市场六家\n市场监管局\n9月底前\n注：以上为重点任务";
        assert_eq!(
            shown(text),
            [
                "序号|工作任务|牵头单位|配合单位|完成时限",
                "1|整治背街小巷四十条|城管局|各街道|6月底前",
                "2|改造农贸市场六家|市场监管局||9月底前",
                "注：以上为重点任务",
            ]
        );
    }
}
