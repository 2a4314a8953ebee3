//! The two languages of the program, and a text held in both.

use std::borrow::Cow;
use std::fmt;

use serde::{Deserialize, Serialize};

/// The language of reports and messages.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Lang {
    /// Simplified Chinese, the language of the offices.
    #[default]
    Zh,
    /// English, for those who maintain the program.
    En,
}

impl Lang {
    /// Chooses the value for this language.
    pub fn pick<T>(self, zh: T, en: T) -> T {
        match self {
            Lang::Zh => zh,
            Lang::En => en,
        }
    }
}

/// A text in both languages, for texts that are made before the reader's language is known.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Bilingual {
    /// In Chinese.
    pub zh: Cow<'static, str>,
    /// In English.
    pub en: Cow<'static, str>,
}

impl Bilingual {
    /// A text from its two wordings.
    pub fn new(zh: impl Into<Cow<'static, str>>, en: impl Into<Cow<'static, str>>) -> Bilingual {
        Bilingual { zh: zh.into(), en: en.into() }
    }

    /// A text from two literals; usable in constants.
    pub const fn fixed(zh: &'static str, en: &'static str) -> Bilingual {
        Bilingual { zh: Cow::Borrowed(zh), en: Cow::Borrowed(en) }
    }

    /// A text from a function that words it in a given language.
    pub fn each(words: impl Fn(Lang) -> String) -> Bilingual {
        Bilingual::new(words(Lang::Zh), words(Lang::En))
    }

    /// The wording in one language.
    pub fn in_lang(&self, lang: Lang) -> &str {
        lang.pick(&self.zh, &self.en)
    }

    /// Whether both wordings are empty.
    pub fn is_empty(&self) -> bool {
        self.zh.is_empty() && self.en.is_empty()
    }
}

/// A value that is the same in both languages, such as a name, number or date.
impl<T: fmt::Display> From<T> for Bilingual {
    fn from(value: T) -> Bilingual {
        let text = value.to_string();
        Bilingual::new(text.clone(), text)
    }
}
