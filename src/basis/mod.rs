//! What everything stands on: places, findings, text, the calendar, settings.

pub mod calendar;
pub mod finding;
pub mod place;
pub mod pool;
pub mod scope;
pub mod settings;
pub mod text;

/// The language of reports and messages.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub enum Lang {
    /// Simplified Chinese, the language of the offices.
    #[default]
    Zh,
    /// English, for those who maintain the program.
    En,
}

impl Lang {
    /// The one of two wordings that is in this language.
    pub fn pick<T>(self, zh: T, en: T) -> T {
        match self {
            Lang::Zh => zh,
            Lang::En => en,
        }
    }
}

/// A unit of the roster: its position in [`crate::division::Roster::units`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
pub struct UnitId(pub u32);

/// A task of the division: its position in [`crate::division::Division::tasks`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
pub struct TaskId(pub u32);
