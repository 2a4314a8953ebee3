use crate::ledger::file_reading::WhyUnread;
use crate::ledger::fixture::{file, records};

const A: &str = "整治所辖楼宇和广场的广告牌，按比例投放公益广告";
const B: &str = "清理楼宇内外附着广告，墙面不贴告示";

/// The records of a file, each with what its cells say by field or label.
fn read(drawing: &str) -> Vec<String> {
    let (division, reading) = file("8月.xlsx", drawing);
    let said: Vec<String> = reading
        .ledgers
        .iter()
        .flat_map(|ledger| {
            ledger.records.iter().map(|record| {
                let named = ledger.columns.iter().zip(&record.cells).filter(|(column, cell)| {
                    let text = reading.texts.get(cell.text);
                    !text.is_empty() && column.field != Some(crate::division::fields::TASK)
                });
                let cells = named.map(|(column, cell)| {
                    let field = column.field.map(|field| division.fields.spec(field).name.clone());
                    format!("{}={}", field.unwrap_or(format!("“{}”", column.heading)), reading.texts.get(cell.text))
                });
                cells.collect::<Vec<_>>().join(" ")
            })
        })
        .collect();
    records(&division, &reading).into_iter().zip(said).map(|(a, b)| format!("{a}: {b}")).collect()
}

#[test]
fn labels_with_their_values_beside() {
    assert_eq!(
        read(&format!(
            "
工作任务完成情况登记表 | < | < | <
工作任务 | {A} | < | <
责任单位 | 综合科 | 责任人 | 王某
完成情况 | 已完成 | 完成日期 | 8月5日
协助人 | | 佐证材料 | 照片
存在问题 | 无 | < | <
填表人：王某 | | 审核人：李某 |
"
        )),
        ["2 综合 1-1 text: 责任单位=综合科 责任人=王某 完成情况=已完成 完成日期=8月5日 佐证材料=照片 存在问题=无"]
    );
}

#[test]
fn labels_with_their_values_behind_a_colon_or_below() {
    let expected = ["1 综合 1-2 text: 责任单位=综合科 完成情况=已完成"];
    assert_eq!(read(&format!("工作任务：{B}\n责任单位：综合科\n完成情况：已完成\n")), expected);
    assert_eq!(
        read(&format!("工作任务 | {B}\n责任单位 | 综合科\n完成情况 | <\n已完成 | <\n")),
        expected,
        "a label over the whole width stands above its value"
    );
}

#[test]
fn groups_of_labels_and_labels_of_the_campaign() {
    assert_eq!(
        read(&format!(
            "
基本情况 | 专项内容 | {A}
^ | 责任单位 | 后勤中心
落实情况 | 进度 | 已完成
^ | 备⏎注 | 附照片
"
        )),
        ["1 后勤 1-1 text: 责任单位=后勤中心 完成情况=已完成 备注=附照片"]
    );
}

#[test]
fn one_after_another_and_one_on_each_sheet() {
    let form = |task: &str, state: &str| {
        format!("工作任务登记表 | < \n工作任务 | {task}\n责任单位 | 综合科\n完成情况 | {state}\n备注 | \n\n")
    };
    let below = format!("{}{}{}", form(A, "已完成"), form(B, "推进中"), form("", ""));
    assert_eq!(
        read(&below),
        ["2 综合 1-1 text: 责任单位=综合科 完成情况=已完成", "8 综合 1-2 text: 责任单位=综合科 完成情况=推进中"],
        "an empty one is a blank row"
    );
    let sheets = format!("\n=== 一\n{}=== 二\n{}", form(A, "已完成"), form(B, "推进中"));
    assert_eq!(read(&sheets).len(), 2);
    let (_, reading) = file("8月.xlsx", &below);
    assert_eq!((reading.ledgers.len(), reading.ledgers[0].rows_seen, reading.ledgers[0].rows_blank), (1, 3, 1));
}

