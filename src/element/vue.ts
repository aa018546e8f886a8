// For apps of Vue: what templates have to know of the tag. This file's declarations are published as they are.
import type { HTMLAttributes, PublicProps } from 'vue';
import type { CaptureAttributes, CaptureObjects, VisavisCaptureElement, VisavisCaptureEventMap } from '../element.js';

export * from '../element.js';

/** As Vue's compiler calls what a template hyphenates: `modelsUrl`, `onVisavisDone`. */
type Camel<Name extends string> = Name extends `${infer Head}-${infer Tail}` ? `${Head}${Capitalize<Camel<Tail>>}` : Name;
type Listeners = {
  [Name in keyof VisavisCaptureEventMap as `on${Capitalize<Camel<Name>>}`]?: (event: VisavisCaptureEventMap[Name]) => void;
};
type Attributes = { [Name in keyof CaptureAttributes as Camel<Name>]?: CaptureAttributes[Name] };

declare module 'vue' {
  interface GlobalComponents {
    'visavis-capture': new () => VisavisCaptureElement & {
      $props: PublicProps & Omit<HTMLAttributes, keyof Attributes> & Attributes & CaptureObjects & Listeners;
    };
  }
}
