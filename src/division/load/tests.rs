//! Divisions as offices write them, and how they must be read.

use crate::basis::settings::Settings;
use crate::basis::{TaskId, UnitId};
use crate::division::fixture::{division, findings, owed, with};
use crate::division::{FieldType, Required, WaiverKind};
use crate::table::Lexicon;

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
    assert_eq!(division.tasks[0].evidence, ["照片"]);
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
fn lead_and_responsible_units_owe_and_supporting_ones_do_not() {
    let drawing = "
        编号 | 任务 | 责任科室 | 责任单位 | 配合单位
        1    | 甲事 | 办公室   | 造价站、综合科 | 工会
        2    | 乙事 |          | 造价站、综合科 |
        ";
    let plain = division(drawing);
    assert_eq!(owed(&plain), "1 甲事 | 办公室 造价站 综合科\n2 乙事 | 造价站 综合科");
    assert_eq!((plain.tasks[0].lead_units.len(), plain.tasks[1].lead_units.len()), (1, 0));
    assert_eq!(plain.unit(plain.tasks[0].supporting[0]).name, "工会");
    let leading = with(drawing, &Settings { lead_is_first_unit: true, ..Settings::default() });
    assert_eq!(leading.unit(leading.tasks[0].lead_units[0]).name, "办公室");
    assert_eq!(leading.unit(leading.tasks[1].lead_units[0]).name, "造价站");
}

#[test]
fn collective_names_expand_through_the_roster() {
    let division = division(
        "
        编号 | 任务 | 责任单位
        1    | 甲事 | 综合科、各街道
        2    | 乙事 | 委属各单位
        3    | 丙事 | 各相关单位
        4    | 丁事 | 局办、督查室
        === 单位名录
        单位名称 | 别名 | 分组 | 人数 | 停用日期
        综合科   |      |      | 12   |
        办公室   | 局办 |      | 8人  |
        东街街道 |      | 街道、委属单位 | | @2014-06-30
        西街街道 |      | 街道 |      |
        ",
    );
    assert_eq!(
        owed(&division),
        "1 甲事 | 综合科 {东街街道} {西街街道}\n2 乙事 | {东街街道}\n3 丙事 | \n4 丁事 | 办公室 督查室"
    );
    assert_eq!(findings(&division), ["P501 C4", "P503 C4", "P502 C5", "P511 C5"]);
    assert_eq!(division.roster.units[1].headcount, Some(8.0));
    assert!(!division.roster.units[2].in_use(chrono::NaiveDate::from_ymd_opt(2014, 7, 1).expect("a day")));
}

#[test]
fn what_is_still_to_be_filled_in_names_nobody() {
    let division = division(
        "
        编号 | 任务 | 责任单位 | 完成时限 | 报送周期
        1    | 甲事 | ××局     | __月底前 | 每月
        2    | 乙事 |          | 9月底    | 不定期
        3    | 丙事 | 综合科   | 尽快     | 每季度
        4    | 丁事 | 综合科   | 长期     |
        ",
    );
    assert_eq!(findings(&division), ["P501 C2", "P509 C2", "P509 D2", "P501 C3", "P505 E3", "P508 D4"]);
}

#[test]
fn marks_are_totalled() {
    let drawing = "
        编号 | 任务 | 责任单位 | 分值
        1    | 甲事 | 综合科   | 39.7
        2    | 乙事 | 综合科   | 46.3分
        3    | 丙事 | 综合科   | 20
        4    | 丁事 | 综合科   | ^
        ";
    let sum = |full_marks| findings(&with(drawing, &Settings { full_marks, ..Settings::default() }));
    assert_eq!(sum(100.0), ["P507 D2:D5"]);
    assert_eq!(sum(106.0), [""; 0]);
    assert_eq!(sum(0.0), [""; 0]);
}

#[test]
fn a_division_without_tasks_says_so() {
    assert_eq!(findings(&division("=== 说明\n请填写")), ["P512 -"]);
    assert_eq!(findings(&division("编号 | 任务 | 责任单位")), ["P512 -"]);
}

#[test]
fn the_sheet_of_tasks_may_bear_any_name() {
    let division = division(
        "
        === 封面
        某市创建工作
        === Sheet2
        编号 | 任务 | 责任单位
        1    | 甲事 | 综合科
        === 参数
        名称 | 值
        满分 | 106
        ",
    );
    assert_eq!(owed(&division), "1 甲事 | 综合科");
    assert_eq!(division.tasks[0].place.sheet, Some(1));
}

#[test]
fn names_near_each_other_are_pointed_out() {
    let division = division(
        "
        编号 | 任务 | 责任单位
        1    | 甲事 | 办公室、综合科
        2    | 乙事 | 局办
        3    | 丙事 | 管理一科、管理二科
        ",
    );
    assert_eq!(findings(&division), ["P511 C3"]);
}

