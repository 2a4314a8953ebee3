//! Reads a statement about the work clause by clause: negation, partial completion, plans and times decide what 完成 means.

use super::share::share;

/// Nouns that contain a word of completion but do not state it.
const NOUNS: &[&str] = &[
    "完成情况", "完成时限", "完成时间", "完成日期", "完成期限", "完成节点", "落实情况", "整改情况", "办理情况",
    "办结时限", "整改时限", "整改措施", "整改方案", "落实措施", "无未完成", "没有未完成", "无异议",
];
/// Words of completion that count wherever they occur.
const ENDED: &[&str] = &[
    "完成", "办结", "完毕", "落实到位", "整改到位", "到位", "销号", "达标", "建成", "结束", "竣工", "完工", "交付使用",
];
/// Verbs that mean completion only after 已, 均, 全部 or before 了.
const DONE_BEHIND_PAST: &[&str] = &[
    "落实", "整改", "解决", "开展", "实现", "实施", "执行", "报送", "上报", "修复", "处理", "处置", "清理", "整治",
    "拆除", "更换", "验收",
];
/// Words that negate what follows.
const DENIALS: &[&str] = &[
    "未", "未能", "没", "没有", "尚无", "无法", "不能", "不可", "难以", "未曾", "不", "非", "还没", "没能", "未予",
    "不会",
];
/// Endings that negate what precedes.
const DENIED: &[&str] = &["不了", "不成", "不完", "不到位", "不彻底", "不全", "不足", "不理想", "有困难", "困难"];
/// Words that put what follows into the future.
const AHEAD: &[&str] = &[
    "拟", "计划", "预计", "预期", "将", "将要", "准备", "打算", "力争", "争取", "确保", "保证", "抓紧", "加快", "尽快",
    "尽早", "待", "等待", "即将", "需", "需要", "还需", "应", "应当", "须", "要", "限", "限期", "可", "可以", "能",
    "能够", "有望", "逐步", "陆续", "继续", "正在", "正", "接近", "着力", "努力", "要求", "约定", "承诺", "督促",
    "推动", "推进", "全力",
];
/// Words for partial completion.
const PARTS: &[&str] = &[
    "基本", "部分", "大部分", "大部", "多数", "大多", "大多数", "初步", "阶段性", "局部", "主体", "少数", "个别",
    "前期", "半数", "过半", "一半", "大半", "近半", "少部分", "分批",
];
/// Words for partial completion after the word of completion.
const PARTS_BEHIND: &[&str] = &["部分", "大部分", "前期", "初步", "第一阶段", "阶段性", "初稿", "一期", "主体"];
/// Words for a remainder.
const LEFT: &[&str] = &["剩余", "还剩", "余下", "尚有", "尚余", "还有未"];
/// Words for work that goes on.
const STILL: &[&str] = &["仍在", "还在", "尚在", "仍需", "还需", "仍有", "仍须"];
/// Words for postponed work.
const POSTPONED: &[&str] = &["延期", "推迟", "延后", "顺延", "暂缓", "缓办", "搁置", "延迟", "暂停"];
/// Words for the past.
const PAST: &[&str] = &["已", "已经", "均已", "业已", "都已", "均", "都", "也已", "现已", "并已", "全部", "全面", "曾"];
/// Adverbs between the deciding word and the word of completion.
const MANNERS: &[&str] = &[
    "按期", "按时", "如期", "及时", "准时", "提前", "超额", "圆满", "顺利", "全部", "全面", "全", "彻底", "完全",
    "一次性", "于", "在", "至", "到", "由", "本单位", "各单位", "各科室", "按计划", "按照计划", "按要求", "按照要求",
    "按进度", "按序时进度", "按时间节点", "高质量", "保质保量", "本月", "本年", "今年", "当年", "当月", "本季度",
    "以来", "前", "之前", "以前", "底", "末", "上旬", "中旬", "下旬", "内", "上午", "下午", "号", "日", "月", "年",
    "份", "、", "-", "至",
];
/// Times that are in the future unless the clause says that the work is done.
const LATER: &[&str] = &[
    "年底", "年末", "年内", "年终", "下月", "下个月", "下周", "下季度", "下半年", "明年", "次年", "次月", "下一步",
    "下步", "后期",
];

/// What a clause says about the work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Said {
    /// All of it is done; true if the clause says nothing else.
    Done(bool),
    /// It is begun, negated, partial, postponed or in the future.
    Open,
    /// It is planned and not begun: 拟, 计划.
    Planned,
}

/// What the clauses of a folded text say, in order; clauses without a word of completion are left out.
pub(super) fn clauses(folded: &str) -> Vec<Said> {
    let mut text = folded.to_owned();
    for noun in NOUNS {
        text = text.replace(noun, "");
    }
    let ends: &[char] = &[',', '。', ';', '(', ')', ':', '!', '\n'];
    let mut said: Vec<Said> = text.split(ends).filter(|clause| !clause.is_empty()).filter_map(clause).collect();
    said.extend(is_short_of_all(&text).then_some(Said::Open));
    said
}

/// Reads one clause.
fn clause(clause: &str) -> Option<Said> {
    let all = |words: &[&str]| words.iter().any(|word| clause.contains(word));
    let mut said: Option<Said> = None;
    let mut worst = |found: Said| {
        let rank = |said: &Said| match said {
            Said::Done(true) => 0,
            Said::Done(false) => 1,
            Said::Planned => 2,
            Said::Open => 3,
        };
        if said.is_none_or(|said| rank(&found) > rank(&said)) {
            said = Some(found);
        }
    };
    for (at, core, ended) in cores(clause) {
        let (before, after) = (&clause[..at], &clause[at + core.len()..]);
        if let Some(found) = one(before, after, ended) {
            worst(found);
        }
    }
    if all(STILL) {
        worst(Said::Open);
    }
    let postponed = all(POSTPONED) && !clause.starts_with("已");
    if postponed || all(LEFT) {
        worst(Said::Open);
    }
    said
}

