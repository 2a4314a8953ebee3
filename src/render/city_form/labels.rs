//! The label lines of a form: 填报单位, 填报时间 and 报告期 are filled where the form leaves room.

use std::borrow::Cow;

use crate::basis::Lang;
use crate::basis::calendar::format::moment_words;
use crate::basis::calendar::window::end_of;
use crate::outcome::Outcome;

/// What is written after a label.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fills {
    Office,
    Day,
    Period,
}

/// The labels, a longer one before those that it begins with.
const LABELS: &[(&str, Fills)] = &[
    ("填报单位（盖章）", Fills::Office),
    ("填报单位(盖章)", Fills::Office),
    ("报送单位（盖章）", Fills::Office),
    ("填报单位", Fills::Office),
    ("报送单位", Fills::Office),
    ("上报单位", Fills::Office),
    ("填报时间", Fills::Day),
    ("填报日期", Fills::Day),
    ("填表时间", Fills::Day),
    ("填表日期", Fills::Day),
    ("报送时间", Fills::Day),
    ("报送日期", Fills::Day),
    ("上报时间", Fills::Day),
    ("报告期", Fills::Period),
    ("统计周期", Fills::Period),
    ("报送周期", Fills::Period),
    ("统计时段", Fills::Period),
];

/// What stands in the place of a value that is still to be written: blanks, underscores, 年 月 日 without numbers.
fn is_room(c: char) -> bool {
    c.is_whitespace() || matches!(c, '_' | '＿' | '—' | '年' | '月' | '日' | '×' | 'X' | 'x')
}

/// A text of the form with its labels filled; unchanged where each has a value, or none is known.
pub(super) fn filled<'t>(text: &'t str, outcome: &Outcome) -> Cow<'t, str> {
    let value = |fills| match fills {
        Fills::Office => outcome.settings.office.name.clone(),
        Fills::Day => moment_words(end_of(outcome.as_of.date()), Lang::Zh),
        Fills::Period => outcome.window.full_words(Lang::Zh),
    };
    with_values(text, value)
}

fn with_values(text: &str, value: impl Fn(Fills) -> String) -> Cow<'_, str> {
    let mut out = String::new();
    let mut rest = text;
    while let Some((at, label, fills)) = first_label(rest) {
        let after = &rest[at + label.len()..];
        let Some(colon) = after.chars().next().filter(|c| matches!(c, '：' | ':')) else {
            out.push_str(&rest[..at + label.len()]);
            rest = after;
            continue;
        };
        let behind = &after[colon.len_utf8()..];
        let room = behind.find(|c: char| !is_room(c)).unwrap_or(behind.len());
        let next = first_label(behind).map_or(behind.len(), |(at, ..)| at);
        // something else stands there already
        let taken = room < next.min(behind.len());
        let known = value(fills);
        out.push_str(&rest[..at + label.len() + colon.len_utf8()]);
        if taken || known.is_empty() {
            rest = behind;
            continue;
        }
        out.push_str(&known);
        if room < behind.len() {
            out.push_str("    ");
        }
        rest = &behind[room..];
    }
    if out.is_empty() {
        return Cow::Borrowed(text);
    }
    out.push_str(rest);
    if out == text { Cow::Borrowed(text) } else { Cow::Owned(out) }
}

/// The label that stands first in a text, and where.
fn first_label(text: &str) -> Option<(usize, &'static str, Fills)> {
    let found = LABELS.iter().enumerate().filter_map(|(nth, (label, fills))| {
        let at = text.find(label)?;
        Some((at, nth, *label, *fills))
    });
    found.min_by_key(|(at, nth, ..)| (*at, *nth)).map(|(at, _, label, fills)| (at, label, fills))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_are_filled_where_there_is_room() {
        let value = |fills| {
            match fills {
                Fills::Office => "市创建办",
                Fills::Day => "2014年9月6日",
                Fills::Period => "2014年8月",
            }
            .to_owned()
        };
        for (text, wanted) in [
            ("填报单位：", "填报单位：市创建办"),
            ("填报单位（盖章）：＿＿＿＿", "填报单位（盖章）：市创建办"),
            ("填报单位:            填报时间：    年   月   日", "填报单位:市创建办    填报时间：2014年9月6日"),
            ("填报单位：某局", "填报单位：某局"),
            ("填报时间：2014年9月1日", "填报时间：2014年9月1日"),
            ("填报单位要按时报送", "填报单位要按时报送"),
            ("某市汇总表", "某市汇总表"),
        ] {
            assert_eq!(with_values(text, value), wanted);
        }
        assert_eq!(with_values("填报单位：　　", |_| String::new()), "填报单位：　　", "nothing known");
    }
}
