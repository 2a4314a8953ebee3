//! Days, weeks and months as headings, alone or under the months they belong to.

use super::layouts::see;

#[test]
fn days_with_two_columns_each_are_a_heading() {
    assert_eq!(
        see("
序号 | 部门 | 姓名 | | | | | |
^ | ^ | ^ | 上班 | 下班 | 上班 | 下班 | 上班 | 下班
 | 综合科 | 甲某 | | | | | |
 | | 乙某 | | | | | |
 | | 丙某 | | | | | |
"),
        ["!A1:I2 序号 部门=责任单位 姓名=- 上班=- 下班=- 上班=- 下班=- 上班=- 下班=- RRR"]
    );
}

#[test]
fn a_schedule_with_its_legend_in_the_heading() {
    assert_eq!(
        see("
五月项目进度表 | < | < | < | < | < | < | < | < | <
相关人员：3名 | < | < | < | < | < | < | < | < | <
模块名称 | 相关人员 | 状态 | | 时间表 | < | < | < | < | <
^ | ^ | P | 预期进度 | 5月 | < | < | < | < | <
^ | ^ | O | 与预期相符 | 4 | 5 | 6 | 7 | 8 | 9
^ | ^ | D | 比预期延迟 | 日 | 一 | 二 | 三 | 四 | 五
缘分-群发 | | | | | O | O | | |
缘分-顶部 | | | | | O | | | |
缘分-照片 | | | | | | O | O | |
"),
        ["!A3:J6 模块名称=- 相关人员=- 状态/P/O/D=- 状态/预期进度/与预期相符/比预期延迟=- 时间表/5月/4/日=- \
             时间表/5月/5/一=- 时间表/5月/6/二=- 时间表/5月/7/三=- 时间表/5月/8/四=- 时间表/5月/9/五=- RRR"]
    );
}

#[test]
fn months_as_decimals_and_days_out_of_order_head_columns() {
    assert_eq!(
        see("
项目 | 2018.9 | 2018.11 | 2018.12
巡查 | 3 | 4 | 5
宣传 | 1 | 2 | 2
"),
        ["A1:D1 项目=工作任务 2018.9=- 2018.11=- 2018.12=- RR"]
    );
    assert_eq!(
        see("
姓名 | @2022-06-03 | @2022-06-01 | @2022-06-02 | @2022-06-04
甲某 | 早 | 晚 | | 早
乙某 | 晚 | 早 | 早 |
丙某 | | 早 | 晚 | 晚
"),
        ["!A1:E1 姓名=- 2022-06-03=- 2022-06-01=- 2022-06-02=- 2022-06-04=- RRR"]
    );
}

#[test]
fn days_a_week_apart_head_columns_under_their_months() {
    assert_eq!(
        see("
 | | | 12月 | < | < | 1月 | <
No | Work Item | Owner | 15 | 22 | 29 | 5 | 12
0 | 需求定义 | 田某 | 改动 | | | 改动 |
1 | 画面设计 | 高某 | | 缓冲 | | |
2 | 模型设计 | 田某 | | | | | 缓冲
"),
        ["!A1:H2 No=序号 Work Item=- Owner=- 12月/15=- 12月/22=- 12月/29=- 1月/5=- 1月/12=- RRR"]
    );
}

#[test]
fn weekdays_over_hours_are_a_heading_though_nothing_is_filled_in() {
    let week = " | 周日 | 周一 | 周二 | 周三 | 周四 | 周五 | 周六";
    assert_eq!(see(&format!("{week}\n7\n\n8\n\n9\n"))[0].split(' ').next(), Some("!B1:H1"));
    assert_eq!(see(" | 甲日 | 甲一 | 甲二 | 甲三 | 甲四 | 甲五 | 甲六\n7\n\n8\n\n9\n"), [""; 0]);
}

#[test]
fn a_note_below_the_days_is_no_day() {
    let plan = |note: &str| {
        let seen = see(&format!(
            "日期 | 首页 | 列表 | 详情 | 购物车\n@2014-08-01 | 上午画 | 下午画\n@2014-08-02 | | | 上午画\n@2014-08-03 | | | | 上午画\n{note}\n"
        ));
        seen.first().and_then(|table| table.split(' ').next()).unwrap_or_default().to_owned()
    };
    assert_eq!(plan("注：画完打√"), "!A1:E1");
    assert_eq!(plan("画完打√"), "");
}
