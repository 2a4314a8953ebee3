//! Cell → [`Value`]: the value of a cell by the type of its field. Cells are interpreted nowhere else.

use chrono::{NaiveDateTime, NaiveTime};

use super::amount::{Amount, amount};
use super::status::{self, Legend, Reading, of_share};
use super::value::Value;
use crate::basis::calendar::parse::serial;
use crate::basis::calendar::{Occasion, Window, compact, occasions};
use crate::division::FieldType;
use crate::read::Raw;

/// What determines how a cell is interpreted.
#[derive(Clone, Copy, Debug)]
pub(super) struct Under<'a> {
    /// The type of the field; none for an unknown column.
    pub(super) kind: Option<FieldType>,
    /// The unit in the heading's brackets: 万元.
    pub(super) unit: Option<&'a str>,
    /// The window of the ledger; dates without month or year are taken near it.
    pub(super) window: &'a Window,
    /// The legend of the sheet, if it has one.
    pub(super) legend: Option<&'a Legend>,
}

/// Interprets a cell with the displayed text `text`.
pub(super) fn interpret(raw: Raw, text: &str, under: Under<'_>) -> Value {
    let kind = under.kind;
    match raw {
        Raw::Empty => Value::Blank,
        Raw::Fault(_) => Value::Fault,
        Raw::Uncalculated => Value::Uncalculated,
        Raw::DigitsLost(_) => Value::DigitsLost,
        Raw::Number { value, percent } => number(value, percent, text, under),
        Raw::Date(moment) => match kind {
            Some(FieldType::Integer | FieldType::Decimal | FieldType::Percent | FieldType::Status) => Value::Unfit,
            _ => of_moment(moment),
        },
        Raw::Duration(length) => match kind {
            Some(FieldType::Integer | FieldType::Decimal) => {
                counted(length.num_seconds() as f64 / 3600.0, kind, Value::Number)
            }
            Some(FieldType::Date | FieldType::Percent | FieldType::Status) => Value::Unfit,
            _ => Value::Text,
        },
        Raw::Truth(truth) => match kind {
            Some(FieldType::Status) => Value::Status(of_share(if truth { 1.0 } else { 0.5 })),
            Some(FieldType::Integer | FieldType::Decimal | FieldType::Percent | FieldType::Date) => Value::Unfit,
            _ => Value::Text,
        },
        Raw::Text(_) if text.is_empty() => Value::Blank,
        Raw::Text(_) => words(text, under),
    }
}

fn number(value: f64, percent: bool, text: &str, under: Under<'_>) -> Value {
    match under.kind {
        Some(FieldType::Status) if (0.0..=1.0).contains(&value) => Value::Status(of_share(value)),
        Some(FieldType::Status) if (value - 100.0).abs() < 1e-9 => Value::Status(of_share(1.0)),
        // 工作进度（%） | 50
        Some(FieldType::Status) if under.unit == Some("%") && (0.0..100.0).contains(&value) => {
            Value::Status(of_share(value / 100.0))
        }
        Some(FieldType::Status) => Value::Unfit,
        Some(FieldType::Date | FieldType::Integer) if percent => Value::Unfit,
        // 20140815, 8.15 for 15 August, and 41866 without its date format
        Some(FieldType::Date) => {
            let day = || days(text, under.window).or_else(|| unformatted(value, under.window));
            day().or_else(|| compact(text, under.window).map(Value::Day)).unwrap_or(Value::Unfit)
        }
        Some(FieldType::Percent) => Value::Rate(rate(value, percent, under.unit)),
        Some(FieldType::Integer) => counted(value, under.kind, Value::Number),
        _ if percent => Value::Rate(value),
        _ => Value::Number(value),
    }
}

/// A number of a given type; a fraction does not fit an integer.
fn counted(number: f64, kind: Option<FieldType>, value: fn(f64) -> Value) -> Value {
    // 1.1 × 10,000 is not exactly 11,000
    let whole = (number - number.round()).abs() <= 1e-9 * number.abs().max(1.0);
    match kind {
        Some(FieldType::Integer) if !whole => Value::Unfit,
        Some(FieldType::Integer) => value(number.round()),
        _ => value(number),
    }
}

/// A percentage as a rate: 0.85, 85 and 85% are the same, unless the heading has %: then every bare number is in hundredths.
fn rate(value: f64, percent: bool, unit: Option<&str>) -> f64 {
    let hundredths = !percent && (value > 2.0 || value > 1.0 && unit == Some("%"));
    if hundredths { value / 100.0 } else { value }
}

