//! The words of the indicator language.

use super::Relation;
use crate::basis::calendar::Cycle;

/// Relations. Where one word begins with another, the longer one comes first.
pub(super) const RELATIONS: &[(&str, Relation)] = &[
    (">=", Relation::AtLeast),
    ("=>", Relation::AtLeast),
    ("≥", Relation::AtLeast),
    ("不得少于", Relation::AtLeast),
    ("不得低于", Relation::AtLeast),
    ("不能少于", Relation::AtLeast),
    ("不少于", Relation::AtLeast),
    ("不低于", Relation::AtLeast),
    ("不小于", Relation::AtLeast),
    ("大于或等于", Relation::AtLeast),
    ("大于等于", Relation::AtLeast),
    ("至少", Relation::AtLeast),
    ("最少", Relation::AtLeast),
    ("达到", Relation::AtLeast),
    ("达", Relation::AtLeast),
    ("<=", Relation::AtMost),
    ("=<", Relation::AtMost),
    ("≤", Relation::AtMost),
    ("不得超过", Relation::AtMost),
    ("不得高于", Relation::AtMost),
    ("不能超过", Relation::AtMost),
    ("不超过", Relation::AtMost),
    ("不多于", Relation::AtMost),
    ("不高于", Relation::AtMost),
    ("不大于", Relation::AtMost),
    ("小于或等于", Relation::AtMost),
    ("小于等于", Relation::AtMost),
    ("至多", Relation::AtMost),
    ("最多", Relation::AtMost),
    (">", Relation::More),
    ("超过", Relation::More),
    ("大于", Relation::More),
    ("多于", Relation::More),
    ("高于", Relation::More),
    ("<", Relation::Less),
    ("小于", Relation::Less),
    ("少于", Relation::Less),
    ("低于", Relation::Less),
    ("==", Relation::Equal),
    ("=", Relation::Equal),
    ("等于", Relation::Equal),
];

/// What may follow `/` or 每: a cycle, a person, a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Share {
    Cycle(Cycle),
    Person,
    Record,
}

/// A share and its count: 2年 is a year, twice.
pub(super) type Part = (u32, Share);

/// The words for shares. Where one word begins with another, the longer one comes first.
pub(super) const SHARES: &[(&str, Share)] = &[
    ("个季度", Share::Cycle(Cycle::Quarter)),
    ("季度", Share::Cycle(Cycle::Quarter)),
    ("季", Share::Cycle(Cycle::Quarter)),
    ("半年", Share::Cycle(Cycle::HalfYear)),
    ("半个月", Share::Cycle(Cycle::HalfMonth)),
    ("半月", Share::Cycle(Cycle::HalfMonth)),
    ("个星期", Share::Cycle(Cycle::Week)),
    ("星期", Share::Cycle(Cycle::Week)),
    ("礼拜", Share::Cycle(Cycle::Week)),
    ("周", Share::Cycle(Cycle::Week)),
    ("旬", Share::Cycle(Cycle::TenDays)),
    ("个月", Share::Cycle(Cycle::Month)),
    ("月份", Share::Cycle(Cycle::Month)),
    ("月", Share::Cycle(Cycle::Month)),
    ("年度", Share::Cycle(Cycle::Year)),
    ("年", Share::Cycle(Cycle::Year)),
    ("日", Share::Cycle(Cycle::Day)),
    ("天", Share::Cycle(Cycle::Day)),
    ("名干部职工", Share::Person),
    ("名职工", Share::Person),
    ("个人", Share::Person),
    ("人", Share::Person),
    ("次", Share::Record),
    ("场", Share::Record),
];

/// What a unit of measure implies about the measure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sort {
    /// 次: records.
    Times,
    /// 天: days.
    Days,
    /// 种: different values.
    Kinds,
    /// %: a rate.
    Rate,
    /// Anything else, with the ending of matching field names: 人 and 人数.
    Amount(&'static str),
}

/// Units of measure. Where one word begins with another, the longer one comes first.
pub(super) const UNITS: &[(&str, Sort)] = &[
    ("%", Sort::Rate),
    ("场次", Sort::Times),
    ("次", Sort::Times),
    ("场", Sort::Times),
    ("回", Sort::Times),
    ("遍", Sort::Times),
    ("轮", Sort::Times),
    ("天", Sort::Days),
    ("种", Sort::Kinds),
    ("类", Sort::Kinds),
    ("个小时", Sort::Amount("时长")),
    ("小时", Sort::Amount("时长")),
    ("分钟", Sort::Amount("时长")),
    ("人次", Sort::Amount("人次")),
    ("人", Sort::Amount("人数")),
    ("名", Sort::Amount("人数")),
    ("处", Sort::Amount("处数")),
    ("个", Sort::Amount("个数")),
    ("份", Sort::Amount("份数")),
    ("张", Sort::Amount("张数")),
    ("块", Sort::Amount("块数")),
    ("条", Sort::Amount("条数")),
    ("篇", Sort::Amount("篇数")),
    ("件", Sort::Amount("件数")),
    ("户", Sort::Amount("户数")),
    ("家", Sort::Amount("家数")),
    ("支", Sort::Amount("支数")),
    ("期", Sort::Amount("期数")),
    ("项", Sort::Amount("项数")),
    ("座", Sort::Amount("座数")),
    ("辆", Sort::Amount("辆数")),
    ("盏", Sort::Amount("盏数")),
    ("组", Sort::Amount("组数")),
    ("亿元", Sort::Amount("金额")),
    ("万元", Sort::Amount("金额")),
    ("元", Sort::Amount("金额")),
    ("平方米", Sort::Amount("面积")),
    ("公里", Sort::Amount("长度")),
    ("千米", Sort::Amount("长度")),
    ("米", Sort::Amount("长度")),
    ("分", Sort::Amount("分")),
];

/// Endings of names that already say what they count.
pub(super) const COUNTING: &[&str] =
    &["数", "量", "时长", "率", "额", "面积", "长度", "比", "比例", "人次", "小时", "分", "得分", "里程", "金额"];

/// Words between a name and its relation that belong to neither.
pub(super) const MODALS: &[&str] = &["应当", "必须", "是否", "应", "须", "需", "要", "均", "都", ":"];
