//! The settings of a campaign: defaults < the division's 参数 sheet < `taizhang.toml` < switches. Every value is checked,
//! and all errors are collected.

mod setting_value;
mod keys;

use std::fmt::Write as _;

use self::keys::{KEYS, key, nearest};
use self::setting_value::SettingValue;
use crate::basis::Bilingual;
use crate::basis::place::{Area, Place, Traced};
use crate::basis::settings::Settings;
use crate::check::KINDS;

/// Values from one source, before they are checked.
#[derive(Clone, Debug, Default)]
pub struct Layer(Vec<GivenValue>);

/// A value as given.
#[derive(Clone, Debug)]
struct GivenValue {
    /// Where it was given, for messages.
    at: String,
    /// For a value of 参数, its cell.
    place: Option<Place>,
    name: String,
    value: SettingValue,
}

/// An error in a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Complaint {
    /// Where: file and key, or file and cell.
    pub at: String,
    /// For a value of 参数, its cell.
    pub place: Option<Place>,
    /// The value, or the name if that is unknown.
    pub seen: String,
    /// What is wrong.
    pub what: Bilingual,
}

impl Layer {
    /// Reads `taizhang.toml`; `name` is used for the file in messages.
    ///
    /// # Errors
    /// When it is not valid TOML.
    pub fn toml(text: &str, name: &str) -> Result<Layer, Box<Complaint>> {
        let table: toml::Table = text.parse().map_err(|error: toml::de::Error| {
            let line = error.span().map_or(1, |span| text[..span.start.min(text.len())].lines().count().max(1));
            let why = error.message().to_owned();
            Box::new(Complaint {
                at: format!("{name}:{line}"),
                place: None,
                seen: String::new(),
                what: Bilingual::new(format!("设置文件写法有误：{why}"), format!("not valid TOML: {why}")),
            })
        })?;
        let mut layer = Layer::default();
        for (name_of, value) in table {
            match value {
                toml::Value::Table(inner) => {
                    for (inner_name, value) in inner {
                        let full = format!("{name_of}.{inner_name}");
                        let at = format!("{name} [{name_of}] {inner_name}");
                        layer.0.push(GivenValue { at, place: None, name: full, value: SettingValue::Toml(value) });
                    }
                }
                value => {
                    let at = format!("{name} {name_of}");
                    layer.0.push(GivenValue { at, place: None, name: name_of, value: SettingValue::Toml(value) });
                }
            }
        }
        Ok(layer)
    }

    /// The values of the sheet 参数; `division` is the file name.
    pub fn parameters(parameters: &[Traced<(String, String)>], division: &str) -> Layer {
        let place = |area: Option<Area>| area.map(|area| format!(" {area}")).unwrap_or_default();
        Layer(
            parameters
                .iter()
                .filter(|given| !given.value.1.trim().is_empty())
                .map(|given| {
                    let (name, value) = &given.value;
                    GivenValue {
                        at: format!("{division} 参数{}", place(given.place.area)),
                        place: Some(given.place),
                        name: name.clone(),
                        value: SettingValue::Text(value.clone()),
                    }
                })
                .collect(),
        )
    }

    /// Adds the value of a switch.
    pub fn switch(&mut self, name: &str, value: Option<&str>) {
        if let Some(value) = value {
            self.0.push(GivenValue {
                at: format!("--{}", name.replace('_', "-")),
                place: None,
                name: name.to_owned(),
                value: SettingValue::Text(value.to_owned()),
            });
        }
    }

    /// Applies the values in order; invalid ones are added to `complaints` and change nothing.
    pub fn apply(&self, settings: &mut Settings, complaints: &mut Vec<Complaint>) {
        for GivenValue { at, place, name, value } in &self.0 {
            let what = match (key(name), severity_code(name), grade(name)) {
                (Some(key), ..) => (key.set)(settings, value).err(),
                (None, None, Some(grade)) => match value.share() {
                    Ok(share) => {
                        settings.grades.insert(grade.to_owned(), share);
                        None
                    }
                    Err(what) => Some(what),
                },
                (None, Some(code), _) => match value.severity() {
                    Ok(severity) => {
                        settings.severity.insert(code.to_owned(), severity);
                        None
                    }
                    Err(what) => Some(what),
                },
                (None, None, None) => {
                    let what = unknown(name, place.is_some());
                    complaints.push(Complaint { at: at.clone(), place: *place, seen: name.clone(), what });
                    continue;
                }
            };
            if let Some(Bilingual { zh, en }) = what {
                let shown = value.shown();
                let what = Bilingual::new(format!("“{shown}”不能用：{zh}"), format!("“{shown}” cannot be used: {en}"));
                complaints.push(Complaint { at: at.clone(), place: *place, seen: shown, what });
            }
        }
    }
}

