//! The columns of a table: where its heading is, what each column holds, and which of them is the task.

use super::document::{Cell, Table};
use super::labels::{self, Field};
use super::{phrase, units};
use crate::basis::text::heading_key;

/// A table whose columns are known.
pub(super) struct Columns {
    /// The field of each.
    pub(super) fields: Vec<Option<Field>>,
    /// The column of the task.
    pub(super) task: Option<usize>,
}

/// The heading of a table: its first and last row, and the columns.
pub(super) fn heading(table: &Table) -> Option<(usize, usize, Vec<Option<Field>>)> {
    const LOOKED_AT: usize = 12;
    let fields = |row: &[Cell]| -> Vec<Option<Field>> {
        row.iter()
            .map(|cell| if cell.text.chars().count() <= 20 { labels::heading(&cell.text) } else { None })
            .collect()
    };
    let good = |fields: &[Option<Field>], row: &[Cell]| {
        let kinds: Vec<Field> = fields.iter().flatten().copied().collect();
        let owner = kinds.iter().any(|field| field.is_units() || matches!(field, Field::Leaders | Field::Persons));
        let filled = row.iter().filter(|cell| !cell.text.is_empty()).count();
        owner && labels::say_what(&kinds) && kinds.len() * 2 >= filled
    };
    for at in 0..table.rows.len().min(LOOKED_AT) {
        let own = fields(&table.rows[at]);
        if let Some(below) = table.rows.get(at + 1) {
            // A second row below 责任分工 says which of its columns is which.
            let finer = fields(below);
            let short = below.iter().all(|cell| cell.text.chars().count() <= 12);
            let merged = table.rows[at].iter().any(|cell| cell.from_left);
            let all = below
                .iter()
                .zip(&finer)
                .all(|(cell, field)| cell.text.is_empty() || cell.from_above || field.is_some());
            let some = below.iter().zip(&finer).any(|(cell, field)| field.is_some() && !cell.from_above);
            if short && all && some && (merged || finer.iter().flatten().count() > 1) && !units_below(below, &own) {
                let both: Vec<Option<Field>> = finer.iter().zip(&own).map(|(finer, own)| finer.or(*own)).collect();
                if good(&both, below) || good(&both, &table.rows[at]) {
                    return Some((at, at + 1, both));
                }
            }
        }
        if good(&own, &table.rows[at]) {
            // 一季度 and 二季度 below 序时进度 divide it, whatever they say; what stands in them is no deadline.
            if let Some(below) = table.rows.get(at + 1).filter(|below| divides(below, &table.rows[at])) {
                let divided = |(cell, own): (&Cell, &Option<Field>)| match own {
                    Some(Field::Deadline) if !cell.from_above => labels::heading(&cell.text),
                    own => *own,
                };
                return Some((at, at + 1, below.iter().zip(&own).map(divided).collect()));
            }
            return Some((at, at, own));
        }
    }
    None
}

/// Whether a row goes on with the heading above it: its only cells of its own stand below headings that reach over several
/// columns.
fn divides(row: &[Cell], heading: &[Cell]) -> bool {
    /// Characters of the longest such word.
    const LONGEST: usize = 12;
    let wide = |col: usize| heading[col].from_left || heading.get(col + 1).is_some_and(|next| next.from_left);
    let fits = |(col, cell): (usize, &Cell)| {
        cell.from_above || wide(col) && !cell.text.is_empty() && cell.text.chars().count() <= LONGEST
    };
    row.iter().any(|cell| cell.from_above)
        && row.iter().any(|cell| !cell.from_above)
        && row.iter().enumerate().all(fits)
}

/// Whether a row already holds units under a heading for units: then it is no heading.
fn units_below(row: &[Cell], fields: &[Option<Field>]) -> bool {
    row.iter().zip(fields).any(|(cell, field)| {
        field.is_some_and(Field::is_units)
            && !cell.from_above
            && units::is_list(&cell.text)
            && labels::heading(&cell.text).is_none()
    })
}

/// Which column is the task, where several may be: the first whose cells are not merged over rows; the others are what
/// it stands under, or more about it.
pub(super) fn columns(table: &Table, first: usize, mut fields: Vec<Option<Field>>) -> Columns {
    let body = &table.rows[first.min(table.rows.len())..];
    let merged = |col: usize| {
        let filled =
            body.iter().filter(|row| row[col].text.chars().any(char::is_alphanumeric) && !row[col].from_left).count();
        let as_above =
            body.windows(2).filter(|rows| rows[1][col].text == rows[0][col].text && !rows[1][col].text.is_empty());
        let repeated = as_above.filter(|rows| !rows[1][col].from_left).count();
        let empty = body.iter().filter(|row| row[col].text.is_empty()).count();
        repeated * 3 > filled || empty * 2 > body.len()
    };
    // One heading over two columns names a number and the words beside it.
    let of = |wanted: Field, fields: &[Option<Field>]| -> Vec<usize> {
        (0..fields.len()).filter(|col| fields[*col] == Some(wanted)).collect()
    };
    let mut tasks = of(Field::Task, &fields);
    if tasks.is_empty() {
        tasks = of(Field::Standard, &fields);
    }
    if tasks.is_empty() {
        tasks = of(Field::Category, &fields).into_iter().next_back().into_iter().collect();
    }
    // 报送材料 | 报送单位 | 报送时间: to send it in is the task.
    if tasks.is_empty() {
        tasks = of(Field::Evidence, &fields).into_iter().take(1).collect();
    }
    let task = tasks.iter().copied().find(|col| !merged(*col)).or(tasks.first().copied());
    for col in tasks {
        fields[col] = match task {
            Some(task) if col == task => Some(Field::Task),
            Some(task) if col < task => Some(Field::Category),
            _ => Some(Field::Standard),
        };
    }
    // 点位, 场所 or another word over short names before the task: what the tasks stand under.
    if !fields.contains(&Some(Field::Category))
        && let (Some(task), Some(heading)) = (task, first.checked_sub(1))
        && let Some(col) = (0..task).rfind(|col| fields[*col].is_none() && !table.rows[heading][*col].text.is_empty())
    {
        fields[col] = Some(Field::Category);
    }
    Columns { fields, task }
}

