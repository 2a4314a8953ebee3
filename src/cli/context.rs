//! What every command needs.

use super::options::Options;
use crate::campaign::readers::Readers;

/// What every command needs.
pub(crate) struct CommandContext<'a> {
    /// The common switches.
    pub(crate) options: &'a Options,
    /// The readers of files.
    pub(crate) readers: &'a dyn Readers,
}
