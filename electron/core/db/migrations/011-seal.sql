-- Each event is sealed together with the one before it on its device: what is altered, taken out or put elsewhere later does not fit any more.
CREATE TABLE seal (
  event_seq INTEGER PRIMARY KEY REFERENCES event (seq),
  device_id TEXT NOT NULL,
  -- The seal before it; empty for the first of a device.
  prev BLOB NOT NULL,
  -- sha256 over `prev` and the event's content (electron/core/db/seal.ts).
  hash BLOB NOT NULL UNIQUE,
  -- Its place in the copy that it came from; null for what was written here. Only what was written here has to be in order here.
  origin_seq INTEGER
) STRICT;
CREATE INDEX seal_by_device ON seal (device_id, event_seq);
CREATE TRIGGER seal_is_append_only_update BEFORE UPDATE ON seal BEGIN SELECT RAISE (ABORT, 'seals do not change'); END;
CREATE TRIGGER seal_is_append_only_delete BEFORE DELETE ON seal BEGIN SELECT RAISE (ABORT, 'seals do not change'); END;
-- Seals of events that this copy does not hold: a work package has only what its person may see.
CREATE TABLE seal_stub (hash BLOB PRIMARY KEY) STRICT, WITHOUT ROWID;
-- The last seal of each device at a release, JSON {device: hash in hex}, so that a log cut short after it is noticed.
ALTER TABLE release ADD COLUMN heads TEXT NOT NULL DEFAULT '{}';
