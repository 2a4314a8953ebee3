//! What is left for a person to settle at the end of a run.

use super::{Outcome, doubts, issues, rulings};

impl Outcome {
    /// Gathers what a person could settle, and tells the rulings that nothing needs.
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
