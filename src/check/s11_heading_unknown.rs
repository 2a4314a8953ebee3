//! A column with an unknown heading; it is kept under that heading.

use std::collections::BTreeSet;

use crate::basis::finding::{Findings, Kind, Severity, Wording};
use crate::basis::place::Place;
use crate::basis::scope::Scope;
use crate::basis::text::heading_key;
use crate::check::{OneFile, Rule};
use crate::division::indicator::Indicator;
use crate::division::{Context, Task};
use crate::ruling::RulingKind;

/// The kind.
pub static KIND: Kind = Kind {
    code: "S11",
    name: "heading-unknown",
    scope: Scope::Submission,
    severity: Severity::Info,
    zh: Wording {
        title: "表头不识别",
        message: "“{seen}”列不在规定字段内，内容照原样保留",
        why: "不识别的列不参加检查和统计，汇总时按原表头另存，没有丢失。",
        mend: "如这一列就是某个规定字段，请改用规定表头，或由办公室在“台账字段”的“同义表头”中登记。",
        example: "“开展情况”列未登记：内容保留，但不按“完成情况”检查。",
    },
    en: Wording {
        title: "Heading unknown",
        message: "Column “{seen}” is no known field; it is kept as it is",
        why: "An unknown column is neither checked nor counted; it is merged under its own heading.",
        mend: "If it is a known field, use that heading, or enter this one among the synonyms on sheet 台账字段.",
        example: "A column 开展情况 that is not entered: kept, but not checked as 完成情况.",
    },
};

/// Finds unknown headings, each once in a file.
#[derive(Debug)]
pub struct HeadingUnknown;

impl Rule for HeadingUnknown {
    fn kind(&self) -> &'static Kind {
        &KIND
    }

    fn file(&self, cx: &Context<'_>, file: &OneFile<'_>, out: &mut Findings) {
        let mut told = BTreeSet::new();
        // A column that an indicator counts by its own name is no stranger, though it is no field.
        let tests = || {
            cx.division
                .tasks
                .iter()
                .flat_map(Task::all_terms)
                .flat_map(|terms| &terms.indicators)
                .flat_map(Indicator::tests)
        };
        let counted: BTreeSet<String> = tests().map(|test| heading_key(test.measure.name())).collect();
        let asker = file.asker(cx, file.sender());
        for ledger in &file.reading.ledgers {
            // repeated headings are S13
            let twice = |key: &str, col| ledger.columns.iter().any(|c| c.col < col && heading_key(&c.heading) == key);
            for column in ledger.columns.iter().filter(|column| column.field.is_none()) {
                let key = heading_key(&column.heading);
                let ruled = || cx.division.rulings.find(RulingKind::Heading, &column.heading, &asker).is_some();
                if key.is_empty() || twice(&key, column.col) || counted.contains(&key) || ruled() || !told.insert(key) {
                    continue;
                }
                out.note(&KIND, Place::sheet(ledger.source, ledger.sheet).at(column.area))
                    .unit(ledger.sender())
                    .seen(&column.heading);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::fixture::check;

    #[test]
    fn an_unknown_heading_is_told_once() {
        check(
            &HeadingUnknown,
            "
            division | 1-1 广告整治 | 综合科 | 考核指标=巡查次数≥3/月
            --- 综合科.xlsx
            任务编号 | 工作任务 | 完成情况 | 宣传口号 | 巡查次数      <- S11 @D
            '1-1 | 广告整治 | 正在推进 | 文明从我做起 | 4
            ",
        );
    }
}
