/** What was done to one image, played: the image with its points and texts as they came about, and who did it. Only to look at. */
import { Pause, Play, SkipBack, SkipForward } from 'lucide-react';
import { type ReactElement, useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { LoggedEvent } from '../../../shared/domain/events.ts';
import type { Film } from '../../../shared/domain/film.ts';
import { stateOf } from '../../../shared/domain/review.ts';
import type { Stage } from '../../canvas/stage-api.ts';
import { CommandButton } from '../../commands/CommandButton.tsx';
import { useCommands } from '../../commands/registry.ts';
import { useQueryMethod } from '../../queries/client.ts';
import { useNames } from '../../queries/names.ts';
import { useChromeSlots } from '../../stores/chrome.ts';
import { navigate, type Route } from '../../stores/session.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { errorSentence } from '../../ui/errors.ts';
import { IconButton } from '../../ui/IconButton.tsx';
import { LABEL_COLOURS } from '../../ui/label-style.ts';
import { useNumbers } from '../../ui/numbers.ts';
import { Segmented } from '../../ui/Segmented.tsx';
import { Spinner } from '../../ui/Spinner.tsx';
import { VisuallyHidden } from '../../ui/VisuallyHidden.tsx';
import { filmCommands } from './commands.ts';
import styles from './Film.module.css';
import { FilmStage } from './FilmStage.tsx';
import { FilmTexts } from './FilmTexts.tsx';
import { createPlayer, type Player, speeds } from './player.ts';
import { sceneAt, tellScene } from './scene.ts';
import { ScrubBar } from './ScrubBar.tsx';
import { timelineOf, underWay } from './timeline.ts';
import { typingOf } from './typing.ts';
import { useFilm } from './use-film.ts';

interface FilmScreenProps {
  readonly imageId: string;
  /** The edit to begin at; null: the beginning. */
  readonly seq: number | null;
  readonly from: Route;
}
const foot = ['film.play', 'film.previous', 'film.next', 'film.faster', 'film.leave'];

export function FilmScreen({ imageId, seq, from }: FilmScreenProps): ReactElement {
  const { t } = useTranslation();
  const { film, error } = useFilm(imageId);
  useChromeSlots({ title: t('film.title'), foot });
  useCommands([{ id: 'film.leave', title: 'film.leave', short: 'film.leave-short', section: 'review', keys: ['Escape'], run: () => navigate(from) }], [from]);
  if (error) return <EmptyState>{errorSentence(error)}</EmptyState>;
  if (!film) return <Spinner label={t('app.loading')} size={24} />;
  if (film.events.length === 0) return <EmptyState>{t('history.empty')}</EmptyState>;
  return <Showing key={imageId} film={film} imageId={imageId} seq={seq} from={from} />;
}

function Showing({ film, imageId, seq, from }: FilmScreenProps & { readonly film: Film<LoggedEvent> }): ReactElement {
  const { t } = useTranslation();
  const { data: image } = useQueryMethod('images.get', { imageId });
  const nameOf = useNames();
  const stage = useRef<Stage | null>(null);
  const [player] = useState(() => createPlayer(timelineOf(film.events), seq === null ? 0 : film.events.findIndex((event) => event.seq === seq) + 1));
  useEffect(() => player.destroy, [player]);
  const position = useStore(player.store, (state) => state.position);
  const scene = useMemo(() => sceneAt(film, position), [film, position]);
  const people = useMemo(() => [...new Set(film.events.map(({ userId }) => userId))], [film]);
  const colours = useMemo(() => film.events.map(({ userId }) => colourOf(people, userId)), [film, people]);
  const told = tellScene(scene, t);
  const state = stateOf(scene.doc);
  const who = scene.event ? nameOf(scene.event.userId) : '';
  const place = t('film.place', { at: position, of: film.events.length });
  const open = () => navigate({ screen: 'annotate', imageId });
  useCommands(
    filmCommands(player, stage, open, () => navigate(from)),
    [player, from, imageId],
  );
  return (
    <div className={styles.screen} data-testid="film">
      <FilmStage image={image} scene={scene} stage={stage} />
      <aside className={styles.panel}>
        <header className={styles.about}>
          <h2>{image?.name ?? ''}</h2>
          <span className={styles.state} data-state={state}>
            {t(`annotate.state.${state}`)}
          </span>
        </header>
        <Texts film={film} player={player} scene={scene} nameOf={nameOf} />
      </aside>
      <section className={styles.deck} aria-label={t('film.title')}>
        <p className={styles.told} data-testid="film-told">
          {scene.event ? <i className={styles.person} style={{ background: colourOf(people, scene.event.userId) }} aria-hidden="true" /> : null}
          <b>{who}</b> {told}
          {scene.event ? <When at={scene.event.at} /> : null}
        </p>
        <ScrubBar player={player} colours={colours} position={position} told={`${place}. ${who} ${told}`} />
        <Controls player={player} place={place} />
        <ul className={styles.legend} aria-label={t('film.people')}>
          {people.map((id) => (
            <li key={id}>
              <i className={styles.person} style={{ background: colourOf(people, id) }} aria-hidden="true" />
              {nameOf(id)}
            </li>
          ))}
        </ul>
        <Announcer player={player} text={`${place}. ${who} ${told}`} />
      </section>
    </div>
  );
}

const colourOf = (people: readonly string[], id: string): string => LABEL_COLOURS[people.indexOf(id) % LABEL_COLOURS.length]!;

function When({ at }: { readonly at: number }): ReactElement {
  const { i18n } = useTranslation();
  const format = useMemo(() => new Intl.DateTimeFormat(i18n.language, { dateStyle: 'medium', timeStyle: 'medium' }), [i18n.language]);
  return <time dateTime={new Date(at).toISOString()}>{format.format(at)}</time>;
}

/** Letters come one by one while it plays, unless the person wants no motion. */
function Texts({
  film,
  player,
  scene,
  nameOf,
}: {
  film: Film<LoggedEvent>;
  player: Player;
  scene: ReturnType<typeof sceneAt>;
  nameOf: (id: string) => string;
}) {
  const [isStill] = useState(() => matchMedia('(prefers-reduced-motion: reduce)').matches);
  const part = useStore(player.store, ({ isPlaying, position, time }) => {
    // In steps of a letter or so: React is asked no more often than there is something to see.
    return isPlaying && !isStill ? Math.floor(underWay(player.times, position, time) * 60) / 60 : null;
  });
  const typing = part === null ? null : typingOf(scene.doc, film.events[scene.position], part);
  return <FilmTexts scene={scene} typing={typing} nameOf={nameOf} />;
}

function Controls({ player, place }: { readonly player: Player; readonly place: string }): ReactElement {
  const { t } = useTranslation();
  const numbers = useNumbers();
  const isPlaying = useStore(player.store, (state) => state.isPlaying);
  const speed = useStore(player.store, (state) => state.speed);
  return (
    <div className={styles.controls}>
      <IconButton label={t('film.previous')} onPress={() => player.seek(player.store.getState().position - 1)}>
        <SkipBack size={16} aria-hidden />
      </IconButton>
      <IconButton label={t(isPlaying ? 'film.pause' : 'film.play')} onPress={() => player.toggle()}>
        {isPlaying ? <Pause size={18} aria-hidden /> : <Play size={18} aria-hidden />}
      </IconButton>
      <IconButton label={t('film.next')} onPress={() => player.seek(player.store.getState().position + 1)}>
        <SkipForward size={16} aria-hidden />
      </IconButton>
      <span className={styles.place} data-testid="film-place">
        {place}
      </span>
      <Segmented
        label={t('film.speed')}
        selected={String(speed)}
        onSelect={(id) => player.setSpeed(speeds.find((each) => String(each) === id) ?? 1)}
        items={speeds.map((each) => ({ id: String(each), text: `${numbers.count(each)}×` }))}
      />
      <CommandButton of="film.open" variant="quiet" />
    </div>
  );
}

/** While it plays no more than this often: a screen reader has to keep up. */
const SAY_MS = 3000;

/** Says where the film is to screen readers: at every step, and now and then while it plays. */
function Announcer({ player, text }: { readonly player: Player; readonly text: string }): ReactElement {
  const [said, say] = useState('');
  const last = useRef(0);
  useEffect(() => {
    const now = performance.now();
    if (player.store.getState().isPlaying && now - last.current < SAY_MS) return;
    last.current = now;
    say(text);
  }, [player, text]);
  return (
    <span role="status">
      <VisuallyHidden>{said}</VisuallyHidden>
    </span>
  );
}
