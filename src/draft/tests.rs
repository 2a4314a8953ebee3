//! Drafts of small invented plans, one a habit of writing. A row is shown as
//! `task | officials | lead | responsible | helping | deadline`, with `?` behind it where it is doubtful.

mod by_unit;
mod cards;
mod index;
mod prose;
mod rectification;
mod text_tables;
mod update;

use super::document::Document;
use super::{Draft, text};

fn drafted(plan: &str) -> Draft {
    super::draft(text::document(plan))
}

fn drafted_page(page: &str) -> Draft {
    super::draft(super::file::read(page.as_bytes(), "plan.html").expect("a page"))
}

fn rows(plan: &str) -> Vec<String> {
    let list = |names: &[String]| names.join("、");
    let one = |row: &super::Row| {
        let doubt = if row.doubts.is_empty() { "" } else { " ?" };
        let cells = [
            row.task.clone(),
            list(&row.leaders),
            list(&row.lead),
            list(&row.units),
            list(&row.support),
            row.deadline.clone(),
        ];
        format!("{}{doubt}", cells.join("|"))
    };
    drafted(plan).rows.iter().map(one).collect()
}

#[test]
fn labels_below_an_item_are_its_own() {
    let plan = "一、主要任务\n（一）宣传。\n1.投放公益广告。\n牵头领导：甲某、乙某\n责任单位：综合科、后勤中心\n2.清理小广告，6月底前完成。\n牵头领导：甲某\n责任科室：管理科";
    assert_eq!(
        rows(plan),
        ["投放公益广告|甲某、乙某||综合科、后勤中心||", "清理小广告，6月底前完成|甲某|管理科|||6月底前"]
    );
}

#[test]
fn a_label_after_several_items_belongs_to_what_they_stand_under() {
    let plan = "（一）市场整治\n1.划行归市。\n2.清理占道。\n责任单位：工商科\n（二）广告整治\n重点是：\n(1)内容不实的；\n(2)未登记的。\n责任单位：广告科";
    assert_eq!(rows(plan), ["市场整治|||工商科||", "广告整治|||广告科||"]);
    let standard = &drafted(plan).rows[0].standard;
    assert_eq!(standard, "1.划行归市。\n2.清理占道。");
}

#[test]
fn a_second_attribution_in_an_item_is_a_second_task() {
    let plan =
        "1.优化流程。压缩时限。（审批局牵头，住建局配合）推行告知承诺。（司法局负责）\n2.规范收费。（发改局负责）";
    assert_eq!(rows(plan), ["优化流程||审批局||住建局|", "推行告知承诺|||司法局||", "规范收费|||发改局||"]);
}

#[test]
fn an_item_without_units_beside_others_with_units_is_a_task_without_units() {
    let plan = "一、任务\n1.清扫街巷。（责任单位：城管局）\n2.整治广告。\n3.规范停车。（责任单位：交警队）\n二、工作要求\n1.加强领导。";
    assert_eq!(rows(plan), ["清扫街巷|||城管局||", "整治广告||||| ?", "规范停车|||交警队||"]);
    let unused: Vec<String> = drafted(plan).unused.iter().map(|one| one.text.clone()).collect();
    assert_eq!(unused, ["二、工作要求", "1.加强领导。"]);
}

#[test]
fn the_label_decides_and_not_the_heading() {
    let plan = "一、任务\n1.清扫街巷。（责任单位：城管局）\n二、保障措施\n（一）加强督查。（责任单位：督查室）\n（二）加强领导。";
    assert_eq!(rows(plan), ["清扫街巷|||城管局||", "加强督查|||督查室||"]);
}

#[test]
fn units_as_headings_are_responsible_for_what_stands_below() {
    let plan = "一、宣传部\n1.投放广告。\n2.刊播专栏。（配合单位：融媒体中心）\n二、城管局\n1.清扫街巷，10月底前完成。";
    assert_eq!(
        rows(plan),
        ["投放广告|||宣传部||", "刊播专栏|||宣传部|融媒体中心|", "清扫街巷，10月底前完成|||城管局||10月底前"]
    );
}

#[test]
fn a_plan_without_units_gives_its_duties_without_units() {
    let plan = "方案\n一、指导思想\n提高认识。\n二、主要工作\n1.抓好主题班会活动。\n2.抓好校园环境建设。\n三、工作要求\n1.狠抓落实。";
    assert_eq!(rows(plan), ["抓好主题班会活动||||| ?", "抓好校园环境建设||||| ?"]);
}

#[test]
fn sentences_say_who_does_it_where_nothing_else_does() {
    let plan = "由城管局牵头，公安局配合，整治占道经营。住建局负责更换围挡，9月20日前完成。切实加强领导。";
    assert_eq!(
        rows(plan),
        [
            "由城管局牵头，公安局配合，整治占道经营||城管局||公安局| ?",
            "住建局负责更换围挡，9月20日前完成|||住建局||9月20日前 ?"
        ]
    );
}

