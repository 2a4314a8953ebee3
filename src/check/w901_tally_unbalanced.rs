//! A fault of this program: files or rows that were read are missing in the results.

use crate::basis::finding::{Kind, Severity, Wording};
use crate::basis::scope::Scope;

/// The kind.
pub static KIND: Kind = Kind {
    code: "W901",
    name: "tally-unbalanced",
    scope: Scope::Run,
    severity: Severity::Error,
    zh: Wording {
        title: "收支不平（程序问题）",
        message: "程序自检没有通过：读入 {seen}，去向合计 {expected}，未写任何输出",
        why: "每一行、每个文件进出都分别计数；两边不等说明本程序有错，与填报单位无关。",
        mend: "请不要使用本次结果；保留收件文件夹，联系技术人员。上次的输出没有改动。",
        example: "读入 120 行，汇总 100 行、未归类 19 行：少了 1 行，程序停止。",
    },
    en: Wording {
        title: "Tally does not balance (a fault of this program)",
        message: "The program's own check failed: {seen} came in, {expected} went out; nothing was written",
        why: "Rows and files are counted at both doors; a difference is a bug of this program, not of any unit.",
        mend: "Do not use this run; keep the inbox and tell the maintainers. The earlier output is untouched.",
        example: "120 rows in, 100 merged, 19 unmatched: one is lost, the run stops.",
    },
};
