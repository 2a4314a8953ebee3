//! Tells rows of sums, with or without a word that says so.

use super::in_view::{MANY, View};
use super::shape::{Furniture, RowClass};
use super::shown::is_blank;
use super::words;
use crate::basis::pool::Texts;
use crate::basis::text::fold;
use crate::read::{Raw, Row};

/// What the name of a row of sums says it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum SumWord {
    /// A sum even where its numbers do not add up: 税后总价.
    Total,
    /// A sum and nothing else: 志愿服务共计.
    Sum,
    /// Something measured, which may be the sum of what is above: 项目费用.
    Measure,
    /// A mean.
    Mean,
}

impl SumWord {
    /// Reads the folded name of a row. A letter in it is not enough: 综合科, 统计局, 设计院周边清扫 are none.
    fn of(name: &str) -> Option<SumWord> {
        /// No such name has more characters.
        const LONGEST: usize = 10;
        const TOTALS: &[&str] = &["总价", "总额", "总金额", "总费用", "总计", "合计"];
        const SUMS: &[&str] = &["合计", "小计", "共计", "累计", "总计", "总共", "合价", "总和", "总数"];
        const MEASURES: &[&str] = &["费", "费用", "价", "价格", "额"];
        /// How the name of a measure ends, with 总 in front: 总工时, 总人数.
        const OF_ALL: &[char] = &['人', '数', '次', '量', '资', '本', '时', '长', '积', '值', '分'];
        /// How names begin that are none of a sum in spite of 总.
        const OTHERS: &[&str] = &["总工", "总务", "总值班", "总经理", "总结", "总体"];
        /// How the names of such units end: 总站.
        const UNITS: &[char] =
            &['会', '站', '队', '局', '科', '室', '处', '办', '所', '司', '部', '院', '行', '社', '厂', '店', '支'];
        let bare = name.split('(').next().unwrap_or(name).trim_end_matches(':');
        let ends = |words: &[&str]| words.iter().any(|end| bare.ends_with(end));
        let of_all = || {
            let other = bare != "总工时" && OTHERS.iter().any(|other| bare.starts_with(other));
            bare.starts_with('总') && !other && !bare.ends_with(UNITS) || bare.contains('总') && bare.ends_with(OF_ALL)
        };
        let of_above = || ["本页", "以上"].iter().any(|start| bare.starts_with(start)) && bare.ends_with('共');
        if bare.chars().count() > LONGEST {
            None
        } else if bare.contains('均') {
            Some(SumWord::Mean)
        } else if ends(TOTALS) {
            Some(SumWord::Total)
        } else if SUMS.iter().any(|sum| bare.contains(sum))
            || ["合", "共", "计"].contains(&bare)
            || of_all()
            || of_above()
        {
            Some(SumWord::Sum)
        } else if ends(MEASURES) {
            Some(SumWord::Measure)
        } else {
            None
        }
    }
}

