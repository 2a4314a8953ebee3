//! Zip archives in the inbox: their entries, two levels deep, with names decoded as the sender saw them.

use std::borrow::Cow;
use std::io::{Cursor, Read};

use chrono::{NaiveDate, NaiveDateTime};
use encoding_rs::GB18030;
use zip::ZipArchive;

use super::outcome::{Format, Limit, Refusal};
use super::package::{MAX_ENTRIES, refuse_zip};
use super::sniff;

/// The most bytes of one entry; the same limit as for a file in the inbox.
const MAX_ENTRY: u64 = 100 << 20;
/// The most bytes of all entries together.
const MAX_TOTAL: u64 = 2 << 30;

/// One file of an archive.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Path inside the archive with `/`; an archive in the archive is followed by `!`: `附件.zip!台账/a.xlsx`.
    pub name: String,
    /// The modification time in the archive (local time); none when it is not a valid date.
    pub modified: Option<NaiveDateTime>,
    /// Its bytes, or why it was refused.
    pub bytes: Result<Vec<u8>, Refusal>,
}

/// Passes every file of a zip archive to `visit`, one at a time, so that only one is in memory. Folders and the resource
/// forks of macOS (`__MACOSX/`) are skipped. Nested archives are opened too; a third level is [`Refusal::OverBudget`].
/// A path that leaves the archive is [`Refusal::PathEscape`].
///
/// # Errors
/// A [`Refusal`] when the archive itself cannot be opened.
pub fn each(bytes: &[u8], visit: &mut dyn FnMut(Entry)) -> Result<(), Refusal> {
    level(bytes, "", &mut Budget { entries: MAX_ENTRIES, bytes: MAX_TOTAL }, visit)
}

/// All files of a zip archive at once; see [`each`].
///
/// # Errors
/// A [`Refusal`] when the archive itself cannot be opened.
pub fn entries(bytes: &[u8]) -> Result<Vec<Entry>, Refusal> {
    let mut all = Vec::new();
    each(bytes, &mut |entry| all.push(entry))?;
    Ok(all)
}

struct Budget {
    entries: usize,
    bytes: u64,
}

fn level(bytes: &[u8], prefix: &str, budget: &mut Budget, visit: &mut dyn FnMut(Entry)) -> Result<(), Refusal> {
    let mut zip = ZipArchive::new(Cursor::new(bytes)).map_err(refuse_zip)?;
    let twice = if zip.has_duplicate_names() { repeated(bytes, zip.central_directory_start()) } else { Vec::new() };
    if zip.len() > budget.entries {
        return Err(Refusal::OverBudget(Limit::Entries(MAX_ENTRIES as u64)));
    }
    if overlaps(&mut zip) {
        return Err(Refusal::Damaged("entries upon one another".into()));
    }
    budget.entries -= zip.len();
    let names = names(&mut zip)?;
    for (number, name) in names.into_iter().enumerate() {
        if name.ends_with('/') || name.starts_with("__MACOSX/") {
            continue;
        }
        let (modified, mut read) = read(&mut zip, number, &name, budget);
        // Which of the two is meant cannot be told.
        if zip.by_index_raw(number).is_ok_and(|entry| twice.iter().any(|name| name == entry.name_raw())) {
            read = Err(Refusal::Damaged("two entries of one name".into()));
        }
        let name = format!("{prefix}{name}");
        let nested = read.as_ref().is_ok_and(|bytes| sniff::sniff(bytes, &name) == Ok(Format::Zip));
        let read = match read {
            Ok(_) if nested && !prefix.is_empty() => Err(Refusal::OverBudget(Limit::NestedArchives)),
            Ok(inner) if nested => match level(&inner, &format!("{name}!"), budget, visit) {
                Ok(()) => continue,
                Err(refusal) => Err(refusal),
            },
            read => read,
        };
        visit(Entry { name, modified, bytes: read });
    }
    Ok(())
}

