/** The language model that drafts answers: off until somebody who knows what is sent turns it on. */
import { type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { assistantSchema, type ProjectSettings } from '../../../shared/domain/settings.ts';
import { useCommandMethod } from '../../queries/client.ts';
import { Button } from '../../ui/Button.tsx';
import { Checkbox } from '../../ui/Checkbox.tsx';
import { errorSentence } from '../../ui/errors.ts';
import { TextField } from '../../ui/TextField.tsx';
import styles from './ProjectSettings.module.css';
import type { SectionProps } from './section.ts';

type Assistant = NonNullable<ProjectSettings['assistant']>;
/** Where a local Ollama listens; a minute is what a large model on a slow machine needs to read a long caption. */
const START: Assistant = { enabled: false, endpoint: 'http://127.0.0.1:11434/v1', model: '', timeoutMs: 60_000 };

export function AssistantSection({ settings, change }: SectionProps): ReactElement {
  const { t } = useTranslation();
  const assistant = settings.assistant ?? START;
  const [seconds, setSeconds] = useState(() => String(assistant.timeoutMs / 1000));
  const set = (part: Partial<Assistant>) => change({ assistant: { ...assistant, ...part } });
  return (
    <>
      <p className={styles.hint}>{t('assistant.about')}</p>
      <Checkbox isSelected={assistant.enabled} onChange={(enabled) => set({ enabled })}>
        {t('assistant.enabled')}
      </Checkbox>
      <TextField
        label={t('assistant.endpoint')}
        hint={t('assistant.endpoint-about')}
        value={assistant.endpoint}
        isInvalid={!assistantSchema.shape.endpoint.safeParse(assistant.endpoint).success}
        onChange={(endpoint) => set({ endpoint: endpoint.trim() })}
      />
      <TextField label={t('assistant.model')} placeholder="llama3.2" value={assistant.model} maxLength={200} onChange={(model) => set({ model })} />
      <TextField
        label={t('assistant.timeout')}
        inputMode="numeric"
        value={seconds}
        onChange={(text) => {
          setSeconds(text);
          set({ timeoutMs: Math.round(Number(text) * 1000) });
        }}
        isInvalid={!assistantSchema.shape.timeoutMs.safeParse(assistant.timeoutMs).success}
      />
      <TestLine assistant={assistant} />
    </>
  );
}

/** Asks the model for one word, with the settings as they stand in the dialog. */
function TestLine({ assistant: { enabled: _enabled, ...place } }: { assistant: Assistant }): ReactElement {
  const { t } = useTranslation();
  const test = useCommandMethod('drafts.test');
  const isComplete = assistantSchema.omit({ enabled: true }).safeParse(place).success;
  return (
    <div className={styles.row}>
      <Button isDisabled={!isComplete || test.isPending} onPress={() => test.mutate(place)}>
        {t(test.isPending ? 'assistant.testing' : 'assistant.test')}
      </Button>
      <p className={test.error ? styles.problem : styles.hint} role="status">
        {test.error ? errorSentence(test.error) : test.data ? t('assistant.works', { seconds: (test.data.ms / 1000).toFixed(1), reply: test.data.reply }) : ''}
      </p>
    </div>
  );
}
