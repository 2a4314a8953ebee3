//! Writing workbooks. The writing library is used nowhere else.
//!
//! Submitted text is always written as text: never as a formula or link, cut to the size of a cell, and without characters
//! that XML does not allow.

pub mod names;
pub mod text;
mod balance;
pub mod fit;
pub mod palette;
pub mod paper;
pub mod book;
pub mod table;
mod block;
mod cell;
mod size;
mod link;
mod put;
mod rows;
mod graft;
pub mod chart;
pub mod style;

pub use block::Span;
pub use book::{Book, Sheet};
pub use cell::{Cell, What};
pub use names::{Names, continued};
pub use palette::{Shape, Tone};
pub use paper::Page;
pub use rows::{Body, Rows};
pub use size::Size;
pub(in crate::render) use size::{COMPRESSION, QUICK};
pub use style::Style;
pub use table::{Column, Table};
