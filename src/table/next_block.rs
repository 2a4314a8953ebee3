//! The heading of the next block of one table, where the words or the days differ from those of the heading above: the plan
//! of each week under its own days.

use super::crossed::running_cells;
use super::heading::{Finder, Heading};
use super::shape::Axis;
use super::shown::filled;
use super::words;
use crate::basis::text::{fold, heading_key};
use crate::read::Raw;

impl Finder<'_> {
    /// The heading at this position, if its row begins with the word in the corner of the heading above and goes on with
    /// other days, or behind the word for running numbers with other names.
    pub(super) fn next_block_at(&self, at: usize, known: &Heading) -> Option<Heading> {
        let row = &self.sheet.grid.rows[at];
        let mut cells = filled(row, self.texts);
        let &(col, Raw::Text(corner)) = cells.next()? else { return None };
        if !known.texts.iter().any(|line| line.first() == Some(&(col, corner))) || known.is_repeated_by(row) {
            return None;
        }
        let serial = known.columns.iter().find(|c| c.col == col)?.field.is_some_and(|f| self.lexicon.is_serial(f));
        let running = running_cells(row);
        let (mut days, mut names) = (0usize, 0usize);
        for &(col, raw) in cells {
            match raw {
                Raw::Date(_) => days += 1,
                Raw::Number { .. } if running.contains(&col) => days += 1,
                Raw::Text(text) => {
                    let folded = fold(self.texts.get(text));
                    let is_name = || self.field(text).is_some() || words::is_headingish(&heading_key(&folded));
                    if self.lexicon.is_value(&folded) || self.lexicon.is_unit(&folded) {
                        return None;
                    }
                    if self.lexicon.axis(&folded) == Some(Axis::Period) {
                        days += 1;
                    } else if is_name() {
                        names += 1;
                    } else {
                        return None;
                    }
                }
                _ => return None,
            }
        }
        (days >= 2 || serial && days == 0 && names >= 1).then(|| self.frame(at)).flatten()
    }
}

#[cfg(test)]
mod tests {
    use super::super::layouts::see;

    #[test]
    fn a_week_below_another_has_its_own_days() {
        let week = |first: u32, notes: &str| {
            let days: Vec<String> = (first..first + 3).map(|day| format!("@2014-08-{day:02}")).collect();
            format!("任务 | {}{notes}\n广告整治 | 清理 | | 清理\n志愿服务 | | 清理 |\n", days.join(" | "))
        };
        let headings = |drawing: String| -> Vec<String> {
            see(&drawing).iter().map(|table| format!("{} {}", &table[..5], &table[table.len() - 2..])).collect()
        };
        assert_eq!(headings(week(4, "") + &week(11, "")), ["A1:D1 RR", "A4:D4 RR"]);
        assert_eq!(headings(week(4, " | 备注") + "\n" + &week(11, "")), ["A1:E1 RR", "A5:D5 RR"]);
        assert_eq!(headings(week(4, "") + &week(4, "")), ["A1:D1 RR", "A4:D4 RR"], "the same days again");
    }

    #[test]
    fn a_blank_block_under_the_word_for_running_numbers_has_other_columns() {
        let problems = |names: &str| {
            see(&format!(
                "
1.工作记录 | < | < | <
序号 | 工作任务 | 完成时间 | 完成情况
1 | 广告整治 | 8月3日 | 已完成
2 | 志愿服务 | 8月5日 | 已完成
2.主要问题 | < | < | <
{names}
1 | | |
2 | | |
"
            ))
        };
        let seen = problems("序号 | 问题、建议及反馈 | 措施 | <");
        assert_eq!(seen.len(), 2, "{seen:?}");
        assert!(seen[1].starts_with("!A6:D6"), "{seen:?}");
        assert_eq!(problems("3 | 文明交通 | 8月6日 | 已完成").len(), 1);
    }
}
