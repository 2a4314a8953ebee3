//! Reads a statement about the work clause by clause: negation, partial completion, plans and times decide what 完成 means.

use super::counts::{counted, is_short_of_all};
use super::share::share;
use super::step;

/// Nouns that contain a word of completion but do not state it.
const NOUNS: &[&str] = &[
    "完成情况", "完成时限", "完成时间", "完成日期", "完成期限", "完成节点", "落实情况", "整改情况", "办理情况",
    "办结时限", "整改时限", "整改措施", "整改方案", "落实措施", "无异议", "闭环管理", "启动仪式", "启动会",
];
/// Denials of what is undone, which mean that all is done.
const NOTHING_LEFT: &[&str] = &[
    "没有不落实", "没有未完成", "不存在未完成", "未发现未完成", "无未完成", "并非未完成", "并非没有完成",
    "不是没有完成", "不是没完成", "不是未完成",
];
/// Words for the number of things that were to be done.
const AIMS: &[&str] = &["应完成", "应整改", "应办结", "应办理", "需完成", "需整改", "计划完成", "目标", "任务数"];
/// Words of completion that count wherever they occur.
const ENDED: &[&str] = &[
    "完成", "办结", "完毕", "落实到位", "整改到位", "到位", "销号", "达标", "建成", "结束", "竣工", "完工", "交付使用",
    "投入使用", "清零", "办好", "办妥", "做完", "弄好", "修好", "搞定", "完结", "结案", "闭环", "通过验收", "验收合格",
    "验收通过", "办完", "弄完", "整完", "干完", "搞完", "整改完", "清理完", "修完", "装完", "拆完", "换完",
];
/// Verbs that mean completion only after 已, 均, 全部 or before 了.
const DONE_BEHIND_PAST: &[&str] = &[
    "落实", "整改", "解决", "开展", "实现", "实施", "执行", "报送", "上报", "修复", "处理", "处置", "清理", "整治",
    "拆除", "更换", "验收", "办理", "举办", "举行", "安装", "设置", "张贴", "悬挂", "补栽", "补种", "栽植", "配备",
    "更新", "维修", "修补", "修剪", "清运", "清洗", "清扫", "清除", "铲除", "发放", "粉刷", "制作", "疏通", "取缔",
    "移交", "归档", "答复", "回复", "覆盖", "宣传", "通过", "做好", "处理好", "召开", "培训", "上墙", "修缮", "加装",
    "增设", "施划", "纠正", "改正", "关停", "查处", "补齐", "硬化", "平整", "填平", "加固", "封堵", "收官", "提交",
    "建立",
];
/// Verbs of the beginning: what is still to begin has not begun.
const BEGINNINGS: &[&str] = &["开展", "实施", "举办", "举行", "召开", "执行"];
/// Words that negate what follows.
const DENIALS: &[&str] = &[
    "未", "未能", "没", "没有", "尚无", "无法", "不能", "不可", "难以", "未曾", "不", "非", "还没", "没能", "未予",
    "不会", "不是", "不算", "谈不上", "称不上", "并非", "并未", "从未", "没法", "无力", "未达到", "未达", "不具备",
    "不予", "不宜", "不得", "未见", "未有", "恐难", "难", "难于", "能否", "是否",
];
/// Words between a denial and what it denies: 不能算已完成.
const SAYING: &[&str] = &["说", "算", "算是", "视为", "认为", "认定", "判定"];
/// Endings that negate what precedes.
const DENIED: &[&str] = &[
    "不了", "不成", "不完", "不到位", "不彻底", "不全", "不足", "不理想", "不够", "有困难", "困难", "无望", "难度",
    "有难度", "待定", "与否", "存疑",
];
/// Words that put what follows into the future.
const AHEAD: &[&str] = &[
    "拟", "计划", "预计", "预期", "将", "将要", "准备", "打算", "力争", "争取", "确保", "保证", "抓紧", "加快", "尽快",
    "尽早", "待", "等待", "即将", "需", "需要", "还需", "应", "应当", "须", "要", "限", "限期", "可", "可以", "能",
    "能够", "有望", "逐步", "陆续", "继续", "正在", "正", "接近", "将近", "近", "有信心", "有把握", "尽量", "尽力",
    "力求", "着力", "努力", "要求", "约定", "承诺", "督促", "推动", "推进", "全力", "一定", "必须", "务必", "抓紧时间",
    "会", "定", "分步", "定于", "责令", "申请", "有待", "离", "距", "距离", "快", "马上", "就要", "临近", "后",
    "后即可", "后方可", "后再", "后才能",
];
/// Of these the ones before what has not begun.
const NOT_BEGUN: &[&str] = &["拟", "计划", "预计", "将", "将要", "准备", "打算", "即将", "待", "等待"];
/// Words for partial completion.
const PARTS: &[&str] = &[
    "基本", "部分", "大部分", "大部", "多数", "大多", "大多数", "初步", "阶段性", "局部", "主体", "少数", "个别",
    "前期", "半数", "过半", "一半", "大半", "近半", "少部分", "分批", "分期", "大体", "大致", "总体", "大体上",
    "总体上", "基本上", "差不多", "几乎", "只", "仅", "才", "仅仅", "只是", "形式上", "名义上", "表面上", "勉强",
    "象征性",
];
/// Parts of the work, or of those who do it, at the beginning of a clause.
const PARTS_FIRST: &[&str] = &[
    "部分", "大部分", "绝大部分", "少部分", "一部分", "个别", "少数", "多数", "大多数", "绝大多数", "半数", "初稿",
    "征求意见稿", "第一阶段", "一阶段", "一期", "首期", "第一批", "首批", "主体工程", "主体结构", "主体建设",
    "主体施工", "主体工作", "主要工作", "基础工作",
];
/// Words for partial completion after the word of completion.
const PARTS_BEHIND: &[&str] = &[
    "部分", "大部分", "初步", "第一阶段", "一阶段", "阶段性", "初稿", "一期", "首期", "首批", "第一批", "第一期",
    "主体", "一部分", "绝大部分", "多数", "大多数", "大半", "近半", "一些", "大头", "绝大多数", "主要部分",
];
/// Words for a remainder.
const LEFT: &[&str] = &["剩余", "还剩", "余下", "尚有", "尚余", "还有未", "还差", "尚差", "仍差", "还缺", "尚缺"];
/// Words for work that goes on.
const STILL: &[&str] = &["仍在", "还在", "尚在", "仍需", "还需", "尚需", "仍有", "仍须", "尚须"];
/// Words for what came back after it was put right.
const RELAPSES: &[&str] = &["反弹", "回潮", "又出现", "又发生", "再次出现", "复发"];
/// What keeps a word for a relapse from being one: 未反弹, 防止反弹.
const NO_RELAPSE: &[&str] = &["无", "未", "不", "防", "防止", "杜绝", "避免", "没有", "没", "未见", "未发生", "不再"];
/// Words for an answer that is still awaited, at the end of a clause: 已上报市政府待批.
const AWAITED: &[&str] =
    &["待批", "待批复", "待批准", "待审", "待审批", "待审核", "待核实", "待答复", "待回复", "待验收", "待复查"];
