//! Similar names that probably mean the same unit: they differ only in 办公室 and 办, one has its organ in front, or one
//! abbreviates the other. 市场监督管理所 and 市场监督管理局 are different units.

use std::collections::BTreeMap;

use crate::basis::text::{chinese_number, name_key};

/// Characters that distinguish units: names that differ in one of them are different units.
const TELLING: &str = "一二三四五六七八九十0123456789东南西北中上下前后新老甲乙丙丁";

/// Endings of an organ's name in front of one of its parts: 局办, 某镇党政办, 机关党委.
const ORGANS: &[&str] =
    &["镇", "乡", "街道", "市", "县", "区", "局", "委", "厅", "机关", "本级", "单位", "公司", "政府"];

/// Names so general that another name may end in them by chance.
const GENERAL: &[&str] = &["管理局", "委员会", "领导小组", "工作组", "管理所", "管理处", "管理办", "服务中心"];

/// The most names with the same first and last characters that are compared character by character.
const COMPARED: usize = 200;

/// A collection of names that finds similar ones.
#[derive(Debug, Default)]
pub(in crate::division) struct Names {
    count: usize,
    /// Plain names.
    plain: BTreeMap<String, usize>,
    /// Names without the organ in front.
    inside: BTreeMap<String, usize>,
    /// Plain names by their first two characters and their last.
    ends: BTreeMap<[char; 3], Vec<(String, usize)>>,
}

impl Names {
    /// Adds a name; the first has number 0.
    pub(in crate::division) fn add(&mut self, name: &str) {
        let name = plain(name);
        for short in inside_organ(&name) {
            self.inside.entry(short.to_owned()).or_insert(self.count);
        }
        if let Some(ends) = ends(&name) {
            self.ends.entry(ends).or_default().push((name.clone(), self.count));
        }
        self.plain.entry(name).or_insert(self.count);
        self.count += 1;
    }

    /// The first name that probably means the same unit.
    pub(in crate::division) fn nearest(&self, name: &str) -> Option<usize> {
        let name = plain(name);
        let of_organ = inside_organ(&name).filter_map(|short| self.plain.get(short));
        let abbreviated = ends(&name).and_then(|ends| {
            let same = self.ends.get(&ends)?.iter().take(COMPARED);
            same.filter(|(other, _)| abbreviates(other, &name) || abbreviates(&name, other)).map(|(_, at)| at).min()
        });
        self.plain
            .get(&name)
            .into_iter()
            .chain(self.inside.get(&name))
            .chain(of_organ)
            .chain(abbreviated)
            .copied()
            .min()
    }
}

fn ends(name: &str) -> Option<[char; 3]> {
    let mut chars = name.chars();
    Some([chars.next()?, chars.next()?, chars.next_back()?])
}

fn plain(name: &str) -> String {
    let mut plain: String =
        name_key(name).chars().filter(|c| c.is_alphanumeric() && !"的及和与".contains(*c)).collect();
    for (long, short) in [("办公室", "办"), ("街道办事处", "街道"), ("委员会", "委"), ("监督管理", "监管")]
    {
        plain = plain.replace(long, short);
    }
    if plain.ends_with("街道办") {
        plain.truncate(plain.len() - "办".len());
    }
    plain
}

/// The name of a unit within its organ: 某镇党政办 is 党政办, 局办 is 办.
fn inside_organ(name: &str) -> impl Iterator<Item = &str> {
    name.char_indices().skip(1).map(|(at, _)| name.split_at(at)).filter_map(|(before, short)| {
        let whole_name = short == "办" || short.chars().count() > 1;
        let organ = ORGANS.iter().any(|organ| before.ends_with(organ));
        (whole_name && organ && !GENERAL.contains(&short)).then_some(short)
    })
}

/// Whether the short name is the long one with characters omitted between the first and the last, none of which
/// distinguishes units.
fn abbreviates(short: &str, long: &str) -> bool {
    let (s, l): (Vec<char>, Vec<char>) = (short.chars().collect(), long.chars().collect());
    if s.len() < 3 || l.len() > 2 * s.len() || s[..2] != l[..2] || s.last() != l.last() {
        return false;
    }
    let mut rest = s.iter().peekable();
    let left_out: Vec<char> = l.iter().filter(|c| rest.next_if(|next| next == c).is_none()).copied().collect();
    let telling = |c: &char| TELLING.contains(*c) || chinese_number(&c.to_string()).is_some();
    rest.peek().is_none() && !left_out.iter().any(telling)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn near(known: &str, name: &str) -> bool {
        let mut names = Names::default();
        names.add("财务科");
        names.add(known);
        names.nearest(name) == Some(1)
    }

    #[test]
    fn names_that_may_be_one_unit() {
        for (a, b) in [
            ("局办", "办公室"),
            ("党政办", "某镇党政办公室"),
            ("东街街道", "东街街道办事处"),
            ("市教育局", "教育局"),
            ("市场监管局", "市场监督管理局"),
            ("综合科", "综合管理科"),
        ] {
            assert!(near(a, b) && near(b, a), "{a} {b}");
        }
        for (a, b) in [
            ("市场监督管理所", "市场监督管理局"),
            ("管理一科", "管理二科"),
            ("管理科", "管理一科"),
            ("东街街道", "西街街道"),
            ("综合科", "人事科"),
            ("城市管理局", "管理局"),
            ("云东镇党政办", "云西镇党政办"),
        ] {
            assert!(!near(a, b) && !near(b, a), "{a} {b}");
        }
    }
}
