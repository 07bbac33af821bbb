/** What an export holds: which of the work, which images, which split. The same for the dialog, the command line and the manifest. */
import { z } from 'zod';
import { type Doc, idSchema, imageStates } from '../domain/model.ts';
import { isInline } from '../domain/point-mark.ts';
import type { Finding } from './findings.ts';

export const exportOptionsSchema = z.strictObject({
  /** Only images in these states. */
  states: z.array(z.enum(imageStates)).min(1).default(['submitted', 'accepted']),
  /** Only what these people wrote; null for everybody. */
  people: z.array(idSchema).min(1).nullable().default(null),
  /** Only points of these labels. */
  labels: z.array(z.string().max(200)).min(1).nullable().default(null),
  /** Only questions of these abilities. */
  abilities: z.array(z.string().max(60)).min(1).nullable().default(null),
  /** `people`: without labels of which a point was proposed by an encoder and taken as it was, and answers taken from a language model's draft. */
  provenance: z.enum(['all', 'people']).default('all'),
  /** What becomes of images with findings that hold exports back: the export stops for them, leaves them out, or takes them all the same. */
  findings: z.enum(['stop', 'leave-out', 'take']).default('take'),
  /** For profiles whose rows name image files: `reference` names the files where they are instead of copying them. */
  images: z.enum(['copy', 'reference']).default('copy'),
  /** Longest side of the images in the export, in pixels; null leaves them as large as they are. */
  maxSidePx: z.int().min(32).max(16_384).nullable().default(null),
  /** JPEG quality of images that are written anew. */
  quality: z.int().min(1).max(100).default(95),
  /** Share of the images that go into the validation split. */
  validationShare: z.number().min(0).max(0.5).default(0.05),
  /** Another seed, another choice; the same seed, always the same. */
  seed: z.string().max(100).default(''),
  /** Keeps images of one imported folder on one side: frames of a film, pages of a book. */
  keepFolders: z.boolean().default(false),
  /** Names or sha256 of images that are the validation split, instead of a share. */
  validation: z.array(z.string().max(1000)).min(1).max(1_000_000).nullable().default(null),
});
export type ExportOptions = z.infer<typeof exportOptionsSchema>;

export interface Chosen {
  readonly doc: Doc;
  readonly findings: readonly Finding[];
}

/** The part of a document that the options ask for. What is left out by choice is no finding; what is left out because of its origin is. */
export function chooseWork(doc: Doc, options: Pick<ExportOptions, 'people' | 'labels' | 'abilities' | 'provenance'>): Chosen {
  const { people, labels, abilities, provenance } = options;
  if (people === null && labels === null && abilities === null && provenance === 'all') return { doc, findings: [] };
  const findings: Finding[] = [];
  const by = (authorId: string) => people === null || people.includes(authorId);
  const threads = new Set(doc.thread.filter((thread) => by(thread.authorId)).map((thread) => thread.id));
  const keptTurns = turnsOf(doc, threads, abilities, provenance, findings);
  const turnIds = new Set(keptTurns.map((turn) => turn.id));
  const proposed = new Set(provenance === 'people' ? doc.point.filter((point) => point.proposalId !== undefined).map((point) => point.setId) : []);
  const pointSet = doc.pointSet.filter((set) => {
    if (isInline(set)) return turnIds.has(set.turnId!);
    if (!by(set.authorId) || (labels !== null && !labels.includes(set.label))) return false;
    // Half of a label's points would be a wrong answer: it goes as a whole.
    if (proposed.has(set.id)) findings.push({ reason: 'not-by-people', detail: set.label });
    return !proposed.has(set.id);
  });
  const setIds = new Set(pointSet.map((set) => set.id));
  const chosen: Doc = {
    ...doc,
    caption: doc.caption.filter((caption) => by(caption.authorId)),
    thread: doc.thread.filter((thread) => threads.has(thread.id)),
    turn: keptTurns,
    pointSet,
    point: doc.point.filter((point) => setIds.has(point.setId)),
  };
  return { doc: chosen, findings };
}

/** Turns of these threads; a question that is left out takes its answer with it. */
function turnsOf(doc: Doc, threads: ReadonlySet<string>, abilities: readonly string[] | null, provenance: ExportOptions['provenance'], findings: Finding[]) {
  const kept: Doc['turn'][number][] = [];
  const open = new Map<string, boolean>();
  for (const [at, turn] of doc.turn.entries()) {
    if (!threads.has(turn.threadId)) continue;
    if (turn.role === 'question') {
      const wanted = abilities === null || (turn.ability !== undefined && abilities.includes(turn.ability));
      const answer = doc.turn.slice(at + 1).find((next) => next.threadId === turn.threadId);
      const drafted = provenance === 'people' && answer?.role === 'answer' && answer.draftId !== undefined;
      if (wanted && drafted) findings.push({ reason: 'not-by-people', detail: turn.text });
      open.set(turn.threadId, wanted && !drafted);
    }
    if (open.get(turn.threadId) ?? true) kept.push(turn);
  }
  return kept;
}
