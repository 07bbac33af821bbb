/** Labels with their counts: choose one, and every click on the image is a point of it. */
import { EllipsisVertical, ScanSearch } from 'lucide-react';
import { Fragment, memo, type ReactElement, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { PointSet } from '../../../shared/domain/model.ts';
import { labelSets } from '../../../shared/domain/point-mark.ts';
import { keyCap } from '../../commands/key-caps.ts';
import { Keys } from '../../commands/Keys.tsx';
import { runCommand } from '../../commands/registry.ts';
import { type PointsBySet, pointsBySet } from '../../stores/editor/points-by-set.ts';
import { useQueryMethod } from '../../queries/client.ts';
import { Button } from '../../ui/Button.tsx';
import { IconButton } from '../../ui/IconButton.tsx';
import { Kbd } from '../../ui/Kbd.tsx';
import { Menu } from '../../ui/Menu.tsx';
import { VisuallyHidden } from '../../ui/VisuallyHidden.tsx';
import { useAnnotate, useEditor } from './context.ts';
import { LabelFindings } from './findings/LabelFindings.tsx';
import { LabelField } from './LabelField.tsx';
import { NoneOfField } from './NoneOfField.tsx';
import { LabelGlyph } from './LabelGlyph.tsx';
import { chooseLabel, deleteLabel, renameLabel, sayNoneOf, togglePresence } from './point-actions.ts';
import { CommentMark } from './review/CommentMark.tsx';
import styles from './PointsTab.module.css';
import { ProposalPanel } from './proposals/ProposalPanel.tsx';
import { isExhaustive, parseSweep } from '../../../shared/domain/sweep.ts';
import { activeSet, setScreen, useScreen } from './screen-state.ts';
import { SweepMap } from './SweepMap.tsx';
import { TagSuggestions } from './TagSuggestions.tsx';
import { useWorkFocus } from './use-work-focus.ts';

/** Keys 1 to 9. */
export const LABEL_KEYS = 9;

/** The project's most used labels that this image has none of, as many as there are keys left for. */
export function useSuggestions(sets: readonly PointSet[]): string[] {
  const { data } = useQueryMethod('images.labels', { limit: 40 });
  return useMemo(() => {
    const taken = new Set(sets.map((set) => set.label));
    return (data ?? [])
      .map(({ label }) => label)
      .filter((label) => label !== '' && !taken.has(label))
      .slice(0, Math.max(0, LABEL_KEYS - sets.length));
  }, [data, sets]);
}

export function PointsTab(): ReactElement {
  const { t } = useTranslation();
  useWorkFocus('points');
  const { editor, me } = useAnnotate();
  const sets = useEditor((state) => labelSets(state.doc));
  const field = useScreen((state) => state.labelField);
  const activeLabel = useScreen((state) => state.activeLabel);
  const active = activeSet({ pointSet: sets } as never, activeLabel);
  const sweeping = useScreen((state) => state.sweep?.setId ?? null);
  const swept = sets.find((set) => set.id === sweeping) ?? active;
  const suggestions = useSuggestions(sets);
  const close = (left: boolean) => {
    setScreen({ labelField: null });
    if (!left) runCommand('image.focus-stage');
  };
  return (
    <div className={styles.tab} data-work="points">
      <h2 className={styles.heading}>{t('annotate.points.labels')}</h2>
      {sets.length === 0 && field === null ? <p className={styles.empty}>{t('annotate.points.empty')}</p> : null}
      <ul className={styles.list}>
        {sets.map((set, index) =>
          typeof field === 'object' && field?.rename === set.id ? (
            <li key={set.id}>
              <LabelField
                start={set.label}
                taken={sets.filter((other) => other.id !== set.id).map((other) => other.label)}
                onDone={(label, left) => {
                  renameLabel(editor, set.id, label);
                  close(left);
                }}
                onCancel={close}
              />
            </li>
          ) : (
            <Fragment key={set.id}>
              <LabelRow set={set} index={index} isActive={set === active} />
              <LabelFindings setId={set.id} />
            </Fragment>
          ),
        )}
      </ul>
      {field === 'new' ? (
        <LabelField
          start=""
          taken={sets.map((set) => set.label)}
          onDone={(label, left) => {
            if (me) chooseLabel(editor, me, label);
            close(left);
          }}
          onCancel={close}
        />
      ) : null}
      {field === 'none-of' ? (
        <NoneOfField
          onDone={(labels) => {
            if (me && labels.length > 0) sayNoneOf(editor, me, labels, (kept) => setScreen({ line: t('none-of.kept', { labels: kept.join(', ') }) }));
            close(false);
          }}
        />
      ) : null}
      <div className={styles.buttons}>
        <Button onPress={() => void runCommand('points.add-label')}>
          {t('annotate.points.add-label')}
          <Keys of="points.add-label" />
        </Button>
        <Button isDisabled={!active} onPress={() => void runCommand('points.not-present')}>
          {t(active?.presence === 'absent' ? 'annotate.points.present-again' : 'annotate.points.not-present')}
          <Keys of="points.not-present" />
        </Button>
        <Button onPress={() => void runCommand('points.none-of')}>
          {t('none-of.short')}
          <Keys of="points.none-of" />
        </Button>
      </div>
      {/* Who sweeps looks at the map all the time: it stands above what else there is. */}
      {swept && sweeping !== null ? <SweepMap set={swept} /> : null}
      {active ? <ProposalPanel set={active} /> : null}
      {suggestions.length > 0 && field === null ? (
        <>
          <h2 className={styles.heading}>{t('annotate.points.suggestions')}</h2>
          <ul className={styles.chips}>
            {suggestions.map((label, index) => (
              <li key={label}>
                <Button variant="quiet" onPress={() => me && chooseLabel(editor, me, label)}>
                  <span className={styles.chip}>{label}</span>
                  <Kbd>{keyCap(String(sets.length + index + 1))}</Kbd>
                </Button>
              </li>
            ))}
          </ul>
        </>
      ) : null}
      {field === null ? <TagSuggestions sets={sets} /> : null}
      {swept && sweeping === null ? <SweepMap set={swept} /> : null}
      <VisuallyHidden>
        <span role="status" data-testid="point-counts">
          <Spoken sets={sets} />
        </span>
      </VisuallyHidden>
    </div>
  );
}

const countOf = (points: PointsBySet, id: string) => points.get(id)?.length ?? 0;

/** The counts in words. They follow the points by themselves: a click changes a number, not the tab around it. */
function Spoken({ sets }: { sets: readonly PointSet[] }): ReactElement {
  const { t } = useTranslation();
  const points = useEditor((state) => pointsBySet(state.doc.point));
  const words = sets.map((set) =>
    t(set.presence === 'absent' ? 'annotate.points.spoken-absent' : 'annotate.points.spoken', { label: set.label, count: countOf(points, set.id) }),
  );
  return <>{words.join(', ')}</>;
}

function Count({ of }: { of: string }): ReactElement {
  const { t } = useTranslation();
  const count = useEditor((state) => countOf(pointsBySet(state.doc.point), of));
  return (
    <span className={styles.count}>
      {count}
      <VisuallyHidden> {t('annotate.points.unit', { count })}</VisuallyHidden>
    </span>
  );
}

const LabelRow = memo(function LabelRow({ set, index, isActive }: { set: PointSet; index: number; isActive: boolean }): ReactElement {
  const { t } = useTranslation();
  const { editor, me } = useAnnotate();
  const absent = set.presence === 'absent';
  const exhaustive = isExhaustive(parseSweep(set.sweep));
  return (
    <li className={styles.row} data-active={isActive || undefined}>
      <button
        type="button"
        className={styles.choose}
        aria-pressed={isActive}
        onClick={() => me && chooseLabel(editor, me, set.label)}
        onDoubleClick={() => setScreen({ labelField: { rename: set.id } })}
      >
        <LabelGlyph index={index} absent={absent} />
        <span className={styles.name}>
          {set.label}
          {absent ? <span className={styles.absent}> — {t('annotate.points.absent')}</span> : null}
        </span>
        {exhaustive ? (
          <span className={styles.exhaustive} title={t('sweep.exhaustive')} data-testid="exhaustive">
            <ScanSearch size={15} aria-hidden />
            <VisuallyHidden>{t('sweep.exhaustive')}</VisuallyHidden>
          </span>
        ) : null}
        {absent ? <span className={styles.none}>{t('annotate.points.none')}</span> : <Count of={set.id} />}
        {index < LABEL_KEYS ? <Kbd>{index + 1}</Kbd> : null}
      </button>
      <CommentMark of={[set.id]} />
      <Menu
        label={t('annotate.points.menu', { label: set.label })}
        entries={[
          { id: 'rename', text: t('annotate.points.rename'), onAction: () => setScreen({ labelField: { rename: set.id } }) },
          {
            id: 'absent',
            text: t(absent ? 'annotate.points.present-again' : 'annotate.points.not-present'),
            onAction: () => void togglePresence(editor, set.id),
          },
          { id: 'delete', text: t('annotate.points.delete-label'), tone: 'danger', separated: true, onAction: () => deleteLabel(editor, set.id) },
        ]}
      >
        <IconButton label={t('annotate.points.menu', { label: set.label })}>
          <EllipsisVertical size={15} aria-hidden />
        </IconButton>
      </Menu>
    </li>
  );
});
