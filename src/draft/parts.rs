//! Splits a paragraph into text and attributions: brackets, labels.

use super::attribution::{Attribution, add, join};
use super::labels::{self, Field, Label};
use super::phrase::{self, Phrase};
use super::units;

/// A piece of a paragraph.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(clippy::large_enum_variant, reason = "a plan has a few thousand pieces at most")]
pub(super) enum Part {
    /// Words of the task.
    Text(String),
    /// Who has to do it.
    Said(Attribution),
}

/// Characters of the longest bracket that is examined.
const LONGEST_BRACKET: usize = 600;

/// Splits a paragraph. Text that only joins (。 、 between two labels) is left out.
pub(super) fn parts(paragraph: &str) -> Vec<Part> {
    let mut parts = Vec::new();
    let mut rest = paragraph;
    loop {
        let label = labels::find(rest).into_iter().find(|label| label.field.attributes());
        let bracket = next_bracket(rest);
        match (label, bracket) {
            (Some(label), bracket) if bracket.as_ref().is_none_or(|(start, ..)| label.start < *start) => {
                text(&mut parts, &rest[..label.start]);
                let (said, used) = labelled(rest, label.start);
                parts.push(Part::Said(said));
                rest = &rest[used..];
            }
            (_, Some((start, end, said))) => {
                text(&mut parts, &rest[..start]);
                parts.push(Part::Said(said));
                rest = rest[end..].trim_start_matches(['。', '；', ';', '.', '，', ',']);
            }
            (_, None) => {
                text(&mut parts, rest);
                return parts;
            }
        }
        if rest.is_empty() {
            return parts;
        }
    }
}

fn text(parts: &mut Vec<Part>, text: &str) {
    if let Some((before, names)) = led_to(text) {
        self::text(parts, before);
        let Phrase { attribution, .. } = phrase::parse(names, Field::Units);
        parts.push(Part::Said(attribution));
        return;
    }
    let text = text.trim_matches([' ', '\u{3000}', '\t']).trim_start_matches(['。', '；', ';', '，', ',', '、', '|']);
    if text.chars().any(char::is_alphanumeric) {
        parts.push(Part::Text(without_label(text).to_owned()));
    }
}

/// 清扫院内……………党政办: the words, and the units to which dots lead at the end of a line.
fn led_to(text: &str) -> Option<(&str, &str)> {
    /// The fewest dots of a leader line.
    const LEADER: usize = 4;
    let is_dot = |c: char| matches!(c, '…' | '.' | '·' | '．' | '—' | '_' | '-' | '－' | '⋯');
    let names = text.rsplit(is_dot).next()?;
    let before = text[..text.len() - names.len()].trim_end_matches(is_dot);
    let dots =
        text[before.len()..text.len() - names.len()].chars().map(|c| if c == '…' { 2 } else { 1 }).sum::<usize>();
    let names = names.trim().trim_end_matches(['。', '；', ';']);
    (dots >= LEADER && before.chars().any(char::is_alphanumeric) && units::is_list(names)).then_some((before, names))
}

/// 工作任务：一是… is 一是…: that it is the task is known.
fn without_label(text: &str) -> &str {
    match labels::find(text).first() {
        Some(Label { start: 0, value, field: Field::Task }) if *value < text.len() => text[*value..].trim(),
        _ => text,
    }
}

/// The first bracket that is an attribution: where it begins and ends, and what it says.
fn next_bracket(text: &str) -> Option<(usize, usize, Attribution)> {
    let mut from = 0;
    while let Some((start, end)) = bracket(text, from) {
        let open = text[start..].chars().next()?.len_utf8();
        let close = text[..end].chars().next_back()?.len_utf8();
        let inside = &text[start + open..end - close];
        if inside.chars().count() <= LONGEST_BRACKET
            && let Some(said) = of_bracket(inside, &text[..start], &text[end..])
        {
            return Some((start, end, said));
        }
        // What stands in a bracket that is none may still hold one.
        from = start + open;
    }
    None
}

