use super::*;
use crate::check::fixture::check;

#[test]
fn labels_say_what_they_stand_for() {
    let told = |text: &str| Label::of(text).map(|label| (label.of_part, label.of_all, label.named));
    for (text, expected) in [
        ("合 计", Some((false, false, false))),
        ("小计：", Some((true, false, false))),
        ("本页小计", Some((true, false, false))),
        ("总计（人）", Some((false, true, false))),
        ("全局合计", Some((false, true, false))),
        ("综合科小计", Some((true, false, true))),
        ("本月合计", None),
        ("累计", None),
        ("统计工作", None),
    ] {
        assert_eq!(told(text), expected, "{text}");
    }
}

#[test]
fn a_total_that_is_not_the_sum_is_told() {
    check(
        &TotalDiffers,
        "
        division | 1-1 广告整治 | 综合科、后勤中心
        --- 综合科.xlsx
        任务编号 | 工作任务 | 完成情况 | 次数 | 人数
        '1-1 | 广告整治 | 正在推进 | 12 | 3
        '1-1 | 广告整治 | 正在推进 | 8 | 4
        '1-1 | 广告整治 | 正在推进 | 5 | 2
        合计 | | | 28 | 9                          <- X304 @D 综合科
        --- 后勤中心.xlsx
        任务编号 | 工作任务 | 完成情况 | 次数 | 人数
        合计 | | | 20 | 7
        '1-1 | 广告整治 | 正在推进 | 12 | 3
        '1-1 | 广告整治 | 正在推进 | 8 | 4
        ",
    );
}

#[test]
fn sections_have_their_own_sums_and_the_whole_has_all() {
    check(
        &TotalDiffers,
        "
        division | 1-1 广告整治 | 综合科、后勤中心
        --- 综合科.xlsx
        任务编号 | 工作任务 | 完成情况 | 次数
        一、宣传教育
        '1-1 | 广告整治 | 正在推进 | 12
        '1-1 | 广告整治 | 正在推进 | 8
        小计 | | | 20
        二、环境整治
        '1-1 | 广告整治 | 正在推进 | 5
        '1-1 | 广告整治 | 正在推进 | 6
        小计 | | | 21                              <- X304 @D
        合计 | | | 31
        --- 后勤中心.xlsx
        任务编号 | 工作任务 | 完成情况 | 次数
        '1-1 | 广告整治 | 正在推进 | 12
        '1-1 | 广告整治 | 正在推进 | 8
        小计 | | | 20
        '1-1 | 广告整治 | 正在推进 | 5
        小计 | | | 5
        总计 | | | 45                              <- X304 @D
        ",
    );
}

#[test]
fn nothing_is_said_where_a_part_is_not_known_or_does_not_add_up() {
    check(
        &TotalDiffers,
        "
        division | 1-1 广告整治 | 综合科、后勤中心、法规科、执法队
        field | 亮灯率 | 类型=百分比
        field | 累计志愿者 | 类型=整数
        --- 综合科.xlsx
        任务编号 | 工作任务 | 完成情况 | 次数 | 人数 | 时长 | 数量
        '1-1 | 广告整治 | 正在推进 | 若干 | | = | #N/A
        '1-1 | 广告整治 | 正在推进 | 8 | 4 | 2 | 3
        合计 | | | 28 | 9 | 5 | 6
        --- 后勤中心.xlsx
        序号 | 任务编号 | 工作任务 | 完成情况 | 亮灯率 | 累计志愿者 | 联系电话 | 平均时长
        1 | '1-1 | 广告整治 | 正在推进 | 98% | 20 | 8230001 | 2
        2 | '1-1 | 广告整治 | 正在推进 | 96% | 30 | 8230001 | 4
        3 | 合计 | | | 97% | 30 | 8230001 | 3
        --- 法规科.xlsx
        任务编号 | 工作任务 | 完成情况 | 次数
        '1-1 | 广告整治 | 正在推进 | 12
        其中：夜间 | 广告整治 | 正在推进 | 8
        合计 | | | 12
        --- 执法队.xlsx
        任务编号 | 工作任务 | 完成情况 | 次数
        '1-1 | 广告整治 | 正在推进 | 12
        '1-1 | 广告整治 | 正在推进 | 8
        一中队小计 | | | 7
        二中队小计 | | | 13
        合计 | | | 20
        累计 | | | 96
        ",
    );
}

#[test]
fn rounding_and_rows_that_are_not_shown_make_no_difference() {
    check(
        &TotalDiffers,
        "
        division | 1-1 广告整治 | 综合科、后勤中心
        --- 综合科.xlsx
        任务编号 | 工作任务 | 完成情况 | 时长 | 数量 | 资金（万元）
        '1-1 | 广告整治 | 正在推进 | 33.33 | 0.1 | 1.25
        '1-1 | 广告整治 | 正在推进 | 33.33 | 0.2 | 2.25
        '1-1 | 广告整治 | 正在推进 | 33.33 | 0.3 | 1.5
        合计 | | | 100 | 0.6 | 6                      <- X304 @F
        --- 后勤中心.xlsx
        任务编号 | 工作任务 | 完成情况 | 次数 | 人数
        '1-1 | 广告整治 | 正在推进 | 12 | '3
        hidden:'1-1 | 广告整治 | 正在推进 | 8 | 4
        '1-1 | 广告整治 | 正在推进 | 5 | 2
        合计 | | | 17 | 6                             <- X304 @E
        ",
    );
}

