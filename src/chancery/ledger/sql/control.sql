-- The control file: what the ledger holds, as of which commit. Everything here is only added to,
-- but for `retired_in` (a segment merged into another) and rows of files that were then deleted.
CREATE TABLE IF NOT EXISTS segments (
    name TEXT PRIMARY KEY,          -- path below segments/
    table_name TEXT NOT NULL,
    row_count INTEGER NOT NULL,
    byte_count INTEGER NOT NULL,
    sha256 TEXT NOT NULL,
    added_first INTEGER NOT NULL,   -- the commits its rows came with
    added_last INTEGER NOT NULL,
    retired_in INTEGER              -- the compaction that merged it into another
);
CREATE TABLE IF NOT EXISTS snapshots (
    number INTEGER PRIMARY KEY,     -- the commit
    id TEXT NOT NULL,
    total BLOB NOT NULL,            -- sum of the SHA-256 of all content, modulo 2^256
    made TEXT NOT NULL,             -- instant, ISO 8601, UTC
    kind TEXT NOT NULL              -- add, record, decide
);
CREATE TABLE IF NOT EXISTS intake (
    number INTEGER NOT NULL,        -- the commit
    what TEXT NOT NULL,             -- reports, readings, problems, decisions
    new_count INTEGER NOT NULL,
    known_count INTEGER NOT NULL
);
CREATE TABLE IF NOT EXISTS decisions (
    number INTEGER PRIMARY KEY,     -- the order in which they were made
    id TEXT NOT NULL UNIQUE,
    about TEXT NOT NULL,
    verdict TEXT NOT NULL,
    reason TEXT NOT NULL,
    who TEXT NOT NULL,
    made TEXT NOT NULL,
    undoes TEXT,
    added INTEGER NOT NULL,
    anchors TEXT NOT NULL DEFAULT '[]' -- where the claims stood that it names (JSON)
);
CREATE TABLE IF NOT EXISTS report_index (
    number INTEGER PRIMARY KEY,     -- row of the full-text index
    report TEXT NOT NULL UNIQUE,
    key TEXT,
    day TEXT,                       -- last day of publication, for the order of hits
    added INTEGER NOT NULL
);
CREATE INDEX IF NOT EXISTS report_keys ON report_index (key);
CREATE TABLE IF NOT EXISTS problem_index (
    digest TEXT PRIMARY KEY,
    added INTEGER NOT NULL
);
CREATE TABLE IF NOT EXISTS compactions (
    number INTEGER PRIMARY KEY
);
CREATE VIRTUAL TABLE IF NOT EXISTS report_words USING fts5 (
    title, body, content = '', tokenize = 'unicode61 remove_diacritics 2'
);
PRAGMA user_version = 2;
