//! Words what is missing, in numbers: 8月应不少于4次，已3次，缺1次.

use chrono::NaiveDate;

use super::span::Span;
use crate::basis::Lang;
use crate::basis::calendar::format::day_words;
use crate::division::indicator::{Measure, Relation, Test};

/// A number with at most two decimals and no trailing zeros.
fn plain(number: f64) -> String {
    rounded(number, 2)
}

fn rounded(number: f64, decimals: usize) -> String {
    let text = format!("{number:.decimals$}");
    let text = text.trim_end_matches('0').trim_end_matches('.');
    if text == "-0" { "0".into() } else { text.into() }
}

/// An amount with the unit of a test, with at most so many decimals: 4次, 50%.
fn amount(test: &Test, number: f64, decimals: usize) -> String {
    let plain = rounded(if test.unit.as_deref() == Some("%") { number * 100.0 } else { number }, decimals);
    let unit = match (test.unit.as_deref(), &test.measure) {
        (Some(unit), _) => unit,
        (None, Measure::Count(_)) => "次",
        (None, Measure::Days(_)) => "天",
        (None, Measure::Distinct(_)) => "种",
        (None, _) => "",
    };
    format!("{plain}{unit}")
}

/// How many decimals keep amounts apart that differ, two at least: 49.9999万元 is not 50万元.
fn decimals(test: &Test, pairs: &[(f64, f64)]) -> usize {
    const MOST: usize = 9;
    let apart = |decimals: usize| {
        pairs
            .iter()
            .filter(|(a, b)| (a - b).abs() > 1e-9)
            .all(|(a, b)| amount(test, *a, decimals) != amount(test, *b, decimals))
    };
    (2..MOST).find(|decimals| apart(*decimals)).unwrap_or(MOST)
}

/// The bound of a test as it is asked for: 不少于4次, 不低于99%, ≥4.
fn bounded(test: &Test, bound: &str, lang: Lang) -> String {
    let rate = test.unit.as_deref() == Some("%") || matches!(test.measure, Measure::Ratio(..));
    let words = match (test.relation, rate) {
        _ if lang == Lang::En => test.relation.sign(),
        (Relation::AtLeast, false) => "不少于",
        (Relation::AtLeast, true) => "不低于",
        (Relation::AtMost, _) => "不超过",
        (Relation::Equal, _) => "为",
        (Relation::More, false) => "多于",
        (Relation::More, true) => "高于",
        (Relation::Less, false) => "少于",
        (Relation::Less, true) => "低于",
    };
    format!("{words}{bound}")
}

/// Over which time, before what is missing in it.
pub(super) fn when(span: &Span, today: NaiveDate, lang: Lang) -> String {
    match lang {
        Lang::Zh if span.ended() => span.words(lang),
        Lang::Zh => format!("截至{}", day_words(today, lang)),
        Lang::En if span.ended() => format!("{}: ", span.label()),
        Lang::En => format!("{} to {}: ", span.label(), day_words(today, lang)),
    }
}

/// In one language: what was reported before is no longer there to be counted.
pub(super) fn away(lang: Lang) -> String {
    lang.pick(
        "此前各期报送的文件已移出收件文件夹，其中的记录无法计入，不能核对；请将其放回后重新运行",
        "files of earlier periods were moved out of the inbox, so that nobody can tell; put them back and run again",
    )
    .to_owned()
}

/// Why nothing is said of a sub-period: rows that may belong to it do not say when they took place.
pub(super) fn undated(rows: usize, lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("有{rows}行没有写明日期，分不清属于哪一期，无法按期核对"),
        Lang::En => format!("{rows} rows give no date, so that nobody can tell which period they belong to"),
    }
}

/// In one language: what is asked, what there is, what is missing.
pub(super) fn lacking(test: &Test, span: &Span, required: f64, reached: f64, lang: Lang) -> String {
    let gap = gap(test, required, reached);
    let decimals = decimals(test, &[(required, reached), (gap, 0.0)]);
    let amount = |number: f64| match lang {
        // 次, 天 and 种 are no English words
        Lang::En if test.unit.as_deref() != Some("%") => rounded(number, decimals),
        _ => amount(test, number, decimals),
    };
    let (bounded, name) = (|number: f64| bounded(test, &amount(number), lang), subject(test, lang));
    // Less than 9 is missed by 9 itself.
    let too_much = reached > required || test.relation == Relation::Less;
    let shared = (required - test.bound).abs() > 1e-9;
    match lang {
        Lang::Zh => {
            let whole =
                if shared { format!("（{}共{}）", span.words(lang), bounded(test.bound)) } else { String::new() };
            let verb = if too_much { "超" } else { "缺" };
            format!("{name}应{}{whole}，已{}，{verb}{}", bounded(required), amount(reached), amount(gap))
        }
        Lang::En => {
            let whole = if shared { format!(" ({} in all)", bounded(test.bound)) } else { String::new() };
            let verb = if too_much { "too much" } else { "missing" };
            format!("{name}{} required{whole}, {} so far, {} {verb}", bounded(required), amount(reached), amount(gap))
        }
    }
}