/// Words for postponed work.
const POSTPONED: &[&str] = &["延期", "推迟", "延后", "顺延", "暂缓", "缓办", "搁置", "延迟", "暂停"];
/// Words for the past.
const PAST: &[&str] =
    &["已", "已经", "均已", "业已", "都已", "均", "都", "也已", "现已", "并已", "全部", "全面", "曾", "实际", "现"];
/// Openings of a clause about what was done to something: 已对破损处进行修复.
const PAST_OPENINGS: &[&str] = &["已对", "已将", "已把", "已经对", "已经将", "已就", "已在", "已于", "已赶在"];
/// Adverbs between the deciding word and the word of completion.
const MANNERS: &[&str] = &[
    "按期", "按时", "如期", "及时", "准时", "提前", "超额", "圆满", "顺利", "全部", "全面", "全", "彻底", "完全",
    "一次性", "于", "在", "至", "到", "由", "本单位", "各单位", "各科室", "按计划", "按照计划", "按要求", "按照要求",
    "按进度", "按序时进度", "按时间节点", "高质量", "保质保量", "本月", "本年", "今年", "当年", "当月", "本季度",
    "以来", "早日", "组织", "就", "逐项", "逐一", "前", "之前", "以前", "底", "末", "上旬", "中旬", "下旬", "内",
    "上午", "下午", "号", "日", "月", "年", "份", "、", "-", "至",
];
/// Times that are in the future unless the clause says that the work is done.
const LATER: &[&str] = &[
    "年底", "年末", "年内", "年终", "下月", "下个月", "下周", "下季度", "下半年", "明年", "次年", "次月", "下一步",
    "下步", "后期", "近期", "近日", "不久",
];

