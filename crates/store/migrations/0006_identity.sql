-- Who a person is beyond the rules: numbers, telephone, presence, and what an identity card said. All of it is personal data.
CREATE TABLE identity (
    person_id      TEXT PRIMARY KEY REFERENCES person (id),
    id_number      TEXT NOT NULL,
    old_id_number  TEXT NOT NULL,
    phone          TEXT NOT NULL,
    is_away        INTEGER NOT NULL CHECK (is_away IN (0, 1)),
    away_since     TEXT,
    card_text      TEXT,
    card_address   TEXT NOT NULL,
    card_issued_on TEXT,
    card_seen_on   TEXT,
    CHECK ((card_text IS NULL) = (card_seen_on IS NULL)),
    CHECK (is_away OR away_since IS NULL)
) STRICT;
CREATE INDEX identity_by_number ON identity (id_number) WHERE id_number <> '';

-- Identity numbers and telephone, digits only, found from the sixth digit on.
ALTER TABLE search_key ADD COLUMN numbers TEXT NOT NULL DEFAULT '';

-- A household that went into another one, or was taken back after a split, is in no list.
ALTER TABLE household ADD COLUMN closed_into TEXT REFERENCES household (id);

DROP VIEW household_line;
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
FROM household AS h
WHERE h.closed_into IS NULL;

-- Two persons of whom somebody said that they are not the same. The smaller identifier comes first.
CREATE TABLE not_duplicate (
    one_id     TEXT NOT NULL REFERENCES person (id),
    other_id   TEXT NOT NULL REFERENCES person (id),
    decided_at TEXT NOT NULL,
    decided_by TEXT NOT NULL,
    PRIMARY KEY (one_id, other_id),
    CHECK (one_id < other_id)
) STRICT;

-- What was done to rosters beyond one person: somebody moved, a household was split, two were merged, two records of one
-- person were merged. Each is a list of steps that can be taken back in reverse.
CREATE TABLE roster_act (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    kind        TEXT NOT NULL CHECK (kind IN ('move', 'split', 'merge households', 'merge persons')),
    from_id     TEXT NOT NULL REFERENCES household (id),
    to_id       TEXT NOT NULL REFERENCES household (id),
    happened_on TEXT NOT NULL,
    last_fact   INTEGER NOT NULL,
    done_at     TEXT NOT NULL,
    done_by     TEXT NOT NULL,
    undone_at   TEXT,
    undone_by   TEXT,
    CHECK ((undone_at IS NULL) = (undone_by IS NULL))
) STRICT;
CREATE INDEX roster_act_by_from ON roster_act (from_id);
CREATE INDEX roster_act_by_to ON roster_act (to_id);

-- `left`: person went on as other. `came`: person began as other. `relation`, `name`, `identity`, `fact`: before and
-- after, a fact by the numbers of its rows. `edge`: other became what `after` says of person. `opened`, `closed`: a household.
CREATE TABLE roster_step (
    act_id   INTEGER NOT NULL REFERENCES roster_act (id),
    n        INTEGER NOT NULL,
    what     TEXT NOT NULL CHECK (what IN ('left', 'came', 'relation', 'name', 'identity', 'fact', 'edge', 'opened', 'closed')),
    subject  TEXT NOT NULL,
    other    TEXT,
    before   TEXT,
    after    TEXT,
    PRIMARY KEY (act_id, n)
) STRICT;
CREATE INDEX roster_step_by_subject ON roster_step (subject);
