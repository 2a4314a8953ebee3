//! Plain text as a document: every line is a paragraph; lines wrapped at the page width are joined.

use super::document::Document;
use super::marker::marker;

/// Reads a text.
pub(super) fn document(text: &str) -> Document {
    let mut document = Document::default();
    let lines: Vec<&str> = text.lines().collect();
    let Some(width) = page_width(&lines) else {
        for line in lines {
            document.paragraph(line);
        }
        return document;
    };
    let mut paragraph = String::new();
    for line in lines {
        let begins = line.starts_with("\u{3000}\u{3000}") || marker(line).is_some();
        if begins || line.trim().is_empty() {
            document.paragraph(&std::mem::take(&mut paragraph));
        }
        paragraph.push_str(if paragraph.is_empty() { line } else { line.trim_start() });
        if !is_full(line, width) {
            document.paragraph(&std::mem::take(&mut paragraph));
        }
    }
    document.paragraph(&paragraph);
    document
}

/// The width at which the lines of a text were broken; none where its lines are its paragraphs.
fn page_width(lines: &[&str]) -> Option<usize> {
    /// Half widths of the narrowest and the widest page.
    const PAGE: std::ops::RangeInclusive<usize> = 40..=120;
    /// From so many wrapped lines on it is not chance.
    const HABIT: usize = 6;
    let widest = lines.iter().map(|line| width(line)).max().filter(|widest| PAGE.contains(widest))?;
    let full = lines.iter().filter(|line| is_full(line, widest)).count();
    let broken = lines.iter().filter(|line| is_full(line, widest) && goes_on(line)).count();
    (broken >= HABIT && broken * 2 > full && broken * 5 > lines.len()).then_some(widest)
}

/// Whether a line reaches the edge of the page; a sign that may not begin a line is kept on the one before.
fn is_full(line: &str, page: usize) -> bool {
    width(line) + 4 > page
}

/// Whether a line stops in the middle of a sentence.
fn goes_on(line: &str) -> bool {
    !line.trim_end().ends_with(['。', '；', ';', '：', ':', '）', ')', '】', '！', '？'])
}

/// The width of a line in halves of a letter.
fn width(line: &str) -> usize {
    line.trim_end().chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum()
}

#[cfg(test)]
mod tests {
    use super::super::document::Block;
    use super::*;

    fn paragraphs(text: &str) -> Vec<String> {
        let shown = |block| match block {
            Block::Paragraph(text) => text,
            Block::Table(_) => "table".to_owned(),
        };
        document(text).blocks.into_iter().map(shown).collect()
    }

    #[test]
    fn lines_broken_by_the_page_are_whole_again() {
        let sentence =
            "1.对辖区内背街小巷和老旧小区开展集中整治清理卫生死角做到垃圾日产日清不留盲区并建立长效管护机制。";
        let broken = |text: &str| {
            let letters: Vec<char> = text.chars().collect();
            letters.chunks(24).map(|line| line.iter().collect::<String>()).collect::<Vec<_>>().join("\n")
        };
        let text = format!("某市方案\n一、任务\n{}", [broken(sentence).as_str(); 7].join("\n"));
        let mut expected = vec!["某市方案".to_owned(), "一、任务".to_owned()];
        expected.extend(vec![sentence.to_owned(); 7]);
        assert_eq!(paragraphs(&text), expected);
    }

    #[test]
    fn lines_that_are_paragraphs_stay_apart() {
        let line = "责任单位：市教育局、市公安局、市城管局、各街道办事处、各社区";
        assert_eq!(paragraphs(&[line; 5].join("\n")).len(), 5);
        let text = "方案\n一、任务\n（一）宣传引导\n1.清理背街小巷的积存垃圾，做到日产日清。\n责任单位：城管局、各街道";
        assert_eq!(paragraphs(text).len(), 5);
    }
}
