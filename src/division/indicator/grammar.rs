//! The grammar of indicators. What cannot be parsed is returned with the position where parsing stopped.

use winnow::Parser;
use winnow::combinator::{alt, cut_err, eof, opt, preceded, separated};
use winnow::stream::Location;
use winnow::token::{literal, take_while};

use super::comparison::comparison;
use super::days::{month_days, week_days};
use super::input::{Expected, Input, Read, stop};
use super::spread::Spread;
use super::{Asks, Condition, Grade, Indicator, Measure, Test};

/// A part of an indicator that could not be parsed (P506).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unreadable {
    /// The indicator as written, trimmed.
    pub text: String,
    /// The part before the position where parsing stopped.
    pub before: String,
    /// The part after that position.
    pub rest: String,
    /// What was expected there.
    pub expected: Expected,
}

/// Parses the indicators of a cell. Those that can be parsed are returned, whether or not others fail. `rate` is the name
/// of the only percentage column of the campaign, to which a bare N% refers.
pub fn parse(written: &str, rate: Option<&str>) -> (Vec<Indicator>, Vec<Unreadable>) {
    let spread = Spread::new(written);
    let (mut indicators, mut unreadable) = (Vec::new(), Vec::new());
    let mut grades: Option<Open> = None;
    for piece in spread.pieces() {
        let (start, end) = (piece.start + enumerator(&spread.text[piece.clone()]), piece.end);
        if start == end {
            continue;
        }
        let mut input = Input::new(&spread.text[start..end]);
        let mut read = one(&mut input);
        if let Ok(piece) = &mut read
            && !piece.name_rates(rate)
        {
            input = Input::new(&spread.text[start..end]);
            read = stop(Expected::Rate);
        }
        match read {
            Ok(Piece::Grade(grade)) => {
                let open = grades.get_or_insert_with(|| Open::at(start));
                open.end = end;
                open.lost |= open.doubtful;
                let last = grade.when.is_none();
                open.grades.push(grade);
                if last {
                    close(&mut grades, &spread, &mut indicators);
                }
            }
            Ok(Piece::Asks(mut asks)) => {
                close(&mut grades, &spread, &mut indicators);
                name_tests(&mut asks, &spread, start);
                indicators.push(Indicator { text: spread.written(start..end).to_owned(), asks });
            }
            Err(error) => {
                if is_grade(&spread.text[start..end]) {
                    grades.get_or_insert_with(|| Open::at(start)).lost = true;
                } else if let Some(open) = &mut grades {
                    open.doubtful = true;
                }
                let at = start + input.current_token_start();
                let inner = error.into_inner().ok();
                let expected = inner.and_then(|inner| inner.context().next().copied()).unwrap_or(Expected::End);
                unreadable.push(Unreadable {
                    text: spread.written(start..end).to_owned(),
                    before: spread.written(start..at).to_owned(),
                    rest: spread.written(at..end).to_owned(),
                    expected,
                });
            }
        }
    }
    close(&mut grades, &spread, &mut indicators);
    (indicators, unreadable)
}

/// A list of grades while its lines are read.
struct Open {
    start: usize,
    end: usize,
    grades: Vec<Grade>,
    /// Whether something unreadable follows its last line, which is one of its lines if another comes.
    doubtful: bool,
    /// Whether one of its lines is unreadable: without it the others give wrong grades.
    lost: bool,
}

impl Open {
    fn at(start: usize) -> Open {
        Open { start, end: start, grades: Vec::new(), doubtful: false, lost: false }
    }
}

/// Whether an unreadable piece is a line of a list of grades: 良好：85%≤合格率<95%.
fn is_grade(piece: &str) -> bool {
    (label, ':').void().parse_next(&mut Input::new(piece)).is_ok()
}

/// Ends a list of grades, if one is open.
fn close(grades: &mut Option<Open>, spread: &Spread<'_>, into: &mut Vec<Indicator>) {
    if let Some(Open { start, end, grades, lost: false, .. }) = grades.take() {
        let mut asks = Asks::Grades(grades);
        name_tests(&mut asks, spread, start);
        into.push(Indicator { text: spread.written(start..end).to_owned(), asks });
    }
}

/// Replaces the folded text of tests by the text as written, where it can be found.
fn name_tests(asks: &mut Asks, spread: &Spread<'_>, start: usize) {
    let mut from = start;
    let mut name = |test: &mut Test| {
        if let Some(at) = spread.text[from..].find(&test.text) {
            let at = from + at;
            from = at + test.text.len();
            spread.written(at..from).clone_into(&mut test.text);
        }
    };
    match asks {
        Asks::Condition(condition) => each(condition, &mut name),
        Asks::Grades(grades) => {
            grades.iter_mut().filter_map(|grade| grade.when.as_mut()).for_each(|c| each(c, &mut name));
        }
        Asks::Days(_) => {}
    }
}