#[test]
fn fields_of_the_office_change_the_built_in_ones() {
    let division = division(
        "
        编号 | 任务 | 责任单位
        1    | 甲事 | 综合科
        === 台账字段
        字段   | 同义表头     | 类型 | 必填   | 取值       | 汇总方式
        装灯率 | 路灯安装率   | 百分比 | 是   |            |
        佐证材料 | 资料名称、备注 | 材料 | 完成时 |      | 去重
        ",
    );
    let field = |heading: &str| division.fields.field(heading).map(|id| division.fields.spec(id).clone());
    let rate = field("路灯安装率").expect("known");
    assert_eq!((rate.name.as_str(), rate.kind, rate.required), ("装灯率", FieldType::Percent, Required::Always));
    let evidence = field("资料名称").expect("known");
    assert_eq!((evidence.name.as_str(), evidence.required), ("佐证材料", Required::WhenDone));
}

#[test]
fn what_was_granted_is_known() {
    let division = division(
        "
        编号 | 任务 | 责任单位
        1    | 甲事 | 综合科、后勤中心
        2    | 乙事 | 综合科
        === 延期豁免
        任务编号 | 单位     | 类型 | 截止日期    | 原因
        1        | 后勤中心 | 延期 | @2014-09-20 | 设备未到
        2        | 综合科   | 豁免 |             | 职能已划出
        9        | 综合科   | 豁免 |             | 没有这项任务
        ",
    );
    assert_eq!(findings(&division), ["P513 A4"], "the third line grants nothing");
    let day = chrono::NaiveDate::from_ymd_opt(2014, 9, 20).expect("a day");
    let grants: Vec<WaiverKind> = division.waivers.iter().map(|waiver| waiver.grant).collect();
    assert_eq!(grants, [WaiverKind::Extension(day), WaiverKind::Exemption(None)]);
    assert!(division.waivers[0].covers(TaskId(0), UnitId(1)) && !division.waivers[0].covers(TaskId(0), UnitId(0)));
}

#[test]
fn what_is_not_understood_of_a_grant_is_told_and_has_no_effect() {
    let granted = |line: &str| {
        let division = division(&format!(
            "编号 | 任务 | 责任单位\n1 | 甲事 | 综合科、后勤中心\n2 | 乙事 | 综合科\n=== 延期豁免\n任务编号 | 单位 | 类型 | 截止日期 | 原因\n{line}"
        ));
        let waivers: Vec<String> =
            division.waivers.iter().map(|w| format!("{}×{} {:?}", w.tasks.len(), w.units.len(), w.grant)).collect();
        assert_eq!(division.roster.units.len(), 2, "a grant makes no unit");
        let told: Vec<String> = findings(&division).into_iter().filter(|told| told.starts_with("P513")).collect();
        (waivers.join(" "), told.join(" "))
    };
    for (line, waivers, told) in [
        ("1 | 综合科 | 延期 | 9月20日 |", "1×1 Extension(2014-09-20)", ""),
        ("1 | 综合科 | 延期 | 9月底前 |", "1×1 Extension(2014-09-30)", ""),
        ("1 | 综合科 | 豁免 | | 职能已划出", "1×1 Exemption(None)", ""),
        ("1 | | 豁免 | 2014年9月 |", "1×0 Exemption(Some(2014-09-30))", ""),
        ("全部 | 综合科 | 豁免 | |", "0×1 Exemption(None)", ""),
        ("1、2 | 综合科 | 豁免 | |", "2×1 Exemption(None)", ""),
        ("1、9 | 综合科 | 豁免 | |", "1×1 Exemption(None)", "P513 A2"),
        ("9 | 综合科 | 豁免 | |", "", "P513 A2"),
        ("1 | 督查室 | 豁免 | |", "", "P513 B2"),
        ("1 | 综合科 | | 9月20日 | 设备未到", "", "P513 C2"),
        ("1 | 综合科 | 缓报 | 9月20日 |", "", "P513 C2"),
        ("1 | 综合科 | 延期 | 尽快 |", "", "P513 D2"),
        ("1 | 综合科 | 豁免 | 长期 |", "", "P513 D2"),
        ("1 | 综合科 | 延期 | |", "", "P513 A2:E2"),
        (" | | 豁免 | | 没有写明", "", "P513 A2:E2"),
        ("全部 | 全部 | 豁免 | |", "", "P513 A2:E2"),
    ] {
        assert_eq!(granted(line), (waivers.to_owned(), told.to_owned()), "{line}");
    }
}

