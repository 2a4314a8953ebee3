//! One task of the draft: its cells, their origin, and their doubts.

use serde::{Deserialize, Serialize};

use super::attribution::{Attribution, add};
use super::document::Spot;
use super::{figures, moments, phrase, prose, units};
use crate::basis::Lang;
use crate::basis::calendar::Cycle;

/// A task of the draft, with the cells of contract section 3.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Row {
    /// 任务编号, unique.
    pub code: String,
    /// The number the plan gives it; empty when it gives none.
    pub number: String,
    /// 任务类别: the heading it stands under.
    pub category: String,
    /// 工作任务: its first sentence.
    pub task: String,
    /// 工作标准: the rest.
    pub standard: String,
    /// 牵头领导.
    pub leaders: Vec<String>,
    /// 牵头单位.
    pub lead: Vec<String>,
    /// 责任单位.
    pub units: Vec<String>,
    /// 配合单位.
    pub support: Vec<String>,
    /// 完成时限, in the plan's words.
    pub deadline: String,
    /// 报送周期, in the words of section 3.
    pub cycle: String,
    /// 考核指标, what the grammar takes.
    pub indicator: String,
    /// 佐证材料.
    pub evidence: String,
    /// 分值.
    pub marks: String,
    /// 出处: the paragraphs or rows it was made from, ascending.
    pub spots: Vec<Spot>,
    /// 存疑: what a person should check.
    pub doubts: Vec<String>,
}

impl Row {
    /// A row from the text of a task (one paragraph to a line) and its attribution.
    pub(super) fn new(text: &str, said: Attribution, mut spots: Vec<Spot>) -> Row {
        spots.sort_unstable();
        spots.dedup();
        let (task, standard) = first_sentence(text);
        let mut doubts = said.doubts;
        let deadline = [said.deadline, due(&said.cycle)].into_iter().find(|words| !words.is_empty());
        let deadline = deadline.unwrap_or_else(|| moments::deadlines(text));
        let cycle = cycle(&said.cycle, text, &mut doubts);
        let indicator = indicator(&said.indicator, text);
        let marks = if said.marks.is_empty() { figures::marks(text) } else { Some(said.marks) };
        let leaders = if said.leaders.is_empty() { said.persons } else { said.leaders };
        let mut row = Row {
            task,
            standard,
            leaders,
            lead: said.lead,
            units: said.units,
            support: said.support,
            deadline,
            cycle,
            indicator,
            evidence: said.evidence,
            marks: marks.filter(|marks| marks.trim_end_matches('分').parse::<f64>().is_ok()).unwrap_or_default(),
            spots,
            doubts,
            ..Row::default()
        };
        row.doubt_units();
        row.doubt_others(text);
        row
    }

    /// Units that the text itself says do something, or that stand on a line of their own, and that no cell names.
    fn doubt_others(&mut self, text: &str) {
        let known = |name: &String| {
            self.lead
                .iter()
                .chain(&self.units)
                .chain(&self.support)
                .any(|own| own.contains(name.as_str()) || name.contains(own.as_str()))
        };
        let mut others: Vec<String> = Vec::new();
        for sentence in prose::sentences(text) {
            let said = prose::attribution(sentence).or_else(|| prose::told(sentence));
            let Some(said) = said else { continue };
            add(&mut others, said.lead.into_iter().chain(said.units).filter(|name| !known(name)).collect());
        }
        let alone = |line: &&str| self.task != *line && units::is_list(line.trim_end_matches(['：', ':']));
        add(
            &mut others,
            text.lines().skip(1).filter(alone).flat_map(units::names).filter(|name| !known(name)).collect(),
        );
        if !others.is_empty() {
            self.doubts.push(format!("正文里还有“{}”，请核对是否另一单位的任务", others.join("、")));
        }
    }

    /// All units, by their role.
    pub fn all_units(&self) -> Vec<String> {
        self.lead.iter().chain(&self.units).chain(&self.support).cloned().collect()
    }

