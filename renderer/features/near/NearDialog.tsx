/** Groups of near-duplicates as rows of pictures. Keys act on the picture with the focus: K keeps it, S splits it off, N parts all, J joins, Ctrl+Z undoes. */
import type { TFunction } from 'i18next';
import { CopyCheck } from 'lucide-react';
import { type KeyboardEvent, type ReactElement, useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { NearGroup, NearStep } from '../../../shared/rpc/machine-contract.ts';
import { useHost } from '../../host/host.ts';
import { useCommandMethod, useQueryMethod } from '../../queries/client.ts';
import { closeDialog } from '../../stores/dialogs.ts';
import { useJobs } from '../../stores/jobs.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { toastError } from '../../ui/errors.ts';
import { Kbd } from '../../ui/Kbd.tsx';
import { useNumbers } from '../../ui/numbers.ts';
import { Spinner } from '../../ui/Spinner.tsx';
import { type Done, joinGroups, keepOne, type Kept, partAll, splitOff, undoLast } from './near-actions.ts';
import styles from './Near.module.css';

const PAGE = 20;
type Act = (group: number, work: Promise<Done>) => void;

export function NearDialog(): ReactElement {
  const { t } = useTranslation();
  const numbers = useNumbers();
  const [limit, setLimit] = useState(PAGE);
  const { data } = useQueryMethod('duplicates.groups', { offset: 0, limit }, { keepPrevious: true });
  const running = useJobs((jobs) => jobs.some(({ kind, state }) => kind === 'duplicates' && state === 'running'));
  const find = useCommandMethod('duplicates.find');
  const { client } = useHost();
  const [said, setSaid] = useState<string | null>(null);
  const [kept] = useState<Kept[]>([]);
  const panel = useRef<HTMLDivElement>(null);
  const at = useRef<number | null>(null);
  // The picture that had the focus is gone: the keys go on where it was.
  useEffect(() => {
    const group = at.current;
    at.current = null;
    if (group === null) return;
    const timer = setTimeout(() => focusGroup(panel.current, group), 60);
    return () => clearTimeout(timer);
  }, [data?.groups]);
  const act: Act = (group, work) => {
    at.current = group;
    work
      .then((one) => {
        if (one.kept) kept.push(one.kept);
        setSaid(one.text);
      })
      .catch(toastError);
  };
  const undo = () => {
    undoLast(client, kept)
      .then((undone) => setSaid(t(undone ? 'near.undone' : 'near.nothing-to-undo')))
      .catch(toastError);
  };
  const findButton = (text: string) => (
    <Button variant={data?.foundAt === null ? 'primary' : 'default'} isDisabled={running} onPress={() => find.mutate({}, { onError: toastError })}>
      {text}
    </Button>
  );
  const actions = (
    <>
      <span className={styles.said} role="status">
        {said ?? <LastDecision last={data?.last ?? null} />}
      </span>
      <Button isDisabled={kept.length === 0 && !data?.last} onPress={undo}>
        {t('near.undo')}
      </Button>
      {data && data.foundAt !== null ? findButton(t('near.again')) : null}
    </>
  );
  return (
    <Dialog isOpen onClose={closeDialog} title={t('near.title')} size="wide" actions={actions}>
      {/* oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- the keys belong to the pictures inside */}
      <div
        ref={panel}
        className={styles.panel}
        onKeyDown={(event) => {
          if (event.key !== 'z' || !(event.ctrlKey || event.metaKey)) return;
          // Not the gallery's undo as well.
          event.preventDefault();
          event.stopPropagation();
          undo();
        }}
      >
        {running ? <Spinner label={t('near.finding')} /> : null}
        {data?.foundAt === null && !running ? (
          <EmptyState icon={<CopyCheck size={40} strokeWidth={1.25} />} action={findButton(t('near.find'))}>
            {t('near.never')}
          </EmptyState>
        ) : null}
        {data && data.foundAt !== null && data.total === 0 && !running ? (
          <EmptyState icon={<CopyCheck size={40} strokeWidth={1.25} />}>{t('near.none')}</EmptyState>
        ) : null}
        {data && data.total > 0 ? (
          <>
            <p className={styles.about}>
              {t('near.total', { count: data.total, n: numbers.count(data.total) })} · {t('near.about')}
            </p>
            {data.groups.map((group, index) => (
              <GroupRow key={group.images[0]!.id} group={group} next={data.groups[index + 1]} number={index + 1} act={act} />
            ))}
            {data.total > data.groups.length ? <Button onPress={() => setLimit((before) => Math.min(200, before + PAGE))}>{t('near.more')}</Button> : null}
          </>
        ) : null}
      </div>
    </Dialog>
  );
}

/** Puts the focus on the first picture of a group, or of the last one, unless it is on a picture still. */
function focusGroup(panel: HTMLElement | null, number: number): void {
  if (!panel || panel.contains(document.activeElement)) return;
  const groups = panel.querySelectorAll('section');
  groups[Math.min(number, groups.length) - 1]?.querySelector('button')?.focus();
}

/** What tells an image from the first of its group, in the words of who looks at pictures. */
function difference({ mirrored, change, bits }: NearGroup['images'][number], t: TFunction): string {
  if (mirrored) return t('near.mirrored');
  if (change !== null) return t(`near.change-${change}`);
  return bits === 0 ? t('near.same') : t('near.bits', { count: bits });
}

/** What Undo takes back when the dialog was just opened: decisions outlive it. */
function LastDecision({ last }: { last: NearStep | null }): string | null {
  const { t, i18n } = useTranslation();
  const time = useMemo(() => new Intl.DateTimeFormat(i18n.language, { dateStyle: 'medium', timeStyle: 'short' }), [i18n.language]);
  return last ? t(`near.last-${last.kind}`, { time: time.format(last.at) }) : null;
}

function GroupRow({ group, next, number, act }: { group: NearGroup; next: NearGroup | undefined; number: number; act: Act }): ReactElement {
  const { t } = useTranslation();
  const { client, thumbUrl } = useHost();
  const keys = (imageId: string) => (event: KeyboardEvent<HTMLElement>) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    if (step !== 0) (step > 0 ? event.currentTarget.nextElementSibling : event.currentTarget.previousElementSibling)?.querySelector('button')?.focus();
    else if (event.key === 'k') act(number, keepOne(client, group, imageId));
    else if (event.key === 's') act(number, splitOff(client, group, imageId));
    else if (event.key === 'n') act(number, partAll(client, group));
    else if (event.key === 'j' && next) act(number, joinGroups(client, group, next));
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <section className={styles.group} aria-label={t('near.row', { n: number })}>
      <ul className={styles.images}>
        {group.images.map((image, place) => (
          // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- keys of the buttons inside
          <li key={image.id} className={styles.image} onKeyDown={keys(image.id)}>
            <img className={styles.thumb} src={thumbUrl(image)} alt="" loading="lazy" decoding="async" />
            <span className={styles.name} title={image.name}>
              {image.name.slice(image.name.lastIndexOf('/') + 1)}
            </span>
            <span className={styles.facts}>
              {image.widthPx} × {image.heightPx} · {place === 0 ? t('near.first') : difference(image, t)}
            </span>
            <span className={styles.buttons}>
              <Button onPress={() => act(number, keepOne(client, group, image.id))}>
                {t('near.keep')} <Kbd>K</Kbd>
              </Button>
              {group.images.length > 2 ? (
                <Button onPress={() => act(number, splitOff(client, group, image.id))}>
                  {t('near.split')} <Kbd>S</Kbd>
                </Button>
              ) : null}
            </span>
          </li>
        ))}
      </ul>
      <span className={styles.buttons}>
        <Button onPress={() => act(number, partAll(client, group))}>
          {t('near.apart')} <Kbd>N</Kbd>
        </Button>
        {next ? (
          <Button onPress={() => act(number, joinGroups(client, group, next))}>
            {t('near.merge')} <Kbd>J</Kbd>
          </Button>
        ) : null}
      </span>
    </section>
  );
}