/// What a clause says about the work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Said {
    /// All of it is done; true if the clause says nothing else.
    Done(bool),
    /// A first step is done: 已完成招标.
    Step,
    /// It is begun, negated, partial, postponed or in the future.
    Open,
    /// It is planned and not begun: 拟, 计划.
    Planned,
}

/// What the clauses of a folded text say about a task, in order; clauses without a word of completion are left out. `task`
/// is the folded text of the task, empty if it is not known.
pub(super) fn clauses(folded: &str, task: &str) -> Vec<Said> {
    let mut text = folded.to_owned();
    for noun in NOUNS {
        text = text.replace(noun, "");
    }
    for nothing in NOTHING_LEFT {
        text = text.replace(nothing, "已完成");
    }
    for aim in AIMS {
        text = counted(&text, aim);
    }
    let ends: &[char] = &[',', '。', ';', '(', ')', ':', '!', '\n'];
    let mut said: Vec<Said> = Vec::new();
    for part in text.split(ends).filter(|part| !part.is_empty()) {
        let found = clause(part, task);
        // 已完成，但仍有2处未整改; 已完成（80%）: the first clause is not the whole of it
        let share = !said.is_empty() && is_part(part);
        // 已实施，未完工
        let denied = || {
            DENIALS.iter().any(|word| part.trim_start_matches(['尚', '仍', '还', '但']).starts_with(word))
                && cores(part).iter().any(|core| core.2)
        };
        let behind = || BUT.iter().any(|word| part.starts_with(word)) || is_relapse(part) || denied();
        let but = share || found == Some(Said::Open) && behind();
        if but && let Some(first @ Said::Done(true)) = said.first_mut() {
            *first = Said::Done(false);
        }
        said.extend(if share { Some(Said::Open) } else { found });
    }
    said.extend(is_short_of_all(&text).then_some(Said::Open));
    said
}

/// Whether a clause is nothing but a share below all: 80%, 约八成.
fn is_part(clause: &str) -> bool {
    let share_of = |text: &str| text.ends_with(['%', '成']).then(|| share(text)).flatten();
    share_of(clause.trim_start_matches(['约', '近'])).is_some_and(|share| share < 1.0)
}

/// Words before what is still open beside something done.
const BUT: &[&str] =
    &["剩", "但", "不过", "仍有", "尚有", "还有", "其余", "剩余", "余下", "另有", "其中", "还差", "除"];

