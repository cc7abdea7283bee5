-- A pilot is its events; `pilots` is a projection for the board, rebuilt from them at any time.
CREATE TABLE pins (
    digest TEXT PRIMARY KEY,
    text TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE events (
    pilot TEXT NOT NULL,
    seq INTEGER NOT NULL,
    type TEXT NOT NULL,
    at TEXT NOT NULL,
    actor TEXT NOT NULL,
    command TEXT NOT NULL,
    data TEXT NOT NULL,
    texts TEXT NOT NULL,
    hash TEXT NOT NULL,
    PRIMARY KEY (pilot, seq)
) WITHOUT ROWID;

CREATE INDEX events_by_command ON events (command);

-- Free text beside the chain: erasing sets content and salt to NULL and says when.
CREATE TABLE contents (
    pilot TEXT NOT NULL,
    seq INTEGER NOT NULL,
    key TEXT NOT NULL,
    salt BLOB,
    content TEXT,
    erased_at TEXT,
    PRIMARY KEY (pilot, seq, key)
) WITHOUT ROWID;

-- Evidence: which file's content belongs to which `attached` event.
CREATE TABLE evidence (
    pilot TEXT NOT NULL,
    number INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    sha256 TEXT,
    salt BLOB,
    erased_at TEXT,
    PRIMARY KEY (pilot, number)
) WITHOUT ROWID;

CREATE TABLE pilots (
    pilot TEXT PRIMARY KEY,
    seq INTEGER NOT NULL,
    name TEXT NOT NULL,
    folded TEXT NOT NULL,
    status TEXT NOT NULL,
    timer TEXT,
    row TEXT NOT NULL
) WITHOUT ROWID;

CREATE UNIQUE INDEX pilots_by_name ON pilots (folded);

CREATE TABLE settings (
    key TEXT PRIMARY KEY,
    value TEXT NOT NULL
) WITHOUT ROWID;
