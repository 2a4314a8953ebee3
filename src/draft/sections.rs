//! Headings under which a plan has no tasks: 指导思想, 组织领导, 工作步骤, 保障措施.

/// Words of such headings.
const ABOUT: &[&str] = &[
    "指导思想", "总体要求", "总体思路", "工作目标", "总体目标", "目标定位", "目标要求", "创建目标", "主要目标",
    "工作思路", "基本原则", "工作原则", "组织领导", "领导小组", "组织机构", "机构设置", "步骤", "时间安排", "进度安排",
    "阶段安排", "保障措施", "工作保障", "组织保障", "工作要求", "具体要求", "有关要求", "相关要求", "几点要求",
    "组织实施", "附则", "适用范围", "编制依据", "工作背景", "考核奖惩", "督查考核", "监督考核", "追责问责", "责任追究",
    "统一思想", "提高认识", "提高思想", "加强领导", "强化领导", "工作机制", "人员组成", "成员名单", "动员部署阶段",
];

/// How many characters of a heading are searched for such a word.
const HEADING: usize = 16;

/// The word by which a heading is known to have no tasks.
pub(super) fn lays_down_none(heading: &str) -> Option<&'static str> {
    let clause = heading.split(['。', '，', '：', ':', ',', '；']).next().unwrap_or(heading);
    let short: String = clause.chars().filter(|c| !c.is_whitespace()).take(HEADING).collect();
    ABOUT.iter().find(|word| short.contains(**word)).copied()
}

/// Whether a heading over plain paragraphs is about aims: 目标任务. Over items it may have tasks.
pub(super) fn is_aim(heading: &str) -> bool {
    heading.chars().count() <= HEADING
        && ["目标任务", "任务目标", "年度目标", "具体目标"].iter().any(|word| heading.contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_are_told_by_their_words() {
        assert_eq!(lays_down_none("加强组织领导。成立专班"), Some("组织领导"));
        assert_eq!(lays_down_none("工 作 要 求"), Some("工作要求"));
        assert_eq!(lays_down_none("环境整治，落实工作要求"), None);
    }
}
