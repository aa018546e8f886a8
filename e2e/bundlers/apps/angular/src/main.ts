import { afterNextRender, Component } from '@angular/core';
import { bootstrapApplication } from '@angular/platform-browser';
import { check } from './check.js';

@Component({ selector: 'app-root', template: '<p id="answer"></p>' })
export class App {
  constructor() {
    afterNextRender(() => void check());
  }
}

void bootstrapApplication(App);
