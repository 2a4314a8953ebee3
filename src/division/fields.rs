//! The fields of a ledger: the built-in ones with their synonyms, and those of the division's 台账字段 sheet.

use std::collections::BTreeMap;

use crate::basis::text;
use crate::table::{FieldId, Lexicon};

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
            aggregate: None,
            of_indicator: false,
        }
    }
}

/// All the fields, by number.
#[derive(Clone, Debug, Default)]
pub struct FieldSet {
    /// The fields; a [`FieldId`] is a position here. Set by [`FieldSet::new`] and not changed afterwards.
    pub fields: Vec<FieldSpec>,
    /// Folded heading → field and rank: 0 for its name, more for synonyms.
    index: BTreeMap<String, (FieldId, u8)>,
}

/// Declares the built-in fields: a constant for each and the list of their specs, in one place.
macro_rules! builtin_fields {
    ($($id:ident = $name:literal, $kind:ident $(as $role:ident)?, [$($synonym:literal),* $(,)?];)*) => {
        builtin_fields!(@number 0u16; $($id)*);
        /// The role of each, by number.
        static ROLES: &[Role] = &[$(builtin_fields!(@role $($role)?)),*];
        /// The built-in fields in the order of their numbers.
        pub fn builtin() -> Vec<FieldSpec> {
            vec![$(FieldSpec {
                name: $name.into(),
                synonyms: vec![$($synonym.into()),*],
                kind: FieldType::$kind,
                required: Required::Never,
                choices: Vec::new(),
                aggregate: None,
                of_indicator: false,
            }),*]
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
        "任务", "任务名称", "重点工作任务", "重点工作", "重点任务", "任务内容", "目标任务", "主要任务", "主要工作任务", "具体任务", "创建任务", "创建工作任务", "工作任务内容", "工作任务名称", "具体工作任务", "任务事项",
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
    TIMES = "次数", Integer, ["频次", "场次"];
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

impl FieldSet {
    /// The built-in fields alone.
    pub fn builtin() -> FieldSet {
        FieldSet::new(builtin())
    }

    /// A set of the given fields: the built-in ones first, in their order and possibly with more synonyms at the end of
    /// their lists, then those added by an office. The office's definitions take precedence over the built-in ones.
    pub fn new(fields: Vec<FieldSpec>) -> FieldSet {
        let built_in: Vec<usize> = builtin().iter().map(|spec| spec.synonyms.len()).collect();
        let of_office = |at: usize| built_in.get(at).copied().unwrap_or(0);
        let mut index: BTreeMap<String, (FieldId, u8)> = BTreeMap::new();
        let mut add = |at: usize, heading: &str, rank: usize| {
            index.entry(text::heading_key(heading)).or_insert((FieldId(at as u16), rank.min(250) as u8));
        };
        for (at, spec) in fields.iter().enumerate() {
            add(at, &spec.name, 0);
        }
        for own in [true, false] {
            for (at, spec) in fields.iter().enumerate() {
                let own_from = of_office(at);
                for (nth, synonym) in spec.synonyms.iter().enumerate().filter(|(nth, _)| (*nth >= own_from) == own) {
                    add(at, synonym, if own { 1 } else { 2 + nth });
                }
            }
        }
        FieldSet { fields, index }
    }

    /// The field with this number.
    pub fn spec(&self, id: FieldId) -> &FieldSpec {
        &self.fields[id.0 as usize]
    }

    /// The field of a folded heading and its rank.
    fn look_up(&self, heading: &str) -> Option<(FieldId, u8)> {
        if let Some(&known) = self.index.get(heading) {
            return Some(known);
        }
        // 本月完成情况, 8月份完成情况.
        if let Some(&(field, rank)) = without_period(heading).and_then(|bare| self.index.get(bare)) {
            return Some((field, rank.saturating_add(100).min(250)));
        }
        // 责任单位及责任人: the first of two names counts, unless its type allows only one value.
        let (first, second) = heading.split_once(['及', '和', '与', '/', '、', '或'])?;
        let &(field, rank) =
            self.index.get(first).or_else(|| self.index.get(second).filter(|known| known.0 == TASK))?;
        let typed = matches!(self.spec(field).kind, FieldType::Date | FieldType::Integer | FieldType::Decimal);
        (!second.is_empty() && !typed && field != SERIAL).then_some((field, rank.saturating_add(150).min(250)))
    }
}

/// Removes the period a heading begins with: 本月, 8月份, 2014年8月, 截至目前.
fn without_period(heading: &str) -> Option<&str> {
    const PERIODS: &[&str] = &[
        "截至目前", "截止目前", "本季度", "本年度", "本半年", "上半年", "下半年", "本月份", "本月", "本周", "本旬",
        "本季", "本年", "本期", "当月", "当期", "目前", "当前", "今年", "全年", "年度",
    ];
    if let Some(bare) = PERIODS.iter().find_map(|period| heading.strip_prefix(period)) {
        return Some(bare);
    }
    let numeral = |c: char| c.is_ascii_digit() || "一二三四五六七八九十〇第-~至".contains(c);
    let (mut rest, mut found) = (heading, false);
    while let Some(after) = ["年度", "年", "季度", "月份", "月", "周", "日"].iter().find_map(|word| {
        let bare = rest.trim_start_matches(numeral);
        (bare.len() < rest.len()).then(|| bare.strip_prefix(word)).flatten()
    }) {
        (rest, found) = (after, true);
    }
    found.then_some(rest)
}

impl Lexicon for FieldSet {
    fn field(&self, heading: &str) -> Option<FieldId> {
        self.look_up(heading).map(|known| known.0)
    }

    fn is_table(&self, fields: &[FieldId]) -> bool {
        fields.contains(&TASK) || fields.contains(&CODE)
    }

    fn rank(&self, field: FieldId, heading: &str) -> u8 {
        self.look_up(heading).filter(|known| known.0 == field).map_or(250, |known| known.1)
    }

    fn is_serial(&self, field: FieldId) -> bool {
        field == SERIAL
    }

    fn is_amount(&self, field: FieldId) -> bool {
        matches!(self.spec(field).kind, FieldType::Integer | FieldType::Decimal)
    }

    fn group_wins(&self, group: FieldId, field: FieldId, heading: &str) -> bool {
        let loose =
            field == TASK && matches!(heading, "工作内容" | "具体措施" | "项目名称" | "内容" | "项目" | "具体工作");
        loose && [PROGRESS, STATUS, PROBLEM, REMEDY, REMEDY_STATE, EVIDENCE].contains(&group)
    }

    /// 编号 is the task code beside 序号, or where there is no column of tasks; 完成时间 is the deadline beside 完成日期;
    /// 工作内容 and 内容 are the progress beside 工作任务; 单位 beside 数量 is a unit of measure; 项目 is the task if no other
    /// column is, else the category.
    fn settle(&self, headings: &[&str], fields: &mut [Option<FieldId>]) {
        let at = |name: &str| headings.iter().position(|heading| *heading == name);
        let has = |fields: &[Option<FieldId>], id: FieldId| fields.contains(&Some(id));
        if let Some(number) = at("编号").filter(|&n| fields[n] == Some(SERIAL))
            && !has(fields, CODE)
            && (at("序号").is_some() || !has(fields, TASK) && at("项目").is_none() && at("内容").is_none())
        {
            fields[number] = Some(CODE);
        }
        let loose_task = |heading: &str| matches!(heading, "工作内容" | "具体措施" | "项目名称" | "内容" | "项目");
        let strict_task = fields.iter().zip(headings).any(|(f, heading)| *f == Some(TASK) && !loose_task(heading));
        if let Some(item) = at("项目").filter(|&n| fields[n].is_none()) {
            if strict_task || at("工作内容").is_some() || at("内容").is_some() {
                if !has(fields, CATEGORY) {
                    fields[item] = Some(CATEGORY);
                }
            } else {
                fields[item] = Some(TASK);
            }
        }
        for content in ["工作内容", "内容"] {
            let Some(n) = at(content).filter(|&n| matches!(fields[n], Some(TASK | PROGRESS))) else { continue };
            let others = fields.iter().enumerate().any(|(m, f)| m != n && *f == Some(TASK));
            let told = fields.iter().enumerate().any(|(m, f)| m != n && *f == Some(PROGRESS));
            fields[n] = match (others, told) {
                (false, _) => Some(TASK),
                (true, false) => Some(PROGRESS),
                (true, true) => fields[n],
            };
        }
        if let Some(n) = at("完成时间").filter(|&n| fields[n] == Some(DONE_ON)) {
            let done_on = fields.iter().enumerate().any(|(m, f)| m != n && *f == Some(DONE_ON));
            if done_on && !has(fields, DEADLINE) {
                fields[n] = Some(DEADLINE);
            }
        }
        tell_by_ends(headings, fields);
        if let Some(n) = at("单位").filter(|&n| fields[n] == Some(UNITS)) {
            let beside = |m: Option<usize>| {
                m.and_then(|m| headings.get(m)).is_some_and(|h| {
                    ["数量", "数", "金额", "计划数", "完成数", "完成量", "工程量", "目标值"].contains(h)
                        || h.ends_with("数量")
                })
            };
            if beside(n.checked_sub(1)) || beside(Some(n + 1)) {
                fields[n] = None;
            }
        }
    }
}

/// Binds fields that are still missing by the ending of a heading, if exactly one fits: 调度任务, 功能负责人, 预计完成时间,
/// 遇到的问题.
fn tell_by_ends(headings: &[&str], fields: &mut [Option<FieldId>]) {
    const ENDS: &[(FieldId, &[&str])] = &[
        (TASK, &["任务", "任务名称", "任务内容", "事项", "工作项", "工作内容"]),
        (PERSON, &["负责人", "责任人", "经办人", "承办人", "负责人员", "责任人员", "指派人员", "处理人"]),
        (
            DEADLINE,
            &[
                "计划完成时间", "预计完成时间", "要求完成时间", "完成时限", "整改时限", "截止时间", "截止日期",
                "时间节点",
            ],
        ),
        (
            PROBLEM,
            &["遇到的问题", "遇到问题", "发现的问题", "发现问题", "存在的问题", "存在问题", "主要问题", "问题描述"],
        ),
        (STATUS, &["完成情况", "完成状态", "落实情况", "办理情况"]),
        (REMEDY, &["整改措施", "解决措施", "改进措施", "解决方案", "处理措施"]),
    ];
    for (field, ends) in ENDS {
        if fields.contains(&Some(*field)) || *field == TASK && fields.contains(&Some(CODE)) {
            continue;
        }
        let fits = |heading: &str| ends.iter().any(|end| heading.ends_with(end) && heading.chars().count() <= 12);
        let mut fitting = (0..headings.len()).filter(|&at| fields[at].is_none() && fits(headings[at]));
        if let (Some(at), None) = (fitting.next(), fitting.next()) {
            fields[at] = Some(*field);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bind(headings: &[&str]) -> Vec<String> {
        let set = FieldSet::builtin();
        let keys: Vec<String> = headings.iter().map(|h| text::heading_key(h)).collect();
        let keys: Vec<&str> = keys.iter().map(String::as_str).collect();
        let mut fields: Vec<Option<FieldId>> = keys.iter().map(|key| set.field(key)).collect();
        set.settle(&keys, &mut fields);
        fields.into_iter().map(|f| f.map_or("-".into(), |f| set.spec(f).name.clone())).collect()
    }

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

    #[test]
    fn neighbours_decide_doubtful_headings() {
        for (headings, fields) in [
            (["编号", "工作任务", "完成情况"], ["序号", "工作任务", "完成情况"]),
            (["序号", "编号", "工作任务"], ["序号", "任务编号", "工作任务"]),
            (["编号", "责任单位", "完成情况"], ["任务编号", "责任单位", "完成情况"]),
            (["工作任务", "工作内容", "完成情况"], ["工作任务", "进展", "完成情况"]),
            (["时间", "工作内容", "完成情况"], ["日期", "工作任务", "完成情况"]),
            (["序号", "内容", "完成情况"], ["序号", "工作任务", "完成情况"]),
            (["工作任务", "完成时间", "完成时限"], ["工作任务", "完成日期", "完成时限"]),
            (["工作任务", "完成时间", "实际完成时间"], ["工作任务", "完成时限", "完成日期"]),
            (["工作任务", "数量", "单位"], ["工作任务", "数量", "-"]),
            (["单位", "工作任务", "数量"], ["责任单位", "工作任务", "数量"]),
            (["项目", "工作内容", "完成情况"], ["任务类别", "工作任务", "完成情况"]),
            (["项目", "责任单位", "完成情况"], ["工作任务", "责任单位", "完成情况"]),
            (["8月份完成情况", "本月进展", "责任单位及责任人"], ["完成情况", "进展", "责任单位"]),
            (["分值", "扣分标准", "配合单位"], ["-", "-", "-"]),
        ] {
            assert_eq!(bind(&headings), fields, "{headings:?}");
        }
    }

    #[test]
    fn an_office_overrides_what_is_built_in() {
        let mut fields = builtin();
        fields[STATUS.0 as usize].synonyms.push("工作成效".into());
        let spec =
            FieldSpec { name: "场次".into(), synonyms: vec!["地址".into()], ..fields[TIMES.0 as usize].clone() };
        fields.push(spec);
        let set = FieldSet::new(fields);
        let added = FieldId(set.fields.len() as u16 - 1);
        assert_eq!(set.field("工作成效"), Some(STATUS));
        assert_eq!((set.field("场次"), set.field("地址")), (Some(added), Some(added)));
        assert_eq!(set.field("位置"), Some(LOCATION));
    }
}
