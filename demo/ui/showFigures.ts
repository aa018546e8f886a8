/** Fills a description list. */
export function showFigures(list: Element, figures: readonly (readonly [term: string, value: string])[]): void {
  list.replaceChildren(
    ...figures.map(([term, value]) => {
      const row = document.createElement('div');
      const dt = document.createElement('dt');
      const dd = document.createElement('dd');
      dt.textContent = term;
      dd.textContent = value;
      row.append(dt, dd);
      return row;
    }),
  );
}
