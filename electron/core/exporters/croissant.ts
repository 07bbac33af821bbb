/** The Croissant 1.1 description of an export (mlcommons/croissant, docs/croissant-spec-1.1.md) with the fields of its RAI extension, from real numbers. */
import { adjudicatedSentence, agreementSentence, importedSentence } from './agreement-words.ts';
import type { Datasheet } from '../../../shared/domain/settings.ts';
import type { ColumnType, JsonValue, Table } from '../../../shared/formats/columns.ts';
import type { ContainerName, Format } from '../../../shared/formats/format.ts';
import type { Manifest } from './manifest.ts';
import type { ListedFile, Written } from './write-export.ts';

/** Appendix 1 of the specification: the terms' names, which a reader needs word for word. */
const terms =
  'annotation arrayShape citeAs column containedIn equivalentProperty excludes extract field fileProperty fileObject fileSet format includes isArray isLiveDataset jsonPath key md5 parentField recordSet references regex readLines sdVersion separator source subField transform unArchive value';
const context = {
  '@language': 'en',
  '@vocab': 'http://schema.org/',
  sc: 'http://schema.org/',
  cr: 'http://mlcommons.org/croissant/',
  rai: 'http://mlcommons.org/croissant/RAI/',
  dct: 'http://purl.org/dc/terms/',
  conformsTo: 'dct:conformsTo',
  data: { '@id': 'cr:data', '@type': '@json' },
  dataType: { '@id': 'cr:dataType', '@type': '@vocab' },
  examples: { '@id': 'cr:examples', '@type': '@json' },
  ...Object.fromEntries(terms.split(' ').map((term) => [term, `cr:${term}`])),
};

const encodings: Readonly<Record<ContainerName, string>> = {
  parquet: 'application/x-parquet',
  arrow: 'application/vnd.apache.arrow.stream',
  lines: 'application/jsonl',
  array: 'application/json',
  coco: 'application/json',
  tar: 'application/x-tar',
  tabs: 'text/tab-separated-values',
};
const imageTypes: Readonly<Record<string, string>> = { jpg: 'image/jpeg', png: 'image/png', webp: 'image/webp' };

type Shape = { readonly dataType: string; readonly isArray?: true; readonly arrayShape?: string };
const list = (dataType: string, dimensions = 1): Shape => ({ dataType, isArray: true, arrayShape: Array.from({ length: dimensions }, () => '-1').join(',') });
const shapes: Readonly<Record<ColumnType, Shape>> = {
  string: { dataType: 'sc:Text' },
  int32: { dataType: 'cr:Int32' },
  int64: { dataType: 'cr:Int64' },
  image: { dataType: 'sc:ImageObject' },
  strings: list('sc:Text'),
  int64s: list('cr:Int64'),
  // A struct has no type of its own in Croissant: the columns' own schema says what is in it.
  points: list('sc:Text'),
  pointLists: list('sc:Text', 2),
  stringLists: list('sc:Text', 2),
  xyGroups: list('cr:Float64', 3),
  xyGroupLists: list('cr:Float64', 4),
  pixelLists: { dataType: 'sc:Text' },
  images: list('sc:ImageObject'),
  messages: list('sc:Text'),
  json: { dataType: 'sc:Text' },
};

export interface CroissantFacts {
  readonly format: Format;
  readonly manifest: Omit<Manifest, 'files'>;
  readonly written: Written;
  readonly datasheet: Datasheet;
  /** ISO date of the release, or of the last edit that is in the export. */
  readonly date: string;
}

/** croissant.json, the same text each time. */
export function croissantFor(facts: CroissantFacts): string {
  const { format, manifest, written, datasheet, date } = facts;
  const dataFiles = written.files.filter((file) => file.rows !== undefined);
  const description = {
    '@context': context,
    '@type': 'sc:Dataset',
    conformsTo: ['http://mlcommons.org/croissant/1.1', 'http://mlcommons.org/croissant/RAI/1.0'],
    name: manifest.project.name,
    description: `${manifest.images} images with what people wrote about them, exported by Pointillist (profile ${format.profile}).`,
    license: datasheet.licence || 'unknown',
    url: datasheet.url || `urn:uuid:${manifest.project.id}`,
    creator: { '@type': 'sc:Organization', name: manifest.project.name },
    datePublished: date,
    version: manifest.release?.name ?? `seq-${manifest.project.seq}`,
    isLiveDataset: false,
    ...(datasheet.citation && { citeAs: datasheet.citation }),
    ...(languages(datasheet).length > 0 && { inLanguage: languages(datasheet) }),
    distribution: [...dataFiles.map((file) => fileObject(file, encodings[format.container])), ...imageSets(written.files), ...others(written.files)],
    recordSet: recordSets(format, dataFiles, written),
    ...rai(facts),
  };
  return `${JSON.stringify(description, null, 2)}\n`;
}

export const languages = ({ languages: codes }: Datasheet): string[] =>
  codes
    .split(',')
    .map((code) => code.trim())
    .filter((code) => code !== '');

