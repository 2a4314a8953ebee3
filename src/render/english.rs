//! The fixed words of the workbooks for the office in English: names of sheets, headings, titles. What has numbers in it is
//! worded where it is written.

use std::borrow::Cow;

use crate::basis::Lang;

/// The names of sheets.
const SHEETS: &[(&str, &str)] = &[
    ("封面", "Cover"),
    ("统计", "Statistics"),
    ("汇总台账", "Ledger"),
    ("资料目录", "Evidence"),
    ("未归类", "Unmatched"),
    ("来源", "Sources"),
    ("概况", "Overview"),
    ("缺项清单", "Gaps"),
    ("单位情况", "Units"),
    ("任务×单位", "Matrix"),
    ("问题清单", "Findings"),
    ("整改销号", "Closure"),
    ("认定记录", "Rulings"),
];

/// Headings, titles and other fixed words.
const WORDS: &[(&str, &str)] = &[
    ("序号", "No."),
    ("编号", "No."),
    ("任务编号", "Code"),
    ("任务类别", "Category"),
    ("工作任务", "Task"),
    ("工作标准", "Standard"),
    ("牵头领导", "Lead official"),
    ("牵头单位", "Lead unit"),
    ("责任单位", "Unit"),
    ("责任人", "Person responsible"),
    ("填报单位", "Reporting unit"),
    ("完成时限", "Deadline"),
    ("完成情况", "State"),
    ("完成日期", "Done on"),
    ("日期", "Date"),
    ("进展", "Progress"),
    ("数量", "Amount"),
    ("次数", "Times"),
    ("人数", "People"),
    ("时长", "Hours"),
    ("形式", "Form"),
    ("地点", "Place"),
    ("存在问题", "Problem"),
    ("整改措施", "Remedy"),
    ("整改时限", "Remedy due"),
    ("整改情况", "Remedy state"),
    ("佐证材料", "Evidence"),
    ("审核签字", "Signed"),
    ("得分", "Score"),
    ("联系人", "Contact"),
    ("联系电话", "Telephone"),
    ("备注", "Remarks"),
    ("填报原文", "As written"),
    ("其他栏目", "Other columns"),
    ("来源文件", "Source file"),
    ("来源工作表", "Source sheet"),
    ("来源行", "Source row"),
    ("认定", "Ruling"),
    ("未归类原因", "Why unmatched"),
    ("缺项类型", "Kind"),
    ("问题代码", "Finding"),
    ("级别", "Severity"),
    ("说明", "What is wrong"),
    ("时限", "Due"),
    ("建议", "Advice"),
    ("文件", "File"),
    ("工作表", "Sheet"),
    ("单元格", "Cell"),
    ("现值", "Seen"),
    ("应为", "Expected"),
    ("单位说明", "Answer"),
    ("变化", "Change"),
    ("排名", "Rank"),
    ("应报", "Expected"),
    ("实报", "Reported"),
    ("上报率", "Reporting rate"),
    ("及时率", "On-time rate"),
    ("实报÷应报减不涉及", "Reported ÷ expected less exempt"),
    ("按时÷应报减不涉及", "On time ÷ expected less exempt"),
    ("强制性问题", "Errors"),
    ("核实性问题", "Warnings"),
    ("提示", "Hints"),
    ("未报事项", "Items missing"),
    ("发现日期", "Found on"),
    ("首次报告", "First reported"),
    ("销号情况", "Closure"),
    ("销号日期", "Closed on"),
    ("历时（天）", "Days"),
    ("最近报告", "Last report"),
    ("类别", "Kind"),
    ("单位", "Unit"),
    ("位置", "Place"),
    ("原文", "Text"),
    ("认定为", "Ruled as"),
    ("范围", "Scope"),
    ("认定人", "By"),
    ("理由", "Reason"),
    ("有效至", "Until"),
    ("状态", "State"),
    ("用到几处", "Used at"),
    ("应有材料", "Evidence owed"),
    ("已报材料", "Evidence given"),
    ("表内图片（张）", "Pictures in the sheet"),
    ("所在文件", "File"),
    ("行", "Row"),
    ("收到时间", "Received"),
    ("处理结果", "Result"),
    ("表头位置", "Heading"),
    ("数据行", "Data rows"),
    ("记录数", "Records"),
    ("计入", "Counted"),
    ("被替换", "Replaced"),
    ("文件校验值（BLAKE3）", "Hash (BLAKE3)"),
    ("报送状态", "State"),
    ("事项数", "Items"),
    ("报告期", "Period"),
    ("任务", "Tasks"),
    ("未按要求报送", "Not reported"),
    ("迟报", "Late"),
    ("汇总记录", "Records merged"),
    ("未归类记录", "Records unmatched"),
    ("收到文件", "Files received"),
    ("收件文件", "Files in the inbox"),
    ("报送截止", "Due"),
    ("已汇总", "Merged"),
    ("未能使用", "Refused"),
    ("已被替换", "Superseded"),
    ("重复文件", "Duplicates"),
    ("未计入", "Ignored"),
    ("计入汇总", "Rows merged"),
    ("空行", "Blank"),
    ("标题、合计等", "Titles and totals"),
    ("（未分类）", "(no category)"),
    ("目  录", "Contents"),
    ("各单位台账", "Sheets of units"),
    ("编制人：", "Prepared by:"),
    ("审核人：", "Reviewed by:"),
    ("签发人：", "Approved by:"),
    ("（盖章）", "(seal)"),
    ("各状态、各单位、各类别、各牵头领导的数量和比率", "counts and rates by state, unit, category and lead official"),
    (
        "全部记录，按任务分工的顺序排列，缺项列在原位",
        "every record in the order of the division, missing items in their place",
    ),
    ("各项任务的佐证材料及其所在位置", "the evidence of each task and where it is"),
    ("没有对上任务或单位的记录", "records that belong to no task or unit"),
    ("收到的全部文件、工作表、行号和校验值", "every file received, its sheets, rows and hash"),
    ("报送情况统计", "Statistics of reports"),
    ("一、总体情况", "1. Overview"),
    ("二、各责任单位", "2. Units"),
    ("三、各任务类别", "3. Categories"),
    ("四、各牵头领导", "4. Lead officials"),
    ("五、历次报送情况", "5. Periods up to now"),
    ("佐证资料目录", "Evidence"),
    ("随台账报送的材料文件", "Files of evidence sent with the ledgers"),
    ("表内图片", "Pictures in the ledgers"),
    ("本期未见材料", "none in this period"),
    ("来源文件清单", "Files received"),
    ("一、报送情况", "1. Reports"),
    ("二、收件与核对", "2. What came, and how it was checked"),
    ("三、缺项最多的单位", "3. Units that lack most"),
    ("四、本报告的工作表", "4. Sheets of this report"),
    ("每条缺项：单位、任务、缺什么、时限、怎么办", "each gap: unit, task, what is missing, due, what to do"),
    ("各单位的应报、实报和比率，按上报率排名", "what each unit owed and reported, ranked by its rate"),
    ("每项任务、每个单位的报送状态", "the state of each task and unit"),
    ("核对中发现的全部问题及其所在单元格", "every finding and its cell"),
    ("台账报告的问题：何时发现、如何整改、何时销号", "problems that ledgers report: found, remedied, closed"),
    ("本期没有缺项。", "Nothing is missing in this period."),
    (
        "没有单位缺项；本机没有读到的文件见缺项清单。",
        "No unit lacks anything; what this machine did not read is in Gaps.",
    ),
    ("应报事项均已报送，其余见缺项清单。", "Everything was reported; the rest is in Gaps."),
    ("单位报送情况", "Units"),
    ("任务报送情况一览", "Tasks and units"),
    ("人工认定记录", "Rulings"),
];

