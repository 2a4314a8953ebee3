//! The words of labels and headings by their parts: a role and its holder (责任 + 单位), an action and its time
//! (完成 + 时限), and words that are not composed.

use crate::basis::text::heading_key;

/// What a label or a heading introduces.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Field {
    /// A number.
    Number,
    /// A category of tasks.
    Category,
    /// The task.
    Task,
    /// More about it: standards, measures, problems.
    Standard,
    /// Officials.
    Leaders,
    /// Persons responsible for a task who are not lead officials: 责任人, 负责人.
    Persons,
    /// Units that lead.
    Lead,
    /// Units that are responsible.
    Units,
    /// Responsible units, each with its responsible person.
    UnitsAndPersons,
    /// Units that help.
    Support,
    /// The deadline.
    Deadline,
    /// The reporting frequency.
    Cycle,
    /// The target.
    Indicator,
    /// Evidence.
    Evidence,
    /// Marks.
    Marks,
    /// Not used by a division: contact, state, remark.
    Other,
}

impl Field {
    /// Whether it names units.
    pub(super) fn is_units(self) -> bool {
        matches!(self, Field::Lead | Field::Units | Field::UnitsAndPersons | Field::Support)
    }

    /// Whether it lists names, of units or of persons.
    pub(super) fn names(self) -> bool {
        self.is_units() || matches!(self, Field::Leaders | Field::Persons)
    }

    /// Whether it belongs to an attribution rather than to the text.
    pub(super) fn attributes(self) -> bool {
        !matches!(self, Field::Number | Field::Category | Field::Task | Field::Standard | Field::Other)
    }
}

/// Roles of those that lead, before 单位, 部门 and the like.
const LEADING: &[&str] = &[
    "牵头", "总牵头", "主责", "主办", "主要责任", "牵头责任", "责任牵头", "牵头负责", "第一责任", "第一牵头",
    "牵头主责", "整改牵头", "牵头整改", "任务牵头", "组长", "召集", "牵头承办", "牵头落实",
];

/// Roles of those that are responsible.
const RESPONSIBLE: &[&str] = &[
    "责任", "负责", "承办", "落实", "实施", "整改", "整改责任", "整改落实", "整改主体", "具体责任", "具体负责",
    "具体落实", "具体实施", "具体承办", "完成", "执行", "主体责任", "责任主体", "属地责任", "属地", "承担", "推进",
    "测评责任", "责任落实", "落实责任", "任务责任", "任务承担", "建设", "提供材料", "材料提供", "材料报送", "资料报送",
    "资料提供", "申报", "分管责任", "管理责任", "监管责任", "直接责任", "共同责任", "其他责任", "相关责任", "包保",
    "挂包", "包联",
];

/// Roles of those that help.
const HELPING: &[&str] = &[
    "配合", "协作", "协办", "协同", "协同配合", "参与", "参加", "协助", "会同", "会办", "联办", "支持", "配合责任",
    "责任配合", "协助配合", "协调配合", "配合协作", "整改配合", "主要配合", "配合落实", "协助责任", "协同责任",
    "参与配合", "密切配合", "支撑",
];

/// Roles of those that supervise.
const WATCHING: &[&str] = &[
    "督导", "督办", "督查", "监督", "验收", "销号", "考核", "评价", "指导", "业务指导", "主管", "行业主管", "监管",
    "督促", "审核", "牵头督办", "督导责任", "督办责任", "验收责任", "销号责任", "验收销号", "审核把关", "汇总",
];

/// Holders of a role.
const BODIES: &[&str] = &[
    "单位", "部门", "科室", "处室", "股室", "机构", "主体", "镇街", "街道", "乡镇", "镇乡", "地区", "区县", "县区",
    "县市区", "班组", "企业", "学院", "院系", "社区", "村居", "单位及部门", "部门和单位", "单位和部门", "部门及单位",
    "部门单位", "单位部门", "科室和单位", "科室及单位", "部门、单位",
];

/// Whether a word consists of characters that end the names of bodies: 站所, 系部, 办所, 镇街园区.
fn is_body(word: &str) -> bool {
    const LETTERS: &str = "站所办部室系科处股局镇街乡村居社区组队院中心馆园厂县市";
    (2..=4).contains(&word.chars().count()) && word.chars().all(|c| LETTERS.contains(c))
}

/// Officials' part in a task, before 领导.
const OFFICIAL: &[&str] = &[
    "牵头", "总牵头", "责任", "分管", "包保", "包联", "联系", "挂包", "挂钩", "挂点", "联点", "督办", "整改责任",
    "包案", "主管", "主责", "整改牵头", "包抓", "包挂", "联系包保",
];

/// Whose officials: 牵头市领导, 分管局领导.
const OF: &[&str] = &[
    "", "市", "县", "区", "省", "州", "局", "校", "委", "院", "厅", "镇", "乡", "街道", "党委", "市级", "县级", "区级",
    "党政", "班子", "政府", "站", "公司",
];

/// Actions that have a time.
const ACTIONS: &[&str] = &[
    "", "完成", "整改", "整治", "治理", "解决", "达标", "实施", "办结", "办理", "落实", "推进", "工作", "任务",
    "计划完成", "预计完成", "整改完成", "任务完成", "拟完成", "要求完成", "目标完成", "整改办结", "销号", "建成",
    "落实完成", "工作完成",
];

/// Times of an action.
const TIMES: &[&str] = &[
    "时限", "期限", "时间", "时间节点", "日期", "节点", "时限要求", "时间要求", "期限要求", "时间安排", "时间进度",
    "时序要求", "节点要求", "进度要求", "进度安排", "时点",
];

