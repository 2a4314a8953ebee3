//! "由教育局牵头，公安局配合，开展……": attributions in sentences, without label or bracket.

use super::attribution::Attribution;
use super::labels::Field;
use super::phrase;
use super::units;

/// Words that make the units before them those who have to do it.
const VERBS: &[&str] = &["牵头", "负责", "承担", "主办", "承办", "会同"];

/// The attribution in a sentence. It counts only if all its names look like units.
pub(super) fn attribution(sentence: &str) -> Option<Attribution> {
    let mut found = Attribution::default();
    let mut began = false;
    // 由卫健委负责、疾控中心协助: behind who does it begins another clause.
    let sentence = VERBS.iter().fold(sentence.to_owned(), |sentence, verb| {
        if sentence.contains(verb) { sentence.replace(&format!("{verb}、"), &format!("{verb}，")) } else { sentence }
    });
    for clause in sentence.split(['，', ',', '；', ';']) {
        let clause = clause.trim();
        let named = clause_names(clause, began);
        if let Some(said) = named {
            found.merge(said);
            began = true;
        }
    }
    (!(found.lead.is_empty() && found.units.is_empty())).then_some(found)
}

fn clause_names(clause: &str, began: bool) -> Option<Attribution> {
    let clause = uncounted(clause);
    // By 由 names may begin inside a clause; without it they begin the clause.
    let by = clause.find('由').map(|at| at + '由'.len_utf8());
    let of_role = [by, Some(0)].into_iter().flatten().find_map(|from| {
        let words = &clause[from..];
        let helps = ["配合", "协助", "参与", "参加", "协办", "协同"];
        let verb = VERBS
            .iter()
            .chain(helps.iter().filter(|_| began))
            .filter_map(|verb| Some((words.find(verb)?, verb.len())))
            .min()?;
        let until = verb.0 + verb.1;
        // 会同 wants the names behind it too.
        let end = if words[verb.0..].starts_with("会同") { until + names_end(&words[until..])? } else { until };
        let text = &words[..end];
        let said = phrase::parse(text, Field::Units).attribution;
        let short = |name: &String| name.chars().count() <= 16;
        let whole = said.lead.iter().chain(&said.units).chain(&said.support).all(short) && phrase::all_units(&said);
        (whole && said.names_units()).then_some(said)
    });
    // 由财政局按进度拨付, 由甲牵头，乙具体落实: the action stands where the role would.
    of_role.or_else(|| {
        let words = by.map(|by| &clause[by..]).or(began.then_some(clause))?;
        let names = if by.is_some() { doer(words).map(|(names, _)| names) } else { None };
        let names = names.or_else(|| carries_out(words))?;
        Some(Attribution { units: units::names(names), ..Attribution::default() })
    })
}

/// A clause without what counts it, 一是, and without what says that a meeting asks for it: 会议要求，.
fn uncounted(clause: &str) -> &str {
    let clause = clause.trim_start();
    let asked = clause
        .strip_prefix("会议")
        .and_then(|rest| ["要求", "明确", "决定", "强调", "议定"].iter().find_map(|word| rest.strip_prefix(word)));
    let clause = asked.map_or(clause, |rest| rest.trim_start_matches(['，', ',', '：', ':', '由']));
    super::marker::counter(clause).map_or(clause, |(_, length)| &clause[length..])
}

/// The names that a clause begins with when it goes on with what they do, and what follows.
fn doer(clause: &str) -> Option<(&str, &str)> {
    const MODALS: &[&str] = &[
        "作为", "要", "应", "须", "必须", "每", "定期", "继续", "切实", "认真", "积极", "及时", "会同", "牵头", "承担",
        "全面",
    ];
    let ends = clause.char_indices().map(|(at, c)| at + c.len_utf8());
    let does = |rest: &str| ACTIONS.iter().chain(MODALS).any(|word| rest.starts_with(word));
    let names = |text: &str| units::is_list(text) && units::all_end(text);
    let mut ends = ends.filter(|end| names(&clause[..*end]) && does(&clause[*end..]));
    ends.next().map(|end| clause.split_at(end))
}

/// 各分局具体落实, 乡财政所组织实施: the names of those who carry out what was said.
fn carries_out(words: &str) -> Option<&str> {
    let (names, role) = phrase::split_role(words);
    let directly = role == Some(Field::Units) && units::is_list(names) && units::all_end(names);
    directly.then_some(names)
}

