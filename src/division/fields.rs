//! The fields of a ledger: the built-in ones with their synonyms, and those of the division's 台账字段.

use crate::table::{FieldId, Lexicon};

/// What a field's cells hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
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

/// Whether a cell of the field must hold something.
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

/// One field.
#[derive(Clone, Debug)]
pub struct FieldSpec {
    /// Its name: 完成情况.
    pub name: String,
    /// Other headings that mean it.
    pub synonyms: Vec<String>,
    /// What its cells hold.
    pub kind: FieldType,
    /// Whether it must be filled in.
    pub required: Required,
    /// The values allowed (取值); empty = any.
    pub choices: Vec<String>,
    /// How it is summed up.
    pub aggregate: Option<Aggregate>,
}

/// All the fields, by number.
#[derive(Clone, Debug, Default)]
pub struct FieldSet {
    /// The fields; a [`FieldId`] is a position here.
    pub fields: Vec<FieldSpec>,
}

/// Declares the built-in fields: a constant for each and the list of their specs, in one place.
macro_rules! builtin_fields {
    ($($id:ident = $name:literal, $kind:ident, [$($synonym:literal),* $(,)?];)*) => {
        builtin_fields!(@number 0u16; $($id)*);
        /// The built-in fields in the order of their numbers.
        pub fn builtin() -> Vec<FieldSpec> {
            vec![$(FieldSpec {
                name: $name.into(),
                synonyms: vec![$($synonym.into()),*],
                kind: FieldType::$kind,
                required: Required::Never,
                choices: Vec::new(),
                aggregate: None,
            }),*]
        }
    };
    (@number $n:expr; $id:ident $($rest:ident)*) => {
        #[doc = concat!("The built-in field ", stringify!($id), ".")]
        pub const $id: FieldId = FieldId($n);
        builtin_fields!(@number $n + 1; $($rest)*);
    };
    (@number $n:expr;) => {};
}

builtin_fields! {
    SERIAL = "序号", Text, ["编号", "NO", "No."];
    CODE = "任务编号", Text, ["测评编号", "指标编号", "测评标准编号", "测评内容分类编号"];
    CATEGORY = "任务类别", Text, ["类别", "测评项目", "考评项目", "考核项目", "一级指标"];
    TASK = "工作任务", Text, ["任务", "重点工作", "重点工作任务", "测评内容", "考核内容", "工作内容", "任务名称", "事项"];
    LEADERS = "牵头领导", People, ["责任领导", "分管领导", "包保领导", "牵头市领导"];
    LEAD_UNITS = "牵头单位", Units, ["牵头科室", "牵头部门", "主责单位", "主要责任单位", "主办单位"];
    UNITS = "责任单位", Units, ["责任科室", "责任部门", "负责部门", "承办单位", "落实单位", "责任主体"];
    PERSON = "责任人", People, ["经办人"];
    SUBMITTER = "填报单位", Units, ["报送单位", "制表机关"];
    DATE = "日期", Date, ["时间", "活动时间", "活动日期", "巡查日期"];
    DEADLINE = "完成时限", Text, ["时限", "时间节点", "办结时限"];
    STATUS = "完成情况", Status, ["完成状态", "落实情况", "完成进度"];
    DONE_ON = "完成日期", Date, ["完成时间", "办结日期"];
    PROGRESS = "进展", Text, ["进展情况", "工作进展", "工作动态"];
    AMOUNT = "数量", Decimal, [];
    TIMES = "次数", Integer, [];
    PEOPLE = "人数", Integer, ["参加人数", "参与人数"];
    HOURS = "时长", Decimal, [];
    FORM = "形式", Text, [];
    LOCATION = "地点", Text, ["活动地点"];
    PROBLEM = "存在问题", Text, ["问题", "问题描述"];
    REMEDY = "整改措施", Text, ["下步措施"];
    REMEDY_DUE = "整改时限", Text, [];
    REMEDY_STATE = "整改情况", Text, [];
    EVIDENCE = "佐证材料", Evidence, ["印证材料", "材料清单", "提供材料"];
    SIGNED = "审核签字", Text, ["签审", "领导签字"];
    SCORE = "得分", Decimal, ["自评分"];
    CONTACT = "联系人", People, ["联络员"];
    PHONE = "联系电话", Text, ["电话", "手机"];
    REMARK = "备注", Text, ["说明"];
}

impl FieldSet {
    /// The built-in fields alone.
    pub fn builtin() -> FieldSet {
        FieldSet { fields: builtin() }
    }

    /// The field with this number.
    pub fn spec(&self, id: FieldId) -> &FieldSpec {
        &self.fields[id.0 as usize]
    }
}

impl Lexicon for FieldSet {
    fn field(&self, heading: &str) -> Option<FieldId> {
        let at = self.fields.iter().position(|f| f.name == heading || f.synonyms.iter().any(|s| s == heading))?;
        Some(FieldId(at as u16))
    }

    fn is_table(&self, fields: &[FieldId]) -> bool {
        fields.contains(&TASK) || fields.contains(&CODE)
    }
}