fn words(text: &str, under: Under<'_>) -> Value {
    let Under { kind, unit, window, legend } = under;
    match kind {
        None
        | Some(FieldType::Text | FieldType::Units | FieldType::People | FieldType::Choice | FieldType::Evidence) => {
            Value::Text
        }
        Some(FieldType::Date | FieldType::Integer | FieldType::Decimal | FieldType::Percent) if says_none(text) => {
            Value::Blank
        }
        Some(FieldType::Status) => match legend.and_then(|legend| legend.status(text)) {
            Some(status) => Value::Status(status),
            None => match status::read_by(text, window.end) {
                Reading::State(status) => Value::Status(status),
                Reading::Unanswered => Value::Blank,
                Reading::Unknown => Value::Unfit,
            },
        },
        Some(FieldType::Time) => days(text, window).unwrap_or(Value::Text),
        Some(FieldType::Date) => {
            let day = of_words(text, window).or_else(|| days(done_on(text)?, window));
            day.or_else(|| compact(text, window).map(Value::Day)).unwrap_or(Value::Unfit)
        }
        Some(FieldType::Percent) => match amount(text, None) {
            Some(Amount::Rate(share)) => Value::Rate(share),
            Some(Amount::Plain(n)) => Value::Rate(rate(n, false, unit)),
            _ => Value::Unfit,
        },
        Some(FieldType::Integer | FieldType::Decimal) => match amount(text, unit) {
            Some(Amount::Plain(n)) => counted(n, kind, Value::NumberAsText),
            Some(Amount::Measured(n)) => counted(n, kind, Value::Number),
            Some(Amount::Rate(share)) if kind == Some(FieldType::Decimal) => Value::Rate(share),
            Some(Amount::Rate(_)) | None => Value::Unfit,
        },
    }
}

/// Reads the dates in a text.
pub(super) fn days(text: &str, window: &Window) -> Option<Value> {
    let all = occasions(text, window)?;
    if let [Occasion { first, last, clock, exact: true }] = all.as_slice()
        && first == last
    {
        return Some(clock.map_or(Value::Day(*first), |clock| Value::Moment(first.and_time(clock))));
    }
    let (first, last) = (all.iter().map(|one| one.first).min()?, all.iter().map(|one| one.last).max()?);
    Some(Value::Days { first, last })
}

/// Reads the dates in a text, or the serial number of one. What only a column of dates makes a day (0815) is none.
pub(super) fn of_words(text: &str, window: &Window) -> Option<Value> {
    days(text, window).or_else(|| unformatted(text.parse().ok()?, window))
}

/// What follows the words that something is done: 8月15日完成 in 已于8月15日完成.
fn done_on(text: &str) -> Option<&str> {
    ["已经于", "已经在", "已于", "已在", "已"].iter().find_map(|words| text.strip_prefix(words))
}

fn of_moment(moment: NaiveDateTime) -> Value {
    if moment.time() == NaiveTime::MIN { Value::Day(moment.date()) } else { Value::Moment(moment) }
}

/// A date stored as a serial number without date format, in the date system that gives a day near the window. Other
/// numbers are not dates.
fn unformatted(serial: f64, window: &Window) -> Option<Value> {
    /// Three years, because the two date systems are four years apart.
    const NEAR: i64 = 3 * 365;
    let near = |moment: &NaiveDateTime| (moment.date() - window.end).num_days().abs() <= NEAR;
    let read = [false, true].into_iter().filter_map(|since_1904| serial::moment(serial, since_1904));
    read.filter(near).map(of_moment).next()
}