/// Reads one clause.
fn clause(clause: &str, task: &str) -> Option<Said> {
    let all = |words: &[&str]| words.iter().any(|word| clause.contains(word));
    let mut said: Option<Said> = None;
    let mut worst = |found: Said| {
        let rank = |said: &Said| match said {
            Said::Step => 0,
            Said::Done(true) => 1,
            Said::Done(false) => 2,
            Said::Planned => 3,
            Said::Open => 4,
        };
        if said.is_none_or(|said| rank(&found) > rank(&said)) {
            said = Some(found);
        }
    };
    for (at, core, ended) in cores(clause) {
        let (before, after) = (&clause[..at], &clause[at + core.len()..]);
        if let Some(found) = one(before, core, after, ended, task) {
            worst(found);
        }
    }
    let postponed = all(POSTPONED) && !clause.starts_with("已");
    let few = clause.split_once('剩').is_some_and(|(_, rest)| rest.starts_with(|c: char| c.is_ascii_digit()));
    if few || postponed || all(STILL) || all(LEFT) || leaves_out(clause) || is_relapse(clause) {
        worst(Said::Open);
    }
    said
}

/// Whether a clause says that what was put right came back: 有反弹; not 防止反弹.
fn is_relapse(clause: &str) -> bool {
    RELAPSES.iter().any(|word| {
        let before = clause.split_once(word).map(|(before, _)| before);
        before.is_some_and(|before| !NO_RELAPSE.iter().any(|no| before.ends_with(no)))
    })
}

