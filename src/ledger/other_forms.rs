//! Recognises forms of labels and values that are not reports on tasks: slips, vouchers, applications.

use crate::basis::pool::Texts;
use crate::basis::text::{fold, heading_key};
use crate::division::{FieldSet, fields};
use crate::read::{Raw, Row, Sheet};
use crate::table::{
    FieldId, Furniture, Lexicon, Line, LooseKind, Parted, RowClass, Table, has_label_colon, has_value, is_label,
};

/// Endings of labels for signatures: 院长, 财务审核, 报销人.
const SIGNS: &[&str] = &["长", "审核", "审批", "签字", "人", "领导", "主任", "经理", "总监", "主管"];

/// The most rows of a form.
const LONGEST: usize = 80;

/// Whether a sheet is such a form: more rows of labels than of data, and no table that is certainly a ledger.
pub(super) fn is_other_form(sheet: &Sheet, texts: &Texts, set: &FieldSet, parted: &Parted) -> bool {
    if sheet.grid.rows.len() > LONGEST {
        return false;
    }
    // A title stands alone in its row.
    let alone = |lines: &[Line], line: &Line| lines.iter().filter(|other| other.0 == line.0).count() == 1;
    let slip = |table: &Table| table.above.iter().any(|line| is_slip(&line.2) && alone(&table.above, line));
    let titled = parted.tables.iter().any(slip);
    // 采购订单 has deadlines too.
    if parted.tables.iter().any(|table| says(table, REPORTED) || !titled && says(table, GIVEN)) {
        return false;
    }
    let class = |row: u32| parted.tables.iter().find_map(|table| table.rows.iter().find(|r| r.0 == row)).map(|r| r.1);
    let in_heading = |row: u32| parted.tables.iter().any(|t| (t.heading.top..=t.heading.bottom).contains(&row));
    let (mut labels, mut data, mut blank) = (0usize, 0usize, 0usize);
    // 填报单位：… and other lines of one cell stand above lists too.
    let listed = |table: &Table| table.readable && table.rows.iter().filter(|row| row.1 == RowClass::Data).count() >= 2;
    let list = parted.tables.iter().filter(|table| listed(table)).map(|table| table.heading.top).min().unwrap_or(0);
    for row in &sheet.grid.rows {
        if row.index < list && cells(row, texts).nth(1).is_none() {
            continue;
        }
        if in_heading(row.index) || parted.tables.iter().any(|table| heads_again(table, row, texts)) {
            continue;
        }
        match class(row.index) {
            Some(RowClass::Blank) => blank += 1,
            Some(RowClass::Furniture(Furniture::Subtotal)) => {}
            class if is_labelled(row, texts, set, class == Some(RowClass::Data)) => labels += 1,
            Some(RowClass::Data) => data += 1,
            _ => {}
        }
    }
    if titled && labels >= 2 {
        return true;
    }
    let form = parted.loose.iter().any(|loose| loose.kind == LooseKind::Form);
    labels >= 3 && labels > data && (form || !parted.tables.is_empty()) && blank < 3
}

/// Whether most cells of a row are headings of a table in their columns: the next block, still blank.
fn heads_again(table: &Table, row: &Row, texts: &Texts) -> bool {
    let heading = |col: u32| table.columns.iter().find(|c| c.col == col).map(|c| c.heading.as_str());
    let cells = row.cells.iter().filter_map(|&(col, raw)| match raw {
        Raw::Text(text) => Some((col, texts.get(text).trim())).filter(|cell| !cell.1.is_empty()),
        _ => None,
    });
    let (same, all) = cells
        .fold((0usize, 0usize), |(same, all), (col, text)| (same + usize::from(heading(col) == Some(text)), all + 1));
    same >= 3 && same * 5 >= all * 4
}

/// Whether a title names a slip: 报销单, 申请表.
pub(super) fn is_slip(title: &str) -> bool {
    const SLIPS: &[&str] = &[
        "报销", "申请表", "申请单", "审批表", "审批单", "请假", "借款", "领用", "出库", "入库", "报价", "订单", "付款",
        "收据", "凭证", "差旅费", "送货", "验收单", "签收",
    ];
    let key = fold(title);
    key.chars().count() <= 30 && SLIPS.iter().any(|word| key.contains(word))
}

