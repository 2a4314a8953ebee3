//! What a rehearsal changes: the division or the settings file.

use super::open::stopped;
use super::settings::Layer;
use super::stop::Stop;
use crate::basis::settings::Settings;
use crate::division;
use crate::read::Workbook;

/// What is changed.
pub(super) enum Change {
    /// The division; the settings file is the campaign's own.
    Division {
        /// As it was read.
        book: Workbook,
        /// Its hash.
        hash: String,
        /// What the campaign's settings file says.
        own: Layer,
    },
    /// The settings file.
    Settings(Layer),
}

impl Change {
    /// The settings of a run under the change: what 参数 says, and the settings file over it.
    pub(super) fn settings(&self, then: &Settings, book: &Workbook) -> Result<Settings, Stop> {
        let file = match self {
            Change::Division { own, .. } => own,
            Change::Settings(layer) => layer,
        };
        let (mut settings, mut complaints) = (Settings::default(), Vec::new());
        // What is wrong in 参数 is a fault of the division, and told there.
        Layer::parameters(&division::parameters(book), &then.division).apply(&mut settings, &mut Vec::new());
        file.apply(&mut settings, &mut complaints);
        stopped(&complaints)?;
        let Settings { division, inbox, output, form, form_hash, .. } = then.clone();
        Ok(Settings { division, inbox, output, form, form_hash, as_of: None, window: None, ..settings })
    }
}
