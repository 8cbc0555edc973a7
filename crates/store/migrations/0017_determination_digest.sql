-- A paper is held against what was kept of it by the beginning of a digest, without reading the bytes of every determination.

CREATE INDEX determination_by_digest ON determination (digest);
