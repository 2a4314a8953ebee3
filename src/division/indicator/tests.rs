//! Indicators as offices write them, and how they are parsed.

use super::parse;
use crate::division::indicator::{Asks, Condition, Measure, Test};

/// A comparison in short: measure, relation and bound, what it is taken over.
fn short(test: &Test) -> String {
    let measure = match &test.measure {
        Measure::Count(names) => format!("count {}", names[0]),
        Measure::Days(names) => format!("days {}", names[0]),
        Measure::Sum(names) => format!("sum {}", names.join("|")),
        Measure::Distinct(names) => format!("distinct {}", names.join("|")),
        Measure::Each(names) => format!("each {}", names.join("|")),
        Measure::Ratio(a, b) => format!("{} ÷ {}", a[0], b[0]),
    };
    let person = if test.per.person { " /person" } else { "" };
    let turn = test.per.turn.map_or(String::new(), |turn| format!(" /{}{:?}", turn.count, turn.cycle));
    format!("{measure} {} {}{person}{turn}", test.relation.sign(), test.bound)
}

fn condition(condition: &Condition) -> String {
    let all = |parts: &[Condition]| parts.iter().map(self::condition).collect::<Vec<_>>();
    match condition {
        Condition::Test(test) => short(test),
        Condition::All(parts) => format!("[{}]", all(parts).join(" & ")),
        Condition::Any(parts) => format!("[{}]", all(parts).join(" | ")),
    }
}

pub(in super::super) fn asks(text: &str) -> String {
    let (indicators, unreadable) = parse(text, None);
    let mut lines: Vec<String> = indicators
        .iter()
        .map(|indicator| match &indicator.asks {
            Asks::Condition(asked) => condition(asked),
            Asks::Days(days) => format!("{days:?}"),
            Asks::Grades(grades) => grades
                .iter()
                .map(|g| format!("{}: {}", g.name, g.when.as_ref().map_or("else".into(), condition)))
                .collect::<Vec<_>>()
                .join("; "),
        })
        .collect();
    lines.extend(unreadable.iter().map(|bad| format!("✗ {}▲{} {:?}", bad.before, bad.rest, bad.expected)));
    lines.join("\n")
}

#[test]
fn every_form_of_the_table() {
    for (written, expected) in [
        ("次数≥4/年", "count 次数 ≥ 4 /1Year"),
        ("巡查次数≥3/周", "count 巡查次数 ≥ 3 /1Week"),
        ("巡查人数≥2/次", "each 巡查人数 ≥ 2"),
        ("志愿服务时长≥2/人/月", "sum 志愿服务时长 ≥ 2 /person /1Month"),
        ("公益广告处数≥5", "sum 公益广告处数 ≥ 5"),
        ("宣传形式≥3种", "distinct 宣传形式 ≥ 3"),
        ("装灯率=100%", "each 装灯率 = 1"),
        ("公益广告占比≥50%", "each 公益广告占比 ≥ 0.5"),
        ("注册志愿者÷辖区人口≥10%", "注册志愿者 ÷ 辖区人口 ≥ 0.1"),
        ("每月15日", "Month([15])"),
        ("每周五", "Week([Fri])"),
        (
            "符合：宣传形式≥2种 且 处数≥3；基本符合：处数≥1；否则：不符合",
            "符合: [distinct 宣传形式 ≥ 2 & sum 处数 ≥ 3]; 基本符合: sum 处数 ≥ 1; 不符合: else",
        ),
    ] {
        assert_eq!(asks(written), expected, "{written}");
    }
}

#[test]
fn width_spaces_and_synonyms_do_not_matter() {
    for written in
        ["巡查次数 ≥ ３ ／ 周", "巡查次数>=3/周", "巡查次数不少于3次/周", "每周巡查次数至少三次", "巡查次数达到3/每周"]
    {
        assert_eq!(asks(written), "count 巡查次数 ≥ 3 /1Week", "{written}");
    }
    for written in ["投诉件数≤5/月", "投诉件数不超过5件/月", "每月投诉件数至多5件", "每月投诉件数5件以内"]
    {
        assert_eq!(asks(written), "sum 投诉件数 ≤ 5 /1Month", "{written}");
    }
}

