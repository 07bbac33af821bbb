/** What every section of the project's settings is given. */
import type { ProjectSettings } from '../../../shared/domain/settings.ts';

export interface SectionProps {
  /** As they stand in the dialog, saved or not. They may not be valid yet. */
  readonly settings: ProjectSettings;
  /** Whether something is not saved yet. */
  readonly isChanged: boolean;
  readonly change: (patch: Partial<ProjectSettings>) => void;
}
