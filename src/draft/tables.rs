//! The tables of a plan → rows.

use super::Unused;
use super::attribution::Attribution;
use super::cards::{self, Card, Cards};
use super::cell_text;
use super::document::{Cell, Spot, Table};
use super::labels::Field;
use super::parts::{self, Part};
use super::rows::Row;
use super::table_columns::{Columns, by_content, columns, fresh_standard, gathered, goes_on, heading, same_heading};
use super::wording::is_note;

/// Reads the tables of a document one after the other.
#[derive(Debug, Default)]
pub(super) struct Reader {
    /// How many tables were read.
    tables: u32,
    /// The columns of the last table with headings, for a continuation without.
    columns: Vec<Option<Field>>,
    /// Rows that were not used.
    pub(super) unused: Vec<Unused>,
    /// Non-empty rows.
    pub(super) lines: usize,
    /// Those that became tasks or parts of one.
    pub(super) in_tasks: usize,
    /// Those that are headings.
    pub(super) headings: usize,
}

impl Reader {
    /// Reads the rows of a table.
    pub(super) fn read(&mut self, table: &Table) -> Vec<Row> {
        self.tables += 1;
        let filled = |row: &[Cell]| row.iter().any(|cell| !cell.text.is_empty());
        self.lines += table.rows.iter().filter(|row| filled(row)).count();
        if let Some(cards) = cards::read(table) {
            return self.cards(table, cards);
        }
        if let Some((first, last, fields)) = heading(table) {
            self.headings += last - first + 1;
            self.skip(table, 0, first, "表格标题");
            self.columns.clone_from(&fields);
            return self.rows(table, last + 1, &columns(table, last + 1, fields));
        }
        if goes_on(table, &self.columns) {
            return self.rows(table, 0, &columns(table, 0, self.columns.clone()));
        }
        let Some(columns) = by_content(table) else {
            self.skip(table, 0, table.rows.len(), "表中没有认出任务和责任单位的栏目");
            return Vec::new();
        };
        let mut rows = self.rows(table, 0, &columns);
        for row in &mut rows {
            row.doubts.push("表格没有栏目名称，各栏按内容推定".into());
        }
        rows
    }

    fn spot(&self, row: usize) -> Spot {
        Spot { table: self.tables, line: row as u32 + 1 }
    }

    fn skip(&mut self, table: &Table, from: usize, to: usize, reason: &str) {
        for row in from..to {
            let text = shown(&table.rows[row]);
            if !text.is_empty() {
                self.unused.push(Unused { spot: self.spot(row), text, reason: reason.to_owned() });
            }
        }
    }

    /// The tasks of a table of cards.
    fn cards(&mut self, table: &Table, cards: Cards) -> Vec<Row> {
        for row in cards.outside {
            let reason = match cards.cards.first() {
                None => "待填写的空表",
                Some(first) if row < first.rows[0] => "表格标题",
                Some(_) => "表下的说明",
            };
            self.skip(table, row, row + 1, reason);
        }
        let one = |card: Card| {
            self.in_tasks += card.rows.len();
            let spots = card.rows.iter().map(|row| self.spot(*row)).collect();
            let number = code(&card.number).unwrap_or_default();
            Row { number, category: card.category, ..Row::new(&card.text, card.said, spots) }
        };
        cards.cards.into_iter().map(one).collect()
    }

