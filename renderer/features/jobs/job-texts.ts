/** Jobs in words. */
import i18next from 'i18next';
import type { AnnotationsResult } from '../../../shared/domain/annotation-import.ts';
import type { Job, JobResult } from '../../../shared/domain/job.ts';
import { sizeText } from '../../ui/size-text.ts';

/** What came of a job, in one sentence. */
export function resultSentence(result: JobResult): string {
  const t = i18next.t;
  const parts: string[] = [];
  if (result.kind === 'import') {
    parts.push(t('jobs.added', { count: result.added }));
    if (result.duplicates + result.known > 0) parts.push(t('jobs.known', { count: result.duplicates + result.known }));
    if (result.relinked > 0) parts.push(t('jobs.relinked', { count: result.relinked }));
    if (result.refused > 0) parts.push(t('jobs.refused', { count: result.refused }));
    return parts.join(t('jobs.list-separator')) + t('jobs.full-stop');
  }
  if (result.kind === 'annotations') return annotationsSentence(result);
  if (result.kind === 'relink') {
    parts.push(t('jobs.relinked', { count: result.relinked }));
    if (result.stillMissing > 0) parts.push(t('jobs.still-missing', { count: result.stillMissing }));
    return parts.join(t('jobs.list-separator')) + t('jobs.full-stop');
  }
  if (result.kind === 'ocr') {
    parts.push(t('jobs.ocr-read', { count: result.read }), t('jobs.ocr-text', { count: result.withText }));
    if (result.unreadable > 0) parts.push(t('jobs.ocr-unreadable', { count: result.unreadable }));
    return parts.join(t('jobs.list-separator')) + t('jobs.full-stop');
  }
  if (result.kind === 'export') {
    const rows = Object.values(result.rows).reduce((sum, count) => sum + count, 0);
    return t('jobs.exported', { images: format(result.images), rows: format(rows), size: sizeText(result.sizeBytes) });
  }
  if (result.kind === 'download')
    return t(result.pinned ? 'jobs.downloaded-pinned' : 'jobs.downloaded', { name: result.name, size: sizeText(result.sizeBytes) });
  if (result.kind === 'embed') {
    parts.push(t('jobs.embedded', { count: result.indexed }));
    if (result.left > 0) parts.push(t('jobs.not-embedded', { count: result.left }));
    return parts.join(t('jobs.list-separator')) + t('jobs.full-stop');
  }
  if (result.kind === 'lint') return t('jobs.linted', { count: result.findings, checked: format(result.checked) });
  if (result.kind === 'assign') return t('jobs.assigned', { count: result.images, given: format(result.assignments) });
  if (result.kind === 'duplicates') return t('jobs.near-found', { count: result.groups });
  if (result.kind === 'release') return t('jobs.released', { name: result.release.name, images: format(result.release.images) });
  if (result.kind === 'merge') {
    if (result.events + result.newImages === 0) return t('jobs.merged-nothing', { source: result.source });
    parts.push(t('jobs.merged', { source: result.source, count: result.events, images: format(result.images) }));
    if (result.conflicts > 0) parts.push(t('jobs.merged-conflicts', { count: result.conflicts }));
    return parts.join(' ');
  }
  if (result.kind === 'packages') {
    const images = result.packages.reduce((sum, each) => sum + each.images, 0);
    return t('jobs.packaged', { count: result.packages.length, images: format(images) });
  }
  if (result.problems.length > 0) return t('jobs.verify-problems', { count: result.problems.length });
  return t('jobs.verified', { images: format(result.images), events: format(result.events) });
}

/** What a cancelled job leaves. */
export function cancelledSentence(job: Pick<Job, 'kind' | 'done'>): string {
  if (job.kind === 'export' && job.done > 0) return i18next.t('jobs.cancelled-export-kept');
  return i18next.t(`jobs.cancelled-${job.kind}`);
}

function annotationsSentence(result: AnnotationsResult): string {
  const t = i18next.t;
  const skipped = result.reasons.reduce((sum, { isSkip, count }) => (isSkip ? sum + count : sum), 0);
  const parts = [t('jobs.added', { count: result.images.added }), t('jobs.annotated', { count: result.changed })];
  if (result.captions > 0) parts.push(t('jobs.annotated-captions', { count: result.captions }));
  if (result.questions > 0) parts.push(t('jobs.annotated-questions', { count: result.questions }));
  if (result.labels > 0) parts.push(t('jobs.annotated-labels', { count: result.labels }));
  if (skipped > 0) parts.push(t('jobs.annotated-skipped', { count: skipped }));
  return parts.join(t('jobs.list-separator')) + t('jobs.full-stop');
}

/** Time left as people say it; null while there is no estimate. */
export function timeLeft(seconds: number | null): string | null {
  if (seconds === null) return null;
  if (seconds < 60) return i18next.t('jobs.seconds-left', { count: Math.max(1, Math.round(seconds)) });
  if (seconds < 3600) return i18next.t('jobs.minutes-left', { count: Math.round(seconds / 60) });
  return i18next.t('jobs.hours-left', { hours: format(Math.round(seconds / 360) / 10) });
}

/** How far a job is, in its units: `120 of 4,812`. */
export function progressText(job: Job): string {
  const units = job.kind === 'download' ? sizeText : format;
  return job.total === null
    ? i18next.t('jobs.done-so-far', { done: units(job.done) })
    : i18next.t('app.position', { index: units(job.done), total: units(job.total) });
}

const format = (value: number) => new Intl.NumberFormat(i18next.language).format(value);
