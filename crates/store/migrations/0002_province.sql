-- The code of the province in the official list of administrative units, from which local rules follow; empty where the
-- commune lies in none of them.

ALTER TABLE commune ADD COLUMN province_code TEXT NOT NULL DEFAULT '';
