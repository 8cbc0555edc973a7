-- What the last screening found of each household. It is derived: every row but those of `gap_reason` can be thrown away and
-- is made anew from the households and the rules.

CREATE TABLE screening (
    id             INTEGER PRIMARY KEY,
    household_id   TEXT NOT NULL UNIQUE,
    -- `updated_at` of the household as it was screened: where the household has another, this is stale.
    household_at   TEXT NOT NULL,
    month          TEXT NOT NULL,
    release_digest TEXT NOT NULL,
    screened_at    TEXT NOT NULL,
    -- 0 after an answer on the desk, until the job has looked ahead again.
    has_changes    INTEGER NOT NULL CHECK (has_changes IN (0, 1)),
    n_open         INTEGER NOT NULL,
    n_missing      INTEGER NOT NULL,
    n_undated      INTEGER NOT NULL
) STRICT;
CREATE INDEX screening_by_missing ON screening (n_missing, household_id) WHERE n_open > 0;
CREATE INDEX screening_undated ON screening (household_id) WHERE n_undated > 0;

-- One row for each benefit that somebody may claim, receives or will come to, and for what could not be computed.
CREATE TABLE standing (
    screening_id INTEGER NOT NULL,
    household_id TEXT NOT NULL,
    person_id    TEXT,
    programme    TEXT NOT NULL,
    standing     TEXT NOT NULL CHECK (standing IN ('can_apply', 'receiving', 'later', 'not_computed')),
    -- What is paid, in whole đồng; none for a card.
    low          INTEGER,
    high         INTEGER,
    every        TEXT NOT NULL CHECK (every IN ('month', 'year', 'once')),
    -- 1 where it is cash, which alone is summed.
    is_cash      INTEGER NOT NULL CHECK (is_cash IN (0, 1)),
    next_on      TEXT,
    next_kind    TEXT,
    -- The day on which a screening first found it so.
    found_on     TEXT NOT NULL,
    -- For statistics, as they were when it was screened.
    hamlet       TEXT NOT NULL,
    sex          TEXT,
    age_band     TEXT,
    ethnic_group TEXT
) STRICT;
CREATE INDEX standing_by_screening ON standing (screening_id);
CREATE INDEX standing_gap ON standing (programme, hamlet) WHERE standing = 'can_apply';

-- What time alone will change within the months that the calendar shows.
CREATE TABLE upcoming (
    screening_id INTEGER NOT NULL,
    household_id TEXT NOT NULL,
    person_id    TEXT,
    programme    TEXT NOT NULL,
    hamlet       TEXT NOT NULL,
    change_on    TEXT NOT NULL,
    kind         TEXT NOT NULL CHECK (kind IN ('gains', 'ends', 'amount', 'asks')),
    cause        TEXT NOT NULL CHECK (cause IN ('age', 'paper', 'birth', 'law', 'day')),
    text_vi      TEXT NOT NULL,
    text_en      TEXT NOT NULL,
    why_vi       TEXT NOT NULL,
    why_en       TEXT NOT NULL
) STRICT;
CREATE INDEX upcoming_by_screening ON upcoming (screening_id);
CREATE INDEX upcoming_by_day ON upcoming (change_on, hamlet, programme);

-- What another release said otherwise of the same facts, from the release before to the one in `screening`.
CREATE TABLE release_change (
    screening_id  INTEGER NOT NULL,
    household_id  TEXT NOT NULL,
    person_id     TEXT,
    programme     TEXT NOT NULL,
    -- The words of `standing`, or `needs_fact` or `no`.
    before        TEXT NOT NULL,
    before_low    INTEGER,
    before_high   INTEGER,
    after         TEXT NOT NULL,
    after_low     INTEGER,
    after_high    INTEGER,
    before_digest TEXT NOT NULL,
    before_month  TEXT NOT NULL
) STRICT;
CREATE INDEX release_change_by_screening ON release_change (screening_id);

-- Why somebody does not receive what they may be entitled to. Rows are only added: the newest of a benefit counts, and one
-- without a reason takes back what was said.
CREATE TABLE gap_reason (
    id           INTEGER PRIMARY KEY AUTOINCREMENT,
    household_id TEXT NOT NULL,
    person_id    TEXT,
    programme    TEXT NOT NULL,
    reason       TEXT,
    note         TEXT NOT NULL,
    recorded_at  TEXT NOT NULL,
    recorded_by  TEXT NOT NULL
) STRICT;
CREATE INDEX gap_reason_by_benefit ON gap_reason (household_id, programme, person_id, id);
