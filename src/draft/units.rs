//! Names of units in a text: splitting lists, recognising units, completing prefixes that were written only once.

use crate::basis::text::{SIGNS, fold, list};

/// Characters of the longest name that is taken for a unit without a label before it.
const LONGEST: usize = 26;

/// Endings of the names of units.
const ENDS: &[&str] = &[
    "局", "委", "办", "部", "处", "科", "室", "站", "所", "队", "院", "厅", "署", "会", "行", "社", "校", "联", "协",
    "组", "股", "中心", "街道", "镇", "乡", "村", "社区", "公司", "集团", "政府", "单位", "部门", "机构", "专班", "县",
    "市", "区", "州", "旗", "企业", "学院", "医院", "银行", "馆", "台", "园", "场", "团委", "妇联", "工会", "餐厅",
    "基地", "窗口", "法庭", "法院", "海关", "政协", "人大", "人员", "班子成员", "开发区", "管理区", "支部", "网格",
    "军分区", "人武部", "防指", "机关", "乡镇", "镇街", "村居", "县区", "市县", "区县", "地区", "地方", "党工委",
    "报社", "学校", "小学", "中学", "大学", "业主", "物业", "供电", "移动", "联通", "电信", "铁塔", "邮政", "工商联",
    "科协", "团", "总站", "所属",
];

/// Words that make a name a collective one.
const EACH: &[&str] =
    &["各", "全体", "所有", "有关", "相关", "其他", "其它", "全市", "全县", "全区", "全镇", "全校", "全局"];

/// Words that end like units but are not.
const NO_UNITS: &[&str] = &[
    "责任单位", "牵头单位", "配合单位", "专人", "单位", "部门", "社区", "窗口单位", "以上地区", "区市县", "工作人员",
    "地方", "地区", "人员",
];

/// Phrases that end like the name of a unit but are not.
const NO_ENDS: &[&str] = &[
    "市场", "广场", "现场", "立场", "考场", "干部", "内部", "全部", "局部", "社会", "机会", "人行", "执行", "实行",
    "运行", "进行", "先行", "推行", "试行", "暂行", "现行", "城区", "辖区", "小区", "城市", "农村", "校园", "公园",
    "场所", "示范区", "全国", "城乡", "集团化", "到位", "大队部", "网络平台",
];

/// Words that name the place of a unit, anywhere in its name.
const PLACED: &[char] = &['各', '省', '市', '县', '区', '镇', '街', '旗', '州', '盟'];

/// Beginnings of names of bodies outside the plan's place.
const APART: &[&str] = &["国网", "国家", "中国", "中央", "全国", "驻", "团", "人行", "人民银行", "海关", "党"];

/// The names in a list of units: each as written, the open tail after 等 left out, lists inside brackets kept whole.
pub(super) fn names(text: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for part in list(text).into_iter().flat_map(|part| part.split('。')) {
        for name in
            split_blanks(part).into_iter().flat_map(|part| without_tail(&part)).flat_map(|part| split_and(&part))
        {
            let name = bare(&name);
            if !name.is_empty() && !names_nobody(&name) && !found.contains(&name) {
                found.push(name);
            }
        }
    }
    found
}

/// A name without the words around it.
fn bare(name: &str) -> String {
    let mut name: String = name.chars().filter(|c| !c.is_whitespace()).collect();
    for word in ["以及", "由", "和", "与", "及", "其中"] {
        // 和平区, 与 and 及 begin names seldom; what is left must still be one.
        if let Some(rest) = name.strip_prefix(word).filter(|rest| is_unit(rest) && !is_unit_word(&name)) {
            name = rest.to_owned();
        }
    }
    let name =
        name.trim_matches(SIGNS).trim_matches(['。', '.', '：', ':', '；', ';', '、', '，', ',', '…', '－', '—']);
    // A bracket that was never opened or closed belongs to what stands around.
    let (open, close) = (name.matches(['（', '(']).count(), name.matches(['）', ')']).count());
    match open.cmp(&close) {
        std::cmp::Ordering::Less => name.trim_end_matches(['）', ')']).to_owned(),
        std::cmp::Ordering::Greater => name.trim_start_matches(['（', '(']).to_owned(),
        std::cmp::Ordering::Equal => name.to_owned(),
    }
}

