import { Component, type ReactNode } from 'react';
import i18next from 'i18next';
import styles from './ErrorBoundary.module.css';

interface Props {
  readonly children: ReactNode;
  /** Around the whole window rather than one screen. */
  readonly whole?: boolean;
}

/** Keeps a failure of one part from taking the window with it, and says what is safe and what to do. Uses nothing that may have failed itself. */
export class ErrorBoundary extends Component<Props, { failure: Error | null }> {
  override state: { failure: Error | null } = { failure: null };

  static getDerivedStateFromError(thrown: unknown): { failure: Error } {
    return { failure: thrown instanceof Error ? thrown : new Error(String(thrown)) };
  }

  override render(): ReactNode {
    const { failure } = this.state;
    if (!failure) return this.props.children;
    return (
      <div className={styles.broken} role="alert">
        <h1 className={styles.title}>{i18next.t('app.broken-title')}</h1>
        <p className={styles.text}>{i18next.t(this.props.whole ? 'app.broken-text' : 'app.broken-screen')}</p>
        <button type="button" className={styles.reload} onClick={() => location.reload()}>
          {i18next.t('app.reload')}
        </button>
        <details className={styles.details}>
          <summary>{i18next.t('app.details')}</summary>
          <pre data-selectable>{failure.stack ?? failure.message}</pre>
        </details>
      </div>
    );
  }
}
