//! Number formats: whether they show a number, a percentage, a date or time, or a duration.

use super::grid::{Dayless, Raw, Sheet};
use super::serial;
use super::sink::Sink;

/// What a number format shows a number as.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Shown {
    /// A number.
    #[default]
    Plain,
    /// A number padded with zeros to so many digits (`000000`): a code or account number, not an amount.
    Padded(usize),
    /// A percentage.
    Percent,
    /// A date, a time, or both.
    Moment,
    /// A month or a year.
    Dayless(Dayless),
    /// Elapsed hours, minutes or seconds: `[h]:mm`.
    Duration,
}

/// The most cells of a sheet of which it is kept that their dates show no day.
const MAX_DAYLESS: usize = 100_000;

/// A built-in format by its number; 27–36 and 50–58 are the date formats of Chinese editions. None for numbers that
/// files define themselves.
pub(super) fn builtin(id: u32) -> Option<Shown> {
    match id {
        9 | 10 => Some(Shown::Percent),
        17 | 27 | 36 | 50 | 52 | 57 => Some(Shown::Dayless(Dayless::Month)),
        14..=22 | 27..=36 | 45 | 47 | 50..=58 => Some(Shown::Moment),
        46 => Some(Shown::Duration),
        0..164 => Some(Shown::Plain),
        _ => None,
    }
}

/// A format by its code; only the first section counts.
pub(super) fn by_code(code: &str) -> Shown {
    if let Some(width) = zeros(code.split(';').next().unwrap_or_default()) {
        return Shown::Padded(width);
    }
    let mut chars = code.chars().peekable();
    let mut percent = false;
    let mut digits = false;
    // the letters for parts of a moment
    let mut letters = String::new();
    while let Some(c) = chars.next() {
        match c {
            '"' => while chars.next().is_some_and(|c| c != '"') {},
            '\\' | '_' | '*' => drop(chars.next()),
            '[' => {
                let inside: String = chars.by_ref().take_while(|&c| c != ']').collect();
                let inside = inside.to_ascii_lowercase();
                if letters.is_empty()
                    && !inside.is_empty()
                    && ["h", "m", "s"].iter().any(|unit| inside.replace(unit, "").is_empty())
                {
                    return Shown::Duration;
                }
            }
            ';' => break,
            '%' => percent = true,
            '0' | '#' | '?' => digits = true,
            'G' | 'g'
                if letters.is_empty() && chars.clone().take(6).collect::<String>().eq_ignore_ascii_case("eneral") =>
            {
                return Shown::Plain;
            }
            'E' | 'e' if digits && matches!(chars.peek(), Some('+' | '-')) => drop(chars.next()),
            'y' | 'Y' | 'm' | 'M' | 'd' | 'D' | 'h' | 'H' | 's' | 'S' => letters.push(c.to_ascii_lowercase()),
            // year of an era (e), weekdays (aaa), Chinese AM/PM (上午/下午)
            'e' | 'a' if !digits => letters.push(c),
            _ => {}
        }
    }
    match (letters.as_str(), percent) {
        ("", true) => Shown::Percent,
        ("", false) => Shown::Plain,
        (letters, _) => of_letters(letters),
    }
}

/// What the letters for parts of a moment show together.
fn of_letters(letters: &str) -> Shown {
    if letters.contains(['d', 'a', 'h', 's']) {
        Shown::Moment
    } else if letters.contains('m') {
        Shown::Dayless(Dayless::Month)
    } else {
        Shown::Dayless(Dayless::Year)
    }
}

/// How many zeros a section shows that shows nothing else; blanks the width of a character and colours aside.
fn zeros(section: &str) -> Option<usize> {
    let (mut width, mut rest) = (0, section);
    while let Some(c) = rest.chars().next() {
        rest = &rest[c.len_utf8()..];
        match c {
            '0' => width += 1,
            '_' | '*' => rest = rest.get(rest.chars().next()?.len_utf8()..)?,
            '[' => {
                let (inside, behind) = rest.split_once(']')?;
                rest = inside
                    .bytes()
                    .all(|byte| byte.is_ascii_alphabetic() && !b"hms".contains(&byte))
                    .then_some(behind)?;
            }
            _ => return None,
        }
    }
    (2..=18).contains(&width).then_some(width)
}

impl Shown {
    /// The cell value of a stored number with this format. A serial number that is no date stays a number.
    pub(super) fn cell(self, value: f64, since_1904: bool, sink: &mut Sink) -> Raw {
        let plain = match self {
            // Below 1 it is a time of day without a date.
            Shown::Moment | Shown::Dayless(_) if (0.0..1.0).contains(&value) => {
                serial::duration(value).map(Raw::Duration)
            }
            Shown::Moment | Shown::Dayless(_) => serial::moment(value, since_1904).map(Raw::Date),
            Shown::Duration => serial::duration(value).map(Raw::Duration),
            Shown::Padded(width) => padded(value, width).map(|digits| sink.text(&digits)),
            Shown::Plain | Shown::Percent => None,
        };
        plain.unwrap_or_else(|| sink.number(value, self == Shown::Percent))
    }

    /// Keeps in its sheet that the date of a cell is shown without its day.
    pub(super) fn keep(self, raw: Raw, (row, col): (u32, u32), sheet: &mut Sheet) {
        if let (Shown::Dayless(shows), Raw::Date(_)) = (self, raw)
            && sheet.dayless.len() < MAX_DAYLESS
        {
            sheet.dayless.push((row, col, shows));
        }
    }
}

