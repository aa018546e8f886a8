'use client';
import { useActionState } from 'react';
import 'visavis/element/react';
import type { Question } from '../accounts';
import { answer } from './answer';

/**
 * The element is the form's field: its value is what the browser's key signed, and it sends the form itself. Each account has a key of its own in
 * the browser.
 */
export function FaceForm(first: Question) {
  const [{ purpose, name, challenge, refused }, send] = useActionState(answer, first);
  return (
    <form action={send}>
      <visavis-capture
        name="face"
        mode={purpose === 'enroll' ? 'enroll' : 'verify'}
        models-url="/models/"
        template-id={name}
        subject={name}
        device-key={name}
        challenge={challenge}
        required
        auto-submit
      >
        <a slot="alternative" href="/">
          Back
        </a>
      </visavis-capture>
      <p role="status">{refused && 'Not accepted. Try again, or later.'}</p>
    </form>
  );
}