/// The words of completion in a clause with their offsets; at each offset the longest one.
fn cores(clause: &str) -> Vec<(usize, &'static str, bool)> {
    let mut found: Vec<(usize, &'static str, bool)> = Vec::new();
    let mut from = 0;
    for (at, _) in clause.char_indices() {
        if at < from {
            continue;
        }
        let fits = |words: &'static [&'static str]| {
            words.iter().copied().filter(|word| clause[at..].starts_with(word)).max_by_key(|word| word.len())
        };
        let (ended, doing) = (fits(ENDED), fits(DONE_BEHIND_PAST));
        let core = match (ended, doing) {
            (Some(ended), _) => (at, ended, true),
            (None, Some(doing)) => (at, doing, false),
            (None, None) => continue,
        };
        from = at + core.1.len();
        found.push(core);
    }
    found
}

/// Judges a word of completion by the text before and after it.
fn one(before: &str, after: &str, ended: bool) -> Option<Said> {
    // the deciding word comes before adverbs and times: 不能|按期, 计划|于9月底前|全部
    let mut head = before;
    let mut limit = false;
    let mut past = false;
    loop {
        let bare = if ends_in_date(head) { head.trim_end_matches(|c: char| is_figure(c) || c == '"') } else { head };
        let manner = MANNERS.iter().filter(|word| bare.ends_with(**word)).max_by_key(|word| word.len());
        let shorter = match manner {
            Some(word) => {
                limit |= matches!(*word, "前" | "之前" | "以前" | "内");
                past |= matches!(*word, "全部" | "全面" | "全");
                let bare = &bare[..bare.len() - word.len()];
                // 9月, 十二日
                let date = matches!(*word, "号" | "日" | "月" | "年" | "、" | "-" | "至");
                if date {
                    bare.trim_end_matches(|c| is_figure(c) || "一二三四五六七八九十〇".contains(c))
                } else {
                    bare
                }
            }
            None => bare,
        };
        if shorter.len() == head.len() {
            break;
        }
        head = shorter;
    }
    let decides = |words: &[&str]| words.iter().filter(|word| head.ends_with(**word)).map(|word| word.len()).max();
    let later = LATER.iter().any(|word| before.contains(word));
    let (denied, ahead, is_past) = (decides(DENIALS), decides(AHEAD), decides(PAST));
    let plan =
        before.contains('拟') || before.contains("计划") && !before.contains("按计划") && !before.contains("按照计划");
    let behind = |words: &[&str]| words.iter().any(|word| after.starts_with(word));
    if denied > is_past || behind(DENIED) {
        return Some(Said::Open);
    }
    if ahead > is_past {
        return Some(if plan { Said::Planned } else { Said::Open });
    }
    let quantity = after.trim_start_matches(['了', '约', '近', '达', '到', '率', '度', '量', '的', '任', '务']);
    let subject = &head[..head.len() - is_past.unwrap_or(0)];
    if PARTS.iter().any(|word| subject.ends_with(word))
        || PARTS.iter().any(|word| head.ends_with(word) || before.ends_with(word))
        || behind(PARTS_BEHIND)
        || share(quantity).or_else(|| share_before(head)).is_some_and(|share| share < 1.0)
    {
        return Some(Said::Open);
    }
    if is_past.is_none() && (limit || later) {
        return Some(if plan { Said::Planned } else { Said::Open });
    }
    if plan && is_past.is_none() {
        return Some(Said::Planned);
    }
    let done = ended || is_past.is_some() || past || after.starts_with('了');
    let alone = is_plain(after) && (head.is_empty() || is_past == Some(head.len()) || matches!(head, "任务" | "工作"));
    done.then_some(Said::Done(alone))
}

/// Whether a text ends in a date such as 8.15 or 8/15.
fn ends_in_date(text: &str) -> bool {
    text.ends_with('"') || text[text.trim_end_matches(is_figure).len()..].contains(['.', '/'])
}

fn is_figure(c: char) -> bool {
    c.is_ascii_digit() || matches!(c, '.' | '/')
}

/// The share directly before the word of completion: 已有80%完成, 三分之一完成.
fn share_before(head: &str) -> Option<f64> {
    /// The most characters of a share: 百分之九十九点九.
    const LONGEST: usize = 8;
    let starts = head.char_indices().rev().take(LONGEST).map(|(at, _)| at);
    starts.filter_map(|at| share(&head[at..])).last()
}

/// Whether the rest only names what is done: 任务, 本月工作.
fn is_plain(after: &str) -> bool {
    let rest = after.strip_prefix('了').unwrap_or(after);
    let rest = ["本月", "本年", "年度", "月度", "全部", "各项", "整改", "相关", "目标", "既定"]
        .iter()
        .fold(rest, |rest, word| rest.strip_prefix(word).unwrap_or(rest));
    matches!(rest, "" | "任务" | "工作" | "工作任务" | "目标" | "整改" | "." | "\"")
}

/// Whether fewer are done than there are: 共5项，完成3项.
fn is_short_of_all(text: &str) -> bool {
    let number = |word: &str| -> Option<f64> {
        let (_, rest) = text.split_once(word)?;
        let rest = rest.trim_start_matches(['了', '有', '计', '约']);
        let end = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
        rest[..end].parse().ok()
    };
    number("共").zip(number("完成")).is_some_and(|(all, done)| done < all)
}
