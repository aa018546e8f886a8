// Of Angular what the snippets of docs/ use, so that it need not be installed to compile them. examples/ has a whole app with the real one.
declare module '@angular/core' {
  export const CUSTOM_ELEMENTS_SCHEMA: object;
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