const fileObject = ({ path, sizeBytes, sha256 }: ListedFile, encodingFormat: string) => ({
  '@type': 'cr:FileObject',
  '@id': path,
  name: path,
  contentUrl: path,
  contentSize: `${sizeBytes} B`,
  encodingFormat,
  sha256,
});

const isImage = (path: string) => imageTypes[path.split('.').at(-1)!] !== undefined;

/** Image files by folder and type: one set each, as there may be millions. Their hashes are in manifest.json. */
function imageSets(files: readonly ListedFile[]) {
  const sets = new Map<string, string>();
  for (const { path } of files) {
    if (!isImage(path)) continue;
    const extension = path.split('.').at(-1)!;
    sets.set(`${path.slice(0, path.lastIndexOf('/') + 1)}*.${extension}`, imageTypes[extension]!);
  }
  return [...sets]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([includes, encodingFormat]) => ({ '@type': 'cr:FileSet', '@id': includes, name: includes, includes, encodingFormat }));
}

/** What tells of the data: images.jsonl, findings.jsonl and what a loader needs beside it. */
function others(files: readonly ListedFile[]) {
  const types: Readonly<Record<string, string>> = { jsonl: 'application/jsonl', json: 'application/json', xml: 'application/xml' };
  return files
    .filter(({ path, rows }) => rows === undefined && !isImage(path))
    .map((file) => fileObject(file, types[file.path.split('.').at(-1)!] ?? 'text/plain'));
}

/** One record set for each table with rows; a table in several files is a set of files. Arrow streams and tar samples are described by their files alone. */
function recordSets(format: Format, files: readonly ListedFile[], written: Written) {
  if (format.container === 'arrow' || format.container === 'tar' || format.container === 'coco') return [];
  return format.tables.flatMap((table) => {
    const sample = written.samples[table.name];
    if (!sample) return [];
    const own = files.filter(({ path }) => format.tables.length === 1 || path.startsWith(`${table.name}/`));
    return own.map((file) => ({
      '@type': 'cr:RecordSet',
      '@id': `${file.path}#records`,
      name: own.length === 1 ? table.name : `${table.name} (${file.path})`,
      field: fieldsOf(table, format.container, file.path, sample['json'] as JsonValue | undefined),
    }));
  });
}

function fieldsOf(table: Table, container: ContainerName, file: string, sample: JsonValue | undefined) {
  const field = (name: string, shape: Shape, extract: object) => ({
    '@type': 'cr:Field',
    '@id': `${file}#records/${name}`,
    name,
    ...shape,
    source: { fileObject: { '@id': file }, extract },
  });
  if (container === 'parquet' || container === 'tabs') return table.columns.map(({ name, type }) => field(name, shapes[type], { column: name }));
  const keys = typeof sample === 'object' && sample !== null && !Array.isArray(sample) ? Object.entries(sample as Record<string, JsonValue>) : [];
  return keys.map(([name, value]) => field(name, shapeOf(value), { jsonPath: container === 'array' ? `$[*].${name}` : `$.${name}` }));
}

function shapeOf(value: JsonValue): Shape {
  if (typeof value === 'number') return { dataType: 'sc:Number' };
  return Array.isArray(value) ? list('sc:Text') : { dataType: 'sc:Text' };
}

/** What is known of how the data came to be. Of agreement nothing is said where nothing was annotated twice. */
function rai({ manifest, written, datasheet }: CroissantFacts) {
  const { people, sharedImages, encoders, languageModels, agreement, adjudicated, imported } = written.makers;
  const tools = [
    ...Object.entries(encoders).map(([id, points]) => `Encoder ${id}: proposed ${points} of the points, each accepted by a person`),
    ...Object.entries(languageModels).map(
      ([model, answers]) => `Language model ${model}: drafted ${answers} of the answers from text alone, each accepted by a person`,
    ),
  ];
  const protocol = `${people} ${people === 1 ? 'person' : 'people'} wrote and pointed in Pointillist; two or more of them on ${sharedImages} of ${manifest.images} images. States that went out: ${manifest.options.states.join(', ')}.`;
  const texts: Record<string, string | string[]> = {
    'rai:dataCollection': [datasheet.collection, ...Object.entries(imported).map(([from, count]) => `${importedSentence(from, count)}.`)]
      .filter((text) => text !== '')
      .join(' '),
    'rai:dataAnnotationProtocol': [protocol, datasheet.annotators].filter((text) => text !== '').join(' '),
    'rai:dataAnnotationPlatform': `Pointillist ${manifest.app.version}`,
    'rai:dataAnnotationAnalysis': [...agreement.map(agreementSentence), ...(adjudicated > 0 ? [adjudicatedSentence(adjudicated)] : [])],
    'rai:machineAnnotationTools': tools,
    'rai:dataPreprocessingProtocol': datasheet.preprocessing,
    'rai:dataLimitations': datasheet.limitations,
    'rai:dataBiases': datasheet.biases,
    'rai:personalSensitiveInformation': datasheet.sensitive,
    'rai:dataReleaseMaintenancePlan': datasheet.maintenance,
    'rai:dataUseCases': datasheet.uses,
  };
  return Object.fromEntries(Object.entries(texts).filter(([, value]) => value.length > 0));
}
