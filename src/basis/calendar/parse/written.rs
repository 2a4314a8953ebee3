//! Dates as people write them: 2014.8.15, 2014年8月15日, 8月15日, 20140815, 二〇一四年八月十五日.

use chrono::{NaiveDate, NaiveDateTime, NaiveTime};

pub use super::clock::clock;
use super::partial::{Stretch, Years, complete, resolve};
use super::scan;
use crate::basis::calendar::window::end_of;

/// Reads a day in any of the usual forms. A missing year is the one that puts the day nearest to `near`. A range or list
/// (8月1日至5日, 8月15-16日) gives its last day, because the work is done only then, and whether a record is in time is
/// judged by its end. None when there is no day (a month alone is not one) or anything besides a date.
pub fn day(text: &str, near: NaiveDate) -> Option<NaiveDate> {
    moment(text, near).map(|(day, _)| day)
}

/// As [`day`], with the clock time where one is written.
pub fn moment(text: &str, near: NaiveDate) -> Option<(NaiveDate, Option<NaiveTime>)> {
    let (dates, rest) = scan::dates(text, near, Years::Nearest)?;
    let last = dates.iter().max_by_key(|date| date.last)?;
    (is_end(&rest) && dates.iter().all(Stretch::is_day)).then_some((last.last, last.clock))
}

/// Like [`moment`], for switches, settings and registers, where the text itself must give the year.
pub fn full(text: &str) -> Option<(NaiveDate, Option<NaiveTime>)> {
    // A date without a year would be read as two different years.
    let [early, late] = far_apart()?;
    moment(text, late).filter(|read| moment(text, early) == Some(*read))
}

/// Reads all the days in a text that gives their year; a range (2014年10月1日至7日) gives each of its days, at most 366.
pub fn days(text: &str) -> Option<Vec<NaiveDate>> {
    /// The longest range in days; in a longer one a year is mistyped.
    const LONGEST: i64 = 366;
    let [early, late] = far_apart()?;
    let read = |near| {
        let listed = scan::listed(text, near).filter(|listed| is_end(&listed.rest))?;
        let mut parts = listed.parts;
        complete(&mut parts, None);
        let stretches = resolve(&parts, near, Years::Nearest)?;
        let mut days: Vec<NaiveDate> = Vec::new();
        for (stretch, ends_range) in stretches.into_iter().zip(listed.ends_range) {
            let begin = days.last().copied().filter(|_| ends_range).and_then(|day| day.succ_opt());
            let begin = begin.unwrap_or(stretch.first);
            if !stretch.is_day() || (stretch.last - begin).num_days() > LONGEST {
                return None;
            }
            days.extend(begin.iter_days().take_while(|day| *day <= stretch.last));
        }
        Some(days)
    };
    read(late).filter(|days| read(early).as_ref() == Some(days))
}

/// The day with which a sentence begins: 8月20日已修复, 已于2014.8.20更换. None when it begins otherwise.
pub fn at_begin(text: &str, near: NaiveDate) -> Option<NaiveDate> {
    let (dates, _) = scan::dates(text.trim_start().trim_start_matches('已'), near, Years::Nearest)?;
    dates.first().filter(|date| date.first == date.last).map(|date| date.last)
}

/// Reads the first and last day of a day, month (2014年8月) or range. A missing year is the one nearest to `near`.
pub fn stretch(text: &str, near: NaiveDate) -> Option<(NaiveDate, NaiveDate)> {
    first_and_last(text, near, Years::Nearest)
}

/// As [`stretch`], but a missing year is that of `near`.
pub fn stretch_of_year(text: &str, near: NaiveDate) -> Option<(NaiveDate, NaiveDate)> {
    first_and_last(text, near, Years::Same)
}

fn first_and_last(text: &str, near: NaiveDate, years: Years) -> Option<(NaiveDate, NaiveDate)> {
    let (dates, rest) = scan::dates(text, near, years)?;
    let last = dates.iter().map(|date| date.last).max()?;
    // 去年 alone is not enough.
    text.chars().find(|c| c.is_numeric() || "〇○零一二三四五六七八九十".contains(*c))?;
    is_end(&rest).then_some((dates.first()?.first, last))
}

/// Two days so far apart that a date without a year reads differently from each.
pub(super) fn far_apart() -> Option<[NaiveDate; 2]> {
    Some([NaiveDate::from_ymd_opt(1990, 7, 1)?, NaiveDate::from_ymd_opt(2050, 7, 1)?])
}

/// Whether the text after a date adds nothing to it.
pub(super) fn is_end(rest: &str) -> bool {
    matches!(
        rest.trim_matches(['.', ',', ')', '"', '/', '-', ';', '、']),
        "" | "前" | "之前" | "以前" | "止" | "起" | "完成" | "已完成" | "前完成" | "办结" | "当天" | "当日"
    )
}

