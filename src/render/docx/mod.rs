//! Writes letters as Word documents with the page and type sizes of GB/T 9704.

mod package;

use std::fmt::Write as _;

use chrono::NaiveDateTime;

use crate::basis::settings::Settings;
use crate::render::workbook::text::clean;

/// Twentieths of a point in a millimetre.
const MM: f64 = 56.692_9;
/// The width of the text: 156 mm.
const TEXT_WIDTH: f64 = 156.0 * MM;
/// The same of a page that lies on its long side.
const TEXT_WIDTH_ACROSS: f64 = 247.0 * MM;
/// Table cells with at most so many characters are centred.
const SHORT: usize = 12;
/// A row with a cell of more lines may be parted over two pages.
const LONG: usize = 6;

/// The style of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Line {
    /// The title: 二号, centred.
    Title,
    /// A centred line: 三号.
    Centre,
    /// The addressee, without indent.
    Left,
    /// Body text, indented by two characters.
    Body,
    /// A heading of the first level: 黑体.
    Heading,
    /// A heading of the second level: 楷体.
    Second,
    /// Place, signature and date, right-aligned.
    Right,
    /// A note in small type.
    Small,
}

impl Line {
    /// The font size in half points.
    fn size(self) -> u32 {
        match self {
            Line::Title => 44,
            Line::Small => 24,
            Line::Centre | Line::Left | Line::Body | Line::Right | Line::Heading | Line::Second => 32,
        }
    }

    /// The paragraph properties. Body text has a line spacing of 28 points (GB/T 9704); titles and small type have automatic
    /// spacing. Text is not justified, because a long number moved to the next line would stretch the line before it.
    fn properties(self) -> &'static str {
        match self {
            Line::Title => r#"<w:spacing w:before="120" w:after="360"/><w:jc w:val="center"/>"#,
            Line::Centre => r#"<w:spacing w:line="560" w:lineRule="exact"/><w:jc w:val="center"/>"#,
            Line::Left => r#"<w:spacing w:line="560" w:lineRule="exact"/><w:jc w:val="left"/>"#,
            Line::Body => {
                r#"<w:spacing w:line="560" w:lineRule="exact"/><w:ind w:firstLine="640"/><w:jc w:val="left"/>"#
            }
            Line::Heading | Line::Second => {
                r#"<w:keepNext/><w:spacing w:line="560" w:lineRule="exact"/><w:ind w:firstLine="640"/><w:jc w:val="left"/>"#
            }
            Line::Right => r#"<w:spacing w:line="560" w:lineRule="exact"/><w:ind w:right="640"/><w:jc w:val="right"/>"#,
            Line::Small => r#"<w:spacing w:before="60"/><w:jc w:val="left"/>"#,
        }
    }
}

/// A letter being written.
pub struct Letter {
    /// The body of `word/document.xml` so far.
    body: String,
    /// Whether paragraphs are kept with the next from here on ([`Letter::keep`]).
    kept: bool,
    /// Whether the page lies on its long side.
    lies: bool,
    title_font: String,
    body_font: String,
    /// The creation date in the document properties.
    made: String,
}

impl Letter {
    /// An empty letter in the fonts of the settings, with the date of the run.
    pub fn new(settings: &Settings, as_of: NaiveDateTime) -> Letter {
        let font = |fonts: &[String]| fonts.first().map_or_else(|| "宋体".to_owned(), Clone::clone);
        Letter {
            body: String::new(),
            kept: false,
            lies: false,
            title_font: font(&settings.title_fonts),
            body_font: font(&settings.body_fonts),
            made: as_of.format("%Y-%m-%dT00:00:00Z").to_string(),
        }
    }

    /// As [`Letter::new`], on a page that lies on its long side, for wide tables.
    pub fn across(settings: &Settings, as_of: NaiveDateTime) -> Letter {
        Letter { lies: true, ..Letter::new(settings, as_of) }
    }

    /// Writes a line.
    pub fn line(&mut self, line: Line, text: &str) {
        let font = match line {
            Line::Title => self.title_font.as_str(),
            Line::Heading => "黑体",
            Line::Second => "楷体_GB2312",
            _ => self.body_font.as_str(),
        };
        let run = run(text, font, line.size());
        self.paragraph(line.properties(), &run);
    }

