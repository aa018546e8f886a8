export interface TableRow {
  /** The first cell heads the row. */
  readonly cells: readonly string[];
  readonly chosen?: boolean;
}

/** Rewrites a table. */
export function fillTable(table: HTMLTableElement, heads: readonly string[], rows: readonly TableRow[]): void {
  const head = table.createTHead();
  const body = table.tBodies[0] ?? table.createTBody();
  head.replaceChildren(rowOf(heads.map((text) => cell('th', text, 'col'))));
  body.replaceChildren(
    ...rows.map(({ cells, chosen = false }) => {
      const row = rowOf(cells.map((text, i) => (i === 0 ? cell('th', text, 'row') : cell('td', text))));
      row.classList.toggle('chosen', chosen);
      return row;
    }),
  );
}

function rowOf(cells: readonly HTMLElement[]): HTMLTableRowElement {
  const row = document.createElement('tr');
  row.append(...cells);
  return row;
}

function cell(kind: 'th' | 'td', text: string, scope?: 'col' | 'row'): HTMLTableCellElement {
  const element = document.createElement(kind);
  element.textContent = text;
  if (scope) element.scope = scope;
  return element;
}
