//! Two readings of one cell, each pair beside its neighbour that differs.

use std::collections::BTreeMap;

use calamine::{CellErrorType, ExcelDateTime, ExcelDateTimeType};

use super::*;
use crate::read::sink::Sink;

/// Our values: the texts `1 `, `甲 乙`, `07` and a blank are those of the workbook, in this order.
const OURS: [&str; 5] = ["1 ", "甲 乙", "07", "　", "#n/a"];

/// What comes of a pair in a file of this format, with a picture in the cell or values in pieces or neither.
fn of(format: Format, ours: Raw, theirs: &Data, picture: bool, pieced: bool) -> String {
    let mut sink = Sink::default();
    for text in OURS {
        sink.text(text);
    }
    let book = sink.finish(format, Vec::new(), BTreeMap::new());
    match verdict(&book, ours, theirs, || picture, || pieced) {
        Verdict::Same => "same".into(),
        Verdict::Excused(why) => format!("{why:?}"),
        Verdict::Differs { ours, theirs } => format!("{ours}|{theirs}"),
    }
}

fn text(of: &str) -> Raw {
    let mut sink = Sink::default();
    let texts = OURS.map(|text| sink.text(text));
    texts[OURS.iter().position(|text| *text == of).expect("a text of ours")]
}

fn fault(of: &str) -> Raw {
    match text(of) {
        Raw::Text(text) => Raw::Fault(text),
        other => other,
    }
}

fn day(text: &str) -> Raw {
    Raw::Date(text.parse().expect("a moment"))
}

fn number(value: f64) -> Raw {
    Raw::Number { value, percent: false }
}

fn serial_of(value: f64, kind: ExcelDateTimeType) -> Data {
    Data::DateTime(ExcelDateTime::new(value, kind, false))
}

#[test]
fn the_same_value_in_two_ways() {
    let moment = |value: f64| serial_of(value, ExcelDateTimeType::DateTime);
    let string = |text: &str| Data::String(text.into());
    let minutes = |minutes: i64| Raw::Duration(TimeDelta::minutes(minutes));
    for (ours, theirs, expected) in [
        (Raw::Empty, Data::Empty, "same"),
        (Raw::Uncalculated, string(" "), "same"),
        (Raw::Empty, string("甲"), "|甲"),
        (text("　"), Data::Empty, "same"),
        (text("甲 乙"), Data::Empty, "甲 乙|"),
        (text("甲 乙"), string("甲乙"), "same"),
        (text("甲 乙"), string("甲丙"), "甲 乙|甲丙"),
        (text("07"), Data::Float(7.0), "same"),
        (text("07"), Data::Int(7), "same"),
        (text("07"), Data::Float(8.0), "07|8"),
        (number(7.0), Data::Int(7), "same"),
        (number(7.0), Data::Float(7.000_000_000_000_1), "same"),
        (number(7.0), Data::Float(7.001), "7|7.001"),
        (number(7.0), string(" 7 "), "same"),
        (number(7.0), string("8"), "7|8"),
        (number(7.0), Data::Empty, "7|"),
        (day("2014-08-15T09:30:00"), moment(41_866.395_833_333), "same"),
        (day("2014-08-15T00:00:00"), moment(41_865.0), "FormatUnknown"),
        (day("2014-08-15T00:00:00"), moment(41_867.0), "2014-08-15|2014-08-16"),
        (day("2014-08-15T09:30:00"), moment(41_868.5), "2014-08-15 09:30|2014-08-17 12:00"),
        (day("2014-08-15T00:00:00"), Data::DateTimeIso("2014-08-15T00:00:01".into()), "same"),
        (day("2014-08-15T00:00:00"), Data::DateTimeIso("2014-08-15T00:00:02".into()), "2014-08-15|2014-08-15T00:00:02"),
        (day("2014-08-15T00:00:00"), Data::Float(41_866.0), "FormatUnknown"),
        (day("2014-08-15T00:00:00"), Data::Float(40_404.0), "FormatUnknown"),
        (day("2014-08-15T00:00:00"), Data::Float(40_000.0), "2014-08-15|40000"),
        (minutes(90), serial_of(0.0625, ExcelDateTimeType::TimeDelta), "same"),
        (minutes(90), serial_of(3.0, ExcelDateTimeType::TimeDelta), "1:30|72:00"),
        (minutes(90), moment(0.25), "1:30|6:00"),
        (minutes(-90), Data::Bool(true), "-1:30|true"),
        (minutes(90), Data::DurationIso("PT1H30M1S".into()), "same"),
        (minutes(90), Data::DurationIso("PT1H30M2S".into()), "1:30|PT1H30M2S"),
        (minutes(90), Data::DateTimeIso("01:30:00".into()), "same"),
        (minutes(90), Data::Float(0.0625), "FormatUnknown"),
        (Raw::Truth(true), Data::Bool(true), "same"),
        (Raw::Truth(true), Data::Bool(false), "TRUE|false"),
        (fault("#n/a"), Data::Error(CellErrorType::NA), "same"),
        (fault("#n/a"), Data::Error(CellErrorType::Ref), "#n/a|#REF!"),
        (text("#n/a"), Data::Error(CellErrorType::NA), "#n/a|#N/A"),
        (number(1e12), Data::Float(1e12 + 1.0), "same"),
        (number(1e12), Data::Float(1e12 + 2.0), "1000000000000|1000000000002"),
        (day("2014-08-15T00:00:00"), moment(41_866.0 + 1.0 / 86_400.0), "same"),
        (day("2014-08-15T00:00:00"), Data::DateTimeIso("2014-08-14T23:59:59".into()), "same"),
    ] {
        assert_eq!(of(Format::Ods, ours, &theirs, false, false), expected, "{ours:?} {theirs:?}");
    }
}

