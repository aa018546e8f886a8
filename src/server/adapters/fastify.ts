export { fastifyLogin, type FastifyExchange, type FastifyReply, type FastifyRequest } from './fastifyLogin.js';
export type { Login, LoginAnswer, LoginRequest, LoginStep } from '../login/createLogin.js';
