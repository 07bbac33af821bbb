/** Runs one export in a process of its own and dies at a chosen image: `node export-target.ts FOLDER OUT JOB PROFILE DIE_AT DELAY_MS`. For the tests of resuming. */
import { readFileSync } from 'node:fs';
import type { ExportProfile } from '../../../shared/formats/profiles.ts';
import { exportProject } from './run-export.ts';
import { openedProject, smallLimits } from './testing.ts';

const [folder, out, id, profile, dieAt, delayMs] = process.argv.slice(2) as [string, string, string, ExportProfile, string, string];
let asked = 0;
const result = await exportProject(
  openedProject(folder),
  { profile, folder: out, states: ['accepted'], validationShare: 0.3 },
  { id, signal: new AbortController().signal, progress: () => {} },
  {
    // Every image is made upright, so that this is asked for each that is not taken over.
    async uprightBytes(_image, file) {
      if (++asked === Number(dieAt)) setTimeout(() => process.kill(process.pid, 'SIGKILL'), Number(delayMs));
      return await Promise.resolve(readFileSync(file));
    },
    limits: smallLimits,
  },
);
process.stdout.write(JSON.stringify({ folder: result.folder, asked }));
