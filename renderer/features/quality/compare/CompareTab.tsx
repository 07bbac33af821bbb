/** Two texts for an image, blind: which is better? Choices become ratings. */
import { Scale } from 'lucide-react';
import { type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { permitsProject } from '../../../../shared/domain/permissions.ts';
import { useQueryMethod } from '../../../queries/client.ts';
import { Button } from '../../../ui/Button.tsx';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { errorSentence } from '../../../ui/errors.ts';
import { Segmented } from '../../../ui/Segmented.tsx';
import { Select } from '../../../ui/Select.tsx';
import { Spinner } from '../../../ui/Spinner.tsx';
import { Part } from '../Part.tsx';
import styles from './Compare.module.css';
import { NewComparison } from './NewComparison.tsx';
import { PairView } from './PairView.tsx';
import { ResultsView } from './ResultsView.tsx';

export function CompareTab(): ReactElement {
  const { t } = useTranslation();
  const { data: comparisons, error } = useQueryMethod('compare.list', {}, { staleTime: 0 });
  const [chosen, setChosen] = useState<string | null>(null);
  const [view, setView] = useState<'choose' | 'ratings'>('choose');
  const [making, setMaking] = useState(false);
  const { data: info } = useQueryMethod('app.info', {});
  const mayMake = permitsProject(info?.me.role ?? null, 'inspect');
  const comparison = comparisons?.find(({ id }) => id === chosen) ?? comparisons?.[0];
  return (
    <Part
      title={t('quality.tab.compare')}
      fills
      tools={
        <div className={styles.tools}>
          {comparison ? (
            <>
              <Select
                label={t('compare.comparison')}
                labelHidden
                value={comparison.id}
                options={comparisons!.map(({ id, name }) => ({ value: id, text: name }))}
                onChange={setChosen}
              />
              {mayMake ? (
                <Segmented
                  label={t('compare.view')}
                  selected={view}
                  onSelect={setView}
                  items={[
                    { id: 'choose', text: t('compare.choose') },
                    { id: 'ratings', text: t('compare.ratings') },
                  ]}
                />
              ) : null}
            </>
          ) : null}
          {mayMake ? <Button onPress={() => setMaking(true)}>{t('compare.new-open')}</Button> : null}
        </div>
      }
    >
      {error ? <p className={styles.problem}>{errorSentence(error)}</p> : null}
      {!comparisons && !error ? <Spinner label={t('app.loading')} size={24} /> : null}
      {comparisons?.length === 0 ? (
        <EmptyState icon={<Scale size={28} aria-hidden />}>{t(mayMake ? 'compare.empty' : 'compare.empty-for-you')}</EmptyState>
      ) : null}
      {comparison && view === 'choose' ? <PairView key={comparison.id} comparison={comparison} onResults={() => setView('ratings')} /> : null}
      {comparison && view === 'ratings' ? <ResultsView key={comparison.id} comparison={comparison} /> : null}
      {making ? (
        <NewComparison
          onClose={() => setMaking(false)}
          onMade={(id) => {
            setMaking(false);
            setChosen(id);
            setView('choose');
          }}
        />
      ) : null}
    </Part>
  );
}
