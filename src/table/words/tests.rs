//! The words that tell rows apart, on both sides of each boundary.

use super::*;

#[test]
fn headings_read_like_headings_whatever_they_mean() {
    for heading in ["风险等级", "单价", "是否解决", "变化原因", "备注2", "经办人"] {
        assert!(is_headingish(heading), "{heading}");
    }
    for other in ["甲社区", "已完成", "清理小广告三处", "张某", "一般", "50人"] {
        assert!(!is_headingish(other), "{other}");
    }
}

#[test]
fn styles_of_numbering_are_told_apart() {
    let styles = ["一、宣传", "（一）宣传", "1、宣传", "1.1 宣传", "【1】宣传", "1）宣传"].map(numbering_style);
    for (at, style) in styles.iter().enumerate() {
        assert!(style.is_some() && !styles[..at].contains(style), "{styles:?}");
    }
    assert_eq!(numbering_style("3处整改").or(numbering_style("一季度")), None);
    assert_eq!(numbering_style("2014.8.15"), numbering_style("1.1宣传"), "a day is not of the style of sections");
}

#[test]
fn rows_give_themselves_away() {
    assert!(is_about("填表人:王某"));
    assert!(is_about("单位负责人(签字):"));
    assert!(is_about("(盖章)") && is_about("审核人"));
    assert!(!is_about("负责人办公室整治") && !is_about("开展巡查:共3次"));
    assert!(
        is_instruction("注:1.本表每月报送")
            && is_instruction("填表说明")
            && is_instruction("(填表说明)")
            && is_instruction("说明:本表")
    );
    assert!(is_instruction("注1:本表") && !is_instruction("注意广告整治") && !is_instruction("说明书更新"));
    assert!(is_example("示例") && is_example("(例)") && is_example("例1") && !is_example("例会"));
    assert!(begins_as_example("（示例）开展志愿服务") && begins_as_example("例：广告整治"));
    assert!(!begins_as_example("例会制度落实") && !begins_as_example("示例点位建设"));
    assert!(is_total("合计") && is_total("小计(处)") && is_total("广告整治小计") && !is_total("合计划出停车位"));
    assert!(
        is_section("一、组织领导")
            && is_section("(二)社区")
            && is_section("第一部分总体")
            && !is_section("一季度")
            && !is_section("十里社区")
    );
    assert!(is_section_number("一") && is_section_number("(三)") && !is_section_number("1"));
    assert!(opens("填报单位:综合科") && opens("附件2") && !opens("填表人:王某"));
}

/// `of` is true of the first and of none of the others.
fn told(of: impl Fn(&str) -> bool, yes: &[&str], no: &[&str]) {
    let wrong: Vec<&&str> = yes.iter().filter(|text| !of(text)).chain(no.iter().filter(|text| of(text))).collect();
    assert!(wrong.is_empty(), "{wrong:?}");
}

/// So many characters, and then these.
fn long(count: usize, end: &str) -> String {
    "甲".repeat(count - end.chars().count()) + end
}

#[test]
fn a_label_is_what_stands_before_a_colon() {
    for (text, bare) in [
        ("填报单位:综合科", Some("填报单位")),
        ("填报单位(盖章):综合科", Some("填报单位")),
        ("填报单位", None),
        (":综合科", None),
        ("(盖章):综合科", None),
    ] {
        assert_eq!(label(text), bare, "{text}");
    }
    assert!(label(&long(13, ":")).is_some() && label(&long(14, ":")).is_none(), "twelve characters and the colon");
    told(
        has_label_colon,
        &["编号：3", "编号:3", "第8:甲", "甲:8", "8:", "8:30为时间:甲"],
        &["编号", "https://甲", "C:\\甲", "C:/甲", "8:30", "8：30"],
    );
}

#[test]
fn lines_about_a_table() {
    told(
        is_label,
        &["填表人", "带班领导审核签字", "填写人/日期", &long(12, "审核人")],
        &[&long(13, "审核人"), "签字笔", "任务", "填写人/任务", "/"],
    );
    told(is_about, &["填表人:王某", "审核人____", "审核人(签字)", "(盖章)"], &["任务:甲", "审核甲", "甲(盖章)"]);
    told(
        is_label_with_value,
        &["填报单位：综合科", "填报单位:综合科"],
        &["填报单位：", "填报单位： ", "填报单位(甲：乙", "填报单位（甲：乙", "工作：甲", "填报单位"],
    );
    told(opens, &["附件2", "附表", "表号:甲", "填报单位(盖章):甲"], &["填表人:王某", "表号", "任务:甲"]);
    told(
        is_instruction,
        &["※甲", "(填表说明", "注:甲", "注1:甲", "注.甲", "注、甲", "(注):甲", "备注说明:甲", "note:a"],
        &["注", "要求", "注意:甲", "甲:注", "说明书:甲", "甲※"],
    );
    told(is_page_mark, &["第1页", "第1页共3页", &(long(15, "页").replacen('甲', "第", 1) + "共")], &["共3页", "第1章"]);
    assert!(!is_page_mark(&(long(16, "页").replacen('甲', "第", 1) + "共")), "seventeen characters");
    told(is_hint, &["(甲)", "如:甲", "必填", "例如甲"], &["(甲", "甲)", "如甲", "甲必填"]);
}

