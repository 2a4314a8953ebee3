//! What became of the codes of tasks when a division was numbered anew.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::text::code_key;

/// Of each code, folded, that is another task's now or nobody's: the code that its task has now; none where that is gone.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Renumbered(BTreeMap<String, Option<String>>);

impl Renumbered {
    /// Whether all codes are what they were.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The code that a task has now; none where it is gone.
    pub fn code<'a>(&'a self, code: &'a str) -> Option<&'a str> {
        self.0.get(&code_key(code)).map_or(Some(code), Option::as_deref)
    }
}

impl FromIterator<(String, Option<String>)> for Renumbered {
    fn from_iter<I: IntoIterator<Item = (String, Option<String>)>>(moved: I) -> Renumbered {
        Renumbered(moved.into_iter().map(|(was, is)| (code_key(&was), is)).collect())
    }
}
