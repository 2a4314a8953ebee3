//! 完成情况 as people write it, folded into a [`Status`].

use super::value::Status;
use crate::basis::text::fold;

/// Texts that say it all by themselves.
const WHOLE: &[(Status, &[&str])] = &[
    (
        Status::Done,
        &[
            "√", "✓", "✔", "☑", "●", "是", "y", "yes", "ok", "完", "done", "对", "落实", "完成", "办结", "销号",
            "达标", "合格", "到位", "符合", "已办", "已做", "已结",
        ],
    ),
    (
        Status::Nil,
        &[
            "无", "零报告", "0报告", "零", "没有", "本月无", "本期无", "本周无", "无情况", "无此情况", "无相关情况",
            "无相关工作", "无工作", "零上报", "零报", "无内容", "暂无", "无报告", "无新增", "nil", "none", "/", "-",
            "--", "---",
        ],
    ),
    (Status::Exempt, &["不适用", "免报", "豁免", "免", "n/a", "na", "不需要", "无需开展", "无需"]),
    (Status::InProgress, &["否", "×", "✗", "✘", "n", "no", "在办", "正在办", "未完", "△", "○", "进展中", "部分"]),
];

/// Words that say it anywhere in a text, in the order in which they are asked: a negation before what it negates.
const WITHIN: &[(Status, &[&str])] = &[
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
            "没开始", "没开展", "待启动", "待开展", "待开始", "待实施", "未着手", "未推进", "尚未安排",
        ],
    ),
    (Status::Nil, &["零报告", "无此项工作", "无相关工作", "无工作情况"]),
    (
        Status::InProgress,
        &[
            "未完成", "未全部", "未落实", "未办结", "未达", "未到位", "未销号", "未整改", "没有完成", "没完成",
            "不完全", "未能", "未按", "部分完成", "部分落实", "部分到位", "基本", "正在", "推进中", "进行中", "办理中",
            "整改中", "实施中", "落实中", "施工中", "建设中", "筹备中", "开展中", "制定中", "起草中", "审批中",
            "持续推进", "有序推进", "稳步推进", "加快推进", "积极推进", "继续推进", "推进当中", "进行当中", "计划",
            "预计", "拟于", "将于", "力争", "待完成", "接近完成", "即将", "在建", "按进度", "按计划推进", "序时推进",
            "有序进行", "有序开展", "持续进行", "初步", "阶段性",
        ],
    ),
    (
        Status::Done,
        &[
            "完成", "已落实", "全部落实", "落实到位", "已办结", "办结", "办理完毕", "完毕", "已销号", "整改到位",
            "已整改", "已到位", "已达标", "已解决", "已开展", "已建成", "已结束", "已报送", "已上报", "已实现",
            "已实施", "已执行",
        ],
    ),
    (
        Status::Continuous,
        &[
            "长期坚持", "常态化", "长期", "常年", "经常性", "日常工作", "持续开展", "坚持开展", "持续", "常抓不懈",
            "常规工作", "日常坚持", "坚持",
        ],
    ),
    (Status::InProgress, &["推进", "进行"]),
];

/// The status a text names; none when its wording is unknown (C105).
pub fn status(text: &str) -> Option<Status> {
    let folded = fold(text);
    let bare = folded.trim_matches(['。', '.', '!', ',', ';', '"']);
    if let Some(share) = percent(bare) {
        return Some(of_share(share));
    }
    let alone = |text: &str| WHOLE.iter().find(|(_, words)| words.contains(&text)).map(|known| known.0);
    if let Some(status) = alone(bare) {
        return Some(status);
    }
    if bare.chars().count() > 200 {
        return None; // a report, not a state
    }
    // What is said first and by itself counts: 已完成，持续推进下一步.
    let clauses = || bare.split([',', '。', ';', '、', '(', ')', '.', ':']).filter(|clause| !clause.is_empty());
    let first = clauses().next().unwrap_or(bare);
    if let Some(status) = alone(first).filter(|status| !matches!(status, Status::Nil)).or_else(|| plain_done(first)) {
        return Some(status);
    }
    let bare = bare.replace("无异议", "").replace("无未完成", "");
    WITHIN.iter().find(|(_, words)| words.iter().any(|word| bare.contains(word))).map(|known| known.0)
}

/// 已完成, 已全部完成, 按时完成, 全面落实到位 and the like, with nothing else said.
fn plain_done(clause: &str) -> Option<Status> {
    let rest = [
        "已经", "已", "均已", "全部", "全面", "按时", "按期", "如期", "圆满", "顺利", "均", "都", "任务", "工作",
        "提前", "本月", "目前",
    ];
    let mut bare = clause;
    while let Some(shorter) = rest.iter().find_map(|word| bare.strip_prefix(word)) {
        bare = shorter;
    }
    let ends = [
        "完成", "完成了", "办结", "落实", "落实到位", "整改到位", "整改完成", "完毕", "到位", "销号", "完成任务",
        "完成整改", "达标", "办理完毕",
    ];
    (bare.len() < clause.len() || bare == "完成").then_some(()).filter(|()| ends.contains(&bare)).map(|()| Status::Done)
}

/// The share in `完成80%`, `80%`, `百分之八十`, `进度:60%`, as a fraction; only in short texts that say little else.
fn percent(folded: &str) -> Option<f64> {
    if folded.chars().count() > 16 {
        return None;
    }
    if let Some((_, number)) = folded.split_once("百分之") {
        return crate::basis::text::chinese_number(
            number.trim_end_matches(|c: char| !"零一二三四五六七八九十百".contains(c)),
        )
        .map(|n| f64::from(n) / 100.0);
    }
    let (before, _) = folded.split_once('%')?;
    let number = &before[before.trim_end_matches(|c: char| c.is_ascii_digit() || c == '.').len()..];
    number.parse::<f64>().ok().map(|n| n / 100.0)
}

/// The status of a share of the work: 1 is all of it.
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
                "已完成 完成 已落实 √ 是 100％ 已全部完成 按时完成 完成100% ✔ 已办结 整改到位 已完成。 已完成，长期坚持 已于8月15日完成 全部落实到位 已完成整改 圆满完成",
                Status::Done,
            ),
            (
                "正在推进 推进中 进行中 持续推进 完成80% 基本完成 未完成 尚未完成 未全部完成 正在完成 预计9月完成 计划9月底完成 部分完成 60% 否 有序推进 百分之八十 已完成方案制定，正在推进实施",
                Status::InProgress,
            ),
            ("未开始 未启动 尚未开展 0% 待启动 暂未开展", Status::NotStarted),
            ("长期坚持 常态化 常态化推进 长期 持续开展", Status::Continuous),
            ("无 零报告 本月无 无此项工作 / — 零报告。", Status::Nil),
            ("不涉及 不适用 本单位不涉及 不属于本单位职责", Status::Exempt),
            ("有异议 对分工有异议", Status::Disputed),
        ] {
            for written in written.split(' ') {
                assert_eq!(status(written), Some(expected), "{written}");
            }
        }
        for unknown in ["宣传", "很好", "共5处", "无异议", "同上"] {
            assert_eq!(status(unknown), None, "{unknown}");
        }
    }
}
