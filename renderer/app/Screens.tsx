/** Which screen is open. The two large ones are chunks of their own, asked for at once, beside the question which project is open. */
import { Fragment, type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { EncodersHost } from '../features/encoders/EncodersHost.tsx';
import { ExportHost } from '../features/export/ExportHost.tsx';
import { FindHost } from '../features/find/FindHost.tsx';
import { HistoryHost } from '../features/history/HistoryHost.tsx';
import { ImportHost } from '../features/import/ImportHost.tsx';
import { NearHost } from '../features/near/NearHost.tsx';
import { PeopleHost } from '../features/people/PeopleHost.tsx';
import { ProblemsHost } from '../features/problems/ProblemsHost.tsx';
import { ProposalReportHost } from '../features/proposal-report/ProposalReportHost.tsx';
import { ProjectSettingsHost } from '../features/project-settings/ProjectSettingsHost.tsx';
import { QualityHost } from '../features/quality/QualityHost.tsx';
import { ReleasesHost } from '../features/releases/ReleasesHost.tsx';
import { WelcomeScreen } from '../features/welcome/WelcomeScreen.tsx';
import { useProject } from '../queries/project.ts';
import { useSession } from '../stores/session.ts';
import { Spinner } from '../ui/Spinner.tsx';
import styles from './Screens.module.css';
import { screenChunk } from '../ui/screen-chunk.tsx';

const gallery = screenChunk(async () => (await import('../features/gallery/GalleryScreen.tsx')).GalleryScreen);
const annotate = screenChunk(async () => (await import('../features/annotate/AnnotateScreen.tsx')).AnnotateScreen);
const adjudicate = screenChunk(async () => (await import('../features/adjudicate/AdjudicateScreen.tsx')).AdjudicateScreen);
const film = screenChunk(async () => (await import('../features/film/FilmScreen.tsx')).FilmScreen);
const quality = screenChunk(async () => (await import('../features/quality/QualityScreen.tsx')).QualityScreen);
gallery.preload();
annotate.preload();

export function Screens(): ReactElement {
  const { t } = useTranslation();
  const route = useSession((session) => session.route);
  const { data: project } = useProject();
  const waiting = (
    <div className={styles.waiting}>
      <Spinner label={t('app.loading')} size={24} />
    </div>
  );
  if (route.screen === 'welcome' || project?.id === null) return <WelcomeScreen />;
  if (!project) return waiting;
  // The key makes a project that was switched to start with fresh screens.
  return (
    <Fragment key={project.id}>
      {route.screen === 'gallery' ? <gallery.Screen waiting={waiting} /> : null}
      {route.screen === 'annotate' ? <annotate.Screen waiting={waiting} imageId={route.imageId} /> : null}
      {route.screen === 'adjudicate' ? <adjudicate.Screen waiting={waiting} imageId={route.imageId} /> : null}
      {route.screen === 'film' ? <film.Screen waiting={waiting} imageId={route.imageId} seq={route.seq} from={route.from} /> : null}
      {route.screen === 'quality' ? <quality.Screen waiting={waiting} tab={route.tab} /> : null}
      <ImportHost projectName={project.name} />
      <HistoryHost />
      <FindHost />
      <EncodersHost />
      <ExportHost />
      <ReleasesHost />
      <QualityHost />
      <PeopleHost />
      <NearHost />
      <ProblemsHost />
      <ProposalReportHost />
      <ProjectSettingsHost />
    </Fragment>
  );
}
