//! The paper of a letter: what stands on it, in the sizes of GB/T 9704. Nothing else knows the docx library.

use std::io::Cursor;

use anyhow::Result;
use chrono::NaiveDateTime;
use docx_rs::{
    AlignmentType, Docx, Footer, HeightRule, LineSpacing, LineSpacingType, PageMargin, PageNum, Paragraph, Run,
    RunFonts, Shading, SpecialIndentType, Table, TableAlignmentType, TableCell, TableLayoutType, TableRow, VAlignType,
    WidthType,
};

use crate::basis::settings::Settings;
use crate::render::workbook::text::clean;

/// Twentieths of a point in a millimetre.
const MM: f64 = 56.692_9;
/// Width of the text on the paper: 156 mm.
const TEXT_WIDTH: f64 = 156.0 * MM;

/// What a line of a letter is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Line {
    /// The title: 二号, in the middle.
    Title,
    /// A line in the middle: 三号.
    Centre,
    /// To whom, without indent.
    Left,
    /// Text, indented by two characters.
    Body,
    /// A heading of the first level: 黑体.
    Heading,
    /// Place, signature and date, from the right.
    Right,
    /// A remark in small type.
    Small,
}

/// A letter being written.
pub struct Letter {
    docx: Docx,
    title_font: String,
    body_font: String,
}

impl Letter {
    /// An empty sheet in the fonts of the settings, made on the day as of which the run judges.
    pub fn new(settings: &Settings, as_of: NaiveDateTime) -> Letter {
        let font = |fonts: &[String]| fonts.first().map_or_else(|| "宋体".to_owned(), Clone::clone);
        let (title_font, body_font) = (font(&settings.title_fonts), font(&settings.body_fonts));
        let made = as_of.format("%Y-%m-%dT00:00:00Z").to_string();
        let mm = |n: f64| (n * MM).round() as i32;
        let margin = PageMargin {
            top: mm(37.0),
            left: mm(28.0),
            bottom: mm(35.0),
            right: mm(26.0),
            header: mm(15.0),
            footer: mm(25.0),
            gutter: 0,
        };
        let number = Paragraph::new()
            .align(AlignmentType::Center)
            .add_run(run("— ", &body_font, 28))
            .add_page_num(PageNum::new())
            .add_run(run(" —", &body_font, 28));
        let docx = Docx::new()
            .created_at(&made)
            .updated_at(&made)
            .page_size(mm(210.0) as u32, mm(297.0) as u32)
            .page_margin(margin)
            .default_fonts(fonts(&body_font))
            .default_size(32)
            .footer(Footer::new().add_paragraph(number));
        Letter { docx, title_font, body_font }
    }

    /// Writes a line.
    pub fn line(&mut self, line: Line, text: &str) {
        let (font, size) = match line {
            Line::Title => (self.title_font.as_str(), 44),
            Line::Heading => ("黑体", 32),
            Line::Small => (self.body_font.as_str(), 24),
            Line::Centre | Line::Left | Line::Body | Line::Right => (self.body_font.as_str(), 32),
        };
        // 28 points from line to line, as the standard has it; titles and small type breathe by themselves.
        let spacing = match line {
            Line::Title => LineSpacing::new().before(120).after(360),
            Line::Small => LineSpacing::new().before(60),
            _ => LineSpacing::new().line_rule(LineSpacingType::Exact).line(560),
        };
        let align = match line {
            Line::Title | Line::Centre => AlignmentType::Center,
            Line::Right => AlignmentType::Right,
            // Not justified: a rate that does not fit the line would pull the words before it apart.
            Line::Left | Line::Small | Line::Body | Line::Heading => AlignmentType::Left,
        };
        let mut paragraph = Paragraph::new().align(align).line_spacing(spacing);
        paragraph = match line {
            Line::Body | Line::Heading => paragraph.indent(None, Some(SpecialIndentType::FirstLine(640)), None, None),
            Line::Right => paragraph.indent(None, None, Some(640), None),
            _ => paragraph,
        };
        if line == Line::Heading {
            paragraph = paragraph.keep_next(true);
        }
        self.add(paragraph.add_run(run(text, font, size)));
    }

    /// Leaves room of one line.
    pub fn gap(&mut self) {
        self.line(Line::Left, "");
    }

    /// Writes a table in small type: widths in parts of the text's width, the first row is the heading. The heading is
    /// left out when it is empty.
    pub fn table(&mut self, widths: &[u32], heading: &[&str], rows: &[Vec<String>]) {
        let all: u32 = widths.iter().sum::<u32>().max(1);
        let twips: Vec<usize> =
            widths.iter().map(|part| (TEXT_WIDTH * f64::from(*part) / f64::from(all)).round() as usize).collect();
        let cell = |text: &str, at: usize, is_head: bool| {
            let short = text.chars().count() <= 12;
            let align = if is_head || short { AlignmentType::Center } else { AlignmentType::Left };
            let mut cell = TableCell::new()
                .width(twips.get(at).copied().unwrap_or_default(), WidthType::Dxa)
                .vertical_align(VAlignType::Center);
            for line in text.split('\n') {
                let font = if is_head { "黑体" } else { self.body_font.as_str() };
                cell = cell.add_paragraph(Paragraph::new().align(align).add_run(run(line, font, 21)));
            }
            if is_head { cell.shading(Shading::new().fill("E8EDF3")) } else { cell }
        };
        let row = |texts: Vec<TableCell>| {
            TableRow::new(texts).cant_split().row_height(420.0).height_rule(HeightRule::AtLeast)
        };
        let mut lines = Vec::with_capacity(rows.len() + 1);
        if !heading.is_empty() {
            lines.push(row(heading.iter().enumerate().map(|(at, text)| cell(text, at, true)).collect()));
        }
        for texts in rows {
            let head_column = heading.is_empty();
            let cells = texts.iter().enumerate().map(|(at, text)| cell(text, at, head_column && at % 2 == 0)).collect();
            lines.push(row(cells));
        }
        let table = Table::new(lines)
            .set_grid(twips.clone())
            .width(twips.iter().sum(), WidthType::Dxa)
            .layout(TableLayoutType::Fixed)
            .align(TableAlignmentType::Center);
        self.docx = std::mem::take(&mut self.docx).add_table(table);
    }

    /// The line along which the receipt is cut off.
    pub fn cut_line(&mut self) {
        let line = "- ".repeat(44);
        self.add(
            Paragraph::new().align(AlignmentType::Center).line_spacing(LineSpacing::new().before(240)).add_run(run(
                line.trim_end(),
                &self.body_font,
                18,
            )),
        );
    }

    fn add(&mut self, paragraph: Paragraph) {
        self.docx = std::mem::take(&mut self.docx).add_paragraph(paragraph);
    }

    /// The bytes of the finished letter.
    ///
    /// # Errors
    /// When the library cannot write it.
    pub fn finish(self) -> Result<Vec<u8>> {
        let mut bytes = Cursor::new(Vec::new());
        self.docx.pack(&mut bytes)?;
        Ok(bytes.into_inner())
    }
}

/// A text in one font; half points.
fn run(text: &str, font: &str, size: usize) -> Run {
    Run::new().fonts(fonts(font)).size(size).add_text(clean(text).replace('\n', " "))
}

/// The font for Chinese text and for what stands in it.
fn fonts(font: &str) -> RunFonts {
    RunFonts::new().east_asia(font).ascii(font).hi_ansi(font)
}
