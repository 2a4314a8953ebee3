//! The protocol between parent and worker: frames of a length, a payload and an end mark.

use std::borrow::Cow;
use std::ffi::OsString;
use std::io::{self, Read, Write};
use std::path::Path;

use chrono::NaiveDateTime;
use serde::{Deserialize, Serialize};

use crate::basis::calendar::Window;
use crate::basis::finding::{Finding, Findings, Severity};
use crate::basis::place::{Place, Source};
use crate::basis::settings::Settings;
use crate::basis::{Bilingual, TaskId, UnitId};
use crate::campaign::intake::Unpacked;
use crate::check::kind;
use crate::draft::Draft;
use crate::ledger::FileReading;
use crate::read::{BookAppearance, Health, Refusal, SecondReading, Workbook};
use crate::render::returned::CopyOrder;
use crate::ruling::Written;

/// What a worker needs before it reads files; it loads the division from the grids itself.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Setup {
    pub(super) settings: Settings,
    pub(super) book: Workbook,
    pub(super) hash: String,
    pub(super) rulings: Vec<Written>,
    pub(super) window: Window,
    pub(super) as_of: NaiveDateTime,
}

/// A request of the parent.
#[derive(Debug, Serialize, Deserialize)]
pub(super) enum Request {
    /// Sets the campaign for subsequent [`Request::TakeIn`].
    Begin(Box<Setup>),
    /// Read a workbook as grids.
    Workbook { file: WirePath, name: String },
    /// Unpack a zip archive into the archive with this root.
    Unpack { file: WirePath, name: String, archive: WirePath },
    /// Draft a division from a plan document.
    Plan { file: WirePath, name: String },
    /// Read and check a file.
    TakeIn { file: WirePath, source: Source },
    /// Have the second reader read the file that was taken in last.
    ReadAgain,
    /// How a workbook looks.
    Appearance { file: WirePath, name: String },
    /// The health of a workbook.
    Health { file: WirePath, name: String },
    /// Make the marked copy of a file.
    Mark { file: WirePath, name: String, order: Box<CopyOrder> },
}

/// The answer of a worker.
#[derive(Debug, Serialize, Deserialize)]
pub(super) enum Response {
    /// To [`Request::Begin`].
    Ready,
    Workbook(Result<Workbook, Refusal>),
    Unpacked(Result<Option<Vec<Unpacked>>, Refusal>),
    Planned(Result<Box<Draft>, Refusal>),
    /// And whether the second reader is to be asked.
    TakenIn(Box<FileReading>, Vec<WireFinding>, bool),
    ReadAgain(SecondReading),
    Appearance(Result<Option<BookAppearance>, Refusal>),
    Health(Result<Health, Refusal>),
    Marked(Result<Option<Vec<u8>>, Refusal>),
    /// The reader panicked; where.
    Panicked(String),
}

/// A path as bytes, which may not be valid text.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct WirePath(Vec<u8>);

impl From<&Path> for WirePath {
    fn from(path: &Path) -> WirePath {
        WirePath(path.as_os_str().as_encoded_bytes().to_vec())
    }
}

impl WirePath {
    pub(super) fn path(self) -> OsString {
        #[cfg(unix)]
        return std::os::unix::ffi::OsStringExt::from_vec(self.0);
        // elsewhere paths are text, except for lone surrogates, which do not occur in folders of this program
        #[cfg(not(unix))]
        return OsString::from(String::from_utf8_lossy(&self.0).into_owned());
    }
}

/// A finding with its kind by code.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct WireFinding {
    code: String,
    severity: Severity,
    place: Place,
    unit: Option<UnitId>,
    task: Option<TaskId>,
    period: Option<String>,
    seen: Option<String>,
    expected: Option<Bilingual>,
    facts: Vec<(String, Bilingual)>,
    related: Vec<Place>,
    ruling: Option<u32>,
}

pub(super) fn to_wire(findings: Findings) -> Vec<WireFinding> {
    let wired = |finding: Finding| WireFinding {
        code: finding.kind.code.to_owned(),
        severity: finding.severity,
        place: finding.place,
        unit: finding.unit,
        task: finding.task,
        period: finding.period,
        seen: finding.seen,
        expected: finding.expected,
        facts: finding.facts.into_iter().map(|(name, fact)| (name.into_owned(), fact)).collect(),
        related: finding.related,
        ruling: finding.ruling,
    };
    findings.0.into_iter().map(wired).collect()
}

