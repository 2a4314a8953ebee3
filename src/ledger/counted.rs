//! What the numbers of a cross-tab are: what the cell counts in, else the heading, else the corner, title or line above.

use super::amount::{Amount, amount};
use super::context;
use crate::basis::text::{fold, heading_key};
use crate::division::{Division, FieldSet, fields};
use crate::table::{FieldId, Lexicon, Table, is_measure};

/// The field of an amount by its unit of measure: 2次, 20人, 3小时, 5处; none of a bare number.
pub(super) fn counted(text: &str) -> Option<FieldId> {
    let folded = fold(text);
    let ends = |words: &[&str]| words.iter().any(|word| folded.ends_with(word));
    if ends(&["人次", "人", "名"]) {
        Some(fields::PEOPLE)
    } else if ends(&["次", "场"]) {
        Some(fields::TIMES)
    } else if ends(&["小时"]) {
        Some(fields::HOURS)
    } else {
        (!matches!(amount(text, None), Some(Amount::Plain(_)))).then_some(fields::AMOUNT)
    }
}

/// The field of all bare numbers of a cross-tab: the one its corner names (单位\次数), its title ends with (…次数统计表), or
/// the unit of measure in a line above stands for (单位：次).
pub(super) fn stated(table: &Table, division: &Division) -> Option<FieldId> {
    let set = &division.fields;
    let in_corner = |heading: &str| heading.split(['/', '\\', '＼']).skip(1).find_map(|part| figure(part, set));
    let mut corner = table.columns.iter().filter(|column| !column.field.is_some_and(|field| set.is_amount(field)));
    let lines = || table.above.iter().rev().map(|line| line.2.as_str());
    let corner = corner.find_map(|column| in_corner(&column.heading));
    corner.or_else(|| {
        let measured = lines().find_map(in_line);
        measured.or_else(|| lines().find_map(|line| at_end(&context::bare(line), set)))
    })
}

/// The field of amounts that a heading is the name of.
fn figure(heading: &str, set: &FieldSet) -> Option<FieldId> {
    set.field(&heading_key(heading)).filter(|&field| set.is_amount(field) && field != fields::SCORE)
}

/// The field of the unit of measure in a line: 单位：次, 统计表（单位：人次）.
fn in_line(line: &str) -> Option<FieldId> {
    let folded = fold(line);
    let measure = folded.rsplit_once("单位:")?.1.trim_end_matches(')').trim();
    is_measure(measure).then(|| counted(measure)).flatten()
}

/// The field whose name a title ends with, the longest name first.
fn at_end(title: &str, set: &FieldSet) -> Option<FieldId> {
    /// The most characters of such a name, and the fewest.
    const LONGEST: usize = 8;
    const LEAST: usize = 2;
    let starts: Vec<usize> = title.char_indices().map(|(at, _)| at).collect();
    let ends = starts.len().saturating_sub(LONGEST)..(starts.len() + 1).saturating_sub(LEAST);
    ends.map(|at| &title[starts[at]..]).find_map(|name| figure(name, set))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ledger::fixture::file;

    #[test]
    fn fields_by_their_measure() {
        for (text, field) in [
            ("20人", Some(fields::PEOPLE)),
            ("3人次", Some(fields::PEOPLE)),
            ("4名", Some(fields::PEOPLE)),
            ("2次", Some(fields::TIMES)),
            ("1场", Some(fields::TIMES)),
            ("3小时", Some(fields::HOURS)),
            ("3处", Some(fields::AMOUNT)),
            ("3", None),
        ] {
            assert_eq!(counted(text), field, "{text}");
        }
    }

    /// The field of the numbers 5 and 2 in a table of units and months about a task.
    fn of(title: &str, line: &str, corner: &str) -> String {
        let line = if line.is_empty() { String::new() } else { format!("{line}\n") };
        let drawing = format!("{title}\n{line}{corner} | 7月 | 8月\n综合科 | 4 | 5\n后勤中心 | 2 | 2\n");
        let (division, reading) = file("台账.xlsx", &drawing);
        let [ledger] = &reading.ledgers[..] else { return format!("{} ledgers", reading.ledgers.len()) };
        let filled = |record: &crate::ledger::Record| {
            let numbers = ledger.columns.iter().zip(&record.cells);
            let of_field = numbers.filter(|(_, cell)| ["5", "2"].contains(&reading.texts.get(cell.text)));
            of_field
                .filter_map(|(column, _)| column.field)
                .map(|field| division.fields.spec(field).name.clone())
                .collect()
        };
        let all: Vec<Vec<String>> = ledger.records.iter().map(filled).collect();
        assert!(all.len() == 2 && all[0] == all[1], "{all:?}");
        all[0].join(" ")
    }

    #[test]
    fn the_corner_the_title_or_a_line_says_what_the_numbers_are() {
        let task = "2014年清理楼宇内外附着广告，墙面不贴告示";
        for (title, line, corner, field) in [
            ("统计表", "", "单位", "数量"),
            ("统计表", "", "单位\\次数", "次数"),
            ("统计表", "", "单位\\月份", "数量"),
            ("次数统计表", "", "单位", "次数"),
            ("参与人数统计表", "", "单位", "人数"),
            ("情况统计表", "单位：次", "单位", "次数"),
            ("情况统计表", "计量单位：人次", "单位", "人数"),
            ("统计表（单位：次）", "", "单位", "次数"),
            ("统计表（单位：处）", "", "单位", "数量"),
            ("统计表", "单位：综合科", "单位", "数量"),
        ] {
            assert_eq!(of(&format!("{task}{title}"), line, corner), field, "{title} {line} {corner}");
        }
    }

    #[test]
    fn what_a_cell_counts_in_goes_before() {
        let drawing = "1-2 次数统计表\n单位 | 7月 | 8月\n综合科 | 4 | 5处\n后勤中心 | 2 | 20人\n";
        let (_, reading) = file("台账.xlsx", drawing);
        let ledger = &reading.ledgers[0];
        assert_eq!(ledger.column(fields::TIMES), None);
        assert!(ledger.column(fields::AMOUNT).is_some() && ledger.column(fields::PEOPLE).is_some());
    }
}
