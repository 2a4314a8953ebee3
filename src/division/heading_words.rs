//! What a heading that no list names says by the words it is made of: 创城事项描述, 具体承办部门, 预计办结日期.

use super::fields::{
    AMOUNT, CATEGORY, CODE, CONTACT, DATE, DEADLINE, DONE_ON, EVIDENCE, LEAD_UNITS, LEADERS, LOCATION, PERSON, PHONE,
    PROBLEM, PROGRESS, REMARK, REMEDY, REMEDY_DUE, REMEDY_STATE, SCORE, SERIAL, SIGNED, STATUS, SUBMITTER, TASK, UNITS,
};
use crate::basis::text::{fold, heading_key};
use crate::table::{Decided, FieldId};

/// The longest heading that is read so, in characters; a longer one is a sentence.
const LONGEST: usize = 14;

/// What a heading must contain and end in to mean a field. Of several lines the first counts.
struct Words {
    field: FieldId,
    /// It contains one of these; any where there are none.
    with: &'static [&'static str],
    /// It contains none of these.
    without: &'static [&'static str],
    /// It ends in one of these.
    ends: &'static [&'static str],
}

const TIMES: &[&str] = &["时间", "日期", "时限", "期限", "节点", "时点", "限期", "年月"];
const UNIT: &[&str] = &["单位", "部门", "科室", "股室", "处室", "主体", "机构"];
const SUPPORT: &[&str] = &["配合", "协办", "协作", "协同", "参与", "参加", "抄送", "督办", "监督", "审核", "主管"];
/// Further words before a word for a unit that the work is done to, came from, or goes to.
const OTHERS: &[&str] = &[
    "协助", "被检", "被查", "被督", "被考", "被巡", "被抽", "受检", "受查", "对象", "移交", "交办", "来文", "接收",
    "验收", "送达", "送至", "报至", "主送", "抄报", "汇总",
];
/// Words in the headings of days on which the work itself was not done.
const OTHER_DAYS: &[&str] = &["下次", "上次", "下一次", "上一次", "出生"];
/// Words in the headings of days that are those of the work only where no other column has them.
const LESSER_DAYS: &[&str] = &["开始", "启动", "起始", "有效", "上报", "审核", "接单", "签订", "启用", "登记", "受理"];
const STATES: &[&str] = &["情况", "状态", "与否", "程度", "进度", "结果"];
const NUMBERS: &[&str] = &["编号", "编码", "代码", "代号"];

