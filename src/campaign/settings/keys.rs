//! The list of settings: names, meaning, and how each is set. Used by `init`, the check for unknown keys and the 参数
//! sheet.

use super::setting_value::SettingValue;
use crate::basis::Bilingual;
use crate::basis::settings::Settings;

/// A setting.
pub(crate) struct Key {
    /// Its name in `taizhang.toml`.
    pub(crate) name: &'static str,
    /// Its names in the 参数 sheet, the usual one first.
    pub(crate) chinese: &'static [&'static str],
    /// Sets the value, or returns what was expected.
    pub(crate) set: fn(&mut Settings, &SettingValue) -> Result<(), Bilingual>,
}

macro_rules! keys {
    ($($name:literal $chinese:tt => |$settings:ident, $given:ident| $set:expr;)*) => {
        /// All settings, in the order of the settings file.
        pub(crate) static KEYS: &[Key] = &[$(Key {
            name: $name,
            chinese: &$chinese,
            set: |$settings, $given| { $set; Ok(()) },
        }),*];
    };
}

keys! {
    "title" ["标题", "台账名称", "名称"] => |s, given| s.title = given.text()?;
    "division" ["任务分工", "分工表"] => |s, given| s.division = given.path()?;
    "inbox" ["收件", "收件目录"] => |s, given| s.inbox = given.path()?;
    "output" ["输出", "输出目录"] => |s, given| s.output = given.path()?;
    "cycle" ["报告周期", "周期", "报送周期"] => |s, given| s.cycle = given.cycle()?;
    "due" ["报送时限", "截止时间", "截止"] => |s, given| given.due(&mut s.due)?;
    "weekend" ["遇周末", "周末"] => |s, given| s.due.weekend = given.weekend()?;
    "holidays" ["节假日", "放假"] => |s, given| s.due.holidays = given.days()?;
    "workdays" ["调休上班", "调休"] => |s, given| s.due.workdays = given.days()?;
    "due_soon" ["临期天数", "提前提醒天数"] => |s, given| s.due_soon = given.count()?;
    "lead_is_first_unit" ["首个单位牵头", "第一单位牵头"] => |s, given| s.lead_is_first_unit = given.truth()?;
    "full_marks" ["满分", "总分"] => |s, given| s.full_marks = given.number()?;
    "remind" ["提醒", "报送前提醒"] => |s, given| s.remind = given.truth()?;
    "rectify_windows" ["整改期数", "转整改期数"] => |s, given| s.rectify_windows = given.count()?;
    "pictures" ["附图", "汇总图片"] => |s, given| s.pictures = given.truth()?;
    "unit_sheets" ["单位分表数"] => |s, given| s.unit_sheets = given.count()?;
    "second_reader" ["复核读取", "二次读取"] => |s, given| s.second_reader = given.second_reader()?;
    "keep" ["保存期限", "保留期限"] => |s, given| s.keep = given.keep()?;
    "hidden_rows" ["读隐藏行", "隐藏行"] => |s, given| s.hidden_rows = given.truth()?;
    "language" ["语言"] => |s, given| s.lang = given.lang()?;
    "as_of" ["截至日期", "统计日期"] => |s, given| s.as_of = Some(given.moment()?);
    "window" ["报告期"] => |s, given| s.window = Some(given.text()?);
    "output.folder" ["输出文件夹"] => |s, given| s.output = given.path()?;
    "form" ["上级表样", "市级表样"] => |s, given| s.form = given.optional_path()?;
    "form_missing" ["表样列缺项", "缺项列入表样"] => |s, given| s.form_missing = given.truth()?;
    "output.form" ["上级表样文件"] => |s, given| s.form = given.optional_path()?;
    "evidence.from" ["佐证起始日期"] => |s, given| s.evidence_from = Some(given.date()?);
    "evidence.until" ["佐证截止日期"] => |s, given| s.evidence_until = Some(given.date()?);
    "evidence.months" ["佐证有效月数"] => |s, given| s.evidence_months = Some(given.count()?);
    "office.name" ["发文单位", "办公室名称"] => |s, given| s.office.name = given.optional()?.unwrap_or_default();
    "office.document_mark" ["发文字号", "文号"] => |s, given| s.office.document_mark = given.optional()?.unwrap_or_default();
    "office.contact" ["联系人"] => |s, given| s.office.contact = given.optional()?.unwrap_or_default();
    "office.phone" ["联系电话"] => |s, given| s.office.phone = given.optional()?.unwrap_or_default();
    "office.seal_name" ["印章名称", "落款"] => |s, given| s.office.seal_name = given.optional()?.unwrap_or_default();
    "fonts.title" ["标题字体"] => |s, given| s.title_fonts = fonts(given)?;
    "fonts.body" ["正文字体"] => |s, given| s.body_fonts = fonts(given)?;
}

fn fonts(given: &SettingValue) -> Result<Vec<String>, Bilingual> {
    let fonts = given.texts()?;
    if fonts.is_empty() { Err(Bilingual::new("至少写一种字体", "name at least one font")) } else { Ok(fonts) }
}

/// The setting with this English or Chinese name.
pub(crate) fn key(name: &str) -> Option<&'static Key> {
    let folded = crate::basis::text::fold(name);
    KEYS.iter().find(|key| key.name == folded || key.chinese.contains(&folded.as_str()))
}

/// The known names most similar to a mistyped one: those at the least distance, at most two; none if none is similar. A
/// Chinese name of up to three characters has no similar names, since one character makes another word.
pub(crate) fn nearest<'a>(name: &str, known: impl Iterator<Item = &'a str>) -> Vec<&'a str> {
    /// The most names suggested.
    const MOST: usize = 2;
    let length = name.chars().count();
    let most = if name.is_ascii() { length.max(3) / 2 } else { length / 4 };
    let steps = |known: &'a str| (strsim::damerau_levenshtein(name, known), known);
    let mut near: Vec<(usize, &str)> = known.map(steps).filter(|(steps, _)| *steps <= most).collect();
    near.sort_by_key(|(steps, _)| *steps);
    let least = near.first().map_or(0, |near| near.0);
    near.into_iter().take_while(|(steps, _)| *steps == least).take(MOST).map(|near| near.1).collect()
}