#[test]
fn as_people_write_it() {
    for (written, expected) in [
        ("每月不少于2次", "count 次数 ≥ 2 /1Month"),
        ("不少于4次/年", "count 次数 ≥ 4 /1Year"),
        ("每年专题研究精神文明建设工作不少于4次", "count 专题研究精神文明建设工作次数 ≥ 4 /1Year"),
        ("专题研究每年不少于4次", "count 专题研究次数 ≥ 4 /1Year"),
        ("每周巡查三天", "days 巡查天数 ≥ 3 /1Week"),
        ("每周巡查三天，每次巡查人数2人", "[days 巡查天数 ≥ 3 /1Week & each 巡查人数 ≥ 2]"),
        ("每次巡查不少于2人", "each 巡查人数|巡查 ≥ 2"),
        ("每半年进行一次总结", "count 进行次数 ≥ 1 /1HalfYear"),
        ("每半月检查1次", "count 检查次数 ≥ 1 /1HalfMonth"),
        ("每人每月志愿服务活动时长不少于2小时", "sum 志愿服务活动时长 ≥ 2 /person /1Month"),
        ("确保干部职工每人每月志愿服务时长不少于2小时", "sum 志愿服务时长 ≥ 2 /person /1Month"),
        ("平均得分≥90", "each 平均得分 ≥ 90"),
        ("每月平均参加不少于10人", "each 平均参加人数|平均参加 ≥ 10 /1Month"),
        ("平均每月走访不少于2次", "count 走访次数 ≥ 2 /1Month"),
        ("亮灯率达到99%", "each 亮灯率 ≥ 0.99"),
        ("装灯率达100%", "each 装灯率 ≥ 1"),
        ("公益广告占比要达到50%以上", "each 公益广告占比 ≥ 0.5"),
        ("活动次数≥8/2年", "count 活动次数 ≥ 8 /2Year"),
        ("每两年心理健康活动不少于8次", "count 心理健康活动次数 ≥ 8 /2Year"),
        ("走访不少于50户/季度", "sum 走访户数|走访 ≥ 50 /1Quarter"),
        ("参加人数≥1,200人", "sum 参加人数 ≥ 1200"),
        ("覆盖率≥百分之九十", "each 覆盖率 ≥ 0.9"),
        ("宣传形式种类≥3种", "distinct 宣传形式种类|宣传形式 ≥ 3"),
        ("全年不少于4次", "count 次数 ≥ 4 /1Year"),
        ("专题研究全年不少于4次", "count 专题研究次数 ≥ 4 /1Year"),
        ("每年4次", "count 次数 ≥ 4 /1Year"),
        ("每月至少一次", "count 次数 ≥ 1 /1Month"),
        ("每季度至少开展一次", "count 开展次数 ≥ 1 /1Quarter"),
        ("4次", "count 次数 ≥ 4"),
        ("2场", "count 次数 ≥ 2"),
        ("3个", "sum 数量|个数 ≥ 3"),
        ("5家以上", "sum 数量|家数 ≥ 5"),
        ("不少于10处", "sum 数量|处数 ≥ 10"),
        ("50人次", "sum 人数|人次 ≥ 50"),
        ("20人", "sum 人数 ≥ 20"),
        ("1、次数≥1；2、处数≥2", "count 次数 ≥ 1\nsum 处数 ≥ 2"),
        ("次数≥1\n处数≥2。", "count 次数 ≥ 1\nsum 处数 ≥ 2"),
    ] {
        assert_eq!(asks(written), expected, "{written}");
    }
}

