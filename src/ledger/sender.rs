//! Finds the unit named in a text: a cell under 责任单位, a 填报单位 line, a file name, a folder.

use crate::basis::UnitId;
use crate::basis::place::Source;
use crate::basis::text::{fold, list, name_key};
use crate::division::Roster;
use crate::division::roster::{Meaning, loose_names};

/// The units named in a cell.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Named {
    /// Given by name or alias, in the order written.
    pub(super) units: Vec<UnitId>,
    /// Given through groups and collective names.
    pub(super) members: Vec<UnitId>,
}

impl Named {
    /// Whether no unit is named.
    pub(super) fn is_empty(&self) -> bool {
        self.units.is_empty() && self.members.is_empty()
    }
}

/// The units in a cell: a list of names, aliases, groups.
pub(super) fn in_cell(text: &str, roster: &Roster) -> Named {
    let mut named = Named::default();
    if let Some(unit) = roster.find(text) {
        named.units.push(unit);
        return named;
    }
    let items = list(text);
    let mut add = |item: &str, others: &[&str]| match item_meaning(item, others, roster) {
        Meaning::Unit(unit) => {
            if !named.units.contains(&unit) {
                named.units.push(unit);
            }
            true
        }
        Meaning::Group(units) => {
            named.members.extend(units);
            true
        }
        Meaning::Unexpandable | Meaning::Unknown => false,
    };
    for (at, item) in items.iter().enumerate() {
        if !add(item, &around(&items, at)) && item.contains(char::is_whitespace) {
            for word in item.split_whitespace() {
                add(word, &[]);
            }
        }
    }
    named
}

/// The items of a cell under 责任单位 that are not known units (R202).
pub fn strangers<'a>(text: &'a str, roster: &Roster) -> Vec<&'a str> {
    let stranger = |item: &str, others: &[&str]| item_meaning(item, others, roster) == Meaning::Unknown;
    if roster.find(text).is_some() {
        return Vec::new();
    }
    let items = list(text);
    let unknown = items.iter().enumerate().filter(|(at, item)| {
        stranger(item, &around(&items, *at)) && item.split_whitespace().any(|word| stranger(word, &[]))
    });
    unknown.map(|(_, item)| *item).collect()
}

/// The items of a list around one of them, those after it first.
fn around<'a>(items: &[&'a str], at: usize) -> Vec<&'a str> {
    items[at + 1..].iter().chain(items[..at].iter().rev()).copied().collect()
}

/// The meaning of an item, also with a remark: 综合科（牵头）, 牵头：综合科. `others`: the items around it.
fn item_meaning(item: &str, others: &[&str], roster: &Roster) -> Meaning {
    let meaning = roster.meaning(item);
    if meaning != Meaning::Unknown {
        return meaning;
    }
    let folded = fold(item);
    let bare = folded.split('(').next().unwrap_or(&folded);
    let bare = bare.rsplit(':').next().unwrap_or(bare);
    let bare = bare.strip_suffix("等").unwrap_or(bare);
    let meaning = if bare.is_empty() || bare == folded { Meaning::Unknown } else { roster.meaning(bare) };
    match meaning {
        Meaning::Unknown => {
            let unit = roster.below_its_organ(bare).or_else(|| roster.by_ending_of(bare, others));
            unit.map_or(Meaning::Unknown, Meaning::Unit)
        }
        known => known,
    }
}

/// The unit named in the file name, else in its folders, innermost first. The flag says whether it was the file name.
pub(super) fn of_source(source: &Source, inbox: &str, roster: &Roster) -> Option<(UnitId, bool)> {
    // the name of an entry counts before that of its archive
    for path in source.name.rsplit('!') {
        let path = path.strip_prefix(inbox).map_or(path, |rest| rest.trim_start_matches('/'));
        let mut parts = path.rsplit('/');
        let file = parts.next().unwrap_or_default();
        let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
        if let Some(unit) = in_words(stem, roster) {
            return Some((unit, true));
        }
        // 城东街道/环卫所.xlsx is of the unit whose name the two make up
        if let Some((folder, unit)) = parts.find_map(|folder| Some((folder, in_words(folder, roster)?))) {
            let whole = in_words(&format!("{folder}{stem}"), roster).filter(|whole| *whole != unit);
            return Some(whole.map_or((unit, false), |whole| (whole, true)));
        }
    }
    None
}

