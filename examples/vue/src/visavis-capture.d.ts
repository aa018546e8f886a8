// What templates have to know of the element: its attributes, and its events with what they carry.
import type { DefineComponent } from 'vue';
import type { VisavisCaptureEventMap } from 'visavis/element';

interface Attributes {
  mode?: 'enroll' | 'verify' | 'check';
  modelsUrl?: string;
  templateId?: string;
}
type Emits = { [Name in keyof VisavisCaptureEventMap]: (event: VisavisCaptureEventMap[Name]) => void };

declare module 'vue' {
  interface GlobalComponents {
    'visavis-capture': DefineComponent<Attributes, {}, {}, {}, {}, {}, {}, Emits>;
  }
}
