//! The rules and kinds, in the order of the documentation.

use super::Rule;
use crate::basis::finding::Kind;

/// Lists the rules with their kinds, and the kinds that are not found by a rule here.
macro_rules! registry {
    (rules: $($module:ident::$rule:ident,)*; kinds: $($kind:path,)*) => {
        /// Every rule.
        pub static RULES: &[&dyn Rule] = &[$(&super::$module::$rule),*];

        /// Every kind of finding, including those of the division (P) and the run (W).
        pub static KINDS: &[&Kind] = &[$(&super::$module::KIND,)* $(&$kind),*];
    };
}

registry! {
    rules:
    f01_unreadable::Unreadable,
    f02_encrypted::Encrypted,
    f03_content_not_extension::ContentNotExtension,
    f04_format_unknown::FormatUnknown,
    f05_over_budget::OverBudget,
    f06_duplicate_file::DuplicateFile,
    f07_superseded::Superseded,
    f08_sender_unknown::SenderUnknown,
    f09_reader_stopped::ReaderStopped,
    f10_path_escape::PathEscape,
    f11_readers_disagree::ReadersDisagree,
    s10_no_ledger::NoLedger,
    s11_heading_unknown::HeadingUnknown,
    s12_heading_missing::HeadingMissing,
    s13_heading_repeated::HeadingRepeated,
    s14_form_outdated::FormOutdated,
    s15_hidden_rows::HiddenRows,
    s16_hidden_sheet::HiddenSheet,
    s17_sheet_skipped::SheetSkipped,
    s18_blank_form::BlankForm,
    s19_region_unread::RegionUnread,
    c101_required_cell::RequiredCell,
    c102_not_a_date::NotADate,
    c103_not_a_number::NotANumber,
    c104_date_outside_window::DateOutsideWindow,
    c105_not_in_list::NotInList,
    c106_formula_not_calculated::FormulaNotCalculated,
    c107_error_value::ErrorValue,
    c108_digits_lost::DigitsLost,
    c109_number_as_text::NumberAsText,
    c110_over_maximum::OverMaximum,
    r201_task_unmatched::TaskUnmatched,
    r202_unit_unknown::UnitUnknown,
    r203_status_contradicted::StatusContradicted,
    r204_duplicate_row::DuplicateRow,
    r205_not_this_units_task::NotThisUnitsTask,
    r206_problem_without_remedy::ProblemWithoutRemedy,
    r207_task_guessed::TaskGuessed,
    x301_conflicting_reports::ConflictingReports,
    x302_copied_text::CopiedText,
    x303_period_jump::PeriodJump,
    x304_total_differs::TotalDiffers,
    d401_not_submitted::NotSubmitted,
    d402_task_not_reported::TaskNotReported,
    d403_late::Late,
    d404_evidence_missing::EvidenceMissing,
    d405_evidence_file_missing::EvidenceFileMissing,
    d406_indicator_unmet::IndicatorUnmet,
    d407_cycle_unmet::CycleUnmet,
    d408_overdue::Overdue,
    d409_due_soon::DueSoon,
    d410_not_signed::NotSigned,
    d411_below_grade::BelowGrade,
    d412_received_unusable::ReceivedUnusable,
    d413_nil_report::NilReport,
    d414_problem_open::ProblemOpen,
    d415_evidence_outdated::EvidenceOutdated,
    p514_ruling_invalid::RulingInvalid,
    p515_rulings_contradict::RulingsContradict,
    w903_not_accessible::NotAccessible,
    ;
    kinds:
    crate::division::lint::task_unassigned::KIND,
    crate::division::lint::unit_not_in_roster::KIND,
    crate::division::lint::group_unexpandable::KIND,
    crate::division::lint::task_repeated::KIND,
    crate::division::lint::cycle_unknown::KIND,
    crate::division::lint::indicator_unreadable::KIND,
    crate::division::lint::marks_do_not_total::KIND,
    crate::division::lint::deadline_unreadable::KIND,
    crate::division::lint::placeholder_left::KIND,
    crate::division::lint::numbering_gap::KIND,
    crate::division::lint::name_variant::KIND,
    crate::division::lint::no_tasks::KIND,
    crate::division::lint::cell_not_understood::KIND,
    super::p516_ruling_unneeded::KIND,
    crate::division::lint::terms_differ::KIND,
    crate::division::lint::sheet_not_read::KIND,
    super::w901_tally_unbalanced::KIND,
    super::w902_output_busy::KIND,
}

/// The kind with this code; case is ignored.
pub fn kind(code: &str) -> Option<&'static Kind> {
    KINDS.iter().copied().find(|kind| kind.code.eq_ignore_ascii_case(code) || kind.name == code)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_are_found_by_code_and_name() {
        assert_eq!(kind("d402").map(|kind| kind.name), Some("task-not-reported"));
        assert_eq!(kind("task-not-reported").map(|kind| kind.code), Some("D402"));
        assert!(kind("D999").is_none());
    }

    #[test]
    fn every_rule_and_every_fault_of_a_division_is_listed_once() {
        let mut names: Vec<&str> = KINDS.iter().map(|kind| kind.name).collect();
        names.sort_unstable();
        assert!(names.windows(2).all(|pair| pair[0] != pair[1]), "a name stands twice");
        for kind in RULES.iter().map(|rule| rule.kind()).chain(crate::division::lint::KINDS.iter().copied()) {
            assert!(KINDS.iter().any(|known| known.code == kind.code), "{} is not listed", kind.code);
        }
    }

    #[test]
    fn a_kind_is_about_what_its_letter_says() {
        use crate::basis::scope::Scope;
        for kind in KINDS {
            let fits = match kind.code.as_bytes()[0] {
                b'P' => kind.scope == Scope::Division,
                b'W' => kind.scope == Scope::Run,
                // How this program reads is the office's to look into.
                _ if kind.code == "F11" => kind.scope == Scope::Run,
                _ => kind.scope.is_of_unit(),
            };
            assert!(fits, "{} is about {:?}", kind.code, kind.scope);
        }
        let whole_run: Vec<&str> =
            KINDS.iter().filter(|kind| kind.scope.needs_whole_run()).map(|kind| kind.code).collect();
        assert_eq!(whole_run, ["D401", "D402", "D403", "D407", "D408", "D409"]);
    }
}
