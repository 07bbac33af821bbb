/** The part of the door behind which people are: who is on the project, what their role is, and who acts in this core. */
import { z } from 'zod';
import { idSchema } from '../domain/model.ts';
import { personRoles } from '../domain/permissions.ts';
import type { Me, Person, ProjectPerson } from '../domain/project.ts';
import { command, query } from './method.ts';

const none = z.strictObject({});
const name = z.string().trim().min(1).max(80);
/** Short ones are allowed: it keeps colleagues from a mistake and encrypts nothing. */
const passphrase = z.string().min(4).max(200);

export type BecomeResult = { readonly status: 'done'; readonly me: Me } | { readonly status: 'wrong-passphrase' };

export const peopleMethods = {
  /** Gives the acting person another name. */
  'people.rename': command<Person>()('annotate', z.strictObject({ name })),
  'people.list': query<ProjectPerson[]>()('annotate', none),
  /** Adds a person to the project. */
  'people.add': command<ProjectPerson>()('annotate', z.strictObject({ name, role: z.enum(personRoles).default('annotator') })),
  /** Changes a person's role, or whether they are active. The last active lead stays one (`last-lead`). */
  'people.change': command<ProjectPerson>()(
    'annotate',
    z.strictObject({ personId: idSchema, role: z.enum(personRoles).optional(), active: z.boolean().optional() }),
  ),
  /** Sets the acting person's passphrase, or takes it away. A lead may take away anybody's. */
  'people.guard': command<ProjectPerson>()('annotate', z.strictObject({ personId: idSchema, passphrase: passphrase.nullable() })),
  /** Acts as this person from now on, on this machine and in this project. */
  'people.become': command<BecomeResult>()('local', z.strictObject({ personId: idSchema, passphrase: passphrase.nullable().default(null) })),
} as const;
