//! Sums, rates, ratios and bounds.

use super::{check, told};
use crate::basis::calendar::window::end_of;
use crate::obligation::fixture::drawn;

#[test]
fn what_cannot_be_read_is_told_at_its_cell_alone() {
    check(
        "2014-08 as of 2014-09-06
         1 | 甲科、乙科 | | | 人数≥10；人数≤3
         --- 甲科 2014-09-03T10:00 a.xlsx
         1 | 已完成 | | | | 人数=4
         1 | 已完成 | | | | 人数=若干
         --- 乙科 2014-09-03T10:00 b.xlsx
         1 | 已完成 | | | | 人数=4",
        &[
            "甲科 2014-08 told at its cell",
            "甲科 2014-08 8月人数应不超过3，已4，超1",
            "乙科 2014-08 8月人数应不少于10，已4，缺6",
            "乙科 2014-08 8月人数应不超过3，已4，超1",
        ],
    );
}

#[test]
fn sums_per_person_ratios_kinds_and_rates() {
    let mut campaign = drawn(
        "2014-08 as of 2014-09-06
         1 | 甲科 | | | 志愿服务时长≥2/人/月
         2 | 甲科 | | | 注册志愿者÷辖区人口≥10%
         3 | 甲科 | | | 宣传形式≥3种；公益广告处数≥5
         4 | 甲科 | | | 亮灯率≥99%；投诉件数≤2/月；参加人数≥50
         --- 甲科 2014-09-03T10:00 a.xlsx
         1 | 已完成 | | | | 时长=10
         1 | 已完成 | | | | 时长=5
         2 | 已完成 | | | | 注册志愿者=80 辖区人口=1000
         3 | 已完成 | | | | 宣传形式=横幅、展板 公益广告处数=2
         3 | 已完成 | | | | 宣传形式=展板 公益广告处数=2处
         4 | 已完成 | | | | 亮灯率=98% 投诉件数=3
         4 | 已完成 | | | | 亮灯率=99.5 投诉件数=1",
    );
    assert_eq!(told(&campaign)[0], "甲科 2014-08 ? 单位名录没有本单位人数，无法按人均核对");
    campaign.division.roster.units[0].headcount = Some(10.0);
    assert_eq!(
        told(&campaign),
        [
            "甲科 2014-08 8月人均志愿服务时长应不少于2，已1.5，缺0.5",
            "甲科 2014-08 应不低于10%，实为8%（80÷1000）",
            "甲科 2014-08 8月宣传形式应不少于3种，已2种，缺1种",
            "甲科 2014-08 8月公益广告处数应不少于5，已4，缺1",
            "甲科 2014-08 亮灯率应不低于99%，1条记录不符合（如98%）",
            "甲科 2014-08 8月投诉件数应不超过2，已4，超2",
            "甲科 2014-08 ? 台账没有“参加人数”一列，无法核对",
        ]
    );
}

#[test]
fn averages_do_not_add_up() {
    check(
        "2014-08 as of 2014-08-16
         1 | 甲科、乙科 | | | 平均得分≥90；平均响应时长≤30分钟
         --- 甲科 2014-08-13T10:00 a.xlsx
         1 | 已完成 | 2014-08-05 | | | 平均得分=60
         1 | 已完成 | 2014-08-06 | | | 平均得分=92
         --- 乙科 2014-08-13T10:00 b.xlsx
         1 | 已完成 | 2014-08-05 | | | 平均得分=91 平均响应时长=20分钟
         1 | 已完成 | 2014-08-06 | | | 平均得分=92 平均响应时长=25分钟",
        &[
            "甲科 2014-08 平均得分应不少于90，1条记录不符合（如60）",
            "甲科 2014-08 ? 台账没有“平均响应时长”一列，无法核对",
            "乙科 2014-08 ✓",
            "乙科 2014-08 ✓",
        ],
    );
    // 时长 is not its average
    check(
        "2014-08 as of 2014-09-06
         1 | 甲科 | | | 平均响应时长≤30分钟
         --- 甲科 2014-09-03T10:00 a.xlsx
         1 | 已完成 | 2014-08-05 | | | 时长=2",
        &["甲科 2014-08 ? 台账没有“平均响应时长”一列，无法核对"],
    );
}

