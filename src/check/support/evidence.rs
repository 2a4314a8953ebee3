//! Reads texts on evidence: the kinds mentioned (照片5张 is 实景照片, 通知2份 is 正式文件), file names, numbers of photos.

use std::borrow::Cow;

use crate::basis::text::{fold, list};

/// Families of evidence: words in required kinds, and words that mention the family. From the kinds used in bureaus
/// (正式文件 活动计划 工作台账 实景照片 工作小结) and in online filing (规范文件 说明报告 实景图片 统计表格).
const FAMILIES: &[(&[&str], &[&str])] = &[
    (
        &["文件"],
        &[
            "文件", "通知", "通报", "方案", "办法", "意见", "决定", "批复", "公函", "来函", "复函", "制度", "规定",
            "公告", "纪要", "印发", "规划", "批示", "文号", "号文", "(20", "章程", "规范", "守则", "公约",
        ],
    ),
    (&["计划", "方案", "安排"], &["计划", "方案", "安排", "预案", "要点", "规划", "日程"]),
    (
        &["台账", "记录", "登记", "清单", "日志"],
        &["台账", "台帐", "记录", "登记", "清单", "日志", "签到", "名册", "花名", "底册", "汇总", "明细", "表"],
    ),
    (
        &["照片", "图片", "影像", "相片", "视频"],
        &["照片", "图片", "影像", "相片", "截图", "配图", "实景", "合影", "图", "jpg", "jpeg", "png", "视频", "录像"],
    ),
    (
        &["小结", "总结", "报告", "汇报", "说明"],
        &["小结", "总结", "报告", "汇报", "说明", "简报", "信息", "自查", "情况"],
    ),
    (&["表格", "统计", "报表", "数据"], &["表", "统计", "数据", "台账", "汇总", "excel", "xls"]),
    (&["合同", "协议"], &["合同", "协议"]),
    (&["票", "凭证", "收据"], &["发票", "凭证", "收据", "票据", "转账"]),
];

/// The kinds that an item of what is owed names: 文件+照片 are two, 互联网+政务方案 is one.
pub(in crate::check) fn kinds(owed: &str) -> Vec<&str> {
    if !owed.contains(['+', '＋']) {
        return vec![owed];
    }
    let parts: Vec<&str> = owed.split(['+', '＋']).map(str::trim).collect();
    let names_one = |part: &&str| {
        let part = fold(part);
        FAMILIES.iter().any(|(names, words)| names.iter().chain(*words).any(|word| part.contains(word)))
    };
    if parts.iter().all(names_one) { parts } else { vec![owed] }
}

/// Whether the evidence text mentions the kind; pictures in the sheet count as photos.
pub(in crate::check) fn mentions(given: &str, kind: &str, pictures: bool) -> bool {
    let (given, kind) = (fold(given), fold(kind));
    let kind = without_amount(&kind);
    if given.contains(kind) {
        return true;
    }
    let mut known = false;
    for (names, words) in FAMILIES.iter().filter(|(names, _)| names.iter().any(|name| kind.contains(name))) {
        known = true;
        if words.iter().any(|word| given.contains(word)) || (pictures && names.contains(&"照片")) {
            return true;
        }
    }
    // a kind of no family matches by its last word: 荣誉证书 by “证书2本”
    !known && tail(kind).is_some_and(|tail| given.contains(tail))
}

/// A folded kind without how many of it are owed: 签到表各1份, 照片3张, 照片(不少于3张).
fn without_amount(kind: &str) -> &str {
    const UNITS: &str = "份张幅件个本套篇页册段条期项次场组枚块面处部";
    const MORE: &[&str] = &["各", "不少于", "不得少于", "至少", "最少", "约", "共", ">=", "≥"];
    let within = kind.strip_suffix(')').and_then(|kind| kind.rsplit_once('('));
    let written = within.map_or(kind, |(_, inside)| inside);
    let bare = ["及以上", "以上", "左右", "以内"].iter().find_map(|word| written.strip_suffix(word)).unwrap_or(written);
    let Some(number) = bare.strip_suffix(|c| UNITS.contains(c)) else { return kind };
    let mut name =
        number.trim_end_matches(|c: char| c.is_ascii_digit() || "一二两三四五六七八九十百若干几-~至".contains(c));
    // 第一期 is no amount
    if name.len() == number.len() || name.ends_with('第') {
        return kind;
    }
    while let Some(shorter) = MORE.iter().find_map(|word| name.strip_suffix(word)) {
        name = shorter;
    }
    let name = match within {
        Some((before, _)) if name.is_empty() => before,
        Some(_) => kind,
        None => name,
    };
    if name.trim().is_empty() { kind } else { name.trim() }
}

