//! An open campaign: what every stage of a run needs to know.

use chrono::NaiveDateTime;

use crate::basis::calendar::Window;
use crate::basis::settings::Settings;
use crate::division::{Context, Division};
use crate::read::Workbook;

/// An open campaign.
#[derive(Debug)]
pub struct Opened {
    /// The settings with all layers applied.
    pub settings: Settings,
    /// The workbook of the division.
    pub book: Workbook,
    /// The division.
    pub division: Division,
    /// Hash of what a person has settled, as it is archived.
    pub rulings: Option<String>,
    /// The window.
    pub window: Window,
    /// The moment as of which the run judges.
    pub as_of: NaiveDateTime,
}

impl Opened {
    /// The context for the stages of the pipeline.
    pub fn context(&self) -> Context<'_> {
        Context { settings: &self.settings, division: &self.division, window: self.window, as_of: self.as_of }
    }
}
