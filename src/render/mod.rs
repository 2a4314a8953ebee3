//! Outputs, one in each file. They only print; all numbers are computed before, in [`Figures`].

mod output;
pub mod workbook;
pub mod package;
pub mod file_names;
pub mod docx;
pub mod layout;
pub mod line_words;
pub mod consolidated;
pub mod city_form;
pub mod english;
pub mod missing;
pub mod html;
pub mod letters;
pub mod returned;
pub mod rulings;
pub mod blank_forms;
pub mod draft;
pub mod json;
pub mod csv;

use crate::basis::side_by_side::each;
use crate::outcome::{Figures, Outcome};
pub use output::{Copies, InMemory, Output, Pieces, RenderInput, Rendered, Shelf};

/// Every output, in the order of the documentation.
pub static OUTPUTS: &[&dyn Output] = &[
    &consolidated::LedgerBook,
    &consolidated::UnitBooks,
    &city_form::CityForm,
    &missing::MissingBook,
    &html::Page,
    &letters::notice::Notices,
    &letters::message::Messages,
    &returned::Returned,
    &letters::work::WorkReport,
    &letters::closure::Closure,
    &json::Json,
    &csv::Records,
];

/// Renders every output onto the shelf; which file comes first depends on the threads.
///
/// # Errors
/// The first error of an output; the run then puts nothing in place.
pub fn render(
    outcome: &Outcome,
    form: Option<&city_form::Form>,
    copies: &dyn Copies,
    to: &dyn Shelf,
) -> anyhow::Result<()> {
    let figures = Figures::of(outcome);
    let layout = layout::Layout::of(outcome);
    let from = RenderInput { outcome, figures: &figures, layout: &layout, form, copies };
    each(OUTPUTS, |output| output.render(from, to)).map(drop)
}
