//! Obligations (task × unit × period), what became of each, and how they add up.

pub mod coverage;
pub mod file;
pub mod obligation;

pub use coverage::Coverage;
pub use file::{FileState, RunFile};
pub use obligation::{Duties, Obligation, RecordRef, State};
