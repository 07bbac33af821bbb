/** The search over what people wrote: it filters while one types. */
import { Search, X } from 'lucide-react';
import { type KeyboardEvent, type ReactElement, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Facets, ImageFilter } from '../../../shared/domain/image.ts';
import type { ImageList } from '../../queries/image-list.ts';
import { useSimilar } from '../../queries/similar.ts';
import { useNumbers } from '../../ui/numbers.ts';
import { VisuallyHidden } from '../../ui/VisuallyHidden.tsx';
import { isFiltered, withText } from './filter.ts';
import styles from './SearchField.module.css';

/** A pause this long is taken for the end of a word; the core answers in about as much again. */
const PAUSE_MS = 60;
/** Where the focus goes by '/'. */
export const SEARCH_ID = 'gallery-search';

interface SearchFieldProps {
  readonly filter: ImageFilter;
  readonly list: ImageList;
  readonly facets: Facets | undefined;
  readonly onFilter: (filter: ImageFilter) => void;
  /** Back to the images: Enter, arrow down, Escape in an empty field. */
  readonly onLeave: () => void;
}

export function SearchField({ filter, list, facets, onFilter, onLeave }: SearchFieldProps): ReactElement {
  const { t } = useTranslation();
  const field = useSearchText(filter, onFilter);
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.nativeEvent.isComposing || event.keyCode === 229) return;
    if (event.key === 'Escape' && field.text !== '') field.write('', 0);
    else if (event.key === 'Enter' || event.key === 'ArrowDown' || event.key === 'Escape') {
      field.flush();
      onLeave();
    } else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div className={styles.box} role="search">
      <Search className={styles.icon} size={15} aria-hidden />
      <input
        id={SEARCH_ID}
        className={styles.input}
        type="text"
        role="searchbox"
        autoComplete="off"
        spellCheck={false}
        value={field.text}
        placeholder={t('gallery.search-placeholder')}
        aria-label={t('gallery.search')}
        aria-keyshortcuts="/"
        onChange={(event) => field.write(event.target.value, (event.nativeEvent as InputEvent).isComposing ? null : PAUSE_MS)}
        onCompositionEnd={(event) => field.write(event.currentTarget.value, PAUSE_MS)}
        onKeyDown={onKeyDown}
      />
      {field.text !== '' && (
        <button type="button" className={styles.clear} aria-label={t('gallery.clear-search')} onClick={() => field.write('', 0)}>
          <X size={14} aria-hidden />
        </button>
      )}
      {field.text.trim() !== '' && <SearchedIn ranked={filter.ranking !== null} />}
      <Found list={list} total={facets?.total} />
    </div>
  );
}

/** What the words are looked for in: texts and pictures, or texts alone where the encoder knows no words. Nothing where no encoder was asked. */
function SearchedIn({ ranked }: { ranked: boolean }): ReactElement | null {
  const { t } = useTranslation();
  const wordless = useSimilar((state) => state.wordless);
  if (ranked) return <span className={styles.both}>{t('similar.both')}</span>;
  if (wordless === null) return null;
  const why = t('similar.no-text', { encoder: wordless });
  return (
    <span className={styles.both} title={why}>
      <span aria-hidden>{t('similar.texts-only')}</span>
      <VisuallyHidden>{why}</VisuallyHidden>
    </span>
  );
}

/** How much the list that is shown holds, and how quickly it came where it was searched for. */
function Found({ list, total }: { list: ImageList; total: number | undefined }): ReactElement | null {
  const { t } = useTranslation();
  const numbers = useNumbers();
  const { filter } = list;
  if (!filter || !isFiltered(filter) || list.total === null || total === undefined) return null;
  const found = numbers.count(list.total);
  const all = numbers.count(Math.max(total, list.total));
  const searched = filter.text.trim() !== '' && list.tookMs !== null;
  return (
    <span className={styles.found} role="status">
      {searched
        ? t('gallery.found-ms', { found, total: all, ms: numbers.count(Math.max(1, Math.round(list.tookMs!))) })
        : t('gallery.found', { found, total: all })}
    </span>
  );
}

/** The text in the field runs ahead of the filter by a pause; while an input method composes, by the whole composition (`pauseMs` null). */
function useSearchText(filter: ImageFilter, onFilter: (filter: ImageFilter) => void) {
  const [text, setText] = useState(filter.text);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const sent = useRef(filter.text);
  const sortBefore = useRef<Pick<ImageFilter, 'sort' | 'descending'>>(unsearchedSort(filter));
  const latest = useRef({ filter, onFilter, text });
  latest.current = { filter, onFilter, text };
  if (filter.text.trim() === '') sortBefore.current = unsearchedSort(filter);
  useEffect(() => {
    if (filter.text === sent.current) return;
    sent.current = filter.text;
    setText(filter.text);
  }, [filter.text]);
  useEffect(() => () => clearTimeout(timer.current), []);
  const send = (value: string) => {
    clearTimeout(timer.current);
    if (value === latest.current.filter.text) return;
    sent.current = value;
    latest.current.onFilter(withText(latest.current.filter, value, sortBefore.current));
  };
  const write = (value: string, pauseMs: number | null) => {
    const short = value.slice(0, 500);
    setText(short);
    clearTimeout(timer.current);
    if (pauseMs !== null) timer.current = setTimeout(() => send(short), pauseMs);
  };
  return { text, write, flush: () => send(latest.current.text) };
}

const unsearchedSort = (filter: ImageFilter): Pick<ImageFilter, 'sort' | 'descending'> =>
  filter.sort === 'relevance' ? { sort: 'added', descending: false } : { sort: filter.sort, descending: filter.descending };