impl View<'_, '_> {
    /// Whether a row with one short text is a sum by that text and by its numbers: 项目费用 | 29000 under a column that adds
    /// up to it.
    pub(super) fn sums_in_words(&self, at: usize) -> bool {
        let row = self.body.rows[at];
        let mut texts = row.cells.iter().filter_map(|cell| match cell.1 {
            Raw::Text(text) => Some(fold(self.body.texts.get(text))).filter(|text| !text.is_empty()),
            _ => None,
        });
        let (Some(name), None) = (texts.next(), texts.next()) else { return false };
        let Some(word) = SumWord::of(&name) else { return false };
        let (core, held) = self.profile.core(row, self.body.texts);
        let sure = match word {
            SumWord::Total => core >= 2 && held < core || self.adds_up(at),
            SumWord::Sum => self.adds_up(at),
            // What may as well name a record is a sum only where the row lacks what records have.
            SumWord::Measure => self.adds_up(at) && self.lacks(at),
            SumWord::Mean => self.is_mean(at),
        };
        sure && !self.finder.lexicon.is_value(&name) && !self.finder.lexicon.is_unit(&name)
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
    fn is_wordless(&self, row: &Row) -> bool {
        let texts = self.body.texts;
        let word = |raw| matches!(raw, Raw::Text(_)) && !is_blank(raw, texts) && figure(raw, texts).is_none();
        row.cells.iter().all(|&(col, raw)| Some(col) == self.serial || !word(raw))
    }

    /// Whether a row without words and without a day is a sum: its numbers add up, or are means below the last record.
    pub(super) fn is_wordless_sum(&self, at: usize) -> bool {
        let below = || self.last_full.is_none_or(|last| last <= at) && self.lacks(at);
        let row = self.body.rows[at];
        let dated = row.cells.iter().any(|cell| matches!(cell.1, Raw::Date(_)));
        !dated && self.is_wordless(row) && (self.adds_up(at) || self.is_mean(at) && below())
    }

    /// Whether a row has nothing in a column that all records above it fill.
    fn lacks(&self, at: usize) -> bool {
        let filled = |row: &Row, col: u32| !is_blank(row.get(col), self.body.texts);
        let records = || self.body.rows[..at].iter().zip(&self.data[..at]).filter(|(_, data)| **data);
        let columns = self.body.heading.columns.iter().map(|column| column.col);
        let mut open = columns.filter(|&col| !filled(self.body.rows[at], col));
        open.any(|col| records().all(|(row, _)| filled(row, col)))
    }

    /// Whether the numbers of a row in columns with a name are the sums of the rows above.
    fn adds_up(&self, at: usize) -> bool {
        let alike = |from: usize| self.all_numbers(at, from, |sum, _, value| alike(sum, value));
        // Of all rows above, or of those of its section.
        let section = self.data[..at].iter().rposition(|data| !data).map_or(0, |last| last + 1);
        alike(0) || at - section >= 2 && alike(section)
    }

    /// Whether they are the means of the rows above.
    fn is_mean(&self, at: usize) -> bool {
        self.all_numbers(at, 0, |sum, count, value| count >= MANY && alike(sum / count as f64, value))
    }

    /// Whether a row without a running number has numbers in columns with a name, and this is so of each: given
    /// the sum of the records from a row on, how many they are, and the number.
    fn all_numbers(&self, at: usize, from: usize, is: impl Fn(f64, usize, f64) -> bool) -> bool {
        /// The most rows added up.
        const MOST: usize = 5_000;
        let rows = &self.body.rows;
        let row = rows[at];
        let serial = self.serial.is_some_and(|col| figure(row.get(col), self.body.texts).is_some());
        let far = !(2..=MOST).contains(&at) || at + 1 < rows.len() && rows.len() > 200;
        if serial || far {
            return false;
        }
        let columns = &self.body.heading.columns;
        let is_named = |col: u32| {
            let at = columns.binary_search_by_key(&col, |column| column.col);
            self.body.heading.is_none() || at.is_ok_and(|at| !columns[at].heading.is_empty())
        };
        let number = |&(col, raw): &(u32, Raw)| match raw {
            Raw::Number { percent: true, .. } => None,
            raw => figure(raw, self.body.texts).filter(|_| is_named(col)).map(|value| (col, value)),
        };
        let own: Vec<(u32, f64)> = row.cells.iter().filter_map(number).collect();
        let sum = |col: u32| -> (f64, usize) {
            let records = rows[from..at].iter().zip(&self.data[from..at]).filter(|(_, data)| **data);
            let numbers = records.filter_map(|(row, _)| figure(row.get(col), self.body.texts));
            numbers.fold((0.0, 0), |(sum, count), value| (sum + value, count + 1))
        };
        !own.is_empty()
            && own.iter().all(|&(col, value)| {
                let area = self.finder.merges.anchored(row.index, col);
                value != 0.0
                    && (area.left..=area.right).any(|col| {
                        let (sum, count) = sum(col);
                        is(sum, count, value)
                    })
            })
    }
}

/// Whether two numbers are the same but for what rounding does.
fn alike(a: f64, b: f64) -> bool {
    (a - b).abs() < 1e-6 * b.abs().max(1.0)
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
    fn a_letter_of_a_sum_in_the_name_of_a_record_makes_no_sum() {
        let log =
            "工作日期 | 工作任务 | 人数\n@2014-08-01 | 巡查 | 5\n@2014-08-02 | 清扫 | 5\n@2014-08-03 | 宣传 | 5\n";
        for (last, seen) in [
            ("@2014-08-04 | 综合整治 | 5", "RRRR"),
            ("@2014-08-04 | 共建活动 | 15", "RRRR"),
            (" | 设计院周边清扫 | 5", "RRRR"),
            (" | 统计局 | 15", "RRRR"),
            ("@2014-08-04 | | 15", "RRRR"),
            ("@2014-08-04 | | 5", "RRRR"),
            (" | 人员共计 | 15", "RRRT"),
            (" | 总人数 | 15", "RRRT"),
            (" | 人员费 | 5", "RRRR"),
            (" | 人均 | 5", "RRRT"),
            (" | | 15", "RRRT"),
            (" | | 5", "RRRT"),
        ] {
            let seen_as = see(&format!("{log}{last}\n"));
            assert!(seen_as[0].ends_with(&format!(" {seen}")), "{last}: {seen_as:?}");
        }
        let units = "单位名称 | 人数\n甲科 | 3\n乙站 | 4\n丙所 | 7\n";
        let seen_as = see(&format!("{units}综合科 | 14\n"));
        assert!(seen_as.iter().all(|seen| !seen.contains('T')), "{seen_as:?}");
    }

    #[test]
    fn a_sum_is_told_by_its_word_wherever_it_stands() {
        let log = "工作任务 | 工作日期 | 次数 | 人数\n巡查 | @2014-08-01 | 1 | 20\n清扫 | @2014-08-02 | 2 | 20\n\
                   宣传 | @2014-08-03 | 3 | 30\n";
        let rows = |last: &str| see(&format!("{log}{last}\n"))[0].rsplit(' ').next().unwrap_or_default().to_owned();
        for name in [
            "累计人数", "总人次", "合计数", "小计数", "累计数", "合计人数", "共计人数", "累计人次", "投入合计数",
            "本页共", "以上共", "总投入", "总里程", "总户数", "总件数", "总场次", "总面积", "总工时", "合计金额",
            "人员共计",
        ] {
            for day in ["", "@2014-08-31"] {
                assert_eq!(rows(&format!("{name} | {day} | 6 | 70")), "RRRT", "{name} {day}");
            }
            assert_eq!(rows(&format!("{name} | @2014-08-31 | 6 | 71")), "RRRR", "{name}");
        }
        for name in
            ["总工会", "总站", "总队", "总局", "总务科", "总结大会", "统计局", "共建活动", "合肥路清扫", "人员费"]
        {
            assert_eq!(rows(&format!("{name} | @2014-08-31 | 6 | 70")), "RRRR", "{name}");
        }
        assert_eq!(rows(" | @2014-08-31 | 6 | 70"), "RRRR", "a day and no word");
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