#[test]
fn rates_do_not_add_up() {
    check(
        &TotalDiffers,
        "
        division | 1-1 广告整治 | 综合科
        --- 综合科.xlsx
        任务编号 | 工作任务 | 完成情况 | 人数 | 亮灯率 | 满意度(%)
        '1-1 | 广告整治 | 正在推进 | 12 | 98 | 96
        '1-1 | 广告整治 | 正在推进 | 8 | 99 | 97
        合计 | | | 20 | 98.5 | 96.5
        ",
    );
}

#[test]
fn rows_before_and_after_are_told_from_the_row_itself() {
    let rows = [2, 5];
    assert_eq!([1, 2, 3, 5, 6].map(|row| before(&rows, row)), [None, None, Some(2), Some(2), Some(5)]);
    assert_eq!([1, 2, 3, 5, 6].map(|row| after(&rows, row)), [Some(2), Some(5), Some(5), None, None]);
}

#[test]
fn a_total_may_be_rounded_by_half_a_unit_and_no_more() {
    let drawing = |total: &str, mark: &str| {
        format!(
            "division | 1-1 广告整治 | 综合科
             field | 投入 | 类型=小数
             --- 综合科.xlsx
             任务编号 | 工作任务 | 完成情况 | 投入
             '1-1 | 广告整治 | 正在推进 | 1.4
             '1-1 | 广告整治 | 正在推进 | 1.3
             '1-1 | 广告整治 | 正在推进 | 1.5
             合计 | | | {total}          {mark}"
        )
    };
    // Three parts rounded to a tenth may hide 0.15, a total in whole numbers 0.5.
    for total in ["4.2", "4.3", "4", "3.6"] {
        let mark = if total == "3.6" { "<- X304 @D" } else { "" };
        check(&TotalDiffers, &drawing(total, mark));
    }
    check(&TotalDiffers, &drawing("5", "<- X304 @D"));
}

/// The sums of a column that has these numbers, the second of them hidden.
fn sums(numbers: &[f64]) -> Sums {
    let mut sums = Sums { all: vec![0.0], shown: vec![0.0], unsure: vec![0], places: 0 };
    for (at, &number) in numbers.iter().enumerate() {
        sums.all.push(sums.all[at] + number);
        sums.shown.push(sums.shown[at] + if at == 1 { 0.0 } else { number });
        sums.unsure.push(0);
        sums.places = sums.places.max(places(number));
    }
    sums
}

#[test]
fn a_sum_allows_for_rounding() {
    for (numbers, range, figure, is) in [
        (&[1.0, 2.0, 4.0][..], 0..3, 7.0, true),
        (&[1.0, 2.0, 4.0], 0..3, 8.0, false),
        (&[1.0, 2.0, 4.0], 0..3, 5.0, true),
        (&[1.0, 2.0, 4.0], 0..3, 6.0, false),
        (&[1.0, 2.0, 4.0], 1..3, 6.0, true),
        (&[1.0, 2.0, 4.0], 1..3, 4.0, true),
        (&[1.0, 2.0, 4.0], 1..1, 0.0, false),
        (&[1.0, 2.0, 4.0], 0..3, 7.1, false),
        // each of three parts may be off by 0.05
        (&[1.1, 2.2, 4.4], 0..3, 7.7, true),
        (&[1.1, 2.2, 4.4], 0..3, 7.8, true),
        (&[1.1, 2.2, 4.4], 0..3, 7.9, false),
        (&[1.1, 2.2, 4.4], 0..3, 7.6, true),
        (&[1.1, 2.2, 4.4], 0..3, 7.5, false),
        // the figure is whole: half a one more
        (&[1.1, 2.2, 4.4], 0..3, 8.0, true),
        (&[1.1, 2.2, 4.4], 0..3, 7.0, false),
        (&[1.1, 2.2, 4.4], 0..3, 9.0, false),
        (&[1.11, 2.22], 0..2, 3.3, true),
        (&[1.11, 2.22], 0..2, 3.2, false),
    ] {
        assert_eq!(sums(numbers).is(&range, figure), is, "{numbers:?} {range:?} {figure}");
    }
    let many = vec![0.1; 40];
    assert!(sums(&many).is(&(0..40), 5.0) && !sums(&many).is(&(0..40), 5.1), "no more than twenty parts are off");
}

#[test]
fn numbers_that_can_be_added_and_rows_around_one() {
    assert_eq!(plain(Value::Number(3.0)), Some(3.0));
    assert_eq!(plain(Value::NumberAsText(3.0)), Some(3.0));
    for value in [Value::Number(f64::INFINITY), Value::NumberAsText(f64::NAN), Value::Rate(0.5), Value::Blank] {
        assert_eq!(plain(value), None, "{value:?}");
    }
    assert_eq!((before(&[2, 4, 6], 4), before(&[2, 4, 6], 2), before(&[2, 4, 6], 9)), (Some(2), None, Some(6)));
    assert_eq!((after(&[2, 4, 6], 4), after(&[2, 4, 6], 6), after(&[2, 4, 6], 0)), (Some(6), None, Some(2)));
    assert_eq!(
        (shown(0.1 + 0.2), shown(-0.0), shown(f64::NAN), shown(2.5)),
        ("0.3".into(), "0".into(), "0".into(), "2.5".into())
    );
    assert_eq!((places(2.0), places(2.5), places(0.123_456_78)), (0, 1, 6));
}
