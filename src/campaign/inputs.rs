//! The inputs of a run, each archived by its content: enough to repeat the run, and to see whether anything changed.

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::archive::Archive;
use super::history::Remembered;
use super::intake::{Admission, Incoming};
use super::open::Opened;
use super::stop::Stop;
use crate::basis::Bilingual;
use crate::basis::calendar::Window;
use crate::basis::settings::Settings;
use crate::outcome::Inputs;

/// A file of the inbox as a run found it.
#[derive(Debug, Serialize, Deserialize)]
struct Listed {
    name: String,
    hash: String,
    size: u64,
    received: chrono::NaiveDateTime,
    /// When it came itself, where its content had come before under another name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    own: Option<chrono::NaiveDateTime>,
    claim: Option<String>,
    // the name in archives of earlier versions
    #[serde(rename = "fate")]
    admission: Admission,
}

/// Archives the inputs of a run. `register` is the hash of the archived register.
///
/// # Errors
/// [`Stop::Output`] when the archive cannot be written.
pub fn keep(
    archive: &Archive,
    opened: &Opened,
    incoming: &[Incoming],
    register: Option<String>,
    remembered: &Remembered,
) -> Result<Inputs, Stop> {
    let listed = |file: &Incoming| Listed {
        name: file.name.clone(),
        hash: file.hash.clone(),
        size: file.size,
        received: file.received,
        own: Some(file.own).filter(|own| file.received == file.first && *own > file.first),
        claim: file.claim.clone(),
        admission: file.admission.clone(),
    };
    let inbox: Vec<Listed> = incoming.iter().map(listed).collect();
    let nothing = Remembered::default();
    Ok(Inputs {
        as_of: opened.as_of,
        division: opened.division.hash.clone(),
        settings: kept(archive, &used(&opened.settings))?,
        rulings: opened.rulings.clone(),
        form: opened.settings.form_hash.clone(),
        register,
        inbox: kept(archive, &inbox)?,
        history: if *remembered == nothing { None } else { Some(kept(archive, remembered)?) },
    })
}

/// The settings without those that do not affect the outputs (folders) or are recorded separately (moment, window).
fn used(settings: &Settings) -> Settings {
    let Settings { output, keep, .. } = Settings::default();
    Settings { output, keep, as_of: None, window: None, ..settings.clone() }
}

fn kept<T: Serialize>(archive: &Archive, value: &T) -> Result<String, Stop> {
    let bytes =
        serde_json::to_vec(value).map_err(|error| Stop::Fault(Bilingual::new(error.to_string(), error.to_string())))?;
    let too_big = |why: &Bilingual| Stop::failed("不能写入", "cannot write", ".taizhang/archive", why);
    let stored = archive.keep(&bytes).map_err(|refused| refused.stop(too_big))?;
    Ok(stored.hash)
}

/// The archived value with a hash.
fn recalled<T: DeserializeOwned>(archive: &Archive, hash: &str, (zh, en): (&str, &str)) -> Result<T, Stop> {
    let bytes = archive.bytes(hash).ok().and_then(|bytes| serde_json::from_slice(&bytes).ok());
    bytes.ok_or_else(|| {
        Stop::start(
            format!("存档中缺少{zh}，或已被改动，或由另一版本写成"),
            format!("the archive lost {en}, or it was altered, or another version wrote it"),
        )
    })
}

/// The settings, files and history of a run, from the archive.
///
/// # Errors
/// [`Stop::Start`] when one of them is missing or altered.
pub fn recall(archive: &Archive, inputs: &Inputs) -> Result<(Settings, Vec<Incoming>, Remembered), Stop> {
    let settings = recalled(archive, &inputs.settings, ("当时的设置", "the settings of that run"))?;
    let inbox: Vec<Listed> = recalled(archive, &inputs.inbox, ("当时的收件清单", "the list of files of that run"))?;
    let remembered = match &inputs.history {
        Some(hash) => recalled(archive, hash, ("当时的历史", "the history of that run"))?,
        None => Remembered::default(),
    };
    let incoming = inbox.into_iter().map(|file| Incoming {
        name: file.name,
        path: std::path::PathBuf::new(),
        hash: file.hash,
        size: file.size,
        received: file.received,
        first: file.received,
        own: file.own.unwrap_or(file.received),
        claim: file.claim,
        admission: file.admission,
    });
    Ok((settings, incoming.collect(), remembered))
}

/// The digest of all inputs of a run, including the version of the program.
pub fn digest(inputs: &Inputs, window: Window) -> String {
    digest_of(&format!("{window:?}|{inputs:?}"))
}

/// The digest of what decides how a file is read and judged by itself, beside the file and the day.
pub fn reading_digest(inputs: &Inputs, window: Window) -> String {
    let Inputs { as_of: _, division, settings, rulings, form: _, register: _, inbox: _, history: _ } = inputs;
    digest_of(&format!("{window:?}|{division}|{settings}|{rulings:?}"))
}

fn digest_of(what: &str) -> String {
    let program = std::env::current_exe().and_then(std::fs::metadata);
    let program = program.map(|meta| (meta.len(), meta.modified().ok())).ok();
    let all = format!("{}|{program:?}|{what}", env!("CARGO_PKG_VERSION"));
    blake3::hash(all.as_bytes()).to_hex().to_string()
}
