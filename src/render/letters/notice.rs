//! 通知/<单位>.docx: what a unit has not submitted. A reminder before the due time, a demand (催报) after it, a
//! rectification notice (整改) when an item stays open for more than a window.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::Result;

use super::owing::{Owing, Step, overdue, tasks_of};
use super::prose::{gist, prose};
use super::{day, listed, numeral, to_do, work_name};
use crate::basis::Lang;
use crate::basis::calendar::Window;
use crate::basis::calendar::format::{moment_words, periods as periods_words};
use crate::basis::scope::GapKind;
use crate::check::support::phrase;
use crate::division::Task;
use crate::obligation::Obligation;
use crate::outcome::{Gap, Outcome};
use crate::render::docx::{Letter, Line};
use crate::render::{Output, RenderInput, Shelf, each};

/// The most rows of a table, lines and codes of one row in a notice; it refers to the report for the rest.
const MOST_ROWS: usize = 200;

/// The most characters of a task in it.
const TASK: usize = 60;

/// The most tasks that one row of it names.
const MOST_TASKS: usize = 20;
/// So many tasks that one file left open are named with their texts.
const FEW_TASKS: usize = 3;

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
            heading(&mut letter, self.gaps_heading());
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

    fn gaps_heading(&self) -> &'static str {
        let lang = self.lang;
        let only = |gaps: &mut dyn Iterator<Item = &Gap>| gaps.next().is_none();
        match (!only(&mut self.owing.missing()), !only(&mut self.owing.faulty())) {
            (false, false) if !only(&mut self.owing.late()) => lang.pick("迟报的具体情况", "What came late"),
            (false, false) => lang.pick("即将到完成时限的任务", "Deadlines that are near"),
            (true, true) => lang.pick("未报和需要补正的具体情况", "Not reported, and to be corrected"),
            (true, false) => lang.pick("未报的具体情况", "Not reported"),
            _ => lang.pick("需要补正的具体情况", "To be corrected"),
        }
    }

    /// Writes the table of what is lacking.
    fn gaps(&self, letter: &mut Letter) {
        let (outcome, lang) = (self.outcome, self.lang);
        let causes = to_do::rows(outcome, &self.owing.gaps);
        let tasks = |row: &to_do::Row<'_>| -> Vec<&Task> {
            let mut known = BTreeSet::new();
            let tasks = row.gaps.iter().flat_map(|gap| tasks_of(outcome, gap));
            tasks.filter(|task| known.insert(task.code.as_str())).collect()
        };
        let led = causes.iter().any(|row| tasks(row).iter().any(|task| !task.leaders.is_empty()));
        let row = |(at, row): (usize, &to_do::Row<'_>)| {
            let Some(&first) = row.gaps.first() else { return Vec::new() };
            let tasks = tasks(row);
            let periods: Vec<Window> = row.gaps.iter().filter_map(|gap| gap.period).collect();
            let kind = match periods.len() {
                0 | 1 => first.kind_words(lang),
                count => lang.pick(format!("{}{count}期", first.title), format!("{}, {count} periods", first.title)),
            };
            // What a file left open is told by its codes: most often it is all that the unit owes.
            let many = row.file.is_some() && tasks.len() > FEW_TASKS;
            let mut named: Vec<String> = if many {
                let codes: Vec<&str> = tasks.iter().map(|task| task.code.as_str()).collect();
                vec![listed(&codes, MOST_ROWS, ("项", "tasks"), lang)]
            } else {
                tasks
                    .iter()
                    .take(MOST_TASKS)
                    .map(|task| format!("{} {}", task.code, gist(&task.text.value, TASK)))
                    .collect()
            };
            if !many && tasks.len() > MOST_TASKS {
                named.push(lang.pick(format!("等{}项", tasks.len()), format!("{} in all", tasks.len())));
            }
            let mut told = row.file.clone().unwrap_or_else(|| self.particulars(first, &tasks));
            if periods.len() > 1 {
                let which = periods_words(&periods, lang);
                told = lang.pick(format!("报告期：{which}\n{told}"), format!("periods: {which}\n{told}"));
            }
            let mut cells = vec![(at + 1).to_string(), named.join("\n"), kind, told];
            if led {
                let mut seen = BTreeSet::new();
                let leaders = tasks.iter().flat_map(|task| &task.leaders).map(String::as_str);
                let leaders: Vec<&str> = leaders.filter(|leader| seen.insert(*leader)).collect();
                cells.push(leaders.join(lang.pick("、", ", ")));
            }
            cells.push(first.due.in_words(lang));
            cells
        };
        let rows: Vec<Vec<String>> = causes.iter().take(MOST_ROWS).enumerate().map(row).collect();
        let (widths, heads): (&[u32], &[&str]) = match (led, lang) {
            (true, Lang::Zh) => {
                (&[7, 25, 12, 27, 12, 17], &["序号", "工作任务", "类别", "具体情况", "牵头领导", "时限"])
            }
            (true, Lang::En) => {
                (&[7, 25, 12, 27, 12, 17], &["no.", "task", "kind", "what is lacking", "lead official", "due"])
            }
            (false, Lang::Zh) => (&[7, 29, 13, 33, 18], &["序号", "工作任务", "类别", "具体情况", "时限"]),
            (false, Lang::En) => (&[7, 29, 13, 33, 18], &["no.", "task", "kind", "what is lacking", "due"]),
        };
        letter.table(widths, heads, &rows);
        self.beyond(letter, causes.len(), lang.pick("缺项清单", "Gaps"));
    }

    /// What is said of some tasks of which the same is lacking, addressed to the unit.
    fn particulars(&self, gap: &Gap, tasks: &[&Task]) -> String {
        let (outcome, lang) = (self.outcome, self.lang);
        let mut told = Vec::new();
        // the kind and the tasks are told beside it
        if gap.kind == GapKind::Late {
            let received = to_do::received(outcome, gap);
            told.extend(received.map(|at| lang.pick(format!("{at}收到"), format!("received {at}"))));
        } else if !matches!(gap.kind, GapKind::NotSubmitted | GapKind::NotReported) {
            told.push(self.addressed(gap, tasks));
        }
        if gap.kind.is_missing() {
            told.extend(self.evidence_owed(tasks));
        }
        told.extend(self.demanded(tasks));
        if let Some(chain) = overdue(outcome, gap).and_then(|issue| issue.stands) {
            let since = day(chain.since, lang);
            told.push(lang.pick(format!("{since}起未办结"), format!("open since {since}")));
        }
        if told.is_empty() { self.addressed(gap, tasks) } else { told.join("\n") }
    }

    /// The message of a gap without the unit and the task, which the letter and the row name, addressed to the unit.
    fn addressed(&self, gap: &Gap, tasks: &[&Task]) -> String {
        let (outcome, lang) = (self.outcome, self.lang);
        let unit = outcome.division.unit(self.owing.unit).name.as_str();
        let mut message = gap.message.as_str();
        if let Some(rest) = message.strip_prefix(unit) {
            message = rest.trim_start_matches([',', '，', ':', '：', ' ']).trim_start_matches('的');
        }
        if let (Some(id), [task]) = (gap.task, tasks) {
            let name = phrase::task_name(&outcome.division, id);
            for name in [format!("“{name}”"), format!("“{}”", task.code), task.code.clone()] {
                if let Some(rest) = message.strip_prefix(&*name) {
                    message = rest.trim_start_matches([',', ':', '：', ' ']).trim_start_matches('的');
                    break;
                }
            }
        }
        match lang {
            Lang::Zh => {
                let told = message.replace(&format!("，{unit}"), "，你单位");
                prose(&told.replace("该单位", "你单位").replace("本单位", "你单位"))
            }
            Lang::En => message.replace(&format!(", and {unit} "), ", and you "),
        }
    }

    /// The evidence that goes with reports on these tasks: once where it is the same for all.
    fn evidence_owed(&self, tasks: &[&Task]) -> Option<String> {
        let mark = self.lang.pick("、", ", ");
        let owing: Vec<&&Task> = tasks.iter().filter(|task| !task.evidence.is_empty()).collect();
        let (first, rest) = owing.split_first()?;
        let same = owing.len() == tasks.len() && rest.iter().all(|task| task.evidence == first.evidence);
        let listed = if same {
            first.evidence.join(mark)
        } else {
            let each = owing.iter().take(MOST_TASKS).map(|task| format!("{} {}", task.code, task.evidence.join(mark)));
            each.collect::<Vec<_>>().join(self.lang.pick("；", "; "))
        };
        Some(self.lang.pick(format!("应附材料：{listed}"), format!("evidence owed: {listed}")))
    }

    /// Where the division demands these tasks: 依据：任务分工“任务分工”第2至11行.
    fn demanded(&self, tasks: &[&Task]) -> Vec<String> {
        let (outcome, lang) = (self.outcome, self.lang);
        let mut sheets: BTreeMap<&str, BTreeSet<u32>> = BTreeMap::new();
        for task in tasks {
            let row = task.place.area.map(|area| area.top + 1);
            sheets.entry(outcome.name(task.place).sheet.unwrap_or_default()).or_default().extend(row);
        }
        let told = sheets.into_iter().map(|(sheet, rows)| {
            let rows: Vec<u32> = rows.into_iter().collect();
            let runs = rows.chunk_by(|a, b| a + 1 == *b).map(|run| match run {
                [first, .., last] => lang.pick(format!("{first}至{last}"), format!("{first} to {last}")),
                _ => run.iter().map(u32::to_string).collect(),
            });
            let rows = runs.collect::<Vec<_>>().join(lang.pick("、", ", "));
            lang.pick(format!("依据：任务分工“{sheet}”第{rows}行"), format!("demanded in {sheet}, row {rows}"))
        });
        told.collect()
    }

    /// Writes the table of what is due soon.
    fn soon(&self, letter: &mut Letter) {
        let (outcome, lang) = (self.outcome, self.lang);
        let row = |(at, owed): (usize, &&Obligation)| {
            let task = outcome.division.task(owed.task);
            vec![
                (at + 1).to_string(),
                format!("{} {}", task.code, gist(&task.text.value, TASK)),
                owed.period.full_words(lang),
                task.evidence.join(lang.pick("、", ", ")),
                moment_words(owed.due, lang),
            ]
        };
        let rows: Vec<Vec<String>> = self.owing.soon.iter().take(MOST_ROWS).enumerate().map(row).collect();
        let heads = lang.pick(
            ["序号", "工作任务", "报告期", "应附材料", "时限"],
            ["no.", "task", "period", "evidence owed", "due"],
        );
        letter.table(&[7, 35, 18, 22, 18], &heads, &rows);
        self.beyond(letter, self.owing.soon.len(), lang.pick("任务×单位", "Matrix"));
    }

    /// Says how many rows a table leaves out, and in which sheet they stand.
    fn beyond(&self, letter: &mut Letter, rows: usize, sheet: &str) {
        let Some(rest) = rows.checked_sub(MOST_ROWS).filter(|rest| *rest > 0) else { return };
        letter.line(
            Line::Small,
            &self.lang.pick(
                format!("其余{rest}项未逐项列出，见缺项报告“{sheet}”工作表，可向发文单位索取。"),
                format!("{rest} more are not listed; see the sheet {sheet} of 缺项报告.xlsx."),
            ),
        );
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::fixture;
    use crate::outcome::Figures;

    #[test]
    fn what_is_said_to_a_unit_does_not_begin_with_the_rest_of_its_name() {
        let outcome = fixture::outcome(
            "
            division | 1-1 广告整治 | 综合科 | 完成时限=2014年9月8日
            --- 综合科.xlsx
            任务编号 | 工作任务 | 完成情况
            '1-1 | 广告整治 | 正在推进
            ",
        );
        let figures = Figures::of(&outcome);
        let owing = &Owing::all(&outcome, &figures)[0];
        let notice = Notice { outcome: &outcome, owing, lang: Lang::Zh };
        let told: Vec<String> = owing.gaps.iter().map(|gap| notice.addressed(gap, &tasks_of(&outcome, gap))).collect();
        assert_eq!(told, ["即将到完成时限，时限2014年9月8日"]);
    }
}
