//! Lines of text outside of all cells, as in a Word document: which of them are titles and labels.

use super::about;
use crate::basis::place::{Area, Place, SourceId};
use crate::table::Line;

/// The first of the row numbers used for such lines; no grid has so many rows.
const OUTSIDE: u32 = u32::MAX - 10_000;
/// A longer line, in characters, is body text.
const LONGEST: usize = 100;
/// A longer line, in characters, is not a title.
const LONGEST_TITLE: usize = 50;

/// The cell of a line about a table; none if it is outside of all cells.
pub fn line_cell(row: u32, col: u32) -> Option<Area> {
    (row < OUTSIDE).then(|| Area::cell(row, col))
}

/// The place of a line about a table: its cell, or the sheet.
pub fn line_place(source: SourceId, sheet: u16, row: u32, col: u32) -> Place {
    let place = Place::sheet(source, sheet);
    line_cell(row, col).map_or(place, |cell| place.at(cell))
}

fn is_running(line: &str, longest: usize) -> bool {
    line.chars().count() > longest || line.trim_end().ends_with(['。', '；', ';', '，']) || line.contains('。')
}

pub(super) fn notes_of(lines: &[String]) -> Vec<about::Note> {
    let lines = (OUTSIDE..).zip(lines).filter(|(_, line)| !is_running(line, LONGEST));
    about::notes(&lines.map(|(row, line)| (row, 0, line.clone())).collect::<Vec<_>>())
}

/// The titles among the lines before a table: first those after the last paragraph of body text, then the others.
pub(super) fn titles(lines: &[String]) -> Vec<Line> {
    let nearest = lines.iter().rposition(|line| is_running(line, LONGEST)).map_or(0, |at| at + 1);
    let title =
        |line: &&String| !is_running(line, LONGEST_TITLE) && about::notes(&[(0, 0, (*line).clone())]).is_empty();
    let lines = lines[nearest..].iter().chain(&lines[..nearest]);
    (OUTSIDE..).zip(lines.filter(title)).map(|(row, line)| (row, 0, line.clone())).collect()
}

#[cfg(test)]
mod tests {
    #[test]
    fn body_text_and_titles_by_length_and_marks() {
        let text = |count: usize| "某".repeat(count);
        for (line, longest, running) in [
            (text(100), 100, false),
            (text(101), 100, true),
            ("某事。".into(), 100, true),
            ("某事。 ".into(), 100, true),
            ("某事，".into(), 100, true),
            ("某事；".into(), 100, true),
            ("某。某".into(), 100, true),
            ("某，某".into(), 100, false),
        ] {
            assert_eq!(super::is_running(&line, longest), running, "{line}");
        }
        let titles = |lines: &[&str]| {
            let lines: Vec<String> = lines.iter().map(|line| (*line).to_owned()).collect();
            super::titles(&lines).into_iter().map(|line| line.2).collect::<Vec<_>>()
        };
        assert_eq!(titles(&["甲台账", "某事。", "乙台账"]), ["乙台账", "甲台账"], "the nearest first");
        assert_eq!(titles(&["甲台账", "乙台账"]), ["甲台账", "乙台账"]);
        assert_eq!(titles(&["甲台账", "填报单位：综合科"]), ["甲台账"]);
        assert_eq!(titles(&[&text(50)]).len(), 1);
        assert_eq!(titles(&[&text(51)]).len(), 0);
        let notes = super::notes_of(&["填表人：王某".into(), format!("填表人：{}", text(97)), "审核人：李某".into()]);
        let rows: Vec<u32> = notes.iter().map(|note| note.0 - super::OUTSIDE).collect();
        assert_eq!(rows, [0, 2]);
        assert!(super::line_cell(super::OUTSIDE, 0).is_none() && super::line_cell(super::OUTSIDE - 1, 0).is_some());
    }
}
