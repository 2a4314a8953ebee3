//! An output that could not be written, usually because it is open in another program.

use crate::basis::finding::{Kind, Severity, Wording};
use crate::basis::scope::Scope;

/// The kind.
pub static KIND: Kind = Kind {
    code: "W902",
    name: "output-busy",
    scope: Scope::Run,
    severity: Severity::Error,
    zh: Wording {
        title: "输出文件被占用",
        message: "“{seen}”正被打开或没有写入权限，结果没有写出",
        why: "有人用 Excel 或 WPS 打开着上次的结果，系统不允许替换；上次的输出保持原样。",
        mend: "请关闭已打开的结果文件，再运行一次；或用 --output 写到别的文件夹。",
        example: "“汇总台账.xlsx”开在另一台电脑上。",
    },
    en: Wording {
        title: "Output busy",
        message: "“{seen}” is open or may not be written; nothing was written",
        why: "Somebody has the earlier result open and the system does not let it be replaced; it stays as it is.",
        mend: "Close the file and run again, or write elsewhere with --output.",
        example: "汇总台账.xlsx open on another computer.",
    },
};