/// The length of the names that a text begins with, and the role word after them if there is one.
fn names_end(text: &str) -> Option<usize> {
    let role = phrase::role_words()
        .filter_map(|word| Some((text.find(word)?, word)))
        .filter(|(at, _)| *at > 0 && units::is_list(&text[..*at]))
        .map(|(at, word)| at + word.len())
        .min();
    if role.is_some() {
        return role;
    }
    let mut reached = None;
    for end in text.char_indices().map(|(at, c)| at + c.len_utf8()) {
        if !units::is_list(&text[..end]) {
            continue;
        }
        reached = Some(end);
        if ACTIONS.iter().any(|action| text[end..].starts_with(action)) {
            break;
        }
    }
    reached.filter(|end| units::all_end(&text[..*end]))
}

/// Words that a sentence goes on with behind the names of those who do something.
const ACTIONS: &[&str] = &[
    "整治", "清理", "查处", "打击", "规范", "排查", "取缔", "制定", "研究", "出台", "修订", "编制", "实施", "督促",
    "完成", "组织", "改造", "建设", "巡查", "检查", "联合", "开展", "推进", "做好", "抓好", "加强", "落实", "负责",
    "建立", "设立", "完善", "指导", "跟踪", "按", "对", "在", "将", "于", "加快", "统筹", "提供", "安排", "拆除",
    "维护", "管理", "处理", "收集", "汇总", "起草", "评选", "举办", "选取", "拨付", "审核", "成立", "下达", "筹集",
];

/// 区教育局　负责学校健康教育: the names, and the action after a blank.
pub(super) fn parted(text: &str) -> Option<(&str, &str)> {
    let (names, rest) = text.split_once([' ', '\u{3000}', '\t'])?;
    let rest = rest.trim_start();
    (units::is_list(names) && ACTIONS.iter().any(|action| rest.starts_with(action))).then_some((names, rest))
}

/// Verbs whose object ends like the name of a unit: 组建志愿服务队, 打造示范社区.
const MAKING: &[&str] =
    &["组建", "打造", "创建", "深入", "走进", "构建", "选派", "争创", "培育", "发挥", "依托", "充分", "充实"];

/// 市教育局要做好……: the unit that a sentence says has to do something, when it names one. Whom everybody is part of,
/// and what everybody has to keep in mind, makes no task.
pub(super) fn subject(sentence: &str) -> Option<Attribution> {
    const EVERYBODY: &[&str] = &["单位", "部门", "人员", "成员", "级", "地区", "地方", "方面", "干部", "同志"];
    const ALWAYS: &[&str] = &[
        "高度重视", "加强领导", "加强组织领导", "提高认识", "提高思想认识", "提高政治站位", "密切配合", "统一思想",
        "认真贯彻", "切实加强", "压实责任", "落实责任", "强化责任", "明确专人", "按照职责", "按照各自", "结合实际",
        "充分认识", "认真落实", "对照", "严格按照", "增强", "各司其职", "通力", "主动作为",
    ];
    let (names, rest) = doer(uncounted(sentence))?;
    let names = units::names(names);
    // 今年我市, 组建志愿服务队: these end as units do.
    let real = |name: &String| {
        !name.contains(['年', '我', '本']) && !ACTIONS.iter().chain(MAKING).any(|action| name.starts_with(action))
    };
    if !names.iter().all(real) {
        return None;
    }
    let everybody = |name: &String| units::is_collective(name) && EVERYBODY.iter().any(|end| name.ends_with(end));
    let action = ["要", "应当", "应", "必须", "须"].iter().find_map(|word| rest.strip_prefix(word)).unwrap_or(rest);
    if names.iter().any(everybody) || ALWAYS.iter().any(|word| action.starts_with(word)) {
        return None;
    }
    let mut said = Attribution::default();
    if action.starts_with("牵头") {
        said.lead = names;
    } else {
        said.units = names;
    }
    for clause in sentence.split(['，', ',', '；', ';']).skip(1) {
        said.merge(helpers(clause.trim()).unwrap_or_default());
    }
    Some(said)
}

/// 市教育局要做好……: a unit that is told so, and no word that only ends like one.
pub(super) fn told(sentence: &str) -> Option<Attribution> {
    let (names, rest) = doer(uncounted(sentence))?;
    let told = ["要", "应当", "须", "必须"].iter().any(|word| rest.starts_with(word));
    let names = units::names(names);
    (told && names.iter().all(|name| units::is_organ(name))).then(|| subject(sentence)).flatten()
}

