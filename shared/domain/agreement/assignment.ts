/** The best one-to-one pairing of two small sets when only some pairs are allowed: points within a radius, claims that say the same. */

/** An allowed pair and what it costs; costs are 0 or more. */
export interface Edge {
  readonly row: number;
  readonly column: number;
  readonly cost: number;
}

/**
 * As many pairs as can be made, and among those ways the one with the least total cost (the assignment problem: Kuhn 1955, "The Hungarian
 * method"). Solved by successive shortest paths with potentials (Edmonds and Karp 1972) over the allowed pairs alone, so that a thousand rows
 * with a few pairs each take milliseconds. Returns pairs sorted by row. Equal costs are settled by the order of the edges.
 */
export function assign(rows: number, columns: number, edges: readonly Edge[]): Edge[] {
  // From the smaller side: then nearly every search finds a free column at once.
  if (rows > columns) {
    const turned = assign(
      columns,
      rows,
      edges.map(({ row, column, cost }) => ({ row: column, column: row, cost })),
    );
    return turned.map(({ row, column, cost }) => ({ row: column, column: row, cost })).sort((a, b) => a.row - b.row);
  }
  const adjacent: Edge[][] = Array.from({ length: rows }, () => []);
  let most = 0;
  for (const edge of edges) {
    adjacent[edge.row]!.push(edge);
    most = Math.max(most, edge.cost);
  }
  // Staying alone costs more than any way of pairing all others, so that no pair is given up for a shorter sum.
  const alone = (most + 1) * (rows + 1);
  adjacent.forEach((list, row) => list.push({ row, column: columns + row, cost: alone }));
  const taken = solve(adjacent, columns + rows);
  return taken.filter((edge) => edge.column < columns);
}

/** For each row the edge it takes; each row has one that no other row has. */
function solve(adjacent: readonly (readonly Edge[])[], columns: number): Edge[] {
  const ofColumn: (Edge | undefined)[] = Array.from({ length: columns }, () => undefined);
  const columnOf = new Int32Array(adjacent.length).fill(-1);
  const rowPrice = new Float64Array(adjacent.length);
  const columnPrice = new Float64Array(columns);
  const distance = new Float64Array(columns);
  const cameBy: (Edge | undefined)[] = Array.from({ length: columns }, () => undefined);
  for (let start = 0; start < adjacent.length; start++) {
    const settled: number[] = [];
    // A settled column is never reached again: differences of rounding would lead back to it in circles.
    const isSettled = new Uint8Array(columns);
    const heap = new Heap();
    distance.fill(Infinity);
    const relax = (row: number, sofar: number) => {
      for (const edge of adjacent[row]!) {
        const length = sofar + edge.cost - rowPrice[row]! - columnPrice[edge.column]!;
        if (length >= distance[edge.column]! || isSettled[edge.column] === 1) continue;
        distance[edge.column] = length;
        cameBy[edge.column] = edge;
        heap.push(length, edge.column);
      }
    };
    relax(start, 0);
    let end = -1;
    let total = 0;
    for (let top = heap.pop(); top; top = heap.pop()) {
      const [length, column] = top;
      if (length > distance[column]! || isSettled[column] === 1) continue;
      const holder = ofColumn[column];
      if (!holder) {
        [end, total] = [column, length];
        break;
      }
      settled.push(column);
      isSettled[column] = 1;
      relax(holder.row, length);
    }
    rowPrice[start]! += total;
    for (const column of settled) {
      const slack = total - distance[column]!;
      columnPrice[column]! -= slack;
      rowPrice[ofColumn[column]!.row]! += slack;
    }
    // Walks back: each row on the way gives its column up and takes the next one.
    for (let column = end; ;) {
      const edge = cameBy[column]!;
      const before = columnOf[edge.row]!;
      ofColumn[column] = edge;
      columnOf[edge.row] = column;
      if (edge.row === start) break;
      column = before;
    }
  }
  return ofColumn.filter((edge) => edge !== undefined).sort((a, b) => a.row - b.row);
}

/** The least first; equal ones in the order of their columns, so that the result depends on nothing else. */
class Heap {
  readonly #items: (readonly [number, number])[] = [];

  push(length: number, column: number): void {
    const items = this.#items;
    let at = items.length;
    items.push([length, column]);
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (!less(items[at]!, items[parent]!)) break;
      [items[at], items[parent]] = [items[parent]!, items[at]!];
      at = parent;
    }
  }

  pop(): readonly [number, number] | undefined {
    const items = this.#items;
    const top = items[0];
    const last = items.pop();
    if (top === undefined || last === undefined || items.length === 0) return top;
    items[0] = last;
    for (let at = 0; ;) {
      let least = at;
      for (const child of [2 * at + 1, 2 * at + 2]) if (child < items.length && less(items[child]!, items[least]!)) least = child;
      if (least === at) return top;
      [items[at], items[least]] = [items[least]!, items[at]!];
      at = least;
    }
  }
}
const less = (a: readonly [number, number], b: readonly [number, number]) => a[0] < b[0] || (a[0] === b[0] && a[1] < b[1]);
