import { check } from './check.js';

void check();
