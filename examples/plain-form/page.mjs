// The pages: HTML, and for those with a face in them one script of the package.
const escaped = (text) => text.replace(/[&<>"]/g, (letter) => `&#${letter.charCodeAt(0)};`);

const layout = (title, body) => `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width" />
    <link rel="icon" href="data:," />
    <title>${escaped(title)}</title>
  </head>
  <body>
    <h1>${escaped(title)}</h1>
    ${body}
  </body>
</html>`;

export const page = {
  start: () =>
    layout(
      'Log in with your face',
      `<form action="/login">
      <label>Account name <input name="name" autocomplete="username" required /></label>
      <button>Log in</button>
      <button formaction="/enroll">Create account</button>
    </form>`,
    ),

  /**
   * The element is the form's field: its value is what the browser's key signed, and it sends the form itself. Each account has a key of its
   * own in the browser. A page that comes back by the browser's button is asked for anew: its challenge is used up, and the account exists by now.
   */
  face: ({ mode, name, challenge }) =>
    layout(
      mode === 'enroll' ? `Create the account ${name}` : `Log in as ${name}`,
      `<form method="post">
      <visavis-capture name="face" mode="${mode}" models-url="/models/" template-id="${escaped(name)}" subject="${escaped(name)}"
        device-key="${escaped(name)}" challenge="${escaped(challenge)}" required auto-submit></visavis-capture>
    </form>
    <script type="module" src="/visavis/element.js"></script>
    <script>addEventListener('pageshow', ({ persisted }) => persisted && location.reload());</script>`,
    ),

  message: (title, text) => layout(title, `<p role="status">${escaped(text)}</p><p><a href="/">Start page</a></p>`),
};
