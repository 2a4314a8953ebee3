//! Letters as offices write them: A4, margins, fonts and sizes of GB/T 9704, tables in small type.

pub mod notice;
pub mod work;
