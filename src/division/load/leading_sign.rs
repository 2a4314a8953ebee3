//! The sign that marks leading units, as a note on the sheet explains it: 标★的为牵头单位.

use super::lines::Lines;
use super::marks;
use crate::basis::text::SIGNS;

/// Signs that such a note may explain besides [`SIGNS`].
const MORE: &[char] = &['●', '○', '*', '＊', '#', '＃'];
/// Words for a leading unit.
const LEADS: &[&str] = &["牵头", "主办", "主责", "主要责任"];
/// Words with which a note explains a sign.
const EXPLAINS: &[&str] = &["为", "是", "表示", "代表", "即", "标", "带", "注有", "打"];

/// The sign, if a cell of the sheet outside the tasks explains one.
pub(super) fn find(lines: &Lines<'_>) -> Option<char> {
    lines.outside().find_map(|text| explained(&text))
}

/// The sign that a note explains as that of leading units.
fn explained(note: &str) -> Option<char> {
    let clauses = note.split(['。', '；', ';', '，', ',', '\n']).filter(|clause| !marks::is_nothing(clause));
    let has = |clause: &str, words: &[&str]| words.iter().any(|word| clause.contains(word));
    let mut telling = clauses.filter(|clause| has(clause, LEADS) && has(clause, EXPLAINS) && !has(clause, &["配合"]));
    telling.find_map(|clause| clause.chars().find(|c| SIGNS.contains(c) || MORE.contains(c)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_note_explains_the_sign_of_leading_units() {
        for note in [
            "注：标★的为牵头单位。",
            "★为牵头单位",
            "责任单位（带★号的为牵头单位）",
            "说明：1.本表自印发之日起执行；2.牵头单位以“★”标注",
            "标有★的为主办单位，其余为配合单位",
        ] {
            assert_eq!(explained(note), Some('★'), "{note}");
        }
        for note in ["牵头单位", "★重点任务", "牵头单位：★综合科", "标★的为配合单位", "★为重点任务，由牵头单位负责"]
        {
            assert_eq!(explained(note), None, "{note}");
        }
    }
}
