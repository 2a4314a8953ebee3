//! Letters in the format of GB/T 9704: page, margins, fonts and sizes; tables in small type.

pub mod notice;
mod to_do;
pub mod work;
