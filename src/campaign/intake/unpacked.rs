//! An entry of a zip archive.

use crate::read::Refusal;

/// An entry of a zip archive, copied into the archive of the campaign.
#[derive(Clone, Debug, serde::Serialize, serde::Deserialize)]
pub struct Unpacked {
    /// The path inside the zip archive.
    pub name: String,
    /// The modification time in the zip archive.
    pub modified: Option<chrono::NaiveDateTime>,
    /// Hash and size of the copy, or why there is none.
    pub held: Result<(String, u64), Refusal>,
}
