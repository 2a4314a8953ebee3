//! A flow of text (the body, a cell, a text box), the fields in it, and its open paragraph.

use super::props::OfParagraph;
use super::receiver::Content;
use super::symbols::Font;

/// The body, a cell or a text box while it is read.
#[derive(Default)]
pub(super) struct Story {
    /// For a cell: its table, row and column, and its content so far.
    pub(super) cell: Option<(usize, u32, u32, Content)>,
    /// Whether it is a text box.
    pub(super) boxed: bool,
    /// Bytes of text so far.
    pub(super) size: usize,
    /// Text of paragraphs whose mark was deleted; it is prepended to the next paragraph.
    pub(super) carried: String,
    fields: Vec<Field>,
    /// The number of open fields whose text is not shown here.
    silent: u32,
}

/// A field. Its instruction is not shown; its result is, unless its form data was shown instead.
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
    /// A cell by its table, row and column.
    pub(super) fn of_cell(table: usize, row: u32, col: u32) -> Story {
        Story { cell: Some((table, row, col, Content::default())), ..Story::default() }
    }

    /// A text box.
    pub(super) fn of_box() -> Story {
        Story { boxed: true, ..Story::default() }
    }

    /// Whether text here belongs to a field instruction, or to a result replaced by form data.
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

    /// Ends the fields that are still in their instruction at the end of a paragraph, so that an unclosed field does not
    /// hide the rest of the document.
    pub(super) fn end_instructions(&mut self) {
        while self.fields.last().is_some_and(|field| field.instruction) {
            self.end_field();
        }
    }

    /// Allows the form data of the innermost field to be added in place of its result; false where there is no field.
    /// [`Story::hide_result`] must follow.
    pub(super) fn show_form(&mut self) -> bool {
        let Some(field) = self.fields.last_mut().filter(|field| field.instruction && !field.shown) else {
            return false;
        };
        field.shown = true;
        self.silent -= 1;
        true
    }

    /// Hides the result of the innermost field, after its form data was added.
    pub(super) fn hide_result(&mut self) {
        self.silent += 1;
    }
}

/// A paragraph that is open.
#[derive(Default)]
pub(super) struct Line {
    /// Its properties.
    pub(super) of: OfParagraph,
    /// Its automatic number and list level.
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
