//! Parses a relation and the quantity behind it: 不少于, 3种, 50%, 百分之五十, 以上.

use winnow::Parser;
use winnow::combinator::{alt, opt, peek, preceded};
use winnow::error::ParserError;

use super::Relation;
use super::input::{Input, Read};
use super::numbers::number;
use super::words::{RELATIONS, Sort, UNITS};

/// Parses a relation to a bound.
pub(super) fn relation(input: &mut Input<'_>) -> Read<Relation> {
    for &(word, relation) in RELATIONS {
        if opt(word).parse_next(input)?.is_some() {
            return Ok(relation);
        }
    }
    // 达 and 为 are parts of many words; only before a number are they relations.
    (alt(("达".value(Relation::AtLeast), "为".value(Relation::Equal))), peek(quantity))
        .map(|found| found.0)
        .parse_next(input)
}

/// Parses a number with its unit: 3种, 50%, 百分之五十, 3.
pub(super) fn quantity(input: &mut Input<'_>) -> Read<(f64, Option<(&'static str, Sort)>)> {
    let hundredth = ("百分之", number).map(|(_, n)| (n, Some(("%", Sort::Rate))));
    alt((hundredth, (number, opt(unit)))).parse_next(input)
}

pub(super) fn unit(input: &mut Input<'_>) -> Read<(&'static str, Sort)> {
    for &(word, sort) in UNITS {
        if opt(word).parse_next(input)?.is_some() {
            return Ok((word, sort));
        }
    }
    Err(ParserError::from_input(input))
}

/// Parses 以上, 以内 after a number.
pub(super) fn limit(input: &mut Input<'_>) -> Read<Relation> {
    let least = alt(("及以上", "以上")).value(Relation::AtLeast);
    let most = alt(("及以下", "以下", "以内", "之内")).value(Relation::AtMost);
    preceded(opt("(含)"), alt((least, most))).parse_next(input)
}

/// Whether a character may stand in a word that says no number and joins nothing.
pub(super) fn is_letter(c: char) -> bool {
    c.is_alphabetic() && !"一二三四五六七八九十两〇百千且或和及".contains(c)
}
