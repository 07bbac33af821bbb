-- Events name the events of the image that they were made on, separated by spaces: who had seen what is known, so that what was done apart can be merged.
-- Null in what was written before; there it is the event of the revision before.
ALTER TABLE event ADD COLUMN parents TEXT;
-- Where lines of work met and nobody has gone on since: the last event of each. Elsewhere it is the image's last event.
CREATE TABLE image_head (
  image_num INTEGER NOT NULL REFERENCES image (num),
  event_id TEXT NOT NULL,
  PRIMARY KEY (image_num, event_id)
) STRICT, WITHOUT ROWID;
-- What people wanted differently: nothing could be merged before, so there are none.
DROP TABLE conflict;
CREATE TABLE conflict (
  image_num INTEGER NOT NULL REFERENCES image (num),
  position INTEGER NOT NULL,
  kind TEXT NOT NULL,
  id TEXT NOT NULL,
  -- Null where it is about the row as a whole.
  field TEXT,
  reason TEXT NOT NULL CHECK (reason IN ('changed-elsewhere', 'removed-elsewhere')),
  -- JSON of shared/domain/conflict.ts: Side, and Side[].
  stands TEXT NOT NULL,
  lost TEXT NOT NULL,
  PRIMARY KEY (image_num, position)
) STRICT, WITHOUT ROWID;
