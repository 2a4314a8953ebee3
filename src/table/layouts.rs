//! Layouts seen in real ledgers, and what is found in them.

use super::measures::unit_of;
use super::{Furniture, RowClass, locate, survey};
use crate::basis::pool::Texts;
use crate::division::FieldSet;
use crate::table::fixture;

/// What was found, one line a table: heading area, `heading=field` of each column, then a letter a row:
/// R record, `.` blank, S section, T total, I instruction, F footer, H heading again, N numbers.
pub(super) fn see(drawing: &str) -> Vec<String> {
    let mut texts = Texts::default();
    let sheet = fixture::sheet(drawing, &mut texts);
    let set = FieldSet::builtin();
    survey(&sheet, &texts, &set)
        .iter()
        .map(|table| {
            let columns: Vec<String> = table
                .columns
                .iter()
                .map(|c| match c.field {
                    Some(field) if set.spec(field).name == c.heading => c.heading.clone(),
                    Some(field) => format!("{}={}", c.heading, set.spec(field).name),
                    None => format!("{}=-", c.heading),
                })
                .collect();
            let rows: String = table.rows.iter().map(|row| letter(row.1)).collect();
            let from = table.rows.first().map_or(table.heading.bottom + 1, |row| row.0);
            assert_eq!(from, table.heading.bottom + 1, "rows follow the heading without gaps");
            let mark = if table.readable { "" } else { "!" };
            format!("{mark}{} {} {rows}", table.heading, columns.join(" "))
        })
        .collect()
}

fn letter(class: RowClass) -> char {
    match class {
        RowClass::Data => 'R',
        RowClass::Blank => '.',
        RowClass::Furniture(Furniture::Section) => 'S',
        RowClass::Furniture(Furniture::Subtotal) => 'T',
        RowClass::Furniture(Furniture::Instruction) => 'I',
        RowClass::Furniture(Furniture::Footer) => 'F',
        RowClass::Furniture(Furniture::Heading) => 'H',
        RowClass::Furniture(Furniture::Numbering) => 'N',
    }
}

#[test]
fn a_plain_ledger() {
    let drawing = "
附件2 | | | |
2014年8月创建工作台账 | < | < | < | <
填报单位：综合科 | < | < | 填报日期：2014年8月31日 | <
序号 | 工作任务 | 责任单位 | 完成情况 | 备注
1 | 广告整治 | 综合科 | 已完成 |
2 | 志愿服务 | 综合科 | 正在推进 | 计划9月
填表人：王某 | | 审核人：李某 | |
";
    assert_eq!(see(drawing), ["A4:E4 序号 工作任务 责任单位 完成情况 备注 RRF"]);
    let mut texts = Texts::default();
    let sheet = fixture::sheet(drawing, &mut texts);
    let tables = locate(&sheet, &texts, &FieldSet::builtin());
    let above: Vec<&str> = tables[0].above.iter().map(|line| line.2.as_str()).collect();
    assert_eq!(above, ["附件2", "2014年8月创建工作台账", "填报单位：综合科", "填报日期：2014年8月31日"]);
    assert_eq!(tables[0].below[1], (6, 2, "审核人：李某".into()));
}

