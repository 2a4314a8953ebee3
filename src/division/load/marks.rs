//! Placeholders for something still to be filled in: `__`, `××`, `第x届`, `20__年`.

use crate::basis::text::fold;

/// What may follow the mark in a placeholder for a unit: ××局 names no unit.
const KINDS: &[&str] = &[
    "", "局", "办", "科", "室", "科室", "处", "站", "所", "队", "委", "单位", "部门", "中心", "街道", "镇", "乡",
    "社区", "公司", "小组", "组", "学校", "村", "市", "县", "区", "年", "月", "日",
];

/// Words for a unit that is still to be named.
const OPEN: &[&str] = &["待定", "待明确", "未定", "待确定", "待补充", "待填", "暂缺", "tbd", "?", "??"];

/// The characters shown on each side of a placeholder.
const AROUND: usize = 6;

/// The first placeholder in a text with the text around it.
pub(super) fn mark(text: &str) -> Option<String> {
    let folded: Vec<char> = fold(text).chars().collect();
    let at = |i: usize| folded.get(i).copied().unwrap_or(' ');
    let cjk = |c: char| ('\u{4e00}'..='\u{9fff}').contains(&c);
    (0..folded.len()).find_map(|i| {
        let c = folded[i];
        let run = folded[i..].iter().take_while(|&&other| other == c).count();
        let (before, after) = (if i == 0 { ' ' } else { at(i - 1) }, at(i + run));
        let marks = match c {
            '_' | '□' | '◯' => run >= 2,
            // A single cross counts where a number belongs (第×届, ×月); between figures it is a multiplication sign.
            '×' | '╳' => run >= 2 || before == '第' || matches!(after, '月' | '日' | '年' | '届'),
            // Letters count only beside Chinese characters or in incomplete figures: 第x届, xx局, 20xx年.
            'x' => {
                let alone = !before.is_ascii_alphanumeric() && !after.is_ascii_alphanumeric();
                let short_year = run == 2 && before.is_ascii_digit() && after == '年';
                alone && (before == '第' || run >= 2 && (cjk(before) || cjk(after))) || short_year
            }
            '*' => run >= 2 && (cjk(before) || cjk(after)),
            _ => false,
        };
        marks.then(|| folded[i.saturating_sub(AROUND)..(i + run + AROUND).min(folded.len())].iter().collect())
    })
}

/// Whether an item of a list of units names no unit: a placeholder with at most a word such as 局, or 待定 and the like.
pub(super) fn is_open(item: &str) -> bool {
    let folded = fold(item);
    if OPEN.contains(&folded.as_str()) {
        return true;
    }
    let rest: String =
        folded.chars().filter(|c| !matches!(c, '_' | '×' | '╳' | 'x' | '*' | '□' | '◯' | '某')).collect();
    rest.len() < folded.len() && KINDS.contains(&rest.as_str()) && (mark(item).is_some() || rest.is_empty())
}

/// Whether a cell is empty or a sign for empty: 无, /, —.
pub(super) fn is_nothing(text: &str) -> bool {
    let folded = fold(text);
    matches!(folded.as_str(), "无" | "空" | "暂无" | "none" | "n/a") || folded.chars().all(|c| !c.is_alphanumeric())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_seen_and_other_signs_are_not() {
        for text in ["20__年", "××局", "第x届", "第×届", "__月份", "＿＿", "XX镇党政办", "20xx年", "×月底"]
        {
            assert!(mark(text).is_some(), "{text}");
        }
        for text in ["3×5米展板", "excel表", "第2届", "一_二", "XXL号", "×", "综合科"] {
            assert!(mark(text).is_none(), "{text}");
        }
    }

    #[test]
    fn a_mark_with_its_kind_names_nobody() {
        assert!(is_open("××局") && is_open("____") && is_open("待定") && is_open("XX科"));
        assert!(!is_open("××镇党政办") && !is_open("综合科") && !is_open("某市教育局"));
        assert!(is_nothing("——") && is_nothing("/") && is_nothing("无") && !is_nothing("工会"));
    }
}
