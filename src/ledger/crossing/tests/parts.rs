//! What decides on the records of a cross-tab, by itself.

use super::super::*;
use crate::basis::calendar::{Cycle, Window, window::end_of};
use crate::basis::settings::Settings;
use crate::ledger::fixture::division;
use crate::table::fixture::{self, raw};

fn column(heading: &str, field: Option<FieldId>) -> Column {
    fixture::column(1, heading, field)
}

fn said(cell: &str, column: &Column) -> Option<Says> {
    let (division, settings, mut texts) = (division(), Settings::default(), Texts::default());
    let window = Window::parse("2014-08", Cycle::Month).expect("a window");
    let cx = Context { settings: &settings, division: &division, window, as_of: end_of(window.end) };
    let raw = if cell.is_empty() { Raw::Empty } else { raw(cell, &mut texts) };
    Speaker { cx: &cx, texts: &texts, legend: None }.says(raw, column, false)
}

#[test]
fn what_a_cell_under_an_axis_says() {
    let of = |field| Some(Says::Field(field));
    for (cell, says) in [
        ("", None),
        ("' ", None),
        ("—", None),
        ("'/", None),
        ("3", Some(Says::Number)),
        ("'3", Some(Says::Number)),
        ("3处", Some(Says::Number)),
        ("85%", of(fields::STATUS)),
        ("@2014-08-15", of(fields::DATE)),
        ("8月15日", of(fields::DATE)),
        ("8.15", Some(Says::Number)),
        ("'8.15", of(fields::DATE)),
        ("'9.15", Some(Says::Number)),
        ("'815", Some(Says::Number)),
        ("'41866", of(fields::DATE)),
        ("√", of(fields::STATUS)),
        ("已完成", of(fields::STATUS)),
        ("□完成 □未完成", None),
        ("第二周", of(fields::DATE)),
        ("正在组织人员清理某处楼宇", of(fields::STATUS)),
        ("正在组织人员清理某处楼宇，已清理三处", of(fields::PROGRESS)),
        ("子某", of(fields::PROGRESS)),
        ("#N/A", of(fields::PROGRESS)),
        ("=", of(fields::PROGRESS)),
    ] {
        assert_eq!(said(cell, &column("综合科", None)), says, "{cell}");
    }
    assert_eq!(said("3", &column("综合科/备注", Some(fields::REMARK))), of(fields::REMARK));
    assert_eq!(said("—", &column("综合科/备注", Some(fields::REMARK))), None);
}

#[test]
fn dashes_mark_empty_cells() {
    assert!(["—", " / ", "_"].into_iter().all(is_dash) && !is_dash("-1") && !is_dash(""));
}

#[test]
fn columns_of_one_group() {
    let axis = |unit: &str, heading: &str, field| AxisColumn {
        column: column(heading, field),
        unit: Some(unit.into()),
        task: None,
        period: None,
        days: None,
    };
    let (status, remark) = (Some(fields::STATUS), Some(fields::REMARK));
    let set = crate::division::FieldSet::builtin();
    let of = |axes: &[AxisColumn]| groups(axes, &kept(axes, &set, Cycle::Month));
    assert_eq!(of(&[axis("甲", "甲/完成情况", status), axis("甲", "甲/备注", remark)]), [vec![0, 1]]);
    assert_eq!(of(&[axis("甲", "甲/完成情况", status), axis("乙", "乙/备注", remark)]), [vec![0], vec![1]]);
    assert_eq!(of(&[axis("甲", "甲/完成情况", status), axis("甲", "甲/状态", status)]), [vec![0], vec![1]]);
    assert_eq!(of(&[axis("甲", "甲/应", None), axis("甲", "甲/实", None)]), [vec![0, 1]]);
    assert_eq!(of(&[axis("甲", "甲/应", None), axis("甲", "甲/应", None)]), [vec![0], vec![1]]);
    assert_eq!(of(&[axis("甲", "甲/某", None), axis("甲", "甲/实", None)]), [vec![0], vec![1]]);
    assert_eq!(of(&[axis("甲", "甲/应", None), axis("甲", "甲/某", None)]), [vec![0, 1]]);
    let several = [axis("甲", "甲/本月某", None), axis("甲", "甲/本月另", None), axis("甲", "甲/累计", None)];
    assert_eq!(of(&several), [vec![0, 2], vec![1]], "two results are no record together");
    assert_eq!(of(&[axis("甲", "甲/实到", None), axis("甲", "甲/实查", None)]), [vec![0], vec![1]]);
    let counts = [axis("甲", "甲/检查数", None), axis("甲", "甲/整改数", None), axis("甲", "甲/备注", remark)];
    assert_eq!(of(&counts), [vec![0, 1, 2]], "numbers of one record");
    assert_eq!(of(&[axis("甲", "甲/城区", None), axis("甲", "甲/乡镇", None)]), [vec![0], vec![1]], "parts");
}