#[test]
fn forms_that_report_on_nothing_are_told_to_be_forms() {
    for drawing in [
        "费用报销单 | < | < | <\n部门 | 综合科 | 日期 | 8月1日\n事由 | 采购 | 金额 | 300\n审批 | | 经办人 | 王某\n",
        "个人信息登记表 | <\n姓名 | 王某\n单位 | 综合科\n联系电话 | 123\n备注 | 无\n",
    ] {
        let (_, reading) = file("8月.xlsx", drawing);
        assert!(reading.ledgers.is_empty(), "{drawing}");
        assert_eq!(reading.sheets[0].unread.iter().map(|unread| &unread.why).collect::<Vec<_>>(), [&WhyUnread::Form]);
    }
}

#[test]
fn labels_above_a_ledger_are_none() {
    let drawing = format!(
        "工作任务 | {A}\n责任单位 | 综合科\n联系人 | 王某\n\n日期 | 完成情况 | 数量\n8月1日 | 已完成 | 3\n8月2日 | 已完成 | 4\n"
    );
    let (division, reading) = file("8月.xlsx", &drawing);
    assert_eq!(records(&division, &reading), ["6 综合 1-1 label", "7 综合 1-1 label"]);
}

#[test]
fn headings_two_columns_apart_are_no_form() {
    let read = read(&format!(
        "
小组分工 | < | < | < | < | < | <
工作任务 | | 责任单位 | | 完成时限 | | 完成情况
{A} | | 综合科 | | 8月5日 | | 已完成
{B} | | 综合科 | | 8月9日 | | 正在推进
"
    ));
    assert_eq!(read.len(), 2, "{read:?}");
}

#[test]
fn a_form_reports_by_its_task_and_its_labels() {
    let of = |title: &str, task: &str, labels: &str| {
        let task = if task.is_empty() { String::new() } else { format!("工作任务 | {task}\n") };
        let drawing = format!("{title} | <\n{task}责任人 | 王某\n{labels}\n联系电话 | 123\n");
        file("8月.xlsx", &drawing).1.ledgers.len()
    };
    let around = format!("{B}登记表");
    for (title, task, labels, count) in [
        ("某登记表", A, "完成情况 | 已完成", 1),
        ("某登记表", A, "佐证材料 | 照片", 1),
        ("某登记表", A, "存在问题 | 无", 1),
        ("某登记表", A, "备注 | 无", 0),
        ("某登记表", "更换破损座椅", "完成情况 | 已完成", 1),
        ("某登记表", "更换破损座椅", "佐证材料 | 照片", 0),
        (around.as_str(), "", "完成情况 | 已完成", 1),
        (around.as_str(), "", "佐证材料 | 照片", 0),
        ("某登记表", "", "完成情况 | 已完成", 0),
        ("某申请表", A, "完成情况 | 已完成", 0),
    ] {
        assert_eq!(of(title, task, labels), count, "{title} {task} {labels}");
    }
}

#[test]
fn labels_bound_by_what_stands_beside_them() {
    let of = |labels: &str| read(&format!("某登记表 | <\n{labels}\n责任单位 | 综合科\n联系电话 | 123\n"));
    let seen = |text: &str| vec![format!("2 综合 {text}")];
    assert_eq!(
        of(&format!("专项内容 | {A}\n完成情况 | 已完成")),
        seen("1-1 text: 完成情况=已完成 责任单位=综合科 联系电话=123")
    );
    assert_eq!(
        of(&format!("工作任务 | {A}\n进度 | 已完成")),
        seen("1-1 text: 完成情况=已完成 责任单位=综合科 联系电话=123")
    );
    assert_eq!(
        of(&format!("工作任务 | {A}\n进度 | 已完成全部整治工作，成效明显")),
        seen("1-1 text: 进展=已完成全部整治工作，成效明显 责任单位=综合科 联系电话=123")
    );
    assert_eq!(
        of(&format!("工作任务 | {A}\n进度 | 某说\n完成情况 | 已完成")),
        seen("1-1 text: 进展=某说 完成情况=已完成 责任单位=综合科 联系电话=123")
    );
}