#[test]
fn what_was_exempted_is_not_measured_when_it_is_reported_all_the_same() {
    use crate::division::WaiverKind;
    use crate::obligation::fixture::waiver;
    let mut campaign = drawn(
        "2014-08 as of 2014-09-06
         1 | 甲科、乙科、丙科 | | | 人数≥10
         --- 甲科 2014-09-03T10:00 a.xlsx
         1 | 已完成 | | | | 人数=4
         --- 乙科 2014-09-03T10:00 b.xlsx
         1 | 已完成 | | | | 人数=4
         --- 丙科 2014-09-03T10:00 c.xlsx
         1 | 已完成 | | | | 人数=4",
    );
    let day = |text: &str| text.parse().expect("a day");
    campaign.division.waivers = vec![
        waiver(&[0], 0, WaiverKind::Exemption(Some(day("2014-08-31")))),
        waiver(&[0], 1, WaiverKind::Exemption(Some(day("2014-08-30")))),
        waiver(&[0], 2, WaiverKind::Extension(end_of(day("2014-09-10")))),
    ];
    assert_eq!(told(&campaign), ["乙科", "丙科"].map(|unit| format!("{unit} 2014-08 8月人数应不少于10，已4，缺6")));
    assert!(campaign.obligations().starts_with("1 甲科 2014-08 on-time 1"));
}

#[test]
fn what_no_ledger_has_a_column_for_is_never_nought() {
    check(
        "2014-08 as of 2014-09-06
         1 | 甲科 | | | 处数≥2/周；参加人数≥5/周
         --- 甲科 2014-09-03T10:00 a.xlsx
         1 | 已完成 | 2014-08-05 | | | 处数=2",
        &[
            "甲科 2014-W32 ✓",
            "甲科 2014-W33 第33周（8月11日至17日）处数应不少于2，已0，缺2",
            "甲科 2014-W34 第34周（8月18日至24日）处数应不少于2，已0，缺2",
            "甲科 2014-W35 第35周（8月25日至31日）处数应不少于2，已0，缺2",
            "甲科 2014-W32 ? 台账没有“参加人数”一列，无法核对",
            "甲科 2014-W33 ? 台账没有“参加人数”一列，无法核对",
            "甲科 2014-W34 ? 台账没有“参加人数”一列，无法核对",
            "甲科 2014-W35 ? 台账没有“参加人数”一列，无法核对",
        ],
    );
}

#[test]
fn one_of_several_suffices() {
    check(
        "2014-08 as of 2014-09-06
         1 | 甲科、乙科 | | | 处数≥3或形式≥2种
         --- 甲科 2014-09-03T10:00 a.xlsx
         1 | 已完成 | | | | 处数=1 形式=横幅、展板
         --- 乙科 2014-09-03T10:00 b.xlsx
         1 | 已完成 | | | | 处数=1 形式=横幅",
        &["甲科 2014-08 ✓", "乙科 2014-08 8月处数应不少于3，已1，缺2；或者8月形式应不少于2种，已1种，缺1种"],
    );
}

#[test]
fn a_bare_rate_is_in_hundredths_above_1_and_under_a_heading_in_percent() {
    let reached = |column: &str| {
        let drawing = format!(
            "2014-08 as of 2014-09-06
             1 | 甲科 | | | 亮灯率≥50%
             --- 甲科 2014-09-03T10:00 a.xlsx
             1 | 已完成 | | | | {column}"
        );
        told(&drawn(&drawing)) == ["甲科 2014-08 ✓"]
    };
    for (column, expected) in [
        ("亮灯率=0.49", false),
        ("亮灯率=0.5", true),
        ("亮灯率=1", true),
        ("亮灯率=1.5", false),
        ("亮灯率=50", true),
        ("亮灯率=49", false),
        ("亮灯率(%)=0.99", false),
        ("亮灯率(%)=1", false),
        ("亮灯率(%)=50", true),
        ("亮灯率(%)=0.99%", false),
        ("亮灯率(%)=150%", true),
    ] {
        assert_eq!(reached(column), expected, "{column}");
    }
}

#[test]
fn the_bound_itself_is_reached() {
    for (asked, counted, expected) in [
        ("人数≥10", 10, true),
        ("人数≥10", 9, false),
        ("人数>10", 10, false),
        ("人数>10", 11, true),
        ("人数≤10", 10, true),
        ("人数≤10", 11, false),
        ("人数<10", 10, false),
        ("人数<10", 9, true),
    ] {
        let drawing = format!(
            "2014-08 as of 2014-09-06
             1 | 甲科 | | | {asked}
             --- 甲科 2014-09-03T10:00 a.xlsx
             1 | 已完成 | | | | 人数={counted}"
        );
        assert_eq!(told(&drawn(&drawing)) == ["甲科 2014-08 ✓"], expected, "{asked} {counted}");
    }
}

