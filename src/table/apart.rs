//! Tells rows that stand under a table and belong to something else: the lower part of a form, a legend of its marks,
//! notes behind a gap.

use super::in_view::{MANY, View};
use super::row_hint::RowHint;
use super::shape::RowClass;
use super::shown::{is_blank, only_cell};
use super::words;
use crate::basis::pool::Text;
use crate::basis::text::{fold, heading_key};
use crate::read::{Raw, Row};

/// A mark of a cross-tab has no more characters than this.
const MARK: usize = 4;

impl View<'_, '_> {
    /// Whether the only cell of a row stands beside the columns that the records begin with.
    pub(super) fn stands_aside(&self, row: &Row) -> bool {
        let texts = self.body.texts;
        let (core, held) = self.profile.core(row, texts);
        core >= MANY - 1 && held <= 1 && !self.profile.leads(row, texts) && self.leads(row)
    }

    /// Whether every cell of a row is merged over columns that are separate in the table.
    pub(super) fn is_merged_otherwise(&self, row: &Row) -> bool {
        let columns = &self.body.heading.columns;
        let mut cells = row.cells.iter().filter(|cell| !is_blank(cell.1, self.body.texts)).peekable();
        cells.peek().is_some()
            && cells.all(|&(col, _)| {
                let area = self.finder.merges.anchored(row.index, col);
                columns.iter().filter(|c| (area.left..=area.right).contains(&c.col)).count() > 1
            })
    }

    /// Whether a row is set like the lower part of a form: two or more of its cells, and half of them, are merged over
    /// columns that most records fill one by one, and it has no running number.
    pub(super) fn is_set_otherwise(&self, row: &Row) -> bool {
        let merges = &self.finder.merges;
        if !merges.starting(row.index).iter().any(|m| m.right > m.left)
            || self.serial.is_some_and(|col| matches!(row.get(col), Raw::Number { .. }))
        {
            return false;
        }
        let usual = self.profile.usual_columns();
        let (mut cells, mut wide) = (0usize, 0usize);
        for &(col, _) in row.cells.iter().filter(|cell| !is_blank(cell.1, self.body.texts)) {
            let area = merges.anchored(row.index, col);
            cells += 1;
            wide += usize::from(usual.iter().filter(|col| (area.left..=area.right).contains(col)).count() > 1);
        }
        wide >= 2 && wide * 2 >= cells && usual.len() >= MANY
    }

    /// The first row of what stands below a list with running numbers: a short label alone in its row (评审结论), behind the
    /// last number.
    pub(super) fn lower_part(&self) -> Option<usize> {
        /// A label has no more characters than this.
        const LABEL: usize = 12;
        let (rows, texts, serial) = (&self.body.rows, self.body.texts, self.serial?);
        let numbered = |row: &Row| matches!(row.get(serial), Raw::Number { .. });
        let from = rows.iter().rposition(|row| numbered(row))? + 1;
        if from == rows.len() || rows[..from].iter().filter(|row| numbered(row)).count() < MANY {
            return None;
        }
        let label = |row: &&Row| {
            let Some((col, Raw::Text(text))) = only_cell(row, texts) else { return false };
            if col != serial && col != self.body.heading.area.left {
                return false;
            }
            let shown = texts.get(text).trim();
            let (key, folded) = (heading_key(shown), fold(shown));
            let values = self.finder.lexicon.is_value(&folded) || self.finder.lexicon.is_unit(&folded);
            shown.chars().count() <= LABEL && words::is_labelish(&key) && !values
        };
        rows[from..].iter().position(label).map(|at| from + at)
    }

    /// Whether a row of the lower part belongs there: it fills few of the columns that all records fill.
    pub(super) fn is_of_lower_part(&self, row: &Row) -> bool {
        let (core, held) = self.profile.core(row, self.body.texts);
        let task = |cell: &(u32, Raw)| match cell.1 {
            Raw::Text(text) => self.finder.lexicon.is_task(&fold(self.body.texts.get(text))),
            _ => false,
        };
        held * 2 <= core.max(1) && !row.cells.iter().any(task)
    }

