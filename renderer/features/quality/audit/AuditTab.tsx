/** Who did what when in the whole project, newest first; a press opens the image. */
import { Download, ScrollText } from 'lucide-react';
import { type ReactElement, useDeferredValue, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type AuditFilter, auditFilterSchema } from '../../../../shared/domain/audit.ts';
import { permitsProject } from '../../../../shared/domain/permissions.ts';
import { useHost } from '../../../host/host.ts';
import { useQueryMethod } from '../../../queries/client.ts';
import { useSaveTable } from '../../../queries/save-table.ts';
import { Button } from '../../../ui/Button.tsx';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { errorSentence, toastError } from '../../../ui/errors.ts';
import { useNumbers } from '../../../ui/numbers.ts';
import { Spinner } from '../../../ui/Spinner.tsx';
import { toast } from '../../../ui/toasts.ts';
import { editSentence } from '../../../ui/edit-sentence.ts';
import { Part } from '../Part.tsx';
import styles from './Audit.module.css';
import { AuditFilters } from './AuditFilters.tsx';
import { AuditTable } from './AuditTable.tsx';
import { collectAudit, MOST_SAVED, useAudit } from './use-audit.ts';

const EVERYTHING = auditFilterSchema.parse({});

export function AuditTab(): ReactElement {
  const { t } = useTranslation();
  const numbers = useNumbers();
  const { data: info } = useQueryMethod('app.info', {});
  const { data: people } = useQueryMethod('people.list', {});
  const [chosen, setChosen] = useState<AuditFilter>(EVERYTHING);
  // Typing a name is never held up by the list.
  const filter = useDeferredValue(chosen);
  const audit = useAudit(filter);
  const seesAll = permitsProject(info?.me.role ?? null, 'inspect');
  const names = useMemo(() => new Map(people?.map(({ id, name }) => [id, name])), [people]);
  const nameOf = (id: string) => names.get(id) ?? t('annotate.caption.somebody');
  const [isSaving, save] = useSave(filter, nameOf);
  const isFiltered = JSON.stringify(chosen) !== JSON.stringify(EVERYTHING);
  return (
    <Part
      title={t('quality.tab.audit')}
      fills
      tools={
        seesAll ? (
          <Button isDisabled={isSaving || audit.lines.length === 0} onPress={save}>
            <Download size={14} aria-hidden />
            {t('audit.save')}
          </Button>
        ) : null
      }
    >
      <div className={styles.filter}>
        <AuditFilters filter={chosen} people={seesAll ? (people ?? []) : null} onFilter={setChosen} />
        {isFiltered ? (
          <Button variant="quiet" onPress={() => setChosen(EVERYTHING)}>
            {t('audit.clear')}
          </Button>
        ) : null}
      </div>
      <p className={styles.note} role="status">
        {audit.isLooking
          ? t('audit.looking')
          : t(audit.isWhole ? 'audit.count' : 'audit.so-far', { count: audit.lines.length, n: numbers.count(audit.lines.length) })}
        {seesAll ? '' : ` ${t('audit.own')}`}
      </p>
      {audit.error ? (
        <EmptyState>{errorSentence(audit.error)}</EmptyState>
      ) : audit.lines.length > 0 && people ? (
        <AuditTable audit={audit} nameOf={nameOf} onImage={(imageId) => setChosen({ ...EVERYTHING, imageId })} />
      ) : audit.isWhole ? (
        <EmptyState icon={<ScrollText size={40} aria-hidden />}>{t(isFiltered ? 'audit.none' : 'audit.empty')}</EmptyState>
      ) : (
        <Spinner label={t('app.loading')} size={24} />
      )}
    </Part>
  );
}

/** Saves what the filter leaves, not only what is on the screen. */
function useSave(filter: AuditFilter, nameOf: (id: string) => string): readonly [boolean, () => void] {
  const { t } = useTranslation();
  const { client } = useHost();
  const saveTable = useSaveTable();
  const [isSaving, setSaving] = useState(false);
  const save = async () => {
    setSaving(true);
    try {
      const { lines, isWhole } = await collectAudit(client, filter);
      const rows = lines.map((line) => [
        new Date(line.at).toISOString(),
        nameOf(line.personId),
        line.imageName,
        line.imageId,
        line.action,
        editSentence(line, t),
        line.seq,
      ]);
      saveTable('audit', [['at', 'person', 'image', 'image_id', 'action', 'what', 'seq'], ...rows]);
      if (!isWhole) toast('info', t('audit.most-saved', { count: MOST_SAVED }));
    } catch (thrown) {
      toastError(thrown);
    } finally {
      setSaving(false);
    }
  };
  return [isSaving, () => void save()];
}