#[test]
fn nothing_is_divided_by_nothing() {
    let mut campaign = drawn(
        "2014-08 as of 2014-09-06
         1 | 甲科 | | | 志愿服务时长≥2/人/月；注册志愿者÷辖区人口≥10%
         --- 甲科 2014-09-03T10:00 a.xlsx
         1 | 已完成 | | | | 时长=10 注册志愿者=80 辖区人口=0",
    );
    let no_ratio = "甲科 2014-08 ? 分母为0或未填，无法核对";
    campaign.division.roster.units[0].headcount = Some(0.0);
    assert_eq!(told(&campaign), ["甲科 2014-08 ? 单位名录没有本单位人数，无法按人均核对", no_ratio]);
    campaign.division.roster.units[0].headcount = Some(1.0);
    assert_eq!(told(&campaign), ["甲科 2014-08 ✓", no_ratio], "a unit of one person is judged");
}

#[test]
fn what_is_missing_is_whole_where_it_is_counted() {
    check(
        "2014-08 as of 2014-09-06
         1 | 甲科 | | | 时长≥10；人数≥10；人数>10；人数<9
         --- 甲科 2014-09-03T10:00 a.xlsx
         1 | 已完成 | | | | 时长=9.5 人数=9",
        &[
            "甲科 2014-08 8月时长应不少于10，已9.5，缺0.5",
            "甲科 2014-08 8月人数应不少于10，已9，缺1",
            "甲科 2014-08 8月人数应多于10，已9，缺2",
            "甲科 2014-08 8月人数应少于9，已9，超1",
        ],
    );
}

#[test]
fn the_worst_of_the_records_that_fail_is_named() {
    let of = |indicator: &str| {
        let campaign = drawn(&format!(
            "2014-08 as of 2014-09-06
             1 | 甲科 | | | {indicator}
             --- 甲科 2014-09-03T10:00 a.xlsx
             1 | 已完成 | | | | 巡查人数=3
             1 | 已完成 | | | | 巡查人数=5
             1 | 已完成 | | | | 巡查人数=4"
        ));
        told(&campaign)[0].clone()
    };
    assert!(of("巡查人数≤2/次").contains("（如5"), "{}", of("巡查人数≤2/次"));
    assert!(of("巡查人数≥6/次").contains("（如3"), "{}", of("巡查人数≥6/次"));
}

#[test]
fn a_number_given_once_for_several_days_belongs_to_the_last() {
    let of = |indicator: &str| {
        told(&drawn(&format!(
            "2014-08 as of 2014-09-06
             1 | 甲科 | | | {indicator}
             --- 甲科 2014-09-03T10:00 a.xlsx
             1 | 已完成 | 8月10日、8月11日 | | | 处数=2"
        )))
    };
    let weeks = |label: &str| format!("甲科 2014-W{label} ✓");
    assert_eq!(of("处数≤6/周"), ["32", "33", "34", "35"].map(weeks));
    assert_eq!(
        of("处数≤1/周")[..2],
        [weeks("32"), "甲科 2014-W33 第33周（8月11日至17日）处数应不超过1，已2，超1".into()]
    );
    assert_eq!(of("每次处数≥2"), ["甲科 2014-08 ✓"]);
}

#[test]
fn bound_heading_and_cell_are_brought_to_one_unit() {
    let reached = |asked: &str, column: &str| {
        let mut campaign = drawn(&format!(
            "2014-08 as of 2014-09-06
             1 | 甲科 | | | {asked}
             --- 甲科 2014-09-03T10:00 a.xlsx
             1 | 已完成 | | | | {column}"
        ));
        campaign.division.roster.units[0].headcount = Some(1.0);
        told(&campaign) == ["甲科 2014-08 ✓"]
    };
    for (asked, least, short) in [
        ("份数≥3万份", "份数=30000", "份数=29999"),
        ("份数≥3万份", "份数(万份)=3", "份数(万份)=2.9"),
        ("份数≥3万份", "份数=3万份", "份数=2.9万"),
        ("时长≥2小时/人/月", "时长(分钟)=120", "时长(分钟)=119"),
        ("时长≥2/人/月", "时长(分钟)=120", "时长(分钟)=119"),
        ("服务时长≥90分钟", "服务时长=2小时", "服务时长=1小时"),
        ("服务时长≥90分钟", "服务时长(小时)=1.5", "服务时长(小时)=1.4"),
        ("服务时长≥90分钟", "服务时长=90", "服务时长=89"),
        ("服务时长≥2小时", "服务时长=120分钟", "服务时长=119分钟"),
        ("投入金额≥5万元", "投入金额(元)=50000", "投入金额(元)=49999"),
        ("投入金额≥5万元", "投入金额=5", "投入金额=4"),
        ("投入金额≥5万元", "投入金额=5万元", "投入金额=49999元"),
        ("投入金额≥5万元", "投入金额(元)=5万", "投入金额(元)=4万"),
        ("投入金额≥50000元", "投入金额(万元)=5", "投入金额(万元)=4"),
        ("投入金额≥1亿元", "投入金额(万元)=10000", "投入金额(万元)=9999"),
        ("每次投入金额≥5万元", "投入金额(元)=50000", "投入金额(元)=49999"),
        ("巡查里程≥3公里", "巡查里程(米)=3000", "巡查里程(米)=2999"),
        ("人数≥3人", "人数(人次)=3", "人数(人次)=2"),
        ("实投÷计划≥90%", "实投(元)=90000 计划(万元)=10", "实投(元)=89999 计划(万元)=10"),
        ("实投÷计划≥90%", "实投(万元)=9 计划=10", "实投(万元)=8 计划=10"),
    ] {
        assert!(reached(asked, least), "{asked} {least}");
        assert!(!reached(asked, short), "{asked} {short}");
    }
}

