//! Periods that are not written with 每: 一年不少于4次, 本季度走访不少于2次. One stretch of time (下半年, 三季度, 8月) is no cycle. Neither
//! is ever the name of a field.

use winnow::Parser;
use winnow::combinator::{alt, eof, peek, repeat};
use winnow::error::ParserError;
use winnow::stream::{Location, Stream};
use winnow::token::take;

use super::input::{Expected, Input, Read, stop};
use super::numbers::{number, whole};
use super::quantity::{relation, unit};
use super::words::{MODALS, Part, Share};
use crate::basis::calendar::Cycle;

/// Words for a running or any such period. Where one word begins with another, the longer one comes first.
const PERIODS: &[(&str, Cycle)] = &[
    ("全年度", Cycle::Year),
    ("全年", Cycle::Year),
    ("本年度", Cycle::Year),
    ("本年", Cycle::Year),
    ("当年度", Cycle::Year),
    ("当年", Cycle::Year),
    ("今年", Cycle::Year),
    ("一年", Cycle::Year),
    ("年度", Cycle::Year),
    ("年内", Cycle::Year),
    ("半年", Cycle::HalfYear),
    ("本季度", Cycle::Quarter),
    ("本季", Cycle::Quarter),
    ("当季", Cycle::Quarter),
    ("一个季度", Cycle::Quarter),
    ("季度", Cycle::Quarter),
    ("本月", Cycle::Month),
    ("当月", Cycle::Month),
    ("一个月", Cycle::Month),
    ("月度", Cycle::Month),
    ("本旬", Cycle::TenDays),
    ("本周", Cycle::Week),
    ("一个星期", Cycle::Week),
    ("一星期", Cycle::Week),
    ("一周", Cycle::Week),
    ("一天", Cycle::Day),
];

/// Words too short to be looked for behind a name: there is none in 青年.
const SHORT: &[(&str, Cycle)] = &[
    ("年", Cycle::Year),
    ("季", Cycle::Quarter),
    ("月", Cycle::Month),
    ("旬", Cycle::TenDays),
    ("周", Cycle::Week),
    ("日", Cycle::Day),
];

/// Units of several periods: 三个月, 两年.
const SEVERAL: &[(&str, Cycle)] = &[
    ("年", Cycle::Year),
    ("个季度", Cycle::Quarter),
    ("个月", Cycle::Month),
    ("个星期", Cycle::Week),
    ("周", Cycle::Week),
    ("天", Cycle::Day),
];

/// Words for one stretch of time, and for an average.
const STRETCHES: &[&str] = &[
    "上半年", "下半年", "上学期", "下学期", "学期", "学年", "去年", "明年", "上季度", "下季度", "上月", "下月", "上旬",
    "中旬", "下旬", "年底", "年末", "季度末", "季末", "月底", "月末", "年均", "月均", "周均", "日均",
];

/// Units of a numbered stretch of time: 三季度, 8月.
const NUMBERED: &[&str] = &["季度", "季", "月份", "月", "日", "号"];

/// What may end a period: 一年内, 年底前.
const ENDS: &[&str] = &["之内", "以内", "内", "中", "期间", "以前", "之前", "前"];

/// Characters that make another word of a period before a name: 一年级, 一周岁, 年度末.
const ANOTHER: &str = "级期生龄岁底末初来制均报以";

/// A period at the beginning of a text.
struct Period {
    /// Its length in bytes.
    len: usize,
    /// Its cycle; none for one stretch of time.
    part: Option<Part>,
}

/// Parses a period before a bound: 一年不少于4次. Fails for good at one stretch of time: 下半年不少于6次. `compared` is whether a
/// relation follows, `first` whether nothing stands before it.
pub(super) fn before_bound(compared: bool, first: bool) -> impl Fn(&mut Input<'_>) -> Read<Part> {
    move |input| {
        let Some(period) = period(input.as_ref(), first) else { return Err(ParserError::from_input(input)) };
        let start = input.checkpoint();
        let characters = input.as_ref()[..period.len].chars().count();
        take(characters).void().parse_next(input)?;
        peek(bound(compared)).parse_next(input)?;
        let Some(part) = period.part else {
            input.reset(&start);
            return stop(Expected::Cycle);
        };
        Ok(part)
    }
}

/// The period with which the name of what is counted begins, and the rest of the name: 本季度走访.
pub(super) fn leading(name: &str) -> Option<(Option<Part>, &str)> {
    let period = period(name, false)?;
    let (said, rest) = name.split_at(period.len);
    // 三月学雷锋活动, 上月问题: a month, a day belong to the name
    let is_period = period.part.is_some() || ["半年", "季度"].iter().any(|end| said.ends_with(end));
    let counts = !rest.is_empty() && !rest.starts_with(|c| ANOTHER.contains(c));
    (is_period && counts).then_some((period.part, rest))
}

fn period(text: &str, first: bool) -> Option<Period> {
    let (len, part) = (stretch(text).map(|len| (len, None)))
        .or_else(|| named(text, PERIODS))
        .or_else(|| several(text))
        .or_else(|| named(text, SHORT).filter(|_| first))?;
    let end = ENDS.iter().find(|end| text[len..].starts_with(**end));
    Some(Period { len: len + end.map_or(0, |end| end.len()), part })
}

fn named(text: &str, words: &[(&str, Cycle)]) -> Option<(usize, Option<Part>)> {
    let (word, cycle) = words.iter().find(|(word, _)| text.starts_with(word))?;
    Some((word.len(), Some((1, Share::Cycle(*cycle)))))
}

