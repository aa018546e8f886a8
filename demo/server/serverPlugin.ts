import { getRequestListener } from '@hono/node-server';
import type { Connect, Plugin } from 'vite';
import { join } from 'node:path';
import { acceptedModels } from './acceptedModels.js';
import { createApp } from './createApp.js';
import { proxyTrust } from './proxyTrust.js';

const MODELS = join(import.meta.dirname, '../../public/models');

/**
 * Puts the server beside the pages, below `/api`, in Vite's dev and preview servers. `VISAVIS_DATABASE` names the SQLite file,
 * `VISAVIS_LIVENESS=demanded` refuses logins without a liveness session, `VISAVIS_ORIGIN` names the pages' origin where a proxy hides it.
 * `VISAVIS_PROXIES` says how many proxies stand in front, or lists their addresses and networks; then nobody may reach the server but through
 * them. They name the client in `X-Forwarded-For`, or in the header that `VISAVIS_PROXY_HEADER` names (`forwarded`).
 */
export function serverPlugin(): Plugin {
  const mount = (middlewares: Connect.Server, onClose: (close: () => void) => void) => {
    const proxies = proxyTrust(process.env.VISAVIS_PROXIES, process.env.VISAVIS_PROXY_HEADER);
    const app = createApp({
      models: acceptedModels(MODELS),
      database: process.env.VISAVIS_DATABASE ?? '.cache/demo-server.sqlite',
      demandLiveness: process.env.VISAVIS_LIVENESS === 'demanded',
      ...(proxies ? { proxies } : {}),
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