/// The names, as bytes, that stand more than once in the directory of an archive.
fn repeated(bytes: &[u8], directory: u64) -> Vec<Vec<u8>> {
    let (mut names, mut repeated) = (std::collections::BTreeSet::new(), Vec::new());
    let mut at = usize::try_from(directory).unwrap_or(bytes.len());
    // signature, 24 bytes, lengths of the name, of what follows it and of the comment, 12 bytes, the name
    while let Some(head) = bytes.get(at..at + 46).filter(|head| head.starts_with(b"PK\x01\x02")) {
        let length = |from: usize| usize::from(u16::from_le_bytes([head[from], head[from + 1]]));
        let Some(name) = bytes.get(at + 46..at + 46 + length(28)) else { break };
        if !names.insert(name) {
            repeated.push(name.to_vec());
        }
        at += 46 + length(28) + length(30) + length(32);
    }
    repeated
}

/// Whether two entries share bytes of the archive: one file handed out as a thousand.
fn overlaps(zip: &mut Zip<'_>) -> bool {
    let mut stretches = Vec::with_capacity(zip.len());
    for number in 0..zip.len() {
        // What is wrong with one entry is told where it is read.
        let Ok(entry) = zip.by_index_raw(number) else { continue };
        let data = entry.data_start().unwrap_or_else(|| entry.header_start());
        stretches.push((entry.header_start(), data + entry.compressed_size()));
    }
    stretches.sort_unstable();
    stretches.windows(2).any(|two| two[1].0 < two[0].1)
}

/// General purpose bit 11: the name is UTF-8.
const UTF8_FLAG: u16 = 1 << 11;

type Zip<'a> = ZipArchive<Cursor<&'a [u8]>>;

fn read(
    zip: &mut Zip<'_>,
    number: usize,
    name: &str,
    budget: &mut Budget,
) -> (Option<NaiveDateTime>, Result<Vec<u8>, Refusal>) {
    let mut file = match zip.by_index(number) {
        Ok(file) => file,
        Err(error) => return (None, Err(refuse_zip(error))),
    };
    let modified = file.last_modified().and_then(|time| {
        NaiveDate::from_ymd_opt(time.year().into(), time.month().into(), time.day().into())?.and_hms_opt(
            time.hour().into(),
            time.minute().into(),
            time.second().into(),
        )
    });
    if escapes(name) || file.is_symlink() {
        return (modified, Err(Refusal::PathEscape));
    }
    let limit = MAX_ENTRY.min(budget.bytes);
    let mut bytes = Vec::new();
    let read = match file.by_ref().take(limit + 1).read_to_end(&mut bytes) {
        Err(error) => Err(error.into()),
        Ok(_) if bytes.len() as u64 > limit => Err(Refusal::OverBudget(Limit::EntrySize(Limit::mb(MAX_ENTRY)))),
        Ok(_) => Ok(bytes),
    };
    budget.bytes -= read.as_ref().map_or(limit, |bytes| bytes.len() as u64);
    (modified, read)
}

/// Whether a decoded path, with `/` for `\`, leaves the folder it is unpacked into.
fn escapes(name: &str) -> bool {
    let drive = name.as_bytes().get(1) == Some(&b':') && name.as_bytes()[0].is_ascii_alphabetic();
    name.starts_with('/') || drive || name.split('/').any(|step| step == "..") || name.contains('\0')
}

