/** Who works on this project, what their role is, and which images they are given. */
import { type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type PersonRole, personRoles, permitsProject } from '../../../../shared/domain/permissions.ts';
import type { Me, ProjectPerson } from '../../../../shared/domain/project.ts';
import { useHost } from '../../../host/host.ts';
import { useQueryMethod } from '../../../queries/client.ts';
import { Button } from '../../../ui/Button.tsx';
import { Checkbox } from '../../../ui/Checkbox.tsx';
import { toastError } from '../../../ui/errors.ts';
import { Select } from '../../../ui/Select.tsx';
import { TextField } from '../../../ui/TextField.tsx';
import { toast } from '../../../ui/toasts.ts';
import { Part } from '../Part.tsx';
import { AssignPart } from './AssignPart.tsx';
import styles from './PeopleTab.module.css';

export function PeopleTab(): ReactElement {
  const { t } = useTranslation();
  const { data: info } = useQueryMethod('app.info', {});
  const { data: people = [] } = useQueryMethod('people.list', {});
  const isLead = permitsProject(info?.me.role ?? null, 'people');
  return (
    <Part title={t('quality.people.title')} width="reading" note={t('people.honest')}>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">{t('people.name')}</th>
            <th scope="col">{t('people.role-title')}</th>
            <th scope="col">{t('people.active')}</th>
            <th scope="col">{t('people.passphrase')}</th>
          </tr>
        </thead>
        <tbody>{info ? people.map((person) => <PersonRow key={person.id} person={person} me={info.me} isLead={isLead} />) : null}</tbody>
      </table>
      {isLead ? <AddPerson /> : <p className={styles.note}>{t('people.leads-change')}</p>}
      {isLead ? <AssignPart people={people.filter((person) => person.active)} /> : null}
    </Part>
  );
}

function PersonRow({ person, me, isLead }: { readonly person: ProjectPerson; readonly me: Me; readonly isLead: boolean }): ReactElement {
  const { t } = useTranslation();
  const { client } = useHost();
  const change = (values: { role?: PersonRole; active?: boolean }) => client.call('people.change', { personId: person.id, ...values }).catch(toastError);
  return (
    <tr>
      <th scope="row">{person.name}</th>
      <td>
        <Select
          label={t('people.role-of', { name: person.name })}
          labelHidden
          value={person.role}
          isDisabled={!isLead}
          options={personRoles.map((value) => ({ value, text: t(`people.role.${value}`) }))}
          onChange={(role) => void change({ role })}
        />
      </td>
      <td>
        <Checkbox isSelected={person.active} isDisabled={!isLead} onChange={(active) => void change({ active })}>
          {t('people.active')}
        </Checkbox>
      </td>
      <td>
        <Passphrase person={person} isMe={person.id === me.id && !me.locked} isLead={isLead} />
      </td>
    </tr>
  );
}

function Passphrase({ person, isMe, isLead }: { readonly person: ProjectPerson; readonly isMe: boolean; readonly isLead: boolean }): ReactElement | null {
  const { t } = useTranslation();
  const { client } = useHost();
  const [words, setWords] = useState<string | null>(null);
  const keep = (passphrase: string | null) =>
    client.call('people.guard', { personId: person.id, passphrase }).then(() => {
      setWords(null);
      toast('good', t(passphrase === null ? 'people.unguarded' : 'people.guarded-now', { name: person.name }));
    }, toastError);
  if (words !== null) {
    return (
      <form
        className={styles.inline}
        onSubmit={(event) => {
          event.preventDefault();
          void keep(words);
        }}
      >
        <TextField
          aria-label={t('people.new-passphrase')}
          type="password"
          value={words}
          onChange={setWords}
          autoFocus
          placeholder={t('people.new-passphrase')}
        />
        <Button type="submit" variant="primary" isDisabled={words.length < 4}>
          {t('app.save')}
        </Button>
        <Button onPress={() => setWords(null)}>{t('app.cancel')}</Button>
      </form>
    );
  }
  return (
    <span className={styles.inline}>
      {isMe ? <Button onPress={() => setWords('')}>{person.guarded ? t('people.change-passphrase') : t('people.set-passphrase')}</Button> : null}
      {person.guarded && (isMe || isLead) ? <Button onPress={() => void keep(null)}>{t('people.take-passphrase')}</Button> : null}
      {!isMe && !person.guarded ? <span className={styles.none}>{t('people.no-passphrase')}</span> : null}
    </span>
  );
}

function AddPerson(): ReactElement {
  const { t } = useTranslation();
  const { client } = useHost();
  const [name, setName] = useState('');
  const [role, setRole] = useState<PersonRole>('annotator');
  const add = () => client.call('people.add', { name, role }).then(() => setName(''), toastError);
  return (
    <form
      className={styles.add}
      onSubmit={(event) => {
        event.preventDefault();
        void add();
      }}
    >
      <TextField label={t('people.new-name')} value={name} onChange={setName} maxLength={80} />
      <Select
        label={t('people.role-title')}
        value={role}
        options={personRoles.map((value) => ({ value, text: t(`people.role.${value}`) }))}
        onChange={setRole}
      />
      <Button type="submit" isDisabled={name.trim() === ''}>
        {t('people.add')}
      </Button>
    </form>
  );
}