/// Whether a clause leaves somebody or something out: 除财务科外均已完成; not 拆除外墙广告.
fn leaves_out(clause: &str) -> bool {
    let Some((before, after)) = clause.split_once('除') else { return false };
    let alone = !before.ends_with(['拆', '清', '消', '排', '扫', '铲', '解', '删', '去', '根', '免', '扣']);
    let ends = |rest: &str| rest.is_empty() || rest.starts_with(['均', '都', '其', '全', '已', '各', '基']);
    alone && after.split_once('外').is_some_and(|(_, rest)| ends(rest))
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
fn one(before: &str, core: &str, after: &str, ended: bool, task: &str) -> Option<Said> {
    // the deciding word comes before adverbs and times: 不能|按期, 计划|于9月底前|全部
    let mut head = before;
    let mut limit = false;
    let mut past = false;
    loop {
        if head.ends_with("全年") || head.ends_with("常年") {
            break;
        }
        if let Some(shorter) = without_rule(head) {
            head = shorter;
            continue;
        }
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
    let told_past = decides(PAST);
    let is_past = told_past.or_else(|| PAST_OPENINGS.iter().any(|word| before.contains(word)).then_some(1));
    let measured = ["按计划", "按照计划", "比计划", "较计划", "超计划"].iter().any(|word| before.contains(word));
    let plan = ["拟", "打算"].iter().any(|word| before.contains(word)) || before.contains("计划") && !measured;
    let ahead = decides(AHEAD).filter(|_| !(measured && head.ends_with("计划")));
    let denied = decides(DENIALS);
    let begins = BEGINNINGS.contains(&core);
    let told = after.strip_prefix('了').unwrap_or(after);
    let behind = |words: &[&str]| words.iter().any(|word| told.starts_with(word));
    // 完成率不足一半, 完成得不彻底
    let quality = told.trim_start_matches(['率', '得', '度', '量']);
    if DENIED.iter().any(|word| quality.starts_with(word)) || denied_before(head, after) {
        return Some(Said::Open);
    }
    if denied > is_past {
        // 未曾开展 has not begun; 未全面开展 has
        return Some(if begins && !past { Said::Planned } else { Said::Open });
    }
    // 已上报待批
    if !ended && (told.starts_with('待') || AWAITED.iter().any(|word| told.ends_with(word))) {
        return Some(Said::Open);
    }
    if ahead > is_past {
        return Some(if plan || begins && decides(NOT_BEGUN) == ahead { Said::Planned } else { Said::Open });
    }
    let quantity =
        after.trim_start_matches(['了', '约', '近', '达', '到', '率', '进', '度', '量', '的', '任', '务', ':', '为']);
    let done = share(quantity).or_else(|| share_before(head)).or_else(|| share_of_object(after));
    if done.is_some_and(|share| share <= 0.0) {
        return Some(Said::Planned);
    }
    let subject = &head[..head.len() - told_past.unwrap_or(0)];
    let meant = SAYING.iter().find_map(|word| subject.strip_suffix(word)).unwrap_or(subject);
    if told_past.is_some() && DENIALS.iter().any(|word| meant.ends_with(word)) {
        return Some(Said::Open);
    }
    if PARTS.iter().any(|word| subject.ends_with(word))
        || PARTS.iter().any(|word| head.ends_with(word) || before.ends_with(word))
        || is_part_of_list(before)
        || behind(PARTS_BEHIND)
        || done.is_some_and(|share| share < 1.0)
    {
        return Some(Said::Open);
    }
    if is_past.is_none() && (limit || later) {
        return Some(if plan || begins { Said::Planned } else { Said::Open });
    }
    if plan && is_past.is_none() {
        return Some(Said::Planned);
    }
    let done = ended || is_past.is_some() || past || after.starts_with('了');
    if done && step::is_first(subject, core, told, task) {
        return Some(Said::Step);
    }
    let alone = is_plain(after) && is_plain(subject);
    done.then_some(Said::Done(alone))
}

/// Whether a clause begins with a part of the work, not with a list of its parts: 一期已完成, not 一期、二期均已完成.
fn is_part_of_list(before: &str) -> bool {
    PARTS_FIRST.iter().filter_map(|word| before.strip_prefix(word)).any(|rest| {
        let listed = rest.starts_with(['、', '和', '及', '与']) && rest.contains(['均', '都', '全']);
        !listed
    })
}

/// A text without a rule at its end by which the work was done: 已|按时限要求完成.
fn without_rule(head: &str) -> Option<&str> {
    const RULES: &[&str] =
        &["要求", "标准", "计划", "方案", "规定", "时限", "节点", "部署", "安排", "程序", "流程", "规范", "进度"];
    /// The most characters of a rule.
    const LONGEST: usize = 14;
    if !RULES.iter().any(|rule| head.ends_with(rule)) {
        return None;
    }
    let at = ["按", "依照", "根据", "依据"].iter().filter_map(|word| head.rfind(word)).max()?;
    let denied = DENIALS.iter().any(|word| head[..at].ends_with(word));
    (!denied && head[at..].chars().count() <= LONGEST).then(|| &head[..at])
}

/// Whether a denial stands apart from the word of completion: 不具备完成条件, 未达到"已完成"的标准.
fn denied_before(head: &str, after: &str) -> bool {
    let noun = ["条件", "能力", "可能", "标准", "的条件", "的标准", "的可能", "的能力"];
    let rest = after.trim_start_matches('"');
    noun.iter().any(|word| rest.starts_with(word)) && ["不", "未", "没", "无", "缺"].iter().any(|no| head.contains(no))
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

/// The share of what is done, behind it: 完成投资的60%, 已完成总量的三分之二.
fn share_of_object(after: &str) -> Option<f64> {
    let mut starts = after.match_indices(['的', '达', '约', '近', '为', '到']).map(|(at, word)| at + word.len());
    starts.find_map(|at| share(&after[at..]))
}

/// Whether a text only names what is done: 任务, 本月工作, 8月份各项任务.
fn is_plain(text: &str) -> bool {
    const PLAIN: &[&str] = &[
        "了", "本月", "本周", "本期", "本年", "当月", "年度", "月度", "全部", "各项", "所有", "整改", "相关", "目标",
        "既定", "任务", "工作", "计划", "本单位", "我单位", "我科", "本科室", "上述", "份", "月", "的", ".", "\"",
    ];
    let unnumbered = |text: &'_ str| text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let mut rest = &text[unnumbered(text)..];
    while let Some(shorter) = PLAIN.iter().find_map(|word| rest.strip_prefix(word)) {
        rest = &shorter[unnumbered(shorter)..];
    }
    rest.is_empty()
}
