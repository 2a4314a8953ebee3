//! Letters in the format of GB/T 9704: page, margins, fonts and sizes; tables in small type.

pub mod closure;
mod owing;
mod prose;
pub mod message;
pub mod notice;
mod to_do;
mod unusable;
pub mod work;

use chrono::NaiveDate;

use crate::basis::Lang;
use crate::basis::calendar::format::moment_words;
use crate::basis::calendar::window::end_of;
use crate::outcome::Outcome;

/// The work that the ledgers are about: the title without “台账”.
fn work_name(outcome: &Outcome) -> &str {
    outcome.settings.title.trim_end_matches("台账")
}

/// The numbers of the first and second level: 一, 二 …; 1, 2 … in English and beyond ten.
fn numeral(number: usize, lang: Lang) -> String {
    const NUMERALS: [&str; 10] = ["一", "二", "三", "四", "五", "六", "七", "八", "九", "十"];
    match (lang, NUMERALS.get(number.wrapping_sub(1))) {
        (Lang::Zh, Some(numeral)) => (*numeral).to_owned(),
        (Lang::Zh, None) if number < 20 => format!("十{}", NUMERALS[number - 11]),
        _ => number.to_string(),
    }
}

/// A day in a letter: 2014年9月5日.
fn day(date: NaiveDate, lang: Lang) -> String {
    moment_words(end_of(date), lang)
}

/// A list in a sentence, with 等 and the count where it is not whole.
fn listed<T: AsRef<str>>(items: &[T], most: usize, measure: (&str, &str), lang: Lang) -> String {
    let shown: Vec<&str> = items.iter().take(most).map(AsRef::as_ref).collect();
    let text = shown.join(lang.pick("、", ", "));
    match (items.len() > most, lang) {
        (false, _) => text,
        (true, Lang::Zh) => format!("{text}等{}{}", items.len(), measure.0),
        (true, Lang::En) => format!("{text} and others, {} {} in all", items.len(), measure.1),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_is_whole_or_says_so() {
        let units = ["甲科", "乙科", "丙科"];
        assert_eq!(listed(&units, 3, ("个单位", "units"), Lang::Zh), "甲科、乙科、丙科");
        assert_eq!(listed(&units, 2, ("个单位", "units"), Lang::Zh), "甲科、乙科等3个单位");
        assert_eq!(listed(&units, 2, ("个单位", "units"), Lang::En), "甲科, 乙科 and others, 3 units in all");
    }

    #[test]
    fn numerals_go_on_beyond_ten() {
        let told = |number| numeral(number, Lang::Zh);
        assert_eq!([told(1), told(10), told(11), told(19), told(20)], ["一", "十", "十一", "十九", "20"]);
        assert_eq!(numeral(3, Lang::En), "3");
    }
}
