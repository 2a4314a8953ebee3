//! The structs of run.json. Their doc comments are the descriptions in the schema, which
//! `TAIZHANG_BLESS=1 cargo test --lib json` writes anew. Keys may come; none may go or change while it is v1.

#[cfg(test)]
use schemars::JsonSchema;
use serde::{Serialize, Serializer};

/// The name of the schema; a change that breaks readers gets a new one.
pub const SCHEMA: &str = "taizhang/run/v1";

/// A day.
#[cfg(test)]
const DAY: &str = r"^\d{4}-\d{2}-\d{2}$";
/// A moment to the minute, local time.
#[cfg(test)]
const MOMENT: &str = r"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$";
/// The hash of a file's bytes.
#[cfg(test)]
const HASH: &str = "^blake3:[0-9a-f]{64}$";

/// One run of taizhang: what came in, what was owed, what was found. Places are file, sheet and A1 address as users see
/// them; days are yyyy-mm-dd, moments local times to the minute.
#[derive(Serialize)]
#[cfg_attr(test, derive(JsonSchema), schemars(deny_unknown_fields, title = "run.json"))]
pub struct Run<'a> {
    #[cfg_attr(test, schemars(extend("const" = SCHEMA)))]
    pub(super) schema: &'static str,
    pub(super) tool: Tool,
    /// The campaign's title, as printed on the outputs.
    pub(super) title: &'a str,
    /// The day the run was made for.
    #[cfg_attr(test, schemars(regex(pattern = DAY)))]
    pub(super) as_of: String,
    pub(super) window: Window,
    pub(super) division: Division<'a>,
    pub(super) tally: Tally,
    pub(super) coverage: Coverage,
    /// Every file of the inbox, in the order of their names.
    pub(super) files: Vec<File<'a>>,
    /// In the order of the division, then unit, then period.
    #[cfg_attr(test, schemars(with = "Vec<Obligation<'a>>"))]
    pub(super) obligations: Items<'a, Obligation<'a>>,
    pub(super) grades: Vec<Graded<'a>>,
    pub(super) scores: Vec<Scored<'a>>,
    #[cfg_attr(test, schemars(with = "Vec<Finding<'a>>"))]
    pub(super) findings: Items<'a, Finding<'a>>,
    /// The lines of 人工认定.xlsx that a person filled in, in their order.
    pub(super) rulings: Vec<Ruling<'a>>,
    pub(super) inputs: Option<Inputs<'a>>,
}

/// A list whose items are made one after another while they are written, because there may be very many.
pub(super) struct Items<'a, T>(pub(super) Box<dyn Fn() -> Box<dyn Iterator<Item = T> + 'a> + 'a>);

impl<'a, T> Items<'a, T> {
    /// The list of what becomes of these.
    pub(super) fn of<S: 'a>(from: &'a [S], item: impl Fn(&'a S) -> T + Copy + 'a) -> Items<'a, T>
    where
        T: 'a,
    {
        Items(Box::new(move || Box::new(from.iter().map(item))))
    }
}

impl<T: Serialize> Serialize for Items<'_, T> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_seq((self.0)())
    }
}

/// The moment that the run was made for and the archived hashes of all that it was made of; null of a rehearsal.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(JsonSchema), schemars(deny_unknown_fields))]
pub(super) struct Inputs<'a> {
    pub(super) as_of: String,
    pub(super) division: &'a str,
    pub(super) settings: &'a str,
    pub(super) rulings: Option<&'a str>,
    pub(super) form: Option<&'a str>,
    pub(super) register: Option<&'a str>,
    pub(super) inbox: &'a str,
    pub(super) history: Option<&'a str>,
}

/// The program that made it.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(JsonSchema), schemars(deny_unknown_fields))]
pub(super) struct Tool {
    pub(super) name: &'static str,
    pub(super) version: &'static str,
}

/// The reporting window: first and last day, and when its reports are due.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(JsonSchema), schemars(deny_unknown_fields))]
pub(super) struct Window {
    /// `2014-08`, `2019-Q3`, `2018-W17` …
    pub(super) label: String,
    #[cfg_attr(test, schemars(regex(pattern = DAY)))]
    pub(super) start: String,
    #[cfg_attr(test, schemars(regex(pattern = DAY)))]
    pub(super) end: String,
    #[cfg_attr(test, schemars(regex(pattern = MOMENT)))]
    pub(super) due: String,
}

/// The division of tasks, and how many tasks, units and obligations it comes to.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(JsonSchema), schemars(deny_unknown_fields))]
pub(super) struct Division<'a> {
    pub(super) path: &'a str,
    #[cfg_attr(test, schemars(regex(pattern = HASH)))]
    pub(super) hash: &'a str,
    pub(super) tasks: usize,
    pub(super) units: usize,
    pub(super) obligations: usize,
}

