//! Lines above and below a table that say something about it: 填报单位, 填报日期, 填表人, 审核人, signatures.

use crate::basis::text::fold;
use crate::table::{is_known_label, is_label, is_measure};

/// Row and column of the value, label, value.
pub(super) type Note = (u32, u32, String, String);

/// Labels of the unit that submits, most reliable first.
const SENDER: &[&str] = &[
    "填报单位", "报送单位", "上报单位", "填表单位", "填报部门", "报送部门", "填报科室", "报送科室", "上报部门",
    "上报科室", "填表部门", "填表科室", "填写单位", "报告单位", "单位名称", "责任单位", "责任科室", "单位", "部门",
    "科室", "单位盖章", "填报单位盖章",
];
/// Labels of the unit that made the table, which may be the office that handed it out.
const MAKER: &[&str] = &["制表单位", "编制单位", "制表机关"];
/// Labels of the date on which the table was filled in.
const FILLED_ON: &[&str] = &[
    "填报日期", "填表日期", "填报时间", "填表时间", "填写日期", "填写时间", "报送日期", "报送时间", "上报日期",
    "上报时间", "制表日期", "制表时间", "编制日期", "日期",
];
/// Labels that mean something else as the end of a longer one: 汇总单位, 截止日期.
const SHORT: &[&str] = &["单位", "部门", "科室", "日期"];

/// The labelled values in text cells, given as (row, column, text) in reading order.
pub(super) fn notes(lines: &[(u32, u32, String)]) -> Vec<Note> {
    let mut notes: Vec<Note> = Vec::new();
    let mut pending: Option<(u32, String)> = None;
    for (row, col, text) in lines {
        let pairs = pairs(text);
        if let Some((first, label)) = pending.take()
            && first == *row
        {
            let value = if pairs.is_empty() && bare_label(text).is_none() { value(text) } else { String::new() };
            notes.push((*row, *col, label, value));
        }
        if pairs.is_empty() {
            pending = bare_label(text).map(|label| (*row, label));
        }
        let last = pairs.len();
        for (nth, (label, value)) in pairs.into_iter().enumerate() {
            if value.is_empty() && nth + 1 == last {
                pending = Some((*row, label));
            } else {
                notes.push((*row, *col, label, value));
            }
        }
        let ends_row = lines.iter().rev().find(|line| line.0 == *row).is_some_and(|line| line.1 == *col);
        if ends_row && let Some((_, label)) = pending.take() {
            notes.push((*row, *col, label, String::new()));
        }
    }
    notes
}

/// The values for the unit that submits, most reliable label first.
pub(super) fn senders(notes: &[Note]) -> impl Iterator<Item = &Note> {
    SENDER.iter().flat_map(|label| notes.iter().filter(move |note| note.2 == *label && !note.3.is_empty()))
}

/// The values for the unit that made the table.
pub(super) fn makers(notes: &[Note]) -> impl Iterator<Item = &Note> {
    notes.iter().filter(|note| MAKER.contains(&note.2.as_str()) && !note.3.is_empty())
}

/// Whether a label is for the unit that submits.
pub(super) fn names_sender(label: &str) -> bool {
    SENDER.contains(&label)
}

/// Whether a label is for the date on which the table was filled in.
pub(super) fn names_filled_on(label: &str) -> bool {
    FILLED_ON.contains(&label)
}

/// The values for the date on which the table was filled in.
pub(super) fn filled_on(notes: &[Note]) -> impl Iterator<Item = &Note> {
    FILLED_ON.iter().flat_map(|label| notes.iter().filter(move |note| note.2 == *label && !note.3.is_empty()))
}

/// Whether a signature line has a name: that of a leader if the form has a line for one, else that of the reviewer.
pub(super) fn signed(notes: &[Note]) -> bool {
    let leader = |label: &str| {
        label.contains("领导")
            || label.contains("签字")
            || label.contains("签发")
            || label.contains("审签")
            || label.contains("签审")
            || label.contains("审批")
            || label.contains("负责人")
    };
    let review = |label: &str| leader(label) || label.contains("审核");
    let lines = |pick: &dyn Fn(&str) -> bool| -> Vec<bool> {
        notes.iter().filter(|note| pick(&note.2)).map(|note| !note.3.is_empty()).collect()
    };
    let leaders = lines(&leader);
    if leaders.is_empty() { lines(&review).contains(&true) } else { leaders.contains(&true) }
}

/// A text that is only a label, without brackets and colon.
fn bare_label(text: &str) -> Option<String> {
    let folded = fold(text);
    let bare = folded.split('(').next().unwrap_or(&folded).trim_end_matches([':', '_']);
    is_label(bare).then(|| bare.to_owned())
}

