//! The value of a setting as given (a TOML value, or the text of a cell or switch), and functions to read it.

use chrono::{NaiveDate, NaiveDateTime};

use crate::basis::calendar::{Cycle, DueRule, Weekend, written};
use crate::basis::finding::Severity;
use crate::basis::settings::{Keep, SecondReader};
use crate::basis::text::{fold, list};
use crate::basis::{Bilingual, Lang};

/// A value before it is checked.
#[derive(Clone, Debug)]
pub(crate) enum SettingValue {
    /// From `taizhang.toml`.
    Toml(toml::Value),
    /// From a cell of 参数 or a switch.
    Text(String),
}

type Read<T> = Result<T, Bilingual>;

impl SettingValue {
    /// The value as text.
    pub(crate) fn shown(&self) -> String {
        match self {
            SettingValue::Toml(toml::Value::String(text)) | SettingValue::Text(text) => text.clone(),
            SettingValue::Toml(other) => other.to_string(),
        }
    }

    /// Reads a non-empty text.
    pub(crate) fn text(&self) -> Read<String> {
        match self {
            SettingValue::Toml(toml::Value::String(text)) | SettingValue::Text(text) if !text.trim().is_empty() => {
                Ok(text.trim().to_owned())
            }
            _ => Err(Bilingual::new("应为文字", "expected a text")),
        }
    }

    /// Reads a text that may be empty, for none.
    pub(crate) fn optional(&self) -> Read<Option<String>> {
        match self {
            SettingValue::Toml(toml::Value::String(text)) | SettingValue::Text(text) if text.trim().is_empty() => {
                Ok(None)
            }
            _ => self.text().map(Some),
        }
    }

    /// Reads a path that may be empty, for none.
    pub(crate) fn optional_path(&self) -> Read<Option<String>> {
        self.optional()?.map(|_| self.path()).transpose()
    }

    /// Reads a path, absolute or relative to the campaign folder.
    pub(crate) fn path(&self) -> Read<String> {
        Ok(self.text()?.replace('\\', "/").trim_end_matches('/').to_owned())
    }

    /// Reads a whole number that is not negative.
    pub(crate) fn count(&self) -> Read<u32> {
        let wrong = || Bilingual::new("应为不小于 0 的整数", "expected a whole number, 0 or more");
        match self {
            SettingValue::Toml(toml::Value::Integer(n)) => u32::try_from(*n).map_err(|_| wrong()),
            other => fold(&other.shown()).parse().map_err(|_| wrong()),
        }
    }

    /// Reads a number that is not negative.
    pub(crate) fn number(&self) -> Read<f64> {
        let number = match self {
            SettingValue::Toml(toml::Value::Integer(n)) => Some(*n as f64),
            SettingValue::Toml(toml::Value::Float(n)) => Some(*n),
            other => fold(&other.shown()).parse().ok(),
        };
        number
            .filter(|n: &f64| n.is_finite() && *n >= 0.0)
            .ok_or_else(|| Bilingual::new("应为不小于 0 的数", "expected a number, 0 or more"))
    }

    /// Reads a share: 0.6 or 60%.
    pub(crate) fn share(&self) -> Read<f64> {
        let shown = fold(&self.shown());
        let percent = shown.strip_suffix('%').and_then(|number| number.parse::<f64>().ok()).map(|n| n / 100.0);
        percent
            .or_else(|| shown.parse().ok())
            .filter(|share| (0.0..=1.0).contains(share))
            .ok_or_else(|| Bilingual::new("应为 0 至 1 之间的数，如 0.6", "expected a number from 0 to 1, such as 0.6"))
    }

    /// Reads a boolean.
    pub(crate) fn truth(&self) -> Read<bool> {
        if let SettingValue::Toml(toml::Value::Boolean(truth)) = self {
            return Ok(*truth);
        }
        match fold(&self.shown()).as_str() {
            "是" | "真" | "true" | "yes" | "1" | "√" => Ok(true),
            "否" | "假" | "false" | "no" | "0" | "×" => Ok(false),
            _ => Err(Bilingual::new("应为 true 或 false（是/否）", "expected true or false")),
        }
    }

    /// Reads several texts: a TOML array, or a list in one text.
    pub(crate) fn texts(&self) -> Read<Vec<String>> {
        let texts: Vec<String> = match self {
            SettingValue::Toml(toml::Value::Array(items)) => {
                items.iter().map(|item| SettingValue::Toml(item.clone()).shown()).collect()
            }
            SettingValue::Toml(toml::Value::String(text)) | SettingValue::Text(text) => {
                list(text).into_iter().map(str::to_owned).collect()
            }
            SettingValue::Toml(_) => {
                return Err(Bilingual::new("应为列表，如 [\"…\"]", "expected a list such as [\"…\"]"));
            }
        };
        Ok(texts)
    }

    /// Reads several days with their years: a list, a range (2014年10月1日至7日).
    pub(crate) fn days(&self) -> Read<Vec<NaiveDate>> {
        let texts = match self {
            SettingValue::Toml(toml::Value::Array(_)) => self.texts()?,
            other => vec![other.shown()],
        };
        let mut days = Vec::new();
        for text in texts.iter().filter(|text| !text.trim().is_empty()) {
            // as one text, so that 2014年10月1日、2日 keeps its year; else item by item
            match written::days(text) {
                Some(all) => days.extend(all),
                None => {
                    for piece in
                        text.split(['、', '，', ',', '；', ';', '\n', ' ']).filter(|piece| !piece.trim().is_empty())
                    {
                        days.extend(written::days(piece).ok_or_else(no_day)?);
                    }
                }
            }
        }
        days.sort_unstable();
        days.dedup();
        Ok(days)
    }

