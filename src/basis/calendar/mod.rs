//! The calendar of the offices: cycles, windows, due times, and dates as people write them.

pub mod cycle;
pub mod due;
pub mod format;
pub mod parse;
pub mod window;

pub use cycle::Cycle;
pub use due::{DueRule, Weekend};
pub use parse::compact::compact;
pub use parse::deadline::Deadline;
pub use parse::occasions::{Occasion, occasions};
pub use parse::period::period;
pub use parse::written;
pub use window::Window;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_text_makes_the_readers_fail() {
        const PIECES: [&str; 44] = [
            "2014", "8", "15", "31", "99999999999", "20140815", "〇", "十二", "二〇一四", "年", "月", "日", "号", "-",
            ".", "/", "、", "至", "~", "底", "前", "每", "周", "五一", "国庆", "季度", "第", "上半年", "次年", "月后",
            "旬", ":", "时", "点半", "下午", "24:00", "T", " ", "(", "1月免报)", "起", "长期", "W", "\u{3000}",
        ];
        let near = chrono::NaiveDate::from_ymd_opt(2014, 8, 31).expect("a day");
        let mut state = 1u64;
        let mut next = |below: usize| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (state >> 33) as usize % below
        };
        for _ in 0..5_000 {
            let text: String = (0..next(8)).map(|_| PIECES[next(PIECES.len())]).collect();
            for day in [near, chrono::NaiveDate::MIN, chrono::NaiveDate::MAX] {
                let _ = (written::moment(&text, day), Deadline::parse(&text, day));
            }
            let window = Window::parse(&text, Cycle::Week);
            if let Some(window) = window {
                assert!(window.start <= window.end, "{text}");
                let _ = Deadline::parse(&text, near).map(|deadline| deadline.moment(&window));
            }
            if let Some(window) = window {
                let _ = occasions(&text, &window);
            }
            let _ = period(&text, None, near, Cycle::Week);
            let _ = (Cycle::parse(&text), DueRule::parse(&text), written::instant(&text), written::clock(&text));
        }
    }
}
