export { honoLogin, type HonoContext } from './honoLogin.js';
export type { Login, LoginAnswer, LoginRequest, LoginStep } from '../login/createLogin.js';
