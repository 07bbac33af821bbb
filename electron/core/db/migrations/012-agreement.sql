-- What agreement is computed from, by image: worked out from the projection again whenever the image or the radius changed.
CREATE TABLE agreement_cache (
  image_num INTEGER PRIMARY KEY REFERENCES image (num),
  rev INTEGER NOT NULL,
  radius_pct REAL NOT NULL,
  -- JSON: comparisons of people with each other, counts by label, and comparisons with the gold reference.
  data TEXT NOT NULL
) STRICT;
-- Images with a reference that annotators are held against. Never part of the log, a work package or an export: nobody can tell them from others.
CREATE TABLE gold (
  image_num INTEGER PRIMARY KEY REFERENCES image (num),
  marked_by TEXT NOT NULL,
  marked_at INTEGER NOT NULL,
  -- The content at that moment, as JSON of its rows.
  reference TEXT NOT NULL
) STRICT;
-- Lots that are taken or turned down by a sample.
CREATE TABLE acceptance_lot (
  id TEXT PRIMARY KEY,
  made_by TEXT NOT NULL,
  made_at INTEGER NOT NULL,
  level TEXT NOT NULL CHECK (level IN ('I', 'II', 'III')),
  aql REAL NOT NULL,
  person_id TEXT
) STRICT, WITHOUT ROWID;
CREATE TABLE acceptance_item (
  lot_id TEXT NOT NULL REFERENCES acceptance_lot (id),
  image_num INTEGER NOT NULL REFERENCES image (num),
  sampled INTEGER NOT NULL CHECK (sampled IN (0, 1)),
  PRIMARY KEY (lot_id, image_num)
) STRICT, WITHOUT ROWID;
