-- The log is the truth. `image`'s last columns and the tables below `Projections` are folded from it in the same transaction.
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE person (id TEXT PRIMARY KEY, name TEXT NOT NULL) STRICT, WITHOUT ROWID;

CREATE TABLE image (
  num INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  sha256 TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  -- Where the file was last seen: absolute, or relative to the project's media folder for copied files.
  path TEXT NOT NULL,
  copied INTEGER NOT NULL CHECK (copied IN (0, 1)),
  format TEXT NOT NULL,
  width_px INTEGER NOT NULL,
  height_px INTEGER NOT NULL,
  orientation INTEGER NOT NULL,
  size_bytes INTEGER NOT NULL,
  phash TEXT NOT NULL,
  taken_at INTEGER,
  camera TEXT,
  added_at INTEGER NOT NULL,
  missing INTEGER NOT NULL DEFAULT 0 CHECK (missing IN (0, 1)),
  -- 1 where a browser can't show the file upright as it is: a rendition below media/renditions is shown instead.
  needs_rendition INTEGER NOT NULL DEFAULT 0 CHECK (needs_rendition IN (0, 1)),
  -- Projection of the log.
  rev INTEGER NOT NULL DEFAULT 0,
  state TEXT NOT NULL DEFAULT 'todo',
  excluded INTEGER NOT NULL DEFAULT 0 CHECK (excluded IN (0, 1)),
  caption_count INTEGER NOT NULL DEFAULT 0,
  caption_words INTEGER NOT NULL DEFAULT 0,
  question_count INTEGER NOT NULL DEFAULT 0,
  answer_count INTEGER NOT NULL DEFAULT 0,
  set_count INTEGER NOT NULL DEFAULT 0,
  point_count INTEGER NOT NULL DEFAULT 0,
  edited_at INTEGER
) STRICT;
-- Each serves a sorting of the gallery without reading the wide rows: 100,000 images deep, 5 to 15 ms instead of 60 to 100.
CREATE INDEX image_by_num ON image (excluded, num, state, caption_count, answer_count, set_count, missing, point_count);
CREATE INDEX image_by_state ON image (excluded, state, num);
CREATE INDEX image_by_name ON image (excluded, name, num);
CREATE INDEX image_by_edited ON image (excluded, edited_at, num);
CREATE INDEX image_by_taken ON image (excluded, taken_at, num);
CREATE INDEX image_missing ON image (num) WHERE missing = 1;

-- Every file that was read, by path, so that a second import of a folder is quick and duplicates keep their names.
CREATE TABLE file (
  path TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  image_num INTEGER NOT NULL REFERENCES image (num) ON DELETE CASCADE,
  size_bytes INTEGER NOT NULL,
  mtime_ms REAL NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX file_by_image ON file (image_num);

CREATE TABLE event (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE,
  image_num INTEGER NOT NULL REFERENCES image (num),
  rev INTEGER NOT NULL,
  user_id TEXT NOT NULL REFERENCES person (id),
  device_id TEXT NOT NULL,
  at INTEGER NOT NULL,
  group_id TEXT NOT NULL,
  action TEXT NOT NULL CHECK (action IN ('edit', 'undo', 'redo')),
  ref_group_id TEXT,
  ops TEXT NOT NULL
) STRICT;
CREATE INDEX event_by_image ON event (image_num, rev);
CREATE INDEX event_by_group ON event (group_id);
CREATE INDEX event_by_ref ON event (ref_group_id) WHERE ref_group_id IS NOT NULL;
CREATE TRIGGER event_is_append_only_update BEFORE UPDATE ON event BEGIN SELECT RAISE (ABORT, 'the event log is append-only'); END;
CREATE TRIGGER event_is_append_only_delete BEFORE DELETE ON event BEGIN SELECT RAISE (ABORT, 'the event log is append-only'); END;

-- Projections, clustered by image: a document is read in one range of each.
CREATE TABLE caption (
  image_num INTEGER NOT NULL REFERENCES image (num),
  id TEXT NOT NULL,
  author_id TEXT NOT NULL,
  text TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  PRIMARY KEY (image_num, id)
) STRICT, WITHOUT ROWID;
CREATE TABLE thread (
  image_num INTEGER NOT NULL REFERENCES image (num),
  id TEXT NOT NULL,
  author_id TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  PRIMARY KEY (image_num, id)
) STRICT, WITHOUT ROWID;
CREATE TABLE turn (
  image_num INTEGER NOT NULL REFERENCES image (num),
  id TEXT NOT NULL,
  thread_id TEXT NOT NULL,
  role TEXT NOT NULL CHECK (role IN ('question', 'answer')),
  text TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  PRIMARY KEY (image_num, id)
) STRICT, WITHOUT ROWID;
CREATE TABLE point_set (
  image_num INTEGER NOT NULL REFERENCES image (num),
  id TEXT NOT NULL,
  author_id TEXT NOT NULL,
  label TEXT NOT NULL,
  presence TEXT NOT NULL CHECK (presence IN ('present', 'absent')),
  method TEXT NOT NULL CHECK (method IN ('pointing', 'counting')),
  created_at INTEGER NOT NULL,
  PRIMARY KEY (image_num, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX point_set_by_label ON point_set (label, image_num);
CREATE TABLE point (
  image_num INTEGER NOT NULL REFERENCES image (num),
  id TEXT NOT NULL,
  set_id TEXT NOT NULL,
  x_pct REAL NOT NULL CHECK (x_pct BETWEEN 0 AND 100),
  y_pct REAL NOT NULL CHECK (y_pct BETWEEN 0 AND 100),
  PRIMARY KEY (image_num, id)
) STRICT, WITHOUT ROWID;
-- What a merge could not settle; a person does.
CREATE TABLE conflict (
  image_num INTEGER NOT NULL REFERENCES image (num),
  position INTEGER NOT NULL,
  kind TEXT NOT NULL,
  id TEXT NOT NULL,
  field TEXT,
  reason TEXT NOT NULL,
  PRIMARY KEY (image_num, position)
) STRICT, WITHOUT ROWID;
-- Who worked on what.
CREATE TABLE image_person (
  image_num INTEGER NOT NULL REFERENCES image (num),
  person_id TEXT NOT NULL REFERENCES person (id),
  PRIMARY KEY (person_id, image_num)
) STRICT, WITHOUT ROWID;

-- rowid is image.num. Text goes in split (shared/text/search-split.ts): a space around every CJK character finds words of one character.
CREATE VIRTUAL TABLE image_text USING fts5 (
  name, caption, question, answer, label,
  content = '', contentless_delete = 1, prefix = '2 3', tokenize = "unicode61 remove_diacritics 2"
);

CREATE TABLE job (
  id TEXT PRIMARY KEY,
  kind TEXT NOT NULL,
  params TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('running', 'done', 'failed', 'cancelled', 'interrupted')),
  done INTEGER NOT NULL DEFAULT 0,
  total INTEGER,
  current TEXT,
  started_at INTEGER NOT NULL,
  ended_at INTEGER,
  error TEXT,
  result TEXT
) STRICT, WITHOUT ROWID;
CREATE TABLE import_problem (
  job_id TEXT NOT NULL,
  name TEXT NOT NULL,
  reason TEXT NOT NULL,
  detail TEXT,
  PRIMARY KEY (job_id, name)
) STRICT, WITHOUT ROWID;
