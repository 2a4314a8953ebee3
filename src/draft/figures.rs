//! Figures in the text of a task: frequency, target, marks.

use super::marker::marker;
use crate::basis::calendar::Cycle;
use crate::division::indicator;

/// The frequency that a text names, with its cycle. 每月15日 and 每月28日前 are days, not frequencies.
pub(super) fn cycles(text: &str) -> Vec<(String, Cycle)> {
    const TURNS: &[(&str, Cycle)] = &[
        ("半个月", Cycle::HalfMonth),
        ("半月", Cycle::HalfMonth),
        ("半年", Cycle::HalfYear),
        ("季度", Cycle::Quarter),
        ("季", Cycle::Quarter),
        ("个月", Cycle::Month),
        ("月", Cycle::Month),
        ("旬", Cycle::TenDays),
        ("星期", Cycle::Week),
        ("周", Cycle::Week),
        ("年", Cycle::Year),
        ("日", Cycle::Day),
        ("天", Cycle::Day),
    ];
    let mut found: Vec<(String, Cycle)> = Vec::new();
    for (at, c) in text.char_indices().filter(|(_, c)| matches!(c, '每' | '一' | '半' | '按')) {
        let rest = &text[at + if c == '半' { 0 } else { c.len_utf8() }..];
        let rest = if c == '每' { rest.strip_prefix("人每").unwrap_or(rest) } else { rest };
        let Some((word, cycle)) = TURNS.iter().find(|(word, _)| rest.starts_with(word)) else { continue };
        let after = &rest[word.len()..];
        let is_frequency = match c {
            '每' => !is_day(after),
            '按' => after.starts_with(['报', '上', '通', '调', '公', '汇', '统', '考', '推', '更']),
            // 一月一通报, 半年一小结; 一年 alone is a time.
            _ => after.starts_with('一'),
        };
        // 一季 within 第一季度 is none, nor is 每 within 每人每月, which counts once.
        let within = text[..at].ends_with(['第', '每', '十', '二', '初']);
        if is_frequency && !within && found.iter().all(|(_, known)| known != cycle) {
            found.push((text[at..text.len() - after.len()].to_owned(), *cycle));
        }
    }
    found
}

/// Whether a day follows 每月 or 每周: 每周五, 每月15日. 每季度1场 and 每周一次 say how often.
fn is_day(after: &str) -> bool {
    let digits = after.len() - after.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    if digits > 0 {
        return after[digits..].starts_with(['日', '号', '-', '—', '至', '、', '前']);
    }
    let named = after.strip_prefix(['一', '二', '三', '四', '五', '六', '七']);
    named.is_some_and(|rest| !rest.starts_with(['次', '场', '期', '个', '篇', '轮', '回']))
        || after.starts_with(['末', '底'])
}

/// The parts of a text that the language of indicators understands, joined by ；.
pub(super) fn indicators(text: &str) -> String {
    /// Characters of the longest clause that is an indicator rather than a sentence.
    const LONGEST: usize = 30;
    const SAYS: &[&str] =
        &["不少于", "不低于", "不得低于", "不得少于", "不超过", "至少", "达到", "以上", "≥", "≤", "每月", "每周", "达"];
    let mut found: Vec<String> = Vec::new();
    for clause in text.split(['，', '。', '；', '、', ',', ';', '\n', '：', ':']) {
        // What numbers the clause is no part of it.
        let clause = clause.trim();
        let clause = marker(clause).map_or(clause, |found| &clause[found.length..]);
        let worth = SAYS.iter().any(|word| clause.contains(word)) && clause.chars().count() <= LONGEST;
        if !worth || !clause.chars().any(|c| c.is_ascii_digit() || "一二三四五六日".contains(c)) {
            continue;
        }
        if let Some(fitting) = fitting(clause).filter(|fitting| !found.contains(fitting)) {
            found.push(fitting);
        }
    }
    found.join("；")
}

