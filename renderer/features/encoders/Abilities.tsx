/** What an encoder gives, in plain words. */
import { Images, MapPinPlusInside, MousePointerClick, Tags, TextSearch } from 'lucide-react';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { type EncoderAbility, encoderAbilities } from '../../../shared/domain/encoder.ts';
import styles from './Encoders.module.css';

const icons = { 'image-search': Images, 'text-search': TextSearch, tags: Tags, 'click-to-similar': MousePointerClick, 'text-to-points': MapPinPlusInside };

/** With words beside the icons, or in a table as icons with their names. */
export function Abilities({ abilities, brief = false }: { abilities: readonly EncoderAbility[]; brief?: boolean }): ReactElement {
  const { t } = useTranslation();
  return (
    <ul className={brief ? styles.icons : styles.abilities} aria-label={t('encoders.abilities')}>
      {encoderAbilities.map((ability) => {
        const Icon = icons[ability];
        const has = abilities.includes(ability);
        if (!has && !brief) return null;
        return (
          <li key={ability} data-has={has} title={brief ? t(`encoders.can.${ability}`) : undefined} aria-hidden={has ? undefined : true}>
            <Icon size={15} aria-hidden />
            <span className={brief ? styles.hidden : undefined}>{t(`encoders.can.${ability}`)}</span>
          </li>
        );
      })}
    </ul>
  );
}
