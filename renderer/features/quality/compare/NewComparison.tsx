/** Which texts are compared: of models, people and releases. */
import { type ReactElement, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type CompareKind, compareKinds } from '../../../../shared/domain/compare/model.ts';
import type { TakenTexts } from '../../../../shared/rpc/compare-methods.ts';
import { useHost } from '../../../host/host.ts';
import { useCommandMethod, useQueryMethod } from '../../../queries/client.ts';
import { Button } from '../../../ui/Button.tsx';
import { Checkbox } from '../../../ui/Checkbox.tsx';
import { Dialog } from '../../../ui/Dialog.tsx';
import { errorSentence } from '../../../ui/errors.ts';
import { useNumbers } from '../../../ui/numbers.ts';
import { Segmented } from '../../../ui/Segmented.tsx';
import { Select } from '../../../ui/Select.tsx';
import { TextField } from '../../../ui/TextField.tsx';
import styles from './Compare.module.css';

interface NewComparisonProps {
  readonly onClose: () => void;
  readonly onMade: (comparisonId: string) => void;
}

export function NewComparison({ onClose, onMade }: NewComparisonProps): ReactElement {
  const { t } = useTranslation();
  const numbers = useNumbers();
  const [kind, setKind] = useState<CompareKind>('caption');
  const [name, setName] = useState('');
  const [repeat, setRepeat] = useState<'0' | '5' | '10' | '20'>('10');
  const [seed, setSeed] = useState('1');
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const { data: sources = [], refetch } = useQueryMethod('compare.sources', {}, { staleTime: 0 });
  const create = useCommandMethod('compare.create');
  const own = sources.filter((source) => source.kind === kind);
  const ids = own.filter(({ id }) => chosen.has(id)).map(({ id }) => id);
  const seedIs = /^\d{1,9}$/.test(seed.trim()) ? Number(seed) : null;
  const taken = async (result: TakenTexts) => {
    setChosen(new Set([...chosen, ...result.sources.map(({ id }) => id)]));
    await refetch();
  };
  const make = () =>
    create.mutate(
      { name: name.trim() === '' ? t('compare.untitled') : name.trim(), kind, sourceIds: ids, seed: seedIs ?? 1, repeatEvery: Number(repeat) },
      { onSuccess: ({ comparisonId }) => onMade(comparisonId) },
    );
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={t('compare.new')}
      size="large"
      actions={
        <>
          <Button onPress={onClose}>{t('app.cancel')}</Button>
          <Button variant="primary" isDisabled={ids.length < 2 || seedIs === null || create.isPending} onPress={make}>
            {t('compare.start')}
          </Button>
        </>
      }
    >
      <div className={styles.form}>
        <Segmented label={t('compare.what')} selected={kind} onSelect={setKind} items={compareKinds.map((id) => ({ id, text: t(`compare.kinds.${id}`) }))} />
        <fieldset className={styles.sources}>
          <legend>{t('compare.sources')}</legend>
          {own.length === 0 ? <p className={styles.hint}>{t('compare.no-sources')}</p> : null}
          {own.map((source) => (
            <Checkbox
              key={source.id}
              isSelected={chosen.has(source.id)}
              onChange={(on) => setChosen(new Set(on ? [...chosen, source.id] : [...chosen].filter((id) => id !== source.id)))}
            >
              <span>
                {source.name}
                <span className={styles.hint}>
                  {' '}
                  {t(`compare.origin.${source.origin}`, { count: source.texts, shown: numbers.count(source.texts), detail: source.detail })}
                </span>
              </span>
            </Checkbox>
          ))}
        </fieldset>
        <TakeIn kind={kind} onTaken={taken} />
        <div className={styles.row}>
          <TextField label={t('compare.name')} value={name} onChange={setName} maxLength={120} placeholder={t('compare.untitled')} />
          <Select
            label={t('compare.repeat')}
            value={repeat}
            options={(['0', '5', '10', '20'] as const).map((value) => ({
              value,
              text: value === '0' ? t('compare.repeat-never') : t('compare.repeat-every', { n: value }),
            }))}
            onChange={setRepeat}
          />
          <TextField label={t('compare.seed')} value={seed} onChange={setSeed} maxLength={9} inputMode="numeric" />
        </div>
        {create.error ? (
          <p className={styles.problem} role="alert">
            {errorSentence(create.error)}
          </p>
        ) : null}
      </div>
    </Dialog>
  );
}

function TakeIn({ kind, onTaken }: { kind: CompareKind; onTaken: (taken: TakenTexts) => Promise<void> }): ReactElement {
  const { t } = useTranslation();
  const { desktop } = useHost();
  const numbers = useNumbers();
  const file = useRef<HTMLInputElement>(null);
  const { data: people = [] } = useQueryMethod('people.list', {});
  const { data: releases = [] } = useQueryMethod('releases.list', {});
  const importModel = useCommandMethod('compare.importModel');
  const takeWork = useCommandMethod('compare.takeWork');
  const [result, setResult] = useState<TakenTexts | null>(null);
  const problem = importModel.error ?? takeWork.error;
  const after = {
    onSuccess: (taken: TakenTexts) => {
      setResult(taken);
      void onTaken(taken);
    },
    onError: () => setResult(null),
  };
  const reset = () => {
    importModel.reset();
    takeWork.reset();
  };
  const options = [
    { value: '', text: t('compare.take-work') },
    ...people.map(({ id, name }) => ({ value: `person ${id}`, text: t('compare.by', { name }) })),
    ...releases.map(({ name }) => ({ value: `release ${name}`, text: t('compare.of-release', { name }) })),
  ];
  const take = (value: string) => {
    const [origin, ...words] = value.split(' ');
    reset();
    if (value !== '') takeWork.mutate({ kind, from: origin === 'person' ? { personId: words.join(' ') } : { release: words.join(' ') } }, after);
  };
  return (
    <>
      <div className={styles.row}>
        {desktop ? (
          <>
            <input
              ref={file}
              type="file"
              hidden
              accept=".jsonl,.ndjson,.csv,.tsv"
              aria-label={t('compare.add-model')}
              onChange={(event) => {
                const picked = event.target.files?.[0];
                reset();
                if (picked) importModel.mutate({ path: desktop.pathOf(picked), kind }, after);
                event.target.value = '';
              }}
            />
            <Button isDisabled={importModel.isPending} onPress={() => file.current?.click()}>
              {t('compare.add-model')}
            </Button>
          </>
        ) : null}
        <Select label={t('compare.take-work')} labelHidden value="" options={options} onChange={take} isDisabled={takeWork.isPending} />
      </div>
      <p className={styles.hint}>{t('compare.file-about')}</p>
      {result ? (
        <p role="status" className={styles.hint}>
          {t('compare.taken', { count: result.texts, shown: numbers.count(result.texts), names: result.sources.map(({ name }) => name).join(', ') })}
          {result.unknown + result.unreadable + result.twice > 0
            ? ` ${t('compare.left-out', { unknown: numbers.count(result.unknown), unreadable: numbers.count(result.unreadable), twice: numbers.count(result.twice) })}`
            : ''}
        </p>
      ) : null}
      {problem ? (
        <p className={styles.problem} role="alert">
          {errorSentence(problem)}
        </p>
      ) : null}
    </>
  );
}
