//! A text as tokens, and a cursor over them.

use chrono::NaiveDate;
use unicode_normalization::UnicodeNormalization;

use crate::basis::text::chinese_number;

/// A token: a number, in digits or in Chinese, or any other character except white space.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Token {
    /// A number and how many digits it was written with.
    Number(u32, usize),
    /// Any other character.
    Sign(char),
}

/// Whether the last tokens are a separator and a number, as at the end of 2014.8.5.
fn ends_a_day(tokens: &[Token]) -> bool {
    matches!(tokens, [.., Token::Sign('.' | '-' | '/'), Token::Number(..)])
}

/// Whether a day begins behind this white space: on the next line, or with its year. 2014.8.5 9:30 is one moment.
fn begins_a_day(chars: &[char]) -> bool {
    let blank = chars.iter().take_while(|c| c.is_whitespace()).count();
    let digits = chars[blank..].iter().take_while(|c| c.is_ascii_digit()).count();
    let line = chars[..blank].contains(&'\n') && digits > 0;
    (line || digits == 4) && chars.get(blank + digits).is_some_and(|c| ".-/".contains(*c))
}

/// A cursor over the tokens of a text.
pub(super) struct Scan {
    pub(super) tokens: Vec<Token>,
    pub(super) at: usize,
    pub(super) near: NaiveDate,
}

impl Scan {
    /// A cursor at the start of a text; none where a number is too large. A year that is not written is near `near`.
    pub(super) fn new(text: &str, near: NaiveDate) -> Option<Scan> {
        let chars: Vec<char> = text.nfkc().collect();
        let (mut tokens, mut at) = (Vec::new(), 0);
        let is_chinese = |c: char| "〇○零一二三四五六七八九十".contains(c);
        while at < chars.len() {
            let run = |test: &dyn Fn(char) -> bool| chars[at..].iter().take_while(|&&c| test(c)).count();
            let digits = run(&|c| c.is_ascii_digit());
            let chinese = run(&is_chinese);
            let weekday = tokens.last().is_some_and(|last| matches!(last, Token::Sign('周' | '期' | '拜')));
            if digits > 0 {
                let written: String = chars[at..at + digits].iter().collect();
                tokens.push(Token::Number(written.parse().ok()?, digits));
                at += digits;
            } else if chinese > 0 && !weekday {
                let written: String = chars[at..at + chinese].iter().collect();
                let number = chinese_number(&written)?;
                // 二十一 counts as two digits, 二〇一四 as four.
                tokens.push(Token::Number(number, number.to_string().len()));
                at += chinese;
            } else {
                match chars[at] {
                    c if c.is_whitespace() => {
                        if ends_a_day(&tokens) && begins_a_day(&chars[at..]) {
                            tokens.push(Token::Sign(','));
                        }
                    }
                    '‐' | '‑' | '‒' | '–' | '—' | '―' | '−' | '─' | '－' => {
                        tokens.push(Token::Sign('-'));
                    }
                    '“' | '”' | '「' | '」' | '《' | '》' => tokens.push(Token::Sign('"')),
                    '。' => tokens.push(Token::Sign('.')),
                    '〜' | '∼' => tokens.push(Token::Sign('~')),
                    c => tokens.extend(c.to_lowercase().map(Token::Sign)),
                }
                at += 1;
            }
        }
        Some(Scan { tokens, at: 0, near })
    }

    /// A token ahead of the cursor.
    pub(super) fn peek(&self, ahead: usize) -> Option<Token> {
        self.tokens.get(self.at + ahead).copied()
    }

    /// The number ahead, and how many digits it was written with.
    pub(super) fn number(&self, ahead: usize) -> Option<(u32, usize)> {
        match self.peek(ahead)? {
            Token::Number(number, digits) => Some((number, digits)),
            Token::Sign(_) => None,
        }
    }

    /// The sign ahead.
    pub(super) fn sign(&self, ahead: usize) -> Option<char> {
        match self.peek(ahead)? {
            Token::Sign(c) => Some(c),
            Token::Number(..) => None,
        }
    }

    /// Moves past a word; false, without moving, where another follows.
    pub(super) fn skip(&mut self, word: &str) -> bool {
        let fits = word.chars().enumerate().all(|(ahead, c)| self.sign(ahead) == Some(c));
        if fits {
            self.at += word.chars().count();
        }
        fits
    }

    /// Moves past the first of these words that follows.
    pub(super) fn skip_any(&mut self, words: &[&str]) -> bool {
        words.iter().any(|word| self.skip(word))
    }

    /// The text not yet read, numbers in digits.
    pub(super) fn rest(&self) -> String {
        self.between(self.at, self.tokens.len())
    }

    /// The text between two tokens, numbers in digits.
    pub(super) fn between(&self, from: usize, to: usize) -> String {
        let mut rest = String::new();
        for token in &self.tokens[from.min(to)..to.min(self.tokens.len())] {
            match token {
                Token::Number(number, _) => rest.push_str(&number.to_string()),
                Token::Sign(c) => rest.push(*c),
            }
        }
        rest
    }

    /// How many digits the number at a token was written with; 0 if the token is not a number.
    pub(super) fn digits(&self, at: usize) -> usize {
        match self.tokens.get(at) {
            Some(Token::Number(_, digits)) => *digits,
            _ => 0,
        }
    }

    /// Whether the last token read is a number, so that no 日 or other sign followed it.
    pub(super) fn ends_in_number(&self) -> bool {
        self.at > 0 && matches!(self.tokens.get(self.at - 1), Some(Token::Number(..)))
    }
}
