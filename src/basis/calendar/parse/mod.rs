//! The only reader of dates, times, periods and deadlines as people write them.

mod clock;
pub mod compact;
pub mod deadline;
mod each;
pub mod label;
pub mod occasions;
mod partial;
pub mod period;
mod scan;
pub mod serial;
mod tokens;
pub mod written;
