-- A history as version 2 of the tables kept it: January and February 2014 of the campaign in half_year.rs.
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

CREATE TABLE settled (
    run    INTEGER PRIMARY KEY REFERENCES runs (id) ON DELETE CASCADE,
    digest TEXT NOT NULL,
    result TEXT NOT NULL
);
CREATE TABLE first_reports (
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
PRAGMA user_version = 2;

INSERT INTO files VALUES ('收件/综合科.csv', 'blake3:aa', '2014-02-02T10:00:00');
INSERT INTO runs VALUES
    (1, '2014-01', '2014-02-06', '2014-02-06T23:59:59', 'blake3:dd', '{}', '{"files":2,"files_merged":2}',
     '{"expected":4,"actual":3,"base":4,"timely":3,"on_time":3,"missing":1}', 1, 0, 0),
    (2, '2014-01', '2014-02-20', '2014-02-20T23:59:59', 'blake3:dd', '{}', '{"files":2,"files_merged":2}',
     '{"expected":4,"actual":3,"base":4,"timely":3,"on_time":3,"missing":1}', 1, 0, 0);
INSERT INTO inputs VALUES
    (1, '收件/综合科.csv', 'blake3:aa', 10, '2014-02-02T10:00:00', NULL, '"Read"', '2014-02-02T10:00:00'),
    (2, '收件/综合科.csv', 'blake3:aa', 10, '2014-02-02T10:00:00', NULL, '"Read"', '2014-02-02T10:00:00'),
    (2, '收件/~$综合科.csv', '', 10, '2014-02-02T10:00:00', NULL, '{"Ignored":{"zh":"锁定文件","en":"a lock file"}}', NULL);
INSERT INTO findings VALUES
    ('2014-01', '0000000000000001', 'D401', '驻村小组', NULL, '任务分工.csv!任务分工!C2', '驻村小组1月台账未报送', '2014-02-06', NULL, NULL),
    ('2014-01', '0000000000000002', 'C102', '综合科', NULL, '收件/综合科.csv!综合科!C4', '不是日期', '2014-02-06', '2014-02-20', NULL);
INSERT INTO stood VALUES (1, '0000000000000001'), (1, '0000000000000002'), (2, '0000000000000001');
INSERT INTO obligations VALUES ('2014-01', '1', '驻村小组', '2014-01', 'missing'), ('2014-01', '1', '综合科', '2014-01', 'on-time');
INSERT INTO reports VALUES
    ('2014-01', '2014-01-31', '1', '综合科', '2014-02-02T10:00:00', 0, '"InProgress"'),
    ('2014-01', '2014-01-31', '4', '后勤中心', '2014-02-02T10:00:00', 1, '"Done"');
