/** What a lead decides for everybody in the project: one tab a subject, saved together. */
import { type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type ProjectSettings, settingsSchema } from '../../../shared/domain/settings.ts';
import { useCommandMethod } from '../../queries/client.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { errorSentence } from '../../ui/errors.ts';
import { Tabs } from '../../ui/Tabs.tsx';
import { AssistantSection } from './AssistantSection.tsx';
import { DatasheetSection } from './DatasheetSection.tsx';
import { EncoderSection } from './EncoderSection.tsx';
import { GuideSection } from './GuideSection.tsx';
import { LintSection } from './LintSection.tsx';
import styles from './ProjectSettings.module.css';
import { ProposalsSection } from './ProposalsSection.tsx';
import { QuestionsSection } from './QuestionsSection.tsx';
import { ReasonsSection } from './ReasonsSection.tsx';
import { ReadingSection } from './ReadingSection.tsx';
import type { SectionProps } from './section.ts';
import { SnippetsSection } from './SnippetsSection.tsx';

/** In the order of the tabs; each edits the settings of its subject, `of`. */
const sections = [
  { id: 'guide', Section: GuideSection, of: ['guide', 'wordTarget', 'secondsTarget'] },
  { id: 'snippets', Section: SnippetsSection, of: ['snippets'] },
  { id: 'questions', Section: QuestionsSection, of: ['questionTemplates', 'moreAbilities'] },
  { id: 'reading', Section: ReadingSection, of: ['reading', 'vocabulary'] },
  { id: 'assistant', Section: AssistantSection, of: ['assistant'] },
  { id: 'proposals', Section: ProposalsSection, of: ['proposals'] },
  { id: 'encoder', Section: EncoderSection, of: ['encoder'] },
  { id: 'lint', Section: LintSection, of: ['lint', 'provenance'] },
  { id: 'reasons', Section: ReasonsSection, of: ['returnReasons'] },
  { id: 'datasheet', Section: DatasheetSection, of: ['datasheet'] },
] as const satisfies readonly { id: string; Section: (props: SectionProps) => ReactElement; of: readonly (keyof ProjectSettings)[] }[];
type SectionId = (typeof sections)[number]['id'];

export function ProjectSettingsDialog({ settings: saved, onClose }: { settings: ProjectSettings; onClose: () => void }): ReactElement {
  const { t } = useTranslation();
  const [tab, setTab] = useState<SectionId>('guide');
  const [patch, setPatch] = useState<Partial<ProjectSettings>>({});
  const configure = useCommandMethod('project.configure');
  const settings = { ...saved, ...patch };
  const valid = settingsSchema.safeParse(settings);
  const change = (more: Partial<ProjectSettings>) => setPatch((now) => ({ ...now, ...more }));
  const save = () => configure.mutate(settingsSchema.partial().parse(patch), { onSuccess: onClose });
  // The tab is named, as it need not be the one that is open.
  const wrong = sections.find(({ of }) => valid.error?.issues.some(({ path: [key] }) => of.some((one) => one === key)));
  const incomplete = wrong ? t('project-settings.incomplete', { tab: t(`project-settings.${wrong.id}.tab`) }) : null;
  const problem = configure.error ? errorSentence(configure.error) : incomplete;
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={t('project-settings.title')}
      size="large"
      actions={
        <>
          {problem ? (
            <p className={styles.problem} role="status">
              {problem}
            </p>
          ) : null}
          <Button onPress={onClose}>{t('app.cancel')}</Button>
          <Button variant="primary" isDisabled={!valid.success || Object.keys(patch).length === 0 || configure.isPending} onPress={save}>
            {t('app.save')}
          </Button>
        </>
      }
    >
      <div className={styles.sections}>
        <Tabs
          label={t('project-settings.title')}
          selected={tab}
          onSelect={setTab}
          tabs={sections.map(({ id, Section }) => ({
            id,
            title: t(`project-settings.${id}.tab`),
            content: (
              <div className={styles.section}>
                <Section settings={settings} isChanged={Object.keys(patch).length > 0} change={change} />
              </div>
            ),
          }))}
        />
      </div>
    </Dialog>
  );
}
