-- How alike two people's captions of an image mean, as an encoder sees them. Worked out again where the image or the encoder changed.
CREATE TABLE caption_cosine (
  image_num INTEGER PRIMARY KEY REFERENCES image (num),
  rev INTEGER NOT NULL,
  -- The hash of the encoder.
  encoder TEXT NOT NULL,
  -- JSON: a number for each pair of captions, in the order of the comparisons.
  data TEXT NOT NULL
) STRICT;
