//! Rows that look like headings and are none: labels with values, lines about the table, forms.

use super::layouts::see;

#[test]
fn no_heading_is_invented() {
    let none: [&str; 0] = [];
    assert_eq!(see("工作任务 | 广告整治 | 责任单位 | 综合科\n完成情况 | 已完成 | 备注 | 无\n"), none, "a form");
    assert_eq!(see("填报单位 | 综合科 | 联系人 | 王某\n1 | 2 | 3 | 4\n"), none, "a line of labels");
    assert_eq!(see("2014年工作任务清单\n说明文字很长很长\n"), none);
    assert_eq!(
        see("姓名 | 责任单位 | 联系电话 | 备注\n王某 | 综合科 | 1 | \n"),
        ["!A1:D1 姓名=- 责任单位 联系电话 备注 R"]
    );
}

#[test]
fn lines_of_labels_above_are_no_heading() {
    assert_eq!(
        see("
玻璃提料单 | < | < | < | < | <
工程名称 | < | 某某工程 | < | 料单编号 | 甲-4
施工分区 | < | | < | 送达地点 |
序号 | 名称 | 规格尺寸（mm） | < | 数量 | 备  注
^ | ^ | 宽(W) | 高(H) | (片) | ^
1 | 甲 | 1521 | 1597 | 2 |
2 | 乙 | 1521 | 1609 | 4 |
本页合计 | < | | | 6 |
"),
        ["!A4:F5 序号 名称=- 规格尺寸（mm）/宽(W)=- 规格尺寸（mm）/高(H)=- 数量/(片)=数量 备  注=备注 RRT"]
    );
}

#[test]
fn labels_with_their_values_beside_them_are_no_heading() {
    for line in [
        "填报单位 | 综合科",
        "填报单位（公章）： | | 综合科",
        "报告期 | 2014-07",
        "填报单位 | 综合科 | 填报日期 | 2014年9月3日",
    ] {
        assert_eq!(
            see(&format!(
                "
工作台账
{line}
任务编号 | 工作任务 | 完成情况 | 日期
1 | 整治 | 已完成 | 8月5日
"
            )),
            ["A3:D3 任务编号 工作任务 完成情况 日期 R"],
            "{line}"
        );
    }
    assert_eq!(
        see("
填报单位 | 整治
^ | 完成情况 | 日期
综合科 | 已完成 | 8月5日
"),
        ["!A1:C2 填报单位 整治/完成情况=完成情况 整治/日期=日期 R"],
        "a group of a heading"
    );
}

#[test]
fn a_label_with_a_colon_is_no_heading() {
    assert_eq!(
        see("
某路交工证书 | | | |
甲7 | | | | 编号：
施工单位 | 甲公司 | | 合同段 | 乙
分项工程 | 植草 | | 分部工程 | 路基
申请日期 | | | 接收日期 |
"),
        [""; 0]
    );
}

#[test]
fn a_label_with_its_value_beside_other_words_is_no_heading() {
    assert_eq!(
        see("
项目名称 | < | 某某大厦 | < | 币种： | 人民币
合同额 | < | 478 | < | 其中材料 | 
序号 | 工作任务 | 单位 | 数量 | 单价 | 备注
1 | 甲 | 处 | 2 | 3 |
2 | 乙 | 处 | 4 | 5 |
"),
        ["A3:F3 序号 工作任务 单位=- 数量 单价=- 备注 RR"]
    );
}

#[test]
fn a_row_of_a_name_and_two_numbers_is_no_heading() {
    assert_eq!(
        see("
 | 巡查员 | 级别 | 统计数量
0 | 甲某 | '3 | 1
1 | 乙某 | '2 | 4
2 | 丙某 | '4 | 5
"),
        ["!A1:D1 =序号 巡查员=- 级别=- 统计数量=数量 RRR"]
    );
}

#[test]
fn a_line_of_labels_above_another_is_no_heading() {
    assert_eq!(
        see("
项目名称 | 在线学习 | 项目组名称 |
实训经理 | 甲某 | 项目负责人 | 乙某

管理事件 | 计划日期 | 实际日期 | 备注
开工会 | 8月1日 | 8月1日 |
"),
        ["!A4:D4 管理事件=- 计划日期=完成时限 实际日期=完成日期 备注 R"]
    );
}

#[test]
fn no_level_of_a_heading_stands_under_what_is_merged_down() {
    assert_eq!(
        see("
项目序号 | 工作任务 | < | 时间安排表 | < | <
 | ^ | ^ | 工期 | 开始时间 | 完成时间
第一阶段 | 项目立项 | < | | |
1 | 背景分析 | < | 10天 | 9月15日 | 9月25日
2 | 可行性分析 | < | 10天 | 9月25日 | 10月5日
"),
        ["A1:F2 项目序号=序号 工作任务 时间安排表/工期=- 时间安排表/开始时间=- 时间安排表/完成时间=完成时限 SRR"]
    );
}

#[test]
fn a_title_beside_a_range_of_days_is_no_level_of_a_heading() {
    assert_eq!(
        see("
基础数据系统计划 | < | < | 2016/10/10~2016/11/29 | <
序号 | 工作任务 | 计划时间 | < | 备注
^ | ^ | 开始时间 | 结束时间 | ^
1 | 登记模块 | 8月5日 | 8月9日 | 无
2 | 培训演讲 | 8月6日 | 8月9日 | 无
"),
        ["A2:E3 序号 工作任务 计划时间/开始时间=- 计划时间/结束时间=完成时限 备注 RR"]
    );
}

#[test]
fn the_name_of_a_part_is_no_level_of_a_heading() {
    assert_eq!(
        see("
 | 服务组件 | 服务描述 | | 报价 | <
 | | | 编号 | 按次数 | 按年
平台费用
 | 交易平台 | 按规则收费 | A1 | 3 |
 | 阳光采购 | 按规则收费 | A2 | 4 |
"),
        ["!B1:F2 服务组件=- 服务描述=- 编号=序号 报价/按次数=- 报价/按年=- SRR"]
    );
}

#[test]
fn a_form_with_a_list_in_it_is_no_heading() {
    let seen = |number: &str| {
        let seen = see(&format!(
            "
检查序号 | {number} | < | 路段/版本
对象 | 前段与后段 | < | <
环境 | 晴 | < | <
检查动作 | 期望的结果 | < | 实际情况
走访三户 | 无垃圾 | < | 通过
清点车辆 | 不占道 | < | 未通过
"
        ));
        seen.iter().filter_map(|table| table.split(' ').next()).map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(seen("'01"), ["!A4:D4"]);
    assert_eq!(seen("甲号"), ["!A4:D4"]);
}