#[test]
fn days_are_summed_where_a_column_gives_them_under_the_name_itself() {
    let told = |indicator: &str, column: &str| {
        told(&drawn(&format!(
            "2014-08 as of 2014-09-06
             1 | 甲科 | | | {indicator}
             --- 甲科 2014-09-03T10:00 a.xlsx
             1 | 已完成 | 2014-08-05 | | | {column}"
        )))
    };
    assert_eq!(told("办结时间≤5天", "办结时间（天）=9"), ["甲科 2014-08 8月办结时间应不超过5天，已9天，超4天"]);
    assert_eq!(told("空气优良≥20天", "空气优良=22"), ["甲科 2014-08 ✓"]);
    assert_eq!(told("巡查不少于2天", "巡查=已巡查"), ["甲科 2014-08 8月巡查应不少于2天，已1天，缺1天"]);
    assert_eq!(told("巡查不少于2天", "巡查天数=2 巡查=1"), ["甲科 2014-08 ✓"], "the full name counts first");
}

#[test]
fn what_is_missing_is_not_rounded_away() {
    let told = |indicator: &str, column: &str| {
        told(&drawn(&format!(
            "2014-08 as of 2014-09-06
             1 | 甲科 | | | {indicator}
             --- 甲科 2014-09-03T10:00 a.xlsx
             1 | 已完成 | 2014-08-05 | | | {column}"
        )))
    };
    for (indicator, column, expected) in [
        ("投入金额≥50万元", "投入金额=499999元", "8月投入金额应不少于50万元，已49.9999万元，缺0.0001万元"),
        ("投入金额≥50万元", "投入金额=400000元", "8月投入金额应不少于50万元，已40万元，缺10万元"),
        ("亮灯率≥99%", "亮灯率=98.9999%", "亮灯率应不低于99%，1条记录不符合（如98.9999%）"),
        ("亮灯率≥99%", "亮灯率=98.4567%", "亮灯率应不低于99%，1条记录不符合（如98.46%）"),
        ("注册志愿者÷辖区人口≥10%", "注册志愿者=99999 辖区人口=1000000", "应不低于10%，实为9.9999%（99999÷1000000）"),
    ] {
        assert_eq!(told(indicator, column), [format!("甲科 2014-08 {expected}")]);
    }
}

#[test]
fn a_row_that_names_its_indicator_gives_it_its_number() {
    let of = |name: &str, count: u32| format!("1 | 已完成 | | | | 指标={name} 计划数=9 完成数={count}");
    let drawing = |indicator: &str, rows: [String; 3]| {
        format!(
            "2014-08 as of 2014-09-06
             1 | 甲科 | | | {indicator}
             --- 甲科 2014-09-03T10:00 a.xlsx
             {}",
            rows.join("\n")
        )
    };
    let rows = || [of("巡查次数", 4), of("发放资料", 30), of("检查户数", 42)];
    check(&drawing("巡查次数≥4", rows()), &["甲科 2014-08 ✓"]);
    check(&drawing("巡查次数≥5", rows()), &["甲科 2014-08 8月巡查应不少于5次，已4次，缺1次"]);
    check(
        &drawing("检查户数≥40；检查户数≤41", rows()),
        &["甲科 2014-08 ✓", "甲科 2014-08 8月检查户数应不超过41，已42，超1"],
    );
    // where no row names it, its column or the rows tell as in any ledger
    check(
        &drawing("巡查次数≥4", [of("发放资料", 3), of("发放资料", 30), of("检查户数", 42)]),
        &["甲科 2014-08 8月巡查应不少于4次，已3次，缺1次"],
    );
    // beside what an earlier ledger counts by rows
    check(
        &format!(
            "2014-09 as of 2014-10-06
             1 | 甲科 | | | 巡查次数≥6/季
             --- 甲科 2014-08-03T10:00 July.xlsx window=2014-07
             1 | 已完成 | 2014-07-10
             --- 甲科 2014-10-03T10:00 a.xlsx
             {}",
            rows().join("\n")
        ),
        &["甲科 2014-Q3 第三季度巡查应不少于6次，已5次，缺1次"],
    );
}