    fn rows(&mut self, table: &Table, first: usize, columns: &Columns) -> Vec<Row> {
        let mut rows: Vec<Row> = Vec::new();
        let (mut category, mut section) = (String::new(), String::new());
        // What the cells of the last row of a task said.
        let mut before = Attribution::default();
        for at in first..table.rows.len() {
            let cells = &table.rows[at];
            let distinct: Vec<&Cell> = cells.iter().filter(|cell| !cell.text.is_empty() && !cell.from_left).collect();
            let Some(only) = distinct.first() else { continue };
            let wide = distinct.len() == 1 && (cells.len() > 2 || cells[0].text == only.text) && !only.from_above;
            if wide
                && columns.task.is_none_or(|task| {
                    cells[task].text.is_empty() || cells.iter().filter(|cell| cell.from_left).count() + 1 >= cells.len()
                })
            {
                if is_note(&only.text) {
                    self.skip(table, at, at + 1, "表下的说明");
                } else {
                    crate::basis::text::unnumbered(&only.text).trim().clone_into(&mut section);
                    category.clear();
                    self.headings += 1;
                }
                continue;
            }
            if same_heading(cells, &table.rows[..first]) {
                self.headings += 1;
                continue;
            }
            let text = |wanted: Field| gathered(cells, &columns.fields, wanted, columns.task);
            let sum =
                distinct.iter().any(|cell| matches!(cell.text.replace(' ', "").as_str(), "合计" | "小计" | "总计"));
            if sum {
                self.skip(table, at, at + 1, "合计行");
                continue;
            }
            let own = text(Field::Category).replace('\n', "");
            if !own.is_empty() {
                category = own;
            }
            let task_cell = columns.task.map(|task| &cells[task]);
            let (mut task, standard) =
                (task_cell.map_or(String::new(), |cell| cell.text.clone()), text(Field::Standard));
            let goes_on = task_cell.is_some_and(|cell| cell.from_above) || task.is_empty();
            let mut said = self.said(cells, &columns.fields);
            if let Some(last) = rows.last().filter(|_| !goes_on && units_left_out(cells, columns)) {
                (said.lead, said.units) = (last.lead.clone(), last.units.clone());
                said.doubts.push("责任单位空着，按与上一行合并处理".into());
            }
            if goes_on && let Some(last) = rows.last_mut() {
                let own_standard = !standard.is_empty()
                    && cells.iter().zip(&columns.fields).any(|(cell, field)| {
                        *field == Some(Field::Standard) && !cell.from_above && !cell.text.is_empty()
                    });
                let fresh_of = |kind: fn(Field) -> bool| {
                    cells
                        .iter()
                        .zip(&columns.fields)
                        .any(|(cell, field)| field.is_some_and(kind) && !cell.from_above && !cell.text.is_empty())
                };
                let fresh = fresh_of(Field::is_units);
                let owner = fresh_of(|field| field.is_units() && field != Field::Support);
                if !own_standard && owner && on_other_terms(&said, &before) {
                    let code = last.number.clone();
                    let (category, words) = (last.category.clone(), format!("{}\n{}", last.task, last.standard));
                    before = said.clone();
                    rows.push(Row { category, number: code, ..Row::new(&words, said, vec![self.spot(at)]) });
                    self.in_tasks += 1;
                    continue;
                }
                if !own_standard {
                    merge(last, &fresh_standard(cells, &columns.fields, columns.task), said, self.spot(at));
                    self.in_tasks += 1;
                    continue;
                }
                if !fresh && said.lead.is_empty() && said.units.is_empty() && task.is_empty() {
                    // An empty cell below a filled one, in a table that was copied without its merged cells.
                    said.doubts.push("责任单位空着，可能与上一行合并".into());
                }
                if task.is_empty() {
                    task.clone_from(&standard);
                }
            }
            if task.is_empty() {
                task.clone_from(&standard);
            }
            if task.trim().is_empty() {
                self.skip(table, at, at + 1, "没有任务内容");
                continue;
            }
            let mut words = task.clone();
            if standard != task && !standard.is_empty() {
                words = format!("{task}\n{standard}");
            }
            before = said.clone();
            let words = without_attribution(&words, &mut said);
            if table.guessed.get(at).copied().unwrap_or_default() {
                said.doubts.push("表格的空格在文本中丢失，各栏按内容推定".into());
            }
            let mut row = Row::new(&words, said, vec![self.spot(at)]);
            row.number = code(&text(Field::Number))
                .or_else(|| super::marker::marker(&task).map(|found| found.code))
                .unwrap_or_default();
            row.task = crate::basis::text::unnumbered(&row.task).trim().to_string();
            row.category = if category.is_empty() { section.clone() } else { category.clone() };
            for more in other_cells(cells, &columns.fields, &table.rows[..first]) {
                super::attribution::join_lines(&mut row.standard, &more);
            }
            rows.push(row);
            self.in_tasks += 1;
        }
        rows
    }