/// A moment as switches, settings and registers give it, year included: `2014-08-31` (the end of that day),
/// `2014-09-05T16:00`, `2014年9月5日下午4:00`.
pub fn instant(text: &str) -> Option<NaiveDateTime> {
    let (day, clock) = full(text)?;
    Some(clock.map_or_else(|| end_of(day), |clock| day.and_time(clock)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn near(text: &str) -> NaiveDate {
        text.parse().expect("a date")
    }

    #[test]
    fn days_as_written() {
        for (day_named, texts) in [
            (
                "2014-08-15",
                "2014.8.15|2014-8-15|2014/8/15|2014年8月15日|2014年8月15号|8月15日|20140815|二〇一四年八月十五日|\
                 二○一四年八月十五日|２０１４年８月１５日|2014 年 8 月 15 日|14.8.15|14年8月15日|8.15|8-15|8/15|八月十五日|\
                 2014.08.15.|2014．8．15|2014—8—15|2014、8、15|2014-08-15 16:00|2014-08-15T16:00:00|2014/8/15 0:00:00|\
                 2014年8月15日下午5:00|2014年8月15日（星期五）|8月15日上午|8月15日（周五）上午9点|2014年8月15日前|\
                 2014-08-15日|8月15|今年8月15日|8月15日9:00-11:00|2014年8月15日16时30分|于8月15日完成",
            ),
            (
                "2014-08-05",
                "8月1日至5日|8月1日-5日|8月1-5日|2014.8.1-8.5|8月1日—8月5日|2014年8月1日～2014年8月5日|8月3、5日",
            ),
            ("2015-01-03", "2014年12月28日-1月3日|12月28日—2015年1月3日"),
            ("2013-12-31", "去年12月31日"),
        ] {
            for text in texts.split('|') {
                assert_eq!(day(text, near("2014-08-31")), Some(near(day_named)), "{text}");
            }
        }
    }

    #[test]
    fn what_names_no_day() {
        for text in "|8月|2014年8月|2014.8|201408|2014|8月底|8月上旬|上旬|每月15日|15日|15|2014年2月30日|2014-13-01|8-9月|\
                     2-3次|8月15日开展活动3次|若干|已完成|2014.8.15.3|99999999999|〇|10:00|8月底前|1-2-3|2014年第3号|周五"
            .split('|')
        {
            assert_eq!(day(text, near("2014-08-31")), None, "{text}");
        }
    }

    #[test]
    fn sentences_that_begin_with_a_day() {
        let of = |text| at_begin(text, near("2014-08-31")).map(|day| day.to_string());
        for text in ["8月20日已修复", "已于8月20日更换到位", "于2014.8.20销号", "2014-08-20 完成"] {
            assert_eq!(of(text).as_deref(), Some("2014-08-20"), "{text}");
        }
        for text in ["已修复", "8月已修复", "计划8月20日修复", "更换3处"] {
            assert_eq!(of(text), None, "{text}");
        }
    }

    #[test]
    fn stretches_from_their_first_to_their_last_day() {
        let of = |text| stretch(text, near("2014-07-01")).map(|(first, last)| format!("{first} {last}"));
        assert_eq!(of("2014年8月").as_deref(), Some("2014-08-01 2014-08-31"));
        assert_eq!(of("2014.8.15").as_deref(), Some("2014-08-15 2014-08-15"));
        assert_eq!(of("8月1日至8月15日").as_deref(), Some("2014-08-01 2014-08-15"));
        assert_eq!((of("近期"), of("8月换届后"), of("去年")), (None, None, None));
        let last_of_year = |text| stretch_of_year(text, near("2014-07-01")).map(|(_, last)| last.to_string());
        for text in ["12月31日", "12.31", "12月31日前", "12月"] {
            assert_eq!(last_of_year(text).as_deref(), Some("2014-12-31"), "{text}");
        }
        assert_eq!(last_of_year("12月28日—1月3日").as_deref(), Some("2015-01-03"));
    }

    #[test]
    fn a_missing_year_is_the_nearest() {
        assert_eq!(day("12月28日", near("2014-01-31")), Some(near("2013-12-28")));
        assert_eq!(day("1月5日", near("2013-12-31")), Some(near("2014-01-05")));
        assert_eq!(day("2月29日", near("2013-03-01")), Some(near("2012-02-29")));
        assert_eq!(day("2月29日", near("2014-03-01")), None);
    }

    #[test]
    fn clock_times() {
        for (text, at) in [
            ("2014-09-05 16:00", "2014-09-05T16:00:00"),
            ("2014/9/5 9:05:07", "2014-09-05T09:05:07"),
            ("2014年9月5日下午5:00", "2014-09-05T17:00:00"),
            ("2014年9月5日下午5点半", "2014-09-05T17:30:00"),
            ("2014-09-05 5:00 PM", "2014-09-05T17:00:00"),
            ("2014-09-05 24:00", "2014-09-05T23:59:59"),
            ("2014-09-05", "2014-09-05T23:59:59"),
            ("2014-09-05T16:00", "2014-09-05T16:00:00"),
            ("2014.9.5 9:00-11:30", "2014-09-05T11:30:00"),
            ("2014年9月5日下午4:00", "2014-09-05T16:00:00"),
            ("2014年9月5日16时", "2014-09-05T16:00:00"),
            ("二〇一四年九月五日上午九点", "2014-09-05T09:00:00"),
        ] {
            assert_eq!(instant(text), at.parse().ok(), "{text}");
        }
        for text in [
            "9月5日 16:00", "9-5", "", "去年9月5日", "2014年9月", "2014-09-05 16:00Z", "2014-09-05 下班前",
            "2014-09-05 25:00", "2014-09-05 16:61",
        ] {
            assert_eq!(instant(text), None, "{text}");
        }
    }
}
