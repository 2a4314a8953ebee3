//! Parses fixed days: 每周五, 每周一、三、五, 每月15日, 每月底.

use chrono::Weekday;
use winnow::Parser;
use winnow::combinator::{alt, not, opt, peek, preceded, separated};
use winnow::error::ContextError;
use winnow::error::ErrMode;
use winnow::token::{any, one_of, take_while};

use super::FixedDays;
use super::input::{Expected, Input, Read, stop};
use super::numbers::whole;
use super::quantity::{is_letter, unit};

/// Parses 每周五 · 每周一、三、五 · 每周一至周五.
pub(super) fn week_days(input: &mut Input<'_>) -> Read<FixedDays> {
    let week = || alt(("周", "星期", "礼拜"));
    ("每", week()).parse_next(input)?;
    let day = preceded(opt(week()), weekday);
    let days: Vec<Vec<Weekday>> = separated(1.., run(day), list_sign).parse_next(input)?;
    // 每周一次 means once a week, and 每周三天 three days a week.
    not(unit).parse_next(input)?;
    let mut days: Vec<Weekday> = days.into_iter().flatten().collect();
    // 每周一检查 may mean one check a week or a check every Monday.
    if days == [Weekday::Mon] {
        not(one_of(char::is_alphabetic)).parse_next(input)?;
    }
    occasion(input)?;
    days.sort_by_key(Weekday::num_days_from_monday);
    days.dedup();
    Ok(FixedDays::Week(days))
}

fn weekday(input: &mut Input<'_>) -> Read<Weekday> {
    any.verify_map(|c| {
        Some(match c {
            '一' | '1' => Weekday::Mon,
            '二' | '2' => Weekday::Tue,
            '三' | '3' => Weekday::Wed,
            '四' | '4' => Weekday::Thu,
            '五' | '5' => Weekday::Fri,
            '六' | '6' => Weekday::Sat,
            '日' | '天' | '7' => Weekday::Sun,
            _ => return None,
        })
    })
    .parse_next(input)
}

/// Parses one day or a range: 周一至周五.
fn run<'i>(
    mut day: impl Parser<Input<'i>, Weekday, ErrMode<ContextError<Expected>>>,
) -> impl FnMut(&mut Input<'i>) -> Read<Vec<Weekday>> {
    move |input| {
        let first = day.parse_next(input)?;
        let until: Option<Weekday> = opt(preceded(one_of(['至', '到', '-', '~']), day.by_ref())).parse_next(input)?;
        let mut days = vec![first];
        while let (Some(until), Some(last)) = (until, days.last().copied()) {
            if last == until || days.len() == 7 {
                break;
            }
            days.push(last.succ());
        }
        Ok(days)
    }
}

/// Parses 每月15日 · 每月10日、20日 · 每月10、20日 · 每月底.
pub(super) fn month_days(input: &mut Input<'_>) -> Read<FixedDays> {
    ("每", opt("个"), "月").parse_next(input)?;
    let end = alt(("最后一天", "末", "底")).value(vec![31]);
    let day = (whole.verify(|day| (1..=31).contains(day)), opt(one_of(['日', '号'])));
    let listed = separated(1.., day, list_sign).verify_map(|days: Vec<(u32, Option<char>)>| {
        // Only the last of a list needs 日: 每月10、20日.
        days.last()?.1?;
        Some(days.into_iter().map(|day| day.0).collect::<Vec<u32>>())
    });
    let mut days: Vec<u32> = alt((end, listed)).parse_next(input)?;
    occasion(input)?;
    days.sort_unstable();
    days.dedup();
    Ok(FixedDays::Month(days))
}

fn list_sign(input: &mut Input<'_>) -> Read<char> {
    one_of(['、', ',', '和', '及', '/']).parse_next(input)
}

/// Parses what happens on the days, if given: 例会, 各开展一次大扫除. A deadline is not a fixed day.
fn occasion(input: &mut Input<'_>) -> Read<()> {
    if peek(opt(alt(("前", "之前", "以前", "内")))).parse_next(input)?.is_some() {
        return stop(Expected::FixedDay);
    }
    let once = (take_while(0.., is_letter), alt(("一次", "1次")));
    (opt(once), take_while(0.., is_letter)).void().parse_next(input)
}

#[cfg(test)]
mod tests {
    use super::super::{Asks, FixedDays, parse};
    use chrono::Weekday;

    fn days(text: &str) -> Option<FixedDays> {
        match parse(text, None) {
            (asked, bad) if bad.is_empty() && asked.len() == 1 => match &asked[0].asks {
                Asks::Days(days) => Some(days.clone()),
                _ => None,
            },
            _ => None,
        }
    }

    #[test]
    fn days_of_the_week() {
        use Weekday::{Fri, Mon, Sat, Sun, Thu, Tue, Wed};
        for (text, expected) in [
            ("每周五", vec![Fri]),
            ("每星期天", vec![Sun]),
            ("每周一", vec![Mon]),
            ("每周一、三、五", vec![Mon, Wed, Fri]),
            ("每周一至周五", vec![Mon, Tue, Wed, Thu, Fri]),
            ("每周五、周六各开展一次大扫除", vec![Fri, Sat]),
            ("每周五例会", vec![Fri]),
        ] {
            assert_eq!(days(text), Some(FixedDays::Week(expected)), "{text}");
        }
        for text in ["每周一次", "每周三天", "每周二次巡查", "每周一检查", "每周五前", "每周八"]
        {
            assert_eq!(days(text), None, "{text}");
        }
    }

    #[test]
    fn days_of_the_month() {
        for (text, expected) in [
            ("每月15日", vec![15]),
            ("每月 １５ 号大扫除", vec![15]),
            ("每月十五日", vec![15]),
            ("每月20日、10日", vec![10, 20]),
            ("每月10、20日", vec![10, 20]),
            ("每月底", vec![31]),
        ] {
            assert_eq!(days(text), Some(FixedDays::Month(expected)), "{text}");
        }
        for text in ["每月15日前", "每月2次", "每月32日", "每月", "每月15日≥3"] {
            assert_eq!(days(text), None, "{text}");
        }
    }
}
