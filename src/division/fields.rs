//! What a field of a ledger is, and the built-in fields with their synonyms.

use crate::table::FieldId;

/// The type of a field (类型).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum FieldType {
    /// 文本.
    Text,
    /// 整数.
    Integer,
    /// 小数.
    Decimal,
    /// 百分比.
    Percent,
    /// 日期.
    Date,
    /// 时间.
    Time,
    /// 单位: names of units.
    Units,
    /// 人员.
    People,
    /// 选项: one of a list.
    Choice,
    /// 状态: 完成情况.
    Status,
    /// 材料: evidence.
    Evidence,
}

impl FieldType {
    /// Whether its values are numbers.
    pub fn is_number(self) -> bool {
        matches!(self, FieldType::Integer | FieldType::Decimal | FieldType::Percent)
    }
}

/// Whether a cell of the field must be filled in (必填).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Required {
    /// 是.
    Always,
    /// 完成时: when the row is done.
    WhenDone,
    /// 否.
    #[default]
    Never,
}

/// How records of one task are summed up (汇总方式).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Aggregate {
    /// 求和.
    Sum,
    /// 计数.
    Count,
    /// 去重: number of distinct values.
    Distinct,
    /// 最新.
    Latest,
    /// 最小.
    Min,
    /// 最大.
    Max,
}

/// The purpose of a field in a ledger. Fields added by an office are answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// Numbers the rows of the table.
    Serial,
    /// Comes from the division. Blank forms are prefilled with it, and the consolidated ledger prints the division's value;
    /// a different value written by a unit is shown beside it.
    Given,
    /// The leading or reporting unit: prefilled, but what the ledger says counts.
    Party,
    /// Filled in by the unit.
    Answer,
    /// Contact details: filled in by the unit, but not about the work.
    Contact,
}

impl Role {
    /// Whether it may be filled in a row that reports nothing yet, because forms are prefilled with it.
    pub fn is_prefilled(self) -> bool {
        matches!(self, Role::Serial | Role::Given | Role::Party)
    }
}

/// One field.
#[derive(Clone, Debug)]
pub struct FieldSpec {
    /// The name: 完成情况.
    pub name: String,
    /// Other headings with the same meaning.
    pub synonyms: Vec<String>,
    /// The type of its values.
    pub kind: FieldType,
    /// Whether it must be filled in.
    pub required: Required,
    /// The allowed values (取值); empty = any.
    pub choices: Vec<String>,
    /// Whether other values than these are told although the field is no [`FieldType::Choice`]: 选项 for a built-in field
    /// that keeps its own type.
    pub closed: bool,
    /// How its values are summed up, if they are.
    pub aggregate: Option<Aggregate>,
    /// Whether it is defined only by an indicator. Blank forms have its column only for units whose indicators need it.
    pub of_indicator: bool,
}

impl FieldSpec {
    /// A field with a name and type and no other properties.
    pub(super) fn named(name: &str, kind: FieldType) -> FieldSpec {
        FieldSpec {
            name: name.to_owned(),
            synonyms: Vec::new(),
            kind,
            required: Required::Never,
            choices: Vec::new(),
            closed: false,
            aggregate: None,
            of_indicator: false,
        }
    }
}

/// Declares the built-in fields: a constant for each and the list of their specs, in one place.
macro_rules! builtin_fields {
    ($($id:ident = $name:literal, $kind:ident $(as $role:ident)?, [$($synonym:literal),* $(,)?];)*) => {
        builtin_fields!(@number 0u16; $($id)*);
        /// The role of each, by number.
        static ROLES: &[Role] = &[$(builtin_fields!(@role $($role)?)),*];
        /// The built-in fields in the order of their numbers.
        pub fn builtin() -> Vec<FieldSpec> {
            // A table, and no statement for each of a thousand words: that alone would take the compiler seconds.
            const BUILTIN: &[(&str, FieldType, &[&str])] = &[$(($name, FieldType::$kind, &[$($synonym),*])),*];
            let field = |(name, kind, synonyms): &(&str, FieldType, &[&str])| FieldSpec {
                synonyms: synonyms.iter().map(|&synonym| synonym.to_owned()).collect(),
                ..FieldSpec::named(name, kind.clone())
            };
            BUILTIN.iter().map(field).collect()
        }
    };
    (@number $n:expr; $id:ident $($rest:ident)*) => {
        #[doc = concat!("The built-in field ", stringify!($id), ".")]
        pub const $id: FieldId = FieldId($n);
        builtin_fields!(@number $n + 1; $($rest)*);
    };
    (@number $n:expr;) => {};
    (@role) => { Role::Answer };
    (@role $role:ident) => { Role::$role };
}

