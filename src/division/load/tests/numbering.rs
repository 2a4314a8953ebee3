//! Codes, categories and rows of tasks.

use crate::division::fixture::{division, findings, owed};

#[test]
fn numbers_that_restart_count_under_their_category() {
    let division = division(
        "
        某局创建工作任务分工 | < | < | <
        类别     | 序号 | 工作任务     | 责任单位
        公益广告 | 1    | 整治广告内容 | 综合科、管理一科，后勤中心。
        ^        | 2    | 清理附着广告 | 综合科；管理二科
        责任目标 | 1    | 全民节约行动 | 节能科
        ^        | 2    | 身边好人     | 人事科⏎工会
        ",
    );
    assert_eq!(
        owed(&division),
        "1-1 整治广告内容 | 综合科 管理一科 后勤中心\n1-2 清理附着广告 | 综合科 管理二科\n\
         2-1 全民节约行动 | 节能科\n2-2 身边好人 | 人事科 工会"
    );
    assert_eq!(division.tasks[1].category, "公益广告");
    assert_eq!(findings(&division), [""; 0]);
}

#[test]
fn numbers_that_go_on_keep_their_own_text() {
    let division = division(
        "
        任务类别 | 编号 | 任务 | 责任部门
        甲       | 1    | 一事 | 综合科
                 | 2、  | 二事 | 综合科
        乙       | 3    | 三事 | 综合科
        丙       | Ⅱ-1-1)-① | 四事 | 综合科
        ",
    );
    let codes: Vec<&str> = division.tasks.iter().map(|task| task.code.as_str()).collect();
    assert_eq!(codes, ["1", "2", "3", "Ⅱ-1-1)-①"]);
    assert_eq!(division.tasks[1].category, "甲");
    assert_eq!(division.tasks[3].code_key, "2-1-1-1");
}

#[test]
fn section_rows_are_categories_and_their_jumps_are_seen() {
    let division = division(
        "
        序号 | 工作任务 | 责任单位
        一、宣传工作
        1    | 宣传栏   | 宣传科
        四、环境整治
        1    | 清扫     | 后勤科
        六、督查
        2    | 通报     | 督查科
        ",
    );
    let codes: Vec<&str> = division.tasks.iter().map(|task| task.code.as_str()).collect();
    assert_eq!(codes, ["1-1", "2-1", "3-2"]);
    assert_eq!(findings(&division), ["P510 A4", "P510 A6", "P510 A7"]);
}

#[test]
fn a_task_over_several_rows_gathers_its_units() {
    let division = division(
        "
        编号 | 工作任务 | 责任单位 | 佐证材料
        1    | 全面禁烟 | 综合科   | 照片
        ^    | ^        | 后勤中心 | ^
             |          | 餐厅     |
        2    | 环境整治 | 综合科   | 小结
        2    | 环境整治 | 后勤中心 | 小结
        ",
    );
    assert_eq!(owed(&division), "1 全面禁烟 | 综合科 后勤中心 餐厅\n2 环境整治 | 综合科 后勤中心");
    assert_eq!(division.tasks[0].whole.evidence, ["照片"]);
    assert_eq!(findings(&division), [""; 0]);
}

#[test]
fn one_code_for_two_tasks_is_an_error() {
    let division = division(
        "
        编号 | 工作任务 | 责任单位
        3    | 清理广告 | 综合科
        1    | 全面禁烟 | 综合科
        2    | 节约用水 | 综合科
        3    | 志愿服务 | 综合科
        ",
    );
    assert_eq!(findings(&division), ["P504 A5"]);
    assert_eq!(division.tasks.len(), 4);
}

#[test]
fn rows_that_only_count_are_no_tasks() {
    let division = division(
        "
        序号 | 任务 | 责任单位 | 完成时限
        1    | 甲事 | 综合科   | 9月底
        2    | 乙事 | 同上     | 〃
        3    |      |          |
        4    |      |          |
        ",
    );
    assert_eq!(owed(&division), "1 甲事 | 综合科\n2 乙事 | 综合科");
    assert_eq!(division.tasks[1].whole.deadline, division.tasks[0].whole.deadline);
    assert_eq!(findings(&division), [""; 0]);
}

#[test]
fn a_serial_number_beside_codes_only_counts() {
    let division = division(
        "
        序号 | 指标编号 | 任务 | 责任单位
        1    | 1.8      | 甲事 | 综合科
        2    | 1.9      | 乙事 | 综合科
        3    | 1.1      | 丙事 | 综合科
        4    | 1.11     | 丁事 | 综合科
        5    |          | 戊事 | 综合科
        ",
    );
    let codes: Vec<&str> = division.tasks.iter().map(|task| task.code.as_str()).collect();
    assert_eq!(codes, ["1.8", "1.9", "1.10", "1.11", "第6行"]);
}

#[test]
fn of_two_columns_of_tasks_the_finer_is_the_task() {
    let division = division(
        "
        序号 | 重点工作 | 具体措施   | 责任单位
        1    | 公益广告 | 整治内容   | 综合科
        ^    | ^        | 清理旧广告 | 后勤中心
        2    | 环境卫生 | 每日清扫   | 后勤中心
        ",
    );
    assert_eq!(owed(&division), "1-1 整治内容 | 综合科\n1-2 清理旧广告 | 后勤中心\n2 每日清扫 | 后勤中心");
    assert_eq!(division.tasks[1].category, "公益广告");
    assert_eq!(findings(&division), [""; 0]);
}

#[test]
fn numbers_may_restart_under_the_second_level() {
    let division = division(
        "
        一级指标 | 二级指标 | 序号 | 测评内容 | 责任单位
        思想道德 | 宣传     | 1    | 甲事     | 综合科
        ^        | ^        | 2    | 乙事     | 综合科
        ^        | 教育     | 1    | 丙事     | 综合科
        环境     | 卫生     | 1    | 丁事     | 综合科
        ",
    );
    let codes: Vec<&str> = division.tasks.iter().map(|task| task.code.as_str()).collect();
    assert_eq!(codes, ["1-1", "1-2", "2-1", "3-1"]);
}

#[test]
fn without_codes_a_row_for_each_unit_is_one_task() {
    let division = division("任务 | 责任单位\n清理广告 | 综合科\n清理广告 | 后勤中心\n全面禁烟 | 工会");
    assert_eq!(owed(&division), "1 清理广告 | 综合科 后勤中心\n2 全面禁烟 | 工会");
}
