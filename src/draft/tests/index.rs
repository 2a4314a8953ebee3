//! Tasks by the codes of an index, with labels in 【】.

use super::{drafted, rows};

#[test]
fn codes_in_marks_number_the_tasks() {
    let plan = "【Ⅰ-1 公共环境】\n【Ⅱ-1-1】公共场所环境\n【责任单位】城管局、住建局\n【测评标准】（1）路面平整；（2）无乱扔杂物。\n\
                【工作要求】每季度自查一次。\n【Ⅱ-1-2】志愿服务\n【责任单位】文明办\n【测评标准】注册志愿者占13%";
    assert_eq!(rows(plan), ["公共场所环境|||城管局、住建局||", "志愿服务|||文明办||"]);
    let draft = drafted(plan);
    assert_eq!(
        (draft.rows[0].code.as_str(), draft.rows[0].cycle.as_str(), draft.rows[1].cycle.as_str(), draft.unused.len()),
        ("Ⅱ-1-1", "每季", "", 0)
    );
    assert_eq!(draft.rows[0].standard, "【测评标准】（1）路面平整；（2）无乱扔杂物。\n【工作要求】每季度自查一次。");
    assert_eq!(draft.rows[0].category, "公共环境");
}

#[test]
fn what_a_label_counts_stays_inside_before_its_units_too() {
    let plan = "【A1-1】价值观宣传\n【测评内容】①有景观小品；②有宣传栏。\n【责任单位】宣传部\n【A1-2】街巷环境【责任单位】城管局";
    assert_eq!(rows(plan), ["价值观宣传|||宣传部||", "街巷环境|||城管局||"]);
    let goes_on = "整改措施：1.清淤。（水利局负责）2.截污。（住建局负责）";
    assert_eq!(rows(goes_on).len(), 2);
}

#[test]
fn roman_numbers_say_how_deep_a_code_stands() {
    let plan = "Ⅰ-1政务环境\nⅡ-1干部学习\nⅢ-1）学习制度（责任单位：组织部）\n①有计划；\n②每季度学习1次。\nⅢ-2）学习活动（责任单位：机关工委）";
    assert_eq!(rows(plan), ["学习制度|||组织部||", "学习活动|||机关工委||"]);
    assert_eq!(drafted(plan).rows[0].category, "干部学习");
    let beside = "Ⅰ-1政务环境（责任单位：组织部）\nⅡ-1公共环境（责任单位：城管局）";
    assert_eq!(rows(beside), ["政务环境|||组织部||", "公共环境|||城管局||"]);
}

#[test]
fn an_annex_begins_anew() {
    let plan =
        "1.完善设施。责任科室：环卫科\n2.规范秩序。责任科室：市容科\n附件1：管护标准\n地面无积水。（责任单位：环卫处）";
    assert_eq!(rows(plan), ["完善设施||环卫科|||", "规范秩序||市容科|||", "地面无积水|||环卫处|| ?"]);
}

#[test]
fn a_list_below_a_label_is_part_of_its_code() {
    let plan = "【Ⅱ-4】文明交通\n【测评内容】\n1.礼让行人\n2.不逆行\n【测评标准】达标率90%\n【责任部门】交警队\n【Ⅱ-5】文明餐饮\n\
                【测评内容】\n1.公筷公勺\n2.节约标识\n【责任部门】商务局";
    assert_eq!(rows(plan), ["文明交通|||交警队||", "文明餐饮|||商务局||"]);
}
