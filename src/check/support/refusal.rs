//! Words why a file could not be used: refusals, limits, and problems of this machine. Used by findings and outputs.

use crate::basis::Bilingual;
use crate::check::RunFile;
use crate::read::{Lack, Limit, Refusal, Trouble};

/// Why a file is in its state: the reason noted there, else the refusal.
pub fn reason(file: &RunFile) -> Option<Bilingual> {
    file.why.clone().or_else(|| file.reading.refusal.as_ref().map(words))
}

/// Why a file could not be read.
pub fn words(refusal: &Refusal) -> Bilingual {
    match refusal {
        Refusal::Empty => Bilingual::fixed("文件是空的", "the file is empty"),
        Refusal::Damaged(_) => Bilingual::fixed("文件已损坏，打不开", "the file is damaged"),
        Refusal::Encrypted => Bilingual::fixed("文件加了密码", "the file is protected by a password"),
        Refusal::NotATable(Some(what)) => {
            Bilingual::new(format!("不是表格（{what}）"), format!("not a table ({what})"))
        }
        Refusal::NotATable(None) => Bilingual::fixed("不是表格", "not a table"),
        Refusal::SpecialFile => SPECIAL_FILE,
        Refusal::OverBudget(over) => {
            let over = limit(*over);
            Bilingual::new(
                format!("超出读取上限（{}）", over.zh),
                format!("beyond the limits of the reader ({})", over.en),
            )
        }
        Refusal::Stopped(_) => Bilingual::fixed("读取时中断", "reading stopped"),
        Refusal::OverTime(seconds) => Bilingual::new(
            format!("读取耗时超过 {seconds} 秒，已中止"),
            format!("reading took more than {seconds} s and was stopped"),
        ),
        Refusal::PathEscape => Bilingual::fixed("压缩包内的路径指向包外", "the path leaves the archive"),
        Refusal::NotAccessible(what) => trouble(what),
    }
}

/// What a pipe, device or the like is called.
pub(in crate::check) const SPECIAL_FILE: Bilingual =
    Bilingual::fixed("管道、设备等特殊文件", "a pipe, a device or the like");

/// The limit that was exceeded.
pub(in crate::check) fn limit(limit: Limit) -> Bilingual {
    let (zh, en) = match limit {
        Limit::FileSize(size, most) => {
            (format!("文件 {size} MB，上限 {most} MB"), format!("{size} MB, the limit is {most} MB"))
        }
        Limit::Memory(mb) => {
            (format!("读取所需内存超过 {mb} MB"), format!("reading it needs more than {mb} MB of memory"))
        }
        Limit::Entries(most) => (format!("压缩包内超过 {most} 项"), format!("more than {most} entries in the archive")),
        Limit::EntrySize(mb) => (format!("压缩包内的文件超过 {mb} MB"), format!("more than {mb} MB in the archive")),
        Limit::NestedArchives => {
            return Bilingual::fixed("压缩包嵌套超过两层", "archives nested more than two deep");
        }
        Limit::Parts(most) => (format!("文件内部超过 {most} 个部件"), format!("more than {most} parts in the file")),
        Limit::Inflated(mb) => (format!("解压后超过 {mb} MB"), format!("more than {mb} MB when inflated")),
        Limit::Sheets(most) => (format!("工作表超过 {most} 张"), format!("more than {most} sheets")),
        Limit::Tables(most) => (format!("表格超过 {most} 个"), format!("more than {most} tables")),
        Limit::Cells(most) => (format!("单元格超过 {most} 个"), format!("more than {most} cells")),
        Limit::Paragraphs(most) => {
            (format!("段落和单元格超过 {most} 个"), format!("more than {most} paragraphs and cells"))
        }
        Limit::Texts(mb) => (format!("文字合计超过 {mb} MB"), format!("more than {mb} MB of text")),
        Limit::OneText(mb) => (format!("有一处文字超过 {mb} MB"), format!("a single text of more than {mb} MB")),
        Limit::Record(mb) => (format!("有一条记录超过 {mb} MB"), format!("a single record of more than {mb} MB")),
        Limit::Page(mb) => (format!("文字或网页超过 {mb} MB"), format!("a text or page of more than {mb} MB")),
        Limit::NestedElements => return Bilingual::fixed("内容嵌套过深", "content nested too deep"),
        Limit::OutsideSheet(cells) => {
            (format!("{cells} 个单元格在工作表范围之外"), format!("{cells} cells outside the bounds of a sheet"))
        }
    };
    Bilingual::new(zh, en)
}

