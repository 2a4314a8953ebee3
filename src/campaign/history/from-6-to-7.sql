-- What the codes of tasks mean, so that they can be told when the division is numbered anew.
CREATE TABLE numberings (
    id     INTEGER PRIMARY KEY,
    digest TEXT NOT NULL UNIQUE,
    tasks  TEXT NOT NULL
);
ALTER TABLE runs ADD COLUMN numbering INTEGER NOT NULL DEFAULT 0;
ALTER TABLE reports ADD COLUMN numbering INTEGER NOT NULL DEFAULT 0;
ALTER TABLE first_reports ADD COLUMN numbering INTEGER NOT NULL DEFAULT 0;
CREATE TABLE ruled (
    id        INTEGER NOT NULL,
    words     TEXT NOT NULL,
    numbering INTEGER NOT NULL,
    PRIMARY KEY (id, words)
) WITHOUT ROWID;
