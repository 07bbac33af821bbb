/** The part of the door behind which the audit lies. */
import { z } from 'zod';
import { auditFilterSchema, type AuditPage } from '../domain/audit.ts';
import { query } from './method.ts';

export const auditMethods = {
  /** Edits under a filter, the last committed first, from below sequence number `below` on. Who may not inspect what everybody does gets their own. */
  'audit.page': query<AuditPage>()(
    'annotate',
    z.strictObject({
      filter: auditFilterSchema.prefault({}),
      below: z.int().positive().nullable().default(null),
      limit: z.int().min(1).max(500).default(100),
    }),
  ),
} as const;
