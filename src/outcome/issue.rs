//! A finding as reports print it.

use super::history::Chain;
use crate::basis::Lang;
use crate::basis::finding::{Finding, Severity};

/// A finding as printed in reports, with id and final severity.
#[derive(Clone, Debug)]
pub struct Issue {
    /// 16 hex digits that stay the same from run to run while the fault exists.
    pub id: String,
    /// The final severity, with the overrides of the settings.
    pub severity: Severity,
    /// The finding as noted by its rule.
    pub finding: Finding,
    /// Since when it stands without a break, from the history.
    pub stands: Option<Chain>,
    /// How the unit explained it in the marked copy that it sent back (已说明); warnings only.
    pub answer: Option<String>,
}

impl Issue {
    /// How the unit explained it, in a line of a report; none when it did not.
    pub fn explained(&self, lang: Lang) -> Option<String> {
        let answer = self.answer.as_ref()?;
        Some(lang.pick(format!("已说明：{answer}"), format!("explained: {answer}")))
    }

    /// Whether it counts: no ruling sets it aside.
    pub fn counts(&self) -> bool {
        self.finding.ruling.is_none()
    }
}
