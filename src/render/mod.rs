//! Outputs: one a file, over one shared view. Outputs only print; every number is settled before, in [`Figures`].

pub mod workbook;
pub mod package;
pub mod file_names;
pub mod docx;
pub mod layout;
pub mod consolidated;
pub mod city_form;
pub mod missing;
pub mod html;
pub mod letters;
pub mod returned;
pub mod blank_forms;
pub mod draft;
pub mod json;
pub mod csv;

use rayon::prelude::*;

use crate::basis::place::SourceId;

use crate::outcome::{Figures, Outcome};

/// A file that a run writes.
#[derive(Clone, Debug)]
pub struct Rendered {
    /// Path below the window's output folder, with `/`.
    pub path: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

impl Rendered {
    /// A file with its path.
    pub fn new(path: impl Into<String>, bytes: Vec<u8>) -> Rendered {
        Rendered { path: path.into(), bytes }
    }
}

/// What an output prints from.
#[derive(Clone, Copy)]
pub struct RenderInput<'a> {
    /// What the run came to.
    pub outcome: &'a Outcome,
    /// The numbers drawn from it.
    pub figures: &'a Figures,
    /// The municipal office's own form, when the campaign has one.
    pub form: Option<&'a city_form::Form>,
    /// Makes marked copies of submitted files.
    pub copies: &'a dyn Copies,
}

/// An output: prints the report into one or more files. Rendered in parallel; the same report gives the same bytes.
pub trait Output: Sync {
    /// The files.
    ///
    /// # Errors
    /// When the writing library fails; nothing is put in place then.
    fn render(&self, from: RenderInput<'_>) -> anyhow::Result<Vec<Rendered>>;
}

/// Makes marked copies of submitted files, where strangers' bytes are read.
pub trait Copies: Sync {
    /// The marked copy of one source; none when it cannot be copied, and the list of its faults is given alone.
    ///
    /// # Errors
    /// When the archived file cannot be read.
    fn marked(&self, source: SourceId, order: &returned::CopyOrder) -> anyhow::Result<Option<Vec<u8>>>;
}

/// Every output, in the order of the contract.
pub static OUTPUTS: &[&dyn Output] = &[
    &consolidated::LedgerBook,
    &city_form::CityForm,
    &missing::MissingBook,
    &html::Page,
    &letters::notice::Notices,
    &returned::Returned,
    &letters::work::WorkReport,
    &json::Json,
    &csv::Records,
];

/// Does the same with each of many items, on all threads; the results keep their order.
fn each<T: Sync, R: Send>(items: &[T], work: impl Fn(&T) -> anyhow::Result<R> + Sync + Send) -> anyhow::Result<Vec<R>> {
    items.par_iter().map(work).collect()
}

/// Prints every output. The files come in the order of [`OUTPUTS`], whatever the number of threads.
///
/// # Errors
/// The first output's error; a run then writes nothing.
pub fn render(outcome: &Outcome, form: Option<&city_form::Form>, copies: &dyn Copies) -> anyhow::Result<Vec<Rendered>> {
    let figures = Figures::of(outcome);
    let from = RenderInput { outcome, figures: &figures, form, copies };
    let files = each(OUTPUTS, |output| output.render(from))?;
    Ok(files.into_iter().flatten().collect())
}
