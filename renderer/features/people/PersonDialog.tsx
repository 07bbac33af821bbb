/** Who works here: another person of the project takes over, or gives their passphrase. */
import { Check, Lock } from 'lucide-react';
import { type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ProjectPerson } from '../../../shared/domain/project.ts';
import { flushAll } from '../../host/before-close.ts';
import { useHost } from '../../host/host.ts';
import { useQueryMethod } from '../../queries/client.ts';
import { closeDialog } from '../../stores/dialogs.ts';
import { emptyFilter, sessionStore } from '../../stores/session.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { toastError } from '../../ui/errors.ts';
import { TextField } from '../../ui/TextField.tsx';
import styles from './PersonDialog.module.css';

export function PersonDialog(): ReactElement {
  const { t } = useTranslation();
  const { client } = useHost();
  const { data: info } = useQueryMethod('app.info', {});
  const { data: people = [] } = useQueryMethod('people.list', {});
  const [asked, setAsked] = useState<ProjectPerson | null>(null);
  const me = info?.me;
  const become = async (person: ProjectPerson, passphrase: string | null): Promise<boolean> => {
    // What is not saved yet is the work of who wrote it.
    await flushAll();
    const result = await client.call('people.become', { personId: person.id, passphrase });
    if (result.status !== 'done') return false;
    // Nothing that the person before saw stays in the window.
    sessionStore.getState().set({ annotating: false, filter: emptyFilter });
    window.location.reload();
    return true;
  };
  const choose = (person: ProjectPerson) => {
    if (person.guarded) setAsked(person);
    else become(person, null).catch(toastError);
  };
  const wanted = asked ?? (me?.locked ? (people.find(({ id }) => id === me.id) ?? null) : null);
  return (
    <Dialog isOpen onClose={closeDialog} title={t('people.switch-title')} size="small">
      <ul className={styles.list}>
        {people
          .filter((person) => person.active)
          .map((person) => (
            <li key={person.id}>
              <button type="button" className={styles.person} aria-current={person.id === me?.id || undefined} onClick={() => choose(person)}>
                <span className={styles.name}>{person.name}</span>
                <span className={styles.role}>{t(`people.role.${person.role}`)}</span>
                {person.guarded ? <Lock size={14} aria-label={t('people.guarded')} /> : null}
                {person.id === me?.id && !me.locked ? <Check size={14} aria-hidden="true" /> : null}
              </button>
            </li>
          ))}
      </ul>
      {wanted ? <Passphrase key={wanted.id} person={wanted} onGive={(passphrase) => become(wanted, passphrase)} /> : null}
      <p className={styles.note}>{t('people.honest')}</p>
    </Dialog>
  );
}

function Passphrase({ person, onGive }: { readonly person: ProjectPerson; readonly onGive: (passphrase: string) => Promise<boolean> }): ReactElement {
  const { t } = useTranslation();
  const [passphrase, setPassphrase] = useState('');
  const [wrong, setWrong] = useState(false);
  const give = async () => setWrong(!(await onGive(passphrase)));
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        give().catch(toastError);
      }}
    >
      <TextField
        label={t('people.passphrase-of', { name: person.name })}
        type="password"
        value={passphrase}
        onChange={setPassphrase}
        error={wrong ? t('people.wrong') : null}
        autoFocus
      />
      <Button variant="primary" type="submit" isDisabled={passphrase === ''}>
        {t('people.take-over')}
      </Button>
    </form>
  );
}
