//! Rows of a blank form that nobody touched: they hold only what was printed beforehand and are no records.

use super::content::{Content, is_answer, is_blank_form};
use super::{Cell, Entry, FileReading, OneFile, Value};
use crate::basis::place::Source;
use crate::table::Column;

/// Takes the untouched rows out of the records of a file and counts them as blank: of a form made by this program
/// (`is_form`), and of any file in which nothing was filled in. In other ledgers a unit has written each row itself.
pub fn set_aside(reading: &mut FileReading, source: &Source, is_form: bool) {
    if !is_form && !is_blank_form(OneFile { source, reading }) {
        return;
    }
    for at in 0..reading.ledgers.len() {
        let file = OneFile { source, reading };
        let untouched: Vec<bool> = file.entries_of(&reading.ledgers[at]).map(is_untouched).collect();
        let ledger = &mut reading.ledgers[at];
        let mut rows = untouched.into_iter();
        ledger.untouched = ledger.records.extract_if(.., |_| rows.next().unwrap_or_default()).collect();
        ledger.rows_blank += ledger.untouched.len() as u32;
    }
}

/// Whether nothing is filled in for the unit to fill in, not even under a heading of its own.
fn is_untouched(entry: Entry<'_>) -> bool {
    let is_empty = |cell: Cell| matches!(cell.value, Value::Blank) && entry.text_of(cell).is_empty();
    let printed_or_empty = |(column, cell): (&Column, Cell)| !is_answer(column.field) || is_empty(cell);
    Content::of(entry) == Content::Blank && entry.cells().all(printed_or_empty)
}

#[cfg(test)]
mod tests {
    use crate::ledger::fixture::{division, file_with};
    use crate::ledger::stamp;

    /// The rows of the records and of the untouched rows of a file.
    fn rows(drawing: &str, is_stamped: bool) -> (Vec<u32>, Vec<u32>) {
        let owed = division().owed_by(crate::basis::UnitId(0));
        let (_, reading) = file_with("综合科.xlsx", drawing, |book, _| {
            if is_stamped {
                book.properties.insert(stamp::OWED.into(), owed);
            }
        });
        let ledger = &reading.ledgers[0];
        let of = |records: &[crate::ledger::Record]| records.iter().map(|record| record.row + 1).collect();
        (of(&ledger.records), of(&ledger.untouched))
    }

    const PARTLY: &str = "任务编号 | 工作任务 | 完成情况 | 备注
1-1 | 整治所辖楼宇和广场的广告牌，按比例投放公益广告 | 已完成 |
1-2 | 清理楼宇内外附着广告，墙面不贴告示 | |
2-3 | 组织志愿服务 | | 场地未定
";

    #[test]
    fn rows_of_a_form_that_nobody_touched_are_blank() {
        assert_eq!(rows(PARTLY, true), (vec![2, 4], vec![3]));
        assert_eq!(rows(PARTLY, false), (vec![2, 3, 4], vec![]), "a unit wrote these rows itself");
        let guided = format!("=== 台账\n{PARTLY}=== {}\n{}\n{}\n", stamp::GUIDE, stamp::GUIDE, stamp::RULE);
        assert_eq!(rows(&guided, false), (vec![2, 4], vec![3]), "a form that lost its stamp");
    }

    #[test]
    fn where_nothing_is_filled_in_all_rows_are_blank() {
        let blank = PARTLY.replace("已完成", "").replace("场地未定", "");
        for is_stamped in [true, false] {
            assert_eq!(rows(&blank, is_stamped), (vec![], vec![2, 3, 4]));
        }
        // what stands under a heading of the unit's own was filled in
        let own = blank.replace("备注\n", "备注 | 牵头人想法\n").replace("告示 | |\n", "告示 | | | 已在协调\n");
        assert_eq!(rows(&own, true), (vec![3], vec![2, 4]));
    }
}