/// Whether a heading names a kind of evidence by itself: 照片, 签到表.
pub(in crate::check) fn is_kind(heading: &str) -> bool {
    let heading = fold(heading);
    let named = |(names, words): &(&[&str], &[&str])| {
        names.iter().chain(*words).any(|word| heading == *word || heading.strip_prefix("有无") == Some(word))
    };
    FAMILIES.iter().any(named)
}

/// What a cell says under its heading: a bare mark or amount (有, √, 3张) says what the heading names.
pub(in crate::check) fn under<'a>(heading: &str, given: &'a str) -> Cow<'a, str> {
    let bare = fold(given);
    let amount = bare.trim_start_matches(|c: char| c.is_ascii_digit() || "一二两三四五六七八九十".contains(c));
    let affirms = matches!(
        bare.as_str(),
        "有" | "是" | "已有" | "已附" | "附" | "见附件" | "已提供" | "齐全" | "√" | "✓" | "✔" | "☑"
    );
    let counts = amount.len() < bare.len() && amount.chars().count() <= 1;
    // The heading of the field itself names no kind, only what stands in its brackets.
    let names = |heading: &str| {
        let heading = fold(heading);
        heading.split_once('(').map_or_else(
            || heading.clone(),
            |(before, inside)| {
                if is_kind(before) { before.to_owned() } else { inside.to_owned() }
            },
        )
    };
    if affirms || counts { Cow::Owned(format!("{given} {}", names(heading))) } else { Cow::Borrowed(given) }
}

/// The last two characters of a kind, if it has more.
fn tail(kind: &str) -> Option<&str> {
    let at = kind.char_indices().rev().nth(1)?.0;
    (at > 0).then(|| &kind[at..])
}

/// File extensions of evidence.
const ENDINGS: &[&str] = &[
    "jpg", "jpeg", "png", "bmp", "gif", "tif", "tiff", "heic", "webp", "pdf", "ofd", "doc", "docx", "wps", "xls",
    "xlsx", "et", "csv", "ppt", "pptx", "dps", "txt", "rtf", "zip", "rar", "7z", "mp4", "mov", "avi", "mp3", "wav",
    "wmv",
];

/// Whether a file name has the extension of a picture or video.
pub(in crate::check) fn is_picture(name: &str) -> bool {
    const PICTURES: &[&str] =
        &["jpg", "jpeg", "png", "bmp", "gif", "tif", "tiff", "heic", "webp", "mp4", "mov", "avi", "wmv"];
    name.rsplit_once('.').is_some_and(|(_, ending)| PICTURES.contains(&ending.to_ascii_lowercase().as_str()))
}

/// The file names in a text: 现场照片.jpg, 《方案》.pdf.
pub(in crate::check) fn file_names(given: &str) -> Vec<String> {
    const DOTS: [char; 2] = ['.', '．'];
    let mut names = Vec::new();
    if !given.contains(DOTS) {
        return names;
    }
    for item in list(given) {
        let mut start = 0;
        for (dot, mark) in item.match_indices(DOTS) {
            let rest = &item[dot + mark.len()..];
            let length = rest.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(rest.len());
            if dot < start || !ENDINGS.contains(&rest[..length].to_ascii_lowercase().as_str()) {
                continue;
            }
            let end = dot + mark.len() + length;
            let name = item[start..dot].rsplit(['：', ':', '《', '“', '"', '\\']).find(|part| !part.is_empty());
            if let Some(name) = name {
                let name = name.trim().trim_end_matches(['》', '”']);
                names.push(format!("{name}.{}", &rest[..length]));
            }
            start = end;
        }
    }
    names
}

