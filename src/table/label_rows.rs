//! Rows that look like a heading or a level of one: titles, labels with their values, forms, lines about the table.

use super::heading::{Finder, cells, leaf};
use super::shape::Column;
use super::shown::is_blank;
use super::words;
use crate::basis::place::Area;
use crate::basis::pool::Text;
use crate::basis::text::{fold, heading_key};
use crate::read::{Raw, Row};

impl Finder<'_> {
    /// Whether the rows are a form of `label | value` pairs, not a table: the row below has other labels in the same
    /// columns.
    pub(super) fn is_form(&self, at: usize, columns: &[Column]) -> bool {
        let Some(next) = self.sheet.grid.rows.get(at) else { return false };
        let heads = cells(columns);
        let mut names: Vec<bool> = heads.iter().map(|c| c.field.is_some()).collect();
        let label = |c: &Column| match next.get(c.col) {
            Raw::Text(text) => words::is_headingish(&heading_key(self.texts.get(text))),
            _ => false,
        };
        let mut leaves: Vec<String> = heads.iter().map(|c| leaf(c)).collect();
        if !leaves.len().is_multiple_of(2) {
            if self.lists_below(at, &heads) {
                return false;
            }
            // The last value may be blank.
            leaves.push(String::new());
            names.push(false);
        }
        if words::alternates(&names, &leaves) && heads.iter().step_by(2).any(|c| label(c)) {
            return true;
        }
        if self.labels_again(at, &heads, &names, &leaves) || self.labels_unanswered(next, &heads, &leaves) {
            return true;
        }
        let known: Vec<&Column> = columns.iter().filter(|c| c.field.is_some()).collect();
        if known.len() * 3 > columns.len() * 2 {
            return false;
        }
        let label = |c: &&&Column| match next.get(c.col) {
            Raw::Text(text) => {
                self.field(text).is_some_and(|field| Some(field) != c.field) && !self.is_listed(at, c, text)
            }
            _ => false,
        };
        let below = known.iter().filter(label).count();
        below > 0 && below * 2 >= known.len()
    }

    /// Whether a text stands again and again below a heading that does not: a value (科室 under 分组), not a label.
    fn is_listed(&self, at: usize, column: &Column, text: Text) -> bool {
        /// So many rows are looked at.
        const ROWS: usize = 60;
        let own = leaf(column);
        let cells = || self.sheet.grid.rows[at..].iter().take(ROWS).map(|row| row.get(column.col));
        let heading = |raw| matches!(raw, Raw::Text(text) if heading_key(self.texts.get(text)) == own);
        cells().filter(|raw| *raw == Raw::Text(text)).count() > 1 && !cells().any(heading)
    }

    /// Whether rows of a list stand below three headings: numbers below the second in two rows (项目 | 数据 | 备注), or three
    /// rows that fill these columns and no other.
    fn lists_below(&self, next: usize, heads: &[&Column]) -> bool {
        let [first, second, third] = heads else { return false };
        let top = second.area.bottom + 1;
        let rows = self.sheet.grid.rows[next..].iter().take(3).zip(top..);
        let rows: Vec<&Row> = rows.take_while(|(row, index)| row.index == *index).map(|(row, _)| row).collect();
        let counts = |row: &&Row| matches!(row.get(second.col), Raw::Number { .. });
        let fills = |row: &&Row| {
            let own = row.cells.iter().filter(|cell| !is_blank(cell.1, self.texts)).map(|cell| cell.0);
            own.eq([first.col, second.col, third.col])
        };
        rows.len() >= 2 && rows[..2].iter().all(counts) || rows.len() == 3 && rows.iter().all(fills)
    }

    /// Whether every other cell of a row is a label and those below it are labels too, with other words, while at most half
    /// of the cells between read like headings and few below these do: 项目名称 | 甲 | 项目组名称 | 一家人 above 实训经理 | 王某 |
    /// 项目负责人 | 王某.
    fn labels_again(&self, next: usize, heads: &[&Column], known: &[bool], leaves: &[String]) -> bool {
        /// So many rows below are looked at.
        const ROWS: usize = 3;
        /// What a person is: 实训经理 | 王某.
        const ROLES: &[&str] = &["经理", "师", "员", "长", "主任", "主管", "总监"];
        let like = words::is_labelish;
        let named = |at: usize| known[at] || like(&leaves[at]);
        let all = heads.len();
        let between = (1..all).step_by(2).filter(|&at| named(at)).count();
        if all < 4 || !(0..all).step_by(2).all(named) || between * 2 > all / 2 {
            return false;
        }
        let (mut labels, mut others, mut values, mut leads): (Vec<String>, usize, usize, bool) =
            (Vec::new(), 0, 0, false);
        for row in self.sheet.grid.rows[next..].iter().take(ROWS) {
            let key = |at: usize| match row.get(heads[at].col) {
                Raw::Text(text) => Some(heading_key(self.texts.get(text))).filter(|key| !key.is_empty()),
                _ => None,
            };
            // A number where a label would stand is the cell of a list.
            others += heads.iter().step_by(2).filter(|c| matches!(row.get(c.col), Raw::Number { .. })).count();
            // The heading of a list below the labels.
            if (0..all).all(|at| key(at).is_some_and(|key| like(&key))) {
                break;
            }
            for (at, own) in leaves.iter().enumerate().take(all) {
                let Some(key) = key(at) else { continue };
                let role = at % 2 == 0 && ROLES.iter().any(|role| key.ends_with(role));
                let label = (like(&key) || role) && key != *own;
                if at % 2 == 1 {
                    values += usize::from(label);
                    continue;
                }
                // What stands twice is a value.
                if label && labels.contains(&key) {
                    return false;
                }
                others += usize::from(!label);
                leads |= label && at == 0;
                labels.extend(label.then_some(key));
            }
        }
        leads && labels.len() >= 2 && labels.len() >= others && values * 3 <= labels.len()
    }
    /// Whether the cells of two rows are labels in the same columns, with other words and an empty place behind each.
    fn labels_unanswered(&self, next: &Row, heads: &[&Column], leaves: &[String]) -> bool {
        let like = words::is_labelish;
        let apart = |pair: &[&Column]| pair[0].area.right + 1 < pair[1].col;
        let label = |(at, head): (usize, &&Column)| match next.get(head.col) {
            Raw::Text(text) => {
                let key = heading_key(self.texts.get(text));
                like(&leaves[at]) && like(&key) && key != leaves[at]
            }
            _ => false,
        };
        heads.len() >= 2
            && heads.windows(2).all(apart)
            && self.words(next).count() == heads.len()
            && heads.iter().enumerate().all(label)
    }

    /// Whether a row holds `label: value` texts.
    pub(super) fn is_about_row(&self, row: &Row) -> bool {
        row.cells.iter().any(|&(_, raw)| matches!(raw, Raw::Text(text) if self.texts.get(text).contains([':', '：'])))
    }

    /// Whether a row has a label with a colon and its value in the next cell: 币种： | 人民币.
    pub(super) fn has_labelled_value(&self, row: &Row) -> bool {
        let mut label: Option<u32> = None;
        self.words(row).any(|(col, text)| {
            let colon = self.texts.get(text).trim_end().ends_with([':', '：']);
            let value = label == Some(col) && !colon;
            label = colon.then(|| self.merges.anchored(row.index, col).right + 1);
            value
        })
    }

    /// Whether the first text of a row ends like a title: 月报表, 台账.
    pub(super) fn has_title(&self, row: &Row) -> bool {
        const ENDS: &[&str] = &["表", "台账", "清单", "一览", "报表", "汇总"];
        let first = row.cells.iter().find(|cell| !is_blank(cell.1, self.texts));
        first.is_some_and(|&(_, raw)| match raw {
            Raw::Text(text) => {
                let key = heading_key(self.texts.get(text));
                key.chars().count() > 6 && ENDS.iter().any(|end| key.ends_with(end)) && self.field(text).is_none()
            }
            _ => false,
        })
    }

    /// Whether a row is one text merged over all that the next holds: a title.
    pub(super) fn is_over_all(&self, row: &Row, next: &Row) -> bool {
        let mut words = self.words(row);
        let (Some((col, _)), None) = (words.next(), words.next()) else { return false };
        let area = self.merges.anchored(row.index, col);
        let below = || self.words(next).map(|cell| cell.0);
        area.right > area.left && below().count() > 2 && below().all(|col| (area.left..=area.right).contains(&col))
    }

    /// Whether a row holds titles of tables side by side: merged texts with an empty column between two of them.
    pub(super) fn holds_titles(&self, row: &Row, next: &Row) -> bool {
        let areas: Vec<Area> = self.words(row).map(|(col, _)| self.merges.anchored(row.index, col)).collect();
        let empty = |col: u32| is_blank(next.get(col), self.texts);
        let apart = |pair: &[Area]| pair[0].right + 1 < pair[1].left && (pair[0].right + 1..pair[1].left).all(empty);
        areas.iter().all(|area| area.right > area.left) && areas.windows(2).any(apart)
    }

    /// Whether a row is the name of a column with a task behind it: a label line, 工作任务 | 广告整治.
    pub(super) fn is_labelled_value(&self, row: &Row) -> bool {
        let words: Vec<(u32, Text)> = self.words(row).take(3).collect();
        let [(_, label), (col, value)] = words[..] else { return false };
        let area = self.merges.anchored(row.index, col);
        self.field(label).is_some() && area.left == area.right && self.lexicon.is_task(&fold(self.texts.get(value)))
    }

    /// Whether a row is a label and its value merged over the rest of a form, 前提 | 无 | < | <, above a row with a text under
    /// each: the groups of a heading read like headings themselves.
    pub(super) fn is_value_over_all(&self, row: &Row, next: &Row) -> bool {
        let words: Vec<(u32, Text)> = self.words(row).take(3).collect();
        let [(first, label), (col, value)] = words[..] else { return false };
        let (own, over) = (self.merges.anchored(row.index, first), self.merges.anchored(row.index, col));
        let reads = |text: Text| self.field(text).is_some() || words::is_headingish(&heading_key(self.texts.get(text)));
        own == Area::cell(row.index, first)
            && over.right > over.left
            && over.left == first + 1
            && !is_blank(next.get(first), self.texts)
            && self.words(next).count() > 2
            && self.words(next).all(|(col, _)| (first..=over.right).contains(&col))
            && self.field(label).is_none()
            && !reads(value)
    }

    /// Whether a row holds labels, each with its value in the next cell (填报单位 | 综合科), above a row that has headings of
    /// its own in their columns.
    pub(super) fn is_labels_with_values(&self, row: &Row, next: &Row) -> bool {
        let words: Vec<(u32, Text)> = self.words(row).collect();
        let label = |text: Text| {
            let shown = fold(self.texts.get(text));
            words::is_label(shown.split('(').next().unwrap_or(&shown).trim_end_matches(':'))
        };
        let named = |col: u32| matches!(next.get(col), Raw::Text(text) if self.field(text).is_some());
        words.len().is_multiple_of(2)
            && words.chunks(2).all(|pair| {
                let [(col, name), (_, value)] = *pair else { return false };
                label(name) && !label(value) && self.field(value).is_none() && named(col)
            })
    }

    /// Whether a row ends in the name of a day and that day right behind other labels: 报告人 | 王某 | 报告日期 | 4月12日.
    pub(super) fn ends_with_day(&self, row: &Row) -> bool {
        let [.., (last, Raw::Text(_)), (before, Raw::Text(label)), (col, Raw::Date(_))] = row.cells[..] else {
            return false;
        };
        let days = row.cells.iter().filter(|cell| matches!(cell.1, Raw::Date(_))).count();
        let next = self.merges.anchored(row.index, before).right + 1 == col;
        next && last < before && days == 1 && words::names_a_day(self.texts.get(label))
    }

    /// Whether labels and values alternate in a row (对应文档 | 说明书 | 测试文档 | 测试书) above a row that has something of its own
    /// under each label.
    pub(super) fn is_row_of_pairs(&self, row: &Row, next: &Row) -> bool {
        let words: Vec<(u32, Text)> = self.words(row).collect();
        let known: Vec<bool> = words.iter().map(|&(_, text)| self.field(text).is_some()).collect();
        let keys: Vec<String> = words.iter().map(|&(_, text)| heading_key(self.texts.get(text))).collect();
        let own = |&(col, _): &(u32, Text)| {
            let area = self.merges.anchored(row.index, col);
            area.bottom == area.top && !is_blank(next.get(col), self.texts)
        };
        words::alternates(&known, &keys) && words.iter().step_by(2).all(own)
    }

    /// Whether a row holds labels only, each with a colon and an empty place behind it or in its own merged cell: 姓名： | |
    /// 职业： |.
    pub(super) fn is_labels_alone(&self, row: &Row) -> bool {
        let place = |(col, text): (u32, Text)| {
            let area = self.merges.anchored(row.index, col);
            let empty = area.right > area.left || is_blank(row.get(area.right + 1), self.texts);
            self.texts.get(text).trim_end().ends_with([':', '：']) && empty
        };
        self.words(row).all(place)
    }

    /// Whether the row at this position is such a pair of labels.
    pub(super) fn is_pair_of_labels_at(&self, at: usize) -> bool {
        let rows = &self.sheet.grid.rows;
        rows.get(at + 1).is_some_and(|next| self.is_pair_of_labels(&rows[at], next))
    }

    /// Whether a row holds pairs of labels with room for their values in their own merged cells, the second of which names
    /// a day (项目名称 | 准备日期), above a row with other headings.
    pub(super) fn is_pair_of_labels(&self, row: &Row, next: &Row) -> bool {
        let words: Vec<(u32, Text)> = self.words(row).collect();
        let area = |col: u32| self.merges.anchored(row.index, col);
        // 计划时间 over 起 and 止 is a group.
        let of_day = |text: Text| {
            let key = heading_key(self.texts.get(text));
            let part = key.chars().count() <= 2 && key.contains(['年', '月', '日', '起', '止', '始', '终']);
            part || words::names_a_day(&key)
        };
        let pair = |pair: &[(u32, Text)]| {
            let [(_, name), (col, day)] = *pair else { return false };
            let below = |cell: &(u32, Text)| (area(col).left..=area(col).right).contains(&cell.0);
            words::is_headingish(&heading_key(self.texts.get(name)))
                && words::names_a_day(self.texts.get(day))
                && !self.words(next).filter(below).any(|cell| of_day(cell.1))
        };
        !words.is_empty() && words.iter().all(|&(col, _)| area(col).right > area(col).left) && words.chunks(2).all(pair)
    }

    /// Whether a row holds the name of a unit, with or without a period beside it (综合科 | | 2014年8月), above headings.
    pub(super) fn is_unit_with_period(&self, row: &Row, next: &Row) -> bool {
        let folded = |text: Text| fold(self.texts.get(text));
        let words: Vec<String> = self.words(row).map(|(_, text)| folded(text)).collect();
        let periods = words.iter().filter(|text| text.ends_with(['月', '份', '周', '季', '度', '日', '年'])).count();
        let units = words.iter().filter(|text| self.lexicon.is_unit(text)).count();
        let headings = self.words(next).filter(|&(_, text)| self.field(text).is_some()).count();
        units == 1 && units + periods == words.len() && headings > words.len() && headings > 2
    }

    /// Whether a row is a line about the table, not a group of headings: most of its texts are labels with a colon or a
    /// place for a seal, all are days or one is a range of them, or it is a label with a long text behind it (基本要求 | 符合标准的…).
    pub(super) fn is_about_line(&self, row: &Row) -> bool {
        /// A value is longer than any heading, in characters.
        const VALUE: usize = 16;
        let words: Vec<String> = self.words(row).map(|(_, text)| fold(self.texts.get(text))).collect();
        let label = |text: &&String| {
            let colon = text.split_once(':').is_some_and(|(label, _)| !label.contains('(') && label != "其中");
            colon || ["章)", "签章", "盖章", "公章"].iter().any(|end| text.ends_with(end))
        };
        let day = |text: &String| {
            text.starts_with(|c: char| c.is_ascii_digit())
                && text.chars().count() >= 6
                && text.chars().all(|c| c.is_ascii_digit() || ".-/年月日".contains(c))
        };
        let answered = || match &words[..] {
            [label, value] => {
                value.chars().count() > VALUE && label.chars().count() <= VALUE && words::is_headingish(label)
            }
            _ => false,
        };
        let range = |text: &String| {
            // 2014/8/1-2014/8/31
            let dash: &[char] =
                if text.contains(['/', '.', '年']) { &['~', '至', '—', '-'] } else { &['~', '至', '—'] };
            let ends: Vec<&str> = text.split(dash).collect();
            matches!(ends[..], [from, to] if day(&from.trim().to_owned()) && day(&to.trim().to_owned()))
        };
        words.iter().filter(label).count() * 2 >= words.len().max(1)
            || words.iter().all(day)
            || words.iter().any(range)
            || answered()
    }
}

#[cfg(test)]
mod tests;
