//! Windows and days as reports write them: 8月, 第33周, 第三季度.

use std::borrow::Cow;

use chrono::{Datelike, NaiveDate};

use super::{Cycle, Window};
use crate::basis::Lang;

impl Window {
    /// The window as part of a sentence: in Chinese in words and without the year (unless the window is a year), in
    /// English its label.
    pub fn words(&self, lang: Lang) -> String {
        if lang == Lang::En {
            return self.label();
        }
        let (month, part) = (self.start.month(), (self.start.day() - 1) / 10);
        let of = |names: [&str; 4], at: u32| names.get(at as usize).copied().unwrap_or_default().to_owned();
        match self.cycle {
            Cycle::Day => day_words(self.start, lang),
            Cycle::Week => format!("第{}周（{}—{}）", self.start.iso_week().week(), short(self.start), short(self.end)),
            Cycle::TenDays => format!("{month}月{}", of(["上旬", "中旬", "下旬", "下旬"], part)),
            Cycle::HalfMonth => format!("{month}月{}", if self.start.day() == 1 { "上半月" } else { "下半月" }),
            Cycle::Month => format!("{month}月"),
            Cycle::Quarter => of(["第一季度", "第二季度", "第三季度", "第四季度"], (month - 1) / 3),
            Cycle::HalfYear => if month == 1 { "上半年" } else { "下半年" }.to_owned(),
            Cycle::Year | Cycle::Once => format!("{}年", self.start.year()),
        }
    }
}

/// A label as part of a sentence, with its year: `2019-08-T2` becomes 2019年8月中旬. In English, and where the text is
/// not a label, it is returned unchanged.
pub fn label_words(label: &str, lang: Lang) -> Cow<'_, str> {
    match Window::parse(label, Cycle::Day) {
        Some(window) if lang == Lang::Zh => match window.cycle {
            Cycle::Year | Cycle::Once => Cow::Owned(window.words(lang)),
            // The ISO year of a week can differ from the year of its first day.
            Cycle::Week => Cow::Owned(format!("{}年{}", window.start.iso_week().year(), window.words(lang))),
            _ => Cow::Owned(format!("{}年{}", window.start.year(), window.words(lang))),
        },
        _ => Cow::Borrowed(label),
    }
}

/// A day as part of a sentence: 8月15日 in Chinese, 2014-08-15 in English.
pub fn day_words(day: NaiveDate, lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("{}月{}日", day.month(), day.day()),
        Lang::En => day.to_string(),
    }
}

fn short(day: NaiveDate) -> String {
    format!("{}.{}", day.month(), day.day())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn windows_in_words() {
        for (label, words) in [
            ("2014-08", "8月"),
            ("2014-W33", "第33周（8.11—8.17）"),
            ("2014-08-T3", "8月下旬"),
            ("2014-08-H2", "8月下半月"),
            ("2014-Q3", "第三季度"),
            ("2014-H2", "下半年"),
            ("2014", "2014年"),
        ] {
            let window = Window::parse(label, Cycle::Month).expect(label);
            assert_eq!((window.words(Lang::Zh), window.words(Lang::En)), (words.into(), label.into()));
        }
    }

    #[test]
    fn labels_in_words_with_their_year() {
        for (label, words) in [
            ("2014-08", "2014年8月"),
            ("2019-08-T2", "2019年8月中旬"),
            ("2019-W01", "2019年第1周（12.31—1.6）"),
            ("2021-H1", "2021年上半年"),
            ("2019-08-11", "2019年8月11日"),
            ("2014", "2014年"),
            ("2014-07 – 2014-08", "2014-07 – 2014-08"),
        ] {
            assert_eq!((label_words(label, Lang::Zh), label_words(label, Lang::En)), (words.into(), label.into()));
        }
    }
}
