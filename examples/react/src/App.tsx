import { useState } from 'react';
import 'visavis/element/react';

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
        onvisavis-error={({ detail }) => setAnswer(detail.error.message)}
      />
      <p role="status">{answer}</p>
    </main>
  );
}
