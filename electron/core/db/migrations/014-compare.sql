-- Comparing two texts at a time. Rows name images by the sha256 of their bytes and each other by ids, and none is ever changed: two copies of a project are
-- merged by uniting them.
CREATE TABLE compare_source (
  id TEXT PRIMARY KEY,
  kind TEXT NOT NULL CHECK (kind IN ('caption', 'answer')),
  name TEXT NOT NULL,
  origin TEXT NOT NULL CHECK (origin IN ('model', 'person', 'release')),
  -- The file's name, the person's id, the release's name.
  detail TEXT NOT NULL,
  -- sha256 of the file, or of the texts.
  hash TEXT NOT NULL,
  created_by TEXT NOT NULL,
  created_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
-- What a model wrote, or what people had written at that moment. Machine text that is here is never people's work.
CREATE TABLE compare_text (
  source_id TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  -- '' for captions.
  question TEXT NOT NULL,
  text TEXT NOT NULL,
  PRIMARY KEY (source_id, sha256, question)
) STRICT, WITHOUT ROWID;
CREATE TABLE comparison (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('caption', 'answer')),
  -- JSON list of ids.
  source_ids TEXT NOT NULL,
  seed INTEGER NOT NULL,
  repeat_every INTEGER NOT NULL,
  created_by TEXT NOT NULL,
  created_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
-- What people chose, with the order that was shown. A choice is taken back by another row that names it.
CREATE TABLE compare_choice (
  id TEXT PRIMARY KEY,
  comparison_id TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  question TEXT NOT NULL,
  left_id TEXT NOT NULL,
  right_id TEXT NOT NULL,
  outcome TEXT NOT NULL CHECK (outcome IN ('left', 'right', 'tie', 'bad', 'undo')),
  reason TEXT,
  person_id TEXT NOT NULL,
  at INTEGER NOT NULL,
  repeat_of TEXT,
  undoes TEXT
) STRICT, WITHOUT ROWID;
CREATE INDEX compare_choice_by_comparison ON compare_choice (comparison_id, at);
CREATE TRIGGER compare_choice_is_append_only_update BEFORE UPDATE ON compare_choice BEGIN SELECT RAISE (ABORT, 'choices are append-only'); END;
CREATE TRIGGER compare_choice_is_append_only_delete BEFORE DELETE ON compare_choice BEGIN SELECT RAISE (ABORT, 'choices are append-only'); END;
