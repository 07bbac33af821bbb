/** The lines of the audit, virtual: the log of a big project has millions. */
import { useVirtualizer } from '@tanstack/react-virtual';
import { Filter, Play } from 'lucide-react';
import { type ReactElement, useEffect, useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { AuditLine } from '../../../../shared/domain/audit.ts';
import { navigate } from '../../../stores/session.ts';
import { IconButton } from '../../../ui/IconButton.tsx';
import { editSentence } from '../../../ui/edit-sentence.ts';
import styles from './Audit.module.css';
import type { Audit } from './use-audit.ts';

const ROW_PX = 36;
const replay = ({ imageId, seq }: AuditLine) => navigate({ screen: 'film', imageId, seq, from: { screen: 'quality', tab: 'audit' } });
/** So many lines before the end the next page is asked for. */
const AHEAD = 50;

interface AuditTableProps {
  readonly audit: Audit;
  readonly nameOf: (personId: string) => string;
  readonly onImage: (imageId: string) => void;
}

export function AuditTable({ audit, nameOf, onImage }: AuditTableProps): ReactElement {
  const { t, i18n } = useTranslation();
  const scroller = useRef<HTMLDivElement>(null);
  const { lines, more } = audit;
  const list = useVirtualizer({ count: lines.length, getScrollElement: () => scroller.current, estimateSize: () => ROW_PX, overscan: 12 });
  const rows = list.getVirtualItems();
  const last = rows.at(-1)?.index ?? 0;
  useEffect(() => {
    if (last >= lines.length - AHEAD) more();
  });
  const time = useMemo(() => new Intl.DateTimeFormat(i18n.language, { dateStyle: 'medium', timeStyle: 'medium' }), [i18n.language]);
  return (
    <div className={styles.table} role="table" aria-label={t('quality.tab.audit')} aria-rowcount={audit.isWhole ? lines.length + 1 : -1}>
      <div role="rowgroup">
        <div role="row" className={styles.head} aria-rowindex={1}>
          {(['at', 'person', 'image', 'what'] as const).map((column) => (
            <span key={column} role="columnheader">
              {t(`audit.column.${column}`)}
            </span>
          ))}
        </div>
      </div>
      <div ref={scroller} role="rowgroup" className={styles.scroller} tabIndex={-1}>
        <div className={styles.inner} style={{ height: list.getTotalSize() }}>
          {rows.map(({ index, start, key }) => {
            const line = lines[index]!;
            const what = editSentence(line, t);
            return (
              <div key={key} role="row" aria-rowindex={index + 2} className={styles.row} style={{ top: start, height: ROW_PX }} data-action={line.action}>
                <time role="cell" dateTime={new Date(line.at).toISOString()}>
                  {time.format(line.at)}
                </time>
                <span role="cell">{nameOf(line.personId)}</span>
                <span role="cell" className={styles.image}>
                  <button
                    type="button"
                    className={styles.open}
                    title={line.imageName}
                    aria-label={t('audit.open', { image: line.imageName })}
                    onClick={() => navigate({ screen: 'annotate', imageId: line.imageId })}
                  >
                    {line.imageName}
                  </button>
                  <IconButton label={t('audit.only-image', { image: line.imageName })} onPress={() => onImage(line.imageId)}>
                    <Filter size={13} aria-hidden />
                  </IconButton>
                  <IconButton label={t('film.replay-from', { image: line.imageName })} onPress={() => replay(line)}>
                    <Play size={13} aria-hidden />
                  </IconButton>
                </span>
                <span role="cell" className={styles.what} title={what}>
                  {what}
                </span>
              </div>
            );
          })}
        </div>
      </div>
    </div>
  );
}
