/** The whole window takes files and folders; while some are held over it, it says so. */
import { FolderInput } from 'lucide-react';
import { type ReactElement, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { DesktopBridge } from '../../shared/rpc/desktop-bridge.ts';
import styles from './DropTarget.module.css';
import { toast } from './toasts.ts';

/** Browsers send `dragover` every 50 ms or more often while something is held over the page; without one for this long it has left. */
const GONE_MS = 400;

interface DropTargetProps {
  readonly desktop: DesktopBridge;
  /** Shown while something is held over the window. */
  readonly note: string;
  /** Absolute paths, at least one. */
  readonly onPaths: (paths: readonly string[]) => void;
}

export function DropTarget({ desktop, note, onPaths }: DropTargetProps): ReactElement | null {
  const { t } = useTranslation();
  const [over, setOver] = useState(false);
  const take = useRef(onPaths);
  take.current = onPaths;
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const leave = () => {
      clearTimeout(timer);
      setOver(false);
    };
    const onDragOver = (event: DragEvent) => {
      if (!holdsFiles(event)) return;
      event.preventDefault();
      event.dataTransfer!.dropEffect = 'copy';
      setOver(true);
      clearTimeout(timer);
      timer = setTimeout(leave, GONE_MS);
    };
    const onDrop = (event: DragEvent) => {
      if (!holdsFiles(event)) return;
      event.preventDefault();
      leave();
      const paths = [...event.dataTransfer!.files].map((file) => desktop.pathOf(file)).filter((path) => path !== '');
      if (paths.length > 0) take.current(paths);
      else toast('warn', t('import.drop-nowhere'));
    };
    window.addEventListener('dragover', onDragOver);
    window.addEventListener('drop', onDrop);
    return () => {
      clearTimeout(timer);
      window.removeEventListener('dragover', onDragOver);
      window.removeEventListener('drop', onDrop);
    };
  }, [desktop, t]);
  if (!over) return null;
  return (
    <div className={styles.target} role="status">
      <span className={styles.note}>
        <FolderInput size={22} strokeWidth={1.5} aria-hidden />
        {note}
      </span>
    </div>
  );
}

const holdsFiles = (event: DragEvent) => event.dataTransfer?.types.includes('Files') ?? false;
