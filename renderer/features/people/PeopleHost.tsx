/** Who works here, wherever in a project one is. */
import { lazy, type ReactElement, Suspense, useEffect } from 'react';
import { useCommands } from '../../commands/registry.ts';
import { useQueryMethod } from '../../queries/client.ts';
import { setActingMe } from '../../stores/acting.ts';
import { openDialog, useDialog } from '../../stores/dialogs.ts';

const PersonDialog = lazy(async () => ({ default: (await import('./PersonDialog.tsx')).PersonDialog }));

export function PeopleHost(): ReactElement | null {
  const isOpen = useDialog('person');
  const { data: info } = useQueryMethod('app.info', {});
  const me = info?.me ?? null;
  const isLocked = me?.locked === true;
  useEffect(() => setActingMe(me), [me]);
  useEffect(() => {
    if (isLocked) openDialog('person');
  }, [isLocked]);
  useCommands([{ id: 'people.switch', title: 'people.command', section: 'project', run: () => openDialog('person') }], []);
  return isOpen ? (
    <Suspense fallback={null}>
      <PersonDialog />
    </Suspense>
  ) : null;
}
