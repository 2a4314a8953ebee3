//! P511: two names that seem to be one unit, without an alias that says so.

use crate::basis::UnitId;
use crate::basis::finding::{Finding, Findings, Kind, Severity, Wording};
use crate::basis::place::Place;
use crate::basis::text::{chinese_number, name_key};
use crate::division::{Division, Roster};

/// The kind.
pub static KIND: Kind = Kind {
    code: "P511",
    name: "name-variant",
    severity: Severity::Info,
    zh: Wording {
        title: "名称疑似同一单位",
        message: "“{name}”与“{other}”疑似同一单位[：{reason}]",
        why: "同一单位写成两个名称，会被当成两家，一家显示缺报",
        mend: "确是一家的，统一名称，或在单位名录的别名中写明；不是一家的，都列入单位名录",
        example: "局办 与 办公室；××镇党政办 与 党政办",
    },
    en: Wording {
        title: "Two names, perhaps one unit",
        message: "“{name}” and “{other}” may be one unit[: {reason}]",
        why: "A unit under two names is counted twice and one of the two seems silent",
        mend: "Use one name, or enter the other as 别名; if they are two units, enter both in 单位名录",
        example: "局办 and 办公室; 某镇党政办 and 党政办",
    },
};

/// Words that tell units apart although they look like ornament.
const TELLING: &str = "一二三四五六七八九十0123456789东南西北中上下前后新老甲乙丙丁";

/// What an organ's name ends in when it stands before a part of it: 局办, 某镇党政办, 机关党委.
const ORGANS: &[&str] =
    &["镇", "乡", "街道", "市", "县", "区", "局", "委", "厅", "机关", "本级", "单位", "公司", "政府"];

/// Names too general to be the end of another name by more than chance.
const GENERAL: &[&str] = &["管理局", "委员会", "领导小组", "工作组", "管理所", "管理处", "管理办", "服务中心"];

/// Notes an alias that belongs to another unit already.
pub(in super::super) fn note_alias(place: Place, alias: &str, unit: UnitId, roster: &Roster, out: &mut Findings) {
    let Some(owner) = roster.find(alias) else { return };
    let (unit, owner) = (&roster.units[unit.0 as usize], &roster.units[owner.0 as usize]);
    out.note(&KIND, place)
        .seen(alias)
        .fact("name", &unit.name)
        .fact("other", &owner.name)
        .fact_in(
            "reason",
            format!("两家都用别名“{alias}”，按后者认"),
            format!("both bear the alias “{alias}”; it is read as the latter"),
        )
        .related(owner.place);
}

/// Notes, once for each name, that a task calls a unit by another name than the roster's: it counts as that unit.
pub(in super::super) fn note_other_name(place: Place, name: &str, unit: UnitId, roster: &Roster, out: &mut Findings) {
    let known = &roster.units[unit.0 as usize];
    let noted = |finding: &Finding| finding.kind.code == KIND.code && finding.seen.as_deref() == Some(name);
    if name_key(name) == name_key(&known.name) || out.0.iter().any(noted) {
        return;
    }
    out.note(&KIND, place)
        .unit(unit)
        .seen(name)
        .expected(&known.name)
        .fact("name", name)
        .fact("other", &known.name)
        .fact_in("reason", "名录写明是一家，按一家统计", "the roster says so; they count as one")
        .related(known.place);
}

/// Compares the names that stand in tasks with each other and with the roster's.
pub(in super::super) fn check(division: &Division, out: &mut Findings) {
    let units = &division.roster.units;
    let listed = units.iter().take_while(|unit| division.roster.given && in_roster(division, unit.place)).count();
    for (at, unit) in units.iter().enumerate().skip(listed) {
        let id = UnitId(at as u32);
        // The roster's names first: they are what the other should be.
        let Some(other) = units[..at].iter().find(|other| alike(&other.name, &unit.name)) else { continue };
        out.note(&KIND, unit.place)
            .unit(id)
            .seen(&unit.name)
            .expected(&other.name)
            .fact("name", &unit.name)
            .fact("other", &other.name)
            .related(other.place);
    }
}

/// Whether a unit's line is one of 单位名录 and not of the tasks.
fn in_roster(division: &Division, place: Place) -> bool {
    division.tasks.first().is_none_or(|task| task.place.sheet != place.sheet)
}

/// Whether two names are near enough to be one unit: equal but for 办公室 and 办, one with its organ before it, or one
/// an abbreviation of the other. 市场监督管理所 and 市场监督管理局 are two.
pub(in super::super) fn alike(a: &str, b: &str) -> bool {
    let (a, b) = (plain(a), plain(b));
    if a == b {
        return true;
    }
    let (short, long) = if a.chars().count() <= b.chars().count() { (a, b) } else { (b, a) };
    part_of_organ(&short, &long) || abbreviates(&short, &long)
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

fn part_of_organ(short: &str, long: &str) -> bool {
    let Some(before) = long.strip_suffix(short) else { return false };
    let whole_name = short == "办" || short.chars().count() > 1;
    whole_name && !GENERAL.contains(&short) && ORGANS.iter().any(|organ| before.ends_with(organ))
}

/// Whether the short name is the long one with letters left out between its first and its last, none of them a word
/// that tells units apart.
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
            assert!(alike(a, b) && alike(b, a), "{a} {b}");
        }
        for (a, b) in [
            ("市场监督管理所", "市场监督管理局"),
            ("管理一科", "管理二科"),
            ("管理科", "管理一科"),
            ("东街街道", "西街街道"),
            ("综合科", "财务科"),
            ("城市管理局", "管理局"),
            ("云东镇党政办", "云西镇党政办"),
        ] {
            assert!(!alike(a, b), "{a} {b}");
        }
    }
}