/// The unit named in a file name or title. At each position the longest name counts; a name that is part of another
/// organisation's name (市场监督管理局 in 市场监督管理局城关所) does not. Of several units the lowest in a chain
/// (某局综合科) is taken, else the one with the longest name, else the first.
pub(super) fn in_words(words: &str, roster: &Roster) -> Option<UnitId> {
    if let Some(unit) = roster.find(words) {
        return Some(unit);
    }
    let folded = name_key(words);
    let mut found: Vec<(usize, usize, UnitId)> = Vec::new();
    let starts: Vec<usize> = folded.char_indices().map(|(at, _)| at).chain([folded.len()]).collect();
    let mut from = 0;
    while from + 1 < starts.len() {
        let start = starts[from];
        let longest = longest_name(&folded[start..], roster).filter(|&(length, _)| {
            let (name, after) = folded[start..].split_at(length);
            stands_before(&folded[..start], name, &found) && stands_after(after)
        });
        if let Some((length, unit)) = longest {
            found.push((start, start + length, unit));
            from = starts.partition_point(|&at| at < start + length);
        } else {
            from += 1;
        }
    }
    // 财务科交办公室, 报综合科-财务科: who gets it is not who sends it
    let gets = |start: usize| GETS.iter().any(|word| folded[..start].ends_with(word));
    if found.iter().any(|&(start, ..)| !gets(start)) {
        found.retain(|&(start, ..)| !gets(start));
    }
    let mut best: Option<(usize, usize, UnitId)> = None;
    for &(start, end, unit) in &found {
        let chained = best.is_some_and(|best| best.1 == start);
        let below =
            best.is_some_and(|best| roster.units.get(unit.0 as usize).is_some_and(|u| u.parent == Some(best.2)));
        if best.is_none_or(|best| chained || below || end - start > best.1 - best.0) {
            best = Some((start, end, unit));
        }
    }
    best.map(|best| best.2)
}

/// Whether a line above a ledger is the beginning of a letter to somebody: 综合科：, 综合科：现将8月台账报送如下, 尊敬的领导.
pub(super) fn is_addressed(line: &str) -> bool {
    const LETTER: &[&str] = &[
        "现将", "报送如下", "报告如下", "汇报如下", "上报如下", "请审", "请查", "收悉", "尊敬的", "你科", "贵科",
        "贵局", "贵办",
    ];
    let folded = fold(line);
    folded.ends_with(':')
        || ["致", "呈", "报:", "送:"].iter().any(|word| folded.starts_with(word))
        || LETTER.iter().any(|word| folded.contains(word))
}

/// What a title is about: the words behind 附件2：, and none behind another label (报送至：综合科).
pub(super) fn unlabelled(title: &str) -> &str {
    match title.split_once([':', '：']) {
        Some((label, rest)) if label.trim_start().starts_with('附') => rest,
        Some((label, _)) => label,
        None => title,
    }
}

/// The unit whose own name a title is, with nothing around it but an organ it belongs to, a period and the kind of paper:
/// 综合科8月台账, 2014年8月创建台账（综合科）.
pub(super) fn of_title(title: &str, roster: &Roster) -> Option<UnitId> {
    const PERIOD: &str = "年月份日季度第周旬上中下半〇一二三四五六七八九十";
    /// Words of those who hand out a form.
    const OTHERS: &[&str] = &["下发", "印发", "制发", "模板", "样表", "样式", "示例"];
    if is_addressed(title) || OTHERS.iter().any(|word| title.contains(word)) {
        return None;
    }
    let parts = |text: &str| -> Vec<String> {
        text.split(|c: char| !c.is_alphanumeric() && !c.is_whitespace()).map(name_key).collect()
    };
    parts(unlabelled(title)).iter().find_map(|part| {
        let bare = part.trim_start_matches(|c: char| c.is_numeric() || PERIOD.contains(c));
        let starts = [part.as_str(), bare];
        let below = |text: &str| loose_names::below(text).map(|(rest, _)| rest.to_owned()).collect::<Vec<_>>();
        let once: Vec<String> = starts.iter().flat_map(|text| below(text)).collect();
        let twice: Vec<String> = once.iter().flat_map(|text| below(text).into_iter().chain([text.clone()])).collect();
        let mut starts = starts.into_iter().chain(twice.iter().map(String::as_str));
        starts.find_map(|text| {
            let (length, unit) = longest_name(text, roster)?;
            // its organ's name before it: 机关事务管理局综合科
            let rest = &text[length..];
            let below = longest_name(rest, roster)
                .filter(|(_, unit)| roster.units.get(unit.0 as usize).is_some_and(|unit| unit.parent.is_some()));
            let (length, unit) = below.map_or((length, unit), |below| (length + below.0, below.1));
            stands_after(&text[length..]).then_some(unit)
        })
    })
}

