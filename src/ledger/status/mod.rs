//! Reads 完成情况 as a [`Status`]. The whole statement counts, not single words in it.

mod counts;
mod legend;
pub(super) mod no_faults;
mod nothing;
mod options;
mod share;
mod statement;
mod step;

pub use legend::Legend;

use chrono::{Datelike as _, NaiveDate};

use self::options::Chosen;
use self::statement::Said;
use super::value::Status;
use crate::basis::text::{chinese_number, fold};

/// The meaning of a cell under 完成情况.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reading {
    /// A state.
    State(Status),
    /// A list of options of which none is marked; treated as blank.
    Unanswered,
    /// Wording that is not known (C105).
    Unknown,
}

/// Whole texts with a fixed meaning.
const WHOLE: &[(Status, &[&str])] = &[
    (
        Status::Done,
        &[
            "√", "✓", "✔", "☑", "●", "是", "y", "yes", "ok", "完", "done", "对", "落实", "完成", "办结", "销号",
            "达标", "合格", "到位", "符合", "已办", "已做", "已结", "已落实", "已整改", "已办理", "已报", "做了",
            "办了", "已干",
        ],
    ),
    (
        Status::Nil,
        &[
            "无", "零报告", "0报告", "零", "没有", "零上报", "零报", "零报送", "暂无", "无报告", "无新增", "未发生",
            "无可报", "nil", "none", "/", "-", "--", "---",
        ],
    ),
    (Status::Exempt, &["不适用", "免报", "豁免", "免", "n/a", "na", "不需要", "无需开展", "无需"]),
    (
        Status::InProgress,
        &[
            "否", "×", "✗", "✘", "n", "no", "在办", "正在办", "未完", "△", "○", "进展中", "部分", "已启动", "已开工",
            "已着手", "已开始", "在做", "在干", "在弄", "在搞", "不完全", "已部署", "已安排", "已安排部署", "完成×",
            "×完成", "完成(否)", "完成(×)", "完成否", "完成:否", "完成:×",
        ],
    ),
    (
        Status::Continuous,
        &["长期坚持", "长期", "常态化", "常态化开展", "常态化推进", "长期开展", "日常开展", "日常坚持", "常年坚持"],
    ),
    (Status::NotStarted, &["未", "未做", "没做", "没干", "没弄", "没办", "还没做", "还没弄", "还没办", "未办"]),
];

/// Words for the period and for who reports, before a word for nothing.
const NOW: &[&str] = &[
    "本月", "本期", "本周", "本旬", "本季度", "本季", "本年", "当月", "当期", "本单位", "我单位", "我科", "本科室",
    "我科室", "我局", "我街道", "我办", "本辖区", "辖区", "目前", "暂时",
];

/// Words that decide wherever they occur, before completion is considered, in this order.
const FIRST: &[(Status, &[&str])] = &[
    (
        Status::Disputed,
        &[
            "有异议", "存在异议", "提出异议", "有争议", "不认可", "不同意", "有不同意见", "不应由", "建议调整责任",
            "申请调整责任", "不认同", "建议调整牵头", "申请调整牵头",
        ],
    ),
    (
        Status::Exempt,
        &[
            "不涉及", "不适用", "不属本单位", "不属于", "无此项职能", "无此职能", "无相关职能", "不承担", "已豁免",
            "免于报送", "无此项职责", "无此职责", "无相关职责", "非本单位", "非我单位", "非我科", "非本科室",
            "不属本科室", "与本单位无关", "与我单位无关", "与我科无关", "与本科室无关", "不归我", "不归本",
        ],
    ),
    (
        Status::NotStarted,
        &[
            "未开始", "未启动", "未开展", "未实施", "未进行", "未开工", "未动工", "没有开始", "没有开展", "没有启动",
            "没开始", "没开展", "待启动", "待开展", "待开始", "待实施", "未着手", "未推进", "尚未安排", "未安排",
            "未部署", "未进场", "未推动", "未动", "未组织", "待开工", "待动工", "未举办", "未召开", "未举行", "没动",
            "没有动", "等通知", "等待通知", "待通知", "等上级", "待上级", "等待上级", "未列入",
        ],
    ),
    (Status::Nil, &["零报告", "无此项工作", "无相关工作", "无工作情况"]),
];

/// Words for work in progress.
const GOING_ON: &[&str] = &[
    "正在", "推进中", "进行中", "办理中", "整改中", "实施中", "落实中", "施工中", "建设中", "筹备中", "开展中",
    "制定中", "起草中", "审批中", "完成中", "持续推进", "有序推进", "稳步推进", "加快推进", "积极推进", "继续推进",
    "推进当中", "进行当中", "正常推进", "正常开展", "正常进行", "进入", "在建", "按进度", "按计划推进", "序时推进",
    "有序进行", "有序开展", "持续进行", "已启动", "已开工", "已着手", "已开始",
];

