//! The set of fields of a ledger, and how headings are bound to them.

use std::collections::BTreeMap;

use super::fields::{
    AMOUNT, CATEGORY, CODE, DATE, DEADLINE, DONE_ON, EVIDENCE, FieldSpec, FieldType, HOURS, LEAD_UNITS, PROBLEM,
    PROGRESS, REMEDY, REMEDY_STATE, SERIAL, STATUS, SUBMITTER, TASK, UNITS, builtin,
};
use super::heading_words;
use crate::basis::text;
use crate::table::{Decided, FieldId, Lexicon};

/// The rank of a heading that an office has named; that of a field's own name is 0.
const OF_OFFICE: u8 = 1;

/// All the fields, by number.
#[derive(Clone, Debug, Default)]
pub struct FieldSet {
    /// The fields; a [`FieldId`] is a position here. Set by [`FieldSet::new`] and not changed afterwards.
    pub fields: Vec<FieldSpec>,
    /// Folded heading → field and rank: 0 for its name, more for synonyms.
    index: BTreeMap<String, (FieldId, u8)>,
    /// The names of built-in fields that an office has given to another field. A table without that field has it there.
    given: BTreeMap<String, FieldId>,
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
        let mut given = BTreeMap::new();
        let mut add = |at: usize, heading: &str, rank: usize| {
            let (key, field) = (text::heading_key(heading), FieldId(at as u16));
            let known = *index.entry(key.clone()).or_insert((field, rank.min(250) as u8));
            let of_office = rank == usize::from(OF_OFFICE);
            if of_office && known.1 == 0 && known.0 != field && usize::from(known.0.0) < built_in.len() {
                given.entry(key).or_insert(field);
            }
        };
        for (at, spec) in fields.iter().enumerate() {
            add(at, &spec.name, 0);
        }
        for own in [true, false] {
            for (at, spec) in fields.iter().enumerate() {
                let own_from = of_office(at);
                for (nth, synonym) in spec.synonyms.iter().enumerate().filter(|(nth, _)| (*nth >= own_from) == own) {
                    add(at, synonym, if own { usize::from(OF_OFFICE) } else { 2 + nth });
                }
            }
        }
        FieldSet { fields, index, given }
    }

    /// The field with this number.
    pub fn spec(&self, id: FieldId) -> &FieldSpec {
        &self.fields[id.0 as usize]
    }

    /// Whether the office itself has named a heading, or its lowest row, for this field in 台账字段.
    pub fn is_of_office(&self, id: FieldId, heading: &str) -> bool {
        let leaf = text::heading_key(heading.rsplit('/').next().unwrap_or(heading));
        let own = |key: &str| self.index.get(key) == Some(&(id, OF_OFFICE)) || self.given.get(key) == Some(&id);
        own(&leaf) || own(&text::heading_key(heading))
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

/// Whether a heading is of all the work of a period: 本周工作完成情况, 8月份工作进展. What stands below may name its tasks.
pub(crate) fn is_work_of_period(heading: &str) -> bool {
    let leaf = text::heading_key(heading.rsplit('/').next().unwrap_or(heading));
    without_period(&leaf)
        .is_some_and(|bare| bare.contains("工作") && ["情况", "进展"].iter().any(|end| bare.ends_with(end)))
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
        field == TASK
            && is_loose_task(heading)
            && [PROGRESS, STATUS, PROBLEM, REMEDY, REMEDY_STATE, EVIDENCE].contains(&group)
    }

    fn measured(&self, heading: &str, unit: &str) -> Option<Decided> {
        let known = self.field(heading);
        let timed = match known {
            Some(field) => self.spec(field).kind == FieldType::Date && !self.is_of_office(field, heading),
            None => heading_words::is_of_time(heading),
        };
        let spent = known.is_none_or(|field| field == DATE) && heading_words::is_hours(unit);
        (timed && heading_words::is_length_of_time(unit)).then_some(if spent {
            Decided::Field(HOURS)
        } else {
            Decided::Nothing
        })
    }

    fn within(&self, group: &str, heading: &str) -> Option<Decided> {
        heading_words::within(group, heading)
    }

    /// 编号 is the task code beside 序号, or where there is no column of tasks; 完成时间 is the deadline beside 完成日期;
    /// 工作内容 and 内容 are the progress beside 工作任务, and the task beside 具体措施; 单位 beside 数量 is a unit of measure; 项目 is the task if no other
    /// column is, else the category.
    fn settle(&self, headings: &[&str], fields: &mut [Option<FieldId>]) {
        let at = |name: &str| headings.iter().position(|heading| *heading == name);
        let has = |fields: &[Option<FieldId>], id: FieldId| fields.contains(&Some(id));
        tell_by_words(headings, fields);
        if let Some(number) = at("编号").filter(|&n| fields[n] == Some(SERIAL))
            && !has(fields, CODE)
            && (at("序号").is_some()
                || !has(fields, TASK) && at("项目").is_none() && at("内容").is_none() && has_report(fields))
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
            if let Some(measures) = at("具体措施").filter(|&m| !strict_task && fields[m] == Some(TASK)) {
                fields[measures] = (!has(fields, PROGRESS) || fields[n] == Some(PROGRESS)).then_some(PROGRESS);
                fields[n] = Some(TASK);
            }
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
        // What the office has named stays so whatever stands beside it.
        for (heading, field) in headings.iter().zip(&mut *fields) {
            if let Some(&(named, OF_OFFICE)) = self.index.get(*heading) {
                *field = Some(named);
            }
        }
        for (heading, given) in &self.given {
            if let Some(n) = at(heading).filter(|_| !has(fields, *given)) {
                fields[n] = Some(*given);
            }
        }
    }
}