#[test]
fn lists_of_faults_keep_their_measures_together() {
    let plan = "问题1：背街小巷卫生差\n整改措施：\n1.增加保洁。\n2.清理垃圾。\n责任单位：城管局\n整改时限：5月底前\n问题2：市场乱\n整改措施：划行归市。\n责任单位：工商所\n整改时限：长期坚持";
    assert_eq!(rows(plan), ["背街小巷卫生差|||城管局||5月底前", "市场乱|||工商所||长期坚持"]);
    assert!(drafted(plan).rows[0].standard.contains("清理垃圾"));
}

#[test]
fn codes_of_an_index_and_their_brackets() {
    let plan = "Ⅱ-1 理想信念\nⅡ-1-1)-① 学习制度健全（2分）\n【责任单位】宣传部、机关工委\nⅡ-1-1)-② 开设专栏。【责任单位：融媒体中心】";
    assert_eq!(rows(plan), ["学习制度健全（2分）|||宣传部、机关工委||", "开设专栏|||融媒体中心||"]);
    let draft = drafted(plan);
    assert_eq!(
        (draft.rows[0].code.as_str(), draft.rows[0].marks.as_str(), draft.rows[0].category.as_str()),
        ("Ⅱ-1-1)-①", "2", "理想信念")
    );
}

#[test]
fn tables_are_rows() {
    let plan = "附件\n序号\t类别\t工作任务\t牵头单位\t责任单位\t完成时限\n一、宣传\n1\t广告\t投放公益广告\t宣传部\t各街道\t3月底前\n2\t\t规范围挡\t住建局\t\t长期";
    assert_eq!(rows(plan), ["投放公益广告||宣传部|各街道||3月底前", "规范围挡||住建局|||长期"]);
    assert_eq!(drafted(plan).rows[1].category, "广告");
}

#[test]
fn what_is_to_be_sent_in_is_a_task() {
    let shown = |heads: &str, row: &str| rows(&format!("附件\n{heads}\n{row}"));
    let heads = "序号\t报送事项\t报送单位\t报送时间\t报送方式";
    assert_eq!(shown(heads, "1\t工地台账\t各分局\t每月25日前\t邮件"), ["工地台账|||各分局||每月25日前"]);
    let cycle = |when: &str| {
        let draft = drafted(&format!("{heads}\n1\t工地台账\t各分局\t{when}\t邮件"));
        format!("{} {}", draft.rows[0].deadline, draft.rows[0].cycle)
    };
    for (when, found) in
        [("每月25日前", "每月25日前 每月"), ("每周五前", "每周五前 每周"), ("每月", " 每月"), ("12月10日", "12月10日 ")]
    {
        assert_eq!(cycle(when), found);
    }
    let heads = "序号\t报送材料\t报送单位\t报送时间";
    assert_eq!(shown(heads, "1\t年度总结\t市教育局\t12月10日前"), ["年度总结|||市教育局||12月10日前"]);
    assert!(shown("材料名称\t报送单位\t份数", "年度总结\t市教育局\t2").is_empty());
}

#[test]
fn a_project_is_the_task_unless_it_reaches_over_several() {
    let shown = |rows: &str| -> Vec<String> {
        let draft = drafted(&format!("项目名称\t建设内容\t责任单位\n{rows}"));
        draft.rows.iter().map(|row| format!("{}|{}|{}", row.category, row.task, row.standard)).collect()
    };
    assert_eq!(shown("东路\t改造二里\t住建局\n公园\t新建十亩\t园林局"), ["|东路|改造二里", "|公园|新建十亩"]);
    let over = "东路\t铺沥青\t住建局\n东路\t装路灯\t城管局\n东路\t种树\t园林局";
    assert_eq!(shown(over), ["东路|铺沥青|", "东路|装路灯|", "东路|种树|"]);
}

#[test]
fn nothing_of_a_tables_row_is_lost() {
    let plan = "一、点位整治\n序号\t点位\t任务\t责任单位\t备注\n1\t客运站\t更换座椅\t交通局\t与市里同步\n2\t市场\t划行归市\t商务局\t";
    let draft = drafted(plan);
    let shown: Vec<String> =
        draft.rows.iter().map(|row| format!("{}|{}|{}", row.category, row.task, row.standard)).collect();
    assert_eq!(shown, ["客运站|更换座椅|备注：与市里同步", "市场|划行归市|"]);
    let plan = "一、点位整治\n序号\t任务\t责任单位\n1\t更换座椅\t交通局";
    let draft = drafted(plan);
    assert_eq!((draft.rows[0].category.as_str(), draft.unused.len(), draft.headings), ("点位整治", 0, 2));
    let plan = "附件：1.任务分解表\n2.工作专班名单\n某镇人民政府\n2025年2月28日\n附件1\n序号\t任务\t责任单位\n1\t更换座椅\t交通局";
    let draft = drafted(plan);
    assert_eq!((draft.rows.len(), draft.rows[0].category.as_str()), (1, ""), "the list of annexes heads nothing");
}

