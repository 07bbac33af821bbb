/** What the findings of a whole project come to. */
import type { Datasheet } from '../settings.ts';

export interface LintSummary {
  /** Images in the work, and how many of them were not looked at as they are now. */
  readonly total: number;
  readonly stale: number;
  /** Rules with findings: open ones, images that have any, and dismissed ones. */
  readonly codes: readonly { readonly code: string; readonly open: number; readonly images: number; readonly dismissed: number }[];
  readonly dismissals: readonly { readonly code: string; readonly reason: string; readonly personId: string; readonly name: string; readonly count: number }[];
  /** Findings about the project itself. */
  readonly project: readonly ProjectFinding[];
}
export const projectRules = ['licence-missing', 'image-licence-missing', 'url-missing'] as const;
export type ProjectFinding = (typeof projectRules)[number];

/** What the data sheet lacks that a data set can't be published without. */
export function licenceMissing({ licence, imageLicence, url }: Pick<Datasheet, 'licence' | 'imageLicence' | 'url'>): ProjectFinding[] {
  const missing = [licence, imageLicence, url].map((text) => text.trim() === '');
  return projectRules.filter((_code, at) => missing[at]);
}
