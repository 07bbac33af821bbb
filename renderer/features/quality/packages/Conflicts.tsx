/** What people wanted differently, one at a time, both versions side by side, decided by a key. */
import { type ReactElement, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { newId } from '../../../../shared/domain/ids.ts';
import type { Doc } from '../../../../shared/domain/model.ts';
import type { Op } from '../../../../shared/domain/ops.ts';
import { keepStanding, takeBoth, takeOwn, takeSide } from '../../../../shared/domain/settle.ts';
import type { ImageConflict } from '../../../../shared/rpc/teamwork-methods.ts';
import { CommandButton } from '../../../commands/CommandButton.tsx';
import { useCommands } from '../../../commands/registry.ts';
import { useHost } from '../../../host/host.ts';
import { useQueryMethod } from '../../../queries/client.ts';
import { Button } from '../../../ui/Button.tsx';
import { toastError } from '../../../ui/errors.ts';
import { useNumbers } from '../../../ui/numbers.ts';
import { toast } from '../../../ui/toasts.ts';
import { ConflictSide, OnImage } from './ConflictSide.tsx';
import styles from './Packages.module.css';

/** Conflicts that are at hand while one goes through them. */
const AHEAD = 50;
/** Fields with a name in words; others are rare and go by their own. */
const FIELDS = ['text', 'label', 'presence', 'method', 'questionType', 'ability', 'excluded', 'skipped', 'returnReason', 'resolved', 'state'] as const;

export function Conflicts(): ReactElement {
  const { t } = useTranslation();
  const numbers = useNumbers();
  const { data } = useQueryMethod('merge.conflicts', { offset: 0, limit: AHEAD }, { keepPrevious: true });
  const [at, setAt] = useState(0);
  const most = useRef(0);
  const total = data?.total ?? 0;
  most.current = total === 0 ? 0 : Math.max(most.current, total);
  const conflict = data?.conflicts[Math.min(at, data.conflicts.length - 1)];
  return (
    <section className={styles.card} aria-labelledby="packages-conflicts">
      <h2 id="packages-conflicts">{t('conflicts.title')}</h2>
      {conflict ? (
        <>
          <p className={styles.second} role="status">
            {t('conflicts.left', { left: numbers.count(total), total: numbers.count(most.current) })}
          </p>
          <OneConflict
            key={`${conflict.imageId} ${conflict.id} ${conflict.field}`}
            conflict={conflict}
            onNext={() => setAt((at + 1) % data.conflicts.length)}
          />
        </>
      ) : (
        <p className={styles.second}>{t('conflicts.none')}</p>
      )}
    </section>
  );
}

function OneConflict({ conflict, onNext }: { readonly conflict: ImageConflict; readonly onNext: () => void }): ReactElement {
  const { t } = useTranslation();
  const { client, thumbUrl } = useHost();
  const [own, setOwn] = useState<string | null>(null);
  const { data: people = [] } = useQueryMethod('people.list', {});
  const nameOf = (id: string) => people.find((person) => person.id === id)?.name ?? t('conflicts.somebody');
  const { imageId } = conflict;
  const sides = [conflict.stands, ...conflict.lost];
  const isText = conflict.field === 'text';
  const canBoth = isText || conflict.field === 'position';

  const decide = async (opsOf: (doc: Doc, fresh: ImageConflict) => readonly Op[]) => {
    const { doc, rev } = await client.call('edits.load', { imageId });
    const fresh = doc.conflicts.find(({ kind, id, field }) => kind === conflict.kind && id === conflict.id && field === conflict.field);
    if (!fresh) return;
    const ops = opsOf(doc, { ...conflict, ...fresh }) as never;
    const result = await client.call('edits.apply', { eventId: newId(), imageId, baseRev: rev, groupId: newId(), ops });
    if (result.status !== 'saved') toast('warn', t('conflicts.changed'));
  };
  const take = (index: number) => {
    const side = conflict.lost[index - 1];
    if (index === 0) return decide((_doc, fresh) => keepStanding(fresh));
    if (side) return decide((doc, fresh) => takeSide(doc, fresh, fresh.lost[index - 1] ?? side));
    return canBoth ? decide((doc, fresh) => takeBoth(doc, fresh)) : undefined;
  };
  const run = (work: Promise<void> | undefined) => void work?.catch(toastError);
  useCommands(
    [
      { id: 'conflicts.first', title: 'conflicts.take-first', short: 'conflicts.first', section: 'review', keys: ['1'], run: () => run(take(0)) },
      { id: 'conflicts.second', title: 'conflicts.take-second', short: 'conflicts.second', section: 'review', keys: ['2'], run: () => run(take(1)) },
      { id: 'conflicts.third', title: 'conflicts.take-third', short: 'conflicts.third', section: 'review', keys: ['3'], run: () => run(take(2)) },
      ...(isText
        ? [
            {
              id: 'conflicts.edit',
              title: 'conflicts.take-own',
              short: 'conflicts.own',
              section: 'review',
              keys: ['e'],
              run: () => setOwn(String(conflict.stands.value)),
            } as const,
          ]
        : []),
      { id: 'conflicts.next', title: 'conflicts.next', section: 'review', keys: ['n'], run: onNext },
      {
        id: 'conflicts.undo',
        title: 'conflicts.undo',
        section: 'review',
        keys: ['$mod+KeyZ'],
        run: () => run(client.call('edits.undo', { imageId: null }).then(() => undefined)),
      },
    ],
    [conflict, own, onNext],
  );
  const fieldName = (field: string) => {
    const known = FIELDS.find((each) => each === field);
    return known ? t(`conflicts.fields.${known}`) : field;
  };
  const what = conflict.field === null ? t('conflicts.removed') : conflict.field === 'position' ? t('conflicts.position') : fieldName(conflict.field);
  return (
    <>
      <p>
        <b>{conflict.name}</b> · {t(`conflicts.kind.${conflict.kind}`)} · {what}
      </p>
      <div className={styles.conflict}>
        {conflict.field === 'position' ? (
          <OnImage conflict={conflict} points={sides.map(({ value }, index) => ({ at: value as [number, number], number: index + 1 }))} />
        ) : (
          <img className={styles.thumb} src={thumbUrl({ id: imageId, sha256: conflict.sha256 })} alt={conflict.name} />
        )}
        <div className={styles.sides} data-testid="conflict-sides">
          {sides.map((side, index) => (
            <ConflictSide key={side.events[0] ?? index} conflict={conflict} side={side} number={index + 1} person={nameOf(side.userId)} />
          ))}
        </div>
      </div>
      {own === null ? (
        <div className={styles.line}>
          <CommandButton of="conflicts.first" variant="primary" />
          <CommandButton of="conflicts.second" />
          {sides.length > 2 || canBoth ? (
            <CommandButton of="conflicts.third">{sides.length > 2 ? t('conflicts.third') : t('conflicts.both')}</CommandButton>
          ) : null}
          <CommandButton of="conflicts.edit" />
          <CommandButton of="conflicts.next" />
          <CommandButton of="conflicts.undo" />
        </div>
      ) : (
        <form
          className={styles.own}
          onSubmit={(event) => {
            event.preventDefault();
            run(decide((doc, fresh) => takeOwn(doc, fresh, own)));
          }}
        >
          <textarea aria-label={t('conflicts.own-text')} rows={6} value={own} autoFocus onChange={(event) => setOwn(event.target.value)} />
          <div className={styles.line}>
            <Button type="submit" variant="primary">
              {t('conflicts.own-save')}
            </Button>
            <Button onPress={() => setOwn(null)}>{t('app.cancel')}</Button>
          </div>
        </form>
      )}
    </>
  );
}
