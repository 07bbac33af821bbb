-- Sums that the dashboards show. All of it follows from the log and from what people wrote, and is worked out again for images that changed, behind
-- the edits and never with them (electron/core/quality/figures): a click costs what it did. `verify` compares it.
CREATE TABLE figure_key (num INTEGER PRIMARY KEY, kind TEXT NOT NULL, name TEXT NOT NULL, UNIQUE (kind, name)) STRICT;
-- What each image adds. Keys, people and states are numbers of figure_key; person 0 is everybody together, state 0 none.
CREATE TABLE figure_part (
  image_num INTEGER NOT NULL REFERENCES image (num) ON DELETE CASCADE,
  key_num INTEGER NOT NULL,
  person_num INTEGER NOT NULL,
  day INTEGER NOT NULL,
  whole INTEGER NOT NULL CHECK (whole IN (0, 1)),
  state_num INTEGER NOT NULL,
  n INTEGER NOT NULL,
  value INTEGER NOT NULL,
  PRIMARY KEY (image_num, key_num, person_num, day)
) STRICT, WITHOUT ROWID;
-- Distributions are read in the order of their values, and the images behind a figure are found.
CREATE INDEX figure_part_by_key ON figure_part (key_num, whole, value, person_num, day, state_num);
-- Parts added up: a hundredth of their number where work goes on for months.
CREATE TABLE figure_sum (
  key_num INTEGER NOT NULL,
  whole INTEGER NOT NULL,
  person_num INTEGER NOT NULL,
  day INTEGER NOT NULL,
  state_num INTEGER NOT NULL,
  images INTEGER NOT NULL,
  n INTEGER NOT NULL,
  value INTEGER NOT NULL,
  PRIMARY KEY (key_num, whole, person_num, day, state_num)
) STRICT, WITHOUT ROWID;
-- Images whose parts are no longer what they would be.
CREATE TABLE figure_stale (image_num INTEGER PRIMARY KEY) STRICT;
-- The last event that was looked at, and the time zone that days are of.
CREATE TABLE figure_mark (id INTEGER PRIMARY KEY CHECK (id = 1), seq INTEGER NOT NULL, zone TEXT NOT NULL) STRICT;
-- Verdicts on proposals are no events.
CREATE TRIGGER figure_proposal_added AFTER INSERT ON proposal BEGIN INSERT OR IGNORE INTO figure_stale (image_num) VALUES (new.image_num); END;
CREATE TRIGGER figure_proposal_settled AFTER UPDATE OF verdict ON proposal BEGIN INSERT OR IGNORE INTO figure_stale (image_num) VALUES (new.image_num); END;
