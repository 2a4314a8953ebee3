//! What stands at the end of a plan and is no part of it: its last words, who signed it and when, the list of its annexes.

use std::collections::BTreeSet;

use super::document::Spot;
use super::marker::{Style, marker};
use super::wording::{annex, is_heading};

/// The last words of a plan.
const WORDS: &[&str] =
    &["特此通知", "特此通报", "特此函", "特此印发", "以上请", "以上方案请", "请遵照执行", "请认真贯彻执行"];
/// Characters of the longest of them.
const LONGEST: usize = 30;
/// How the names of those who sign plans end.
const SIGNS: &[&str] = &[
    "局", "委", "办", "厅", "署", "队", "所", "站", "处", "科", "室", "部", "会", "院", "校", "公司", "街道", "中心",
    "政府", "小组", "指挥部", "镇", "乡", "集团",
];
/// So many offices sign a plan at most.
const MOST_SIGN: usize = 4;

/// The paragraphs that do, by position.
pub(super) fn lines(paragraphs: &[(Spot, String)]) -> BTreeSet<usize> {
    let text = |at: usize| paragraphs[at].1.trim();
    let mut found = BTreeSet::new();
    let mut at = 0;
    while at < paragraphs.len() {
        if is_last_word(text(at)) {
            found.insert(at);
        } else if is_day(text(at)) {
            let signed = (0..at).rev().take(MOST_SIGN).take_while(|above| is_signer(text(*above)));
            let signed: Vec<usize> = signed.collect();
            if !signed.is_empty() {
                found.extend(signed);
                found.insert(at);
            }
        } else if let Some(mut number) = first_annex(text(at)) {
            found.insert(at);
            while at + 1 < paragraphs.len() && is_annex_of(text(at + 1), number + 1) {
                (at, number) = (at + 1, number + 1);
                found.insert(at);
            }
        }
        at += 1;
    }
    found
}

fn is_last_word(text: &str) -> bool {
    text.chars().count() <= LONGEST && WORDS.iter().any(|word| text.starts_with(word))
}

/// 2025年3月1日 alone, in digits of any kind.
fn is_day(text: &str) -> bool {
    let bare: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let rest = bare.trim_start_matches(is_digit);
    let Some((month, day)) = rest.strip_prefix('年').and_then(|rest| rest.split_once('月')) else { return false };
    let number = |text: &str| !text.is_empty() && text.chars().all(is_digit);
    rest.len() < bare.len() && number(month) && day.strip_suffix('日').is_some_and(number)
}

fn is_digit(c: char) -> bool {
    c.is_ascii_digit() || "〇○零一二三四五六七八九十".contains(c)
}

/// An office alone on its line.
fn is_signer(text: &str) -> bool {
    let bare = text.trim_end_matches(['）', ')']);
    let named = bare.chars().count() <= LONGEST && !text.contains(['。', '；', '：', ':', '，', '、']);
    named && marker(text).is_none() && SIGNS.iter().any(|end| bare.ends_with(end))
}

/// 附件：1.重点任务清单: the number of the annex named in the line that begins their list.
fn first_annex(text: &str) -> Option<u32> {
    let name = annex(text).filter(|name| is_heading(name))?;
    let first = marker(name).filter(|first| first.style == Style::Arabic && first.number == 1)?;
    Some(first.number)
}

/// 2.工作专班名单 below it.
fn is_annex_of(text: &str, number: u32) -> bool {
    is_heading(text) && marker(text).is_some_and(|found| found.style == Style::Arabic && found.number == number)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<&str> {
        let paragraphs: Vec<(Spot, String)> =
            (1..).zip(text.lines()).map(|(line, text)| (Spot { table: 0, line }, text.to_owned())).collect();
        let all: Vec<&str> = text.lines().collect();
        lines(&paragraphs).into_iter().map(|at| all[at]).collect()
    }

    #[test]
    fn last_words_signatures_and_lists_of_annexes_are_found() {
        let plan = "1.整治集贸市场。\n特此通知。\n附件：1.重点任务清单\n2.工作专班名单\n某县人民政府\n2025年3月1日\n附件1\n1.清洗站台。";
        assert_eq!(
            found(plan),
            ["特此通知。", "附件：1.重点任务清单", "2.工作专班名单", "某县人民政府", "2025年3月1日"]
        );
        assert_eq!(found("市容科\n二〇二五年三月一日"), ["市容科", "二〇二五年三月一日"]);
    }

    #[test]
    fn tasks_are_left_alone() {
        for plan in [
            "完成时限：\n2025年3月1日",
            "附件1：重点任务\n1.整治集贸市场\n2.清洗公交站台",
            "附件：1.重点任务清单\n2.清洗公交站台。责任单位：城管局。",
            "市容科\n1.请认真清扫街巷，每月28日前把清扫的路段和次数报办公室汇总，并附照片。",
        ] {
            assert!(found(plan).len() <= 1 && !found(plan).iter().any(|line| line.contains('。')), "{plan}");
        }
    }
}
