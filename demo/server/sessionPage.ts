import { html } from 'hono/html';
import type { Session } from './Sessions.js';

/** A page that only the server makes, and only for who is signed in: what the server believes, and why. No script in it. */
export function sessionPage(name: string | undefined, session: Session | undefined) {
  const rows =
    name && session
      ? [
          ['Signed in as', name],
          ['Until', `${new Date(session.expiresAt).toISOString().slice(0, 16).replace('T', ' ')} UTC`],
          ['Because', 'the key of your device signed this server’s challenge after a match'],
          ['Face model', session.facts.model],
          ['Decided at', `1 in ${Math.round(1 / session.facts.fmr)}, on ${session.facts.frames} frames`],
          ['Liveness', session.facts.liveness?.join(', ') ?? 'not checked'],
          ['Passkey', session.facts.passkey ? 'used' : 'not used'],
          ['Signature number', String(session.facts.counter)],
        ]
      : [];
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>visavis: the server’s page</title>
        <link rel="stylesheet" href="./session.css" />
      </head>
      <body>
        <main id="session" data-session="${name ? 'open' : 'none'}">
          <h1>${name ? `Hello, ${name}` : 'Not signed in'}</h1>
          <p>${name ? 'This page comes from the server, for your session only.' : 'Log in with your face first.'}</p>
          <dl>
            ${rows.map(
              ([term, value]) =>
                html`<div>
                  <dt>${term}</dt>
                  <dd>${value}</dd>
                </div>`,
            )}
          </dl>
          <p><a href="../">Back to the demo</a></p>
        </main>
      </body>
    </html>`;
}

export const SESSION_STYLE = `
:root { color-scheme: light dark; --ground: #edf1f0; --surface: #fff; --ink: #11201e; --muted: #495b58; --line: #d3dddb; --accent: #0a5f54; }
@media (prefers-color-scheme: dark) {
  :root { --ground: #0b1313; --surface: #131e1e; --ink: #e7efed; --muted: #a5b7b4; --line: #263635; --accent: #7fe0c6; }
}
body { margin: 0; padding: 8vh 16px; background: var(--ground); color: var(--ink); font: 1rem/1.5 -apple-system, 'Segoe UI', roboto, arial, sans-serif; }
main { max-width: 560px; margin-inline: auto; padding: 28px; border-radius: 20px; background: var(--surface); }
h1 { margin: 0; font-size: 1.75rem; letter-spacing: -0.02em; overflow-wrap: anywhere; }
p { color: var(--muted); }
dl > div { display: grid; grid-template-columns: 10rem 1fr; gap: 12px; padding-block: 10px; border-top: 1px solid var(--line); }
dt { color: var(--muted); }
dd { margin: 0; overflow-wrap: anywhere; }
a { color: var(--accent); }
@media (max-width: 480px) { dl > div { grid-template-columns: 1fr; gap: 0; } }
`;
