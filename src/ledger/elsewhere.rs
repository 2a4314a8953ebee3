//! Rows of a table that stand under the name of another window: below a section row (7月份), or with a month in a column of
//! their own.

use std::ops::RangeInclusive;

use super::axes::is_period;
use super::builder::part_column;
use super::file_reading::{Unread, WhyUnread};
use super::period_words::{beside, is_plan, is_this, overlaps};
use super::section;
use super::sheets::Surveyed;
use crate::basis::calendar::Window;
use crate::basis::place::Area;
use crate::basis::pool::Texts;
use crate::basis::text::fold;
use crate::division::Context;
use crate::read::Sheet;
use crate::table::{Furniture, RowClass, Table, shown};

/// Leaves out the rows of a sheet's tables that name another window beside rows that do not, and says so. Returns of each
/// table the window that its rows name: where all name others, the last of those. That of the first table counts as said
/// in a title.
pub(super) fn leave_out(
    surveyed: &mut Surveyed,
    sheet: &Sheet,
    texts: &Texts,
    cx: &Context<'_>,
    named: &impl Fn(&str) -> Option<Window>,
) -> Vec<Option<Window>> {
    let mut own = Vec::with_capacity(surveyed.tables.len());
    for table in &mut surveyed.tables {
        let rows = if table.is_form() { Rows::default() } else { Rows::of(table, sheet, texts, cx, named) };
        own.push(rows.own(&cx.window));
        if rows.any_left {
            for (rows, what) in rows.others {
                let area = Area { top: *rows.start(), bottom: *rows.end(), ..table.heading };
                let why = match what {
                    What::Of(window) => WhyUnread::OtherWindow(window.label()),
                    What::Plan => WhyUnread::Plan,
                };
                surveyed.unread.push(Unread { area, why });
                table.rows.retain(|row| !rows.contains(&row.0));
                table.elsewhere.push(rows);
            }
        }
    }
    surveyed.unread.sort_by_key(|unread| (unread.area.top, unread.area.left));
    if let (Some(Some(window)), Some(table)) = (own.first(), surveyed.tables.first()) {
        surveyed.titles.insert(0, (table.heading.top, table.heading.left, window.label()));
    }
    own
}

/// What rows are about, by the section they stand in.
#[derive(Clone, Copy, PartialEq, Eq)]
enum What {
    Of(Window),
    /// What is planned for a shorter period to come.
    Plan,
}

/// What the rows of a table say of their windows.
#[derive(Default)]
struct Rows {
    /// Those of other windows than that of the run, and plans.
    others: Vec<(RangeInclusive<u32>, What)>,
    /// Whether records are left without these.
    any_left: bool,
    /// Whether rows name the window of the run.
    any_here: bool,
}

impl Rows {
    fn of(
        table: &Table,
        sheet: &Sheet,
        texts: &Texts,
        cx: &Context<'_>,
        named: &impl Fn(&str) -> Option<Window>,
    ) -> Rows {
        let column = part_column(&table.columns).map(|at| &table.columns[at]);
        let month = |row: u32| {
            let column = column?;
            let text = fold(&shown(sheet.grid.get(row, column.col), texts));
            let bare = column.heading.contains('月') && matches!(text.parse::<u8>(), Ok(1..=12));
            Some(if bare { format!("{text}月") } else { text }).filter(|text| !text.is_empty())
        };
        let mut rows = Rows::default();
        // What the section is about with the style of its number, and the window of the rows above by their column.
        let mut current: (Option<What>, Option<String>) = (None, None);
        let mut above: Option<Window> = None;
        for &(row, class) in &table.rows {
            match class {
                RowClass::Furniture(Furniture::Section) => {
                    above = None;
                    let name = sheet.grid.row(row).and_then(|row| section::name(row, texts, cx.division));
                    let name = name.unwrap_or_default();
                    let style = section::style(&name);
                    let words = section::period(&name, cx.division);
                    let window = match words {
                        Some(words) if is_this(&words, &cx.window) => Some(cx.window),
                        words => words.and_then(|words| named(&words)).or_else(|| beside(&name, &cx.window)),
                    };
                    let what = window.map(What::Of).or_else(|| is_plan(&name, &cx.window).then_some(What::Plan));
                    // Another section beside it, with nothing of a period, is of no other window.
                    if what.is_some() || style.is_some() && style == current.1 {
                        current = (what, style);
                    }
                }
                RowClass::Data => {
                    if let Some(text) = month(row) {
                        above = Some(text).filter(|text| is_period(text)).and_then(|text| named(&text));
                    }
                }
                RowClass::Blank | RowClass::Furniture(_) => {}
            }
            let what = above.map(What::Of).or(current.0);
            let here = |what: &What| matches!(what, What::Of(window) if overlaps(window, &cx.window));
            if let Some(what) = what.filter(|what| !here(what)) {
                rows.add(row, what);
            } else {
                rows.any_left |= class == RowClass::Data;
                rows.any_here |= what.is_some();
            }
        }
        rows
    }

