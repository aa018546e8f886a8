import { getRequestListener } from '@hono/node-server';
import type { Connect, Plugin } from 'vite';
import { createApp } from './createApp.js';

/**
 * Puts the server beside the pages, below `/api`, in Vite's dev and preview servers. `VISAVIS_DATABASE` names the SQLite file,
 * `VISAVIS_LIVENESS=demanded` refuses logins without a liveness session, `VISAVIS_ORIGIN` names the pages' origin where a proxy hides it.
 */
export function serverPlugin(): Plugin {
  const mount = (middlewares: Connect.Server, onClose: (close: () => void) => void) => {
    const app = createApp({
      database: process.env.VISAVIS_DATABASE ?? '.cache/demo-server.sqlite',
      demandLiveness: process.env.VISAVIS_LIVENESS === 'demanded',
      ...(process.env.VISAVIS_ORIGIN ? { origin: process.env.VISAVIS_ORIGIN } : {}),
    });
    onClose(() => app.close());
    const listener = getRequestListener(app.fetch);
    middlewares.use((request, response, next) => {
      if (request.url === '/api' || request.url?.startsWith('/api/')) void listener(request, response);
      else next();
    });
  };
  return {
    name: 'visavis:server',
    configureServer: ({ middlewares, httpServer }) => mount(middlewares, (close) => httpServer?.once('close', close)),
    configurePreviewServer: ({ middlewares, httpServer }) => mount(middlewares, (close) => httpServer.once('close', close)),
  };
}
