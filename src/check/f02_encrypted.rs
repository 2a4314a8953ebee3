//! A workbook that opens only with a password.

use crate::basis::finding::{Findings, Kind, Severity, Wording};
use crate::basis::place::Place;
use crate::basis::scope::Scope;
use crate::check::{OneFile, Rule};
use crate::division::Context;
use crate::read::Refusal;

/// The kind.
pub static KIND: Kind = Kind {
    code: "F02",
    name: "encrypted",
    scope: Scope::Submission,
    severity: Severity::Error,
    zh: Wording {
        title: "文件加密",
        message: "文件设有打开密码，无法读取",
        why: "没有密码读不出内容，不能汇总，按未收到有效材料处理。",
        mend: "请在“文件—信息—保护工作簿”中取消打开密码，保存后重新报送。",
        example: "不合格：打开时要求输入密码。合格：双击直接打开。",
    },
    en: Wording {
        title: "Encrypted",
        message: "The file opens only with a password",
        why: "Its content cannot be read or merged without the password.",
        mend: "Remove the password (File, Info, Protect Workbook), save, and submit the file again.",
        example: "Bad: a password is asked for. Good: the file opens at once.",
    },
};

/// Finds workbooks with a password.
#[derive(Debug)]
pub struct Encrypted;

impl Rule for Encrypted {
    fn kind(&self) -> &'static Kind {
        &KIND
    }

    fn file(&self, _: &Context<'_>, file: &OneFile<'_>, out: &mut Findings) {
        if file.reading.refusal == Some(Refusal::Encrypted) {
            out.note(&KIND, Place::file(file.source.id)).unit(file.sender());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::fixture::check;

    #[test]
    fn a_password_is_told() {
        check(
            &Encrypted,
            "
            division | 1-1 广告整治 | 综合科、后勤中心
            --- 综合科.xlsx encrypted                 <- F02 综合科
            --- 后勤中心.xlsx damaged
            ",
        );
    }
}
