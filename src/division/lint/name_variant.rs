//! P511: two names that probably mean the same unit, without an alias in the roster.

use super::unit_not_in_roster;
use crate::basis::UnitId;
use crate::basis::finding::{Finding, Findings, Kind, Severity, Wording};
use crate::basis::place::Place;
use crate::basis::scope::Scope;
use crate::basis::text::name_key;
use crate::division::roster::name_variants::Names;
use crate::division::{Division, Roster};

/// The kind.
pub static KIND: Kind = Kind {
    code: "P511",
    name: "name-variant",
    scope: Scope::Division,
    severity: Severity::Info,
    zh: Wording {
        title: "名称疑似同一单位",
        message: "“{name}”与“{other}”疑似同一单位[：{reason}]",
        why: "同一单位写成两个名称，会被当成两家，一家显示缺报",
        mend: "确是一家的，统一名称，或写入单位名录的别名（名录已写明的不必再写）；不是一家的，都列入单位名录",
        example: "局办 与 办公室；××镇党政办 与 党政办",
    },
    en: Wording {
        title: "Two names, perhaps one unit",
        message: "“{name}” and “{other}” may be one unit[: {reason}]",
        why: "A unit under two names is counted twice and one of the two seems silent",
        mend: "Use one name, or enter the other as 别名 unless it stands there already; if they are two units, enter both in 单位名录",
        example: "局办 and 办公室; 某镇党政办 and 党政办",
    },
};

/// Notes an alias that already belongs to another unit.
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

/// Notes, once for each name, that a task uses another name for a unit than the roster; it counts as that unit.
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

/// Compares the names used in tasks with each other and with the roster. For a name missing in the roster (P502), the
/// most similar name is suggested there too.
pub(in super::super) fn check(division: &Division, out: &mut Findings) {
    let units = &division.roster.units;
    // The units of the roster come first, followed by those named only in tasks.
    let sheet = units.first().and_then(|unit| unit.place.sheet);
    let listed =
        if division.roster.given { units.iter().take_while(|unit| unit.place.sheet == sheet).count() } else { 0 };
    let mut names = Names::default();
    for (at, unit) in units.iter().enumerate() {
        let near = if at < listed { None } else { names.nearest(&unit.name).map(|near| &units[near]) };
        names.add(&unit.name);
        let Some(other) = near else { continue };
        let id = UnitId(at as u32);
        for missing in out.0.iter_mut().filter(|f| f.kind.code == unit_not_in_roster::KIND.code && f.unit == Some(id)) {
            missing.expected(&other.name).related(other.place);
        }
        out.note(&KIND, unit.place)
            .unit(id)
            .seen(&unit.name)
            .expected(&other.name)
            .fact("name", &unit.name)
            .fact("other", &other.name)
            .related(other.place);
    }
}
