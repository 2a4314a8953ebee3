//! Paragraphs that are neither tasks nor headings over tasks, each with the reason.

use std::collections::{BTreeMap, BTreeSet};

use super::document::Spot;
use super::plan::Plan;
use super::wording::{is_descriptor, is_member};
use super::{Unused, sections};

impl Plan {
    /// Every paragraph that is neither, with the reason.
    pub(super) fn unused(
        &self,
        paragraphs: &[(Spot, String)],
        tasks: &BTreeSet<Spot>,
        headings: &BTreeSet<Spot>,
    ) -> Vec<Unused> {
        let mut home: BTreeMap<Spot, usize> = BTreeMap::new();
        for (at, item) in self.outline.items.iter().enumerate() {
            for entry in &item.entries {
                home.entry(entry.spot).or_insert(at);
            }
        }
        let left = paragraphs.iter().filter(|(spot, _)| !tasks.contains(spot) && !headings.contains(spot));
        let left = left.map(|(spot, text)| {
            let reason = self.reason(text, home.get(spot).copied());
            Unused { spot: *spot, text: text.clone(), reason }
        });
        let openings = self.openings.iter().map(|(spot, text)| Unused {
            spot: *spot,
            text: text.clone(),
            reason: "开头的缘由，同段其余文字已成为任务".into(),
        });
        left.chain(openings).collect()
    }

    fn reason(&self, text: &str, home: Option<usize>) -> String {
        let Some(at) = home.filter(|at| *at != 0) else {
            let before = home.is_some();
            return if before {
                "正文编号之外（标题、称呼、依据、落款等），没有责任单位"
            } else {
                "只有编号或符号"
            }
            .to_owned();
        };
        let mut way = self.outline.above(at);
        way.insert(0, at);
        if let Some(word) = way.iter().find_map(|above| sections::lays_down_none(self.outline.heading(*above))) {
            return format!("属于“{word}”，没有写明责任单位");
        }
        if is_member(text) {
            return "人员名单或联系方式".to_owned();
        }
        if way.iter().any(|above| self.emitted.contains(above)) {
            return "在任务的责任单位之后，没有编号，也没有责任单位".to_owned();
        }
        if is_descriptor(self.outline.heading(at)) {
            "说明范围或名称，不是任务".to_owned()
        } else {
            "没有写明责任单位".to_owned()
        }
    }
}
