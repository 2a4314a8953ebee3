//! First steps of a work: a plan, a tender, an approval. Who has done only these has not done the work, unless the task asks
//! for no more.

/// Last words of a first step: 实施方案, 施工图设计, 前期.
const STEPS: &[&str] = &[
    "立项", "可研", "可行性研究", "选址", "勘察", "勘测", "勘探", "测绘", "踏勘", "设计", "招标", "招投标", "投标",
    "开标", "评标", "初审", "比选", "询价", "合同", "资金申报", "资金申请", "审批", "批复", "报批", "方案", "初稿",
    "摸底", "调研", "征求意见", "论证", "动员", "部署", "任务分解", "责任分解", "准备", "筹备", "策划", "前期", "预算",
    "环评", "规划", "图纸", "施工图", "手续", "程序", "开工", "进场", "备料", "基础施工", "基础工程", "地基施工",
    "土建施工", "路基施工", "地基", "土建", "路基", "桩基", "拨款", "计划编制", "计划制定",
];
/// Words around them that say no more.
const AROUND: &[&str] = &[
    "编制", "制定", "拟定", "拟订", "制订", "起草", "撰写", "编写", "的", "了", "工作", "阶段", "报告", "签订", "签署",
    "修改", "评审", "审核", "审查", "印发", "下发", "调查", "会议", "会", "任务", "环节", "事项", "文件", "稿", "审定",
    "已", "已经", "均", "都", "全部", "也", "现", "业",
];
/// Means that are there before the work begins: 资金已到位.
const MEANS: &[&str] = &["资金", "经费", "人员", "物资", "材料", "设备", "机械"];
/// What joins the parts of a list.
const AND: &[char] = &['、', '和', '及', '与', '并', '/', '"'];

/// What a part of a sentence names.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Names {
    /// A first step.
    Step,
    /// Nothing of its own: 工作, 编制.
    Nothing,
    /// The work, or what is not known.
    Work,
}

/// Whether a word of completion is about first steps only, by the folded text before it (the subject) and after it (the
/// object). `task` is the folded text of the task, empty if it is not known: what it asks for is the work.
pub(super) fn is_first(subject: &str, core: &str, object: &str, task: &str) -> bool {
    if core == "到位" {
        let means = MEANS.iter().find(|word| bare(subject).ends_with(*word));
        return means.is_some() && !MEANS.iter().any(|word| bare(task).ends_with(word));
    }
    // 方案已落实 is about the work
    if !["完成", "完毕", "结束", "办结", "完结", "做完", "办好", "办妥", "通过"].contains(&core) {
        return false;
    }
    let object: Vec<Names> = object.split(AND).map(|part| named(part, task)).collect();
    if object.contains(&Names::Work) {
        return false;
    }
    object.contains(&Names::Step) || {
        let subject: Vec<Names> = subject.split(AND).map(|part| named(part, task)).collect();
        subject.contains(&Names::Step) && !subject.contains(&Names::Work)
    }
}

/// Whether a folded text names a step, or means: no other text says of one task what it does not say of another.
pub(super) fn is_named(folded: &str) -> bool {
    STEPS.iter().chain(MEANS).any(|word| folded.contains(word))
}

fn named(part: &str, task: &str) -> Names {
    let mut rest = part;
    loop {
        if rest.is_empty() {
            return Names::Nothing;
        }
        let step = STEPS.iter().filter(|step| rest.ends_with(**step)).max_by_key(|step| step.len());
        let around = AROUND.iter().filter(|word| rest.ends_with(**word)).max_by_key(|word| word.len());
        match (step, around) {
            (Some(step), around) if around.is_none_or(|word| word.len() <= step.len()) => {
                // a task that ends in the step asks for it alone: 编制创建方案, 公益广告设计
                return if bare(task).ends_with(bare(step)) { Names::Work } else { Names::Step };
            }
            (_, Some(word)) => rest = &rest[..rest.len() - word.len()],
            _ => return Names::Work,
        }
    }
}

/// A text without the words around a step at its end.
fn bare(text: &str) -> &str {
    let mut rest = text;
    while let Some(shorter) = AROUND.iter().find_map(|word| rest.strip_suffix(word)) {
        rest = shorter;
    }
    rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_done_is_a_first_step_or_the_work() {
        for (text, task, first) in [
            ("|完成|立项", "", true),
            ("|完成|了方案编制", "", true),
            ("|完成|可研报告编制", "", true),
            ("施工图设计已|完成|", "", true),
            ("方案已编制|完成|", "", true),
            ("|完成|立项、招标", "", true),
            ("资金已|到位|", "", true),
            ("方案已|通过|", "", true),
            ("|完成|方案初稿", "", true),
            ("|完成|基础施工", "修建停车场", true),
            ("|完成|方案编制", "制定方案并组织实施", true),
            // more than a step
            ("|完成|立项、招标、施工", "", false),
            ("|完成|方案制定及实施", "", false),
            ("|完成|整改", "", false),
            ("|完成|安装工作", "", false),
            ("|完成|", "", false),
            ("|完成|任务", "", false),
            ("方案已|落实|", "", false),
            ("|完成|前期发现问题的整改", "", false),
            ("宣传|到位|", "", false),
            // no more is asked
            ("|完成|方案编制", "编制创建工作方案", false),
            ("|完成|设计", "公益广告设计", false),
            ("资金已|到位|", "落实创建经费", false),
        ] {
            let [subject, core, object] = text.split('|').collect::<Vec<_>>()[..] else { unreachable!("{text}") };
            assert_eq!(is_first(subject, core, object, task), first, "{text} {task}");
            assert!(is_named(&text.replace('|', "")) || !is_first(subject, core, object, ""), "{text}");
        }
    }
}
