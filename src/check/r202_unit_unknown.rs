//! A unit named in a ledger that is not in the roster.

use std::cell::RefCell;
use std::collections::HashMap;

use crate::basis::finding::{Findings, Kind, Severity, Wording};
use crate::basis::place::Place;
use crate::basis::pool::Text;
use crate::basis::scope::Scope;
use crate::check::support::columns::note_cells;
use crate::check::support::says_nothing;
use crate::check::{Entry, OneFile, Rule};
use crate::division::{Context, FieldType, fields};
use crate::ledger::{Cell, Ledger, UnitFrom, line_place, unsettled};
use crate::ruling::RulingKind;
use crate::table::Lexicon as _;

/// The kind.
pub static KIND: Kind = Kind {
    code: "R202",
    name: "unit-unknown",
    scope: Scope::Submission,
    severity: Severity::Warning,
    zh: Wording {
        title: "单位不在名录",
        message: "“{seen}”不在单位名录内[（共 {cells} 格）]",
        why: "名录外的名称不能计入任何单位，本行按填报单位计。",
        mend: "请改为名录中的名称；如是简称或曾用名，由办公室登记到“单位名录”的“别名”。",
        example: "不合格：“管理科”（名录有管理一科、管理二科）。合格：“管理一科”。",
    },
    en: Wording {
        title: "Unit not in the roster",
        message: "“{seen}” is not in the roster[ ({cells} cells)]",
        why: "Such a name counts for no unit; the row counts for the unit that submits.",
        mend: "Write the name as in the roster, or enter this one among the unit's aliases.",
        example: "Bad: 管理科 where the roster has 管理一科 and 管理二科.",
    },
};

/// Finds names of units that are not in the roster.
#[derive(Debug)]
pub struct UnitUnknown;

impl Rule for UnitUnknown {
    fn kind(&self) -> &'static Kind {
        &KIND
    }

    fn file(&self, cx: &Context<'_>, file: &OneFile<'_>, out: &mut Findings) {
        // the register has an unknown unit, but the sender was found in another way (else it is F08)
        let registered = |ledger: &Ledger| matches!(ledger.unit, Some((_, UnitFrom::Register)));
        let told = file.reading.ledgers.iter().any(|ledger| ledger.unit.is_some());
        let ruled = |claim: &str| {
            let asker = file.asker(cx, file.sender());
            cx.division.rulings.find(RulingKind::Sender, claim, &asker).is_some()
        };
        if let (Some(claim), true, false) = (&file.source.claim, told, file.reading.ledgers.iter().any(registered))
            && !ruled(claim)
        {
            out.note(&KIND, Place::file(file.source.id)).unit(file.sender()).seen(claim);
        }
    }

    fn ledger(&self, cx: &Context<'_>, file: &OneFile<'_>, ledger: &Ledger, out: &mut Findings) {
        submitter_line(cx, file, ledger, out);
        let asker = file.asker(cx, ledger.sender());
        // 牵头单位 may be an office outside the roster; 责任单位 determines the unit of the row
        let units = |field| field != fields::LEAD_UNITS && cx.division.fields.spec(field).kind == FieldType::Units;
        let known: RefCell<HashMap<Text, bool>> = RefCell::default();
        let at_fault = |entry: Entry<'_>, cell: Cell| {
            *known.borrow_mut().entry(cell.text).or_insert_with(|| {
                let text = entry.text_of(cell);
                !says_nothing(text) && !unsettled(text, cx, &asker).is_empty()
            })
        };
        note_cells(
            out,
            &KIND,
            (file, ledger),
            |column| column.field.is_some_and(units),
            at_fault,
            |finding, _, _| {
                let text = finding.seen.take().unwrap_or_default();
                finding.seen = Some(unsettled(&text, cx, &asker).join("、"));
            },
        );
    }
}

/// Checks 填报单位: an unknown unit, while the sender was found in another way (else it is F08).
fn submitter_line(cx: &Context<'_>, file: &OneFile<'_>, ledger: &Ledger, out: &mut Findings) {
    let told = matches!(ledger.unit, Some((_, from)) if !matches!(from, UnitFrom::Sheet(_)));
    let Some(sheet) = file.reading.sheets.get(ledger.sheet as usize).filter(|_| told) else { return };
    let asker = file.asker(cx, ledger.sender());
    let submitter = |label: &str| cx.division.fields.field(label) == Some(fields::SUBMITTER);
    for (row, col, label, value) in &sheet.notes {
        if submitter(label) && !says_nothing(value) && !unsettled(value, cx, &asker).is_empty() {
            let place = line_place(ledger.source, ledger.sheet, *row, *col);
            out.note(&KIND, place).unit(file.sender()).seen(value);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::fixture::check;

    #[test]
    fn a_unit_that_nobody_knows_is_told() {
        check(
            &UnitUnknown,
            "
            division | 1-1 广告整治 | 综合科、后勤中心
            --- 综合科.xlsx
            任务编号 | 工作任务 | 责任单位 | 完成情况
            '1-1 | 广告整治 | 保卫处 | 正在推进           <- R202 @C
            '1-1 | 广告整治 | 后勤中心 | 正在推进
            ",
        );
    }

    #[test]
    fn a_line_above_the_table_and_a_stranger_in_a_list_are_told() {
        check(
            &UnitUnknown,
            "
            division | 1-1 广告整治 | 综合科、后勤中心
            --- 综合科.xlsx
            填报单位：管理科                              <- R202 @A1 综合科
            任务编号 | 工作任务 | 责任单位 | 完成情况
            '1-1 | 广告整治 | 综合科（牵头）、物业 | 正在推进   <- R202 @C3
            '1-1 | 广告整治 | 综合科 后勤中心 | 正在推进
            ",
        );
    }

    #[test]
    fn a_register_that_names_nobody_is_told_where_something_else_names_the_sender() {
        check(
            &UnitUnknown,
            "
            division | 1-1 广告整治 | 综合科、后勤中心
            --- 综合科.xlsx register=保卫处              <- R202 综合科
            任务编号 | 工作任务 | 完成情况
            '1-1 | 广告整治 | 正在推进
            --- 台账.xlsx register=后勤中心
            任务编号 | 工作任务 | 完成情况
            '1-1 | 广告整治 | 正在推进
            --- 表一.xlsx register=保卫处
            任务编号 | 工作任务 | 完成情况
            '1-1 | 广告整治 | 正在推进
            ",
        );
    }
}
