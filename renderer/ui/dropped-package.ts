import type { TFunction } from 'i18next';
import { isPackageFile, openPackage } from '../stores/open-package.ts';
import { toast } from './toasts.ts';

/** Opens the work package among what was dropped; says so where there is more beside it. False where there is none. */
export function openDroppedPackage(paths: readonly string[], t: TFunction): boolean {
  const [file] = paths.filter(isPackageFile);
  if (file === undefined) return false;
  if (paths.length > 1) toast('warn', t('packages.drop-one'));
  else void openPackage(file);
  return true;
}