/// How much is missing, or too much; counts are rounded up to whole numbers.
fn gap(test: &Test, required: f64, reached: f64) -> f64 {
    let gap = (required - reached).abs();
    let whole = |number: f64| number.fract() == 0.0;
    let counted = matches!(test.measure, Measure::Count(_) | Measure::Days(_) | Measure::Distinct(_))
        || whole(test.bound) && whole(reached) && matches!(test.measure, Measure::Sum(_)) && !test.per.person;
    match (counted, test.relation) {
        // More than 10 is 11.
        (true, Relation::More | Relation::Less) => (gap + 1e-9).floor() + 1.0,
        (true, _) => (gap - 1e-9).ceil(),
        (false, _) => gap,
    }
}

/// What is measured, unless the unit (次, 天) says it already.
fn subject(test: &Test, lang: Lang) -> String {
    let name = test.measure.name();
    let name = match &test.measure {
        Measure::Count(_) | Measure::Days(_) => {
            name.strip_suffix("次数").or_else(|| name.strip_suffix("天数")).unwrap_or(name)
        }
        _ => name,
    };
    let person = if test.per.person { lang.pick("人均", " per person") } else { "" };
    match lang {
        Lang::Zh => format!("{person}{name}"),
        Lang::En if name.is_empty() => String::new(),
        Lang::En => format!("{name}{person} "),
    }
}

/// How many records fail by themselves, the worst value, and how many have no number.
pub(super) fn each(test: &Test, values: &[Option<f64>], lang: Lang) -> String {
    let known = values.iter().flatten().copied();
    let worst = match test.relation {
        Relation::AtMost | Relation::Less => known.reduce(f64::max),
        _ => known.reduce(f64::min),
    };
    let decimals = decimals(test, &[(test.bound, worst.unwrap_or(test.bound))]);
    let (bound, name) = (bounded(test, &amount(test, test.bound, decimals), lang), test.measure.name());
    let blank = values.iter().filter(|value| value.is_none()).count();
    let count = values.len();
    match (lang, worst) {
        (Lang::Zh, Some(worst)) => {
            let blank = if blank > 0 { format!("，其中{blank}条未填") } else { String::new() };
            format!("{name}应{bound}，{count}条记录不符合（如{}）{blank}", amount(test, worst, decimals))
        }
        (Lang::Zh, None) => format!("{name}应{bound}，{count}条记录未填"),
        (Lang::En, Some(worst)) => {
            let blank = if blank > 0 { format!(", {blank} of them blank") } else { String::new() };
            format!("{count} records with {name} not {bound} (such as {}){blank}", amount(test, worst, decimals))
        }
        (Lang::En, None) => format!("{count} records without {name}, which must be {bound}"),
    }
}

/// A ratio that is not met.
pub(super) fn ratio(test: &Test, over: f64, under: f64, lang: Lang) -> String {
    let decimals = decimals(test, &[(test.bound, over / under)]);
    let required = bounded(test, &amount(test, test.bound, decimals), lang);
    let share = amount(test, over / under, decimals);
    let (over, under) = (plain(over), plain(under));
    match lang {
        Lang::Zh => format!("应{required}，实为{share}（{over}÷{under}）"),
        Lang::En => format!("{required} required, but it is {share} ({over} ÷ {under})"),
    }
}

/// Days without a record.
pub(super) fn days(days: &[NaiveDate], lang: Lang) -> String {
    let listed: Vec<String> = days.iter().map(|day| day_words(*day, lang)).collect();
    match lang {
        Lang::Zh => format!("{}没有记录，缺{}次", listed.join("、"), days.len()),
        Lang::En => format!("no record on {}", listed.join(", ")),
    }
}
