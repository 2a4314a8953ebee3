//! Grids → records: the ledgers of a file, their values under their fields, the unit that submits, the task of each row.

mod about;
pub mod amount;
mod around;
mod attribute;
mod ambiguous_columns;
#[cfg(test)]
mod fixture;
mod interpret;
mod named;
mod nil;
mod period;
pub mod record;
pub mod returned;
mod rows;
pub mod file_reading;
mod sender;
mod senders;
mod sheets;
pub mod stamp;
mod status;
mod understand;
pub mod value;
mod window;

pub use amount::{Amount, amount};
pub use around::{line_cell, line_place};
pub use file_reading::{FileReading, Picture, SheetReading, Skipped};
pub use named::in_path;
pub use record::{Attribution, Cell, Ledger, Record, Total, UnitFrom};
pub use returned::{Answer, Returned};
pub use sender::strangers;
pub use status::status;
pub use understand::understand;
pub use value::{Status, Value};
