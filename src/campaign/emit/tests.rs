//! Outputs put in place while the disk fails.

use std::sync::atomic::{AtomicUsize, Ordering};

use super::super::disk::{Disk, RealDisk};
use super::*;
use crate::campaign::archive::digest;
use crate::render::{Rendered, Shelf};

/// A disk whose Nth step fails, once or permanently; without `exchange` if `plain`.
struct FailingDisk {
    steps: AtomicUsize,
    fails_at: usize,
    for_good: bool,
    plain: bool,
}

impl FailingDisk {
    fn step(&self) -> io::Result<()> {
        let at = self.steps.fetch_add(1, Ordering::Relaxed);
        let fails = if self.for_good { at >= self.fails_at } else { at == self.fails_at };
        if fails { Err(io::ErrorKind::StorageFull.into()) } else { Ok(()) }
    }
}

impl Disk for FailingDisk {
    fn make_folder(&self, path: &Path) -> io::Result<()> {
        self.step().and_then(|()| RealDisk.make_folder(path))
    }
    fn create(&self, path: &Path) -> io::Result<Box<dyn io::Write + '_>> {
        self.step()?;
        Ok(Box::new(FailingFile { disk: self, file: RealDisk.create(path)? }))
    }
    fn sync(&self, path: &Path) -> io::Result<()> {
        self.step().and_then(|()| RealDisk.sync(path))
    }
    fn sync_folder(&self, path: &Path) -> io::Result<()> {
        self.step().and_then(|()| RealDisk.sync_folder(path))
    }
    fn link(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.step().and_then(|()| RealDisk.link(from, to))
    }
    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.step().and_then(|()| RealDisk.rename(from, to))
    }
    fn exchange(&self, one: &Path, other: &Path) -> io::Result<()> {
        if self.plain {
            return Err(io::ErrorKind::Unsupported.into());
        }
        self.step().and_then(|()| RealDisk.exchange(one, other))
    }
    fn remove_folder(&self, path: &Path) -> io::Result<()> {
        self.step().and_then(|()| RealDisk.remove_folder(path))
    }
}

/// A file on it; a failed write leaves half of what was to be written.
struct FailingFile<'a> {
    disk: &'a FailingDisk,
    file: Box<dyn io::Write + 'a>,
}

impl io::Write for FailingFile<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.disk.step().inspect_err(|_| drop(self.file.write(&bytes[..bytes.len() / 2])))?;
        self.file.write(bytes)
    }
    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

/// Writes a set and puts it in place.
fn put_in_place(slot: &Slot, files: &[Rendered], edits: &Edits, disk: &dyn Disk) -> Result<Made, Stop> {
    put_after(slot, files, edits, disk, Made::new())
}

/// The same after a set of which it is known what its files were made of.
fn put_after(slot: &Slot, files: &[Rendered], edits: &Edits, disk: &dyn Disk, before: Made) -> Result<Made, Stop> {
    let set = slot.begin(disk, before)?;
    let stop = |error: anyhow::Error| refused(&slot.place, &io::Error::other(error));
    let put = |to: &dyn Shelf, file: &Rendered| {
        to.put_made(&file.path, &digest(&file.bytes), &mut |to| Ok(to.write_all(&file.bytes)?))
    };
    set.fill(|to| files.iter().try_for_each(|file| put(to, file)).map_err(stop))?;
    set.put(b"log", edits)?;
    Ok(set.made())
}

fn set(word: &str, count: usize) -> Vec<Rendered> {
    (0..count)
        .map(|n| Rendered { path: format!("通知/{n}.docx"), bytes: format!("{word}{n}").into_bytes() })
        .chain([Rendered { path: "run.json".into(), bytes: word.into() }])
        .collect()
}

/// What stands there beside the log.
fn found(place: &Path) -> BTreeMap<String, Vec<u8>> {
    walkdir::WalkDir::new(place)
        .into_iter()
        .filter_map(Result::ok)
        .filter(|entry| entry.file_type().is_file() && entry.file_name() != LOG)
        .map(|entry| {
            let name = entry.path().strip_prefix(place).expect("below").to_string_lossy().into_owned();
            (name, fs::read(entry.path()).expect("readable"))
        })
        .collect()
}

fn as_found(set: &[Rendered]) -> BTreeMap<String, Vec<u8>> {
    set.iter().map(|file| (file.path.clone(), file.bytes.clone())).collect()
}

