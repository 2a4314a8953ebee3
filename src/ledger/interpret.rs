//! Cell → [`Value`]: what a cell means under its field. The one place where cells are read.

use chrono::{NaiveDate, NaiveTime};

use super::amount::{Amount, amount};
use super::status::{of_share, status};
use super::value::Value;
use crate::basis::calendar::written;
use crate::division::FieldType;
use crate::read::Raw;

/// The meaning of a cell that shows `text`.
///
/// `kind` is the field's type (none for a column that no field knows), `unit` the unit in the heading's brackets; a day
/// without year is the one nearest to `near`.
pub(super) fn interpret(raw: Raw, text: &str, kind: Option<FieldType>, unit: Option<&str>, near: NaiveDate) -> Value {
    match raw {
        Raw::Empty => Value::Blank,
        Raw::Fault(_) => Value::Fault,
        Raw::Uncalculated => Value::Uncalculated,
        Raw::DigitsLost(_) => Value::DigitsLost,
        Raw::Number { value, percent } => number(value, percent, text, kind, unit, near),
        Raw::Date(moment) => match kind {
            Some(FieldType::Integer | FieldType::Decimal | FieldType::Percent | FieldType::Status) => Value::Unfit,
            _ if moment.time() == NaiveTime::MIN => Value::Day(moment.date()),
            _ => Value::Moment(moment),
        },
        Raw::Duration(length) => match kind {
            Some(FieldType::Integer | FieldType::Decimal) => Value::Number(length.num_seconds() as f64 / 3600.0),
            Some(FieldType::Date | FieldType::Percent | FieldType::Status) => Value::Unfit,
            _ => Value::Text,
        },
        Raw::Truth(truth) => match kind {
            Some(FieldType::Status) => Value::Status(of_share(if truth { 1.0 } else { 0.5 })),
            Some(FieldType::Integer | FieldType::Decimal | FieldType::Percent | FieldType::Date) => Value::Unfit,
            _ => Value::Text,
        },
        Raw::Text(_) if text.is_empty() => Value::Blank,
        Raw::Text(_) => words(text, kind, unit, near),
    }
}

fn number(
    value: f64,
    percent: bool,
    text: &str,
    kind: Option<FieldType>,
    unit: Option<&str>,
    near: NaiveDate,
) -> Value {
    match kind {
        Some(FieldType::Status) if (0.0..=1.0).contains(&value) => Value::Status(of_share(value)),
        Some(FieldType::Status) if (value - 100.0).abs() < 1e-9 => Value::Status(of_share(1.0)),
        Some(FieldType::Status) => Value::Unfit,
        // 20140815, and 8.15 for 15 August.
        Some(FieldType::Date) => written::day(text, near).filter(|_| !percent).map_or(Value::Unfit, Value::Day),
        Some(FieldType::Percent) => Value::Rate(rate(value, percent, unit)),
        _ if percent => Value::Rate(value),
        _ => Value::Number(value),
    }
}

/// 0.85, 85 and 85% under a percentage are the same; with % in the heading a bare number above 1 is in hundredths.
fn rate(value: f64, percent: bool, unit: Option<&str>) -> f64 {
    let hundredths = !percent && (value > 2.0 || value > 1.0 && unit == Some("%"));
    if hundredths { value / 100.0 } else { value }
}

fn words(text: &str, kind: Option<FieldType>, unit: Option<&str>, near: NaiveDate) -> Value {
    match kind {
        None
        | Some(FieldType::Text | FieldType::Units | FieldType::People | FieldType::Choice | FieldType::Evidence) => {
            Value::Text
        }
        Some(FieldType::Date | FieldType::Integer | FieldType::Decimal | FieldType::Percent) if says_none(text) => {
            Value::Blank
        }
        Some(FieldType::Status) => status(text).map_or(Value::Unfit, Value::Status),
        Some(FieldType::Time) => moment(text, near).unwrap_or(Value::Text),
        Some(FieldType::Date) => moment(text, near).unwrap_or(Value::Unfit),
        Some(FieldType::Percent) => match amount(text, None) {
            Some(Amount::Rate(share)) => Value::Rate(share),
            Some(Amount::Plain(n)) => Value::Rate(rate(n, false, unit)),
            _ => Value::Unfit,
        },
        Some(FieldType::Integer | FieldType::Decimal) => match amount(text, unit) {
            Some(Amount::Plain(n)) => Value::NumberAsText(n),
            Some(Amount::Measured(n)) => Value::Number(n),
            Some(Amount::Rate(share)) => Value::Rate(share),
            None => Value::Unfit,
        },
    }
}

fn moment(text: &str, near: NaiveDate) -> Option<Value> {
    let (day, clock) = written::moment(text, near)?;
    Some(clock.map_or(Value::Day(day), |clock| Value::Moment(day.and_time(clock))))
}

/// Whether a text says that there is no date or number: 无, /, —.
fn says_none(text: &str) -> bool {
    text == "无" || text == "暂无" || text.chars().all(|c| "/／\\-－—–―_".contains(c))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::basis::pool::Texts;
    use crate::ledger::Status;
    use crate::table::fixture;

    fn near() -> NaiveDate {
        NaiveDate::from_ymd_opt(2014, 8, 31).expect("a day")
    }

    fn read(cell: &str, kind: FieldType, unit: Option<&str>) -> Value {
        let mut texts = Texts::default();
        let raw = fixture::raw(cell, &mut texts);
        interpret(raw, &crate::table::shown(raw, &texts), Some(kind), unit, near())
    }

    #[test]
    fn dates_in_all_written_forms() {
        let day = Value::Day(NaiveDate::from_ymd_opt(2014, 8, 15).expect("a day"));
        for cell in
            ["@2014-08-15", "2014.8.15", "2014年8月15日", "8月15日", "20140815", "'20140815", "二〇一四年八月十五日"]
        {
            assert_eq!(read(cell, FieldType::Date, None), day, "{cell}");
        }
        for cell in ["近期", "2014年8月", "41866", "85%"] {
            assert_eq!(read(cell, FieldType::Date, None), Value::Unfit, "{cell}");
        }
        assert_eq!(read("/", FieldType::Date, None), Value::Blank);
    }

    #[test]
    fn numbers_and_what_is_none() {
        for (cell, kind, value) in [
            ("12", FieldType::Integer, Value::Number(12.0)),
            ("'12", FieldType::Integer, Value::NumberAsText(12.0)),
            ("约50人", FieldType::Integer, Value::Number(50.0)),
            ("若干", FieldType::Integer, Value::Unfit),
            ("—", FieldType::Decimal, Value::Blank),
            ("0.85", FieldType::Percent, Value::Rate(0.85)),
            ("85", FieldType::Percent, Value::Rate(0.85)),
            ("85%", FieldType::Percent, Value::Rate(0.85)),
            ("'85％", FieldType::Percent, Value::Rate(0.85)),
            ("@2014-08-15", FieldType::Integer, Value::Unfit),
            ("#N/A", FieldType::Integer, Value::Fault),
            ("=", FieldType::Integer, Value::Uncalculated),
            ("100%", FieldType::Status, Value::Status(Status::Done)),
            ("0.6", FieldType::Status, Value::Status(Status::InProgress)),
            ("已开会", FieldType::Status, Value::Unfit),
            ("无", FieldType::Text, Value::Text),
        ] {
            assert_eq!(read(cell, kind, None), value, "{cell}");
        }
    }
}
