//! Ledgers whose rows name the indicator that their number is about: 指标 | 计划数 | 完成数.

use crate::basis::text::heading_key;
use crate::division::{FieldSet, fields};
use crate::ledger::Entry;
use crate::table::{FieldId, Lexicon};

/// Headings of the names of indicators.
const NAMES: &[&str] = &["指标", "指标名称", "指标项", "考核指标", "统计指标", "量化指标", "工作指标"];
/// Headings of what was reached, without words for the period in front.
const REACHED: &[&str] = &[
    "完成", "完成数", "完成值", "完成量", "完成数量", "实际", "实际数", "实际值", "实际完成", "实际完成数",
    "实际完成值", "实际完成量", "数量", "数值", "实绩",
];
/// Words for the period.
const PERIODS: &[&str] = &["本月", "本期", "当月", "当期", "本周", "本旬", "本季度", "本季"];

/// The two columns of such a ledger.
#[derive(Clone, Copy, Debug)]
pub(super) struct ByRow {
    /// The column of the names.
    names: usize,
    /// The only column of what was reached.
    pub(super) reached: usize,
}

impl ByRow {
    /// Those of a ledger with these folded headings; none if it is another or has several columns of what was reached.
    pub(super) fn of(headings: &[(String, Option<FieldId>)]) -> Option<ByRow> {
        let names = headings.iter().position(|(heading, _)| NAMES.contains(&heading.as_str()))?;
        let tells = |(heading, field): &(String, Option<FieldId>)| {
            *field == Some(fields::AMOUNT) || field.is_none() && REACHED.contains(&without_period(heading))
        };
        let mut all = headings.iter().enumerate().filter(|(at, of)| *at != names && tells(of));
        let (reached, _) = all.next().filter(|_| all.next().is_none())?;
        Some(ByRow { names, reached })
    }

    /// Whether a row of its ledger is about the indicator with one of these names.
    pub(super) fn is_about(self, entry: Entry<'_>, names: &[String], fields: &FieldSet) -> bool {
        let said = heading_key(entry.text_of(entry.record.cells[self.names]));
        let field = |key: &str| fields.field(key);
        names
            .iter()
            .map(|name| heading_key(name))
            .any(|name| name == said || field(&name).is_some_and(|of| Some(of) == field(&said)))
    }
}

/// A folded heading without words for the period in front: 8月完成 and 本月完成 are 完成.
fn without_period(heading: &str) -> &str {
    let named = PERIODS.iter().find_map(|period| heading.strip_prefix(period));
    let month = || {
        let rest = heading.trim_start_matches(|c: char| c.is_ascii_digit());
        let rest = rest.strip_prefix('月').filter(|_| rest.len() < heading.len())?;
        Some(rest.strip_prefix('份').unwrap_or(rest))
    };
    named.or_else(month).unwrap_or(heading)
}
