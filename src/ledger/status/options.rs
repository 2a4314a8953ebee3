//! Option lists in a cell: in ☑已完成 □进行中 only the marked option counts.

use super::Status;

/// Marks of a chosen option, folded. Where one mark begins with another, the longer one comes first.
const CHOSEN: &[&str] =
    &["[x]", "[√]", "[✓]", "[✔]", "(√)", "(✓)", "(✔)", "(●)", "(x)", "☑", "☒", "■", "▣", "◉", "⊙", "●", "√", "✓", "✔"];
/// Marks of an option that is not chosen.
const OPEN: &[&str] = &["[]", "()", "□", "☐", "○", "◯", "◇", "▢"];
/// Marks that can only be an empty box.
const BOXES: &[&str] = &["[]", "()", "□", "☐", "▢"];

/// The result of a list of options.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Chosen {
    /// The state of the marked option, or of all of them if they agree.
    State(Status),
    /// None is marked.
    Unanswered,
    /// The marked options have no state, or different ones.
    Unknown,
}

/// A mark, or the words between marks.
enum Piece<'a> {
    Mark { chosen: bool, boxed: bool },
    Words(&'a str),
}

/// Reads a folded text as a list of options; none when it is not a list. `state` reads the words of an option.
pub(super) fn options(folded: &str, state: impl Fn(&str) -> Option<Status>) -> Option<Chosen> {
    let pieces = pieces(folded);
    let marks: Vec<(bool, bool)> = pieces
        .iter()
        .filter_map(|piece| match piece {
            Piece::Mark { chosen, boxed } => Some((*chosen, *boxed)),
            Piece::Words(_) => None,
        })
        .collect();
    let words = pieces.len() - marks.len();
    if marks.is_empty() || words == 0 && !marks.iter().all(|mark| mark.1) {
        return None;
    }
    // a single round bullet before a statement has no meaning
    if marks.len() == 1 && !marks[0].0 && !marks[0].1 {
        return None;
    }
    // in one list, marks are either all before or all after their words
    let before = matches!(pieces.first(), Some(Piece::Mark { .. }));
    let mut found: Vec<Option<Status>> = Vec::new();
    let mut last: Option<&str> = None;
    let mut marked = false;
    for piece in &pieces {
        match piece {
            Piece::Mark { chosen, .. } => {
                if !before
                    && *chosen
                    && let Some(words) = last
                {
                    found.push(state(words));
                }
                marked = *chosen;
                last = None;
            }
            Piece::Words(words) => {
                if before && marked {
                    found.push(state(words));
                }
                marked = false;
                last = Some(words);
            }
        }
    }
    Some(match found.split_first() {
        None => Chosen::Unanswered,
        Some((first, rest)) if rest.iter().all(|other| other == first) => first.map_or(Chosen::Unknown, Chosen::State),
        Some(_) => Chosen::Unknown,
    })
}

fn pieces(folded: &str) -> Vec<Piece<'_>> {
    let (mut pieces, mut words, mut at) = (Vec::new(), 0, 0);
    let ends: &[char] = &['/', ',', '、', ';', '.', '|', '。'];
    while at < folded.len() {
        let rest = &folded[at..];
        let sign = |signs: &[&str]| signs.iter().find(|sign| rest.starts_with(**sign)).map(|sign| sign.len());
        let (length, chosen) = match (sign(CHOSEN), sign(OPEN)) {
            (Some(length), _) => (length, true),
            (None, Some(length)) => (length, false),
            (None, None) => {
                at += rest.chars().next().map_or(1, char::len_utf8);
                continue;
            }
        };
        let between = folded[words..at].trim_matches(ends);
        if !between.is_empty() {
            pieces.push(Piece::Words(between));
        }
        let boxed = !chosen && BOXES.iter().any(|sign| rest.starts_with(sign));
        pieces.push(Piece::Mark { chosen, boxed });
        at += length;
        words = at;
    }
    let tail = folded[words..].trim_matches(ends);
    if !tail.is_empty() {
        pieces.push(Piece::Words(tail));
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::super::{Reading, read};
    use super::*;

    #[test]
    fn only_the_marked_option_counts() {
        for (text, status) in [
            ("☑已完成 □进行中 □未开始", Status::Done),
            ("□已完成 ☑进行中 □未开始", Status::InProgress),
            ("□ 已完成　■ 进行中", Status::InProgress),
            ("○已完成 ○进行中 ●未开始", Status::NotStarted),
            ("已完成☑ 进行中□", Status::Done),
            ("已完成（√） 进行中（ ） 未开始（ ）", Status::Done),
            ("已完成（ ）/进行中（√）", Status::InProgress),
            ("[ ]已完成 [x]进行中", Status::InProgress),
            ("☒已完成 ☐未完成", Status::Done),
            ("√已完成", Status::Done),
            ("□已完成 □进行中 √不涉及", Status::Exempt),
            ("○已完成", Status::Done),
        ] {
            assert_eq!(read(text), Reading::State(status), "{text}");
        }
    }

    #[test]
    fn nothing_marked_is_no_answer_and_two_marks_none_that_is_known() {
        for text in ["□已完成 □进行中", "已完成（ ） 进行中（ ）", "☐", "○已完成 ○进行中"]
        {
            assert_eq!(read(text), Reading::Unanswered, "{text}");
        }
        for text in ["☑已完成 ☑未开始", "☑很好 □一般"] {
            assert_eq!(read(text), Reading::Unknown, "{text}");
        }
        assert_eq!((read("●"), read("○")), (Reading::State(Status::Done), Reading::State(Status::InProgress)));
    }
}
