-- An immutable name for a state of the project. What an export of it needs and the log does not hold is kept here: which images there were, and which
-- of them must stay on one side of a split.
CREATE TABLE release (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  note TEXT NOT NULL,
  -- The last event that is in it.
  seq INTEGER NOT NULL,
  -- The last image that is in it: images are numbered as they come.
  last_image_num INTEGER NOT NULL,
  images INTEGER NOT NULL,
  -- sha256 over the content, in the order of the images' own hashes: the same for every copy of the project.
  content_hash TEXT NOT NULL,
  -- Near-duplicates as they were grouped then: JSON [[image number, group], ...].
  groups TEXT NOT NULL,
  -- What the lead had written of the dataset then: JSON (shared/domain/settings.ts).
  datasheet TEXT NOT NULL,
  created_by TEXT NOT NULL REFERENCES person (id),
  created_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TRIGGER release_is_immutable BEFORE UPDATE ON release BEGIN SELECT RAISE (ABORT, 'a release does not change'); END;