    /// Whether a row begins behind the column of tasks, where the records above it begin before: 总费用 | 300. `above` are
    /// the classes of the rows before it.
    pub(super) fn stands_behind(&self, at: usize, above: &[(u32, RowClass)]) -> bool {
        /// So many rows are looked at.
        const ROWS: usize = 60;
        let first = |row: &Row| row.cells.iter().find(|cell| !is_blank(cell.1, self.body.texts)).map(|cell| cell.0);
        let Some(task) = self.task.filter(|_| !self.covered[at]) else { return false };
        let behind = |row: &Row| first(row).is_none_or(|col| col > task);
        let row = self.body.rows[at];
        let cells = || row.cells.iter().filter(|cell| !is_blank(cell.1, self.body.texts));
        let kind = |(at, cell): (usize, &(u32, Raw))| match cell.1 {
            Raw::Text(_) => at % 2 == 0,
            raw => at % 2 == 1 && matches!(raw, Raw::Number { .. }),
        };
        // 总资金 | 300 | 已用 | 120
        let few = cells().count() <= MANY || cells().count() % 2 == 0 && cells().enumerate().all(kind);
        let records = self.body.rows.iter().zip(above).rev().filter(|(_, class)| class.1 == RowClass::Data).take(ROWS);
        let mut records = records.map(|(row, _)| behind(row)).peekable();
        few && behind(row) && records.peek().is_some() && records.all(|behind| !behind)
    }

    /// Whether every cell of a row is a short label with its value: 作者：甲某 | 建表时间：8月5日.
    pub(super) fn holds_labels_only(&self, row: &Row) -> bool {
        /// A label has no more characters than this.
        const LABEL: usize = 8;
        let label = |cell: &(u32, Raw)| match cell.1 {
            Raw::Text(text) => {
                words::label(&fold(self.body.texts.get(text))).is_some_and(|label| label.chars().count() <= LABEL)
            }
            _ => false,
        };
        row.cells.iter().filter(|cell| !is_blank(cell.1, self.body.texts)).all(label)
    }

    /// Whether all cells of a row are states: the choices for a column, 未开始 | 进行中 | 已完成.
    pub(super) fn lists_states(&self, row: &Row) -> bool {
        let lexicon = self.finder.lexicon;
        let state = |cell: &(u32, Raw)| match cell.1 {
            Raw::Text(text) => {
                let folded = fold(self.body.texts.get(text));
                lexicon.is_value(&folded) && !lexicon.is_task(&folded)
            }
            _ => false,
        };
        let cells = || row.cells.iter().filter(|cell| !is_blank(cell.1, self.body.texts));
        cells().count() >= MANY - 1 && cells().all(state)
    }

    /// Whether a row says what the `marks` under the axis of days, weeks or months mean: behind a gap 甲 | W, or right below
    /// the records a sign and its meaning: ▲ | 按时完成.
    pub(super) fn is_legend(&self, row: &Row, at: usize, gap: bool, marks: &[Text]) -> bool {
        let says = |cell: &(u32, Raw)| match cell.1 {
            Raw::Text(text) => marks.contains(&text),
            _ => false,
        };
        let under_axis = |col: u32| self.axis.is_some_and(|(from, to)| (from..=to).contains(&col));
        let texts = || row.cells.iter().filter(|cell| !is_blank(cell.1, self.body.texts));
        let sign = |cell: &(u32, Raw)| match cell.1 {
            Raw::Text(text) => !self.body.texts.get(text).chars().any(char::is_alphanumeric),
            _ => false,
        };
        let mut beside = texts().filter(|cell| !under_axis(cell.0));
        at > 0
            && texts().count() >= 2
            && if gap { beside.any(says) } else { beside.next().is_some_and(|cell| sign(cell) && says(cell)) }
    }

    /// The short texts under the axis.
    pub(super) fn marks(&self) -> Vec<Text> {
        /// So many rows are looked at.
        const ROWS: usize = 200;
        let Some((from, to)) = self.axis else { return Vec::new() };
        let mut marks = Vec::new();
        for row in self.body.rows.iter().take(ROWS) {
            for &(col, raw) in &row.cells {
                if let Raw::Text(text) = raw
                    && (from..=to).contains(&col)
                    && (1..=MARK).contains(&self.body.texts.get(text).trim().chars().count())
                    && !marks.contains(&text)
                {
                    marks.push(text);
                }
            }
        }
        marks
    }

    /// Whether a single text behind a gap is a note, since the tasks that stand alone in their rows are numbered (1.
    /// 发货, 2. 对账) and it is not.
    pub(super) fn is_unnumbered_note(&self, at: usize, hints: &[RowHint]) -> bool {
        let alone = |at: &usize| matches!(hints[*at], RowHint::Lone | RowHint::Is(RowClass::Data));
        let numbered = |at: &usize| self.numbering(*at).is_some();
        let before = || (0..at).filter(alone);
        before().count() >= MANY && before().all(|at| numbered(&at)) && !numbered(&at)
    }

