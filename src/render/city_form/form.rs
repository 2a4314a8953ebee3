//! Reads the municipal office's own form: its sheet, its heading, its columns, and what cannot be copied.

use std::collections::BTreeSet;

use crate::basis::Bilingual;
use crate::basis::place::Area;
use crate::division::{FieldSet, fields};
use crate::read::{BookAppearance, Raw, Sheet, Visibility, Workbook};
use crate::table::{FieldId, Furniture, RowClass, Table, survey};

/// The municipal form.
#[derive(Clone, Debug)]
pub struct Form {
    /// Its workbook.
    pub(super) book: Workbook,
    /// Its appearance, if the format is xlsx.
    pub(super) appearance: Option<BookAppearance>,
    /// The sheet that is filled, by position.
    pub(super) sheet: usize,
    /// Its heading rows.
    pub(super) heading: Area,
    /// The row at which lines are inserted.
    pub(super) first: u32,
    /// The row at which the form continues after the lines (a sum, signatures, notes).
    pub(super) tail: u32,
    /// Its row of sums (合计), below or above the lines.
    pub(super) total: Option<u32>,
    /// The columns whose cells its lines merge over several rows: one cell for all lines of a task.
    pub(super) merged: BTreeSet<u32>,
    /// Its columns.
    pub(super) columns: Vec<FormColumn>,
    /// What cannot be copied.
    pub notes: Vec<Bilingual>,
}

/// A column of the form.
#[derive(Clone, Debug)]
pub(super) struct FormColumn {
    /// The first and last column of the sheet; more than one where the heading is merged.
    pub(super) cols: (u32, u32),
    /// Its heading, the rows joined by `/`.
    pub(super) heading: String,
    /// The field it is bound to.
    pub(super) field: Option<FieldId>,
}

impl Form {
    /// Finds the heading of a form; none when no sheet of it has one.
    pub fn of(book: Workbook, appearance: Option<BookAppearance>, fields: &FieldSet) -> Option<Form> {
        let known = |table: &Table| table.columns.iter().filter(|column| column.field.is_some()).count();
        let mut best: Option<(usize, Table)> = None;
        let mut others = 0usize;
        for (at, sheet) in book.sheets.iter().enumerate().filter(|(_, sheet)| sheet.visibility == Visibility::Visible) {
            for table in survey(sheet, &book.texts, fields) {
                others += 1;
                let better = best
                    .as_ref()
                    .is_none_or(|(_, held)| (table.readable, known(&table)) > (held.readable, known(held)));
                if better {
                    best = Some((at, table));
                }
            }
        }
        let (sheet, table) = best?;
        let Body { first, tail, total, dropped } = body(&book, sheet, &table);
        let columns = columns(&book.sheets[sheet], &table);
        let over_rows = |area: &&Area| area.top >= first && area.bottom < tail && area.top < area.bottom;
        let merged = book.sheets[sheet].merges.iter().filter(over_rows).map(|area| area.left).collect();
        let heading = table.heading;
        let mut form =
            Form { book, appearance, sheet, heading, first, tail, total, merged, columns, notes: Vec::new() };
        form.notes = form.notes(&dropped, others > 1);
        Some(form)
    }

    /// Whether the form has a column for this field.
    pub(super) fn has(&self, field: FieldId) -> bool {
        self.columns.iter().any(|column| column.field == Some(field))
    }

