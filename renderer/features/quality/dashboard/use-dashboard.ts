/** What every card of the dashboard needs: the figures, how to write numbers, and the ways out. */
import { useTranslation } from 'react-i18next';
import type { DashboardFigures, FigureFilter, FigureItems } from '../../../../shared/domain/figures.ts';
import { useHost } from '../../../host/host.ts';
import { useSaveTable } from '../../../queries/save-table.ts';
import { showList } from '../../../queries/similar.ts';
import { toastError } from '../../../ui/errors.ts';
import { type Numbers, useNumbers } from '../../../ui/numbers.ts';

export interface Dashboard {
  readonly figures: DashboardFigures;
  readonly filter: FigureFilter;
  readonly numbers: Numbers;
  /** Shows the images behind a figure in the gallery; `title` stands on the chip there. */
  readonly open: (title: string, items: Partial<FigureItems> & Pick<FigureItems, 'kind'>) => void;
  readonly save: ReturnType<typeof useSaveTable>;
}

export function useDashboard(figures: DashboardFigures, filter: FigureFilter): Dashboard {
  const { client } = useHost();
  const numbers = useNumbers();
  const save = useSaveTable();
  return { figures, filter, numbers, save, open: (title, items) => void showList(client, title, { filter, ...items }).catch(toastError) };
}

/** A number with at most one decimal, as the language writes it. */
export function useDecimal(): (value: number) => string {
  const { i18n } = useTranslation();
  const format = new Intl.NumberFormat(i18n.language, { maximumFractionDigits: 1 });
  return (value) => format.format(value);
}