    /// Adds an empty line.
    pub fn gap(&mut self) {
        self.line(Line::Left, "");
    }

    /// From here on, keeps each paragraph on one page with the next, or does so no more.
    pub fn keep(&mut self, kept: bool) {
        self.kept = kept;
    }

    /// Writes who signs and the day: the day ends four characters from the right, the name is centred over it (GB/T 9704
    /// 7.3.5.1). Without a name there is room for a seal.
    pub fn signature(&mut self, name: &str, day: &str) {
        /// Characters to the right of the day.
        const RIGHT: f64 = 4.0;
        /// Twentieths of a point in a character of 三号.
        const CHARACTER: f64 = 320.0;
        let width = |text: &str| crate::render::workbook::fit::width(text) as f64 / 2.0;
        let name = if name.is_empty() { "（盖章）" } else { name };
        let right = RIGHT + (width(day) - width(name)) / 2.0;
        // a long name stands to the right, and the day is centred below it
        let (name_right, day_right) = if right < 0.0 { (0.0, RIGHT - right) } else { (right, RIGHT) };
        for (text, right) in [(name, name_right), (day, day_right)] {
            let indent = (right * CHARACTER).round() as u32;
            let line = run(text, &self.body_font, Line::Body.size());
            let properties = format!(
                r#"<w:spacing w:line="560" w:lineRule="exact"/><w:ind w:right="{indent}"/><w:jc w:val="right"/>"#
            );
            self.paragraph(&properties, &line);
        }
    }