    fn doubt_units(&mut self) {
        let said = self.doubts.iter().any(|doubt| doubt.contains("没有写"));
        if self.lead.is_empty() && self.units.is_empty() && !said {
            let word =
                if self.support.is_empty() { "原文没有写明责任单位" } else { "原文只写了配合单位" };
            self.doubts.insert(0, word.to_owned());
        }
        if let Some((place, lacking)) = units::elided(&self.all_units()) {
            let full = lacking.iter().map(|name| format!("{place}{name}")).collect::<Vec<_>>().join("、");
            self.doubts.push(format!("“{place}”只写了一次：{}可能是{full}", lacking.join("、")));
        }
    }

    /// Its origin in words: 第3段—第5段, 表1第2行.
    pub fn source(&self) -> String {
        let mut runs: Vec<(Spot, Spot)> = Vec::new();
        for &spot in &self.spots {
            match runs.last_mut() {
                Some((_, last)) if last.table == spot.table && last.line + 1 == spot.line => *last = spot,
                _ => runs.push((spot, spot)),
            }
        }
        let run = |(first, last): &(Spot, Spot)| {
            if first == last { first.shown() } else { format!("{}至{}", first.shown(), last.shown()) }
        };
        runs.iter().map(run).collect::<Vec<_>>().join("、")
    }
}

/// The first sentence of a text and the rest. A first line of its own is a sentence without its full stop.
pub(super) fn first_sentence(text: &str) -> (String, String) {
    let text = text.trim();
    let end = text.find(['。', '\n', '！']).unwrap_or(text.len());
    let rest = text[end..].trim_start_matches(['。', '\n', '！', ' ', '\u{3000}']);
    let task = text[..end].trim().trim_end_matches(['；', ';', '，', ',', '：', ':', '.', '、']).trim();
    (task.to_owned(), rest.trim().to_owned())
}

/// The day in what says how often: under 报送时间 stand 每月25日前 and 12月10日 as well as 每月.
fn due(cycle: &str) -> String {
    let days = moments::deadlines(cycle);
    let other = days.is_empty() && Cycle::parse(cycle).is_none() && phrase::is_moment(cycle);
    if other { cycle.to_owned() } else { days }
}

/// The cycle that the label or, without one, the text names.
fn cycle(label: &str, text: &str, doubts: &mut Vec<String>) -> String {
    if let Some(cycle) = Cycle::parse(label) {
        return cycle.word(Lang::Zh).to_owned();
    }
    let named = figures::cycles(text);
    let Some((word, cycle)) = named.iter().max_by_key(|(_, cycle)| *cycle) else { return String::new() };
    if named.len() > 1 {
        let all = named.iter().map(|(word, _)| word.as_str()).collect::<Vec<_>>().join("、");
        doubts.push(format!("原文有几种频次（{all}），报送周期暂按“{word}”"));
    }
    cycle.word(Lang::Zh).to_owned()
}

/// The indicators of the label, else of the text, as far as the grammar takes them.
fn indicator(label: &str, text: &str) -> String {
    let of_label = figures::indicators(label);
    if of_label.is_empty() { figures::indicators(text) } else { of_label }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_task_is_its_first_sentence() {
        for (text, task, rest) in [
            ("校园环境。清扫教学区。", "校园环境", "清扫教学区。"),
            ("窗口服务\n打造规范窗口。", "窗口服务", "打造规范窗口。"),
            ("清扫街巷", "清扫街巷", ""),
        ] {
            assert_eq!(first_sentence(text), (task.to_owned(), rest.to_owned()));
        }
    }

    #[test]
    fn places_are_shown_as_runs() {
        let spot = |table, line| Spot { table, line };
        let row = Row { spots: vec![spot(0, 3), spot(0, 4), spot(0, 9), spot(1, 2)], ..Row::default() };
        assert_eq!(row.source(), "第3段至第4段、第9段、表1第2行");
    }

    #[test]
    fn what_is_not_vouched_for_is_doubtful() {
        let said = |units: &[&str]| Attribution {
            units: units.iter().map(ToString::to_string).collect(),
            ..Attribution::default()
        };
        let doubts = |units: &[&str]| Row::new("清扫街巷。", said(units), Vec::new()).doubts.len();
        assert_eq!((doubts(&["市教育局", "财政局"]), doubts(&["市教育局", "市财政局"]), doubts(&[])), (1, 0, 1));
    }
}
