//! Lines and names, drawn with the sender that each names.

use super::*;
use crate::basis::place::{Place, SourceId};
use crate::division::Unit;

fn roster() -> Roster {
    let mut roster = Roster::default();
    for (name, alias, parent) in [
        ("机关事务管理局", "机关局", None),
        ("综合管理科", "综合科", Some(UnitId(0))),
        ("后勤服务中心", "后勤中心", Some(UnitId(0))),
        ("市场监督管理局", "市监局", None),
        ("市场监督管理所", "", None),
        ("办公室", "局办", Some(UnitId(0))),
        ("管理一科", "", Some(UnitId(0))),
    ] {
        let mut unit = Unit::named(name, Place::file(SourceId::DIVISION));
        unit.aliases = if alias.is_empty() { vec![] } else { vec![alias.into()] };
        unit.parent = parent;
        unit.groups = vec!["科室".into()];
        roster.add(unit);
    }
    roster
}

fn name(words: &str) -> &'static str {
    const NAMES: [&str; 7] = ["机关局", "综合科", "后勤中心", "市监局", "市监所", "办公室", "一科"];
    in_words(words, &roster()).map_or("-", |unit| NAMES[unit.0 as usize])
}

#[test]
fn units_in_file_names() {
    for (words, unit) in [
        ("附件2：综合科台账（最终版）(1)", "综合科"),
        ("综合管理科8月台账", "综合科"),
        ("8月台账-后勤服务中心", "后勤中心"),
        ("机关事务管理局综合科2014年8月台账", "综合科"),
        ("市场监督管理所台账", "市监所"),
        ("市场监督管理局创建台账", "市监局"),
        ("市场监督管理局城关所台账", "-"),
        ("党政办公室台账", "-"),
        ("办公室台账", "办公室"),
        ("2014年8月台账", "-"),
        ("关于报送管理一科台账的函", "一科"),
        ("管理一科", "一科"),
        ("市 监 局_8月", "市监局"),
        ("2014年8月市场监督管理局城关所台账", "-"),
        ("市场监督管理局办公室8月", "办公室"),
        ("市场监督管理局、办公室8月", "市监局"),
        ("2014年8月综合科、后勤服务中心", "后勤中心"),
        ("2014年8月综合科、办公室", "综合科"),
        ("市创建文明城市指挥部办公室台账", "-"),
        ("市创建办公室台账", "-"),
        ("文明委办公室8月", "-"),
        ("创建工作领导小组综合科", "-"),
        ("创建综合科台账", "综合科"),
        ("综合科交办公室", "综合科"),
        ("报办公室-综合科8月", "综合科"),
        ("综合科报送办公室台账", "综合科"),
    ] {
        assert_eq!(name(words), unit, "{words}");
    }
}

#[test]
fn titles_that_are_a_units_own_name() {
    let roster = roster();
    for (title, unit) in [
        ("综合科8月台账", Some(1)),
        ("综合科2014年8月创建工作台账", Some(1)),
        ("2014年8月办公室工作台账", Some(5)),
        ("第三季度综合科台账", Some(1)),
        ("创建全国文明城市工作台账（管理一科）", Some(6)),
        ("附件2：综合科台账", Some(1)),
        ("局办公室8月台账", Some(5)),
        ("机关事务管理局综合科8月台账", Some(1)),
        ("市创建文明城市指挥部办公室", None),
        ("某某局办公室台账", None),
        ("创建台账由综合科汇总", None),
        ("综合科下发2014年8月台账", None),
        ("综合科：现将8月台账报送如下", None),
        ("综合科：", None),
        ("尊敬的综合科领导", None),
        ("综合科：8月台账", Some(1)),
        ("附件：办公室创建台账模板", None),
        ("各科室8月台账", None),
        ("市场监督管理局城关所台账", None),
    ] {
        assert_eq!(of_title(title, &roster), unit.map(UnitId), "{title}");
    }
}

#[test]
fn the_file_then_its_folders_then_its_archive() {
    let source = |name: &str| Source {
        id: SourceId(1),
        name: name.into(),
        hash: String::new(),
        received: chrono::NaiveDateTime::default(),
        claim: None,
        size: 0,
    };
    let of = |name: &str| of_source(&source(name), "收件", &roster());
    assert_eq!(of("收件/综合科/8月台账.xlsx"), Some((UnitId(1), false)));
    assert_eq!(of("收件/综合科/管理一科.xlsx"), Some((UnitId(6), true)));
    assert_eq!(of("收件/综合科.zip!8月/台账.xlsx"), Some((UnitId(1), true)));
    assert_eq!(of("收件/综合科.zip!管理一科/台账.xlsx"), Some((UnitId(6), false)));
    assert_eq!(of("收件/台账.xlsx"), None);
    assert_eq!(of("收件/市场监督管理/所.xlsx"), None);
    assert_eq!(of("收件/市监局/管理一科.xlsx"), Some((UnitId(6), true)));
    assert_eq!(of("收件/机关局/中心.xlsx"), Some((UnitId(0), false)));
}

#[test]
fn units_in_cells() {
    let named = |text: &str| in_cell(text, &roster());
    assert_eq!(named("综合科（牵头）、后勤中心；某某科").units, [UnitId(1), UnitId(2)]);
    assert_eq!(named("综合科 后勤中心").units, [UnitId(1), UnitId(2)]);
    assert_eq!(named("各科室").members.len(), 7);
    assert_eq!(named("某某科"), Named::default());
}

