/** The names by which rows of other programs call what they hold. */

/** Fields that may name the image, the likeliest first. */
export const IMAGE_FIELDS = [
  'file_name',
  'filename',
  'filepath',
  'file_path',
  'image_path',
  'img_path',
  'image_file',
  'path',
  'file',
  'image',
  'img',
  'images',
  'image_name',
  'name',
  'image_url',
  'img_url',
  'url',
  'URL',
];
/** Fields that may hold a caption, the likeliest first. */
export const CAPTION_FIELDS = ['caption', 'comment', 'text', 'title', 'description', 'txt', 'TEXT', 'prompt', 'alt', 'alt_text', 'summary'];
/** A question's field and its answer's, by the names that instruction data has. */
export const PAIRS = [
  ['question', 'answer'],
  ['instruction', 'output'],
  ['query', 'response'],
  ['prefix', 'suffix'],
  ['prompt', 'response'],
  ['input', 'output'],
] as const;
/** Lists of questions, or of questions with their answers. */
export const QUESTION_LISTS = ['questions', 'qa_pairs', 'qas', 'qa'] as const;
/** Fields that name a mask or a map of the picture, not the picture. */
export const MASK_FIELD = /(^|_)(masks?|seg|segmentation|depth|label_image|annotation_image)(_|$)/i;
/** Fields that may hold the hash of the image's bytes. */
export const HASH_FIELDS = ['embedded_sha256', 'image_sha256', 'source_sha256', 'sha256', 'hash'];