builtin_fields! {
    SERIAL = "序号", Text as Serial, ["编号", "no", "顺序", "行号", "项次"];
    CODE = "任务编号", Text as Given, [
        "测评编号", "指标编号", "任务序号", "测评标准编号", "测评内容分类编号", "考核编号", "考评编号", "任务代码", "任务编码", "指标代码", "指标序号", "工作编号", "事项编号", "清单编号", "任务号",
    ];
    CATEGORY = "任务类别", Text as Given, [
        "类别", "测评项目", "考评项目", "考核项目", "一级指标", "工作组", "任务分类", "工作类别", "工作分类", "分类", "项目类别", "指标类别", "清单", "责任清单", "板块", "工作板块", "大类", "专项",
        "指标名称", "考评指标", "二级指标", "三级指标", "工作专班", "任务类型", "工作类型", "类型",
    ];
    TASK = "工作任务", Text as Given, [
        "任务", "任务名称", "重点工作任务", "重点工作", "重点任务", "任务内容", "任务描述", "目标任务", "主要任务", "主要工作任务", "具体任务", "创建任务", "创建工作任务", "工作任务内容", "工作任务名称", "具体工作任务", "任务事项",
        "测评内容", "考核内容", "考评内容", "考察内容", "考察内容和相关要求", "测评内容和要求", "工作事项", "重点事项", "重点工作事项", "责任事项", "事项名称", "事项", "工作名称", "工作项目", "具体工作", "重点工作内容",
        "主要工作", "主要工作内容", "工作目标任务", "任务分解", "任务清单", "创建内容", "创建项目", "责任内容", "检查内容", "检查项目", "督查内容", "督查事项", "督办事项", "整治内容", "整治任务", "整治项目", "工作要点", "工作内容", "具体措施", "项目名称",
    ];
    LEADERS = "牵头领导", People as Given, [
        "责任领导", "分管领导", "包保领导", "牵头市领导", "牵头局领导", "分管局领导", "责任局领导", "牵头县领导", "牵头区领导", "牵头负责人", "分管负责人", "主管领导", "包联领导", "包抓领导", "挂点领导", "挂包领导", "带队领导", "分管副局长", "牵头责任人", "主要领导",
    ];
    LEAD_UNITS = "牵头单位", Units as Party, [
        "牵头科室", "牵头部门", "牵头责任单位", "牵头股室", "牵头处室", "主责单位", "主要责任单位", "主责部门", "主责科室", "主办单位", "主办部门", "主办科室", "第一责任单位", "牵头责任部门", "牵头",
    ];
    UNITS = "责任单位", Units as Given, [
        "责任部门", "责任科室", "责任股室", "责任处室", "责任主体", "负责部门", "负责单位", "负责科室", "承办单位", "承办部门", "承办科室", "承办股室", "落实单位", "落实部门", "落实科室", "实施单位", "实施主体", "具体责任单位",
        "具体责任科室", "整改责任单位", "责任单位名称", "完成单位", "单位名称", "部门名称", "科室名称", "单位", "部门", "科室",
    ];
    PERSON = "责任人", People, [
        "具体责任人", "直接责任人", "责任人员", "责任人姓名", "经办人", "承办人", "经办人员", "负责人", "工作负责人", "具体负责人", "整改责任人", "落实责任人", "落实人", "巡查人", "巡查人员", "检查人", "检查人员",
    ];
    SUBMITTER = "填报单位", Units as Party, [
        "报送单位", "上报单位", "填表单位", "提交单位", "制表机关", "制表单位", "填报部门", "填报科室", "报送部门", "报送科室", "上报部门", "上报科室", "编报单位",
    ];
    DATE = "日期", Date, [
        "时间", "活动时间", "活动日期", "开展时间", "开展日期", "工作时间", "工作日期", "工作开展时间", "巡查日期", "巡查时间", "检查日期", "检查时间", "走访日期", "走访时间", "服务日期", "服务时间", "宣传日期", "宣传时间", "整治日期",
        "整治时间", "发生日期", "发生时间", "发现日期", "发现时间", "记录日期", "记录时间", "登记日期", "实施日期", "实施时间", "会议时间", "培训时间", "督查时间", "督查日期", "巡查日",
    ];
    DEADLINE = "完成时限", Text as Given, [
        "时限", "完成期限", "办结时限", "办理时限", "工作时限", "任务时限", "时限要求", "完成时限要求", "时间节点", "完成节点", "完成时间节点", "节点", "时间要求", "完成时间要求", "要求完成时间", "计划完成时间", "计划完成日期", "预计完成时间", "拟完成时间",
        "截止时间", "截止日期", "截止时限", "时间安排",
    ];
    STATUS = "完成情况", Status, [
        "完成状态", "任务完成情况", "工作完成情况", "落实情况", "工作落实情况", "任务落实情况", "贯彻落实情况", "完成进度", "完成程度", "是否完成", "是否已完成", "完成与否", "办理情况", "办结情况", "办理状态", "是否办结", "是否落实", "落实状态", "推进状态",
        "进展状态", "执行情况", "任务状态", "工作状态", "当前状态", "状态", "完成落实情况",
    ];
    DONE_ON = "完成日期", Date, [
        "实际完成时间", "实际完成日期", "完成时间", "办结日期", "办结时间", "落实时间", "落实日期", "完成年月", "整改完成时间", "整改完成日期",
    ];
    PROGRESS = "进展", Text, [
        "进展情况", "工作进展情况", "工作进展", "任务进展", "任务进展情况", "工作动态", "工作进度", "形象进度", "进度", "进度情况", "推进情况", "工作推进情况", "开展情况", "工作开展情况", "活动开展情况", "工作情况", "完成情况说明", "完成情况描述",
        "落实情况说明", "具体落实情况", "具体完成情况", "具体进展", "进展说明", "进展及成效", "工作成效", "取得成效", "主要做法", "工作举措", "落实措施", "推进措施", "采取措施", "活动内容", "活动情况", "巡查情况", "检查情况", "主要内容", "内容",
    ];
    AMOUNT = "数量", Decimal, ["完成数量", "完成数", "处数", "件数", "个数", "家数", "份数"];
    TIMES = "次数", Integer, ["频次", "场次", "活动场次", "开展场次"];
    PEOPLE = "人数", Integer, ["参加人数", "参与人数", "人次"];
    HOURS = "时长", Decimal, ["活动时长", "服务时长"];
    FORM = "形式", Text, ["活动形式", "方式"];
    LOCATION = "地点", Text, [
        "活动地点", "具体地点", "位置", "具体位置", "点位", "巡查地点", "巡查点位", "检查地点", "检查点位", "地址", "场所", "实施地点", "会议地点", "区域",
    ];
    PROBLEM = "存在问题", Text, [
        "问题", "存在的问题", "问题描述", "发现问题", "发现的问题", "主要问题", "问题内容", "问题清单", "存在困难", "存在的困难", "困难问题", "问题和困难", "存在问题和困难", "存在的问题和困难", "存在困难和问题", "未完成原因", "巡查发现问题", "检查发现问题",
    ];
    REMEDY = "整改措施", Text, [
        "下步措施", "下一步措施", "下步打算", "下一步打算", "下步工作打算", "下一步工作打算", "下一步工作", "下步工作", "下一步计划", "下步计划", "下一步工作计划", "下一步工作措施", "下一步推进措施", "处理措施", "处置措施", "解决措施", "改进措施", "整改方案",
        "整改要求",
    ];
    REMEDY_DUE = "整改时限", Text, ["整改期限", "整改完成时限", "整改时间", "整改时间节点", "限期整改时间"];
    REMEDY_STATE = "整改情况", Text, [
        "整改结果", "整改进展", "整改进展情况", "整改落实情况", "整改完成情况", "整改状态", "整改成效", "是否整改", "是否整改到位", "处理结果", "处理情况", "处置结果", "处置情况", "解决情况", "销号情况", "是否销号",
    ];
    EVIDENCE = "佐证材料", Evidence, [
        "佐证资料", "佐证", "佐证材料名称", "佐证材料清单", "佐证材料目录", "印证材料", "印证资料", "证明材料", "支撑材料", "支撑资料", "痕迹资料", "痕迹材料", "工作痕迹", "材料清单", "资料清单", "材料目录", "资料目录", "提供材料", "提交材料", "报送材料", "上报材料", "报送资料",
        "材料报送说明", "材料名称", "资料名称", "档案资料", "档案材料", "相关材料", "相关资料", "附件材料", "附件资料", "附件", "图片资料", "影像资料", "现场照片", "活动照片", "图片", "照片", "材料", "资料", "证明资料",
    ];
    SIGNED = "审核签字", Text, [
        "签审", "审签", "领导签字", "领导签审", "领导审核", "牵头领导签字", "牵头领导签审", "牵头领导审核", "责任领导签字", "分管领导签字", "审核人签字", "签字", "签批", "签名",
    ];
    SCORE = "得分", Decimal, ["自评分", "自评得分", "考核得分", "考评得分", "测评得分", "实得分", "评分"];
    CONTACT = "联系人", People as Contact, ["联络员", "资料员", "信息员", "联系人姓名", "填报人", "填表人"];
    PHONE = "联系电话", Text as Contact, ["电话", "手机", "手机号", "手机号码", "电话号码", "联系方式", "联系人电话"];
    REMARK = "备注", Text, ["说明", "备注说明", "其他说明", "其它说明", "情况说明", "附注", "其他", "其它"];
}

