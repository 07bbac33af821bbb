import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import * as authoring from '../../../shared/domain/authoring.ts';
import { emptyDatasheet } from '../../../shared/domain/settings.ts';
import { exportProfiles } from '../../../shared/formats/profiles.ts';
import { writeSettings } from '../db/settings.ts';
import { verifyExport } from './manifest.ts';
import { exportProject } from './run-export.ts';
import { AUTHOR, makeTestProject, quietJob, type TestProject, tinyPng } from './testing.ts';

let made: TestProject;
beforeEach(() => {
  made = makeTestProject('Garden set');
  for (let n = 0; n < 4; n++) {
    made.add(`${n}.png`, tinyPng(2, 2, [n, 1, 2]), (edit) => {
      edit(() => authoring.addCaption(AUTHOR, `Picture ${n}.`));
      edit(() => authoring.addPointSet(AUTHOR, 'dot'));
      edit((doc) => authoring.addPoint(doc, doc.pointSet[0]!.id, 10, 20));
      edit((doc) => authoring.setState(doc, 'accepted'));
    });
  }
});
afterEach(() => made.remove());

const tools = { uprightBytes: () => Promise.reject(new Error('not asked for')) };
async function described(profile: (typeof exportProfiles)[number]) {
  const { folder } = await exportProject(made.project, { profile, folder: null, states: ['accepted'], validationShare: 0.3 }, quietJob(), tools);
  const croissant = JSON.parse(readFileSync(path.join(folder, 'croissant.json'), 'utf8')) as Record<string, unknown>;
  return { folder, croissant, card: readFileSync(path.join(folder, 'README.md'), 'utf8') };
}
type Node = { readonly [name: string]: unknown };
/** Every object of the description. */
function* nodes(value: unknown): Generator<Node> {
  if (Array.isArray(value)) for (const item of value) yield* nodes(item);
  else if (typeof value === 'object' && value !== null) {
    yield value as Node;
    for (const inner of Object.values(value)) yield* nodes(inner);
  }
}

test('each description has what Croissant 1.1 requires, ids that are unique, references that resolve, and hashes that are true', async () => {
  for (const profile of exportProfiles) {
    if (profile === 'preference-pairs') continue;
    const { folder, croissant } = await described(profile);
    for (const required of ['@context', '@type', 'conformsTo', 'name', 'description', 'license', 'url', 'creator', 'datePublished', 'distribution'])
      expect(croissant, `${profile} ${required}`).toHaveProperty([required]);
    expect(croissant['@type']).toBe('sc:Dataset');
    expect(croissant['conformsTo']).toContain('http://mlcommons.org/croissant/1.1');
    const { '@context': _context, ...body } = croissant;
    const all = [...nodes(body)];
    const ids = all.filter((node) => '@id' in node && '@type' in node).map((node) => node['@id']);
    expect(new Set(ids).size, profile).toBe(ids.length);
    for (const node of all) if ('@id' in node && Object.keys(node).length === 1) expect(ids, profile).toContain(node['@id']);
    const { manifest, problems } = await verifyExport(folder);
    expect(problems).toEqual([]);
    const hashes = new Map(manifest.files.map((file) => [file.path, file.sha256]));
    const objects = all.filter((node) => node['@type'] === 'cr:FileObject');
    expect(objects.length).toBeGreaterThan(1);
    for (const object of objects) expect(object['sha256'], `${profile} ${String(object['@id'])}`).toBe(hashes.get(object['contentUrl'] as string));
    for (const field of all.filter((node) => node['@type'] === 'cr:Field'))
      expect(Object.keys(field)).toEqual(expect.arrayContaining(['@id', 'name', 'dataType', 'source']));
  }
}, 120_000);

test('what the lead wrote stands in the card and the description, and numbers are those of the export', async () => {
  writeSettings(made.db, {
    datasheet: { ...emptyDatasheet, licence: 'CC-BY-4.0', languages: 'en, ja', limitations: 'Only gardens.', url: 'https://example.org/garden' },
  });
  const { croissant, card } = await described('hf-parquet');
  expect(croissant).toMatchObject({
    name: 'Garden set',
    license: 'CC-BY-4.0',
    url: 'https://example.org/garden',
    inLanguage: ['en', 'ja'],
    'rai:dataLimitations': 'Only gardens.',
  });
  expect(croissant['rai:dataAnnotationProtocol']).toMatch(/^1 person wrote and pointed in Pointillist; two or more of them on 0 of 4 images/);
  expect(croissant).not.toHaveProperty(['rai:machineAnnotationTools']);
  expect(card).toMatch(/^---\nlicense: cc-by-4.0\nlanguage:\n- en\n- ja\n/);
  expect(card).toContain('## Limitations\n\nOnly gardens.');
  expect(card).toContain('- Made by 1 person;');
});
