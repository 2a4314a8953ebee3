//! Short and long forms of unit names: 县城管局 is also 城管局, 县委宣传部 is 宣传部, 云山县教育局 is 教育局, 市场监管局 is
//! 市场监督管理局. Only forms that can mean a single unit are used.

use std::collections::BTreeMap;

use super::Roster;
use crate::basis::UnitId;
use crate::basis::text::name_key;

/// Words for a territory before the name of an organ, longest first.
const TERRITORY: &[&str] = &[
    "县人民政府", "市人民政府", "区人民政府", "县政府", "市政府", "区政府", "县委", "市委", "区委", "县", "市", "区",
    "州", "旗",
];

/// Words that begin like a territory but are not one.
const NO_TERRITORY: &[&str] = &["市场", "市政", "市容", "市民", "区域", "区块", "县域", "州际"];

/// If the text before ends in one of these, the rest is not a name of its own: 社区服务中心, 园区管委会.
const PART_OF_WORD: &[&str] =
    &["社", "小", "园", "校", "景", "院", "片", "辖", "郊", "城", "街", "地", "矿", "林", "新", "开发"];

/// Names that are too general to mean a single unit without their territory.
const GENERAL: &[&str] = &[
    "办", "办公室", "政府", "人民政府", "机关", "管委会", "管理局", "管理处", "管理所", "委员会", "街道", "服务中心",
    "党委", "直属机关", "直机关", "直单位", "属单位", "级机关",
];

/// Short and long forms of words in names of organs.
const FORMS: &[(&str, &str)] = &[
    ("市场监管局", "市场监督管理局"),
    ("市监局", "市场监督管理局"),
    ("城管局", "城市管理局"),
    ("城管局", "城市管理和综合执法局"),
    ("城管局", "城市管理综合执法局"),
    ("人社局", "人力资源和社会保障局"),
    ("人社局", "人力资源社会保障局"),
    ("住建局", "住房和城乡建设局"),
    ("住建局", "住房城乡建设局"),
    ("文旅局", "文化和旅游局"),
    ("文旅局", "文化旅游局"),
    ("文广旅局", "文化广电和旅游局"),
    ("发改局", "发展和改革局"),
    ("发改委", "发展和改革委员会"),
    ("发改委", "发展改革委"),
    ("卫健局", "卫生健康局"),
    ("卫健委", "卫生健康委员会"),
    ("卫健委", "卫生健康委"),
    ("工信局", "工业和信息化局"),
    ("交通局", "交通运输局"),
    ("应急局", "应急管理局"),
    ("行政审批局", "行政审批服务局"),
    ("自规局", "自然资源和规划局"),
    ("农业局", "农业农村局"),
    ("团委", "共青团委员会"),
    ("残联", "残疾人联合会"),
    ("妇联", "妇女联合会"),
    ("工商联", "工商业联合会"),
    ("法院", "人民法院"),
    ("检察院", "人民检察院"),
    ("街道", "街道办事处"),
    ("街道办", "街道办事处"),
    ("镇", "镇人民政府"),
    ("乡", "乡人民政府"),
];

/// Adds the short and long forms of each unit's names, unless a form is the name of a unit or would fit two units. They
/// are used to read submissions, so this is done after the division itself is read.
pub(in crate::division) fn add(roster: &mut Roster) {
    let mut called: BTreeMap<String, Option<UnitId>> = BTreeMap::new();
    for (name, &unit) in &roster.names {
        for usual in usual(name) {
            if roster.names.contains_key(&usual) {
                continue;
            }
            let only = called.entry(usual).or_insert(Some(unit));
            *only = only.filter(|only| *only == unit);
        }
    }
    roster.names.extend(called.into_iter().filter_map(|(name, unit)| Some((name, unit?))));
}

/// The other forms of a folded name.
fn usual(name: &str) -> Vec<String> {
    let mut bare = vec![name.to_owned()];
    bare.extend(without_territory(name).map(str::to_owned));
    let mut names = bare.clone();
    for name in &bare {
        for (short, long) in FORMS {
            for (from, to) in [(short, long), (long, short)] {
                // Many names end in a single character such as 镇, so there must be a name before it.
                if let Some(before) = name.strip_suffix(from)
                    && (from.chars().count() > 2
                        || before.is_empty()
                        || before.chars().count() > 1
                        || TERRITORY.contains(&before))
                    && !(*to == "街道" && before.is_empty())
                {
                    names.push(name_key(&format!("{before}{to}")));
                }
            }
        }
    }
    names.retain(|usual| usual != name && !GENERAL.contains(&usual.as_str()));
    names
}

/// The name without its territory; none where it has none.
fn without_territory(name: &str) -> Option<&str> {
    let own =
        |rest: &&str| rest.chars().count() >= 2 && !GENERAL.contains(rest) && !NO_TERRITORY.iter().any(|w| w == rest);
    if NO_TERRITORY.iter().any(|word| name.starts_with(word)) {
        return None;
    }
    if let Some(rest) = TERRITORY.iter().find_map(|word| name.strip_prefix(word)) {
        return Some(rest).filter(own);
    }
    // 云山县教育局: two or three characters, then the word for the territory.
    for (at, _) in name.char_indices().skip(2).take(2) {
        let (place, rest) = name.split_at(at);
        let cut = NO_TERRITORY.iter().any(|word| rest.starts_with(word))
            || PART_OF_WORD.iter().any(|word| place.ends_with(word));
        if !cut && let Some(rest) = TERRITORY.iter().find_map(|word| rest.strip_prefix(word)) {
            return Some(rest).filter(own);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn called(units: &[&str], name: &str) -> Option<u32> {
        use crate::basis::place::{Place, SourceId};
        let mut roster = Roster::default();
        for unit in units {
            roster.add(super::super::Unit::named(unit, Place::file(SourceId::DIVISION)));
        }
        add(&mut roster);
        roster.find(name).map(|unit| unit.0)
    }

    #[test]
    fn units_are_called_without_their_territory_and_by_their_usual_forms() {
        let units = [
            "县委宣传部", "县城管局", "县市场监管局", "云山县教育局", "县人社局", "团县委", "县法院", "城关镇",
            "社区服务中心",
        ];
        for (name, unit) in [
            ("宣传部", 0),
            ("城管局", 1),
            ("县城市管理局", 1),
            ("城市管理局", 1),
            ("市场监管局", 2),
            ("县市场监督管理局", 2),
            ("市场监督管理局", 2),
            ("教育局", 3),
            ("县人力资源和社会保障局", 4),
            ("人社局", 4),
            ("法院", 6),
            ("县人民法院", 6),
            ("城关镇人民政府", 7),
        ] {
            assert_eq!(called(&units, name), Some(unit), "{name}");
        }
        for name in ["场监管局", "服务中心", "委宣传部", "局", "镇人民政府", "市教育局"] {
            assert_eq!(called(&units, name), None, "{name}");
        }
    }

    #[test]
    fn a_name_that_two_units_might_be_called_is_nobodys() {
        assert_eq!(called(&["市教育局", "县教育局"], "教育局"), None);
        assert_eq!(called(&["县委办公室", "县教育局"], "办公室"), None);
        assert_eq!(called(&["市教育局", "教育局"], "教育局"), Some(1), "its own name comes first");
    }
}