/// The number of photos stated in a text: 照片5张, 5张照片, 图片三张.
pub(in crate::check) fn photos(given: &str) -> Option<u32> {
    let folded = fold(given);
    let words = ["照片", "图片", "相片"];
    list(&folded).into_iter().find_map(|item| {
        let about = words.iter().any(|word| item.contains(word));
        let before = item.split_once('张').filter(|_| about)?.0;
        let number: String = before.chars().rev().take_while(char::is_ascii_digit).collect();
        number.chars().rev().collect::<String>().parse().ok()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_are_mentioned_in_other_words() {
        for (given, kind) in [
            ("照片5张", "实景照片"),
            ("通知2份", "正式文件"),
            ("云创办〔2014〕3号", "正式文件"),
            ("活动方案1份", "活动计划"),
            ("签到表", "工作台账"),
            ("活动总结", "工作小结"),
            ("现场.JPG", "实景图片"),
            ("证书2本", "荣誉证书"),
        ] {
            assert!(mentions(given, kind, false), "{given} should mention {kind}");
        }
        assert!(mentions("通知1份", "实景照片", true), "pictures in the sheet are photos");
    }

    #[test]
    fn other_kinds_are_not_mentioned() {
        for (given, kind) in
            [("照片5张", "正式文件"), ("通知2份", "实景照片"), ("照片5张", "荣誉证书"), ("通知", "工作小结")]
        {
            assert!(!mentions(given, kind, false), "{given} does not mention {kind}");
        }
    }

    #[test]
    fn an_amount_owed_is_no_part_of_a_kind() {
        for (given, kind) in [
            ("签到表", "签到表各1份"),
            ("证书2本", "荣誉证书1份"),
            ("现场照片", "照片3-5张"),
            ("条幅", "条幅（不少于3幅）"),
        ] {
            assert!(mentions(given, kind, false), "{given} should mention {kind}");
        }
        for (given, kind) in
            [("通知1份、照片3张", "签到表各1份"), ("通知1份、照片3张", "荣誉证书1份"), ("照片3张以上", "条幅3张以上")]
        {
            assert!(!mentions(given, kind, false), "{given} does not mention {kind}");
        }
        assert_eq!(kinds("文件+照片＋签到表各1份"), ["文件", "照片", "签到表各1份"]);
        assert_eq!((kinds("互联网+政务方案"), kinds("1+N工作方案")), (vec!["互联网+政务方案"], vec!["1+N工作方案"]));
        for (kind, name) in [
            ("签到表各1份", "签到表"),
            ("照片不少于3张", "照片"),
            ("照片(至少3张)", "照片"),
            ("照片若干张", "照片"),
            ("宣传册", "宣传册"),
            ("1份", "1份"),
            ("照片(含合影3张)", "照片(含合影3张)"),
            ("方案第一期", "方案第一期"),
        ] {
            assert_eq!(without_amount(kind), name);
        }
    }

    #[test]
    fn files_and_photos_are_read_from_sentences() {
        assert_eq!(file_names("附件：现场照片.JPG、通知(1).pdf；照片5张"), ["现场照片.JPG", "通知(1).pdf"]);
        assert_eq!(file_names("现场.jpg《方案》．pdf"), ["现场.jpg", "方案.pdf"], "without a mark between them");
        assert_eq!(file_names("1.通知2份 2.照片"), [""; 0], "numbers are no endings");
        assert_eq!((photos("通知1份、照片5张"), photos("１２张照片"), photos("通知5张")), (Some(5), Some(12), None));
    }

    #[test]
    fn a_mark_or_an_amount_says_what_its_heading_names() {
        for given in
            ["有", "是", "已有", "已附", "附", "见附件", "已提供", "齐全", "√", "✓", "✔", "☑", "3张", "三张", "12"]
        {
            assert_eq!(under("照片", given), format!("{given} 照片"));
        }
        for given in ["张", "3张图", "无", "已附照片", "第3张", ""] {
            assert_eq!(under("照片", given), given);
        }
        assert_eq!(
            (under("佐证材料（照片）", "有"), under("照片（5张）", "有")),
            ("有 照片)".into(), "有 照片".into())
        );
        assert!(is_kind("照片") && is_kind("有无照片") && !is_kind("照片情况") && !is_kind("佐证材料"));
    }
}
