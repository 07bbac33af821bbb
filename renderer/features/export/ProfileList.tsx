/** The formats an export can have, in groups, with a field that finds one by its name or by what its sentence says. */
import { Search } from 'lucide-react';
import { type KeyboardEvent, type ReactElement, useRef, useState } from 'react';
import { Header, ListBox, ListBoxItem, ListBoxSection } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import type { ExportProfile } from '../../../shared/formats/profiles.ts';
import { TextField } from '../../ui/TextField.tsx';
import styles from './ProfileList.module.css';
import { profileGroups } from './profile-groups.ts';

export function ProfileList({ value, onChange }: { value: ExportProfile; onChange: (profile: ExportProfile) => void }): ReactElement {
  const { t } = useTranslation();
  const [words, setWords] = useState('');
  const list = useRef<HTMLDivElement>(null);
  const fold = (text: string) => text.normalize('NFKC').toLowerCase();
  const wanted = fold(words).split(/\s+/).filter(Boolean);
  const matches = (profile: ExportProfile, group: string) => {
    const text = fold([profile, group, t(`export.profiles.${profile}.title`), t(`export.profiles.${profile}.text`)].join(' '));
    return wanted.every((word) => text.includes(word));
  };
  const groups = profileGroups
    .map(({ id, profiles }) => ({ id, profiles: (profiles as readonly ExportProfile[]).filter((profile) => matches(profile, t(`export.groups.${id}`))) }))
    .filter(({ profiles }) => profiles.length > 0);
  const enter = (event: KeyboardEvent) => {
    if (event.key === 'ArrowDown') list.current?.querySelector<HTMLElement>('[role="option"][aria-selected="true"], [role="option"]')?.focus();
    const [only, ...more] = groups.flatMap(({ profiles }) => profiles);
    if (event.key === 'Enter' && only !== undefined && more.length === 0) onChange(only);
  };
  return (
    <div className={styles.side}>
      <div className={styles.search}>
        <TextField
          aria-label={t('export.find-profile')}
          placeholder={t('export.find-profile')}
          value={words}
          onChange={setWords}
          onKeyDown={enter}
          before={<Search size={14} aria-hidden />}
        />
      </div>
      <ListBox
        ref={list}
        aria-label={t('export.profile')}
        className={styles.list!}
        selectionMode="single"
        disallowEmptySelection
        selectedKeys={[value]}
        onSelectionChange={(keys) => keys !== 'all' && [...keys][0] !== undefined && onChange([...keys][0] as ExportProfile)}
        renderEmptyState={() => <p className={styles.none}>{t('export.no-profile')}</p>}
      >
        {groups.map(({ id, profiles }) => (
          <ListBoxSection key={id} id={id}>
            <Header className={styles.group!}>{t(`export.groups.${id}`)}</Header>
            {profiles.map((profile) => (
              <ListBoxItem key={profile} id={profile} className={styles.item!} textValue={t(`export.profiles.${profile}.title`)}>
                {t(`export.profiles.${profile}.title`)}
              </ListBoxItem>
            ))}
          </ListBoxSection>
        ))}
      </ListBox>
    </div>
  );
}
