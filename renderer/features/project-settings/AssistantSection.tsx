/** The language model that drafts answers: off until somebody who knows what is sent turns it on. */
import { type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { assistantSchema, type ProjectSettings } from '../../../shared/domain/settings.ts';
import { useHost } from '../../host/host.ts';
import { useCommandMethod, useQueryMethod } from '../../queries/client.ts';
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
  const { desktop } = useHost();
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
      {desktop ? <KeyLine key={assistant.endpoint} endpoint={assistant.endpoint} /> : null}
      <TextField
        label={t('assistant.model')}
        placeholder="llama3.2"
        value={assistant.model}
        maxLength={200}
        isInvalid={settings.assistant !== null && !assistantSchema.shape.model.safeParse(assistant.model).success}
        onChange={(model) => set({ model })}
      />
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

/** What every key is made of: it has to fit into a header. */
const KEY = /^[\x21-\x7e]{1,1000}$/;

/** The key of a server that asks for one. It is kept at once and on this machine, not with the project; what was kept is never shown again. */
function KeyLine({ endpoint }: { endpoint: string }): ReactElement | null {
  const { t } = useTranslation();
  const [typed, setTyped] = useState('');
  const isAddress = assistantSchema.shape.endpoint.safeParse(endpoint).success;
  const has = useQueryMethod('drafts.hasKey', { endpoint }, { enabled: isAddress });
  const keep = useCommandMethod('drafts.keepKey');
  if (!isAddress || !has.data) return null;
  const change = (key: string | null) =>
    keep.mutate(
      { endpoint, key },
      {
        onSuccess: () => {
          setTyped('');
          void has.refetch();
        },
      },
    );
  const isOdd = typed !== '' && !KEY.test(typed.trim());
  return (
    <div className={styles.row} data-key-line>
      <div className={styles.grow}>
        <TextField
          label={t('assistant.key.label')}
          type="password"
          autoComplete="off"
          value={typed}
          onChange={setTyped}
          hint={t(has.data.kept ? 'assistant.key.kept' : 'assistant.key.none')}
          placeholder={has.data.kept ? '••••••••' : ''}
          error={keep.error ? errorSentence(keep.error) : isOdd ? t('assistant.key.shape') : null}
        />
      </div>
      <Button isDisabled={typed.trim() === '' || isOdd || keep.isPending} onPress={() => change(typed.trim())}>
        {t('assistant.key.keep')}
      </Button>
      {has.data.kept ? <Button onPress={() => change(null)}>{t('assistant.key.forget')}</Button> : null}
    </div>
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
