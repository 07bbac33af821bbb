// A screen for the app where there is none.
import { spawn } from 'node:child_process';

export const hasDisplay = () => process.platform !== 'linux' || Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);

/** Starts Xvfb on a free display. Detached: Ctrl+C in the terminal must end the app first, then its screen. */
export async function startScreen() {
  const child = spawn('Xvfb', ['-displayfd', '3', '-screen', '0', '1920x1080x24', '-nolisten', 'tcp', '-noreset'], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
    detached: true,
  });
  const number = await new Promise((resolve, reject) => {
    let text = '';
    child.stdio[3].on('data', (chunk) => {
      text += chunk;
      if (text.includes('\n')) resolve(text.trim());
    });
    child.on('error', reject);
    child.on('exit', (code) => reject(new Error(`Xvfb ended at once (${code})`)));
  });
  // Else the open pipe keeps this process alive.
  child.stdio[3].unref?.();
  child.unref();
  const stop = () => child.kill('SIGTERM');
  process.on('exit', stop);
  return { display: `:${number}`, stop };
}
