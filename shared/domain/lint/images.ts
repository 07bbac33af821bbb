/** Rules about the image file. What can't be decoded at all never becomes an image of a project: the import refuses it and says why. */
import { type LintContext, type LintFinding, type LintRule } from './rule.ts';
import { statusOf, type Doc } from '../model.ts';

const image = (code: string, doc: Doc, params: LintFinding['params'] = {}): LintFinding => ({
  code,
  subjectKind: 'image',
  subjectId: statusOf(doc).id,
  params,
});
const rule = (
  code: string,
  severity: LintRule['severity'],
  fires: (context: LintContext) => LintFinding['params'] | null,
  more: Partial<Pick<LintRule, 'offByDefault' | 'blocks'>> = {},
): LintRule => ({
  code,
  group: 'images',
  severity,
  blocks: 'never',
  quiet: true,
  ...more,
  check: (doc, context) => {
    const params = fires(context);
    return params ? [image(code, doc, params)] : [];
  },
});
/** Formats that common loaders read without a library of their own. */
const COMMON = new Set(['jpeg', 'png', 'webp']);

export const imageRules: readonly LintRule[] = [
  rule('image-changed', 'error', ({ image: { file } }) => (file === 'changed' ? {} : null)),
  rule('image-missing', 'error', ({ image: { file } }) => (file === 'missing' ? {} : null)),
  rule('image-turned', 'hint', ({ image: { orientation } }) => (orientation > 1 ? { orientation } : null), { offByDefault: true }),
  rule('image-unusual', 'hint', ({ image: { needsRendition, format } }) => (needsRendition || !COMMON.has(format) ? { format: format.toUpperCase() } : null)),
  rule('near-in-other-split', 'warning', ({ nearInOtherSplit: names }) => (names.length > 0 ? { other: names[0]!, count: names.length } : null)),
];
