//! The keys of rulings: kind and normalised text, never a row number.

use super::kind::RulingKind;
use crate::basis::calendar::{Cycle, Window};
use crate::basis::text::{code_key, fold, heading_key, list, name_key, skeleton};

/// Prefix of a file name used as a key when it contains no name of a unit.
pub const FILE_NAME: &str = "文件名：";

/// The folded keys of a text under a kind: several if the text lists several tasks, or if a heading of several rows can be
/// written in two ways. Never an empty key.
pub fn keys(kind: RulingKind, text: &str) -> Vec<String> {
    let mut keys = match kind {
        RulingKind::Task | RulingKind::Conflict => vec![spaced(text)],
        RulingKind::Sender => vec![match text.strip_prefix(FILE_NAME) {
            Some(name) => format!("file:{}", fold(name)),
            None => name_key(text),
        }],
        RulingKind::Heading => {
            let joined: String = text.split('/').map(heading_key).collect();
            vec![heading_key(text), joined]
        }
        RulingKind::State => vec![fold(text)],
        RulingKind::OnTime | RulingKind::Evidence | RulingKind::Responsibility => {
            codes(text).iter().map(|code| code_key(code)).collect()
        }
    };
    keys.retain(|key| !key.is_empty());
    keys.dedup();
    keys
}

/// The beginning of a task's text, by which a line tells it from the others.
pub fn task_text(text: &str) -> String {
    const MOST: usize = 40;
    text.split_whitespace().collect::<String>().chars().take(MOST).collect()
}

/// The letters and digits of a text, with runs of digits separated, so that 1-1 and 11 differ.
fn spaced(text: &str) -> String {
    let folded = fold(text);
    let words = folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let mut key = String::new();
    for word in words {
        let apart = key.ends_with(|c: char| c.is_ascii_digit()) && word.starts_with(|c: char| c.is_ascii_digit());
        if apart {
            key.push('-');
        }
        key.push_str(word);
    }
    key
}

/// The codes that a text such as `1-1、1-2 2014-08` or `1-1 广告整治` begins with.
pub fn codes(text: &str) -> Vec<&str> {
    list(text.split_whitespace().next().unwrap_or_default())
}

/// The label of the period that a text names behind the codes: `1-1、1-2 2014-08`, `1-1 2014年8月 广告整治`. Empty if there is
/// none, or if the kind is of no period.
pub(super) fn period(kind: RulingKind, text: &str) -> String {
    let words = text.split_whitespace().nth(1).unwrap_or_default();
    let label = || Window::parse(words, Cycle::Month).map(|window| window.label());
    match kind {
        RulingKind::OnTime => label().unwrap_or_else(|| words.to_owned()),
        // the words of the task may follow at once: any period in the window
        RulingKind::Evidence => label().unwrap_or_default(),
        _ => String::new(),
    }
}

/// What stands behind the codes and the period: the words of the task.
pub(super) fn of_task(kind: RulingKind, text: &str) -> &str {
    fn behind(text: &str) -> &str {
        text.split_once(char::is_whitespace).map_or("", |(_, rest)| rest.trim_start())
    }
    let words = behind(text);
    if period(kind, text).is_empty() { words } else { behind(words) }
}

/// The keys of a text under a kind, and its period.
pub fn words(kind: RulingKind, text: &str) -> (Vec<String>, String) {
    (keys(kind, text), period(kind, text))
}

/// What two reports contradict each other in, as a ruling knows it, whichever of them is read first.
pub fn conflict(code: &str, heading: &str, here: &str, there: &str) -> String {
    let (first, second) = if here <= there { (here, there) } else { (there, here) };
    format!("{code} {heading}：“{first}”“{second}”")
}

/// A file name without folders, extension, digits and periods, so that next month's file has the same key.
pub fn file_name(path: &str) -> String {
    let base = path.rsplit(['/', '!', '\\']).next().unwrap_or(path);
    let stem = base.rsplit_once('.').map_or(base, |(stem, _)| stem);
    let folded = fold(stem);
    let mut words: String = folded.chars().filter(|c| !c.is_ascii_digit()).collect();
    for period in ["上半年", "下半年", "季度", "上半月", "下半月", "上旬", "中旬", "下旬", "年", "月", "日", "号"]
    {
        words = words.replace(period, "");
    }
    let key = skeleton(&words);
    if key.is_empty() { skeleton(&folded) } else { key }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_known_again_however_it_is_spaced() {
        let one = |kind, text: &str| keys(kind, text).join("+");
        assert_eq!(one(RulingKind::Task, "１－１ 搞　卫生。"), one(RulingKind::Task, "1-1搞卫生"));
        assert_ne!(one(RulingKind::Task, "1-1 搞卫生"), one(RulingKind::Task, "11 搞卫生"));
        assert_ne!(one(RulingKind::Task, "搞卫生"), one(RulingKind::Task, "搞了卫生"));
        assert_eq!(one(RulingKind::Heading, "进展/本月\n（文字）"), "进展/本月+进展本月");
        assert_eq!(one(RulingKind::Heading, "开展情况*"), "开展情况");
        assert_eq!(one(RulingKind::OnTime, "1-1、1—2 2014-08"), "1-1+1-2");
        assert_eq!(period(RulingKind::OnTime, "1-1、1-2 2014-08"), "2014-08");
        for kind in [RulingKind::OnTime, RulingKind::Evidence] {
            assert_eq!(period(kind, "1-1 2014年8月"), "2014-08");
            let same = |other| words(kind, "1-1 2014-W33") == words(kind, other);
            assert!(same("1—1 2014年第33周 广告整治") && !same("1-1 2014-W34") && !same("1-1 广告整治"));
        }
        let evidence = |text| (period(RulingKind::Evidence, text), of_task(RulingKind::Evidence, text));
        assert_eq!(evidence("1-1 广告整治"), (String::new(), "广告整治"));
        assert_eq!(evidence("1-1  2014-W33 广告整治"), ("2014-W33".into(), "广告整治"));
        assert_eq!(evidence("1-1 2014-W33"), ("2014-W33".into(), ""));
        assert!(keys(RulingKind::State, " ").is_empty());
    }

    #[test]
    fn a_file_is_known_again_next_month() {
        for name in ["收件/2014年8月台账（最终版）(1).xlsx", "收件/新/9月台账-最终版.xls"] {
            assert_eq!(file_name(name), "台账最终版", "{name}");
        }
        assert_eq!(file_name("201408.csv"), "201408");
        assert_ne!(
            keys(RulingKind::Sender, &format!("{FILE_NAME}综合科")),
            keys(RulingKind::Sender, "综合科"),
            "a name that is written is no file's name"
        );
    }
}
