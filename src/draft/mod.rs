//! A plan document → a draft of the division: its tasks, who is responsible for them, and the paragraphs that were not
//! used.
//!
//! document (paragraphs, tables) → [`outline`] of items → [`parts`]: text and attributions → [`attach`] to the item they
//! belong to → [`tasks`] → rows with their doubts; tables → rows by [`tables`]. Names are kept as written: nothing is
//! completed or invented. A lost task is the danger, so every unused paragraph is kept with the reason.

mod attach;
mod attribution;
pub mod book;
mod borderless;
mod cards;
mod cell_text;
mod closing;
pub mod document;
pub mod file;
mod figures;
mod group;
mod html;
mod inferred;
mod label_words;
mod labels;
mod marker;
mod moments;
mod numbering;
mod outline;
mod parts;
mod phrase;
mod plan;
mod prose;
mod reading;
mod roster;
mod rows;
mod rules;
mod sections;
mod spacing;
mod split;
pub mod stated;
mod table_columns;
mod tables;
mod tasks;
mod text;
mod text_tables;
mod under_units;
mod unit_headings;
mod units;
mod unused;
pub mod update;
mod wording;

#[cfg(test)]
mod tests;

use serde::{Deserialize, Serialize};

pub use document::{Block, Document, Spot};
pub use roster::Named;
pub use rows::Row;
pub use rules::Parameter;

/// A paragraph, or a row of a table, that was not used.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unused {
    /// Where it stands.
    pub spot: Spot,
    /// What it says.
    pub text: String,
    /// The reason.
    pub reason: String,
}

/// A draft of a division.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Draft {
    /// The tasks in the order of the plan.
    pub rows: Vec<Row>,
    /// Every unit seen, then the collective names.
    pub roster: Vec<Named>,
    /// What the plan rules for the whole campaign.
    pub parameters: Vec<Parameter>,
    /// What was not used.
    pub unused: Vec<Unused>,
    /// Where the plan says that it has more tasks than were found.
    pub fewer: Vec<stated::Fewer>,
    /// Paragraphs outside of tables and rows of tables, all of them.
    pub paragraphs: usize,
    /// Of them those that stand in tasks.
    pub in_tasks: usize,
    /// Of them headings over tasks: of sections, of tables.
    pub headings: usize,
}

impl Draft {
    /// Paragraphs of which nothing stands in a task or heads one.
    pub fn left_out(&self) -> usize {
        let within: std::collections::BTreeSet<&Spot> = self.rows.iter().flat_map(|row| &row.spots).collect();
        self.unused.iter().filter(|one| !within.contains(&one.spot)).count()
    }

    /// Rows with something doubtful.
    pub fn doubtful(&self) -> usize {
        self.rows.iter().filter(|row| !row.doubts.is_empty()).count()
    }
}

/// Drafts the division that a plan lays down.
pub fn draft(document: Document) -> Draft {
    tasks::draft(&document.without_scanned_blanks().with_text_tables())
}
