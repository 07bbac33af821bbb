/** Two people's work on one image side by side, and keys that settle it. */
import { type ReactElement, useCallback, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Take } from '../../../shared/domain/adjudication.ts';
import { DEFAULT_RADIUS_PCT } from '../../../shared/domain/agreement/points.ts';
import { newId } from '../../../shared/domain/ids.ts';
import type { Doc } from '../../../shared/domain/model.ts';
import { addComment } from '../../../shared/domain/review.ts';
import { useCommands } from '../../commands/registry.ts';
import { useQueryMethod } from '../../queries/client.ts';
import { useChromeSlots } from '../../stores/chrome.ts';
import { navigate, sessionStore, useSession } from '../../stores/session.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { Spinner } from '../../ui/Spinner.tsx';
import { toast } from '../../ui/toasts.ts';
import styles from './Adjudicate.module.css';
import { adjudicateCommands } from './commands.ts';
import { MergedColumn, resultText, SideColumn, sideText } from './PairColumns.tsx';
import { PairNumbers } from './PairNumbers.tsx';
import { type MergedPoint, PairStage } from './PairStage.tsx';
import { Say, type Whom } from './Say.tsx';
import { giveBack, pinOf, pointsOfTake, settleSpots, settleText, textOfTake } from './settle.ts';
import { type Case, useWork, type Work } from './work.ts';

const noPoints: readonly never[] = [];
const leave = () => navigate({ screen: 'quality', tab: 'adjudicate' });

export function AdjudicateScreen({ imageId }: { readonly imageId: string | null }): ReactElement {
  const { t } = useTranslation();
  // Read once: what was settled stays in its place until one leaves, so that one can go back to it.
  const { data: queue, error } = useQueryMethod('agreement.disputes', { radiusPct: DEFAULT_RADIUS_PCT }, { staleTime: Infinity, gcTime: 0 });
  const shownId = imageId ?? queue?.items[0]?.imageId ?? null;
  const work = useWork(shownId);
  // Images of this visit on which everything was settled: what is left is counted without comparing all again.
  const settled = useRef(new Set<string>());
  useChromeSlots({ title: t('adjudicate.title'), foot });
  useCommands([{ id: 'adjudicate.leave', title: 'adjudicate.leave', section: 'review', keys: ['Escape'], run: leave }], []);
  if (error) return <EmptyState>{t('adjudicate.failed')}</EmptyState>;
  if (!queue || (work && !work.doc && !work.problem)) return <Spinner label={t('app.loading')} size={24} />;
  if (!work) return <EmptyState>{t('adjudicate.nothing')}</EmptyState>;
  if (!work.doc || work.cases.length === 0) return <EmptyState>{work.problem ?? t('adjudicate.nothing-here')}</EmptyState>;
  return <Body key={work.imageId} work={work} doc={work.doc} order={queue.items.map((item) => item.imageId)} total={queue.total} settled={settled.current} />;
}
const foot = ['adjudicate.take-a', 'adjudicate.take-b', 'adjudicate.both', 'adjudicate.edit', 'adjudicate.comment'];

interface BodyProps {
  readonly work: Work;
  readonly doc: Doc;
  readonly order: readonly string[];
  readonly total: number;
  readonly settled: Set<string>;
}