    /// Whether a row behind a total and a gap is no record: without a number where the records have one, and with few of
    /// the columns that they fill, or one text where they are pairs.
    pub(super) fn adds_nothing(&self, row: &Row) -> bool {
        let texts = self.body.texts;
        let (core, held) = self.profile.core(row, texts);
        let numbered = self.serial.is_some_and(|col| !is_blank(row.get(col), texts));
        let alone = || {
            let task = || self.first_text(row).is_some_and(|first| self.finder.lexicon.is_value(&fold(first)));
            self.body.heading.columns.len() == 2 && core == 2 && held == 1 && self.leads(row) && !task()
        };
        self.profile.numbered() && !numbered && held * 2 <= core || alone()
    }

    /// Whether a row behind a gap belongs to something else: a text where the records are numbered, none of the columns
    /// that every record fills, or few of them and a number where all others have text, or only cells behind the task.
    pub(super) fn is_strange(&self, at: usize, above: &[(u32, RowClass)]) -> bool {
        let row = self.body.rows[at];
        let texts = self.body.texts;
        let (core, held) = self.profile.core(row, texts);
        let number = self.serial.filter(|_| self.profile.numbered()).map(|col| row.get(col));
        let worded = number.is_some_and(|raw| match raw {
            Raw::Text(text) => {
                let text = fold(texts.get(text));
                !text.is_empty() && !text.chars().any(char::is_numeric) && text.chars().count() > 1
            }
            _ => false,
        });
        let task = || self.first_text(row).is_some_and(|first| self.finder.lexicon.is_value(&fold(first)));
        let other = || core >= 3 && held * 2 <= core && self.profile.is_at_odds(row, texts);
        (worded || core >= 3 && held == 0 || other() || self.stands_behind(at, above)) && !task()
    }

    /// Whether the first cell of a row is a text.
    pub(super) fn leads(&self, row: &Row) -> bool {
        let first = row.cells.iter().find(|cell| !is_blank(cell.1, self.body.texts));
        first.is_some_and(|cell| matches!(cell.1, Raw::Text(_)))
    }
}

#[cfg(test)]
mod tests {
    use super::super::layouts::see;