/// Whether a text stands for no date or number: 无, 不涉及, /, —.
fn says_none(text: &str) -> bool {
    matches!(text, "无" | "暂无" | "不涉及" | "不适用") || text.chars().all(|c| "/／\\-－—–―_".contains(c))
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;

    use super::*;
    use crate::basis::calendar::Cycle;
    use crate::basis::pool::Texts;
    use crate::ledger::value::Status;
    use crate::table::fixture;

    fn read(cell: &str, kind: FieldType, unit: Option<&str>) -> Value {
        let mut texts = Texts::default();
        let raw = fixture::raw(cell, &mut texts);
        let window = Window::parse("2014-08", Cycle::Month).expect("a window");
        let legend = Legend::read("▲已完成，△推进中");
        let under = Under { kind: Some(kind), unit, window: &window, legend: legend.as_ref() };
        interpret(raw, &crate::table::shown(raw, &texts), under)
    }

    fn day(day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2014, 8, day).expect("a day")
    }

    #[test]
    fn dates_in_all_written_forms() {
        for cell in [
            "@2014-08-15",
            "2014.8.15",
            "2014年8月15日",
            "8月15日",
            "20140815",
            "'20140815",
            "二〇一四年八月十五日",
            "15日",
            "41866",
            "'41866",
            "40404",
            "'0815",
            "815",
            "140815",
            "15/8/2014",
            "已于8月15日完成",
        ] {
            assert_eq!(read(cell, FieldType::Date, None), Value::Day(day(15)), "{cell}");
        }
        for cell in ["近期", "2014年8月", "85%", "30000", "15", "9:30", "0715", "拟于8月15日完成", "已完成"]
        {
            assert_eq!(read(cell, FieldType::Date, None), Value::Unfit, "{cell}");
        }
        assert_eq!(read("/", FieldType::Date, None), Value::Blank);
        assert_eq!(read("9:30", FieldType::Time, None), Value::Text, "a time of day stays one");
        let at = day(15).and_hms_opt(17, 0, 0).map(Value::Moment);
        assert_eq!(Some(read("8月15日下午5点", FieldType::Date, None)), at);
    }

    #[test]
    fn several_days_are_one_value() {
        for (cell, first, last) in [
            ("8月6日、8月13日", 6, 13),
            ("8月6日-8日", 6, 8),
            ("8月上旬", 1, 10),
            ("8月底", 31, 31),
            ("每周一9:00", 4, 25),
        ] {
            let expected = Value::Days { first: day(first), last: day(last) };
            assert_eq!(read(cell, FieldType::Date, None), expected, "{cell}");
            assert_eq!(expected.day(), Some(day(last)));
        }
        assert_eq!(std::mem::size_of::<Value>(), 16, "a province has a hundred million cells");
    }

    #[test]
    fn marks_mean_what_the_legend_says() {
        assert_eq!(read("▲", FieldType::Status, None), Value::Status(Status::Done));
        assert_eq!(read("★", FieldType::Status, None), Value::Unfit);
        assert_eq!(read("□已完成 □进行中", FieldType::Status, None), Value::Blank);
    }

    #[test]
    fn numbers_and_what_is_none() {
        for (cell, kind, value) in [
            ("12", FieldType::Integer, Value::Number(12.0)),
            ("'12", FieldType::Integer, Value::NumberAsText(12.0)),
            ("约50人", FieldType::Integer, Value::Number(50.0)),
            ("若干", FieldType::Integer, Value::Unfit),
            ("12.5", FieldType::Integer, Value::Unfit),
            ("'12.5", FieldType::Integer, Value::Unfit),
            ("12.5", FieldType::Decimal, Value::Number(12.5)),
            ("1.2万", FieldType::Integer, Value::Number(12_000.0)),
            ("1.1万人", FieldType::Integer, Value::Number(11_000.0)),
            ("50%", FieldType::Integer, Value::Unfit),
            ("50%", FieldType::Decimal, Value::Rate(0.5)),
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
            ("9月底完成", FieldType::Status, Value::Status(Status::InProgress)),
            ("8月底完成", FieldType::Status, Value::Status(Status::Done)),
            ("无", FieldType::Text, Value::Text),
        ] {
            assert_eq!(read(cell, kind, None), value, "{cell}");
        }
    }

    #[test]
    fn a_rate_above_1_is_in_hundredths_where_the_heading_or_its_size_says_so() {
        for (cell, unit, share) in [
            ("0.99", None, 0.99),
            ("0.99", Some("%"), 0.99),
            ("1", Some("%"), 1.0),
            ("1.5", None, 1.5),
            ("1.5", Some("%"), 0.015),
            ("2", None, 2.0),
            ("2", Some("%"), 0.02),
            ("2.5", None, 0.025),
            ("100", Some("%"), 1.0),
            ("'1.5", Some("%"), 0.015),
            ("'1.5", None, 1.5),
            // What carries its own % is meant as it stands.
            ("150%", Some("%"), 1.5),
            ("250%", None, 2.5),
            ("'0.99%", Some("%"), 0.0099),
            ("'250%", Some("%"), 2.5),
        ] {
            let Value::Rate(read) = read(cell, FieldType::Percent, unit) else { panic!("{cell} {unit:?}") };
            assert!((read - share).abs() < 1e-9, "{cell} {unit:?}: {read}");
        }
    }

    #[test]
    fn a_state_as_a_number_is_a_share_of_the_work() {
        for (cell, value) in [
            ("0", Value::Status(of_share(0.0))),
            ("-0.1", Value::Unfit),
            ("0.99", Value::Status(Status::InProgress)),
            ("1", Value::Status(Status::Done)),
            ("1.01", Value::Unfit),
            ("99", Value::Unfit),
            ("100", Value::Status(Status::Done)),
            ("101", Value::Unfit),
        ] {
            assert_eq!(read(cell, FieldType::Status, None), value, "{cell}");
        }
        assert_eq!(read("85", FieldType::Status, Some("%")), Value::Status(Status::InProgress));
        assert_eq!(read("101", FieldType::Status, Some("%")), Value::Unfit);
    }

    #[test]
    fn a_state_under_a_heading_in_hundredths_is_one_of_them() {
        for (cell, value) in [
            ("50", Value::Status(Status::InProgress)),
            ("99.5", Value::Status(Status::InProgress)),
            ("100", Value::Status(Status::Done)),
            ("1", Value::Status(Status::Done)),
            ("101", Value::Unfit),
        ] {
            assert_eq!(read(cell, FieldType::Status, Some("%")), value, "{cell}");
        }
    }

    #[test]
    fn a_number_is_a_day_only_within_three_years_of_the_window() {
        // 41882 is 31 August 2014; 1095 days lie on either side.
        for (cell, near) in [("40787", true), ("42977", true), ("42978", false)] {
            let day = matches!(read(cell, FieldType::Date, None), Value::Day(_));
            assert_eq!(day, near, "{cell}: {:?}", read(cell, FieldType::Date, None));
        }
    }

    #[test]
    fn what_a_cell_is_in_each_kind_of_column() {
        use FieldType::{Choice, Date, Decimal, Evidence, Integer, People, Percent, Text, Time, Units};
        let window = Window::parse("2014-08", Cycle::Month).expect("a window");
        let mut texts = Texts::default();
        let blank = Raw::Text(texts.intern(""));
        let cells = [
            ("a number", Raw::Number { value: 3.0, percent: false }, "3"),
            ("a share", Raw::Number { value: 0.5, percent: true }, "50%"),
            ("a day", fixture::raw("@2014-08-15", &mut texts), "2014-08-15"),
            ("a time", Raw::Duration(chrono::TimeDelta::minutes(90)), "1:30"),
            ("a truth", Raw::Truth(true), "TRUE"),
            ("no text", blank, ""),
            ("words", Raw::Text(texts.intern("8月5日")), "8月5日"),
        ];
        let name = |value: Value| match value {
            Value::Number(n) => format!("{n}"),
            Value::Rate(n) => format!("{n}%"),
            Value::Day(_) => "day".into(),
            Value::Unfit => "-".into(),
            other => format!("{other:?}").to_lowercase(),
        };
        for (kind, expected) in [
            (None, "3 0.5% day text text blank text"),
            (Some(Text), "3 0.5% day text text blank text"),
            (Some(Units), "3 0.5% day text text blank text"),
            (Some(People), "3 0.5% day text text blank text"),
            (Some(Choice), "3 0.5% day text text blank text"),
            (Some(Evidence), "3 0.5% day text text blank text"),
            (Some(Time), "3 0.5% day text text blank day"),
            (Some(Date), "- - day - - blank day"),
            (Some(Integer), "3 - - - - blank -"),
            (Some(Decimal), "3 0.5% - 1.5 - blank -"),
            (Some(Percent), "0.03% 0.5% - - - blank -"),
            (Some(FieldType::Status), "- status(inprogress) - - status(done) blank -"),
        ] {
            let under = Under { kind, unit: None, window: &window, legend: None };
            let seen: Vec<String> = cells.iter().map(|(_, raw, text)| name(interpret(*raw, text, under))).collect();
            assert_eq!(seen.join(" "), expected, "{kind:?} {:?}", cells.map(|cell| cell.0));
        }
        let under = Under { kind: Some(FieldType::Status), unit: None, window: &window, legend: None };
        assert_eq!(interpret(Raw::Truth(false), "FALSE", under), Value::Status(of_share(0.5)));
    }

    #[test]
    fn texts_that_stand_for_nothing() {
        for (text, nothing) in [
            ("无", true),
            ("暂无", true),
            ("不涉及", true),
            ("不涉及5处", false),
            ("/", true),
            ("——", true),
            ("", true),
            ("无人", false),
            ("1/2", false),
        ] {
            assert_eq!(says_none(text), nothing, "{text}");
        }
    }
}
