//! Tables that lost their borders.

use super::{drafted_page, rows};

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

#[test]
fn labels_may_be_glued_to_the_words_before_them() {
    let text = "1.清理线缆责任单位：工信局、通信公司完成时限：8月底\n2.规范排水责任单位：水利局完成时限：5月底";
    assert_eq!(rows(text), ["清理线缆|||工信局、通信公司||8月底", "规范排水|||水利局||5月底"]);
}

#[test]
fn units_before_their_tasks_go_on_below() {
    let table = "责任单位\t任务\t时限\n教育局\t1.文明校园\t9月底\n\t2.小手拉大手\t全年\n各区\t3.属地创建\t长期";
    assert_eq!(rows(table), ["文明校园|||教育局||9月底", "小手拉大手|||教育局||全年 ?", "属地创建|||各区||长期"]);
}

#[test]
fn a_table_of_one_column_is_a_frame() {
    let page = "<table><tr><td><p>（一）完善设施。</p><p>责任单位：住建局</p></td></tr><tr><td>（二）提升服务。<br>责任单位：政务中心</td></tr></table>";
    let draft = drafted_page(page);
    let shown: Vec<String> = draft.rows.iter().map(|row| format!("{}|{}", row.task, row.units.join("、"))).collect();
    assert_eq!(shown, ["完善设施|住建局", "提升服务|政务中心"]);
}

#[test]
fn two_columns_set_apart_by_wide_blanks() {
    let text = "任务　　　　　责任单位\n一、路面整治　　　　市政所\n二、路灯维修，5月底前完成　　路灯所、电力公司";
    assert_eq!(rows(text), ["路面整治|||市政所||", "路灯维修，5月底前完成|||路灯所、电力公司||5月底前"]);
}

#[test]
fn a_mark_before_a_unit_is_no_part_of_its_name() {
    let table = |note: &str| {
        format!("任务\t责任单位\t时限\n清扫\t★城管局、各街道\t5月底前\n修路\t住建局、★各社区\t6月底前\n{note}")
    };
    let starred = ["清扫||城管局|各街道||5月底前", "修路||各社区|住建局||6月底前"];
    assert_eq!(rows(&table("注：标★的为牵头单位。")), starred);
    assert_eq!(rows(&table("")), starred.map(|row| format!("{row} ?")));
}

#[test]
fn a_later_table_goes_on_with_the_columns_only_where_it_holds_what_they_hold() {
    let page = |more: &str| {
        let row = |cells: &str| format!("<tr><td>{}</td></tr>", cells.replace('|', "</td><td>"));
        let table = |rows: &str| format!("<table>{}</table>", rows.lines().map(row).collect::<String>());
        let first = table("序号|任务|牵头单位|完成时限\n1|整治市容|市城管局|6月底\n2|整治交通|市公安局|9月底");
        let draft = drafted_page(&format!("<p>任务分工表</p>{first}<p>附件2</p>{}", table(more)));
        draft.rows.iter().map(|row| row.task.clone()).collect::<Vec<_>>()
    };
    assert_eq!(page("3|整治市场|市场监管局|10月底\n4|整治工地|市住建局|10月底").len(), 4);
    for other in [
        "单位|联络员|职务|电话\n市司法局|王芳|科长|13800000000\n市城管局|李强|主任|13900000000",
        "组别|组长|成员|分工\n第一组|张三|李四|市容\n第二组|王五|赵六|交通",
        "序号|检查项目|扣分标准|分值\n1|占道经营|每处扣1分|10\n2|乱停乱放|每处扣1分|10",
    ] {
        assert_eq!(page(other), ["整治市容", "整治交通"], "{other}");
    }
}
