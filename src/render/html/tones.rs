//! The tones of the page, as classes of its style sheet.

use serde::Serialize;

use crate::basis::Lang;
use crate::basis::finding::Severity;
use crate::obligation::State;
use crate::render::workbook::Tone;

/// A text with its tone.
#[derive(Serialize)]
pub(super) struct Toned {
    pub(super) text: String,
    pub(super) tone: &'static str,
}

fn tone(tone: Tone) -> &'static str {
    match tone {
        Tone::Good => "good",
        Tone::Warn => "warn",
        Tone::Bad => "bad",
        Tone::Mute => "mute",
        Tone::Plain | Tone::Link | Tone::Fill => "",
    }
}

/// The tone of a state.
pub(super) fn state_tone(state: State) -> &'static str {
    tone(crate::render::consolidated::state_tone(state))
}

/// The name of a severity by which rows are filtered.
pub(super) fn severity_name(severity: Severity) -> &'static str {
    severity.word(Lang::En)
}

/// The tone of a severity.
pub(super) fn severity_tone(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "bad",
        Severity::Warning => "warn",
        Severity::Info => "mute",
    }
}
