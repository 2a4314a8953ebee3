//! Types and functions every other module uses: places, findings, text, the calendar, settings.

pub mod calendar;
pub mod finding;
mod language;
pub mod numbered;
pub mod place;
pub mod pool;
mod renumbered;
pub mod scope;
pub mod settings;
pub mod side_by_side;
pub mod text;

pub use language::{Bilingual, Lang};
pub use renumbered::Renumbered;

/// A unit of the roster: its position in [`crate::division::Roster::units`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
pub struct UnitId(pub u32);

/// A task of the division: its position in [`crate::division::Division::tasks`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
pub struct TaskId(pub u32);
