'use client';
// Rendered on the server first: importing the package there must not ask for a DOM.
import { VERSION } from 'visavis';
import { useEffect } from 'react';
import { check } from './check.js';

export default function Page() {
  useEffect(() => void check(), []);
  return (
    <main data-version={VERSION}>
      <p id="answer" />
    </main>
  );
}
