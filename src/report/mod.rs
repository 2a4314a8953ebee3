//! Outputs: one a file, over one shared view. Outputs only print; every number is settled before.

pub mod view;

pub use view::{Issue, Report, SourceName};

/// A file that a run writes.
#[derive(Clone, Debug)]
pub struct Rendered {
    /// Path below the window's output folder, with `/`.
    pub path: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// An output: prints the report into one or more files. Rendered in parallel; the same report gives the same bytes.
pub trait Output: Sync {
    /// The files. `originals` hands out the bytes of submitted files, for marked copies.
    ///
    /// # Errors
    /// When the writing library fails; nothing is put in place then.
    fn render(&self, report: &Report, originals: &dyn Originals) -> anyhow::Result<Vec<Rendered>>;
}

/// The bytes of submitted files as they were read.
pub trait Originals: Sync {
    /// The bytes of one source.
    ///
    /// # Errors
    /// When the archived copy cannot be read.
    fn bytes(&self, source: crate::basis::place::SourceId) -> anyhow::Result<Vec<u8>>;
}

/// Every output, in the order of the contract.
pub static OUTPUTS: &[&dyn Output] = &[];
