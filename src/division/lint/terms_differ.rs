//! P517: rows of one task that ask a unit for different deadlines or cycles.

use crate::basis::UnitId;
use crate::basis::finding::{Findings, Kind, Severity, Wording};
use crate::basis::scope::Scope;
use crate::basis::text::fold;
use crate::division::Roster;
use crate::division::columns::task as col;
use crate::division::load::Rows;

/// The kind.
pub static KIND: Kind = Kind {
    code: "P517",
    name: "terms-differ",
    scope: Scope::Division,
    severity: Severity::Warning,
    zh: Wording {
        title: "同一任务几种要求",
        message: "{who}在同一项任务里有几个{column}，按先写的“{expected}”统计，“{seen}”不起作用",
        why: "一项任务对一个单位只能有一个完成时限和一个报送周期，后写的不会提醒，也不会催报",
        mend: "分几步完成的，拆成几项任务，各给编号；各单位要求不同的，每个单位写一行",
        example: "不当：1 排查整治｜综合科｜6月底 与 9月底　应为：1 排查｜综合科｜6月底，2 整治｜综合科｜9月底",
    },
    en: Wording {
        title: "Several terms for one task",
        message: "{who} has more than one {column} in one task: “{expected}” counts, “{seen}” has no effect",
        why: "A task has one deadline and one cycle for a unit; of the later ones nobody is reminded",
        mend: "Make a task with its own code of each step; where units owe different things, give each its own row",
        example: "bad: 1 排查整治 | 综合科 | 6月底 and 9月底; good: 1 排查 | 综合科 | 6月底, 2 整治 | 综合科 | 9月底",
    },
};

/// Notes each deadline and cycle in the rows of these units that differs from the first.
pub(in super::super) fn note(rows: &Rows, units: &[UnitId], roster: &Roster, out: &mut Findings) {
    let Some(&unit) = units.first() else { return };
    let name = &roster.units[unit.0 as usize].name;
    for (id, column) in [(col::DEADLINE, "完成时限"), (col::CYCLE, "报送周期")] {
        let mut cells = rows.column(id);
        let Some(first) = cells.next() else { continue };
        let same = |text: &str| fold(text) == fold(&first.text);
        for other in cells.filter(|cell| !same(&cell.text)) {
            let finding = out.note(&KIND, other.place).seen(&other.text).expected(&first.text);
            let several = units.len() > 1;
            let zh = if several { format!("{name}等{}个单位", units.len()) } else { name.clone() };
            let en = if several { format!("{name} and {} more", units.len() - 1) } else { name.clone() };
            finding.fact_in("who", zh, en).fact("column", column).related(first.place);
        }
    }
}
