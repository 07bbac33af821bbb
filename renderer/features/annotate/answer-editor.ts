/** The editing of one answer in its element: keys, pasting, chips and pointing, each as a change of the answer's text. */
import type { TFunction } from 'i18next';
import { setAnswer } from '../../../shared/domain/authoring.ts';
import { MAX_TEXT } from '../../../shared/domain/model.ts';
import { answerParts, markedSets, markNumbers, pointMark, withoutMarks } from '../../../shared/domain/point-mark.ts';
import type { Snippet } from '../../../shared/domain/settings.ts';
import { markAt, stepLength, wordBeside } from '../../../shared/text/answer-steps.ts';
import { phraseBefore } from '../../../shared/text/phrase-before.ts';
import { expandAt, expandTyped } from '../../../shared/text/snippets.ts';
import type { Editor } from '../../stores/editor.ts';
import { pointsBySet } from '../../stores/editor/points-by-set.ts';
import { dressChip, makeChip, phraseOf } from './answer-chip.ts';
import { offsetOf, putCaret, selectionIn, showAnswer, shownAnswer } from './answer-dom.ts';
import { EDIT_PHRASE, editPhrase } from './answer-phrase.ts';
import { beginPointing, endPointing, resumePointing } from './pointing.ts';
import { screenStore } from './screen-state.ts';
import { textLanguage } from './text-language.ts';
import { followCaret } from './WriteField.tsx';

interface Now {
  readonly create: (text: string) => void;
  readonly me: string | null;
  readonly snippets: readonly Snippet[];
  readonly t: TFunction;
  readonly locale: string;
}
export interface AnswerEditorOptions {
  readonly element: HTMLElement;
  readonly id: string;
  readonly editor: Editor;
  readonly now: () => Now;
}
/** What is dragged is a chip of this answer. */
const CHIP_TYPE = 'application/x-pointillist-mark';

export class AnswerEditor {
  readonly #options: AnswerEditorOptions;
  readonly #abort = new AbortController();
  readonly #stops: (() => void)[];
  isComposing = false;
  #way: 'typed' | 'pasted' = 'typed';