/// The next bracket from a place on, with its closing one; brackets inside belong to it.
fn bracket(text: &str, from: usize) -> Option<(usize, usize)> {
    let (mut start, mut depth) = (None, 0usize);
    for (at, c) in text[from..].char_indices() {
        match c {
            '（' | '(' | '【' | '〔' | '［' | '[' => {
                if depth == 0 {
                    start = Some(from + at);
                }
                depth += 1;
            }
            '）' | ')' | '】' | '〕' | '］' | ']' if depth > 0 => {
                depth -= 1;
                if depth == 0 {
                    return start.map(|start| (start, from + at + c.len_utf8()));
                }
            }
            _ => {}
        }
    }
    // A bracket that is never closed at the end of a paragraph: its end was lost.
    start.filter(|start| depth == 1 && text[*start..].chars().count() > 4).map(|start| (start, text.len())).filter(
        |(start, end)| {
            text[..*end].chars().next_back().is_some_and(|c| c.len_utf8() > 1)
                && labels::find(&text[*start..]).iter().any(|l| l.field.is_units())
        },
    )
}

fn of_bracket(inside: &str, before: &str, after: &str) -> Option<Attribution> {
    let found = labels::find(inside);
    if found.iter().any(|label| label.field.is_units() || label.field == Field::Leaders) {
        return Some(labelled_whole(inside, &found));
    }
    let only_moment = |said: &Attribution| !said.owns() && !said.deadline.is_empty();
    if found.iter().any(|label| label.field.attributes()) {
        let said = labelled_whole(inside, &found);
        return (said.owns() || !said.is_empty() && found[0].start == 0)
            .then_some(said)
            .filter(|said| !said.is_empty());
    }
    let Phrase { attribution, has_role } = phrase::parse(inside, Field::Units);
    if only_moment(&attribution) {
        return None;
    }
    if has_role {
        return phrase::all_units(&attribution).then_some(attribution).or_else(|| mostly_units(inside));
    }
    // Names alone: at the end of a sentence, and not a gloss on a unit before it.
    let ends = after.trim_start().is_empty() || after.trim_start().starts_with(['。', '；', ';', '【', '（', '(']);
    let gloss = ["含", "包括", "如", "即", "不含", "除", "原", "以下", "详见", "见", "共"]
        .iter()
        .any(|word| inside.starts_with(word));
    let glossed =
        before.trim_end().chars().next_back().is_some_and(|c| !"。；;！？）)】”".contains(c) && c.is_alphanumeric());
    let names = &attribution.units;
    let alone =
        after.trim().is_empty() && names.len() == 1 && before.chars().count() > 6 && units::is_unit(inside.trim());
    let clear = alone && !before.trim_end().ends_with(['的', '和', '、'])
        || names.len() > 1
        || before.trim_end().ends_with(['。', '；', ';'])
        || inside.chars().count() > 3;
    let fits = ends
        && !gloss
        && clear
        && phrase::all_units(&attribution)
        && !(glossed && names.len() == 1 && units::is_unit(last_word(before)));
    fits.then_some(Attribution { bare: true, ..attribution })
}

/// The other units named in a bracket after the units of a heading: （配合单位：市容科）, （市容科配合）.
pub(super) fn bracket_of_heading(inside: &str) -> Option<Attribution> {
    let found = labels::find(inside);
    if found.iter().any(|label| label.field.attributes()) {
        return Some(labelled_whole(inside, &found));
    }
    let Phrase { attribution, has_role } = phrase::parse(inside, Field::Units);
    (has_role && phrase::all_units(&attribution)).then_some(attribution)
}

/// The letters before a place back to the last separator.
fn last_word(before: &str) -> &str {
    before.rsplit(['，', '、', '。', '；', ',', ' ', '和', '由']).next().unwrap_or(before)
}

/// A bracket with a role word in which most names are units: the others are kept as doubtful.
fn mostly_units(inside: &str) -> Option<Attribution> {
    let mut said = phrase::parse(inside, Field::Units).attribution;
    let all: Vec<&String> = said.lead.iter().chain(&said.units).chain(&said.support).collect();
    let odd: Vec<String> = all.iter().filter(|name| !units::is_unit(name)).map(|name| (*name).clone()).collect();
    let short = odd.iter().all(|name| (2..=14).contains(&name.chars().count()));
    let sentence = ["谁", "专人", "层层", "全面", "主动", "严格"].iter().any(|word| inside.starts_with(word));
    if all.len() <= odd.len() || !short || sentence || odd.len() * 2 > all.len() {
        return None;
    }
    said.doubts.push(format!("“{}”是否单位名称", odd.join("、")));
    Some(said)
}

