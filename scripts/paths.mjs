// Where things are in the checkout; the other scripts ask here. Needs nothing but Node 20.
import path from 'node:path';

export const root = path.resolve(import.meta.dirname, '..');
export const cacheFolder = path.join(root, '.cache');
export const distFolder = path.join(root, 'dist');
