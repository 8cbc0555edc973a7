-- Who may no longer sign in: nobody is deleted, because their name stands in the audit log. Imports, so that one can be taken
-- back. Persons whose data were erased.

ALTER TABLE user ADD COLUMN deactivated_at TEXT;

CREATE INDEX audit_by_subject ON audit (subject);

CREATE TABLE import_batch (
    id           INTEGER PRIMARY KEY AUTOINCREMENT,
    file_name    TEXT NOT NULL,
    n_rows       INTEGER NOT NULL,
    n_left_out   INTEGER NOT NULL,
    imported_at  TEXT NOT NULL,
    imported_by  TEXT NOT NULL,
    undone_at    TEXT,
    undone_by    TEXT,
    CHECK ((undone_at IS NULL) = (undone_by IS NULL))
) STRICT;

-- Without a reference: an import that was taken back leaves its list of what it had brought.
CREATE TABLE import_household (
    batch_id     INTEGER NOT NULL REFERENCES import_batch (id),
    household_id TEXT NOT NULL,
    PRIMARY KEY (batch_id, household_id)
) STRICT;

CREATE TABLE erasure (
    person_id    TEXT PRIMARY KEY REFERENCES person (id),
    household_id TEXT NOT NULL REFERENCES household (id),
    reason       TEXT NOT NULL,
    erased_at    TEXT NOT NULL,
    erased_by    TEXT NOT NULL
) STRICT;
CREATE INDEX erasure_by_household ON erasure (household_id);

CREATE TRIGGER erasure_is_never_changed BEFORE UPDATE ON erasure
BEGIN
    SELECT RAISE(ABORT, 'an erasure is not taken back');
END;
CREATE TRIGGER erasure_is_never_deleted BEFORE DELETE ON erasure
BEGIN
    SELECT RAISE(ABORT, 'an erasure is not taken back');
END;

-- A determination holds what the paper says of everybody in the household. Where somebody of it was erased, its bytes may go;
-- month, release and digest stay, so that a paper that is shown later can still be compared. Nothing else of it changes.
DROP TRIGGER determination_is_never_changed;
CREATE TRIGGER determination_is_never_changed BEFORE UPDATE ON determination
WHEN NOT (
    length(NEW.bytes) = 0
    AND NEW.id = OLD.id AND NEW.household_id = OLD.household_id AND NEW.month = OLD.month
    AND NEW.release_digest = OLD.release_digest AND NEW.digest = OLD.digest
    AND NEW.made_at = OLD.made_at AND NEW.made_by = OLD.made_by AND NEW.purpose = OLD.purpose
    AND EXISTS (SELECT 1 FROM erasure WHERE household_id = OLD.household_id)
)
BEGIN
    SELECT RAISE(ABORT, 'determinations are only appended');
END;
