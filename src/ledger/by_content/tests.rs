use super::*;
use crate::ledger::fixture::file;

/// The columns of the first ledger of a drawing with the names of their fields.
pub(in crate::ledger) fn columns(drawing: &str) -> Vec<String> {
    let (division, reading) = file("综合科.xlsx", drawing);
    let columns = reading.ledgers.first().map(|ledger| ledger.columns.as_slice()).unwrap_or_default();
    let field = |field: Option<FieldId>| field.map_or("-", |field| division.fields.spec(field).name.as_str());
    columns.iter().map(|column| format!("{} {}", column.heading, field(column.field))).collect()
}

pub(in crate::ledger) const TASKS: [&str; 5] = [
    "整治所辖楼宇和广场的广告牌，按比例投放公益广告",
    "清理楼宇内外附着广告，墙面不贴告示",
    "开展俭以养德全民节约行动，宣传节粮、节水、节电",
    "开展道德讲堂，学习宣传道德模范和身边好人",
    "组织志愿服务",
];

#[test]
fn a_column_of_tasks_counts_before_one_that_is_only_called_so() {
    let rows = TASKS.map(|task| format!("{task} | 更换井盖 | 已完成\n")).concat();
    assert_eq!(
        columns(&format!("工作内容 | 工作任务 | 完成情况\n{rows}")),
        ["工作内容 工作任务", "工作任务 -", "完成情况 完成情况"]
    );
    let rows = TASKS.map(|task| format!("更换井盖 | {task} | 已完成\n")).concat();
    assert_eq!(columns(&format!("工作内容 | 工作任务 | 完成情况\n{rows}"))[1], "工作任务 工作任务");
}

#[test]
fn a_heading_of_another_field_gives_way_where_every_cell_is_a_task() {
    let drawing = |heading: &str, last: &str| {
        let rows: Vec<String> = TASKS[..3].iter().map(|task| format!("子某 | {task} | 已完成\n")).collect();
        format!("存在问题 | {heading} | 完成情况\n{}丑某 | {last} | 已完成\n", rows.concat())
    };
    for heading in ["整改措施", "整改要求", "下步措施", "改进措施"] {
        assert_eq!(columns(&drawing(heading, TASKS[4]))[1], format!("{heading} 工作任务"));
    }
    assert_eq!(columns(&drawing("整改措施", "加强巡查")), [""; 0], "not every cell");
    let coded = format!("'1-1 | {} | 已完成\n'1-2 | {} | 已完成\n", TASKS[0], TASKS[1]);
    assert_eq!(columns(&format!("任务编号 | 整改措施 | 完成情况\n{coded}"))[1], "整改措施 整改措施");
}

#[test]
fn plan_and_fact_stand_in_groups_of_their_own() {
    let heading = |plan: &str, fact: &str, first: &str, last: &str| {
        let lower = format!("^ | {first} | {last} | {first} | {last} | ^");
        let row = format!("{} | 8月1日 | 8月20日 | 8月3日 | 8月12日 | 已完成", TASKS[0]);
        let found = columns(&format!("工作任务 | {plan} | < | {fact} | < | 完成情况\n{lower}\n{row}\n"));
        found[1..5].iter().map(|column| column.rsplit(' ').next().unwrap_or_default().to_owned()).collect::<Vec<_>>()
    };
    for (plan, fact, first, last) in [
        ("计划时间", "实际时间", "开始", "结束"),
        ("计划", "实际", "开始时间", "完成时间"),
        ("预计时间", "实际时间", "起", "止"),
        ("时间安排", "实际进度", "启动时间", "结束时间"),
    ] {
        assert_eq!(heading(plan, fact, first, last), ["-", "完成时限", "-", "完成日期"], "{plan} {first} {last}");
    }
    let plan =
        format!("工作任务 | 计划时间 | < | 完成情况\n^ | 开始 | 结束 | ^\n{} | 8月1日 | 8月20日 | 已完成\n", TASKS[0]);
    assert_eq!(
        columns(&plan)[1..3],
        ["计划时间/开始 -", "计划时间/结束 完成时限"],
        "no day of a plan is that of the work"
    );
    let span = format!("工作任务 | 活动时间 | <\n^ | 开始 | 结束\n{} | 8月1日 | 8月2日\n", TASKS[0]);
    assert_eq!(columns(&span)[1..], ["活动时间（开始、结束） 日期"]);
}