/// The finding code in `severity.D409` (or `D409` in 参数).
fn severity_code(name: &str) -> Option<&'static str> {
    let code = name.strip_prefix("severity.").unwrap_or(name);
    KINDS.iter().map(|kind| kind.code).find(|known| known.eq_ignore_ascii_case(code))
}

/// The grade in `grades.基本符合` (in 参数: `等次.基本符合`).
fn grade(name: &str) -> Option<&str> {
    let grade = name.strip_prefix("grades.").or_else(|| name.strip_prefix("等次."))?.trim();
    (!grade.is_empty()).then_some(grade)
}

/// The error for an unknown name, with the most similar known names as a suggestion. `sheet`: the name is from 参数,
/// where names are Chinese.
fn unknown(name: &str, sheet: bool) -> Bilingual {
    let near = match name.strip_prefix("severity.") {
        Some(code) => nearest(code, KINDS.iter().map(|kind| kind.code)),
        None if sheet && !name.is_ascii() => nearest(name, KEYS.iter().flat_map(|key| key.chinese.iter().copied())),
        None => nearest(name, KEYS.iter().map(|key| key.name)),
    };
    let (mut zh, mut en) = (format!("没有“{name}”这一项设置"), format!("there is no setting “{name}”"));
    if !near.is_empty() {
        let _ = write!(zh, "，是否应为“{}”？", near.join("”或“"));
        let _ = write!(en, "; did you mean “{}”?", near.join("” or “"));
    }
    Bilingual::new(zh, en)
}

/// The settings file written by `init`: every setting with its default, commented out so that 参数 applies.
pub const COMMENTED: &str = include_str!("taizhang.toml");

#[cfg(test)]
mod tests {
    use super::*;
    use crate::basis::Lang;
    use crate::basis::place::{Place, SourceId};

    fn settled(text: &str) -> (Settings, Vec<Complaint>) {
        let (mut settings, mut complaints) = (Settings::default(), Vec::new());
        Layer::toml(text, "taizhang.toml").expect("valid toml").apply(&mut settings, &mut complaints);
        (settings, complaints)
    }

    /// The settings file with all settings uncommented.
    fn uncommented() -> String {
        let lines = COMMENTED.lines().map(|line| match line.strip_prefix("# ") {
            Some(setting) if setting.parse::<toml::Table>().is_ok_and(|table| !table.is_empty()) => setting,
            _ => line,
        });
        lines.flat_map(|line| [line, "\n"]).collect()
    }

    #[test]
    fn the_file_of_init_states_the_defaults_and_sets_none() {
        assert_eq!(settled(COMMENTED), (Settings::default(), vec![]));
        assert!(Layer::toml(COMMENTED, "taizhang.toml").expect("valid toml").0.is_empty());
        assert_eq!(settled(&uncommented()), (Settings::default(), vec![]));
    }

    #[test]
    fn every_setting_stands_in_the_file_of_init() {
        for key in KEYS {
            let name = key.name.rsplit('.').next().unwrap_or_default();
            assert!(COMMENTED.contains(&format!("{name} ")) || key.name == "output.folder", "{}", key.name);
        }
    }

    #[test]
    fn only_a_name_that_is_near_is_suggested() {
        let told = |name: &str, sheet| unknown(name, sheet).zh;
        assert!(told("满份值", true).ends_with("设置"), "{}", told("满份值", true));
        assert!(told("标提", true).ends_with("设置"));
        assert!(told("报送时间", true).ends_with("是否应为“报送时限”？"), "{}", told("报送时间", true));
        assert!(told("首个单位牵头人", true).ends_with("是否应为“首个单位牵头”？"));
        assert!(told("titel", false).ends_with("是否应为“title”？"));
        assert!(told("收件人", false).ends_with("设置"), "in the file names are English");
    }

    #[test]
    fn all_complaints_are_collected_and_name_the_nearest_key() {
        let (settings, complaints) =
            settled("titel = 'x'\ndue_soon = -1\nweekend = 'sometimes'\n[fonts]\nbodi = ['a']\n");
        assert_eq!(settings, Settings::default());
        let all: Vec<_> = complaints.iter().map(|c| c.what.in_lang(Lang::En)).collect();
        assert_eq!(all.len(), 4, "{all:?}");
        assert!(all.iter().any(|text| text.ends_with("did you mean “title”?")), "{all:?}");
        assert!(all.iter().any(|text| text.ends_with("did you mean “fonts.body”?")), "{all:?}");
        assert!(complaints.iter().any(|c| c.at == "taizhang.toml [fonts] bodi"));
    }

