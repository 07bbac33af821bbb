/** A look at what a fix of all would do, before it is done as one edit. */
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { FixedText } from '../../../../shared/domain/lint/fixed-texts.ts';
import { useHost } from '../../../host/host.ts';
import { useCommandMethod, useQueryMethod } from '../../../queries/client.ts';
import { Button } from '../../../ui/Button.tsx';
import { Dialog } from '../../../ui/Dialog.tsx';
import { errorSentence, toastError } from '../../../ui/errors.ts';
import { Spinner } from '../../../ui/Spinner.tsx';
import { TextDiff } from '../../../ui/TextDiff.tsx';
import { toast } from '../../../ui/toasts.ts';
import styles from './FindingsTab.module.css';

export function FixAllDialog({ code, title, onClose }: { code: string; title: string; onClose: () => void }): ReactElement {
  const { t } = useTranslation();
  const { data: preview, error } = useQueryMethod('lint.previewFix', { code }, { staleTime: 0 });
  const { client } = useHost();
  const fix = useCommandMethod('lint.fix');
  const problem = error ?? fix.error;
  const run = () =>
    fix.mutate(
      { code },
      {
        onSuccess: ({ changed }) => {
          onClose();
          toast('good', t('lint.tab.fixed', { count: changed }), {
            action: { text: t('gallery.undo'), run: () => void client.call('edits.undo', { imageId: null }).catch(toastError) },
          });
        },
      },
    );
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={t('lint.tab.fix-title', { title })}
      size="large"
      actions={
        <>
          <Button onPress={onClose}>{t('app.cancel')}</Button>
          <Button variant="primary" isDisabled={!preview || preview.images === 0 || fix.isPending} onPress={run}>
            {t('lint.tab.fix-images', { count: preview?.images ?? 0 })}
          </Button>
        </>
      }
    >
      {problem ? <p className={styles.problem}>{errorSentence(problem)}</p> : null}
      {preview ? (
        <>
          <p>{t('lint.tab.fix-about', { count: preview.images })}</p>
          <ul className={styles.examples}>
            {preview.examples.map(({ imageId, name, texts }) => (
              <li key={imageId}>
                <b>{name}</b>
                {texts.map((text, at) => (
                  <Example key={at} text={text} />
                ))}
              </li>
            ))}
          </ul>
        </>
      ) : problem ? null : (
        <Spinner label={t('app.loading')} size={24} />
      )}
    </Dialog>
  );
}

function Example({ text }: { text: FixedText }): ReactElement {
  const { t } = useTranslation();
  const { before, after, pointsBefore = 0, pointsAfter = 0 } = text;
  return (
    <div className={styles.example}>
      <span className={styles.role}>{t(`lint.tab.role.${text.role}`)}</span>
      <TextDiff before={visible(before ?? '')} after={visible(after ?? '')} />
      {pointsBefore !== pointsAfter ? <span className={styles.role}>{t('lint.tab.points', { before: pointsBefore, after: pointsAfter })}</span> : null}
    </div>
  );
}
/** Characters that nobody sees, made visible. */
const visible = (text: string): string =>
  text.replace(/\t/g, '⇥').replace(/(?![\t\n\r])[\p{Cc}\u200b-\u200f\u2060\ufeff\u00ad\u202a-\u202e\u2066-\u2069]/gu, '␣');
