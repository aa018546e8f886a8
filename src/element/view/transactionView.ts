import { html, nothing, type TemplateResult } from 'lit';
import { canonicalTransaction } from '../../shared/challenge/canonicalTransaction.js';
import type { ElementView } from './ElementView.js';

/** Longer ones may have to be scrolled. */
const SHORT = 120;

/** What is signed, letter by letter. */
export function transactionView({ words, transaction }: ElementView): TemplateResult | typeof nothing {
  if (transaction === null) return nothing;
  const label = words.say('transaction.label');
  return html`<div part="transaction" class="transaction">
    <p class="note">${label}</p>
    <p class="deal" role="group" aria-label=${label} dir="auto" tabindex=${transaction.length > SHORT ? 0 : nothing}>${transaction}</p>
  </div>`;
}

/** The text as it is signed; null for one that cannot be signed, with which no capture starts. */
export function shownTransaction(text: string | null): string | null {
  if (text === null) return null;
  try {
    return canonicalTransaction(text);
  } catch {
    return null;
  }
}
