//! When a report was first received.

use chrono::NaiveDateTime;

use crate::basis::{TaskId, UnitId};
use crate::obligation::fixture::drawn;
use crate::obligation::{PriorReports, settle};

/// When the only obligation is reported, where the history knows an earlier moment; and its state.
fn reported(files: &str, known: Option<&str>) -> (Option<NaiveDateTime>, &'static str) {
    let campaign = drawn(&format!("2014-08 as of 2014-09-06\n1 | 甲科\n{files}"));
    let moment = |text: &str| text.parse::<NaiveDateTime>().expect("a moment");
    let first = known.map(|known| ((TaskId(0), UnitId(0), "2014-08".to_owned()), moment(known)));
    let prior = PriorReports { first: first.into_iter().collect(), ..PriorReports::default() };
    let (_, obligations) = settle(&campaign.context(), campaign.files.clone(), prior);
    (obligations.all[0].reported, obligations.all[0].state.name())
}

#[test]
fn the_first_of_all_reports_counts_if_one_is_left() {
    let moment = |text: &str| Some(text.parse::<NaiveDateTime>().expect("a moment"));
    let here = "--- 甲科 2014-09-06T10:00 a.xlsx\n1 | 已完成";
    assert_eq!(reported(here, None), (moment("2014-09-06T10:00:00"), "late"));
    assert_eq!(reported(here, Some("2014-09-02T10:00:00")), (moment("2014-09-02T10:00:00"), "on-time"));
    assert_eq!(reported(here, Some("2014-09-06T11:00:00")), (moment("2014-09-06T10:00:00"), "late"));
    let blank = "--- 甲科 2014-09-02T10:00 a.xlsx\n1 |";
    assert_eq!(reported(blank, Some("2014-09-01T10:00:00")), (None, "blank"), "nothing is left of it");
    assert_eq!(reported("--- 甲科 2014-09-02T10:00 a.xlsx locked", Some("2014-09-01T10:00:00")).0, None);
}

#[test]
fn what_this_machine_could_not_read_may_hold_the_rest() {
    use crate::read::{Refusal, Trouble};
    let of = |files: &str, unread: &[usize]| {
        let mut campaign = drawn(&format!("2014-08 as of 2014-09-06\n1 | 甲科\n2 | 甲科\n{files}"));
        for &at in unread {
            campaign.files[at].1.refusal = Some(Refusal::NotAccessible(Trouble::Busy));
        }
        let (_, obligations) = campaign.settle();
        obligations.all.iter().map(|owed| owed.state.name()).collect::<Vec<_>>()
    };
    let locked = "--- 甲科 2014-09-01T10:00 a.xlsx locked\n";
    let other = "--- 甲科 2014-09-01T11:00 b.xlsx locked\n";
    let good = "--- 甲科 2014-09-02T10:00 c.xlsx\n1 | 已完成";
    assert_eq!(of(&format!("{locked}{good}"), &[]), ["on-time", "missing"], "the usable one came later");
    assert_eq!(of(&format!("{locked}{good}"), &[0]), ["on-time", "unusable"]);
    assert_eq!(of(&format!("{locked}{other}{good}"), &[0]), ["on-time", "unusable"], "whatever else was refused");
    assert_eq!(of(&format!("{locked}{other}{good}"), &[1]), ["on-time", "unusable"]);
}

#[test]
fn a_picture_in_a_row_is_its_report() {
    let of = |pictures: u16| {
        let mut campaign = drawn("2014-08 as of 2014-09-06\n1 | 甲科\n--- 甲科 2014-09-01T10:00 a.xlsx\n1 |");
        campaign.files[0].1.ledgers[0].records[0].pictures = pictures;
        let (_, obligations) = campaign.settle();
        obligations.all[0].state.name()
    };
    assert_eq!((of(0), of(1)), ("blank", "on-time"));
}
