/** The project's questions, to be searched; the chosen one becomes the question that is being written. */
import { type ReactElement, useRef, useState } from 'react';
import { Autocomplete, Input, ListBox, ListBoxItem, ListLayout, SearchField, Virtualizer } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { runCommand, useCommands } from '../../commands/registry.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { useAnnotate } from './context.ts';
import { useProjectSettings } from './project-settings.ts';
import { focusedQuestion, putQuestion } from './question-actions.ts';
import styles from './SnippetPicker.module.css';

/** Height of one question in the list, in pixels: lists may hold thousands. */
const ROW_PX = 36;

export function TemplatePicker(): ReactElement | null {
  const { t } = useTranslation();
  const { editor, fields, me } = useAnnotate();
  const { questionTemplates } = useProjectSettings();
  const [isOpen, setOpen] = useState(false);
  const into = useRef<string | null>(null);
  useCommands(
    [
      {
        id: 'questions.template',
        title: 'questions.template.command',
        section: 'questions',
        keys: ['Alt+KeyT'],
        inText: true,
        run: () => {
          into.current = focusedQuestion();
          setOpen(true);
        },
      },
    ],
    [],
  );
  if (!isOpen) return null;
  const close = () => setOpen(false);
  const choose = (question: string | undefined) => {
    close();
    // After the dialog has given the focus back.
    if (question && me) requestAnimationFrame(() => putQuestion(editor, fields, me, into.current, question));
  };
  return (
    <Dialog isOpen onClose={close} title={t('questions.template.title')} size="small">
      {questionTemplates.length === 0 ? (
        <>
          <p className={styles.none}>{t('questions.template.none')}</p>
          <div>
            <Button
              onPress={() => {
                close();
                runCommand('project.settings');
              }}
            >
              {t('questions.template.add')}
            </Button>
          </div>
        </>
      ) : (
        <Autocomplete filter={(text, wanted) => text.toLocaleLowerCase().includes(wanted.toLocaleLowerCase())}>
          <SearchField aria-label={t('questions.template.search')} autoFocus>
            <Input className={styles.search!} placeholder={t('questions.template.search')} />
          </SearchField>
          <Virtualizer layout={ListLayout} layoutOptions={{ rowHeight: ROW_PX }}>
            <ListBox
              aria-label={t('questions.template.title')}
              className={styles.list!}
              style={{ height: Math.min(10, questionTemplates.length) * ROW_PX }}
              items={questionTemplates.map((question, id) => ({ id, question }))}
              onAction={(id) => choose(questionTemplates[Number(id)])}
              renderEmptyState={() => <p className={styles.none}>{t('questions.template.nothing-found')}</p>}
            >
              {({ question }) => (
                <ListBoxItem className={styles.option!} textValue={question}>
                  <span className={styles.text} style={{ WebkitLineClamp: 1 }}>
                    {question}
                  </span>
                </ListBoxItem>
              )}
            </ListBox>
          </Virtualizer>
        </Autocomplete>
      )}
    </Dialog>
  );
}
