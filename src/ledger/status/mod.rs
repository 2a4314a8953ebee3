//! Reads 完成情况 as a [`Status`]. The whole statement counts, not single words in it.

mod legend;
mod options;
mod share;
mod statement;

pub use legend::Legend;

use chrono::{Datelike as _, NaiveDate};

use self::options::Chosen;
use self::statement::Said;
use super::value::Status;
use crate::basis::text::fold;

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
            "达标", "合格", "到位", "符合", "已办", "已做", "已结", "已落实", "已整改", "已办理", "已报",
        ],
    ),
    (
        Status::Nil,
        &[
            "无", "零报告", "0报告", "零", "没有", "无情况", "无此情况", "无相关情况", "无相关工作", "无工作",
            "零上报", "零报", "无内容", "暂无", "无报告", "无新增", "nil", "none", "/", "-", "--", "---",
        ],
    ),
    (Status::Exempt, &["不适用", "免报", "豁免", "免", "n/a", "na", "不需要", "无需开展", "无需"]),
    (
        Status::InProgress,
        &[
            "否", "×", "✗", "✘", "n", "no", "在办", "正在办", "未完", "△", "○", "进展中", "部分", "已启动", "已开工",
            "已着手", "已开始",
        ],
    ),
    (Status::NotStarted, &["未", "未做", "没做", "没干", "还没做", "未办"]),
];

/// Words for the period before a word for nothing.
const NOW: &[&str] = &["本月", "本期", "本周", "本旬", "本季度", "本季", "本年", "当月", "当期"];