/// The text after a label; empty if it is only a blank to be filled in: `____`, `年  月  日`.
fn value(text: &str) -> String {
    let bare = text.trim().trim_matches(['_', '＿', '—', ' ', '\u{3000}']).trim();
    if bare.chars().all(|c| c.is_whitespace() || "年月日时_＿—-/×xX.".contains(c)) {
        String::new()
    } else {
        bare.to_owned()
    }
}

/// The `label: value` pairs in a text: `填表人：王某    审核人：李某`.
fn pairs(text: &str) -> Vec<(String, String)> {
    let chars: Vec<char> = text.chars().collect();
    let mut labels: Vec<(usize, usize, String)> = Vec::new(); // start of the label, its colon, the label
    for (colon, _) in chars.iter().enumerate().filter(|(_, c)| matches!(c, ':' | '：')) {
        let from = labels.last().map_or(0, |last| last.1 + 1);
        if let Some((start, label)) = label_before(&chars[from..colon]) {
            labels.push((from + start, colon, label));
        }
    }
    let ends = labels.iter().skip(1).map(|next| next.0).chain([chars.len()]);
    let pair = |((_, colon, label), end): (&(usize, usize, String), usize)| {
        (label.clone(), value(&chars[colon + 1..end].iter().collect::<String>()))
    };
    labels
        .iter()
        .zip(ends)
        .map(pair)
        .filter(|(label, value)| !label.ends_with("单位") || !are_measures(value))
        .collect()
}

/// Whether the value of 单位 or 计量单位 says what the numbers below count: 次, 万元）, 户、处.
fn are_measures(value: &str) -> bool {
    let folded = fold(value);
    let mut parts = folded.trim_end_matches(')').split(['、', ',', '/', ';']).map(str::trim);
    parts.all(is_measure)
}