/// The names of all entries, with `/` for `\`. Without the UTF-8 flag, Windows writes GB18030 and macOS UTF-8; where the
/// bytes are valid in both, the reading that gives Chinese characters is used. Names are decoded before paths are split,
/// because the second byte of some GBK characters is that of `\`.
fn names(zip: &mut Zip<'_>) -> Result<Vec<String>, Refusal> {
    let mut raw = Vec::with_capacity(zip.len());
    for number in 0..zip.len() {
        let entry = zip.by_index_data(number).map_err(refuse_zip)?;
        raw.push((entry.flags().as_u16() & UTF8_FLAG != 0, entry.name_raw().to_vec()));
    }
    let unflagged = || raw.iter().filter(|(utf8, name)| !utf8 && !name.is_ascii()).map(|(_, name)| name);
    let chinese = |text: &str| text.chars().any(|c| matches!(c, '\u{3400}'..='\u{9fff}'));
    let all_utf8 = unflagged().all(|name| std::str::from_utf8(name).is_ok());
    let utf8 = all_utf8 && unflagged().any(|name| chinese(&String::from_utf8_lossy(name)));
    let decode = |(flagged, name): &(bool, Vec<u8>)| {
        let as_utf8 = std::str::from_utf8(name).ok().map(Cow::Borrowed);
        let as_gbk = GB18030.decode_without_bom_handling_and_without_replacement(name);
        let text = match (as_utf8, as_gbk) {
            (_, Some(text)) if !flagged && !utf8 && (chinese(&text) || !all_utf8) => text,
            (Some(text), _) | (None, Some(text)) => text,
            (None, None) => String::from_utf8_lossy(name),
        };
        text.replace('\\', "/")
    };
    Ok(raw.iter().map(decode).collect())
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;
    use zip::write::{SimpleFileOptions, ZipWriter};

    /// An archive with these bytes as names and without the UTF-8 flag.
    fn archive(files: &[(&[u8], &[u8])]) -> Vec<u8> {
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        let placeholder = |at: usize, length: usize| format!("{:~<length$}", format!("{at:02}"));
        for (at, (name, bytes)) in files.iter().enumerate() {
            zip.start_file(placeholder(at, name.len()), SimpleFileOptions::default()).expect("entry");
            zip.write_all(bytes).expect("written");
        }
        let mut bytes = zip.finish().expect("finished").into_inner();
        for (at, (name, _)) in files.iter().enumerate() {
            let from = placeholder(at, name.len()).into_bytes();
            for start in 0..bytes.len() - from.len() {
                if bytes[start..].starts_with(&from) {
                    bytes[start..start + name.len()].copy_from_slice(name);
                }
            }
        }
        bytes
    }

    fn gbk(text: &str) -> Vec<u8> {
        GB18030.encode(text).0.into_owned()
    }

    fn names_of(files: &[(&[u8], &[u8])]) -> Vec<String> {
        entries(&archive(files)).expect("opened").into_iter().map(|entry| entry.name).collect()
    }

    #[test]
    fn names_are_what_the_sender_saw() {
        // the GBK bytes of 目录 and 通知 are also valid UTF-8; the second byte of 誠 in GBK is that of a backslash
        let listed = names_of(&[(&gbk("目录\\通知.csv"), b"a,b"), (&gbk("誠信.csv"), b"a,b")]);
        assert_eq!(listed, ["目录/通知.csv", "誠信.csv"]);
        assert_eq!(names_of(&[(&gbk("目录.csv"), b"a,b")]), ["目录.csv"]);
        assert_eq!(names_of(&[("台账/综合科.csv".as_bytes(), b"a,b")]), ["台账/综合科.csv"]);
        assert_eq!(names_of(&[(b"plain.csv", b"a,b"), (b"__MACOSX/._plain.csv", b"x")]), ["plain.csv"]);
    }

    #[test]
    fn paths_that_leave_the_archive_are_not_read() {
        for path in ["../a.csv", "a/../../b.csv", "/etc/a.csv", "\\\\host\\a.csv", "C:\\a.csv", "c:a.csv"] {
            let all = entries(&archive(&[(path.as_bytes(), b"a,b")])).expect("opened");
            assert_eq!(all[0].bytes, Err(Refusal::PathEscape), "{path}");
        }
        assert!(entries(&archive(&[(b"a..b/c.csv", b"a,b")])).expect("opened")[0].bytes.is_ok());
    }

    #[test]
    fn archives_inside_are_opened_one_level_deep() {
        let third = archive(&[(b"deep.csv", b"a,b")]);
        let second = archive(&[(b"b.csv", b"a,b"), (b"third.zip", &third)]);
        let all = entries(&archive(&[(b"a.csv", b"a,b"), (b"second.zip", &second)])).expect("opened");
        let seen: Vec<_> = all.iter().map(|entry| (entry.name.as_str(), entry.bytes.is_ok())).collect();
        assert_eq!(seen, [("a.csv", true), ("second.zip!b.csv", true), ("second.zip!third.zip", false)]);
        assert!(matches!(all[2].bytes, Err(Refusal::OverBudget(_))));
    }

    #[test]
    fn entries_upon_one_another_are_no_files() {
        let mut bytes = archive(&[(b"a.csv", b"a,b,c,d"), (b"b.csv", b"a,b,c,d")]);
        assert_eq!(entries(&bytes).expect("apart").len(), 2);
        // The second line of the directory is made to point to where the first does.
        let second = bytes.windows(4).rposition(|four| four == b"PK\x01\x02").expect("a directory");
        bytes[second + 42..second + 46].copy_from_slice(&[0; 4]);
        assert!(matches!(entries(&bytes), Err(Refusal::Damaged(_))));
    }

    #[test]
    fn damage_and_passwords_cost_the_entry() {
        let mut bytes = archive(&[(b"a.csv", b"a,b,c,d"), (b"b.csv", b"a,b")]);
        let at = bytes.windows(7).position(|w| w == b"a,b,c,d").unwrap_or(40);
        bytes[at] ^= 1;
        let all = entries(&bytes).expect("opened");
        assert!(matches!(all[0].bytes, Err(Refusal::Damaged(_))) && all[1].bytes.is_ok());

        let mut locked = archive(&[(b"a.csv", b"a,b")]);
        for start in 0..locked.len() - 10 {
            let flags = match &locked[start..start + 4] {
                b"PK\x03\x04" => 6,
                b"PK\x01\x02" => 8,
                _ => continue,
            };
            locked[start + flags] |= 1;
        }
        assert_eq!(entries(&locked).expect("opened")[0].bytes, Err(Refusal::Encrypted));
        assert!(matches!(entries(b"PK\x03\x04 cut"), Err(Refusal::Damaged(_))));
    }

    #[test]
    fn two_entries_of_one_name_cost_that_name() {
        let all = entries(&archive(&[(b"a.csv", b"a,b"), (b"b.csv", b"a,b"), (b"a.csv", b"c,d")])).expect("opened");
        let mut seen: Vec<_> = all.iter().map(|entry| (entry.name.as_str(), entry.bytes.is_ok())).collect();
        seen.sort_unstable();
        assert_eq!(seen, [("a.csv", false), ("b.csv", true)]);
    }

    #[test]
    fn names_without_the_flag_are_told_by_all_of_them() {
        // GBK that is no UTF-8: one such name decides for the archive.
        assert_eq!(names_of(&[(&gbk("综合科.csv"), b"a,b"), (b"plain.csv", b"a,b")]), ["综合科.csv", "plain.csv"]);
        // 鎴戠殑 is what the UTF-8 of 我的 looks like in GBK: both are Chinese, and UTF-8 is no accident.
        assert_eq!(names_of(&[("我的台账.csv".as_bytes(), b"a,b")]), ["我的台账.csv"]);
        let mixed = names_of(&[("我的.csv".as_bytes(), b"a,b"), (&gbk("综合科.csv"), b"a,b")]);
        assert_eq!(mixed[1], "综合科.csv");
    }

    #[test]
    fn the_flag_says_that_a_name_is_utf_8() {
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        // These bytes are 目录 in GBK; flagged they are other letters.
        let name = String::from_utf8(gbk("目录")).expect("valid in both") + ".csv";
        zip.start_file(name.as_str(), SimpleFileOptions::default()).expect("entry");
        zip.write_all(b"a,b").expect("written");
        let bytes = zip.finish().expect("finished").into_inner();
        assert_eq!(entries(&bytes).expect("opened")[0].name, name);
    }
}