const WORDS: &[Words] = &[
    Words { field: SERIAL, with: &[], without: &["指标", "任务", "代码"], ends: &["序号", "流水号"] },
    Words { field: REMEDY_DUE, with: &["整改", "销号"], without: &["实际"], ends: TIMES },
    Words {
        field: REMEDY_STATE,
        with: &["整改", "销号", "处置", "处理"],
        without: &["措施", "方案", "要求"],
        ends: &["情况", "状态", "结果", "进度", "成效", "与否", "到位", "完成情况"],
    },
    Words {
        field: REMEDY,
        with: &["整改", "解决", "改进", "处理", "处置", "下步", "下一步", "下阶段", "今后", "应对", "防范"],
        without: &[],
        ends: &["措施", "办法", "方案", "打算", "计划", "对策", "安排", "思路", "建议", "工作"],
    },
    Words {
        field: PROBLEM,
        with: &[],
        without: &["是否", "数"],
        ends: &["问题", "困难", "隐患", "不足", "短板", "问题描述", "问题说明", "问题详情", "问题记录", "问题情况"],
    },
    Words { field: DONE_ON, with: &["实际"], without: &[], ends: TIMES },
    Words {
        field: DEADLINE,
        with: &[
            "计划", "预计", "拟", "要求", "规定", "限定", "截止", "截至", "最迟", "最晚", "目标", "应", "预期", "期待",
            "期望",
        ],
        without: &["开始", "启动", "起始", "开工", "开发"],
        ends: TIMES,
    },
    Words {
        field: DEADLINE,
        with: &["完成", "办结", "办理", "工作", "任务", "落实", "时间", "推进"],
        without: &["开始"],
        ends: &["时限", "期限", "限期", "节点"],
    },
    Words {
        field: DONE_ON, with: &["完成", "办结", "落实", "竣工", "结束"], without: &["开始"], ends: TIMES
    },
    Words {
        field: DATE,
        with: &[
            "活动", "开展", "实施", "巡查", "检查", "走访", "宣传", "整治", "督查", "工作", "服务", "巡逻", "上门",
            "排查", "抽查", "督导", "巡检", "检修", "调研", "演练",
        ],
        without: OTHER_DAYS,
        ends: &["时间", "日期"],
    },
    Words {
        field: SIGNED,
        with: &[],
        without: &["时间", "日期"],
        ends: &["签字", "签名", "签批", "签审", "审签", "签章", "签字领导", "审签领导", "签批领导", "签审领导"],
    },
    Words {
        field: SUBMITTER,
        with: &["填报", "报送", "上报", "填表", "提交", "编报", "填写", "送报"],
        without: SUPPORT,
        ends: UNIT,
    },
    Words {
        field: LEAD_UNITS,
        with: &["牵头", "主办", "主责", "主抓", "领衔", "主要责任"],
        without: SUPPORT,
        ends: UNIT,
    },
    Words {
        field: UNITS,
        with: &["责任", "承办", "负责", "落实", "实施", "执行", "承担", "具体", "办理", "完成", "承接", "归口", "所属"],
        without: SUPPORT,
        ends: UNIT,
    },
    Words {
        field: LEADERS,
        with: &["牵头", "分管", "包保", "责任", "挂点", "带队", "包联", "主管", "挂帅", "联系"],
        without: &["签", "审"],
        ends: &["领导"],
    },
    Words {
        field: CONTACT,
        with: &["联系", "联络", "填报", "填表", "报送"],
        without: &["电话"],
        ends: &["人", "人员", "员"],
    },
    Words {
        field: PERSON,
        with: &["责任", "承办", "经办", "负责", "落实", "执行", "实施", "指派", "处理", "办理", "整改", "具体"],
        without: &["审", "签", "项目", "单位", "科室", "部门"],
        ends: &["人", "人员", "负责人", "责任人", "同志"],
    },
    Words {
        field: PHONE,
        with: &["联系", "联络", "责任", "负责", "经办", "承办", "手机"],
        without: &[],
        ends: &["电话", "手机", "手机号", "手机号码", "联系方式"],
    },
    Words { field: SCORE, with: &[], without: &["标准", "扣"], ends: &["得分", "自评分"] },
    Words {
        field: EVIDENCE,
        with: &[
            "佐证", "印证", "证明", "支撑", "痕迹", "附", "报送", "提交", "提供", "上报", "现场", "活动", "相关",
            "见证",
        ],
        without: &["是否", "数", "要求"],
        ends: &["材料", "资料", "照片", "图片", "附件", "影像", "凭证", "材料清单", "资料清单", "材料名称", "资料名称"],
    },
    Words {
        field: STATUS,
        with: &["完成", "办结", "落实", "办理", "执行", "达标"],
        without: &["整改", "说明", "描述", "具体", "应"],
        ends: STATES,
    },
    Words {
        field: STATUS,
        with: &["进度", "进展", "推进", "工作", "任务", "事项", "当前", "目前"],
        without: &["整改", "下"],
        ends: &["状态"],
    },
    Words {
        field: STATUS, with: &["是否"], without: &["整改", "需", "有"], ends: &["完成", "办结", "落实", "达标"]
    },
    Words {
        field: PROGRESS,
        with: &["进展", "推进", "开展", "工作", "活动", "实施", "落实", "完成"],
        without: &["下", "计划", "是否"],
        ends: &["情况", "进展", "成效", "进度", "成果", "描述", "说明", "纪实", "详情"],
    },
    Words {
        field: LOCATION, with: &[], without: &["起", "至"], ends: &["地点", "位置", "点位", "地址", "路段"]
    },
    Words {
        field: CODE,
        with: &["任务", "事项", "指标", "测评", "考核", "考评", "清单"],
        without: &["单位"],
        ends: NUMBERS,
    },
    Words {
        field: CATEGORY,
        with: &["任务", "工作", "事项", "项目", "指标", "测评", "考核", "清单"],
        without: &["人", "单位"],
        ends: &["类别", "分类", "类型", "类目", "板块", "大类", "门类"],
    },
    Words {
        field: TASK,
        with: &[],
        without: &["数", "子任务", "上级", "父", "类", "注意", "其他", "是否", "处罚", "奖", "惩", "协助"],
        ends: &[
            "任务", "任务名称", "任务内容", "任务描述", "任务清单", "任务分解", "任务要点", "事项", "事项名称",
            "事项内容", "事项描述", "工作内容", "工作项", "工作要点", "工作事项", "工作名称", "工作项目", "测评内容",
            "考核内容", "考评内容",
        ],
    },
    Words { field: REMARK, with: &[], without: &[], ends: &["备注", "附注"] },
    Words {
        field: AMOUNT,
        with: &[],
        without: &["计划", "目标", "应", "拟", "需", "总", "累计", "库存", "是否"],
        ends: &["数量"],
    },
];