    fn notes(&self, dropped: &[u32], more_tables: bool) -> Vec<Bilingual> {
        let mut notes = Vec::new();
        let mut say = |zh: String, en: String| notes.push(Bilingual::new(zh, en));
        let name = &self.book.sheets[self.sheet].name;
        let unknown: Vec<&str> =
            self.columns.iter().filter(|c| c.field.is_none()).map(|c| c.heading.as_str()).collect();
        if !unknown.is_empty() {
            let list = unknown.join("、");
            say(
                format!("不认识的栏目：{list}；台账中没有同名栏目的留空"),
                format!("unknown columns: {list}; left empty unless the ledgers have a column of that name"),
            );
        }
        if ![fields::STATUS, fields::PROGRESS, fields::REMARK].iter().any(|field| self.has(*field)) {
            say(
                "表样没有完成情况、进展或备注栏，缺报的任务只列任务和单位".into(),
                "no column for state, progress or remarks: missing items show task and unit alone".into(),
            );
        }
        if !dropped.is_empty() {
            let rows = dropped.iter().take(8).map(|row| (row + 1).to_string()).collect::<Vec<_>>().join("、");
            let more = if dropped.len() > 8 { "等" } else { "" };
            say(
                format!("工作表“{name}”第{rows}{more}行是表样原有的内容（示例、分节），未带入"),
                format!("sheet {name}: rows {rows} held examples or sections and were not carried"),
            );
        }
        if more_tables {
            say(
                format!("只填写工作表“{name}”中第{}行起的表，其余的表原样保留", self.heading.top + 1),
                format!("only the table of sheet {name} at row {} is filled", self.heading.top + 1),
            );
        }
        match &self.appearance {
            None => say(
                "只有 xlsx 表样能带入列宽、字体和边框，现用默认式样".into(),
                "widths, fonts and frames are taken from xlsx forms only".into(),
            ),
            Some(appearance) if appearance.colours_lost => {
                say("主题颜色未带入".into(), "colours of the theme are not carried".into());
            }
            Some(_) => {}
        }
        for sheet in &self.book.sheets {
            if sheet.other.is_some() || sheet.unreadable.is_some() {
                say(format!("工作表“{}”未带入", sheet.name), format!("sheet {} is not carried", sheet.name));
            }
            if !sheet.pictures.is_empty() {
                let count = sheet.pictures.len();
                say(
                    format!("工作表“{}”的{count}张图片未带入", sheet.name),
                    format!("sheet {}: {count} pictures are not carried", sheet.name),
                );
            }
        }
        say(
            "公式只带入结果；批注、条件格式未带入".into(),
            "formulas come as their results; notes and conditional formats are not carried".into(),
        );
        notes
    }
}

/// Where the lines of a form go.
struct Body {
    /// The row at which lines are inserted.
    first: u32,
    /// The row at which the form continues.
    tail: u32,
    /// The row of sums.
    total: Option<u32>,
    /// The rows between whose content is dropped.
    dropped: Vec<u32>,
}

/// Finds where the lines go. Column numbers and instructions directly below the heading stay above the lines, except for
/// examples, which fill several cells; a row of sums at either end, instructions and signatures at the end stay too.
fn body(book: &Workbook, at: usize, table: &Table) -> Body {
    let (sheet, rows) = (&book.sheets[at], &table.rows);
    // a row of sums without any number is as blank as the rows above it
    let says_sum = |row: u32| {
        let first = sheet.grid.row(row).and_then(|row| {
            row.cells.iter().find_map(|(_, raw)| if let Raw::Text(text) = raw { Some(*text) } else { None })
        });
        first.is_some_and(|text| {
            let word: String = book.texts.get(text).split_whitespace().collect();
            ["合计", "总计", "共计", "小计"].contains(&word.trim_end_matches(['：', ':']))
        })
    };
    let numbering = |class: RowClass| class == RowClass::Furniture(Furniture::Numbering);
    let instruction = |class: RowClass| class == RowClass::Furniture(Furniture::Instruction);
    let sums = |(row, class): (u32, RowClass)| {
        class == RowClass::Furniture(Furniture::Subtotal) || class == RowClass::Blank && says_sum(row)
    };
    let ends = |class: RowClass| {
        instruction(class) || matches!(class, RowClass::Furniture(Furniture::Footer | Furniture::Heading))
    };
    let filled = |row: u32| sheet.grid.row(row).map_or(0, |row| row.cells.len());
    let run = rows.iter().take_while(|row| numbering(row.1) || instruction(row.1)).count();
    // instructions that nothing follows belong below the lines
    let followed = rows[run..].iter().any(|row| !ends(row.1));
    let stays_above = |row: &&(u32, RowClass)| numbering(row.1) || followed && filled(row.0) < 2;
    let mut lead = rows[..run].iter().take_while(stays_above).count();
    let is_body = |at: usize| !ends(rows[at].1) || followed && at < run;
    let mut end = (lead..rows.len()).rev().find(|at| is_body(*at)).map_or(lead, |at| at + 1);
    let mut total = None;
    let last = rows[lead..end].iter().rposition(|row| row.1 != RowClass::Blank || sums(*row)).map(|at| lead + at);
    if let Some(last) = last.filter(|at| sums(rows[*at])) {
        total = Some(rows[last].0);
        if last == lead && end > last + 1 {
            // sums above the lines
            lead = last + 1;
        } else {
            end = last;
        }
    } else if rows.get(lead).is_some_and(|row| sums(*row)) && lead < end {
        total = Some(rows[lead].0);
        lead += 1;
    }
    let first = rows[..lead].last().map_or(table.heading.bottom, |row| row.0) + 1;
    let tail = rows[lead..end].last().map_or(first, |row| row.0 + 1);
    let dropped = rows[lead..end].iter().filter(|row| row.1 != RowClass::Blank).map(|row| row.0).collect();
    Body { first, tail, total, dropped }
}