/// Words for work that is still ahead, in texts without a word of completion.
const AHEAD: &[&str] = &["预计", "将于", "力争", "即将", "初步", "阶段性", "基本"];

/// Words for continuous work.
const CONTINUOUS: &[&str] = &[
    "长期坚持", "常态化", "长期", "常年", "经常性", "日常工作", "持续开展", "坚持开展", "持续", "常抓不懈", "常规工作",
    "日常坚持", "坚持", "日常开展", "定期开展", "每月开展", "每周开展", "全年", "长效", "常态", "日常性",
];

/// The status of a text; none when its wording is unknown (C105) or it is blank.
pub fn status(text: &str) -> Option<Status> {
    match read(text) {
        Reading::State(status) => Some(status),
        Reading::Unanswered | Reading::Unknown => None,
    }
}

/// Reads a cell of 完成情况.
pub(super) fn read(text: &str) -> Reading {
    read_about(text, "")
}

/// Whether a text names a first step of a work, which may be all that a task asks for.
pub(super) fn names_step(text: &str) -> bool {
    step::is_named(&fold(text))
}

/// Whether a text says that a task, given by its text, is done where it might not be for another task: 已完成方案编制 of the
/// task 编制创建方案. `end` is the last day of the window.
pub(super) fn is_done_about(text: &str, task: &str, end: NaiveDate) -> bool {
    read_about(text, &fold(task)) == Reading::State(Status::Done) && !is_for_later(text, end)
}

/// Reads a cell of 完成情况 about a task, given by its folded text, which is empty if it is not known.
fn read_about(text: &str, task: &str) -> Reading {
    // a line break ends a clause, but folding would remove it
    let folded = fold(&text.trim().replace(['\n', '\r'], "，"));
    // 己完成 is how 已完成 is often mistyped
    let folded = if folded.contains("自己") { folded } else { folded.replace('己', "已") };
    let folded = answer(&folded);
    if let Some(status) = alone(bare(folded)).or_else(|| ticked_on_a_day(folded)) {
        return Reading::State(status);
    }
    // a question is no statement
    if folded.chars().count() > LONGEST || folded.contains('?') {
        return Reading::Unknown;
    }
    let worded = |text: &str| worded(text, task);
    match options::options(folded, worded) {
        Some(Chosen::State(status)) => Reading::State(status),
        Some(Chosen::Unanswered) => Reading::Unanswered,
        Some(Chosen::Unknown) => Reading::Unknown,
        // a single round bullet has no meaning
        None => worded(folded.trim_start_matches('○')).map_or(Reading::Unknown, Reading::State),
    }
}

/// As [`status`], of a text in a window with this last day.
pub fn status_by(text: &str, end: NaiveDate) -> Option<Status> {
    match read_by(text, end) {
        Reading::State(status) => Some(status),
        Reading::Unanswered | Reading::Unknown => None,
    }
}

/// As [`read`], of a cell in a window with this last day: what is to be done after it is not done yet.
pub(super) fn read_by(text: &str, end: NaiveDate) -> Reading {
    match read(text) {
        Reading::State(Status::Done) if is_for_later(text, end) => Reading::State(Status::InProgress),
        read => read,
    }
}

/// Whether a statement of completion is about a month or a year after `end`, the last day of the window: 9月底完成 in August. What says
/// that it has happened (已, 提前) is about the past, and a day is left to the checks of dates.
fn is_for_later(text: &str, end: NaiveDate) -> bool {
    let folded = fold(text);
    if ["已", "提前", "了"].iter().any(|word| folded.contains(word)) {
        return false;
    }
    let year = folded.split_once('年').and_then(|(before, rest)| {
        let digits = before.trim_end_matches(|c: char| c.is_ascii_digit()).len();
        let year = before[digits..].parse::<i32>().ok().filter(|year| *year >= 1000)?;
        Some((year, rest))
    });
    if let Some((year, _)) = year
        && year != end.year()
    {
        return year > end.year();
    }
    let Some((before, after)) = year.map_or(folded.as_str(), |(_, rest)| rest).split_once('月') else { return false };
    let digits = before.trim_end_matches(|c: char| c.is_ascii_digit()).len();
    let Ok(month) = before[digits..].parse::<u32>() else { return false };
    // of a month that is not far off, and not 7-8月
    let ahead = (month + 12).saturating_sub(end.month()) % 12;
    let alone = !before[..digits].ends_with(['年', '-', '.', '/', '、', '至']);
    let open = !after.starts_with(|c: char| c.is_ascii_digit());
    (1..=12).contains(&month) && alone && open && (1..=6).contains(&ahead)
}

