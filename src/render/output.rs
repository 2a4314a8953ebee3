//! What an output is: it prints the result of a run into one or more files.

use std::io::Write;
use std::sync::{Mutex, PoisonError};

use super::city_form::Form;
use super::layout::Layout;
use super::returned::CopyOrder;
use crate::basis::place::SourceId;
use crate::basis::side_by_side::lock;
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
    /// Puts its files on the shelf, each as soon as it is done.
    ///
    /// # Errors
    /// When the writing library fails or the shelf takes no more; no output is put in place then.
    fn render(&self, from: RenderInput<'_>, to: &dyn Shelf) -> anyhow::Result<()>;
}

/// Where finished files go, so that none waits in memory for the others.
pub trait Shelf: Sync {
    /// Takes a file, whose bytes `write` makes piece by piece.
    ///
    /// # Errors
    /// Those of `write`, and when the file cannot be kept.
    fn put(&self, path: &str, write: Pieces<'_>) -> anyhow::Result<()>;

    /// As [`Shelf::put`], of a file of which there are many; `of` is a digest of all that decides its bytes beside the
    /// division, the settings and the program. Where such a file is at hand from before, nothing is made.
    ///
    /// # Errors
    /// As [`Shelf::put`].
    fn put_made(&self, path: &str, of: &str, write: Pieces<'_>) -> anyhow::Result<()> {
        let _ = of;
        self.put(path, write)
    }
}

/// Writes a file piece by piece.
pub type Pieces<'a> = &'a mut dyn FnMut(&mut dyn Write) -> anyhow::Result<()>;

impl dyn Shelf + '_ {
    /// Takes a file whose bytes are there.
    ///
    /// # Errors
    /// When it cannot be kept.
    pub fn put_bytes(&self, path: &str, bytes: &[u8]) -> anyhow::Result<()> {
        self.put(path, &mut |to| Ok(to.write_all(bytes)?))
    }
}

/// Keeps the files in memory, to hold them against others.
#[derive(Debug, Default)]
pub struct InMemory(Mutex<Vec<Rendered>>);

impl InMemory {
    /// The files, sorted by path.
    pub fn files(self) -> Vec<Rendered> {
        let mut files = self.0.into_inner().unwrap_or_else(PoisonError::into_inner);
        files.sort_by(|a, b| a.path.cmp(&b.path));
        files
    }
}

impl Shelf for InMemory {
    fn put(&self, path: &str, write: Pieces<'_>) -> anyhow::Result<()> {
        let mut bytes = Vec::new();
        write(&mut bytes)?;
        lock(&self.0).push(Rendered::new(path, bytes));
        Ok(())
    }
}

/// Makes marked copies of submitted files. Implemented by worker processes, because the files are read again.
pub trait Copies: Sync {
    /// The marked copy of a source; none when it cannot be copied, so that only the list of findings is returned.
    ///
    /// # Errors
    /// When the archived file cannot be read.
    fn marked(&self, source: SourceId, order: &CopyOrder) -> anyhow::Result<Option<Vec<u8>>>;
}

/// Makes no copies.
#[cfg(test)]
pub(super) struct NoCopies;

#[cfg(test)]
impl Copies for NoCopies {
    fn marked(&self, _: SourceId, _: &CopyOrder) -> anyhow::Result<Option<Vec<u8>>> {
        Ok(None)
    }
}
