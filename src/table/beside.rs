//! Tells rows that stand beside the columns of the table: a day and a number that somebody noted there.

use super::in_view::View;
use super::shown::is_blank;

impl View<'_, '_> {
    /// Whether all the cells of a row stand in columns without a name that few records fill, behind those with a name.
    pub(super) fn is_beside(&self, at: usize) -> bool {
        let (row, texts) = (self.body.rows[at], self.body.texts);
        let usual = self.profile.usual_columns();
        let columns = self.body.heading.columns.iter().filter(|c| !c.heading.is_empty());
        let named = || columns.map(|c| c.area.right).max();
        let cells = || row.cells.iter().filter(|cell| !is_blank(cell.1, texts)).map(|cell| cell.0);
        !self.covered[at] && !usual.is_empty() && cells().all(|col| !usual.contains(&col)) && cells().next() > named()
    }
}

#[cfg(test)]
mod tests {
    use super::super::layouts::see;

    #[test]
    fn what_is_noted_beside_the_columns_is_no_record() {
        assert_eq!(
            see("
序号 | 工作任务 | 完成情况 | 日期
1 | 补种草皮 | 已完成 | @2014-08-01
2 | 修剪绿篱 | 已完成 | @2014-08-02
 | | | | @2014-08-05 | 12
3 | 清洗外墙 | 进行中 | @2014-08-03
"),
            ["A1:F1 序号 工作任务 完成情况 日期 =- =- RRIR"]
        );
        assert_eq!(
            see("
序号 | 工作任务 | 完成情况 | 日期
1 | 补种草皮 | 已完成 | @2014-08-01 | 7
2 | 修剪绿篱 | 已完成 | @2014-08-02 | 8
 | | | | 12
3 | 清洗外墙 | 进行中 | @2014-08-03 | 9
"),
            ["A1:E1 序号 工作任务 完成情况 日期 =- RRRR"],
            "a column of the records may have no name"
        );
    }

    #[test]
    fn figures_worked_out_beside_a_table_are_no_part_of_it() {
        assert_eq!(
            see("
今日发电量858万千瓦时 | < | < | < | | 655.8
序号 | 场站 | 数量 | 平均风速 | | 202.4
1 | 甲站 | 1.6 | 2.2 | | 1.6 | 2.2
2 | 乙站 | 2.8 | 2.3 | | 2.8 | 2.3
3 | 丙站 | 3.2 | 2.4 | | 3.2 | 2.4
本月累计发电量165081万千瓦时，本年累计38亿千瓦时，其中风电较多 | < | < | < |
"),
            ["!A2:D2 序号 场站=- 数量 平均风速=- RRRS", "!F2:G2 202.4=- =- RRR"]
        );
    }
}