fn is_unit_word(name: &str) -> bool {
    ["和平", "和田", "和县", "和硕", "和龙", "和顺", "和林", "及时"].iter().any(|word| name.starts_with(word))
}

/// Whether a name stands for nobody: a blank to fill in, 无, or the office that wrote the plan.
pub(super) fn names_nobody(name: &str) -> bool {
    let folded = fold(name);
    let rest: String =
        folded.chars().filter(|c| c.is_alphanumeric() && !matches!(c, '×' | '╳' | 'x' | '某' | '_')).collect();
    let marked = rest.chars().count() < folded.chars().count()
        && folded.contains(['×', '╳', '_', 'x', '某', '*', '□', '-', '/']);
    let own = folded.strip_prefix(['本', '我']).is_some_and(|rest| rest == "单位" || rest.chars().count() == 1);
    let open = matches!(folded.as_str(), "无" | "空" | "待定" | "待明确" | "未定" | "下同" | "略");
    rest.is_empty() || own || open || marked && rest.chars().count() <= 2
}

/// Names divided by blanks only: when each part is a unit by itself.
fn split_blanks(part: &str) -> Vec<String> {
    let parts: Vec<&str> = part.split_whitespace().collect();
    if parts.len() > 1 && parts.iter().all(|part| is_unit(part)) {
        parts.into_iter().map(ToOwned::to_owned).collect()
    } else {
        vec![parts.concat()]
    }
}

/// 教育局等有关部门 is 教育局; 财政局等部门和各县区 is 财政局 and 各县区.
fn without_tail(part: &str) -> Vec<String> {
    /// Endings of an open tail.
    const ENDS: &[&str] = &["部门", "单位", "科室", "企业", "机构", "处室", "地区", "地方", "成员", "组织"];
    /// Characters of the longest: 国务院有关部门, 市直相关职能部门.
    const LONGEST: usize = 10;
    // 高等院校, 中等学校 and 平等 are words of their own.
    let whole = |at: usize| part[..at].ends_with(['高', '中', '初', '平', '同', '均']) && !part[..at].ends_with("集中");
    let Some((at, _)) = part.match_indices('等').find(|(at, _)| !whole(*at)) else { return vec![part.to_owned()] };
    let (name, rest) = (&part[..at], &part[at + '等'.len_utf8()..]);
    let counted = rest
        .trim_start_matches(|c: char| c.is_ascii_digit() || "一二三四五六七八九十多".contains(c))
        .trim_start_matches('个');
    if name.is_empty() {
        return Vec::new();
    }
    if rest.is_empty() {
        return vec![name.to_owned()];
    }
    let tail = |text: &str| ENDS.iter().any(|end| text.ends_with(end)) && text.chars().count() <= LONGEST;
    if tail(counted) && !counted.contains(['和', '及', '与']) {
        return vec![name.to_owned()];
    }
    let further = ["以及", "和", "及", "与"].iter().filter_map(|word| {
        let at = counted.find(word)?;
        let rest = &counted[at + word.len()..];
        (tail(&counted[..at]) && is_unit(rest)).then_some(rest)
    });
    match further.max_by_key(|rest| rest.len()) {
        Some(further) => vec![name.to_owned(), further.to_owned()],
        None if tail(counted) => vec![name.to_owned()],
        None => vec![part.to_owned()],
    }
}

/// 城管局和各街道 is two, 工业和信息化局 one: both sides must be units.
fn split_and(name: &str) -> Vec<String> {
    let mut depth = 0usize;
    for (at, c) in name.char_indices() {
        match c {
            '（' | '(' => depth += 1,
            '）' | ')' => depth = depth.saturating_sub(1),
            '和' | '及' | '与' | '暨' if depth == 0 => {
                let left = name[..at].trim_end_matches('以');
                let right = &name[at + c.len_utf8()..];
                let short = ["市", "县", "区", "团", "部", "办", "会", "行", "社", "所", "所属"].contains(&left);
                // 各乡镇党委和政府 is whole: 政府 alone is nobody.
                let bare = ["政府", "人民政府", "党委", "党工委", "管委会", "办事处", "村委会"].contains(&right);
                if is_unit(left) && !short && !bare && split_and(right).iter().all(|part| is_unit(part)) {
                    return std::iter::once(left.to_owned()).chain(split_and(right)).collect();
                }
            }
            _ => {}
        }
    }
    vec![name.to_owned()]
}

