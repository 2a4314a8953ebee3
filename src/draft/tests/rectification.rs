//! Lists of faults and how they are mended.

use super::{drafted, rows};

#[test]
fn labels_may_carry_numbers() {
    let plan = "一、水质波动\n1.整改目标：稳定达标。\n2.整改措施：排查排口；每月会商。\n3.责任单位：环境局、水务局\n4.整改时限：12月31日\n\
                二、噪声扰民\n1.整改目标：投诉下降。\n2.责任单位：公安局；配合单位：城管局\n3.整改时限：长期坚持";
    assert_eq!(rows(plan), ["水质波动|||环境局、水务局||12月31日", "噪声扰民|||公安局|城管局|长期坚持"]);
    assert_eq!(drafted(plan).unused.len(), 0);
}

#[test]
fn persons_stand_behind_their_units() {
    let plan = "隐患1：通道堵塞\n责任单位及责任人：云山商场 王某\n整改期限：3月20日\n隐患2：违规充电\n责任单位及责任人：各街道 张某\n整改期限：6月底";
    assert_eq!(rows(plan), ["通道堵塞|王某||云山商场||3月20日", "违规充电|张某||各街道||6月底"]);
}

#[test]
fn under_a_heading_of_no_tasks_only_the_named_paragraph_is_one() {
    let plan = "一、任务\n1.清扫街巷。（责任单位：城管局）\n三、保障措施\n成立领导小组。\n加强督查，每月一次。（责任单位：办公室）";
    assert_eq!(rows(plan), ["清扫街巷|||城管局||", "加强督查，每月一次|||办公室|| ?"]);
    let unused: Vec<String> = drafted(plan).unused.iter().map(|one| one.text.clone()).collect();
    assert_eq!(unused, ["三、保障措施", "成立领导小组。"]);
}

#[test]
fn a_rule_for_all_items_below_is_said_and_no_unit() {
    let plan =
        "1.降噪。（住建局牵头，各区政府落实。以下均需各区政府落实，不再列出）\n2.宣传。（文明办负责，每周不少于1次）";
    assert_eq!(rows(plan), ["降噪||住建局|各区政府|| ?", "宣传|||文明办||"]);
    assert_eq!(drafted(plan).rows[1].cycle, "每周");
}

#[test]
fn lists_without_numbers_are_told_by_their_regular_lines() {
    let plan = "整治清单\n序号：1\n突出问题：采购不公开\n整治措施：公示信息\n责任单位及责任人：教育局、王某\n整治时限：9月\n序号：2\n\
                突出问题：过度检查\n整治措施：专项检查\n责任单位：卫健局\n整治时限：12月";
    assert_eq!(rows(plan), ["突出问题：采购不公开|王某||教育局||9月", "突出问题：过度检查|||卫健局||12月"]);
    let regular = "测评项目：环境\n测评指标：街巷\n测评要求：路面硬化。\n牵头单位：城管局\n测评指标：工地\n测评要求：围挡达标。\n牵头单位：住建局\n\
                 测评指标：市场\n测评要求：划行归市。\n牵头单位：商务局";
    assert_eq!(rows(regular), ["测评指标：街巷||城管局|||", "测评指标：工地||住建局|||", "测评指标：市场||商务局|||"]);
    assert_eq!(drafted(regular).unused[0].text, "测评项目：环境");
}

#[test]
fn who_only_looks_on_is_no_unit() {
    let plan = "1.规范热线。（各省级政府负责；国务院办公厅督促指导）\n2.保障用地。（自然资源部负责）";
    assert_eq!(rows(plan), ["规范热线|||各省级政府|| ?", "保障用地|||自然资源部||"]);
}
