-- What annotation files said of an image and a project has no place for, with the file and the import it came from. Nothing of it is shown as people's work.
CREATE TABLE import_extra (
  image_num INTEGER NOT NULL REFERENCES image (num) ON DELETE CASCADE,
  -- The annotation file, by its name below what was imported.
  source TEXT NOT NULL,
  -- {"format": ..., "rows": [{"where": ..., "fields": {...}}]}
  json TEXT NOT NULL,
  job_id TEXT NOT NULL,
  PRIMARY KEY (image_num, source)
) STRICT, WITHOUT ROWID;