/// Longer texts, in characters, describe the work and are not a state.
const LONGEST: usize = 200;

/// What is said behind a question that stands in the cell itself: 是否完成:是.
fn answer(folded: &str) -> &str {
    folded.strip_prefix("是否").and_then(|question| question.split_once(':')).map_or(folded, |(_, answer)| answer)
}

fn bare(folded: &str) -> &str {
    folded.trim_matches(['。', '.', '!', ',', ';', '"', ':'])
}

fn alone(text: &str) -> Option<Status> {
    let known = |text: &str| WHOLE.iter().find(|(_, words)| words.contains(&text)).map(|known| known.0);
    // 本月暂无, 我单位本期零上报
    let nothing = || {
        let rest = without_now(text);
        let nil = known(rest) == Some(Status::Nil) || nothing::is_said(rest);
        nil.then_some(Status::Nil)
    };
    let inner =
        text.strip_prefix('(').and_then(|text| text.strip_suffix(')')).filter(|text| !text.contains(['(', ')']));
    known(text).or_else(nothing).or_else(|| known(inner?))
}

/// A folded text without words for the period, for who reports and for looking into it in front.
fn without_now(text: &str) -> &str {
    let mut rest = text;
    let shorter = |rest: &str| {
        let now = NOW.iter().find_map(|now| rest.strip_prefix(now));
        now.or_else(|| after_month(rest)).or_else(|| after_survey(rest)).map(str::len)
    };
    while let Some(left) = shorter(rest) {
        rest = rest[rest.len() - left..].trim_start_matches([',', '、']);
    }
    rest
}

/// What follows a month: 8月份无.
fn after_month(text: &str) -> Option<&str> {
    let (number, rest) = text.split_once('月')?;
    let number = number.rsplit('年').next()?;
    let month = number.parse().ok().or_else(|| chinese_number(number))?;
    (1..=12).contains(&month).then(|| rest.strip_prefix('份').unwrap_or(rest))
}

/// What follows words for having looked: 经全面排查后未发现隐患.
fn after_survey(text: &str) -> Option<&str> {
    /// The most characters of how one looked.
    const HOW: usize = 6;
    let (how, rest) = text.strip_prefix('经')?.split_once('查')?;
    (how.chars().count() <= HOW).then(|| rest.strip_prefix('后').unwrap_or(rest))
}

/// A tick beside the day on which it was done: √ 8月20日.
fn ticked_on_a_day(folded: &str) -> Option<Status> {
    let day = folded.trim_matches(['√', '✓', '✔']);
    let only = day.chars().all(|c| c.is_ascii_digit() || matches!(c, '年' | '月' | '日' | '.' | '-' | '/' | '(' | ')'));
    (day.len() < folded.len() && only && day.contains(|c: char| c.is_ascii_digit())).then_some(Status::Done)
}

