//! The only reader of dates, times and deadlines as people write them.

pub mod deadline;
pub(super) mod partial;
pub(super) mod scan;
pub mod written;
