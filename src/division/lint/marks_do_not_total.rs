//! P507: marks (分值) whose total is not the one in the settings.

use crate::basis::finding::{Findings, Kind, Severity, Wording};
use crate::basis::place::{Area, Place};
use crate::basis::scope::Scope;
use crate::basis::settings::Settings;
use crate::division::Division;
use crate::division::load::Drafts;
use crate::division::load::columns::task::MARKS;

/// The kind.
pub static KIND: Kind = Kind {
    code: "P507",
    name: "marks-do-not-total",
    scope: Scope::Division,
    severity: Severity::Warning,
    zh: Wording {
        title: "分值合计不符",
        message: "{what}",
        why: "分值合计与满分不一致，得分比例会算偏；有的测评体系本来就不是百分制",
        mend: "核对分值；满分确实不是这个数的，在参数中写明“满分”，写 0 表示不核对",
        example: "39.7＋46.3＋10＋10＝106，不是 100",
    },
    en: Wording {
        title: "Marks do not total",
        message: "{what}",
        why: "Shares of the marks go wrong when the total is not the full marks; some indexes are not out of a hundred",
        mend: "Check the marks, or set full_marks to the real total (0 = do not check)",
        example: "39.7 + 46.3 + 10 + 10 = 106, not 100",
    },
};

/// Notes marks that are not a number.
pub(in super::super) fn note_unreadable(place: Place, seen: &str, out: &mut Findings) {
    let finding = out.note(&KIND, place).seen(seen);
    finding.fact_in(
        "what",
        format!("分值“{seen}”不是数字，没有计入合计"),
        format!("The marks “{seen}” are no number and were left out of the total"),
    );
}

/// Compares the total of the marks with `full_marks`. Not checked if there are no marks or `full_marks` is 0.
pub(in super::super) fn check(division: &Division, drafts: &Drafts, settings: &Settings, out: &mut Findings) {
    let total: f64 = division.tasks.iter().filter_map(|task| task.whole.marks).sum();
    let cells: Vec<Place> =
        drafts.tasks.iter().flat_map(|draft| draft.whole.cells(MARKS)).map(|cell| cell.place).collect();
    let full = settings.full_marks;
    // Decimal fractions are not exact: totals that differ by less than a hundredth are equal.
    if full == 0.0
        || cells.is_empty()
        || division.tasks.iter().all(|task| task.whole.marks.is_none())
        || (total - full).abs() < 0.01
    {
        return;
    }
    let here = cells.iter().filter(|place| place.sheet == cells[0].sheet);
    let areas: Vec<Area> = here.filter_map(|place| place.area).collect();
    let (Some(first), Some(last)) = (areas.iter().min(), areas.iter().max()) else { return };
    let place =
        cells[0].at(Area { top: first.top, left: first.left, bottom: last.bottom, right: first.right.max(last.right) });
    let (total, full) = (crate::table::shown::number(round(total)), crate::table::shown::number(full));
    out.note(&KIND, place).seen(&total).expected(&full).fact_in(
        "what",
        format!("分值合计 {total}，不是 {full}"),
        format!("The marks total {total}, not {full}"),
    );
}

fn round(total: f64) -> f64 {
    (total * 1e6).round() / 1e6
}