/// Words that are not composed.
const OTHERS: &[(Field, &[&str])] = &[
    (
        Field::Leaders,
        &["牵头负责人", "分管负责人", "牵头校长", "分管副校长", "分管副市长", "分管副县长", "分管副区长", "分管副局长"],
    ),
    (
        Field::Persons,
        &[
            "责任人", "主要责任人", "第一责任人", "直接责任人", "整改责任人", "具体责任人", "负责人", "具体负责人",
            "牵头人", "主要负责人", "工作责任人", "落实责任人", "项目负责人",
        ],
    ),
    (Field::Lead, &["牵头", "主办", "主责", "牵头组"]),
    (Field::Units, &["责任分工", "任务分工", "职责分工", "工作分工", "分工", "责任", "责任组", "责任方"]),
    (Field::Support, &["配合", "协办", "协助", "参与", "参加", "协同", "会同", "成员单位", "成员部门"]),
    (Field::Cycle, &["报送周期", "报送频次", "工作频次", "频次", "调度频次"]),
    (Field::Indicator, &["考核指标", "量化指标", "目标值"]),
    (
        Field::Evidence,
        &[
            "佐证材料", "印证材料", "材料清单", "提供材料", "痕迹资料", "佐证资料", "报送材料", "需提供材料",
            "提供资料", "材料要求",
        ],
    ),
    (Field::Marks, &["分值", "权重", "标准分"]),
    (
        Field::Task,
        &[
            "工作任务", "任务", "重点任务", "工作内容", "任务内容", "主要任务", "具体任务", "工作职责", "职责",
            "主要职责", "重点工作",
        ],
    ),
    (
        Field::Other,
        &[
            "督办", "督导", "督查", "验收", "督办人", "联系人", "联系电话", "联络员", "联系方式", "电话", "备注",
            "配合人", "协助人", "经办人", "填报人", "完成情况", "整改情况", "进展情况", "落实情况", "工作进展",
            "整改进展",
        ],
    ),
];

/// What a word introduces when it is a label and nothing more.
pub(super) fn of_word(word: &str) -> Option<Field> {
    of_key(&heading_key(word))
}

/// What a word without spaces and brackets introduces.
pub(super) fn of_key(word: &str) -> Option<Field> {
    let other = OTHERS.iter().find(|(_, words)| words.contains(&word)).map(|(field, _)| *field);
    other.or_else(|| of_role(word)).or_else(|| of_time(word))
}

/// 牵头单位, 责任科室, 分管市领导.
fn of_role(word: &str) -> Option<Field> {
    if let Some(part) = word.strip_suffix("领导") {
        let official = OF.iter().any(|of| part.strip_suffix(of).is_some_and(|part| OFFICIAL.contains(&part)));
        return official.then_some(Field::Leaders);
    }
    // 责任主体 is whole without what has the role; behind 责任单位及责任人 the persons stand with their units.
    if word == "责任主体" {
        return Some(Field::Units);
    }
    let persons = ["及责任人", "和责任人", "、责任人", "责任人", "及负责人", "和负责人", "、负责人"];
    let with_persons = persons.iter().find_map(|persons| word.strip_suffix(persons)).filter(|word| !word.is_empty());
    if with_persons.and_then(of_role) == Some(Field::Units) {
        return Some(Field::UnitsAndPersons);
    }
    let known = |role: &str| [LEADING, RESPONSIBLE, HELPING, WATCHING].iter().any(|roles| roles.contains(&role));
    let mut cuts = word.char_indices().map(|(at, _)| word.split_at(at));
    let (role, body) = cuts.find(|(role, body)| known(role) && (BODIES.contains(body) || is_body(body)))?;
    let inside = ["科室", "处室", "股室"].contains(&body) && ["责任", "承办"].contains(&role);
    Some(match () {
        // 责任科室 answers inside the organ for what the units below it do.
        () if inside || LEADING.contains(&role) => Field::Lead,
        () if RESPONSIBLE.contains(&role) => Field::Units,
        () if HELPING.contains(&role) => Field::Support,
        () => Field::Other,
    })
}

/// 完成时限, 整改期限.
fn of_time(word: &str) -> Option<Field> {
    // Alone these say when something takes place.
    if ["时间", "日期", "节点", "工作时间", "工作日期", "期限"].contains(&word) {
        return None;
    }
    TIMES
        .iter()
        .any(|time| word.strip_suffix(time).is_some_and(|action| ACTIONS.contains(&action)))
        .then_some(Field::Deadline)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_known_by_how_they_are_made() {
        for (word, field) in [
            ("责任单位", Some(Field::Units)),
            ("责任科室", Some(Field::Lead)),
            ("负责科室", Some(Field::Units)),
            ("会办单位", Some(Field::Support)),
            ("牵头部门和单位", Some(Field::Lead)),
            ("分管市领导", Some(Field::Leaders)),
            ("牵头领导", Some(Field::Leaders)),
            ("督导单位", Some(Field::Other)),
            ("时限要求", Some(Field::Deadline)),
            ("整改完成时限", Some(Field::Deadline)),
            ("责任主体", Some(Field::Units)),
            ("责任站所", Some(Field::Units)),
            ("责任单位及责任人", Some(Field::UnitsAndPersons)),
            ("配合系部", Some(Field::Support)),
            ("督办", Some(Field::Other)),
            ("责任区", None),
            ("时间", None),
            ("参会单位", None),
            ("各责任单位", None),
            ("加强领导", None),
        ] {
            assert_eq!(of_word(word), field, "{word}");
        }
    }
}