#[test]
fn three_of_five_cells_make_a_column_of_tasks() {
    let drawing = |tasks: usize| {
        let others = ["修理食堂冰箱", "清洗空调", "更换门禁卡", "采购办公用品"];
        let cells = TASKS.iter().take(tasks).chain(others.iter().take(5 - tasks));
        let rows: Vec<String> = cells.map(|cell| format!("{cell} | 已完成 | 8月1日 | 好\n")).collect();
        format!("事由 | 完成情况 | 日期 | 备注\n{}", rows.concat())
    };
    assert_eq!(columns(&drawing(3))[0], "事由 工作任务");
    assert!(!columns(&drawing(2)).contains(&"事由 工作任务".to_owned()));
}

#[test]
fn beside_codes_what_is_only_like_tasks_is_none() {
    let rows = |code: bool| {
        let alike = ["整治楼宇和广场的广告牌，按比例投放公益广告", "清理楼宇内外的附着广告，墙面不贴告示"];
        let cells = alike.iter().enumerate();
        let cell = |(at, text): (usize, &&str)| {
            if code {
                format!("'1-{} | {text} | 已完成 | 8月1日\n", at + 1)
            } else {
                format!("{text} | 已完成 | 8月1日\n")
            }
        };
        cells.map(cell).collect::<String>()
    };
    let with_codes = format!("任务编号 | 事由 | 完成情况 | 日期\n{}", rows(true));
    assert_eq!(columns(&with_codes)[..2], ["任务编号 任务编号", "事由 -"]);
    let alone = format!("事由 | 完成情况 | 日期\n{}", rows(false));
    assert_eq!(columns(&alone)[0], "事由 工作任务");
}

#[test]
fn four_of_five_cells_make_a_column_of_units() {
    let drawing = |units: usize| {
        let cells = ["综合科", "管理一科", "后勤中心", "综合科", "管理一科"];
        let others = ["三楼", "四楼", "五楼", "六楼", "七楼"];
        let rows: Vec<String> = (0..5)
            .map(|at| format!("{} | {} | 已完成\n", TASKS[at], if at < units { cells[at] } else { others[at] }))
            .collect();
        format!("工作任务 | 去处 | 完成情况\n{}", rows.concat())
    };
    assert_eq!(columns(&drawing(4))[1], "去处 责任单位");
    assert_eq!(columns(&drawing(3))[1], "去处 -");
}

/// The field of the column 某列 with these cells, one a row, beside a column of tasks or without one.
fn field_of(cells: &[&str], with_tasks: bool) -> String {
    let row = |(at, cell): (usize, &&str)| {
        let task = if with_tasks { TASKS[at % TASKS.len()] } else { "子某" };
        format!("{task} | {cell} | 丑某 | 寅某\n")
    };
    let rows: String = cells.iter().enumerate().map(row).collect();
    let first = if with_tasks { "工作任务" } else { "联系电话" };
    let columns = columns(&format!("{first} | 某列 | 备注 | 责任人\n{rows}"));
    columns.iter().find_map(|column| column.strip_prefix("某列 ")).unwrap_or("no ledger").to_owned()
}

#[test]
fn tasks_are_told_by_three_fifths_of_the_cells() {
    let other = "更换路边井盖";
    assert_eq!(field_of(&[TASKS[0], TASKS[1], TASKS[2], other, other], false), "工作任务");
    assert_eq!(field_of(&[TASKS[0], TASKS[1], other, other, other], false), "no ledger");
    assert_eq!(field_of(&[TASKS[0], TASKS[1], TASKS[2]], true), "-", "where there is a column of tasks already");
    let alike = [
        "整治所辖楼宇的广告牌，按比例投放公益广告",
        "清理楼宇内外的附着广告，墙面不贴告示",
        "开展道德讲堂，学习道德模范和身边好人",
    ];
    assert_eq!(field_of(&[alike[0], alike[1], alike[2], other, other], false), "工作任务");
    assert_eq!(field_of(&[alike[0], alike[1], other, other, other], false), "no ledger");
}

#[test]
fn codes_units_and_states_are_told_by_four_fifths() {
    let of = |good: &str, bad: &str, count: usize| {
        let cells: Vec<&str> = (0..5).map(|at| if at < count { good } else { bad }).collect();
        field_of(&cells, true)
    };
    for (good, bad, field) in [
        ("'1-1", "子", "任务编号"),
        ("'1-1", "'9-9", "任务编号"),
        ("综合科", "某公司", "责任单位"),
        ("综合科", "待定", "责任单位"),
        ("已完成", "某说", "完成情况"),
        ("8月5日", "某日子", "日期"),
    ] {
        assert_eq!((of(good, bad, 4).as_str(), of(good, bad, 3).as_str()), (field, "-"), "{good} {bad}");
    }
    assert_eq!(of("是", "", 5), "-", "a word that may mean anything");
    assert_eq!((of("√", "", 5), of("9月底前完成", "", 5)), ("完成情况".into(), "完成情况".into()));
}

