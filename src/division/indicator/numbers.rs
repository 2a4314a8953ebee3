//! Parses numbers in indicators: 4, 1,200, 99.5, 三, 十五, 两, 3万.

use winnow::Parser;
use winnow::combinator::{alt, not, opt, repeat};
use winnow::error::ParserError;
use winnow::token::{one_of, take_while};

use super::input::{Input, Read};
use crate::basis::text::chinese_number;

/// Parses a number that is not negative.
pub(super) fn number(input: &mut Input<'_>) -> Read<f64> {
    (alt((figures, chinese)), opt(scale)).map(|(number, scale)| number * scale.unwrap_or(1.0)).parse_next(input)
}

/// Parses the power of ten after a number: 3万份. 万元 and 千米 are units of their own.
fn scale(input: &mut Input<'_>) -> Read<f64> {
    const SCALES: &[(&str, f64)] = &[("千万", 1e7), ("百万", 1e6), ("亿", 1e8), ("万", 1e4), ("千", 1e3), ("百", 1e2)];
    for &(word, scale) in SCALES {
        let own: &[char] = if word.ends_with(['万', '亿']) { &['元'] } else { &['米', '克', '瓦'] };
        if opt((word, not(one_of(own)))).parse_next(input)?.is_some() {
            return Ok(scale);
        }
    }
    Err(ParserError::from_input(input))
}

/// Parses a small whole number: of days, of periods.
pub(super) fn whole(input: &mut Input<'_>) -> Read<u32> {
    number.verify(|n| n.fract() == 0.0 && *n < 10_000.0).map(|n| n as u32).parse_next(input)
}

fn figures(input: &mut Input<'_>) -> Read<f64> {
    let digits = || take_while(1.., '0'..='9');
    let thousands = (',', take_while(3, '0'..='9'), not(one_of('0'..='9')));
    let written = (digits(), repeat::<_, _, (), _, _>(0.., thousands), opt(('.', digits()))).take();
    written
        .verify_map(|text: &str| text.replace(',', "").parse().ok().filter(|n: &f64| n.is_finite()))
        .parse_next(input)
}

fn chinese(input: &mut Input<'_>) -> Read<f64> {
    let written = take_while(1.., |c: char| "〇零一二三四五六七八九十百千两".contains(c)).parse_next(input)?;
    chinese_number(written).map(f64::from).ok_or_else(|| ParserError::from_input(input))
}
