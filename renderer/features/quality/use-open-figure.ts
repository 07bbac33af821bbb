/** Opens the images behind a figure of agreement in the gallery, the least agreement first. */
import type { AgreementItems } from '../../../shared/domain/agreement/overview.ts';
import { useHost } from '../../host/host.ts';
import { showImages } from '../../queries/similar.ts';
import { toastError } from '../../ui/errors.ts';

export function useOpenFigure(): (title: string, wanted: AgreementItems) => void {
  const { client } = useHost();
  return (title, wanted) => void showImages(client, title, (now) => now.call('agreement.items', { wanted }), true).catch(toastError);
}