/// A whole number padded with zeros; none where the format adds none.
fn padded(value: f64, width: usize) -> Option<String> {
    let digits = (value.fract() == 0.0 && (0.0..1e15).contains(&value)).then(|| format!("{value:.0}"))?;
    (digits.len() < width).then(|| format!("{digits:0>width$}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_show_what_they_show() {
        for code in [
            "yyyy/m/d", "yyyy\"年\"m\"月\"d\"日\"", "m-d", "h:mm", "mm:ss.000", "上午/下午h\"时\"", "aaaa",
            "yyyy\"年\"m\"月\" h:mm", "d [h]:mm", "ss", "D", "H", "S",
        ] {
            assert_eq!(by_code(code), Shown::Moment, "{code}");
        }
        for code in [
            "yyyy\"年\"m\"月\"",
            "[DBNum1][$-804]yyyy\"年\"m\"月\"",
            "yyyy\\-mm",
            "mmm-yy",
            "m\"月\"",
            "[]m",
            "[Red]\\0m",
            "yyyy-mm;@",
        ] {
            assert_eq!(by_code(code), Shown::Dayless(Dayless::Month), "{code}");
        }
        for code in ["yyyy\"年\"", "[$-804]e\"年\"", "Y", "e"] {
            assert_eq!(by_code(code), Shown::Dayless(Dayless::Year), "{code}");
        }
        for code in ["0%", "0.00%", "0.0%;-0.0%", "[Red]0%", "0e+0%", "0\\d%", "?%"] {
            assert_eq!(by_code(code), Shown::Percent, "{code}");
        }
        for code in [
            "General", "G/通用格式", "0.00E+00", "#,##0\"元\"", "@", "0\"days\"", "_ * #,##0_ ;", "[Red]0", "\\d0",
            "0", "0.00", "0;yyyy", "0E-0", "0e+0", "#e", "?a", "0\"%\"", "0_%", "0*d", "general",
        ] {
            assert_eq!(by_code(code), Shown::Plain, "{code}");
        }
        for code in ["[h]:mm:ss", "[mm]:ss", "[s]", "[HH]"] {
            assert_eq!(by_code(code), Shown::Duration, "{code}");
        }
    }

    #[test]
    fn zeros_that_a_format_shows_are_part_of_a_code() {
        assert_eq!((by_code("000000"), by_code("00;-00")), (Shown::Padded(6), Shown::Padded(2)));
        assert_eq!(
            (by_code("000_ "), by_code("[Red]0000;@"), by_code("0000\\-000")),
            (Shown::Padded(3), Shown::Padded(4), Shown::Plain)
        );
        for (code, shown) in [
            ("0", Shown::Plain),
            ("00", Shown::Padded(2)),
            (&"0".repeat(18), Shown::Padded(18)),
            (&"0".repeat(19), Shown::Plain),
            ("000*x", Shown::Padded(3)),
            ("[h]00", Shown::Duration),
            ("[DBNum1]00", Shown::Plain),
            ("[Red00", Shown::Plain),
            ("000.0", Shown::Plain),
        ] {
            assert_eq!(by_code(code), shown, "{code}");
        }
        assert_eq!((padded(99_999.0, 6).as_deref(), padded(100_000.0, 6)), (Some("099999"), None));
        assert_eq!(padded(999_999_999_999_999.0, 18).as_deref(), Some("000999999999999999"));
        assert_eq!(padded(1e15, 18), None);
        assert_eq!((padded(123.0, 6).as_deref(), padded(0.0, 3).as_deref()), (Some("000123"), Some("000")));
        assert_eq!((padded(123_456.0, 6), padded(1.5, 6), padded(-1.0, 6)), (None, None, None));
    }

    #[test]
    fn chinese_builtin_formats_are_dates() {
        for id in [14, 16, 18, 22, 28, 31, 35, 45, 47, 51, 53, 56, 58] {
            assert_eq!(builtin(id), Some(Shown::Moment), "{id}");
        }
        for id in [17, 27, 36, 50, 52, 57] {
            assert_eq!(builtin(id), Some(Shown::Dayless(Dayless::Month)), "{id}");
        }
        for id in [0, 8, 11, 13, 23, 26, 37, 44, 48, 49, 59, 163] {
            assert_eq!(builtin(id), Some(Shown::Plain), "{id}");
        }
        assert_eq!((builtin(10), builtin(46)), (Some(Shown::Percent), Some(Shown::Duration)));
        assert_eq!(
            (builtin(9), builtin(0), builtin(37), builtin(164)),
            (Some(Shown::Percent), Some(Shown::Plain), Some(Shown::Plain), None)
        );
    }

    #[test]
    fn a_number_becomes_what_its_format_shows() {
        let mut sink = Sink::default();
        let mut cell = |shown: Shown, value: f64| match shown.cell(value, false, &mut sink) {
            Raw::Text(text) => sink.texts.get(text).to_owned(),
            Raw::Date(moment) => moment.to_string(),
            Raw::Duration(time) => format!("{} min", time.num_minutes()),
            Raw::Number { value, percent } => format!("{value}{}", if percent { "%" } else { "" }),
            other => format!("{other:?}"),
        };
        for (shown, value, seen) in [
            (Shown::Moment, 41_866.0, "2014-08-15 00:00:00"),
            (Shown::Moment, 1.0, "1900-01-01 00:00:00"),
            (Shown::Moment, 0.5, "720 min"),
            (Shown::Moment, 0.0, "0 min"),
            (Shown::Moment, -0.5, "-0.5"),
            (Shown::Duration, 1.5, "2160 min"),
            (Shown::Duration, -1.5, "-2160 min"),
            (Shown::Duration, 1e7, "10000000"),
            (Shown::Padded(4), 12.0, "0012"),
            (Shown::Padded(2), 12.0, "12"),
            (Shown::Percent, 0.85, "0.85%"),
            (Shown::Plain, 0.85, "0.85"),
        ] {
            assert_eq!(cell(shown, value), seen, "{shown:?} {value}");
        }
    }
}
