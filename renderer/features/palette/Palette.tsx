/** Every command and image by a few letters. */
import type { ReactElement } from 'react';
import { Dialog, Modal, ModalOverlay } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { closeDialog, useDialog } from '../../stores/dialogs.ts';
import styles from './Palette.module.css';
import { PaletteBox } from './PaletteBox.tsx';

export function Palette(): ReactElement {
  const { t } = useTranslation();
  const isOpen = useDialog('palette');
  return (
    <ModalOverlay className={styles.overlay!} isOpen={isOpen} isDismissable onOpenChange={(open) => (open ? undefined : closeDialog())}>
      <Modal className={styles.modal!}>
        <Dialog className={styles.dialog!} aria-label={t('app.search-or-command')}>
          <PaletteBox />
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}
