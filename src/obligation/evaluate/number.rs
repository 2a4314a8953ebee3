//! The number in a cell, in the unit that an indicator asks for: 90分钟 is 1.5 小时, 4万元 is 40,000 元.

use crate::basis::text::fold;
use crate::division::indicator::Test;
use crate::ledger::amount::{Amount, amount, is_hours};
use crate::ledger::{Entry, Value};

/// In what the numbers of cells are asked.
#[derive(Clone, Copy, Debug)]
pub(super) enum Asked<'t> {
    /// As a rate: 99 and 99% are both 0.99.
    Rate,
    /// In a unit of measure.
    Unit(&'t str),
    /// As they stand.
    Plain,
}

impl<'t> Asked<'t> {
    /// In what a comparison asks them; time without a unit is in hours.
    pub(super) fn by(test: &'t Test) -> Asked<'t> {
        match test.unit.as_deref() {
            Some("%") => Asked::Rate,
            Some(unit) => Asked::Unit(unit),
            None if is_hours(test.measure.name()) => Asked::Unit("小时"),
            None => Asked::Plain,
        }
    }
}

/// The number in a cell; none without one.
pub(super) fn number(entry: Entry<'_>, column: usize, asked: Asked<'_>) -> Option<f64> {
    let (cell, unit) = (entry.record.cells[column], entry.ledger.columns[column].unit.as_deref());
    let text = entry.text_of(cell);
    let (number, is_rate) = match cell.value {
        Value::Number(number) | Value::NumberAsText(number) => (number, false),
        Value::Rate(number) => (number, true),
        Value::Text => match amount(text, unit)? {
            Amount::Rate(number) => (number, true),
            other => (other.number(), false),
        },
        _ => return None,
    };
    Some(match asked {
        Asked::Rate if !is_rate && (number > 1.0 || unit == Some("%")) => number / 100.0,
        Asked::Unit(asked) => match stated(text, asked) {
            Some((number, unit)) => number * times(unit, asked),
            None => number * unit.map_or(1.0, |unit| times(unit, asked)),
        },
        Asked::Rate | Asked::Plain => number,
    })
}

/// The number and unit of a cell that states a unit with larger and smaller ones beside it, or a power of ten: 90分钟, 6万元.
fn stated<'a>(text: &str, asked: &'a str) -> Option<(f64, &'a str)> {
    let folded = fold(text);
    let says = |word: &str| folded.contains(word);
    let unit = if says("分钟") {
        "分钟"
    } else if is_hours(&folded) {
        "小时"
    } else if says("元") {
        "元"
    } else if says("万") || says("亿") {
        size(asked).0
    } else {
        return None;
    };
    match amount(text, None)? {
        Amount::Measured(number) => Some((number, unit)),
        Amount::Plain(_) | Amount::Rate(_) => None,
    }
}

/// How many of one unit another is; 1 if they do not measure the same.
fn times(of: &str, unit: &str) -> f64 {
    let ((base, of), (other, unit)) = (size(of), size(unit));
    if base == other { of / unit } else { 1.0 }
}

/// The smallest unit that measures the same, and how many of it a unit is: 万元 is 10,000 元. What is counted (份, 户) is all
/// one.
fn size(unit: &str) -> (&'static str, f64) {
    const SIZES: &[(&str, &str, f64)] = &[
        ("分钟", "分钟", 1.0),
        ("个小时", "分钟", 60.0),
        ("小时", "分钟", 60.0),
        ("千米", "米", 1e3),
        ("公里", "米", 1e3),
        ("米", "米", 1.0),
        ("公顷", "平方米", 1e4),
        ("平方米", "平方米", 1.0),
        ("元", "元", 1.0),
        ("天", "天", 1.0),
    ];
    let known = |unit: &str| SIZES.iter().find(|(name, ..)| *name == unit).map(|(_, base, size)| (*base, *size));
    let scaled = || {
        let scales = [("亿", 1e8), ("万", 1e4), ("千", 1e3), ("百", 1e2)];
        scales.iter().find_map(|(word, scale)| Some((unit.strip_prefix(word)?, *scale)))
    };
    known(unit).unwrap_or_else(|| {
        let (bare, scale) = scaled().unwrap_or((unit, 1.0));
        known(bare).map_or(("个", scale), |(base, size)| (base, size * scale))
    })
}
