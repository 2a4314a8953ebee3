//! Names of units as lists and lines write them: with their organ in front (局综合科), or without the ending that they share
//! with another (城东、城西街道).

use super::Roster;
use crate::basis::UnitId;
use crate::basis::text::name_key;

/// Words for the organ that a unit belongs to.
const ORGAN: &[&str] = &["我", "本", "局机关", "机关", "局", "委", "厅", "院", "校"];
/// Words for the territory that a unit belongs to.
const TERRITORY: &[&str] = &["市", "县", "区", "镇", "乡", "街道"];

/// The texts behind words for an organ or a territory at the beginning of a name, and whether it is an organ.
pub(crate) fn below(name: &str) -> impl Iterator<Item = (&str, bool)> {
    let words = ORGAN.iter().map(|word| (word, true)).chain(TERRITORY.iter().map(|word| (word, false)));
    words.filter_map(move |(word, organ)| Some((name.strip_prefix(word)?, organ)))
}

impl Roster {
    /// The unit of a name with the organ or territory in front: 局办公室, 我局财务科, 市信息中心. The roster's own names take
    /// precedence: if it has 区教育局 and 教育局, they are different units. Behind a territory only a full name counts,
    /// because 教育局 may be short for 市教育局, which is not 区教育局.
    pub fn below_its_organ(&self, name: &str) -> Option<UnitId> {
        let found = |rest: &str, organ: bool| {
            let full = |unit: &UnitId| organ || name_key(&self.units[unit.0 as usize].name) == name_key(rest);
            self.find(rest).filter(|_| rest.chars().count() > 1).filter(full)
        };
        // at most two words: 我局财务科, 县局财务科
        let mut once = below(name);
        once.find_map(|(rest, organ)| {
            let twice = || below(rest).find_map(|(rest, also)| found(rest, organ && also));
            found(rest, organ).or_else(twice)
        })
    }

    /// The unit of a name in a list that leaves out the ending it shares with another: 城东 in 城东、城西街道. `others`: the
    /// other names of the list, the likeliest first.
    pub fn by_ending_of(&self, name: &str, others: &[&str]) -> Option<UnitId> {
        let short = name_key(name);
        let mut known = others.iter().filter(|other| self.find(other).is_some()).map(|other| name_key(other));
        known.find_map(|other| {
            let endings = other.char_indices().skip(1).map(|(at, _)| &other[at..]);
            let mut whole = endings.map(|ending| format!("{short}{ending}"));
            whole.find_map(|name| self.names.get(&name).copied())
        })
    }

    /// The units of a name that joins several by their shared ending or counts them: 城东和城西街道, 城西两街道. None if
    /// any of them is unknown.
    pub fn joined(&self, name: &str) -> Option<Vec<UnitId>> {
        let parts: Vec<&str> = name.split(['和', '与', '及']).filter(|part| !part.is_empty()).collect();
        let (last, others) = parts.split_last()?;
        let last = self.find(last).or_else(|| self.uncounted(last))?;
        let last_name = self.units[last.0 as usize].name.as_str();
        let found = |part: &&str| self.find(part).or_else(|| self.by_ending_of(part, &[last_name]));
        others.iter().map(found).chain([Some(last)]).collect()
    }

    /// The unit of a name that holds the number of those listed: 城西两街道, 城西等3个街道.
    fn uncounted(&self, name: &str) -> Option<UnitId> {
        let counts = |c: char| c.is_ascii_digit() || "两二三四五六七八九十".contains(c);
        let (at, _) = name.char_indices().skip(1).find(|(_, c)| counts(*c))?;
        let ending = name[at..].trim_start_matches(counts).trim_start_matches(['个', '家']);
        self.find(&format!("{}{ending}", name[..at].trim_end_matches('等')))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::basis::place::{Place, SourceId};
    use crate::division::Unit;

    #[test]
    fn names_without_a_part_and_with_more() {
        let mut roster = Roster::default();
        for (name, alias) in [
            ("综合科", ""),
            ("市教育局", "教育局"),
            ("城东街道", ""),
            ("城西街道", ""),
            ("机关事务服务中心", "机关中心"),
        ] {
            let mut unit = Unit::named(name, Place::file(SourceId::DIVISION));
            unit.aliases = if alias.is_empty() { vec![] } else { vec![alias.into()] };
            roster.add(unit);
        }
        let below = |name: &str| roster.below_its_organ(name).map(|unit| unit.0);
        for (name, unit) in [("局综合科", 0), ("我局综合科", 0), ("县局综合科", 0), ("镇综合科", 0), ("局机关中心", 4)]
        {
            assert_eq!(below(name), Some(unit), "{name}");
        }
        for name in ["区教育局", "综合科", "局财务科", "党政综合科", "本科"] {
            assert_eq!(below(name), None, "{name}");
        }
        let next = |name: &str, others: &[&str]| roster.by_ending_of(name, others).map(|unit| unit.0);
        assert_eq!(next("城东", &["城西街道"]), Some(2));
        assert_eq!(next("城东", &["城南", "城西街道"]), Some(2));
        assert_eq!(next("综合", &["城西街道"]), None);
        assert_eq!(next("城东", &["城西"]), None);
        let joined = |name: &str| roster.joined(name).unwrap_or_default().iter().map(|unit| unit.0).collect::<Vec<_>>();
        assert_eq!(joined("城东和城西街道"), [2, 3]);
        assert_eq!(joined("城东与城西两街道"), [2, 3]);
        assert_eq!(joined("城西两个街道"), [3]);
        for name in ["城南和城西街道", "城东和城西", "城南两街道", "两街道", "和"] {
            assert!(joined(name).is_empty(), "{name}");
        }
    }
}
