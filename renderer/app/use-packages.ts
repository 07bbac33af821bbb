/** Work packages that are dropped on the window, chosen, or handed to the app by the system. */
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { toAppError } from '../../shared/rpc/errors.ts';
import { openWorkPackage } from '../features/welcome/projects.ts';
import { useDesk } from '../features/welcome/use-desk.ts';
import { useProject } from '../queries/project.ts';
import { openPackage, setPackageOpener } from '../stores/open-package.ts';
import { errorSentence } from '../ui/errors.ts';
import { toast } from '../ui/toasts.ts';

/** Takes them for this window, once it has `started`: what is opened is not to be covered by what the start shows. */
export function usePackages(started: boolean): void {
  const { t } = useTranslation();
  const desk = useDesk();
  const isProject = Boolean(useProject().data?.id);
  const { client, desktop } = desk.host;
  useEffect(() => {
    // Handed-in work is no project; where one is open, it may be what it belongs to.
    const merge = (file: string) => void client.call('merge.start', { paths: [file] }).catch((thrown: unknown) => void toast('bad', errorSentence(thrown)));
    return setPackageOpener(async (file) => {
      try {
        await openWorkPackage(desk, file);
      } catch (thrown) {
        const isReturned = toAppError(thrown).details['key'] === 'package-is-returned';
        const offer = isReturned && isProject ? { action: { text: t('packages.merge-now'), run: () => merge(file) }, sticky: true } : {};
        toast(isReturned ? 'warn' : 'bad', errorSentence(thrown), offer);
      }
    });
  }, [desk, client, isProject, t]);
  useEffect(() => {
    if (started) desktop?.onOpenPackage((file) => void openPackage(file));
  }, [desktop, started]);
}
