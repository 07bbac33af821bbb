/** Takes a table out of the app: into the project's exports folder on the desktop, as a download in a browser. */
import { useTranslation } from 'react-i18next';
import { type CsvCell, csvOf } from '../../shared/text/csv.ts';
import { useHost } from '../host/host.ts';
import { toastError } from '../ui/errors.ts';
import { toast } from '../ui/toasts.ts';

export type SaveText = (name: string, format: 'csv' | 'jsonl', text: string) => void;

/** Saves a text under a name of small letters, digits and hyphens. */
export function useSaveText(): SaveText {
  const { client, desktop } = useHost();
  const { t } = useTranslation();
  return (name, format, text) => {
    if (!desktop) return download(`${name}.${format}`, text);
    client.call('figures.save', { name, format, text }).then(({ file }) => toast('good', t('charts.saved', { file })), toastError);
  };
}

/** Saves a table as CSV. */
export function useSaveTable(): (name: string, rows: readonly (readonly CsvCell[])[]) => void {
  const save = useSaveText();
  return (name, rows) => save(name, 'csv', csvOf(rows));
}

function download(name: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: 'text/plain;charset=utf-8' }));
  const link = Object.assign(document.createElement('a'), { href: url, download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