/// `files` is the sum of the other counts of files, `rows_seen` that of the other counts of rows.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(JsonSchema), schemars(deny_unknown_fields))]
pub(super) struct Tally {
    pub(super) files: u32,
    pub(super) files_merged: u32,
    pub(super) files_refused: u32,
    pub(super) files_superseded: u32,
    pub(super) files_duplicate: u32,
    pub(super) files_ignored: u32,
    pub(super) rows_seen: u32,
    pub(super) rows_merged: u32,
    pub(super) rows_unmatched: u32,
    pub(super) rows_superseded: u32,
    pub(super) rows_blank: u32,
    pub(super) rows_furniture: u32,
}

/// Obligations by state; `expected` is the sum of the others without `not_due`.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(JsonSchema), schemars(deny_unknown_fields))]
pub(super) struct Coverage {
    pub(super) expected: u32,
    pub(super) on_time: u32,
    pub(super) late: u32,
    pub(super) nil: u32,
    pub(super) missing: u32,
    pub(super) blank: u32,
    pub(super) unusable: u32,
    pub(super) exempt: u32,
    pub(super) disputed: u32,
    pub(super) not_due: u32,
}

/// A file of the inbox.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(JsonSchema), schemars(deny_unknown_fields))]
pub(super) struct File<'a> {
    /// `收件/a.xlsx`; of an entry of an archive `收件/a.zip!dir/b.xlsx`.
    pub(super) path: &'a str,
    /// Null where its bytes could not be read.
    #[cfg_attr(test, schemars(regex(pattern = HASH)))]
    pub(super) hash: Option<&'a str>,
    /// Told by its content, not by its extension; null where it could not be read.
    #[cfg_attr(test, schemars(extend("enum" = formats())))]
    pub(super) format: Option<&'static str>,
    /// The unit that sent it; null where nobody can tell.
    pub(super) unit: Option<&'a str>,
    #[cfg_attr(test, schemars(regex(pattern = MOMENT)))]
    pub(super) received: String,
    #[cfg_attr(test, schemars(extend("enum" = ["merged", "refused", "superseded", "duplicate", "ignored"])))]
    pub(super) state: &'static str,
    /// Why it is in that state, where that needs a reason.
    pub(super) why: Option<String>,
    /// One for each ledger, then those that were left out.
    pub(super) sheets: Vec<Sheet<'a>>,
}

/// A sheet, or a part of one with a ledger of its own.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(JsonSchema), schemars(deny_unknown_fields))]
pub(super) struct Sheet<'a> {
    pub(super) name: &'a str,
    #[cfg_attr(test, schemars(extend("enum" = ["ledger", "skipped"])))]
    pub(super) state: &'static str,
    pub(super) why: String,
    /// The area of its heading: `A3:H4`.
    pub(super) heading: Option<String>,
    pub(super) columns: Vec<LedgerColumn<'a>>,
    /// How many records were read from it.
    pub(super) records: usize,
}

/// A column of a ledger and the field it was taken for.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(JsonSchema), schemars(deny_unknown_fields))]
pub(super) struct LedgerColumn<'a> {
    #[cfg_attr(test, schemars(regex(pattern = "^[A-Z]{1,3}$")))]
    pub(super) column: String,
    /// Of a form the cell of its value; of several like it that of the first.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) cell: Option<String>,
    pub(super) heading: &'a str,
    /// Null where no field is known by that heading.
    pub(super) field: Option<&'a str>,
}

/// A report that a unit owes on a task for a period, and what became of it.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(JsonSchema), schemars(deny_unknown_fields))]
pub(super) struct Obligation<'a> {
    pub(super) task: &'a str,
    pub(super) unit: &'a str,
    pub(super) period: String,
    #[cfg_attr(test, schemars(regex(pattern = MOMENT)))]
    pub(super) due: String,
    #[cfg_attr(test, schemars(extend("enum" = crate::outcome::labels::STATES.map(crate::obligation::State::name))))]
    pub(super) state: &'static str,
    /// When the first usable report came; none when there is none.
    #[cfg_attr(test, schemars(regex(pattern = MOMENT)))]
    pub(super) reported: Option<String>,
    /// The records that fulfil it: `收件/a.xlsx!台账!5`.
    pub(super) records: Vec<String>,
    /// Where its unit says that it has nothing to report at all, if that is its report; absent where it is not.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, schemars(with = "Place<'_>"))]
    pub(super) nil: Option<Place<'a>>,
    /// Files that fulfil it in a window before, and are no longer in the inbox.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(test, schemars(default))]
    pub(super) away: Vec<&'a str>,
}

/// The grade that a unit reached in a task.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(JsonSchema), schemars(deny_unknown_fields))]
pub(super) struct Graded<'a> {
    pub(super) task: &'a str,
    pub(super) unit: &'a str,
    pub(super) grade: &'a str,
}