#[test]
fn words_of_fields_and_the_roster_that_are_not_known_are_told() {
    let division = division(
        "
        编号 | 任务 | 责任单位
        1    | 甲事 | 综合科
        === 单位名录
        单位名称 | 人数 | 起用日期 | 停用日期
        综合科   | 约10 | 2014年3月 | 2014.8.31
        后勤中心 | 8人  | 近期 | —
        === 台账字段
        字段   | 类型   | 必填 | 汇总方式
        装灯率 | 比例数 | 可以 | 平均
        亮灯率 | 百分比 | 是   | 求和
               | 文本   |      |
        ",
    );
    assert_eq!(findings(&division), ["P513 B2", "P513 C3", "P513 B2", "P513 C2", "P513 D2", "P513 A4:D4"]);
    let unit = &division.roster.units[0];
    let days = (unit.from.map(|day| day.to_string()), unit.until.map(|day| day.to_string()));
    assert_eq!(days, (Some("2014-03-01".into()), Some("2014-08-31".into())));
}

#[test]
fn a_name_of_an_indicator_that_is_no_field_becomes_one() {
    let division = division(
        "
        编号 | 任务 | 责任单位 | 考核指标
        1    | 甲事 | 综合科   | 公益广告处数≥5；宣传形式≥3种；95%
        2    | 乙事 | 综合科   | 巡查次数≥3/周；数量≥2；公益广告处数≥1
        === 台账字段
        字段   | 类型
        亮灯率 | 百分比
        ",
    );
    assert_eq!(findings(&division), [""; 0]);
    let own: Vec<_> =
        division.fields.fields.iter().filter(|spec| spec.of_indicator).map(|spec| spec.name.as_str()).collect();
    assert_eq!(own, ["公益广告处数", "宣传形式"], "counts need no column, 数量 is one");
    assert_eq!(division.tasks[0].indicators[2].tests()[0].measure.name(), "亮灯率");
}

#[test]
fn indicators_are_read_and_the_unreadable_told() {
    let division = division(
        "
        编号 | 任务 | 责任单位 | 考核指标
        1    | 甲事 | 综合科   | 次数≥4/年；经常检查
        2    | 乙事 | 综合科   | 每周五
        3    | 丙事 | 综合科   | /
        ",
    );
    let read: Vec<usize> = division.tasks.iter().map(|task| task.indicators.len()).collect();
    assert_eq!(read, [1, 1, 0]);
    assert_eq!(findings(&division), ["P506 D2"]);
    assert_eq!(division.findings.0[0].seen.as_deref(), Some("经常检查"));
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
    assert_eq!(division.tasks[1].deadline, division.tasks[0].deadline);
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

#[test]
fn roles_said_in_one_cell_are_kept_apart() {
    let division = division(
        "
        编号 | 任务 | 责任单位
        1    | 甲事 | 牵头单位：综合科⏎配合单位：工会、后勤中心
        2    | 乙事 | 后勤中心、工会（配合）
        ",
    );
    assert_eq!(owed(&division), "1 甲事 | 综合科\n2 乙事 | 后勤中心");
    assert_eq!((division.tasks[0].lead_units.len(), division.tasks[0].supporting.len()), (1, 2));
}

#[test]
fn a_division_of_any_shape_is_read_without_panic() {
    let cells = [
        "编号", "任务", "责任单位", "类别", "分值", "1", "2", "一、甲", "综合科", "各科室", "__", "^", "<", "", "同上",
        "=", "#N/A", "@2014-01-03", "12%", "3、", "牵头：", "（", "等", "次数≥", "合计", "任务编号", "工作任务",
    ];
    let mut seed = 11usize;
    let mut next = |bound: usize| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (seed >> 33) % bound
    };
    for _ in 0..150 {
        let mut drawing = String::new();
        for sheet in ["", "=== 单位名录\n单位名称 | 别名 | 分组 | 上级单位\n", "=== 延期豁免\n任务 | 单位 | 至\n"]
        {
            drawing.push_str(sheet);
            for row in 0..8 {
                let mut line = String::from("编号 | 任务 | 责任单位 | 类别");
                if row > 0 {
                    let cell = |next: &mut dyn FnMut(usize) -> usize, col: usize| {
                        let cell = cells[next(cells.len())];
                        if col == 0 && cell == "<" { "" } else { cell }
                    };
                    line = (0..5).map(|col| cell(&mut next, col)).collect::<Vec<_>>().join(" | ");
                }
                drawing.push_str(&line);
                drawing.push('\n');
            }
        }
        let division = division(&drawing);
        for task in &division.tasks {
            assert!(task.units.iter().all(|unit| (unit.0 as usize) < division.roster.units.len()));
        }
    }
}
