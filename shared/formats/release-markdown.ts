/** The difference between two releases as Markdown, for a change log or a pull request. */
import { type ChangeKind, changeKinds, type ItemChange, type ReleaseDiff } from '../domain/release-diff.ts';

const names: Readonly<Record<ChangeKind, string>> = {
  'image-added': 'images added',
  'image-left': 'images taken out',
  state: 'states changed',
  'caption-added': 'captions added',
  'caption-removed': 'captions removed',
  'caption-changed': 'captions changed',
  'question-added': 'questions added',
  'question-removed': 'questions removed',
  'question-changed': 'questions changed',
  'answer-changed': 'answers changed',
  'label-added': 'labels added',
  'label-removed': 'labels removed',
  'label-renamed': 'labels renamed',
  'presence-flipped': 'labels flipped between present and not present',
  'points-added': 'points added',
  'points-removed': 'points removed',
  'points-moved': 'points moved',
};
const TOLD = 120;
/** One line, with what Markdown would take for markup made harmless. */
const plain = (text: string): string => {
  const line = text.replace(/\s+/g, ' ').trim();
  const short = line.length > TOLD ? `${line.slice(0, TOLD).toWellFormed()}…` : line;
  return short.replace(/[\\`*_{}[\]<>#|!~]/g, '\\$&');
};
const quoted = (text: string) => (text === '' ? '(empty)' : `“${plain(text)}”`);
const number = (value: number) => value.toLocaleString('en-US');
const percent = (value: number) => `${value.toLocaleString('en-US', { maximumFractionDigits: 2 })} %`;

function sentence({ kind, before, after, count, movedPct }: ItemChange): string {
  if (kind === 'image-added') return 'added';
  if (kind === 'image-left') return 'taken out';
  if (kind === 'state') return `state: ${before} → ${after}`;
  if (kind.endsWith('-added') && !kind.startsWith('points')) return `${kind.replace('-', ' ')}: ${quoted(after)}`;
  if (kind.endsWith('-removed') && !kind.startsWith('points')) return `${kind.replace('-', ' ')}: ${quoted(before)}`;
  if (kind.startsWith('points'))
    return `${number(count)} ${kind.replace('-', ' ')} (${quoted(after)}${movedPct === undefined ? '' : `, by ${percent(movedPct)} at most`})`;
  return `${kind.replace('-', ' ')}: ${quoted(before)} → ${quoted(after)}`;
}

/** Counts first, then the images that are told. Distances are in percent of an image's diagonal. */
export function releaseMarkdown(diff: ReleaseDiff): string {
  const { counts, moved, items, images } = diff;
  const lines = [`# ${plain(diff.from)} → ${diff.to === '' ? 'now' : plain(diff.to)}`, ''];
  if (images === 0) return [...lines, 'Nothing changed.', ''].join('\n');
  lines.push(`${number(images)} ${images === 1 ? 'image' : 'images'} changed.`, '', '| change | count |', '|---|---|');
  for (const kind of changeKinds) if (counts[kind] > 0) lines.push(`| ${names[kind]} | ${number(counts[kind])} |`);
  if (moved) lines.push('', `Points were moved by ${percent(moved.medianPct)} of the diagonal in the median, ${percent(moved.maxPct)} at most.`);
  for (const { name, changes } of items) lines.push('', `## ${plain(name)}`, '', ...changes.map((one) => `- ${sentence(one)}`));
  if (items.length < images) lines.push('', `… and ${number(images - items.length)} more images.`);
  return [...lines, ''].join('\n');
}
