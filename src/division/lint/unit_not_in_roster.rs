//! P502: a unit of a task that is not in the roster.

use crate::basis::UnitId;
use crate::basis::finding::{Findings, Kind, Severity, Wording};
use crate::basis::place::Place;
use crate::basis::scope::Scope;
use crate::division::Roster;

/// The kind.
pub static KIND: Kind = Kind {
    code: "P502",
    name: "unit-not-in-roster",
    scope: Scope::Division,
    severity: Severity::Warning,
    zh: Wording {
        title: "单位不在名录",
        message: "单位“{name}”不在单位名录中[，是否为“{expected}”]",
        why: "名录中没有的单位，其报送容易认不出来；本次仍按新单位统计，不会漏掉",
        mend: "在单位名录中增加该单位，或把它写进某单位的别名，或改正任务中的名称",
        example: "任务写“局办”，名录只有“办公室”：在办公室的别名中加“局办”",
    },
    en: Wording {
        title: "Unit not in the roster",
        message: "Unit “{name}” is not in the roster[; is it “{expected}”?]",
        why: "Reports of a unit that the roster lacks are hard to recognise; it is counted as a new unit meanwhile, so that nothing is lost",
        mend: "Add it to 单位名录, or to the 别名 of a unit, or correct the name in the task",
        example: "the task says 局办, the roster has 办公室 only: add 局办 to its 别名",
    },
};

/// Notes it once for each name, at its first cell.
pub(in super::super) fn note(place: Place, unit: UnitId, roster: &Roster, out: &mut Findings) {
    let name = &roster.units[unit.0 as usize].name;
    out.note(&KIND, place).unit(unit).seen(name).fact("name", name);
}
