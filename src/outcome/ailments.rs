//! What the 体检 of a file says, one line for each ailment; the wording stands here and nowhere else.

use crate::basis::Lang;
use crate::basis::finding::Findings;
use crate::check::{OneFile, x304_total_differs};
use crate::read::{Ailment, Health};

/// The most places that a line names.
const MOST_PLACES: usize = 8;

/// Adds what only the ledgers of a file tell: totals that are no sums, and values that the second reader saw differently.
pub fn add_ledgers(health: &mut Health, file: OneFile<'_>, findings: &Findings) {
    let sheet = |at: u16| file.reading.sheets.get(at as usize).map_or("", |sheet| sheet.name.as_str());
    for finding in findings.0.iter().filter(|finding| finding.kind.code == x304_total_differs::KIND.code) {
        if let (Some(at), Some(area)) = (finding.place.sheet, finding.place.area) {
            health.note(Ailment::SumDiffers, format!("{}!{area}", sheet(at)));
        }
    }
    for cell in file.reading.second.iter().flat_map(|second| &second.differing) {
        let area = crate::basis::place::Area::cell(cell.row, cell.col);
        health.note(Ailment::ReadersDiffer, format!("{}!{area}", sheet(cell.sheet)));
    }
}

/// The lines of a file, one for each ailment: none for a clean file. The last says who saved it.
pub fn lines(health: &Health, lang: Lang) -> Vec<String> {
    let told = health.ailments.iter().map(|(ailment, places)| line(*ailment, places, lang));
    let mut lines: Vec<String> = told.collect();
    let saved = &health.saved;
    let says_who = !saved.by.is_empty() || !saved.at.is_empty();
    if !lines.is_empty() && says_who {
        // The moment as the file gives it, to the minute: 2014-09-03T10:00:00Z.
        let at: String = saved.at.chars().take(16).collect::<String>().replace('T', " ");
        let who = [saved.by.trim(), at.trim()].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>();
        lines.push(format!("{}{}", lang.pick("最后保存：", "last saved: "), who.join(lang.pick("，", ", "))));
    }
    lines
}

/// An ailment in words, with its first places.
pub fn line(ailment: Ailment, places: &[String], lang: Lang) -> String {
    let mut shown = places.iter().take(MOST_PLACES).map(String::as_str).collect::<Vec<_>>().join(lang.pick("、", ", "));
    if places.len() > MOST_PLACES {
        shown += &lang.pick(format!(" 等 {} 处", places.len()), format!(" … {} places", places.len()));
    }
    format!("{}{}{shown}", words(ailment, lang), lang.pick("：", ": "))
}

fn words(ailment: Ailment, lang: Lang) -> &'static str {
    match ailment {
        Ailment::HiddenRows => lang.pick("有内容的行被隐藏", "rows with content are hidden"),
        Ailment::FilteredRows => lang.pick("有内容的行被筛选隐去", "rows with content are hidden by a filter"),
        Ailment::HiddenSheet => lang.pick("有内容的工作表被隐藏", "sheets with content are hidden"),
        Ailment::FormulaWithoutValue => lang.pick("公式没有计算结果", "formulas without a value"),
        Ailment::DigitsLost => lang.pick("长号码可能丢了末几位", "numbers that may have lost digits"),
        Ailment::ErrorValue => lang.pick("单元格是错误值", "error values"),
        Ailment::ExternalLink => lang.pick("公式引用了其他文件", "formulas refer to other files"),
        Ailment::StruckThrough => lang.pick("文字带删除线，看不出还算不算", "text is struck through"),
        Ailment::MergeOverData => lang.pick("合并单元格盖住了下面的内容", "merged cells cover content"),
        Ailment::ColourAsState => lang.pick("只用颜色表示情况，没有写文字", "colours stand for states, without words"),
        Ailment::SumDiffers => lang.pick("合计与明细不符", "totals differ from their parts"),
        Ailment::ReadersDiffer => lang.pick("两种方法读出的值不同", "the second reader saw another value"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::health::Saved;

    #[test]
    fn a_clean_file_says_nothing_not_even_who_saved_it() {
        let mut health =
            Health { saved: Saved { by: "张某".into(), at: "2014-09-03T10:05:00Z".into() }, ..Health::default() };
        assert!(lines(&health, Lang::Zh).is_empty());
        for row in 1..=10 {
            health.note(Ailment::HiddenRows, format!("台账!{row}"));
        }
        let told = lines(&health, Lang::Zh);
        assert_eq!(told.len(), 2);
        assert!(told[0].ends_with("台账!8 等 10 处"), "{told:?}");
        assert_eq!(told[1], "最后保存：张某，2014-09-03 10:05");
    }
}
