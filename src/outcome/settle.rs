//! The last step of a run: collects the doubts, and reports unneeded rulings.

use super::{Outcome, doubts, issues, rulings};

impl Outcome {
    /// Collects what a person could settle, and reports the rulings that nothing needs (P516).
    pub(crate) fn settle(&mut self) {
        self.doubts = doubts::of(self, &self.applied);
        let unneeded = rulings::unneeded(&self.context(), &self.files, &self.applied, &self.doubts);
        if !unneeded.0.is_empty() {
            let told = issues::finish(&self.context(), &self.files, unneeded.0);
            self.issues.extend(told);
            issues::sort(&mut self.issues);
        }
    }
}
