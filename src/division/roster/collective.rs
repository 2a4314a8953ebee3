//! Collective names (各街道, 全体科室, 委属各单位, 各科（室、中心）) and the units of the roster they mean.

use super::{Meaning, Roster, group_key};
use crate::basis::UnitId;
use crate::basis::text::{list, name_key};

/// Words that leave open which units are meant; such a name cannot be expanded.
const OPEN: &[&str] = &["相关", "有关", "其他", "其它", "涉及", "对应", "等单位", "等部门"];

/// Words for units in general: after 各 they mean the whole roster, after the name of a unit the units below it.
const GENERAL: &[&str] = &[
    "单位", "部门", "科室", "下属单位", "所属单位", "直属单位", "成员单位", "责任单位", "部门单位", "单位部门",
    "科室单位", "下属科室", "内设科室", "内设机构", "直属机构", "股室", "处室",
];

/// Words for the organ itself before the kind of its units: 机关各科室 where the roster has the group 科室 and no other.
const OWN: &[&str] = &["局机关", "委机关", "机关", "全局", "我局", "本局", "全委", "我委", "本单位", "我单位"];

/// Endings of the kinds of units that a bracket adds to a collective name: 各乡镇（街道）, 各县（市、区）.
const KINDS: &[&str] = &[
    "科", "室", "局", "办", "处", "站", "所", "队", "股", "中心", "街道", "办事处", "镇", "乡", "村", "社区", "县",
    "市", "区", "旗", "单位", "部门", "机构", "公司", "企业", "学校", "校", "院", "园区", "管委会", "场",
];

/// Optional endings of group names: 各街道办 is the group 街道.
const ENDINGS: &[&str] = &["办事处", "办", "单位", "部门", "机构"];

impl Roster {
    /// The collective names that one name joins in a bracket: 各乡镇 and 各街道 for 各乡镇（街道）. None if the roster has a
    /// group so called, or none of their kinds.
    pub fn kinds(&self, name: &str) -> Option<Vec<String>> {
        let key = group_key(name);
        if self.find(name).is_some() || called(self, &key, &[letters]).is_some() || key == name_key(name) {
            return None;
        }
        let (head, inner) = key.strip_suffix(')')?.split_once('(')?;
        let others: Vec<&str> = list(inner);
        let is_kind = |kind: &&str| KINDS.iter().any(|end| kind.ends_with(end)) || of_kind(self, kind).is_some();
        if head.is_empty() || !others.iter().all(|kind| self.find(kind).is_none() && is_kind(kind)) {
            return None;
        }
        // 各科（室、中心）: 室 only ends the word 科室
        let whole = |kind: &str| {
            let joined = format!("{head}{kind}");
            if of_kind(self, &joined).is_some() { joined } else { kind.to_owned() }
        };
        let kinds: Vec<String> = std::iter::once(head.to_owned()).chain(others.into_iter().map(whole)).collect();
        let known = kinds.iter().any(|kind| of_kind(self, kind).is_some());
        known.then(|| kinds.into_iter().map(|kind| format!("各{kind}")).collect())
    }

    /// What an item of a list of units means.
    pub fn meaning(&self, item: &str) -> Meaning {
        if let Some(unit) = self.find(item) {
            return Meaning::Unit(unit);
        }
        match meaning(self, item) {
            // without a roster 局综合科 and 综合科 may be two units
            Meaning::Unknown if self.given => self.below_its_organ(item).map_or(Meaning::Unknown, Meaning::Unit),
            meaning => meaning,
        }
    }
}

/// The meaning of a name that is not the name of a unit.
fn meaning(roster: &Roster, name: &str) -> Meaning {
    let (folded, key) = (name_key(name), group_key(name));
    let closely = called(roster, &key, &[letters]);
    if let Some(members) = closely.or_else(|| of_kinds(roster, name)).or_else(|| group(roster, &key)) {
        return Meaning::Group(members);
    }
    let collective = folded != key;
    if OPEN.iter().any(|word| folded.contains(word)) {
        return Meaning::Unexpandable;
    }
    if !collective {
        return below(roster, &folded).map_or(Meaning::Unknown, Meaning::Group);
    }
    let whole = || {
        (roster.given && matches!(key.as_str(), "单位" | "部门" | "部门单位" | "单位部门")).then(|| everyone(roster))
    };
    let found = whole().or_else(|| below(roster, &key)).or_else(|| by_ending(roster, &key));
    let own = || {
        let rest = OWN.iter().find_map(|own| key.strip_prefix(own))?;
        group(roster, rest).or_else(|| by_ending(roster, rest))
    };
    found.or_else(own).filter(|units| !units.is_empty()).map_or(Meaning::Unexpandable, Meaning::Group)
}

/// The members of a group, found by its name, its name without punctuation, or its name without brackets and endings, if
/// exactly one group fits.
fn group(roster: &Roster, key: &str) -> Option<Vec<UnitId>> {
    called(roster, key, &[letters, without_brackets, without_ending])
}

