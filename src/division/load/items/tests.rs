//! Cells of units as offices write them.

use super::*;

fn read(text: &str) -> String {
    let known = ["综合科", "后勤中心", "工会", "各街道", "各科室", "科（室、中心）"];
    // a group is known with and without a bracket behind it, as the roster takes it
    let group = |name: &str| name.starts_with('各') && known.contains(&name.split(['（', '(']).next().unwrap_or(name));
    let items = items(text, Some('★'), &|name| known.contains(&name) || group(name));
    let show = |item: &Item| {
        let role = item.role.map_or(String::new(), |role| format!("{role:?}:"));
        let except = if item.except.is_empty() { String::new() } else { format!("-{}", item.except.join(",")) };
        format!("{role}{}{except}", item.name)
    };
    items.iter().map(show).collect::<Vec<_>>().join(" ")
}

#[test]
fn items_lose_what_is_no_name() {
    assert_eq!(read("综合科、管理一科，后勤中心等。"), "综合科 管理一科 后勤中心");
    assert_eq!(read("综合科；××局；——"), "综合科");
    assert_eq!((read("无"), read("____"), read("")), (String::new(), String::new(), String::new()));
    assert_eq!(read("综合科、工会等单位"), "综合科 工会");
    assert_eq!(read("综合科、工会等2个科室"), "综合科 工会");
    assert_eq!(read("各科室（综合科、工会）"), "综合科 工会");
    assert_eq!(read("综合科、工会等相关单位"), "综合科 工会 相关单位");
}

#[test]
fn roles_may_be_said_in_the_cell() {
    assert_eq!(read("牵头单位：综合科；配合单位：工会、督查室"), "Lead:综合科 Support:工会 Support:督查室");
    assert_eq!(read("综合科（牵头）、工会（配合）、后勤中心"), "Lead:综合科 Support:工会 后勤中心");
    assert_eq!(read("综合科牵头，工会配合"), "Lead:综合科 Support:工会");
    assert_eq!(read("由综合科牵头、工会参与"), "Lead:综合科 Support:工会");
    assert_eq!(read("综合科会同工会"), "综合科 Support:工会");
    assert_eq!(read("综合科会同某某局"), "综合科 Support:某某局");
    assert_eq!(read("统筹会同推进"), "统筹会同推进", "only names are parted");
    for text in ["综合科（工会配合）", "综合科（配合单位：工会）", "综合科（协助：工会）"]
    {
        assert_eq!(read(text), "综合科 Support:工会", "{text}");
    }
    assert_eq!(read("综合科（工会、督查室配合）"), "综合科 Support:工会 Support:督查室");
    assert_eq!(read("工会（具体负责）、督查室（参与）"), "Owe:工会 Support:督查室");
}

#[test]
fn a_word_for_the_role_covers_its_clause() {
    for (text, expected) in [
        ("教育局牵头，文旅局、团委、妇联配合", "Lead:教育局 Support:文旅局 Support:团委 Support:妇联"),
        ("综合科牵头、工会、妇联参与", "Lead:综合科 Support:工会 Support:妇联"),
        ("综合科牵头 工会配合", "Lead:综合科 Support:工会"),
        ("教育局、文旅局、团委按职责分工负责", "Owe:教育局 Owe:文旅局 Owe:团委"),
        ("教育局、文旅局，按照职责分工负责。", "Owe:教育局 Owe:文旅局"),
        ("教育局、文旅局按职责分工", "Owe:教育局 Owe:文旅局"),
        ("教育局、妇联共同负责", "Owe:教育局 Owe:妇联"),
        ("教育局、妇联分别牵头负责", "Lead:教育局 Lead:妇联"),
        ("由教育局、妇联负责牵头，各街道抓好落实", "Lead:教育局 Lead:妇联 Owe:各街道"),
        ("教育局牵头会同文旅局、团委", "Lead:教育局 Support:文旅局 Support:团委"),
        ("教育局、妇联牵头会同文旅局", "Lead:教育局 Lead:妇联 Support:文旅局"),
        ("教育局负责会同文旅局", "Owe:教育局 Support:文旅局"),
        ("教育局总牵头，文旅局配合", "Lead:教育局 Support:文旅局"),
        ("教育局牵头，文旅局，团委，妇联配合", "Lead:教育局 Support:文旅局 Support:团委 Support:妇联"),
        ("教育局牵头,文旅局,团委协助", "Lead:教育局 Support:文旅局 Support:团委"),
        ("教育局牵头，文旅局；团委配合", "Lead:教育局 文旅局 Support:团委"),
        ("教育局会同文旅局、团委", "教育局 Support:文旅局 Support:团委"),
        ("教育局会同文旅局、团委负责，妇联", "Owe:教育局 Support:文旅局 Support:团委 妇联"),
        ("教育局，会同文旅局、团委", "教育局 Support:文旅局 Support:团委"),
        ("责任单位：教育局牵头，文旅局、团委配合", "Lead:教育局 Support:文旅局 Support:团委"),
        ("教育局牵头，文旅局、团委等单位配合", "Lead:教育局 Support:文旅局 Support:团委"),
        ("教育局（牵头）、文旅局、团委负责", "Lead:教育局 Owe:文旅局 Owe:团委"),
        ("文旅局、团委配合，教育局牵头", "Support:文旅局 Support:团委 Lead:教育局"),
        ("教育局，文旅局，团委配合", "教育局 文旅局 Support:团委"),
        ("教育局、团委配合", "教育局 Support:团委"),
        ("各科室，工会不参加", "各科室-工会"),
        ("市委组织部牵头，社会组织参与", "Lead:市委组织部 Support:社会组织"),
        ("教育局组织实施", "Owe:教育局"),
        ("创建推进办、落实办、负责人办公室", "创建推进办 落实办 负责人办公室"),
    ] {
        assert_eq!(read(text), expected, "{text}");
    }
}