/// The length of one stretch of time: 下半年, 第三季度, 8月15日, 2014年, 近三年.
fn stretch(text: &str) -> Option<usize> {
    if let Some(word) = STRETCHES.iter().find(|word| text.starts_with(**word)) {
        return Some(word.len());
    }
    if let Some(rest) = text.strip_prefix('近') {
        return several(rest).map(|(len, _)| len + '近'.len_utf8());
    }
    let numeral = text.strip_prefix('第').unwrap_or(text);
    let (_, rest) = count(numeral)?;
    let unit = NUMBERED.iter().find(|unit| rest.starts_with(**unit))?;
    let rest = &rest[unit.len()..];
    // 8月15日
    let rest = if *unit == "月" { stretch(rest).map_or(rest, |len| &rest[len..]) } else { rest };
    Some(text.len() - rest.len())
}

fn several(text: &str) -> Option<(usize, Option<Part>)> {
    let (count, rest) = count(text)?;
    let (word, cycle) = SEVERAL.iter().find(|(word, _)| rest.starts_with(word))?;
    // 2014年 is one year
    let part = (count < 100).then_some((count, Share::Cycle(*cycle)));
    Some((text.len() - rest.len() + word.len(), part))
}

/// A whole number at the beginning of a text, and the rest.
fn count(text: &str) -> Option<(u32, &str)> {
    let mut input = Input::new(text);
    let count = whole.verify(|count| *count > 0).parse_next(&mut input).ok()?;
    Some((count, &text[input.current_token_start()..]))
}

/// Parses a relation, perhaps behind 应; where none follows, a number with its unit.
fn bound(compared: bool) -> impl Fn(&mut Input<'_>) -> Read<()> {
    let modal = |input: &mut Input<'_>| -> Read<()> {
        match MODALS.iter().find(|word| input.starts_with(**word)) {
            Some(word) => (*word).void().parse_next(input),
            None => Err(ParserError::from_input(input)),
        }
    };
    let stated = move |input: &mut Input<'_>| -> Read<()> {
        if compared {
            return Err(ParserError::from_input(input));
        }
        (number, alt((unit.void(), '/'.void(), eof.void()))).void().parse_next(input)
    };
    move |input| {
        repeat::<_, _, (), _, _>(0.., modal).parse_next(input)?;
        alt((relation.void(), stated)).parse_next(input)
    }
}

#[cfg(test)]
mod tests {
    use super::super::grammar::tests::asks;

    #[test]
    fn a_period_before_a_bound_is_a_cycle() {
        for (written, expected) in [
            ("一年不少于4次", "count 次数 ≥ 4 /1Year"),
            ("年度不少于4次", "count 次数 ≥ 4 /1Year"),
            ("年度内应不少于4次", "count 次数 ≥ 4 /1Year"),
            ("年内≥4次", "count 次数 ≥ 4 /1Year"),
            ("当年至少4次", "count 次数 ≥ 4 /1Year"),
            ("年不少于4次", "count 次数 ≥ 4 /1Year"),
            ("一年4次", "count 次数 ≥ 4 /1Year"),
            ("两年不少于8次", "count 次数 ≥ 8 /2Year"),
            ("三个月不少于1次", "count 次数 ≥ 1 /3Month"),
            ("半年内不少于2次", "count 次数 ≥ 2 /1HalfYear"),
            ("季度不少于2次", "count 次数 ≥ 2 /1Quarter"),
            ("本季度不少于2次", "count 次数 ≥ 2 /1Quarter"),
            ("本月不少于2次", "count 次数 ≥ 2 /1Month"),
            ("一周不少于3次", "count 次数 ≥ 3 /1Week"),
            ("周≥3次", "count 次数 ≥ 3 /1Week"),
            ("走访年度不少于50户", "sum 走访户数|走访 ≥ 50 /1Year"),
            ("一周巡查不少于3次", "count 巡查次数 ≥ 3 /1Week"),
            ("季度例会不少于1次", "count 例会次数 ≥ 1 /1Quarter"),
            ("年度巡查次数≥12", "count 年度巡查次数 ≥ 12 /1Year"),
        ] {
            assert_eq!(asks(written), expected, "{written}");
        }
    }

    #[test]
    fn one_stretch_of_time_is_not_read() {
        for written in [
            "下半年不少于6次", "上半年不少于6次", "第三季度≥2次", "一季度不少于2次", "8月不少于3次",
            "8月15日前不少于3次", "2014年不少于4次", "近三年不少于4次", "年底前不少于4次", "月均不少于2次",
            "下半年走访不少于6次", "三季度走访3次以上",
        ] {
            let told = asks(written);
            assert!(told.starts_with('✗') && told.ends_with(" Cycle"), "{written}: {told}");
        }
        assert_eq!(asks("走访下半年不少于6次"), "✗ 走访▲下半年不少于6次 Cycle");
    }

    #[test]
    fn a_word_that_begins_like_a_period_stays_a_name() {
        for (written, expected) in [
            ("青年不少于5人", "sum 青年人数|青年 ≥ 5"),
            ("宣传周活动不少于2次", "count 宣传周活动次数 ≥ 2"),
            ("一年级学生人数≥5", "sum 一年级学生人数 ≥ 5"),
            ("年度考核合格率≥90%", "each 年度考核合格率 ≥ 0.9"),
            ("当年新增绿地面积≥5", "sum 当年新增绿地面积 ≥ 5"),
            ("三月学雷锋活动不少于1次", "count 三月学雷锋活动次数 ≥ 1"),
            ("年度末检查不少于1次", "count 年度末检查次数 ≥ 1"),
            ("日常巡查不少于3次", "count 日常巡查次数 ≥ 3"),
            ("每周巡查三天", "days 巡查天数 ≥ 3 /1Week"),
        ] {
            assert_eq!(asks(written), expected, "{written}");
        }
    }
}
