// Of frameworks what the snippets of docs/ use, so that none has to be installed to compile them. examples/ has whole apps with the real ones.
declare namespace JSX {
  interface IntrinsicElements {
    [tag: string]: Record<string, unknown>;
  }
}

declare module 'react' {
  export type RefObject<T> = { current: T };
  export function useEffect(effect: () => void | (() => void), dependencies: readonly unknown[]): void;
  export function useRef<T>(value: T): RefObject<T>;
  export function useState<T>(value: T | (() => T)): [T, (value: T) => void];
  export function useSyncExternalStore<T>(subscribe: (listener: () => void) => () => void, snapshot: () => T, onServer?: () => T): T;
}

declare module 'vue' {
  export type Ref<T> = { value: T };
  export function shallowRef<T>(value: T): Ref<T>;
  export function useTemplateRef<T>(name: string): Readonly<Ref<T | null>>;
  export function onBeforeUnmount(callback: () => void): void;
}

declare function defineProps<T>(): T;
declare function defineEmits<Events extends Record<string, readonly unknown[]>>(): <Name extends keyof Events & string>(
  event: Name,
  ...values: Events[Name]
) => void;

declare module 'svelte' {
  export function onMount(callback: () => void | (() => void)): void;
}

declare function $props(): never;
declare function $state<T>(value: T): T;
declare namespace $state {
  function raw<T>(value: T): T;
}

declare module '@angular/core' {
  export function Component(
    options: object,
  ): (component: abstract new (...parts: never[]) => unknown, context: ClassDecoratorContext) => void;
  export function signal<T>(value: T): { (): T; set(value: T): void };
  export function viewChild<T>(name: string): () => T | undefined;
  export class ElementRef<T> {
    readonly nativeElement: T;
  }
  export interface OnDestroy {
    ngOnDestroy(): void;
  }
}