/// Whether a name is collective: 各街道, 委属各单位, 全体人员, 领导小组成员单位, 科室.
pub(super) fn is_collective(name: &str) -> bool {
    const KINDS: &[&str] = &["科室", "处室", "股室", "站所", "内设机构"];
    EACH.iter().any(|word| name.starts_with(word))
        || name.contains('各')
        || name.ends_with("成员单位")
        || KINDS.contains(&name)
}

/// Whether a name ends as an organ's does, and no place or group of people does: 社区 and 单位 may be either.
pub(super) fn is_organ(name: &str) -> bool {
    const ENDS: &[&str] = &[
        "局", "委", "办", "厅", "署", "队", "所", "站", "处", "科", "室", "街道", "中心", "办事处", "居委会", "村委会",
    ];
    ENDS.iter().any(|end| name.ends_with(end))
}

/// Whether a text looks like the name of one unit, or of units together.
pub(super) fn is_unit(name: &str) -> bool {
    let name = name.trim();
    let count = name.chars().count();
    let outside = without_brackets(name);
    if !(2..=LONGEST).contains(&count)
        || NO_UNITS.contains(&name)
        || outside.contains(['。', '；', '：', ':', '、', '，', '“', '《', '%', '％'])
    {
        return false;
    }
    let plain = if outside.is_empty() { name } else { &outside };
    if ["含", "包括", "不含", "除"].iter().any(|word| plain.starts_with(word)) {
        return false;
    }
    if plain.is_empty() || plain.chars().any(|c| c.is_ascii_digit()) && !plain.contains('号') {
        return false;
    }
    let ends = ENDS.iter().any(|end| plain.ends_with(end)) && !NO_ENDS.iter().any(|no| plain.ends_with(no));
    ends && !has_verb(plain) || EACH.iter().any(|word| plain.starts_with(word)) && count <= 16 && !has_verb(plain)
}

/// Whether names look like units together: 社区 alone is none, behind 各街道 it is.
pub(super) fn are_units(names: &[String]) -> bool {
    let each = |before: &[String]| before.iter().any(|name| name.starts_with('各'));
    (0..names.len()).all(|at| {
        is_unit(&names[at])
            || ["社区", "部门", "单位", "学校", "村", "乡镇", "街道", "镇", "所", "室", "站", "队", "院", "中心"]
                .contains(&names[at].as_str())
                && each(&names[..at])
    })
}

/// Words of sentences, which no name of a unit contains.
fn has_verb(name: &str) -> bool {
    const VERBS: &[&str] = &[
        "要", "应当", "必须", "开展", "加强", "推进", "落实", "完善", "建立", "做好", "确保", "进行", "实现", "提高",
        "提升", "严格", "进一步", "按照", "根据", "负责", "不得", "可以", "是", "的", "把", "将", "对", "为", "在",
        "向", "从", "了", "并", "包括", "等", "牵头", "配合", "覆盖",
    ];
    VERBS.iter().any(|verb| name.contains(verb))
        && ![
            "高等", "中等", "对外", "对台", "为民", "在线", "推进办", "推进中心", "并", "应急", "建设", "落实办",
            "提升办", "的士",
        ]
        .iter()
        .any(|name_word| name.contains(name_word))
}

/// A name without its brackets, wherever they stand.
fn without_brackets(name: &str) -> String {
    let mut depth = 0usize;
    let outside = |c: &char| match c {
        '（' | '(' => {
            depth += 1;
            false
        }
        '）' | ')' => {
            depth = depth.saturating_sub(1);
            false
        }
        _ => depth == 0,
    };
    name.chars().filter(outside).collect()
}

/// A name without a bracket at its end.
pub(super) fn without_bracket(name: &str) -> &str {
    let Some(inner) = name.strip_suffix(['）', ')']) else { return name };
    inner.rfind(['（', '(']).map_or(name, |at| inner[..at].trim_end())
}