/// The state of a text without option boxes about a task.
fn worded(folded: &str, task: &str) -> Option<Status> {
    let text = bare(folded);
    if let Some(status) = alone(text) {
        return Some(status);
    }
    // a state that is the whole first clause counts: 已完成，持续推进下一步
    let first = text.split([',', '。', ';', '、', '(', ')', '.', ':']).find(|clause| !clause.is_empty())?;
    let said = statement::clauses(text, task);
    let but = said.first() == Some(&Said::Done(false)) && said.contains(&Said::Open);
    let early = |status: &Status| match status {
        Status::Nil | Status::NotStarted => false,
        // 完成，但仍有2处未整改; 长期坚持，尚未启动
        Status::Done => !but,
        Status::Continuous => said.is_empty(),
        _ => true,
    };
    let agreed = text.replace("无异议", "");
    let decided = FIRST.iter().find(|(_, words)| words.iter().any(|word| agreed.contains(word))).map(|known| known.0);
    let claim = if text.contains("建议") { Status::Disputed } else { Status::Exempt };
    let decided = decided.or_else(|| is_no_duty(text).then_some(claim));
    // 本月未开展，零报告
    if !said.iter().copied().any(is_done) && text.split([',', '。', ';']).any(|clause| clause == "零报告") {
        return Some(Status::Nil);
    }
    if let Some(status) = alone(first).filter(early)
        && (status != Status::Continuous || decided.is_none())
    {
        return Some(status);
    }
    let has = |words: &[&str]| words.iter().any(|word| text.contains(word));
    if said.first() == Some(&Said::Done(true)) {
        return Some(Status::Done);
    }
    if let Some(decided) = decided {
        // 方案已制定，尚未实施
        let begun = decided == Status::NotStarted && (said.iter().copied().any(is_done) || is_begun(text));
        return Some(if begun { Status::InProgress } else { decided });
    }
    if said.is_empty()
        && let Some(share) = share::whole(text)
    {
        return Some(of_share(share));
    }
    let going_on = has(GOING_ON);
    if said.contains(&Said::Open) || going_on {
        return Some(Status::InProgress);
    }
    if said.contains(&Said::Planned) {
        // something planned beside something done is the remaining part
        let begun = said.iter().copied().any(is_done);
        return Some(if begun { Status::InProgress } else { Status::NotStarted });
    }
    if !said.is_empty() {
        let begun = said.iter().all(|said| *said == Said::Step);
        return Some(if begun { Status::InProgress } else { Status::Done });
    }
    if text.starts_with('拟') || text.contains("计划") && !text.contains("按计划") {
        return Some(Status::NotStarted);
    }
    if has(BEGINNING) {
        let ahead = has(&["将", "准备", "打算", "下月", "下个月", "下周", "下季", "下半年", "明年", "预计", "待"]);
        return Some(if ahead { Status::NotStarted } else { Status::InProgress });
    }
    if has(AHEAD) {
        return Some(Status::InProgress);
    }
    if has(CONTINUOUS) {
        return Some(Status::Continuous);
    }
    (has(UNDER_WAY) || text.starts_with(['待', '需']) || is_midway(text)).then_some(Status::InProgress)
}

/// Words of the beginning, in texts without a word of completion.
const BEGINNING: &[&str] = &["启动", "开工", "动工", "开始"];

/// Words for work that is neither ahead nor done.
const UNDER_WAY: &[&str] = &[
    "推进", "进行", "延期", "推迟", "暂缓", "进展顺利", "收尾", "扫尾", "滞后", "进一步", "有待", "跟进", "跟踪",
    "督办", "正完善", "已招标", "已立项", "已部署", "没做完", "停滞", "受阻", "卡住", "搁置", "往后推", "未如期",
    "未按期", "未按时", "没按时", "请求", "申请延", "进场施工", "进展缓慢", "等待", "前期准备", "尾声", "不合格",
];

/// Whether a clause denies a duty: 非我局职责, 不在本单位职责范围.
fn is_no_duty(text: &str) -> bool {
    /// The most characters between the denial and the duty.
    const BETWEEN: usize = 8;
    let denied = |clause: &str| {
        let ends = ["职责", "职能", "职权", "业务范围", "管辖"].iter().filter_map(|duty| clause.find(duty));
        ends.min().is_some_and(|end| {
            let words = ["不属", "不是", "不在", "非", "并非", "超出", "没有", "无", "不归"];
            let near = |word: &&&str| {
                let at = clause[..end].rfind(**word);
                at.is_some_and(|at| clause[at + word.len()..end].chars().count() <= BETWEEN)
            };
            words.iter().any(|word| near(&word))
        })
    };
    text.split([',', '。', ';']).any(denied)
}

fn is_done(said: Said) -> bool {
    matches!(said, Said::Done(_) | Said::Step)
}

/// Whether a clause of a text says that something has happened, other than a postponement: 方案已制定，尚未实施.
fn is_begun(text: &str) -> bool {
    let happened = |clause: &str| {
        let after = clause.split_once('已').map(|(_, after)| after);
        after.is_some_and(|after| {
            !["推迟", "延期", "改期", "取消", "暂停", "顺延", "列入", "纳入"].iter().any(|w| after.starts_with(w))
        })
    };
    text.split([',', '。', ';']).any(happened)
}

/// Whether a text ends in the word for being at it: 招标中, 审核中; not 其中, 集中.
fn is_midway(text: &str) -> bool {
    let words = text.trim_end_matches(')');
    words.chars().count() >= 3
        && words.ends_with('中')
        && !["其中", "集中", "高中", "初中", "途中", "空中", "水中", "适中", "暑中"].iter().any(|w| words.ends_with(w))
}

/// The status for a completed share of the work; 1 is all of it.
pub(super) fn of_share(share: f64) -> Status {
    if share >= 1.0 {
        Status::Done
    } else if share > 0.0 {
        Status::InProgress
    } else {
        Status::NotStarted
    }
}

#[cfg(test)]
mod tests;
