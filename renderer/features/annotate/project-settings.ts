import { defaultSettings, type ProjectSettings } from '../../../shared/domain/settings.ts';
import { useQueryMethod } from '../../queries/client.ts';

/** The project's settings, followed; the defaults until they are there. */
export const useProjectSettings = (): ProjectSettings => useQueryMethod('project.settings', {}).data ?? defaultSettings;
