/** Work that is done apart: packages to give out or to hand in, copies to take in, and what people wanted differently. */
import { type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { CommandButton } from '../../../commands/CommandButton.tsx';
import { permitsProject } from '../../../../shared/domain/permissions.ts';
import { useHost } from '../../../host/host.ts';
import { useCommandMethod, useQueryMethod } from '../../../queries/client.ts';
import { Button } from '../../../ui/Button.tsx';
import { Checkbox } from '../../../ui/Checkbox.tsx';
import { toastError } from '../../../ui/errors.ts';
import { TextField } from '../../../ui/TextField.tsx';
import { toast } from '../../../ui/toasts.ts';
import { Part } from '../Part.tsx';
import { Conflicts } from './Conflicts.tsx';
import styles from './Packages.module.css';

export function PackagesTab(): ReactElement {
  const { t } = useTranslation();
  const { data: current } = useQueryMethod('packages.current', {});
  const { data: info } = useQueryMethod('app.info', {});
  const role = info?.me.role ?? null;
  return (
    <Part title={t('quality.tab.packages')} width="reading">
      <Conflicts />
      {current?.info ? <HandIn person={current.info.personName} /> : permitsProject(role, 'people') ? <GiveOut /> : null}
      <TakeIn mayMerge={permitsProject(role, 'import')} />
    </Part>
  );
}

/** Who gets a package, and where the files go. */
function GiveOut(): ReactElement {
  const { t } = useTranslation();
  const { desktop } = useHost();
  const { data = [] } = useQueryMethod('people.list', {});
  const people = data.filter(({ active }) => active);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [originals, setOriginals] = useState(true);
  const [name, setName] = useState('');
  const make = useCommandMethod('packages.make');
  const add = useCommandMethod('people.add');
  const toggle = (id: string, on: boolean) => setChosen((before) => new Set(on ? [...before, id] : [...before].filter((each) => each !== id)));
  const start = async () => {
    const [folder] = (await desktop?.pickFolder({ title: t('packages.folder-title'), button: t('packages.folder-button') })) ?? [];
    if (folder !== undefined) make.mutate({ folder, people: [...chosen], originals }, { onError: toastError });
  };
  const addPerson = () => add.mutate({ name: name.trim() }, { onSuccess: ({ id }) => (toggle(id, true), setName('')), onError: toastError });
  return (
    <section className={styles.card} aria-labelledby="packages-make">
      <h2 id="packages-make">{t('packages.make')}</h2>
      <p className={styles.second}>{t('packages.make-about')}</p>
      <ul className={styles.people} aria-label={t('packages.people')}>
        {people.map((person) => (
          <li key={person.id}>
            <Checkbox isSelected={chosen.has(person.id)} onChange={(on) => toggle(person.id, on)}>
              {person.name}
            </Checkbox>
          </li>
        ))}
      </ul>
      <form
        className={styles.line}
        onSubmit={(event) => {
          event.preventDefault();
          if (name.trim() !== '') addPerson();
        }}
      >
        <TextField label={t('packages.new-person')} value={name} onChange={setName} maxLength={80} />
        <Button type="submit" isDisabled={name.trim() === '' || add.isPending}>
          {t('packages.add-person')}
        </Button>
      </form>
      <Checkbox isSelected={originals} onChange={setOriginals}>
        {t('packages.originals')}
      </Checkbox>
      <div className={styles.line}>
        <Button variant="primary" isDisabled={chosen.size === 0 || desktop === null || make.isPending} onPress={() => void start().catch(toastError)}>
          {chosen.size === 0 ? t('packages.write-none') : t('packages.write', { count: chosen.size })}
        </Button>
        {desktop === null ? <span className={styles.second}>{t('packages.desktop-only')}</span> : null}
      </div>
    </section>
  );
}

/** The project is a package: what was done goes back as a file. */
function HandIn({ person }: { readonly person: string }): ReactElement {
  const { t } = useTranslation();
  const { desktop } = useHost();
  const hand = useCommandMethod('packages.handIn');
  const start = async () => {
    const [folder] = (await desktop?.pickFolder({ title: t('packages.folder-title'), button: t('packages.folder-button') })) ?? [];
    if (folder === undefined) return;
    const { file, events, images } = await hand.mutateAsync({ folder });
    toast('good', t('packages.handed-in', { events, images, file }), { action: { text: t('jobs.show-folder'), run: () => void desktop?.reveal(folder) } });
  };
  return (
    <section className={styles.card} aria-labelledby="packages-hand-in">
      <h2 id="packages-hand-in">{t('packages.hand-in')}</h2>
      <p className={styles.second}>{t('packages.hand-in-about', { person })}</p>
      <div className={styles.line}>
        <Button variant="primary" isDisabled={desktop === null || hand.isPending} onPress={() => void start().catch(toastError)}>
          {t('packages.hand-in-button')}
        </Button>
      </div>
    </section>
  );
}

/** Files that came back, and other copies of the project; and packages that came from somebody else. */
function TakeIn({ mayMerge }: { readonly mayMerge: boolean }): ReactElement {
  const { t } = useTranslation();
  const { desktop } = useHost();
  const merge = useCommandMethod('merge.start');
  const files = async () => {
    const paths = (await desktop?.pickPackages({ title: t('packages.merge-title'), button: t('packages.merge-button') })) ?? [];
    if (paths.length > 0) merge.mutate({ paths }, { onError: toastError });
  };
  const folder = async () => {
    const paths = (await desktop?.pickFolder({ title: t('packages.merge-title'), button: t('packages.merge-button') })) ?? [];
    if (paths.length > 0) merge.mutate({ paths }, { onError: toastError });
  };
  return (
    <section className={styles.card} aria-labelledby="packages-merge">
      <h2 id="packages-merge">{t('packages.merge')}</h2>
      <p className={styles.second}>{t('packages.merge-about')}</p>
      <div className={styles.line}>
        {mayMerge ? (
          <>
            <Button isDisabled={desktop === null} onPress={() => void files().catch(toastError)}>
              {t('packages.merge-files')}
            </Button>
            <Button isDisabled={desktop === null} onPress={() => void folder().catch(toastError)}>
              {t('packages.merge-folder')}
            </Button>
          </>
        ) : null}
        {desktop === null ? null : <CommandButton of="packages.open" />}
      </div>
    </section>
  );
}