#[test]
fn a_bare_rate_is_one_of_the_only_percentage_column() {
    let of = |text: &str| {
        let (indicators, unreadable) = parse(text, Some("亮灯率"));
        assert_eq!(unreadable, [], "{text}");
        match &indicators[0].asks {
            Asks::Condition(asked) => condition(asked),
            Asks::Grades(grades) => condition(grades[0].when.as_ref().expect("a condition")),
            Asks::Days(_) => String::new(),
        }
    };
    assert_eq!(of("90%"), "each 亮灯率 ≥ 0.9");
    assert_eq!(of("不低于90%"), "each 亮灯率 ≥ 0.9");
    assert_eq!(of("装灯率=100%"), "each 装灯率 = 1");
    assert_eq!(of("符合：90%；否则：不符合"), "each 亮灯率 ≥ 0.9");
}

#[test]
fn powers_of_ten_belong_to_the_number() {
    for (written, expected) in [
        ("宣传品份数≥3万份", "sum 宣传品份数 ≥ 30000"),
        ("宣传品份数≥三万份", "sum 宣传品份数 ≥ 30000"),
        ("参加人数≥1.5万人次", "sum 参加人数 ≥ 15000"),
        ("参加人数≥3千人", "sum 参加人数 ≥ 3000"),
        ("参加人数≥3万", "sum 参加人数 ≥ 30000"),
        ("投入金额≥5万元", "sum 投入金额 ≥ 5"),
        ("投入金额≥3千万元", "sum 投入金额 ≥ 3000"),
        ("投入金额≥3千元", "sum 投入金额 ≥ 3000"),
        ("巡查里程≥3千米", "sum 巡查里程 ≥ 3"),
    ] {
        assert_eq!(asks(written), expected, "{written}");
    }
}

#[test]
fn a_rate_without_its_sign_is_a_share() {
    for (written, expected) in [
        ("装灯率≥95", "each 装灯率 ≥ 0.95"),
        ("装灯率≥0.95", "each 装灯率 ≥ 0.95"),
        ("装灯率=1", "each 装灯率 = 1"),
        ("装灯率=100", "each 装灯率 = 1"),
        ("公益广告占比不低于50", "each 公益广告占比 ≥ 0.5"),
        ("投诉率≤5", "each 投诉率 ≤ 0.05"),
        ("投诉率=0", "each 投诉率 = 0"),
        ("投诉率≤0", "each 投诉率 ≤ 0"),
        ("投诉率≤0.5", "✗ 投诉率≤0.5▲ Percent"),
        ("投诉率<1", "✗ 投诉率<1▲ Percent"),
        ("投诉率≤0.5%", "each 投诉率 ≤ 0.005"),
        ("巡查频率≥3", "each 巡查频率 ≥ 3"),
    ] {
        assert_eq!(asks(written), expected, "{written}");
    }
}

#[test]
fn conditions_join() {
    for (written, expected) in [
        ("处数≥3 且 形式≥2种", "[sum 处数 ≥ 3 & distinct 形式 ≥ 2]"),
        ("处数≥3或形式≥2种", "[sum 处数 ≥ 3 | distinct 形式 ≥ 2]"),
        ("处数≥1且形式≥2种或次数≥3", "[[sum 处数 ≥ 1 & distinct 形式 ≥ 2] | count 次数 ≥ 3]"),
        ("处数≥1且（形式≥2种或次数≥3）", "[sum 处数 ≥ 1 & [distinct 形式 ≥ 2 | count 次数 ≥ 3]]"),
        ("处数≥3，形式≥2种", "[sum 处数 ≥ 3 & distinct 形式 ≥ 2]"),
        ("宣传栏或橱窗处数≥1", "sum 宣传栏或橱窗处数 ≥ 1"),
    ] {
        assert_eq!(asks(written), expected, "{written}");
    }
}

