//! A zipped workbook: its parts by name, inflated within budgets, checksums checked on the way.

use std::io;

use zip::result::ZipError;

use super::outcome::Refusal;

/// Entries in one zip file.
pub(super) const MAX_ENTRIES: usize = 5_000;
/// What an error while inflating means for the file.
pub(super) fn refuse_io(error: &io::Error) -> Refusal {
    if error.kind() == io::ErrorKind::QuotaExceeded {
        Refusal::OverBudget(error.to_string())
    } else {
        Refusal::Damaged(error.to_string())
    }
}

/// What an error of the container means for the file.
pub(super) fn refuse_zip(error: ZipError) -> Refusal {
    match error {
        ZipError::InvalidPassword | ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) => Refusal::Encrypted,
        ZipError::Io(error) => refuse_io(&error),
        other => Refusal::Damaged(other.to_string()),
    }
}
