/** The text that a recogniser saw: connectionist temporal classification, decoded greedily (the surest class of each step, repeats folded, blanks left out). */
export interface Decoded {
  readonly text: string;
  /** Mean certainty of its characters, 0 to 1. */
  readonly score: number;
}

/** `data`: steps x classes; class 0 is the blank, class n the character n - 1, the class after the last character a space. */
export function decodeLine(data: Float32Array, classes: number, characters: readonly string[]): Decoded {
  let text = '';
  let [sum, count, last] = [0, 0, 0];
  for (let start = 0; start + classes <= data.length; start += classes) {
    let best = 0;
    for (let i = 1; i < classes; i++) if (data[start + i]! > data[start + best]!) best = i;
    if (best !== 0 && best !== last) {
      text += best <= characters.length ? characters[best - 1]! : ' ';
      sum += data[start + best]!;
      count++;
    }
    last = best;
  }
  return { text: text.trim(), score: count === 0 ? 0 : sum / count };
}