#[test]
fn headings_of_two_and_three_rows() {
    assert_eq!(
        see("
序号 | 工作任务 | 责任 | < | 完成情况
^ | ^ | 单位 | 人 | ^
1 | 广告整治 | 综合科 | 王某 | 已完成
"),
        ["A1:E2 序号 工作任务 责任/单位=责任单位 责任/人=责任人 完成情况 R"]
    );
    assert_eq!(
        see("
序号 | 工作任务 | 责任单位 | |完成情况 |
 | | 牵头单位 | 责任单位 | 状态 | 完成日期
1 | 广告整治 | 综合科 | 后勤中心 | 已完成 | 8月5日
"),
        ["A1:F2 序号 工作任务 责任单位/牵头单位=牵头单位 责任单位 完成情况/状态=完成情况 完成情况/完成日期=完成日期 R"],
        "the same without merged cells, as in a csv"
    );
    assert_eq!(
        see("
基本情况 | < | < | 落实 | < | <
序号 | 工作任务 | 责任单位 | 整改 | < | 备注
^ | ^ | ^ | 措施 | 时限 | ^
1 | 广告整治 | 综合科 | 清理 | 8月底 | 无
"),
        ["A1:F3 基本情况/序号=序号 基本情况/工作任务=工作任务 基本情况/责任单位=责任单位 \
          落实/整改/措施=整改措施 落实/整改/时限=整改时限 落实/备注=备注 R"]
    );
}

#[test]
fn what_a_clerk_puts_between_the_rows() {
    assert_eq!(
        see("
序号 | 工作任务 | 责任单位 | 次数 | 完成情况
1 | 2 | 3 | 4 | 5
示例 | 广告整治 | 某某科 | 3 | 已完成
一、宣传教育 | < | < | < | <
1 | 广告整治 | 综合科 | 3 | 已完成
小计 | | | 3 |

序号 | 工作任务 | 责任单位 | 次数 | 完成情况
（二）志愿服务
2 | 志愿服务 | 综合科 | 2 | 已完成
3 | | | |
合 计 | | | 5 |
注：1.本表每月28日前报送。
2.完成情况填已完成、正在推进。
填表人：王某 | | 审核人： | |
"),
        ["A1:E1 序号 工作任务 责任单位 次数 完成情况 NISRT.HSR.TIIF"]
    );
}

#[test]
fn an_example_may_stand_behind_a_number() {
    let drawing = "序号 | 工作任务 | 完成情况\n1 | （示例）广告整治 | 已完成\n1 | 广告整治 | 已完成\n";
    assert_eq!(see(drawing), ["A1:C1 序号 工作任务 完成情况 IR"]);
}

#[test]
fn a_section_numbered_in_its_own_column() {
    assert_eq!(
        see("
序号 | 工作任务 | 责任单位 | 完成情况
一 | 宣传教育 | |
1 | 广告整治 | 综合科 | 已完成
2 | 志愿服务 | 综合科 | 已完成
"),
        ["A1:D1 序号 工作任务 责任单位 完成情况 SRR"]
    );
    assert_eq!(
        see("
序号 | 工作任务 | 责任单位 | 完成情况
一 | 广告整治 | 综合科 |
二 | 志愿服务 | 综合科 |
"),
        ["A1:D1 序号 工作任务 责任单位 完成情况 RR"],
        "where all rows are numbered so they are records"
    );
    assert_eq!(
        see("
序号 | 工作任务 | 责任单位 | 完成情况
第一阶段 | 动员部署 | |
1 | 广告整治 | 综合科 | 已完成
第二阶段 | 组织实施 | |
2 | 志愿服务 | 综合科 | 已完成
3 | 文明交通 | 综合科 | 已完成
"),
        ["A1:D1 序号 工作任务 责任单位 完成情况 SRSRR"]
    );
}

#[test]
fn merged_categories_and_tasks_over_rows() {
    assert_eq!(
        see("
 | 任务类别 | 工作任务 | 完成情况 | 佐证材料
 | 宣⏎传 | 广告整治 | 已完成 | 照片
 | ^ | ^ | 正在推进 | 通知
 | ^ | 志愿服务 | ^ |
"),
        ["B1:E1 任务类别 工作任务 完成情况 佐证材料 RRR"]
    );
}

#[test]
fn tables_that_do_not_begin_at_the_corner() {
    assert_eq!(
        see("


 | | 2014年台账 |

 | | 任务编号 | 完成 情况 | *佐证材料（名称）
 | | 1-1 | 已完成 | 照片
"),
        ["C5:E5 任务编号 完成 情况=完成情况 *佐证材料（名称）=佐证材料 R"]
    );
}

#[test]
fn several_blocks_in_one_sheet() {
    assert_eq!(
        see("
（一）街道统计表 | < | <
工作任务 | 完成情况 | 备注
广告整治 | 已完成 |
填表人：王某 | |

（二）社区统计表 | < | <
填报单位：甲社区 | |
任务编号 | 工作任务 | 完成情况
1-1 | 广告整治 | 已完成
"),
        ["A2:C2 工作任务 完成情况 备注 RF", "A8:C8 任务编号 工作任务 完成情况 R"]
    );
    assert_eq!(
        see("
工作任务 | 完成情况 | 备注 | 地点
（一）街道 | < | < | <
广告整治 | 已完成 | |
（二）社区 | < | < | <
广告整治 | 已完成 | |
"),
        ["A1:D1 工作任务 完成情况 备注 地点 SRSR"],
        "blocks under one heading"
    );
}

#[test]
fn an_empty_heading_over_numbers() {
    assert_eq!(
        see("
 | 工作任务 | 完成情况
1 | 广告整治 | 已完成
2 | 志愿服务 | 已完成 | 附照片
"),
        ["A1:D1 =序号 工作任务 完成情况 =- RR"]
    );
}

#[test]
fn the_better_of_two_columns_wins() {
    assert_eq!(
        see("
重点工作 | 工作任务 | 完成情况 | 完成情况
宣传 | 广告整治 | 已完成 | 已完成
"),
        ["A1:D1 重点工作=- 工作任务 完成情况 完成情况=- R"]
    );
}

#[test]
fn units_stand_in_brackets() {
    assert_eq!(unit_of("计划投资\n（万元）").as_deref(), Some("万元"));
    assert_eq!(unit_of("完成率(%)").as_deref(), Some("%"));
    assert_eq!(unit_of("完成情况（必填）"), None);
}

#[test]
fn days_as_an_axis_of_headings() {
    assert_eq!(
        see("
任务名称 | 子任务 | @2022-06-01 | @2022-06-02 | @2022-06-03 | @2022-06-04
文档 | 模块 | | 丙 | |
 | 登录 | | | 丙 |
服务器 | 配置 | 丁 | | | 丁
"),
        ["A1:F1 任务名称=工作任务 子任务=- 2022-06-01=- 2022-06-02=- 2022-06-03=- 2022-06-04=- RRR"]
    );
}

#[test]
fn notes_behind_a_total_are_no_records() {
    assert_eq!(
        see("
序号 | 类别 | 工作任务 | 单价 | 数量 | 备注
1 | 甲 | 横幅 | 20 | 3 | 红
2 | 甲 | 海报 | 10 | 4 | 大
3 | 乙 | 展板 | 90 | 1 | 小
总计 | | | | 8 |


 | | 现有 | | 12 |
 | | 欠款 | | 4 |
"),
        ["A1:F1 序号 类别=任务类别 工作任务 单价=- 数量 备注 RRRT"]
    );
}

#[test]
fn a_column_may_have_no_name() {
    assert_eq!(
        see("
页面 | | 负责人
首页 | 甲 | 王某
课程 | 乙 | 李某
练习 | 丙 | 张某
"),
        ["!A1:C1 页面=- =- 负责人=责任人 RRR"]
    );
}

#[test]
fn tasks_without_marks_above_the_next_block_are_none_of_its_titles() {
    assert_eq!(
        see("
任务 | @2018-09-03 | @2018-09-04 | @2018-09-05
设置过期处置机制 | | 开发 |
新增可视化报表
模块重构

任务 | @2018-09-10 | @2018-09-11 | @2018-09-12
结算机制 | 开发 | 开发 |
"),
        [
            "A1:D1 任务=工作任务 2018-09-03=- 2018-09-04=- 2018-09-05=- RRR",
            "A6:D6 任务=工作任务 2018-09-10=- 2018-09-11=- 2018-09-12=- R"
        ]
    );
}

#[test]
fn a_heading_alone_and_rows_alone() {
    assert_eq!(
        see("工号 | 姓名 | 部门 | 进厂日期 | 职位\n"),
        ["!A1:E1 工号=- 姓名=- 部门=责任单位 进厂日期=- 职位=- "]
    );
    let rows = "花坊甲 | 鲜花 | 东街12号 | 全市\n花坊乙 | 鲜花 | 西街3号 | 全市\n花坊丙 | 鲜花 | 南街8号 | 东区\n";
    assert_eq!(see(rows), [""; 0]);
}