#[test]
fn forms_one_under_the_other_are_of_one_kind() {
    let form = |title: &str, labels: &str| format!("{title}\n工作任务 | {A}\n责任单位 | 综合科\n{labels}\n\n\n");
    let of = |first: String, second: String| {
        let (_, reading) = file("8月.xlsx", &format!("{first}{second}"));
        reading.ledgers.iter().map(|ledger| ledger.records.len()).collect::<Vec<_>>()
    };
    let usual = "完成情况 | 已完成\n备注 | 好";
    assert_eq!(of(form("某表 | <", usual), form("某表 | <", usual)), [2]);
    assert_eq!(of(form("某表 | <", usual), form("另表 | <", usual)), [1, 1], "another title");
    assert_eq!(of(form("某表 | <", usual), form("某表 | <", "完成情况 | 已完成\n存在问题 | 无")), [1, 1]);
    assert_eq!(of(form("某表 | <", usual), form("某表 | <", "完成情况 | 已完成")), [1, 1], "a label less");
}

#[test]
fn hidden_and_pictured_forms() {
    let form = |task: &str| format!("某表 | <\n工作任务 | {task}\n责任单位 | 综合科\n完成情况 | 已完成\n备注 | 好\n\n");
    let of = |hidden: Vec<u32>, pictures: Vec<(u32, u32)>| {
        let (_, reading) =
            crate::ledger::fixture::file_with("8月.xlsx", &format!("{}{}", form(A), form(B)), |book, _| {
                book.sheets[0].hidden_rows = hidden;
                book.sheets[0].pictures = pictures;
            });
        let records = reading.ledgers.iter().flat_map(|ledger| &ledger.records);
        records.map(|record| (record.row, record.hidden, record.pictures)).collect::<Vec<_>>()
    };
    assert_eq!(of(vec![], vec![]), [(1, false, 0), (7, false, 0)]);
    assert_eq!(
        of(vec![1, 2, 3], vec![(4, 1), (5, 1), (6, 0), (7, 1), (10, 0), (11, 0)]),
        [(1, false, 1), (7, false, 2)]
    );
    let all = of(vec![1, 2, 3, 4], vec![]);
    assert!(all == [(7, false, 0)] || all == [(1, true, 0), (7, false, 0)], "{all:?}");
}

#[test]
fn labels_over_a_table_are_a_form_only_with_answers() {
    let list = "日期 | 完成情况 | 数量\n8月1日 | 已完成 | 3\n8月2日 | 已完成 | 4\n";
    let of = |labels: &str, gap: usize| {
        let drawing = format!("{labels}{}{list}", "\n".repeat(gap));
        file("8月.xlsx", &drawing).1.ledgers.iter().map(|ledger| ledger.records.len()).collect::<Vec<_>>()
    };
    let asks = format!("工作任务 | {A}\n责任单位 | 综合科\n佐证材料 | 照片\n");
    let answers = format!("工作任务 | {A}\n责任单位 | 综合科\n完成情况 | 已完成\n");
    assert_eq!(of(&asks, 1).len(), 1);
    assert!(of(&answers, 1).contains(&1), "{:?}", of(&answers, 1));
}

#[test]
fn the_cell_of_a_label_in_a_form() {
    let (_, reading) = file("8月.xlsx", &format!("某表 | <\n工作任务 | {A}\n责任单位 | 综合科\n完成情况 | 已完成\n"));
    let ledger = &reading.ledgers[0];
    let cells: Vec<String> =
        ledger.columns.iter().filter_map(|column| ledger.form_cell(column)).map(|area| area.to_string()).collect();
    assert_eq!(cells, ["B2", "B3", "B4"]);
    let texts: Vec<&str> =
        ledger.columns.iter().map(|column| reading.texts.get(ledger.records[0].shown(column, ledger))).collect();
    assert_eq!(texts, [A, "综合科", "已完成"]);
}
