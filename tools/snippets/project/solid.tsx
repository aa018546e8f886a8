/** @jsxImportSource solid-js */
// What Solid's JSX is promised of the tag.
import 'visavis/element/solid';

export const right = (
  <visavis-capture
    mode="verify"
    models-url="/models/"
    fmr={1e-4}
    liveness={{ count: 2 }}
    required
    auto-submit
    class="wide"
    template={null}
    ref={(element) => void element?.start()}
    on:visavis-done={({ detail }) => console.log(detail.passed)}
  >
    <a slot="alternative" href="/password">
      Another way in
    </a>
  </visavis-capture>
);
// @ts-expect-error no such mode
export const mode = <visavis-capture mode="login" />;
// @ts-expect-error a number
export const fmr = <visavis-capture fmr="0.001" />;
// @ts-expect-error not an attribute
export const unknown = <visavis-capture modelsUrl="/models/" />;
// @ts-expect-error its detail has no such thing
export const detail = <visavis-capture on:visavis-done={({ detail }) => console.log(detail.match)} />;
