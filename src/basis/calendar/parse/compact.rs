//! Days in a column of days that only their window tells from other numbers, or the day from the month: 0815, 140815,
//! 15/8/2014.

use chrono::{Datelike, NaiveDate};

use crate::basis::calendar::Window;
use crate::basis::text::fold;

/// The day that a text without marks (0815, 140815; without its zero 815) or with the year last (15/8/2014) names. None
/// unless exactly one way to read it gives a day of the window; with the year last, exactly one way that gives a day at
/// all will do.
pub fn compact(text: &str, window: &Window) -> Option<NaiveDate> {
    let folded = fold(text);
    let year_last = folded.contains(['/', '-', '.']);
    let readings = if year_last { with_year_last(&folded) } else { without_marks(&folded, window) };
    let one = |days: &[NaiveDate]| if let [day] = days { Some(*day) } else { None };
    let inside: Vec<NaiveDate> = readings.iter().copied().filter(|day| window.contains(*day)).collect();
    one(&inside).or_else(|| one(&readings).filter(|_| year_last))
}

/// The days that a number may mean, its year being one of the window.
fn without_marks(text: &str, window: &Window) -> Vec<NaiveDate> {
    let Some(number) = text.parse::<u32>().ok().filter(|_| text.bytes().all(|b| b.is_ascii_digit())) else {
        return Vec::new();
    };
    let (month, day) = (number / 100 % 100, number % 100);
    let years = window.start.year()..=window.end.year();
    let fits = |year: &i32| match text.len() {
        3 | 4 => true,
        6 => u32::try_from(year % 100) == Ok(number / 10_000),
        _ => false,
    };
    years.filter(fits).filter_map(|year| NaiveDate::from_ymd_opt(year, month, day)).collect()
}

/// The days that three numbers may mean of which the last is the year, the day or the month being first.
fn with_year_last(text: &str) -> Vec<NaiveDate> {
    let parts: Vec<&str> = text.split(['/', '-', '.']).collect();
    let [first, second, year] = parts[..] else { return Vec::new() };
    let short = |part: &str| (1..=2).contains(&part.len()).then(|| part.parse::<u32>().ok()).flatten();
    let (Some(a), Some(b), Ok(year), 4) = (short(first), short(second), year.parse::<i32>(), year.len()) else {
        return Vec::new();
    };
    let mut days: Vec<NaiveDate> =
        [(a, b), (b, a)].into_iter().filter_map(|(day, month)| NaiveDate::from_ymd_opt(year, month, day)).collect();
    days.dedup();
    days
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::basis::calendar::Cycle;

    #[test]
    fn a_day_is_read_where_the_window_leaves_one_reading() {
        for (text, window, day) in [
            ("0815", "2014-08", "2014-08-15"),
            ("815", "2014-08", "2014-08-15"),
            ("140815", "2014-08", "2014-08-15"),
            ("15/8/2014", "2014-08", "2014-08-15"),
            ("8/15/2014", "2014-08", "2014-08-15"),
            ("5/8/2014", "2014-08", "2014-08-05"),
            ("8-5-2014", "2014-08", "2014-08-05"),
            ("15/7/2014", "2014-08", "2014-07-15"),
            ("8/8/2014", "2014-09", "2014-08-08"),
            ("1231", "2014-W01", "2013-12-31"),
            ("0715", "2014-08", ""),
            ("0832", "2014-08", ""),
            ("15", "2014-08", ""),
            ("130815", "2014-08", ""),
            ("6/7/2014", "2014-08", ""),
            ("32/8/2014", "2014-08", ""),
            ("15/8/14", "2014-08", ""),
            ("+815", "2014-08", ""),
            ("处0815", "2014-08", ""),
            ("", "2014-08", ""),
        ] {
            let window = Window::parse(window, Cycle::Month).expect(window);
            let found = compact(text, &window).map_or(String::new(), |day| day.to_string());
            assert_eq!(found, day, "{text}");
        }
    }
}
