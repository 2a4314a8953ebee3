//! P503: a collective name that cannot be expanded into units.

use crate::basis::finding::{Findings, Kind, Severity, Wording};
use crate::basis::place::Place;
use crate::basis::scope::Scope;

/// The kind.
pub static KIND: Kind = Kind {
    code: "P503",
    name: "group-unexpandable",
    scope: Scope::Division,
    severity: Severity::Warning,
    zh: Wording {
        title: "统称无法展开",
        message: "“{name}”无法展开为具体单位：{reason}",
        why: "展开不了的统称等于没有单位，任务会无人填报",
        mend: "写明单位名称，或在单位名录的分组一栏为相应单位填写这个统称",
        example: "不当：各相关单位　应为：综合科、后勤中心；或名录分组写“街道”，任务写“各街道”",
    },
    en: Wording {
        title: "Collective name that stands for nobody",
        message: "“{name}” cannot be expanded into units: {reason}",
        why: "A collective name that stands for nobody leaves the task without units",
        mend: "Name the units, or enter this name under 分组 of the units meant",
        example: "bad: 各相关单位; good: 综合科、后勤中心, or 分组 街道 and the task says 各街道",
    },
};

/// Notes it at the first cell that says it, with the others beside it.
pub(in super::super) fn note(place: Place, name: &str, listed: bool, out: &mut Findings) {
    let said = out.0.iter_mut().find(|known| known.kind.code == KIND.code && known.seen.as_deref() == Some(name));
    if let Some(said) = said {
        if said.place != place && !said.related.contains(&place) {
            said.related(place);
        }
        return;
    }
    let finding = out.note(&KIND, place).seen(name).fact("name", name);
    if listed {
        finding.fact_in("reason", "单位名录中没有这个分组", "the roster has no such group");
    } else {
        finding.fact_in("reason", "本表没有单位名录", "there is no roster");
    }
}