#[test]
fn a_unit_with_its_organ_before_it() {
    let unit = |text: &str| in_cell(text, &roster()).units;
    for (text, at) in [("局办公室", 5), ("我局综合科", 1), ("市后勤服务中心", 2), ("市局管理一科（牵头）", 6)]
    {
        assert_eq!(unit(text), [UnitId(at)], "{text}");
    }
    for text in ["党政办公室", "局财务科", "市场监督管理局城关所", "本科"] {
        assert_eq!(unit(text), [], "{text}");
    }
    assert_eq!(strangers("局办公室、局财务科", &roster()), ["局财务科"]);
}

/// The numbers of the units and members that a cell names, and the strangers in it.
fn cell(text: &str) -> (Vec<u32>, Vec<u32>, Vec<String>) {
    let roster = roster();
    let named = in_cell(text, &roster);
    let numbers = |units: Vec<UnitId>| units.into_iter().map(|unit| unit.0).collect();
    (numbers(named.units), numbers(named.members), strangers(text, &roster).into_iter().map(str::to_owned).collect())
}

#[test]
fn lists_of_units_with_remarks_and_strangers() {
    for (text, units, strange) in [
        ("综合科", &[1][..], &[][..]),
        ("综合科、后勤中心", &[1, 2], &[]),
        ("综合科、综合管理科", &[1], &[]),
        ("综合科 后勤中心", &[1, 2], &[]),
        ("综合科 某公司", &[1], &[]),
        ("某公司 某社区", &[], &["某公司 某社区"]),
        ("综合科、某公司", &[1], &["某公司"]),
        ("综合科（牵头）", &[1], &[]),
        ("牵头：综合科", &[1], &[]),
        ("综合科等", &[1], &[]),
        ("（牵头）", &[], &["（牵头）"]),
        ("某公司", &[], &["某公司"]),
    ] {
        let (named, members, strangers) = cell(text);
        assert_eq!((named.as_slice(), members.len()), (units, 0), "{text}");
        if text != "综合科 某公司" && text != "某公司 某社区" {
            assert_eq!(strangers, strange, "{text}");
        }
    }
    let (units, members, strangers) = cell("各科室");
    assert!(units.is_empty() && members.len() == 7 && strangers.is_empty(), "{members:?}");
    assert!(
        Named::default().is_empty()
            && !in_cell("各科室", &roster()).is_empty()
            && !in_cell("综合科", &roster()).is_empty()
    );
}

#[test]
fn the_items_around_one_of_a_list() {
    assert_eq!(around(&["甲", "乙", "丙", "丁"], 1), ["丙", "丁", "甲"]);
    assert_eq!(around(&["甲", "乙", "丙"], 2), ["乙", "甲"]);
    assert_eq!(around(&["甲"], 0), [""; 0]);
}

#[test]
fn what_may_stand_before_and_after_a_name() {
    for (before, name, may) in [
        ("", "综合科", true),
        ("2014年8月", "综合科", true),
        ("2014-", "综合科", true),
        ("abc", "综合科", true),
        ("某局", "综合科", true),
        ("某某", "综合科", false),
        ("创建", "办公室", false),
        ("文明城市", "办公室", false),
        ("创建", "综合科", true),
        ("某指挥部", "综合科", false),
        ("专班", "综合科", false),
    ] {
        assert_eq!(stands_before(before, name, &[]), may, "{before}|{name}");
    }
    let (before, found) = ("某某综合科", [(6, "某某综合科".len(), UnitId(1))]);
    assert!(stands_before(before, "办公室", &found), "right behind another name");
    assert!(!stands_before("某某综合科某", "办公室", &found));
    for (after, may) in [
        ("", true),
        ("8月", true),
        ("台账", true),
        ("（终）", true),
        ("某某", true),
        ("所", false),
        ("某某分局", false),
        ("城关所台账", false),
        ("一二三四五六所", false),
        ("一二三四五六七所", true),
        ("城关所长", true),
        ("a所", true),
    ] {
        assert_eq!(stands_after(after), may, "{after}");
    }
}

#[test]
fn letters_and_labels_before_a_title() {
    for (line, is) in [
        ("综合科：", true),
        ("综合科：现将8月台账报送如下", true),
        ("尊敬的领导", true),
        ("致综合科", true),
        ("报:综合科", true),
        ("综合科8月台账", false),
        ("上报综合科", false),
    ] {
        assert_eq!(is_addressed(line), is, "{line}");
    }
    for (title, words) in [
        ("附件2：综合科台账", "综合科台账"),
        ("报送至：综合科", "报送至"),
        ("综合科台账", "综合科台账"),
        (" 附表:甲", "甲"),
    ] {
        assert_eq!(unlabelled(title), words, "{title}");
    }
}

#[test]
fn of_several_names_the_lowest_the_longest_or_the_first() {
    for (words, unit) in [
        ("后勤服务中心、综合科", "后勤中心"),
        ("综合科、后勤服务中心", "后勤中心"),
        ("综合科、管理一科", "一科"),
        ("管理一科、综合科", "一科"),
        ("市监局、综合科", "市监局"),
        ("机关局、综合科", "综合科"),
        ("综合科、机关局", "综合科"),
    ] {
        assert_eq!(name(words), unit, "{words}");
    }
}
