-- The first schema. Migrations are only added, never edited: a machine that applied this file compares its bytes.

CREATE TABLE commune (
    id       INTEGER PRIMARY KEY CHECK (id = 1),
    province TEXT NOT NULL,
    name     TEXT NOT NULL
) STRICT;

CREATE TABLE hamlet (
    position INTEGER PRIMARY KEY,
    name     TEXT NOT NULL UNIQUE
) STRICT;

CREATE TABLE user (
    user_name  TEXT PRIMARY KEY,
    full_name  TEXT NOT NULL,
    role       TEXT NOT NULL CHECK (role IN ('officer', 'supervisor')),
    created_at TEXT NOT NULL
) STRICT;

CREATE TABLE setting (
    key   TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT;

CREATE TABLE household (
    id         TEXT PRIMARY KEY,
    number     TEXT NOT NULL UNIQUE,
    hamlet     TEXT NOT NULL,
    invented   INTEGER NOT NULL CHECK (invented IN (0, 1)),
    created_at TEXT NOT NULL,
    created_by TEXT NOT NULL,
    updated_at TEXT NOT NULL
) STRICT;
CREATE INDEX household_by_update ON household (updated_at);

CREATE TABLE person (
    id             TEXT PRIMARY KEY,
    household_id   TEXT NOT NULL REFERENCES household (id),
    position       INTEGER NOT NULL,
    name           TEXT NOT NULL,
    relation       TEXT NOT NULL,
    birth_year     TEXT,
    died_on        TEXT,
    removed_at     TEXT,
    removed_reason TEXT,
    CHECK ((removed_at IS NULL) = (removed_reason IS NULL)),
    UNIQUE (household_id, id),
    UNIQUE (household_id, position)
) STRICT;

-- `parent`: other is a parent of person. `partner`: stored in both directions.
-- The household stands in both keys so that an edge never leaves its household.
CREATE TABLE edge (
    household_id TEXT NOT NULL,
    person_id    TEXT NOT NULL,
    other_id     TEXT NOT NULL,
    kind         TEXT NOT NULL CHECK (kind IN ('parent', 'partner')),
    PRIMARY KEY (person_id, other_id, kind),
    CHECK (person_id <> other_id),
    FOREIGN KEY (household_id, person_id) REFERENCES person (household_id, id),
    FOREIGN KEY (household_id, other_id) REFERENCES person (household_id, id)
) STRICT;
CREATE INDEX edge_by_household ON edge (household_id);

-- Rows are only added: the newest of a name wins, and a deleted fact is a newest row without an answer.
CREATE TABLE fact (
    id           INTEGER PRIMARY KEY AUTOINCREMENT,
    household_id TEXT NOT NULL REFERENCES household (id),
    person_id    TEXT,
    name         TEXT NOT NULL,
    answer       TEXT,
    source       TEXT NOT NULL,
    paper        TEXT,
    paper_on     TEXT,
    recorded_at  TEXT NOT NULL,
    recorded_by  TEXT NOT NULL,
    FOREIGN KEY (household_id, person_id) REFERENCES person (household_id, id)
) STRICT;
CREATE INDEX fact_by_name ON fact (household_id, person_id, name, id);

CREATE TABLE determination (
    id             TEXT PRIMARY KEY,
    household_id   TEXT NOT NULL REFERENCES household (id),
    month          TEXT NOT NULL CHECK (month GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]'),
    release_digest TEXT NOT NULL,
    bytes          BLOB NOT NULL,
    digest         TEXT NOT NULL,
    made_at        TEXT NOT NULL,
    made_by        TEXT NOT NULL,
    purpose        TEXT NOT NULL
) STRICT;
CREATE INDEX determination_by_household ON determination (household_id, made_at);

CREATE TRIGGER determination_is_never_changed BEFORE UPDATE ON determination
BEGIN
    SELECT RAISE(ABORT, 'determinations are only appended');
END;
CREATE TRIGGER determination_is_never_deleted BEFORE DELETE ON determination
BEGIN
    SELECT RAISE(ABORT, 'determinations are only appended');
END;

CREATE TABLE audit (
    seq      INTEGER PRIMARY KEY,
    at       TEXT NOT NULL,
    by       TEXT NOT NULL,
    action   TEXT NOT NULL,
    subject  TEXT NOT NULL,
    detail   TEXT NOT NULL,
    previous TEXT NOT NULL,
    hash     TEXT NOT NULL
) STRICT;

CREATE TRIGGER audit_is_never_changed BEFORE UPDATE ON audit
BEGIN
    SELECT RAISE(ABORT, 'the audit log is only appended');
END;
CREATE TRIGGER audit_is_never_deleted BEFORE DELETE ON audit
BEGIN
    SELECT RAISE(ABORT, 'the audit log is only appended');
END;

-- What a search compares, made in Rust because SQLite folds ASCII only. Each list of words begins every word with a
-- space, so that ' an' finds the beginning of a word. The row without a person finds the household itself.
CREATE TABLE search_key (
    id           INTEGER PRIMARY KEY,
    household_id TEXT NOT NULL REFERENCES household (id),
    person_id    TEXT REFERENCES person (id),
    position     INTEGER NOT NULL,
    exact        TEXT NOT NULL,
    folded       TEXT NOT NULL,
    initials     TEXT NOT NULL,
    birth_year   TEXT NOT NULL,
    place        TEXT NOT NULL
) STRICT;
CREATE INDEX search_key_by_household ON search_key (household_id);

CREATE VIEW household_line AS
SELECT
    h.id,
    h.number,
    h.hamlet,
    h.invented,
    h.updated_at,
    (
        SELECT p.name FROM person AS p
        WHERE p.household_id = h.id AND p.removed_at IS NULL
        ORDER BY p.relation <> 'head', p.position
        LIMIT 1
    ) AS head_name,
    (SELECT count(*) FROM person AS p WHERE p.household_id = h.id AND p.removed_at IS NULL) AS n_persons
FROM household AS h;