/// The members of the group that is called so, or of the only one that is once both names are loosened in one of these ways.
fn called(roster: &Roster, key: &str, ways: &[fn(&str) -> String]) -> Option<Vec<UnitId>> {
    if let Some(members) = roster.groups.get(key) {
        return Some(members.clone());
    }
    for loosen in ways {
        let wanted = loosen(key);
        let mut fitting = roster.groups.iter().filter(|(name, _)| !wanted.is_empty() && loosen(name) == wanted);
        match (fitting.next(), fitting.next()) {
            (Some((_, members)), None) => return Some(members.clone()),
            (Some(_), Some(_)) => return None,
            (None, _) => {}
        }
    }
    None
}

/// The units of all the kinds that a name joins in a bracket.
fn of_kinds(roster: &Roster, name: &str) -> Option<Vec<UnitId>> {
    let mut units: Vec<UnitId> =
        roster.kinds(name)?.iter().filter_map(|kind| of_kind(roster, &group_key(kind))).flatten().collect();
    units.sort_unstable();
    units.dedup();
    Some(units)
}

/// The units of a kind: the group so called, else the units whose names end so.
fn of_kind(roster: &Roster, kind: &str) -> Option<Vec<UnitId>> {
    group(roster, kind).or_else(|| by_ending(roster, kind)).filter(|units| !units.is_empty())
}

fn letters(key: &str) -> String {
    key.chars().filter(|c| c.is_alphanumeric()).collect()
}

/// Reduces 科(室、中心) and 科室 to 科: the bracket and 室 only add similar units.
fn without_brackets(key: &str) -> String {
    let mut depth = 0usize;
    let bare: String = key
        .chars()
        .filter(|c| {
            match c {
                '(' => depth += 1,
                ')' => depth = depth.saturating_sub(1),
                _ => return depth == 0,
            }
            false
        })
        .collect();
    if bare == "科室" { "科".into() } else { bare }
}

fn without_ending(key: &str) -> String {
    let bare = without_brackets(key);
    ENDINGS.iter().find_map(|end| bare.strip_suffix(end)).map_or(bare.clone(), ToOwned::to_owned)
}

/// The units below a unit with whose name the collective name begins: 教育局各科室, 东街街道各社区.
fn below(roster: &Roster, key: &str) -> Option<Vec<UnitId>> {
    // The longest name counts: 城管局执法队各中队 means the units below 城管局执法队.
    let begins = key.char_indices().rev().map(|(at, _)| key.split_at(at));
    let (parent, rest) = begins.into_iter().find_map(|(name, rest)| Some((*roster.names.get(name)?, rest)))?;
    let below = roster.below(parent);
    let kind = rest.trim_start_matches(['的', '所', '下', '属']);
    let of_kind = |id: &UnitId| {
        let unit = &roster.units[id.0 as usize];
        name_key(&unit.name).ends_with(kind) || unit.groups.iter().any(|group| group_key(group) == kind)
    };
    let of_that_kind: Vec<UnitId> = below.iter().copied().filter(of_kind).collect();
    if !of_that_kind.is_empty() {
        Some(of_that_kind)
    } else if GENERAL.contains(&rest) || GENERAL.contains(&kind) {
        Some(below).filter(|below| !below.is_empty())
    } else {
        None
    }
}

/// The units whose names end in the collective word: 各街道 if the roster has 东街街道 and 西街街道 but no such group.
fn by_ending(roster: &Roster, key: &str) -> Option<Vec<UnitId>> {
    if key.chars().count() < 2 || GENERAL.contains(&key) {
        return None;
    }
    let word = without_ending(key);
    let ends = |name: &str| {
        let name = name_key(name);
        name.ends_with(key) || word.chars().count() > 1 && without_ending(&name).ends_with(&word)
    };
    let mut units = everyone(roster);
    units.retain(|id| ends(&roster.units[id.0 as usize].name));
    (roster.given && units.len() > 1).then_some(units)
}

/// The units of 单位名录: a misspelt name in one task adds nobody to 各单位 in the next.
fn everyone(roster: &Roster) -> Vec<UnitId> {
    (0..roster.named as u32).map(UnitId).collect()
}

#[cfg(test)]
mod tests {
    use super::super::Unit;
    use super::*;
    use crate::basis::place::{Place, SourceId};

    fn roster(lines: &[(&str, &[&str], Option<u32>)]) -> Roster {
        let mut roster = Roster { given: true, ..Roster::default() };
        for (name, groups, parent) in lines {
            let mut unit = Unit::named(name, Place::file(SourceId::DIVISION));
            unit.groups = groups.iter().map(ToString::to_string).collect();
            unit.parent = parent.map(UnitId);
            roster.add(unit);
        }
        roster.named = roster.units.len();
        roster
    }

    fn names(roster: &Roster, item: &str) -> String {
        match roster.meaning(item) {
            Meaning::Unit(id) => format!("={}", roster.units[id.0 as usize].name),
            Meaning::Group(ids) => {
                ids.iter().map(|id| roster.units[id.0 as usize].name.as_str()).collect::<Vec<_>>().join(" ")
            }
            Meaning::Unexpandable => "?".into(),
            Meaning::Unknown => "-".into(),
        }
    }

