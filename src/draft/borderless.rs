//! Tables whose borders were lost: one cell to a line, or one row to a line with blanks between the cells. Nothing is left
//! of empty cells, so the others are placed by their content.

use super::document::{Cell, Table};
use super::labels::{self, Field};
use super::marker::{Style, marker};
use super::{phrase, units};

/// The most lines of such a table.
pub(super) const MAX_LINES: usize = 5_000;
/// The most columns of such a table.
pub(super) const MAX_COLUMNS: usize = 14;

/// The columns of a table whose headings these texts begin with, and how many of them are headings. A word between known
/// headings is the heading of a column too.
fn headings(texts: &[&str], least: usize) -> Option<Vec<Field>> {
    /// Characters of the longest heading.
    const LONGEST: usize = 12;
    let plain = |text: &str| {
        text.chars().count() <= LONGEST
            && !text.contains(['：', ':', '。', '，', '|', '｜', '│'])
            && marker(text).is_none()
            && text.chars().any(char::is_alphabetic)
    };
    let mut fields: Vec<Option<Field>> = Vec::new();
    for (at, text) in texts.iter().take(MAX_COLUMNS).enumerate() {
        let known = |text: &str| labels::heading(text).filter(|_| plain(text));
        let between = at > 0 && plain(text) && texts.get(at + 1).is_some_and(|next| known(next).is_some());
        match known(text) {
            Some(field) => fields.push(Some(field)),
            None if between && fields.last().is_some_and(Option::is_some) => fields.push(None),
            None => break,
        }
    }
    let texts: Vec<String> = texts[..fields.len()].iter().map(ToString::to_string).collect();
    if fields.len() < least || !is_heading(&texts) {
        return None;
    }
    let task = fields.iter().position(|field| *field == Some(Field::Task)).unwrap_or(fields.len());
    let guess = |at| if at < task { Field::Category } else { Field::Other };
    Some(fields.into_iter().enumerate().map(|(at, field)| field.unwrap_or(guess(at))).collect())
}

/// Whether these are the headings of a table of tasks.
pub(super) fn is_heading(cells: &[String]) -> bool {
    let fields: Vec<Field> = cells.iter().filter_map(|cell| labels::heading(cell)).collect();
    let has = |wanted: &[Field]| fields.iter().any(|field| wanted.contains(field));
    let short = cells.iter().all(|cell| cell.chars().count() <= 16);
    let owner = has(&[Field::Lead, Field::Units, Field::Support, Field::Leaders, Field::Persons]);
    short && fields.len() >= 2 && fields.len() * 2 >= cells.len() && owner && labels::say_what(&fields)
}

/// A table with one cell to a line, from its headings on.
pub(super) fn stacked(lines: &[&str]) -> Option<(Table, usize)> {
    let fields = headings(lines, 3)?;
    let count = fields.len();
    let end = lines[count..]
        .iter()
        .take(MAX_LINES)
        .position(|line| ends(line))
        .unwrap_or_else(|| lines[count..].len().min(MAX_LINES));
    let body = &lines[count..count + end];
    if body.len() < 2 {
        return None;
    }
    let mut table = Placed::new(&lines[..count]);
    let mut from = 0;
    for at in 0..=body.len() {
        let section = body.get(at).is_some_and(|line| is_section(line));
        if at < body.len() && !section {
            continue;
        }
        table.rows.extend(place(&body[from..at], &fields, Rows::Many));
        if let Some(line) = body.get(at) {
            table.section(line);
        }
        from = at + 1;
    }
    Some((table.finish(), count + body.len()))
}

