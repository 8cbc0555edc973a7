-- Which column of a list means what, as somebody last confirmed it, for the next list with the same headers.
CREATE TABLE import_mapping (
    headers  TEXT PRIMARY KEY,
    mapping  TEXT NOT NULL,
    saved_at TEXT NOT NULL,
    saved_by TEXT NOT NULL
) STRICT;

-- An import that is taken back deletes its persons and households: each is looked up in what may refer to it.
CREATE INDEX search_key_by_person ON search_key (person_id);
CREATE INDEX household_by_closing ON household (closed_into) WHERE closed_into IS NOT NULL;
