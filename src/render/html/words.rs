//! The fixed texts of the page, in both languages.

use std::collections::BTreeMap;

use crate::basis::Lang;

/// Name in the template, Chinese, English.
const WORDS: &[(&str, &str, &str)] = &[
    ("lang", "zh-CN", "en"),
    ("skip", "跳到正文", "skip to content"),
    ("contents", "目录", "contents"),
    ("period", "报告期", "period"),
    ("due", "报送截止", "due"),
    ("as_of", "统计截至", "as of"),
    ("overview", "概况", "Overview"),
    ("matrix", "任务×单位", "Tasks × units"),
    ("gaps", "缺项清单", "Missing items"),
    ("units", "单位情况", "Units"),
    ("issues", "问题清单", "Findings"),
    ("filters", "筛选", "filters"),
    ("all", "全部", "all"),
    ("search", "查找", "search"),
    ("search_hint", "单位、任务、说明中的字词", "words in any column"),
    ("reset", "清除筛选", "clear"),
    ("print", "打印", "print"),
    ("states", "应报事项的状态", "states of the obligations"),
    ("rate", "上报率", "reporting rate"),
    ("fraction", "实报÷基数", "reported ÷ base"),
    (
        "matrix_note",
        "空格表示不由该单位承担；同一任务本期应报多次的，列最差的状态和次数，如“缺报2/4”。",
        "Empty: not owed by this unit. Of several periods the worst state stands here with its count.",
    ),
    (
        "cut",
        "只列出前面的部分，全部内容见“缺项报告.xlsx”。",
        "Only the first part is listed; 缺项报告.xlsx has all of it.",
    ),
    ("more", "再显示一些", "show more"),
    ("no_gaps", "本期没有缺项。", "Nothing is missing."),
    ("answered", "已说明", "answered:"),
    ("no_issues", "没有发现问题。", "No findings."),
    (
        "rates",
        "应报 = 全部事项减未到期；实报 = 按时 + 迟报 + 零报告 + 有异议；上报率 = 实报 ÷（应报 − 不涉及）；及时率 = 按时送到的 ÷（应报 − 不涉及）。",
        "Expected = all but not due. Reported = on time + late + nil + disputed. Reporting rate = reported ÷ (expected − exempt). On-time rate = came in time ÷ the same.",
    ),
    ("unit", "单位", "unit"),
    ("task", "任务", "task"),
    ("leader", "牵头领导", "lead official"),
    ("kind", "问题类型", "kind"),
    ("severity", "级别", "severity"),
    ("by_category", "各任务类别", "By category"),
    ("category", "任务类别", "category"),
    ("by_leader", "各牵头领导", "By lead official"),
];

/// The texts in one language, by name.
pub(super) fn words(lang: Lang) -> BTreeMap<&'static str, &'static str> {
    WORDS.iter().map(|(name, zh, en)| (*name, lang.pick(*zh, *en))).collect()
}
