//! Deadlines in the text of a task: 6月底前, 2025年底前, 每月28日前.

/// Characters that make the preceding date a deadline.
const UNTIL: &[&str] = &["之前", "以前", "前", "底前", "底", "末", "年内", "内完成", "完成", "建成", "到位", "止"];

/// The deadlines in a text, as written; several are joined by ；. Empty if there are none.
pub(super) fn deadlines(text: &str) -> String {
    let text = outside_quotes(text);
    let chars: Vec<char> = text.chars().collect();
    let (mut found, mut weak, mut at): (Vec<String>, Vec<String>, usize) = (Vec::new(), Vec::new(), 0);
    while at < chars.len() {
        let Some((end, strength)) = moment(&chars, at) else {
            at += 1;
            continue;
        };
        let words: String = chars[at..end].iter().filter(|c| !c.is_whitespace()).collect();
        let list = if strength == Strength::Deadline { &mut found } else { &mut weak };
        if strength != Strength::None && !list.contains(&words) {
            list.push(words);
        }
        at = end;
    }
    if found.is_empty() { weak.join("；") } else { found.join("；") }
}

/// How certain it is that a date is a deadline.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Strength {
    Deadline,
    /// A month in which something is done, or a year by which it is done.
    Likely,
    None,
}

/// A text without what stands in 《》, “” and brackets, since names and remarks have dates of their own; a bracket that is
/// nothing but a deadline stays: （6月底前完成）.
fn outside_quotes(text: &str) -> String {
    const OPEN: &[char] = &['《', '〔', '（', '('];
    const CLOSE: &[char] = &['》', '〕', '）', ')'];
    let (mut kept, mut depth, mut start) = (String::new(), 0usize, 0);
    for (at, c) in text.char_indices() {
        if OPEN.contains(&c) {
            if depth == 0 {
                start = at + c.len_utf8();
            }
            depth += 1;
        } else if CLOSE.contains(&c) {
            depth = depth.saturating_sub(1);
            // The day in a bracket behind a title or a number is that of the document: 《办法》（2024年5月）.
            let outer = text[..start].trim_end_matches(OPEN);
            let of_title = outer.ends_with(['》', '”', '号']) || text[..start].ends_with(['《', '〔']);
            if depth == 0 && start > 0 && !of_title && is_deadline(&text[start..at]) {
                kept.push('（');
                kept.push_str(&text[start..at]);
                kept.push('）');
            }
        } else if depth == 0 {
            kept.push(c);
        }
    }
    kept
}

/// Whether a text is one deadline and nothing else: 6月底前完成, 2024年3月21日至6月30日.
fn is_deadline(text: &str) -> bool {
    let chars: Vec<char> = text.chars().filter(|c| !c.is_whitespace()).collect();
    let Some((end, strength)) = (!chars.is_empty()).then(|| moment(&chars, 0)).flatten() else { return false };
    let rest: String = chars[end..].iter().collect();
    strength != Strength::None && matches!(rest.as_str(), "" | "完成" | "完工" | "建成" | "到位")
}

