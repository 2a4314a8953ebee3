//! Two columns of one table with the same heading.

use crate::basis::finding::{Findings, Kind, Severity, Wording};
use crate::basis::place::{Place, column_letters};
use crate::basis::scope::Scope;
use crate::basis::text::heading_key;
use crate::check::{OneFile, Rule};
use crate::division::Context;
use crate::ledger::Ledger;
use crate::table::Column;

/// The kind.
pub static KIND: Kind = Kind {
    code: "S13",
    name: "heading-repeated",
    scope: Scope::Submission,
    severity: Severity::Warning,
    zh: Wording {
        title: "表头重复",
        message: "“{seen}”列重复，按 {first} 列读取，本列照原样保留",
        why: "两列同名，程序不能替填报单位决定以哪一列为准。",
        mend: "请删除多余的一列，或改用能区分的表头（如“上月完成情况”“本月完成情况”）。",
        example: "不合格：两列都叫“完成情况”。合格：只留一列“完成情况”。",
    },
    en: Wording {
        title: "Heading repeated",
        message: "Column “{seen}” stands twice; column {first} is read, this one is kept as it is",
        why: "Which of two columns of one name counts is not for the program to say.",
        mend: "Delete one of them, or give them headings that differ.",
        example: "Bad: two columns 完成情况. Good: one.",
    },
};

/// Finds repeated headings.
#[derive(Debug)]
pub struct HeadingRepeated;

impl Rule for HeadingRepeated {
    fn kind(&self) -> &'static Kind {
        &KIND
    }

    fn ledger(&self, _: &Context<'_>, _: &OneFile<'_>, ledger: &Ledger, out: &mut Findings) {
        if ledger.headless {
            return;
        }
        let keyed: Vec<(String, &Column)> = ledger.columns.iter().map(|c| (heading_key(&c.heading), c)).collect();
        for (at, (key, column)) in keyed.iter().enumerate() {
            let same = |(other, first): &&(String, &Column)| {
                let named = !key.is_empty() && key == other || column.field.is_some() && first.field == column.field;
                // A heading merged over several columns is one heading.
                named && !first.area.overlaps(column.area)
            };
            let Some((_, first)) = keyed[..at].iter().find(same) else { continue };
            out.note(&KIND, Place::sheet(ledger.source, ledger.sheet).at(column.area))
                .unit(ledger.sender())
                .seen(&column.heading)
                .fact("first", column_letters(first.col))
                .related(Place::sheet(ledger.source, ledger.sheet).at(first.area));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::fixture::check;

    #[test]
    fn the_second_of_two_equal_headings_is_told() {
        check(
            &HeadingRepeated,
            "
            division | 1-1 广告整治 | 综合科
            --- 综合科.xlsx
            任务编号 | 工作任务 | 完成情况 | 完成情况      <- S13 @D
            '1-1 | 广告整治 | 正在推进 | 已完成
            ",
        );
    }
}
