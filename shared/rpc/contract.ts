/**
 * The door: every method of the core, its role, its input and its output. The keys are the permission table, the audit key and the metric name.
 * Bytes never pass through here; images and thumbnails are URLs (see `electron/media/`).
 */
import { z } from 'zod';
import type { Inspection, ReportLine } from '../domain/annotation-import.ts';
import type { LoggedEvent } from '../domain/events.ts';
import { type Facets, type ImageCard, type ImageRecord, type ImportProblem, imageFilterSchema } from '../domain/image.ts';
import type { Job } from '../domain/job.ts';
import { type Draft, verdicts } from '../domain/draft.ts';
import { type Doc, idSchema, imageStates } from '../domain/model.ts';
import { opSchema } from '../domain/ops.ts';
import type { Holder, Me, ProjectInfo, RecentProject } from '../domain/project.ts';
import { textInputSchema } from '../domain/text-origin.ts';
import { assistantSchema, type ProjectSettings, settingsSchema } from '../domain/settings.ts';
import { type Release, releaseName } from '../domain/release.ts';
import type { ReleaseDiff } from '../domain/release-diff.ts';
import { annotationFormats, units } from '../formats/imports/record.ts';
import { agreementMethods } from './agreement-methods.ts';
import { auditMethods } from './audit-methods.ts';
import { exportsMethods } from './exports-methods.ts';
import { compareMethods } from './compare-methods.ts';
import { figuresMethods } from './figures-methods.ts';
import { filmMethods } from './film-methods.ts';
import { lintMethods } from './lint-methods.ts';
import { machineMethods } from './machine-contract.ts';
import { command, query, stream } from './method.ts';
import { peopleMethods } from './people-methods.ts';
import { teamworkMethods } from './teamwork-methods.ts';
import { reviewMethods } from './review-methods.ts';

const none = z.strictObject({});
const folder = z.string().min(1).max(4096);
const image = z.strictObject({ imageId: idSchema });

const importPaths = z.array(folder).min(1).max(100_000);
/** What a person may correct of what was recognised. */
const annotationChoices = {
  format: z.enum(annotationFormats).nullable().default(null),
  options: z
    .strictObject({
      points: z.enum(units).nullable().default(null),
      text: z.enum(['auto', 'captions', 'questions']).default('auto'),
      captionField: z.string().min(1).max(200).nullable().default(null),
    })
    .prefault({}),
};

/** Longest stretch of work that one event can tell of. */
export const MAX_ACTIVE_MS = 3_600_000;

/** A document with the revision it is at, and whether this person can undo or redo on it. */
export interface LoadedDoc {
  readonly imageId: string;
  readonly rev: number;
  readonly doc: Doc;
  readonly canUndo: boolean;
  readonly canRedo: boolean;
  /** How long this person was at work on the image, in milliseconds, as far as it was measured. */
  readonly activeMs: number;
}
export type ApplyResult =
  /** Committed to disk. `at` is the time of the commit. */
  | { readonly status: 'saved'; readonly rev: number; readonly seq: number; readonly at: number; readonly canUndo: boolean; readonly canRedo: boolean }
  /** Somebody changed the same thing since `baseRev`; nothing was written. */
  | ({ readonly status: 'conflict' } & LoadedDoc);
export type UndoResult =
  /** The documents after it; more than one when the group changed several images. */
  | { readonly status: 'done'; readonly docs: readonly LoadedDoc[]; readonly at: number }
  /** Images were changed together and are too many to send: read what is on the screen again. */
  | { readonly status: 'bulk'; readonly images: number; readonly at: number }
  | { readonly status: 'nothing' }
  /** What it would change was changed by somebody else since. */
  | { readonly status: 'blocked'; readonly imageId: string };
export type RestoreResult =
  | ({ readonly status: 'restored'; readonly at: number } & LoadedDoc)
  /** It is as it was then already. */
  | { readonly status: 'same' };
