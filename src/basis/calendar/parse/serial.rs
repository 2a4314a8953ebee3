//! Spreadsheet serial numbers → moments.

use chrono::{Days, NaiveDate, NaiveDateTime, TimeDelta};

/// The moment a serial number stands for. None where no such day exists (serial 60 of the 1900 system is 29 February
/// 1900) or where it lies outside the range of spreadsheets (0 to 9999-12-31).
///
/// A serial below 1 is a time of day alone; it comes out on 1899-12-31 (1904 system: on 1904-01-01).
/// Rounded to the millisecond, the precision spreadsheets keep.
pub fn moment(serial: f64, since_1904: bool) -> Option<NaiveDateTime> {
    let last = if since_1904 { 2_957_004.0 } else { 2_958_466.0 };
    if !(0.0..last).contains(&serial) || (!since_1904 && (60.0..61.0).contains(&serial)) {
        return None;
    }
    let epoch = match (since_1904, serial < 60.0) {
        (true, _) => NaiveDate::from_ymd_opt(1904, 1, 1),
        (false, true) => NaiveDate::from_ymd_opt(1899, 12, 31),
        (false, false) => NaiveDate::from_ymd_opt(1899, 12, 30),
    }?;
    let day = epoch.checked_add_days(Days::new(serial as u64))?;
    let time = TimeDelta::milliseconds((serial.fract() * 86_400_000.0).round() as i64);
    day.and_hms_opt(0, 0, 0)?.checked_add_signed(time)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(serial: f64, since_1904: bool) -> String {
        moment(serial, since_1904).map_or("-".into(), |m| m.format("%Y-%m-%d %H:%M:%S%.f").to_string())
    }

    #[test]
    fn serials_are_days_of_either_system() {
        assert_eq!(shown(1.0, false), "1900-01-01 00:00:00");
        assert_eq!(shown(59.0, false), "1900-02-28 00:00:00");
        assert_eq!(shown(60.0, false), "-");
        assert_eq!(shown(61.0, false), "1900-03-01 00:00:00");
        assert_eq!(shown(41_866.708_333_333_336, false), "2014-08-15 17:00:00");
        assert_eq!(shown(40_404.0, true), "2014-08-15 00:00:00");
        assert_eq!(shown(0.5, false), "1899-12-31 12:00:00");
    }

    #[test]
    fn what_no_spreadsheet_shows_is_no_moment() {
        assert_eq!(shown(-1.0, false), "-");
        assert_eq!(shown(2_958_465.0, false), "9999-12-31 00:00:00");
        assert_eq!(shown(2_958_466.0, false), "-");
        assert_eq!(shown(f64::NAN, false), "-");
        assert_eq!(shown(20_140_815.0, false), "-");
    }
}