    /// The attribution in the cells of a row.
    #[expect(clippy::unused_self, reason = "reads as what the reader does with a row")]
    fn said(&self, cells: &[Cell], fields: &[Option<Field>]) -> Attribution {
        let mut said = Attribution::default();
        for (cell, field) in cells.iter().zip(fields) {
            let Some(field) = field.filter(|field| field.attributes()) else { continue };
            if !(cell.from_left || cell.text.is_empty()) {
                cell_text::attribute(&mut said, field, &cell.text);
            }
        }
        said.blank = false;
        said
    }
}

/// Whether the units stand before the tasks and are left out: in a table that was copied without its merged cells the
/// units above go on.
fn units_left_out(cells: &[Cell], columns: &Columns) -> bool {
    let units = |col: &usize| columns.fields[*col].is_some_and(Field::is_units);
    let Some(task) = columns.task else { return false };
    let (before, behind): (Vec<usize>, Vec<usize>) = (0..cells.len()).filter(units).partition(|col| *col < task);
    !before.is_empty() && behind.is_empty() && before.iter().all(|col| cells[*col].text.is_empty())
}

/// The text of columns that a division does not have, each with its heading, so that nothing is lost.
fn other_cells(cells: &[Cell], fields: &[Option<Field>], headings: &[Vec<Cell>]) -> Vec<String> {
    let heading = |col: usize| headings.last().and_then(|row| row.get(col)).map_or("", |cell| cell.text.as_str());
    let columns = cells.iter().zip(fields).enumerate();
    let others = columns.filter(|(col, (cell, field))| {
        field.is_none_or(|field| field == Field::Other)
            && !cell.from_left
            && !heading(*col).is_empty()
            && cell.text.chars().any(char::is_alphabetic)
    });
    others.map(|(col, (cell, _))| format!("{}：{}", heading(col).replace('\n', ""), cell.text)).collect()
}

/// Whether further units of a task have another deadline, cycle or target than those above them.
fn on_other_terms(said: &Attribution, before: &Attribution) -> bool {
    [(&said.deadline, &before.deadline), (&said.cycle, &before.cycle), (&said.indicator, &before.indicator)]
        .into_iter()
        .any(|(own, above)| !own.is_empty() && own != above)
}

/// A row that continues the task above it.
fn merge(row: &mut Row, more: &str, said: Attribution, spot: Spot) {
    let leaders = if said.leaders.is_empty() { said.persons } else { said.leaders };
    super::attribution::join_lines(&mut row.standard, more);
    for (own, names) in [
        (&mut row.leaders, leaders),
        (&mut row.lead, said.lead),
        (&mut row.units, said.units),
        (&mut row.support, said.support),
    ] {
        super::attribution::add(own, names);
    }
    super::attribution::join(&mut row.deadline, &said.deadline);
    row.spots.push(spot);
    row.doubts.retain(|doubt| doubt != "原文没有写明责任单位" || row.lead.is_empty() && row.units.is_empty());
}

/// The text of a task without the brackets that contain its attribution.
fn without_attribution(text: &str, said: &mut Attribution) -> String {
    let mut lines: Vec<String> = Vec::new();
    for line in text.lines() {
        let mut words = String::new();
        for part in parts::parts(line) {
            match part {
                Part::Text(text) => words.push_str(&text),
                // What the columns say comes first; a bracket of bare names in a cell says nothing new.
                Part::Said(more) if more.bare => {}
                Part::Said(more) => {
                    if !said.names_units() || !more.names_units() {
                        said.merge(more);
                    }
                }
            }
        }
        if !words.is_empty() {
            lines.push(words);
        }
    }
    lines.join("\n")
}

/// The number of a row, when it is one.
fn code(text: &str) -> Option<String> {
    let text = text.trim().trim_end_matches(['、', '.', '．', '。']);
    (!text.is_empty() && text.chars().count() <= 16 && !text.contains('\n')).then(|| text.to_owned())
}

fn shown(row: &[Cell]) -> String {
    let cells: Vec<&str> =
        row.iter().filter(|cell| !cell.from_left && !cell.text.is_empty()).map(|cell| cell.text.as_str()).collect();
    cells.join(" | ")
}