/// The place that stands before some of these names and was left out before others: `(place, the names without it)`.
pub(super) fn elided(names: &[String]) -> Option<(&'static str, Vec<String>)> {
    const PLACES: &[&str] = &["市", "县", "区", "省", "州", "旗"];
    const ENDS: &[char] = &['局', '委', '办', '部', '室', '院', '队', '会', '心', '处', '厅', '社', '联'];
    PLACES.iter().find_map(|place| {
        let written = |name: &&String| {
            let rest = name.strip_prefix(place);
            rest.is_some_and(|rest| {
                rest.chars().count() > 1
                    && !rest.starts_with(['直', '属', '区', '县', '级', '场', '域', '块', '容', '民', '志', '划'])
                    && !rest.starts_with("政管")
            })
        };
        names.iter().find(written)?;
        let lacks = |name: &&String| {
            name.chars().count() <= 9
                && without_bracket(name).ends_with(ENDS)
                && !name.contains(PLACED)
                && !APART.iter().any(|word| name.starts_with(word))
                && (!name.contains('乡') || name.contains("乡村"))
                && !["海关", "管委会", "办事处"].iter().any(|end| name.ends_with(end))
                && !is_collective(name)
        };
        let lacking: Vec<String> = names.iter().filter(lacks).cloned().collect();
        (!lacking.is_empty()).then_some((*place, lacking))
    })
}

/// Whether every name of a list ends as the names of units do: 有关部门负 does not.
pub(super) fn all_end(text: &str) -> bool {
    names(text).iter().all(|name| ENDS.iter().any(|end| without_brackets(name).ends_with(end)))
}

/// Whether a text is nothing but names of units.
pub(super) fn is_list(text: &str) -> bool {
    let names = names(text);
    !names.is_empty() && are_units(&names)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_taken_apart_and_names_stay_whole() {
        for (text, found) in [
            ("综合科、后勤中心，各街道。", "综合科|后勤中心|各街道"),
            ("各科（室、中心）、全体人员", "各科（室、中心）|全体人员"),
            ("市教育局、市财政局等有关部门", "市教育局|市财政局"),
            ("市教育局等部门和各县（市、区）政府", "市教育局|各县（市、区）政府"),
            ("国资委等国务院相关部门及各地区", "国资委|各地区"),
            ("市公安局等6个市直有关职能部门", "市公安局"),
            ("工业和信息化局、文化和旅游局", "工业和信息化局|文化和旅游局"),
            ("市城管局和各街道", "市城管局|各街道"),
            ("各乡镇党委和政府", "各乡镇党委和政府"),
            ("市气象局及各乡(镇)", "市气象局|各乡(镇)"),
            ("各高等院校、市教育局等部门", "各高等院校|市教育局"),
            ("宣传部 学生处", "宣传部|学生处"),
            ("__、××局", ""),
            ("我局、本单位", ""),
            ("某云市教育局", "某云市教育局"),
        ] {
            assert_eq!(names(text).join("|"), found, "{text}");
        }
    }

    #[test]
    fn units_are_told_from_words_that_end_like_them() {
        for name in [
            "市商务局",
            "各街道",
            "团市委",
            "后勤中心",
            "机关党委",
            "国网某县供电公司",
            "办公室（机关后勤中心）",
            "相关乡镇",
            "乡中心小学",
        ] {
            assert!(is_unit(name), "{name}");
        }
        for name in [
            "干部", "覆盖所有行政村", "集贸市场", "不断推进落实的单位", "含社区", "试行", "2个社区", "人民群众",
            "把任务落到社区",
        ] {
            assert!(!is_unit(name), "{name}");
        }
    }

    #[test]
    fn a_place_written_once_is_noticed_and_not_added() {
        let names = |text: &str| names(text);
        assert_eq!(elided(&names("市教育局、财政局，各县区")), Some(("市", vec!["财政局".to_owned()])));
        assert_eq!(elided(&names("市口岸办、云港海关、港口局")), Some(("市", vec!["港口局".to_owned()])));
        assert!(elided(&names("市水利局、国资委、乡村振兴局")).is_some_and(|(_, lacking)| lacking.len() == 2));
        for text in [
            "市教育局、市财政局",
            "市直各单位、各县区",
            "县教育局、国网某县供电公司",
            "综合科、后勤中心",
            "市妇联、团市委、高新区管委会",
            "市容科、公安分局",
            "市交通局、火车站管委会",
        ] {
            assert_eq!(elided(&names(text)), None, "{text}");
        }
    }
}
