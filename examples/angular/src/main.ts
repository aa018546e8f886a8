import { bootstrapApplication } from '@angular/platform-browser';
import { App } from './App';

void bootstrapApplication(App);