/** Which texts are looked through. The phrase of points inside an answer belongs to that answer. */
export const findPlaces = ['caption', 'question', 'answer', 'label'] as const;
export type FindPlace = (typeof findPlaces)[number];
const findInput = {
  find: z.string().min(1).max(500),
  matchCase: z.boolean(),
  wholeWord: z.boolean(),
  places: z.array(z.enum(findPlaces)).min(1),
};
/** Words that were found, with some of the text around them. */
export interface FoundText {
  readonly place: FindPlace;
  /** The caption, turn or point set. */
  readonly id: string;
  /** UTF-16 offset in its text. */
  readonly at: number;
  readonly before: string;
  readonly match: string;
  readonly after: string;
}
export interface FoundTexts {
  readonly images: readonly { readonly imageId: string; readonly name: string; readonly sha256: string; readonly texts: readonly FoundText[] }[];
  /** Where to go on, or null at the end. */
  readonly next: number | null;
  /** Share of the project that was looked through, 0 to 1. */
  readonly share: number;
}
export interface OpenResult {
  readonly project: ProjectInfo;
  /** The folder's database was brought to this version's format, and a copy of the old one kept at this path. */
  readonly backup: string | null;
}
export type Opened = ({ readonly status: 'opened' } & OpenResult) | { readonly status: 'held'; readonly holder: Holder };
/** What changed; clients read again what they show of it. */
export type ChangeNotice =
  | { readonly topic: 'images'; readonly imageIds: readonly string[] | 'all'; readonly by: string | null }
  | { readonly topic: 'jobs' | 'people' | 'project' | 'encoders' };
/** A piece of an answer that is being written, or at the end the draft. */
export type DraftPiece = { readonly delta: string } | { readonly draft: Draft };
/** Tiles and renditions of the open project, in bytes. */
export interface MediaSpace {
  readonly sizeBytes: number;
  readonly limitBytes: number;
}
export interface AppInfo {
  readonly version: string;
  readonly sqlite: string;
  readonly host: 'desktop' | 'cli' | 'server';
  readonly me: Me;
  /** Where new projects go unless the person chooses another place. */
  readonly projectsFolder: string;
}

