/** Progress of long work on standard error: one line that is written over on a terminal, a line every few seconds elsewhere. */
import type { Job } from '../../shared/domain/job.ts';
import type { Run, Voice } from './terminal.ts';

/** Where nothing can be written over, a line this often tells that it goes on, and does not fill a log. */
const LINE_EVERY_MS = 5_000;

export interface Progress {
  show(job: Job): void;
  /** Takes the line away. */
  end(): void;
}

export function createProgress(run: Run, now: () => number = Date.now): Progress {
  const { terminal, voice } = run;
  let shown = false;
  let last = now();
  return {
    show(job) {
      if (job.state !== 'running') return;
      if (terminal.columns !== null) {
        terminal.err(`\r\x1b[K${fit(progressLine(job, voice), terminal.columns - 1)}`);
        shown = true;
      } else if (now() - last >= LINE_EVERY_MS) {
        last = now();
        voice.note(progressLine(job, voice));
      }
    },
    end() {
      if (shown) terminal.err('\r\x1b[K');
      shown = false;
    },
  };
}

/** `Importing 1,204 / 10,000 (12%) · 3 min 20 s left · photos/cat.jpg` */
export function progressLine(job: Job, voice: Voice): string {
  const share = job.total ? ` / ${voice.number(job.total)} (${Math.floor((100 * job.done) / job.total)}%)` : '';
  const parts = [`${voice.t(`cli.progress-${job.kind}`)} ${voice.number(job.done)}${share}`];
  if (job.secondsLeft !== null) parts.push(timeLeft(job.secondsLeft, voice));
  if (job.current) parts.push(printable(job.current));
  return parts.join(' · ');
}

/** A duration in the two units that matter at its size. */
export function timeLeft(seconds: number, voice: Voice): string {
  const whole = Math.max(0, Math.ceil(seconds));
  if (whole < 60) return voice.t('cli.left-seconds', { seconds: whole });
  if (whole < 3600) return voice.t('cli.left-minutes', { minutes: Math.floor(whole / 60), seconds: whole % 60 });
  return voice.t('cli.left-hours', { hours: Math.floor(whole / 3600), minutes: Math.floor((whole % 3600) / 60) });
}

/** File names may hold anything; control characters would move the cursor or change colours. */
export const printable = (text: string): string => text.replace(/\p{Cc}|\p{Bidi_Control}/gu, '\ufffd');

/** Cut to a width in terminal cells: Chinese, Japanese and Korean characters take two. */
export function fit(text: string, columns: number): string {
  let cells = 0;
  let end = 0;
  for (const { segment } of new Intl.Segmenter().segment(text)) {
    cells += /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6]|\p{Emoji_Presentation}/u.test(segment) ? 2 : 1;
    if (cells > columns) break;
    end += segment.length;
  }
  return text.slice(0, end);
}