    /// Reads a day with its year.
    pub(crate) fn date(&self) -> Read<NaiveDate> {
        written::full(&self.shown()).map(|(day, _)| day).ok_or_else(no_day)
    }

    /// Reads a moment; a day without a time means its last second.
    pub(crate) fn moment(&self) -> Read<NaiveDateTime> {
        written::instant(&self.shown()).ok_or_else(|| {
            Bilingual::new(
                "应为带年份的日期，可带时刻，如 2014-09-05 16:00",
                "expected a date with its year, with or without a time, such as 2014-09-05 16:00",
            )
        })
    }

    /// Reads the length of a window.
    pub(crate) fn cycle(&self) -> Read<Cycle> {
        Cycle::parse(&self.shown()).filter(|cycle| !matches!(cycle, Cycle::Day | Cycle::Once)).ok_or_else(|| {
            Bilingual::new(
                "应为 week、half-month、ten-days、month、quarter、half-year、year 之一（每周、每半月、每旬、每月、每季、每半年、每年）",
                "expected week, half-month, ten-days, month, quarter, half-year or year",
            )
        })
    }

    /// Reads a due time (`+5d 17:00`) into `rule`; weekends and holidays are separate settings.
    pub(crate) fn due(&self, rule: &mut DueRule) -> Read<()> {
        let read = DueRule::parse(&self.shown()).ok_or_else(|| {
            Bilingual::new(
                "应如 \"+5d 17:00\"：报告期结束后 5 天的 17:00",
                "expected something like \"+5d 17:00\": 17:00, five days after the window's end",
            )
        })?;
        (rule.days, rule.clock) = (read.days, read.clock);
        Ok(())
    }

    /// Reads how weekends move due times.
    pub(crate) fn weekend(&self) -> Read<Weekend> {
        Weekend::parse(&self.shown()).ok_or_else(|| {
            Bilingual::new("应为 none、earlier、later 之一（不变、提前、顺延）", "expected none, earlier or later")
        })
    }

    /// Which files are read again.
    pub(crate) fn second_reader(&self) -> Read<SecondReader> {
        match fold(&self.shown()).as_str() {
            "auto" | "自动" => Ok(SecondReader::Auto),
            "always" | "总是" => Ok(SecondReader::Always),
            "never" | "从不" => Ok(SecondReader::Never),
            _ => Err(Bilingual::new(
                "应为 auto、always、never 之一（自动、总是、从不）",
                "expected auto, always or never",
            )),
        }
    }

    /// How long things are kept: 90d, 6m, 3y, all.
    pub(crate) fn keep(&self) -> Read<Keep> {
        let text = fold(&self.shown());
        if ["all", "全部", "永久"].contains(&&*text) {
            return Ok(Keep::All);
        }
        let ending = |names: &[&str]| names.iter().find_map(|name| text.strip_suffix(name)?.trim().parse().ok());
        let read = ending(&["d", "天", "日"])
            .map(Keep::Days)
            .or_else(|| ending(&["个月", "m", "月"]).map(Keep::Months))
            .or_else(|| ending(&["y", "年"]).map(|years: u32| Keep::Months(years.saturating_mul(12))))
            .filter(|keep| ![Keep::Days(0), Keep::Months(0)].contains(keep));
        read.ok_or_else(|| {
            Bilingual::new(
                "应如 90d、6m、3y（90天、6个月、3年），或 all（全部）",
                "expected something like 90d, 6m or 3y, or all",
            )
        })
    }

    /// A language.
    pub(crate) fn lang(&self) -> Read<Lang> {
        match fold(&self.shown()).as_str() {
            "zh-cn" | "zh" | "中文" => Ok(Lang::Zh),
            "en" | "english" | "英文" => Ok(Lang::En),
            _ => Err(Bilingual::new("应为 zh-CN 或 en", "expected zh-CN or en")),
        }
    }

    /// Reads a severity.
    pub(crate) fn severity(&self) -> Read<Severity> {
        match fold(&self.shown()).as_str() {
            "error" | "强制" => Ok(Severity::Error),
            "warning" | "核实" => Ok(Severity::Warning),
            "info" | "提示" => Ok(Severity::Info),
            _ => Err(Bilingual::new(
                "应为 error、warning、info 之一（强制、核实、提示）",
                "expected error, warning or info",
            )),
        }
    }
}

fn no_day() -> Bilingual {
    Bilingual::new("应为带年份的日期，如 2014-10-01", "expected a date with its year, such as 2014-10-01")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn how_long_things_are_kept() {
        for (written, expected) in [
            ("3y", Some(Keep::Months(36))),
            ("2年", Some(Keep::Months(24))),
            ("6 m", Some(Keep::Months(6))),
            ("6个月", Some(Keep::Months(6))),
            ("90D", Some(Keep::Days(90))),
            ("90天", Some(Keep::Days(90))),
            ("all", Some(Keep::All)),
            ("全部", Some(Keep::All)),
            ("0d", None),
            ("3", None),
            ("-1y", None),
            ("soon", None),
        ] {
            assert_eq!(SettingValue::Text(written.into()).keep().ok(), expected, "{written}");
        }
    }
}
