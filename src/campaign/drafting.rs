//! Drafting: reads the plan in a worker process and writes the draft to a new file.

use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use super::disk::unnamed;
use super::readers::Readers;
use super::stop::{Stop, why};
use crate::basis::Bilingual;
use crate::check::support::refusal;
use crate::draft::{Draft, book, update};
use crate::read::Refusal;
use crate::render;

/// The default name of a draft.
pub const NAME: &str = "任务分工.xlsx";

/// A draft that was written.
#[derive(Debug)]
pub struct Drafted {
    /// The draft of the plan.
    pub draft: Draft,
    /// The workbook that was written.
    pub file: PathBuf,
    /// With an older draft: what is new, removed and changed in the plan.
    pub changes: Option<update::Counts>,
}

/// Drafts a division from a plan. With `older`, a workbook drafted before, its edits are kept and the result is written
/// next to it as `<name>（更新）.xlsx`; else to `out`.
///
/// # Errors
/// [`Stop::Start`] when the plan or the older draft cannot be read or the file exists already; [`Stop::Output`] when
/// it cannot be written.
pub fn draft(plan: &Path, out: Option<&Path>, older: Option<&Path>, readers: &dyn Readers) -> Result<Drafted, Stop> {
    let file = match (out, older) {
        (Some(out), _) => out.to_owned(),
        (None, Some(older)) => beside(older),
        (None, None) => PathBuf::from(NAME),
    };
    if file.symlink_metadata().is_ok() {
        return Err(taken(&file));
    }
    let draft = readers.plan(&there(plan)?, &name(plan)).map_err(|refusal| refused(plan, &refusal))?;
    let (pages, changes) = match older {
        None => (book::pages(&draft), None),
        Some(older) => {
            let workbook = readers
                .workbook(&there(older)?, &name(older))
                .map_err(|refusal| Stop::failed("读不了", "cannot read", older.display(), &refusal::words(&refusal)))?;
            let updated = update::update(&workbook, &draft).ok_or_else(|| {
                let shown = older.display();
                Stop::start(format!("{shown} 中没有“任务分工”表"), format!("{shown} has no sheet 任务分工"))
            })?;
            (updated.pages, Some(updated.counts))
        }
    };
    let bytes = render::draft::render(&pages).map_err(|error| {
        Stop::Output(Bilingual::new(
            format!("任务分工表未能生成：{error:#}"),
            format!("the division could not be made: {error:#}"),
        ))
    })?;
    write(&file, &bytes)?;
    Ok(Drafted { draft, file, changes })
}

fn name(path: &Path) -> String {
    path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}

/// 任务分工.xlsx → 任务分工（更新）.xlsx, in the same folder.
fn beside(older: &Path) -> PathBuf {
    let stem = older.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
    older.with_file_name(format!("{stem}（更新）.xlsx"))
}

/// The absolute path of an existing file.
fn there(path: &Path) -> Result<PathBuf, Stop> {
    let shown = path.display();
    match fs::metadata(path) {
        Ok(meta) if meta.is_file() => {}
        Ok(_) => return Err(Stop::start(format!("{shown} 不是普通文件"), format!("{shown} is no regular file"))),
        Err(error) => return Err(Stop::io("读不了", "cannot read", path, &error)),
    }
    std::path::absolute(path).map_err(|error| Stop::io("读不了", "cannot read", path, &error))
}

fn taken(file: &Path) -> Stop {
    let shown = file.display();
    Stop::start(
        format!("{shown} 已经存在，不覆盖；请用 -o 另写文件名，或用 --update {shown} 在其基础上更新"),
        format!("{shown} exists and is not written over; name another with -o, or use --update {shown}"),
    )
}

/// Why a plan cannot be drafted, and what to do.
fn refused(plan: &Path, refusal: &Refusal) -> Stop {
    let shown = plan.display();
    let kind = match refusal {
        Refusal::NotATable(Some(kind)) => kind.as_str(),
        _ => "",
    };
    let advice = match kind {
        "doc" | "wps" | "rtf" | "odt" | "mht" => {
            Bilingual::fixed("用 Word 或 WPS 打开，另存为 docx", "open it in Word or WPS and save it as docx")
        }
        "pdf" | "ofd" => Bilingual::fixed(
            "请取其 Word 原稿，或把文字复制到 txt 文件",
            "get the Word file it was made of, or copy its text into a txt file",
        ),
        "xlsx" | "xls" | "xlsb" | "ods" => Bilingual::fixed(
            "这是表格，可直接作任务分工表，用 taizhang template check 核对",
            "it is a workbook: check it with `taizhang template check`",
        ),
        "jpeg" | "png" | "gif" | "bmp" | "tiff" => {
            Bilingual::fixed("这是图片，请取其 Word 原稿", "it is a picture: get the Word file")
        }
        "zip" => Bilingual::fixed("这是压缩包，请先解压", "it is an archive: unpack it first"),
        _ => Bilingual::fixed("应为 docx、txt 或 html", "it should be docx, txt or html"),
    };
    let why = match (kind, refusal) {
        ("", Refusal::NotATable(_)) => Bilingual::fixed("不是文字材料", "it is no text"),
        ("", refusal) => refusal::words(refusal),
        (kind, _) => Bilingual::new(format!("不能读 {kind} 文件"), format!("{kind} files cannot be read")),
    };
    let why = Bilingual::new(format!("{}；{}", why.zh, advice.zh), format!("{}; {}", why.en, advice.en));
    Stop::failed("读不了", "cannot read", shown, &why)
}

/// Writes a new file, completely or not at all.
fn write(file: &Path, bytes: &[u8]) -> Result<(), Stop> {
    let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let put = || -> io::Result<()> {
        let mut temporary = unnamed(folder)?;
        temporary.write_all(bytes)?;
        temporary.as_file().sync_all()?;
        temporary.persist_noclobber(file)?;
        Ok(())
    };
    put().map_err(|error| {
        if error.kind() == io::ErrorKind::AlreadyExists {
            return taken(file);
        }
        let (shown, why) = (file.display(), why(&error));
        Stop::Output(Bilingual::new(
            format!("W902 写不了 {shown}：{}", why.zh),
            format!("W902 cannot write {shown}: {}", why.en),
        ))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_update_stands_beside_the_old_file() {
        assert_eq!(beside(Path::new("甲/任务分工.xlsx")), Path::new("甲/任务分工（更新）.xlsx"));
    }
}
