//! Tells lists of nothing but people, which are no reports.

use crate::basis::pool::Texts;
use crate::basis::text::fold;
use crate::read::{Raw, Sheet};
use crate::table::shown;

/// The hundred most frequent family names, which six of seven people have.
const FAMILIES: &str = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏\
吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤";

/// Whether these rows hold short names of people and nothing else but numbers: every text has the length of a name, and
/// most begin with a family name.
pub(super) fn are_people(sheet: &Sheet, texts: &Texts, rows: impl Iterator<Item = u32>, columns: (u32, u32)) -> bool {
    /// A list of more rows has more in it than names; fewer names may be anything.
    const ROWS: usize = 3;
    const LEAST: usize = 3;
    let (mut names, mut known, mut count) = (0usize, 0usize, 0usize);
    for row in rows {
        count += 1;
        let Some(row) = sheet.grid.row(row).filter(|_| count <= ROWS) else { continue };
        for &(_, raw) in row.cells.iter().filter(|cell| (columns.0..=columns.1).contains(&cell.0)) {
            let text = match raw {
                Raw::Empty | Raw::Number { .. } => continue,
                Raw::Text(_) => fold(&shown(raw, texts)),
                _ => return false,
            };
            for name in text.split(['、', ',', ';']).filter(|name| !name.is_empty()) {
                let han = |c: char| ('\u{4e00}'..='\u{9fff}').contains(&c);
                if !(2..=3).contains(&name.chars().count()) || !name.chars().all(han) {
                    return false;
                }
                names += 1;
                known += usize::from(name.chars().next().is_some_and(|first| FAMILIES.contains(first)));
            }
        }
    }
    count <= ROWS && names >= LEAST && known * 5 >= names * 4
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table::fixture;

    #[test]
    fn names_and_nothing_else() {
        let people = |drawing: &str| {
            let mut texts = Texts::default();
            let sheet = fixture::sheet(drawing, &mut texts);
            let rows: Vec<u32> = sheet.grid.rows.iter().map(|row| row.index).collect();
            are_people(&sheet, &texts, rows.into_iter(), (0, 9))
        };
        for (drawing, are) in [
            ("张小明 | 李红 | 王建国\n孙志强 | 周晓梅 | 吴国庆", true),
            ("张小明 | 13800 | 李 红 | 王建国", true),
            ("张小明、李红、王建国 | 钱学文", true),
            ("张小明 | 李红", false),
            ("张小明 | 李红 | 王建国 | 已完成", false),
            ("张小明 | 李红 | 王建国 | 环境整治", false),
            ("张小明 | 李红 | 王建国 | @2014-08-05", false),
            ("清扫 | 绿化 | 巡查 | 张小明", false),
            ("张红\n李红\n王红", true),
            ("张红\n李红\n王红\n赵红", false),
        ] {
            assert_eq!(people(drawing), are, "{drawing}");
        }
    }
}
