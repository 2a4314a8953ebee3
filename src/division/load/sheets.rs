//! Identifies the sheets of a division by name; the sheet of tasks also by its content.

use super::columns;
use crate::basis::text::fold;
use crate::read::{Visibility, Workbook};
use crate::table::{RowClass, locate};

/// The sheets of a division by their number in the workbook.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Sheets {
    /// 任务分工.
    pub(super) tasks: Option<u16>,
    /// Whether its name says so.
    pub(super) named: bool,
    /// 单位名录.
    pub(super) roster: Option<u16>,
    /// 台账字段.
    pub(super) fields: Option<u16>,
    /// 参数.
    pub(super) parameters: Option<u16>,
    /// 延期豁免.
    pub(super) waiver: Option<u16>,
}

/// Finds the sheets. The tasks are in the sheet named 任务分工, else in the one that looks most like a list of tasks.
pub(super) fn find(book: &Workbook) -> Sheets {
    let roster =
        named(book, &["单位名录", "名录", "单位名单", "单位花名册", "科室名录"]).or_else(|| about(book, &["单位名录"]));
    let fields = named(book, &["台账字段", "字段"]).or_else(|| about(book, &["台账字段"]));
    let parameters = named(book, &["参数", "参数设置", "设置"]);
    let waiver =
        named(book, &["延期豁免", "延期与豁免", "延期、豁免", "豁免", "延期"]).or_else(|| about(book, &["延期豁免"]));
    let others = [roster, fields, parameters, waiver];
    let by_name =
        named(book, &["任务分工", "任务分工表", "任务分解表", "任务分解", "责任分工", "责任清单", "任务清单", "分工"])
            .or_else(|| {
                about(book, &["任务分工", "任务分解", "责任清单", "任务清单"]).filter(|at| !others.contains(&Some(*at)))
            });
    Sheets {
        tasks: by_name.or_else(|| best(book, &others)),
        named: by_name.is_some(),
        roster,
        fields,
        parameters,
        waiver,
    }
}

impl Sheets {
    /// The numbers of those there are.
    pub(super) fn all(&self) -> Vec<u16> {
        [self.tasks, self.roster, self.fields, self.parameters, self.waiver].into_iter().flatten().collect()
    }
}

/// The first sheet with one of the names; earlier names and visible sheets are preferred.
fn named(book: &Workbook, names: &[&str]) -> Option<u16> {
    let with = |name: &str, visibility| {
        book.sheets.iter().position(|sheet| sheet.visibility == visibility && fold(&sheet.name) == fold(name))
    };
    let find = |visibility| names.iter().find_map(|name| with(name, visibility));
    find(Visibility::Visible).or_else(|| find(Visibility::Hidden)).map(|at| at as u16)
}

/// The only visible sheet whose name contains one of the words: 附件1 任务分工.
fn about(book: &Workbook, words: &[&str]) -> Option<u16> {
    let visible = book.sheets.iter().enumerate().filter(|(_, sheet)| sheet.visibility == Visibility::Visible);
    let mut fitting = visible.filter(|(_, sheet)| words.iter().any(|word| fold(&sheet.name).contains(word)));
    fitting.next().filter(|_| fitting.next().is_none()).map(|(at, _)| at as u16)
}

/// The sheet that looks most like a list of tasks: most columns understood, then most rows.
fn best(book: &Workbook, others: &[Option<u16>]) -> Option<u16> {
    let lexicon = columns::task::columns();
    let score = |number: u16| {
        let sheet = &book.sheets[number as usize];
        let tables = locate(sheet, &book.texts, &lexicon);
        let columns = tables.iter().map(|t| t.columns.iter().filter(|c| c.field.is_some()).count()).max()?;
        let rows = tables.iter().flat_map(|t| &t.rows).filter(|row| row.1 == RowClass::Data).count();
        let shown = sheet.visibility == Visibility::Visible;
        // on a tie the first sheet
        Some((rows > 0, shown, columns, rows, std::cmp::Reverse(number)))
    };
    let candidates = (0..book.sheets.len() as u16).filter(|number| !others.contains(&Some(*number)));
    candidates.filter_map(|number| Some((score(number)?, number))).max().map(|(_, number)| number)
}
