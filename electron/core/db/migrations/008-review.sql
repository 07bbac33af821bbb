-- People have a role, and may keep others from acting under their name by mistake. Whoever is here already could do everything, and still can.
ALTER TABLE person ADD COLUMN role TEXT NOT NULL DEFAULT 'annotator' CHECK (role IN ('annotator', 'reviewer', 'lead'));
ALTER TABLE person ADD COLUMN active INTEGER NOT NULL DEFAULT 1 CHECK (active IN (0, 1));
-- scrypt of the passphrase with its salt, as `salt:hash` in hex; null without one.
ALTER TABLE person ADD COLUMN passphrase TEXT;
UPDATE person SET role = 'lead';

-- `state` is what is shown: worked out from what was said of the image (`status_state`) and its assignments.
ALTER TABLE image ADD COLUMN status_state TEXT NOT NULL DEFAULT 'todo';
UPDATE image SET status_state = state;
ALTER TABLE image ADD COLUMN return_reason TEXT;

-- Ids of the rows that an adjudicated row was made from.
ALTER TABLE caption ADD COLUMN parent_ids TEXT;
ALTER TABLE thread ADD COLUMN parent_ids TEXT;
ALTER TABLE point_set ADD COLUMN parent_ids TEXT;

-- Projections of the log, as the other kinds of rows.
CREATE TABLE comment (
  image_num INTEGER NOT NULL REFERENCES image (num),
  id TEXT NOT NULL,
  author_id TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  text TEXT NOT NULL,
  target_kind TEXT NOT NULL,
  target_id TEXT NOT NULL,
  quote TEXT,
  at INTEGER,
  reply_to TEXT,
  resolved INTEGER CHECK (resolved IN (0, 1)),
  PRIMARY KEY (image_num, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX comment_open ON comment (image_num) WHERE reply_to IS NULL AND resolved IS NOT 1;
CREATE TABLE assignment (
  image_num INTEGER NOT NULL REFERENCES image (num),
  id TEXT NOT NULL,
  author_id TEXT NOT NULL,
  person_id TEXT NOT NULL,
  kind TEXT NOT NULL,
  blind INTEGER NOT NULL CHECK (blind IN (0, 1)),
  state TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  PRIMARY KEY (image_num, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX assignment_by_person ON assignment (person_id, kind, state, image_num);
CREATE INDEX assignment_blind ON assignment (person_id, image_num) WHERE blind = 1;
CREATE TABLE dismissal (
  image_num INTEGER NOT NULL REFERENCES image (num),
  id TEXT NOT NULL,
  author_id TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  code TEXT NOT NULL,
  subject_id TEXT NOT NULL,
  reason TEXT NOT NULL,
  PRIMARY KEY (image_num, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX dismissal_by_code ON dismissal (code, author_id);
