//! What an output is: it prints the result of a run into one or more files.

use super::city_form::Form;
use super::layout::Layout;
use super::returned::CopyOrder;
use crate::basis::place::SourceId;
use crate::outcome::{Figures, Outcome};

/// A file that a run writes.
#[derive(Clone, Debug)]
pub struct Rendered {
    /// The path below the output folder of the window, with `/`.
    pub path: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

impl Rendered {
    /// A file from its path and bytes.
    pub fn new(path: impl Into<String>, bytes: Vec<u8>) -> Rendered {
        Rendered { path: path.into(), bytes }
    }
}

/// The input of an output.
#[derive(Clone, Copy)]
pub struct RenderInput<'a> {
    /// The result of the run.
    pub outcome: &'a Outcome,
    /// The numbers computed from it.
    pub figures: &'a Figures,
    /// The columns of the consolidated ledger.
    pub layout: &'a Layout,
    /// The municipal office's own form, if the campaign has one.
    pub form: Option<&'a Form>,
    /// Makes marked copies of submitted files.
    pub copies: &'a dyn Copies,
}

/// An output, which prints the result into one or more files. Outputs are rendered in parallel; the same result gives the
/// same bytes.
pub trait Output: Sync {
    /// The files.
    ///
    /// # Errors
    /// When the writing library fails; no output is written then.
    fn render(&self, from: RenderInput<'_>) -> anyhow::Result<Vec<Rendered>>;
}

/// Makes marked copies of submitted files. Implemented by worker processes, because the files are read again.
pub trait Copies: Sync {
    /// The marked copy of a source; none when it cannot be copied, so that only the list of findings is returned.
    ///
    /// # Errors
    /// When the archived file cannot be read.
    fn marked(&self, source: SourceId, order: &CopyOrder) -> anyhow::Result<Option<Vec<u8>>>;
}
