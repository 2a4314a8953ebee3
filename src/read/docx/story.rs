//! Text that runs on by itself (the body, a cell, a text box), the fields in it, and the paragraph that is open.

use super::props::OfParagraph;
use super::scan::Content;
use super::symbols::Font;

/// The body, a cell or a text box while it is open.
#[derive(Default)]
pub(super) struct Story {
    /// The table, the row and the column of a cell, and what stands in it; none for the others.
    pub(super) cell: Option<(usize, u32, u32, Content)>,
    /// Whether it is a text box.
    pub(super) boxed: bool,
    /// Bytes of text so far.
    pub(super) size: usize,
    /// Text of paragraphs whose end was deleted: it belongs to the next one.
    pub(super) carried: String,
    fields: Vec<Field>,
    /// Fields whose text is not shown at this place.
    silent: u32,
}

/// A field: its instruction is not shown, its result is, unless its form data has been shown.
#[derive(Clone, Copy)]
struct Field {
    instruction: bool,
    shown: bool,
}

impl Field {
    fn silent(self) -> u32 {
        u32::from(self.instruction || self.shown)
    }
}

impl Story {
    /// A cell: the number of its table, its row and its column.
    pub(super) fn of_cell(table: usize, row: u32, col: u32) -> Story {
        Story { cell: Some((table, row, col, Content::default())), ..Story::default() }
    }

    /// A text box.
    pub(super) fn of_box() -> Story {
        Story { boxed: true, ..Story::default() }
    }

    /// Whether text at this place belongs to a field's instruction, or to a result that is shown otherwise.
    pub(super) fn is_silent(&self) -> bool {
        self.silent > 0
    }

    /// A field begins with its instruction.
    pub(super) fn begin_field(&mut self) {
        let field = Field { instruction: true, shown: false };
        self.silent += field.silent();
        self.fields.push(field);
    }

    /// The result of the innermost field begins.
    pub(super) fn show_result(&mut self) {
        if let Some(field) = self.fields.last_mut() {
            self.silent -= field.silent();
            field.instruction = false;
            self.silent += field.silent();
        }
    }

    /// The innermost field ends.
    pub(super) fn end_field(&mut self) {
        if let Some(field) = self.fields.pop() {
            self.silent -= field.silent();
        }
    }

    /// Ends the fields whose instruction goes on at the end of a paragraph: one that is never ended must not hide the
    /// rest.
    pub(super) fn end_instructions(&mut self) {
        while self.fields.last().is_some_and(|field| field.instruction) {
            self.end_field();
        }
    }

    /// What the innermost field shows by itself may be added now, in place of its result; false where there is no such
    /// field. [`Story::hide_result`] must follow.
    pub(super) fn show_form(&mut self) -> bool {
        let Some(field) = self.fields.last_mut().filter(|field| field.instruction && !field.shown) else {
            return false;
        };
        field.shown = true;
        self.silent -= 1;
        true
    }

    /// What the innermost field shows by itself has been added.
    pub(super) fn hide_result(&mut self) {
        self.silent += 1;
    }
}

/// A paragraph that is open.
#[derive(Default)]
pub(super) struct Line {
    /// What its properties say.
    pub(super) of: OfParagraph,
    /// Its number and the level of that.
    pub(super) number: Option<(String, u8)>,
    /// Whether it was counted in its list.
    pub(super) counted: bool,
    /// Whether its style hides its text.
    pub(super) hidden: bool,
    /// Its text so far.
    pub(super) text: String,
}

/// The run that is open.
#[derive(Clone, Copy, Default)]
pub(super) struct Run {
    /// Whether it is hidden.
    pub(super) hidden: bool,
    /// Whether its letters are signs.
    pub(super) font: Font,
}
