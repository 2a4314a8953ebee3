-- The history of a campaign. Days and moments are ISO texts in local time.

-- The files that lay in the inbox at the last run, and since when their contents were known to be there.
CREATE TABLE files (
    name  TEXT NOT NULL,
    hash  TEXT NOT NULL,
    first TEXT NOT NULL,
    PRIMARY KEY (name, hash)
) WITHOUT ROWID;

-- One row for each window and day: a repeated run takes the place of the one before. `turn` counts the runs in the order
-- in which they ran, whatever clock or --as-of they were given; `ran` is the machine's clock.
CREATE TABLE runs (
    id       INTEGER PRIMARY KEY,
    turn     INTEGER NOT NULL,
    ran      TEXT NOT NULL,
    window   TEXT NOT NULL,
    day      TEXT NOT NULL,
    as_of    TEXT NOT NULL,
    version  TEXT NOT NULL,
    division TEXT NOT NULL,
    inputs   TEXT,             -- what it was made of, by archived hash; none of runs from before these were kept
    sent     INTEGER NOT NULL, -- files that somebody sent
    tally    TEXT NOT NULL,
    coverage TEXT NOT NULL,
    errors   INTEGER NOT NULL,
    warnings INTEGER NOT NULL,
    infos    INTEGER NOT NULL,
    numbering INTEGER NOT NULL DEFAULT 0, -- what its codes of tasks mean; 0 of runs from before that was kept
    UNIQUE (window, day)
);

-- What the numbers of a division mean: code and text of each task.
CREATE TABLE numberings (
    id     INTEGER PRIMARY KEY,
    digest TEXT NOT NULL UNIQUE,
    tasks  TEXT NOT NULL
);

-- What the codes of tasks in rulings mean: the numbering under which a line with these words was first obeyed.
CREATE TABLE ruled (
    id        INTEGER NOT NULL,
    words     TEXT NOT NULL,
    numbering INTEGER NOT NULL,
    PRIMARY KEY (id, words)
) WITHOUT ROWID;

-- What a run came to for each unit that owed something.
CREATE TABLE units (
    run      INTEGER NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
    unit     TEXT NOT NULL,
    coverage TEXT NOT NULL,
    PRIMARY KEY (run, unit)
) WITHOUT ROWID;

-- Faults. `thread` is what one is followed by over windows.
CREATE TABLE findings (
    window  TEXT NOT NULL,
    id      TEXT NOT NULL,
    thread  TEXT NOT NULL,
    code    TEXT NOT NULL,
    unit    TEXT,
    task    TEXT,
    place   TEXT NOT NULL,
    message TEXT NOT NULL,
    english TEXT,              -- the message; none of runs from before it was kept
    PRIMARY KEY (window, id)
) WITHOUT ROWID;

-- Which faults stood in which run, since which day without a break, and over how many windows before.
CREATE TABLE stood (
    run     INTEGER NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
    id      TEXT NOT NULL,
    since   TEXT NOT NULL,
    windows INTEGER NOT NULL,
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

-- What each content reported last on a task for a unit, owed in its window or not: later windows ask whether a task is
-- done for good, and whether a longer cycle was reported in parts. `seen` is the moment of the first run that saw it,
-- `run` the last that wrote it.
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
    numbering INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (window, task, unit, hash)
) WITHOUT ROWID;

-- When the usable reports of a window first arrived; `period` is what they count for, longer than the window where a task
-- is owed for that. `arrived` is never a time of the register, which may be mended any
-- day; `seen` is the moment of the run that saw the report: an earlier run made again must not know of it.
CREATE TABLE first_reports (
    window  TEXT NOT NULL,
    period  TEXT NOT NULL,
    task    TEXT NOT NULL,
    unit    TEXT NOT NULL,
    hash    TEXT NOT NULL,
    name    TEXT NOT NULL,
    arrived TEXT NOT NULL,
    seen    TEXT NOT NULL,
    numbering INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (window, period, task, unit, hash)
) WITHOUT ROWID;

-- Runs that need not be repeated: the digest of what went in, and what came out.
CREATE TABLE settled (
    run    INTEGER PRIMARY KEY REFERENCES runs (id) ON DELETE CASCADE,
    digest TEXT NOT NULL,
    result TEXT NOT NULL
);

-- Which outputs runs wrote: those that stand, and those that were about to be put in place.
CREATE TABLE sets (
    window TEXT NOT NULL,
    path   TEXT NOT NULL,
    hash   TEXT NOT NULL,
    PRIMARY KEY (window, path, hash)
) WITHOUT ROWID;

-- Problems that units reported, as the last run of each window left them; number 0 says only that it was run.
CREATE TABLE problems (
    window  TEXT NOT NULL,
    "end"   TEXT NOT NULL,
    as_of   TEXT NOT NULL,
    number  INTEGER NOT NULL,
    problem TEXT,
    PRIMARY KEY (window, number)
) WITHOUT ROWID;