/// The columns of the form; columns under the same merged heading count as one.
fn columns(sheet: &Sheet, table: &Table) -> Vec<FormColumn> {
    let mut covered: BTreeSet<u32> = BTreeSet::new();
    let mut columns: Vec<FormColumn> = Vec::with_capacity(table.columns.len());
    let has = |field: FieldId| table.columns.iter().any(|column| column.field == Some(field));
    for column in &table.columns {
        if covered.contains(&column.col) {
            continue;
        }
        let over = sheet.merges.iter().find(|area| area.contains(table.heading.bottom, column.col));
        let right = over.map_or(column.col, |area| area.right.max(column.col).min(column.col + 60));
        covered.extend(column.col..=right);
        let heading: String = column.heading.split_whitespace().collect();
        let field = column.field.or_else(|| column.also.filter(|_| !tells_progress(&heading)));
        let field = field.or_else(|| (!has(fields::PROGRESS) && tells_progress(&heading)).then_some(fields::PROGRESS));
        columns.push(FormColumn { cols: (column.col, right), heading, field });
    }
    columns
}

/// Whether a heading without a field of its own asks what was done: 工作内容及进展, 主要做法和成效.
fn tells_progress(heading: &str) -> bool {
    ["进展", "成效", "做法", "开展情况", "落实情况", "推进情况", "工作情况"].iter().any(|word| heading.contains(word))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::basis::pool::Texts;
    use crate::read::Format;
    use crate::table::fixture;

    fn form(drawing: &str) -> Option<Form> {
        let mut texts = Texts::default();
        let sheets = vec![fixture::sheet(drawing, &mut texts)];
        let book =
            Workbook { format: Format::Xlsx, texts, sheets, notices: Vec::new(), properties: BTreeMap::default() };
        Form::of(book, None, &FieldSet::builtin())
    }

    #[test]
    fn lines_stand_between_the_column_numbers_and_the_signatures() {
        let form = form(
            "
某市汇总表 | < | < | <
序号 | 工作任务 | 责任 | <
^ | ^ | 牵头单位 | 责任单位
1 | 2 | 3 | 4
1 | （示例）清扫楼道 | 某科 | 某科
 | | |
填表人：某 | | 审核人：某 |
注：本表每月报送 | | |
",
        )
        .expect("a form");
        assert_eq!((form.heading.top, form.heading.bottom), (1, 2));
        assert_eq!((form.first, form.tail), (4, 6));
        assert!(form.notes.iter().any(|note| note.zh.contains("第5行")), "{:?}", form.notes);
        assert!(form.notes.iter().any(|note| note.zh.contains("没有完成情况")));
    }

    #[test]
    fn a_row_of_sums_stays_at_its_end_of_the_lines() {
        let below =
            form("序号 | 工作任务 | 责任单位 | 数量\n | | |\n | | |\n合计 | | | 0\n填表人：某 | | |").expect("a form");
        assert_eq!((below.first, below.tail, below.total), (1, 3, Some(3)));
        let above = form("序号 | 工作任务 | 责任单位 | 数量\n合计 | | | 0\n | | |\n填表人：某 | | |").expect("a form");
        assert_eq!((above.first, above.total), (2, Some(1)));
        assert!(
            below.notes.iter().chain(&above.notes).all(|note| !note.zh.contains("未带入") || note.zh.contains("公式"))
        );
    }

    #[test]
    fn a_row_of_sums_without_numbers_stays_below_the_lines() {
        let form = form("序号 | 重点任务 | 责任单位 | 工作内容及进展\n | | |\n | | |\n合　计 | | |\n填表人：某 | | |")
            .expect("a form");
        assert_eq!((form.first, form.tail, form.total), (1, 3, Some(3)));
        assert_eq!(form.columns[3].field, Some(fields::PROGRESS));
    }

    #[test]
    fn a_heading_over_several_columns_is_one_column() {
        let form = form("序号 | 工作任务 | 责任单位 | 完成情况 | < | 市级评价").expect("a form");
        let seen: Vec<_> = form.columns.iter().map(|c| (c.cols, c.heading.as_str(), c.field.is_some())).collect();
        assert_eq!(seen[3..], [((3, 4), "完成情况", true), ((5, 5), "市级评价", false)]);
        assert_eq!((form.first, form.tail), (1, 1));
        assert!(form.notes[0].zh.contains("市级评价"));
    }

    #[test]
    fn a_sheet_without_known_headings_is_no_form() {
        assert!(form("通知 | \n请各单位报送 | 谢谢").is_none());
        assert!(form("").is_none());
    }
}