/// The findings; none when a code is unknown, which the same executable never sends.
pub(super) fn from_wire(wired: Vec<WireFinding>) -> Option<Findings> {
    let finding = |wired: WireFinding| {
        Some(Finding {
            kind: kind(&wired.code)?,
            severity: wired.severity,
            place: wired.place,
            unit: wired.unit,
            task: wired.task,
            period: wired.period,
            seen: wired.seen,
            expected: wired.expected,
            facts: wired.facts.into_iter().map(|(name, fact)| (Cow::Owned(name), fact)).collect(),
            related: wired.related,
            ruling: wired.ruling,
        })
    };
    wired.into_iter().map(finding).collect::<Option<Vec<_>>>().map(Findings)
}

/// What was read of a file and found in it, without the second reader, in the bytes in which a worker sends it.
#[derive(Debug)]
pub struct Sent(pub(in crate::campaign) Vec<u8>);

impl Sent {
    /// The bytes in which a worker would send it.
    pub(in crate::campaign) fn of(reading: &FileReading, findings: &Findings) -> Option<Sent> {
        let reading = FileReading { second: None, ..reading.clone() };
        let taken = Response::TakenIn(Box::new(reading), to_wire(findings.clone()), false);
        postcard::to_stdvec(&taken).ok().map(Sent)
    }

    /// What such bytes say; none of other bytes.
    pub(in crate::campaign) fn read(bytes: &[u8]) -> Option<(FileReading, Findings)> {
        let Response::TakenIn(reading, findings, _) = message(bytes).ok()? else { return None };
        Some((*reading, from_wire(findings)?))
    }
}

/// Follows every payload, so that an incomplete one is noticed.
const END: [u8; 4] = *b"\x04tz\n";

/// The longest payload, in bytes.
const LONGEST: u64 = 4 << 30;

/// Writes a frame.
pub(super) fn send<T: Serialize>(to: &mut impl Write, message: &T) -> io::Result<()> {
    let payload = postcard::to_stdvec(message).map_err(io::Error::other)?;
    to.write_all(&(payload.len() as u64).to_le_bytes())?;
    to.write_all(&payload)?;
    to.write_all(&END)?;
    to.flush()
}

/// Reads the payload of a frame; none at the end of the stream.
pub(super) fn receive(from: &mut impl Read) -> io::Result<Option<Vec<u8>>> {
    let mut length = [0; 8];
    if let Err(error) = from.read_exact(&mut length) {
        return if error.kind() == io::ErrorKind::UnexpectedEof { Ok(None) } else { Err(error) };
    }
    let length = u64::from_le_bytes(length);
    if length > LONGEST {
        return Err(io::Error::other("a frame of impossible length"));
    }
    // grown while it is read, because the length cannot be trusted
    let mut payload = Vec::new();
    from.take(length).read_to_end(&mut payload)?;
    let mut end = [0; 4];
    from.read_exact(&mut end)?;
    if payload.len() as u64 != length || end != END {
        return Err(io::Error::other("a frame without its end"));
    }
    Ok(Some(payload))
}

/// Decodes the message in a payload.
pub(super) fn message<'a, T: Deserialize<'a>>(payload: &'a [u8]) -> io::Result<T> {
    postcard::from_bytes(payload).map_err(io::Error::other)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_frame_that_is_cut_off_is_no_frame() {
        let mut bytes = Vec::new();
        send(&mut bytes, &Request::Workbook { file: Path::new("收件/a.xlsx").into(), name: "a".into() }).expect("sent");
        let payload = receive(&mut &bytes[..]).expect("whole").expect("one frame");
        let Request::Workbook { file, .. } = message(&payload).expect("a message") else { panic!("another message") };
        assert_eq!(file.path(), "收件/a.xlsx");
        assert!(receive(&mut &bytes[..0]).expect("a clean end").is_none());
        for cut in [9, bytes.len() - 1] {
            assert!(receive(&mut &bytes[..cut]).is_err(), "cut at {cut}");
        }
        let last = bytes.len() - 1;
        bytes[last] ^= 1;
        assert!(receive(&mut &bytes[..]).is_err());
    }
}