/// A fixed word in a language; texts that are none stay as they are.
pub(super) fn word(text: &str, lang: Lang) -> &str {
    found(WORDS, text, lang).or_else(|| found(SHEETS, text, lang)).unwrap_or(text)
}

/// The name of a sheet in a language, further parts of it (…（续1）) included.
pub(super) fn sheet(name: &str, lang: Lang) -> Cow<'_, str> {
    let (base, part) = match name.split_once("（续") {
        Some((base, part)) => (base, part.strip_suffix('）')),
        None => (name, None),
    };
    match (found(SHEETS, base, lang), part) {
        (None, _) => name.into(),
        (Some(english), None) => english.into(),
        (Some(english), Some(part)) => format!("{english} ({part})").into(),
    }
}

/// The heading or sheet of our own that a text in either language names.
pub fn chinese(text: &str) -> &str {
    let of = |list: &'static [(&str, &str)]| list.iter().find(|(_, en)| *en == text).map(|(zh, _)| *zh);
    of(SHEETS).filter(|_| !WORDS.iter().any(|(_, en)| *en == text)).or_else(|| of(WORDS)).unwrap_or(text)
}

/// The sheet of our own that a name in either language means, further parts of it included; other names as they are.
pub fn chinese_sheet(name: &str) -> String {
    let further = name.strip_suffix(')').and_then(|rest| rest.rsplit_once(" ("));
    let (base, part) = further.map_or((name, None), |(base, part)| (base, Some(part)));
    let known = SHEETS.iter().find(|(_, en)| *en == base);
    known.map_or_else(|| name.to_owned(), |(zh, _)| part.map_or((*zh).to_owned(), |part| format!("{zh}（续{part}）")))
}

/// The names of sheets in both languages.
pub(super) fn sheets() -> impl Iterator<Item = &'static str> {
    SHEETS.iter().flat_map(|(zh, en)| [*zh, *en])
}

fn found(list: &'static [(&str, &str)], text: &str, lang: Lang) -> Option<&'static str> {
    if lang == Lang::Zh {
        return None;
    }
    list.iter().find(|(zh, _)| *zh == text).map(|(_, en)| *en)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fixed_words_have_one_english_word_and_other_texts_stay() {
        assert_eq!((word("责任单位", Lang::En), word("责任单位", Lang::Zh)), ("Unit", "责任单位"));
        assert_eq!(word("巡查次数", Lang::En), "巡查次数", "a field of the campaign");
        assert_eq!((&*sheet("汇总台账（续2）", Lang::En), &*sheet("办公室", Lang::En)), ("Ledger (2)", "办公室"));
        assert_eq!((&*sheet("汇总台账（续2）", Lang::Zh), chinese("Source file")), ("汇总台账（续2）", "来源文件"));
        for list in [SHEETS, WORDS] {
            for (at, (zh, en)) in list.iter().enumerate() {
                assert!(!list[..at].iter().any(|(known, _)| known == zh), "{zh} twice");
                assert!(en.is_ascii() || en.contains('÷'), "{en}");
            }
        }
    }
}