#[test]
fn what_the_library_is_known_for() {
    let string = |text: &str| Data::String(text.into());
    let fault = fault("甲 乙");
    for (format, ours, theirs, picture, pieced, expected) in [
        (Format::Xlsx, text("甲 乙"), string("1 "), false, false, "PaddedIndex"),
        (Format::Ods, text("甲 乙"), string("1 "), false, false, "甲 乙|1 "),
        (Format::Xlsx, text("甲 乙"), string("07"), false, false, "甲 乙|07"),
        (Format::Xlsb, fault, Data::Empty, false, false, "ErrorInXlsb"),
        (Format::Xlsb, fault, string(" "), false, false, "ErrorInXlsb"),
        (Format::Xlsb, fault, string("甲"), false, false, "甲 乙|甲"),
        (Format::Xlsx, fault, Data::Empty, false, false, "甲 乙|"),
        (Format::Ods, Raw::Empty, string("甲"), true, false, "PictureInCell"),
        (Format::Ods, number(1.0), string("甲"), true, false, "1|甲"),
        (Format::Xlsx, number(1.0), Data::Empty, false, true, "PiecedValue"),
        (Format::Xlsx, number(1.0), string("甲"), false, true, "1|甲"),
        (Format::Xlsb, number(1.0), Data::Empty, false, true, "1|"),
        (Format::Ods, text("甲 乙"), Data::Float(f64::INFINITY), false, false, "NoNumber"),
        (Format::Ods, fault, Data::Float(f64::NAN), false, false, "NoNumber"),
        (Format::Ods, fault, Data::Float(1.0), false, false, "甲 乙|1"),
        (Format::Ods, text("甲 乙"), string("甲_x000D_乙"), false, false, "EscapedCharacter"),
        (Format::Ods, number(1.0), string("_x000D_"), false, false, "1|_x000D_"),
    ] {
        assert_eq!(of(format, ours, &theirs, picture, pieced), expected, "{format:?} {ours:?} {theirs:?}");
    }
}
