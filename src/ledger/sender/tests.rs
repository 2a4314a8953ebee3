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
