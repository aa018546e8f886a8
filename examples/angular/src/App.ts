import { Component, CUSTOM_ELEMENTS_SCHEMA, signal } from '@angular/core';
import { VisavisError } from 'visavis';
import 'visavis/element';

/** Asks for a face, and says what came of it. The worker's file is where angular.json copies it. */
@Component({
  selector: 'app-root',
  schemas: [CUSTOM_ELEMENTS_SCHEMA],
  template: `
    <main>
      <h1>Is somebody there?</h1>
      <visavis-capture
        mode="check"
        models-url="/models/"
        worker-url="/visavis-worker.js"
        (visavis-done)="answer.set($event.detail.passed ? 'A face was seen.' : 'No face was seen.')"
        (visavis-error)="answer.set(inWords($event.detail.error))"
      />
      <p role="status">{{ answer() }}</p>
    </main>
  `,
})
export class App {
  readonly answer = signal('');

  /** An error as a sentence for people. */
  inWords(error: Error): string {
    return error instanceof VisavisError ? error.plainMessage : error.message;
  }
}
