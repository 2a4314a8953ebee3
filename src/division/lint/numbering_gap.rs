//! P510: numbers missing in a sequence: of tasks, of tasks under a category, or of the categories themselves.

use std::collections::{BTreeMap, BTreeSet};

use crate::basis::finding::{Findings, Kind, Severity, Wording};
use crate::basis::scope::Scope;
use crate::basis::text::{chinese_number, code_key, fold};
use crate::division::load::{Draft, Drafts};

/// The kind.
pub static KIND: Kind = Kind {
    code: "P510",
    name: "numbering-gap",
    scope: Scope::Division,
    severity: Severity::Info,
    zh: Wording {
        title: "编号不连续",
        message: "{what}缺 {missing}[（{scope}）]",
        why: "编号跳号，常常是漏抄了任务，或改稿后没有重排",
        mend: "对照原文件，看是漏了任务还是编号未改；原文如此的，可不处理",
        example: "一、二、三、四、六　缺 五",
    },
    en: Wording {
        title: "Numbers missing",
        message: "{what}: {missing} missing[ ({scope})]",
        why: "A jump in the numbers often means a task that was not copied, or a draft that was not renumbered",
        mend: "Compare with the document; if it is so there, leave it",
        example: "一 二 三 四 六: 五 is missing",
    },
};

/// A longer jump is a way of numbering (101, 102, 201 …), not a gap.
const LONGEST: u32 = 12;

/// Checks the numbers of categories and tasks.
pub(in super::super) fn check(drafts: &Drafts, out: &mut Findings) {
    categories(drafts, out);
    tasks(drafts, out);
}

fn tasks(drafts: &Drafts, out: &mut Findings) {
    /// The last number of a task's code, and the task.
    type Numbered<'a> = (u32, &'a Draft);
    // by the folded code without its last number
    let mut sequences: BTreeMap<Vec<u32>, Vec<Numbered<'_>>> = BTreeMap::new();
    // the numbers of groups: 1 where tasks are 1-1 and 1-2
    let mut over: BTreeSet<(Vec<u32>, u32)> = BTreeSet::new();
    for draft in &drafts.tasks {
        let key = code_key(&draft.code);
        let parts: Option<Vec<u32>> = key.split('-').map(|part| part.parse().ok()).collect();
        // Codes of more than two levels come from an assessment index, of which a division has only some items.
        for (level, number) in parts.iter().flat_map(|parts| parts.iter().enumerate().take(parts.len() - 1)) {
            over.insert((parts.iter().flatten().take(level).copied().collect(), *number));
        }
        let own_numbers = draft.code.chars().all(|c| c.is_ascii_digit() || matches!(c, '-' | '.'));
        if let Some(mut parts) = parts.filter(|parts| parts.len() <= 2 && own_numbers)
            && let Some(last) = parts.pop()
        {
            sequences.entry(parts).or_default().push((last, draft));
        }
    }
    for (prefix, numbers) in sequences {
        let groups = over.range((prefix.clone(), 0)..=(prefix.clone(), u32::MAX)).map(|(_, number)| *number);
        let found = gaps(&numbers.iter().map(|number| number.0).chain(groups).collect::<Vec<_>>());
        for (after, missing) in found {
            let Some(&(_, draft)) = numbers.iter().find(|number| number.0 == after) else { continue };
            let code = &draft.code;
            // as the office writes it: 1.3, 03
            let digits = |code: &str| code.len() - code.trim_end_matches(|c: char| c.is_ascii_digit()).len();
            let written = |code: &str| code[code.len() - digits(code)..].starts_with('0').then(|| digits(code));
            let width = numbers.iter().find_map(|(_, draft)| written(&draft.code)).unwrap_or(0);
            let full = |n: &u32| format!("{}{n:0width$}", &code[..code.len() - digits(code)]);
            let missing = missing.iter().map(full).collect::<Vec<_>>().join("、");
            let finding = out.note(&KIND, draft.code_place);
            finding.fact_in("what", "任务编号", "task numbers").fact("missing", missing);
            if !prefix.is_empty() && !draft.category.is_empty() {
                finding.fact("scope", &draft.category);
            }
        }
    }
}

