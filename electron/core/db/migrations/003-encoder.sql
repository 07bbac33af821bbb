-- What encoders and readers of text said of images. None of it is people's work, and all of it can be made again, except what people decided.
CREATE TABLE encoder (num INTEGER PRIMARY KEY, hash TEXT NOT NULL UNIQUE, id TEXT NOT NULL, dim INTEGER NOT NULL) STRICT;
-- float16, little-endian, length 1 (a detector's: the parts as they are, centred when they are searched).
CREATE TABLE embedding (
  encoder_num INTEGER NOT NULL REFERENCES encoder (num) ON DELETE CASCADE,
  image_num INTEGER NOT NULL REFERENCES image (num) ON DELETE CASCADE,
  vector BLOB NOT NULL,
  PRIMARY KEY (encoder_num, image_num)
) STRICT, WITHOUT ROWID;

-- Near-duplicates as they were found last, and what leads said of them, which outlives finding them again.
CREATE TABLE near_group (num INTEGER PRIMARY KEY, found_at INTEGER NOT NULL) STRICT;
CREATE TABLE near_member (
  image_num INTEGER PRIMARY KEY REFERENCES image (num) ON DELETE CASCADE,
  group_num INTEGER NOT NULL REFERENCES near_group (num) ON DELETE CASCADE
) STRICT;
CREATE INDEX near_member_by_group ON near_member (group_num);
-- Two images, the lower number first, that belong together or do not, whatever the encoder says.
CREATE TABLE near_decision (
  a_num INTEGER NOT NULL REFERENCES image (num) ON DELETE CASCADE,
  b_num INTEGER NOT NULL REFERENCES image (num) ON DELETE CASCADE,
  same INTEGER NOT NULL CHECK (same IN (0, 1)),
  decided_by TEXT NOT NULL REFERENCES person (id),
  decided_at INTEGER NOT NULL,
  PRIMARY KEY (a_num, b_num),
  CHECK (a_num < b_num)
) STRICT, WITHOUT ROWID;

-- Lines of text that a reader found: percent of the upright image, corners clockwise from the top left, as JSON [x, y, ...].
CREATE TABLE ocr_image (image_num INTEGER PRIMARY KEY REFERENCES image (num) ON DELETE CASCADE, model TEXT NOT NULL, read_at INTEGER NOT NULL) STRICT;
CREATE TABLE ocr_line (
  image_num INTEGER NOT NULL REFERENCES image (num) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  text TEXT NOT NULL,
  score REAL NOT NULL,
  corners TEXT NOT NULL,
  PRIMARY KEY (image_num, position)
) STRICT, WITHOUT ROWID;

-- Points that an encoder proposed and what the person did with each.
CREATE TABLE proposal (
  id TEXT PRIMARY KEY,
  image_num INTEGER NOT NULL REFERENCES image (num) ON DELETE CASCADE,
  -- The ask that it came with: one encoder, one label, one set of placed points.
  ask_id TEXT NOT NULL,
  label TEXT NOT NULL,
  encoder_id TEXT NOT NULL,
  encoder_hash TEXT NOT NULL,
  -- 'similar': from points that were placed; 'text': from the label's words.
  method TEXT NOT NULL CHECK (method IN ('similar', 'text')),
  x_pct REAL NOT NULL,
  y_pct REAL NOT NULL,
  score REAL NOT NULL,
  verdict TEXT NOT NULL DEFAULT 'open' CHECK (verdict IN ('open', 'accepted', 'moved', 'rejected')),
  -- The point it became, and how far from the proposal that was put, in percent of the image's diagonal.
  point_id TEXT,
  moved_pct REAL,
  shown_to TEXT NOT NULL REFERENCES person (id),
  shown_at INTEGER NOT NULL,
  settled_at INTEGER
) STRICT, WITHOUT ROWID;
CREATE INDEX proposal_by_image ON proposal (image_num, ask_id);
CREATE INDEX proposal_by_label ON proposal (encoder_id, label, verdict);
CREATE INDEX proposal_by_point ON proposal (point_id) WHERE point_id IS NOT NULL;
-- The proposal that a point came from; null where a person placed it.
ALTER TABLE point ADD COLUMN proposal_id TEXT;