    /// Writes a table in small type; `widths` are relative. The heading is repeated on each page. Without a heading, every
    /// other cell of a row is a label.
    pub fn table(&mut self, widths: &[u32], heading: &[&str], rows: &[Vec<String>]) {
        let all: u32 = widths.iter().sum::<u32>().max(1);
        let room = if self.lies { TEXT_WIDTH_ACROSS } else { TEXT_WIDTH };
        let twips: Vec<u32> =
            widths.iter().map(|part| (room * f64::from(*part) / f64::from(all)).round() as u32).collect();
        let total: u32 = twips.iter().sum();
        let border = |side: &str| format!(r#"<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>"#);
        let borders: String = ["top", "left", "bottom", "right", "insideH", "insideV"].map(border).concat();
        let grid: String = twips.iter().fold(String::new(), |mut grid, width| {
            let _ = write!(grid, r#"<w:gridCol w:w="{width}"/>"#);
            grid
        });
        let _ = write!(
            self.body,
            r#"<w:tbl><w:tblPr><w:tblW w:w="{total}" w:type="dxa"/><w:jc w:val="center"/><w:tblBorders>{borders}</w:tblBorders><w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>"#
        );
        if !heading.is_empty() {
            self.row(&twips, true, heading.iter().map(|text| (*text, true)));
        }
        for texts in rows {
            let labels = heading.is_empty();
            self.row(&twips, false, texts.iter().enumerate().map(|(at, text)| (&**text, labels && at % 2 == 0)));
        }
        self.body.push_str("</w:tbl>");
    }

    /// Writes a row: its cells, and whether each is a heading or label.
    fn row<'t>(&mut self, twips: &[u32], repeated: bool, cells: impl Iterator<Item = (&'t str, bool)>) {
        let repeated = if repeated { "<w:tblHeader/>" } else { "" };
        let cells: Vec<(&str, bool)> = cells.collect();
        // A long row that may not be parted leaves half a page blank.
        let is_long = cells.iter().any(|(text, _)| text.lines().count() > LONG);
        let whole = if is_long { "" } else { "<w:cantSplit/>" };
        let _ =
            write!(self.body, r#"<w:tr><w:trPr>{whole}<w:trHeight w:val="420" w:hRule="atLeast"/>{repeated}</w:trPr>"#);
        for ((text, is_label), width) in cells.into_iter().zip(twips) {
            let shade = if is_label { r#"<w:shd w:val="clear" w:color="auto" w:fill="E8EDF3"/>"# } else { "" };
            let _ = write!(
                self.body,
                r#"<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{shade}<w:vAlign w:val="center"/></w:tcPr>"#
            );
            let centred = is_label || text.chars().count() <= SHORT;
            let align = if centred { r#"<w:jc w:val="center"/>"# } else { r#"<w:jc w:val="left"/>"# };
            let font = if is_label { "黑体" } else { self.body_font.as_str() };
            let runs: Vec<String> = text.split('\n').map(|line| run(line, font, 21)).collect();
            for run in runs {
                self.paragraph(align, &run);
            }
            self.body.push_str("</w:tc>");
        }
        self.body.push_str("</w:tr>");
    }

    /// Writes the line along which the receipt is cut off.
    pub fn cut_line(&mut self) {
        let line = "- ".repeat(44);
        let run = run(line.trim_end(), &self.body_font, 18);
        self.paragraph(r#"<w:spacing w:before="240"/><w:jc w:val="center"/>"#, &run);
    }

    /// Writes a paragraph; its properties are in the order of the schema (`keepNext` first).
    fn paragraph(&mut self, properties: &str, run: &str) {
        let keep = if self.kept && !properties.starts_with("<w:keepNext/>") { "<w:keepNext/>" } else { "" };
        let _ = write!(self.body, "<w:p><w:pPr>{keep}{properties}</w:pPr>{run}</w:p>");
    }
}

/// A run of text in one font.
fn run(text: &str, font: &str, half_points: u32) -> String {
    let text = escaped(&clean(text).replace('\n', " "));
    format!(
        r#"<w:r><w:rPr>{}<w:sz w:val="{half_points}"/><w:szCs w:val="{half_points}"/></w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>"#,
        fonts(font)
    )
}

/// The font properties for Chinese text and for Latin text in it.
fn fonts(font: &str) -> String {
    let font = escaped(font);
    format!(r#"<w:rFonts w:eastAsia="{font}" w:ascii="{font}" w:hAnsi="{font}"/>"#)
}

/// Escapes a text for XML.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn letter() -> Letter {
        let day = chrono::NaiveDate::from_ymd_opt(2014, 9, 6).and_then(|day| day.and_hms_opt(18, 0, 0));
        Letter::new(&Settings::default(), day.expect("a moment"))
    }

    #[test]
    fn what_strangers_wrote_stays_text() {
        let mut letter = letter();
        letter.line(Line::Body, "甲<w:p>&乙\u{1}");
        letter.table(&[1, 1], &["项", "说明"], &[vec!["<1>".into(), "二\n三".into()]]);
        assert!(letter.body.contains("甲&lt;w:p&gt;&amp;乙</w:t>"), "{}", letter.body);
        assert!(letter.body.contains("&lt;1&gt;") && letter.body.contains("<w:tblHeader/>"));
        // each line of a cell is a paragraph
        assert_eq!(letter.body.matches("<w:p>").count(), 1 + 2 + 1 + 2);
    }

    #[test]
    fn what_is_kept_stays_on_one_page_with_what_follows() {
        let mut letter = letter();
        letter.line(Line::Body, "正文");
        assert!(!letter.body.contains("keepNext"));
        letter.keep(true);
        letter.line(Line::Right, "日期");
        letter.line(Line::Heading, "一、");
        assert_eq!(letter.body.matches("<w:keepNext/>").count(), 2);
        letter.keep(false);
        letter.line(Line::Right, "日期");
        assert_eq!(letter.body.matches("<w:keepNext/>").count(), 2);
    }

    #[test]
    fn the_name_is_centred_over_the_day() {
        let indents = |name: &str| -> Vec<u32> {
            let mut letter = letter();
            letter.signature(name, "2014年9月6日");
            let parts = letter.body.split("w:right=\"").skip(1).map(|part| part.split('"').next());
            parts.map(|indent| indent.and_then(|text| text.parse().ok()).expect("an indent")).collect()
        };
        // the day is six characters wide
        assert_eq!(indents("市创建全国文明城市办公室"), [320, 1280]);
        assert_eq!(indents("市创建办"), [1600, 1280]);
        assert_eq!(indents("某某市创建全国文明城市工作领导小组办公室"), [0, 2240]);
    }

    #[test]
    fn the_same_letter_gives_the_same_bytes_and_is_packed() {
        let bytes = || {
            let mut letter = letter();
            for _ in 0..2_000 {
                letter.line(Line::Body, "各单位要按时报送工作台账。");
            }
            letter.finish().expect("written")
        };
        let first = bytes();
        assert_eq!(first, bytes());
        assert!(first.len() < 30_000, "{} bytes for 2,000 equal lines", first.len());
    }
}
