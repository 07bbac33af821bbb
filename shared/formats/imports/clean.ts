/** Brings texts of a record to what a project can hold: valid Unicode, within its lengths, without marks of ours. What is changed or left out is told. */
import { MAX_LABEL, MAX_TEXT } from '../../domain/model.ts';
import { withoutMarks } from '../../domain/point-mark.ts';
import type { ImportLabel, ImportRecord, ImportTurn, Note } from './record.ts';

const start = (text: string) => text.slice(0, 80).toWellFormed();

/** Whether there is nothing to do: captions alone, as in most long lists. */
const isPlain = ({ captions, threads, labels }: ImportRecord): boolean =>
  threads.length + labels.length === 0 && captions.every((text) => text.length <= MAX_TEXT && text.isWellFormed() && !text.includes('\ufffd'));

/** How a PNG, JPEG, WebP or GIF begins in base64; VLMEvalKit's tables have pictures so, messages of OpenAI in an address. */
const BASE64 = /^(?:data:image\/[\w.+-]+;base64,|(?=iVBORw0KGgo|\/9j\/|UklGR|R0lGOD))/;
/** No path is as long as the smallest picture. */
const SHORTEST = 64;
/** A record that has its picture where others name it. */
function withPicture(record: ImportRecord): ImportRecord {
  const [named] = record.image.paths;
  if (named === undefined || named.length < SHORTEST || !BASE64.test(named)) return record;
  return { ...record, image: { ...record.image, paths: [] }, picture: named.replace(BASE64, '') };
}

/** The record as it can be kept. The same object where nothing was to do. */
export function cleanRecord(given: ImportRecord): ImportRecord {
  const record = withPicture(given);
  if (isPlain(record)) return record;
  const notes: Note[] = [];
  const clean = (text: string): string => {
    const good = text.isWellFormed() ? text : text.toWellFormed();
    // U+FFFD stands where the bytes of the file were no text.
    if (good !== text || good.includes('\ufffd')) notes.push({ reason: 'text-repaired', detail: start(good) });
    return good;
  };
  const fits = (text: string): boolean => {
    if (text.length <= MAX_TEXT) return true;
    notes.push({ reason: 'text-too-long', detail: start(text) });
    return false;
  };
  const captions = record.captions.map(clean).filter(fits);
  const threads = record.threads
    .map((turns) => turns.map((turn) => cleanTurn(turn, clean)))
    .filter((turns) => turns.every(({ question, answer }) => fits(question) && fits(answer)));
  const labels = record.labels.map((label) => cleanLabel(label, clean)).filter(({ label }) => labelFits(label, notes));
  const lost: Record<string, unknown> = {};
  if (captions.length < record.captions.length) lost['captions'] = record.captions.filter((text) => text.length > MAX_TEXT);
  if (threads.length < record.threads.length)
    lost['threads'] = record.threads.filter((turns) => turns.some(({ question, answer }) => question.length > MAX_TEXT || answer.length > MAX_TEXT));
  const extra = Object.keys(lost).length > 0 ? ({ ...record.extra, ...lost } as ImportRecord['extra']) : record.extra;
  return { ...record, captions, threads, labels, extra, notes: [...record.notes, ...notes] };
}

function cleanTurn(turn: ImportTurn, clean: (text: string) => string): ImportTurn {
  return {
    question: clean(withoutMarks(turn.question)),
    answer: clean(withoutMarks(turn.answer)),
    places: turn.places.map((place) => ({ ...place, phrase: clean(place.phrase).trim() })),
  };
}
/** Spaces as the project has them in labels. */
const cleanLabel = (label: ImportLabel, clean: (text: string) => string): ImportLabel => ({ ...label, label: clean(label.label).trim().replace(/\s+/g, ' ') });
function labelFits(label: string, notes: Note[]): boolean {
  if (label !== '' && label.length <= MAX_LABEL) return true;
  notes.push({ reason: label === '' ? 'label-blank' : 'label-too-long', detail: start(label) });
  return false;
}
