//! Headings of one text over rows that begin with the days of a week: a plan of a week.

use super::heading::{Finder, Heading};
use super::shown::{is_blank, only_cell};
use super::words;
use crate::basis::text::heading_key;
use crate::read::{Raw, Row};

/// So many rows begin with a day.
const DAYS: usize = 4;

impl Finder<'_> {
    /// The heading at this row position if it is one text behind an empty corner, and the rows below begin with weekdays
    /// under that corner.
    pub(super) fn over_days_at(&self, at: usize) -> Option<Heading> {
        let rows = &self.sheet.grid.rows;
        let (col, Raw::Text(text)) = only_cell(&rows[at], self.texts)? else { return None };
        let key = heading_key(self.texts.get(text));
        let named = self.field(text).is_some() || words::is_headingish(&key);
        if col == 0 || !named || words::has_label_colon(self.texts.get(text)) {
            return None;
        }
        let day = |row: &Row| match row.cells.iter().find(|cell| !is_blank(cell.1, self.texts)) {
            Some(&(first, Raw::Text(text))) => first < col && words::is_weekday(self.texts.get(text).trim()),
            _ => false,
        };
        let days =
            rows[at + 1..].iter().zip(rows[at].index + 1..).take_while(|(row, next)| row.index == *next && day(row));
        let days: Vec<&Row> = days.map(|(row, _)| row).collect();
        let told = days.iter().filter(|row| !is_blank(row.get(col), self.texts)).count();
        (days.len() >= DAYS && told * 2 >= days.len())
            .then(|| self.frame(at))
            .flatten()
            .map(|heading| Heading { by_shape: true, ..heading })
    }
}

#[cfg(test)]
mod tests {
    use super::super::layouts::see;

    #[test]
    fn a_plan_of_a_week_has_one_heading() {
        let plan = |head: &str, rows: &[&str]| {
            let rows: Vec<String> = rows.iter().map(|day| format!("{day} | 走访三户 | <")).collect();
            see(&format!("第2周工作计划 | < | <\n计划人 | 甲某 | 8月4日\n{head}\n{}\n", rows.join("\n")))
        };
        let week = ["星期一", "星期二", "星期三", "星期四", "星期五"];
        assert_eq!(plan(" | 工作安排 | <", &week), ["!A3:C3 =- 工作安排=- RRRRR"]);
        assert_eq!(plan(" | 工作任务 | <", &week[..4]), ["A3:C3 =- 工作任务 RRRR"]);
        assert_eq!(plan(" | 工作安排 | <", &week[..3]), [""; 0]);
        assert_eq!(plan(" | 工作安排 | <", &["甲某", "乙某", "丙某", "丁某"]), [""; 0]);
    }
}
