/** What the server answers over HTTP: the app's pages and the project's media, to browsers that showed the key. */
import { Hono } from 'hono';
import { pickLocale, translate } from '../../shared/i18n/catalogue.ts';
import { createMediaHandler, type ResolveMedia } from '../media/handler.ts';
import { nameOf } from './addresses.ts';
import type { Keys } from './keys.ts';

export interface AppOptions {
  readonly keys: Keys;
  readonly names: ReadonlySet<string>;
  readonly pages: (request: Request) => Promise<Response>;
  readonly resolveMedia: ResolveMedia;
}

export function createHttpApp({ keys, names, pages, resolveMedia }: AppOptions): Hono {
  const media = createMediaHandler(resolveMedia);
  const app = new Hono();
  app.onError(() => plain('500 Internal Server Error', 500));
  app.use(async (context, next) => {
    const { req } = context;
    const name = nameOf(req.header('host'));
    if (name === null || !names.has(name)) return plain('421 Misdirected Request', 421);
    // Pictures and scripts of ours in another site's page; opening our page from there is allowed, and gets no cookie.
    const site = req.header('sec-fetch-site');
    if ((site === 'cross-site' || site === 'same-site') && req.header('sec-fetch-mode') !== 'navigate') return plain('403 Forbidden', 403);
    await next();
  });
  // Browsers ask for it by themselves, and would write an error into the page's log.
  app.get('/favicon.ico', () => new Response(null, { status: 204 }));
  app.get('/', async (context, next) => {
    const given = context.req.query('token');
    if (given === undefined) return next();
    if (!keys.isToken(given)) return keyPage(context.req.header('accept-language'));
    // Not a redirect: a browser that came from a link elsewhere would not send a strict cookie along with one. A page that reloads itself does.
    return page('<meta http-equiv="refresh" content="0; url=/">', 200, { 'Set-Cookie': keys.setCookie });
  });
  app.use(async (context, next) => {
    if (!keys.isKnown(context.req.header('cookie'))) return keyPage(context.req.header('accept-language'));
    await next();
  });
  app.all('/media/*', (context) => media(context.req.raw));
  app.all('*', (context) => pages(context.req.raw));
  return app;
}

const ALWAYS = {
  'Cache-Control': 'no-store',
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'",
};
const plain = (text: string, status: number) => new Response(text, { status, headers: { ...ALWAYS, 'Content-Type': 'text/plain; charset=utf-8' } });

function page(content: string, status: number, headers: Record<string, string> = {}, lang = 'en'): Response {
  const html = `<!doctype html><html lang="${lang}"><meta charset="utf-8"><title>Pointillist</title>${content}</html>`;
  return new Response(html, { status, headers: { ...ALWAYS, 'Content-Type': 'text/html; charset=utf-8', ...headers } });
}

function keyPage(acceptLanguage: string | undefined): Response {
  const locale = pickLocale(
    'system',
    (acceptLanguage ?? '').split(',').map((language) => language.trim()),
  );
  return page(`<p>${translate(locale, 'cli.page-key')}</p>`, 401, {}, locale);
}
