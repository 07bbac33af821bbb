/** Small chips below a question: its type and its ability, what its words suggest, and whether it was asked before. */
import { Check } from 'lucide-react';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useShallow } from 'zustand/react/shallow';
import { questionTypes, type Turn } from '../../../shared/domain/model.ts';
import { abilities } from '../../../shared/domain/settings.ts';
import { sameQuestion } from '../../../shared/text/same-question.ts';
import { keyCap } from '../../commands/key-caps.ts';
import { Keys } from '../../commands/Keys.tsx';
import { Button } from '../../ui/Button.tsx';
import { Kbd } from '../../ui/Kbd.tsx';
import { Menu } from '../../ui/Menu.tsx';
import { useAnnotate, useEditor } from './context.ts';
import { useProjectSettings } from './project-settings.ts';
import { abilityNames, acceptSuggestion, chooseKind, type Kind, KIND_KEYS, openSuggestion } from './question-kinds.ts';
import styles from './QuestionKinds.module.css';

/** What people call a type or an ability. Those that a lead added are called by their name. */
export function useKindName(): (kind: Kind, value: string) => string {
  const { t } = useTranslation();
  return (kind, value) => {
    if (kind === 'questionType') return t(`questions.type.${value as (typeof questionTypes)[number]}`);
    return (abilities as readonly string[]).includes(value) ? t(`questions.ability.${value as (typeof abilities)[number]}`) : value;
  };
}

export function QuestionKinds({ questionId }: { questionId: string }): ReactElement {
  const { t } = useTranslation();
  const { editor } = useAnnotate();
  const { moreAbilities } = useProjectSettings();
  const name = useKindName();
  const turn = useEditor((state) => state.doc.turn.find((row) => row.id === questionId));
  const open = openSuggestion(turn);
  const suggested = open ? [open.questionType ? name('questionType', open.questionType) : null, open.ability ? name('ability', open.ability) : null] : [];
  return (
    <div className={styles.kinds}>
      <KindChip kind="questionType" questionId={questionId} turn={turn} values={questionTypes} keys="$mod+Shift+Digit" />
      <KindChip kind="ability" questionId={questionId} turn={turn} values={abilityNames(moreAbilities)} keys="$mod+Digit" />
      {open ? (
        <Button variant="quiet" onPress={() => acceptSuggestion(editor, questionId)}>
          <span className={styles.suggestion}>{t('questions.suggestion', { kinds: [...new Set(suggested.filter((one) => one !== null))].join(' · ') })}</span>
          <span className={styles.cap}>
            <Keys of="questions.accept" />
          </span>
        </Button>
      ) : null}
      <AskedBefore questionId={questionId} />
    </div>
  );
}

interface KindChipProps {
  readonly kind: Kind;
  readonly questionId: string;
  readonly turn: Turn | undefined;
  readonly values: readonly string[];
  readonly keys: string;
}
function KindChip({ kind, questionId, turn, values, keys }: KindChipProps): ReactElement {
  const { t } = useTranslation();
  const { editor, me } = useAnnotate();
  const name = useKindName();
  const value = turn?.[kind];
  const title = t(kind === 'ability' ? 'questions.abilityTitle' : 'questions.questionType');
  return (
    <Menu
      label={title}
      entries={values.map((one, index) => ({
        id: one,
        text: name(kind, one),
        icon: one === value ? <Check size={13} aria-hidden /> : null,
        hint: index < KIND_KEYS ? <Kbd>{keyCap(`${keys}${index + 1}`)}</Kbd> : null,
        onAction: () => me && chooseKind(editor, me, questionId, kind, one),
      }))}
    >
      <Button variant="quiet">
        <span className={styles.chip} data-set={value !== undefined || undefined}>
          {value === undefined ? title : t('questions.kind', { title, value: name(kind, value) })}
        </span>
      </Button>
    </Menu>
  );
}

/** One sentence where this image has the question already. */
function AskedBefore({ questionId }: { questionId: string }): ReactElement | null {
  const { t } = useTranslation();
  const found = useEditor(
    useShallow((state) => {
      const questions = state.doc.turn.filter((turn) => turn.role === 'question');
      const own = questions.find((turn) => turn.id === questionId);
      if (!own) return null;
      for (const other of questions) {
        const same = other.id < questionId ? sameQuestion(own.text, other.text) : null;
        if (same) return { same, text: other.text.trim() };
      }
      return null;
    }),
  );
  return (
    <p className={styles.warning} role="status" hidden={!found}>
      {found ? t(`questions.${found.same}`, { question: found.text }) : ''}
    </p>
  );
}