/// A clause as the grammar takes it whole: as it stands, or without the words around its figure.
fn fitting(clause: &str) -> Option<String> {
    let readable = |text: &str| {
        let (read, unreadable) = indicator::parse(text, None);
        read.len() == 1 && unreadable.is_empty()
    };
    if let Some(days) = fixed_days(clause) {
        return readable(&days).then_some(days);
    }
    // 每次, 每处 and the like: what each of them is, no field says.
    let mut bare = clause;
    for word in ["确保", "力争", "努力", "使", "实现", "保证", "做到", "并", "其中", "且"] {
        bare = bare.strip_prefix(word).unwrap_or(bare);
    }
    let without_end = bare.trim_end_matches("以上").trim_end_matches("以内");
    [bare, without_end]
        .into_iter()
        .find(|text| !text.is_empty() && readable(text) && has_figure(text))
        .map(ToOwned::to_owned)
}

fn has_figure(text: &str) -> bool {
    text.chars().any(|c| c.is_ascii_digit()) || ["一次", "一场", "两次", "三次"].iter().any(|word| text.contains(word))
}

/// 每月15日 or 每周五 at the beginning of a clause or behind its first words, when no 前 makes a deadline of it.
fn fixed_days(clause: &str) -> Option<String> {
    let at = clause.find("每月").or_else(|| clause.find("每周"))?;
    let rest = &clause[at..];
    let head = "每月".len();
    let day = &rest[head..];
    let digits = day.chars().take_while(char::is_ascii_digit).count();
    let end = if rest.starts_with("每月") && digits > 0 {
        let after = &day[digits..];
        let mark = after.chars().next().filter(|c| matches!(c, '日' | '号'))?;
        head + digits + mark.len_utf8()
    } else if rest.starts_with("每周")
        && day.starts_with(['一', '二', '三', '四', '五', '六', '日'])
        && !day[3..].starts_with(['次', '场', '天', '个'])
    {
        head + 3
    } else {
        return None;
    };
    (!rest[end..].starts_with(['前', '之', '以'])).then(|| rest[..end].to_owned())
}

/// The marks that a text states in a bracket: (2分), （1.5 分）.
pub(super) fn marks(text: &str) -> Option<String> {
    text.match_indices('分').find_map(|(at, _)| {
        let before = text[..at].trim_end();
        let digits = before.len() - before.trim_end_matches(|c: char| c.is_ascii_digit() || c == '.').len();
        let number = &before[before.len() - digits..];
        let opened = before[..before.len() - digits].trim_end().ends_with(['（', '(', '【', '[']);
        let closed = text[at + '分'.len_utf8()..].starts_with(['）', ')', '】', ']']);
        (digits > 0 && opened && closed && number.parse::<f64>().is_ok()).then(|| number.to_owned())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn frequencies_are_told_from_days() {
        let words = |text: &str| cycles(text).into_iter().map(|(word, _)| word).collect::<Vec<_>>().join(" ");
        for (text, found) in [
            ("每月通报一次", "每月"),
            ("组织银企对接，每季度1场，每周一次调度", "每季度 每周"),
            ("每年不少于4次，每半年总结", "每年 每半年"),
            ("一天一检查，一周一督导，一月一通报", "一天 一周 一月"),
            ("每人每月不少于2小时", "每人每月"),
            ("每周五上街，每月15日引导，每月28日前报送", ""),
            ("每8分钟轮换一次，第一季度完成", ""),
        ] {
            assert_eq!(words(text), found, "{text}");
        }
    }

    #[test]
    fn only_what_the_grammar_takes_is_an_indicator() {
        for (text, found) in [
            ("安排人员每周五在车站、每月15日在码头值守", "每周五；每月15日"),
            ("每月28日前报送", ""),
            ("加强管理，确保秩序良好", ""),
        ] {
            assert_eq!(indicators(text), found, "{text}");
        }
        assert!(!indicators("窗口比例达到90%以上").is_empty());
        assert_eq!(marks("公益广告（2分）").as_deref(), Some("2"));
        assert_eq!(marks("十分重要"), None);
    }
}
