//! Lists of duties by unit.

use super::{drafted, rows};

#[test]
fn units_head_their_duties_without_a_colon() {
    let plan = "局内分工\n市容科\n1.整治沿街立面。\n2.签订责任书，每月28日前上报。\n环卫处：\n1、清扫街巷；\n园林处\n\
                绿化带内无垃圾；\n更换枯死行道树，8月15日前完成。\n办公室\n做好档案归集。";
    assert_eq!(
        rows(plan),
        [
            "整治沿街立面|||市容科||",
            "签订责任书，每月28日前上报|||市容科||每月28日前",
            "清扫街巷|||环卫处||",
            "绿化带内无垃圾|||园林处||",
            "更换枯死行道树，8月15日前完成|||园林处||8月15日前",
            "做好档案归集|||办公室||",
        ]
    );
}

#[test]
fn a_bracket_behind_the_unit_names_who_helps_it() {
    let plan = "执法大队（配合单位：市容科、公安分局）\n取缔流动摊贩。\n城建科（公用事业科配合）\n1.道路绿化。\n2.补植行道树。";
    assert_eq!(
        rows(plan),
        [
            "取缔流动摊贩|||执法大队|市容科、公安分局|",
            "道路绿化|||城建科|公用事业科|",
            "补植行道树|||城建科|公用事业科|",
        ]
    );
}

#[test]
fn who_helps_in_the_last_duty_helps_in_no_other() {
    let plan = "一、市卫健委\n1.病媒防制。\n2.健康教育进社区。配合单位：市教育局\n二、市城管局\n1.市容整治。\n2.公厕管护。（市住建局配合）";
    assert_eq!(
        rows(plan),
        [
            "病媒防制|||市卫健委||",
            "健康教育进社区|||市卫健委|市教育局|",
            "市容整治|||市城管局||",
            "公厕管护|||市城管局|市住建局|",
        ]
    );
}

#[test]
fn a_unit_leads_some_of_its_tasks_and_helps_in_others() {
    let plan = "一、宣传部\n（一）牵头任务\n1.刊播公益广告。\n2.建好文明实践站。责任单位：各镇\n（二）配合任务\n1.网络文明建设。牵头单位：网信办\n\
                二、教育局\n牵头任务：\n1.文明校园创建。\n配合任务：\n1.整治校园周边。";
    assert_eq!(
        rows(plan),
        [
            "刊播公益广告||宣传部|||",
            "建好文明实践站||宣传部|各镇||",
            "网络文明建设||网信办||宣传部|",
            "文明校园创建||教育局|||",
            "整治校园周边||||教育局| ?",
        ]
    );
}

#[test]
fn duties_may_be_numbered_on_the_line_of_the_unit() {
    let plan = "县住建局（2项）：1.整治围挡；2.改造小区4个，10月底前完工。配合单位：县财政局\n县公安局：1.整治秩序；2.打击赌博。\n\
                各镇（街道）：整治背街小巷。";
    assert_eq!(
        rows(plan),
        [
            "整治围挡|||县住建局||",
            "改造小区4个，10月底前完工|||县住建局|县财政局|10月底前",
            "整治秩序|||县公安局||",
            "打击赌博|||县公安局||",
            "整治背街小巷|||各镇（街道）||",
        ]
    );
}

#[test]
fn labels_may_stand_above_their_items() {
    let plan =
        "迎检任务\n责任单位：卫健委\n1.布设监测点。\n2.健康讲座。\n责任单位：城管局\n配合单位：各街道\n3.更换果皮箱。";
    assert_eq!(rows(plan), ["布设监测点|||卫健委||", "健康讲座|||卫健委||", "更换果皮箱|||城管局|各街道|"]);
    assert_eq!(drafted(plan).unused.len(), 1);
    let behind = "1.布设监测点。\n责任单位：卫健委\n2.更换果皮箱。\n责任单位：城管局";
    assert_eq!(rows(behind), ["布设监测点|||卫健委||", "更换果皮箱|||城管局||"]);
}

#[test]
fn a_task_under_a_unit_that_names_another_is_doubtful() {
    let plan = "一、市教育局\n1.文明校园。责任单位：各学校\n2.家长学校。\n二、市城管局\n1.市容整治。\n2.公厕管护。";
    assert_eq!(rows(plan)[..2], ["文明校园|||各学校|| ?", "家长学校|||市教育局||"]);
}

#[test]
fn dots_lead_to_the_unit() {
    let plan = "1、院内清扫……………党政办\n2、河道打捞......农业中心、各村\n以上任务由镇纪委检查验收。";
    assert_eq!(rows(plan), ["院内清扫|||党政办||", "河道打捞|||农业中心、各村||"]);
}

