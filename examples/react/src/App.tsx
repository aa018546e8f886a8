import { useState } from 'react';
import { VisavisError } from 'visavis';
import 'visavis/element/react';

/** An error as a sentence for people. */
const inWords = (error: Error) => (error instanceof VisavisError ? error.plainMessage : error.message);

/** Asks for a face, and says what came of it. */
export function App() {
  const [answer, setAnswer] = useState('');
  return (
    <main>
      <h1>Is somebody there?</h1>
      <visavis-capture
        mode="check"
        models-url="/models/"
        onvisavis-done={({ detail }) => setAnswer(detail.passed ? 'A face was seen.' : 'No face was seen.')}
        onvisavis-error={({ detail }) => setAnswer(inWords(detail.error))}
      />
      <p role="status">{answer}</p>
    </main>
  );
}
