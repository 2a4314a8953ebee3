//! The obligations of a window, before submissions are considered: exempted ones are `Exempt`, all others `NotDue`.

use chrono::NaiveDateTime;

use super::model::{Obligation, State};
use super::prior_reports::PriorReports;
use super::sub_periods::SubPeriods;
use super::terms::is_owed;
use crate::basis::calendar::window::end_of;
use crate::basis::calendar::{Cycle, Deadline, Window};
use crate::basis::{TaskId, UnitId};
use crate::division::{Context, Handed, Terms, Unit, WaiverKind};
use crate::ruling::{Asker, RulingKind, Target};

/// The obligations of the window in the order of the division, then of the task's units, then of periods.
pub(super) fn owed(cx: &Context<'_>, sub_periods: &SubPeriods, prior: &PriorReports) -> Vec<Obligation> {
    // reports owed several times in a window are submitted with the window and share its due time
    let due = cx.settings.due.due(&cx.window);
    let mut all = Vec::new();
    for (at, task) in cx.division.tasks.iter().enumerate() {
        let id = TaskId(at as u32);
        for &unit in &task.units {
            let terms = task.terms(unit);
            let periods = periods(cx, sub_periods, terms);
            let who = cx.division.unit(unit);
            let finished = prior.is_done(id, unit);
            let theirs =
                |period: &&Window| in_use(who, &cx.window) && in_use(who, period) && cx.division.owes(id, unit, period);
            for &period in periods.iter().filter(theirs) {
                if is_owed(terms, &period, period.cycle < cx.window.cycle, finished) {
                    let due = extended(cx, (id, unit), &period, due);
                    let ruling = ruled_off(cx, id, unit);
                    let exempt = ruling.is_some() || is_excused(cx, (id, unit), &period);
                    let state = if exempt { State::Exempt } else { State::NotDue };
                    all.push(Obligation {
                        task: id,
                        unit,
                        period,
                        due,
                        state,
                        reported: None,
                        in_time: false,
                        nil: None,
                        done: None,
                        records: Vec::new(),
                        out_of_reach: false,
                        earlier: Vec::new(),
                        ruling,
                    });
                }
            }
        }
    }
    all
}

/// The periods of a task that end in the window.
fn periods(cx: &Context<'_>, sub_periods: &SubPeriods, terms: &Terms) -> Vec<Window> {
    if let Some(sub_periods) = sub_periods.of(terms) {
        return sub_periods.iter().map(|(sub_period, _)| *sub_period).collect();
    }
    match (terms.cycle, &terms.deadline) {
        (None, _) => vec![cx.window],
        // 一次性 is owed at its deadline, or at the end of the year if it has none
        (Some(Cycle::Once), Deadline::By(_) | Deadline::Phase(..)) => {
            let ends = |at: NaiveDateTime| at <= end_of(cx.window.end);
            let ended = terms.deadline.moment(&cx.window).is_some_and(ends);
            if ended { vec![cx.window] } else { Vec::new() }
        }
        (Some(cycle), _) if cycle == cx.window.cycle => vec![cx.window],
        (Some(cycle), _) => cx.window.parts(cycle),
    }
}

/// What was granted to a unit for a period of a task.
fn granted(cx: &Context<'_>, (task, unit): (TaskId, UnitId), period: &Window) -> impl Iterator<Item = WaiverKind> {
    // Who was given the duty by a ruling owes it, whatever was granted before.
    let given = |handed: &Handed| (handed.task, handed.to) == (task, unit) && handed.since <= period.end;
    let given = cx.division.handed.iter().any(given);
    let granted = cx.division.waivers.iter().filter(move |waiver| !given && waiver.covers(task, unit));
    granted.map(|waiver| waiver.grant)
}

/// The due time with extensions applied.
fn extended(cx: &Context<'_>, of: (TaskId, UnitId), period: &Window, due: NaiveDateTime) -> NaiveDateTime {
    granted(cx, of, period).fold(due, |due, grant| match grant {
        // an extension that ends before the due time was granted for an earlier report
        WaiverKind::Extension(until) => due.max(until),
        WaiverKind::Exemption(_) => due,
    })
}

/// Whether a unit was exempted from a task for a period, whatever it reports.
pub(super) fn is_excused(cx: &Context<'_>, of: (TaskId, UnitId), period: &Window) -> bool {
    granted(cx, of, period).any(|grant| match grant {
        WaiverKind::Exemption(until) => until.is_none_or(|until| period.end <= until),
        WaiverKind::Extension(_) => false,
    })
}

/// The ruling that says that a task is not a unit's.
fn ruled_off(cx: &Context<'_>, task: TaskId, unit: UnitId) -> Option<u32> {
    let rulings = &cx.division.rulings;
    if !rulings.any(RulingKind::Responsibility) {
        return None;
    }
    let asker = Asker { unit: Some(unit), file: "", window: cx.window };
    let ruling = rulings.find(RulingKind::Responsibility, &cx.division.task(task).code, &asker)?;
    (ruling.target == Target::Agreed).then_some(ruling.id)
}

