//! Compares the values of the two readers for one cell, and recognises known errors of the library.

use calamine::Data;
use chrono::{NaiveDate, NaiveDateTime, TimeDelta};
use serde::{Deserialize, Serialize};

use crate::basis::pool::Texts;
use crate::basis::text::fold;
use crate::read::{Format, Raw, Workbook, iso};

/// A known error of the library.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Excuse {
    /// The index of a shared text is surrounded by blanks (`<v>2 </v>`): it takes the first text of the workbook.
    PaddedIndex,
    /// Error values of formulas in xlsb: it returns an empty cell.
    ErrorInXlsb,
    /// Two sheets of the same name: it returns the cells of the first for both.
    SheetNameRepeated,
    /// CDATA or a comment in a value: it returns nothing, or only the text before it.
    PiecedValue,
    /// A picture placed in a cell: it returns the formula or error value behind it.
    PictureInCell,
    /// A date format that it does not know, or a number format that it takes for one; the number is the same.
    FormatUnknown,
    /// `INF` or `NAN` in a numeric cell: it returns a number.
    NoNumber,
    /// Characters escaped as `_x000D_`: it does not unescape them.
    EscapedCharacter,
}

/// The result of comparing two values of one cell.
pub(super) enum Verdict {
    Same,
    Excused(Excuse),
    Differs { ours: String, theirs: String },
}

/// Compares the two values of a cell. Whether a picture is in the cell, and whether the file has values in pieces, is
/// looked up only when it matters.
pub(super) fn verdict(
    first: &Workbook,
    ours: Raw,
    theirs: &Data,
    has_picture: impl Fn() -> bool,
    is_pieced: impl Fn() -> bool,
) -> Verdict {
    let texts = &first.texts;
    if is_same(texts, ours, theirs) {
        return Verdict::Same;
    }
    let text = |raw| match raw {
        Raw::Text(text) | Raw::Fault(text) | Raw::DigitsLost(text) => Some(texts.get(text)),
        _ => None,
    };
    let nothing = matches!(theirs, Data::Empty) || matches!(theirs, Data::String(text) if text.trim().is_empty());
    let excuse = match (first.format, ours, theirs) {
        (Format::Xlsx, Raw::Text(_), Data::String(seen)) if Some(seen.as_str()) == texts.iter().next() => {
            Some(Excuse::PaddedIndex)
        }
        (Format::Xlsb, Raw::Fault(_), _) if nothing => Some(Excuse::ErrorInXlsb),
        (_, Raw::Empty, _) if has_picture() => Some(Excuse::PictureInCell),
        (Format::Xlsx, _, _) if nothing && is_pieced() => Some(Excuse::PiecedValue),
        (_, Raw::Text(_), Data::Float(number)) if !number.is_finite() => Some(Excuse::NoNumber),
        (_, Raw::Fault(_), Data::Float(number)) if !number.is_finite() => Some(Excuse::NoNumber),
        (_, _, Data::String(seen)) if seen.contains("_x") && text(ours).is_some() => Some(Excuse::EscapedCharacter),
        _ if serial(ours).zip(number(theirs)).is_some_and(|(ours, theirs)| is_serial(ours, theirs)) => {
            Some(Excuse::FormatUnknown)
        }
        _ => None,
    };
    excuse.map_or_else(|| Verdict::Differs { ours: shown(texts, ours), theirs: shown_theirs(theirs) }, Verdict::Excused)
}