/// The score that a unit gives itself, and the marks of the task.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(JsonSchema), schemars(deny_unknown_fields))]
pub(super) struct Scored<'a> {
    pub(super) task: &'a str,
    pub(super) unit: &'a str,
    pub(super) score: f64,
    pub(super) of: Option<f64>,
}

/// A finding.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(JsonSchema), schemars(deny_unknown_fields))]
pub(super) struct Finding<'a> {
    /// Stays the same from run to run while the same fault stands in the same place.
    #[cfg_attr(test, schemars(regex(pattern = "^[0-9a-f]{16}$")))]
    pub(super) id: &'a str,
    #[cfg_attr(test, schemars(regex(pattern = r"^[FSCRXDPW]\d{2,3}$")))]
    pub(super) code: &'static str,
    pub(super) name: &'static str,
    #[cfg_attr(test, schemars(extend("enum" = ["error", "warning", "info"])))]
    pub(super) severity: &'static str,
    pub(super) unit: Option<&'a str>,
    pub(super) task: Option<&'a str>,
    pub(super) period: Option<&'a str>,
    pub(super) place: Place<'a>,
    /// What stands there.
    pub(super) seen: Option<&'a str>,
    /// What should stand there.
    pub(super) expected: Option<&'a str>,
    pub(super) message: String,
    /// What to do.
    pub(super) advice: String,
    /// Other places that it is about; the demand in the division is one.
    pub(super) related: Vec<Place<'a>>,
    /// The first day of the unbroken row of runs that found it.
    #[cfg_attr(test, schemars(regex(pattern = DAY)))]
    pub(super) since: Option<String>,
    /// How the unit explained a warning in the marked copy that it sent back; absent while it has not.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, schemars(with = "String", length(min = 1)))]
    pub(super) answer: Option<&'a str>,
    /// The ruling by which the finding counts no more; absent where there is none.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, schemars(with = "RuledBy"))]
    pub(super) ruling: Option<RuledBy<'a>>,
}

/// Which ruling settled a finding, and who made it when and why.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(JsonSchema), schemars(deny_unknown_fields))]
pub(super) struct RuledBy<'a> {
    #[cfg_attr(test, schemars(range(min = 1)))]
    pub(super) id: u32,
    pub(super) by: &'a str,
    pub(super) on: &'a str,
    pub(super) reason: &'a str,
}

/// A ruling, what it is worth, and where it was needed.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(JsonSchema), schemars(deny_unknown_fields))]
pub(super) struct Ruling<'a> {
    #[cfg_attr(test, schemars(range(min = 1)))]
    pub(super) id: u32,
    /// 任务归属, 报送单位, 表头含义, 状态用语, 两报不冲突, 视为按时, 纸质佐证 or 职责; as it was written where it is none of them.
    pub(super) kind: &'a str,
    /// Whose doubt it was; null where nobody could tell.
    pub(super) unit: Option<&'a str>,
    /// 仅此处, 本单位今后 or 全部今后; as it was written where it is none of them.
    pub(super) scope: &'a str,
    pub(super) by: &'a str,
    pub(super) on: &'a str,
    pub(super) reason: &'a str,
    pub(super) until: Option<&'a str>,
    /// Of another window's ruling what it was worth then.
    #[cfg_attr(test, schemars(extend("enum" = ["有效", "已失效", "无效"])))]
    pub(super) state: &'static str,
    /// Where this run needed it.
    pub(super) places: Vec<Place<'a>>,
}

/// A file, a sheet of it, a cell of that.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(JsonSchema), schemars(deny_unknown_fields))]
pub(super) struct Place<'a> {
    pub(super) file: String,
    pub(super) sheet: Option<&'a str>,
    pub(super) cell: Option<String>,
}

/// The formats a file may have.
#[cfg(test)]
fn formats() -> Vec<Option<&'static str>> {
    let all = crate::read::Format::ALL.iter().map(|format| Some(format.extension()));
    all.chain([None]).collect()
}

#[cfg(test)]
mod tests {
    use schemars::generate::SchemaSettings;

    use super::*;

    #[test]
    fn the_schema_in_the_tree_is_that_of_the_structs() {
        let generator = SchemaSettings::draft2020_12().for_serialize().into_generator();
        let mut schema = generator.into_root_schema_for::<Run<'_>>();
        schema.insert("$id".into(), super::SCHEMA.into());
        let made = serde_json::to_string_pretty(&schema).expect("JSON") + "\n";
        let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src/render/schema/run-v1.schema.json");
        if std::env::var_os("TAIZHANG_BLESS").is_some() {
            std::fs::write(&path, &made).expect("written");
        }
        let kept = std::fs::read_to_string(&path).expect("the schema");
        assert!(kept == made, "the structs of run.json changed: TAIZHANG_BLESS=1 cargo test --lib json");
    }
}
