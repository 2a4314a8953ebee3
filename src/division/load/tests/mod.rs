//! Divisions as offices write them, and how they must be read.

mod fields;
mod further;
mod numbering;
mod rows;

use crate::basis::calendar::Deadline;
use crate::basis::calendar::window::end_of;
use crate::basis::settings::Settings;
use crate::division::WaiverKind;
use crate::division::fixture::{division, findings, owed, with};

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
fn units_with_the_sign_of_a_note_lead() {
    let drawing = |note: &str| {
        division(&format!(
            "编号 | 任务 | 责任单位\n1 | 甲事 | ★综合科、财务科\n2 | 乙事 | 财务科、综合科\n{note}\n=== 单位名录\n单位名称\n综合科\n★财务科"
        ))
    };
    let marked = drawing("注：标★的为牵头单位。");
    assert_eq!(owed(&marked), "1 甲事 | 综合科 财务科\n2 乙事 | 财务科 综合科");
    let leading: Vec<usize> = marked.tasks.iter().map(|task| task.lead_units.len()).collect();
    assert_eq!((leading, findings(&marked)), (vec![1, 0], vec![]));
    let plain = drawing("");
    assert_eq!((owed(&plain), findings(&plain)), (owed(&marked), vec![]));
    assert!(plain.tasks.iter().all(|task| task.lead_units.is_empty()));
}

#[test]
fn a_bracket_of_kinds_means_all_of_them() {
    let division = division(
        "
        编号 | 任务 | 责任单位
        1    | 甲事 | 各乡镇（街道）
        2    | 乙事 | 各乡镇（社区）
        === 单位名录
        单位名称 | 分组
        青山镇   | 各乡镇
        东城街道 | 各街道
        ",
    );
    assert_eq!(owed(&division), "1 甲事 | {青山镇} {东城街道}\n2 乙事 | {青山镇}");
    assert_eq!(findings(&division), ["P503 C3"]);
}

#[test]
fn persons_behind_their_units_owe_nothing() {
    for (heading, cells) in [
        ("责任单位及责任人", ["城管局（李四）", "综合科：张三、王五", "综合科 张三"]),
        ("责任单位/责任人", ["城管局、李四", "综合科（张三）、财务科（王小五）", "综合科\u{3000}张三"]),
    ] {
        let rows = cells.iter().enumerate().map(|(at, cell)| format!("{} | 任务{at} | {cell}", at + 1));
        let rows = rows.collect::<Vec<_>>().join("\n");
        let division = division(&format!("编号 | 任务 | {heading}\n{rows}"));
        let units: Vec<&str> = division.roster.units.iter().map(|unit| unit.name.as_str()).collect();
        let others = if heading.contains('/') {
            &["城管局", "综合科", "财务科"][..]
        } else {
            &["城管局", "综合科"]
        };
        assert_eq!(units, others, "{heading}");
    }
    let plain = division("编号 | 任务 | 责任单位\n1 | 甲事 | 综合科、高新区");
    assert_eq!(owed(&plain), "1 甲事 | 综合科 高新区");
}

