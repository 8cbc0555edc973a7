-- Applications for one programme, followed to their decision. What was asked for stands in the dossier and never changes; all
-- that happened to it is events, which are only added: an undo is an event that names the one it takes back.

CREATE TABLE dossier (
    id           TEXT PRIMARY KEY,
    household_id TEXT NOT NULL REFERENCES household (id),
    person_id    TEXT REFERENCES person (id),
    programme    TEXT NOT NULL,
    content      TEXT NOT NULL,
    made_on      TEXT NOT NULL,
    made_at      TEXT NOT NULL,
    made_by      TEXT NOT NULL,
    -- What the events come to, so that those still open are found without reading every event.
    state        TEXT NOT NULL
) STRICT;
CREATE INDEX dossier_by_household ON dossier (household_id);
CREATE INDEX dossier_by_state ON dossier (state);

CREATE TRIGGER dossier_is_never_rewritten
BEFORE UPDATE OF id, programme, content, made_on, made_at, made_by ON dossier
BEGIN
    SELECT RAISE(ABORT, 'a dossier stays as it was made');
END;

CREATE TABLE dossier_event (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    dossier_id  TEXT NOT NULL REFERENCES dossier (id),
    kind        TEXT NOT NULL,
    happened_on TEXT NOT NULL,
    content     TEXT NOT NULL,
    undoes      INTEGER UNIQUE REFERENCES dossier_event (id),
    recorded_at TEXT NOT NULL,
    recorded_by TEXT NOT NULL
) STRICT;
CREATE INDEX dossier_event_by_dossier ON dossier_event (dossier_id, id);

CREATE TRIGGER dossier_event_is_never_changed BEFORE UPDATE ON dossier_event
BEGIN
    SELECT RAISE(ABORT, 'the events of a dossier are only appended');
END;
