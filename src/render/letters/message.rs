//! 通知/<单位>.txt: the notice in a few sentences, to be sent as a message.

use std::collections::BTreeSet;

use anyhow::Result;

use super::owing::{Owing, Step, answer_by, overdue};
use super::{listed, to_do, work_name};
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
    let by = moment_words(answer_by(outcome), lang);
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
        (Step::Remind, Lang::Zh) => format!("请于{due}前报送，本期确无工作的报送零报告"),
        (Step::Remind, Lang::En) => format!("Please report by {due}; without any work send a nil report"),
        (Step::Call, Lang::Zh) if owing.missing().next().is_none() => format!("请于{by}前补正后重新报送"),
        (Step::Call, Lang::En) if owing.missing().next().is_none() => format!("Please correct and send again by {by}"),
        (Step::Call, Lang::Zh) if owing.faulty().next().is_none() => {
            format!("请于{by}前补报，本期确无工作的报送零报告")
        }
        (Step::Call, Lang::Zh) => format!("请于{by}前补报、补正，本期确无工作的报送零报告"),
        (Step::Call, Lang::En) => format!("Please report or correct by {by}; without any work send a nil report"),
        (Step::Rectify, Lang::Zh) => {
            format!("其中{over}项已跨报告期未办结，请于{by}前整改到位并书面说明原因")
        }
        (Step::Rectify, Lang::En) => {
            format!("{over} of them stand since an earlier period: rectify by {by} and give the reason in writing")
        }
    };
    // A message holds little: the files after the second stand in the notice.
    let unusable = to_do::unusable(outcome, owing).into_iter().take(2).map(|(file, why)| {
        lang.pick(format!("“{file}”不能使用：{why}。"), format!(" “{file}” could not be used: {why}."))
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
                "[{sender}] {unit}: the ledger of {period} was due {due}. Open: {said}.{unusable} {asked}.{contact}"
            )
        }
    }
}