/// Why this machine could not read a file.
pub(in crate::check) fn trouble(trouble: &Trouble) -> Bilingual {
    match trouble {
        Trouble::Vanished => Bilingual::fixed("文件在读取前已不在原处", "it was gone before it was read"),
        Trouble::Permission => Bilingual::fixed("没有读取权限", "it may not be read"),
        Trouble::Busy => Bilingual::fixed("正被其他程序占用", "another program holds it"),
        Trouble::Device(code, what) => {
            let code = code.map(|code| format!("，系统错误号 {code}")).unwrap_or_default();
            Bilingual::new(format!("磁盘或网络读取出错{code}"), format!("the disk or the network failed ({what})"))
        }
        Trouble::CopyAltered => {
            Bilingual::fixed("存档中的副本已被改动", "the copy in the archive was altered after it was made")
        }
        Trouble::Shortage(Lack::Memory) => Bilingual::fixed("本机内存不足", "the machine was short of memory"),
        Trouble::Shortage(Lack::Handles) => {
            Bilingual::fixed("本机打开的文件过多", "the machine had too many files open")
        }
        Trouble::Shortage(Lack::Processes) => {
            Bilingual::fixed("本机不能再启动程序", "the machine could start no more programs")
        }
        Trouble::Shortage(Lack::Time) => {
            Bilingual::fixed("本机过忙或休眠，读取没有进展", "the machine was too busy, or asleep")
        }
        Trouble::Shortage(Lack::Untold) => {
            Bilingual::fixed("读取程序被系统或他人终止", "the system, or somebody, ended the reading program")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Each has words of its own in both languages, with the numbers that belong to it.
    fn distinct(all: &[(Bilingual, &[&str])]) {
        for (at, (words, numbers)) in all.iter().enumerate() {
            for text in [&words.zh, &words.en] {
                assert!(!text.is_empty() && numbers.iter().all(|number| text.contains(number)), "{words:?}");
            }
            let same = |other: &(Bilingual, &[&str])| other.0.zh == words.zh || other.0.en == words.en;
            assert!(!all[..at].iter().any(same), "{words:?} twice");
        }
    }

    #[test]
    fn each_limit_is_named() {
        distinct(&[
            (limit(Limit::FileSize(300, 200)), &["300", "200"]),
            (limit(Limit::Memory(7)), &["7"]),
            (limit(Limit::Entries(7)), &["7"]),
            (limit(Limit::EntrySize(7)), &["7"]),
            (limit(Limit::NestedArchives), &[]),
            (limit(Limit::Parts(7)), &["7"]),
            (limit(Limit::Inflated(7)), &["7"]),
            (limit(Limit::Sheets(7)), &["7"]),
            (limit(Limit::Tables(7)), &["7"]),
            (limit(Limit::Cells(7)), &["7"]),
            (limit(Limit::Paragraphs(7)), &["7"]),
            (limit(Limit::Texts(7)), &["7"]),
            (limit(Limit::OneText(7)), &["7"]),
            (limit(Limit::Record(7)), &["7"]),
            (limit(Limit::Page(7)), &["7"]),
            (limit(Limit::NestedElements), &[]),
            (limit(Limit::OutsideSheet(7)), &["7"]),
        ]);
    }

    #[test]
    fn each_trouble_of_the_machine_is_named() {
        distinct(&[
            (trouble(&Trouble::Vanished), &[]),
            (trouble(&Trouble::Permission), &[]),
            (trouble(&Trouble::Busy), &[]),
            (trouble(&Trouble::Device(None, "x 5".into())), &[]),
            (trouble(&Trouble::Device(Some(5), "y 5".into())), &["5"]),
            (trouble(&Trouble::CopyAltered), &[]),
            (trouble(&Trouble::Shortage(Lack::Memory)), &[]),
            (trouble(&Trouble::Shortage(Lack::Handles)), &[]),
            (trouble(&Trouble::Shortage(Lack::Processes)), &[]),
            (trouble(&Trouble::Shortage(Lack::Time)), &[]),
            (trouble(&Trouble::Shortage(Lack::Untold)), &[]),
        ]);
    }
}
