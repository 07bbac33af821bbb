import { CircleAlert, CircleCheck, Info, TriangleAlert, X } from 'lucide-react';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { Button } from './Button.tsx';
import { IconButton } from './IconButton.tsx';
import styles from './ToastRegion.module.css';
import { dismissToast, toastStore } from './toasts.ts';

const icons = { info: Info, good: CircleCheck, warn: TriangleAlert, bad: CircleAlert };

/** Where notices show; there is one in the window. */
export function ToastRegion(): ReactElement {
  const { t } = useTranslation();
  const toasts = useStore(toastStore, (state) => state.toasts);
  return (
    // The attribute keeps notices in reach while a dialog is open.
    <section className={styles.region} aria-label={t('app.notices')} data-react-aria-top-layer="true">
      {toasts.map((toast) => {
        const Icon = icons[toast.tone];
        return (
          <div key={toast.id} className={styles.toast} data-tone={toast.tone} role={toast.tone === 'bad' ? 'alert' : 'status'}>
            <Icon size={16} aria-hidden="true" className={styles.icon} />
            <p className={styles.text} data-selectable>
              {toast.text}
            </p>
            {toast.action ? (
              <Button
                variant="quiet"
                onPress={() => {
                  toast.action?.run();
                  dismissToast(toast.id);
                }}
              >
                {toast.action.text}
              </Button>
            ) : null}
            <IconButton label={t('app.dismiss')} onPress={() => dismissToast(toast.id)}>
              <X size={14} aria-hidden="true" />
            </IconButton>
          </div>
        );
      })}
    </section>
  );
}