/// Whether a unit existed on the last day of a period.
fn in_use(unit: &Unit, stretch: &Window) -> bool {
    unit.from.is_none_or(|from| from <= stretch.end) && unit.until.is_none_or(|until| until >= stretch.end)
}

#[cfg(test)]
mod tests {
    use crate::basis::calendar::window::end_of;
    use crate::division::WaiverKind;
    use crate::obligation::fixture::{check, drawn, waiver};

    #[test]
    fn each_task_is_owed_by_each_of_its_units() {
        check(
            "2014-08 as of 2014-09-06
             1-1 | 综合科、后勤中心 | 每月
             1-2 | 后勤中心
             1-3 |
             --- 综合科 2014-09-05T17:00 a.xlsx
             1-1 | 已完成
             --- 后勤中心 2014-09-05T18:00 b.xlsx
             1-1 | 推进中
             1-1 | 已完成",
            "1-1 综合科 2014-08 on-time 1
             1-1 后勤中心 2014-08 late 2
             1-2 后勤中心 2014-08 missing 0",
        );
    }

    #[test]
    fn long_cycles_are_owed_where_they_end_and_earlier_reports_count() {
        let quarter = "2014-08 as of 2014-10-09
                       1 | 甲科、乙科 | 每季
                       2 | 甲科 | 每半年
                       --- 甲科 2014-08-03T10:00 July.xlsx window=2014-07
                       1 | 已完成";
        check(quarter, "");
        check(
            &quarter.replace("2014-08 as", "2014-09 as"),
            "1 甲科 2014-Q3 on-time 1
             1 乙科 2014-Q3 missing 0",
        );
    }

    #[test]
    fn deadlines_and_phases_are_owed_until_done() {
        let text = "2014-08 as of 2014-09-06
                    1 | 甲科 |        | 6月底前
                    2 | 甲科 |        | 6月底前
                    3 | 甲科 |        | 9-10月
                    4 | 甲科 |        | 8-9月
                    5 | 甲科 | 一次性 | 9月10日前
                    6 | 甲科 | 每半月 | 8月1日至8月20日
                    7 | 甲科 | 每半月 | 7月1日至7月20日
                    --- 甲科 2014-07-03T10:00 June.xlsx window=2014-06
                    1 | 已完成
                    2 | 推进中";
        check(
            text,
            "2 甲科 2014-08 missing 0
             4 甲科 2014-08 missing 0
             6 甲科 2014-08-H1 missing 0
             6 甲科 2014-08-H2 missing 0",
        );
    }

    #[test]
    fn a_done_row_that_stays_in_the_ledger_with_nothing_new_stays_done() {
        for (later, owed) in [
            ("零报告", false),
            ("不涉及", false),
            ("长期坚持", false),
            ("有异议", false),
            ("推进中", true),
            ("未开始", true),
        ] {
            let text = format!(
                "2014-09 as of 2014-10-06
                 1 | 甲科 | | 9月20日前
                 --- 甲科 2014-08-03T10:00 July.xlsx window=2014-07
                 1 | 已完成
                 --- 甲科 2014-09-03T10:00 August.xlsx window=2014-08
                 1 | {later}"
            );
            check(&text, if owed { "1 甲科 2014-09 missing 0" } else { "" });
        }
    }

    #[test]
    fn extensions_and_exemptions_are_granted() {
        let mut campaign = drawn(
            "2014-08 as of 2014-09-08
             1 | 甲科、乙科
             2 | 甲科、乙科 | 每半月
             --- 乙科 2014-09-07T10:00 a.xlsx
             1 | 推进中",
        );
        let day = |text: &str| text.parse().expect("a day");
        campaign.division.waivers = vec![
            waiver(&[0], 0, WaiverKind::Exemption(None)),
            waiver(&[1], 0, WaiverKind::Exemption(Some(day("2014-08-20")))),
            waiver(&[], 1, WaiverKind::Extension(end_of(day("2014-09-08")))),
        ];
        assert_eq!(
            campaign.obligations().lines().collect::<Vec<_>>(),
            [
                "1 甲科 2014-08 exempt 0",
                "1 乙科 2014-08 on-time 1",
                "2 甲科 2014-08-H1 exempt 0",
                "2 甲科 2014-08-H2 missing 0",
                "2 乙科 2014-08-H1 not-due 0",
                "2 乙科 2014-08-H2 not-due 0",
            ]
        );
    }

    #[test]
    fn units_owe_while_they_are_in_use() {
        let mut campaign = drawn(
            "2014-08 as of 2014-09-06
             1 | 甲科、乙科、丙科
             2 | 乙科 | 每半月",
        );
        let day = |text: &str| text.parse().ok();
        campaign.division.roster.units[0].until = day("2014-08-30");
        campaign.division.roster.units[1].from = day("2014-08-20");
        campaign.division.roster.units[2].from = day("2014-09-01");
        assert_eq!(campaign.obligations(), "1 乙科 2014-08 missing 0\n2 乙科 2014-08-H2 missing 0");
    }