fn is_same(texts: &Texts, ours: Raw, theirs: &Data) -> bool {
    match (ours, theirs) {
        (Raw::Empty | Raw::Uncalculated, Data::Empty) => true,
        // White space counts as blank.
        (Raw::Empty | Raw::Uncalculated, Data::String(text)) => text.trim().is_empty(),
        (Raw::Text(text), Data::Empty) => texts.is_blank(text),
        (Raw::Text(text) | Raw::DigitsLost(text), Data::String(seen))
        | (Raw::Text(text), Data::DateTimeIso(seen) | Data::DurationIso(seen)) => alike(texts.get(text), seen),
        // We read the leading zeros that a number format displays.
        (Raw::Text(text) | Raw::DigitsLost(text), Data::Float(_) | Data::Int(_)) => {
            texts.get(text).trim().parse::<f64>().ok().zip(number(theirs)).is_some_and(|(a, b)| near(a, b))
        }
        (Raw::Number { value, .. }, Data::Float(_) | Data::Int(_)) => {
            number(theirs).is_some_and(|seen| near(value, seen))
        }
        (Raw::Number { value, .. }, Data::String(seen)) => seen.trim().parse().is_ok_and(|seen: f64| near(value, seen)),
        (Raw::Date(moment), Data::DateTime(seen)) => {
            let (year, month, day, hour, minute, second, milli) = seen.to_ymd_hms_milli();
            let date = NaiveDate::from_ymd_opt(i32::from(year), month.into(), day.into());
            let seen =
                date.and_then(|date| date.and_hms_milli_opt(hour.into(), minute.into(), second.into(), milli.into()));
            seen.is_some_and(|seen| at_once(moment, seen))
        }
        (Raw::Date(moment), Data::DateTimeIso(seen)) => iso::moment(seen).is_some_and(|seen| at_once(moment, seen)),
        (Raw::Duration(span), Data::DateTime(seen)) => {
            (span.num_milliseconds() as f64 / 86_400_000.0 - seen.as_f64()).abs() < 1.0 / 86_400.0
        }
        (Raw::Duration(span), Data::DurationIso(seen) | Data::DateTimeIso(seen)) => {
            let seen = iso::duration(seen).or_else(|| Some(iso::moment(seen)?.time() - chrono::NaiveTime::MIN));
            seen.is_some_and(|seen| (span - seen).abs() <= TimeDelta::seconds(1))
        }
        (Raw::Truth(ours), Data::Bool(seen)) => ours == *seen,
        (Raw::Fault(text), Data::Error(seen)) => texts.get(text).eq_ignore_ascii_case(&seen.to_string()),
        _ => false,
    }
}

/// Whether two texts are equal apart from width, white space and line ends.
fn alike(ours: &str, theirs: &str) -> bool {
    let plain =
        |text: &str| -> String { fold(text).chars().filter(|c| !c.is_whitespace() && !c.is_control()).collect() };
    ours == theirs || plain(ours) == plain(theirs)
}

fn near(a: f64, b: f64) -> bool {
    (a - b).abs() <= a.abs().max(b.abs()) * 1e-12
}

fn at_once(a: NaiveDateTime, b: NaiveDateTime) -> bool {
    (a - b).abs() <= TimeDelta::seconds(1)
}

fn number(data: &Data) -> Option<f64> {
    match data {
        Data::Int(number) => Some(*number as f64),
        Data::Float(number) => Some(*number),
        Data::DateTime(moment) => Some(moment.as_f64()),
        _ => None,
    }
}

/// The number behind one of our values, if it has one. Days are counted from 1900.
fn serial(raw: Raw) -> Option<f64> {
    match raw {
        Raw::Number { value, .. } => Some(value),
        Raw::Duration(span) => Some(span.num_milliseconds() as f64 / 86_400_000.0),
        Raw::Date(moment) => {
            let begin = NaiveDate::from_ymd_opt(1899, 12, 30)?.and_hms_opt(0, 0, 0)?;
            Some((moment - begin).num_milliseconds() as f64 / 86_400_000.0)
        }
        _ => None,
    }
}

/// Whether two numbers are the same day, counted from 1900 or from 1904.
fn is_serial(a: f64, b: f64) -> bool {
    const FROM_1904: f64 = 1462.0;
    [0.0, FROM_1904, 1.0].iter().any(|shift| (a - b - shift).abs() < 1.0 / 86_400.0)
}

fn shown(texts: &Texts, raw: Raw) -> String {
    match raw {
        Raw::Empty | Raw::Uncalculated => String::new(),
        Raw::Text(text) | Raw::Fault(text) | Raw::DigitsLost(text) => texts.get(text).to_owned(),
        Raw::Number { value, .. } => value.to_string(),
        Raw::Date(moment) => moment.format("%Y-%m-%d %H:%M").to_string().trim_end_matches(" 00:00").to_owned(),
        Raw::Duration(span) => clock(span.num_minutes()),
        Raw::Truth(truth) => truth.to_string().to_uppercase(),
    }
}

fn shown_theirs(data: &Data) -> String {
    match data {
        Data::DateTime(moment) if moment.is_duration() || moment.as_f64() < 1.0 => {
            clock((moment.as_f64() * 1440.0).round() as i64)
        }
        Data::DateTime(moment) => {
            let (year, month, day, hour, minute, ..) = moment.to_ymd_hms_milli();
            let shown = format!("{year:04}-{month:02}-{day:02} {hour:02}:{minute:02}");
            shown.trim_end_matches(" 00:00").to_owned()
        }
        Data::Empty => String::new(),
        other => other.to_string(),
    }
}

fn clock(minutes: i64) -> String {
    format!("{}:{:02}", minutes / 60, (minutes % 60).abs())
}

#[cfg(test)]
mod tests;
