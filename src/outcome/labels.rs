//! Words for states, used by all outputs.

use crate::basis::Lang;
use crate::check::FileState;
use crate::ledger::{SheetReading, Skipped, Status, Unread, WhyUnread};
use crate::obligation::{Coverage, State};
use crate::table::Furniture;

/// The state of an obligation.
pub fn state(state: State, lang: Lang) -> &'static str {
    match state {
        State::OnTime => lang.pick("按时", "on time"),
        State::Late => lang.pick("迟报", "late"),
        State::Nil => lang.pick("零报告", "nil report"),
        State::Missing => lang.pick("缺报", "missing"),
        State::Blank => lang.pick("空表", "blank form"),
        State::Unusable => lang.pick("不可用", "unusable"),
        State::Exempt => lang.pick("不涉及", "exempt"),
        State::Disputed => lang.pick("有异议", "disputed"),
        State::NotDue => lang.pick("未到期", "not due"),
    }
}

/// Why an item is unusable of which no unit is at fault (W903).
pub fn out_of_reach(lang: Lang) -> &'static str {
    lang.pick(
        "收到的文件本机没有读到，与报送单位无关",
        "what came could not be read by this machine; the unit is not at fault",
    )
}

/// The states in the order used in statistics.
pub const STATES: [State; 9] = [
    State::OnTime,
    State::Late,
    State::Nil,
    State::Disputed,
    State::Missing,
    State::Blank,
    State::Unusable,
    State::Exempt,
    State::NotDue,
];

/// The states that a table of counts shows: the usual ones, and others where they occur.
pub fn shown<'a>(counts: impl IntoIterator<Item = &'a Coverage>) -> Vec<State> {
    const USUAL: [State; 4] = [State::OnTime, State::Late, State::Nil, State::Missing];
    let counts: Vec<&Coverage> = counts.into_iter().collect();
    let occurs = |state: &State| counts.iter().any(|counts| counts.count(*state) > 0);
    STATES.into_iter().filter(|state| USUAL.contains(state) || occurs(state)).collect()
}

/// What a unit reported, in a sentence: 应报12项，实报10项（按时8项、迟报2项），缺报2项. What did not occur is not said.
pub fn counts(c: &Coverage, lang: Lang) -> String {
    let told = |states: &[State]| -> Vec<String> {
        let counted = states.iter().map(|state| (state, c.count(*state))).filter(|(_, count)| *count > 0);
        counted
            .map(|(of, count)| {
                let word = state(*of, lang);
                lang.pick(format!("{word}{count}项"), format!("{count} {word}"))
            })
            .collect()
    };
    let came = told(&[State::OnTime, State::Late, State::Nil, State::Disputed]);
    let rest = told(&[State::Missing, State::Blank, State::Unusable, State::Exempt, State::NotDue]);
    let came = match (came.is_empty(), lang) {
        (true, _) => String::new(),
        (false, Lang::Zh) => format!("（{}）", came.join("、")),
        (false, Lang::En) => format!(" ({})", came.join(", ")),
    };
    let (expected, actual) = (c.expected(), c.actual());
    let first =
        lang.pick(format!("应报{expected}项，实报{actual}项{came}"), format!("{actual} of {expected} reported{came}"));
    [first].into_iter().chain(rest).collect::<Vec<_>>().join(lang.pick("，", ", "))
}

/// A status (完成情况).
pub fn status(status: Status, lang: Lang) -> &'static str {
    match status {
        Status::Done => lang.pick("已完成", "done"),
        Status::InProgress => lang.pick("正在推进", "in progress"),
        Status::NotStarted => lang.pick("未开始", "not started"),
        Status::Continuous => lang.pick("长期坚持", "continuous"),
        Status::Nil => lang.pick("零报告", "nil report"),
        Status::Exempt => lang.pick("不涉及", "exempt"),
        Status::Disputed => lang.pick("有异议", "disputed"),
    }
}

/// The state of a file.
pub fn file_state(state: FileState, lang: Lang) -> &'static str {
    match state {
        FileState::Merged => lang.pick("已汇总", "merged"),
        FileState::Refused => lang.pick("未能使用", "refused"),
        FileState::Superseded => lang.pick("已被替换", "superseded"),
        FileState::Duplicate => lang.pick("重复文件", "duplicate"),
        FileState::Ignored => lang.pick("未计入", "ignored"),
    }
}

