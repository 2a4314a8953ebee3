//! Cell formats: a few shapes and a few tones. Every tone is also expressed by text beside it.

use std::collections::BTreeMap;

use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder};

/// The purpose of a cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Shape {
    /// The title of a sheet.
    Title,
    /// A centred line below the title.
    Caption,
    /// A line of text.
    Line,
    /// A heading inside a sheet.
    Section,
    /// A heading cell of a table.
    Head,
    /// Text, left-aligned.
    Text,
    /// Short centred text: codes, names, dates, states.
    Center,
    /// Long text in merged rows, aligned to the top.
    Tall,
    /// A number.
    Number,
    /// A rate, shown as a percentage.
    Rate,
    /// A day.
    Day,
}

/// The meaning of a colour.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Tone {
    /// Nothing.
    #[default]
    Plain,
    /// Good.
    Good,
    /// Needs attention.
    Warn,
    /// Missing or wrong.
    Bad,
    /// Not relevant now.
    Mute,
    /// A link.
    Link,
    /// For a person to fill in.
    Fill,
}

const SHAPES: [Shape; 11] = [
    Shape::Title,
    Shape::Caption,
    Shape::Line,
    Shape::Section,
    Shape::Head,
    Shape::Text,
    Shape::Center,
    Shape::Tall,
    Shape::Number,
    Shape::Rate,
    Shape::Day,
];
const TONES: [Tone; 7] = [Tone::Plain, Tone::Good, Tone::Warn, Tone::Bad, Tone::Mute, Tone::Link, Tone::Fill];

impl Tone {
    /// The colour of its ground; none of tones that leave it.
    pub fn ground(self) -> Option<u32> {
        self.colours()?.1
    }

    /// Colours of text and ground.
    fn colours(self) -> Option<(u32, Option<u32>)> {
        match self {
            Tone::Plain => None,
            Tone::Good => Some((0x002F_5D34, Some(0x00E8_F3E6))),
            Tone::Fill => Some((0x0000_0000, Some(0x00FF_F9E3))),
            Tone::Warn => Some((0x007A_5500, Some(0x00FF_F3D1))),
            Tone::Bad => Some((0x009C_1C1C, Some(0x00FB_E4E1))),
            Tone::Mute => Some((0x0059_5F69, Some(0x00F1_F2F4))),
            Tone::Link => Some((0x001F_4E8C, None)),
        }
    }
}

/// The formats of a workbook.
#[derive(Clone, Debug)]
pub(super) struct Formats {
    framed: BTreeMap<(Shape, Tone), Format>,
    bare: BTreeMap<Shape, Format>,
}

impl Formats {
    /// Makes the formats with these fonts.
    pub(super) fn new(title_font: &str, body_font: &str) -> Formats {
        let mut framed = BTreeMap::new();
        let mut bare = BTreeMap::new();
        for shape in SHAPES {
            let mut drawn = shape.format(title_font, body_font);
            bare.insert(shape, drawn.clone());
            if !matches!(shape, Shape::Title | Shape::Caption | Shape::Line | Shape::Section) {
                drawn = drawn.set_border(FormatBorder::Thin).set_border_color(Color::RGB(0x008A_939E));
            }
            for tone in TONES {
                let mut format = drawn.clone();
                if let Some((text, ground)) = tone.colours() {
                    format = format.set_font_color(Color::RGB(text));
                    if let Some(ground) = ground {
                        format = format.set_background_color(Color::RGB(ground));
                    }
                }
                framed.insert((shape, tone), format);
            }
        }
        Formats { framed, bare }
    }

    /// The format of a cell.
    pub(super) fn cell(&self, shape: Shape, tone: Tone) -> &Format {
        &self.framed[&(shape, tone)]
    }

    /// The format of a column of a large sheet: without borders, which would continue below the last row.
    pub(super) fn column(&self, shape: Shape) -> &Format {
        &self.bare[&shape]
    }
}

/// The numbers of formats in the workbook, for cells that are not written by the library.
#[derive(Clone, Debug, Default)]
pub(super) struct Styles {
    formats: Vec<Format>,
    framed: [[u32; TONES.len()]; SHAPES.len()],
    quoted: [[u32; TONES.len()]; SHAPES.len()],
    bare: [u32; SHAPES.len()],
}

impl Styles {
    /// The formats of the cells of tables, numbered from 1.
    pub(super) fn of(formats: &Formats) -> Styles {
        const CELLS: [Shape; 6] = [Shape::Text, Shape::Center, Shape::Tall, Shape::Number, Shape::Rate, Shape::Day];
        let mut styles = Styles::default();
        for shape in CELLS {
            let bare = styles.number(formats.column(shape).clone());
            styles.bare[shape as usize] = bare;
            for tone in TONES {
                let framed = styles.number(formats.cell(shape, tone).clone());
                let quoted = styles.number(formats.cell(shape, tone).clone().set_quote_prefix());
                styles.framed[shape as usize][tone as usize] = framed;
                styles.quoted[shape as usize][tone as usize] = quoted;
            }
        }
        styles
    }

    fn number(&mut self, format: Format) -> u32 {
        let at = self.formats.iter().position(|known| *known == format).unwrap_or_else(|| {
            self.formats.push(format);
            self.formats.len() - 1
        });
        at as u32 + 1
    }

    /// The formats, in the order of their numbers.
    pub(super) fn formats(&self) -> &[Format] {
        &self.formats
    }

    /// The number of the format of a cell.
    pub(super) fn cell(&self, shape: Shape, tone: Tone) -> u32 {
        self.framed[shape as usize][tone as usize]
    }

    /// The same, of a text that a spreadsheet would take for a formula.
    pub(super) fn quoted(&self, shape: Shape, tone: Tone) -> u32 {
        self.quoted[shape as usize][tone as usize]
    }

    /// The number of the format of a column of a large sheet.
    pub(super) fn column(&self, shape: Shape) -> u32 {
        self.bare[shape as usize]
    }
}

impl Shape {
    fn format(self, title_font: &str, body_font: &str) -> Format {
        let body = Format::new().set_font_name(body_font).set_font_size(10.5).set_align(FormatAlign::VerticalCenter);
        match self {
            Shape::Title => Format::new()
                .set_font_name(title_font)
                .set_font_size(22)
                .set_align(FormatAlign::Center)
                .set_align(FormatAlign::VerticalCenter)
                .set_text_wrap(),
            Shape::Caption => body.set_align(FormatAlign::Center).set_font_size(14),
            Shape::Section => body.set_bold().set_font_size(12),
            Shape::Head => body
                .set_bold()
                .set_align(FormatAlign::Center)
                .set_text_wrap()
                .set_background_color(Color::RGB(0x00DC_E6F1)),
            Shape::Line | Shape::Text => body.set_text_wrap(),
            Shape::Center => body.set_align(FormatAlign::Center).set_text_wrap(),
            Shape::Tall => body.set_align(FormatAlign::Top).set_text_wrap(),
            Shape::Number => body.set_align(FormatAlign::Center),
            Shape::Rate => body.set_align(FormatAlign::Center).set_num_format("0.0%"),
            Shape::Day => body.set_align(FormatAlign::Center).set_num_format("yyyy-mm-dd"),
        }
    }
}
