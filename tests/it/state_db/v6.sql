-- A history as version 6 of the tables kept it: January 2014 of the campaign in half_year.rs, brought up from version 2.

CREATE TABLE "runs" (
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
INSERT INTO "runs" VALUES(1,1,'2014-02-06T23:59:59','2014-01','2014-02-06','2014-02-06T23:59:59','','blake3:dd',NULL,1,'{"files":2,"files_merged":2}','{"expected":4,"actual":3,"base":4,"timely":3,"on_time":3,"missing":1}',1,0,0);
INSERT INTO "runs" VALUES(2,2,'2014-02-20T23:59:59','2014-01','2014-02-20','2014-02-20T23:59:59','','blake3:dd',NULL,1,'{"files":2,"files_merged":2}','{"expected":4,"actual":3,"base":4,"timely":3,"on_time":3,"missing":1}',1,0,0);
CREATE TABLE files (
    name  TEXT NOT NULL,
    hash  TEXT NOT NULL,
    first TEXT NOT NULL,
    PRIMARY KEY (name, hash)
) WITHOUT ROWID;
INSERT INTO "files" VALUES('收件/综合科.csv','blake3:aa','2014-02-02T10:00:00');
CREATE TABLE findings (
    window  TEXT NOT NULL,
    id      TEXT NOT NULL,
    thread  TEXT NOT NULL,
    code    TEXT NOT NULL,
    unit    TEXT,
    task    TEXT,
    place   TEXT NOT NULL,
    message TEXT NOT NULL,
    english TEXT,
    PRIMARY KEY (window, id)
) WITHOUT ROWID;
INSERT INTO "findings" VALUES('2014-01','0000000000000001','D401|驻村小组|','D401','驻村小组',NULL,'任务分工.csv!任务分工!C2','驻村小组1月台账未报送',NULL);
INSERT INTO "findings" VALUES('2014-01','0000000000000002','C102|收件/综合科.csv!综合科!C4','C102','综合科',NULL,'收件/综合科.csv!综合科!C4','不是日期',NULL);
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
INSERT INTO "inputs" VALUES(1,'收件/综合科.csv','blake3:aa',10,'2014-02-02T10:00:00',NULL,'"Read"','2014-02-02T10:00:00');
INSERT INTO "inputs" VALUES(2,'收件/~$综合科.csv','',10,'2014-02-02T10:00:00',NULL,'{"Ignored":{"zh":"锁定文件","en":"a lock file"}}',NULL);
INSERT INTO "inputs" VALUES(2,'收件/综合科.csv','blake3:aa',10,'2014-02-02T10:00:00',NULL,'"Read"','2014-02-02T10:00:00');
CREATE TABLE obligations (
    window TEXT NOT NULL,
    task   TEXT NOT NULL,
    unit   TEXT NOT NULL,
    period TEXT NOT NULL,
    state  TEXT NOT NULL,
    PRIMARY KEY (window, task, unit, period)
) WITHOUT ROWID;
INSERT INTO "obligations" VALUES('2014-01','1','综合科','2014-01','on-time');
INSERT INTO "obligations" VALUES('2014-01','1','驻村小组','2014-01','missing');
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
INSERT INTO "reports" VALUES('2014-01','2014-01-31','1','综合科','','','2014-02-02T10:00:00',0,'"InProgress"','2014-02-02T10:00:00',0);
INSERT INTO "reports" VALUES('2014-01','2014-01-31','4','后勤中心','','','2014-02-02T10:00:00',1,'"Done"','2014-02-02T10:00:00',0);
CREATE TABLE settled (
    run    INTEGER PRIMARY KEY REFERENCES runs (id) ON DELETE CASCADE,
    digest TEXT NOT NULL,
    result TEXT NOT NULL
);
INSERT INTO "settled" VALUES(2,'0123','{"summary":{},"outputs":[["records.csv","blake3:cc"],["run.json","blake3:ee"]]}');
CREATE TABLE stood (
    run INTEGER NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
    id  TEXT NOT NULL, since TEXT NOT NULL DEFAULT '', windows INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (run, id)
) WITHOUT ROWID;
INSERT INTO "stood" VALUES(1,'0000000000000001','2014-02-06',0);
INSERT INTO "stood" VALUES(1,'0000000000000002','2014-02-06',0);
INSERT INTO "stood" VALUES(2,'0000000000000001','2014-02-06',0);
CREATE TABLE unarchived(run INT,settings TEXT);
INSERT INTO "unarchived" VALUES(1,'{}');
INSERT INTO "unarchived" VALUES(2,'{}');
CREATE TABLE units (
    run      INTEGER NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
    unit     TEXT NOT NULL,
    coverage TEXT NOT NULL,
    PRIMARY KEY (run, unit)
) WITHOUT ROWID;
CREATE TABLE sets (
    window TEXT NOT NULL,
    path   TEXT NOT NULL,
    hash   TEXT NOT NULL,
    PRIMARY KEY (window, path, hash)
) WITHOUT ROWID;
INSERT INTO "sets" VALUES('2014-01','records.csv','blake3:cc');
INSERT INTO "sets" VALUES('2014-01','run.json','blake3:ee');
CREATE TABLE problems (
    window  TEXT NOT NULL,
    "end"   TEXT NOT NULL,
    as_of   TEXT NOT NULL,
    number  INTEGER NOT NULL,
    problem TEXT,
    PRIMARY KEY (window, number)
) WITHOUT ROWID;
PRAGMA user_version = 6;