#[test]
fn the_end_of_a_plan_belongs_to_no_duty() {
    let plan = "一、市容科\n1、清扫街巷。\n二、环卫处\n1、清运垃圾；\n2、每月28日前报送台账。\n特此通知。\n某市城管局\n2025年1月6日";
    assert_eq!(rows(plan), ["清扫街巷|||市容科||", "清运垃圾|||环卫处||", "每月28日前报送台账|||环卫处||每月28日前"]);
    assert!(drafted(plan).rows.iter().all(|row| row.standard.is_empty()));
}

#[test]
fn a_table_without_headings_is_read_by_its_content_and_doubted() {
    let page = "<table><tr><td>1</td><td>清理背街小巷积存垃圾</td><td>城管局、各街道</td></tr>\
                <tr><td>2</td><td>整治非机动车乱停乱放</td><td>公安局</td></tr></table>\
                <table><tr><td>甲社区</td><td>甲某</td><td>1234</td></tr><tr><td>乙社区</td><td>乙某</td><td>5678</td></tr></table>";
    let draft = drafted_page(page);
    let shown: Vec<String> =
        draft.rows.iter().map(|row| format!("{}|{}|{}", row.task, row.units.join("、"), row.doubts.len())).collect();
    assert_eq!(shown, ["清理背街小巷积存垃圾|城管局、各街道|1", "整治非机动车乱停乱放|公安局|1"]);
    assert_eq!(draft.unused.len(), 2);
}

#[test]
fn cells_merged_over_rows_make_one_task_or_several() {
    let page = |rows: &str| format!("<table><tr><td>任务</td><td>措施</td><td>责任单位</td></tr>{rows}</table>");
    let drafted = |page: &str| {
        let draft = drafted_page(page);
        draft
            .rows
            .iter()
            .map(|row| format!("{}/{}|{}", row.task, row.standard, row.units.join("、")))
            .collect::<Vec<_>>()
    };
    let measures =
        page("<tr><td rowspan=2>市容</td><td>清扫</td><td>城管局</td></tr><tr><td>修路</td><td>住建局</td></tr>");
    assert_eq!(drafted(&measures), ["市容/清扫|城管局", "市容/修路|住建局"]);
    let units = page("<tr><td rowspan=2>市容</td><td rowspan=2>清扫</td><td>城管局</td></tr><tr><td>住建局</td></tr>");
    assert_eq!(drafted(&units), ["市容/清扫|城管局、住建局"]);
}

#[test]
fn a_second_heading_row_may_have_words_of_its_own() {
    let page = |first: &str, second: &str| {
        format!(
            "<table><tr><td rowspan=2>序号</td><td rowspan=2>重点工作</td><td colspan=2>序时进度</td><td rowspan=2>责任单位</td></tr>\
             <tr><td>{first}</td><td>{second}</td></tr>\
             <tr><td>1</td><td>修路</td><td>完成招标</td><td>建成</td><td>住建局</td></tr></table>"
        )
    };
    for (first, second) in [("一季度", "四季度"), ("上半年", "下半年"), ("启动", "收官")] {
        let draft = drafted_page(&page(first, second));
        let shown: Vec<String> = draft
            .rows
            .iter()
            .map(|row| format!("{} {}|{}|{}", row.code, row.task, row.units.join("、"), row.deadline))
            .collect();
        assert_eq!(shown, ["1 修路|住建局|"], "{first}");
        assert_eq!(draft.rows[0].standard, format!("{first}：完成招标\n{second}：建成"));
    }
}

