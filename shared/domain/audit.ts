/** The audit: who did what when in the whole project, told from the log. */
import { z } from 'zod';
import type { EditEvent } from './events.ts';
import { idSchema, type Kind } from './model.ts';
import type { Deed } from './op-deeds.ts';

/** Kinds of work that a person asks for, and the rows that each is about. */
export const auditWork = {
  captions: ['caption'],
  questions: ['thread', 'turn'],
  points: ['pointSet', 'point'],
  state: ['status'],
  comments: ['comment'],
  assignments: ['assignment'],
  checks: ['dismissal'],
} as const satisfies Readonly<Record<string, readonly Kind[]>>;
export type AuditWork = keyof typeof auditWork;

/** Which edits; null: any. */
export const auditFilterSchema = z.strictObject({
  personId: idSchema.nullable().default(null),
  imageId: idSchema.nullable().default(null),
  /** Part of the image's name. */
  imageName: z.string().max(200).default(''),
  action: z.enum(['edit', 'undo', 'redo']).nullable().default(null),
  work: z
    .enum(Object.keys(auditWork) as [AuditWork, ...AuditWork[]])
    .nullable()
    .default(null),
  /** Milliseconds since 1970: from this one on, and before that one. */
  from: z.int().nonnegative().nullable().default(null),
  before: z.int().nonnegative().nullable().default(null),
});
export type AuditFilter = z.infer<typeof auditFilterSchema>;

/** An edit as the audit lists it. What was written is not in it, only how much. */
export interface AuditLine extends Pick<EditEvent, 'at' | 'imageId' | 'action'> {
  readonly seq: number;
  readonly personId: string;
  readonly imageName: string;
  readonly deeds: readonly Deed[];
}
/** `next`: where to go on, or null at the end. A page may be empty and not the last: the log is looked through a stretch at a time. */
export interface AuditPage {
  readonly lines: readonly AuditLine[];
  readonly next: number | null;
}
