//! 通知/<单位>.docx: what a unit has not submitted. A reminder before the due time, a demand (催报) after it, a
//! rectification notice (整改) when an item stays open for more than a window.

mod tables;

use anyhow::Result;

use super::owing::{Owing, Step, overdue};
use super::{day, numeral, to_do, work_name};
use crate::basis::Lang;
use crate::basis::calendar::format::moment_words;
use crate::division::{Task, Terms};
use crate::outcome::Outcome;
use crate::render::docx::{Letter, Line};
use crate::render::{Output, RenderInput, Shelf, each};

/// The most rows of a table and lines of a notice; it refers to the report for the rest.
const MOST_ROWS: usize = 200;

/// The output.
pub struct Notices;

impl Output for Notices {
    fn render(&self, from: RenderInput<'_>, to: &dyn Shelf) -> Result<()> {
        each(&Owing::all(from.outcome, from.figures), |owing| {
            let notice = Notice { outcome: from.outcome, owing, lang: from.outcome.settings.lang };
            let package = notice.write().package();
            let path = format!("通知/{}.docx", owing.file);
            to.put_made(&path, &package.digest(), &mut |to| Ok(to.write_all(&package.bytes()?)?))
        })
        .map(drop)
    }
}

/// A notice being written.
struct Notice<'a> {
    outcome: &'a Outcome,
    owing: &'a Owing<'a>,
    lang: Lang,
}

