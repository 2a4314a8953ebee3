//! Tables that lost their borders.

use super::rows;

#[test]
fn a_row_a_line_and_a_table_on_one_line() {
    let table = "任务分解表\n序号 重点任务 牵头单位 配合单位 完成时限\n1 完善信号灯 公安局 城管局、住建局 6月底前\n2 清理僵尸车 各街道 公安局 长期坚持";
    assert_eq!(rows(table), ["完善信号灯||公安局||城管局、住建局|6月底前", "清理僵尸车||各街道||公安局|长期坚持"]);
    assert_eq!(rows(&table.replace('\n', " ")), rows(table));
}

#[test]
fn a_heading_nobody_knows_is_a_column_all_the_same() {
    let table = "序号\n点位类型\n整改任务\n责任单位\n配合单位\n完成时限\n1\n农贸市场\n划行归市，地面无积水\n商务局\n各街道\n5月20日前\n\
                 2\n公共厕所\n配齐洗手液和无障碍设施\n城管局\n5月15日前";
    assert_eq!(
        rows(table),
        ["划行归市，地面无积水|||商务局|各街道|5月20日前", "配齐洗手液和无障碍设施|||城管局||5月15日前 ?"]
    );
}
