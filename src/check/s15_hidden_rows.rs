//! Hidden rows that are not empty.

use crate::basis::finding::{Findings, Kind, Severity, Wording};
use crate::basis::place::{Area, Place};
use crate::basis::scope::Scope;
use crate::check::support::listing;
use crate::check::{OneFile, Rule};
use crate::division::Context;
use crate::ledger::Ledger;

/// The kind.
pub static KIND: Kind = Kind {
    code: "S15",
    name: "hidden-rows",
    scope: Scope::Submission,
    severity: Severity::Warning,
    zh: Wording {
        title: "有隐藏行",
        message: "[第 {rows} 行被隐藏，{read}][{cells} 有隐藏文字，没有读取]",
        why: "隐藏行在屏幕上看不到，可能是筛选后忘记恢复，也可能是不想报的内容。",
        mend: "请取消隐藏或清除筛选，核对这些行该不该报，再重新报送。",
        example: "按“完成情况”筛选后保存，其余各行都被隐藏。",
    },
    en: Wording {
        title: "Hidden rows",
        message: "[Row {rows} hidden; {read}][Hidden text in {cells}; it was not read]",
        why: "Hidden rows are not seen on the screen: a filter left on, or something not meant to be reported.",
        mend: "Show the rows, decide whether they belong, and submit the file again.",
        example: "A ledger saved while a filter hid most of its rows.",
    },
};

/// The most cells with hidden text listed as related places.
const MOST_CELLS: usize = 200;

/// Finds hidden rows inside ledgers.
#[derive(Debug)]
pub struct HiddenRows;

impl Rule for HiddenRows {
    fn kind(&self) -> &'static Kind {
        &KIND
    }

    fn ledger(&self, cx: &Context<'_>, file: &OneFile<'_>, ledger: &Ledger, out: &mut Findings) {
        let Some(sheet) = file.reading.sheets.get(ledger.sheet as usize) else { return };
        // a ledger ends where the next one of the sheet begins
        let next =
            file.reading.ledgers.iter().filter(|other| other.sheet == ledger.sheet).map(|other| other.heading.top);
        let end = next.filter(|&top| top > ledger.first_row()).min().unwrap_or(u32::MAX);
        let hidden: Vec<u32> =
            sheet.hidden_rows.iter().copied().filter(|row| (ledger.first_row()..end).contains(row)).collect();
        let inside = |cell: &&(u32, u32)| (ledger.heading.top..end).contains(&cell.0);
        let cells: Vec<Place> = sheet
            .hidden_cells
            .iter()
            .filter(inside)
            .map(|&(row, col)| Place::cell(ledger.source, ledger.sheet, row, col))
            .collect();
        if let Some((first, others)) = cells.split_first() {
            let names: Vec<String> = cells.iter().filter_map(|place| place.area).map(|area| area.to_string()).collect();
            let names: Vec<&str> = names.iter().map(String::as_str).collect();
            let finding = out.note(&KIND, *first).unit(ledger.sender());
            finding.related.extend(others.iter().take(MOST_CELLS));
            finding.fact("cells", listing(&names, 8));
        }
        let (Some(&first), Some(&last)) = (hidden.first(), hidden.last()) else { return };
        let area = Area { top: first, left: ledger.heading.left, bottom: last, right: ledger.heading.right };
        let finding = out.note(&KIND, Place::sheet(ledger.source, ledger.sheet).at(area));
        finding.unit(ledger.sender()).fact("rows", spans(&hidden));
        if cx.settings.hidden_rows {
            finding.fact_in("read", "已照常读取", "read all the same");
        } else {
            finding.fact_in("read", "按设置没有读取", "left out as the settings say");
        }
    }
}

/// Row numbers as displayed, consecutive ones joined: `5、7–9`; at most ten spans.
fn spans(rows: &[u32]) -> String {
    let mut words: Vec<String> = rows
        .chunk_by(|a, b| a + 1 == *b)
        .map(|run| match run {
            [.., last] if run.len() > 1 => format!("{}–{}", run[0] + 1, last + 1),
            _ => (run[0] + 1).to_string(),
        })
        .collect();
    if words.len() > 10 {
        words.truncate(10);
        words.push("…".into());
    }
    words.join("、")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::fixture::check;

    #[test]
    fn neighbouring_rows_are_joined() {
        assert_eq!(spans(&[4, 6, 7, 8]), "5、7–9");
    }

    #[test]
    fn hidden_rows_of_a_ledger_are_told() {
        check(
            &HiddenRows,
            "
            division | 1-1 广告整治 | 综合科、后勤中心
            division | 1-2 环境整治 | 综合科
            --- 综合科.xlsx
            任务编号 | 工作任务 | 完成情况
            '1-1 | 广告整治 | 正在推进
            hidden: '1-2 | 环境整治 | 正在推进         <- S15 综合科
            --- 后勤中心.xlsx
            任务编号 | 工作任务 | 完成情况
            '1-1 | 广告整治 | 正在推进
            ",
        );
    }

    #[test]
    fn a_hidden_row_belongs_to_the_ledger_it_stands_in() {
        check(
            &HiddenRows,
            "
            division | 1-1 广告整治 | 综合科
            division | 1-2 环境整治 | 综合科
            --- 综合科.xlsx
            任务编号 | 工作任务 | 完成情况
            '1-1 | 广告整治 | 正在推进
            hidden:'1-2 | 环境整治 | 正在推进              <- S15 @A3:C3

            工作任务 | 存在问题
            广告整治 | 破损
            hidden:环境整治 | 积水                        <- S15 @A7:B7
            ",
        );
    }

    #[test]
    fn hidden_rows_above_the_first_record_are_no_records() {
        check(
            &HiddenRows,
            "
            division | 1-1 广告整治 | 综合科
            --- 综合科.xlsx
            hidden:创建工作台账
            hidden:任务编号 | 工作任务 | 完成情况
            '1-1 | 广告整治 | 正在推进
            ",
        );
    }

    #[test]
    fn at_most_ten_stretches_are_named() {
        let rows: Vec<u32> = (0..22).step_by(2).collect();
        assert_eq!(spans(&rows[..10]).matches('、').count(), 9);
        assert!(!spans(&rows[..10]).contains('…') && spans(&rows).ends_with("19、…"));
    }
}
