//! Groups merged down, tasks under a group's heading, and blocks one above another.

use super::layouts::see;

#[test]
fn a_group_below_a_group_is_no_heading() {
    let plan = |between: &str| {
        see(&format!(
            "
阶段 | 工作任务 | 完成时间 | 备注
摸底阶段 | *走访记录 | 第2日 |
设计阶段 | *概要报告 | 第3日 |
^ | *数据报告 | ^ | ^
{between}规划阶段 | *费用预算表 | 第5日 |
^ | *推进计划 | ^ | ^
收尾阶段 | *使用手册 | 第6日
"
        ))
    };
    assert_eq!(plan(""), ["A1:D1 阶段=- 工作任务 完成时间=完成日期 备注 RRRRRR"]);
    assert_eq!(plan("\n").len(), 2, "behind a gap it is judged as any heading");
}

#[test]
fn the_parts_of_a_group_are_the_tasks() {
    let columns = |rows: &str| see(&format!("工作任务 | < | 完成情况\n{rows}\n"))[0].clone();
    for (rows, expected) in [
        ("宣传 | 张贴海报 | 已完成\n^ | 悬挂横幅 | 已完成", "A1:C1 工作任务=- 工作任务 完成情况 RR"),
        ("宣传 | 张贴海报 | 已完成\n | 悬挂横幅 | 已完成", "A1:C1 工作任务=- 工作任务 完成情况 RR"),
        // Both are filled in every row, or the second only here and there.
        ("张贴海报 | 甲 | 已完成\n悬挂横幅 | 乙 | 已完成", "A1:C1 工作任务 工作任务=- 完成情况 RR"),
        ("张贴海报 | 甲 | 已完成\n悬挂横幅 | | 已完成", "A1:C1 工作任务 工作任务=- 完成情况 RR"),
        ("宣传 | 3 | 已完成\n^ | 4 | 已完成", "A1:C1 工作任务 工作任务=- 完成情况 RR"),
    ] {
        assert_eq!(columns(rows), expected, "{rows}");
    }
}

#[test]
fn a_block_with_the_headings_of_the_one_before_may_be_blank() {
    let blocks = |last: &str| {
        see(&format!(
            "
登记
功能 | 条件 | 步骤 | 测试数据 | 预期结果 | 实际结果 | 判定
甲 | 有号 | 输入 | 一 | 通过 | 通过 | 对

查询
{last}
乙

"
        ))
    };
    assert_eq!(blocks("功能 | 条件 | 步骤 | 测试数据 | 预期结果 | 实际结果 | 判定").len(), 2);
    assert_eq!(blocks("丙 | 有号 | 输入 | 二 | 通过 | 通过 | 对").len(), 1);
}

#[test]
fn a_line_between_pairs_opens_a_part() {
    for (line, rows) in [("另有下列材料的加分：", "RSR"), ("另有下列材料的加分", "RRR"), ("另有材料： | 5", "RRR")]
    {
        let seen = see(&format!("工作任务 | 分数\n材料齐全 | 60\n{line}\n图表完整 | 10\n"));
        assert_eq!(seen, [format!("A1:B1 工作任务 分数=- {rows}")], "{line}");
    }
}

#[test]
fn a_text_behind_the_total_of_pairs_is_a_note() {
    let rows = |end: &str| {
        let seen = see(&format!("工作任务 | 分数\n材料齐全 | 60\n图表完整 | 40\n{end}\n"));
        seen[0].rsplit(' ').next().unwrap_or_default().to_owned()
    };
    assert_eq!(rows("合计 | 100\n\n材料占五成，图表占五成"), "RRT");
    assert_eq!(rows("合计 | 100\n\n另算 | 5"), "RRT.R");
    assert_eq!(rows("合计 | 100\n材料占五成，图表占五成"), "RRTR", "right below the total");
}

#[test]
fn a_sum_may_be_named_behind_what_it_is_the_sum_of() {
    let rows = |name: &str| {
        let seen = see(&format!(
            "片区 | 类型 | 店名 | 工作任务 | 数量 | 金额\n城东 | 大 | 一号 | 扫街 | 3 | 5\n城东 | 大 | 一号 | {name} | 9 | 7\n"
        ));
        seen[0].rsplit(' ').next().unwrap_or_default().to_owned()
    };
    assert_eq!((rows("门店小计"), rows("统计"), rows("门店小计情况")), ("RT".into(), "RR".into(), "RR".into()));
}

#[test]
fn labels_with_their_numbers_behind_a_gap_are_no_record() {
    let rows = |last: &str| {
        let seen = see(&format!(
            "工作任务 | 代码 | 买价 | 成本 | 金额\n甲 | 165 | 7 | 7 | 985\n乙 | 127 | 9 | 9 | 905\n丙 | 162 | 2 | 2 | 990\n\n{last}\n"
        ));
        seen[0].rsplit(' ').next().unwrap_or_default().to_owned()
    };
    assert_eq!(rows(" | 总资金 | 10000 | 已用 | 1975"), "RRR");
    assert_eq!(rows("丁 | 总资金 | 10000 | 已用 | 1975"), "RRR.R");
}

#[test]
fn lines_of_one_cell_above_do_not_hide_a_list_of_three_columns() {
    let list =
        "输入 | 期望输出 | 实际结果\n新用户 | 甲可用 | 甲可用\n老用户 | 乙可用 | 乙可用\n长用户 | 丙可用 | 丙可用";
    let lines = |count: usize| see(&format!("{}{list}\n", "检查模块：登记 | < | <\n".repeat(count))).len();
    assert_eq!((lines(2), lines(12), lines(13)), (1, 1, 0));
}

#[test]
fn the_title_of_a_block_is_no_group_above_its_headings() {
    let blocks = |title: &str| {
        see(&format!(
            "
第一批 | < | < | <
工作任务 | 前提 | 完成情况 | 批次 |
甲事 | 已备 | 已完成 | 一 |
乙事 | 已备 | 已完成 | 一 |
{title}
工作任务 | 前提 | 完成情况 | 批次 |
丙事 | 未备 | 未开始 | 二 |
丁事 | 未备 | 未开始 | 二 |
"
        ))
    };
    let plain = blocks("第二批 | < | < | <");
    assert_eq!(plain.len(), 2);
    assert_eq!(plain[1], "A6:D6 工作任务 前提=- 完成情况 批次=- RR");
    assert_eq!(blocks("第二批 | < | < | < | 排期表"), plain, "with a text beside it");
}
