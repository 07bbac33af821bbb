/** How a method of the contract is declared; the nature of a method is read off its line. */
import type { z } from 'zod';

/**
 * Who may call. `annotate` and `lead` are people of the project, wherever they sit; `local` is the person at the machine that runs the core,
 * who alone may name folders of it.
 */
export type Role = 'annotate' | 'lead' | 'local';
export interface Method<Nature extends 'command' | 'query' | 'stream' = 'command' | 'query' | 'stream', In extends z.ZodType = z.ZodType, Out = unknown> {
  readonly nature: Nature;
  readonly role: Role;
  readonly input: In;
  /** Only a type: the core is trusted by its clients, never the other way round. */
  readonly output?: Out;
}
type Declare<Nature extends 'command' | 'query' | 'stream'> = <Out>() => <In extends z.ZodType>(role: Role, input: In) => Method<Nature, In, Out>;

const declare =
  <Nature extends 'command' | 'query' | 'stream'>(nature: Nature): Declare<Nature> =>
  () =>
  (role, input) => ({ nature, role, input });
/** Changes something. */
export const command = declare('command');
/** Reads, and changes nothing that a person would notice. */
export const query = declare('query');
/** Sends items until its signal ends it. */
export const stream = declare('stream');
