//! Dates as people write them: 2014.8.15, 2014年8月15日, 8月15日, 20140815, 二〇一四年八月十五日.

use chrono::{NaiveDate, NaiveDateTime, NaiveTime, TimeDelta};

use super::partial::Years;
use super::scan;
use crate::basis::calendar::window::end_of;

/// The day a text names, whichever way it is written; a missing year is the one that puts the day nearest to `near`.
/// Of a range or list (8月1日至5日, 8月15-16日) it is the last day: only then is what was done there done, and a record
/// is in time or late by its end. None when the text names no day (a month alone is none) or says more than a date.
pub fn day(text: &str, near: NaiveDate) -> Option<NaiveDate> {
    moment(text, near).map(|(day, _)| day)
}

/// As [`day`], with the clock time where one is written.
pub fn moment(text: &str, near: NaiveDate) -> Option<(NaiveDate, Option<NaiveTime>)> {
    let (dates, rest) = scan::dates(text, near, Years::Nearest)?;
    let plain = matches!(
        rest.trim_matches(['.', ',', ')', '"', '/', '-']),
        "" | "前" | "之前" | "以前" | "止" | "起" | "完成" | "已完成" | "前完成" | "办结" | "当天" | "当日"
    );
    let last = dates.iter().max_by_key(|date| date.last)?;
    (plain && dates.iter().all(|date| date.exact)).then_some((last.last, last.clock))
}

/// A clock time: 16:00, 下午5:00, 8时30分.
pub fn clock(text: &str) -> Option<NaiveTime> {
    scan::clock(text)
}

/// A moment as switches, settings and registers give it, year included: `2014-08-31` (the end of that day),
/// `2014-09-05T16:00`, `2014/9/5 16:00`.
pub fn instant(text: &str) -> Option<NaiveDateTime> {
    let near = |year| NaiveDate::from_ymd_opt(year, 7, 1);
    let read = moment(text, near(1990)?)?;
    // Read from two sides, a date without a year would give two years.
    let (day, clock) = (moment(text, near(2050)?)? == read).then_some(read)?;
    Some(clock.map_or_else(|| end_of(day), |clock| day.and_time(clock)))
}

/// The moment behind a serial number of a spreadsheet, whose first day is 1900-01-01 (with the 29 February 1900 that
/// never was) or, with `from_1904`, 1904-01-01. None outside the years 1900–9999.
pub fn serial(number: f64, from_1904: bool) -> Option<NaiveDateTime> {
    if !(0.0..2_958_466.0).contains(&number) {
        return None;
    }
    let epoch = match (from_1904, number < 60.0) {
        (true, _) => NaiveDate::from_ymd_opt(1904, 1, 1)?,
        (false, true) => NaiveDate::from_ymd_opt(1899, 12, 31)?,
        (false, false) => NaiveDate::from_ymd_opt(1899, 12, 30)?,
    };
    // Whole seconds: the fraction of a day is stored in binary and never exact.
    epoch.and_time(NaiveTime::MIN).checked_add_signed(TimeDelta::seconds((number * 86_400.0).round() as i64))
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
        ] {
            assert_eq!(instant(text), at.parse().ok(), "{text}");
        }
        for text in ["9月5日 16:00", "9-5", "", "2014-09-05 25:00", "2014-09-05 16:61"] {
            assert_eq!(instant(text), None, "{text}");
        }
    }

    #[test]
    fn serial_numbers() {
        let read = |number, from_1904| serial(number, from_1904).map(|at| at.to_string());
        assert_eq!(read(41866.0, false), Some("2014-08-15 00:00:00".into()));
        assert_eq!(read(41_866.708_333_333_336, false), Some("2014-08-15 17:00:00".into()));
        assert_eq!(read(40404.0, true), Some("2014-08-15 00:00:00".into()));
        assert_eq!(read(1.0, false), Some("1900-01-01 00:00:00".into()));
        assert_eq!(read(-1.0, false), None);
        assert_eq!(read(f64::NAN, false), None);
    }
}
