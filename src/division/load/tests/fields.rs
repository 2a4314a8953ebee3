//! Fields, indicators, marks, extensions and exemptions.

use crate::basis::calendar::Deadline;
use crate::basis::calendar::window::end_of;
use crate::basis::settings::Settings;
use crate::basis::{TaskId, UnitId};
use crate::division::fixture::{division, findings, with};
use crate::division::{FieldType, Required, WaiverKind};
use crate::table::Lexicon;

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
fn fields_of_the_office_change_the_built_in_ones() {
    let division = division(
        "
        编号 | 任务 | 责任单位
        1    | 甲事 | 综合科
        === 台账字段
        字段   | 同义表头     | 类型 | 必填   | 取值       | 汇总方式
        装灯率 | 路灯安装率   | 百分比 | 是   |            |
        佐证材料 | 资料名称、备注 | 材料 | 完成时 |      | 去重
        工作任务 | 事由；组会/讨论内容 | | | |
        ",
    );
    let field = |heading: &str| division.fields.field(heading).map(|id| division.fields.spec(id).clone());
    let rate = field("路灯安装率").expect("known");
    assert_eq!((rate.name.as_str(), rate.kind, rate.required), ("装灯率", FieldType::Percent, Required::Always));
    let evidence = field("资料名称").expect("known");
    assert_eq!((evidence.name.as_str(), evidence.required), ("佐证材料", Required::WhenDone));
    for heading in ["事由", "组会/讨论内容", "讨论内容"] {
        assert_eq!(field(heading).map(|spec| spec.name).as_deref(), Some("工作任务"), "{heading}");
    }
}

