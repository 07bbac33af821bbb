// Vectors of a folder of photos with transformers.js, as its own examples do it. encode-transformers.mjs NODE_MODULES' FOLDER, ENCODER, PHOTOS, OUT.json
import { readdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

const [place, encoder, photos, out] = process.argv.slice(2);
const entry = createRequire(path.join(place, 'package.json')).resolve('@huggingface/transformers');
const { AutoProcessor, CLIPVisionModelWithProjection, RawImage, env } = await import(pathToFileURL(entry));
env.allowRemoteModels = false;
env.localModelPath = path.dirname(encoder);
const id = path.basename(encoder);
const processor = await AutoProcessor.from_pretrained(id);
const model = await CLIPVisionModelWithProjection.from_pretrained(id, { dtype: 'fp32', device: 'cpu' });
const files = readdirSync(photos).sort();
const vectors = {};
const encode = async (names) => {
  const images = await Promise.all(names.map((name) => RawImage.read(path.join(photos, name))));
  const { image_embeds: embeds } = await model(await processor(images));
  for (const [at, vector] of embeds.tolist().entries()) vectors[names[at]] = vector;
};
await encode(files.slice(0, 8));
const begun = performance.now();
for (let at = 0; at < files.length; at += 8) await encode(files.slice(at, at + 8));
writeFileSync(out, JSON.stringify({ seconds: (performance.now() - begun) / 1000, vectors }));
