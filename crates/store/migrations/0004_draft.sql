-- Drafts of rules: a set of rule files that is being written, with every step of it. Step 0 is what it began as; the files as
-- they stand are those of the newest step up to `head`. Taking a step back moves `head`; the next step after that takes the
-- place of those above.

CREATE TABLE draft (
    id          TEXT PRIMARY KEY,
    title       TEXT NOT NULL,
    base_digest TEXT NOT NULL,
    made_at     TEXT NOT NULL,
    made_by     TEXT NOT NULL,
    updated_at  TEXT NOT NULL,
    updated_by  TEXT NOT NULL,
    head        INTEGER NOT NULL DEFAULT 0 CHECK (head >= 0)
) STRICT;

CREATE TABLE draft_step (
    draft_id TEXT NOT NULL REFERENCES draft (id) ON DELETE CASCADE,
    step     INTEGER NOT NULL CHECK (step >= 0),
    what     TEXT NOT NULL,
    path     TEXT NOT NULL,
    made_at  TEXT NOT NULL,
    made_by  TEXT NOT NULL,
    PRIMARY KEY (draft_id, step)
) STRICT;

-- `bytes` is NULL where the step took the file away.
CREATE TABLE draft_file (
    draft_id TEXT NOT NULL REFERENCES draft (id) ON DELETE CASCADE,
    step     INTEGER NOT NULL,
    path     TEXT NOT NULL,
    bytes    BLOB,
    PRIMARY KEY (draft_id, path, step)
) STRICT;