/// The longest label at the end of a text, without brackets such as （盖章）, and where it begins.
fn label_before(chars: &[char]) -> Option<(usize, String)> {
    let mut end = chars.len();
    while end > 0 && chars[end - 1].is_whitespace() {
        end -= 1;
    }
    if end > 0 && matches!(chars[end - 1], ')' | '）') {
        end = chars[..end].iter().rposition(|c| matches!(c, '(' | '（'))?;
    }
    let mut found = None;
    let mut label: Vec<char> = Vec::new();
    let mut spaced = false;
    for at in (0..end).rev() {
        if chars[at].is_whitespace() {
            spaced = true;
            continue;
        }
        if !chars[at].is_alphabetic() || label.len() >= 12 {
            break;
        }
        label.insert(0, chars[at]);
        let name: String = label.iter().collect();
        // Known labels may contain spaces (填 报 单 位); others may not.
        if is_known_label(&name) || !spaced && is_label(&name) {
            found = Some((at, name));
        }
    }
    let before = |at: usize| at.checked_sub(1).is_some_and(|before| chars[before].is_alphabetic());
    found.map(|(at, name)| {
        if !before(at) || !SHORT.contains(&name.as_str()) {
            return (at, name);
        }
        let from = chars[..at].iter().rposition(|c| !c.is_alphabetic()).map_or(0, |before| before + 1);
        (from, chars[from..at].iter().collect::<String>() + &name)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn see(lines: &[(u32, u32, &str)]) -> Vec<String> {
        let lines: Vec<(u32, u32, String)> = lines.iter().map(|&(r, c, t)| (r, c, t.to_owned())).collect();
        notes(&lines).into_iter().map(|(r, c, label, value)| format!("{r},{c} {label}={value}")).collect()
    }

    #[test]
    fn labels_and_values_in_one_cell_or_in_two() {
        assert_eq!(
            see(&[(0, 0, "填报单位（盖章）：综合科"), (0, 4, "填报日期：2014年8月31日")]),
            ["0,0 填报单位=综合科", "0,4 填报日期=2014年8月31日"]
        );
        assert_eq!(
            see(&[(0, 0, "填表人：王某    审核人:李某  日期：  年  月  日")]),
            ["0,0 填表人=王某", "0,0 审核人=李某", "0,0 日期="]
        );
        assert_eq!(
            see(&[(0, 0, "填 报 单 位"), (0, 1, "综合科"), (0, 2, "填报日期："), (0, 3, "2014-08-31")]),
            ["0,1 填报单位=综合科", "0,3 填报日期=2014-08-31"]
        );
        assert_eq!(
            see(&[(0, 0, "2014年台账"), (1, 0, "审核人：____"), (2, 0, "单位负责人签字：")]),
            ["1,0 审核人=", "2,0 单位负责人签字="]
        );
        for measure in ["单位：次", "统计表（单位：万元）", "计量单位：户、处"] {
            assert_eq!(see(&[(0, 0, measure)]), [""; 0], "{measure}");
        }
        assert_eq!(see(&[(0, 0, "单位：支队")]), ["0,0 单位=支队"]);
        for spaced in ["填报单位（盖章） ：综合科", "填报单位 ：综合科", "（盖章）填报单位：综合科"]
        {
            assert_eq!(see(&[(0, 0, spaced)]), ["0,0 填报单位=综合科"], "{spaced}");
        }
        assert_eq!(see(&[(0, 0, "说明：报送时间 17:00 以前")]).len(), 0);
    }

    #[test]
    fn a_label_is_read_to_its_beginning() {
        for (line, said) in [
            ("汇总单位：综合科", "汇总单位=综合科"),
            ("制发单位:办公室", "制发单位=办公室"),
            ("接收部门：办公室", "接收部门=办公室"),
            ("报送截止日期：9月5日", "报送截止日期=9月5日"),
            ("单位：综合科", "单位=综合科"),
            ("综合科 单位：综合科", "单位=综合科"),
        ] {
            assert_eq!(see(&[(0, 0, line)]), [format!("0,0 {said}")], "{line}");
        }
        let notes = notes(&[(0, 0, "汇总单位：综合科".into()), (1, 0, "截止日期：9月5日".into())]);
        assert_eq!((senders(&notes).count(), filled_on(&notes).count()), (0, 0));
    }

    #[test]
    fn a_signature_is_a_name_in_the_leaders_line() {
        let signed = |text: &str| signed(&notes(&[(0, 0, text.to_owned())]));
        assert!(signed("牵头领导签字：张某") && signed("填表人：王某 审核人：李某"));
        for line in ["主要领导", "单位签字", "签发", "审签", "领导签审", "签审", "审批", "单位负责人"]
        {
            assert!(signed(&format!("{line}：张某")), "{line}");
            assert!(!signed(&format!("审核人：李某 {line}：")), "{line} goes before the reviewer");
        }
        assert!(!signed("牵头领导签字：____") && !signed("填表人：王某"));
        assert!(!signed("审核人：李某 牵头领导签字："), "the leader's place is empty");
    }

    #[test]
    fn blanks_to_be_filled_in_are_no_values() {
        for (text, value) in [
            (" 综合科 ", "综合科"),
            ("____", ""),
            ("＿＿", ""),
            ("  年  月  日", ""),
            ("2014年8月", "2014年8月"),
            ("×年×月", ""),
            ("___王某___", "王某"),
            ("—", ""),
        ] {
            assert_eq!(super::value(text), value, "{text}");
        }
    }

    #[test]
    fn labels_at_the_end_of_a_text() {
        let of =
            |text: &str| label_before(&text.chars().collect::<Vec<_>>()).map(|(at, label)| format!("{at} {label}"));
        for (text, label) in [
            ("填表人", Some("0 填表人")),
            ("某某 填表人", Some("3 填表人")),
            ("填 表 人", Some("0 填表人")),
            ("填表人（签字）", Some("0 填表人")),
            ("填表人）", None),
            ("填表人  ", Some("0 填表人")),
            ("1填表人", Some("1 填表人")),
            ("某汇总单位", Some("1 汇总单位")),
            ("某，汇总单位", Some("2 汇总单位")),
            ("1单位", Some("1 单位")),
            ("某，某某日期", Some("2 某某日期")),
            ("", None),
            ("12", None),
        ] {
            assert_eq!(of(text).as_deref(), label, "{text}");
        }
    }

    #[test]
    fn pairs_of_labels_and_values_in_one_text() {
        let of =
            |text: &str| pairs(text).into_iter().map(|(label, value)| format!("{label}={value}")).collect::<Vec<_>>();
        assert_eq!(of("填表人：王某 审核人：李某"), ["填表人=王某", "审核人=李某"]);
        assert_eq!(of("填表人：王某，电话：123"), ["填表人=王某，", "电话=123"]);
        assert_eq!(of("填表人："), ["填表人="]);
        assert_eq!(of("：王某"), [""; 0]);
        assert_eq!(see(&[(0, 0, "填表人："), (1, 0, "王某")]), ["0,0 填表人="], "the next row is another line");
        assert_eq!(see(&[(0, 0, "填表人："), (0, 1, "审核人："), (0, 2, "李某")]), ["0,1 填表人=", "0,2 审核人=李某"]);
        assert_eq!(see(&[(0, 0, "填表人"), (0, 1, "审核人")]), ["0,1 填表人=", "0,1 审核人="]);
    }
}
