-- The full-text index of what stands in the images themselves, apart from what people wrote, which is shown first. rowid is image.num.
CREATE VIRTUAL TABLE read_text USING fts5 (
  text,
  content = '', contentless_delete = 1, prefix = '2 3', tokenize = "unicode61 remove_diacritics 2"
);
