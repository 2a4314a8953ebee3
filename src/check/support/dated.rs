//! Finds dates with a year in file names and sentences: 2013-05-02照片.jpg, `IMG_20130502`, 照片（2013年5月2日）.

use chrono::{Months, NaiveDate};

use crate::basis::text::fold;

/// A date in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::check) struct Dated {
    /// The date as written.
    pub(in crate::check) written: String,
    /// The day, or the first day of the month.
    pub(in crate::check) first: NaiveDate,
    /// The day, or the last day of the month; none when it begins a range (2014年5月至7月), whose end is not read.
    pub(in crate::check) last: Option<NaiveDate>,
}

/// The dates in a text, in order.
pub(in crate::check) fn dates(text: &str) -> Vec<Dated> {
    let folded = fold(text);
    let mut dates = Vec::new();
    let mut at = 0;
    while let Some(start) = folded[at..].find(|c: char| c.is_ascii_digit()).map(|found| at + found) {
        let run = digits(&folded[start..]);
        at = start + run.len();
        if let Some((date, length)) = full(&folded[start..], run) {
            at = start + length;
            dates.push(date);
        }
    }
    dates
}

/// The digits at the beginning of a text.
fn digits(text: &str) -> &str {
    &text[..text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len())]
}

/// The date at the beginning of a text and its length; `run` are its first digits.
fn full(text: &str, run: &str) -> Option<(Dated, usize)> {
    let (year, month, day, length, joined) = match run.len() {
        8 => (&run[..4], &run[4..6], Some(&run[6..]), 8, true),
        4 => {
            let rest = &text[4..];
            let mark = rest.chars().next().filter(|mark| "-._/年".contains(*mark))?;
            let month = digits(&rest[mark.len_utf8()..]);
            let mut length = 4 + mark.len_utf8() + month.len();
            let after = &text[length..];
            let next = after.chars().next().filter(|next| if mark == '年' { *next == '月' } else { *next == mark });
            let day = next.map_or("", |next| digits(&after[next.len_utf8()..]));
            // 2013.5 may be anything, so a day is required except after 年
            if day.is_empty() && mark != '年' {
                return None;
            }
            length += next?.len_utf8() + day.len();
            if mark == '年' && !day.is_empty() && text[length..].starts_with(['日', '号']) {
                length += '日'.len_utf8();
            }
            (&run[..4], month, (!day.is_empty()).then_some(day), length, false)
        }
        _ => return None,
    };
    let year = year.parse().ok().filter(|year| (1990..2100).contains(year))?;
    let month = month.parse().ok()?;
    let first = NaiveDate::from_ymd_opt(year, month, day.map_or(Some(1), |day| day.parse().ok())?)?;
    let last = match day {
        Some(_) => first,
        None => first.checked_add_months(Months::new(1))?.pred_opt()?,
    };
    let rest = &text[length..];
    let goes_on = rest.starts_with(['至', '到', '~', '—', '–'])
        || !joined && { rest.strip_prefix('-').is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit())) };
    Some((Dated { written: text[..length].to_owned(), first, last: (!goes_on).then_some(last) }, length))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_read_out_of_names_and_sentences() {
        let told = |text: &str| -> Vec<String> {
            let end = |date: &Dated| date.last.map_or("…".to_owned(), |last| last.to_string());
            dates(text).iter().map(|date| format!("{} {} {}", date.written, date.first, end(date))).collect()
        };
        for (text, expected) in [
            ("2013-05-02照片.jpg", "2013-05-02 2013-05-02 2013-05-02"),
            ("IMG_20130502_1.jpg", "20130502 2013-05-02 2013-05-02"),
            ("20130502-1.jpg", "20130502 2013-05-02 2013-05-02"),
            ("照片（２０１３年５月２日）", "2013年5月2日 2013-05-02 2013-05-02"),
            ("2013.5.2现场.png", "2013.5.2 2013-05-02 2013-05-02"),
            ("2013年2月照片", "2013年2月 2013-02-01 2013-02-28"),
            ("2014年5月至7月记录", "2014年5月 2014-05-01 …"),
            ("2014年5月2日-5日照片", "2014年5月2日 2014-05-02 …"),
        ] {
            assert_eq!(told(text), [expected], "{text}");
        }
        for text in
            ["", "照片5张", "云创办〔2012〕3号", "20131399.jpg", "13800138000", "2013.5", "8230001", "5月2日", "2013年"]
        {
            assert_eq!(told(text), [""; 0], "{text}");
        }
        assert_eq!(told("2013-05-02.jpg、2014-05-02.jpg").len(), 2);
    }
}