#[test]
fn whichever_step_fails_the_old_set_or_the_new_one_stands_whole() {
    let (old, mut new, edits) = (set("old", 3), set("new", 2), Edits::default());
    new.push(Rendered { path: "退回/1.docx".into(), bytes: b"old1".to_vec() });
    for (plain, for_good) in [(false, false), (false, true), (true, false), (true, true)] {
        let mut failures = 0;
        for fails_at in 0.. {
            let dir = tempfile::tempdir().expect("a temporary folder");
            let slot = Slot::new(dir.path(), "2014-08");
            let before = put_in_place(&slot, &old, &edits, &RealDisk).expect("the old set");
            let disk = FailingDisk { steps: AtomicUsize::new(0), fails_at, for_good, plain };
            let put = put_after(&slot, &new, &edits, &disk, before);
            let reached = disk.steps.load(Ordering::Relaxed) > fails_at;
            // after a failure between two renames nothing is in place; the next run puts the old set back
            if for_good && plain {
                slot.recover(&RealDisk).expect("recovers");
            }
            let stands = found(&slot.place);
            if put.is_err() {
                failures += 1;
                assert!(stands == as_found(&old) || stands == as_found(&new), "step {fails_at}: {stands:?}");
            } else {
                assert_eq!(stands, as_found(&new), "step {fails_at}");
            }
            put_in_place(&slot, &new, &edits, &RealDisk).expect("the next run succeeds");
            assert_eq!(found(&slot.place), as_found(&new));
            assert_eq!(fs::read_dir(dir.path()).expect("readable").count(), 1, "nothing is left beside it");
            if !reached {
                break;
            }
        }
        assert!(failures > 5, "only {failures} steps could fail");
    }
}

#[cfg(unix)]
#[test]
fn what_is_made_of_the_same_is_the_same_file_unless_a_person_changed_it() {
    use std::os::unix::fs::MetadataExt as _;
    let dir = tempfile::tempdir().expect("a temporary folder");
    let slot = Slot::new(dir.path(), "2014-08");
    let file = |path: &str| fs::metadata(slot.place.join(path)).expect("there").ino();
    let (old, edits) = (set("old", 3), Edits::default());
    let before = put_in_place(&slot, &old, &edits, &RealDisk).expect("the old set");
    let files = ["通知/0.docx", "通知/1.docx", "通知/2.docx"].map(file);
    // as long as they are open, no other file gets their numbers
    let open = ["通知/0.docx", "通知/1.docx", "通知/2.docx"].map(|path| fs::File::open(slot.place.join(path)));
    fs::write(slot.place.join("通知/1.docx"), "old2").expect("changed by hand");
    let mut new = old.clone();
    new[2].bytes = b"new2".to_vec();
    new.push(Rendered { path: "通知/3.docx".into(), bytes: b"old2".to_vec() });
    let made = put_after(&slot, &new, &edits, &RealDisk, before).expect("the new set");
    assert_eq!(found(&slot.place), as_found(&new));
    let same = ["通知/0.docx", "通知/1.docx", "通知/2.docx", "通知/3.docx"].map(|path| files.contains(&file(path)));
    assert_eq!(same, [true, false, false, true]);
    assert_eq!(made.len(), new.len(), "{made:?}");
    // Nothing is known of a set that a run without memory made.
    put_in_place(&slot, &new, &edits, &RealDisk).expect("the same set");
    assert_eq!(found(&slot.place), as_found(&new));
    assert!(!files.contains(&file("通知/0.docx")));
    drop(open);
}

#[test]
fn files_of_the_old_set_do_not_linger() {
    let dir = tempfile::tempdir().expect("a temporary folder");
    let slot = Slot::new(dir.path(), "2014-08");
    put_in_place(&slot, &set("old", 5), &Edits::default(), &RealDisk).expect("the old set");
    put_in_place(&slot, &set("new", 1), &Edits::default(), &RealDisk).expect("the new set");
    assert_eq!(found(&slot.place).len(), 2);
}

#[test]
fn what_people_changed_stands_in_every_later_set_whichever_step_fails() {
    let now = |second| chrono::NaiveDate::from_ymd_opt(2014, 9, 6).and_then(|day| day.and_hms_opt(8, 15, second));
    let ours: BTreeSet<(String, String)> =
        set("old", 2).iter().map(|file| (file.path.clone(), digest(&file.bytes))).collect();
    for plain in [false, true] {
        for fails_at in 0.. {
            let dir = tempfile::tempdir().expect("a temporary folder");
            let slot = Slot::new(dir.path(), "2014-08");
            put_in_place(&slot, &set("old", 2), &Edits::default(), &RealDisk).expect("the old set");
            fs::write(slot.place.join("run.json"), "by hand").expect("changed");
            fs::write(slot.place.join("通知/说明.txt"), "put there").expect("put there");
            fs::write(slot.place.join("~$run.json"), "").expect("a lock file");
            slot.note("a line");
            let edits = slot.edits(&ours, now(0).expect("a moment")).expect("listed");
            let named: Vec<&str> = edits.files.iter().map(|(name, _)| name.as_str()).collect();
            assert_eq!(named, ["run.json", "通知/说明.txt"]);
            assert_eq!(edits.folder, "改动/2014-09-06T081500");
            let disk = FailingDisk { steps: AtomicUsize::new(0), fails_at, for_good: true, plain };
            let put = put_in_place(&slot, &set("new", 1), &edits, &disk);
            let reached = disk.steps.load(Ordering::Relaxed) > fails_at;
            slot.recover(&RealDisk).expect("recovers");
            let stands = found(&slot.place);
            let kept = |name: &str, text: &str| stands.get(name).is_some_and(|bytes| bytes == text.as_bytes());
            if stands.contains_key("通知/1.docx") {
                assert!(kept("run.json", "by hand") && kept("通知/说明.txt", "put there"), "step {fails_at}");
            } else {
                let moved = |name: &str, text: &str| kept(&format!("{}/{name}", edits.folder), text);
                assert!(moved("run.json", "by hand") && moved("通知/说明.txt", "put there"), "step {fails_at}");
                assert!(kept("run.json", "new"));
                // A second hand at the same second, and what was put aside before stays.
                fs::write(slot.place.join("x"), "x").expect("put there");
                let again = slot.edits(&BTreeSet::new(), now(0).expect("a moment")).expect("listed");
                assert_eq!(again.folder, "改动/2014-09-06T081500-2");
                put_in_place(&slot, &set("newer", 1), &again, &RealDisk).expect("the newer set");
                let stands = found(&slot.place);
                assert!(stands.contains_key("改动/2014-09-06T081500/run.json"));
                assert!(stands.contains_key("改动/2014-09-06T081500-2/x"));
            }
            if !reached {
                assert!(put.is_ok());
                break;
            }
        }
    }
}

