//! Evidence given as a file name that was not submitted, or fewer pictures than stated.

use std::collections::BTreeSet;

use crate::basis::finding::{Findings, Kind, Severity, Wording};
use crate::basis::scope::{GapKind, Scope};
use crate::basis::text::fold;
use crate::check::support::{evidence, live};
use crate::check::{Batch, Rule};
use crate::division::{Context, fields};

/// The kind.
pub static KIND: Kind = Kind {
    code: "D405",
    name: "evidence-file-missing",
    scope: Scope::Owed(GapKind::Incomplete),
    severity: Severity::Warning,
    zh: Wording {
        title: "佐证文件未收到",
        message: "[佐证材料写了文件“{files}”，收件中没有找到][佐证材料写明照片 {said} 张，本行只有 {count} 张]",
        why: "台账写了材料而材料没有报来，测评时拿不出来。",
        mend: "请补报所缺的文件，或更正佐证材料栏的文件名、张数。",
        example: "写“现场照片.jpg”，压缩包里没有这个文件。",
    },
    en: Wording {
        title: "Evidence file missing",
        message: "[The evidence names “{files}”, which is nowhere in the inbox][The evidence says {said} photos, the row holds {count}]",
        why: "What a ledger names and nobody sent cannot be shown to the assessors.",
        mend: "Send the files, or correct their names and number under 佐证材料.",
        example: "“现场照片.jpg” is named, and no such file is in the archive.",
    },
};

/// Finds evidence that was named but not submitted.
#[derive(Debug)]
pub struct EvidenceFileMissing;

impl Rule for EvidenceFileMissing {
    fn kind(&self) -> &'static Kind {
        &KIND
    }

    fn batch(&self, _: &Context<'_>, batch: &Batch<'_>, out: &mut Findings) {
        let base = |name: &str| fold(name.rsplit(['/', '!', '\\']).next().unwrap_or(name));
        let inbox: BTreeSet<String> = batch.files.iter().map(|file| base(&file.source.name)).collect();
        // names are extracted from sentences, so that 附件现场照片.jpg also matches 现场照片.jpg and vice versa
        let came = |name: &str| {
            let name = base(name);
            inbox.contains(&name) || inbox.iter().any(|file| name.ends_with(file.as_str()) || file.ends_with(&name))
        };
        for entry in live(batch) {
            let given = entry.text(fields::EVIDENCE);
            if given.is_empty() {
                continue;
            }
            let place = entry.place(fields::EVIDENCE);
            let named = evidence::file_names(given);
            let missing: Vec<&str> = named.iter().map(String::as_str).filter(|name| !came(name)).collect();
            if !missing.is_empty() {
                let finding = out.note(&KIND, place).unit(entry.unit()).task(entry.record.task).seen(given);
                finding.fact_in("files", missing.join("”“"), missing.join("”, “"));
                continue;
            }
            // only if no file is named are the pictures in the row the whole evidence
            let count = u32::from(entry.record.pictures);
            if count == 0 || !named.is_empty() {
                continue;
            }
            if let Some(said) = evidence::photos(given).filter(|said| *said > count) {
                let finding = out.note(&KIND, place).unit(entry.unit()).task(entry.record.task).seen(given);
                finding.fact("said", said).fact("count", count);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::fixture::check;

    #[test]
    fn a_file_that_is_named_must_have_come() {
        check(
            &EvidenceFileMissing,
            "
            division | 1-1 广告整治 | 综合科、后勤中心
            --- 综合科.xlsx
            任务编号 | 工作任务 | 完成情况 | 佐证材料
            '1-1 | 广告整治 | 正在推进 | 现场照片.jpg、总结.doc     <- D405 @D 1-1
            '1-1 | 广告整治 | 正在推进 | 方案.pdf
            '1-1 | 广告整治 | 正在推进 | 照片5张
            --- 方案.pdf pdf
            ",
        );
    }

    #[test]
    fn as_many_pictures_as_are_spoken_of_are_enough() {
        check(
            &EvidenceFileMissing,
            "
            division | 1-1 广告整治 | 综合科
            --- 综合科.xlsx
            任务编号 | 工作任务 | 完成情况 | 佐证材料
            picture:'1-1 | 广告整治 | 正在推进 | 照片1张
            picture:'1-1 | 广告整治 | 正在推进 | 照片2张            <- D405 @D
            '1-1 | 广告整治 | 正在推进 | 照片2张
            picture:'1-1 | 广告整治 | 正在推进 | 照片2张、方案.pdf
            --- 方案.pdf pdf
            ",
        );
    }
}