/// The field that a folded heading says by its words.
pub(super) fn field(heading: &str) -> Option<FieldId> {
    if heading.chars().count() > LONGEST {
        return None;
    }
    let says = |words: &&Words| {
        words.ends.iter().any(|end| heading.ends_with(end))
            && (words.with.is_empty() || words.with.iter().any(|word| heading.contains(word)))
            && !words.without.iter().any(|word| heading.contains(word))
    };
    WORDS.iter().find(says).map(|words| words.field)
}

/// Whether a heading over units names another party than who answers for the work: 配合单位, 被检查单位, 抄送. One that names
/// both, 牵头（配合）单位, does not.
pub(crate) fn names_another_party(heading: &str) -> bool {
    let heading = fold(heading);
    // 主管部门 may be the one that does the work.
    let others = OTHERS.iter().chain(SUPPORT.iter().filter(|word| **word != "主管"));
    let answers = |text: &str| matches!(field(text), Some(UNITS | LEAD_UNITS | SUBMITTER));
    let own = |part: &str| answers(part) || part.chars().count() <= 2 && answers(&format!("{part}单位"));
    let mut parts = heading.split(|c: char| !c.is_alphanumeric() || "和及与或".contains(c));
    others.into_iter().any(|word| heading.contains(word)) && !parts.any(own)
}

/// Whether the heading of a column of days says that the work itself was not done on them: 下次检查日期, 出生日期.
pub(crate) fn names_another_day(heading: &str) -> bool {
    OTHER_DAYS.iter().any(|word| heading.contains(word))
}

/// Whether a column of days gives way to another: 开始时间, 接单日.
pub(crate) fn names_a_lesser_day(heading: &str) -> bool {
    LESSER_DAYS.iter().any(|word| heading.contains(word))
}

/// Whether the heading of a column of days says that something was done on them: 约谈时间, 清运日期. What was planned,
/// completed or put right on them is said otherwise, as is what another party did.
pub(crate) fn names_a_day_of_work(heading: &str) -> bool {
    let leaf = heading_key(heading.rsplit('/').next().unwrap_or(heading));
    let is_day = ["时间", "日期"].iter().any(|end| leaf.ends_with(end));
    is_day
        && !OTHER_DAYS.iter().chain(LESSER_DAYS).any(|word| leaf.contains(word))
        && field(&leaf).is_none_or(|field| field == DATE)
}

/// Whether a heading is of the time before or after that of the report alone: 上月进展, 下周安排.
pub(crate) fn is_of_another_period(heading: &str) -> bool {
    const PERIODS: &[&str] =
        &["上月", "上个月", "上周", "上期", "上季", "上年", "去年", "下月", "下个月", "下周", "下期", "下季"];
    let heading = fold(heading);
    let mut parts = heading.split(|c: char| !c.is_alphanumeric());
    !heading.contains(['本', '当']) && parts.any(|part| PERIODS.iter().any(|period| part.starts_with(period)))
}

/// What a folded heading means under a group that tells plan from fact: 结束 under 计划时间 is the deadline, under 实际时间 the
/// day of completion, and 开始 is neither. None where the group or the heading says nothing of the kind.
pub(super) fn within(group: &str, heading: &str) -> Option<Decided> {
    const PLANS: &[&str] = &["计划", "预计", "预期", "拟", "安排"];
    const FACTS: &[&str] = &["情况", "完成", "落实", "执行"];
    const BEGINS: &[&str] = &["起", "自", "从", "始", "起始", "开始", "启动", "开工"];
    const ENDS: &[&str] = &["止", "至", "到", "终", "终止", "截止", "结束", "完成", "完工", "竣工"];
    let has = |words: &[&str]| words.iter().any(|word| group.contains(word));
    let end = if group.contains("实际") {
        DONE_ON
    } else if has(PLANS) && !has(FACTS) {
        DEADLINE
    } else {
        return None;
    };
    let bare = ["时间", "日期"].iter().find_map(|end| heading.strip_suffix(end)).unwrap_or(heading);
    if BEGINS.contains(&bare) {
        return Some(Decided::Nothing);
    }
    // 时间 under 活动安排 is when it took place.
    let day = bare.is_empty() && !heading.is_empty() && !group.contains("安排");
    (day || ENDS.contains(&bare)).then_some(Decided::Field(end))
}

/// Whether a unit of measure says how long something takes.
pub(super) fn is_length_of_time(unit: &str) -> bool {
    is_hours(unit) || ["分钟", "min", "天"].contains(&unit)
}

/// Whether a unit of measure is of hours.
pub(super) fn is_hours(unit: &str) -> bool {
    ["小时", "课时", "学时", "工时", "h"].contains(&unit)
}