function Body({ work, doc, order, total, settled }: BodyProps): ReactElement {
  const { t } = useTranslation();
  const { data: info } = useQueryMethod('app.info', {});
  const { data: image } = useQueryMethod('images.get', { imageId: work.imageId });
  const me = info?.me.id ?? null;
  const blind = useSession((session) => session.blindNames);
  const [at, setAt] = useState(() =>
    Math.max(
      0,
      work.cases.findIndex(({ resultId }) => resultId === null),
    ),
  );
  const current: Case = work.cases[Math.min(at, work.cases.length - 1)]!;
  const { pair, resultId } = current;
  const [draft, setDraft] = useState<string | null>(null);
  const [points, setPoints] = useState<readonly MergedPoint[] | null>(null);
  const [selected, setSelected] = useState<readonly string[]>(noPoints);
  const [saying, setSaying] = useState<{ kind: 'return' | 'comment'; side: 'a' | 'b' | null; quote: string | null } | null>(null);
  const names = useNames(pair, blind);
  const size = useMemo(() => ({ widthPx: image?.widthPx ?? 1, heightPx: image?.heightPx ?? 1 }), [image?.widthPx, image?.heightPx]);
  const stopEditing = () => {
    setDraft(null);
    setPoints(null);
    setSelected(noPoints);
  };

  const left = total - settled.size;
  const go = (step: 1 | -1, openOnly: boolean) => {
    stopEditing();
    for (let next = at + step; next >= 0 && next < work.cases.length; next += step) {
      if (openOnly && work.cases[next]!.resultId !== null) continue;
      return setAt(next);
    }
    const place = order.indexOf(work.imageId);
    const other = order[place + step];
    if (other !== undefined) navigate({ screen: 'adjudicate', imageId: other });
    else toast('info', t(step > 0 ? 'adjudicate.last' : 'adjudicate.first'));
  };
  const settle = async (take: Take, text: string | null, spots: readonly MergedPoint[] | null) => {
    if (!me || !image) return;
    const saved = await work.apply((now) =>
      pair.kind === 'points'
        ? settleSpots(now, pair, resultId, spots ?? pointsOfTake(pair, take, size), me, take)
        : settleText(now, pair, resultId, text ?? textOfTake(pair, take), me, take),
    );
    if (!saved) return;
    if (work.open <= 1 && resultId === null) settled.add(work.imageId);
    go(1, true);
  };
  const edit = () => {
    if (pair.kind === 'points') {
      const begin = resultId === null ? pointsOfTake(pair, 'both', size) : doc.point.filter(({ setId }) => setId === resultId);
      setPoints(begin.map(({ xPct, yPct, proposalId }) => ({ id: newId(), xPct, yPct, proposalId })));
    } else setDraft(resultId === null ? (pair.kind === 'caption' ? sideText(pair, 'a') : pair.a.text) : resultText(doc, pair, resultId));
  };
  const editing = draft !== null || points !== null;
  const openSay = (kind: 'return' | 'comment') => setSaying({ kind, ...selectedWords() });
  const actions = {
    take: (take: Take) => void settle(take, null, null),
    edit,
    save: () => void settle('both', draft, points),
    go,
    undo: async () => {
      stopEditing();
      settled.delete(work.imageId);
      if (!(await work.undo())) toast('info', t('annotate.notice.nothing-to-undo'));
    },
    say: openSay,
    remove: () => setPoints((now) => now && now.filter(({ id }) => !selected.includes(id))),
    stop: () => (editing ? stopEditing() : leave()),
    blind: () => sessionStore.getState().set({ blindNames: !blind }),
  };
  const latest = useRef(actions);
  latest.current = actions;
  useCommands(adjudicateCommands(latest, editing, points !== null && selected.length > 0), [editing, points !== null, selected.length > 0]);
  useChromeSlots({
    title: t('adjudicate.title'),
    foot,
    footNote: t('adjudicate.left', { left, total }),
  });

  const onSay = async (text: string, whom: Whom, reason: string) => {
    const asked = saying;
    setSaying(null);
    if (!me || !asked) return;
    if (asked.kind === 'comment') {
      const saved = await work.apply(() => addComment(me, pinOf(pair, asked.side ?? (whom === 'b' ? 'b' : 'a'), asked.quote), text));
      if (saved) toast('good', t('adjudicate.commented'));
    } else if (await work.apply((now) => giveBack(now, pair, whom, reason, text, me))) {
      toast('good', t('adjudicate.returned'));
      const other = order[order.indexOf(work.imageId) + 1];
      if (other !== undefined) navigate({ screen: 'adjudicate', imageId: other });
    }
  };
  const shownPoints = pair.kind === 'points' ? pair : null;
  const settledPoints = useMemo(
    () => (pair.kind === 'points' && resultId !== null ? doc.point.filter(({ setId }) => setId === resultId) : null),
    [pair.kind, resultId, doc.point],
  );
  const onEditPoints = useCallback((change: (now: readonly MergedPoint[]) => readonly MergedPoint[]) => setPoints((now) => now && change(now)), []);
  return (
    <div className={styles.screen} data-testid="adjudicate">
      <PairStage
        image={image}
        a={shownPoints?.a.points ?? noPoints}
        b={shownPoints?.b.points ?? noPoints}
        merged={points ?? settledPoints}
        onEdit={points === null ? null : onEditPoints}
        onSelect={setSelected}
        newId={newId}
        note={shownPoints ? t('adjudicate.stage-points', { a: shownPoints.a.points.length, b: shownPoints.b.points.length }) : ''}
      />
      <div className={styles.panel}>
        <header className={styles.case}>
          <span className={styles.step}>{t('adjudicate.step', { at: work.cases.indexOf(current) + 1, of: work.cases.length })}</span>
          <h2 className={styles.subject}>
            {pair.kind === 'caption' ? t('adjudicate.caption') : pair.kind === 'answer' ? pair.a.question.text : t('adjudicate.label', { label: pair.label })}
          </h2>
          <PairNumbers pair={pair} size={size} />
        </header>
        {work.problem ? (
          <p className={styles.problem} role="alert">
            {work.problem}
          </p>
        ) : null}
        <div className={styles.columns}>
          <SideColumn pair={pair} side="a" name={names.a} />
          <SideColumn pair={pair} side="b" name={names.b} />
          <MergedColumn doc={doc} pair={pair} resultId={resultId} draft={draft} draftPoints={points?.length ?? null} onDraft={setDraft} />
        </div>
      </div>
      {saying ? (
        <Say
          kind={saying.kind}
          quote={saying.kind === 'comment' ? saying.quote : null}
          names={names}
          onClose={() => setSaying(null)}
          onSay={(text, whom, reason) => void onSay(text, whom, reason)}
        />
      ) : null}
    </div>
  );
}

function useNames(pair: Case['pair'], blind: boolean): Record<'a' | 'b', string> {
  const { t } = useTranslation();
  const { data: people = [] } = useQueryMethod('people.list', {});
  const nameOf = (id: string, letter: string) => (blind ? null : people.find((person) => person.id === id)?.name) ?? t('adjudicate.person', { letter });
  return { a: nameOf(pair.a.authorId, 'A'), b: nameOf(pair.b.authorId, 'B') };
}

/** Words that are selected in one of the two texts. */
function selectedWords(): { side: 'a' | 'b' | null; quote: string | null } {
  const selection = document.getSelection();
  const text = selection?.toString().trim() ?? '';
  const side = selection?.anchorNode?.parentElement?.closest('p[data-side]')?.getAttribute('data-side');
  return text !== '' && (side === 'a' || side === 'b') ? { side, quote: text.slice(0, 500) } : { side: null, quote: null };
}
