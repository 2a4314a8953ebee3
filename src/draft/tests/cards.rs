//! Task cards. A table is drawn as text, `|` between its cells, and read both so and as a web page.

use super::{drafted, drafted_page};
use crate::draft::{Draft, Row};

/// The tasks, as `number category task/standard|officials|lead|responsible|helping|deadline`.
fn rows(draft: &Draft) -> Vec<String> {
    let list = |names: &[String]| names.join("、");
    let one = |row: &Row| {
        let what = format!("{} {} {}/{}", row.code, row.category, row.task, row.standard.replace('\n', "；"));
        let who = [&row.leaders, &row.lead, &row.units, &row.support].map(|names| list(names)).join("|");
        format!("{what}|{who}|{}", row.deadline)
    };
    draft.rows.iter().map(one).collect()
}

fn cards(table: &[&str]) -> Vec<String> {
    let cell = |cell: &str| format!("<td>{cell}</td>");
    let row = |row: &&str| format!("<tr>{}</tr>", row.split('|').map(cell).collect::<String>());
    let page = drafted_page(&format!("<table>{}</table>", table.iter().map(row).collect::<String>()));
    let text = drafted(&table.join("\n").replace('|', "\t"));
    assert_eq!(rows(&text), rows(&page), "as text and as a page");
    for draft in [&text, &page] {
        assert_eq!(draft.paragraphs, draft.in_tasks + draft.headings + draft.left_out());
    }
    rows(&page)
}

#[test]
fn labels_with_values_beside_them_are_one_task() {
    let road = "A-1 交通 东路改造项目/双向四车道|甲某|住建局||财政局、水务局|9月底";
    let two = ["任务名称|东路改造项目", "工作要求|双向四车道", "责任单位|住建局", "完成时限|9月底"];
    assert_eq!(cards(&two), ["1  东路改造项目/双向四车道|||住建局||9月底"]);
    let four = [
        "任务编号|A-1|任务类别|交通",
        "任务名称|东路改造项目||",
        "工作要求|双向四车道||",
        "牵头领导|甲某|牵头单位|住建局",
        "配合单位|财政局、水务局|完成时限|9月底",
    ];
    assert_eq!(cards(&four), [road]);
    let titled = [&["东路改造项目任务书|||"], &four[..], &["责任人签字：||签发人：|", "填表人：乙某|||"]].concat();
    assert_eq!(cards(&titled), [road]);
    let open = ["任务名称|修路|责任单位|住建局", "配合单位||完成时限|9月底", "建设地点|东城|备注|"];
    assert_eq!(cards(&open), ["1  修路/建设地点：东城|||住建局||9月底"]);
    let grouped = ["任务名称||修路", "责任分工|牵头单位|住建局", "责任分工|配合单位|水务局", "完成时限||9月底"];
    assert_eq!(cards(&grouped), ["1  修路/||住建局||水务局|9月底"]);
    let numbered = ["项目名称|修路|项目编号|A-2", "责任单位|住建局|完成时限|9月底"];
    assert_eq!(cards(&numbered), ["A-2  修路/|||住建局||9月底"]);
    let later = ["项目内容|铺沥青|任务名称|修路", "责任单位|住建局|完成时限|9月底"];
    assert_eq!(cards(&later), ["1  修路/铺沥青|||住建局||9月底"]);
}

#[test]
fn a_card_begins_where_its_first_label_stands_again() {
    let table = [
        "任务名称|修路|责任单位|住建局",
        "完成时限|9月底|备注|",
        "任务名称|种树|责任单位|林业局",
        "完成时限|3月底|备注|",
    ];
    assert_eq!(cards(&table), ["1  修路/|||住建局||9月底", "2  种树/|||林业局||3月底"]);
}

#[test]
fn a_list_is_no_card_and_neither_is_a_form_to_fill_in() {
    let list = ["序号|工作任务|责任单位|完成时限", "1|修路|住建局|9月底", "2|种树|林业局|3月底"];
    assert_eq!(cards(&list), ["1  修路/|||住建局||9月底", "2  种树/|||林业局||3月底"]);
    assert!(cards(&["任务名称||责任单位|", "完成时限||完成情况|", "存在问题|||"]).is_empty());
    assert!(cards(&["单位名称|住建局|联系人|甲某", "电话|123|责任单位|住建局"]).is_empty());
}