#[test]
fn reading_stops_where_it_is_lost() {
    for (written, expected) in [
        ("次数≥", "✗ 次数≥▲ Number"),
        ("次数 ≥ 若干", "✗ 次数 ≥▲若干 Number"),
        ("次数4/年", "✗ 次数▲4/年 Relation"),
        ("次数≥4/届", "✗ 次数≥4/▲届 Share"),
        ("≥50%", "✗ ▲≥50% Rate"),
        ("90%", "✗ ▲90% Rate"),
        ("符合：90%；否则：不符合", "✗ ▲符合：90% Rate"),
        ("3种", "✗ ▲3种 Name"),
        ("处数≥3 且", "✗ 处数≥3 且▲ Condition"),
        ("（处数≥3", "✗ （处数≥3▲ Bracket"),
        ("每月15日前", "✗ 每月15日▲前 FixedDay"),
        ("处数≥3 = 5", "✗ 处数≥3▲= 5 End"),
        ("A÷≥3", "✗ A÷▲≥3 Name"),
        ("长期坚持", "✗ 长期坚持▲ Relation"),
        ("次数≥4/年；随便；每周五", "count 次数 ≥ 4 /1Year\nWeek([Fri])\n✗ 随便▲ Relation"),
        ("符合：处数≥；否则：不符合", "✗ 符合：处数≥▲ Number"),
    ] {
        assert_eq!(asks(written), expected, "{written}");
    }
}

#[test]
fn a_list_of_grades_with_an_unreadable_line_gives_none() {
    let told = asks("优秀：合格率≥95%；良好：85%≤合格率<95%；合格：合格率≥60%；否则：不合格");
    assert!(told.starts_with("✗ 良好：") && told.lines().count() == 1, "{told}");
    for (written, expected) in [
        ("优秀：处数≥；合格：处数≥1；否则：不合格", "✗ 优秀：处数≥▲ Number"),
        ("优秀：处数≥3；合格：处数≥；否则：不合格", "✗ 合格：处数≥▲ Number"),
        ("优秀：处数≥3；随便；否则：不合格", "✗ 随便▲ Relation"),
        ("优秀：处数≥3；合格：处数≥1；次数≥", "优秀: sum 处数 ≥ 3; 合格: sum 处数 ≥ 1\n✗ 次数≥▲ Number"),
        ("次数≥；优秀：处数≥3；否则：不合格", "优秀: sum 处数 ≥ 3; 不合格: else\n✗ 次数≥▲ Number"),
        ("优秀：处数≥3；随便；次数≥1", "优秀: sum 处数 ≥ 3\ncount 次数 ≥ 1\n✗ 随便▲ Relation"),
        ("优秀：处数≥；否则：不合格；合格：处数≥1；否则：差", "合格: sum 处数 ≥ 1; 差: else\n✗ 优秀：处数≥▲ Number"),
    ] {
        assert_eq!(asks(written), expected, "{written}");
    }
}

#[test]
fn tests_keep_what_was_written() {
    let (indicators, _) = parse("符合：宣传形式 ≥ ２种 且 处数≥3；否则：不符合", None);
    assert_eq!(indicators[0].text, "符合：宣传形式 ≥ ２种 且 处数≥3；否则：不符合");
    let Asks::Grades(grades) = &indicators[0].asks else { panic!("grades") };
    let tests = grades[0].when.as_ref().expect("a condition").tests();
    assert_eq!((tests[0].text.as_str(), tests[1].text.as_str()), ("宣传形式 ≥ ２种", "处数≥3"));
}

#[test]
fn any_text_is_read_without_panic() {
    let signs = [
        "每", "周", "三", "≥", "次", "/", "÷", "（", "）", "；", "：", "且", "9", "%", "年", "百分之", "\n", "🙂", "ﷺ",
    ];
    let mut seed = 7usize;
    for _ in 0..4_000 {
        let text: String = (0..8)
            .map(|_| {
                seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                signs[(seed >> 33) % signs.len()]
            })
            .collect();
        let (read, bad) = parse(&text, None);
        assert!(read.len() + bad.len() <= text.len());
    }
}
