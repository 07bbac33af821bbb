import { useTranslation } from 'react-i18next';
import { guideChecks, type GuideQuestion } from '../../../../shared/domain/settings.ts';
import { useProjectSettings } from '../project-settings.ts';

/** The guide of this project: its own questions, else PixMo's seven in the language of the window. */
export function useGuideQuestions(): readonly GuideQuestion[] {
  const { t } = useTranslation();
  const { guide } = useProjectSettings();
  return guide ?? guideChecks.map((check) => ({ question: t(`guide.question.${check}`), short: t(`guide.short.${check}`), check }));
}
