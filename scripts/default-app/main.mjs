// What a bare Electron starts: finds the app named on the command line and imports it. The fallback runtime comes without one.
// `electron [-r module]... [switches] <app folder or file> [arguments of the app]`
import { app } from 'electron';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

const require = createRequire(import.meta.url);

function parse(argv) {
  const modules = [];
  for (let i = 0; i < argv.length; i++) {
    if (argv[i] === '-r' || argv[i] === '--require') modules.push(argv[++i]);
    else if (!argv[i].startsWith('-')) return { modules, target: argv[i] };
  }
  return { modules, target: null };
}

async function start() {
  const { modules, target } = parse(process.argv.slice(1));
  for (const name of modules) require(path.resolve(name));
  if (target === null) {
    console.error('usage: electron [-r module] <app folder or file>');
    return app.exit(2);
  }
  Object.defineProperty(process, 'defaultApp', { value: true, enumerable: true });
  const given = path.resolve(target);
  const manifest = path.join(given, 'package.json');
  if (!fs.existsSync(manifest)) {
    app.setAppPath(path.dirname(given));
    return import(pathToFileURL(given).href);
  }
  const { name, productName, version, main = 'index.js' } = JSON.parse(fs.readFileSync(manifest, 'utf8'));
  if (version) app.setVersion(version);
  app.name = productName ?? name;
  app.setDesktopName(`${name}.desktop`);
  app.setAppPath(given);
  return import(pathToFileURL(path.join(given, main)).href);
}

// Awaited at top level: Electron holds `ready` back until the app's own first lines have run.
await start();
