-- Releases of rules that came to this machine, with what was decided about each; the keys that are trusted here; the keys
-- that sign here. Rows are only added: the newest of a release, or of a key, is how it stands.

CREATE TABLE release (
    digest       TEXT PRIMARY KEY,
    release_id   TEXT NOT NULL,
    number       INTEGER NOT NULL,
    effective_on TEXT NOT NULL,
    key_id       TEXT NOT NULL,
    bytes        BLOB NOT NULL,
    bytes_digest TEXT NOT NULL,
    received_at  TEXT NOT NULL,
    received_by  TEXT NOT NULL
) STRICT;

CREATE TABLE release_event (
    id     INTEGER PRIMARY KEY AUTOINCREMENT,
    digest TEXT NOT NULL REFERENCES release (digest),
    state  TEXT NOT NULL CHECK (state IN ('received', 'scheduled', 'in_force', 'superseded', 'withdrawn', 'refused')),
    reason TEXT NOT NULL,
    at     TEXT NOT NULL,
    by     TEXT NOT NULL
) STRICT;
CREATE INDEX release_event_by_digest ON release_event (digest, id);

CREATE TABLE trusted_key (
    id      INTEGER PRIMARY KEY AUTOINCREMENT,
    key_id  TEXT NOT NULL,
    public  TEXT NOT NULL,
    name    TEXT NOT NULL,
    trusted INTEGER NOT NULL CHECK (trusted IN (0, 1)),
    reason  TEXT NOT NULL,
    at      TEXT NOT NULL,
    by      TEXT NOT NULL
) STRICT;

-- The secret half is wrapped with a password of its own, as minisign wraps it, besides the encryption of the database.
CREATE TABLE signing_key (
    key_id  TEXT PRIMARY KEY,
    public  TEXT NOT NULL,
    secret  TEXT NOT NULL,
    name    TEXT NOT NULL,
    made_at TEXT NOT NULL,
    made_by TEXT NOT NULL
) STRICT;

CREATE TRIGGER release_is_never_changed BEFORE UPDATE ON release
BEGIN
    SELECT RAISE(ABORT, 'releases are only appended');
END;
CREATE TRIGGER release_is_never_deleted BEFORE DELETE ON release
BEGIN
    SELECT RAISE(ABORT, 'releases are only appended');
END;
CREATE TRIGGER release_event_is_never_changed BEFORE UPDATE ON release_event
BEGIN
    SELECT RAISE(ABORT, 'what was decided of a release is only appended');
END;
CREATE TRIGGER release_event_is_never_deleted BEFORE DELETE ON release_event
BEGIN
    SELECT RAISE(ABORT, 'what was decided of a release is only appended');
END;
CREATE TRIGGER trusted_key_is_never_changed BEFORE UPDATE ON trusted_key
BEGIN
    SELECT RAISE(ABORT, 'keys are only appended');
END;
CREATE TRIGGER trusted_key_is_never_deleted BEFORE DELETE ON trusted_key
BEGIN
    SELECT RAISE(ABORT, 'keys are only appended');
END;
CREATE TRIGGER signing_key_is_never_changed BEFORE UPDATE ON signing_key
BEGIN
    SELECT RAISE(ABORT, 'keys are only appended');
END;
CREATE TRIGGER signing_key_is_never_deleted BEFORE DELETE ON signing_key
BEGIN
    SELECT RAISE(ABORT, 'keys are only appended');
END;