/// 会同市教育局开展检查, 市教育局协助做好宣传: who helps, when the sentence says no more of it.
pub(super) fn helpers(sentence: &str) -> Option<Attribution> {
    let helping = |names: &str| Attribution { support: units::names(names), ..Attribution::default() };
    if let Some(rest) = sentence.strip_prefix("并").unwrap_or(sentence).strip_prefix("会同") {
        return Some(helping(&rest[..names_end(rest)?]));
    }
    let at = ["配合", "协助", "参与"].iter().filter_map(|word| sentence.find(word)).min()?;
    // 全市中小学参与率 is counted.
    if sentence[at..].chars().nth(2).is_some_and(|c| "率度人者".contains(c)) {
        return None;
    }
    units::is_list(&sentence[..at]).then(|| helping(&sentence[..at]))
}

/// The introduction of a plan: 为进一步……，现将任务明确如下。
pub(super) fn is_opening(sentence: &str) -> bool {
    let bare = sentence.trim().trim_end_matches(['。', '：', ':', '；', '，']);
    ["如下", "本方案", "以下工作", "以下事项", "以下任务", "以下措施", "以下几项工作"]
        .iter()
        .any(|end| bare.ends_with(end))
}

/// Whether a sentence says who does it and nothing of what: 由市教育局负责。
pub(super) fn looks_back(sentence: &str) -> bool {
    let bare = sentence.trim_end_matches(['。', '；', ';', '！', ' ']);
    ["负责", "牵头", "配合", "落实", "实施", "承担", "承办", "主办", "协办", "参与", "执行", "推进", "完成"]
        .iter()
        .any(|end| bare.ends_with(end))
        && bare.chars().count() <= 40
}

/// Whether a sentence leaves no doubt who has to do it: it begins with the names, or 由 stands before them.
pub(super) fn is_plain(sentence: &str, said: &Attribution) -> bool {
    let first = said.lead.iter().chain(&said.units).map(String::as_str);
    let sentence = sentence.trim_start();
    first.into_iter().any(|name| sentence.starts_with(name) || sentence.contains(&format!("由{name}")))
}

/// The sentences of a text; what announces others ends with its colon: 请做好以下工作：.
pub(super) fn sentences(text: &str) -> Vec<&str> {
    let mut sentences = Vec::new();
    let (mut start, mut from) = (0, 0);
    while let Some((at, c)) = text[from..].char_indices().find(|(_, c)| "。；;！\n：:".contains(*c)) {
        let (at, end) = (from + at, from + at + c.len_utf8());
        from = end;
        if !matches!(c, '：' | ':') || is_opening(&text[start..at]) {
            sentences.push(&text[start..end]);
            start = end;
        }
    }
    if !text[start..].trim().is_empty() {
        sentences.push(&text[start..]);
    }
    sentences
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(sentence: &str) -> String {
        attribution(sentence).map_or_else(String::new, |said| {
            [said.lead.join(" "), said.units.join(" "), said.support.join(" ")].join("|")
        })
    }

    #[test]
    fn who_does_it_is_read_from_the_sentence() {
        for (sentence, found) in [
            ("由市教育局牵头，市公安局配合，开展校园整治。", "市教育局||市公安局"),
            ("市城管局负责清理主次干道。", "|市城管局|"),
            ("市财政局会同市税务局落实政策。", "|市财政局|市税务局"),
            ("校园整治由市教育局、各学校负责。", "|市教育局 各学校|"),
            ("由市交通局会同市公安局整治客运站秩序。", "|市交通局|市公安局"),
            ("人社部、财政部会同有关部门负责，持续推进。", "|人社部 财政部|有关部门"),
            ("由区公安分局会同区综合执法局建设收容场所。", "|区公安分局|区综合执法局"),
            ("由大气科牵头，执法队、各分局具体落实。", "大气科|执法队 各分局|"),
            ("由大气科牵头，各分局组织实施。", "大气科|各分局|"),
            ("由市教育局牵头，各学校共同实施，市公安局协同。", "市教育局|各学校|市公安局"),
            ("由市教育局负责，各学校按照方案落实措施。", "|市教育局 各学校|"),
            ("甲科负责统筹，各街道具体组织实施。", "|甲科 各街道|"),
            ("由各乡镇具体落实。", "|各乡镇|"),
            ("由农技站承办，畜牧站、派出所配合。", "|农技站|畜牧站 派出所"),
            ("由农技站主办，畜牧站、派出所协办。", "农技站||畜牧站 派出所"),
            ("由市教育局牵头，资金落实到位。", "市教育局||"),
            ("由市教育局牵头，各校园严格按照要求实施。", "市教育局||"),
            ("明确专人负责台账管理。", ""),
            ("各级干部要对工作负责。", ""),
            ("切实加强领导，落实责任。", ""),
        ] {
            assert_eq!(shown(sentence), found, "{sentence}");
        }
    }
}
