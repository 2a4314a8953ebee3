//! From the tables of earlier versions to those of today, one step for each version.

use rusqlite::Connection;

/// The version of the tables; the number grows with every change of `schema.sql`.
pub(super) const VERSION: i32 = 7;

/// What each version added to the one before it, from the first on.
const STEPS: [&str; VERSION as usize - 1] = [
    // Times of arrival apart from those of receipt.
    "ALTER TABLE inputs ADD COLUMN first TEXT;",
    // Reports by content and whether owed or not; faults followed over windows; the order of running.
    include_str!("from-2-to-3.sql"),
    // What runs wrote, apart from what people put beside it.
    include_str!("from-3-to-4.sql"),
    // Problems, followed over windows.
    include_str!("from-4-to-5.sql"),
    // What is gone is told in the language of the run.
    "ALTER TABLE findings ADD COLUMN english TEXT;",
    // What the codes of tasks mean.
    include_str!("from-6-to-7.sql"),
];

/// Brings a database to the version of today, all at once or not at all. Gives the version it was found in; a newer one
/// is left as it is.
pub(super) fn migrate(db: &Connection) -> rusqlite::Result<i32> {
    let found: i32 = db.pragma_query_value(None, "user_version", |row| row.get(0))?;
    if found >= VERSION {
        return Ok(found);
    }
    let steps = match usize::try_from(found) {
        Ok(0) | Err(_) => vec![include_str!("schema.sql")],
        Ok(found) => STEPS[found - 1..].to_vec(),
    };
    // A table that is made anew is dropped first; with keys enforced that would take with it all that refers to its rows.
    db.pragma_update(None, "foreign_keys", false)?;
    db.execute_batch(&format!("BEGIN; {} PRAGMA user_version = {VERSION}; COMMIT;", steps.join("\n")))?;
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The columns of every table, in their order.
    fn columns(db: &Connection) -> Vec<String> {
        let mut rows = db
            .prepare(
                "SELECT m.name || '.' || c.name FROM sqlite_master m JOIN pragma_table_info(m.name) c
                 WHERE m.type = 'table' AND m.name NOT IN ('inputs', 'unarchived') ORDER BY m.name, c.cid",
            )
            .expect("a query");
        let rows = rows.query_map([], |row| row.get(0)).expect("rows");
        rows.collect::<Result<_, _>>().expect("texts")
    }

    #[test]
    fn every_version_comes_to_the_tables_of_today() {
        let new = Connection::open_in_memory().expect("room");
        migrate(&new).expect("made");
        for old in [
            include_str!("../../../tests/it/state_db/v1.sql"),
            include_str!("../../../tests/it/state_db/v2.sql"),
            include_str!("../../../tests/it/state_db/v3.sql"),
            include_str!("../../../tests/it/state_db/v4.sql"),
            include_str!("../../../tests/it/state_db/v5.sql"),
            include_str!("../../../tests/it/state_db/v6.sql"),
        ] {
            let db = Connection::open_in_memory().expect("room");
            db.execute_batch(old).expect("an old history");
            assert!(migrate(&db).expect("brought up to date") < VERSION);
            assert_eq!(columns(&db), columns(&new));
            let stood: i64 = db.query_row("SELECT count(*) FROM stood", [], |row| row.get(0)).expect("a count");
            assert_eq!(stood, 3, "what stood in its runs is kept");
            let count = "SELECT (SELECT count(*) FROM sets) - 2 * (SELECT count(*) FROM settled)";
            let unlike: i64 = db.query_row(count, [], |row| row.get(0)).expect("a count");
            assert_eq!(unlike, 0, "two outputs of each set that is known");
            assert_eq!(migrate(&db).expect("once"), VERSION);
        }
    }
}
