//! Labels of a form of the city, filled in.

use super::*;

fn value(fills: Fills) -> String {
    match fills {
        Fills::Office => "市创建办",
        Fills::Day => "2014年9月6日",
        Fills::Period => "2014年8月",
        Fills::Contact => "某某",
        Fills::Phone => "",
    }
    .to_owned()
}

#[test]
fn labels_are_filled_where_there_is_room() {
    for (text, wanted) in [
        ("填报单位：", "填报单位：市创建办"),
        ("填报单位（盖章）：＿＿＿＿", "填报单位（盖章）：市创建办"),
        ("填报单位：（盖章）", "填报单位：市创建办（盖章）"),
        ("填报单位:            填报时间：    年   月   日", "填报单位:市创建办    填报时间：2014年9月6日"),
        ("填报单位：______填报时间：20__年__月__日", "填报单位：市创建办    填报时间：2014年9月6日"),
        ("报告期：____年__月  单位：项", "报告期：2014年8月  单位：项"),
        ("填 报 单 位：        表 号：", "填 报 单 位：市创建办    表 号："),
        ("联系人：          审核人：", "联系人：某某    审核人："),
        ("填报单位：某局", "填报单位：某局"),
        ("填报时间：2014年9月1日", "填报时间：2014年9月1日"),
        ("填报单位要按时报送", "填报单位要按时报送"),
        ("注：1. 本表每月报送；2. 时间：每月5日前", "注：1. 本表每月报送；2. 时间：每月5日前"),
        ("某市汇总表", "某市汇总表"),
    ] {
        assert_eq!(with_values(text, &value).0, wanted);
    }
    assert_eq!(with_values("填报单位：　　", &|_| String::new()).0, "填报单位：　　", "nothing known");
}

#[test]
fn what_nothing_is_known_of_is_told() {
    let open = |text| with_values(text, &value).1;
    assert_eq!(open("填表人：        审核人：        联系电话："), ["填表人", "审核人", "联系电话"]);
    assert_eq!(open("填报单位：        单位：项"), [""; 0]);
}

#[test]
fn a_title_with_blanks_says_the_period() {
    for (text, wanted) in [
        ("____年__月工作情况汇总表", "2014年8月工作情况汇总表"),
        ("（    年    月）", "（2014年8月）"),
        ("某市20__年__月汇总表", "某市2014年8月汇总表"),
        ("        年   月   日", "2014年9月6日"),
        ("2014年8月汇总表", "2014年8月汇总表"),
        ("每年 月均", "每年 月均"),
    ] {
        assert_eq!(blanks_filled(text, &value), wanted);
    }
}
