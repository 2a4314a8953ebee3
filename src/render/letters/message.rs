//! 通知/<单位>.txt: the notice in a few sentences, to be sent as a message.

use std::collections::BTreeSet;

use anyhow::Result;

use super::owing::{Owing, Step, overdue};
use super::{listed, to_do, unusable, work_name};
use crate::basis::Lang;
use crate::basis::calendar::format::moment_words;
use crate::outcome::Outcome;
use crate::render::{Output, RenderInput, Shelf};

/// The most task codes named.
const MOST_CODES: usize = 8;

/// The output.
pub struct Messages;

impl Output for Messages {
    fn render(&self, from: RenderInput<'_>, to: &dyn Shelf) -> Result<()> {
        let all = Owing::all(from.outcome, from.figures);
        // with a byte order mark, which the editor of older Windows systems needs
        let text = |owing: &Owing<'_>| format!("\u{feff}{}\r\n", write(from.outcome, owing)).into_bytes();
        all.iter().try_for_each(|owing| {
            let text = text(owing);
            let of = blake3::hash(&text).to_string();
            to.put_made(&format!("通知/{}.txt", owing.file), &of, &mut |to| Ok(to.write_all(&text)?))
        })
    }
}

fn write(outcome: &Outcome, owing: &Owing<'_>) -> String {
    let (settings, lang) = (&outcome.settings, outcome.settings.lang);
    let office = &settings.office;
    let sender = if office.name.is_empty() { work_name(outcome) } else { &office.name };
    let unit = &outcome.division.unit(owing.unit).name;
    let (period, due) = (outcome.window.full_words(lang), moment_words(outcome.due, lang));
    let by = to_do::limit(&to_do::of(outcome, owing), owing.step, lang);
    let is = if outcome.as_of > outcome.due { "was" } else { "is" };
    let said = owing.open(outcome, |_, tasks| {
        let mut codes: Vec<&str> = tasks.iter().map(|task| task.code.as_str()).collect();
        let mut known = BTreeSet::new();
        codes.retain(|code| known.insert(*code));
        let codes = listed(&codes, MOST_CODES, ("项", "tasks"), lang);
        if codes.is_empty() { codes } else { lang.pick(format!("（{codes}）"), format!(" ({codes})")) }
    });
    let over = owing.gaps.iter().filter(|gap| overdue(outcome, gap).is_some()).count();
    let asked = match (owing.step, lang) {
        (Step::Remind, Lang::Zh) if owing.is_only_late() => "今后请按时报送；收到时间有出入的，请联系核对".to_owned(),
        (Step::Remind, Lang::En) if owing.is_only_late() => "Please be in time next period".to_owned(),
        (Step::Remind, Lang::Zh) if owing.soon.is_empty() => format!("请{by}前完成并报送"),
        (Step::Remind, Lang::En) if owing.soon.is_empty() => format!("Please finish by {by} and report it"),
        (Step::Remind, Lang::Zh) => format!("请{by}前报送，本期确无工作的报送零报告"),
        (Step::Remind, Lang::En) => format!("Please report by {by}; without any work send a nil report"),
        (Step::Call, Lang::Zh) if owing.missing().next().is_none() => format!("请{by}前补正后重新报送"),
        (Step::Call, Lang::En) if owing.missing().next().is_none() => format!("Please correct and send again by {by}"),
        (Step::Call, Lang::Zh) if owing.faulty().next().is_none() => {
            format!("请{by}前补报，本期确无工作的报送零报告")
        }
        (Step::Call, Lang::Zh) => format!("请{by}前补报、补正，本期确无工作的报送零报告"),
        (Step::Call, Lang::En) => format!("Please report or correct by {by}; without any work send a nil report"),
        (Step::Rectify, Lang::Zh) => {
            format!("其中{over}项已跨报告期未办结，请{by}前整改到位并书面说明原因")
        }
        (Step::Rectify, Lang::En) => {
            format!("{over} of them stand since an earlier period: rectify by {by} and give the reason in writing")
        }
    };
    // A message holds little: further files and reasons stand in the notice.
    let unusable = unusable::all(outcome, owing).into_iter().take(2).map(|files| {
        let (names, why) = (files.names(outcome, 2), &files.why);
        lang.pick(format!("{names}不能使用：{why}。"), format!(" {names} could not be used: {why}."))
    });
    let unusable: String = unusable.collect();
    let contact = [
        (&office.contact, lang.pick("联系人：", "contact: ")),
        (&office.phone, lang.pick("联系电话：", "telephone: ")),
    ];
    let contact = contact.iter().filter(|(value, _)| !value.is_empty()).map(|(value, name)| format!("{name}{value}"));
    let contact = contact.collect::<Vec<_>>().join(lang.pick("，", ", "));
    match lang {
        Lang::Zh => {
            let contact = if contact.is_empty() { contact } else { format!("{contact}。") };
            format!("【{sender}】{unit}：{period}工作台账应于{due}前报送，你单位有{said}。{unusable}{asked}。{contact}")
        }
        Lang::En => {
            let contact = if contact.is_empty() { contact } else { format!(" {contact}.") };
            format!(
                "[{sender}] {unit}: the ledger of {period} {is} due {due}. Open: {said}.{unusable} {asked}.{contact}"
            )
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::basis::calendar::Weekend;
    use crate::check::fixture;
    use crate::outcome::Figures;

    /// The first message about a drawing, from “你单位有” on.
    fn message(drawing: &str, weekend: Weekend) -> String {
        let mut outcome = fixture::outcome(drawing);
        outcome.settings.due.weekend = weekend;
        let figures = Figures::of(&outcome);
        let told = write(&outcome, &Owing::all(&outcome, &figures)[0]);
        told.split_once("你单位有").expect("what is open").1.to_owned()
    }

    #[test]
    fn a_reminder_counts_each_item_once_and_names_its_own_due_time() {
        let silent = "
            as-of 2014-09-04 12:00
            division | 1-1 广告整治 | 综合科
            division | 1-2 环境整治 | 综合科
            ";
        let asked = "前报送，本期确无工作的报送零报告。";
        let told = message(silent, Weekend::None);
        assert_eq!(told, format!("2项即将到期（1-1、1-2）。请于2014年9月5日17时{asked}"));
        let extended = "waiver | 1-2 | 综合科 | 类型=延期 | 截止日期=2014-09-06";
        let told = message(&format!("{silent}{extended}"), Weekend::None);
        assert_eq!(told, format!("2项即将到期（1-1、1-2）。请分别于2014年9月5日17时、2014年9月6日{asked}"));
        let deadline = silent.replace("广告整治 | 综合科", "广告整治 | 综合科 | 完成时限=2014年9月7日");
        let told = message(&deadline, Weekend::None);
        assert_eq!(told, format!("2项即将到期（1-1、1-2）。请于2014年9月5日17时{asked}"));
    }

    #[test]
    fn a_deadline_is_reminded_of_by_its_own_day() {
        let came = "
            division | 1-1 广告整治 | 综合科 | 完成时限=2014年9月8日
            --- 综合科.xlsx
            任务编号 | 工作任务 | 完成情况
            '1-1 | 广告整治 | 正在推进
            ";
        assert_eq!(message(came, Weekend::None), "1项即将到期（1-1）。请于2014年9月8日前完成并报送。");
    }

    #[test]
    fn a_limit_is_a_working_day_and_not_before_an_extension() {
        // 2014-09-14 is a Sunday
        let drawing = "
            as-of 2014-09-11
            division | 1-1 广告整治 | 综合科
            division | 1-2 志愿服务 | 综合科 | 考核指标=次数≥3/月
            waiver | 1-2 | 综合科 | 类型=延期 | 截止日期=2014-09-20
            --- 综合科.xlsx
            任务编号 | 工作任务 | 完成情况 | 日期
            '1-2 | 志愿服务 | 已完成 | 2014-08-20
            ";
        let limit = |weekend| message(drawing, weekend).split_once("请").expect("a demand").1.to_owned();
        let asked = "前补报、补正，本期确无工作的报送零报告。";
        assert_eq!(limit(Weekend::None), format!("分别于2014年9月14日17时、2014年9月20日{asked}"));
        assert_eq!(limit(Weekend::Later), format!("分别于2014年9月15日17时、2014年9月20日{asked}"));
    }
}
