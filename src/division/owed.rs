//! What a unit owes by the division as a whole: the fields its ledgers must have, and a fingerprint that changes only
//! when its own tasks or fields do.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use super::indicator::{Indicator, Names};
use super::{Division, Task, Terms, fields};
use crate::basis::UnitId;
use crate::basis::text::heading_key;
use crate::table::{FieldId, Lexicon as _};

impl Division {
    /// The fields that tasks ask for beyond those that every ledger has: what the indicators measure, and what
    /// 台账字段 adds. Counts of records need none: with a column of that name left blank they would count nothing.
    pub fn fields_asked<'a>(&self, asked: impl Iterator<Item = &'a Terms>) -> Vec<FieldId> {
        let added = self.fields.fields.iter().enumerate().skip(fields::builtin().len());
        let added = added.filter(|(_, spec)| !spec.of_indicator).map(|(at, _)| FieldId(at as u16));
        let tests = asked.flat_map(|terms| &terms.indicators).flat_map(Indicator::tests);
        let named = |names: &Names| names.iter().find_map(|name| self.fields.field(&heading_key(name)));
        let measured = tests.flat_map(|test| test.measure.needs()).filter_map(named);
        added.chain(measured).collect::<BTreeSet<_>>().into_iter().collect()
    }

    /// A fingerprint of what a unit owes: codes and texts of its tasks, and the fields they ask for. Saving the division
    /// again, or changing what others owe, leaves it as it is.
    pub fn owed_by(&self, unit: UnitId) -> String {
        let tasks: Vec<&Task> = self.tasks.iter().filter(|task| task.units.contains(&unit)).collect();
        let mut owed = String::new();
        for task in &tasks {
            // Writing to a String cannot fail.
            let _ = writeln!(owed, "{}\t{}", task.code, task.text.value);
        }
        for field in self.fields_asked(tasks.iter().map(|task| task.terms(unit))) {
            let spec = self.fields.spec(field);
            let _ = writeln!(owed, "{}\t{:?}", spec.name, spec.kind);
        }
        blake3::hash(owed.as_bytes()).to_hex()[..32].to_owned()
    }
}

#[cfg(test)]
mod tests {
    use crate::basis::UnitId;
    use crate::division::fixture::division;

    /// The fingerprints of the first two units.
    fn owed(drawing: &str) -> [String; 2] {
        let division = division(&format!("任务编号 | 工作任务 | 责任单位\n{drawing}"));
        [UnitId(0), UnitId(1)].map(|unit| division.owed_by(unit))
    }

    #[test]
    fn a_form_has_a_column_for_what_an_indicator_measures_and_no_other() {
        for (indicator, asked) in [
            ("公益广告处数≥5", "公益广告处数"),
            ("不少于5份", "数量"),
            ("不少于20户", "数量"),
            ("志愿服务时长≥2/人/月", "志愿服务时长"),
            ("巡查次数≥3/周；巡查人数≥2/次", "巡查人数"),
            ("每月至少一次", ""),
            ("每月15日", ""),
            ("宣传形式≥3种", "宣传形式"),
            ("注册志愿者÷辖区人口≥10%", "注册志愿者 辖区人口"),
            ("符合：宣传形式≥2种 且 处数≥3；基本符合：处数≥1；否则：不符合", "宣传形式 数量"),
        ] {
            let division = division(&format!(
                "任务编号 | 工作任务 | 责任单位 | 考核指标\n1 | 甲事 | 综合科 | {indicator}\n2 | 乙事 | 督查科 | 乙数≥1"
            ));
            let fields = division.fields_asked(std::iter::once(&division.tasks[0].whole));
            let mut names: Vec<&str> = fields.iter().map(|field| division.fields.spec(*field).name.as_str()).collect();
            let mut wanted: Vec<&str> = asked.split(' ').filter(|name| !name.is_empty()).collect();
            names.sort_unstable();
            wanted.sort_unstable();
            assert_eq!(names, wanted, "{indicator}");
        }
    }

    #[test]
    fn it_changes_with_the_tasks_and_fields_of_the_unit_alone() {
        let base = owed("1 | 甲事 | 综合科\n2 | 乙事 | 督查科");
        assert_eq!(owed("1 | 甲事 | 综合科\n2 | 乙事 | 督查科"), base);
        for (changed, drawing) in [
            ([false, true], "1 | 甲事 | 综合科\n2 | 丙事 | 督查科"),
            ([false, true], "1 | 甲事 | 综合科\n2 | 乙事 | 督查科\n3 | 丙事 | 督查科"),
            ([true, false], "1 | 甲事 | 综合科\n2 | 乙事 | 督查科\n3 | 丙事 | 综合科"),
            ([true, false], "1-1 | 甲事 | 综合科\n2 | 乙事 | 督查科"),
        ] {
            let now = owed(drawing);
            assert_eq!([now[0] != base[0], now[1] != base[1]], changed, "{drawing}");
        }
    }
}