#[test]
fn a_heading_that_looks_like_no_unit_is_one_among_units() {
    let plan = "■ 应急部门\n1.综合协调；\n2.召开会议；\n■ 爱卫委\n1.控制病媒；\n■ 供水单元\n1.水质检测；\n2.管网改造。";
    assert_eq!(
        rows(plan),
        [
            "综合协调|||应急部门||",
            "召开会议|||应急部门||",
            "控制病媒|||爱卫委||",
            "水质检测|||供水单元|| ?",
            "管网改造|||供水单元|| ?",
        ]
    );
}

#[test]
fn duties_of_a_unit_may_be_numbered_as_sections_are() {
    let plan = "市文明办\n一、制定方案，3月底前印发。\n二、组织测评。\n市城管局\n一、整治街道。\n二、规范摊贩。\n配合部门：各区\n市邮政局\n一、规范网点。";
    assert_eq!(
        rows(plan),
        [
            "制定方案，3月底前印发|||市文明办||3月底前",
            "组织测评|||市文明办||",
            "整治街道|||市城管局|各区| ?",
            "规范摊贩|||市城管局|各区| ?",
            "规范网点|||市邮政局||",
        ]
    );
}

#[test]
fn a_blank_may_part_the_unit_from_its_duty() {
    let plan = "区宣传部　负责公益宣传。\n区教育局　负责健康教育。\n各街道办事处　负责环境整治。";
    assert_eq!(rows(plan), ["负责公益宣传|||区宣传部||", "负责健康教育|||区教育局||", "负责环境整治|||各街道办事处||"]);
}

#[test]
fn what_heads_units_is_no_unit() {
    let sections = "一、各科室职责\n（一）办公室\n1.组织协调。\n2.收集台账。\n（二）人事科\n1.道德讲堂。\n二、工作要求\n（一）加强领导。";
    let offices = ["组织协调|||办公室||", "收集台账|||办公室||", "道德讲堂|||人事科||"];
    for heading in ["各科室职责", "科室职责", "各部门任务"] {
        assert_eq!(rows(&sections.replace("各科室职责", heading)), offices, "{heading}");
    }
    // A unit that is nobody's heading keeps its duties.
    let each = "一、办公室\n1.组织协调。\n2.收集台账。\n二、各科室\n1.道德讲堂。";
    assert_eq!(rows(each), [offices[0], offices[1], "道德讲堂|||各科室||"]);
}

#[test]
fn the_title_is_no_unit() {
    for title in ["某镇成员单位职责分工", "某镇内设机构职责分工", "某镇成员单位"] {
        let plan = format!(
            "{title}\n一、总则\n为明确职责，制定本分工。\n二、成员单位职责\n派出所：治安巡逻。\n司法所：调处纠纷。"
        );
        assert_eq!(rows(&plan), ["治安巡逻|||派出所||", "调处纠纷|||司法所||"], "{title}");
    }
    let duties = "市文明办职责\n一、组织测评。\n市城管局职责\n一、整治街道。";
    assert_eq!(rows(duties), ["组织测评|||市文明办||", "整治街道|||市城管局||"]);
}

#[test]
fn the_nearest_unit_above_a_duty_has_it() {
    let plan = "一、市教育局\n（一）文明校园。\n（二）各学校\n1.晨午检。\n2.食堂。\n二、市城管局\n（一）市容整治。";
    assert_eq!(
        rows(plan),
        ["文明校园|||市教育局||", "晨午检|||各学校|| ?", "食堂|||各学校|| ?", "市容整治|||市城管局||"]
    );
}

#[test]
fn who_helps_with_a_duty_is_named_in_its_sentence() {
    let plan = "某局工作分工\n一、市容科\n1.清理占道经营，会同市公安局开展夜间整治。\n2.整治户外广告，各街道配合。\n3.会同有关方面做好工作。\n二、环卫科\n1.清运垃圾。并会同园林科、养护所修剪绿篱。\n2.修缮公厕。（配合单位：水务科）会同机关做好保障。";
    assert_eq!(
        rows(plan),
        [
            "清理占道经营，会同市公安局开展夜间整治|||市容科|市公安局|",
            "整治户外广告，各街道配合|||市容科|各街道|",
            "会同有关方面做好工作|||市容科||",
            "清运垃圾|||环卫科|园林科、养护所|",
            "修缮公厕|||环卫科|水务科|"
        ]
    );
}
