import { importFailed } from '../importFailed.js';
import type { TfNode } from './messages.js';

const VARIABLES = /^(Variable|VariableV2|VarHandleOp|ReadVariableOp|TemporaryVariable)$/;

/** What a graph with such a node is refused with. */
export function unsupported({ name, op, inputs }: TfNode): Error {
  if (!VARIABLES.test(op)) return importFailed(`The operator ${op} (node ${name}) is not supported.`);
  const variable = op === 'ReadVariableOp' ? (inputs[0] ?? name) : name;
  return importFailed(
    `The graph is not frozen: the variable ${variable} has no value. Freeze it with its checkpoint (freeze_graph) first.`,
  );
}
