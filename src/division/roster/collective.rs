//! Collective names (各街道, 全体科室, 委属各单位, 各科（室、中心）) and the units of the roster they mean.

use super::{Meaning, Roster, group_key};
use crate::basis::UnitId;
use crate::basis::text::name_key;

/// Words that leave open which units are meant; such a name cannot be expanded.
const OPEN: &[&str] = &["相关", "有关", "其他", "其它", "涉及", "对应", "等单位", "等部门"];

/// Words for units in general: after 各 they mean the whole roster, after the name of a unit the units below it.
const GENERAL: &[&str] = &[
    "单位", "部门", "科室", "下属单位", "所属单位", "直属单位", "成员单位", "责任单位", "部门单位", "单位部门",
    "科室单位", "下属科室", "内设科室", "内设机构", "直属机构", "股室", "处室",
];

/// Words for the organ itself before the kind of its units: 机关各科室 where the roster has the group 科室 and no other.
const OWN: &[&str] = &["局机关", "委机关", "机关", "全局", "我局", "本局", "全委", "我委", "本单位", "我单位"];

/// Optional endings of group names: 各街道办 is the group 街道.
const ENDINGS: &[&str] = &["办事处", "办", "单位", "部门", "机构"];

impl Roster {
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
    if let Some(members) = group(roster, &key) {
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
    if let Some(members) = roster.groups.get(key) {
        return Some(members.clone());
    }
    for loosen in [letters as fn(&str) -> String, without_brackets, without_ending] {
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
    let units: Vec<UnitId> =
        (0..roster.units.len() as u32).map(UnitId).filter(|id| ends(&roster.units[id.0 as usize].name)).collect();
    (roster.given && units.len() > 1).then_some(units)
}

fn everyone(roster: &Roster) -> Vec<UnitId> {
    (0..roster.units.len() as u32).map(UnitId).collect()
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
    fn a_group_may_be_named_by_any_words() {
        let roster = roster(&[("综合科", &["各有关单位", "全体人员"], None)]);
        assert_eq!((names(&roster, "有关单位"), names(&roster, "全体人员")), ("综合科".into(), "综合科".into()));
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
