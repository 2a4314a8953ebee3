CREATE TABLE problems (
    window  TEXT NOT NULL,
    "end"   TEXT NOT NULL,
    as_of   TEXT NOT NULL,
    number  INTEGER NOT NULL,
    problem TEXT,
    PRIMARY KEY (window, number)
) WITHOUT ROWID;
