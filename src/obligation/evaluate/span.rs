//! Spans over which indicators are measured, and how much of them has passed.

use chrono::{Datelike, NaiveDate};

use crate::basis::Lang;
use crate::basis::calendar::window::end_of;
use crate::basis::calendar::{Cycle, Window};
use crate::division::Context;
use crate::division::indicator::Turn;

/// The days over which an indicator is measured: one or more consecutive periods of a cycle.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    /// The first period.
    pub first: Window,
    /// The last period.
    pub last: Window,
    /// The number of days that have passed at the end of the window or on the day of the run, whichever is earlier.
    pub passed: i64,
    /// The number of days.
    pub days: i64,
}

impl Span {
    fn new(first: Window, last: Window, cx: &Context<'_>) -> Span {
        let today = cx.as_of.date().min(cx.window.end);
        let days = (last.end - first.start).num_days() + 1;
        Span { first, last, passed: ((today - first.start).num_days() + 1).clamp(0, days), days }
    }

    /// Whether all days have passed, so that the whole bound is due.
    pub fn ended(&self) -> bool {
        self.passed == self.days
    }

    /// Whether a day lies inside.
    pub fn contains(&self, day: NaiveDate) -> bool {
        (self.first.start..=self.last.end).contains(&day)
    }

    /// Whether all days of a window lie inside.
    pub fn holds(&self, window: &Window) -> bool {
        self.first.start <= window.start && window.end <= self.last.end
    }

    /// Its label: `2014-08`, `2014..2015`.
    pub fn label(&self) -> String {
        if self.first == self.last {
            return self.first.label();
        }
        format!("{}..{}", self.first.label(), self.last.label())
    }

    /// The span as part of a sentence: 8月, 2014年至2015年.
    pub fn words(&self, lang: Lang) -> String {
        if self.first == self.last {
            return self.first.words(lang);
        }
        format!("{}{}{}", self.first.words(lang), lang.pick("至", " to "), self.last.words(lang))
    }
}

/// The window as a whole.
pub(super) fn window(cx: &Context<'_>) -> Span {
    Span::new(cx.window, cx.window, cx)
}

/// The spans of this turn that matter for the window: those that lie wholly inside and have begun, or are longer and end
/// inside; if none of the longer ones ends inside, the one running at the end of the window. `since` is the year in which blocks of several
/// years begin.
pub(super) fn of_turn(sub_period: Turn, cx: &Context<'_>, since: Option<i32>) -> Vec<Span> {
    let cycle = if sub_period.cycle == Cycle::Once { Cycle::Year } else { sub_period.cycle };
    let today = cx.as_of.min(end_of(cx.window.end)).date();
    let mut spans = Vec::new();
    let mut first = block_start(cycle, sub_period.count, cx.window.start, since);
    loop {
        let last = (1..sub_period.count).fold(first, |window, _| window.next());
        let span = Span::new(first, last, cx);
        // ten days may hold no full week, of which then nothing is asked
        let longer = span.days > cx.window.days();
        let whole = longer || first.start >= cx.window.start;
        let running = last.end >= cx.window.end;
        if last.end <= cx.window.end && whole && first.start <= today || running && longer && spans.is_empty() {
            spans.push(span);
        }
        let next = last.next();
        if running || next.start <= first.start {
            return spans;
        }
        first = next;
    }
}

/// The first period of the block of `count` periods that contains a day. Blocks of years count from `since`, others from
/// the beginning of the year.
fn block_start(cycle: Cycle, count: u32, day: NaiveDate, since: Option<i32>) -> Window {
    let sub_period = Window::containing(cycle, day);
    if count <= 1 {
        return sub_period;
    }
    let count = i64::from(count);
    let back = match cycle {
        Cycle::Year | Cycle::Once => i64::from(day.year() - since.unwrap_or(day.year()).min(day.year())) % count,
        _ => {
            let january = NaiveDate::from_ymd_opt(sub_period.end.year(), 1, 4).unwrap_or(day);
            let mut index = 0;
            let mut at = Window::containing(cycle, january);
            while at.start < sub_period.start {
                (at, index) = (at.next(), index + 1);
            }
            index % count
        }
    };
    (0..back).fold(sub_period, |sub_period, _| sub_period.previous())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::obligation::fixture::drawn;

    fn spans(drawing: &str, count: u32, cycle: Cycle, since: Option<i32>) -> String {
        let campaign = drawn(drawing);
        let spans = of_turn(Turn { count, cycle }, &campaign.context(), since);
        let words = spans.iter().map(|span| format!("{} {}/{}", span.label(), span.passed, span.days));
        words.collect::<Vec<_>>().join(", ")
    }

    #[test]
    fn whole_turns_of_the_window_or_the_one_it_lies_in() {
        let august = "2014-08 as of 2014-09-06";
        assert_eq!(spans(august, 1, Cycle::Month, None), "2014-08 31/31");
        // weeks 31 and 36 lie only partly in August
        assert_eq!(spans(august, 1, Cycle::Week, None), "2014-W32 7/7, 2014-W33 7/7, 2014-W34 7/7, 2014-W35 7/7");
        assert_eq!(spans(august, 1, Cycle::Quarter, None), "2014-Q3 62/92");
        assert_eq!(spans(august, 1, Cycle::Year, None), "2014 243/365");
        assert_eq!(spans(august, 2, Cycle::Year, None), "2014..2015 243/730");
        assert_eq!(spans(august, 2, Cycle::Year, Some(2013)), "2013..2014 608/730");
        assert_eq!(spans(august, 2, Cycle::Year, Some(2012)), "2014..2015 243/730");
        assert_eq!(spans(august, 2, Cycle::Month, None), "2014-07..2014-08 62/62");
        assert_eq!(spans("2014-W33 as of 2014-08-20", 1, Cycle::Month, None), "2014-08 17/31");
        assert_eq!(spans("2014-W31 as of 2014-08-20", 1, Cycle::Month, None), "2014-07 31/31");
    }

    #[test]
    fn a_running_window_counts_the_days_passed() {
        let running = "2014-08 as of 2014-08-13T12:00";
        assert_eq!(spans(running, 1, Cycle::Month, None), "2014-08 13/31");
        assert_eq!(spans(running, 1, Cycle::Week, None), "2014-W32 7/7, 2014-W33 3/7");
        assert_eq!(spans("2014-08 as of 2014-08-02", 1, Cycle::Week, None), "", "the first full week has not begun");
        assert_eq!(spans("2015-04-T1 as of 2015-04-20", 1, Cycle::Week, None), "", "it holds no full week");
        // Week 33 begins on the 11th.
        assert_eq!(spans("2014-08 as of 2014-08-10", 1, Cycle::Week, None), "2014-W32 7/7");
        assert_eq!(spans("2014-08 as of 2014-08-11T12:00", 1, Cycle::Week, None), "2014-W32 7/7, 2014-W33 1/7");
    }
}