    #[test]
    fn a_single_cell_beside_merged_ones_is_a_record() {
        assert_eq!(
            see("
序号 | 工作任务 | 具体做法 | 备注
1 | 合并原则 | 1）分支向主干合并 | 各组自行安排
^ | ^ | 2）低版本向高版本合并 | ^
2 | 发布原则 | 1）上线时生成 | 先提交
^ | ^ | 2）以主干为准 | ^
"),
            ["A1:D1 序号 工作任务 具体做法=- 备注 RRRR"]
        );
        assert_eq!(
            see("
任务类别 | 工作任务 | 责任单位 | 完成情况
宣传 | 广告整治 | 综合科 | 已完成
^ | 志愿服务 | 综合科 | 已完成
^ | （二）下半年 | |
^ | 文明交通 | 综合科 | 已完成
"),
            ["A1:D1 任务类别 工作任务 责任单位 完成情况 RRSR"],
            "a category alone stands over sections too"
        );
    }

    #[test]
    fn a_group_may_have_a_name_without_a_number() {
        assert_eq!(
            see("
项目模块 | 功能模块 | 工作任务 | 数量 | 价格
设计 | 风格 | 界面设计 | 2 | 960
 | 接口 | 接口设计 | 1 | 120
用户端 | | | | 前端报价
注册 | 登录 | 登录页面 | 2 | 100
 | 找回 | 找回密码 | 2 | 100
商家端
注册 | 登录 | 登录页面 | 2 | 100
"),
            ["A1:E1 项目模块=- 功能模块=- 工作任务 数量 价格=- RRSRRSR"]
        );
        assert_eq!(
            see("
工作任务 | 责任单位 | 日期 | 数量
广告整治 | 综合科 | 8月5日 | 2
志愿服务 | 综合科 | 8月6日 | 1
文明交通
环境卫生 | 后勤科 | 8月7日 | 3
"),
            ["A1:D1 工作任务 责任单位 日期 数量 RRRR"],
            "a task of which nothing is said yet is none"
        );
    }

    #[test]
    fn the_lower_part_of_a_form_is_no_record() {
        assert_eq!(
            see("
序号 | 工作任务 | 规定值 | 实测值 | < | 得分
1 | 苗木规格 | 符合设计 | 11 | 12 | 100
2 | 土层厚度 | 符合规程 | 58 | 56 | 100
3 | 苗木成活 | 85 | 90 | 86 | 100
外观鉴定 | 草坪应无枯黄 | < | 减分 | < | <
质量资料 | 真实齐全 | < | 意见 | < | <
"),
            ["A1:F1 序号 工作任务 规定值=- 实测值=- 实测值=- 得分 RRRFF"]
        );
        assert_eq!(
            see("
序号 | 工作任务 | 责任单位 | 完成情况 | 备注
1 | 广告整治 | 综合科 | 已完成 | 无
2 | 志愿服务 | 综合科 | 已完成 | 无
3 | 各项工作 | < | 零报告 | <
"),
            ["A1:E1 序号 工作任务 责任单位 完成情况 备注 RRR"],
            "a row with its number is a record, however it is merged"
        );
    }

    #[test]
    fn a_legend_below_an_axis_ends_the_table() {
        assert_eq!(
            see("
工作任务 | 环节 | @2022-06-01 | @2022-06-02 | @2022-06-03 | @2022-06-04
文档 | 模块 | 甲 | | |
 | 登录 | | 乙 | 甲 |
服务器 | 配置 | | | | 甲、乙

王某某 | 甲 | | | 已完成 |
李某某 | 乙 | | | 未完成 |
"),
            ["A1:F1 工作任务 环节=- 2022-06-01=- 2022-06-02=- 2022-06-03=- 2022-06-04=- RRR"]
        );
        assert_eq!(
            see("
工作任务 | 8月4日 | 8月5日 | 8月6日 | 备注
广告整治 | ▲ | | ● |
志愿服务 | | ▲ | ▲ |
文明交通 | ● | | |
▲ | 按时完成 | | |
● | 未完成 | | |
"),
            ["A1:E1 工作任务 8月4日=- 8月5日=- 8月6日=- 备注 RRR"]
        );
    }

    #[test]
    fn notes_behind_numbered_tasks_are_no_tasks() {
        assert_eq!(
            see("
工作任务 | 功能评分 | 界面评分 | 存在问题
1.查看订单
2.发货
3.对账


账号资料
登录地址见通知
"),
            ["A1:D1 工作任务 功能评分=- 界面评分=- 存在问题 RRR..II"]
        );
    }

    #[test]
    fn a_word_for_signatures_may_be_what_a_record_is_about() {
        let drawing = "
类别 | 子项 | 工作任务 | 责任单位 | 完成情况
主页 | 编辑 | 头像 | 综合科 | √
 | | 名称 | 综合科 | √
 | | 联系电话 | | √
 | | 地址 | 综合科 | √
";
        assert_eq!(see(drawing), ["A1:E1 类别=任务类别 子项=- 工作任务 责任单位 完成情况 RRRR"]);
        let foot = format!("{drawing} | | 联系电话 | | 12345\n");
        assert_eq!(see(&foot), ["A1:E1 类别=任务类别 子项=- 工作任务 责任单位 完成情况 RRRRF"]);
    }

    #[test]
    fn who_made_the_table_and_when_is_no_record() {
        assert_eq!(
            see("
序号 | 里程碑 | 工作任务 | 责任人
1 | 测试 | 登记模块 | 甲某
2 | 上线 | 最终版本 | 乙某
备注：一个里程碑有多人参与 | < | < | <
作者：甲某 | | 建表时间：2016年10月10日 |
"),
            ["A1:D1 序号 里程碑=- 工作任务 责任人 RRIF"]
        );
    }

    #[test]
    fn rows_without_a_number_behind_the_lower_part_belong_to_it() {
        assert_eq!(
            see("
项次 | 工作任务 | 规定值 | 检查方法 | 得分
1 | 苗木规格 | 符合设计 | 尺量 | 100
2 | 土层厚度 | 符合规程 | 钢尺 | 100
3 | 苗木成活 | 85 | 目测 | 100
检查意见 | < | 检查意见 | < | <
 | 符合设计 | | 符合规范 |
"),
            ["A1:E1 项次=序号 工作任务 规定值=- 检查方法=- 得分 RRRFF"]
        );
    }

    #[test]
    fn rows_of_a_task_merged_over_gaps_are_records() {
        assert_eq!(
            see("
工作任务 | 环境 | 地址 | 责任人
统计后台 | 测试 | 甲处 | 甲某
^ | ^ | ^ | ^
^ | 线上 | 乙处 | 乙某
^ | ^ | ^ | ^
运营后台 | 线上 | 丙处 | 甲某
"),
            ["A1:D1 工作任务 环境=- 地址=地点 责任人 R.R.R"]
        );
    }
}
