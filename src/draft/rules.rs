//! 参数: settings that a plan states for the whole campaign: 列第一位者为牵头单位, 每半月督查一次.

use serde::{Deserialize, Serialize};

use super::document::Spot;
use super::rows::Row;
use super::{figures, phrase};
use crate::basis::Lang;
use crate::basis::calendar::Cycle;
use crate::basis::text::skeleton;

/// A setting stated by the plan.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Parameter {
    /// Its name in the sheet 参数.
    pub name: String,
    /// Its value.
    pub value: String,
    /// Its position in the plan.
    pub spot: Spot,
    /// Its wording in the plan.
    pub text: String,
}

/// The settings in the paragraphs of a plan, each at its first occurrence. The frequency of a single task is not one.
pub(super) fn of(paragraphs: &[(Spot, String)], rows: &[Row]) -> Vec<Parameter> {
    let mut found: Vec<Parameter> = Vec::new();
    let first = paragraphs.iter().find_map(|(spot, text)| Some((*spot, first_leads(text)?)));
    if let Some((spot, text)) = first {
        found.push(Parameter { name: "首个单位牵头".into(), value: "是".into(), spot, text });
    }
    let tasks: String = rows.iter().map(|row| skeleton(&format!("{}{}", row.task, row.standard))).collect();
    // What is reported says more about the window than what is inspected.
    for words in [&["报送", "上报", "报告一次", "报一次"][..], &["督查", "督导", "检查", "通报"][..]]
    {
        if let Some((spot, text, cycle)) = paragraphs
            .iter()
            .find_map(|(spot, text)| regular(text, words, &tasks).map(|(text, cycle)| (*spot, text, cycle)))
        {
            found.push(Parameter { name: "报告周期".into(), value: cycle.word(Lang::Zh).into(), spot, text });
            break;
        }
    }
    found
}

/// Whether one of these texts says that marked units lead: 注：标★的为牵头单位.
pub(super) fn marked_leads<'a>(mut texts: impl Iterator<Item = &'a str>) -> bool {
    texts.any(|text| text.split(['。', '；', '\n']).any(phrase::marked_leads))
}

/// The clause by which the first unit of a list leads.
fn first_leads(text: &str) -> Option<String> {
    let clause = text.split(['。', '；', '，', ',', '）', ')', '（', '(']).find(|clause| {
        phrase::first_leads(clause)
            && ["为牵头", "牵头单位", "是牵头", "负责牵头"].iter().any(|word| clause.contains(word))
    })?;
    Some(clause.trim().to_owned())
}

/// The sentence that sets a frequency for everybody.
fn regular(text: &str, words: &[&str], tasks: &str) -> Option<(String, Cycle)> {
    let sentence = text.split('。').find(|sentence| {
        let everybody = sentence.contains('各') || sentence.contains("所有") || sentence.contains("全体");
        everybody
            && !sentence.contains("期间")
            && !tasks.contains(&skeleton(sentence))
            && words.iter().any(|word| sentence.contains(word))
    })?;
    match &figures::cycles(sentence)[..] {
        [(_, cycle)] if *cycle >= Cycle::Week && *cycle <= Cycle::Year => Some((sentence.trim().to_owned(), *cycle)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rules_of_a_plan_become_settings() {
        let read = |text: &str| {
            let found = of(&[(Spot::default(), text.to_owned())], &[]);
            found.iter().map(|one| format!("{}={}", one.name, one.value)).collect::<Vec<_>>().join(" ")
        };
        for (text, found) in [
            ("1.清扫街巷。（责任单位：综合科、工会，列第一位者为牵头单位，下同）", "首个单位牵头=是"),
            ("注：排在首位的责任单位为牵头单位。", "首个单位牵头=是"),
            ("（说明：责任单位中第一个为牵头单位）", "首个单位牵头=是"),
            ("注：标★的为牵头单位。", ""),
            ("第一个季度由宣传部牵头。", ""),
            ("检查组每半月对各成员单位检查一次。", "报告周期=每半月"),
            ("各街道每季度报送一次进展。", "报告周期=每季"),
            ("检查期间各单位每日上报。", ""),
            ("排在前面的单位负责收集材料。", ""),
            ("采取每周一检查、每月一讲评的办法督促各社区。", ""),
        ] {
            assert_eq!(read(text), found, "{text}");
        }
    }
}