/// The role of a field.
pub fn role(field: FieldId) -> Role {
    ROLES.get(field.0 as usize).copied().unwrap_or(Role::Answer)
}

/// The built-in fields with a role, in the order of their numbers.
pub fn with_role(wanted: Role) -> impl Iterator<Item = FieldId> {
    ROLES.iter().enumerate().filter(move |(_, role)| **role == wanted).map(|(at, _)| FieldId(at as u16))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::basis::text;

    #[test]
    fn no_heading_means_two_fields() {
        let mut seen: BTreeMap<String, String> = BTreeMap::new();
        for spec in builtin() {
            for heading in std::iter::once(&spec.name).chain(&spec.synonyms) {
                assert_eq!(&text::heading_key(heading), heading, "synonyms are written folded");
                let before = seen.insert(heading.clone(), spec.name.clone());
                assert_eq!(before, None, "{heading} also under {}", spec.name);
            }
        }
    }

    #[test]
    fn each_built_in_field_has_its_role_and_what_an_office_adds_is_answered() {
        let name = |field: FieldId| builtin()[usize::from(field.0)].name.clone();
        let given: Vec<String> = with_role(Role::Given).map(name).collect();
        assert_eq!(given, ["任务编号", "任务类别", "工作任务", "牵头领导", "责任单位", "完成时限"]);
        assert_eq!((role(SERIAL), role(SUBMITTER), role(PHONE)), (Role::Serial, Role::Party, Role::Contact));
        assert_eq!((role(STATUS), role(FieldId(builtin().len() as u16))), (Role::Answer, Role::Answer));
        assert_eq!(ROLES.len(), builtin().len());
    }
}
