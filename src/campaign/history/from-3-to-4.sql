CREATE TABLE sets (
    window TEXT NOT NULL,
    path   TEXT NOT NULL,
    hash   TEXT NOT NULL,
    PRIMARY KEY (window, path, hash)
) WITHOUT ROWID;
INSERT OR IGNORE INTO sets
    SELECT window, json_extract(output.value, '$[0]'), json_extract(output.value, '$[1]')
    FROM settled JOIN runs ON runs.id = settled.run, json_each(settled.result, '$.outputs') AS output;