    fn add(&mut self, row: u32, what: What) {
        match self.others.last_mut() {
            Some((rows, last)) if *last == what && rows.end() + 1 == row => *rows = *rows.start()..=row,
            _ => self.others.push((row..=row, what)),
        }
    }

    /// The window that the rows name, where some name another than that of the run.
    fn own(&self, run: &Window) -> Option<Window> {
        let last = self.others.iter().rev().find_map(|(_, what)| match what {
            What::Of(window) => Some(*window),
            What::Plan => None,
        })?;
        if self.any_left { self.any_here.then_some(*run) } else { Some(last) }
    }
}

#[cfg(test)]
mod tests {
    use crate::ledger::WhyUnread;
    use crate::ledger::fixture::file;

    /// The rows of the records that are left, the areas of other windows, and the window of the file.
    fn read(drawing: &str) -> (Vec<u32>, Vec<String>, String) {
        let (_, reading) = file("综合科.xlsx", drawing);
        let rows = reading.ledgers.iter().flat_map(|ledger| &ledger.records).map(|record| record.row + 1);
        let left = reading.sheets[0].unread.iter().filter_map(|unread| match &unread.why {
            WhyUnread::OtherWindow(label) => Some(format!("{} {label}", unread.area)),
            _ => None,
        });
        let window = reading.window.map_or("-".into(), |window| window.0.label());
        (rows.collect(), left.collect(), window)
    }

    const HEADING: &str = "任务编号 | 工作任务 | 完成情况 | 完成时间";

    #[test]
    fn rows_below_the_name_of_another_month_are_left_out() {
        let of = |lines: [&str; 2]| {
            let [first, second] = lines;
            read(&format!(
                "{HEADING}\n{first}\n1-1 | 甲 | 已完成 |\n1-2 | 乙 | 已完成 |\n{second}\n1-1 | 甲 | 已完成 |\n"
            ))
        };
        let august = (vec![6], vec!["A2:D4 2014-07".to_owned()], "2014-08".to_owned());
        for form in [
            "*月份",
            "*月份 | < | < | <",
            "2014年*月",
            "一、*月份工作完成情况",
            "月份：*月",
            "月份 | *月",
            "报告期：2014年*月",
            "综合科2014年*月工作台账 | < | < | <",
        ] {
            let lines = [form.replace('*', "7"), form.replace('*', "8")];
            assert_eq!(of([&lines[0], &lines[1]]), august, "{form}");
        }
        let last = (vec![3, 4], vec!["A5:D6 2014-07".to_owned()], "2014-08".to_owned());
        assert_eq!(of(["8月份", "7月份"]), last);
        assert_eq!(of(["一、上月完成情况 | < | < | <", "二、本月完成情况 | < | < | <"]), august);
        assert_eq!(of(["一、7月份 | < | < | <", "二、其他工作 | < | < | <"]).0, [6], "a section beside it");
        assert_eq!(of(["7月份 | < | < | <", "二、其他工作 | < | < | <"]), (vec![3, 4, 6], vec![], "2014-07".into()));
        assert_eq!(of(["一、7月底前完成 | < | < | <", "二、年底前完成 | < | < | <"]).0, [3, 4, 6], "a deadline");
        assert_eq!(of(["6月份", "7月份"]), (vec![3, 4, 6], vec![], "2014-07".into()), "nothing of August");
    }

    #[test]
    fn what_is_planned_below_a_section_is_no_report() {
        let of = |plan: &str| {
            read(&format!(
                "{HEADING}\n一、8月工作情况 | < | < | <\n1-1 | 甲 | 已完成 |\n二、{plan} | < | < | <\n1-2 | 乙 | 计划开展 |\n"
            ))
        };
        for plan in ["下月工作计划", "下月工作安排", "9月份工作计划", "9月计划", "9月工作打算", "2014年9月工作安排"]
        {
            assert_eq!(of(plan), (vec![3], vec!["A4:D5 2014-09".to_owned()], "2014-08".to_owned()), "{plan}");
        }
        assert_eq!(of("8月工作计划").0, [3, 5], "a plan of this month");
        assert_eq!(of("9月底前完成的工作").0, [3, 5], "a deadline");
    }

    #[test]
    fn a_month_in_a_column_is_that_of_its_rows() {
        let of = |months: [&str; 4]| {
            let rows = months.map(|month| format!("{month} | 1-1 | 已完成 | 照片\n")).concat();
            read(&format!("月份 | 任务编号 | 完成情况 | 佐证材料\n{rows}合计 | 4 | |\n"))
        };
        let left = (vec![4, 5], vec!["A2:D3 2014-07".to_owned()], "2014-08".to_owned());
        assert_eq!(of(["7月", "^", "8月", "^"]), left);
        assert_eq!(of(["7月", "", "8月", ""]), left);
        assert_eq!(of(["7", "7", "8", "8"]), left);
        assert_eq!(of(["7月", "8月", "7月", "8月"]).0, [3, 5]);
        assert_eq!(of(["8月", "8月", "", "8月"]), (vec![2, 3, 4, 5], vec![], "-".into()));
        assert_eq!(of(["6月", "", "7月", ""]).2, "2014-07", "nothing of August");
    }
}
