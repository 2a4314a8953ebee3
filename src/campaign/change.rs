//! What a rehearsal changes: the division or the settings file.

use super::open::stopped;
use super::settings::Layer;
use super::stop::Stop;
use crate::basis::settings::Settings;
use crate::division;
use crate::read::Workbook;

/// The change to rehearse.
pub(super) enum Change {
    /// Another division, with the settings file of the campaign.
    Division {
        /// Its workbook.
        book: Box<Workbook>,
        /// Its hash.
        hash: String,
        /// The settings file of the campaign.
        own: Layer,
    },
    /// Another settings file.
    Settings(Layer),
}

impl Change {
    /// The settings of a run under the change: the sheet 参数, overridden by the settings file.
    pub(super) fn settings(&self, then: &Settings, book: &Workbook) -> Result<Settings, Stop> {
        let file = match self {
            Change::Division { own, .. } => own,
            Change::Settings(layer) => layer,
        };
        let (mut settings, mut complaints) = (Settings::default(), Vec::new());
        // Faults in 参数 are reported with the division.
        Layer::parameters(&division::parameters(book), &then.division).apply(&mut settings, &mut Vec::new());
        file.apply(&mut settings, &mut complaints);
        stopped(&complaints)?;
        let Settings { division, inbox, output, form, form_hash, .. } = then.clone();
        Ok(Settings { division, inbox, output, form, form_hash, as_of: None, window: None, ..settings })
    }
}
