import type { FlowState } from './FlowState.js';

/** Whether what is asked for now is a step that people can tell from the next. Good frames of who just looks into the camera are none. */
export function isStep({ capture }: Pick<FlowState, 'capture'>): boolean {
  const prompt = capture?.prompt;
  return prompt != null && prompt.total > 1 && prompt.action !== 'face-camera';
}
