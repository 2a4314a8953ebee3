//! The kinds of rulings, their scopes, and the choices of a person.

use serde::{Deserialize, Serialize};

use crate::basis::Lang;
use crate::basis::text::heading_key;

/// What a ruling is about (the column 类别).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum RulingKind {
    /// 任务归属: which task a row reports.
    Task,
    /// 报送单位: which unit a name or a file belongs to.
    Sender,
    /// 表头含义: which field a heading means.
    Heading,
    /// 状态用语: which state a wording means.
    State,
    /// 两报不冲突: two reports that differ do not contradict each other, or one of them counts.
    Conflict,
    /// 视为按时: a late report counts as one in time.
    OnTime,
    /// 纸质佐证: evidence was seen on paper.
    Evidence,
    /// 职责: a disputed task is not the unit's, or another unit's.
    Responsibility,
}

impl RulingKind {
    /// All of them, in the order people read them.
    pub const ALL: [RulingKind; 8] = [
        RulingKind::Task,
        RulingKind::Sender,
        RulingKind::Heading,
        RulingKind::State,
        RulingKind::Conflict,
        RulingKind::OnTime,
        RulingKind::Evidence,
        RulingKind::Responsibility,
    ];

    /// Its word in the workbook.
    pub fn word(self, lang: Lang) -> &'static str {
        match self {
            RulingKind::Task => lang.pick("任务归属", "task"),
            RulingKind::Sender => lang.pick("报送单位", "unit"),
            RulingKind::Heading => lang.pick("表头含义", "heading"),
            RulingKind::State => lang.pick("状态用语", "state"),
            RulingKind::Conflict => lang.pick("两报不冲突", "no conflict"),
            RulingKind::OnTime => lang.pick("视为按时", "on time"),
            RulingKind::Evidence => lang.pick("纸质佐证", "paper evidence"),
            RulingKind::Responsibility => lang.pick("职责", "responsibility"),
        }
    }

    /// The kind with this word, in either language.
    pub fn parse(text: &str) -> Option<RulingKind> {
        let key = heading_key(text);
        let is = |kind: &RulingKind| [Lang::Zh, Lang::En].iter().any(|&lang| heading_key(kind.word(lang)) == key);
        RulingKind::ALL.into_iter().find(is)
    }

    /// The one candidate of a kind that offers the same always.
    pub fn only_candidate(self) -> Option<&'static str> {
        match self {
            RulingKind::Conflict => Some("不冲突"),
            RulingKind::OnTime => Some("视为按时"),
            RulingKind::Evidence => Some("已见原件"),
            RulingKind::Responsibility => Some("不涉及"),
            RulingKind::Task | RulingKind::Sender | RulingKind::Heading | RulingKind::State => None,
        }
    }

    /// Whether a ruling of this kind binds, so that the finding disappears. The others set it aside: it stays but no longer
    /// counts.
    pub fn binds(self) -> bool {
        matches!(self, RulingKind::Task | RulingKind::Sender | RulingKind::Heading | RulingKind::State)
    }
}

/// The scope of a ruling (the column 范围).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Reach {
    /// 仅此处: this doubt in this window.
    #[default]
    Here,
    /// 本单位今后: the same doubt of the same unit, from this window on.
    Unit,
    /// 全部今后: the same doubt of anybody, from this window on.
    All,
}

impl Reach {
    /// All of them, the narrowest first.
    pub const ALL: [Reach; 3] = [Reach::Here, Reach::Unit, Reach::All];

    /// Its word in the workbook.
    pub fn word(self, lang: Lang) -> &'static str {
        match self {
            Reach::Here => lang.pick("仅此处", "here only"),
            Reach::Unit => lang.pick("本单位今后", "this unit from now on"),
            Reach::All => lang.pick("全部今后", "everybody from now on"),
        }
    }

    /// The scope with this word, in either language; 仅此处 if the cell is blank.
    pub fn parse(text: &str) -> Option<Reach> {
        let key = heading_key(text);
        if key.is_empty() {
            return Some(Reach::Here);
        }
        let is = |reach: &Reach| [Lang::Zh, Lang::En].iter().any(|&lang| heading_key(reach.word(lang)) == key);
        Reach::ALL.into_iter().find(is)
    }
}

/// The choice of a person (the column 认定).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Choice {
    /// One of the candidates, from 1.
    Candidate(usize),
    /// 其他: as given under 认定为.
    Other,
    /// 不计: not counted.
    Without,
}

impl Choice {
    /// The most candidates of a line.
    pub const CANDIDATES: [&'static str; 3] = ["①", "②", "③"];

    /// The values of the drop-down list.
    pub fn words(lang: Lang) -> [&'static str; 5] {
        let [one, two, three] = Choice::CANDIDATES;
        [one, two, three, lang.pick("其他", "other"), lang.pick("不计", "not counted")]
    }

    /// The choice in a cell: ①, 1, one of ①②③ among other words, 其他, 不计.
    pub fn parse(text: &str) -> Option<Choice> {
        let key = heading_key(text);
        let number = || {
            let mut marks = (0..).zip(Choice::CANDIDATES).filter(|(_, mark)| text.contains(mark)).map(|(at, _)| at);
            let marked: Option<usize> = marks.next().filter(|_| marks.next().is_none());
            let written = || (1..=Choice::CANDIDATES.len()).find(|number| key == number.to_string());
            marked.map(|at| at + 1).or_else(written)
        };
        match key.as_str() {
            "其他" | "其它" | "other" => Some(Choice::Other),
            "不计" | "不计入" | "notcounted" => Some(Choice::Without),
            _ => number().map(Choice::Candidate),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_read_in_both_languages() {
        for kind in RulingKind::ALL {
            for lang in [Lang::Zh, Lang::En] {
                assert_eq!(RulingKind::parse(kind.word(lang)), Some(kind));
            }
        }
        for (text, choice) in [
            ("①", Some(Choice::Candidate(1))),
            ("3", Some(Choice::Candidate(3))),
            ("②正在推进", Some(Choice::Candidate(2))),
            ("选②", Some(Choice::Candidate(2))),
            ("①或②", None),
            ("1-2", None),
            ("4", None),
            ("其他", Some(Choice::Other)),
            ("Not counted", Some(Choice::Without)),
            ("大概", None),
        ] {
            assert_eq!(Choice::parse(text), choice, "{text}");
        }
        assert_eq!(Reach::parse(""), Some(Reach::Here));
        assert_eq!(Reach::parse("全部 今后"), Some(Reach::All));
        assert_eq!(Reach::parse("以后"), None);
    }
}
