//! Whether two descriptions are of one problem.

use crate::basis::text::likeness;

/// Texts at least so alike describe one problem, if they begin alike.
const ALIKE: f64 = 0.6;
/// Texts that begin with so many equal characters begin alike: what comes first says where it is.
const BEGIN: usize = 2;
/// A shorter text, in characters, is too little to be found again in a longer one.
const SHORTEST: usize = 4;

/// How much two skeletons are alike, if they may tell of one problem: one stands in the other, whole or with little put
/// between, or most of them are equal from the begin on. Another side or number is another place, and so another problem.
pub(super) fn likeness_of(a: &str, b: &str) -> Option<f64> {
    if places(a) != places(b) {
        return None;
    }
    let count = |text: &str| text.chars().count();
    let (short, long) = if count(a) <= count(b) { (a, b) } else { (b, a) };
    let mut rest = long.chars();
    let in_order = 3 * count(short) >= 2 * count(long) && short.chars().all(|c| rest.any(|other| other == c));
    let within = count(short) >= SHORTEST && (in_order || long.contains(short));
    let begins = a.chars().zip(b.chars()).take(BEGIN).filter(|(a, b)| a == b).count() == BEGIN;
    if !within && !begins {
        return None;
    }
    let likeness = likeness(a, b);
    (within || likeness >= ALIKE).then_some(likeness)
}

/// The words for places in a skeleton that tell one thing from the next of its kind: sides, and numbers before 号, 楼, 层 …
fn places(skeleton: &str) -> Vec<&str> {
    const SIDES: &[char] = &['东', '西', '南', '北', '左', '右'];
    const COUNTED: &[char] =
        &['号', '栋', '幢', '座', '楼', '层', '路', '街', '巷', '弄', '段', '组', '队', '区', '室', '村'];
    let mut found: Vec<&str> = skeleton.matches(SIDES).collect();
    let is_digit = |c: char| c.is_ascii_digit() || "一二三四五六七八九十".contains(c);
    for (at, _) in skeleton.match_indices(COUNTED) {
        let before = &skeleton[..at];
        found.push(&before[before.trim_end_matches(is_digit).len()..]);
    }
    found.retain(|word| !word.is_empty());
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::basis::text::skeleton;

    #[test]
    fn one_problem_in_other_words_and_its_neighbours() {
        let one = |a, b| likeness_of(&skeleton(a), &skeleton(b)).is_some();
        for (a, b) in [
            ("东门广告牌破损", "东门广告牌破损较多"),
            ("东门广告牌破损", "东门的广告牌有破损"),
            ("东门广告牌破损严重", "东门广告牌损坏严重"),
            ("3号楼路灯不亮2盏", "3号楼路灯不亮1盏"),
            ("卫生死角", "办公室和楼道仍有卫生死角多处"),
        ] {
            assert!(one(a, b) && one(b, a), "{a} {b}");
        }
        for (a, b) in [
            ("东门广告牌破损", "西门广告牌破损"),
            ("1号楼路灯不亮", "2号楼路灯不亮"),
            ("解放路路灯不亮", "人民路路灯不亮"),
            ("第一小区墙面破损", "第二小区墙面破损"),
            ("卫生", "卫生间漏水"),
            ("路灯不亮", "路边灯箱广告不够亮"),
        ] {
            assert!(!one(a, b) && !one(b, a), "{a} {b}");
        }
    }
}
