/** The menu of a right click on text: spellings for a word that no dictionary has, and the clipboard. Elsewhere there is none; the page's own gestures use the button. */
import { type BrowserWindow, type ContextMenuParams, Menu, type MenuItemConstructorOptions, type WebContents } from 'electron';
import type { Key } from '../../shared/i18n/catalogue.ts';

type Item = MenuItemConstructorOptions;
type Text = (key: Key, values?: Readonly<Record<string, unknown>>) => string;
/** More are no longer read, only searched. */
const MOST_SUGGESTIONS = 6;

/** Shows the menu on this window's text. `text`: a sentence in the language that the page shows. */
export function offerContextMenu(window: BrowserWindow, text: Text): void {
  window.webContents.on('context-menu', (_event, params) => {
    const items = [...spelling(window.webContents, params, text), ...clipboard(params, text)];
    if (items.length > 0) Menu.buildFromTemplate(items).popup({ window });
  });
}

function spelling(contents: WebContents, { misspelledWord: word, dictionarySuggestions }: ContextMenuParams, text: Text): Item[] {
  if (word === '') return [];
  const suggestions = dictionarySuggestions.slice(0, MOST_SUGGESTIONS).map((label): Item => ({ label, click: () => contents.replaceMisspelling(label) }));
  return [
    ...(suggestions.length > 0 ? suggestions : [{ label: text('host.menu.no-spellings'), enabled: false }]),
    { type: 'separator' },
    { label: text('host.menu.learn', { word: word.replaceAll('&', '&&') }), click: () => contents.session.addWordToSpellCheckerDictionary(word) },
    { type: 'separator' },
  ];
}

function clipboard({ isEditable, editFlags, selectionText }: ContextMenuParams, text: Text): Item[] {
  const copy: Item = { role: 'copy', label: text('host.menu.copy'), enabled: editFlags.canCopy };
  if (!isEditable) return selectionText.trim() === '' ? [] : [copy];
  return [
    { role: 'cut', label: text('host.menu.cut'), enabled: editFlags.canCut },
    copy,
    { role: 'paste', label: text('host.menu.paste'), enabled: editFlags.canPaste },
    { type: 'separator' },
    { role: 'selectAll', label: text('host.menu.selectAll'), enabled: editFlags.canSelectAll },
  ];
}
