//! Matches answers in returned marked copies to the warnings they explain (已说明).
//!
//! An answer belongs to a warning with the same code and value, and either the same id (the original file is still in the
//! inbox, or the copy has its name) or the same sheet and cell in the copy itself. If rows were inserted above it or the
//! value was changed, the warning is open again.

use std::collections::HashMap;

use crate::basis::finding::Severity;
use crate::basis::text::is_stock;
use crate::obligation::{FileState, RunFile};
use crate::outcome::Issue;

/// A warning as listed in a copy: the copy, code, sheet, cell, value.
type Listed<'a> = (u32, &'a str, &'a str, &'a str, String);

/// Sets the answers of warnings; of several with the same id, that in the copy received last.
pub(super) fn apply(files: &[RunFile], issues: &mut [Issue]) {
    let mut copies: Vec<&RunFile> =
        files.iter().filter(|file| file.reading.returned.is_some() && file.state != FileState::Duplicate).collect();
    if copies.is_empty() {
        return;
    }
    copies.sort_by_key(|file| (file.source.received, &file.source.name));
    let mut by_id: HashMap<(&str, &str, String), &str> = HashMap::new();
    let mut by_place: HashMap<Listed<'_>, Option<&str>> = HashMap::new();
    for file in copies {
        for line in file.reading.returned.iter().flat_map(|returned| &returned.answers) {
            let text = Some(line.text.as_str()).filter(|text| !is_stock(text));
            if let Some(text) = text {
                by_id.insert((&line.id, &line.code, plain(&line.seen)), text);
            }
            let listed = (file.source.id.0, &*line.code, &*line.sheet, &*line.cell, plain(&line.seen));
            // identical lines with different answers are ambiguous
            by_place
                .entry(listed)
                .and_modify(|known| *known = known.filter(|known| Some(*known) == text))
                .or_insert(text);
        }
    }
    for issue in issues.iter_mut().filter(|issue| issue.severity == Severity::Warning) {
        let (place, code) = (issue.finding.place, issue.finding.kind.code);
        let Some(file) = place.source.0.checked_sub(1).and_then(|at| files.get(at as usize)) else { continue };
        let seen = plain(issue.finding.seen.as_deref().unwrap_or_default());
        let sheet = place.sheet.and_then(|at| file.reading.sheets.get(at as usize)).map_or("", |sheet| &sheet.name);
        let cell = place.area.map(|area| area.to_string()).unwrap_or_default();
        let answer = by_id
            .get(&(issue.id.as_str(), code, seen.clone()))
            .copied()
            .or_else(|| by_place.get(&(place.source.0, code, sheet, &*cell, seen)).copied().flatten());
        issue.answer = answer.map(str::to_owned);
    }
}

/// A value without what a cell does not keep: control characters, white space, text beyond its size.
fn plain(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace() && !c.is_control()).take(2_000).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::basis::finding::{Findings, Kind};
    use crate::basis::place::Place;
    use crate::ledger::{Answer, Returned};
    use crate::obligation::fixture::drawn;
    use crate::outcome::issues::finish;

    static MILD: Kind = Kind::wordless("R201", Severity::Warning);
    static HARD: Kind = Kind::wordless("C102", Severity::Error);

    /// The answers matched to a warning and an error in C2 of 退回.xlsx, whose list has these lines.
    fn answered(lines: &[Answer]) -> Vec<Option<String>> {
        let campaign = drawn(
            "2014-08 as of 2014-09-06
             1 | 甲科
             --- 甲科 2014-09-02T10:00 退回.xlsx
             1 | 推进中",
        );
        let (mut files, _) = campaign.settle();
        let sheet = files[0].reading.sheets.first().map_or(String::new(), |sheet| sheet.name.clone());
        let lines = lines.iter().cloned().map(|line| Answer { sheet: sheet.clone(), ..line });
        files[0].reading.returned = Some(Returned { answers: lines.collect(), ..Returned::default() });
        let mut found = Findings::default();
        for kind in [&MILD, &HARD] {
            found.note(kind, Place::cell(files[0].source.id, 0, 1, 2)).seen("食堂 检查");
        }
        let issues = finish(&campaign.context(), &files, found.0);
        assert_eq!(issues[0].severity, Severity::Error);
        issues.into_iter().map(|issue| issue.answer).collect()
    }

    fn line(code: &str, cell: &str, text: &str) -> Answer {
        let seen = "食堂\n检查".to_owned();
        Answer { code: code.into(), cell: cell.into(), seen, text: text.into(), ..Answer::default() }
    }

    const REASON: &str = "该任务由后勤中心负责";

    #[test]
    fn a_warning_is_explained_and_an_error_stays() {
        assert_eq!(answered(&[line("R201", "C2", REASON), line("C102", "C2", REASON)]), [None, Some(REASON.into())]);
    }

    #[test]
    fn the_same_question_must_be_meant() {
        for other in [line("R202", "C2", REASON), line("R201", "C3", REASON), line("R201", "C2", "核实无误")] {
            assert_eq!(answered(&[other]), [None, None]);
        }
        let changed = Answer { seen: "食堂".into(), ..line("R201", "C2", REASON) };
        assert_eq!(answered(&[changed]), [None, None]);
        assert_eq!(answered(&[line("R201", "C2", REASON), line("R201", "C2", "")]), [None, None]);
    }
}
