export { expressLogin, type ExpressExchange, type ExpressRequest, type ExpressResponse } from './expressLogin.js';
export type { Login, LoginAnswer, LoginRequest, LoginStep } from '../login/createLogin.js';
