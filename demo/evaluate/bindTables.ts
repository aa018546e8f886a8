import type { EvaluationState, EvaluationStore } from './EvaluationState.js';
import { framesTable } from './framesTable.js';
import { groupsTable } from './groupsTable.js';
import { ownTable } from './ownTable.js';
import { pointsTable } from './pointsTable.js';
import type { Turns } from './Turns.js';

/** The tables, each rewritten when something that it shows has changed. */
export function bindTables(evaluation: EvaluationStore, turns: Turns): void {
  const tables: readonly (readonly [write: (state: EvaluationState) => void, shows: (state: EvaluationState) => readonly unknown[]])[] = [
    [pointsTable, ({ report, fmr }) => [report, fmr]],
    [framesTable, ({ report, fused, fusedLeft, fmr }) => [report, fused, fusedLeft, fmr]],
    [ownTable, ({ report }) => [report]],
    [groupsTable, ({ report, fmr }) => [report, fmr]],
  ];
  for (const [write, shows] of tables) {
    let shown: readonly unknown[] = [];
    evaluation.subscribe((state) => {
      const now = shows(state);
      if (now.every((value, i) => value === shown[i])) return;
      shown = now;
      turns.take(() => write(evaluation.state));
    });
  }
}
