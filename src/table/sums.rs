//! Tells rows of sums, with or without a word that says so.

use super::in_view::{MANY, View};
use super::shape::{Furniture, RowClass};
use super::shown::is_blank;
use super::words;
use crate::basis::pool::Texts;
use crate::basis::text::fold;
use crate::read::{Raw, Row};

impl View<'_, '_> {
    /// Whether a row with one short text is a sum by that text and by its numbers: 项目费用 | 29000 under a column that adds
    /// up to it.
    pub(super) fn sums_in_words(&self, at: usize) -> bool {
        /// What the name of a sum contains.
        const SUMS: &[char] = &['总', '合', '共', '费', '价', '额', '计'];
        /// What it ends in where its numbers need not add up: 税后总价.
        const TOTALS: &[&str] = &["总价", "总额", "总金额", "总费用", "总计", "合计"];
        let row = self.body.rows[at];
        let mut texts = row.cells.iter().filter_map(|cell| match cell.1 {
            Raw::Text(text) => Some(fold(self.body.texts.get(text))).filter(|text| !text.is_empty()),
            _ => None,
        });
        let (Some(name), None) = (texts.next(), texts.next()) else { return false };
        let total = || {
            let (core, held) = self.profile.core(row, self.body.texts);
            core >= 2 && held < core && TOTALS.iter().any(|end| name.ends_with(end))
        };
        name.chars().count() <= 10
            && name.contains(SUMS)
            && !self.finder.lexicon.is_value(&name)
            && !self.finder.lexicon.is_unit(&name)
            && (self.adds_up(at) || total())
    }

    /// Whether a row has the word for a sum where the others have their tasks, behind what it is the sum of: 城东 | 大型 |
    /// 一号店 | 小计 | 300.
    pub(super) fn is_named_sum(&self, at: usize) -> bool {
        /// No such word has more bytes.
        const LONGEST: usize = 36;
        let Some(Raw::Text(text)) = self.task.map(|col| self.body.rows[at].get(col)) else { return false };
        let text = self.body.texts.get(text);
        text.len() <= LONGEST && text.contains(['计', '均']) && words::is_total(&fold(text))
    }

    /// Whether a row has only numbers, but neither the running number nor the task that the records have.
    pub(super) fn is_bare_sum(&self, at: usize) -> bool {
        let row = self.body.rows[at];
        let lacks = |col: u32| is_blank(row.get(col), self.body.texts);
        let number = |cell: &(u32, Raw)| matches!(cell.1, Raw::Number { .. });
        self.serial.is_some_and(|col| lacks(col) && self.profile.usual_columns().contains(&col))
            && self.task.is_some_and(lacks)
            && !self.covered[at]
            && row.cells.iter().filter(|cell| !is_blank(cell.1, self.body.texts)).all(number)
    }

    /// Whether a row stands between two sums and has few of the columns that records fill: 所得税 between 税前合计 and 税后
    /// 合计.
    pub(super) fn is_between_sums(&self, at: usize, last: Option<Furniture>, next: Option<RowClass>) -> bool {
        let row = self.body.rows[at];
        let (core, held) = self.profile.core(row, self.body.texts);
        let few = held * 2 <= core || self.profile.is_at_odds(row, self.body.texts);
        last == Some(Furniture::Subtotal) && next == Some(RowClass::Furniture(Furniture::Subtotal)) && few
    }

    /// Whether a row has no words, its running number aside.
    pub(super) fn is_wordless(&self, row: &Row) -> bool {
        let texts = self.body.texts;
        let word = |raw| matches!(raw, Raw::Text(_)) && !is_blank(raw, texts) && figure(raw, texts).is_none();
        row.cells.iter().all(|&(col, raw)| Some(col) == self.serial || !word(raw))
    }

    /// Whether the numbers of a row in columns with a name are the sums of the rows above, or their means.
    pub(super) fn adds_up(&self, at: usize) -> bool {
        /// The most rows added up, and the most cells of a row compared.
        const MOST: usize = 5_000;
        let rows = &self.body.rows;
        let named = |col: u32| {
            let column = self.body.heading.columns.iter().find(|c| c.col == col);
            self.body.heading.is_none() || column.is_some_and(|c| !c.heading.is_empty())
        };
        let numbers = |row: &Row| -> Vec<(u32, f64)> {
            let number = |&(col, raw): &(u32, Raw)| match raw {
                Raw::Number { percent: true, .. } => None,
                raw => figure(raw, self.body.texts).filter(|_| named(col)).map(|value| (col, value)),
            };
            row.cells.iter().filter_map(number).collect()
        };
        let own = numbers(rows[at]);
        let serial = self.serial.is_some_and(|col| figure(rows[at].get(col), self.body.texts).is_some());
        if own.is_empty() || serial || !(2..=MOST).contains(&at) || at + 1 < rows.len() && rows.len() > 200 {
            return false;
        }
        // The sum of the records from a row on, and how many they are.
        let sum = |from: usize, col: u32| -> (f64, usize) {
            let records = rows[from..at].iter().zip(&self.data[from..at]).filter(|(_, data)| **data);
            let numbers = records.filter_map(|(row, _)| figure(row.get(col), self.body.texts));
            numbers.fold((0.0, 0), |(sum, count), value| (sum + value, count + 1))
        };
        let alike = |a: f64, b: f64| (a - b).abs() < 1e-6 * b.abs().max(1.0);
        let all = |is: &dyn Fn((f64, usize), f64) -> bool, from: usize| {
            own.iter().all(|&(col, value)| {
                let area = self.finder.merges.anchored(rows[at].index, col);
                value != 0.0 && (area.left..=area.right).any(|col| is(sum(from, col), value))
            })
        };
        let is_sum = |from: usize| all(&|(sum, _), value| alike(sum, value), from);
        let is_mean = || all(&|(sum, count), value| count >= MANY && alike(sum / count as f64, value), 0);
        // Of all rows above, or of those of its section.
        let section = self.data[..at].iter().rposition(|data| !data).map_or(0, |last| last + 1);
        is_sum(0) || is_mean() || at - section >= 2 && is_sum(section)
    }
}

