/** What a window remembers for its person: language, look, and where they are. It is kept in the browser's storage and never in a project. */
import { useStore } from 'zustand';
import { createStore, type StoreApi } from 'zustand/vanilla';
import { createJSONStorage, persist, type StateStorage } from 'zustand/middleware';
import { imageFilterSchema, type ImageFilter } from '../../shared/domain/image.ts';

export type Route =
  | { readonly screen: 'welcome' }
  | { readonly screen: 'gallery' }
  | { readonly screen: 'annotate'; readonly imageId: string }
  | { readonly screen: 'quality'; readonly tab: string }
  /** Null: the image on which people disagree most. */
  | { readonly screen: 'adjudicate'; readonly imageId: string | null }
  /** What was done to an image, played; from this event on, and where one goes back to. */
  | { readonly screen: 'film'; readonly imageId: string; readonly seq: number | null; readonly from: Route };
export interface SessionValues {
  locale: 'system' | 'en' | 'ja';
  theme: 'system' | 'light' | 'dark';
  /** 1 is 16 px a rem; 0.8 to 2. */
  uiScale: number;
  /** Width of the side panel in rem-less pixels, before the UI scale. */
  panelWidth: number;
  filmStripShown: boolean;
  /** The magnifier beside the cursor on the image. */
  loupe: boolean;
  /** An encoder's proposals are shown once there is a point to go by. */
  proposals: boolean;
  filter: ImageFilter;
  /** Fields that people write in have their spelling checked, where there is a dictionary. */
  checksSpelling: boolean;
  /** Wanted width of a gallery card in pixels. */
  cardSize: number;
  /** Whether the last import left the files where they were. */
  importMode: 'reference' | 'copy';
  /** The image last annotated, by project id. */
  lastImage: Readonly<Record<string, string>>;
  /** The window was at `lastImage` when it was last seen: the next one goes on there. */
  annotating: boolean;
  /** The part of review and quality that was looked at last. */
  qualityTab: string;
  /** Whoever settles disagreements does not see whose work it is. */
  blindNames: boolean;
  /** Ids of commands run from the palette, the last one first. */
  recentCommands: readonly string[];
  /** The person's own keys by command id. */
  keymap: Readonly<Record<string, readonly string[]>>;
}
export interface Session extends SessionValues {
  /** Where this window is; not kept, the start decides. */
  route: Route;
  navigate(route: Route): void;
  set(values: Partial<SessionValues>): void;
}

/** No filter: every image, in the order they came in. */
export const emptyFilter: ImageFilter = imageFilterSchema.parse({});

export const sessionDefaults: SessionValues = {
  locale: 'system',
  theme: 'system',
  uiScale: 1,
  panelWidth: 440,
  filmStripShown: true,
  loupe: false,
  proposals: true,
  filter: emptyFilter,
  checksSpelling: true,
  cardSize: 220,
  importMode: 'reference',
  lastImage: {},
  annotating: false,
  qualityTab: 'review',
  blindNames: false,
  recentCommands: [],
  keymap: {},
};

const memory = (): StateStorage => {
  const values = new Map<string, string>();
  return { getItem: (key) => values.get(key) ?? null, setItem: (key, value) => void values.set(key, value), removeItem: (key) => void values.delete(key) };
};

/** A session that lives in this storage; in memory where there is none. */
export function createSession(storage: StateStorage = memory()): StoreApi<Session> {
  return createStore<Session>()(
    persist(
      (set) => ({
        ...sessionDefaults,
        route: { screen: 'welcome' },
        navigate: (route) => set({ route, annotating: route.screen === 'annotate', ...(route.screen === 'quality' ? { qualityTab: route.tab } : {}) }),
        set: (values) => set(values),
      }),
      {
        name: 'pointillist.session',
        version: 1,
        storage: createJSONStorage(() => storage),
        partialize: ({ route: _route, navigate: _navigate, set: _set, ...values }) => values,
        merge: (kept, fresh) => ({ ...fresh, ...readable(kept) }),
      },
    ),
  );
}

/** What was kept by an older or newer version may have another shape: what does not fit is dropped. */
function readable(kept: unknown): Partial<SessionValues> {
  const values = { ...(kept as Partial<SessionValues> | null) };
  const filter = imageFilterSchema.safeParse(values.filter ?? {});
  const keymap = Object.fromEntries(
    Object.entries(values.keymap ?? {}).filter(([, keys]) => Array.isArray(keys) && keys.every((one) => typeof one === 'string')),
  );
  return { ...values, keymap, filter: filter.success ? unranked(filter.data) : emptyFilter };
}

/** An order by likeness is kept by the core, for as long as that runs. */
const unranked = (filter: ImageFilter): ImageFilter => ({ ...filter, ranking: null, sort: filter.sort === 'similarity' ? 'added' : filter.sort });

/** This window's session. */
export const sessionStore: StoreApi<Session> = createSession(typeof localStorage === 'undefined' ? undefined : localStorage);

/** Reads a part of the session and follows it. */
export const useSession = <T>(select: (session: Session) => T): T => useStore(sessionStore, select);

/** Goes to another screen. */
export const navigate = (route: Route): void => sessionStore.getState().navigate(route);
