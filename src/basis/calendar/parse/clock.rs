//! Clock times: 16:00, 下午5:00, 8时30分.

use chrono::{NaiveDate, NaiveTime};

use super::tokens::Scan;

/// A clock time and nothing else: 16:00, 下午5:00, 8时30分.
pub fn clock(text: &str) -> Option<NaiveTime> {
    let mut scan = Scan::new(text, NaiveDate::default())?;
    let clock = scan.clock()?;
    scan.rest().is_empty().then_some(clock)
}

impl Scan {
    /// 16:00, 下午5:00, 8时30分, 下午5点半, 5:00 pm.
    pub(super) fn clock(&mut self) -> Option<NaiveTime> {
        let start = self.at;
        let morning = self.skip_any(&["上午", "早上", "早晨", "凌晨", "am"]);
        let noon = !morning && self.skip("中午");
        let afternoon = !morning && !noon && self.skip_any(&["下午", "晚上", "傍晚", "晚", "pm"]);
        let clock = self.plain_clock().and_then(|(mut hour, minute, second)| {
            let afternoon = afternoon || !morning && self.skip("pm");
            if afternoon && hour < 12 || noon && hour < 3 {
                hour += 12;
            } else if (self.skip("am") || morning) && hour == 12 {
                hour = 0;
            }
            if (hour, minute, second) == (24, 0, 0) {
                return NaiveTime::from_hms_opt(23, 59, 59);
            }
            NaiveTime::from_hms_opt(hour, minute, second)
        });
        if clock.is_none() {
            self.at = start;
        }
        clock
    }

    fn plain_clock(&mut self) -> Option<(u32, u32, u32)> {
        let (hour, 1..=2) = self.number(0)? else { return None };
        match self.sign(1)? {
            ':' => {
                let (minute, _) = self.number(2)?;
                self.at += 3;
                let mut second = 0;
                if self.sign(0) == Some(':') {
                    second = self.number(1)?.0;
                    self.at += 2;
                    if self.sign(0) == Some('.') && self.number(1).is_some() {
                        self.at += 2;
                    }
                }
                Some((hour, minute, second))
            }
            '时' | '点' => {
                self.at += 2;
                self.skip_any(&["整", "钟"]);
                if self.skip("半") {
                    return Some((hour, 30, 0));
                }
                let minute = match self.number(0) {
                    Some((minute, 1..=2)) if self.sign(1) == Some('分') || self.peek(1).is_none() => minute,
                    _ => return Some((hour, 0, 0)),
                };
                self.at += 1;
                self.skip("分");
                Some((hour, minute, 0))
            }
            _ => None,
        }
    }
}