#[test]
fn units_of_one_task_with_terms_of_their_own_have_a_row_each() {
    let drafted = |heading: &str, values: [&str; 3]| {
        let [first, second, third] = values;
        let page = format!(
            "<table><tr><td>序号</td><td>任务</td><td>责任单位</td><td>{heading}</td></tr>\
             <tr><td rowspan=3>1</td><td rowspan=3>宣传</td><td>教育局</td><td>{first}</td></tr>\
             <tr><td>住建局</td><td>{second}</td></tr><tr><td>公安局</td><td>{third}</td></tr></table>"
        );
        let draft = drafted_page(&page);
        let one = |row: &super::Row| {
            format!("{} {}|{}|{}{}{}", row.code, row.task, row.units.join("、"), row.deadline, row.cycle, row.indicator)
        };
        draft.rows.iter().map(one).collect::<Vec<_>>()
    };
    let two = ["1-1 宣传|教育局|6月底", "1-2 宣传|住建局、公安局|7月底"];
    assert_eq!(drafted("完成时限", ["6月底", "7月底", "7月底"]), two);
    assert_eq!(drafted("完成时限", ["6月底", "7月底", ""]), two);
    assert_eq!(drafted("完成时限", ["6月底", "6月底", ""]), ["1 宣传|教育局、住建局、公安局|6月底"]);
    let cycles = ["1-1 宣传|教育局|每月", "1-2 宣传|住建局|每周", "1-3 宣传|公安局|每月"];
    assert_eq!(drafted("报送周期", ["每月", "每周", "每月"]), cycles);
    assert_eq!(drafted("配合单位", ["甲所", "乙所", ""]), ["1 宣传|教育局、住建局、公安局|"]);
}

#[test]
fn every_paragraph_is_accounted_for() {
    let plans = [
        "某局方案\n各科室：\n为做好工作，制定本方案。\n一、任务\n（一）宣传\n1.投放广告。\n责任单位：综合科\n2.清理广告。\n责任单位：后勤科、\n二、要求\n某局\n2024年1月1日",
        "序号\t任务\t责任单位\n1\t清扫\t城管局\n合计\t1项\t",
        "第一部分\n只有一句话。",
        "",
    ];
    for plan in plans {
        let draft = drafted(plan);
        assert_eq!(draft.paragraphs, draft.in_tasks + draft.headings + draft.left_out(), "{plan}");
        assert!(draft.unused.iter().all(|one| !one.reason.is_empty()), "{plan}");
    }
}

#[test]
fn no_text_makes_it_fail() {
    const PIECES: [&str; 40] = [
        "一、",
        "（一）",
        "1.",
        "(1)",
        "①",
        "Ⅱ-1-1)-①",
        "问题1：",
        "责任单位：",
        "牵头领导：",
        "完成时限：",
        "（",
        "）",
        "【",
        "】",
        "《",
        "》",
        "。",
        "，",
        "、",
        "；",
        "\n",
        "\t",
        "|",
        " ",
        "市教育局",
        "各街道",
        "牵头",
        "负责",
        "配合",
        "会同",
        "等",
        "和",
        "商",
        "由",
        "每月",
        "15日",
        "2024年",
        "底前",
        "序号\t任务\t责任单位\n",
        "不少于3次",
    ];
    let mut state = 7u64;
    let mut next = |below: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize % below
    };
    for _ in 0..800 {
        let plan: String = (0..next(30)).map(|_| PIECES[next(PIECES.len())]).collect();
        let draft = drafted(&plan);
        assert_eq!(draft.paragraphs, draft.in_tasks + draft.headings + draft.left_out(), "{plan}");
        let codes: std::collections::BTreeSet<&str> = draft.rows.iter().map(|row| row.code.as_str()).collect();
        assert_eq!(codes.len(), draft.rows.len(), "{plan}");
    }
}

#[test]
fn long_plans_take_time_in_proportion() {
    let item = "1.清扫街巷，整治占道经营。（城管局牵头，各街道配合，6月底前完成）\n";
    let draft = drafted(&item.repeat(1_500));
    assert_eq!(draft.rows.len(), 1_500);
    let nothing = super::draft(Document::default());
    assert!(nothing.rows.is_empty() && nothing.unused.is_empty());
}

#[test]
fn fewer_tasks_than_the_plan_says_are_pointed_out() {
    let shown = |plan: &str| -> Vec<String> {
        drafted(plan).fewer.iter().map(|one| format!("{} {} {}", one.spot.shown(), one.words, one.found)).collect()
    };
    let table = "序号\t任务\t责任单位\n1\t清扫\t城管局\n2\t种树\t园林局";
    assert_eq!(shown(&format!("重点任务分解表（共3项）\n{table}")), ["第1段 共3项 2"]);
    assert_eq!(shown(&format!("三项重点任务分解表\n{table}\n注：以上共2项。")), ["第1段 三项重点任务 2"]);
    assert!(shown(&format!("重点任务分解表（共2项）\n{table}")).is_empty());
    assert!(shown(&format!("一项重点任务分解表\n{table}")).is_empty());
    let sections = "方案\n一、市容（共2项）\n1.清扫。（责任单位：城管局）\n2.整治。（责任单位：城管局）\n二、绿化（共2项）\n1.种树。（责任单位：园林局）\n三、要求（共2项）";
    assert_eq!(shown(sections), ["第5段 共2项 1", "第7段 共2项 0"]);
}
