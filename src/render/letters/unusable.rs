//! The files of a unit that could not be used, as its letters name them.

use super::owing::Owing;
use crate::basis::finding::Severity;
use crate::basis::place::{self, SourceId};
use crate::basis::scope::GapKind;
use crate::basis::text::counting_key;
use crate::check::s10_no_ledger;
use crate::check::support::refusal;
use crate::obligation::FileState;
use crate::outcome::{Gap, Issue, Outcome};

/// So many files are named one by one.
const MOST_FILES: usize = 5;

/// Files of a unit that could not be used, and of which the same is said.
#[derive(Debug)]
pub(super) struct Unusable {
    /// Which.
    pub(super) sources: Vec<SourceId>,
    /// Why they could not be used, without a full stop.
    pub(super) why: String,
    advice: String,
}

impl Unusable {
    /// Their names in a sentence.
    pub(super) fn names(&self, outcome: &Outcome, most: usize) -> String {
        quoted(outcome, &self.sources, most)
    }

    /// The demand to send them again, with the tasks that they left open.
    pub(super) fn sent_again(&self, outcome: &Outcome, of: &str) -> String {
        let (names, why, advice) = (self.names(outcome, MOST_FILES), &self.why, &self.advice);
        outcome
            .settings
            .lang
            .pick(format!("重新报送{names}{of}：{why}；{advice}"), format!("send {names} again{of}: {why}; {advice}"))
    }
}

/// The unit's files that could not be used: those that left items open, and where items are missing all that were refused,
/// since what is missing may stand in them.
pub(super) fn all(outcome: &Outcome, owing: &Owing<'_>) -> Vec<Unusable> {
    let mut sources: Vec<SourceId> = owing.gaps.iter().filter_map(|gap| file_of(outcome, gap)).collect();
    if owing.missing().next().is_some() {
        let refused = outcome.files.iter().filter(|file| {
            file.unit == Some(owing.unit) && file.state == FileState::Refused && !file.reading.is_out_of_reach()
        });
        sources.extend(refused.map(|file| file.source.id));
    }
    sources.sort_by_cached_key(|source| (counting_key(base(outcome, *source)), *source));
    sources.dedup();
    let mut all: Vec<Unusable> = Vec::new();
    for source in sources {
        let (why, advice) = why_refused(outcome, owing, source);
        match all.iter_mut().find(|files| files.why == why && files.advice == advice) {
            Some(files) => files.sources.push(source),
            None => all.push(Unusable { sources: vec![source], why, advice }),
        }
    }
    all
}

/// The names of them all in a sentence.
pub(super) fn names(outcome: &Outcome, all: &[Unusable]) -> String {
    let sources: Vec<SourceId> = all.iter().flat_map(|files| files.sources.iter().copied()).collect();
    quoted(outcome, &sources, MOST_FILES)
}

/// The names of files in a sentence: “甲.xlsx”、“乙.xlsx”等120个文件.
fn quoted(outcome: &Outcome, sources: &[SourceId], most: usize) -> String {
    let names: Vec<String> = sources.iter().map(|source| format!("“{}”", base(outcome, *source))).collect();
    super::listed(&names, most, ("个文件", "files"), outcome.settings.lang)
}

/// The file of the unit that left an item open because it could not be used.
pub(super) fn file_of(outcome: &Outcome, gap: &Gap) -> Option<SourceId> {
    let issue =
        gap.issue.and_then(|at| outcome.issues.get(at)).filter(|_| gap.kind == GapKind::Unusable && !gap.is_of_row)?;
    let source = issue.finding.place.source;
    let file = source.0.checked_sub(1).and_then(|at| outcome.files.get(at as usize))?;
    // A table of somebody else in which the unit is named is not sent back to it.
    (file.unit == gap.unit).then_some(source)
}