/// A table with one row to a line and blanks between the cells, or with all its rows on one line.
pub(super) fn spaced(lines: &[&str]) -> Option<(Table, usize)> {
    let first: Vec<&str> = lines.first()?.split_whitespace().collect();
    let fields = headings(&first, 2)?;
    // Two words are headings only over rows of two cells.
    let pair = |line: &&str| line.split_whitespace().nth(1).is_some_and(units::is_list);
    if fields.len() == 2 && !(lines.len() > 2 && lines[1..3].iter().all(pair)) {
        return None;
    }
    if fields.len() < first.len() {
        return stacked(&first).map(|(table, _)| (table, 1));
    }
    let numbered = fields[0] == Field::Number;
    let number = |piece: &str| piece.chars().all(|c| c.is_ascii_digit() || "().（）、．".contains(c));
    let mut table = Placed::new(&first);
    let mut used = 1;
    // The pieces of the row that is being read: a line without a number of its own goes on with it.
    let mut row: Vec<&str> = Vec::new();
    for line in &lines[1..] {
        let pieces: Vec<&str> = line.split_whitespace().collect();
        let begins = if numbered { number(pieces[0]) && pieces.len() > 1 } else { pieces.len() == fields.len() };
        let section = is_section(line) && pieces.len() < fields.len();
        let goes_on = !row.is_empty()
            && row.len() < fields.len()
            && !ends(line)
            && !line.ends_with('。')
            && marker(line).is_none();
        if !(begins || section || goes_on) {
            break;
        }
        if begins || section {
            table.rows.extend(place(&std::mem::take(&mut row), &fields, Rows::One));
        }
        if section {
            table.section(line);
        } else {
            row.extend(pieces);
        }
        used += 1;
    }
    table.rows.extend(place(&row, &fields, Rows::One));
    (table.rows.len() > 1).then(|| (table.finish(), used))
}

/// Rows being placed, each with whether its cells are doubtful.
struct Placed {
    rows: Vec<(Vec<Cell>, bool)>,
}

impl Placed {
    fn new(headings: &[&str]) -> Placed {
        let cell = |text: &&str| Cell { text: (*text).to_owned(), ..Cell::default() };
        Placed { rows: vec![(headings.iter().map(cell).collect(), false)] }
    }

    fn section(&mut self, line: &str) {
        let mut row = vec![Cell::default(); self.rows[0].0.len()];
        line.clone_into(&mut row[0].text);
        self.rows.push((row, false));
    }

    fn finish(self) -> Table {
        let (rows, guessed) = self.rows.into_iter().unzip();
        Table { rows, guessed }
    }
}

/// How many rows the placed cells make.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Rows {
    One,
    Many,
}

/// A line that stands below a table.
pub(super) fn ends(line: &str) -> bool {
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
        Field::Lead | Field::Units | Field::UnitsAndPersons | Field::Support => {
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
fn place(lines: &[&str], fields: &[Field], many: Rows) -> Vec<(Vec<Cell>, bool)> {
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
                    (many == Rows::Many).then(|| last_of(new, true)),
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
            // A blank inside a row is only a blank.
            row[col].text.push(if many == Rows::Many || fields[col].names() { '\n' } else { ' ' });
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
    fn shown(text: &str) -> Vec<String> {
        super::super::text::document(text).with_text_tables().lines()
    }

    #[test]
    fn rows_of_one_line_are_placed_cell_by_cell() {
        let text = "任务表\n序号 点位类型 重点任务 牵头单位 配合单位 完成时限\n一、秩序\n1 路口 完善信号灯 公安分局 住建局 6月底前\n\
                    2 路口 清理小广告 城管局 长期\n以上共2项。";
        let expected = [
            "任务表",
            "序号|点位类型|重点任务|牵头单位|配合单位|完成时限",
            "一、秩序|||||",
            "1|路口|完善信号灯|公安分局|住建局|6月底前",
            "2|路口|清理小广告|城管局||长期",
            "以上共2项。",
        ];
        assert_eq!(shown(text), expected);
        let line = "序号 任务 责任单位 1 清扫背街小巷 城管局 2 规范停车秩序 公安局";
        assert_eq!(shown(line), ["序号|任务|责任单位", "1|清扫背街小巷|城管局", "2|规范停车秩序|公安局"]);
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