/// Words that decide wherever they occur, before completion is considered, in this order.
const FIRST: &[(Status, &[&str])] = &[
    (Status::Disputed, &["有异议", "存在异议", "提出异议", "有争议", "不认可", "不同意"]),
    (
        Status::Exempt,
        &[
            "不涉及", "不适用", "不属本单位", "不属于", "无此项职能", "无此职能", "无相关职能", "不承担", "已豁免",
            "免于报送",
        ],
    ),
    (
        Status::NotStarted,
        &[
            "未开始", "未启动", "未开展", "未实施", "未进行", "未开工", "未动工", "没有开始", "没有开展", "没有启动",
            "没开始", "没开展", "待启动", "待开展", "待开始", "待实施", "未着手", "未推进", "尚未安排", "未安排",
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
    "日常坚持", "坚持",
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
    // a line break ends a clause, but folding would remove it
    let folded = fold(&text.trim().replace(['\n', '\r'], "，"));
    if let Some(status) = alone(bare(&folded)) {
        return Reading::State(status);
    }
    if folded.chars().count() > LONGEST {
        return Reading::Unknown;
    }
    match options::options(&folded, worded) {
        Some(Chosen::State(status)) => Reading::State(status),
        Some(Chosen::Unanswered) => Reading::Unanswered,
        Some(Chosen::Unknown) => Reading::Unknown,
        // a single round bullet has no meaning
        None => worded(folded.trim_start_matches('○')).map_or(Reading::Unknown, Reading::State),
    }
}

/// Whether a statement of completion is about a month after `end`, the last day of the window: 9月底完成 in August. What says
/// that it has happened (已, 提前) is about the past, and a day is left to the checks of dates.
pub(super) fn is_for_later(text: &str, end: NaiveDate) -> bool {
    let folded = fold(text);
    if ["已", "提前", "了"].iter().any(|word| folded.contains(word)) {
        return false;
    }
    let Some((before, after)) = folded.split_once('月') else { return false };
    let digits = before.trim_end_matches(|c: char| c.is_ascii_digit()).len();
    let Ok(month) = before[digits..].parse::<u32>() else { return false };
    // of a month that is not far off, and not 7-8月 or 2014年8月
    let ahead = (month + 12).saturating_sub(end.month()) % 12;
    let alone = !before[..digits].ends_with(['年', '-', '.', '/', '、', '至']);
    let open = !after.starts_with(|c: char| c.is_ascii_digit());
    (1..=12).contains(&month) && alone && open && (1..=6).contains(&ahead)
}

/// Longer texts, in characters, describe the work and are not a state.
const LONGEST: usize = 200;

fn bare(folded: &str) -> &str {
    folded.trim_matches(['。', '.', '!', ',', ';', '"', ':'])
}

fn alone(text: &str) -> Option<Status> {
    let known = |text: &str| WHOLE.iter().find(|(_, words)| words.contains(&text)).map(|known| known.0);
    // 本月暂无, 本期零上报
    let nothing = || NOW.iter().find_map(|now| known(text.strip_prefix(now)?)).filter(|status| *status == Status::Nil);
    known(text).or_else(nothing)
}

/// The state of a text without option boxes.
fn worded(folded: &str) -> Option<Status> {
    let text = bare(folded);
    if let Some(status) = alone(text) {
        return Some(status);
    }
    // a state that is the whole first clause counts: 已完成，持续推进下一步
    let first = text.split([',', '。', ';', '、', '(', ')', '.', ':']).find(|clause| !clause.is_empty())?;
    if let Some(status) = alone(first).filter(|status| !matches!(status, Status::Nil | Status::NotStarted)) {
        return Some(status);
    }
    let has = |words: &[&str]| words.iter().any(|word| text.contains(word));
    let said = statement::clauses(text);
    if said.first() == Some(&Said::Done(true)) {
        return Some(Status::Done);
    }
    let agreed = text.replace("无异议", "");
    if let Some(known) = FIRST.iter().find(|(_, words)| words.iter().any(|word| agreed.contains(word))) {
        return Some(known.0);
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
        let begun = said.iter().any(|said| matches!(said, Said::Done(_)));
        return Some(if begun { Status::InProgress } else { Status::NotStarted });
    }
    if !said.is_empty() {
        return Some(Status::Done);
    }
    if text.starts_with('拟') || text.contains("计划") && !text.contains("按计划") {
        return Some(Status::NotStarted);
    }
    if has(AHEAD) {
        return Some(Status::InProgress);
    }
    if has(CONTINUOUS) {
        return Some(Status::Continuous);
    }
    (has(&["推进", "进行", "延期", "推迟", "暂缓"])).then_some(Status::InProgress)
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
mod tests {
    use super::*;

    #[test]
    fn states_as_people_write_them() {
        for (written, expected) in [
            (
                "已完成 完成 已落实 √ 是 100％ 已全部完成 按时完成 完成100% ✔ 已办结 整改到位 已完成。 已完成，长期坚持 \
                 已于8月15日完成 全部落实到位 已完成整改 圆满完成 已于8月完成 已于9月底前完成 已按计划完成 按计划完成 如期完成 \
                 提前完成 均已完成 已完成，持续推进下一步 已完成并长期坚持 8月20日完成 已解决 已开展 已销号 任务已全部完成 \
                 已完成，无遗留问题 已完成，下步计划开展宣传 完成了 已延期完成 共5项，已完成5项 已完成，未发现问题 无未完成事项，已完成",
                Status::Done,
            ),
            (
                "正在推进 推进中 进行中 持续推进 完成80% 基本完成 未完成 尚未完成 未全部完成 正在完成 预计9月完成 部分完成 60% 否 \
                 有序推进 百分之八十 已完成方案制定，正在推进实施 不能按期完成 无法完成，需市里协调 完成不了 完成一半 完成1/3 抓紧完成 \
                 年底前完成 9月底前完成 未如期完成 延期完成 已完成80% 完成过半 完成三分之二 完成七成 8成 难以按时完成 没有完成 \
                 力争年底完成 确保9月底前全部完成 已基本完成 大部分已完成 阶段性完成 已完成部分 共5项，已完成3项 已完成3项，剩余2项 \
                 需延期至10月完成 逐步完成 限期整改 未整改 完成率85% 能按期完成 已启动 未能落实到位 主体完成 完成前期工作 \
                 已完成大部分 预计能在年底前完成 推迟 完成有困难 正常开展 完成招标，进入施工阶段",
                Status::InProgress,
            ),
            (
                "未开始 未启动 尚未开展 0% 待启动 暂未开展 拟完成 计划9月底完成 拟于10月开展 未 计划下月实施",
                Status::NotStarted,
            ),
            ("长期坚持 常态化 常态化推进 长期 持续开展", Status::Continuous),
            ("无 零报告 本月无 本月无工作 本期暂无 无此项工作 / — 零报告。", Status::Nil),
            ("不涉及 不适用 本单位不涉及 不属于本单位职责", Status::Exempt),
            ("有异议 对分工有异议", Status::Disputed),
        ] {
            let wrong: Vec<_> = written.split_whitespace().filter(|text| status(text) != Some(expected)).collect();
            assert_eq!(wrong, [""; 0], "{expected:?}");
        }
        for unknown in ["宣传", "很好", "共5处", "无异议", "同上", "▲", "3/5", "完成情况良好", "整改"]
        {
            assert_eq!(status(unknown), None, "{unknown}");
        }
    }

    #[test]
    fn a_month_still_to_come_is_no_completion() {
        let august = NaiveDate::from_ymd_opt(2014, 8, 31).expect("a day");
        for later in ["9月完成", "12月底完成", "9月底全部完成整治", "1月完成"] {
            assert!(is_for_later(later, august), "{later}");
        }
        for now in [
            "8月完成", "7月底完成", "9月底已完成", "已于9月完成", "9月3日完成", "7-9月完成", "提前于9月完成", "完成",
            "2015年1月完成",
        ] {
            assert!(!is_for_later(now, august), "{now}");
        }
    }

    #[test]
    fn a_line_break_ends_a_clause() {
        assert_eq!(status("已完成\n下一步计划开展宣传"), Some(Status::Done));
        assert_eq!(status("方案已制定\n年底前完成"), Some(Status::InProgress));
    }
}