/// The longest name of the roster at the beginning of a text, and its length in bytes.
fn longest_name(text: &str, roster: &Roster) -> Option<(usize, UnitId)> {
    /// The most characters of a unit's name.
    const LONGEST: usize = 40;
    let from = |head: &str| {
        let range = (std::ops::Bound::Included(head), std::ops::Bound::Unbounded);
        roster.names.range::<str, _>(range).next().map(|(name, unit)| (name.as_str(), *unit))
    };
    let mut best = None;
    let mut known = from(text.get(..text.char_indices().nth(1)?.0)?)?;
    for end in text.char_indices().map(|(at, _)| at).skip(2).chain([text.len()]).take(LONGEST) {
        let head = &text[..end];
        if known.0 < head {
            let Some(next) = from(head) else { break };
            known = next;
        }
        if known.0 == head {
            best = Some((end, known.1));
        }
        if !known.0.starts_with(head) {
            break;
        }
    }
    best
}

/// Words after which the name of a unit may begin, besides punctuation and digits.
const BEFORE: &[&str] = &[
    "局", "委", "办", "厅", "市", "县", "区", "镇", "乡", "院", "会", "府", "中心", "公司", "街道", "社区", "处", "部",
    "队", "室", "科", "所", "站", "组", "州", "省", "年", "月", "季度", "周", "旬", "半年", "附件", "附表", "附",
    "台账", "关于", "报送", "上报", "报", "表", "单位", "创建", "工作", "版", "稿", "份", "日", "期", "各", "的", "及",
    "和", "度", "由", "从", "来自", "交", "送", "致", "呈", "发", "委属", "局属", "市属", "机关", "下属",
];
/// Words before the one who gets something.
const GETS: &[&str] = &["报送", "上报", "报", "送", "交", "致", "呈", "发"];
/// Last words of organisations: after the name of a unit they make it the name of another organisation.
const ORGANS: &[&str] = &[
    "所", "科", "股", "室", "站", "队", "分局", "中心", "大队", "支队", "中队", "社区", "村", "局", "办事处", "街道",
    "公司", "学校", "医院", "分院", "党委", "党支部", "支部", "工会", "党组",
];
/// Words that follow the name of an organisation.
const AFTER: &[&str] = &[
    "台账", "工作", "月", "年", "报", "的", "创建", "汇总", "上", "文明", "任务", "第", "本", "关于", "落实", "完成",
    "情况", "清单", "填", "自查", "统计", "表", "材料", "整改", "巡查", "季", "周", "上半年", "下半年", "一季", "二季",
    "三季", "四季", "最终", "终稿", "定稿", "修改", "更新", "补报", "版", "公益", "志愿", "佐证", "交", "送", "致",
    "呈",
];

/// Bodies set up for the campaign: a name behind one of them is a part of it, not the unit of that name.
const BODIES: &[&str] = &["指挥部", "领导小组", "联席会议", "专班"];
/// Words that make an office behind them that of the campaign (市创建办公室), not the unit's own.
const OF_THE_CAMPAIGN: &[&str] = &["创建", "创城", "创文", "文明", "文明委", "文明城市", "小组", "工作组"];

fn stands_before(before: &str, name: &str, found: &[(usize, usize, UnitId)]) -> bool {
    let office = name.starts_with('办') && OF_THE_CAMPAIGN.iter().any(|word| before.ends_with(word));
    if office || BODIES.iter().any(|body| before.ends_with(body)) {
        return false;
    }
    let Some(last) = before.chars().next_back() else { return true };
    !last.is_alphabetic()
        || last.is_ascii()
        || BEFORE.iter().any(|word| before.ends_with(word))
        || found.last().is_some_and(|found| found.1 == before.len())
}

fn stands_after(after: &str) -> bool {
    let ends = |text: &str| {
        text.chars().next().is_none_or(|c| !c.is_alphabetic() || c.is_ascii())
            || AFTER.iter().any(|w| text.starts_with(w))
    };
    if ends(after) {
        return true;
    }
    // up to six more characters and the last word of an organisation make it the name of another one
    let mut rest = after;
    for _ in 0..7 {
        if ORGANS.iter().any(|organ| rest.strip_prefix(organ).is_some_and(ends)) {
            return false;
        }
        let Some(c) = rest.chars().next().filter(|c| c.is_alphabetic() && !c.is_ascii()) else { break };
        rest = &rest[c.len_utf8()..];
    }
    true
}

#[cfg(test)]
mod tests;