/// The numbers before which others are missing, each with the missing ones; a sequence begins at 1.
fn gaps(numbers: &[u32]) -> Vec<(u32, Vec<u32>)> {
    let present: BTreeSet<u32> = numbers.iter().copied().collect();
    let mut last = 0;
    let mut gaps = Vec::new();
    for n in present {
        if n > last + 1 && n - last <= LONGEST {
            gaps.push((n, (last + 1..n).collect()));
        }
        last = n;
    }
    gaps
}

/// The number of a category and its style: 四、 and （四） are separate sequences.
fn headed(category: &str) -> Option<(u32, String)> {
    let folded = fold(category);
    let bare = folded.strip_prefix(['(', '第']).unwrap_or(&folded);
    let digits: String = bare
        .chars()
        .take_while(|c| c.is_ascii_digit() || chinese_number(&c.to_string()).is_some() || *c == '十')
        .collect();
    let number = digits.parse().ok().or_else(|| chinese_number(&digits))?;
    let after: String = bare[digits.len()..].chars().take(1).collect();
    let style = format!("{}{after}{}", &folded[..folded.len() - bare.len()], digits.is_ascii());
    matches!(after.as_str(), "、" | "." | ")" | "," | "章" | "节" | "部" | "项" | "类").then_some((number, style))
}

fn categories(drafts: &Drafts, out: &mut Findings) {
    let mut last: BTreeMap<String, u32> = BTreeMap::new();
    let mut seen: BTreeSet<String> = BTreeSet::new();
    for draft in &drafts.tasks {
        if !seen.insert(fold(&draft.category)) {
            continue;
        }
        let Some((number, style)) = headed(&draft.category) else { continue };
        let before = last.insert(style, number).unwrap_or(0);
        if number > before + 1 && number - before <= LONGEST {
            let missing: Vec<String> = (before + 1..number).map(chinese).collect();
            out.note(&KIND, draft.category_place)
                .seen(&draft.category)
                .fact_in("what", "类别序号", "category numbers")
                .fact("missing", missing.join("、"));
        }
    }
}

/// A small number in Chinese numerals.
fn chinese(n: u32) -> String {
    let digit = |n: u32| "〇一二三四五六七八九".chars().nth(n as usize).unwrap_or('〇');
    match n {
        1..=9 => digit(n).to_string(),
        10 => "十".into(),
        11..=19 => format!("十{}", digit(n - 10)),
        20..=99 if n.is_multiple_of(10) => format!("{}十", digit(n / 10)),
        20..=99 => format!("{}十{}", digit(n / 10), digit(n % 10)),
        _ => n.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gaps_name_what_is_missing() {
        assert_eq!(gaps(&[1, 2, 4, 5, 8]), [(4, vec![3]), (8, vec![6, 7])]);
        assert_eq!(gaps(&[3, 4]), [(3, vec![1, 2])]);
        assert_eq!(gaps(&[101, 102, 201]), []);
        assert_eq!(gaps(&[2, 1, 3, 3]), []);
    }

    #[test]
    fn what_is_missing_is_named_as_the_office_numbers() {
        use crate::division::fixture::division;
        for (codes, expected) in [
            (["1.1", "1.2", "1.4"], "1.3"),
            (["1-1", "1-2", "1-4"], "1-3"),
            (["01", "02", "04"], "03"),
            (["08", "09", "11"], "10"),
            (["1", "2", "4"], "3"),
        ] {
            let rows: Vec<String> = codes.iter().map(|code| format!("\n'{code} | 做好{code}项 | 综合科")).collect();
            let told: Vec<String> = division(&format!("编号 | 任务 | 责任单位{}", rows.concat()))
                .findings
                .0
                .iter()
                .filter(|finding| finding.kind.code == "P510")
                .filter_map(|finding| {
                    finding.fact_named("missing").map(|missing| missing.in_lang(crate::basis::Lang::Zh).to_owned())
                })
                .collect();
            assert!(told.iter().any(|told| told == expected), "{codes:?}: {told:?}");
        }
    }

    #[test]
    fn headings_have_numbers() {
        assert_eq!(headed("四、组织领导").map(|h| h.0), Some(4));
        assert_eq!(headed("（十二）收集资料").map(|h| h.0), Some(12));
        assert_eq!(headed("第三章 罚则").map(|h| h.0), Some(3));
        assert_eq!(headed("一线环卫工人"), None);
        assert_eq!((chinese(5), chinese(10), chinese(21)), ("五".into(), "十".into(), "二十一".into()));
    }
}
