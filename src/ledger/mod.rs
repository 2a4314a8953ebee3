//! Grids → records: the ledgers of a file, their values, the unit that submits, and the task of each row.

mod about;
pub mod amount;
mod around;
mod attribute;
mod axes;
mod builder;
mod by_content;
mod cells;
pub mod content;
mod continuation;
mod context;
mod crossed;
mod crossing;
mod ambiguous_columns;
mod elsewhere;
pub mod entry;
mod feet;
#[cfg(test)]
mod fixture;
mod forms;
mod free_columns;
mod interpret;
#[cfg(test)]
mod layouts;
mod leaf;
mod lexicon;
mod lines_outside;
mod named;
pub(crate) mod nil;
mod other_forms;
mod part;
mod people;
mod period_words;
pub mod record;
pub mod returned;
#[cfg(test)]
mod reworded;
mod row_part;
mod row_record;
mod rows;
mod ruled;
mod sample;
mod section;
pub mod file_reading;
mod sender;
mod senders;
mod sheets;
pub mod stamp;
mod status;
mod turned;
mod understand;
pub mod untouched;
pub mod value;
mod window;

pub use amount::{Amount, amount};
pub use entry::{Entry, OneFile};
pub use file_reading::{Aside, FileReading, NilSentence, Picture, SheetReading, Skipped, Unread, WhyUnread};
pub use lines_outside::{line_cell, line_place};
pub use named::in_path;
pub use record::{Attribution, Bound, Cell, Gap, Ledger, Record, TaskFrom, Total, UnitFrom};
pub use returned::{Answer, Returned};
pub use ruled::{headings as ruled_headings, settle, unsettled};
pub use sender::strangers;
pub use status::{Legend, finds_nothing, status, status_by};
pub use understand::understand;
pub use value::{Status, Value, occasions};
