//! Plans in sentences.

use super::{drafted, rows};

#[test]
fn every_sentence_that_names_a_doer_is_a_task() {
    let plan = "为做好迎检，现将任务明确如下。市教育局要在5月底前评比文明校园。公交文明由市交通局牵头，公交公司配合，每月开展活动。\
                各社区居委会要发动群众。市文明办每周对各单位工作进行一次督查。\n工作中，各单位要高度重视，明确专人负责。";
    assert_eq!(
        rows(plan),
        [
            "市教育局要在5月底前评比文明校园|||市教育局||5月底前 ?",
            "公交文明由市交通局牵头，公交公司配合，每月开展活动||市交通局||公交公司| ?",
            "各社区居委会要发动群众|||各社区居委会|| ?",
            "市文明办每周对各单位工作进行一次督查|||市文明办|| ?",
        ]
    );
    let draft = drafted(plan);
    assert!(draft.parameters.is_empty(), "{:?}", draft.parameters);
    let unused: Vec<&str> = draft.unused.iter().map(|one| one.text.as_str()).collect();
    assert_eq!(unused, ["为做好迎检，现将任务明确如下。", "工作中，各单位要高度重视，明确专人负责。"]);
    assert_eq!(draft.left_out(), 1);
}

#[test]
fn behind_who_does_it_stands_who_helps() {
    let plan = "一、环境卫生\n1.由卫健委负责、疾控中心协助开展除四害。\n2.由城管局牵头、公安局配合，取缔占道经营。";
    assert_eq!(
        rows(plan),
        [
            "由卫健委负责、疾控中心协助开展除四害|||卫健委|疾控中心|",
            "由城管局牵头、公安局配合，取缔占道经营||城管局||公安局|",
        ]
    );
}

#[test]
fn lists_of_words_are_items_when_each_says_whom() {
    let plan = "一是加强宣传。由文明办牵头，各街道、社区配合，6月10日前完成。\n二是规范办证。由公安局负责。农业局协助设点。\n\
                三是做好收容。由公安局会同执法局建设收容所。\n四是建立机制。各街道要纳入公约。";
    assert_eq!(
        rows(plan),
        [
            "加强宣传||文明办||各街道、社区|6月10日前",
            "规范办证|||公安局|农业局|",
            "做好收容|||公安局|执法局| ?",
            "建立机制|||各街道|| ?",
        ]
    );
    let exhorts = "一要认清形势。要增强责任感。\n二要加强配合。宣传组要精心组织。\n三要主动作为。";
    assert!(rows(exhorts).len() < 2, "{:?}", rows(exhorts));
}

#[test]
fn titles_and_made_up_bodies_do_nothing() {
    let plan = "全市市容整治推进会\n一、深化服务\n组建志愿服务队开展活动。\n二、美化环境\n开展大扫除。";
    assert_eq!(rows(plan), ["深化服务||||| ?", "美化环境||||| ?"]);
}

#[test]
fn who_helps_ends_with_the_name() {
    let plan = "1.加大支持力度。人社部、财政部会同有关部门负责，持续推进。\n2.建设收容所。（公安局会同执法局负责）";
    assert_eq!(rows(plan), ["加大支持力度|||人社部、财政部|有关部门|", "建设收容所|||公安局|执法局|"]);
}

#[test]
fn another_unit_in_the_text_of_a_task_is_pointed_out() {
    let plan = "1.清扫街巷。市园林局要同步修剪行道树。（责任单位：城管局）\n2.整治市场。（责任单位：工商局）";
    assert_eq!(rows(plan), ["清扫街巷|||城管局|| ?", "整治市场|||工商局||"]);
}

#[test]
fn words_that_announce_tasks_are_none() {
    let plan = "测评将于9月中旬进行。请做好以下工作：教育局负责设置广告；商务局负责设置服务站。";
    assert_eq!(rows(plan), ["教育局负责设置广告|||教育局|| ?", "商务局负责设置服务站|||商务局|| ?"]);
    assert_eq!(drafted(plan).unused[0].text, "测评将于9月中旬进行。请做好以下工作：");
}

#[test]
fn items_that_mostly_begin_with_a_unit_are_its_tasks() {
    let plan = "一、加强宣传。县融媒体中心每天播放广告。\n二、管控火源。各乡镇在路口设卡检查。\n三、做好准备。县应急局组织队伍待命。";
    assert_eq!(rows(plan), ["加强宣传|||县融媒体中心|| ?", "管控火源|||各乡镇|| ?", "做好准备|||县应急局|| ?"]);
}