    #[test]
    fn an_empty_text_means_none_where_there_may_be_none() {
        let office = "[office]\nname = ''\ndocument_mark = ' '\ncontact = ''\nphone = ''\nseal_name = ''";
        let (settings, complaints) = settled(&format!("form = ''\n{office}"));
        assert_eq!((settings, complaints), (Settings::default(), vec![]));
        let (settings, complaints) = settled("output = {folder = 'o', form = ''}");
        assert_eq!((settings.form, complaints), (None, vec![]));
        let (settings, complaints) = settled("title = ''\ndivision = ''\ninbox = ''\nwindow = ''\nform = 3");
        assert_eq!((settings, complaints.len()), (Settings::default(), 5));
    }

    #[test]
    fn a_file_that_is_no_toml_names_its_line() {
        let complaint = Layer::toml("title = 'x'\ndue = = 3\n", "taizhang.toml").expect_err("not toml");
        assert_eq!(complaint.at, "taizhang.toml:2");
    }

    #[test]
    fn the_sheet_gives_values_in_chinese_and_the_file_wins() {
        let place = Place::cell(SourceId::DIVISION, 3, 1, 1);
        let sheet =
            [("标题", "某市台账"), ("遇周末", "顺延"), ("满分", "１０６"), ("首个单位牵头", "是"), ("备用", "")]
                .map(|(name, value)| Traced { value: (name.to_owned(), value.to_owned()), place });
        let (mut settings, mut complaints) = (Settings::default(), Vec::new());
        Layer::parameters(&sheet, "任务分工.xlsx").apply(&mut settings, &mut complaints);
        Layer::toml("full_marks = 100", "taizhang.toml").expect("toml").apply(&mut settings, &mut complaints);
        assert_eq!(complaints, []);
        assert_eq!((settings.title.as_str(), settings.lead_is_first_unit), ("某市台账", true));
        assert_eq!(settings.due.weekend, crate::basis::calendar::Weekend::Later);
        assert!((settings.full_marks - 100.0).abs() < f64::EPSILON);
    }

    #[test]
    fn grades_are_worth_a_share() {
        let (settings, complaints) = settled("[grades]\n'基本符合' = 0.5\n'良好' = '80%'\n'优秀' = 1\n'较差' = 3");
        let told: Vec<_> = settings.grades.iter().map(|(name, share)| format!("{name} {share}")).collect();
        assert_eq!(told, ["不符合 0", "优秀 1", "基本符合 0.5", "符合 1", "良好 0.8"]);
        assert_eq!(complaints.iter().map(|c| c.at.as_str()).collect::<Vec<_>>(), ["taizhang.toml [grades] 较差"]);
    }

    #[test]
    fn due_times_and_moments() {
        let (settings, complaints) =
            settled("due = '-1d 9:30'\nas_of = 2014-09-05T16:00:00\noutput = {folder='o', form='f.xlsx'}");
        assert_eq!(complaints, []);
        assert_eq!((settings.due.days, settings.due.clock.to_string().as_str()), (-1, "09:30:00"));
        assert_eq!(settings.as_of.expect("given").to_string(), "2014-09-05 16:00:00");
        assert_eq!((settings.output.as_str(), settings.form.as_deref()), ("o", Some("f.xlsx")));
        let (settings, complaints) = settled("as_of = '2014-08-31'");
        assert_eq!((settings.as_of.expect("given").to_string().as_str(), complaints.len()), ("2014-08-31 23:59:59", 0));
    }

    #[test]
    fn dates_as_people_write_them() {
        let (settings, complaints) = settled(
            "as_of = '2014年9月5日下午4:00'\nholidays = ['2014年10月1日至3日', '2014-10-05']\n[evidence]\nfrom = '2013年9月1日'",
        );
        assert_eq!(complaints, []);
        assert_eq!(settings.as_of.expect("given").to_string(), "2014-09-05 16:00:00");
        let days: Vec<_> = settings.due.holidays.iter().map(ToString::to_string).collect();
        assert_eq!(days, ["2014-10-01", "2014-10-02", "2014-10-03", "2014-10-05"]);
        assert_eq!(settings.evidence_from.map(|day| day.to_string()).as_deref(), Some("2013-09-01"));
        let text = |written: &str| SettingValue::Text(written.into()).days().map(|days| days.len());
        assert_eq!(
            (text("2014/10/1、2014/10/2"), text("2014年10月1日、2日"), text("2014-10-01 2014-10-02")),
            (Ok(2), Ok(2), Ok(2))
        );
    }

    #[test]
    fn a_date_that_cannot_be_read_is_a_complaint_and_no_default() {
        for written in ["9月5日", "2014年9月", "2014-09-05 下班前", "2014-09-05 25:00", "昨天"] {
            let (settings, complaints) = settled(&format!("as_of = '{written}'\nholidays = ['{written}']"));
            assert_eq!((settings.as_of, complaints.len()), (None, 2), "{written}");
        }
    }
}
