import { X } from 'lucide-react';
import type { ReactElement, ReactNode } from 'react';
import { Dialog as AriaDialog, Heading, Modal, ModalOverlay } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import styles from './Dialog.module.css';
import { IconButton } from './IconButton.tsx';

export interface DialogProps {
  readonly isOpen: boolean;
  readonly onClose: () => void;
  readonly title: string;
  readonly children: ReactNode;
  /** Buttons, the one that does it last. */
  readonly actions?: ReactNode;
  readonly size?: 'small' | 'medium' | 'large' | 'wide';
  /** `alertdialog` for what a person must answer. */
  readonly role?: 'dialog' | 'alertdialog';
}

/** A window above the page; Escape and a click beside it close it, and the focus goes back to where it was. */
export function Dialog({ isOpen, onClose, title, children, actions, size = 'medium', role = 'dialog' }: DialogProps): ReactElement {
  const { t } = useTranslation();
  return (
    <ModalOverlay className={styles.overlay!} isOpen={isOpen} isDismissable={role === 'dialog'} onOpenChange={(open) => (open ? undefined : onClose())}>
      <Modal className={styles.modal!} data-size={size}>
        <AriaDialog className={styles.dialog!} role={role}>
          <header className={styles.header}>
            <Heading slot="title" className={styles.title!}>
              {title}
            </Heading>
            {role === 'dialog' ? (
              <IconButton label={t('app.close')} onPress={onClose}>
                <X size={16} aria-hidden="true" />
              </IconButton>
            ) : null}
          </header>
          <div className={styles.body}>{children}</div>
          {actions ? <footer className={styles.footer}>{actions}</footer> : null}
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
}
