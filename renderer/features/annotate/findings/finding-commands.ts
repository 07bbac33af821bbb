/** Keys for findings: go to the next one, fix the one at hand, dismiss it. */
import i18next from 'i18next';
import { useCommands } from '../../../commands/registry.ts';
import { ruleOf } from '../../../../shared/domain/lint/lint.ts';
import { useAnnotate } from '../context.ts';
import { setScreen } from '../screen-state.ts';
import { fixFinding, goTo } from './finding-actions.ts';
import { findingKey, findingsStore } from './findings-store.ts';

/** The finding that keys are for: the chosen one, else the first. */
const atHand = () => {
  const { open, current } = findingsStore.getState();
  return open.find((finding) => findingKey(finding) === current) ?? open[0];
};
const say = (key: 'lint.none' | 'lint.no-fix-here') => setScreen({ line: i18next.t(key) });

export function useFindingCommands(): void {
  const { editor, fields, me } = useAnnotate();
  useCommands(
    [
      {
        id: 'findings.next',
        title: 'lint.command.next',
        short: 'lint.command.next-short',
        section: 'image',
        keys: ['F7'],
        inText: true,
        run: () => {
          const { open } = findingsStore.getState();
          const hand = atHand();
          if (!hand) return say('lint.none');
          const chosen = findingsStore.getState().current !== null;
          const next = open[(open.indexOf(hand) + (chosen ? 1 : 0)) % open.length]!;
          goTo(editor, fields, next);
        },
      },
      {
        id: 'findings.fix',
        title: 'lint.command.fix',
        short: 'lint.fix',
        section: 'image',
        keys: ['F9'],
        inText: true,
        run: () => {
          const hand = atHand();
          if (!hand) return say('lint.none');
          if (!me || ruleOf(hand.code)?.fix === undefined || !fixFinding(editor, me, hand)) say('lint.no-fix-here');
        },
      },
      {
        id: 'findings.dismiss',
        title: 'lint.command.dismiss',
        short: 'lint.dismiss',
        section: 'image',
        keys: ['Shift+F9'],
        inText: true,
        run: () => {
          const hand = atHand();
          if (!hand) return say('lint.none');
          goTo(editor, fields, hand);
          findingsStore.setState({ dismissing: findingKey(hand) });
        },
      },
    ],
    [editor, fields, me],
  );
}