/// What the labels of a bracket say; names before the first label are read by their role words.
fn labelled_whole(inside: &str, found: &[Label]) -> Attribution {
    let mut said = Attribution::default();
    let lead_in = found.first().map_or(inside, |label| &inside[..label.start]);
    let Phrase { attribution, .. } = phrase::parse(lead_in, Field::Units);
    if phrase::all_units(&attribution) {
        said.merge(attribution);
    }
    for (at, label) in found.iter().enumerate() {
        let end = found.get(at + 1).map_or(inside.len(), |next| next.start);
        value(&mut said, label.field, &inside[label.value..end]);
    }
    said
}

/// Labels outside of brackets that follow one another, from `start` on: what they say and up to where.
fn labelled(text: &str, start: usize) -> (Attribution, usize) {
    let found: Vec<Label> = labels::find(text).into_iter().filter(|label| label.start >= start).collect();
    let mut said = Attribution::default();
    for (at, label) in found.iter().enumerate() {
        if !label.field.attributes() {
            return (said, label.start);
        }
        let end = found.get(at + 1).map_or(text.len(), |next| next.start);
        let written = &text[label.value..end];
        // A list of names ends with its sentence; what comes behind is text again.
        let stop = sentence_end(written, label.field);
        value(&mut said, label.field, &written[..stop]);
        if !written[stop..].trim_matches(['。', '；', ';', ' ', '\u{3000}', '\t', '|']).is_empty() {
            return (said, label.value + stop);
        }
    }
    (said, text.len())
}

fn sentence_end(written: &str, field: Field) -> usize {
    if matches!(field, Field::Indicator | Field::Evidence | Field::Cycle | Field::Marks) {
        return written.len();
    }
    let end = written.find('。').unwrap_or(written.len());
    // 责任单位：教育局 联系人：… ends before the next label of any kind, which is text.
    let other = written.find([' ', '\u{3000}', '\t']).filter(|at| {
        let rest = written[*at..].trim_start();
        let word = rest.split(['：', ':']).next().unwrap_or_default();
        rest.len() > word.len() && word.chars().count() <= 8
    });
    other.map_or(end, |other| other.min(end))
}

/// Adds the text after a label.
pub(super) fn value(said: &mut Attribution, field: Field, written: &str) {
    let written = written.trim().trim_matches(['；', ';', '，', ',', '。', '|', '、']).trim();
    match field {
        Field::Lead | Field::Units | Field::UnitsAndPersons | Field::Support => {
            let (written, persons) = units_and_persons(written, field == Field::UnitsAndPersons);
            add(&mut said.persons, persons);
            let Phrase { attribution, has_role } = phrase::parse(&written, field);
            let mut attribution = attribution;
            if !attribution.names_units() {
                said.blank |= !has_role;
            }
            odd_names(&mut attribution);
            said.merge(attribution);
        }
        Field::Leaders => add(&mut said.leaders, persons(written)),
        Field::Persons => add(&mut said.persons, persons(written)),
        Field::Deadline => join(&mut said.deadline, written),
        Field::Cycle => join(&mut said.cycle, written),
        Field::Indicator => join(&mut said.indicator, written),
        Field::Evidence => join(&mut said.evidence, written),
        Field::Marks => join(&mut said.marks, written),
        Field::Number | Field::Category | Field::Task | Field::Standard | Field::Other => {}
    }
}

/// 云山商场 王某: the units, and the persons who stand behind them with a blank between, or as names of the list where the
/// label announces them.
fn units_and_persons(written: &str, announced: bool) -> (String, Vec<String>) {
    let (mut names, mut persons): (Vec<&str>, Vec<String>) = (Vec::new(), Vec::new());
    let person = |text: &str| {
        ((2..=4).contains(&text.chars().count()) || text.ends_with("负责人"))
            && !units::is_unit(text)
            && text.chars().all(|c| ('\u{4e00}'..='\u{9fff}').contains(&c) || matches!(c, '×' | '╳'))
            && !text.ends_with(|c| "局办室科委部队站所处股组会院校镇乡村街区县市".contains(c))
    };
    for part in crate::basis::text::list(written) {
        match part.trim().rsplit_once([' ', '\u{3000}']) {
            Some((name, last)) if units::is_list(name.trim()) && person(last) => {
                names.push(name.trim());
                persons.push(last.to_owned());
            }
            _ if announced && person(part.trim()) && !names.is_empty() => persons.push(part.trim().to_owned()),
            _ if announced => names.push(part.trim()),
            _ => return (written.to_owned(), Vec::new()),
        }
    }
    (names.join("、"), persons)
}

