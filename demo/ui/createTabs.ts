/**
 * Tabs following the ARIA pattern: arrow keys, Home and End move and select. The address's fragment remembers the choice.
 * Each tab's id is `tab-` and its name; its panel is the one it controls.
 */
export function createTabs(list: HTMLElement, onSelect: (name: string) => void): void {
  const tabs = [...list.querySelectorAll<HTMLElement>('[role=tab]')];
  const nameOf = (tab: HTMLElement) => tab.id.replace(/^tab-/, '');

  const select = (chosen: HTMLElement) => {
    for (const tab of tabs) {
      tab.setAttribute('aria-selected', String(tab === chosen));
      tab.tabIndex = tab === chosen ? 0 : -1;
      const panel = document.getElementById(tab.getAttribute('aria-controls') ?? '');
      if (panel) panel.hidden = tab !== chosen;
    }
    onSelect(nameOf(chosen));
  };
  const choose = (tab: HTMLElement) => {
    history.replaceState(null, '', `#${nameOf(tab)}`);
    select(tab);
  };
  const fromAddress = () => tabs.find((tab) => nameOf(tab) === location.hash.slice(1)) ?? tabs[0]!;

  for (const tab of tabs) tab.addEventListener('click', () => choose(tab));
  list.addEventListener('keydown', (event) => {
    const at = tabs.findIndex((tab) => tab === document.activeElement);
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: tabs.length - 1 }[event.key];
    if (at < 0 || to === undefined) return;
    event.preventDefault();
    const tab = tabs[(to + tabs.length) % tabs.length]!;
    tab.focus();
    choose(tab);
  });
  window.addEventListener('hashchange', () => select(fromAddress()));
  select(fromAddress());
}