  constructor(options: AnswerEditorOptions) {
    this.#options = options;
    this.#listen();
    this.#stops = [
      options.editor.store.subscribe(() => this.refresh()),
      screenStore.subscribe((state, before) => state.pointing !== before.pointing && this.refresh()),
    ];
    this.refresh();
  }

  destroy(): void {
    this.#abort.abort();
    for (const stop of this.#stops) stop();
    if (this.#pointing) endPointing();
  }

  get #text(): string {
    return this.#options.editor.textNow('turn', this.#options.id);
  }
  get #pointing() {
    const { pointing } = screenStore.getState();
    return pointing?.turnId === this.#options.id ? pointing : null;
  }

  /** Shows the text and the chips as they are now; the caret stays with its words. */
  refresh(force = false): void {
    const { element } = this.#options;
    if (this.isComposing) return;
    const text = this.#text;
    const before = shownAnswer(element);
    if (before === text && !force && element.dataset['shown'] === this.#look()) return;
    const at = document.activeElement === element ? selectionIn(element) : null;
    this.#show(text);
    if (at) putCaret(element, followCaret(before, text, at.end));
  }

  /** What of the screen the chips show beside the text. */
  #look(): string {
    const { doc } = this.#options.editor.store.getState();
    const ids = markedSets(this.#text);
    const pointing = this.#pointing;
    if (ids.length === 0 && !pointing) return '';
    const numbers = markNumbers(doc);
    const points = pointsBySet(doc.point);
    const isGhost = pointing !== null && !pointing.isPlaced;
    return [...ids.map((id) => `${numbers.get(id) ?? 0}:${points.get(id)?.length ?? 0}:${phraseOf(doc, id)}`), pointing?.setId, isGhost].join('|');
  }

  #show(text: string): void {
    const { element, editor, now } = this.#options;
    const pointing = this.#pointing;
    const ghost = pointing && !pointing.isPlaced && pointing.until <= text.length ? pointing : null;
    showAnswer(element, text, ghost, makeChip);
    for (const chip of element.querySelectorAll<HTMLElement>('[data-set]')) dressChip(chip, editor.store.getState().doc, pointing, now().t);
    element.dataset['shown'] = this.#look();
    element.lang = textLanguage(withoutMarks(text), now().locale);
  }

  caretTo(at: number): void {
    putCaret(this.#options.element, at);
  }

  /** Takes a new text. Marks that are no longer in it take their points with them, in the same edit. */
  #take(text: string): void {
    const { editor, id, now } = this.#options;
    const { doc } = editor.store.getState();
    editor.noteText(id, this.#way, this.#text, text);
    this.#way = 'typed';
    const turn = doc.turn.find((row) => row.id === id);
    if (!turn) {
      if (text !== '') now().create(text);
      return;
    }
    const kept = new Set(markedSets(text));
    if (markedSets(turn.text).every((mark) => kept.has(mark))) return editor.type('turn', id, text);
    editor.commitTyping();
    editor.dispatch(setAnswer(editor.store.getState().doc, id, text));
  }

  /** Replaces a stretch of the text and puts the caret behind what was put in. */
  #replace(start: number, end: number, put: string): void {
    const text = this.#text;
    const next = text.slice(0, start) + put + text.slice(end);
    if (next.length > MAX_TEXT) return;
    if (this.#pointing) endPointing();
    this.#take(next);
    this.#show(this.#text);
    putCaret(this.#options.element, start + put.length);
  }

  /** Enter leaves the answer: a snippet's key before it turns into its phrase all the same. */
  expandAtCaret(): void {
    this.#expand(expandAt);
  }

  /** Keys of the field's own; true where it was one. */
  keyDown(event: globalThis.KeyboardEvent): boolean {
    const { element } = this.#options;
    const plain = !event.ctrlKey && !event.metaKey && !event.altKey && !event.shiftKey;
    const at = selectionIn(element);
    const take = (run: () => void) => {
      event.preventDefault();
      run();
      return true;
    };
    if (this.#pointing && plain && (event.key === 'Escape' || event.key === 'Enter')) {
      return take(() => {
        const caret = at?.end ?? 0;
        endPointing();
        putCaret(element, caret);
      });
    }
    const way = event.key === 'ArrowLeft' ? -1 : event.key === 'ArrowRight' ? 1 : 0;
    if (way === 0 || !at || at.start !== at.end) return false;
    if (event.altKey && event.shiftKey && !event.ctrlKey && !event.metaKey) {
      const mark = markAt(this.#text, at.start, -1) ?? markAt(this.#text, at.start, 1);
      const to = mark === null ? null : wordBeside(this.#text, mark, way);
      if (mark !== null && to !== null) return take(() => this.#moveTo(mark, to));
    }
    if (plain && markAt(this.#text, at.start, way) !== null) return take(() => putCaret(element, at.start + way * stepLength(this.#text, at.start, way)));
    return false;
  }

  /** Moves a mark; `to` is an offset of the text without it. */
  #moveTo(setId: string, to: number): void {
    const { editor, id, element } = this.#options;
    const mark = pointMark(setId);
    editor.commitTyping();
    const rest = this.#text.replace(mark, '');
    editor.dispatch(setAnswer(editor.store.getState().doc, id, rest.slice(0, to) + mark + rest.slice(to)));
    this.#show(this.#text);
    element.focus();
    putCaret(element, to + mark.length);
  }

  #listen(): void {
    const { element, editor } = this.#options;
    const on = <K extends keyof HTMLElementEventMap>(type: K, run: (event: HTMLElementEventMap[K]) => void) =>
      element.addEventListener(type, run, { signal: this.#abort.signal });
    on('beforeinput', (event) => this.#beforeInput(event));
    on('input', () => {
      // Something that no rule above foresaw changed the element: the text follows it.
      if (!this.isComposing && shownAnswer(element) !== this.#text) this.#afterNative();
    });
    on('compositionstart', () => {
      if (this.#pointing) {
        const at = selectionIn(element);
        endPointing();
        if (at) putCaret(element, at.end);
      }
      this.isComposing = true;
    });
    on('compositionend', (event) => {
      this.isComposing = false;
      this.#afterNative();
      if (event.data.endsWith('＠') || event.data.endsWith('@')) this.#atSign(1);
      else this.#expand();
    });
    on('copy', (event) => this.#copy(event));
    on('cut', (event) => {
      const at = selectionIn(element);
      if (this.#copy(event) && at) this.#replace(at.start, at.end, '');
    });
    on('paste', (event) => {
      event.preventDefault();
      if (event.isTrusted) this.#way = 'pasted'; // a button of the app is not
      this.#insert(event.clipboardData?.getData('text/plain') ?? '');
    });
    on('blur', (event) => {
      editor.commitTyping();
      const to = event.relatedTarget;
      if (this.#pointing && !(to instanceof Element && to.closest('[data-stage]'))) endPointing();
    });
    on('mousedown', (event) => this.#pressed(event));
    on('dblclick', (event) => {
      const setId = (event.target as HTMLElement).closest<HTMLElement>('[data-set]')?.dataset['set'];
      if (setId !== undefined) this.#editPhrase(setId);
    });
    element.addEventListener(EDIT_PHRASE, () => this.#editPhraseAtCaret(), { signal: this.#abort.signal });
    this.#listenToDrags(on);
  }

  #listenToDrags(on: <K extends keyof HTMLElementEventMap>(type: K, run: (event: HTMLElementEventMap[K]) => void) => void): void {
    const { element, editor } = this.#options;
    on('dragstart', (event) => {
      const setId = (event.target as HTMLElement).dataset?.['set'];
      if (setId === undefined || !this.#text.includes(pointMark(setId))) return event.preventDefault();
      event.dataTransfer?.setData(CHIP_TYPE, setId);
      event.dataTransfer?.setData('text/plain', phraseOf(editor.store.getState().doc, setId));
      if (event.dataTransfer) event.dataTransfer.effectAllowed = 'move';
    });
    on('dragover', (event) => event.preventDefault());
    on('drop', (event) => {
      event.preventDefault();
      event.stopPropagation();
      const range = document.caretRangeFromPoint(event.clientX, event.clientY);
      if (!range || !element.contains(range.startContainer)) return;
      const at = offsetOf(element, range.startContainer, range.startOffset);
      const setId = event.dataTransfer?.getData(CHIP_TYPE) ?? '';
      const from = setId === '' ? -1 : this.#text.indexOf(pointMark(setId));
      const length = setId === '' ? 0 : pointMark(setId).length;
      if (from >= 0) this.#moveTo(setId, at > from ? Math.max(from, at - length) : at);
      else if (setId === '') {
        putCaret(element, at);
        this.#insert(event.dataTransfer?.getData('text/plain') ?? '');
      }
    });
  }

  /** A press on a chip goes on pointing for it. */
  #pressed(event: MouseEvent): void {
    const { element, editor, now } = this.#options;
    const chip = (event.target as HTMLElement).closest<HTMLElement>('[data-set]');
    const { me } = now();
    if (!chip || event.button !== 0 || !me) return;
    const setId = chip.dataset['set']!;
    const mark = pointMark(setId);
    // Not at once: the press may begin to drag it.
    element.addEventListener(
      'mouseup',
      () => {
        element.focus();
        const from = this.#text.indexOf(mark);
        if (from < 0) return;
        resumePointing(editor, me, setId);
        putCaret(element, from + mark.length);
      },
      { once: true, signal: this.#abort.signal },
    );
  }

  #copy(event: ClipboardEvent): boolean {
    const at = selectionIn(this.#options.element);
    if (!at || at.start === at.end) return false;
    event.preventDefault();
    const { doc } = this.#options.editor.store.getState();
    const parts = answerParts(this.#text.slice(at.start, at.end));
    event.clipboardData?.setData('text/plain', parts.map((part) => ('setId' in part ? phraseOf(doc, part.setId) : part.text)).join(''));
    return true;
  }

  /** Plain text from outside, in the place of what is selected. */
  #insert(text: string): void {
    const at = selectionIn(this.#options.element);
    const plain = withoutMarks(text.replace(/\r\n?/g, '\n'));
    if (at && plain !== '') this.#replace(at.start, at.end, plain);
  }

  #beforeInput(event: InputEvent): void {
    const { element } = this.#options;
    const type = event.inputType;
    if (this.isComposing || type.includes('Composition')) return;
    event.preventDefault();
    const at = selectionIn(element);
    if (!at || type.startsWith('history') || type.startsWith('format')) return;
    if (type === 'insertText') {
      if (event.data === '@' || event.data === '＠') this.#atSign(0, event.data);
      else this.#write(at, event.data ?? '');
    } else if (type === 'insertParagraph' || type === 'insertLineBreak') this.#write(at, '\n');
    else if (type.startsWith('insert')) {
      const range = this.#targetOf(event) ?? at;
      // A spelling that was chosen is an undo step of its own.
      const { editor } = this.#options;
      if (type === 'insertReplacementText') editor.endTyping();
      this.#replace(range.start, range.end, withoutMarks(event.dataTransfer?.getData('text/plain') || (event.data ?? '')));
      if (type === 'insertReplacementText') editor.endTyping();
    } else if (type.startsWith('delete')) this.#delete(type, at, event);
  }

  #write(at: { start: number; end: number }, text: string): void {
    this.#replace(at.start, at.end, text);
    this.#expand();
  }

  #delete(type: string, at: { start: number; end: number }, event: InputEvent): void {
    if (at.start !== at.end) return this.#replace(at.start, at.end, '');
    const way = type.includes('Forward') ? 1 : -1;
    const range = type.startsWith('deleteContent') ? null : this.#targetOf(event);
    if (range && range.start !== range.end) return this.#replace(range.start, range.end, '');
    const step = stepLength(this.#text, at.start, way);
    if (step > 0) this.#replace(way < 0 ? at.start - step : at.start, way < 0 ? at.start : at.start + step, '');
  }

  #targetOf(event: InputEvent): { start: number; end: number } | null {
    const { element } = this.#options;
    const range = event.getTargetRanges()[0];
    if (!range) return null;
    return { start: offsetOf(element, range.startContainer, range.startOffset), end: offsetOf(element, range.endContainer, range.endOffset) };
  }

  /** The chip that the caret is beside, else the last one before it, else the first. */
  #editPhraseAtCaret(): void {
    const at = selectionIn(this.#options.element)?.end ?? 0;
    const text = this.#text;
    const setId = markAt(text, at, -1) ?? markAt(text, at, 1) ?? markedSets(text.slice(0, at)).at(-1) ?? markedSets(text)[0];
    if (setId !== undefined) this.#editPhrase(setId);
  }

  #editPhrase(setId: string): void {
    const { element, editor, now } = this.#options;
    const chip = element.querySelector<HTMLElement>(`[data-set="${CSS.escape(setId)}"]`);
    const { doc } = editor.store.getState();
    const { t, locale } = now();
    if (!chip || !doc.pointSet.some((set) => set.id === setId)) return;
    if (this.#pointing) endPointing();
    const phrase = phraseOf(doc, setId);
    const number = markNumbers(doc).get(setId) ?? 0;
    const onEnd = (byKey: boolean) => {
      if (!byKey) return;
      const mark = pointMark(setId);
      element.focus();
      putCaret(element, Math.max(0, this.#text.indexOf(mark)) + mark.length);
    };
    editPhrase({ editor, chip, label: t('questions.phrase-of', { number }), phrase, lang: textLanguage(phrase, locale), onEnd });
  }

  /** Takes what an input method or the browser itself wrote. */
  #afterNative(): void {
    const { element } = this.#options;
    const at = selectionIn(element);
    this.#take(shownAnswer(element).slice(0, MAX_TEXT));
    this.#show(this.#text);
    if (at) putCaret(element, at.end);
  }

  /** Snippets turn into their phrase here as everywhere; it is an undo step of its own. */
  #expand(find: typeof expandTyped = expandTyped): void {
    const { element, editor, id, now } = this.#options;
    const at = selectionIn(element);
    const found = at && at.start === at.end ? find(this.#text, at.end, now().snippets) : null;
    if (!found || found.text.length > MAX_TEXT) return;
    editor.commitTyping();
    editor.dispatch(setAnswer(editor.store.getState().doc, id, found.text));
    this.#show(this.#text);
    putCaret(element, found.caret);
  }

  /** `@`: points at the selected words or at the word before. Twice writes the sign itself. `written`: it is in the text already. */
  #atSign(written: 0 | 1, sign = '@'): void {
    const { element, now } = this.#options;
    const at = selectionIn(element);
    const { me } = now();
    if (!at) return;
    if (written) this.#replace(at.end - 1, at.end, '');
    const pointing = this.#pointing;
    if (!me || (pointing && !pointing.isPlaced)) return this.#replace(at.start, at.end, sign);
    const place = selectionIn(element) ?? at;
    const selected = this.#text.slice(place.start, place.end);
    const isPhrase = selected.trim() !== '' && markedSets(selected).length === 0 && selected.length <= 200;
    const { from, phrase } = isPhrase
      ? { from: place.start + selected.indexOf(selected.trim()), phrase: selected.trim() }
      : phraseBefore(this.#text, place.end);
    const until = from + phrase.length;
    this.#options.editor.commitTyping();
    beginPointing(me, this.#options.id, from, until, phrase.replace(/\s+/g, ' '));
    putCaret(element, until);
  }
}
