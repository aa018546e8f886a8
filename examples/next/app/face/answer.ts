'use server';
import { cookies } from 'next/headers';
import { redirect } from 'next/navigation';
import { ask, enroll, isName, logIn, type Question } from '../accounts';

/** The server action that the form calls. What was signed decides; what else the browser says is only which account it means. */
export async function answer({ purpose, name }: Question, form: FormData): Promise<Question> {
  const face = form.get('face');
  if (!isName(name)) redirect('/');
  const taken = typeof face === 'string' && (await (purpose === 'enroll' ? enroll : logIn)(name, face));
  if (!taken) return { ...(await ask(purpose, name)), refused: true };
  if (typeof taken === 'string') (await cookies()).set('session', taken, { httpOnly: true, sameSite: 'lax', path: '/' });
  redirect('/');
}