#[test]
fn a_sign_before_a_name_is_no_part_of_it_and_may_say_who_leads() {
    assert_eq!(read("★综合科、工会、后勤中心"), "Lead:综合科 工会 后勤中心");
    assert_eq!(read("工会、综合科★"), "工会 Lead:综合科");
    assert_eq!(read("▲综合科、※ 工会"), "综合科 工会");
    assert_eq!(read("牵头单位：综合科；配合单位：★工会、督查室"), "Lead:综合科 Lead:工会 Support:督查室");
    let unsaid = items("★综合科、工会", None, &|_| false);
    assert_eq!(
        unsaid.iter().map(|item| (item.name.as_str(), item.role)).collect::<Vec<_>>(),
        [("综合科", None), ("工会", None)]
    );
}

#[test]
fn known_names_are_split_and_freed() {
    assert_eq!(read("综合科 后勤中心"), "综合科 后勤中心");
    assert_eq!(read("后勤中心及各街道"), "后勤中心 各街道");
    assert_eq!(read("人事和教育科"), "人事和教育科");
    assert_eq!(read("人事科和教育科　督查室"), "人事科 教育科 督查室");
    assert_eq!(read("云州市 教育局"), "云州市 教育局");
    assert_eq!(read("综合科（张某）"), "综合科");
    assert_eq!(read("科（室、中心）"), "科（室、中心）");
    assert_eq!(read("各科室（除工会、综合科外）"), "各科室-工会,综合科");
}

#[test]
fn who_is_left_out_may_be_said_in_many_ways() {
    for text in [
        "各科室（综合科除外）",
        "各科室（不含综合科）",
        "各科室除综合科外",
        "除综合科外的各科室",
        "各科室，综合科除外",
        "除综合科以外的各科室",
        "综合科以外的各科室",
    ] {
        assert_eq!(read(text), "各科室-综合科", "{text}");
    }
    assert_eq!(read("机关各科室（综合科、工会除外）"), "机关各科室-综合科,工会");
    assert_eq!(read("各街道（配合）"), "Support:各街道");
    assert_eq!(read("综合科除外"), "综合科除外", "nothing before it that it could be taken from");
}

#[test]
fn several_may_be_left_out_and_items_may_be_numbered() {
    for text in [
        "各科室（不包括综合科和工会）",
        "各科室（除了综合科、工会外）",
        "除综合科及工会外的各科室",
        "除综合科、工会外的各科室",
        "除综合科、工会外，各科室",
        "除综合科、工会以外各科室",
        "各科室除综合科、工会外",
        "除综合科，工会外，其他科室",
        "各科室（综合科与工会免报）",
    ] {
        assert_eq!(read(text), "各科室-综合科,工会", "{text}");
    }
    assert_eq!(read("除外办、综合科外的各科室、后勤中心"), "各科室-外办,综合科 后勤中心");
    assert_eq!(read("工会、各科室除综合科外，配合单位：后勤中心"), "工会 各科室-综合科 Support:后勤中心");
    assert_eq!(read("各科室（人事和教育科除外）"), "各科室-人事和教育科");
    for text in ["1.综合科 2.工会", "1、综合科\n2、工会", "1)综合科 2)工会", "①综合科②工会", "1）综合科；2）工会"]
    {
        assert_eq!(read(text), "综合科 工会", "{text}");
    }
    assert_eq!(read("110指挥中心、12345热线办"), "110指挥中心 12345热线办");
}

#[test]
fn a_colon_between_units_parts_them() {
    assert_eq!(read("综合科:财务科"), "综合科 财务科");
    assert_eq!(read("科室：综合科"), "综合科");
    assert_eq!(read("责任单位：综合科"), "Owe:综合科");
}