export const contract = {
  'app.info': query<AppInfo>()('annotate', none),

  'project.current': query<ProjectInfo | { readonly id: null }>()('annotate', none),
  'project.recent': query<RecentProject[]>()('local', none),
  'project.forget': command<RecentProject[]>()('local', z.strictObject({ folder })),
  'project.create': command<Opened>()('local', z.strictObject({ folder, name: z.string().trim().min(1).max(120) })),
  'project.open': command<Opened>()('local', z.strictObject({ folder })),
  /** Opens the sample project below the projects folder, made at the first call. */
  'project.openSample': command<Opened>()('local', none),
  'project.close': command<{ closed: boolean }>()('local', none),
  /** Starts a job that replays the log of every image and compares it with what is shown. */
  'project.verify': command<{ jobId: string }>()('lead', none),
  'project.settings': query<ProjectSettings>()('annotate', none),
  /** Changes the given settings and answers with all of them. */
  'project.configure': command<ProjectSettings>()('lead', settingsSchema.partial()),

  /** Starts a job. Folders are read with all that is below them. `copy` puts the files into the project's media folder. */
  'images.import': command<{ jobId: string }>()('local', z.strictObject({ paths: z.array(folder).min(1).max(100_000), mode: z.enum(['reference', 'copy']) })),
  /** Starts a job that looks below these folders for missing images, by their hash. */
  'images.relink': command<{ jobId: string }>()('local', z.strictObject({ paths: z.array(folder).min(1).max(100) })),
  'images.page': query<{ total: number; images: ImageCard[] }>()(
    'annotate',
    z.strictObject({ filter: imageFilterSchema, offset: z.int().nonnegative(), limit: z.int().min(1).max(500) }),
  ),
  /** Where an image stands in a filtered list, from 0, or -1. */
  'images.position': query<{ position: number; total: number }>()('annotate', z.strictObject({ filter: imageFilterSchema, imageId: idSchema })),
  /** Ids of a stretch of a filtered list in its order, to act on more images than are on the screen. */
  'images.ids': query<{ ids: string[] }>()(
    'annotate',
    z.strictObject({ filter: imageFilterSchema, offset: z.int().nonnegative(), limit: z.int().min(1).max(100_000) }),
  ),
  'images.get': query<ImageCard>()('annotate', image),
  'images.facets': query<Facets>()('annotate', none),
  'images.problems': query<{ total: number; problems: ImportProblem[] }>()(
    'annotate',
    z.strictObject({ jobId: idSchema.nullable().default(null), offset: z.int().nonnegative(), limit: z.int().min(1).max(1000) }),
  ),
  'images.duplicates': query<{ image: ImageRecord; names: string[] }[]>()('annotate', none),
  /** Labels of the project, the most used first. */
  'images.labels': query<{ label: string; images: number }[]>()(
    'annotate',
    z.strictObject({ prefix: z.string().max(200).default(''), limit: z.int().min(1).max(1000).default(200) }),
  ),

  'edits.load': query<LoadedDoc>()('annotate', image),
  /** Saves one edit. Sending an event again that was saved already changes nothing and answers as before. */
  'edits.apply': command<ApplyResult>()(
    'annotate',
    z.strictObject({
      eventId: idSchema,
      imageId: idSchema,
      baseRev: z.int().nonnegative(),
      groupId: idSchema,
      ops: z.array(opSchema).min(1).max(200_000),
      /** How long the person was at work on the image since their event before. */
      activeMs: z.int().nonnegative().max(MAX_ACTIVE_MS).optional(),
      /** How its characters came; kept only where the project gathers it. */
      textInput: textInputSchema.optional(),
    }),
  ),
  /** Takes back this person's last edit on the image, or of the whole project where `imageId` is null. */
  'edits.undo': command<UndoResult>()('annotate', z.strictObject({ imageId: idSchema.nullable() })),
  'edits.redo': command<UndoResult>()('annotate', z.strictObject({ imageId: idSchema.nullable() })),
  /**
   * Sets the state of many images, or takes them out of the work or back, as one edit that one undo takes back. `held`: images that were not handed in,
   * because a finding of the rules holds them back; `refused`: those that this person may not change.
   */
  'edits.bulk': command<{ changed: number; refused: number; held: number; at: number }>()(
    'annotate',
    z.strictObject({
      imageIds: z.array(idSchema).min(1).max(100_000),
      change: z.union([z.strictObject({ state: z.enum(imageStates) }), z.strictObject({ excluded: z.boolean() })]),
    }),
  ),
  'edits.history': query<LoggedEvent[]>()('annotate', z.strictObject({ imageId: idSchema, limit: z.int().min(1).max(1000).default(200) })),
  /** The image as it was after the event with this sequence number. */
  'edits.at': query<Doc>()('annotate', z.strictObject({ imageId: idSchema, seq: z.int().nonnegative() })),
  /** Brings the image, or one caption of it, back to what it was after this event, as one edit made on its present state. */
  'edits.restore': command<RestoreResult>()(
    'annotate',
    z.strictObject({ imageId: idSchema, seq: z.int().nonnegative(), captionId: idSchema.nullable().default(null) }),
  ),
  /** Finds words in what people wrote, a stretch of the project at a time: go on from `next` until it is null. */
  'edits.findText': query<FoundTexts>()('annotate', z.strictObject({ ...findInput, after: z.int().nonnegative().default(0) })),
  /** Replaces found words. What changed since and no longer has them at that place is left alone. Calls of one group are one undo. */
  'edits.replaceText': command<{ replaced: number; left: number; images: number; at: number }>()(
    'annotate',
    z.strictObject({
      ...findInput,
      by: z.string().max(2000),
      groupId: idSchema,
      images: z
        .array(z.strictObject({ imageId: idSchema, places: z.array(z.strictObject({ id: idSchema, at: z.int().nonnegative() })).min(1) }))
        .min(1)
        .max(1000),
    }),
  ),

  /** What annotation files are below these paths: their formats, the first items, how their points would be read. Nothing is written to the project. */
  'annotations.inspect': query<Inspection>()('local', z.strictObject({ paths: importPaths, ...annotationChoices })),
  /** Starts a job that imports the images below these paths and what annotation files there say of them. One undo takes back all that was written. */
  'annotations.import': command<{ jobId: string }>()(
    'local',
    z.strictObject({ paths: importPaths, mode: z.enum(['reference', 'copy']), ...annotationChoices }),
  ),
  /** What a finished import had to tell, of one reason or all. */
  'annotations.report': query<{ lines: readonly ReportLine[] }>()(
    'annotate',
    z.strictObject({ jobId: idSchema, reason: z.string().max(60).nullable().default(null), offset: z.int().nonnegative(), limit: z.int().min(1).max(1000) }),
  ),

  'releases.list': query<Release[]>()('annotate', none),
  /** Starts a job that hashes the project as it is now and gives it a name for good. */
  'releases.create': command<{ jobId: string }>()('lead', z.strictObject({ name: releaseName, note: z.string().max(4000).default('') })),
  /** What changed from one release to another, or to the project as it is now. */
  'releases.diff': query<ReleaseDiff>()('annotate', z.strictObject({ from: releaseName, to: releaseName.nullable() })),
  /** Writes the same as Markdown into the project's exports folder. */
  'releases.saveDiff': command<{ file: string }>()('local', z.strictObject({ from: releaseName, to: releaseName.nullable() })),

  /** Asks the project's language model for an answer to this question: its text as it comes, then the draft as it is kept. The image is never sent. */
  'drafts.ask': stream<DraftPiece>()(
    'annotate',
    z.strictObject({
      imageId: idSchema,
      questionTurnId: idSchema,
      /** The draft that was not right, and what was wrong with it. */
      previousId: idSchema.nullable().default(null),
      complaint: z.string().trim().min(1).max(4000).nullable().default(null),
    }),
  ),
  /** Drafts of an image, oldest first, settled ones too. */
  'drafts.list': query<Draft[]>()('annotate', image),
  /** Says what became of a draft. */
  'drafts.settle': command<Draft>()('annotate', z.strictObject({ draftId: idSchema, verdict: z.enum(verdicts) })),
  /** Asks a model for one word, to see whether these settings work. */
  'drafts.test': command<{ reply: string; ms: number }>()('lead', assistantSchema.omit({ enabled: true })),
  /** Whether this machine keeps a key for the language model at this address. The key itself never comes back. */
  'drafts.hasKey': query<{ kept: boolean }>()('local', assistantSchema.pick({ endpoint: true })),
  /** Keeps a key on this machine, outside of the project, to be sent to this address alone; null forgets it. */
  'drafts.keepKey': command<{ kept: boolean }>()(
    'local',
    z.strictObject({
      endpoint: assistantSchema.shape.endpoint,
      key: z
        .string()
        .trim()
        .regex(/^[\x21-\x7e]{1,1000}$/)
        .nullable(),
    }),
  ),

  'jobs.list': query<Job[]>()('annotate', none),
  'jobs.cancel': command<{ cancelled: boolean }>()('local', z.strictObject({ jobId: idSchema })),
  'jobs.resume': command<{ jobId: string }>()('local', z.strictObject({ jobId: idSchema })),
  /** Every running job's progress, at most four times a second, and each job's end. */
  'jobs.watch': stream<Job>()('annotate', none),

  /** How much of the open project's media folder can be made again, and how much may be. */
  'media.space': query<MediaSpace>()('local', none),
  /** Sets how much may be, for every project on this machine, and keeps to it. */
  'media.setLimit': command<MediaSpace>()('local', z.strictObject({ limitBytes: z.int().min(100_000_000).max(100_000_000_000_000) })),
  /** Deletes all of it that is not on the screen. */
  'media.free': command<MediaSpace & { freedBytes: number }>()('local', none),

  'changes.watch': stream<ChangeNotice>()('annotate', none),

  ...exportsMethods,
  ...teamworkMethods,
  ...machineMethods,
  ...compareMethods,
  ...figuresMethods,
  ...filmMethods,
  ...agreementMethods,
  ...auditMethods,
  ...lintMethods,
  ...peopleMethods,
  ...reviewMethods,
} as const;
export type Contract = typeof contract;
