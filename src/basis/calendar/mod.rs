//! The calendar of the offices: cycles, windows, due times, and dates as people write them.

pub mod cycle;
pub mod deadline;
pub mod due;
mod scan;
pub mod window;
pub mod written;

pub use cycle::Cycle;
pub use deadline::Deadline;
pub use due::{DueRule, Weekend};
pub use window::Window;