/// The number in a cell, also where it is written as text, as in a csv file or a Word document: 101, 1,200.
fn figure(raw: Raw, texts: &Texts) -> Option<f64> {
    match raw {
        Raw::Number { value, .. } => Some(value),
        Raw::Text(text) => {
            let text = fold(texts.get(text));
            let plain = text.starts_with(|c: char| c.is_ascii_digit())
                && text.chars().all(|c| c.is_ascii_digit() || c == '.' || c == ',');
            plain.then(|| text.replace(',', "").parse().ok()).flatten()
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::super::layouts::see;

    #[test]
    fn sums_written_as_text_are_sums() {
        let see = |rows: &str| {
            let seen = see(&format!("工作任务 | 次数 | 人数 | 完成情况\n{rows}"));
            seen[0].rsplit(' ').next().unwrap_or_default().to_owned()
        };
        let rows = "甲 | '3 | '21 | 已完成\n乙 | '1 | '1,040 | 已完成\n丙 | '2 | '40 | 已完成\n";
        for (last, seen) in [
            (" | | '1101 |", "RRRT"),
            (" | '6 | '1,101 |", "RRRT"),
            (" | '6 | 1101 |", "RRRT"),
            (" | '6 | '1100 |", "RRRR"),
            (" | '6 | '1101 | 已完成", "RRRR"),
            (" | '6次 | '1101 |", "RRRR"),
        ] {
            assert_eq!(see(&format!("{rows}{last}")), seen, "{last}");
        }
    }

    #[test]
    fn a_row_with_a_serial_written_as_text_is_no_sum() {
        let rows = "'1 | 甲 | '1\n'2 | 乙 | '2\n'3 | | '3\n";
        assert_eq!(see(&format!("序号 | 工作任务 | 数量\n{rows}")), ["A1:C1 序号 工作任务 数量 RRR"]);
    }

    #[test]
    fn a_sum_may_be_named_otherwise() {
        assert_eq!(
            see("
工作任务 | 日期 | 难度 | 数量
小组分工 | 8月5日 | 易 | 1000
需求分析 | 8月7日 | 中 | 2000
算法设计 | 8月9日 | 难 | 4000
项目费用 | 7000 | < | <
"),
            ["A1:D1 工作任务 日期 难度=- 数量 RRRT"]
        );
        assert_eq!(
            see("
工作任务 | 日期 | 难度 | 数量
小组分工 | 8月5日 | 易 | 1000
需求分析 | 8月7日 | 中 | 2000
费用核算 | | | 4000
"),
            ["A1:D1 工作任务 日期 难度=- 数量 RRR"],
            "a number that is no sum"
        );
    }

    #[test]
    fn a_row_of_means_is_no_record() {
        let see = |last: &str| {
            see(&format!("工作任务 | 次数 | 平均用时\n甲 | 4 | 20\n乙 | 6 | 31\n丙 | 5 | 42\n{last}\n"))[0]
                .rsplit(' ')
                .next()
                .unwrap_or_default()
                .to_owned()
        };
        for (last, rows) in [
            (" | | 31", "RRRT"),
            (" | 5 | 31", "RRRT"),
            (" | | 31 | 7 | 99", "RRRT"),
            (" | 15 | 93", "RRRT"),
            (" | 6 | 31", "RRRR"),
            (" | | 32", "RRRR"),
        ] {
            assert_eq!(see(last), rows, "{last}");
        }
    }

    #[test]
    fn what_stands_between_sums_is_one() {
        assert_eq!(
            see("
任务类别 | 子项 | 工作任务 | 人手 | 数量
基础 | 库表 | 设计库表 | 甲 | 4000
 | 框架 | 搭建框架 | 乙 | 2000
 | 其他 | 撰写文档 | 丙 | 2000
税前合计 | | | | 8000
所得税 | | 0.06 | | 480
税后合计 | | | | 8480
"),
            ["A1:E1 任务类别 子项=- 工作任务 人手=- 数量 RRRTTT"]
        );
    }

    #[test]
    fn figures_behind_the_task_and_a_gap_are_no_record() {
        assert_eq!(
            see("
任务类别 | 工作任务 | 备注 | 数量
用户 | 登录 | 有密码即可 | 1
 | 注册 | |
 | 资料 | | 2


 | | 总工时 | 3
 | | 单价 |
"),
            ["A1:D1 任务类别 工作任务 备注 数量 RRR..TF"]
        );
        assert_eq!(
            see("
任务类别 | 工作任务 | 备注 | 数量
用户 | 登录 | 有密码即可 | 1
 | 注册 | |
 | 资料 | | 2

 | | 另计 | 9
"),
            ["A1:D1 任务类别 工作任务 备注 数量 RRR"]
        );
    }

    #[test]
    fn numbers_alone_are_a_sum_where_records_are_numbered() {
        assert_eq!(
            see("
序号 | 类型 | 工作任务 | 数量 | 金额
1 | 测试 | 测试系统五台 | 4 | 2500
2 | 测试 | 跳板机 | 8 | 500
 | 测试 | 备用机 | 8 | 500
3 | 测试 | 数据库 | 8 | 750
 | | | 64 | 9900
"),
            ["A1:E1 序号 类型=任务类别 工作任务 数量 金额=- RRRRT"]
        );
    }
}
