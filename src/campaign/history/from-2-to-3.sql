-- These two were made when they were first needed, so that they may not be there.
CREATE TABLE IF NOT EXISTS settled (run INTEGER PRIMARY KEY, digest TEXT NOT NULL, result TEXT NOT NULL);
ALTER TABLE settled RENAME TO settled_of_2;
CREATE TABLE settled (
    run    INTEGER PRIMARY KEY REFERENCES runs (id) ON DELETE CASCADE,
    digest TEXT NOT NULL,
    result TEXT NOT NULL
);
INSERT INTO settled SELECT run, digest, result FROM settled_of_2 WHERE run IN (SELECT id FROM runs);
DROP TABLE settled_of_2;
CREATE TABLE IF NOT EXISTS first_reports (
    window  TEXT NOT NULL,
    period  TEXT NOT NULL,
    task    TEXT NOT NULL,
    unit    TEXT NOT NULL,
    hash    TEXT NOT NULL,
    name    TEXT NOT NULL,
    arrived TEXT NOT NULL,
    seen    TEXT NOT NULL,
    PRIMARY KEY (window, period, task, unit, hash)
) WITHOUT ROWID;

-- What these runs were made of is not in the archive.
CREATE TABLE unarchived AS SELECT id AS run, settings FROM runs;
CREATE TABLE runs_of_3 (
    id       INTEGER PRIMARY KEY,
    turn     INTEGER NOT NULL,
    ran      TEXT NOT NULL,
    window   TEXT NOT NULL,
    day      TEXT NOT NULL,
    as_of    TEXT NOT NULL,
    version  TEXT NOT NULL,
    division TEXT NOT NULL,
    inputs   TEXT,
    sent     INTEGER NOT NULL,
    tally    TEXT NOT NULL,
    coverage TEXT NOT NULL,
    errors   INTEGER NOT NULL,
    warnings INTEGER NOT NULL,
    infos    INTEGER NOT NULL,
    UNIQUE (window, day)
);
INSERT INTO runs_of_3 SELECT id, id, as_of, window, day, as_of, '', division, NULL,
    (SELECT count(*) FROM inputs WHERE run = id AND fate NOT LIKE '{"Ignored"%'),
    tally, coverage, errors, warnings, infos FROM runs;
DROP TABLE runs;
ALTER TABLE runs_of_3 RENAME TO runs;

CREATE TABLE units (
    run      INTEGER NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
    unit     TEXT NOT NULL,
    coverage TEXT NOT NULL,
    PRIMARY KEY (run, unit)
) WITHOUT ROWID;

-- What a fault is followed by: unit and task of a duty, else its place.
ALTER TABLE findings RENAME TO findings_of_2;
CREATE TABLE findings (
    window  TEXT NOT NULL,
    id      TEXT NOT NULL,
    thread  TEXT NOT NULL,
    code    TEXT NOT NULL,
    unit    TEXT,
    task    TEXT,
    place   TEXT NOT NULL,
    message TEXT NOT NULL,
    PRIMARY KEY (window, id)
) WITHOUT ROWID;
INSERT INTO findings SELECT window, id,
    CASE WHEN code LIKE 'D%' THEN code || '|' || ifnull(unit, '') || '|' || ifnull(task, '') ELSE code || '|' || place END,
    code, unit, task, place, message FROM findings_of_2;
ALTER TABLE stood ADD COLUMN since TEXT NOT NULL DEFAULT '';
ALTER TABLE stood ADD COLUMN windows INTEGER NOT NULL DEFAULT 0;
UPDATE stood SET since = ifnull((
    SELECT ifnull(back, first) FROM findings_of_2 f, runs
    WHERE runs.id = stood.run AND f.window = runs.window AND f.id = stood.id
), '');
DELETE FROM stood WHERE since = '';
DROP TABLE findings_of_2;

ALTER TABLE reports RENAME TO reports_by_window;
CREATE TABLE reports (
    window   TEXT NOT NULL,
    "end"    TEXT NOT NULL,
    task     TEXT NOT NULL,
    unit     TEXT NOT NULL,
    hash     TEXT NOT NULL,
    name     TEXT NOT NULL,
    received TEXT NOT NULL,
    done     INTEGER NOT NULL,
    status   TEXT,
    seen     TEXT NOT NULL,
    run      INTEGER NOT NULL,
    PRIMARY KEY (window, task, unit, hash)
) WITHOUT ROWID;
-- Of which file a report came was not kept.
INSERT INTO reports SELECT window, "end", task, unit, '', '', received, done, status, received, 0 FROM reports_by_window;
DROP TABLE reports_by_window;
