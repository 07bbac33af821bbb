// `npm test`: every lane, one after the other; the last line adds them up. `npm test -- unit`, `-- static`, `-- electron starts` run a part.
import { onOwnNode } from './own-node.mjs';
import { ensureSystem, needs } from './system-packages.mjs';

await onOwnNode(import.meta.filename);
const [{ lanes }, { ensureDefaultEncoder }] = await Promise.all([import('./test-lanes.mjs'), import('./default-encoder.mjs')]);

const words = process.argv.slice(2);
const named = (lane) => words.includes(lane.name) || words.includes(lane.group);
const filters = words.filter((word) => !lanes.some((lane) => lane.name === word || lane.group === word));
const chosen = lanes.some(named) ? lanes.filter(named) : lanes;
if (chosen.some((lane) => lane.group === 'e2e')) ensureSystem([...needs.app, ...needs.screen, ...needs.fallback, ...needs.tests], console.log);
// Static checks need no encoder.
if (chosen.some((lane) => lane.group !== 'static')) await ensureDefaultEncoder(console.log);
process.on('SIGINT', () => process.exit(130));
process.on('SIGTERM', () => process.exit(143));

const outcomes = [];
for (const lane of chosen) {
  console.log(`\n== ${lane.name}`);
  const begun = performance.now();
  const counts = await lane.run(filters).catch((thrown) => {
    console.log(thrown instanceof Error ? thrown.stack : thrown);
    return { passed: 0, failed: 1, skipped: 0 };
  });
  outcomes.push({ name: lane.name, seconds: (performance.now() - begun) / 1000, ...counts });
}

const line = ({ passed, failed, skipped }) => `${passed} passed, ${failed} failed, ${skipped} skipped`;
console.log();
for (const outcome of outcomes)
  console.log(`${outcome.failed > 0 ? '✗' : '✓'} ${outcome.name.padEnd(10)} ${outcome.seconds.toFixed(1).padStart(6)} s   ${line(outcome)}`);
const sum = (key) => outcomes.reduce((total, outcome) => total + outcome[key], 0);
const failed = sum('failed');
console.log(line({ passed: sum('passed'), failed, skipped: sum('skipped') }));
// What a lane may have left running must not keep this from ending.
process.exit(failed > 0 ? 1 : 0);