/// A disk on which somebody else's folder stands in every old set.
struct SharedDisk;

impl Disk for SharedDisk {
    fn make_folder(&self, path: &Path) -> io::Result<()> {
        RealDisk.make_folder(path)
    }
    fn create(&self, path: &Path) -> io::Result<Box<dyn io::Write + '_>> {
        RealDisk.create(path)
    }
    fn sync(&self, path: &Path) -> io::Result<()> {
        RealDisk.sync(path)
    }
    fn sync_folder(&self, path: &Path) -> io::Result<()> {
        RealDisk.sync_folder(path)
    }
    fn link(&self, from: &Path, to: &Path) -> io::Result<()> {
        RealDisk.link(from, to)
    }
    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        RealDisk.rename(from, to)
    }
    fn exchange(&self, one: &Path, other: &Path) -> io::Result<()> {
        RealDisk.exchange(one, other)
    }
    fn remove_folder(&self, _: &Path) -> io::Result<()> {
        Err(io::ErrorKind::PermissionDenied.into())
    }
}

#[test]
fn what_cannot_be_removed_is_set_aside_and_named() {
    let dir = tempfile::tempdir().expect("a temporary folder");
    let slot = Slot::new(dir.path(), "2014-08");
    for (generation, notices) in [("old", 2), ("new", 1), ("newer", 1)] {
        put_in_place(&slot, &set(generation, notices), &Edits::default(), &SharedDisk).expect("put in place");
    }
    slot.recover(&SharedDisk).expect("what is left is no reason to stop");
    assert_eq!(found(&slot.place)["run.json"], b"newer");
    assert!(slot.left().is_some_and(|said| said.zh.contains(".2014-08.rest")));
    slot.recover(&RealDisk).expect("recovers");
    assert_eq!((slot.left(), fs::read_dir(dir.path()).expect("there").count()), (None, 1));
}

#[cfg(target_os = "linux")]
#[test]
fn names_that_are_shown_alike_are_kept_apart() {
    use std::os::unix::ffi::OsStrExt as _;
    let dir = tempfile::tempdir().expect("a temporary folder");
    let slot = Slot::new(dir.path(), "2014-08");
    put_in_place(&slot, &set("old", 1), &Edits::default(), &RealDisk).expect("the old set");
    // 张三 and 李四 in GBK
    for (name, text) in [(b"\xd5\xc5\xc8\xfd.txt", "one"), (b"\xc0\xee\xcb\xc4.txt", "two")] {
        fs::write(slot.place.join(std::ffi::OsStr::from_bytes(name)), text).expect("put there");
    }
    let ours = set("old", 1).iter().map(|file| (file.path.clone(), digest(&file.bytes))).collect();
    let moment = "2014-09-06T08:15:00".parse().expect("a moment");
    for generation in ["new", "newer"] {
        let edits = slot.edits(&ours, moment).expect("listed");
        put_in_place(&slot, &set(generation, 1), &edits, &RealDisk).expect("put in place");
    }
    let kept: Vec<Vec<u8>> =
        found(&slot.place).into_iter().filter(|(path, _)| path.contains("txt")).map(|(_, text)| text).collect();
    assert_eq!(kept.len(), 2, "{kept:?}");
    assert_ne!(kept[0], kept[1]);
}

#[test]
fn a_shortage_says_nothing_of_the_file() {
    let read = |error: io::Error| if_readable::<String>(Err(error)).map_err(|error| error.kind());
    let short = || io::Error::from_raw_os_error(if cfg!(windows) { 4 } else { 24 });
    assert_eq!(read(short()), Err(short().kind()));
    for gone in [io::ErrorKind::NotFound, io::ErrorKind::PermissionDenied] {
        assert_eq!(read(gone.into()), Ok(None));
    }
}