/// Fields that only reports have, and those that are given beforehand.
const REPORTED: &[FieldId] =
    &[fields::STATUS, fields::PROGRESS, fields::UNITS, fields::LEAD_UNITS, fields::EVIDENCE, fields::PROBLEM];
const GIVEN: &[FieldId] = &[fields::DEADLINE, fields::CODE];

/// Whether a table has a column of tasks and one of these.
fn says(table: &Table, wanted: &[FieldId]) -> bool {
    table.readable && table.columns.iter().filter_map(|c| c.field).any(|field| wanted.contains(&field))
}

/// The texts of a row; "" for what is no text.
fn cells<'t>(row: &'t Row, texts: &'t Texts) -> impl Iterator<Item = &'t str> {
    row.cells.iter().filter_map(|&(_, raw)| match raw {
        Raw::Text(text) => Some(texts.get(text).trim()).filter(|text| !text.is_empty()),
        Raw::Empty => None,
        _ => Some(""),
    })
}

/// Whether a cell is a label, with a colon or known by its words.
fn reads_like_label(text: &str, set: &FieldSet) -> bool {
    let key = heading_key(text);
    let known = || is_label(&key) || set.field(&key).is_some() || key.ends_with("合计") || key.ends_with("总计");
    key.chars().count() <= 14 && (has_label_colon(text) || known())
}

/// Whether a row consists of labels, each followed by a value or an empty cell.
fn is_labelled(row: &Row, texts: &Texts, set: &FieldSet, record: bool) -> bool {
    let label = |text: &str| reads_like_label(text, set);
    let signs = |text: &str| text.chars().count() <= 10 && SIGNS.iter().any(|end| heading_key(text).ends_with(end));
    let all: Vec<&str> = cells(row, texts).collect();
    let Some(first) = all.first() else { return false };
    // The values of a record may have colons too: 提示：可用.
    let valued = |text: &str| record && has_value(text);
    let labels = all.iter().filter(|text| label(text) && !valued(text)).count();
    label(first)
        || labels >= 2
        || all.iter().filter(|text| label(text) && !valued(text) || signs(text)).count() * 3 >= all.len() * 2
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table::fixture;

    #[test]
    fn rows_of_labels() {
        let labelled = |row: &str| {
            let mut texts = Texts::default();
            let sheet = fixture::sheet(row, &mut texts);
            is_labelled(&sheet.grid.rows[0], &texts, &FieldSet::builtin(), false)
        };
        let long = |count: usize| format!("{}合计", "甲".repeat(count - 2));
        for (row, is) in [
            ("填表人 | 甲", true),
            ("完成情况 | 甲", true),
            ("甲： | 乙", true),
            ("费用合计 | 3", true),
            ("费用总计 | 3", true),
            (&long(14), true),
            (&long(15), false),
            ("甲 | 填表人 | 乙 | 丙", false),
            ("甲 | 填表人 | 审核人 | 丙", true),
            ("院长 | 财务审核 | 甲", true),
            ("院长 | 财务审核 | 3", true),
            ("院长 | 财务审核 | 甲 | 乙", false),
            ("院长 | 甲", false),
            ("3 | 填表人", false),
        ] {
            assert_eq!(labelled(row), is, "{row}");
        }
    }

    #[test]
    fn values_of_records_with_colons_are_no_labels() {
        let labelled = |row: &str, record: bool| {
            let mut texts = Texts::default();
            let sheet = fixture::sheet(row, &mut texts);
            is_labelled(&sheet.grid.rows[0], &texts, &FieldSet::builtin(), record)
        };
        let row = "新用户 | 提示：可用 | 提示：可用";
        assert_eq!((labelled(row, true), labelled(row, false)), (false, true));
        assert!(labelled("新用户 | 提示： | 说明：", true) && labelled("提示：可用 | 甲 | 乙", true));
    }

    #[test]
    fn titles_of_slips() {
        let long = |count: usize| format!("{}请假", "甲".repeat(count - 2));
        assert!(is_slip("费用报销单") && is_slip(&long(30)) && !is_slip(&long(31)) && !is_slip("工作台账"));
    }
}
