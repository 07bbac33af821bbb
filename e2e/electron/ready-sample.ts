/** The sample project, imported, indexed and read once for all tests: a copy for each costs them neither the time nor the processor of doing so again. */
import { cpSync, mkdirSync } from 'node:fs';
import path from 'node:path';

/** The variable that tells the tests where `global-setup.ts` made it. */
export const READY_SAMPLE = 'POINTILLIST_READY_SAMPLE';

/** Puts the sample project into `projects`, and its person into `home`. */
export function copyReadySample(home: string, projects: string): void {
  const place = process.env[READY_SAMPLE];
  if (place === undefined) throw new Error('the global setup of the Electron tests has not run');
  mkdirSync(home, { recursive: true });
  cpSync(path.join(place, 'home/profile.json'), path.join(home, 'profile.json'));
  cpSync(path.join(place, 'projects'), projects, { recursive: true });
}
