//! The tables of a notice: what is lacking, and what is due soon.

use std::collections::{BTreeMap, BTreeSet};

use super::{MOST_ROWS, Notice};
use crate::basis::Lang;
use crate::basis::calendar::Window;
use crate::basis::calendar::format::{moment_words, periods as periods_words};
use crate::basis::scope::GapKind;
use crate::check::support::phrase;
use crate::division::Task;
use crate::obligation::Obligation;
use crate::outcome::Gap;
use crate::render::docx::{Letter, Line};
use crate::render::letters::owing::{overdue, tasks_of};
use crate::render::letters::prose::{gist, prose};
use crate::render::letters::{day, listed, to_do};

/// The most characters of a task in a table.
const TASK: usize = 60;

/// The most tasks that one row names.
const MOST_TASKS: usize = 20;
/// So many tasks that one file left open are named with their texts.
const FEW_TASKS: usize = 3;

impl Notice<'_> {
    /// Writes the table of what is lacking.
    pub(super) fn gaps(&self, letter: &mut Letter) {
        let (outcome, lang) = (self.outcome, self.lang);
        let causes = to_do::rows(outcome, self.owing);
        let tasks = |row: &to_do::Row<'_>| -> Vec<&Task> {
            let mut known = BTreeSet::new();
            let tasks = row.gaps.iter().flat_map(|gap| tasks_of(outcome, gap));
            tasks.filter(|task| known.insert(task.code.as_str())).collect()
        };
        let led = causes.iter().any(|row| tasks(row).iter().any(|task| !self.terms(task).leaders.is_empty()));
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
                vec![listed(&codes, MOST_TASKS, ("项", "tasks"), lang)]
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
                let leaders = tasks.iter().flat_map(|task| &self.terms(task).leaders).map(String::as_str);
                let leaders: Vec<&str> = leaders.filter(|leader| seen.insert(*leader)).collect();
                cells.push(leaders.join(lang.pick("、", ", ")));
            }
            cells.push(first.due.in_words(lang));
            cells
        };
        let rows: Vec<Vec<String>> = causes.iter().take(MOST_ROWS).enumerate().map(row).collect();
        let (widths, heads): (&[u32], &[&str]) = match (led, lang) {
            (true, Lang::Zh) => {
                (&[8, 24, 15, 25, 12, 16], &["序号", "工作任务", "类别", "具体情况", "牵头领导", "时限"])
            }
            (true, Lang::En) => {
                (&[8, 24, 15, 25, 12, 16], &["no.", "task", "kind", "what is lacking", "lead official", "due"])
            }
            (false, Lang::Zh) => (&[8, 29, 15, 31, 17], &["序号", "工作任务", "类别", "具体情况", "时限"]),
            (false, Lang::En) => (&[8, 29, 15, 31, 17], &["no.", "task", "kind", "what is lacking", "due"]),
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
        if let Some(chain) = overdue(outcome, gap) {
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
        let asked = tasks.iter().map(|task| (task, &self.terms(task).evidence));
        let owing: Vec<(&&Task, &Vec<String>)> = asked.filter(|(_, kinds)| !kinds.is_empty()).collect();
        let ((_, first), rest) = owing.split_first()?;
        let same = owing.len() == tasks.len() && rest.iter().all(|(_, kinds)| kinds == first);
        let listed = if same {
            first.join(mark)
        } else {
            let each = owing.iter().take(MOST_TASKS);
            let each = each.map(|(task, kinds)| format!("{} {}", task.code, kinds.join(mark)));
            each.collect::<Vec<_>>().join(self.lang.pick("；", "; "))
        };
        Some(self.lang.pick(format!("应附材料：{listed}"), format!("evidence owed: {listed}")))
    }

    /// Where the division demands these tasks: 依据：任务分工“任务分工”第2至11行; and the ruling that gave one to the unit.
    fn demanded(&self, tasks: &[&Task]) -> Vec<String> {
        let (outcome, lang) = (self.outcome, self.lang);
        let mut sheets: BTreeMap<&str, BTreeSet<u32>> = BTreeMap::new();
        for task in tasks {
            let place = self.terms(task).place;
            let row = place.area.map(|area| area.top + 1);
            sheets.entry(outcome.name(place).sheet.unwrap_or_default()).or_default().extend(row);
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
        // the line names the unit that owed it before
        let handed = outcome.division.handed.iter().filter(|handed| handed.to == self.owing.unit && !handed.own);
        let handed = handed.filter(|handed| {
            let code = &outcome.division.task(handed.task).code;
            tasks.iter().any(|task| task.code == *code)
        });
        let handed: BTreeSet<_> = handed.map(|handed| (handed.from, handed.ruling)).collect();
        let handed = handed.into_iter().map(|(from, ruling)| {
            let from = &outcome.division.unit(from).name;
            lang.pick(
                format!("原由{from}承担，现由你单位承担（人工认定 {ruling}）"),
                format!("taken over from {from} (ruling {ruling})"),
            )
        });
        told.chain(handed).collect()
    }

    /// Writes the table of what is due soon.
    pub(super) fn soon(&self, letter: &mut Letter) {
        let (outcome, lang) = (self.outcome, self.lang);
        let row = |(at, owed): (usize, &&Obligation)| {
            let task = outcome.division.task(owed.task);
            vec![
                (at + 1).to_string(),
                format!("{} {}", task.code, gist(&task.text.value, TASK)),
                owed.period.full_words(lang),
                self.terms(task).evidence.join(lang.pick("、", ", ")),
                moment_words(owed.due, lang),
            ]
        };
        let rows: Vec<Vec<String>> = self.owing.soon.iter().take(MOST_ROWS).enumerate().map(row).collect();
        let heads = lang.pick(
            ["序号", "工作任务", "报告期", "应附材料", "时限"],
            ["no.", "task", "period", "evidence owed", "due"],
        );
        letter.table(&[8, 34, 18, 22, 18], &heads, &rows);
        self.beyond(letter, self.owing.soon.len(), lang.pick("任务×单位", "Matrix"));
    }

    /// Says how many rows a table leaves out, and in which sheet they stand.
    pub(super) fn beyond(&self, letter: &mut Letter, rows: usize, sheet: &str) {
        let Some(rest) = rows.checked_sub(MOST_ROWS).filter(|rest| *rest > 0) else { return };
        letter.line(
            Line::Small,
            &self.lang.pick(
                format!("其余{rest}项未逐项列出，见缺项报告“{sheet}”工作表，可向发文单位索取。"),
                format!("{rest} more are not listed; see the sheet {sheet} of 缺项报告.xlsx."),
            ),
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::fixture;
    use crate::outcome::Figures;
    use crate::render::letters::owing::Owing;

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

    #[test]
    fn the_heading_names_what_stands_below_it() {
        let heading = |deadline: &str, rows: &str| {
            let outcome = fixture::outcome(&format!(
                "
                division | 1-1 广告整治 | 综合科 | 完成时限={deadline} | 佐证材料=照片
                division | 1-2 环境整治 | 综合科 | 佐证材料=照片
                --- 综合科.xlsx
                任务编号 | 工作任务 | 完成情况 | 日期 | 佐证材料
                {rows}
                "
            ));
            let figures = Figures::of(&outcome);
            let owing = Owing::all(&outcome, &figures);
            Notice { outcome: &outcome, owing: &owing[0], lang: Lang::Zh }.gaps_heading()
        };
        let (begun, done) = ("'1-1 | 广告整治 | 正在推进 | 8月5日 | 照片", "'1-2 | 环境整治 | 已完成 | 8月5日 | 照片");
        let bare = "'1-2 | 环境整治 | 已完成 | 8月5日 |";
        for (deadline, rows, told) in [
            ("2014年9月8日", format!("{begun}\n{done}"), "即将到完成时限的任务"),
            ("2014年9月1日", format!("{begun}\n{done}"), "超过时限未完成的具体情况"),
            ("长期", begun.to_owned(), "未报的具体情况"),
            ("长期", format!("{begun}\n{bare}"), "需要补正的具体情况"),
            ("2014年9月1日", begun.to_owned(), "未报和超过时限未完成的具体情况"),
            ("2014年9月1日", bare.to_owned(), "未报、需要补正和超过时限未完成的具体情况"),
        ] {
            assert_eq!(heading(deadline, &rows), told, "{deadline} {rows}");
        }
    }

    #[test]
    fn who_took_a_task_over_is_told_from_whom_and_by_which_ruling() {
        let outcome = fixture::outcome(
            "
            division | 1-1 广告整治 | 综合科
            division | 1-2 环境整治 | 后勤中心
            ruling | 职责 | 综合科 | 1-1 | 认定=其他 | 认定为=后勤中心
            --- 综合科.xlsx
            任务编号 | 工作任务 | 完成情况
            '1-1 | 广告整治 | 有异议
            ",
        );
        let figures = Figures::of(&outcome);
        let letters = Owing::all(&outcome, &figures);
        let owing =
            letters.iter().find(|owing| outcome.division.unit(owing.unit).name == "后勤中心").expect("a letter");
        let notice = Notice { outcome: &outcome, owing, lang: Lang::Zh };
        let of = |task: usize| notice.demanded(&[&outcome.division.tasks[task]]);
        assert_eq!(of(0), ["依据：任务分工“任务分工”第2行", "原由综合科承担，现由你单位承担（人工认定 1）"]);
        assert_eq!(of(1), ["依据：任务分工“任务分工”第3行"]);
    }
}