/// A row that is no record.
pub fn furniture(what: Furniture, lang: Lang) -> &'static str {
    match what {
        Furniture::Section => lang.pick("分节行", "section"),
        Furniture::Subtotal => lang.pick("合计行", "totals"),
        Furniture::Instruction => lang.pick("填表说明或示例", "instructions or example"),
        Furniture::Footer => lang.pick("落款行", "footer"),
        Furniture::Heading => lang.pick("重复的表头", "heading again"),
        Furniture::Numbering => lang.pick("列号行", "column numbers"),
    }
}

/// Why a region was not read.
pub fn unread(unread: &Unread, lang: Lang) -> String {
    let area = unread.area;
    let known = |found: &[String]| {
        if found.is_empty() { String::new() } else { format!("（已识别：{}）", found.join("、")) }
    };
    match &unread.why {
        WhyUnread::Lacking { found, .. } => lang.pick(
            format!("{area} 的表头缺少“工作任务”和“任务编号”{}", known(found)),
            format!("the heading {area} lacks both 工作任务 and 任务编号"),
        ),
        WhyUnread::Headless(rows) => lang.pick(
            format!("{area} 有 {rows} 行数据没有表头，也接不上前面的表"),
            format!("{area} holds {rows} rows of data without a heading"),
        ),
        WhyUnread::Other => lang.pick(
            format!("{area} 是另一种表（统计、图例、选项等），不是台账"),
            format!("{area} is a table of another kind"),
        ),
        WhyUnread::Form => {
            lang.pick(format!("{area} 是单据或登记表，不是台账"), format!("{area} is a form, no ledger"))
        }
        WhyUnread::Words => lang.pick(format!("{area} 是文字说明"), format!("{area} is text")),
        WhyUnread::OtherWindow(label) => {
            lang.pick(format!("{area} 属于 {label}，不计入本期"), format!("{area} 属于 {label}，not in this window"))
        }
        WhyUnread::Plan => lang.pick(format!("{area} 是计划，不是已做的工作"), format!("{area} is a plan, no report")),
    }
}

/// Why rows stand in 未归类 that were not read as records.
pub fn aside(unread: &Unread, lang: Lang) -> &'static str {
    match unread.why {
        WhyUnread::Lacking { .. } => {
            lang.pick("所在表的表头没有“工作任务”或“任务编号”（S12）", "the heading of its table names no task (S12)")
        }
        _ => lang.pick("没有表头，也接不上前面的表（S19）", "it has no heading and carries on no table (S19)"),
    }
}

/// Why a sheet was not read, wholly or in part; none when all of it was read.
pub fn why_unread(sheet: &SheetReading, lang: Lang) -> Option<String> {
    // the reasons of single regions are more precise than that of the sheet
    let told = |why: &&Skipped| {
        sheet.unread.is_empty()
            || !matches!(why, Skipped::NoHeading | Skipped::NotLedger | Skipped::HeadingMissing { .. })
    };
    let whole = sheet.skipped.as_ref().filter(told).map(|why| skipped(why, lang));
    let parts: Vec<String> = whole.into_iter().chain(sheet.unread.iter().map(|region| unread(region, lang))).collect();
    (!parts.is_empty()).then(|| parts.join("；"))
}

/// Why a sheet gave no ledger.
pub fn skipped(why: &Skipped, lang: Lang) -> String {
    let words = |zh: &str, en: &str| lang.pick(zh, en).to_owned();
    match why {
        Skipped::Empty => words("空工作表", "an empty sheet"),
        Skipped::Guide => words("空白表的填表说明", "the guide of a blank form"),
        Skipped::NilReport => words("没有表格，写明零报告", "no table, but a nil report in words"),
        Skipped::NoHeading => words("没有找到表头", "no heading row found"),
        Skipped::HeadingMissing { heading, .. } => lang.pick(
            format!("{heading} 的表头缺少“工作任务”和“任务编号”"),
            format!("the heading {heading} lacks both 工作任务 and 任务编号"),
        ),
        Skipped::Hidden => words("隐藏的工作表", "a hidden sheet"),
        Skipped::OtherWindow(label) => {
            lang.pick(format!("属于 {label}，不计入本期"), format!("belongs to {label}, not to this window"))
        }
        Skipped::NotLedger => words("不是台账", "no ledger"),
        Skipped::Unreadable(_) => words("此工作表读不出来", "the sheet cannot be read"),
    }
}
