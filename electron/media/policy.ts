/**
 * What the renderer's page may load: its own files, images it decoded itself (blob:), and nothing else. No inline scripts or styles, no eval, no frames,
 * no other host. One policy for the desktop and the team server; `connect`: the desktop's other origin, from which its page is sent pictures.
 */
export const contentSecurityPolicy = (connect: readonly string[] = []): string =>
  [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' blob:",
    "media-src 'self' blob:",
    "font-src 'self'",
    ["connect-src 'self'", ...connect].join(' '),
    "worker-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