/// Whether a folded heading that is no field is of time spent: 志愿时间; what is planned or added up is not.
pub(super) fn is_of_time(heading: &str) -> bool {
    heading.ends_with("时间")
        && !["计划", "预计", "拟", "应", "需", "累计", "总"].iter().any(|word| heading.contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::division::FieldSet;

    #[test]
    fn headings_say_what_they_are_by_their_words() {
        let set = FieldSet::builtin();
        for (heading, name) in [
            ("创城事项描述", "工作任务"),
            ("年度创建任务", "工作任务"),
            ("具体承办部门", "责任单位"),
            ("归口责任科室", "责任单位"),
            ("主责牵头科室", "牵头单位"),
            ("表格填报部门", "填报单位"),
            ("预计办结日期", "完成时限"),
            ("任务完成节点", "完成时限"),
            ("实际办结年月", "完成日期"),
            ("活动开展日期", "日期"),
            ("隐患排查时间", "日期"),
            ("目前落实状态", "完成情况"),
            ("阶段推进成效", "进展"),
            ("现场检查发现的问题", "存在问题"),
            ("拟采取的整改措施", "整改措施"),
            ("问题整改期限", "整改时限"),
            ("问题整改结果", "整改情况"),
            ("相关佐证附件", "佐证材料"),
            ("现场情况照片", "佐证材料"),
            ("包保责任领导", "牵头领导"),
            ("具体办理人员", "责任人"),
            ("责任人电话", "联系电话"),
            ("分管领导审签", "审核签字"),
            ("巡查统计数量", "数量"),
        ] {
            let found = field(heading).map(|field| set.spec(field).name.as_str());
            assert_eq!(found, Some(name), "{heading}");
        }
    }

    #[test]
    fn a_group_tells_plan_from_fact() {
        let set = FieldSet::builtin();
        for (group, heading, name) in [
            ("计划时间", "结束", "完成时限"),
            ("计划", "完成时间", "完成时限"),
            ("时间安排表", "截止日期", "完成时限"),
            ("工作计划", "时间", "完成时限"),
            ("实际时间", "结束", "完成日期"),
            ("实际完成", "日期", "完成日期"),
            ("计划时间", "开始", "-"),
            ("实际", "开始时间", "-"),
        ] {
            let found = within(group, heading)
                .map(|decided| decided.field().map_or("-", |field| set.spec(field).name.as_str()));
            assert_eq!(found, Some(name), "{group} {heading}");
        }
        for (group, heading) in [
            ("活动时间", "结束"),
            ("计划完成情况", "结束"),
            ("工作安排落实情况", "时间"),
            ("活动安排", "时间"),
            ("计划时间", "备注"),
            ("计划时间", ""),
            ("实际", "完成数"),
        ] {
            assert_eq!(within(group, heading), None, "{group} {heading}");
        }
    }

    #[test]
    fn columns_of_other_parties() {
        for heading in [
            "配合单位", "协办科室", "参加单位", "被检查单位", "受检单位", "检查对象", "移交单位", "移交至", "来文单位",
            "交办单位", "验收单位", "送达单位", "抄送", "汇总单位", "报送至", "协助部门", "配合责任单位",
            "单位（被检查）", "责任分工/配合单位",
        ] {
            assert!(names_another_party(heading), "{heading}");
        }
        for heading in [
            "责任单位", "单位", "去处", "主管部门", "牵头（配合）单位", "责任、配合单位", "责任单位及配合单位",
            "交办事项责任单位", "来文承办单位", "汇总报送单位", "检查单位", "某列",
        ] {
            assert!(!names_another_party(heading), "{heading}");
        }
    }

    #[test]
    fn days_on_which_something_was_done() {
        for heading in ["约谈时间", "排查情况/排查日期", "清运日期（8月）", "隐患发现时间"] {
            assert!(names_a_day_of_work(heading), "{heading}");
        }
        for heading in [
            "整改时间", "整改完成时间", "完成日期", "计划清运时间", "要求约谈日期", "上报时间", "下次约谈时间",
            "约谈时限", "约谈日", "出生日期", "实际清运时间",
        ] {
            assert!(!names_a_day_of_work(heading), "{heading}");
        }
    }

    #[test]
    fn headings_of_other_periods() {
        for heading in ["上月进展", "上周完成情况", "进展（上月）", "上期/状态", "下月安排"] {
            assert!(is_of_another_period(heading), "{heading}");
        }
        for heading in ["本月进展", "上旬进展", "上半年进展", "线上月度活动", "上月任务本月进展", "进展"]
        {
            assert!(!is_of_another_period(heading), "{heading}");
        }
    }

    #[test]
    fn other_headings_say_nothing() {
        for heading in [
            "配合单位", "扣分标准", "宣传口号", "参加人数", "风险等级", "计划投资", "开始时间", "审核人", "单价",
            "是否需要生成任务", "处罚事项", "计划数量", "下次检查日期", "上次巡查时间",
        ] {
            assert_eq!(field(heading), None, "{heading}");
        }
    }
}
