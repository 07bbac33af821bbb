-- Decisions on near-duplicates in the order they were made, each with what it replaced, so that the last one can be taken back, also after a restart.
CREATE TABLE near_step (
  num INTEGER PRIMARY KEY,
  kind TEXT NOT NULL CHECK (kind IN ('parted', 'joined')),
  -- Decisions on pairs as they were before: JSON [[lower image number, higher, same or null where there was none, by, at], ...].
  decisions TEXT NOT NULL,
  -- Groups of the decided images as they were before: JSON [[image number, ...], ...].
  groups TEXT NOT NULL,
  decided_by TEXT NOT NULL REFERENCES person (id),
  decided_at INTEGER NOT NULL,
  undone_at INTEGER
) STRICT;
-- How alike the encoder found an image of a group and its lowest-numbered one, when near-duplicates were found last.
CREATE TABLE near_likeness (
  image_num INTEGER NOT NULL REFERENCES image (num) ON DELETE CASCADE,
  first_num INTEGER NOT NULL REFERENCES image (num) ON DELETE CASCADE,
  likeness REAL NOT NULL,
  PRIMARY KEY (image_num, first_num)
) STRICT, WITHOUT ROWID;
