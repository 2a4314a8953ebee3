//! The sheets of 缺项报告.xlsx.

use crate::outcome::Outcome;

/// Its sheets, in order.
pub const SHEETS: [&str; 6] = ["概况", "缺项清单", "单位情况", "任务×单位", "问题清单", "整改销号"];
/// The number of columns of 概况.
pub(super) const WIDE: u16 = 6;
/// The most rows of a sheet; further ones go to another sheet.
pub(super) const MOST_ROWS: usize = 1_000_000;

/// The title of the report.
pub(in crate::render) fn title(outcome: &Outcome) -> String {
    let work = outcome.settings.title.trim_end_matches("工作台账").trim_end_matches("台账");
    outcome.settings.lang.pick(format!("{work}缺项报告"), format!("{work}: missing items"))
}