fn each(condition: &mut Condition, name: &mut impl FnMut(&mut Test)) {
    match condition {
        Condition::Test(test) => name(test),
        Condition::All(parts) | Condition::Any(parts) => parts.iter_mut().for_each(|part| each(part, name)),
    }
}

/// The length of a leading number that only numbers the indicators: 1、 (2) 3).
fn enumerator(piece: &str) -> usize {
    let bare = piece.strip_prefix('(').unwrap_or(piece);
    let digits = bare.bytes().take_while(u8::is_ascii_digit).count();
    let after = &bare[digits..];
    let mark = after.chars().next().filter(|c| matches!(c, '、' | ')' | '.'));
    let figure = mark == Some('.') && after[1..].starts_with(|c: char| c.is_ascii_digit());
    match mark {
        Some(mark) if (1..=2).contains(&digits) && !figure => piece.len() - after.len() + mark.len_utf8(),
        _ => 0,
    }
}

enum Piece {
    Asks(Asks),
    Grade(Grade),
}

impl Piece {
    /// Gives bare rates the field they refer to; false when there is none.
    fn name_rates(&mut self, rate: Option<&str>) -> bool {
        let condition = match self {
            Piece::Asks(Asks::Condition(condition)) => Some(condition),
            Piece::Grade(grade) => grade.when.as_mut(),
            Piece::Asks(_) => None,
        };
        let mut named = true;
        let mut name = |test: &mut Test| {
            if let Measure::Each(names) = &mut test.measure
                && names.is_empty()
            {
                names.extend(rate.map(ToOwned::to_owned));
                named &= !names.is_empty();
            }
        };
        if let Some(condition) = condition {
            each(condition, &mut name);
        }
        named
    }
}

fn one(input: &mut Input<'_>) -> Read<Piece> {
    let piece = alt((
        grade.map(Piece::Grade),
        week_days.map(|days| Piece::Asks(Asks::Days(days))),
        month_days.map(|days| Piece::Asks(Asks::Days(days))),
        condition.map(|condition| Piece::Asks(Asks::Condition(condition))),
    ))
    .parse_next(input)?;
    cut_err(eof.context(Expected::End)).parse_next(input)?;
    Ok(piece)
}

/// Parses `符合：…` and `否则：不符合`.
fn grade(input: &mut Input<'_>) -> Read<Grade> {
    let otherwise = preceded((alt(("否则", "其他", "其余")), opt("为"), opt(':')), label);
    let named = (label, ':', cut_err(condition)).map(|(name, _, when)| Grade { name, when: Some(when) });
    alt((otherwise.map(|name| Grade { name, when: None }), named)).parse_next(input)
}

/// Parses the name of a grade: letters only.
fn label(input: &mut Input<'_>) -> Read<String> {
    take_while(1..=12, char::is_alphabetic).map(ToOwned::to_owned).parse_next(input)
}

/// Parses conditions joined by 或; 且 binds closer. A comma means 且.
fn condition(input: &mut Input<'_>) -> Read<Condition> {
    let any: Vec<Condition> = separated(1.., all, alt(("或者", "或"))).parse_next(input)?;
    Ok(join(any, Condition::Any))
}

fn all(input: &mut Input<'_>) -> Read<Condition> {
    let all: Vec<Condition> = separated(1.., atom, and).parse_next(input)?;
    Ok(join(all, Condition::All))
}

fn join(mut parts: Vec<Condition>, kind: fn(Vec<Condition>) -> Condition) -> Condition {
    if parts.len() == 1 { parts.remove(0) } else { kind(parts) }
}

fn and(input: &mut Input<'_>) -> Read<()> {
    let word = alt(("并且", "而且", "同时", "且", "和", "及"));
    alt((preceded(opt(','), word).void(), alt((",", "、")).void())).parse_next(input)
}

fn atom(input: &mut Input<'_>) -> Read<Condition> {
    if opt('(').parse_next(input)?.is_some() {
        let inner = cut_err(condition).parse_next(input)?;
        cut_err(literal(")").context(Expected::Bracket)).parse_next(input)?;
        return Ok(inner);
    }
    cut_err(comparison).map(Condition::Test).parse_next(input)
}

#[cfg(test)]
#[path = "tests.rs"]
pub(super) mod tests;