    #[test]
    fn groups_are_found_however_they_are_written() {
        let roster = roster(&[
            ("综合科", &["科（室、中心）"], None),
            ("后勤中心", &["各科（室、中心）", "委属单位"], None),
            ("造价站", &["委属单位"], None),
        ]);
        for item in ["委属各单位", "各委属单位", "委属单位", "全体委属单位。", "所有 委属单位"]
        {
            assert_eq!(names(&roster, item), "后勤中心 造价站", "{item}");
        }
        for item in ["各科（室、中心）", "各科(室、中心)", "各科室", "各科室中心"] {
            assert_eq!(names(&roster, item), "综合科 后勤中心", "{item}");
        }
        assert_eq!(names(&roster, "各单位"), "综合科 后勤中心 造价站");
        assert_eq!(names(&roster, "造价站。"), "=造价站");
    }

    #[test]
    fn names_that_leave_open_who_is_meant_stand_for_nobody() {
        let roster = roster(&[("综合科", &["科室"], None), ("后勤中心", &[], None)]);
        for item in ["机关各科室", "局机关各科室", "全局各科室"] {
            assert_eq!(names(&roster, item), "综合科", "{item}");
        }
        for item in
            ["委属各科室", "机关各街道", "各相关单位", "有关单位", "各有关科室", "其他部门", "全体人员", "各物业公司"]
        {
            assert_eq!(names(&roster, item), "?", "{item}");
        }
        assert_eq!(names(&roster, "督查室"), "-");
    }

    #[test]
    fn a_bracket_adds_kinds_of_units() {
        let roster = roster(&[
            ("青山镇", &["各乡镇"], None),
            ("东城街道", &["各街道"], None),
            ("一村", &["各村"], None),
            ("二社区", &["各社区"], None),
            ("龙江县", &["各县"], None),
            ("城关区", &["各区"], None),
            ("综合科", &["科室"], None),
            ("后勤中心", &["中心"], None),
        ]);
        for (item, units) in [
            ("各乡镇（街道）", "青山镇 东城街道"),
            ("各村（社区）", "一村 二社区"),
            ("各县（市、区）", "龙江县 城关区"),
            ("各科室（中心）", "综合科 后勤中心"),
            ("各科（室、中心）", "综合科 后勤中心"),
            ("各乡镇", "青山镇"),
        ] {
            assert_eq!(names(&roster, item), units, "{item}");
        }
        let kinds = |item: &str| roster.kinds(item).unwrap_or_default().join(" ");
        assert_eq!(kinds("各县（市、区）"), "各县 各市 各区");
        assert_eq!(kinds("各科（室、中心）"), "各科 各科室 各中心");
        for item in ["各乡镇", "乡镇（街道）", "各乡镇（青山镇）", "各乡镇（张某）", "各厂（场）", "综合科（牵头）"]
        {
            assert_eq!(kinds(item), "", "{item}");
        }
        let whole = self::roster(&[("青山镇", &["县市区"], None), ("龙江县", &["县"], None)]);
        assert_eq!((names(&whole, "各县（市、区）"), whole.kinds("各县（市、区）")), ("青山镇".into(), None));
    }

    #[test]
    fn a_group_may_be_named_by_any_words() {
        let roster = roster(&[("综合科", &["各有关单位", "全体人员"], None)]);
        assert_eq!((names(&roster, "有关单位"), names(&roster, "全体人员")), ("综合科".into(), "综合科".into()));
    }

    #[test]
    fn units_that_only_tasks_name_belong_to_no_collective() {
        let mut roster = roster(&[("东街街道", &[], None), ("西街街道", &[], None), ("综合科", &[], None)]);
        roster.add(Unit::named("东街街道办", Place::file(SourceId::DIVISION)));
        assert_eq!(names(&roster, "各单位"), "东街街道 西街街道 综合科");
        assert_eq!(names(&roster, "各街道"), "东街街道 西街街道");
        assert_eq!(names(&roster, "东街街道办"), "=东街街道办");
    }

    #[test]
    fn a_parent_has_its_children() {
        let roster = roster(&[
            ("东街街道", &["街道"], None),
            ("桥头社区", &[], Some(0)),
            ("河沿社区", &[], Some(0)),
            ("西街街道", &["街道"], None),
            ("南门社区", &[], Some(3)),
        ]);
        assert_eq!(names(&roster, "各街道办事处"), "东街街道 西街街道");
        assert_eq!(names(&roster, "东街街道各社区"), "桥头社区 河沿社区");
        assert_eq!(names(&roster, "东街街道下属单位"), "桥头社区 河沿社区");
        assert_eq!(names(&roster, "各社区"), "桥头社区 河沿社区 南门社区");
        assert_eq!(names(&roster, "西街街道办公室"), "-");
    }

    #[test]
    fn parents_in_a_circle_end() {
        let roster = roster(&[("甲科", &[], Some(1)), ("乙科", &[], Some(0)), ("丙科", &[], Some(0))]);
        assert_eq!(roster.below(UnitId(2)), []);
        assert_eq!(roster.below(UnitId(0)), [UnitId(1), UnitId(2)]);
    }
}