/// Whether a table without known headings has these columns, those of the one before it: as many, under units units, and
/// under numbers numbers from its first row on. A list of contacts has a heading of its own.
pub(super) fn goes_on(table: &Table, fields: &[Option<Field>]) -> bool {
    let Some(first) = table.rows.first().filter(|row| !fields.is_empty() && row.len() == fields.len()) else {
        return false;
    };
    let under = |wanted: &'static dyn Fn(Field) -> bool| {
        let fields = fields.iter().map(move |field| field.is_some_and(wanted));
        let cells = table.rows.iter().flat_map(move |row| row.iter().zip(fields.clone()));
        cells.filter(|(cell, is_wanted)| *is_wanted && !cell.text.is_empty()).map(|(cell, _)| cell.text.as_str())
    };
    let of_first =
        first.iter().zip(fields).find(|(cell, field)| **field == Some(Field::Number) && !cell.text.is_empty());
    let numbered = of_first.is_none_or(|(cell, _)| is_number(&cell.text));
    let (units, others): (Vec<&str>, Vec<&str>) = under(&Field::is_units).partition(|text| units::is_list(text));
    numbered && (units.is_empty() && others.is_empty() || units.len() > others.len())
}

/// The columns of a table without headings, by the content of its cells; none when they do not show who does what.
pub(super) fn by_content(table: &Table) -> Option<Columns> {
    /// The least average length of a task, in characters.
    const TASK: usize = 8;
    let count = table.rows.first()?.len();
    let cells = |col: usize| table.rows.iter().map(move |row| row[col].text.as_str()).filter(|text| !text.is_empty());
    let mostly = |col: usize, of: &dyn Fn(&str) -> bool| {
        let (fitting, all) = cells(col).fold((0, 0), |(fitting, all), text| (fitting + usize::from(of(text)), all + 1));
        all >= 2 && fitting * 3 > all * 2
    };
    let mut fields: Vec<Option<Field>> = (0..count)
        .map(|col| match () {
            () if mostly(col, &is_number) => Some(Field::Number),
            () if mostly(col, &units::is_list) => Some(Field::Units),
            () if mostly(col, &phrase::is_moment) => Some(Field::Deadline),
            () => None,
        })
        .collect();
    let length = |col: usize| {
        let (letters, all) = cells(col).fold((0, 0), |(letters, all), text| (letters + text.chars().count(), all + 1));
        letters / all.max(1)
    };
    let task =
        (0..count).filter(|col| fields[*col].is_none() && length(*col) >= TASK).max_by_key(|col| length(*col))?;
    fields[task] = Some(Field::Task);
    (fields.iter().filter(|field| **field == Some(Field::Units)).count() == 1)
        .then_some(Columns { fields, task: Some(task) })
}

/// Whether a cell holds the number of its row and nothing else.
fn is_number(text: &str) -> bool {
    text.chars().all(|c| c.is_numeric() || "一二三四五六七八九十百（）().、-".contains(c))
}

/// Whether a row repeats the heading, as on a new page.
pub(super) fn same_heading(cells: &[Cell], headings: &[Vec<Cell>]) -> bool {
    let filled = cells.iter().filter(|cell| !cell.text.is_empty()).count();
    headings.iter().any(|heading| {
        let same =
            |(cell, head): &(&Cell, &Cell)| !cell.text.is_empty() && heading_key(&cell.text) == heading_key(&head.text);
        let known = cells.iter().zip(heading).filter(same).count();
        known >= 2 && known * 2 > filled
    })
}

/// The texts of all columns of a kind, by line; the task's own column is not among them.
pub(super) fn gathered(cells: &[Cell], fields: &[Option<Field>], wanted: Field, task: Option<usize>) -> String {
    let mut texts: Vec<&str> = Vec::new();
    for (col, (cell, field)) in cells.iter().zip(fields).enumerate() {
        if *field == Some(wanted) && Some(col) != task && !cell.text.is_empty() && !texts.contains(&cell.text.as_str())
        {
            texts.push(&cell.text);
        }
    }
    texts.join("\n")
}

/// What the cells that begin in a row say more about its task.
pub(super) fn fresh_standard(cells: &[Cell], fields: &[Option<Field>], task: Option<usize>) -> String {
    let fresh: Vec<Cell> =
        cells.iter().map(|cell| if cell.from_above { Cell::default() } else { cell.clone() }).collect();
    gathered(&fresh, fields, Field::Standard, task)
}