/// Why a file could not be used, in one line, and what to do about it.
fn why_refused(outcome: &Outcome, owing: &Owing<'_>, source: SourceId) -> (String, String) {
    let of_file = |issue: &&Issue| issue.finding.place.source == source;
    // A hint on a part of the file (S17) says nothing of the whole.
    let about = owing.issues.iter().copied().filter(of_file).find(|issue| issue.severity >= Severity::Warning);
    let file = source.0.checked_sub(1).and_then(|at| outcome.files.get(at as usize));
    let lang = outcome.settings.lang;
    let refused = file.and_then(refusal::reason).map(|why| why.in_lang(lang).to_owned());
    let why = about
        .map(|issue| outcome.message(issue))
        .or(refused)
        .unwrap_or_else(|| lang.pick("里面没有找到台账", "no ledger was found in it").to_owned());
    let advice =
        about.map_or_else(|| s10_no_ledger::KIND.wording(lang).mend.to_owned(), |issue| outcome.advice_to_unit(issue));
    let bare = |text: String| text.trim_end_matches(['。', '.']).to_owned();
    (bare(why), bare(advice))
}

/// The name of a file without its folder.
pub(super) fn base(outcome: &Outcome, source: SourceId) -> &str {
    let file = source.0.checked_sub(1).and_then(|at| outcome.files.get(at as usize));
    let name = file.map_or("", |file| file.source.name.as_str());
    place::base(name)
}

#[cfg(test)]
mod tests {
    use super::super::to_do;
    use crate::check::fixture;
    use crate::outcome::Figures;
    use crate::render::letters::owing::Owing;

    /// What the first letter about a drawing asks for, and what its table says of the first row.
    fn asked(drawing: &str) -> (Vec<String>, Option<String>) {
        let outcome = fixture::outcome(drawing);
        let figures = Figures::of(&outcome);
        let owing = &Owing::all(&outcome, &figures)[0];
        let asked = to_do::of(&outcome, owing).into_iter().map(|one| one.what).collect();
        (asked, to_do::rows(&outcome, owing).swap_remove(0).file)
    }

    const DIVISION: &str = "
        division | 1-1 广告整治 | 综合科
        division | 1-2 环境整治 | 综合科
        ";
    const LEDGER: &str = "
        --- 综合科0.xlsx
        任务编号 | 工作任务 | 完成情况
        '1-1 | 广告整治 | 正在推进
        ";

    #[test]
    fn each_file_that_could_not_be_used_is_to_be_sent_again() {
        let again = "：文件已损坏，无法读取；请";
        let starts = |drawing: &str, wanted: &[&str]| {
            let (asked, _) = asked(drawing);
            assert_eq!(asked.len(), wanted.len(), "{asked:?}");
            for (asked, wanted) in asked.iter().zip(wanted) {
                assert!(asked.starts_with(wanted), "{asked:?}: {wanted}");
            }
        };
        let two = "--- 综合科10.xlsx damaged\n--- 综合科2.xlsx damaged";
        starts(&format!("{DIVISION}{two}"), &[&format!("重新报送“综合科2.xlsx”、“综合科10.xlsx”（1-1、1-2）{again}")]);
        let kinds = "--- 综合科1.xlsx damaged\n--- 综合科2.pdf pdf";
        starts(
            &format!("{DIVISION}{kinds}"),
            &[&format!("重新报送“综合科1.xlsx”（1-1、1-2）{again}"), "重新报送“综合科2.pdf”：这不是表格文件"],
        );
        starts(
            &format!("{DIVISION}{LEDGER}{two}"),
            &["补报（1-2）：已报的台账中没有", &format!("重新报送“综合科2.xlsx”、“综合科10.xlsx”{again}")],
        );
        // what came is all that was owed, and late
        let whole = LEDGER.replace(".xlsx", ".xlsx 2014-09-06 10:00");
        starts(&format!("{DIVISION}{whole}'1-2 | 环境整治 | 正在推进\n{two}"), &[]);
    }

    #[test]
    fn many_files_are_counted() {
        let files: String = (1..=6).map(|at| format!("\n--- 综合科{at}.xlsx damaged")).collect::<Vec<_>>().concat();
        let (asked, row) = asked(&format!("{DIVISION}{files}"));
        assert!(asked[0].contains("“综合科5.xlsx”等6个文件（1-1、1-2）"), "{asked:?}");
        let row = row.expect("told of the files");
        assert!(row.starts_with("文件“综合科1.xlsx”、") && row.contains("“综合科5.xlsx”等6个文件不能使用"), "{row}");
    }
}
