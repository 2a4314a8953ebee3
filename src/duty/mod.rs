//! Obligations (task × unit × period), what became of each, and how they add up.

pub mod coverage;
pub mod obligation;

pub use coverage::Coverage;
pub use obligation::{Duties, Obligation, RecordRef, State};