#[test]
fn examples_and_totals() {
    told(
        is_example,
        &["例", "例1", "例:", "(样例)", &long(8, "示例"), &long(8, "样例")],
        &["例会", &long(9, "示例"), &long(9, "样例")],
    );
    told(
        begins_as_example,
        &["（示例）甲", "(示例)甲", "【样例】甲", "〔例〕甲", "[例]甲", "填写示例：甲", "例:甲", " 例：甲"],
        &["示例", "示例)甲", "例】甲", "甲例：甲", "例会：甲"],
    );
    told(
        is_total,
        &["合计", "合计:", "合计。", "小计(处)", &long(8, "合计"), &long(8, "总计")],
        &[&long(9, "合计"), "合计甲", "甲累计", "(合计)"],
    );
}

#[test]
fn sections_and_their_numbers() {
    told(
        is_section,
        &["第三部分", "第十类甲", "第二十章", "第一项", "(一)甲", "一、甲", "一.甲", "一,甲", "一:甲", "十一)甲"],
        &["第部分", "第三季度", "(一、甲", "(甲)", "一甲", "、甲", ")甲", "1、甲"],
    );
    told(
        is_section_number,
        &["一", "(二)", "三、", "第一阶段", "第三期", "第二步"],
        &["", "()", "第一季", "一季", "1", "第阶段", "第一"],
    );
    for (text, style) in [
        ("一、甲", Some(3)),
        ("十二，甲", Some(3)),
        ("一.甲", Some(3)),
        ("1、甲", Some(13)),
        ("1.甲", Some(13)),
        ("１．甲", Some(13)),
        ("1.1甲", Some(14)),
        ("1.", Some(14)),
        ("1、", None),
        ("1、1", None),
        ("1）甲", Some(15)),
        ("一)甲", Some(5)),
        ("(1)甲", Some(11)),
        ("（一）甲", Some(1)),
        ("【1】甲", Some(12)),
        ("〔一〕甲", Some(2)),
        ("［1］甲", Some(12)),
        ("(1甲", None),
        ("(甲)", None),
        ("1甲", None),
        ("1", None),
        ("2014.8", Some(14)),
        ("20140.8", None),
        ("", None),
    ] {
        assert_eq!(numbering_style(text), style, "{text}");
    }
}

#[test]
fn what_a_heading_reads_like() {
    told(
        is_headingish,
        &[
            "是否甲",
            "#",
            "人50",
            "3个年份",
            "甲人",
            &long(14, "情况"),
            "备注2",
            "no.",
            "本周工作",
            "下月主要工作",
            "词语解释",
        ],
        &["50人", "3个月", "1.5人", "是甲", "##", &long(15, "情况"), "甲#", "", "本周环境整治的工作", "工作"],
    );
    let leaves = |texts: &str| texts.split(' ').map(str::to_owned).collect::<Vec<_>>();
    for (texts, known, all) in [
        ("单位 甲科 联系人 王某", [false; 4], true),
        ("甲 甲科 乙 王某", [true, false, true, false], true),
        ("甲 甲科 乙 王某", [true, false, false, false], false),
        ("单位 甲科 联系人 联系人", [false; 4], false),
        ("单位 甲科 单位 甲科", [false; 4], false),
        ("单位 甲科 联系人", [false; 4], false),
        ("单位 甲科", [false; 4], false),
    ] {
        assert_eq!(alternates(&known, &leaves(texts)), all, "{texts} {known:?}");
    }
    for (texts, block) in [
        ("甲 乙", 2),
        ("甲 乙 甲 乙", 2),
        ("甲 乙 甲 丙", 4),
        ("甲 乙 丙 甲 乙 丙", 3),
        ("甲 乙 甲 乙 甲", 5),
        ("甲 甲", 2),
    ] {
        assert_eq!(of_one_block(&leaves(texts)), block, "{texts}");
    }
}

#[test]
fn the_end_of_a_table_says_so() {
    for text in ["以下空白", "(以下无正文)", "——以下空白——", "本页完"] {
        assert!(is_end_of_page(text), "{text}");
    }
    for text in ["续表", "(接上表)", "续上表"] {
        assert!(is_continued(text) && !is_end_of_page(text), "{text}");
    }
    assert!(!is_end_of_page("空白") && !is_continued("续表工作"));
    for text in ["共3项", "以上共计十条", "2014年9月2日", "年月日", "____年__月__日"] {
        assert!(is_end(text), "{text}");
    }
    for text in ["共青团", "共建3处花坛", "共3项任务", "9月2日完成", "2014年", "空白", ""] {
        assert!(!is_end(text), "{text}");
    }
}

#[test]
fn places_for_several_signatures_are_one_line() {
    assert!(is_about("部门主管:管理者代表:董事长:") && !is_about("部门主管:") && !is_about("一:二:三:四"));
}

#[test]
fn words_in_latin_letters_beside_a_heading() {
    for (key, own) in [
        ("remark备注", Some("备注")),
        ("备注remark", Some("备注")),
        ("testcaseid用例编号", Some("用例编号")),
        ("app名称", None),
        ("备注", None),
        ("remark", None),
        ("remark注", None),
        ("url地址type", Some("地址")),
    ] {
        assert_eq!(without_translation(key), own, "{key}");
    }
}
