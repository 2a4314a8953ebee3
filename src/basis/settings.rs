//! The settings of a campaign, checked and merged from `taizhang.toml`, the division's 参数 sheet and the switches.

use std::collections::BTreeMap;

use chrono::{Days, Months, NaiveDate, NaiveDateTime};
use serde::{Deserialize, Serialize};

use super::Lang;
use super::calendar::{Cycle, DueRule};
use super::finding::Severity;

/// Which files a second reader reads again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum SecondReader {
    /// Those it knows, up to 20,000 filled cells.
    Auto,
    /// Those it knows, at any size.
    Always,
    /// None.
    Never,
}

/// The office that sends letters and forms; what is empty is left to be filled by hand.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Office {
    /// Its name, as it stands in the text and where it signs.
    pub name: String,
    /// The mark that begins the numbers of its letters; without it letters bear no number.
    pub document_mark: String,
    /// Whom to ask.
    pub contact: String,
    /// The telephone number of that person.
    pub phone: String,
    /// The name on its seal, where that is another than its own.
    pub seal_name: String,
}

impl Office {
    /// The name under which it signs.
    pub fn signature(&self) -> &str {
        if self.seal_name.is_empty() { &self.name } else { &self.seal_name }
    }
}

/// How long archive, history and what people put aside are kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Keep {
    /// For ever.
    All,
    /// So many days.
    Days(u32),
    /// So many months.
    Months(u32),
}

impl Keep {
    /// What is older than this moment need not be kept; none where everything is.
    pub fn since(self, now: NaiveDateTime) -> Option<NaiveDateTime> {
        match self {
            Keep::All => None,
            Keep::Days(days) => now.checked_sub_days(Days::new(u64::from(days))),
            Keep::Months(months) => now.checked_sub_months(Months::new(months)),
        }
    }
}

/// The settings, each with its default. Names are those of `taizhang.toml`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
#[expect(clippy::struct_excessive_bools, reason = "each is a setting of its own, as the file writes it")]
pub struct Settings {
    /// The title printed on the outputs.
    pub title: String,
    /// File name of the division below the campaign folder.
    pub division: String,
    /// Folder of the submitted files.
    pub inbox: String,
    /// Folder of the outputs.
    pub output: String,
    /// The municipal office's own form, a file below the campaign folder that is filled with the results.
    pub form: Option<String>,
    /// Whether missing items have their lines in that form.
    pub form_missing: bool,
    /// Hash of that form, set when it is opened.
    #[serde(default)]
    pub form_hash: Option<String>,
    /// The length of a reporting window.
    pub cycle: Cycle,
    /// When submissions for a window are due.
    pub due: DueRule,
    /// An obligation due within so many calendar days is "due soon".
    pub due_soon: u32,
    /// Whether the first unit listed under 责任单位 leads.
    pub lead_is_first_unit: bool,
    /// The expected total of the 分值 column; 0 = not checked.
    pub full_marks: f64,
    /// Whether hidden rows of a ledger are read (S15 lists them either way).
    pub hidden_rows: bool,
    /// Whether units are sent a reminder before the due time.
    pub remind: bool,
    /// After so many windows with the same gap a reminder (催报) becomes a rectification notice (整改); 0 = never.
    pub rectify_windows: u32,
    /// Whether small pictures in ledgers are carried into the consolidated workbook.
    pub pictures: bool,
    /// With more units than this, the sheets of units are workbooks of their own.
    pub unit_sheets: u32,
    /// Which files a second reader reads again.
    pub second_reader: SecondReader,
    /// How long archive, history and what people put aside are kept.
    pub keep: Keep,
    /// The language of reports and messages.
    pub lang: Lang,
    /// The moment that replaces the clock.
    pub as_of: Option<NaiveDateTime>,
    /// The window asked for: a label or any date inside it.
    pub window: Option<String>,
    /// The share of a task's marks that a grade earns, by the name of the grade.
    pub grades: BTreeMap<String, f64>,
    /// Evidence must not be older than this day; none = not checked.
    pub evidence_from: Option<NaiveDate>,
    /// Evidence must not be newer than this day.
    pub evidence_until: Option<NaiveDate>,
    /// Without `evidence_from`: evidence must be from the last so many months up to the end of the window.
    pub evidence_months: Option<u32>,
    /// Severities that override those of the kinds, by code.
    pub severity: BTreeMap<String, Severity>,
    /// The office that sends letters and forms.
    pub office: Office,
    /// Fonts of titles in the outputs: the first is used, the rest are fallbacks.
    pub title_fonts: Vec<String>,
    /// Fonts of body text.
    pub body_fonts: Vec<String>,
}

impl Default for Settings {
    fn default() -> Settings {
        let fonts = |names: &[&str]| names.iter().map(ToString::to_string).collect();
        Settings {
            title: "全国文明城市创建工作台账".into(),
            division: "任务分工.xlsx".into(),
            inbox: "收件".into(),
            output: "输出".into(),
            form: None,
            form_missing: true,
            form_hash: None,
            cycle: Cycle::Month,
            due: DueRule::default(),
            due_soon: 3,
            lead_is_first_unit: false,
            full_marks: 100.0,
            hidden_rows: true,
            remind: true,
            rectify_windows: 1,
            pictures: true,
            unit_sheets: 200,
            second_reader: SecondReader::Auto,
            keep: Keep::Months(36),
            lang: Lang::Zh,
            as_of: None,
            window: None,
            grades: [("符合", 1.0), ("基本符合", 0.6), ("不符合", 0.0)]
                .map(|(name, share)| (name.into(), share))
                .into(),
            evidence_from: None,
            evidence_until: None,
            evidence_months: None,
            severity: BTreeMap::new(),
            office: Office::default(),
            title_fonts: fonts(&["方正小标宋简体", "黑体", "Noto Serif CJK SC"]),
            body_fonts: fonts(&["仿宋_GB2312", "仿宋", "宋体", "Noto Serif CJK SC"]),
        }
    }
}
