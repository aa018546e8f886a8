import 'visavis/element/react';

export const right = (
  <visavis-capture class="wide" mode="verify" models-url="/models/" fmr={1e-4} liveness ref={(element) => void element?.start()}>
    <a slot="alternative" href="/password">
      Another way in
    </a>
  </visavis-capture>
);
export const mode = <visavis-capture mode="login" />; // WRONG
export const listener = <visavis-capture onvisavis-done={() => undefined} />; // WRONG
export const object = <visavis-capture template={null} />; // WRONG
export const options = <visavis-capture liveness={{ count: 2 }} />; // WRONG