/// The date that begins at a position: where it ends, and how certain it is a deadline.
fn moment(chars: &[char], start: usize) -> Option<(usize, Strength)> {
    let previous = |back: usize| start.checked_sub(back).map_or(' ', |at| chars[at]);
    if previous(1).is_ascii_digit() || matches!(previous(1), '_' | '×') {
        return None;
    }
    let rest = |at: usize| chars[at..chars.len().min(at + 8)].iter().collect::<String>();
    // 每月28日前, 每季度末月25日前
    if chars[start] == '每' {
        let words: String = chars[start..chars.len().min(start + 14)].iter().collect();
        let end = ["日前", "号前", "月底前", "季度末前", "季末前", "周五前"]
            .iter()
            .filter_map(|word| words.find(word).map(|at| words[..at + word.len()].chars().count()))
            .min()?;
        let inside: String = chars[start..start + end].iter().collect();
        return (!inside.contains(['，', '。', '、', '次'])).then_some((start + end, Strength::Deadline));
    }
    let mut at = start;
    let mut year = false;
    if let Some(end) = number(chars, at, 4, 4).filter(|end| chars.get(*end) == Some(&'年')) {
        (at, year) = (end + 1, true);
    } else {
        for word in ["今年", "明年", "本年", "当年"] {
            if rest(at).starts_with(word) {
                (at, year) = (at + 2, true);
                break;
            }
        }
    }
    if let Some(skipped) = chars[at..].iter().position(|c| *c != ' ').filter(|_| year) {
        at += skipped;
    }
    for word in [
        "年底前", "年底", "年内", "年末", "上半年", "下半年", "第一季度", "第二季度", "第三季度", "第四季度", "底前",
        "底", "末", "内",
    ] {
        // 底 and 末 alone need their year.
        let alone = word.starts_with('年') || word.ends_with("半年") || word.starts_with('第');
        if rest(at).starts_with(word) && (year || alone) {
            let end = at + word.chars().count();
            let end = if rest(end).starts_with('前') { end + 1 } else { end };
            return Some((
                end,
                if word.ends_with("半年") || word.starts_with('第') { Strength::Likely } else { Strength::Deadline },
            ));
        }
    }
    let Some(end) =
        number(chars, at, 1, 2).filter(|end| matches!(chars.get(*end), Some('月' | '-' | '—' | '－' | '至' | '、')))
    else {
        let until = ["到", "至", "于", "在"].iter().any(|word| previous(1) == word.chars().next().unwrap_or(' '))
            || start >= 2 && matches!((previous(2), previous(1)), ('力', '争') | ('确', '保') | ('截', '至'));
        return (year && until && chars[at - 1] == '年')
            .then_some((at, Strength::Likely))
            .or_else(|| year.then_some((at, Strength::None)));
    };
    at = end;
    // 8-9月
    let mut range = false;
    if chars[at] != '月' {
        let second = number(chars, at + 1, 1, 2).filter(|end| chars.get(*end) == Some(&'月'))?;
        (at, range) = (second, true);
    }
    at += 1;
    if chars.get(at) == Some(&'份') {
        at += 1;
    }
    let mut day = false;
    if let Some(end) = number(chars, at, 1, 2).filter(|end| matches!(chars.get(*end), Some('日' | '号'))) {
        (at, day) = (end + 1, true);
    } else if let Some(word) = ["上旬", "中旬", "下旬", "初"].iter().find(|word| rest(at).starts_with(**word)) {
        at += word.chars().count();
    }
    // 2024年4月至2026年9月, 6月1日至30日
    if matches!(chars.get(at), Some('至' | '-' | '—' | '－')) {
        let month = moment(chars, at + 1).map(|(end, _)| end).filter(|end| *end > at + 2);
        let same = number(chars, at + 1, 1, 2).filter(|end| day && chars.get(*end) == Some(&'日')).map(|end| end + 1);
        if let Some(end) = month.or(same) {
            return Some((end, Strength::Likely));
        }
    }
    let after = rest(at);
    if let Some(word) = UNTIL.iter().find(|word| after.starts_with(**word)) {
        let mut end = at + word.chars().count();
        if matches!(*word, "底" | "末") && rest(end).starts_with('前') {
            end += 1;
        }
        let done = matches!(*word, "完成" | "建成" | "到位");
        return Some((if done { at } else { end }, Strength::Deadline));
    }
    let goes_on =
        ["起", "以来", "开始", "至今", "版", "第", "全国", "份开始", "份起"].iter().any(|word| after.starts_with(word));
    let within = matches!(previous(1), '每' | '自' | '从' | '年');
    // 时间：6月3日 is a label's own value.
    let labelled = matches!(previous(1), '：' | ':') && previous(2) == '间' && previous(3) == '时';
    Some((at, if day && !labelled || goes_on || within || range && year { Strength::None } else { Strength::Likely }))
}

/// The end of a run of digits that has between `least` and `most` of them.
fn number(chars: &[char], start: usize, least: usize, most: usize) -> Option<usize> {
    let count = chars.get(start..)?.iter().take_while(|c| c.is_ascii_digit()).count();
    (least..=most).contains(&count).then_some(start + count)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn deadlines_are_found_in_running_text() {
        for (text, found) in [
            ("尽快完成，力争6月底完成。", "6月底"),
            ("10月17日前做完，逐户回访。", "10月17日前"),
            ("2023年3月底前发文。", "2023年3月底前"),
            ("2022年底前新增站点8个", "2022年底前"),
            ("今年4月要清理摊点，7月加强巡查", "今年4月；7月"),
            ("6月底前完成主体，年底前竣工", "6月底前；年底前"),
            ("每月28日前报送情况", "每月28日前"),
            ("到2025年，覆盖率达到90%", "2025年"),
            ("从5月份开始，一天一检查", ""),
            ("根据2014年方案，做好3月5日学雷锋活动", ""),
            ("落实《行动计划（2021年底前）》", ""),
            ("清理小广告（6月底前完成）。", "6月底前"),
            ("集中排查阶段（2024年3月21日至6月30日）。全面排查。", "2024年3月21日至6月30日"),
            ("动员阶段（3月1日—15日）", "3月1日—15日"),
            ("总结阶段（2024年12月）", "2024年12月"),
            ("落实《办法》（2024年5月）和通知（市办〔2024〕5号）", ""),
            ("纪念日（3月5日）活动，补报（含6月）材料", ""),
            ("举办启动仪式。\n时间：6月3日\n地点：广场", "6月3日"),
            ("启动仪式于6月3日举行", ""),
            ("每月15日开展活动，每8分钟轮换一次", ""),
            ("20__年版体系", ""),
        ] {
            assert_eq!(deadlines(text), found, "{text}");
        }
    }
}