impl Notice<'_> {
    fn write(&self) -> Letter {
        let (outcome, lang) = (self.outcome, self.lang);
        let unit = outcome.division.unit(self.owing.unit);
        let number = self.owing.number(outcome);
        let mut letter = Letter::new(&outcome.settings, outcome.as_of);
        if let Some(number) = &number {
            letter.line(Line::Right, number);
        }
        letter.line(Line::Title, &self.title());
        letter.line(Line::Left, &format!("{}{}", unit.name, lang.pick("：", ":")));
        letter.line(Line::Body, &self.opening());
        let mut sections = 0;
        let mut heading = |letter: &mut Letter, text: &str| {
            sections += 1;
            letter.line(Line::Heading, &format!("{}{}{text}", numeral(sections, lang), lang.pick("、", ". ")));
        };
        let to_do = to_do::of(outcome, self.owing);
        if !to_do.is_empty() {
            heading(&mut letter, lang.pick("需要办理的事项", "To do"));
            for line in to_do::lines(&to_do, lang).iter().take(MOST_ROWS) {
                letter.line(Line::Body, line);
            }
            self.beyond(&mut letter, to_do.len(), lang.pick("问题清单", "Findings"));
        }
        if !self.owing.gaps.is_empty() {
            heading(&mut letter, &self.gaps_heading());
            self.gaps(&mut letter);
        }
        if !self.owing.soon.is_empty() {
            heading(&mut letter, lang.pick("即将到期的事项", "Due soon"));
            self.soon(&mut letter);
        }
        heading(&mut letter, lang.pick("有关要求", "What is asked"));
        let requirements = self.requirements(&to_do::limit(&to_do, self.owing.step, lang));
        for (at, text) in requirements.iter().enumerate() {
            // the signature stands with some of the text
            letter.keep(at + 1 == requirements.len());
            let number = numeral(at + 1, lang);
            letter.line(Line::Body, &lang.pick(format!("（{number}）{text}"), format!("({number}) {text}")));
        }
        letter.gap();
        letter.signature(outcome.settings.office.signature(), &day(outcome.as_of.date(), lang));
        letter.keep(false);
        letter.line(Line::Body, &self.contact());
        letter.cut_line();
        letter.keep(true);
        self.receipt(&mut letter, number);
        letter
    }

    /// What a task asks of the unit.
    fn terms<'t>(&self, task: &'t Task) -> &'t Terms {
        task.terms(self.owing.unit)
    }

    fn title(&self) -> String {
        let period = self.outcome.window.full_words(self.lang);
        let only_faulty = self.owing.missing().next().is_none();
        match (self.owing.step, self.lang) {
            (Step::Remind, Lang::Zh) if self.owing.is_only_late() => format!("关于{period}工作台账迟报的提醒"),
            (Step::Remind, Lang::En) if self.owing.is_only_late() => format!("The ledger of {period} came late"),
            (Step::Remind, Lang::Zh) if self.owing.soon.is_empty() => format!("关于{period}工作任务即将到期的提醒"),
            (Step::Remind, Lang::En) if self.owing.soon.is_empty() => {
                format!("Reminder: tasks of {period} are due soon")
            }
            (Step::Remind, Lang::Zh) => format!("关于按时报送{period}工作台账的提醒"),
            (Step::Remind, Lang::En) => format!("Reminder: the ledger of {period} is due"),
            (Step::Call, Lang::Zh) if only_faulty => format!("关于补正{period}工作台账的通知"),
            (Step::Call, Lang::En) if only_faulty => format!("The ledger of {period} is to be corrected"),
            (Step::Call, Lang::Zh) => format!("关于催报{period}工作台账的通知"),
            (Step::Call, Lang::En) => format!("The ledger of {period} is overdue"),
            (Step::Rectify, Lang::Zh) => format!("关于限期整改{period}工作台账报送问题的通知"),
            (Step::Rectify, Lang::En) => format!("Rectification: the ledger of {period}"),
        }
    }

    fn opening(&self) -> String {
        let (outcome, lang) = (self.outcome, self.lang);
        let period = outcome.window.full_words(lang);
        // a letter stands for its day: with a clock time in it each run would make every letter anew
        let (due, as_of) = (moment_words(outcome.due, lang), day(outcome.as_of.date(), lang));
        let c = &self.owing.coverage;
        let (expected, actual) = (c.expected(), c.actual());
        let open = self.owing.open(outcome, |_, _| String::new());
        let work = work_name(outcome);
        let over = self.owing.gaps.iter().filter(|gap| overdue(outcome, gap).is_some()).count();
        let is = if outcome.as_of > outcome.due { "was" } else { "is" };
        let first = match lang {
            Lang::Zh => format!("按照{work}任务分工，{period}工作台账应于{due}前报送。截至{as_of}，你单位"),
            Lang::En => format!("By the division of {work}, the ledger of {period} {is} due {due}. As of {as_of} you"),
        };
        let counted = match (expected, lang) {
            (0, Lang::Zh) => String::new(),
            (0, Lang::En) => " still".to_owned(),
            (_, Lang::Zh) => format!("应报{expected}项，实报{actual}项，"),
            (_, Lang::En) => format!(" reported {actual} of {expected} items and still"),
        };
        match (self.owing.step, lang) {
            (Step::Remind, Lang::Zh) => format!("{first}{counted}有{open}。现提醒如下。"),
            (Step::Remind | Step::Call, Lang::En) => format!("{first}{counted} have: {open}."),
            (Step::Call, Lang::Zh) => format!("{first}{counted}有{open}。现将有关事项通知如下。"),
            (Step::Rectify, Lang::Zh) => {
                format!("{first}{counted}有{open}，其中{over}项已跨报告期仍未办结。请限期整改，现将有关事项通知如下。")
            }
            (Step::Rectify, Lang::En) => {
                format!("{first}{counted} have: {open}; {over} of them stand since an earlier period.")
            }
        }
    }

    fn gaps_heading(&self) -> String {
        let (owing, lang) = (self.owing, self.lang);
        let kinds = [
            (owing.missing().next(), "未报", "not reported"),
            (owing.faulty().next(), "需要补正", "to be corrected"),
            (owing.overdue().next(), "超过时限未完成", "past their deadline"),
        ];
        let told: Vec<&str> =
            kinds.into_iter().filter(|(gap, ..)| gap.is_some()).map(|(_, zh, en)| lang.pick(zh, en)).collect();
        match (told.split_last(), owing.late().next()) {
            (None, Some(_)) => lang.pick("迟报的具体情况", "What came late").to_owned(),
            (None, None) => lang.pick("即将到完成时限的任务", "Deadlines that are near").to_owned(),
            (Some((last, [])), _) => lang.pick(format!("{last}的具体情况"), format!("What is {last}")),
            (Some((last, others)), _) => {
                let others = others.join(lang.pick("、", ", "));
                lang.pick(format!("{others}和{last}的具体情况"), format!("What is {others} and {last}"))
            }
        }
    }

    /// What the unit is asked to do, and `by` when.
    fn requirements(&self, by: &str) -> Vec<String> {
        let lang = self.lang;
        let only_faulty = self.owing.missing().next().is_none();
        let mut told: Vec<String> = match (self.owing.step, lang) {
            (Step::Remind, Lang::Zh) if self.owing.is_only_late() => vec![
                "请在以后各报告期按时报送；确有困难的，在时限前说明原因并申请延期。".to_owned(),
                "收到时间与实际不符的，请联系核对。".to_owned(),
            ],
            (Step::Remind, Lang::En) if self.owing.is_only_late() => vec!["Please be in time next period.".to_owned()],
            (Step::Remind, Lang::Zh) if self.owing.soon.is_empty() => vec![
                format!("请{by}前完成，并报送工作台账及佐证材料。"),
                "按时完成确有困难的，到期前申请延期，写明原因和新的时间。".to_owned(),
            ],
            (Step::Remind, Lang::En) if self.owing.soon.is_empty() => {
                vec![format!("Finish by {by} and report it with the evidence, or ask for an extension before.")]
            }
            (Step::Remind, Lang::Zh) => vec![
                format!("请{by}前报送工作台账及佐证材料；本期确无工作的，报送零报告。"),
                "按时报送确有困难的，请在时限前说明原因和预计报送时间。".to_owned(),
            ],
            (Step::Remind, Lang::En) => {
                vec![format!("Report by {by} with the evidence; without any work send a nil report.")]
            }
            (Step::Call, Lang::Zh) if only_faulty => {
                vec![format!("请{by}前补正并重新报送；与实际情况不符或者有异议的，书面说明理由。")]
            }
            (Step::Call, Lang::En) if only_faulty => vec![format!("Correct and submit again by {by}.")],
            (Step::Call, Lang::Zh) => vec![format!(
                "请{by}前补报工作台账及佐证材料；本期确无工作的，报送零报告；不属于本单位职责的，书面说明理由。"
            )],
            (Step::Call, Lang::En) => vec![format!("Report by {by}; without any work send a nil report.")],
            (Step::Rectify, Lang::Zh) => vec![
                format!("请{by}前完成整改，并书面说明未按时办结的原因、整改措施和责任人。"),
                "不能按期完成的，在期限届满前书面申请延期，写明理由和新的完成时间。".to_owned(),
                "整改完成后，将补报材料和回执一并报送，经核对后销号。".to_owned(),
            ],
            (Step::Rectify, Lang::En) => {
                vec![format!("Rectify by {by} and give reasons, measures and the person responsible in writing.")]
            }
        };
        if self.owing.step != Step::Rectify && !self.owing.is_only_late() {
            told.push(
                lang.pick(
                    "报送时沿用原表格式，任务编号与任务分工一致，办结后将回执一并送回。",
                    "Use the same form and the task codes of the division, and send the receipt back.",
                )
                .to_owned(),
            );
        }
        told
    }

    /// Whom to ask.
    fn contact(&self) -> String {
        let office = &self.outcome.settings.office;
        let or_blank = |text: &str| if text.is_empty() { "＿＿＿＿＿＿".to_owned() } else { text.to_owned() };
        let (contact, phone) = (or_blank(&office.contact), or_blank(&office.phone));
        self.lang.pick(
            format!("（联系人：{contact}；联系电话：{phone}）"),
            format!("(contact: {contact}; telephone: {phone})"),
        )
    }

    /// Writes the receipt, on one page.
    fn receipt(&self, letter: &mut Letter, number: Option<String>) {
        let (lang, unit) = (self.lang, self.outcome.division.unit(self.owing.unit));
        letter.line(Line::Centre, lang.pick("回　执", "Receipt"));
        let text = |zh: &str, en: &str| lang.pick(zh, en).to_owned();
        let none = String::new;
        let mut rows = vec![
            vec![text("承办单位", "unit"), unit.name.clone(), text("责任人", "in charge"), unit.contact.clone()],
            vec![text("收到时间", "received"), none(), text("联系电话", "telephone"), unit.phone.clone()],
            vec![text("办结时间", "settled"), none(), text("负责人签字", "signed"), none()],
            vec![text("办理情况", "what was done"), "\n\n".to_owned(), text("单位盖章", "seal"), none()],
        ];
        if let Some(number) = number {
            rows.insert(0, vec![text("通知编号", "notice"), number, text("经办人", "dealt with by"), none()]);
        }
        letter.table(&[16, 34, 16, 34], &[], &rows);
    }
}
