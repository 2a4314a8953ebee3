//! Sheet names: without characters that Excel forbids, short enough, and unique.

use std::collections::BTreeSet;

use crate::basis::numbered::apart;

/// The limit of Excel, in UTF-16 units.
const LONGEST: usize = 31;

/// The sheet names of one workbook.
#[derive(Clone, Debug, Default)]
pub struct Names {
    fixed: BTreeSet<String>,
    taken: BTreeSet<String>,
}

impl Names {
    /// Reserves the names of fixed sheets.
    pub fn keeping(fixed: &[&str]) -> Names {
        let fixed: BTreeSet<String> = fixed.iter().map(|name| key(name)).collect();
        Names { taken: fixed.clone(), fixed }
    }

    /// A name for the sheet of a unit: `单位·名称` if it is reserved, `~2`, `~3` … if it was given before.
    pub fn give(&mut self, wanted: &str) -> String {
        let mut base = clean(wanted);
        if base.is_empty() || self.fixed.contains(&key(&base)) || key(&base) == "history" {
            base = clean(&format!("单位·{wanted}"));
        }
        apart(|end| cut(&base, LONGEST - end.len()).to_owned() + end, |name| self.taken.insert(key(name)))
    }
}

/// Excel ignores case in sheet names.
fn key(name: &str) -> String {
    name.to_lowercase()
}

/// A name without control characters and `[]:*?/\`, without apostrophes at its ends, of at most 31 UTF-16 units.
fn clean(name: &str) -> String {
    let allowed: String = name
        .chars()
        .filter(|c| !c.is_control() && !matches!(c, '\u{fffe}' | '\u{ffff}'))
        .map(|c| if "[]:*?/\\".contains(c) { '_' } else { c })
        .collect();
    let bare = |c: char| c == '\'' || c.is_whitespace();
    cut(allowed.trim_matches(bare), LONGEST).trim_end_matches(bare).to_owned()
}

/// The beginning of a text, with at most `units` UTF-16 units.
pub fn cut(text: &str, units: usize) -> &str {
    let mut used = 0;
    for (at, c) in text.char_indices() {
        used += c.len_utf16();
        if used > units {
            return &text[..at];
        }
    }
    text
}

/// The name of a sheet, or of the n-th that continues it.
pub fn continued(name: &str, at: usize) -> String {
    if at == 0 { name.to_owned() } else { format!("{name}（续{at}）") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_cleaned_cut_and_given_once() {
        let mut names = Names::keeping(&["汇总台账", "来源"]);
        let given: Vec<String> = ["综合科", "综合科", "汇总台账", "a/b:c", "'引号'", "History", "\u{7}", "ABC", "abc"]
            .iter()
            .map(|name| names.give(name))
            .collect();
        assert_eq!(
            given,
            ["综合科", "综合科~2", "单位·汇总台账", "a_b_c", "引号", "单位·History", "单位·", "ABC", "abc~2"]
        );
    }

    #[test]
    fn the_length_counts_utf16_units() {
        let mut names = Names::default();
        let long = "科".repeat(40);
        assert_eq!(names.give(&long).encode_utf16().count(), 31);
        let second = names.give(&long);
        assert!(second.ends_with("~2") && second.encode_utf16().count() == 31, "{second}");
        assert_eq!(names.give(&"𠮷".repeat(20)).encode_utf16().count(), 30);
    }
}
