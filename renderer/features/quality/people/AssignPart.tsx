/** Gives images to people by a rule, once the lead has seen who would get how many. */
import { type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ProjectPerson } from '../../../../shared/domain/project.ts';
import { useHost } from '../../../host/host.ts';
import { useQueryMethod } from '../../../queries/client.ts';
import { openDialog } from '../../../stores/dialogs.ts';
import { Button } from '../../../ui/Button.tsx';
import { Checkbox } from '../../../ui/Checkbox.tsx';
import { toastError } from '../../../ui/errors.ts';
import { useNumbers } from '../../../ui/numbers.ts';
import { Select } from '../../../ui/Select.tsx';
import { TextField } from '../../../ui/TextField.tsx';
import styles from './PeopleTab.module.css';

const SCOPES = ['todo', 'open', 'all'] as const;
const states = { todo: ['todo'], open: ['todo', 'draft', 'returned'], all: [] } as const;

export function AssignPart({ people }: { readonly people: readonly ProjectPerson[] }): ReactElement {
  const { t } = useTranslation();
  const numbers = useNumbers();
  const { client } = useHost();
  const [left, setLeft] = useState<readonly string[] | null>(null);
  const [scope, setScope] = useState<(typeof SCOPES)[number]>('todo');
  const [percent, setPercent] = useState('0');
  const [several, setSeveral] = useState<'2' | '3' | '4' | '5'>('2');
  const [seed, setSeed] = useState('');
  const chosen = left ?? people.filter((person) => person.role === 'annotator').map((person) => person.id);
  const share = Math.min(100, Math.max(0, Number(percent) || 0)) / 100;
  const input = {
    filter: { states: [...states[scope]] },
    rule: { personIds: [...chosen].sort(), share, people: Number(several), seed },
  };
  const { data: preview } = useQueryMethod('review.previewAssign', input, { enabled: chosen.length > 0, keepPrevious: true });
  const assign = () => client.call('review.assign', input).then(() => openDialog('jobs'), toastError);
  return (
    <section className={styles.assign} aria-labelledby="assign-title">
      <h2 id="assign-title" className={styles.title}>
        {t('assign.title')}
      </h2>
      <p className={styles.note}>{t('assign.about')}</p>
      <div className={styles.people} role="group" aria-label={t('assign.people')}>
        {people.map((person) => (
          <Checkbox
            key={person.id}
            isSelected={chosen.includes(person.id)}
            onChange={(on) => setLeft(on ? [...chosen, person.id] : chosen.filter((id) => id !== person.id))}
          >
            {person.name}
          </Checkbox>
        ))}
      </div>
      <div className={styles.add}>
        <Select label={t('assign.images')} value={scope} options={SCOPES.map((value) => ({ value, text: t(`assign.scope.${value}`) }))} onChange={setScope} />
        <TextField label={t('assign.share')} inputMode="decimal" value={percent} onChange={setPercent} after="%" />
        <Select
          label={t('assign.several')}
          value={several}
          options={(['2', '3', '4', '5'] as const).map((value) => ({ value, text: value }))}
          onChange={setSeveral}
        />
        <TextField label={t('assign.seed')} value={seed} onChange={setSeed} maxLength={100} />
      </div>
      {chosen.length === 0 ? <p className={styles.note}>{t('assign.nobody')}</p> : null}
      {preview && chosen.length > 0 ? (
        <>
          <p role="status">{preview.images === 0 ? t('assign.none-left') : t('assign.preview', { count: preview.images, n: numbers.count(preview.images) })}</p>
          <ul className={styles.preview}>
            {preview.perPerson.map((one) => (
              <li key={one.personId}>
                {t('assign.each', {
                  name: people.find((person) => person.id === one.personId)?.name ?? '',
                  images: numbers.count(one.images),
                  blind: numbers.count(one.blind),
                })}
              </li>
            ))}
          </ul>
        </>
      ) : null}
      <Button variant="primary" isDisabled={!preview || preview.images === 0 || chosen.length === 0} onPress={() => void assign()}>
        {t('assign.assign')}
      </Button>
    </section>
  );
}
