-- The history of a campaign. Days and moments are ISO texts in local time.

-- The files that lay in the inbox at the last run, and since when their contents were known to be there.
CREATE TABLE files (
    name  TEXT NOT NULL,
    hash  TEXT NOT NULL,
    first TEXT NOT NULL,
    PRIMARY KEY (name, hash)
) WITHOUT ROWID;

-- One row for each window and day: a repeated run takes the place of the one before.
CREATE TABLE runs (
    id       INTEGER PRIMARY KEY,
    window   TEXT NOT NULL,
    day      TEXT NOT NULL,
    as_of    TEXT NOT NULL,
    division TEXT NOT NULL,
    settings TEXT NOT NULL,
    tally    TEXT NOT NULL,
    coverage TEXT NOT NULL,
    errors   INTEGER NOT NULL,
    warnings INTEGER NOT NULL,
    infos    INTEGER NOT NULL,
    UNIQUE (window, day)
);

-- What a run read, enough to run it again.
CREATE TABLE inputs (
    run      INTEGER NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
    name     TEXT NOT NULL,
    hash     TEXT NOT NULL,
    size     INTEGER NOT NULL,
    received TEXT NOT NULL,
    claim    TEXT,
    fate     TEXT NOT NULL,
    first    TEXT,
    PRIMARY KEY (run, name)
) WITHOUT ROWID;

-- Faults: since when, and since when gone. One that comes back keeps its first day.
CREATE TABLE findings (
    window  TEXT NOT NULL,
    id      TEXT NOT NULL,
    code    TEXT NOT NULL,
    unit    TEXT,
    task    TEXT,
    place   TEXT NOT NULL,
    message TEXT NOT NULL,
    first   TEXT NOT NULL,
    gone    TEXT,
    back    TEXT,
    PRIMARY KEY (window, id)
) WITHOUT ROWID;

-- Which faults stood in which run.
CREATE TABLE stood (
    run INTEGER NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
    id  TEXT NOT NULL,
    PRIMARY KEY (run, id)
) WITHOUT ROWID;

-- What became of each obligation in the latest run of its window.
CREATE TABLE obligations (
    window TEXT NOT NULL,
    task   TEXT NOT NULL,
    unit   TEXT NOT NULL,
    period TEXT NOT NULL,
    state  TEXT NOT NULL,
    PRIMARY KEY (window, task, unit, period)
) WITHOUT ROWID;

-- What was last reported on a task by a unit in each window: later windows ask whether a task is done for good, and
-- whether a longer cycle was reported in parts.
CREATE TABLE reports (
    window   TEXT NOT NULL,
    "end"    TEXT NOT NULL,
    task     TEXT NOT NULL,
    unit     TEXT NOT NULL,
    received TEXT NOT NULL,
    done     INTEGER NOT NULL,
    status   TEXT,
    PRIMARY KEY (window, task, unit)
) WITHOUT ROWID;
