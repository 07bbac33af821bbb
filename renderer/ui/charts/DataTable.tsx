/** The numbers of a chart as a table. */
import type { ReactElement } from 'react';
import styles from './Charts.module.css';

export interface DataColumn {
  readonly title: string;
  readonly numeric?: boolean;
}
export interface DataCell {
  readonly text: string;
  /** Opens the images behind it; `name` says which. */
  readonly open?: { readonly name: string; readonly run: () => void };
}
export interface DataRow {
  readonly key: string;
  readonly cells: readonly DataCell[];
}

export function DataTable({ title, columns, rows }: { title: string; columns: readonly DataColumn[]; rows: readonly DataRow[] }): ReactElement {
  return (
    <div className={styles.scroll} role="region" aria-label={title} tabIndex={0}>
      <table className={styles.table}>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column.title} scope="col" data-numeric={column.numeric || undefined}>
                {column.title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.key}>
              {row.cells.map(({ text, open }, index) => {
                const content = open ? (
                  <button type="button" className={styles.link} aria-label={open.name} title={open.name} onClick={open.run}>
                    {text}
                  </button>
                ) : (
                  text
                );
                const column = columns[index]!;
                return index === 0 ? (
                  <th key={column.title} scope="row">
                    {content}
                  </th>
                ) : (
                  <td key={column.title} data-numeric={column.numeric || undefined}>
                    {content}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
