//! Grids → tables: finds headings, binds columns to fields, and classifies rows.
//!
//! Ledgers and the sheets of the division are read in the same way; they differ in their [`Lexicon`].

pub mod shown;

#[cfg(test)]
mod among_labels;
mod apart;
#[cfg(test)]
pub(crate) mod fixture;
mod below;
mod beside;
mod body;
mod columns;
mod crossed;
#[cfg(test)]
mod dated_headings;
mod day_led;
mod evidence;
mod forms;
#[cfg(test)]
mod groups_and_blocks;
mod heading;
mod heads;
mod headless;
mod in_view;
#[cfg(test)]
mod in_view_rows;
mod label_rows;
#[cfg(test)]
mod layouts;
mod levels;
mod loose;
mod measures;
mod merges;
mod next_block;
#[cfg(test)]
mod no_headings;
mod numbered;
mod parents;
mod profile;
mod regions;
mod row_hint;
mod rows;
mod shape;
mod sides;
mod sums;
mod together;
mod unnamed_columns;
#[cfg(test)]
mod unworded;
mod words;

pub use columns::by_group;
pub use forms::{Form, FormEntry, forms};
pub use headless::{headless, own_columns};
pub use heads::row_name;
pub use measures::{is_counter, is_last_counter, is_measure};
pub use merges::Spans;
pub use numbered::numbered;
pub use regions::{locate, part, survey};
pub use shape::{
    Axis, AxisColumn, Column, Crossed, Furniture, Line, Loose, LooseKind, Parted, RowClass, Table, Together, Told,
};
pub use shown::{lines, shown};
pub use together::join;
pub(crate) use words::{has_label_colon, has_value, is_known_label, is_label};

/// A field: its position in the list of fields of a [`Lexicon`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
pub struct FieldId(pub u16);

/// What the surroundings of a heading make of it, whatever its own words mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decided {
    /// This field.
    Field(FieldId),
    /// No field.
    Nothing,
}

impl Decided {
    /// The field, if it is one.
    pub fn field(self) -> Option<FieldId> {
        match self {
            Decided::Field(field) => Some(field),
            Decided::Nothing => None,
        }
    }
}

/// Which headings mean which fields. Headings are folded by [`crate::basis::text::heading_key`] first: width and case are
/// folded; white space, units and hints in brackets are removed.
pub trait Lexicon {
    /// The field of a folded heading; none when the heading is unknown.
    fn field(&self, heading: &str) -> Option<FieldId>;

    /// Whether a table with these fields (one for each bound column) is worth reading.
    fn is_table(&self, fields: &[FieldId]) -> bool;

    /// How loosely a folded heading names this field: 0 for its own name, more for a synonym. Of two columns for one field
    /// the one with the lower rank is used.
    fn rank(&self, field: FieldId, heading: &str) -> u8 {
        let _ = (field, heading);
        0
    }

    /// Whether the field only numbers rows (序号), so that a row with nothing else is blank.
    fn is_serial(&self, field: FieldId) -> bool {
        let _ = field;
        false
    }

    /// Whether the field is an amount, such as a summary beside a ledger totals.
    fn is_amount(&self, field: FieldId) -> bool {
        let _ = field;
        false
    }

    /// Whether a folded text is a value of this campaign (a task, a state) and therefore not a heading.
    fn is_value(&self, text: &str) -> bool {
        let _ = text;
        false
    }

    /// Whether a folded text is the text of one of the campaign's tasks.
    fn is_task(&self, text: &str) -> bool {
        let _ = text;
        false
    }

    /// Whether a folded text names a unit of this campaign: cells do, and headings of a cross-tab.
    fn is_unit(&self, text: &str) -> bool {
        let _ = text;
        false
    }

    /// Whether a text that stands alone in its row names the unit, the task or the period of the rows below it, with or
    /// without a label.
    fn names_rows(&self, text: &str) -> bool {
        let _ = text;
        false
    }

    /// What a text is as a heading of a cross-tab: a unit or a task of this campaign, a period.
    fn axis(&self, text: &str) -> Option<Axis> {
        let _ = text;
        None
    }

    /// Whether under a heading of several rows the group's field wins over what the column's own words would mean: 工作
    /// 进展 over 具体措施.
    fn group_wins(&self, group: FieldId, field: FieldId, heading: &str) -> bool {
        let _ = (group, field, heading);
        false
    }

    /// What a folded heading means whose brackets name this unit of measure, where the unit decides: 活动时间（小时） is a length
    /// of time and no day.
    fn measured(&self, heading: &str, unit: &str) -> Option<Decided> {
        let _ = (heading, unit);
        None
    }

    /// What a folded heading means under a group that tells plan from fact, where the group decides: 结束 under 计划时间 is the
    /// deadline.
    fn within(&self, group: &str, heading: &str) -> Option<Decided> {
        let _ = (group, heading);
        None
    }

    /// Resolves headings whose field depends on their neighbours (完成时间 beside 完成时限). `headings` are the folded headings
    /// from left to right; `fields` is the field of each by itself and is changed in place.
    fn settle(&self, headings: &[&str], fields: &mut [Option<FieldId>]) {
        let _ = (headings, fields);
    }
}