/// The field of the column 某列 beside the tasks and states of a ledger of its own division.
fn field_beside(cells: &[&str], states: &[&str]) -> String {
    let division = crate::division::fixture::division(
        "任务编号 | 任务类别 | 工作任务 | 责任单位 | 牵头单位 | 责任领导 | 完成时限
1 | 一、甲类 | 整治所辖楼宇和广场的广告牌 | 后勤中心、综合科 | 综合科 | 张某、李某 | 9月底前
2 | 一、甲类 | 清理楼宇内外附着广告 | 后勤中心、综合科 | 后勤中心 | 张某 | 9月底前
3 | 二、乙类 | 开展道德讲堂活动 | 后勤中心、管理一科 | 管理一科 | 王某 | 10月底前
4 | 二、乙类 | 组织志愿服务活动 | 后勤中心、综合科 | 综合科 | 王某 | 10月底前
5 | 二、乙类 | 更换破损座椅 | 综合科 | 综合科 | 王某 | 10月底前
=== 单位名录
单位名称
综合科
后勤中心
管理一科
",
    );
    let rows: Vec<String> = division
        .tasks
        .iter()
        .zip(cells.iter().zip(states))
        .map(|(task, (cell, state))| format!("{} | {cell} | {state} | 子某\n", task.text.value))
        .collect();
    let settings = crate::basis::settings::Settings::default();
    let drawing = format!("工作任务 | 某列 | 完成情况 | 备注\n{}", rows.concat());
    let reading = crate::ledger::fixture::file_of(&division, &settings, "综合科.xlsx", &drawing, |_, _| {});
    let field = reading.ledgers[0].columns[1].field;
    field.map_or("-".into(), |field| division.fields.spec(field).name.clone())
}

#[test]
fn columns_that_copy_the_division() {
    let done = ["已完成"; 5];
    for (cells, field) in [
        (["甲类", "甲类", "乙类", "乙类", "别的"], "任务类别"),
        (["一、甲类", "一、甲类", "二、乙类", "二、乙类", "二、乙类"], "任务类别"),
        (["甲类", "甲类", "乙类", "别的", "别的"], "-"),
        (["乙类", "乙类", "甲类", "甲类", "甲类"], "-"),
        (["张某、李某", "张某", "王某", "王某", "别人"], "责任领导"),
        (["张某、李某", "张某", "王某", "别人", "别人"], "-"),
        (["9月底前", "9月底前", "10月底前", "10月底前", "尽快"], "完成时限"),
        (["9月底前", "9月底前", "10月底前", "尽快", "尽快"], "-"),
    ] {
        let seen = field_beside(&cells, &done);
        let seen = if seen == "牵头领导" { "责任领导".to_owned() } else { seen };
        assert_eq!(seen, field, "{cells:?}");
    }
}

#[test]
fn columns_of_units_that_lead() {
    let done = ["已完成"; 5];
    for (cells, field) in [
        (["综合科", "后勤中心", "管理一科", "综合科", "后勤中心"], "牵头单位"),
        (["综合科", "后勤中心", "后勤中心", "后勤中心", "后勤中心"], "责任单位"),
        (["综合科", "后勤中心", "管理一科", "综合科", ""], "牵头单位"),
        (["后勤中心、综合科", "后勤中心、综合科", "后勤中心、管理一科", "后勤中心、综合科", "综合科"], "责任单位"),
    ] {
        assert_eq!(field_beside(&cells, &done), field, "{cells:?}");
    }
}

#[test]
fn columns_of_days_by_what_they_say() {
    let (done, open) = ("已完成", "推进中");
    let (past, to_come) = ("8月5日", "9月5日");
    for (cells, states, field) in [
        ([past; 5], [done; 5], "日期"),
        ([to_come; 5], [done; 5], "完成时限"),
        ([to_come, to_come, to_come, to_come, past], [done; 5], "完成时限"),
        ([to_come, to_come, to_come, past, past], [done; 5], "日期"),
        ([past, past, past, "", ""], [done, done, done, open, open], "完成日期"),
        ([past, past, past, "", ""], [done, done, open, open, open], "日期"),
        ([past, past, past, "", ""], [done, done, done, done, open], "日期"),
        (["2014-08-05", "2014/8/6", "2014.8.7", "2014年8月8日", "8.9"], [done; 5], "日期"),
        (["8.5", "8.6", "8.7", "8.8", "8.9"], [done; 5], "-"),
    ] {
        assert_eq!(field_beside(&cells, &states), field, "{cells:?} {states:?}");
    }
}

