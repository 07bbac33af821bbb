/** Finds labels that are most likely meant to be the same: "Coin", "coins" and "coin " would split one class of the training data in three. */

/** Labels recur on nearly every image; rules ask for their forms for each pair of them. */
const forms = new Map<string, string>();
const MOST_FORMS = 5000;

/** Two labels with the same form differ at most in case, width, spaces, hyphens and an English plural. */
export function labelForm(label: string): string {
  const known = forms.get(label);
  if (known !== undefined) return known;
  if (forms.size >= MOST_FORMS) forms.clear();
  const form = formOf(label);
  forms.set(label, form);
  return form;
}
function formOf(label: string): string {
  const plain = label
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s_\-‐-―・]+/g, ' ')
    .trim();
  return plain.split(' ').map(singular).join(' ');
}

/** Plurals that no rule makes. */
const IRREGULAR: Readonly<Record<string, string>> = {
  people: 'person',
  men: 'man',
  women: 'woman',
  children: 'child',
  mice: 'mouse',
  geese: 'goose',
  feet: 'foot',
  teeth: 'tooth',
  leaves: 'leaf',
  knives: 'knife',
  wolves: 'wolf',
  shelves: 'shelf',
  loaves: 'loaf',
  calves: 'calf',
  buses: 'bus',
  tomatoes: 'tomato',
  potatoes: 'potato',
};

/** Words whose plural shares little with them. */
export const IRREGULAR_SINGULARS: ReadonlySet<string> = new Set(Object.values(IRREGULAR));

/** The singular of an English word, as far as rules and a short list go. */
export function singular(word: string): string {
  if (Object.hasOwn(IRREGULAR, word)) return IRREGULAR[word]!;
  if (word.length < 4 || !/^[a-z]+$/.test(word) || /(ss|us|is)$/.test(word)) return word;
  if (word.endsWith('ies') && word.length > 4) return `${word.slice(0, -3)}y`;
  if (/(ches|shes|xes|zes|sses)$/.test(word)) return word.slice(0, -2);
  return word.endsWith('s') ? word.slice(0, -1) : word;
}

/** The label among `known` that `label` is most likely meant to be, or null: where it is there as written, nothing is to be said. */
export function alikeLabel(label: string, known: readonly string[]): string | null {
  const written = label.trim().replace(/\s+/g, ' ');
  if (written === '' || known.includes(written)) return null;
  const form = labelForm(written);
  return known.find((other) => labelForm(other) === form) ?? null;
}
