/** What a vault's database holds, as far as races tell states apart. */
export interface State {
  /** 0 where there is none; a vault that is made anew has the next number. */
  readonly generation: number;
  readonly epoch: number;
  readonly lock: 'secret' | null;
  /** Templates by id, as `describeTemplate` says them. */
  readonly templates: Readonly<Record<string, string>>;
}

/** What an opened vault knows of the database. */
export interface Handle {
  generation: number;
  epoch: number;
  closed: boolean;
}

/** One call, and what it is called with. */
export interface Call {
  readonly name: CallName;
  /** Tells its template from others'. */
  readonly captures: number;
  /** What `setLock` sets. */
  readonly lock: 'secret' | null;
}

/** All that may race. The template `me` is what they fight for; `kept` must outlive everything but a deletion of the vault. */
export const CALLS = [
  ...(['put', 'putProtected', 'get', 'renew', 'setLock', 'open', 'openWithLock'] as const),
  ...(['export', 'exportReadable', 'import', 'list', 'delete', 'erase', 'forgetEverything'] as const),
] as const;
export type CallName = (typeof CALLS)[number];

/** What the imported file holds. */
export const FILE = { kept: 'plain 1', me: 'protected 50 file' };

type Step = readonly [answer: string, next: State];

/** What a call answers and leaves behind where nothing else happens meanwhile. Keeps the handle up to date. */
export function applyCall({ name, captures, lock }: Call, state: State, handle: Handle, generations: number): Step {
  if (name === 'erase' || name === 'forgetEverything') {
    if (name === 'erase') handle.closed = true;
    return ['ok', { generation: 0, epoch: 0, lock: null, templates: {} }];
  }
  if (name === 'open' || name === 'openWithLock') {
    const found = state.generation ? state : { generation: generations + 1, epoch: 0, lock: null, templates: {} };
    if (name === 'open') return [found.lock ? 'vault-locked' : 'open', found];
    return ['open', found.lock ? found : { ...found, epoch: found.epoch + 1, lock: 'secret' }];
  }
  if (handle.closed || handle.generation !== state.generation) return ['vault-unavailable', state];
  if (handle.epoch !== state.epoch) return ['vault-locked', state];
  const { templates } = state;
  const withMe = (me: string) => ({ ...state, templates: { ...templates, me } });
  const [kind, count] = (templates.me ?? '').split(' ');
  switch (name) {
    case 'put':
      return ['ok', withMe(`plain ${captures}`)];
    case 'putProtected':
      return ['ok', withMe(`protected ${captures} new`)];
    case 'get':
      return [templates.me ?? 'none', state];
    case 'renew':
      return kind === 'protected' ? ['ok', withMe(`protected ${count} new`)] : ['RangeError', state];
    case 'export':
    case 'exportReadable':
      return [describeAll(templates), state];
    case 'list':
      return [Object.keys(templates).sort().join(), state];
    case 'import':
      return ['ok', { ...state, templates: { ...templates, ...FILE } }];
    case 'delete':
      return ['ok', { ...state, templates: Object.fromEntries(Object.entries(templates).filter(([id]) => id !== 'me')) }];
    case 'setLock':
      handle.epoch = state.epoch + 1;
      return ['ok', { ...state, epoch: state.epoch + 1, lock }];
  }
}

/** One line for all templates, in the order of their ids. */
export function describeAll(templates: State['templates']): string {
  return Object.keys(templates)
    .sort()
    .map((id) => `${id}: ${templates[id]}`)
    .join(', ');
}

/** One line for what is left of a state once it is opened anew. */
export function describeState({ generation, lock, templates }: State): string {
  return generation ? `lock ${lock}; ${describeAll(templates)}` : 'nothing';
}

/** Whether answers and what is left are as if one call had come after the other, in either order. */
export function isInOrder(
  calls: readonly [Call, Call],
  before: State,
  handles: readonly [0, 0 | 1],
  seen: { readonly answers: readonly [string, string]; readonly left: string },
): boolean {
  return ([0, 1] as const).some((first) => {
    const held = [0, 1].map((): Handle => ({ generation: before.generation, epoch: before.epoch, closed: false }));
    let [state, generations] = [before, before.generation];
    const answers = ['', ''];
    for (const i of [first, 1 - first] as const) {
      [answers[i], state] = applyCall(calls[i], state, held[handles[i]], generations);
      generations = Math.max(generations, state.generation);
    }
    return answers[0] === seen.answers[0] && answers[1] === seen.answers[1] && describeState(state) === seen.left;
  });
}
