//! Grids → records: the ledgers of a file, their values under their fields, the unit that submits, the task of each row.

mod about;
pub mod amount;
mod attribute;
mod doubts;
#[cfg(test)]
mod drawn;
mod meaning;
mod nil;
mod period;
pub mod record;
pub mod returned;
mod rows;
pub mod seen;
mod sender;
mod senders;
mod sheets;
pub mod stamp;
mod status;
mod understand;
pub mod value;
mod window;

pub use amount::{Amount, amount};
pub use record::{Attribution, Cell, Ledger, Record, Total, UnitFrom};
pub use returned::{Answer, Returned};
pub use seen::{FileSeen, Picture, SheetSeen, Skipped};
pub use sender::strangers;
pub use status::status;
pub use understand::understand;
pub use value::{Status, Value};
