//! The rules and kinds, in the order people read them.

use super::Rule;
use crate::basis::finding::Kind;

/// Every rule.
pub static RULES: &[&dyn Rule] = &[];

/// Every kind of finding, those of the division (P) and the run (W) included.
pub static KINDS: &[&Kind] = &[];

/// The kind with this code, in any case.
pub fn kind(code: &str) -> Option<&'static Kind> {
    KINDS.iter().copied().find(|kind| kind.code.eq_ignore_ascii_case(code) || kind.name == code)
}
