-- Questions say what they ask for, answers hold points and remember the draft they came from, labels are swept, images are passed over with a reason.
ALTER TABLE turn ADD COLUMN question_type TEXT;
ALTER TABLE turn ADD COLUMN ability TEXT;
ALTER TABLE turn ADD COLUMN draft_id TEXT;
ALTER TABLE point_set ADD COLUMN turn_id TEXT;
ALTER TABLE point_set ADD COLUMN sweep TEXT;
-- Points inside answers are no labels.
DROP INDEX point_set_by_label;
CREATE INDEX point_set_by_label ON point_set (label, image_num) WHERE turn_id IS NULL;
ALTER TABLE image ADD COLUMN skipped TEXT;
CREATE INDEX image_skipped ON image (num) WHERE skipped IS NOT NULL;
-- How long the person was at work on the image since the event before, in milliseconds; null where nobody measured.
ALTER TABLE event ADD COLUMN active_ms INTEGER;
-- Summed whenever an image opens: without it every event of the image would be read, with all that its edit holds.
CREATE INDEX event_active ON event (image_num, user_id, active_ms) WHERE active_ms IS NOT NULL;

-- What leads decide for the whole project: JSON by key (shared/domain/settings.ts).
CREATE TABLE setting (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;

-- What a language model proposed as an answer, and what the person said of it. Never people's work by itself: an answer names its draft.
CREATE TABLE draft (
  id TEXT PRIMARY KEY,
  image_num INTEGER NOT NULL REFERENCES image (num),
  thread_id TEXT NOT NULL,
  question_turn_id TEXT NOT NULL,
  model TEXT NOT NULL,
  endpoint TEXT NOT NULL,
  -- Everything the model was given, as sent.
  prompt TEXT NOT NULL,
  text TEXT NOT NULL,
  -- What the person said was wrong with the draft before, when this one was asked for.
  complaint TEXT,
  previous_id TEXT REFERENCES draft (id),
  verdict TEXT NOT NULL DEFAULT 'open' CHECK (verdict IN ('open', 'accepted', 'edited', 'rejected')),
  asked_by TEXT NOT NULL REFERENCES person (id),
  asked_at INTEGER NOT NULL,
  settled_at INTEGER
) STRICT, WITHOUT ROWID;
CREATE INDEX draft_by_image ON draft (image_num, asked_at);
