/** A chart with its title, the same as a table, and the way out as CSV. */
import { ChartColumn, Download, Table2 } from 'lucide-react';
import { type ReactElement, type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CsvCell } from '../../../shared/text/csv.ts';
import { IconButton } from '../IconButton.tsx';
import styles from './Charts.module.css';
import { DataTable, type DataColumn, type DataRow } from './DataTable.tsx';

export interface ChartCardProps {
  readonly title: string;
  /** What is counted, in a line. */
  readonly about?: string;
  /** null: there is only the table. */
  readonly chart: ReactNode;
  readonly columns: readonly DataColumn[];
  readonly rows: readonly DataRow[];
  /** The table for a spreadsheet: numbers without their units, heads with them. */
  readonly csv: readonly (readonly CsvCell[])[];
  readonly onSave: (csv: readonly (readonly CsvCell[])[]) => void;
  /** What would be here; shown instead of it. */
  readonly empty?: string | null;
  readonly wide?: boolean;
  readonly children?: ReactNode;
}

export function ChartCard({ title, about, chart, columns, rows, csv, onSave, empty = null, wide = false, children }: ChartCardProps): ReactElement {
  const { t } = useTranslation();
  const [asTable, setAsTable] = useState(false);
  return (
    <section className={styles.card} data-wide={wide || undefined} aria-label={title}>
      <header className={styles.head}>
        <div className={styles.titles}>
          <h3 className={styles.title}>{title}</h3>
          {about ? <p className={styles.about}>{about}</p> : null}
        </div>
        {empty === null && chart !== null ? (
          <IconButton label={t(asTable ? 'charts.as-chart' : 'charts.as-table', { title })} onPress={() => setAsTable(!asTable)}>
            {asTable ? <ChartColumn size={15} aria-hidden /> : <Table2 size={15} aria-hidden />}
          </IconButton>
        ) : null}
        {empty === null ? (
          <IconButton label={t('charts.save', { title })} onPress={() => onSave(csv)}>
            <Download size={15} aria-hidden />
          </IconButton>
        ) : null}
      </header>
      {empty !== null ? <p className={styles.empty}>{empty}</p> : asTable || chart === null ? <DataTable title={title} columns={columns} rows={rows} /> : chart}
      {empty === null ? children : null}
    </section>
  );
}

/** Names of the colours of a chart. */
export function Legend({ items }: { readonly items: readonly { readonly name: string; readonly color: string }[] }): ReactElement {
  return (
    <ul className={styles.legend}>
      {items.map(({ name, color }) => (
        <li key={name}>
          <span className={styles.swatch} style={{ background: color }} />
          {name}
        </li>
      ))}
    </ul>
  );
}

/** A sentence below a chart. */
export const ChartNote = ({ children }: { readonly children: ReactNode }): ReactElement => <p className={styles.about}>{children}</p>;