#[test]
fn a_code_is_no_longer_than_sixteen_characters() {
    let of = |code: &str| {
        columns(&format!(
            "某列 | 工作任务 | 完成情况\n{code} | {} | 已完成\n{code} | {} | 已完成\n",
            TASKS[0], TASKS[1]
        ))[0]
            .clone()
    };
    assert_eq!(
        (of("'1-1"), of("'11"), of("@2014-08-05")),
        ("某列 任务编号".into(), "某列 -".into(), "某列 日期".into())
    );
}

#[test]
fn units_of_another_party_keep_their_own_name() {
    let of = |heading: &str| {
        let rows: Vec<String> = TASKS.iter().map(|task| format!("{task} | 综合科、后勤中心 | 已完成\n")).collect();
        columns(&format!("工作任务 | {heading} | 完成情况\n{}", rows.concat()))[1].clone()
    };
    for heading in ["配合单位", "被检查单位", "检查对象", "抄送", "报送至", "移交科室"] {
        assert_eq!(of(heading), format!("{heading} -"));
    }
    for heading in ["去处", "责任、配合单位", "交办事项责任单位"] {
        assert_eq!(of(heading), format!("{heading} 责任单位"));
    }
}

#[test]
fn how_a_task_was_handled_is_its_state_where_no_problem_is_told() {
    let of = |headings: &str, cells: [&str; 2]| {
        let rows: Vec<String> = cells.iter().zip(TASKS).map(|(cell, task)| format!("{task} | {cell}\n")).collect();
        let all = columns(&format!("工作任务 | {headings}\n{}", rows.concat()));
        all[1..].iter().map(|column| column.rsplit(' ').next().unwrap_or_default().to_owned()).collect::<Vec<_>>()
    };
    let states = ["已完成", "正在推进"];
    for heading in ["处理状态", "处理情况", "处理结果", "处置情况", "解决情况", "销号情况"] {
        assert_eq!(of(heading, states), ["完成情况"], "{heading}");
    }
    assert_eq!(of("处理状态", ["已完成", "待定"]), ["完成情况"]);
    assert_eq!(of("整改情况", states), ["整改情况"]);
    assert_eq!(of("处理情况", ["劝离商户三家", "清运垃圾两车"]), ["整改情况"]);
    assert_eq!(of("处理情况", ["无", "/"]), ["整改情况"], "nothing to handle");
    for (beside, field) in [("存在问题", "存在问题"), ("整改措施", "整改措施"), ("整改时限", "整改时限")]
    {
        let cells = ["路面破损 | 已完成", "路灯不亮 | 正在推进"];
        assert_eq!(of(&format!("{beside} | 处理情况"), cells), [field, "整改情况"]);
    }
    assert_eq!(of("进展 | 处理情况", ["已修路 | 已完成", "已订货 | 正在推进"]), ["进展", "完成情况"]);
    assert_eq!(of("进展 | 处理情况", ["已完成 | 已完成", "推进中 | 正在推进"]), ["完成情况", "整改情况"]);
    assert_eq!(of("完成情况 | 处理情况", ["推进中 | 已完成", "推进中 | 正在推进"]), ["完成情况", "整改情况"]);
}

#[test]
fn the_month_before_is_passed_over_beside_this_one() {
    let of = |headings: &str, cells: [&str; 2]| {
        let rows: Vec<String> = cells.iter().zip(TASKS).map(|(cell, task)| format!("{task} | {cell}\n")).collect();
        columns(&format!("工作任务 | {headings}\n{}", rows.concat()))[1..].to_vec()
    };
    let two = ["正在推进 | 已完成", "未开始 | 已完成"];
    assert_eq!(of("上月进展 | 本月进展", two), ["上月进展 -", "本月进展 完成情况"]);
    assert_eq!(of("上周情形 | 本周情形", two), ["上周情形 -", "本周情形 完成情况"]);
    assert_eq!(of("上月推进成效 | 本月推进成效", two), ["上月推进成效 -", "本月推进成效 完成情况"]);
    assert_eq!(of("上月工作进展 | 本月完成情况", two), ["上月工作进展 -", "本月完成情况 完成情况"]);
    assert_eq!(of("上月完成情况", ["正在推进", "已完成"]), ["上月完成情况 完成情况"], "the only report");
}