    #[test]
    fn a_phase_is_owed_from_its_begin_until_it_is_reported_done() {
        for (window, expected) in [
            ("2014-06", ""),
            ("2014-07", "1 甲科 2014-07 missing 0"),
            ("2014-08", "1 甲科 2014-08 missing 0"),
            ("2014-09", "1 甲科 2014-09 missing 0"),
        ] {
            check(&format!("{window} as of 2014-12-06\n1 | 甲科 | | 2014年7-8月"), expected);
        }
    }

    #[test]
    fn a_phase_that_begins_within_the_window_is_owed_in_it() {
        let begins = |day: &str| format!("2014-08 as of 2014-12-06\n1 | 甲科 | | 2014年{day}-2014年10月31日");
        check(&begins("8月31日"), "1 甲科 2014-08 missing 0");
        check(&begins("9月1日"), "");
    }

    #[test]
    fn what_recurs_is_owed_while_its_phase_lasts() {
        let halves = |month: &str| ["H1", "H2"].map(|half| format!("1 甲科 {month}-{half} missing 0")).join("\n");
        for (window, expected) in [
            ("2014-06", String::new()),
            ("2014-07", halves("2014-07")),
            ("2014-08", halves("2014-08")),
            ("2014-09", String::new()),
        ] {
            check(&format!("{window} as of 2014-12-06\n1 | 甲科 | 每半月 | 2014年7-8月"), &expected);
        }
        let until = |deadline: &str| format!("2014-08 as of 2014-12-06\n1 | 甲科 | 每半月 | {deadline}");
        check(&until("2014年8月16日"), &halves("2014-08"));
        check(&until("2014年8月15日"), "1 甲科 2014-08-H1 missing 0");
    }

    #[test]
    fn what_is_owed_once_is_owed_when_its_end_has_come() {
        for (window, expected) in [("2014-07", ""), ("2014-08", "1 甲科 2014-08 missing 0")] {
            check(&format!("{window} as of 2014-12-06\n1 | 甲科 | 一次性 | 2014年8月31日"), expected);
        }
        check("2014-08 as of 2014-12-06\n1 | 甲科 | 一次性 | 2014年9月1日", "");
    }

    #[test]
    fn an_exemption_excuses_what_ends_by_its_day_and_an_extension_never_shortens() {
        let mut campaign = drawn("2014-08 as of 2014-09-08\n1 | 甲科、乙科、丙科、丁科");
        let day = |text: &str| text.parse().expect("a day");
        campaign.division.waivers = vec![
            waiver(&[], 0, WaiverKind::Exemption(Some(day("2014-08-31")))),
            waiver(&[], 1, WaiverKind::Exemption(Some(day("2014-08-30")))),
            waiver(&[], 2, WaiverKind::Extension(end_of(day("2014-09-07")))),
            waiver(&[], 3, WaiverKind::Extension(end_of(day("2014-09-08")))),
        ];
        let states =
            ["甲科 2014-08 exempt 0", "乙科 2014-08 missing 0", "丙科 2014-08 missing 0", "丁科 2014-08 not-due 0"];
        assert_eq!(campaign.obligations(), states.map(|state| format!("1 {state}")).join("\n"));
        campaign.division.waivers = vec![waiver(&[], 0, WaiverKind::Extension(end_of(day("2014-09-01"))))];
        campaign.as_of = "2014-09-05T17:00:00".parse().expect("a moment");
        assert!(
            campaign.obligations().starts_with("1 甲科 2014-08 not-due 0"),
            "a day before the due time changes nothing"
        );
    }

    #[test]
    fn a_unit_is_in_use_on_its_first_and_its_last_day() {
        let mut campaign = drawn("2014-08 as of 2014-09-06\n1 | 甲科、乙科");
        campaign.division.roster.units[0].until = "2014-08-31".parse().ok();
        campaign.division.roster.units[1].from = "2014-08-31".parse().ok();
        assert_eq!(campaign.obligations(), "1 甲科 2014-08 missing 0\n1 乙科 2014-08 missing 0");
    }

    #[test]
    fn a_unit_owes_what_ends_while_it_is_in_use() {
        use crate::basis::calendar::{Cycle, Window};
        let august = Window::parse("2014-08", Cycle::Month).expect("a window");
        let mut unit = drawn("2014-08 as of 2014-09-06\n1 | 甲科").division.roster.units[0].clone();
        let day = |text: &str| text.parse::<chrono::NaiveDate>().ok();
        for (from, until, in_use) in [
            ("", "", true),
            ("2014-08-31", "", true),
            ("2014-09-01", "", false),
            ("", "2014-08-31", true),
            ("", "2014-08-30", false),
            ("2014-08-01", "2014-08-30", false),
        ] {
            (unit.from, unit.until) = (day(from), day(until));
            assert_eq!(super::in_use(&unit, &august), in_use, "{from} {until}");
        }
    }
}
