-- How the characters of an edit came into its texts: JSON {row: {typed, pasted, draft, spoken}}; null where the project does not gather it.
ALTER TABLE event ADD COLUMN text_input TEXT;
CREATE INDEX event_text_input ON event (image_num) WHERE text_input IS NOT NULL;

-- What the rules found, as of a revision of the image and under a key of rules, settings and facts of the project. All of it can be made again.
CREATE TABLE lint_image (
  image_num INTEGER PRIMARY KEY REFERENCES image (num) ON DELETE CASCADE,
  rev INTEGER NOT NULL,
  rules TEXT NOT NULL,
  -- What was found of the file when it was last looked for.
  file TEXT NOT NULL CHECK (file IN ('there', 'missing', 'changed'))
) STRICT;
CREATE TABLE lint_finding (
  image_num INTEGER NOT NULL REFERENCES image (num) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  code TEXT NOT NULL,
  -- 1 where somebody dismissed it with a reason.
  dismissed INTEGER NOT NULL CHECK (dismissed IN (0, 1)),
  -- The finding (shared/domain/lint/rule.ts).
  json TEXT NOT NULL,
  PRIMARY KEY (image_num, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX lint_finding_by_code ON lint_finding (code, dismissed, image_num);
-- Facts of the whole project that rules ask for, as they were last counted: JSON by name.
CREATE TABLE lint_fact (name TEXT PRIMARY KEY, json TEXT NOT NULL) STRICT, WITHOUT ROWID;