/// Whether a folded heading names tasks only where nothing else does: elsewhere it is what was done.
pub(crate) fn is_loose_task(heading: &str) -> bool {
    matches!(heading, "工作内容" | "具体措施" | "项目名称" | "内容" | "项目" | "具体工作")
}

/// Whether a heading has a field that says who did something, what, or by when.
fn has_report(fields: &[Option<FieldId>]) -> bool {
    const TELLING: &[FieldId] =
        &[STATUS, PROGRESS, DONE_ON, UNITS, LEAD_UNITS, SUBMITTER, DEADLINE, EVIDENCE, PROBLEM, REMEDY, REMEDY_STATE];
    fields.iter().flatten().any(|field| TELLING.contains(field))
}

/// Binds fields that are still missing by the words of a heading, where exactly one says so: 调度任务, 功能负责人, 预计完成
/// 时间, 遇到的问题.
fn tell_by_words(headings: &[&str], fields: &mut [Option<FieldId>]) {
    let open = |at: &usize| fields[*at].is_none();
    let mut said: Vec<(usize, FieldId)> =
        (0..headings.len()).filter(open).filter_map(|at| Some((at, heading_words::field(headings[at])?))).collect();
    // 上月进展 counts in a table of the month before, and not beside 本月进展.
    let of_report = |&(at, field): &(usize, FieldId)| {
        matches!(field, STATUS | PROGRESS) && !heading_words::is_of_another_period(headings[at])
    };
    let bound = fields.iter().enumerate().filter_map(|(at, field)| Some((at, (*field)?)));
    if bound.chain(said.iter().copied()).any(|column| of_report(&column)) {
        said.retain(|column| {
            !matches!(column.1, STATUS | PROGRESS | AMOUNT) || !heading_words::is_of_another_period(headings[column.0])
        });
    }
    for &(at, field) in &said {
        let alone = said.iter().filter(|other| other.1 == field).count() == 1;
        let coded = field == TASK && fields.contains(&Some(CODE));
        if alone && !coded && !fields.contains(&Some(field)) {
            fields[at] = Some(field);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::fields::{LOCATION, TIMES};
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
    fn neighbours_decide_doubtful_headings() {
        for (headings, fields) in [
            (["编号", "工作任务", "完成情况"], ["序号", "工作任务", "完成情况"]),
            (["序号", "编号", "工作任务"], ["序号", "任务编号", "工作任务"]),
            (["编号", "责任单位", "完成情况"], ["任务编号", "责任单位", "完成情况"]),
            (["编号", "日期", "消费金额"], ["序号", "日期", "-"]),
            (["工作任务", "工作内容", "完成情况"], ["工作任务", "进展", "完成情况"]),
            (["工作内容", "具体措施", "完成情况"], ["工作任务", "进展", "完成情况"]),
            (["具体措施", "内容", "完成情况"], ["进展", "工作任务", "完成情况"]),
            (["责任单位", "具体措施", "完成情况"], ["责任单位", "工作任务", "完成情况"]),
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
    fn headings_of_all_the_work_of_a_period() {
        for heading in ["本周工作完成情况", "8月份工作进展", "工作台账/本月重点工作开展情况"]
        {
            assert!(is_work_of_period(heading), "{heading}");
        }
        for heading in ["工作完成情况", "本周完成情况", "下周工作计划", "本周工作", "本月工作计划"]
        {
            assert!(!is_work_of_period(heading), "{heading}");
        }
    }

    #[test]
    fn a_unit_of_time_in_brackets_makes_a_length_of_time() {
        let set = FieldSet::builtin();
        for (heading, unit, field) in [
            ("服务时间", "小时", Some(Decided::Field(HOURS))),
            ("工作时间", "分钟", Some(Decided::Nothing)),
            ("培训时间", "课时", Some(Decided::Field(HOURS))),
            ("志愿时间", "小时", Some(Decided::Field(HOURS))),
            ("服务时间", "天", Some(Decided::Nothing)),
            ("完成时间", "小时", Some(Decided::Nothing)),
            ("服务时间", "次", None),
            ("时间", "月", None),
            ("计划服务时间", "小时", None),
            ("时间安排", "天", None),
            ("地点", "小时", None),
        ] {
            assert_eq!(set.measured(heading, unit), field, "{heading}（{unit}）");
        }
        let mut fields = builtin();
        fields[DATE.0 as usize].synonyms.push("值守时间".into());
        let set = FieldSet::new(fields);
        assert_eq!(set.measured("值守时间", "小时"), None, "what the office has named stays so");
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
        let mut fields = builtin();
        fields[TASK.0 as usize].synonyms.push("整改措施".into());
        let set = FieldSet::new(fields);
        let bound = |headings: [&str; 2]| {
            let mut bound: Vec<Option<FieldId>> = headings.iter().map(|heading| set.field(heading)).collect();
            set.settle(&headings, &mut bound);
            bound
        };
        assert_eq!(bound(["存在问题", "整改措施"]), [Some(PROBLEM), Some(TASK)], "the name of a built-in field");
        assert_eq!(bound(["工作任务", "整改措施"]), [Some(TASK), Some(REMEDY)], "its own where another is the task");
        assert!(set.is_of_office(TASK, "整改措施") && !set.is_of_office(REMEDY, "整改措施"));
        let mut fields = builtin();
        fields[TASK.0 as usize].synonyms.push("工作内容".into());
        let set = FieldSet::new(fields);
        let headings = ["项目名称", "工作内容"];
        let mut bound: Vec<Option<FieldId>> = headings.iter().map(|heading| set.field(heading)).collect();
        set.settle(&headings, &mut bound);
        assert_eq!(bound[1], Some(TASK), "a heading that the office has named is not told by its neighbours");
    }
}
