//! What rows outside of tables are.

use super::super::fixture::ask;
use super::*;

/// Each region as its area and `rows`, `form` or `words`.
fn seen(drawing: &str) -> String {
    ask(drawing, |finder, rows| {
        let rows: Vec<&Row> = rows.iter().collect();
        let kind = |kind| match kind {
            LooseKind::Rows => "rows",
            LooseKind::Form => "form",
            LooseKind::Words => "words",
        };
        let regions = regions(&rows, finder.texts).into_iter();
        regions.map(|one| format!("{} {}", one.area, kind(one.kind))).collect::<Vec<_>>().join(", ")
    })
}

#[test]
fn rows_forms_and_words() {
    for (drawing, expected) in [
        ("甲 | 乙 | 丙\n丁 | 戊 | 己", "A1:C2 rows"),
        ("甲 | 3\n丁 | 4", "A1:B2 rows"),
        ("甲 | 乙\n丁 | 戊", "A1:B2 words"),
        ("甲 | 3", "A1:B1 words"),
        ("甲\n乙\n丙", "A1:A3 words"),
        // Half of the rows have several cells, half of these three.
        ("甲 | 3\n丁 | 4\n子\n丑", "A1:B4 rows"),
        ("甲 | 3\n丁 | 4\n子\n丑\n寅", "A1:B5 words"),
        ("甲 | 乙 | 丙\n丁 | 戊", "A1:C2 rows"),
        ("甲 | 乙 | 丙\n丁 | 戊\n己 | 庚", "A1:C3 words"),
        // Three fifths begin in one column.
        ("甲 | 3\n甲 | 3\n甲 | 3\n | 甲 | 3\n | 甲 | 3", "A1:C5 rows"),
        ("甲 | 3\n甲 | 3\n | 甲 | 3\n | 甲 | 3", "A1:C4 words"),
        // Labels and their values.
        ("填报单位 | 甲\n乙 | 丙", "A1:B2 form"),
        ("填报单位 | 甲\n乙 | 丙\n丁 | 戊", "A1:B3 words"),
        ("甲 | 乙： | 丙", "A1:C1 words"),
        ("甲 | 乙： | 丙 | 丁： | 戊", "A1:E1 form"),
        ("填报单位 | 甲 | 乙", "A1:C1 words"),
        ("甲 | 填报单位", "A1:B1 words"),
        ("一二三四五六七八九十情况 | 甲", "A1:B1 form"),
        ("一二三四五六七八九十甲情况 | 甲", "A1:B1 words"),
        // A blank row parts regions of different kinds.
        ("甲 | 3\n丁 | 4\n\n戊 | 5\n己 | 6", "A1:B5 rows"),
        ("甲 | 3\n丁 | 4\n\n某言", "A1:B2 rows, A4 words"),
    ] {
        assert_eq!(seen(drawing), expected, "{drawing}");
    }
}
