//! The legend of a sheet, which explains its marks: ▲表示已完成，△表示正在推进.

use super::{Status, status};
use crate::basis::text::{fold, without};

/// The marks of a legend and their states.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Legend {
    marks: Vec<(String, Status)>,
}

/// Words between a mark and its meaning.
const MEANS: &[&str] = &["表示", "代表", "为", "指", "即", "是", "=", ":", "-"];

impl Legend {
    /// Reads the legend in a line of text (注：▲已完成，△正在推进); none when it explains no mark.
    pub fn read(line: &str) -> Option<Legend> {
        /// Longer lines, in characters, are instructions.
        const LONGEST: usize = 120;
        if line.chars().count() > LONGEST {
            return None;
        }
        let folded = fold(line);
        let mut marks: Vec<(String, Status)> = Vec::new();
        let mut rest = folded.as_str();
        while let Some((at, mark)) = rest.char_indices().find(|(_, c)| is_mark(*c)) {
            let after = rest[at..].trim_start_matches(|c| is_mark(c) || matches!(c, '"' | ')' | '\''));
            let end = after
                .find(|c: char| is_mark(c) || matches!(c, ',' | '。' | ';' | '、' | '(' | ')'))
                .unwrap_or(after.len());
            let words = without(after[..end].trim_matches('"'), MEANS);
            if let Some(status) = status(words) {
                let mark = mark.to_string();
                if !marks.iter().any(|known| known.0 == mark) {
                    marks.push((mark, status));
                }
            }
            rest = &after[end..];
        }
        (!marks.is_empty()).then_some(Legend { marks })
    }

    /// Reads the legends in lines of text; none when none explains a mark.
    pub fn of<'t>(lines: impl IntoIterator<Item = &'t str>) -> Option<Legend> {
        lines.into_iter().filter_map(Legend::read).reduce(|mut all, more| {
            all.marks.extend(more.marks);
            all
        })
    }

    /// The state of a cell that contains exactly one of the marks.
    pub fn status(&self, text: &str) -> Option<Status> {
        let folded = fold(text);
        self.marks.iter().find(|(mark, _)| *mark == folded).map(|known| known.1)
    }
}

/// Whether a character may be a mark; punctuation may not.
fn is_mark(c: char) -> bool {
    matches!(c, '\u{2190}'..='\u{21ff}' | '\u{2200}'..='\u{22ff}' | '\u{25a0}'..='\u{27bf}' | '\u{2b00}'..='\u{2bff}' | '×' | '※' | '*' | '〇')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn legends_name_their_marks() {
        let legend = Legend::read("注：▲表示已完成，△表示正在推进；○为未开始").expect("a legend");
        assert_eq!(legend.status(" ▲ "), Some(Status::Done));
        assert_eq!(legend.status("△"), Some(Status::InProgress));
        assert_eq!(legend.status("○"), Some(Status::NotStarted));
        assert_eq!((legend.status("★"), legend.status("▲已完成")), (None, None));
        let bare = Legend::read("“★”已完成 “☆”推进中").expect("a legend");
        assert_eq!((bare.status("★"), bare.status("☆")), (Some(Status::Done), Some(Status::InProgress)));
    }

    #[test]
    fn other_lines_are_none() {
        for line in ["填表说明：每月28日前报送", "▲重点任务", "", "※请勿改动格式"] {
            assert_eq!(Legend::read(line), None, "{line}");
        }
    }
}
