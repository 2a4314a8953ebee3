//! What a unit owes by the division as a whole: the fields its ledgers must have, and a fingerprint that changes only
//! when its own tasks or fields do.

use std::fmt::Write as _;

use super::indicator::Indicator;
use super::{Division, FieldType, Task, fields};
use crate::basis::UnitId;
use crate::table::FieldId;

impl Division {
    /// The fields that tasks ask for beyond those that every ledger has: what their indicators count, and what
    /// 台账字段 adds.
    pub fn fields_asked(&self, tasks: &[&Task]) -> Vec<FieldId> {
        let builtin = fields::builtin().len();
        let is_asked = |(at, spec): (usize, &fields::FieldSpec)| {
            let field = FieldId(at as u16);
            let counted =
                tasks.iter().filter_map(|task| task.indicator.as_ref()).any(|text| text.value.contains(&spec.name));
            let countable = matches!(spec.kind, FieldType::Integer | FieldType::Decimal | FieldType::Percent)
                || [fields::FORM, fields::LOCATION].contains(&field);
            let asked =
                |task: &&Task| task.indicators.iter().flat_map(Indicator::tests).any(|test| test.asks_for(&spec.name));
            let own = at >= builtin && (!spec.of_indicator || tasks.iter().any(asked));
            (own || (counted && countable)).then_some(field)
        };
        self.fields.fields.iter().enumerate().filter_map(is_asked).collect()
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
        for field in self.fields_asked(&tasks) {
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
