//! The columns of the division's sheets and their headings.

use std::collections::BTreeMap;

use crate::basis::text::heading_key;
use crate::table::{FieldId, Lexicon};

/// A column of a sheet: its name and its synonyms.
type Column = (&'static str, &'static [&'static str]);

/// The columns of one kind of sheet; a [`FieldId`] is a position in this list.
#[derive(Debug)]
pub(crate) struct Columns {
    names: BTreeMap<String, FieldId>,
    canonical: Vec<String>,
    is_table: fn(&[FieldId]) -> bool,
}

impl Columns {
    fn new(columns: &[Column], is_table: fn(&[FieldId]) -> bool) -> Columns {
        let mut names = BTreeMap::new();
        for (at, (name, synonyms)) in columns.iter().enumerate() {
            for heading in std::iter::once(name).chain(*synonyms) {
                names.entry(heading_key(heading)).or_insert(FieldId(at as u16));
            }
        }
        Columns { names, canonical: columns.iter().map(|column| heading_key(column.0)).collect(), is_table }
    }

    /// Whether a heading is the column's own name rather than one of its synonyms.
    pub(crate) fn is_canonical(&self, id: FieldId, heading: &str) -> bool {
        self.canonical[id.0 as usize] == heading_key(heading)
    }
}

impl Lexicon for Columns {
    fn field(&self, heading: &str) -> Option<FieldId> {
        let known = |heading: &str| self.names.get(&heading_key(heading)).copied();
        // A heading of several rows is joined by `/`; the lowest row names the column.
        known(heading).or_else(|| heading.rsplit('/').next().and_then(known))
    }

    fn is_table(&self, fields: &[FieldId]) -> bool {
        (self.is_table)(fields)
    }

    fn rank(&self, field: FieldId, heading: &str) -> u8 {
        u8::from(!self.is_canonical(field, heading))
    }
}

macro_rules! columns {
    ($module:ident: $is_table:expr; $($id:ident = $name:literal [$($synonym:literal),* $(,)?];)*) => {
        pub(crate) mod $module {
            use super::*;
            columns!(@number 0u16; $($id)*);
            /// The columns of this sheet.
            pub(crate) fn columns() -> Columns {
                Columns::new(&[$(($name, &[$($synonym),*])),*], $is_table)
            }
        }
    };
    (@number $n:expr; $id:ident $($rest:ident)*) => {
        pub(crate) const $id: FieldId = FieldId($n);
        columns!(@number $n + 1; $($rest)*);
    };
    (@number $n:expr;) => {};
}

columns! { task: |fields| {
        let names_tasks = [TASK, LEVEL3, LEVEL2].iter().any(|id| fields.contains(id));
        names_tasks && fields.len() > 1
    };
    SERIAL = "序号" ["NO", "NO.", "项次", "顺序号"];
    CODE = "任务编号" ["编号", "测评编号", "指标编号", "测评标准编号", "测评内容分类编号", "任务序号", "编码", "代码"];
    CATEGORY = "任务类别" ["类别", "测评项目", "考评项目", "考核项目", "一级指标", "工作组", "清单", "分类", "任务分类",
        "工作类别", "项目类别", "板块", "清单名称", "责任清单", "任务清单", "所属清单", "考评指标"];
    LEVEL2 = "二级指标" ["二级类别", "指标名称"];
    LEVEL3 = "三级指标" ["三级类别"];
    TASK = "工作任务" ["任务", "重点工作", "重点工作任务", "测评内容", "测评内容及要求", "考核内容及要求", "工作内容及要求", "任务内容及要求", "考核内容", "考察内容和相关要求", "工作内容",
        "任务名称", "事项", "目标任务", "具体措施", "主要任务", "重点任务", "具体任务", "任务内容", "工作事项", "创建任务",
        "创建内容", "工作项目", "工作任务内容", "具体工作任务", "具体工作", "工作措施", "任务事项", "责任内容"];
    STANDARD = "工作标准" ["标准", "测评标准", "考评标准", "工作要求", "要求", "任务要求", "指标描述", "目标要求", "完成标准"];
    LEADERS = "牵头领导" ["责任领导", "分管领导", "包保领导", "牵头市领导", "牵头局领导", "分管负责人", "挂包领导"];
    LEAD = "牵头单位" ["牵头科室", "牵头部门", "主责单位", "责任科室", "主要责任单位", "主办单位", "牵头责任单位", "责任股室",
        "承办科室", "主责部门"];
    UNITS = "责任单位" ["责任部门", "负责部门", "承办单位", "落实单位", "责任主体", "负责单位", "责任单位部门", "实施单位",
        "填报单位", "责任部门单位", "责任单位及部门", "承办部门", "责任单位及责任人", "责任单位和责任人", "责任单位责任人",
        "责任单位/责任人", "责任单位及负责人", "责任部门及责任人", "责任科室及责任人", "牵头及责任单位", "牵头和责任单位",
        "牵头责任单位及责任人", "牵头单位及责任单位"];
    SUPPORT = "配合单位" ["协作单位", "协办单位", "参与单位", "配合部门", "协同单位", "协同配合单位", "协办部门", "配合科室",
        "参加单位"];
    DEADLINE = "完成时限" ["时限", "完成时间", "时间节点", "办结时限", "办理时限", "时限要求", "完成期限", "工作时限",
        "时间要求", "完成时间节点", "时间安排"];
    CYCLE = "报送周期" ["周期", "频次", "报送频次", "报送时间", "填报周期", "上报周期", "工作频次"];
    INDICATOR = "考核指标" ["指标", "量化指标", "考核标准", "目标值", "量化目标", "指标要求", "指标值"];
    EVIDENCE = "佐证材料" ["材料清单", "提供材料", "印证材料", "痕迹资料", "佐证资料", "报送材料", "资料清单"];
    SIGN = "签审" ["审核签字", "是否签审", "签字", "领导签审"];
    MARKS = "分值" ["得分", "权重", "标准分", "满分", "考核分值", "分数"];
    REMARK = "备注" ["说明"];
}

columns! { unit: |fields| fields.contains(&NAME);
    NAME = "单位名称" ["单位", "名称", "科室", "部门", "科室名称", "部门名称", "单位全称", "责任单位", "填报单位"];
    ALIASES = "别名" ["简称", "曾用名", "又名", "其他名称", "单位简称", "别称"];
    GROUPS = "分组" ["组别", "所属分组", "单位分组", "集合", "统称", "类别", "单位类别", "所属组"];
    PARENT = "上级单位" ["主管单位", "主管部门", "所属单位", "隶属单位", "上级部门", "隶属"];
    HEADCOUNT = "人数" ["职工人数", "人员数", "干部职工数", "编制人数", "在编人数", "干部职工人数"];
    CONTACT = "联系人" ["联络员", "经办人", "资料员", "信息员"];
    PHONE = "联系电话" ["电话", "手机", "手机号", "联系方式", "手机号码"];
    FROM = "起用日期" ["启用日期", "成立日期", "开始日期", "起始日期", "起用时间", "启用时间", "成立时间", "开始时间", "起始时间"];
    UNTIL = "停用日期" ["撤销日期", "结束日期", "终止日期", "停用时间", "撤销时间", "结束时间", "终止时间"];
}

columns! { field: |fields| fields.contains(&NAME) && fields.len() > 1;
    NAME = "字段" ["字段名", "字段名称", "栏目", "名称"];
    SYNONYMS = "同义表头" ["同义词", "同义字段", "其他表头", "别名"];
    KIND = "类型" ["字段类型", "数据类型"];
    REQUIRED = "必填" ["是否必填"];
    CHOICES = "取值" ["可选值", "取值范围", "选项"];
    AGGREGATE = "汇总方式" ["汇总"];
}

columns! { parameter: |fields| fields.contains(&NAME) && fields.contains(&VALUE);
    NAME = "名称" ["参数", "参数名", "参数名称", "项目", "设置"];
    VALUE = "值" ["参数值", "取值", "内容", "设置值"];
}

columns! { waiver: |fields| [CODE, TASK, UNIT].iter().any(|id| fields.contains(id)) && fields.len() > 1;
    CODE = "任务编号" ["编号", "测评编号", "指标编号"];
    TASK = "任务" ["工作任务", "任务名称", "事项"];
    UNIT = "单位" ["单位名称", "责任单位", "申请单位", "科室", "填报单位"];
    KIND = "类型" ["类别", "种类", "办理类型"];
    UNTIL = "截止日期" ["延至", "延期至", "截止", "期限", "至", "延期到", "有效期至", "新时限", "截止时间", "延期时间", "日期"];
    REASON = "原因" ["理由", "事由", "说明", "备注", "延期原因"];
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_mean_their_columns_whatever_their_dress() {
        let columns = task::columns();
        for (heading, id) in [
            ("责 任\n单 位", task::UNITS),
            ("责任科室", task::LEAD),
            ("分值（100分）", task::MARKS),
            ("责任分工/牵头单位", task::LEAD),
            ("一级指标", task::CATEGORY),
            ("责任单位及责任人", task::UNITS),
            ("责任单位/责任人", task::UNITS),
            ("牵头及责任单位", task::UNITS),
            ("测评内容及要求", task::TASK),
        ] {
            assert_eq!(columns.field(heading), Some(id), "{heading}");
        }
        assert_eq!(columns.field("上年情况"), None);
        assert!(columns.is_canonical(task::TASK, "工作 任务") && !columns.is_canonical(task::TASK, "事项"));
    }
}
