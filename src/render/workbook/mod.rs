//! Workbooks as outputs write them. Nothing else in the program knows the writing library.
//!
//! What strangers wrote is only ever written as text: never as a formula, never as a link, cut where a cell ends, and
//! free of characters that XML does not allow.

pub mod names;
pub mod text;
pub mod fit;
pub mod palette;
pub mod book;
pub mod table;
pub mod chart;
pub mod style;

pub use book::{Book, Page, Sheet, Size};
pub use names::Names;
pub use palette::{Shape, Tone};
pub use style::Style;
pub use table::{Cell, Column, Span, Table, What};
