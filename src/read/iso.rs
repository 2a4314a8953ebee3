//! ISO 8601 dates, times and durations, as OpenDocument and strict Open XML store them.

use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta};

/// Reads `2014-08-15` or `2014-08-15T17:00:00`, with or without fraction and zone. A time of day alone (`17:00:00`) gets
/// the date 1899-12-31, as spreadsheet serial numbers below 1 do.
pub(super) fn moment(text: &str) -> Option<NaiveDateTime> {
    let text = text.trim().trim_end_matches('Z');
    ["%Y-%m-%dT%H:%M:%S%.f", "%Y-%m-%dT%H:%M"]
        .iter()
        .find_map(|format| NaiveDateTime::parse_from_str(text, format).ok())
        .or_else(|| Some(DateTime::parse_from_rfc3339(text).ok()?.naive_local()))
        .or_else(|| NaiveDate::parse_from_str(text, "%Y-%m-%d").ok()?.and_hms_opt(0, 0, 0))
        .or_else(|| {
            let time = ["%H:%M:%S%.f", "%H:%M"].iter().find_map(|f| NaiveTime::parse_from_str(text, f).ok())?;
            Some(NaiveDate::from_ymd_opt(1899, 12, 31)?.and_time(time))
        })
}

/// `PT12H30M00S` or `P1DT2H`, as times of day and durations are stored. Months and years have no length.
pub(super) fn duration(text: &str) -> Option<TimeDelta> {
    let written = text.trim();
    let (sign, written) = written.strip_prefix('-').map_or((1.0, written), |rest| (-1.0, rest));
    let (days, mut rest) = written.strip_prefix('P')?.split_once('T')?;
    let days = if days.is_empty() { 0.0 } else { days.strip_suffix('D')?.parse::<f64>().ok()? };
    let mut seconds = days * 86_400.0;
    for (unit, factor) in [('H', 3600.0), ('M', 60.0), ('S', 1.0)] {
        if let Some((number, after)) = rest.split_once(unit) {
            seconds += number.replace(',', ".").parse::<f64>().ok()? * factor;
            rest = after;
        }
    }
    (rest.is_empty() && seconds.abs() < 1e11).then(|| TimeDelta::milliseconds((sign * seconds * 1000.0).round() as i64))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_and_durations() {
        for text in [
            "2014-08-15", "2014-08-15T00:00:00", "2014-08-15T00:00:00.000Z", "2014-08-15T00:00",
            "2014-08-15T00:00:00+08:00",
        ] {
            assert_eq!(moment(text).map(|m| m.to_string()).as_deref(), Some("2014-08-15 00:00:00"), "{text}");
        }
        assert_eq!(moment("08:30").map(|m| m.to_string()).as_deref(), Some("1899-12-31 08:30:00"));
        assert_eq!(moment("15.8.2014"), None);
        assert_eq!(duration("PT12H30M01.5S"), Some(TimeDelta::milliseconds(45_001_500)));
        assert_eq!(moment("08:30:15.5").map(|m| m.to_string()).as_deref(), Some("1899-12-31 08:30:15.500"));
        assert_eq!(duration("PT1H1M1S"), Some(TimeDelta::seconds(3_661)));
        assert_eq!(duration("PT1,5S"), Some(TimeDelta::milliseconds(1_500)));
        assert!(duration("PT99999999999S").is_some() && duration("-PT99999999999S").is_some());
        assert_eq!(
            (duration("PT100000000000S"), duration("PT5"), duration("P1.5DT0S")),
            (None, None, Some(TimeDelta::hours(36)))
        );
        assert_eq!(duration("P1DT2H"), Some(TimeDelta::hours(26)));
        assert_eq!(duration("-PT30M"), Some(TimeDelta::minutes(-30)));
        assert_eq!(
            (duration("P1M"), duration("P1MT2H"), duration("PT"), duration("T2H")),
            (None, None, Some(TimeDelta::zero()), None)
        );
    }
}