#[test]
fn a_column_of_units_that_nobody_reads_is_told_where_no_task_has_any() {
    let told =
        |heading: &str| findings(&division(&format!("编号 | 任务 | {heading}\n1 | 甲事 | 综合科\n2 | 乙事 | 财务科")));
    assert_eq!(told("分管责任"), ["P513 C1", "P501 A2:C2", "P501 A3:C3"]);
    assert_eq!(told("责任单位 | 分管责任"), [""; 0]);
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
fn groups_that_are_called_like_a_column_are_no_heading() {
    let tasks = "编号 | 任务 | 责任单位\n1 | 甲事 | 甲科\n=== 单位名录\n";
    let units = |group: &str, heading: &str, cell: &str| {
        let rows: String = ["甲科", "乙站", "丙所", "丁队"].map(|unit| format!("{unit} | {group} | {cell}\n")).concat();
        let division = division(&format!("{tasks}单位名称 | 分组 | {heading}\n{rows}"));
        let group = division.roster.groups.values().next().map_or(0, Vec::len);
        (division.roster.units.len(), group)
    };
    for group in ["科室", "部门", "责任单位", "街道"] {
        for (heading, cell) in [("停用日期", ""), ("负责人 | 电话", "王建国 | 0123"), ("某某 | 某某时间", "甲 |")]
        {
            assert_eq!(units(group, heading, cell), (4, 4), "{group} beside {heading}");
        }
    }
    let mixed =
        "单位名称 | 分组 | 负责人 | 编制\n甲科 | 科室 | 王建国 | 3\n乙站 | 中心 | 李红 | 4\n丙科 | 科室 | 钱多 | 5\n";
    assert_eq!(division(&format!("{tasks}{mixed}")).roster.units.len(), 3);
}

#[test]
fn a_roster_of_names_alone_is_one() {
    let units = |roster: &str| {
        let division = division(&format!("编号 | 任务 | 责任单位\n1 | 甲事 | 各单位\n=== 单位名录\n{roster}"));
        assert!(!findings(&division).iter().any(|told| told.starts_with("P513")), "{roster}");
        division.roster.units.iter().map(|unit| unit.name.clone()).collect::<Vec<_>>()
    };
    let names = ["甲科", "乙站", "综合科"];
    for roster in [
        "单位名称\n甲科\n乙站\n综合科\n",
        "科室\n甲科\n乙站\n综合科\n",
        "某局单位名录\n单位\n甲科\n乙站\n\n综合科\n填表人：王建国\n",
        "单位名称 | 备注\n甲科 |\n乙站 | 新设\n综合科 |\n合计3个 |\n",
        "单位名称 | 人数\n甲科 | 3\n乙站 | 4\n综合科 | 7\n",
    ] {
        assert_eq!(units(roster), names, "{roster}");
    }
}

#[test]
fn a_roster_that_is_not_read_is_told() {
    let told = |roster: &str| {
        findings(&division(&format!("编号 | 任务 | 责任单位\n1 | 甲事 | 甲科\n{roster}")))
            .into_iter()
            .filter(|finding| finding.starts_with("P513"))
            .collect::<Vec<_>>()
    };
    for (roster, codes) in [
        ("=== 单位名录\n机构 | 组\n甲科 | 科室\n乙站 | 中心\n", &["P513 A1:B1"][..]),
        ("=== 单位名录\n机构\n甲科\n乙站\n", &["P513 A1"]),
        ("=== 单位名录\n单位名称 | 分组\n", &[]),
        ("=== 单位名录\n某局单位名录\n单位名称 | 分组\n说明：每个单位一行\n", &[]),
        ("=== 单位名录\n", &[]),
        (
            "=== 单位名录\n序号 | 单位名称 | 停用时刻 | 负责人 | 备注\n1 | 甲科 | 2014-06-30 | 王建国 | 略\n",
            &["P513 C1"],
        ),
        ("=== 单位名录\n单位名称 | 停用时刻\n甲科 |\n乙站 |\n", &[]),
    ] {
        assert_eq!(told(roster), codes, "{roster}");
    }
    let reason = |roster: &str| {
        let division = division(&format!("编号 | 任务 | 责任单位\n1 | 甲事 | 各科室\n{roster}"));
        let said = division.findings.0.iter().find(|finding| finding.kind.code == "P503").expect("P503");
        format!("{:?}", said.facts)
    };
    assert!(reason("").contains("本表没有单位名录"));
    assert!(reason("=== 单位名录\n机构 | 组\n甲科 | 科室\n").contains("没有这个分组"));
}

#[test]
fn times_are_dates_of_a_unit_too() {
    for (from, until) in [("起用时间", "停用时间"), ("启用时间", "撤销时间"), ("启用日期", "停用日期")]
    {
        let roster = format!("单位名称 | {from} | {until}\n甲科 | 2014年3月1日 | 2014年6月30日\n");
        let division = division(&format!("编号 | 任务 | 责任单位\n1 | 甲事 | 甲科\n=== 单位名录\n{roster}"));
        let unit = &division.roster.units[0];
        let day = |month, day| chrono::NaiveDate::from_ymd_opt(2014, month, day);
        assert_eq!((unit.from, unit.until), (day(3, 1), day(6, 30)), "{from} {until}");
    }
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
    assert_eq!(division.tasks[0].whole.place.sheet, Some(1));
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
fn words_for_roles_cover_their_clauses_with_and_without_a_roster() {
    let tasks = "
        编号 | 任务 | 责任单位
        1    | 甲事 | 教育局牵头，文旅局、团委、妇联配合
        2    | 乙事 | 教育局、文旅局、团委按职责分工负责
        3    | 丙事 | 教育局会同文旅局、团委
        4    | 丁事 | 文旅局、团委、妇联、教育局
        ";
    for roster in ["", "=== 单位名录\n单位名称\n教育局\n文旅局\n团委\n妇联"] {
        let division = division(&format!("{}\n{roster}", tasks.trim_end()));
        assert_eq!(
            owed(&division),
            "1 甲事 | 教育局\n2 乙事 | 教育局 文旅局 团委\n3 丙事 | 教育局\n4 丁事 | 文旅局 团委 妇联 教育局"
        );
        let counts = |task: usize| (division.tasks[task].lead_units.len(), division.tasks[task].supporting.len());
        assert_eq!([0, 1, 2, 3].map(counts), [(1, 3), (0, 0), (0, 2), (0, 0)]);
        assert_eq!((division.roster.units.len(), findings(&division)), (4, vec![]));
    }
}

#[test]
fn a_date_shown_without_its_day_means_the_whole_month_or_year() {
    let division = division(
        "
        编号 | 任务 | 责任单位 | 完成时限
        1    | 甲事 | 综合科   | @2014-09
        2    | 乙事 | 综合科   | 2014年9月
        3    | 丙事 | 综合科   | @2014
        4    | 丁事 | 综合科   | @2014-09-01
        === 单位名录
        单位名称 | 起用日期 | 停用日期
        综合科   | @2014-02 | @2014-09
        === 延期豁免
        任务编号 | 单位   | 类型 | 截止日期
        1        | 综合科 | 延期 | @2014-10
        ",
    );
    let read = |task: &crate::division::Task| match &task.whole.deadline {
        Deadline::By(at) => format!("{} {}", task.whole.deadline_text, at.date()),
        other => format!("{other:?}"),
    };
    let read: Vec<String> = division.tasks.iter().map(read).collect();
    assert_eq!(read, ["2014年9月 2014-09-30", "2014年9月 2014-09-30", "2014年 2014-12-31", "2014-09-01 2014-09-01"]);
    let day = |text: &str| text.parse::<chrono::NaiveDate>().ok();
    let unit = &division.roster.units[0];
    assert_eq!((unit.from, unit.until), (day("2014-02-01"), day("2014-09-30")));
    assert_eq!(
        Some(&division.waivers[0].grant),
        day("2014-10-31").map(|day| WaiverKind::Extension(end_of(day))).as_ref()
    );
    assert_eq!(findings(&division), [""; 0]);
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