#[test]
fn built_in_states_days_and_units_stay_what_they_are() {
    let division = division(
        "
        编号 | 任务 | 责任单位
        1    | 甲事 | 综合科
        === 台账字段
        字段     | 类型 | 必填 | 取值
        完成情况 | 选项 | 是   | 完成、推进中、零报告
        完成日期 | 文本 |      |
        责任单位 | 选项 |      |
        进展     | 选项 |      | 好、差
        ",
    );
    let field = |heading: &str| division.fields.field(heading).map(|id| division.fields.spec(id).clone());
    let kinds =
        ["完成情况", "完成日期", "责任单位", "进展"].map(|heading| field(heading).map(|spec| (spec.kind, spec.closed)));
    let expected =
        [(FieldType::Status, true), (FieldType::Date, false), (FieldType::Units, true), (FieldType::Choice, false)];
    assert_eq!(kinds, expected.map(Some));
    let state = field("完成情况").expect("known");
    assert_eq!((state.required, state.choices.len()), (Required::Always, 3));
    assert_eq!(findings(&division), ["P513 B4"], "a choice of nothing");
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
    let day = end_of(chrono::NaiveDate::from_ymd_opt(2014, 9, 20).expect("a day"));
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
        ("1 | 综合科 | 延期 | 9月20日 |", "1×1 Extension(2014-09-20T23:59:59)", ""),
        ("1 | 综合科 | 延期 | 9月底前 |", "1×1 Extension(2014-09-30T23:59:59)", ""),
        ("1 | 综合科 | 延期 | 2014年9月10日下午3点 |", "1×1 Extension(2014-09-10T15:00:00)", ""),
        ("1 | 综合科 | 延期 | 9月10日17:00前 |", "1×1 Extension(2014-09-10T17:00:00)", ""),
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
fn a_day_without_a_year_is_of_the_campaign() {
    let granted = |title: &str, window: &str, kind: &str, day: &str| {
        let drawing = format!(
            "{title}编号 | 任务 | 责任单位\n1 | 甲事 | 综合科\n=== 单位名录\n单位名称 | 停用日期\n综合科 |\n后勤中心 | {day}\n\
             === 延期豁免\n任务编号 | 单位 | 类型 | 截止日期\n1 | 综合科 | {kind} | {day}"
        );
        let settings = Settings { window: Some(window.into()), full_marks: 0.0, ..Settings::default() };
        let division = with(&drawing, &settings);
        let until = division.roster.units[1].until.expect("a day");
        (format!("{:?}", division.waivers[0].grant), until.to_string())
    };
    let titled = "2014年创建任务分工\n";
    for (title, window, day, extended, year) in [
        ("", "2014-10", "12月31日", "2014-12-31", "2014"),
        ("", "2014-10", "12.31", "2014-12-31", "2014"),
        ("", "2014-12", "1月10日", "2015-01-10", "2014"),
        ("", "2015-01", "12月31日", "2014-12-31", "2015"),
        ("", "2014-03", "9月30日", "2014-09-30", "2014"),
        ("", "2014-12", "2014年1月10日", "2014-01-10", "2014"),
        (titled, "2014-03", "12月31日", "2014-12-31", "2014"),
        (titled, "2014-11", "1月底前", "2015-01-31", "2014"),
        (titled, "2015-01", "12月31日", "2014-12-31", "2014"),
        (titled, "2015-02", "1月31日", "2015-01-31", "2014"),
        (titled, "2015-03", "9月30日", "2014-09-30", "2014"),
        (titled, "2014-06", "1月10日", "2014-01-10", "2014"),
    ] {
        let told = format!("{title}{window} {day}");
        assert_eq!(granted(title, window, "延期", day).0, format!("Extension({extended}T23:59:59)"), "{told}");
        let (grant, until) = granted(title, window, "豁免", day);
        let is_near = extended > "2015" && extended < "2015-02";
        let exempt = if is_near { "2015" } else { year };
        assert_eq!(grant, format!("Exemption(Some({exempt}{}))", &extended[4..]), "{told}");
        assert_eq!(until, format!("{year}{}", &extended[4..]), "{told}");
    }
}

#[test]
fn a_deadline_without_a_year_is_of_the_year_that_a_title_names_or_else_of_the_window() {
    let read = |title: &str, settings_title: &str, window: &str, text: &str| {
        let settings = Settings { window: Some(window.into()), title: settings_title.into(), ..Settings::default() };
        let drawing = format!("{title}编号 | 任务 | 责任单位 | 完成时限\n1 | 甲事 | 综合科 | {text}");
        match with(&drawing, &settings).tasks[0].whole.deadline {
            Deadline::By(at) => at.date().to_string(),
            Deadline::Phase(first, last) => format!("{first} {last}"),
            _ => String::new(),
        }
    };
    for (title, campaign, window, text, days) in [
        ("", "2014年创建工作台账", "2015-01", "年底前", "2014-12-31"),
        ("2014年创建任务分工\n", "2015年创建工作台账", "2015-01", "年底前", "2014-12-31"),
        ("", "创建工作台账", "2015-01", "年底前", "2015-12-31"),
        ("", "全国文明城市（2011年版测评体系）创建工作台账", "2014-08", "年底前", "2014-12-31"),
        ("", "全国文明城市（2014年版测评体系）创建工作台账", "2015-08", "年底前", "2015-12-31"),
        ("", "2012年标准达标工作台账", "2014-08", "年底前", "2014-12-31"),
        ("", "迎接2015年复审工作台账", "2014-09", "8月底前", "2014-08-31"),
        ("", "", "2015-01", "9-10月", "2015-09-01 2015-10-31"),
        ("", "", "2014-12", "11月—次年3月", "2014-11-01 2015-03-31"),
        ("", "", "2015-01", "11月—次年3月", "2014-11-01 2015-03-31"),
        ("", "", "2015-02", "12月至2月", "2014-12-01 2015-02-28"),
        ("", "", "2015-06", "11月—次年3月", "2015-11-01 2016-03-31"),
        ("", "", "2015-01", "2015年11月—次年3月", "2015-11-01 2016-03-31"),
        ("2015年创建任务分工\n", "", "2015-01", "11月—次年3月", "2015-11-01 2016-03-31"),
    ] {
        assert_eq!(read(title, campaign, window, text), days, "{title}{campaign} {window} {text}");
    }
}

#[test]
fn what_says_nothing_for_its_field_its_unit_or_its_task_is_told() {
    let division = division(
        "
        编号 | 任务 | 责任单位     | 签审
        1    | 甲事 | 综合科       | 酌情
        2    | 乙事 | 综合科       | ×
        3    | 丙事 | 综合科       | 否
        4    | 丁事 | 综合科       | 是
        === 单位名录
        单位名称 | 上级单位 | 别名
        综合科   | 后勤中心 |
        后勤中心 | 后勤中心 |
        财务科   | 计财科   | 计财科
        === 台账字段
        字段     | 类型 | 取值     | 汇总方式
        宣传方式 | 选项 |          |
        宣传阵地 | 选项 | 橱窗、屏 | 求和
        宣传内容 | 文本 |          | 计数
        宣传处数 | 整数 |          | 求和
        ",
    );
    assert_eq!(findings(&division), ["P513 D2", "P513 B3", "P513 B4", "P513 B2", "P513 D3"]);
    let parents: Vec<Option<u32>> = division.roster.units.iter().map(|unit| unit.parent.map(|id| id.0)).collect();
    assert_eq!(parents, [Some(1), None, None]);
    let signed: Vec<bool> = division.tasks.iter().map(|task| task.whole.sign_off).collect();
    assert_eq!(signed, [false, false, false, true]);
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
        财务科   | 0    | 2014年9月 | 2014年8月
                 | 12   | | 
        === 台账字段
        字段   | 类型   | 必填 | 汇总方式
        装灯率 | 比例数 | 可以 | 平均
        亮灯率 | 百分比 | 是   | 求和
               | 文本   |      |
        ",
    );
    assert_eq!(
        findings(&division),
        ["P513 B2", "P513 C3", "P513 B4", "P513 D4", "P513 B5", "P513 B2", "P513 C2", "P513 D2", "P513 A4:D4"]
    );
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
    assert_eq!(own, ["公益广告处数", "宣传形式", "巡查次数"], "数量 is one already");
    let asked = division.fields_asked(division.tasks.iter().map(|task| &task.whole));
    let asked: Vec<_> = asked.into_iter().map(|field| division.fields.spec(field).name.as_str()).collect();
    assert_eq!(asked, ["数量", "亮灯率", "公益广告处数", "宣传形式"], "counts need no column");
    assert_eq!(division.tasks[0].whole.indicators[2].tests()[0].measure.name(), "亮灯率");
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
    let read: Vec<usize> = division.tasks.iter().map(|task| task.whole.indicators.len()).collect();
    assert_eq!(read, [1, 1, 0]);
    assert_eq!(findings(&division), ["P506 D2"]);
    assert_eq!(division.findings.0[0].seen.as_deref(), Some("经常检查"));
}
