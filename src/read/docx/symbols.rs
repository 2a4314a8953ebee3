//! Maps characters of symbol fonts to what they show: a Wingdings R or FE is a ticked box.

/// A font, as far as its letters show something else.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Font {
    /// An ordinary font.
    #[default]
    Plain,
    /// Wingdings.
    Wingdings,
    /// Wingdings 2.
    Wingdings2,
    /// Symbol: Greek letters and mathematical signs.
    Symbol,
}

/// A ticked box, whatever its glyph.
pub(super) const TICKED: char = '☑';
/// An empty box.
pub(super) const EMPTY: char = '□';

impl Font {
    /// The font of this name.
    pub(super) fn named(name: &str) -> Font {
        match name.trim() {
            "Wingdings" => Font::Wingdings,
            "Wingdings 2" => Font::Wingdings2,
            "Symbol" => Font::Symbol,
            _ => Font::Plain,
        }
    }

    /// What a character shows in this font. Only characters with a meaning in ledgers are mapped; others stay.
    pub(super) fn shown(self, character: char) -> char {
        let code = match character as u32 {
            code @ 0x20..=0xFF => code,
            // Symbol fonts use the private use area.
            code @ 0xF020..=0xF0FF => code - 0xF000,
            _ => return character,
        };
        match (self, code) {
            (Font::Wingdings, 0xFC | 0xFE) | (Font::Wingdings2, 0x50 | 0x52) => TICKED,
            (Font::Wingdings, 0xA8 | 0x6F) | (Font::Wingdings2, 0xA3) => EMPTY,
            (Font::Wingdings, 0xFB) | (Font::Wingdings2, 0x4F | 0x51) => '✗',
            (Font::Wingdings, 0xFD) | (Font::Wingdings2, 0x53 | 0x54) => '☒',
            (Font::Wingdings, 0x6C | 0x9F) => '●',
            (Font::Wingdings, 0x6E) => '■',
            (Font::Wingdings, 0x75 | 0x76) => '◆',
            (Font::Wingdings, 0xA1) => '○',
            (Font::Wingdings, 0xAB) => '★',
            (Font::Symbol, 0xA3) => '≤',
            (Font::Symbol, 0xB3) => '≥',
            (Font::Symbol, 0xB0) => '°',
            (Font::Symbol, 0xB1) => '±',
            (Font::Symbol, 0xB4) => '×',
            (Font::Symbol, 0xB8) => '÷',
            (Font::Symbol, 0xB7) => '•',
            (Font::Symbol, 0xD6) => '√',
            _ => character,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn boxes_are_told_by_font_and_code() {
        for (font, code, sign) in [
            ("Wingdings", 0xF0FE, '☑'),
            ("Wingdings", 0xFC, '☑'),
            ("Wingdings 2", 'R' as u32, '☑'),
            ("Wingdings 2", 0xF050, '☑'),
            ("Wingdings", 0xF0A8, '□'),
            ("Wingdings", 'o' as u32, '□'),
            ("Wingdings 2", 0xF0A3, '□'),
            ("Wingdings", 0xF0FD, '☒'),
            ("Wingdings", 0xFB, '✗'),
            ("Wingdings 2", 0x4F, '✗'),
            ("Wingdings 2", 0x53, '☒'),
            ("Wingdings", 0x6C, '●'),
            ("Wingdings", 0x6E, '■'),
            ("Wingdings", 0x76, '◆'),
            ("Wingdings", 0xA1, '○'),
            ("Wingdings", 0xAB, '★'),
            ("Wingdings", 0x20, ' '),
            ("Wingdings", 0x1_FE, '\u{1FE}'),
            ("Wingdings", 0xF1FE, '\u{F1FE}'),
            ("Symbol", 0xF0B3, '≥'),
            ("Symbol", 0xA3, '≤'),
            ("Symbol", 0xB0, '°'),
            ("Symbol", 0xB1, '±'),
            ("Symbol", 0xB4, '×'),
            ("Symbol", 0xB7, '•'),
            ("Symbol", 0xB8, '÷'),
            ("Symbol", 0xD6, '√'),
            ("Symbol", 0xFE, 'þ'),
            ("宋体", 'R' as u32, 'R'),
            ("Wingdings", '中' as u32, '中'),
        ] {
            let character = char::from_u32(code).expect("a character");
            assert_eq!(Font::named(font).shown(character), sign, "{font} {code:X}");
        }
    }
}