#[test]
fn days_that_are_not_those_of_the_work() {
    let of = |headings: &str, cells: [&str; 2]| {
        let rows: Vec<String> =
            cells.iter().zip(TASKS).map(|(cell, task)| format!("{task} | 已完成 | {cell}\n")).collect();
        let all = columns(&format!("工作任务 | 完成情况 | {headings}\n{}", rows.concat()));
        all[2..].iter().map(|column| column.rsplit(' ').next().unwrap_or_default().to_owned()).collect::<Vec<_>>()
    };
    let (past, to_come) = (["8月5日", "8月6日"], ["9月12日", "2014-10-12"]);
    for heading in ["下次检查日期", "上次检查日期", "出生日期"] {
        assert_eq!(of(heading, past), ["-"], "{heading}");
        assert_eq!(of(heading, to_come), ["-"], "{heading}");
    }
    let two = ["8月1日 | 8月5日", "8月2日 | 8月6日"];
    for heading in ["开始时间", "有效日期", "上报时间", "审核日期"] {
        assert_eq!(of(heading, past), ["日期"], "{heading} alone");
        assert_eq!(of(heading, to_come), ["-"], "{heading}");
        assert_eq!(of(&format!("{heading} | 走访日"), two), ["-", "日期"], "{heading}");
        assert_eq!(of(&format!("{heading} | 完成时间"), two), ["-", "完成日期"], "{heading}");
    }
    assert_eq!(of("走访日 | 办结日期", ["8月1日 | ", "8月2日 | 8月30日"]), ["日期", "完成日期"]);
    for heading in ["启用日期", "合同签订日期", "接单日"] {
        assert_eq!(of(heading, past), ["日期"], "{heading}");
        assert_eq!(of(&format!("{heading} | 完成时间"), two), ["-", "完成日期"], "{heading}");
    }
    assert_eq!(of("检查日 | 整改完成时间", two), ["日期", "完成日期"]);
    let (text, number) = (["'8.5 | 8.19", "'8.6 | 8.20"], ["8.13 | 8.19", "8.14 | 8.2"]);
    for heading in ["约谈时间", "清运日期", "隐患发现时间"] {
        assert_eq!(of(&format!("{heading} | 整改完成时间"), text), ["日期", "完成日期"], "{heading}");
        assert_eq!(of(&format!("{heading} | 整改完成时间"), number), ["日期", "完成日期"], "{heading}");
        assert_eq!(of(&format!("{heading} | 完成时间"), text), ["-", "完成日期"], "{heading}");
        assert_eq!(
            of(&format!("{heading} | 整改完成时间"), ["2.5 | 8.19", "3.5 | 8.20"]),
            ["-", "完成日期"],
            "{heading}"
        );
    }
    assert_eq!(of("某列 | 整改完成时间", text), ["-", "完成日期"]);
    assert_eq!(of("隐患排查时间 | 完成时间", text), ["日期", "完成日期"]);
    assert_eq!(of("接单日 | 完成时间", ["8月1日 | 8月底前", "8月2日 | 8月20日前"]), ["日期", "完成时限"]);
    assert_eq!(of("接单日 | 完成时间", ["8月1日 | ", "8月2日 | "]), ["日期", "完成日期"]);
}

#[test]
fn a_report_on_all_the_work_names_its_tasks_itself() {
    let read = |heading: &str, cells: [&str; 2]| {
        let rows = cells.map(|cell| format!("1 | {cell} | 继续开展道德讲堂 |\n")).concat();
        let drawing = format!("序号 | {heading} | 下月工作计划 | 备注\n{rows}");
        let (division, reading) = file("综合科.xlsx", &drawing);
        let progress = |ledger: &crate::ledger::Ledger| {
            let at = ledger.column(fields::PROGRESS)?;
            Some(reading.texts.get(ledger.records[0].cells[at].text).to_owned())
        };
        (crate::ledger::fixture::records(&division, &reading), reading.ledgers.first().and_then(progress))
    };
    let told = ["组织志愿服务：上街劝导三次", "清理楼宇内外附着广告，墙面不贴告示，共清理四栋"];
    let found = vec!["2 综合 2-3 like".to_owned(), "3 综合 1-2 like".to_owned()];
    for heading in ["本月工作完成情况", "8月份工作进展", "本月重点工作开展情况"] {
        assert_eq!(read(heading, told), (found.clone(), Some(told[0].to_owned())), "{heading}");
    }
    assert_eq!(read("本月工作完成情况", ["已完成", "正在推进"]).0, Vec::<String>::new());
}