/// Names after a label are taken as written; what reads like a sentence is noted as a doubt.
fn odd_names(said: &mut Attribution) {
    const LONG: usize = 20;
    let odd = |name: &&String| name.chars().count() > LONG && !units::is_unit(name);
    let odd: Vec<String> = said.lead.iter().chain(&said.units).chain(&said.support).filter(odd).cloned().collect();
    if !odd.is_empty() {
        said.doubts.push(format!("“{}”不像单位名称", odd.join("、")));
    }
}

/// The officials in a list: names as written, blanks between the letters of a name gone.
fn persons(written: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for part in crate::basis::text::list(written) {
        // 王  宝 李  林 are letters of names set apart; 王宝 李林星 are two names.
        let pieces: Vec<&str> = part.split_whitespace().collect();
        let whole = pieces.len() > 1 && pieces.iter().all(|piece| (2..=4).contains(&piece.chars().count()));
        let names = if whole { pieces.iter().map(ToString::to_string).collect() } else { vec![pieces.concat()] };
        for name in names {
            let name =
                name.trim_matches(['。', '.', '；', ';']).trim_end_matches('等').trim_end_matches("同志").to_owned();
            if name.chars().any(|c| c.is_alphanumeric() && !matches!(c, '×' | '╳'))
                && name != "无"
                && !found.contains(&name)
            {
                found.push(name);
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(paragraph: &str) -> String {
        let list = |name: &str, names: &[String]| {
            if names.is_empty() { String::new() } else { format!("{name}:{} ", names.join("、")) }
        };
        let one = |part: &Part| match part {
            Part::Text(text) => text.clone(),
            Part::Said(said) => {
                let deadline = if said.deadline.is_empty() { String::new() } else { format!("时:{} ", said.deadline) };
                let blank = if said.blank { "空 " } else { "" };
                let all = [
                    list("领", &said.leaders),
                    list("牵", &said.lead),
                    list("责", &said.units),
                    list("配", &said.support),
                    deadline,
                    blank.to_owned(),
                ];
                format!("<{}>", all.concat().trim())
            }
        };
        parts(paragraph).iter().map(one).collect::<Vec<_>>().join(" | ")
    }

    #[test]
    fn brackets_labels_and_text_are_told_apart() {
        for (paragraph, found) in [
            ("清扫街巷。（责任单位：城管局、各街道）", "清扫街巷。 | <责:城管局、各街道>"),
            ("(牵头部门: 宣传部 责任单位: 各部门、各学院)", "<牵:宣传部 责:各部门、各学院>"),
            (
                "规范收费。(牵头单位:发改委;责任单位:民政局,9月底完成)",
                "规范收费。 | <牵:发改委 责:民政局 时:9月底完成>",
            ),
            ("推进改造（住建局牵头），抓好管理（城管局负责）。", "推进改造 | <牵:住建局> | 抓好管理 | <责:城管局>"),
            ("清沟小组。责任单位:村建办、各村组。工作任务:一是清淤。", "清沟小组。 | <责:村建办、各村组> | 一是清淤。"),
            ("牵头单位：__", "<空>"),
            ("对公共机构（含社区、学校）开展检查。", "对公共机构（含社区、学校）开展检查。"),
            ("开展检查（试行）。", "开展检查（试行）。"),
            ("清理小广告。（城管局、公安局）", "清理小广告。 | <责:城管局、公安局>"),
            ("由市委宣传部（市文明办）安排。", "由市委宣传部（市文明办）安排。"),
            ("公益广告达标【责任单位】宣传部【完成时限】6月底", "公益广告达标 | <责:宣传部 时:6月底>"),
            ("坚持谁主管谁负责（谁主管谁负责）的原则", "坚持谁主管谁负责（谁主管谁负责）的原则"),
            (
                "开工建设水厂。(牵头领导:甲某;牵头单位:水务局;完成时限:10月底前)",
                "开工建设水厂。 | <领:甲某 牵:水务局 时:10月底前>",
            ),
        ] {
            assert_eq!(shown(paragraph), found, "{paragraph}");
        }
    }
}
