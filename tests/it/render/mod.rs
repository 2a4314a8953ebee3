//! The outputs of a drawn run as their readers see them.

mod fixture;
mod html;
pub(crate) mod returned;
pub(crate) mod run_json;
pub(crate) mod workbooks;
